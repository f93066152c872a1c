"""The only module that runs git.

Reading runs nothing a repository brings along - no hook, filter, driver, pager, monitor or transport -
and changes nothing: not the tree, not the index, not .git. So git never compares with the working tree
here (that would run filters, and names of filters are free); bytes on disk are read by the caller. What
a repository's own files could bend is taken away: replacements, grafts, mailmap, commit-graph, the
environment except an allow-list. Paths travel with -z, and are meant literally.

What git refuses is raised as `Refused`, with a problem of family V.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Self

from enforcecli.history import objects
from enforcecli.history.objects import Commit, Tag, text_of
from enforcecli.history.place import git_dir_of, no_file
from enforcecli.history.refused import UNREADABLE, refused

ALLOWED = frozenset({
    "PATH", "HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA",
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TMPDIR", "TEMP", "TMP", "USER", "USERNAME", "LOGNAME",
    "TZ", "LD_LIBRARY_PATH", "SSH_AUTH_SOCK", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
})
"""What a child process sees of the environment. Other GIT_* could name another index, another
store of objects, settings out of nowhere; the three here stand for files of the user and the machine."""
IDENTITY = frozenset({f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL", "DATE")})
"""What a command that writes passes on besides: who commits, and when."""
_FIXED = {
    "LC_ALL": "C", "LANGUAGE": "", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1", "GIT_ATTR_NOSYSTEM": "1", "GIT_GRAFT_FILE": os.devnull, "GIT_PAGER": "cat",
    "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_EDITOR": "false",
}
_SETTINGS = {
    "safe.bareRepository": "explicit", "core.fsmonitor": "false", "core.hooksPath": os.devnull, "core.pager": "cat",
    "core.attributesFile": os.devnull, "core.commitGraph": "false", "core.untrackedCache": "false",
    "core.sshCommand": "false", "core.quotePath": "false", "core.precomposeUnicode": "false",
    "diff.external": "", "diff.renames": "false", "diff.orderFile": "", "log.mailmap": "false", "log.showSignature": "false",
    "protocol.allow": "never", "gc.auto": "0", "maintenance.auto": "false", "credential.helper": "",
    "i18n.commitEncoding": "UTF-8", "i18n.logOutputEncoding": "UTF-8", "commit.gpgSign": "false", "tag.gpgSign": "false",
}
"""Set for every call, over whatever a repository's own .git/config says."""
LARGEST = 64 * 1024 * 1024
"""Bytes of one object that are read."""
_BATCH = 100
HEX = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@cache
def program() -> str:
    """The absolute path of git: a PATH entry such as `.` is not searched."""
    path = os.pathsep.join(p for p in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(p).is_absolute())
    found = shutil.which("git", path=path)
    if found is None:
        raise refused("V-NOGIT")
    return found


def environment(more: Iterable[str] = ()) -> dict[str, str]:
    """What a child process gets: the allowed variables (and `more`), and the fixed ones."""
    wanted = ALLOWED.union(more)
    return {name: value for name, value in os.environ.items() if name.upper() in wanted} | _FIXED


def arguments() -> list[str]:
    """`git` and what stands before every subcommand."""
    return [program(), *(word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}"))]


class Git:
    """One repository. `top`: the directory that holds `.git` (None: bare); `git_dir`; `common_dir` (of the
    main work tree, for a linked one); `format`: sha1 or sha256. Use as a context, or `close` it."""

    def __init__(self, at: Path, *, bare: bool) -> None:
        self.top = None if bare else at
        self._at = at
        self.index_file: Path | None = None
        """An index other than the repository's own, to look into (`git commit FILE` makes one for its hooks)."""
        self._batch: subprocess.Popen[bytes] | None = None
        odd = no_file(at if bare else git_dir_of(at))
        if odd is not None:
            raise refused("V-BROKEN", words=f"{odd}: not a regular file")
        words = self.run("rev-parse", "--git-dir", "--git-common-dir", "--show-object-format",
                         "--is-shallow-repository").stdout.split(b"\n")
        self.git_dir = (at / text_of(words[0])).resolve()
        self.common_dir = (at / text_of(words[1])).resolve()
        self.format = words[2].decode("ascii")
        self.shallow = words[3] == b"true"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *what: object) -> None:
        self.close()

    def forked(self) -> None:
        """To be called first in a process forked from this one: the reader is the parent's."""
        self._batch = None

    def close(self) -> None:
        if self._batch is not None:
            batch, self._batch = self._batch, None
            batch.kill()
            batch.communicate()

    # running

    def run(self, *args: str, data: bytes | None = None, check: bool = True,
            more: Mapping[str, str] | None = None, identity: bool = False) -> subprocess.CompletedProcess[bytes]:
        """One call of git. No argument may come from a file without a guard before it (`--`,
        --end-of-options, or a form checked here). Not rc 0 with `check`: refused."""
        env = environment(IDENTITY if identity else ()) | dict(more or {})
        env["GIT_CEILING_DIRECTORIES"] = str(self._at.parent)
        env["GIT_FLUSH"] = "0"  # its output is taken whole, not line by line
        if self.index_file is not None:
            env.setdefault("GIT_INDEX_FILE", str(self.index_file))
        try:
            done = subprocess.run([*self._command(), *args], input=data or b"", capture_output=True, cwd=self._at,
                                  env=env, check=False)
        except OSError as error:
            raise refused("V-NOGIT") from error
        if check and done.returncode:
            raise refusal_of(done.stderr, self._at)
        return done

    def _command(self) -> list[str]:
        command = arguments()
        return command if self.top is not None else [*command, f"--git-dir={self._at}"]

    def _lines(self, *args: str) -> list[str]:
        return [text_of(line) for line in self.run(*args).stdout.split(b"\n") if line]

    # objects

    def object(self, oid: str) -> tuple[str, bytes]:
        """Kind and bytes. Refused if it is missing, too large, or its bytes do not give its name."""
        return next(self.objects([oid]))[1:]

    def objects(self, oids: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
        """(oid, kind, bytes) of each, in the order asked, through one process."""
        wanted = list(oids)
        for oid in wanted:
            if HEX.fullmatch(oid) is None:
                raise refused("V-OBJECT", oid=oid)
        for start in range(0, len(wanted), _BATCH):  # few enough to fit the pipe while git writes
            part = wanted[start:start + _BATCH]
            batch = self._reader()
            assert batch.stdin is not None
            try:
                batch.stdin.write("".join(f"{oid}\n" for oid in part).encode("ascii"))
                batch.stdin.flush()
            except OSError as error:
                self.close()
                raise refused("V-OBJECT", oid=part[0]) from error
            found = [self._answer(batch, oid) for oid in part]  # whole, so that a caller may ask in between
            yield from found

    def blob(self, oid: str) -> bytes:
        """The bytes of a file."""
        kind, data = self.object(oid)
        if kind != objects.BLOB:
            raise refused("V-OBJECT", oid=oid)
        return data

    def commit(self, oid: str) -> Commit:
        return next(self.commits([oid]))

    def commits(self, oids: Iterable[str]) -> Iterator[Commit]:
        """The commits, in the order asked, raw: names, dates and messages as the bytes say."""
        for oid, kind, data in self.objects(oids):
            found = objects.commit(oid, data) if kind == objects.COMMIT else None
            if found is None:
                raise refused("V-OBJECT", oid=oid)
            yield found

    def tag(self, oid: str) -> Tag | None:
        """The annotated tag; None if the object is something else."""
        kind, data = self.object(oid)
        return objects.tag(oid, data) if kind == objects.TAG else None

    def _reader(self) -> subprocess.Popen[bytes]:
        if self._batch is None:
            env = environment() | {"GIT_CEILING_DIRECTORIES": str(self._at.parent)}
            self._batch = subprocess.Popen([*self._command(), "cat-file", "--batch"], stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self._at, env=env)
        return self._batch

    def _answer(self, batch: subprocess.Popen[bytes], oid: str) -> tuple[str, str, bytes]:
        assert batch.stdout is not None
        head = batch.stdout.readline().split()
        if len(head) != 3 or int(head[2]) > LARGEST:  # missing, corrupt (git ends), or a bomb
            self.close()
            raise refused("V-OBJECT", oid=oid)
        size = int(head[2])
        data = batch.stdout.read(size + 1)[:-1]
        kind = head[1].decode("ascii")
        if len(data) != size or self.name_of(kind, data) != oid:
            self.close()
            raise refused("V-OBJECT", oid=oid)
        return oid, kind, data

    def there(self, oids: Sequence[str]) -> list[str]:
        """Those of the names the repository has a blob for, and not one too large to be read."""
        data = "".join(f"{oid}\n" for oid in oids if HEX.fullmatch(oid)).encode("ascii")
        done = self.run("cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)", data=data)
        lines = [line.decode("ascii", "replace").split(" ") for line in done.stdout.split(b"\n")]
        return [words[0] for words in lines if words[1:2] == [objects.BLOB] and int(words[2]) <= LARGEST]

    def name_of(self, kind: str, data: bytes) -> str:
        """The name git gives to these bytes as an object of this kind."""
        import hashlib

        made = hashlib.new(self.format, f"{kind} {len(data)}\0".encode("ascii"), usedforsecurity=False)
        made.update(data)
        return made.hexdigest()


def create(directory: Path) -> None:
    """A new repository in the directory, with branch main. Git's templates (hooks among them) are left out."""
    done = subprocess.run([*arguments(), "init", "-q", "--initial-branch=main", "--template=", "--", str(directory)],
                          capture_output=True, stdin=subprocess.DEVNULL, env=environment(), check=False)
    if done.returncode:
        raise refusal_of(done.stderr, directory)


def oid_of(word: str) -> str:
    """An object name, and nothing else that git would understand."""
    if HEX.fullmatch(word) is None:
        raise refused("V-REV", rev=word)
    return word


def refusal_of(said: bytes, at: Path) -> Exception:
    """What git said, in our words where we have them."""
    text = text_of(said)
    if "dubious ownership" in text:
        return refused("V-OWNER", path=at)
    if "not a git repository" in text or "invalid gitfile" in text:
        return refused("V-NOREPO", UNREADABLE, path=at)
    if "Permission denied" in text:
        return refused("V-DENIED", UNREADABLE, path=at)
    lines = [line for line in text.split("\n") if line.startswith(("fatal:", "error:"))]
    return refused("V-BROKEN", words=(lines or text.split("\n"))[0].partition(": ")[2] or "git")
