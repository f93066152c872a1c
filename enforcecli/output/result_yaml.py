"""Results as YAML: the JSON's keys and values, every value that is not plainly a word in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enforcecli.output.jsonio import dumps

_PLAIN = re.compile(r"[一-鿿]{1,60}|[A-Za-z][A-Za-z_]{2,40}")
_RESERVED = frozenset({"true", "false", "yes", "no", "null", "off"})


def lines(value: object, indent: str = "") -> Iterator[str]:
    """Lines of a mapping or a list of them. Written by hand: what a parser could take for a number,
    a date or an escape is a JSON string, which is YAML too."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _entry(f"{indent}{scalar(key)}:", item, indent + "  ")
    elif isinstance(value, list):
        for item in value:
            yield from _item(item, indent)


def _entry(head: str, item: object, indent: str) -> Iterator[str]:
    if isinstance(item, dict | list) and item:
        yield head
        yield from lines(item, indent)
    else:
        yield f"{head} {scalar(item)}"


def _item(item: object, indent: str) -> Iterator[str]:
    if isinstance(item, dict | list) and item:
        first, *rest = lines(item, indent + "  ")
        yield f"{indent}- {first.lstrip(' ')}"
        yield from rest
    else:
        yield f"{indent}- {scalar(item)}"


def scalar(value: object) -> str:
    """One value. Strings are plain only where no YAML could read them as anything else."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    return dumps(value, indent=None)
