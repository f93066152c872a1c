"""The only module that runs git.

Reading runs nothing a repository brings along - no hook, filter, driver, pager, monitor or transport -
and changes nothing: not the tree, not the index, not .git. So git never compares with the working tree
here (that would run filters, and names of filters are free); bytes on disk are read by the caller. What
a repository's own files could bend is taken away: replacements, grafts, mailmap, commit-graph, the
environment except an allow-list. Paths travel with -z, and are meant literally.

The handle of commands that write is GitPython's `Repo` (`handle`), used for what was found to run nothing:
to open, and to read refs. Its index, diff, commit and tag functions run hooks and filters, lose commits
of a second process, and are not used; `writing.py` builds commits with plumbing.

What git refuses is raised as `Refused`, with a problem of family V.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from enforcecli.history import objects
from enforcecli.history.objects import Change, Commit, Entry, Ref, Tag, text_of
from enforcecli.history.refused import UNREADABLE, refused

if TYPE_CHECKING:
    from git import Repo

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
EMPTY_TREE = {"sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
              "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"}
_BATCH = 100
_REV = re.compile(r"[^\s\x00-\x1f\x7f]{1,200}")
_HEX = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


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


class Repository:
    """One repository. `top`: the directory that holds `.git` (None: bare); `git_dir`; `common_dir` (of the
    main work tree, for a linked one); `format`: sha1 or sha256. Use as a context, or `close` it."""

    def __init__(self, at: Path, *, bare: bool) -> None:
        self.top = None if bare else at
        self._at = at
        self.index_file: Path | None = None
        """An index other than the repository's own, to look into (`git commit FILE` makes one for its hooks)."""
        self._batch: subprocess.Popen[bytes] | None = None
        words = self.run("rev-parse", "--git-dir", "--git-common-dir", "--show-object-format",
                         "--is-shallow-repository").stdout.split(b"\n")
        self.git_dir = (at / text_of(words[0])).resolve()
        self.common_dir = (at / text_of(words[1])).resolve()
        self.format = words[2].decode("ascii")
        self.shallow = words[3] == b"true"

    @staticmethod
    def find(start: Path) -> Repository | None:
        """The repository a path lies in; None if there is none. A directory made to look like one inside
        a work tree is not taken for one: only an entry `.git` counts, or the path itself as a bare one."""
        here = Path(os.path.realpath(start if start.is_dir() else start.parent))
        for directory in (here, *here.parents):
            if os.path.lexists(directory / ".git"):
                return Repository(directory, bare=False)
        return Repository(here, bare=True) if looks_bare(here) else None

    @staticmethod
    def open(start: Path) -> Repository:
        """As `find`; without a repository refused as V-NOREPO."""
        found = Repository.find(start)
        if found is None:
            raise refused("V-NOREPO", UNREADABLE, path=start.absolute())
        return found

    def __enter__(self) -> Repository:
        return self

    def __exit__(self, *what: object) -> None:
        self.close()

    def close(self) -> None:
        if self._batch is not None:
            batch, self._batch = self._batch, None
            batch.kill()
            batch.communicate()

    def inside(self, path: Path) -> str:
        """A path of the work tree as git names it: '' for its top, else with forward slashes. A bare repository
        has its top only."""
        if self.top is None:
            return ""
        directory = Path(os.path.realpath(path.parent))
        whole = self.top if path.absolute() == self.top else directory / path.name
        found = whole.relative_to(self.top).as_posix()
        return "" if found == "." else found

    # running

    def run(self, *args: str, data: bytes | None = None, check: bool = True,
            more: Mapping[str, str] | None = None, identity: bool = False) -> subprocess.CompletedProcess[bytes]:
        """One call of git. No argument may come from a file without a guard before it (`--`,
        --end-of-options, or a form checked here). Not rc 0 with `check`: refused."""
        env = environment(IDENTITY if identity else ()) | dict(more or {})
        env["GIT_CEILING_DIRECTORIES"] = str(self._at.parent)
        if self.index_file is not None:
            env.setdefault("GIT_INDEX_FILE", str(self.index_file))
        try:
            done = subprocess.run([*self._command(), *args], input=data or b"", capture_output=True, cwd=self._at,
                                  env=env, check=False)
        except OSError as error:
            raise refused("V-NOGIT") from error
        if check and done.returncode:
            raise _refusal(done.stderr, self._at)
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
            if _HEX.fullmatch(oid) is None:
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
        """Those of the names the repository has a blob for."""
        data = "".join(f"{oid}\n" for oid in oids if _HEX.fullmatch(oid)).encode("ascii")
        lines = self.run("cat-file", "--batch-check=%(objectname) %(objecttype)", data=data).stdout.split(b"\n")
        return [line[:-5].decode("ascii") for line in lines if line.endswith(b" blob")]

    def name_of(self, kind: str, data: bytes) -> str:
        """The name git gives to these bytes as an object of this kind."""
        import hashlib

        made = hashlib.new(self.format, f"{kind} {len(data)}\0".encode("ascii"), usedforsecurity=False)
        made.update(data)
        return made.hexdigest()

    # trees and the index

    def ls_tree(self, commit: str, paths: Sequence[str] = ()) -> dict[str, Entry]:
        """Path → entry of every file below a commit or tree (of these paths and below, where some
        are given), directories left out."""
        done = self.run("ls-tree", "-r", "-z", "--full-tree", _oid(commit), "--", *paths)
        found = {}
        for line in filter(None, done.stdout.split(b"\0")):
            head, _tab, name = line.partition(b"\t")
            mode, _kind, oid = head.decode("ascii").split()
            path = text_of(name)
            found[path] = Entry(path, mode, oid)
        return found

    def ls_files_stage(self, paths: Sequence[str] = ()) -> list[Entry]:
        """The index, in the order of the paths, through one process."""
        if self.top is None:
            return []
        done = self.run("ls-files", "-s", "-v", "-z", "--", *paths)
        found = []
        for line in filter(None, done.stdout.split(b"\0")):
            head, _tab, name = line.partition(b"\t")
            flag, mode, oid, _stage = head.decode("ascii").split()
            found.append(Entry(text_of(name), mode, oid, flag))
        return found

    def staged(self) -> list[Change]:
        """What the index holds otherwise than HEAD; before the first commit, all of it."""
        against = self.head() or EMPTY_TREE[self.format]
        done = self.run("diff-index", "--cached", "--raw", "--no-abbrev", "--no-renames", "-z", against, "--")
        return [change for _of, change in objects.changes(done.stdout)]

    def changed(self, old: str, new: str, paths: Sequence[str] = ()) -> list[Change]:
        """What differs from one commit or tree to another."""
        done = self.run("diff-tree", "-r", "--raw", "--no-abbrev", "--no-renames", "-z", _oid(old), _oid(new), "--", *paths)
        return [change for _of, change in objects.changes(done.stdout)]

    def blobs_at(self, wanted: Sequence[tuple[str, str]]) -> list[str | None]:
        """The blob at a path of a commit, for each (commit, path); None where there is none. One process."""
        asked = [f"{_oid(commit)}:{path}" if "\n" not in path else "" for commit, path in wanted]
        data = "".join(f"{line}\n" for line in asked).encode("utf-8", "surrogateescape")
        lines = self.run("cat-file", "--batch-check=%(objectname) %(objecttype)", data=data).stdout.split(b"\n")
        words = [line.decode("utf-8", "surrogateescape").rsplit(" ", 1) for line in lines[:len(asked)]]
        return [word[0] if word[-1] == objects.BLOB else None for word in words]

    # history

    def rev_list(self, tips: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
        """The commits reachable from the tips (HEAD if none) and not from `without`, newest first,
        no child after its parent."""
        start = [_oid(tip) for tip in tips] or [_oid(h) for h in (self.head(),) if h]
        if not start:
            return []
        return self._lines("rev-list", "--topo-order", *start, *(f"^{_oid(oid)}" for oid in without), "--")

    def touched(self, oids: Sequence[str], paths: Sequence[str] = ()) -> dict[str, list[Change]]:
        """Commit → what it changed against each of its parents (a merge: against every one), for
        those that changed something of the paths. One process for all."""
        data = "".join(f"{_oid(oid)}\n" for oid in oids).encode("ascii")
        done = self.run("diff-tree", "--stdin", "-r", "-m", "--root", "--raw", "--no-abbrev", "--no-renames", "-z", "--",
                        *paths, data=data)
        found: dict[str, list[Change]] = {}
        for of, change in objects.changes(done.stdout):
            found.setdefault(str(of), []).append(change)
        return found

    def log(self, paths: Sequence[str] = (), tips: Sequence[str] = (),
            without: Sequence[str] = ()) -> Iterator[tuple[Commit, list[Change]]]:
        """The history, newest first, of the commits that touch the paths (all without paths), each
        with what it changed there. Three processes whatever the length."""
        oids = self.rev_list(tips, without)
        touched = self.touched(oids, paths)
        wanted = [oid for oid in oids if oid in touched or not paths]
        for commit in self.commits(wanted):
            yield commit, touched.get(commit.oid, [])

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `old` is `new` or lies in its history."""
        return self.run("merge-base", "--is-ancestor", _oid(old), _oid(new), check=False).returncode == 0

    def line(self, tips: Sequence[str] = (), paths: Sequence[str] = ()) -> list[tuple[str, tuple[str, ...], list[Change]]]:
        """The history, newest first: commit, its parents, what it changed of the paths against the first of
        them. Two processes whatever the length."""
        start = [_oid(tip) for tip in tips] or [_oid(h) for h in (self.head(),) if h]
        if not start:
            return []
        words = [row.split(" ") for row in self._lines("rev-list", "--topo-order", "--parents", *start, "--")]
        data = "".join(f"{' '.join(row[:2])}\n" for row in words).encode("ascii")
        done = self.run("diff-tree", "--stdin", "-r", "--root", "--raw", "--no-abbrev", "--no-renames", "-z", "--", *paths,
                        data=data)
        found: dict[str | None, list[Change]] = {}
        for of, change in objects.changes(done.stdout):
            found.setdefault(of, []).append(change)
        return [(oid, tuple(parents), found.get(oid, [])) for oid, *parents in words]

    def merge_base(self, one: str, other: str) -> str | None:
        """The commit from which two histories went apart; None where they share none."""
        done = self.run("merge-base", _oid(one), _oid(other), check=False)
        word = done.stdout.decode("ascii", "replace").strip()
        return word if done.returncode == 0 and _HEX.fullmatch(word) else None

    # names

    def resolve(self, rev: str) -> str | None:
        """The commit a word of a command line means; None if none."""
        if _REV.fullmatch(rev) is None or rev.startswith("-"):
            return None
        done = self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}", check=False)
        word = done.stdout.decode("ascii", "replace").strip()
        return word if done.returncode == 0 and _HEX.fullmatch(word) else None

    def head(self) -> str | None:
        """The commit checked out; None before the first."""
        return self.resolve("HEAD")

    def branch(self) -> str | None:
        """The full ref HEAD stands for; None where HEAD is detached."""
        done = self.run("symbolic-ref", "--quiet", "HEAD", check=False)
        return text_of(done.stdout).rstrip("\n") if done.returncode == 0 else None

    def refs(self, prefix: str = "") -> list[Ref]:
        """The refs below a prefix such as refs/tags/, by name."""
        form = "--format=%(refname)%00%(objectname)%00%(objecttype)%00%(*objectname)"
        found = []
        for line in self._lines("for-each-ref", form, *([prefix] if prefix else [])):
            name, oid, kind, peeled = line.split("\0")
            found.append(Ref(name, oid, kind, peeled or None))
        return found

    # the whole

    def fsck(self) -> str | None:
        """None where every object is sound; else what git says first."""
        done = self.run("fsck", "--full", "--strict", "--no-dangling", "--no-progress", check=False)
        said = [line for line in text_of(done.stderr + done.stdout).split("\n") if line and not line.startswith("notice:")]
        return (said[0] if said else f"rc {done.returncode}") if done.returncode else None

    def bundle(self) -> bytes:
        """All refs and their objects as one file, for the archive."""
        return self.run("bundle", "create", "--quiet", "-", "--all").stdout

    def bundle_heads(self, file: Path) -> tuple[str, ...]:
        """The commit a bundle had checked out, or that of the branch checked out here. OSError, V-NOBUNDLE."""
        with file.open("rb"):  # told as a file, not as git's failure
            done = self.run("bundle", "list-heads", str(file.absolute()), check=False)
        if done.returncode:
            raise refused("V-NOBUNDLE", UNREADABLE, file=file)
        pairs = (text_of(line).partition(" ") for line in done.stdout.split(b"\n"))
        heads = {name: oid for oid, _space, name in pairs if name}
        found = heads.get("HEAD") or heads.get(self.branch() or "")
        return (found,) if found is not None else ()

    def config(self) -> list[tuple[str, str, str]]:
        """(scope, key, value) of every setting git would use; keys in lower case."""
        pieces = self.run("config", "--list", "--show-scope", "--null").stdout.split(b"\0")
        found = []
        for scope, setting in zip(pieces[::2], pieces[1::2], strict=False):
            key, _line, value = text_of(setting).partition("\n")
            found.append((text_of(scope), key, value))
        return found

    @cached_property
    def handle(self) -> Repo:
        """The repository as GitPython opens it, for commands that write."""
        os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
        os.environ["GIT_PYTHON_GIT_EXECUTABLE"] = program()
        from git import Repo

        try:
            return Repo(self.top or self.git_dir, search_parent_directories=False, expand_vars=False)
        except Exception as error:  # its messages quote files: they are not passed on
            raise refused("V-BROKEN", words=type(error).__name__) from error


def create(directory: Path) -> None:
    """A new repository in the directory, with branch main. Git's templates (hooks among them) are left out."""
    done = subprocess.run([*arguments(), "init", "-q", "--initial-branch=main", "--template=", "--", str(directory)],
                          capture_output=True, stdin=subprocess.DEVNULL, env=environment(), check=False)
    if done.returncode:
        raise _refusal(done.stderr, directory)


def looks_bare(directory: Path) -> bool:
    """Whether a directory is laid out as the inside of a `.git`."""
    return (directory / "HEAD").is_file() and (directory / "objects").is_dir() and (directory / "refs").is_dir()


def _oid(word: str) -> str:
    """An object name, and nothing else that git would understand."""
    if _HEX.fullmatch(word) is None:
        raise refused("V-REV", rev=word)
    return word


def _refusal(said: bytes, at: Path) -> Exception:
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
