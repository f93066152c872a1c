"""What running the examples of a rulebook came to, for the terminal and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enforcecli.language import _, counted
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.style import Style
from enforcecli.output.tables import table
from enforcecli.output.width import flow, hang
from enforcecli.proof.mutants import Mutant
from enforcecli.proof.mutation import Mutation, Same

FORMAT = "enforce-rulebook-test/1"


def same_word(same: Same) -> str:
    """Why a mutant is no other book."""
    return {
        Same.RULES: _("每一种情形下适用的规则、谁优先和由谁承担都不变，人员再多也一样"),
        Same.GROUPS: _("三人以内的每一种人员组合，结果都不变"),
    }[same]


def key_of(mutant: Mutant) -> str:
    """The key changed, as the file writes it: over, when 审批情形, bears who."""
    steps = [str(step) for step in mutant.where[2:] if not isinstance(step, int)]
    return "" if steps == ["id"] else " ".join(steps)


def score(mutation: Mutation) -> str:
    """117/117, and what it means in percent."""
    if not mutation.counted:
        return "—"
    return f"{mutation.killed}/{mutation.counted} = {100 * mutation.killed // mutation.counted}%"


def lines(book: Rulebook, examples: int, failed: int, mutation: Mutation | None, style: Style) -> Iterator[str]:
    """The totals, then the changes that change nothing, each with the reason, and those of which it is not known."""
    yield style.paint(flow(f"{book.id}  {book.title}"), "strong")
    text = counted(_("共 {count} 个"), examples)
    text += _("，全部与预期相符") if examples and not failed else counted(_("，与预期不符 {count} 个"), failed)
    yield from hang(_("例子："), text, "  ")
    if mutation is None:
        return
    told = _("改动规则书一处，共 {total} 种改法：例子能发现 {killed} 种，发现不了 {living} 种；另有 {same} 种改了也没有区别，不计").format(
        total=mutation.total, killed=mutation.killed, living=len(mutation.survivors), same=len(mutation.equivalent))
    if mutation.unproven:
        told += _("；有没有区别不能确定的 {unproven} 种，按发现不了计").format(unproven=len(mutation.unproven))
    yield from hang(_("改动："), told, "  ")
    yield from hang(_("发现率："), score(mutation), "  ")
    for same in (Same.RULES, Same.GROUPS):
        yield from _listed(_("没有区别的改动："), same_word(same), [mutant for mutant, why in mutation.equivalent if why is same])
    yield from _listed(_("不能确定的改动："), _("没有找到不同，但人员组合太多，没有逐一测算，不能说已经证明"), mutation.unproven)


def _listed(label: str, why: str, those: Sequence[Mutant]) -> Iterator[str]:
    if those:
        yield ""
        yield from hang(label, why, "  ")
        yield from table([_("规则"), _("改动处"), _("原来"), _("改成")], [_row(m) for m in those], indent="  ",
                         whole=frozenset({0}))


def _row(mutant: Mutant) -> list[str]:
    before = mutant.before or mutant.rule
    return [flow(mutant.rule), flow(key_of(mutant)), flow(before), flow(mutant.after) or _("（去掉）")]


def as_dict(book: Rulebook | None, examples: int, failed: int | None, mutation: Mutation | None) -> dict[str, object]:
    """The same as data; the problems are told by the caller."""
    data: dict[str, object] = {"format": FORMAT, "rulebook": {"id": book.id, "sha256": book.sha256} if book else None,
                               "examples": examples, "failed": failed}
    if mutation is not None:
        data["mutation"] = {
            "total": mutation.total, "killed": mutation.killed,
            "survivors": [_mutant(s.mutant) | {"book": s.before, "mutant_answers": s.after} for s in mutation.survivors],
            "equivalent": [_mutant(m) | {"reason": why.value} for m, why in mutation.equivalent],
            "unproven": [_mutant(m) for m in mutation.unproven],
        }
    return data


def _mutant(mutant: Mutant) -> dict[str, object]:
    return {"code": mutant.code, "rule": mutant.rule, "key": key_of(mutant), "before": mutant.before,
            "after": mutant.after}
