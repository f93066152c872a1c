"""A seal in words: what it binds, who stands for it, what to write into the register of papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from enforcecli.language import _, counted
from enforcecli.output.width import hang, printable


class Someone(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def email(self) -> str: ...


class Bound(Protocol):
    @property
    def role(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def sha256(self) -> str: ...


class Paper(Protocol):
    @property
    def path(self) -> str: ...


class Seal(Protocol):
    """What is printed of the record of a seal."""

    @property
    def seq(self) -> int: ...
    @property
    def case_id(self) -> str: ...
    @property
    def decision_no(self) -> Sequence[str]: ...
    @property
    def decided_on(self) -> str: ...
    @property
    def effective_on(self) -> str: ...
    @property
    def drafter(self) -> Someone: ...
    @property
    def reviewer(self) -> Someone | None: ...
    @property
    def approver(self) -> Someone: ...
    @property
    def inputs(self) -> Sequence[Bound]: ...
    @property
    def outputs(self) -> Sequence[Paper]: ...
    @property
    def waivers(self) -> Sequence[str]: ...
    @property
    def code(self) -> str: ...
    @property
    def digest(self) -> str: ...


def lines(seal: Seal) -> Iterator[str]:
    """The seal, line by line."""
    yield from _hung(_("决定"), "；".join(filter(None, (seal.decided_on, *seal.decision_no))))
    yield from _hung(_("送达"), seal.effective_on or _("还没有"))
    yield from _hung(_("起草"), _person(seal.drafter))
    if seal.reviewer is not None:
        yield from _hung(_("审核"), _person(seal.reviewer))
    yield from _hung(_("批准"), _person(seal.approver))
    yield from _hung(_("依据"), "、".join(_inputs(seal.inputs)))
    for at, paper in enumerate(seal.outputs):
        yield from _hung(_("文书") if at == 0 else "　　", paper.path)
    if seal.waivers:
        yield from _hung(_("警告"), _("封存时仍有：{codes}").format(codes="、".join(seal.waivers)))
    yield from _hung(_("摘要"), seal.digest)
    yield from _hung(_("核验码"), seal.code)


def _hung(label: str, text: str) -> list[str]:
    return hang(f"  {label}  ", printable(text))


def _person(person: Someone) -> str:
    return f"{person.id} <{person.email}>"


def _inputs(inputs: Sequence[Bound]) -> Iterator[str]:
    """Cases and settings by name, books and templates by their number."""
    for one in inputs:
        if one.role in ("case", "roster", "office"):
            yield one.name
    for role, words in (("counted", _("计入次数的案件 {count} 件")), ("rulebook", _("办法 {count} 个文件")),
                        ("template", _("模板 {count} 个文件"))):
        number = sum(one.role == role for one in inputs)
        if number:
            yield counted(words, number)
