"""What was found in the files of a repository before, kept in the user's cache directory.

Never an authority: every entry is bound to the bytes it came from (the id git gives them), to everything
the answer hangs on besides (`context`), and to a checksum; an entry that does not fit is as good as none.
A cache that cannot be opened, read or written is not used. It holds personal data, so it is the user's
alone (0700, 0600).
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct, msgpack

from enforcecli.review.scan import Stamp

SCHEMA = 2
YEARS, ANSWERS = "years", "answers"
_MOST = {YEARS: 24, ANSWERS: 48}
"""What is kept of a repository beside its files, and how much of it: whole years, and what was printed of them."""
_WAIT = 5.0
_AT_ONCE = 2000
_SUM = 8


class Row(Struct, frozen=True, array_like=True):
    """A file as it was: its path, its stamp (None: not to be trusted), the id of its bytes, its facts."""

    inside: str
    stamp: Stamp | None
    blob: bytes
    facts: bytes


def directory(environ: dict[str, str] | None = None) -> Path:
    """Where a program keeps what it can do without."""
    env = dict(os.environ) if environ is None else environ
    if env.get("XDG_CACHE_HOME"):
        return Path(env["XDG_CACHE_HOME"]) / "enforce"
    if sys.platform == "win32" and env.get("LOCALAPPDATA"):
        return Path(env["LOCALAPPDATA"]) / "enforce" / "cache"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "enforce"


class Cache:
    """The cache of one repository in one context; `None` in place of a directory: none is used."""

    def __init__(self, root: Path, context: bytes, where: Path | None) -> None:
        self._context = context
        self._path = None if where is None else where / f"review-{_digest(os.fsencode(root))[:10].hex()}.sqlite"

    def kept(self, what: str, key: bytes) -> memoryview | None:
        """What was kept under the key; None if nothing was, or nothing that can be trusted."""
        with self._opened() as found:
            if found is not None:
                rows = found.execute(f"SELECT value FROM {what} WHERE key = ?", (self._key(key),)).fetchall()
                return _checked(self._key(key), rows[0][0]) if rows else None
        return None

    def rows(self) -> Iterator[Row]:
        """Every file kept in this context, in the order of their paths."""
        decode = msgpack.Decoder(Row).decode
        with self._opened() as found:
            last = b""
            while found is not None:
                some = found.execute("SELECT inside, value FROM cases WHERE inside > ? AND context = ? "
                                     "ORDER BY inside LIMIT ?", (last, self._context, _AT_ONCE)).fetchall()
                if not some:
                    return
                for inside, value in some:
                    row = _checked(inside, value)
                    if row is not None:
                        yield decode(row)
                last = some[-1][0]

    def keep(self, rows: Iterable[Row], gone: Iterable[str]) -> None:
        """Puts the rows in place of what was kept of those files, and forgets the files gone. Rows of
        another context go: the repository, the program or the book is another now."""
        with self._opened(write=True) as found:
            if found is not None:
                found.execute("DELETE FROM cases WHERE context <> ?", (self._context,))
                found.executemany("DELETE FROM cases WHERE inside = ?", (
                    (os.fsencode(inside),) for inside in gone))
                found.executemany("INSERT OR REPLACE INTO cases VALUES (?, ?, ?)", (
                    (name := os.fsencode(row.inside), self._context, _summed(name, msgpack.encode(row)))
                    for row in rows))

    def keep_whole(self, what: str, key: bytes, value: bytes) -> None:
        """Puts the value in place of what was kept under the key; the oldest go."""
        with self._opened(write=True) as found:
            if found is not None:
                found.execute(f"INSERT OR REPLACE INTO {what} (key, value) VALUES (?, ?)",
                              (self._key(key), _summed(self._key(key), value)))
                found.execute(f"DELETE FROM {what} WHERE rowid NOT IN "
                              f"(SELECT rowid FROM {what} ORDER BY rowid DESC LIMIT ?)", (_MOST[what],))

    def _key(self, key: bytes) -> bytes:
        return _digest(self._context + key)

    @contextmanager
    def _opened(self, *, write: bool = False) -> Iterator[sqlite3.Connection | None]:
        """The database, or None. What fails in it ends the use, never the review."""
        connection = self._connect(write) if self._path is not None else None
        try:
            if connection is not None and write:
                connection.execute("BEGIN IMMEDIATE")
            yield connection
            if connection is not None and write:
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._discard(connection, error)
        finally:
            if connection is not None:
                with suppress(sqlite3.Error):
                    connection.close()

    def _connect(self, write: bool) -> sqlite3.Connection | None:
        path = self._path
        if path is None or (not write and not path.exists()) or path.is_symlink():
            return None
        try:
            if write:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
            connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        except (OSError, sqlite3.Error):
            return None
        try:
            connection.text_factory = bytes
            if connection.execute("SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')").fetchone() != (0,):
                raise sqlite3.DatabaseError("views and triggers are none of ours")
            if connection.execute("PRAGMA user_version").fetchone() != (SCHEMA,):
                if not write:
                    connection.close()
                    return None
                _create(connection)
        except sqlite3.Error as error:
            self._discard(connection, error)
            return None
        return connection

    def _discard(self, connection: sqlite3.Connection | None, error: sqlite3.Error) -> None:
        """A database that is none any more is removed; one that is only busy stays."""
        with suppress(OSError, sqlite3.Error):
            if connection is not None:
                connection.close()
            if self._path is not None and not (isinstance(error, sqlite3.OperationalError) and "lock" in str(error)):
                self._path.unlink()


def _create(connection: sqlite3.Connection) -> None:
    connection.executescript(f"""
        BEGIN IMMEDIATE;
        DROP TABLE IF EXISTS cases;
        DROP TABLE IF EXISTS snapshots;
        DROP TABLE IF EXISTS {YEARS};
        DROP TABLE IF EXISTS {ANSWERS};
        CREATE TABLE cases (inside BLOB PRIMARY KEY, context BLOB, value BLOB);
        CREATE TABLE {YEARS} (key BLOB UNIQUE, value BLOB);
        CREATE TABLE {ANSWERS} (key BLOB UNIQUE, value BLOB);
        PRAGMA user_version = {SCHEMA};
        COMMIT;
    """)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=20).digest()


def _summed(key: bytes, value: bytes) -> bytes:
    return _sum(key, value) + value


def _sum(key: bytes, value: bytes | memoryview) -> bytes:
    return blake2b(value, digest_size=_SUM, key=_digest(key)).digest()


def _checked(key: bytes, value: object) -> memoryview | None:
    """The value behind its checksum, not copied; None where it is another."""
    if not isinstance(value, bytes) or _sum(key, memoryview(value)[_SUM:]) != value[:_SUM]:
        return None
    return memoryview(value)[_SUM:]
