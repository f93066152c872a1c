"""Tables for the terminal: columns aligned by display width, cells wrapped, at most 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

from enforcecli.output.width import COLUMNS, pad, width, wrap

GAP = "  "
LEAST = 6


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset(),
          whole: frozenset[int] = frozenset(), indent: str = "", footer: bool = False) -> list[str]:
    """Lines of a table. Cells are printable text, a line break in a cell starts a new line. Columns
    in `right` are aligned right, those in `whole` never wrapped; with `footer` the last row is set
    off by a rule. The result depends on no terminal: it is the same in a pipe."""
    sizes = _sizes([headers, *rows], whole, COLUMNS - width(indent))
    rule = indent + GAP.join("-" * size for size in sizes)
    lines = [*_row(headers, sizes, right, indent), rule]
    for i, row in enumerate(rows):
        if footer and i == len(rows) - 1:
            lines.append(rule)
        lines.extend(_row(row, sizes, right, indent))
    return lines


def _row(cells: Sequence[str], sizes: Sequence[int], right: frozenset[int], indent: str) -> list[str]:
    columns = [[line for part in cell.split("\n") for line in wrap(part, size)]
               for cell, size in zip(cells, sizes, strict=True)]
    height = max(map(len, columns))
    lines = []
    for i in range(height):
        texts = [column[i] if i < len(column) else "" for column in columns]
        lines.append(indent + GAP.join(
            pad(text, size, "right" if j in right else "left")
            for j, (text, size) in enumerate(zip(texts, sizes, strict=True))
        ).rstrip())
    return [line.rstrip() for line in lines]


def _sizes(rows: Sequence[Sequence[str]], whole: frozenset[int], columns: int) -> list[int]:
    """Natural widths; where they do not fit, the widest column gives way cell by cell."""
    sizes = [max(width(line) for row in rows for line in row[j].split("\n")) for j in range(len(rows[0]))]
    room = columns - len(GAP) * (len(sizes) - 1)
    while sum(sizes) > room:
        j = max((j for j in range(len(sizes)) if j not in whole), key=lambda j: sizes[j], default=-1)
        if j < 0 or sizes[j] <= LEAST:
            break
        sizes[j] -= 1
    return sizes
