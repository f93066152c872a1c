"""Where the texts and the shells of the papers lie that come with the program."""

from __future__ import annotations

from pathlib import Path

DIRECTORY = "templates"
_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The path of a shipped template or shell (`decision.md.j2`, `shells/letter.docx`): in an
    installation within the package, in a checkout beside it. It need not exist."""
    installed = _PACKAGE / "_shipped" / DIRECTORY
    return (installed if installed.is_dir() else _PACKAGE.parent / DIRECTORY) / name
