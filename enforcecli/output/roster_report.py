"""The chain of responsibility as a tree and a table: text, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from enforcecli.language import _, counted
from enforcecli.model.chain import FIRST, HEAD, IN_CHARGE, STAFF, Overview, Position, PostLink
from enforcecli.output.result_md import md
from enforcecli.output.result_md import table as md_table
from enforcecli.output.tables import GAP, table
from enforcecli.output.width import COLUMNS, flow, pad, width, wrap

FORMAT = "enforce-roster/1"


class _Row(Struct, frozen=True):
    """A line of the tree."""

    depth: int
    label: str
    persons: str
    cite: str


def text(view: Overview) -> Iterator[str]:
    """The tree, then the table of people, at most 80 columns wide."""
    yield from wrap(flow(_title(view)), COLUMNS)
    yield ""
    yield from _tree(list(_rows(view)))
    yield ""
    yield from table(_heads(), _people(view))
    yield counted(_("共 {count} 人"), len(view.people))


def markdown(view: Overview) -> Iterator[str]:
    """The tree as a nested list, the people as a table."""
    yield f"# {md(_title(view))}"
    yield ""
    for row in _rows(view):
        cite = f" · {row.cite}" if row.cite else ""
        yield f"{'  ' * row.depth}- {md(row.label)}{_('：') if row.persons else ''}{md(row.persons)}{cite}"
    yield ""
    yield from md_table(_heads(), _people(view))


def data(view: Overview) -> dict[str, Any]:
    """The JSON of the roster (docs/json.md)."""
    chain = view.chain
    return {
        "format": FORMAT,
        "organ": view.organ or None,
        "on": chain.day.isoformat() if chain.day is not None else None,
        "first_responsible": list(chain.first),
        "branches": [{"leaders": list(branch.leaders), "units": [
            {"unit": unit.unit, "heads": list(unit.heads), "posts": _posts(unit.posts)} for unit in branch.units]}
            for branch in chain.branches],
        "elsewhere": _posts(chain.elsewhere),
        "people": [{
            "id": held.member.id, "name": held.member.name, "unit": held.member.unit, "post": held.member.post,
            "title": held.member.title, "personnel": held.member.personnel,
            "offices": [{"office": one.office, "unit": one.unit, "cite": view.cites.get(one.office)}
                        for one in held.offices],
            "answers_to": [{"office": office, "person": person} for office, person in held.above],
            "duties": list(view.duties.get(held.member.id, ())),
        } for held in view.people],
    }


def _posts(links: tuple[PostLink, ...]) -> list[dict[str, Any]]:
    return [{"post": link.post, "persons": list(link.persons)} for link in links]


def _title(view: Overview) -> str:
    when = view.chain.day.isoformat() if view.chain.day is not None else _("名册现状")
    return _("{organ}执法责任链（{when}）").format(organ=view.organ, when=when)


def _rows(view: Overview) -> Iterator[_Row]:
    names = {held.member.id: held for held in view.people}

    def told(persons: tuple[str, ...]) -> str:
        return "、".join(_named(who, names) for who in persons) or _("（空缺）")

    def row(depth: int, label: str, persons: tuple[str, ...], office: str) -> _Row:
        answered = persons or office != STAFF  # a post nobody holds may be a head's
        return _Row(depth, label, told(persons), view.cites.get(office, "") if answered else "")

    yield row(0, FIRST, view.chain.first, FIRST)
    for branch in view.chain.branches:
        yield row(1, IN_CHARGE, branch.leaders, IN_CHARGE)
        for unit in branch.units:
            yield row(2, _("{unit} 负责人").format(unit=unit.unit), unit.heads, HEAD)
            for link in unit.posts:
                yield row(3, link.post or _("没有岗位"), link.persons, STAFF)
    if view.chain.elsewhere:
        yield _Row(0, _("未列入站所"), "", "")
        for link in view.chain.elsewhere:
            yield row(1, link.post or _("没有岗位"), link.persons, STAFF)


def _named(who: str, names: Mapping[str, Position]) -> str:
    held = names.get(who)
    return f"{who}（{held.member.title}）" if held is not None and held.member.title else who


def _tree(rows: list[_Row]) -> Iterator[str]:
    """Labels, people and clauses in columns; what is too long for its column hangs below it."""
    right = max(width(row.cite) for row in rows)
    left = min(max(width(flow(row.label)) + 2 * row.depth for row in rows), (COLUMNS - right) // 2)
    room = max(12, COLUMNS - left - right - 2 * len(GAP))
    for row in rows:
        indent = "  " * row.depth
        labels, lines = wrap(flow(row.label), left - len(indent)), wrap(flow(row.persons), room)
        for i in range(max(len(labels), len(lines))):
            label, persons = (column[i] if i < len(column) else "" for column in (labels, lines))
            yield (pad(indent + label, left) + GAP + pad(persons, room) + GAP + (row.cite if i == 0 else "")).rstrip()


def _people(view: Overview) -> list[list[str]]:
    return [[flow(held.member.id), flow(held.member.unit or ""), flow(held.member.post or ""), flow(_offices(held)),
             flow(_("、").join(dict.fromkeys(person for _office, person in held.above)))] for held in view.people]


def _offices(held: Position) -> str:
    """分管领导（林业站、司法所）: each office once, with its units."""
    found: dict[str, list[str]] = {}
    for one in held.offices:
        found.setdefault(one.office, []).extend([one.unit] if one.unit is not None else [])
    return "、".join(f"{office}（{'、'.join(units)}）" if units else office for office, units in found.items()) or STAFF


def _heads() -> list[str]:
    return [_("人员"), _("单位"), _("岗位"), _("身份"), _("对谁负责")]
