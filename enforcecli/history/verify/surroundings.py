"""Where the repository stands: what of its settings, its environment and its layout could deceive whoever
looks at it with plain git, or keeps a verification from seeing the whole."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from enforcecli.history.repository import Repository
from enforcecli.model.problem import Problem, problem

_TELLING = re.compile(
    r"GIT_(?:CONFIG(?:_COUNT|_PARAMETERS|_KEY_[0-9]+|_VALUE_[0-9]+)?|WORK_TREE|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE"
    r"|ALTERNATE_OBJECT_DIRECTORIES|REPLACE_REF_BASE|GRAFT_FILE|SHALLOW_FILE|ATTR_SOURCE|EXTERNAL_DIFF|QUARANTINE_PATH)")
"""Variables that show git another repository, other settings or other objects."""
_OWN = {"GIT_DIR": "", "GIT_INDEX_FILE": "index"}
"""Variables that git sets itself for a hook, and what they then name within .git."""
_DECEIVING = re.compile(
    r"core\.(?:fsmonitor|sshcommand|hookspath|gitproxy|editor|pager|attributesfile|alternaterefscommand|askpass)"
    r"|filter\..*|diff\..*\.(?:textconv|command)|diff\.external|merge\..*\.driver|gpg\..*program"
    r"|gpg\.ssh\.(?:allowedsignersfile|defaultkeycommand|revocationfile)|include(?:if)?\..*|alias\..*|credential\..*"
    r"|protocol\..*|fsck\..*|trailer\..*|log\.(?:mailmap|showsignature)|mailmap\..*|safe\..*|url\..*")
"""Keys of .git/config that run a program, hide a difference, lower a check or rename a person."""


def check(repository: Repository, root: Path) -> Iterator[Problem]:
    """What is odd, and does not yet keep the verification from going on."""
    yield from _environment(repository, os.environ)
    yield from _settings(repository)
    common = repository.common_dir
    replaced = [ref.name for ref in repository.refs("refs/replace/")]
    if replaced:
        yield problem("V-REPLACE", count=len(replaced), ref=replaced[0])
    if _holds(common / "info" / "grafts"):
        yield problem("V-GRAFT", file=common / "info" / "grafts")
    if _holds(common / "info" / "attributes"):
        yield problem("V-ATTR", file=common / "info" / "attributes")
    if _holds(common / "objects" / "info" / "alternates"):
        yield problem("V-ALTERNATES", file=common / "objects" / "info" / "alternates")
    if repository.top is not None and os.path.lexists(repository.top / ".mailmap"):
        yield problem("V-MAILMAP", file=repository.top / ".mailmap")
    if repository.refs("refs/notes/"):
        yield problem("V-NOTES")


def stopping(repository: Repository) -> Iterator[Problem]:
    """What is missing, so that nothing can be asserted."""
    if repository.shallow:
        yield problem("V-SHALLOW")
    settings = [key for scope, key, _value in repository.config() if scope in ("local", "worktree")]
    if any(re.fullmatch(r"remote\..*\.promisor|extensions\.partialclone|remote\..*\.partialclonefilter", key)
           for key in settings) or _promised(repository.common_dir):
        yield problem("V-PARTIAL")


def _environment(repository: Repository, environ: Mapping[str, str]) -> Iterator[Problem]:
    names = sorted(name for name in environ if _TELLING.fullmatch(name))
    for name, place in _OWN.items():
        own = os.path.realpath(repository.git_dir / place)
        if name in environ and os.path.realpath(Path(repository.top or repository.git_dir, environ[name])) != own:
            names.append(name)
    if names:
        yield problem("V-ENV", listed="、".join(names))


def _settings(repository: Repository) -> Iterator[Problem]:
    found = set()
    for scope, key, value in repository.config():
        if scope not in ("local", "worktree"):
            continue
        elsewhere = key == "core.worktree" and repository.top is not None and \
            Path(os.path.realpath(repository.git_dir / value)) != repository.top
        if elsewhere or _DECEIVING.fullmatch(key):
            found.add(key)
    if found:
        yield problem("V-CONFIG", listed="、".join(sorted(found)))


def _promised(common: Path) -> bool:
    try:
        return any(path.suffix == ".promisor" for path in (common / "objects" / "pack").iterdir())
    except OSError:
        return False


def _holds(path: Path) -> bool:
    """Whether a file says anything."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
