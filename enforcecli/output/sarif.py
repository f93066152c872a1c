"""Problems as SARIF 2.1.0: relative addresses, columns in code points, stable fingerprints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from enforcecli import __version__
from enforcecli.language import _, current
from enforcecli.model.problem import Level
from enforcecli.output.jsonio import dumps
from enforcecli.output.shown import Checked, Shown, blanks, level_word, shown_of
from enforcecli.output.style import Style
from enforcecli.problems import kind

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_DRIVE = re.compile(r"[A-Za-z]:/")


def render(files: Iterable[Checked], style: Style, strict: bool) -> Iterator[str]:
    items = shown_of(files)
    codes = sorted({item.code for item in items})
    index = {code: i for i, code in enumerate(codes)}
    run = {
        "tool": {"driver": {
            "name": "enforce", "version": __version__, "language": {"zh": "zh-CN"}.get(current(), "en"),
            "rules": [_rule(code) for code in codes],
        }},
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": _("案件仓库的根目录")}}},
        "results": [_result(item, index[item.code]) for item in items],
    }
    yield dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rule(code: str) -> dict[str, object]:
    of = kind(code)
    rule: dict[str, object] = {
        "id": code,
        "shortDescription": {"text": _(of.title)},
        "fullDescription": {"text": _(of.doc) or _(of.title)},
        "help": {"text": blanks(_(of.remedy)) or _(of.title)},
        "defaultConfiguration": {"level": _LEVELS[of.level]},
    }
    if of.cite or of.basis:
        rule["properties"] = {"cite": of.cite or of.basis}
    return rule


def _result(item: Shown, index: int) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": _address(item.file)}
    if item.placed:
        span = item.span
        physical["region"] = {
            "startLine": span.line, "startColumn": span.column,
            "endLine": span.end_line, "endColumn": span.end_column,
        }
    text = item.message + (f"\n{_('改法：')}{item.remedy}" if item.remedy else "")
    return {
        "ruleId": item.code, "ruleIndex": index, "level": _LEVELS[item.level],
        "message": {"text": text or level_word(item.level)},
        "locations": [{"physicalLocation": physical}],
        "partialFingerprints": {"primaryLocationLineHash": item.fingerprint},
    }


def _address(file: str) -> dict[str, str]:
    path = file.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path):
        return {"uri": "file:///" + quote(_bytes(path.lstrip("/")), safe="/:")}
    return {"uri": quote(_bytes(path or ".")), "uriBaseId": "%SRCROOT%"}


def _bytes(path: str) -> bytes:
    """The name as the system keeps it; Windows knows names that are no UTF-8 at all."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "replace")
