"""Entries of a rulebook as plain mappings, for the catalogue, its search and its JSON."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from enforcecli.language import _
from enforcecli.model.rulebook import Clause, Fault, Layer, Method, Power, Rule, Rulebook, Text
from enforcecli.output.result_words import conditions_word

Details = list[tuple[str, list[str]]]
"""Label → lines of an entry's page."""
SORTS = ("faults", "rules", "methods", "duties")


class Entry(Struct, frozen=True):
    """One entry: `name` for lists, `details` label → lines for its own page."""

    sort: str
    code: str
    cite: str
    name: str
    text: str | None
    en: str | None
    details: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def as_dict(self) -> dict[str, object]:
        return {"sort": self.sort, "code": self.code, "cite": self.cite, "name": self.name,
                "text": self.text, "en": self.en, "details": {label: "；".join(lines) for label, lines in self.details}}

    def mentions(self, word: str) -> bool:
        """Whether the word stands anywhere in the entry, whatever the case of its letters."""
        texts = [self.code, self.cite, self.name, self.text or "", self.en or ""]
        texts += [line for _label, lines in self.details for line in lines]
        return any(word.casefold() in text.casefold() for text in texts)


def entries(book: Rulebook, sort: str) -> list[Entry]:
    """The entries of one sort in the order of the book. KeyError for an unknown sort."""
    return list({"faults": _faults, "rules": _rules, "methods": _methods, "duties": _duties}[sort](book))


def all_entries(book: Rulebook) -> list[Entry]:
    return [entry for sort in SORTS for entry in entries(book, sort)]


def clause_word(clause: Clause, book: Rulebook) -> str:
    """审批人、审批部门（作出改变 = 是）：全部责任"""
    where = f"（{conditions_word(clause.where, book)}）" if clause.where else ""
    return f"{'、'.join(clause.who)}{where}：{clause.degree or clause.severity or ''}"


def _entry(sort: str, code: str, cite: str, name: str, words: Text, details: Details) -> Entry:
    more = [(_("依据："), [words.basis or ""]), (_("说明："), [words.note or ""])]
    full = ((label, tuple(filter(None, lines))) for label, lines in [*details, *more])
    return Entry(sort, code, cite, name, words.text, words.en, tuple((label, lines) for label, lines in full if lines))


def _faults(book: Rulebook) -> Iterator[Entry]:
    for code, fault in book.faults.items():
        yield _entry("faults", code, fault.cite, fault.name, fault.words, _fault(fault))


def _fault(fault: Fault) -> Details:
    options = [f"{code} {name}" for code, name in fault.options.items()]
    return [(_("须写明："), ["、".join(fault.needs)]), (_("具体情形："), options)]


def _rules(book: Rulebook) -> Iterator[Entry]:
    for id, rule in book.rules.items():
        yield _entry("rules", id, rule.cite, _rule_name(rule, book), rule.words, _rule(rule, book))


def _rule_name(rule: Rule, book: Rulebook) -> str:
    if rule.bears is None:
        return _("不予追究")
    if rule.layer is Layer.SILENT:
        return _("办法未作规定")
    if rule.layer is Layer.BLOCK:
        return _("停用 {rules}").format(rules="、".join(rule.blocks))
    return "；".join(clause_word(clause, book) for clause in rule.bears)


def _rule(rule: Rule, book: Rulebook) -> Details:
    over = [f"{id}（{reason}）" for id, reason in rule.over.items()]
    blocks = [f"{id}（{reason}）" for id, reason in rule.blocks.items()]
    notes = [f"{note.text}（{note.basis}）" if note.basis else note.text for note in rule.notes]
    return [
        (_("条件："), [conditions_word(rule.when, book)]), (_("适用部分："), [rule.part or ""]),
        (_("优先于："), over), (_("停用："), blocks), (_("问题："), [rule.question or ""]), (_("参考："), notes),
    ]


def _methods(book: Rulebook) -> Iterator[Entry]:
    for code, method in book.methods.items():
        yield _entry("methods", code, method.cite, method.name, method.words, _method(method))


def _method(method: Method) -> Details:
    words = {Power.IMPOSE: _("可作出"), Power.REFER: _("须移送"), Power.NEVER: _("不适用")}
    power = [f"{label} {words[can]}" for label, can in method.power.items()]
    organs = [f"{label} {organ}" for label, organ in method.organs.items()]
    return [
        (_("决定机关："), [method.organ or "", *organs]), (_("权限："), power),
        (_("须写明："), ["、".join(method.needs)]), (_("效果："), [method.effect or ""]),
    ]


def _duties(book: Rulebook) -> Iterator[Entry]:
    for duty in book.duties:
        yield _entry("duties", duty.code, duty.words.cite or "", duty.role, duty.words, [])
