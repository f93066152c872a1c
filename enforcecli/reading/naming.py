"""People and units named in a file beside the roster: by id, by a name one person bears, by the name of a unit.

Posts are not names here: such a file speaks of a year, and in a year a post has several holders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from enforcecli.model.problem import Level
from enforcecli.model.roster import Roster
from enforcecli.reading.report import Node, Reading
from enforcecli.text.suggest import closest

if TYPE_CHECKING:
    from enforcecli.text.document import Document


class RosterReading(Reading):
    """Without a roster nobody is known, and nobody is missed."""

    __slots__ = ("roster",)

    def __init__(self, document: Document, roster: Roster | None) -> None:
        super().__init__(document)
        self.roster = roster

    def person(self, node: Node, level: str | None) -> str:
        """The id; the text itself where nobody, or more than one, answers to it: that is an error, for
        nothing may be laid on the wrong person."""
        text: str = node.value.strip()
        people = self.roster.people if self.roster is not None else {}
        named = [m.id for m in people.values() if m.name == text]
        if text in people or not people:
            named = [text]
        if len(named) != 1:
            self._nobody(node, text, named, people)
            return text
        self.ids[text] = named[0]
        return named[0]

    def _nobody(self, node: Node, text: str, named: list[str], people: Mapping[str, Any]) -> None:
        if named:
            self.report(node, "P103", written=text, ids="、".join(sorted(named)))
            return
        self.unknown(node, ("P108", "P118"), text, (*people, *(m.name for m in people.values())), Level.ERROR)

    def unit(self, node: Node, name: str) -> None:
        """A unit the roster does not list. Without units there is nothing to compare with."""
        units = self.roster.units if self.roster is not None else {}
        if units and name not in units:
            self.unknown(node, ("P109", "P119"), name, units, None)

    def unknown(self, node: Node, codes: tuple[str, str], text: str, known: Iterable[str],
                level: Level | None) -> None:
        """The second code is for words with a near one."""
        guess = closest(text, tuple(known))
        if guess is None:
            self.report(node, codes[0], level=level, written=text)
        else:
            self.report(node, codes[1], level=level, written=text, guess=guess)


def unit_names(found: Mapping[str, Any], node: Node, reading: RosterReading) -> Mapping[str, Any]:
    """The keys of a mapping are units of the roster."""
    for key, _ in node.value:
        if isinstance(key.value, str) and key.value.strip():
            reading.unit(key, key.value.strip())
    return found
