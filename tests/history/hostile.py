"""Repositories made by somebody who means harm: whatever they have run leaves a trace beside them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from typer.main import get_command

from enforcecli.cli.app import app
from enforcecli.cli.errors import run
from tests.history.sealing import Sealing

HOOKS = ("applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-applypatch", "post-checkout", "post-commit", "post-index-change",
         "post-merge", "post-rewrite", "pre-applypatch", "pre-auto-gc", "pre-commit", "pre-merge-commit", "pre-push", "pre-rebase",
         "prepare-commit-msg", "reference-transaction", "sendemail-validate", "update", "pre-receive", "post-receive", "post-update")
PROGRAMS = ("git", "ssh-keygen", "openssl", "soffice", "libreoffice", "python", "python3", "less", "sh", "gpg")
RUNS = ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy", "core.alternateRefsCommand",
        "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "diff.evil.command", "diff.external",
        "merge.evil.driver", "gpg.program", "gpg.ssh.program", "gpg.x509.program", "gpg.ssh.defaultKeyCommand", "sequence.editor",
        "interactive.diffFilter", "uploadpack.packObjectsHook", "trailer.enforce.command", "trailer.enforce.cmd", "pager.log",
        "pager.show", "pager.diff", "credential.helper", "browser.evil.cmd", "difftool.evil.cmd", "mergetool.evil.cmd")
"""Settings that name a program to run."""
ALIASES = ("rev-parse", "cat-file", "ls-tree", "ls-files", "log", "fsck", "rev-list", "diff-tree", "diff-index", "update-ref", "var")
VARIABLES = ("GIT_EXTERNAL_DIFF", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_PAGER", "PAGER", "GIT_EDITOR", "EDITOR", "VISUAL", "GIT_ASKPASS",
             "SSH_ASKPASS", "GIT_PROXY_COMMAND", "GIT_SEQUENCE_EDITOR", "BROWSER", "GIT_MERGE_AUTOEDIT")


class Trap:
    """A program that leaves a trace, and where traces appear."""

    def __init__(self, directory: Path) -> None:
        self.traces = directory / "traces"
        self.traces.mkdir(parents=True)
        self.program = directory / "program"
        self._script(self.program)

    def _script(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "$0 $*" > "{self.traces}/$$"\ncat 2>/dev/null\nexit 0\n', encoding="utf-8")
        path.chmod(0o755)

    @property
    def sprung(self) -> list[str]:
        """What was run."""
        return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(self.traces.iterdir())]

    def set_in(self, office: Sealing) -> None:
        """Hooks, settings, attributes, and programs with well-known names in the working tree. No git is run
        after the settings are there: it would spring the trap itself."""
        git = office.root / ".git"
        for folder in (git / "hooks", git / "more-hooks"):
            for hook in HOOKS:
                self._script(folder / hook)
        for name in PROGRAMS:
            self._script(office.root / name)
        attributes = "* filter=evil diff=evil merge=evil\n"
        for place in (git / "info" / "attributes", git / "attributes", office.root / "cases" / ".gitattributes"):
            place.write_text(attributes, encoding="utf-8")
        settings = [(name, str(self.program)) for name in RUNS]
        settings += [(f"alias.{name}", f"!{self.program}") for name in ALIASES]
        settings += [("core.hooksPath", str(git / "more-hooks")), ("core.attributesFile", str(git / "attributes")),
                     ("filter.evil.required", "true"), ("gpg.format", "ssh"), ("commit.gpgSign", "true"), ("tag.gpgSign", "true"),
                     ("log.showSignature", "true"), ("gc.auto", "1"), ("maintenance.auto", "true"), ("core.untrackedCache", "true"),
                     ("remote.origin.url", f"ext::{self.program}"), ("protocol.ext.allow", "always"), ("core.commitGraph", "true"),
                     ("submodule.evil.update", f"!{self.program}"), ("log.mailmap", "true"), ("feature.manyFiles", "true"),
                     ("include.path", "more")]
        with (git / "config").open("a", encoding="utf-8") as file:
            file.writelines(_setting(name, value) for name, value in settings)
        (git / "more").write_text("".join(_setting(name, str(self.program)) for name in RUNS), encoding="utf-8")

    def environ(self, path: Path) -> dict[str, str]:
        """Variables that name programs, files to write, other settings; and a PATH that begins where one is."""
        settings = [(name, str(self.program)) for name in RUNS]
        found = {name: str(self.program) for name in VARIABLES}
        found |= {"GIT_TRACE": str(self.traces / "trace"), "GIT_TRACE2": str(self.traces / "trace2"), "GIT_EXEC_PATH": str(path),
                  "GIT_TRACE_SETUP": str(self.traces / "setup"), "GIT_TEMPLATE_DIR": str(path / ".git"),
                  "GIT_CONFIG_COUNT": str(len(settings)), "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor={self.program}'",
                  "PATH": f".:{os.environ['PATH']}"}
        for number, (name, value) in enumerate(settings):
            found |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
        return found


def _setting(name: str, value: str) -> str:
    section, _dot, key = name.rpartition(".")
    first, _dot, rest = section.partition(".")
    return f'[{first} "{rest}"]\n\t{key} = "{value}"\n' if rest else f'[{first}]\n\t{key} = "{value}"\n'


def enforce(args: Sequence[str]) -> int:
    """The exit code of a command run in this process."""
    return run(get_command(app), list(args))
