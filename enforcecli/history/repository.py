"""What the product asks of a git repository: trees, the index, history, names, the whole.

Every question is put through `git.Git`, the only module that runs git.

The handle of commands that write is GitPython's `Repo` (`handle`), used for what was found to run nothing:
to open, and to read HEAD. Its index, diff, commit and tag functions run hooks and filters, or lose the
commit of a second process, and are not used; `writing.py` builds commits with plumbing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from enforcecli.history import objects
from enforcecli.history.git import HEX, Git, oid_of, program
from enforcecli.history.objects import Change, Commit, Entry, Ref, text_of
from enforcecli.history.refused import UNREADABLE, refused

if TYPE_CHECKING:
    from git import Repo

EMPTY_TREE = {"sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
              "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"}
_REV = re.compile(r"[^\s\x00-\x1f\x7f]{1,200}")


class Repository(Git):
    """One repository and the questions asked of it."""

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

    def inside(self, path: Path) -> str:
        """A path of the work tree as git names it: '' for its top, else with forward slashes. A bare repository
        has its top only."""
        if self.top is None:
            return ""
        directory = Path(os.path.realpath(path.parent))
        whole = self.top if path.absolute() == self.top else directory / path.name
        found = whole.relative_to(self.top).as_posix()
        return "" if found == "." else found

    # trees and the index

    def ls_tree(self, commit: str, paths: Sequence[str] = ()) -> dict[str, Entry]:
        """Path → entry of every file below a commit or tree (of these paths and below, where some
        are given), directories left out."""
        done = self.run("ls-tree", "-r", "-z", "--full-tree", oid_of(commit), "--", *paths)
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
        done = self.run("diff-tree", "-r", "--raw", "--no-abbrev", "--no-renames", "-z", oid_of(old), oid_of(new), "--", *paths)
        return [change for _of, change in objects.changes(done.stdout)]

    def blobs_at(self, wanted: Sequence[tuple[str, str]]) -> list[str | None]:
        """The blob at a path of a commit, for each (commit, path); None where there is none. One process."""
        asked = [f"{oid_of(commit)}:{path}" if "\n" not in path else "" for commit, path in wanted]
        data = "".join(f"{line}\n" for line in asked).encode("utf-8", "surrogateescape")
        lines = self.run("cat-file", "--batch-check=%(objectname) %(objecttype)", data=data).stdout.split(b"\n")
        words = [line.decode("utf-8", "surrogateescape").rsplit(" ", 1) for line in lines[:len(asked)]]
        return [word[0] if word[-1] == objects.BLOB else None for word in words]

    # history

    def rev_list(self, tips: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
        """The commits reachable from the tips (HEAD if none) and not from `without`, newest first,
        no child after its parent."""
        start = [oid_of(tip) for tip in tips] or [oid_of(h) for h in (self.head(),) if h]
        if not start:
            return []
        return self._lines("rev-list", "--topo-order", *start, *(f"^{oid_of(oid)}" for oid in without), "--")

    def touched(self, oids: Sequence[str], paths: Sequence[str] = ()) -> dict[str, list[Change]]:
        """Commit → what it changed against each of its parents (a merge: against every one), for
        those that changed something of the paths. One process for all."""
        data = "".join(f"{oid_of(oid)}\n" for oid in oids).encode("ascii")
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
        return self.run("merge-base", "--is-ancestor", oid_of(old), oid_of(new), check=False).returncode == 0

    def line(self, tips: Sequence[str] = (), paths: Sequence[str] = ()) -> list[tuple[str, tuple[str, ...], list[Change]]]:
        """The history, newest first: commit, its parents, what it changed of the paths against the first of
        them. Two processes whatever the length."""
        start = [oid_of(tip) for tip in tips] or [oid_of(h) for h in (self.head(),) if h]
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
        done = self.run("merge-base", oid_of(one), oid_of(other), check=False)
        word = done.stdout.decode("ascii", "replace").strip()
        return word if done.returncode == 0 and HEX.fullmatch(word) else None

    # names

    def resolve(self, rev: str) -> str | None:
        """The commit a word of a command line means; None if none."""
        if _REV.fullmatch(rev) is None or rev.startswith("-"):
            return None
        done = self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}", check=False)
        word = done.stdout.decode("ascii", "replace").strip()
        return word if done.returncode == 0 and HEX.fullmatch(word) else None

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
        said = [line for line in text_of(done.stderr + done.stdout).split("\n") if line and not line.startswith(("notice:", "hint:"))]
        return (said[0] if said else f"rc {done.returncode}") if done.returncode else None

    def bundle(self) -> bytes:
        """All refs and their objects as one file, for the archive."""
        return self.run("bundle", "create", "--quiet", "-", "--all").stdout

    def bundle_heads(self, file: Path) -> tuple[str, ...]:
        """The commit a bundle had checked out, or that of the branch checked out here. OSError, V-NOBUNDLE where it
        is none, or names neither."""
        with file.open("rb"):  # told as a file, not as git's failure
            done = self.run("bundle", "list-heads", str(file.absolute()), check=False)
        pairs = (text_of(line).partition(" ") for line in done.stdout.split(b"\n"))
        heads = {name: oid for oid, _space, name in pairs if name}
        found = heads.get("HEAD") or heads.get(self.branch() or "")
        if done.returncode or found is None:
            raise refused("V-NOBUNDLE", UNREADABLE, file=file)
        return (found,)

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


def looks_bare(directory: Path) -> bool:
    """Whether a directory is laid out as the inside of a `.git`."""
    return (directory / "HEAD").is_file() and (directory / "objects").is_dir() and (directory / "refs").is_dir()
