"""One pass over one file: where its problems go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from enforcecli.model.problem import Edit, Level, Problem

if TYPE_CHECKING:
    from enforcecli.reading.written_keys import WrittenKeys
    from enforcecli.text.document import Document

Node = Any
"""A node of ruamel.yaml: every scalar's value is text."""
EMPTY: Mapping[str, Any] = {}


class Reading:
    """One pass over one file: where the problems go, and who is who."""

    __slots__ = ("_keys", "document", "ids", "noted", "problems", "sound")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.ids: dict[str, str] = {}  # persons as written → id, as far as they have been met
        self.noted: dict[str, list[Problem]] = {}
        self.sound: set[int] = set()  # ids of problems no guard takes
        self._keys: WrittenKeys | None = None

    @property
    def keys(self) -> WrittenKeys:
        """The keys as the author wrote them; looked at only where something is told."""
        if self._keys is None:
            from enforcecli.reading.written_keys import WrittenKeys

            self._keys = WrittenKeys(self.document.root)
        return self._keys

    def report(self, node: Node, code: str, *, level: Level | None = None, cite: str | None = None,
               more: Mapping[str, object] = EMPTY, instead: str | None = None, **args: object) -> Problem:
        """A problem at the node, collected; reading goes on. `more` are further arguments of the
        message; `instead` is the whole text as it should be, where that is certain."""
        told = {**more, **args}
        if "key" in told and code != "K104":  # K104 tells the proper spelling
            told["key"] = self.keys.above(node, str(told["key"]))
        words = tuple((k, str(v)) for k, v in sorted(told.items()))
        found = Problem(code, words, (), False, self.document.file, self.document.span(node), level, cite,
                        self._mend(node, instead))
        self.problems.append(found)
        return found

    def _mend(self, node: Node, instead: str | None) -> tuple[Edit, ...] | None:
        """The edit that puts `instead` in place of the text, within its quotation marks if it has some;
        none where it is written with escapes or over lines."""
        if instead is None:
            return None
        start, end = self.document.offsets(node)
        written = self.document.text[start:end]
        if written == node.value:
            return (Edit(start, end, instead),)
        if written[1:-1] == node.value and written[0] in "'\"" and not set("'\"\\") & set(instead):
            return (Edit(start + 1, end - 1, instead),)
        return None

    def note(self, guard: str, since: int) -> None:
        """Errors reported since are also kept under the guard's name."""
        errors = self.errors(since)
        if errors:
            kept = self.noted.setdefault(guard, [])
            known = set(map(id, kept))
            kept.extend(p for p in errors if id(p) not in known)

    def errors(self, since: int) -> tuple[Problem, ...]:
        """The errors reported since, less those that are harmless."""
        from enforcecli.problems import level

        return tuple(p for p in self.problems[since:]
                     if level(p) is Level.ERROR and id(p) not in self.sound)

    def person(self, node: Node, level: str | None) -> str:
        """The id of the person named by the node; here, where no one is known, the text itself."""
        return str(node.value).strip()

    def acting(self, node: Node, level: str | None) -> str:
        """The id of somebody who acts in a step."""
        return self.person(node, level)

    def named(self, node: Node, level: str | None) -> Any:
        """The person as `PersonRef.pair` wants it."""
        return self.person(node, level), str(node.value).strip()


Read = Callable[[Node, Reading], Any]
"""What reads the nodes of one shape; None for what is absent or unreadable."""
Hit = tuple[int, int, Read, str | None]
"""What a key of a record leads to: slot, bit, reader, and the name under which the value is gathered in the slot."""
