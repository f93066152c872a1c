"""Objects of git as values, taken from their raw bytes. Pure.

Names and messages are what the bytes say: no mailmap, no replacement, no re-encoding by git. A
header that stands twice is kept twice, because readers of git disagree which one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone

from msgspec import Struct

BLOB, TREE, COMMIT, TAG = "blob", "tree", "commit", "tag"
FILE, EXECUTABLE, LINK, MODULE, FOLDER = "100644", "100755", "120000", "160000", "040000"
"""Modes of entries: two of regular files, of a symlink, of a submodule, of a directory."""
_PERSON = re.compile(rb"(.*?) ?<([^<>]*)> (-?[0-9]{1,18}) ([+-][0-9]{4})", re.DOTALL)
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): ?(.*)")


class Signature(Struct, frozen=True):
    """Who and when, as an object claims it. `when`: seconds since 1970; `zone` like +0800."""

    name: str
    email: str
    when: int
    zone: str

    @property
    def day(self) -> date | None:
        """The day where the one who wrote it was; None for a time no calendar has."""
        try:
            offset = timedelta(hours=int(self.zone[1:3]), minutes=int(self.zone[3:5])) * (-1 if self.zone[0] == "-" else 1)
            return datetime.fromtimestamp(self.when, timezone(offset)).date()
        except (ValueError, OverflowError, OSError):
            return None


class Entry(Struct, frozen=True):
    """One file of a tree or of the index. `path` has forward slashes; bytes that are no UTF-8 stand
    in it as surrogates. `flag`: H, or S skip-worktree, lower case assume-unchanged, M unmerged
    (index only)."""

    path: str
    mode: str
    oid: str
    flag: str = "H"


class Change(Struct, frozen=True):
    """One path between two states. `status`: A added, M modified, D deleted, T another type; an
    absent side has a mode and an oid of zeros."""

    path: str
    status: str
    old_mode: str
    mode: str
    old: str
    oid: str


class Commit(Struct, frozen=True):
    """One commit. `headers`: every header in order, those of signatures too."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    author: Signature
    committer: Signature
    message: str
    headers: tuple[tuple[str, bytes], ...]

    @property
    def subject(self) -> str:
        return self.message.lstrip("\n").split("\n", 1)[0]


class Tag(Struct, frozen=True):
    """An annotated tag. `signature`: the armoured signature behind the message, b'' without one;
    `signed`: the bytes it covers."""

    oid: str
    object: str
    kind: str
    name: str
    tagger: Signature | None
    message: str
    signature: bytes
    signed: bytes
    headers: tuple[tuple[str, bytes], ...]


class Ref(Struct, frozen=True):
    """A ref. `kind`: of what it points at; `peeled`: the commit an annotated tag means."""

    name: str
    oid: str
    kind: str
    peeled: str | None = None


def text_of(data: bytes) -> str:
    """Bytes of a path as text; what is no UTF-8 survives as surrogates."""
    return data.decode("utf-8", "surrogateescape")


def bytes_of(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")


def signature(data: bytes) -> Signature | None:
    """`Name <mail> seconds zone`; None if it is not written so."""
    match = _PERSON.fullmatch(data)
    if match is None:
        return None
    return Signature(_words(match[1]), _words(match[2]), int(match[3]), match[4].decode("ascii"))


def commit(oid: str, data: bytes) -> Commit | None:
    """The commit; None if the bytes are none."""
    headers, body = _split(data)
    tree, author, committer = _one(headers, "tree"), _one(headers, "author"), _one(headers, "committer")
    by, made = signature(author or b""), signature(committer or b"")
    if tree is None or by is None or made is None:
        return None
    parents = tuple(value.decode("ascii", "replace") for name, value in headers if name == "parent")
    encoding = (_one(headers, "encoding") or b"utf-8").decode("ascii", "replace")
    return Commit(oid, tree.decode("ascii", "replace"), parents, by, made, _words(body, encoding), headers)


def tag(oid: str, data: bytes) -> Tag | None:
    """The tag; None if the bytes are none."""
    headers, body = _split(data)
    target, kind, name = _one(headers, "object"), _one(headers, "type"), _one(headers, "tag")
    if target is None or kind is None or name is None:
        return None
    at = next((i for mark in (b"-----BEGIN SSH SIGNATURE-----", b"-----BEGIN PGP SIGNATURE-----")
               if (i := _line_start(body, mark)) >= 0), len(body))
    return Tag(oid, target.decode("ascii", "replace"), kind.decode("ascii", "replace"), text_of(name),
               signature(_one(headers, "tagger") or b""), _words(body[:at]), body[at:],
               data[:len(data) - (len(body) - at)], headers)


def trailers(message: str) -> list[tuple[str, str]]:
    """`Key: value` lines of the last paragraph, in order; [] if any line of it is something else."""
    paragraph = message.rstrip("\n").split("\n\n")[-1].split("\n")
    found = [_TRAILER.fullmatch(line) for line in paragraph]
    return [(m[1], m[2]) for m in found if m is not None] if all(found) else []


def changes(data: bytes) -> Iterator[tuple[str | None, Change]]:
    """What `diff-tree`/`diff-index` print with -z --raw: (commit named before, change)."""
    pieces = iter(data.split(b"\0"))
    of: str | None = None
    for piece in pieces:
        if not piece:
            continue
        if not piece.startswith(b":"):
            of = piece.decode("ascii", "replace")
            continue
        old_mode, mode, old, new, status = piece[1:].decode("ascii", "replace").split(" ")
        yield of, Change(text_of(next(pieces)), status[:1], old_mode, mode, old, new)


def _split(data: bytes) -> tuple[tuple[tuple[str, bytes], ...], bytes]:
    head, _gap, body = data.partition(b"\n\n")
    headers: list[tuple[str, bytes]] = []
    for line in head.split(b"\n"):
        if line.startswith(b" ") and headers:
            name, value = headers[-1]
            headers[-1] = (name, value + b"\n" + line[1:])
        else:
            name_, _space, value = line.partition(b" ")
            headers.append((name_.decode("ascii", "replace"), value))
    return tuple(headers), body


def _one(headers: Sequence[tuple[str, bytes]], name: str) -> bytes | None:
    return next((value for key, value in headers if key == name), None)


def _words(data: bytes, encoding: str = "utf-8") -> str:
    """Text as its header says it is written; else UTF-8, with what is none replaced."""
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return data.decode("utf-8", "replace")


def _line_start(data: bytes, mark: bytes) -> int:
    if data.startswith(mark):
        return 0
    at = data.find(b"\n" + mark)
    return at + 1 if at >= 0 else -1
