"""The review as one page of HTML that needs nothing else: style, bars and the sorting of tables are in it.

The page forbids itself everything but its own style and script, by their digests (default-src 'none'), and
says the same without the script. Everything that comes from files is escaped by the template.
"""

from __future__ import annotations

from base64 import b64encode
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from enforcecli.language import _, current
from enforcecli.output.width import cells, printable
from enforcecli.review.as_json import plain
from enforcecli.review.report import Cell, Column, Kind, Report, Table, shown

HERE = Path(__file__).resolve().parent
MOST = 300
"""Cases named behind a number; the JSON names all of them."""
MOST_BARS = 40
_LEFT, _WIDTH, _THICK, _HEAD = 170, 640, 16, 22
_LONGEST_LABEL = 24


class Bar(NamedTuple):
    label: str
    series: int
    y: int
    size: int
    value: str


class Legend(NamedTuple):
    x: int
    words: str


class Bars(NamedTuple):
    bars: list[Bar]
    legends: list[Legend]
    height: int
    width: int = _WIDTH
    left: int = _LEFT
    thick: int = _THICK


def page(report: Report) -> str:
    """The page; the same report gives the same text."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    style, script = ((HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                       finalize=lambda value: value if not isinstance(value, str) or isinstance(value, Markup) else printable(value))
    template = made.from_string((HERE / "page.html.j2").read_text(encoding="utf-8"))
    return template.render(
        report=report, lang="zh-CN" if current() == "zh" else "en", style=style, script=script,
        style_hash=_hash(style), script_hash=_hash(script), bars_of=bars_of, is_number=is_number,
        td=lambda cell, column: Markup(_td(cell, column)),
        label={"contents": _("本页内容"), "note": _("注："), "how": _("口径说明"), "sort": _("排序：")},
    ) + "\n"


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def is_number(column: Column) -> bool:
    return column.kind not in (Kind.TEXT, Kind.DATE)


def _td(cell: Cell, column: Column) -> str:
    """A cell; behind a number with cases, their names can be unfolded."""
    from html import escape

    kind = cell.kind or column.kind
    text = escape(printable(shown(cell.value, kind)))
    value = plain(cell, column)
    opening = f'<td{" class=" + chr(34) + "n" + chr(34) if is_number(column) else ""} data-v="{escape(printable("" if value is None else str(value)))}">'
    if not cell.cases or not is_number(column):
        return f"{opening}{text}</td>"
    names = [f"<li>{escape(printable(case))}</li>" for case in cell.cases[:MOST]]
    if len(cell.cases) > MOST:
        names.append(f'<li>{escape(_("另有 {count} 件").format(count=len(cell.cases) - MOST))}</li>')
    return f'{opening}<details><summary>{text}</summary><ul>{"".join(names)}</ul></details></td>'


def bars_of(table: Table) -> Bars | None:
    """The columns to be shown as bars, side by side row by row; nothing where nothing was counted."""
    if not table.bars or not 0 < len(table.rows) <= MOST_BARS:
        return None
    numbers = [[_amount(row[j]) for j in table.bars] for row in table.rows]
    most = max(max(row) for row in numbers)
    if not most:
        return None
    bars, y = [], _HEAD
    for row, amounts in zip(table.rows, numbers, strict=True):
        for series, amount in enumerate(amounts):
            size = round((_WIDTH - _LEFT - 50) * amount / most)
            bars.append(Bar(_label(row, table) if series == 0 else "", series, y, size, str(amount)))
            y += _THICK
        y += 4
    legends = [Legend(_LEFT + 130 * i, printable(table.columns[j].label)) for i, j in enumerate(table.bars)]
    return Bars(bars, legends, y)


def _amount(cell: Cell) -> int:
    return cell.value if isinstance(cell.value, int) else int(cell.value) if isinstance(cell.value, Fraction) else 0


def _label(row: tuple[Cell, ...], table: Table) -> str:
    """The first words of a row, as far as there is room."""
    words = " ".join(str(c.value) for c, k in zip(row[:2], table.columns, strict=False) if k.kind is Kind.TEXT and c.value)
    used = 0
    text = printable(words)
    for i, char in enumerate(text):
        used += cells(char)
        if used > _LONGEST_LABEL:
            return text[:i] + "…"
    return text


