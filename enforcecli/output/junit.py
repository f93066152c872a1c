"""Problems as JUnit XML: one test case per file, those that pass included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from enforcecli.model.problem import Level
from enforcecli.output.shown import Checked, Shown, level_word, show_all
from enforcecli.output.style import Style
from enforcecli.output.tally import Tally
from enforcecli.output.width import printable

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SUITE = "enforce"


def render(files: Iterable[Checked], style: Style, strict: bool) -> Iterator[str]:
    tally = Tally(strict)
    suite = ElementTree.Element("testsuite")
    for checked in sorted(files, key=lambda f: f.file):
        passes = tally.add(checked)
        _case(suite, checked, passes, strict)
    counts = {
        "name": SUITE, "tests": str(tally.files), "failures": str(tally.failed - tally.unreadable),
        "errors": str(tally.unreadable), "skipped": "0", "time": "0",
    }
    suite.attrib.update(counts)
    root = ElementTree.Element("testsuites", {k: v for k, v in counts.items() if k != "skipped"})
    root.append(suite)
    ElementTree.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield ElementTree.tostring(root, encoding="unicode") + "\n"


def _case(suite: ElementTree.Element, checked: Checked, passes: bool, strict: bool) -> None:
    items = show_all(checked.problems, checked.file)
    fatal = [i for i in items if i.level is Level.ERROR or (strict and i.level is Level.WARNING)]
    first = next(iter(fatal or items), None)
    case = ElementTree.SubElement(suite, "testcase", {
        "name": _legal(checked.file), "classname": SUITE, "file": _legal(checked.file),
        "line": str(first.span.line if first else 1), "time": "0",
    })
    if not passes:
        outcome = ElementTree.SubElement(case, "error" if checked.unreadable else "failure", {
            "message": _legal(fatal[0].message if fatal else ""), "type": fatal[0].code if fatal else "",
        })
        outcome.text = _legal("\n".join(map(_line, fatal)))
    rest = [item for item in items if passes or item not in fatal]
    if rest:
        ElementTree.SubElement(case, "system-out").text = _legal("\n".join(map(_line, rest)))


def _line(item: Shown) -> str:
    place = f"{item.file}:{item.span.line}:{item.span.column}:"
    text = f"{place} {level_word(item.level)} {item.code} {item.message}"
    return f"{text}\n  {item.remedy}" if item.remedy else text


def _legal(text: str) -> str:
    """What XML cannot hold goes; what would steer a terminal shows as its code."""
    kept = _ILLEGAL.sub("", text).replace("\r\n", "\n")
    return "\n".join(map(printable, kept.split("\n")))
