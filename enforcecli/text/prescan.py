"""The look at the raw text before YAML: one expression that a clean file matches as a whole, and,
for a file that does not, the slow scans that name each slip."""

from __future__ import annotations

from enforcecli.text import clean
from enforcecli.text.found import Found


def scan(text: str) -> tuple[bool, list[Found]]:
    """Whether the text is clean (and so holds nothing YAML reads in a special way), and its slips."""
    if clean.whole(text):
        return True, []
    from enforcecli.text import characters
    from enforcecli.text.skim import Skim

    return False, [*characters.scan(text), *Skim(text).found]
