"""The catalogues of messages: finds the texts in the code, keeps the .po complete, writes the .mo.

    python -m tests.catalogues      add new texts to the .po (to be translated), write the .mo

The texts are the Chinese strings in `_()` and `N_()`, and the texts of the problem kinds.
"""

from __future__ import annotations

import ast
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "enforcecli"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "enforce.po"
MO = PO.with_suffix(".mo")
KIND_TEXTS = ("title", "message", "remedy", "doc")
HEADER = "Content-Type: text/plain; charset=UTF-8\nLanguage: en\n"


def texts_of(source: str) -> Iterator[str]:
    """The constants in `_()` and `N_()`. ValueError for anything that no catalogue can hold."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_"}:
            (argument,) = node.args
            if isinstance(argument, ast.Constant):
                yield argument.value
            elif isinstance(argument, ast.JoinedStr):
                raise ValueError(f"line {node.lineno}: an f-string cannot be translated")


def own_texts() -> list[str]:
    """Texts of output, cli and the rest of the package, in the order of the files."""
    found: dict[str, None] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        found.update(dict.fromkeys(texts_of(path.read_text(encoding="utf-8"))))
    return [text for text in found if text]


def kind_texts() -> list[str]:
    """Texts of the problem kinds, by code."""
    from enforcecli.problems import all_kinds

    found = {getattr(kind, name): None for kind in all_kinds() for name in KIND_TEXTS}
    return [text for text in found if text]


def read_po(text: str) -> dict[str, str]:
    """msgid → msgstr of a .po without plurals and contexts."""
    entries: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    current = ""
    for line in [*text.splitlines(), ""]:
        stripped = line.strip()
        for word in ("msgid", "msgstr"):
            if stripped.startswith(word + " "):
                current, stripped = word, stripped[len(word):].strip()
                parts[word] = []
        if stripped.startswith('"'):
            parts[current].append(ast.literal_eval(stripped))
        elif not stripped and "msgstr" in parts:
            entries["".join(parts["msgid"])] = "".join(parts["msgstr"])
            parts = {}
    return entries


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    lines = escaped.split("\n")
    if len(lines) == 1:
        return f'"{escaped}"'
    return "\n".join(['""', *(f'"{line}\\n"' for line in lines[:-1]), *([f'"{lines[-1]}"'] if lines[-1] else [])])


def write_po(entries: dict[str, str]) -> str:
    return "\n\n".join(f"msgid {quoted(k)}\nmsgstr {quoted(v)}" for k, v in entries.items()) + "\n"


def compiled(entries: dict[str, str]) -> bytes:
    """The .mo of the translated entries (GNU gettext, little-endian, sorted by msgid)."""
    done = sorted((k.encode(), v.encode()) for k, v in entries.items() if v)
    start = 7 * 4 + 16 * len(done)
    ids = b"".join(k + b"\0" for k, _ in done)
    table, strings = [], []
    at_id, at_string = start, start + len(ids)
    for key, value in done:
        table += [len(key), at_id]
        strings += [len(value), at_string]
        at_id += len(key) + 1
        at_string += len(value) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(done), 28, 28 + 8 * len(done), 0, 0)
    numbers = struct.pack(f"<{4 * len(done)}I", *table, *strings)
    return head + numbers + ids + b"".join(v + b"\0" for _, v in done)


def updated(entries: dict[str, str]) -> dict[str, str]:
    """The catalogue with exactly the texts of the code: new ones empty, old ones gone."""
    wanted = ["", *own_texts(), *kind_texts()]
    return {text: entries.get(text, HEADER if not text else "") for text in dict.fromkeys(wanted)}


def main() -> None:
    entries = updated(read_po(PO.read_text(encoding="utf-8")) if PO.exists() else {})
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(write_po(entries), encoding="utf-8", newline="\n")
    MO.write_bytes(compiled(entries))
    missing = [text for text, words in entries.items() if not words]
    sys.stdout.write(f"{len(entries)} texts, {len(missing)} without English\n")


if __name__ == "__main__":
    main()
