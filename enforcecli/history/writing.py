"""Commits and tags made so that nothing is lost and nothing of the repository runs.

A commit is built in an index of its own and published by compare-and-swap: where another process moved
the branch in between, it is built again on the new tip. `git commit` would run hooks and filters and use
the index somebody is working in; GitPython's `index.commit` loses the commit of a second process.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from time import sleep

from msgspec import Struct

from enforcecli.history.objects import BLOB, COMMIT, FILE, TAG, Commit, bytes_of
from enforcecli.history.refused import refused
from enforcecli.history.repository import Repository

TRIES = 60
"""How often a commit is built anew on a branch that others move."""
_WAIT, _PATIENCE = 0.1, 20
"""Seconds between two tries on a branch that somebody holds locked, and how many."""


class Identity(Struct, frozen=True):
    """Who git says is at work, and on what day."""

    name: str
    email: str
    day: date | None = None


class Draft(Struct, frozen=True):
    """A commit to be: files to add or replace (path → bytes), and the message. `tags`: full ref → the
    bytes of an annotated tag, given the commit's name. `author`: None is whoever git says."""

    files: Mapping[str, bytes]
    message: str
    tags: Mapping[str, Callable[[str], bytes]] = {}
    remove: Sequence[str] = ()
    author: Identity | None = None


def identity(repository: Repository, who: str = "AUTHOR") -> Identity:
    """Name and e-mail as git would write them in a commit. V-IDENT where none is set."""
    words = repository.run("var", f"GIT_{who}_IDENT", check=False, identity=True)
    from enforcecli.history.objects import signature

    found = signature(words.stdout.strip()) if words.returncode == 0 else None
    if found is None or not found.name or "@" not in found.email:
        raise refused("V-IDENT")
    return Identity(found.name, found.email, found.day)


def hash_object(repository: Repository, data: bytes, kind: str = BLOB) -> str:
    """Stores the bytes as they are and returns their name."""
    literally = () if kind == TAG else ("--no-filters",)
    done = repository.run("hash-object", "-w", "-t", kind, "--stdin", *literally, data=data)
    return done.stdout.decode("ascii").strip()


def publish(repository: Repository, build: Callable[[str | None], Draft | None]) -> Commit | None:
    """Adds one commit to the branch checked out and returns it.

    `build` gets the tip (None before the first commit) and says what the commit is to be; it is asked
    again when the tip has moved meanwhile; where it answers None nothing is written and None returned. Branch and tags appear together. Neither the working tree nor
    the index is touched. V-DETACHED, V-IDENT, V-MOVED.
    """
    handle = repository.handle
    if handle.head.is_detached:
        raise refused("V-DETACHED")
    branch = str(handle.head.reference.path)
    held = 0
    for _attempt in range(TRIES):
        tip = repository.head()
        draft = build(tip)
        if draft is None:
            return None
        made = _commit(repository, tip, draft)
        if _swap(repository, branch, tip, made, draft.tags):
            return repository.commit(made)
        if repository.head() != tip:
            continue
        taken = [ref for ref in draft.tags if repository.refs(ref)]
        if taken:
            raise refused("V-TAGTAKEN", tag=taken[0].removeprefix("refs/tags/"))
        held += 1  # somebody holds the branch, for a moment or for good
        if held > _PATIENCE:
            raise refused("V-LOCK", ref=branch)
        sleep(_WAIT)
    raise refused("V-MOVED", ref=branch)


def _commit(repository: Repository, tip: str | None, draft: Draft) -> str:
    with tempfile.TemporaryDirectory(prefix="enforce-") as own:
        names = _stored(repository, list(draft.files.values()), Path(own))
        lines = [b"%s %s 0\t%s\0" % (FILE.encode(), oid.encode(), bytes_of(path))
                 for path, oid in zip(draft.files, names, strict=True)]
        lines += [b"0 %s 0\t%s\0" % (b"0" * len(tip or ""), bytes_of(path)) for path in draft.remove]
        index = {"GIT_INDEX_FILE": str(Path(own) / "index")}
        repository.run("read-tree", tip if tip is not None else "--empty", more=index)
        repository.run("update-index", "-z", "--add", "--index-info", data=b"".join(lines), more=index)
        tree = repository.run("write-tree", more=index).stdout.decode("ascii").strip()
    parents = ("-p", tip) if tip is not None else ()
    by = draft.author
    author = {"GIT_AUTHOR_NAME": by.name, "GIT_AUTHOR_EMAIL": by.email} if by is not None else {}
    done = repository.run("commit-tree", tree, *parents, "-F", "-", data=draft.message.encode("utf-8"), more=author,
                          identity=True)
    return done.stdout.decode("ascii").strip()


def _stored(repository: Repository, files: Sequence[bytes], own: Path) -> list[str]:
    """The names of the bytes, all stored by one process."""
    for number, data in enumerate(files):
        (own / str(number)).write_bytes(data)
    paths = "".join(f"{own / str(number)}\n" for number in range(len(files)))
    done = repository.run("hash-object", "-w", "-t", BLOB, "--stdin-paths", "--no-filters", data=paths.encode())
    return done.stdout.decode("ascii").split()


def _swap(repository: Repository, branch: str, tip: str | None, made: str,
          tags: Mapping[str, Callable[[str], bytes]]) -> bool:
    """Branch and tags in one transaction, if the branch still stands where it stood."""
    none = "0" * len(made)
    steps = [b"start\0", b"update %s\0%s\0%s\0" % (branch.encode(), made.encode(), (tip or none).encode())]
    for ref, body in tags.items():
        tag = hash_object(repository, body(made), TAG)
        steps.append(b"create %s\0%s\0" % (bytes_of(ref), tag.encode()))
    steps += [b"prepare\0", b"commit\0"]
    return repository.run("update-ref", "-z", "--stdin", "-m", "enforce", data=b"".join(steps), check=False,
                          identity=True).returncode == 0


def create_tag(repository: Repository, ref: str, body: bytes) -> bool:
    """An annotated tag where there is none of this name."""
    tag = hash_object(repository, body, TAG)
    return repository.run("update-ref", "-m", "enforce", ref, tag, "0" * len(tag), check=False, identity=True).returncode == 0


def tag_body(target: str, name: str, who: str, message: str, kind: str = COMMIT) -> bytes:
    """The bytes of an annotated tag before any signature. `who`: a line of `identity_line`."""
    return f"object {target}\ntype {kind}\ntag {name}\ntagger {who}\n\n{message}".encode()


def identity_line(repository: Repository) -> str:
    """`Name <mail> seconds zone`, as git would write it now."""
    identity(repository, "COMMITTER")
    words = repository.run("var", "GIT_COMMITTER_IDENT", identity=True).stdout
    return words.decode("utf-8", "replace").strip()


def take_up(repository: Repository, commit: str, paths: Sequence[str]) -> bool:
    """Puts these paths of the commit into the index, nothing else of it, so that what was committed does
    not look deleted. False where another process holds the index."""
    tree = repository.ls_tree(commit, paths)
    lines = [b"%s %s 0\t%s\0" % (e.mode.encode(), e.oid.encode(), bytes_of(e.path)) for e in tree.values()]
    with tempfile.TemporaryDirectory(prefix="enforce-") as empty:
        # Writing the index, git compares files as young as the index itself, and would filter them: it is
        # shown a work tree without any.
        elsewhere = {"GIT_DIR": str(repository.git_dir), "GIT_WORK_TREE": empty}
        done = repository.run("-C", empty, "update-index", "-z", "--add", "--index-info", data=b"".join(lines), check=False,
                              more=elsewhere)
    return done.returncode == 0
