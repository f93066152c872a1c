"""The verdict of a verification in words: what was found, and how far what was not found carries. Never a
bare “verified”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from enforcecli.language import _, counted
from enforcecli.model.problem import Problem
from enforcecli.output.problem_json import as_dict as problem_dict
from enforcecli.output.shown import show
from enforcecli.output.width import COLUMNS, hang, wrap

FORMAT = "enforce-verdict/1"


class Verdict(Protocol):
    """What is printed of a verdict; see enforcecli.history.verify."""

    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def asserted(self) -> bool: ...
    @property
    def sound(self) -> bool: ...
    @property
    def seals(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def witnessed(self) -> int: ...
    @property
    def signed(self) -> int: ...
    @property
    def stamped(self) -> int: ...
    @property
    def head(self) -> str: ...
    @property
    def commits(self) -> int: ...
    @property
    def remade(self) -> bool: ...


def lines(verdict: Verdict) -> Iterator[str]:
    """The verdict, line by line; problems are told apart."""
    if not verdict.asserted:
        yield from wrap(_("结论：无法核验。缺少的部分没有看到，对其余部分也不作断定。"), COLUMNS)
        return
    yield counted(_("看过 {count} 次提交"), verdict.commits) + counted(_("、{count} 份封存"), verdict.seals)
    yield _("最后的提交 {head}").format(head=verdict.head)
    if not verdict.sound:
        yield from wrap(_("结论：发现问题，见上。所列的内容不能作为依据，查明以前保持现状，不要修补。"), COLUMNS)
        return
    if not verdict.last:
        yield from wrap(_("结论：还没有封存，没有可以核验的决定。封存过而看不到的，仅凭仓库本身不能发现，请用留存的摘要核对。"), COLUMNS)
        return
    yield _("结论：没有发现改动。程度如下：")
    for label, words in _levels(verdict):
        yield from hang(f"  {label}  ", words)


def _levels(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Each level that is reached, and what the missing ones leave open."""
    if verdict.remade:
        yield "L0", _("自相一致：每一份封存首尾相接，文件与封存的一致，每一个决定都用封存的文件重新测算过，结果相同。")
    else:
        yield "－", _("只看了封存是否首尾相接、与留存是否相符；文件和决定没有核验，全部核验用 enforce verify。")
    if verdict.witnessed:
        words = _("与外面的留存一致：第 {seq} 号和以前的封存没有被整个重写，也没有被截去。").format(seq=verdict.witnessed)
        if verdict.witnessed < verdict.last:
            words += _("第 {first} 号起没有留存可比。").format(first=verdict.witnessed + 1)
        yield "L1", words
    else:
        yield "－", _("没有与外面的留存比对：整个历史被重写、末尾被截去，仅凭仓库本身不能排除。用 --anchor 或者 --code 比对。")
    if verdict.signed:
        yield "L2", _("批准人签名有效：{seals} 份中的 {count} 份，公钥以各次封存之前的名册为准。").format(
            seals=verdict.seals, count=verdict.signed)
    if verdict.signed < verdict.seals:
        yield "－", _("{count} 份没有有效的签名：批准人是谁，以提交里自称的姓名和邮箱为准，可以冒用。").format(
            count=verdict.seals - verdict.signed)
    if verdict.stamped:
        yield "L3", _("时间戳有效：{seals} 份中的 {count} 份，证明在时间戳的时间以前已经存在。").format(
            seals=verdict.seals, count=verdict.stamped)
    else:
        yield "－", _("没有可信时间戳：各次提交的时间是自称的。")


def reached(verdict: Verdict) -> list[str]:
    """The levels that hold for every seal that was looked at."""
    if not verdict.sound or not verdict.seals:
        return []
    wholly = {"L0": verdict.remade, "L1": verdict.witnessed == verdict.last, "L2": verdict.signed == verdict.seals,
              "L3": verdict.stamped == verdict.seals}
    return [name for name, holds in wholly.items() if holds]


def as_dict(verdict: Verdict) -> dict[str, object]:
    """The verdict as JSON."""
    return {
        "format": FORMAT, "asserted": verdict.asserted, "sound": verdict.sound, "levels": reached(verdict),
        "commits": verdict.commits, "head": verdict.head or None, "seals": verdict.seals, "last": verdict.last,
        "witnessed": verdict.witnessed, "signed": verdict.signed, "stamped": verdict.stamped,
        "problems": [problem_dict(show(problem)) for problem in verdict.problems],
    }
