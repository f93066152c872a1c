"""Small tools of the dialogue: questions of fields, yes or no, and what has been answered so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from enforcecli.authoring.content import Content, Path
from enforcecli.authoring.questions import ASIDE, NO, YES, Answers, Option, Question, of_field
from enforcecli.language import _, current
from enforcecli.model.roster import Member, Roster
from enforcecli.model.rulebook import AT_FAULT, NOT_AT_FAULT, OPEN
from enforcecli.reading.shape import Record
from enforcecli.rules.posts import member_on, serves
from enforcecli.text import fields


class Ask(Struct, frozen=True):
    """Makes the questions that fields of a case ask."""

    shape: Record
    english: bool = False

    def __call__(self, *path: str | int, words: str | None = None, options: Sequence[Option] = (),
                 required: bool = False, default: str | None = None, free: bool = True, plus: bool = False,
                 borne: frozenset[str] = frozenset()) -> Question:
        return of_field(self.shape, path, self.english, words=words, options=options, required=required,
                        default=default, free=free, plus=plus, borne=borne)

    def all(self, *paths: Path) -> Iterator[Question]:
        """Fields that may be passed over."""
        for path in paths:
            yield self(*path)


def given(a: Answers, *prefix: str | int) -> bool:
    """Whether anything is answered at or below the path."""
    return any(path[:len(prefix)] == prefix and value not in ("", []) for path, value in a.items())


def text(a: Answers, *path: str | int) -> str:
    value = a.get(path, "")
    return value if isinstance(value, str) else ""


def texts(a: Answers, *path: str | int) -> tuple[str, ...]:
    value: Content = a.get(path, "")
    found = value if isinstance(value, list) else [value]
    return tuple(v for v in found if isinstance(v, str) and v)


def day(a: Answers, *path: str | int) -> date | None:
    found = fields.date(text(a, *path)) if text(a, *path) else None
    return found if isinstance(found, date) else None


def act_day(a: Answers) -> date | None:
    """The day that picks the version of the measure and the posts people held."""
    return day(a, "行为", "期间", "止") or day(a, "行为", "日期")


def count(a: Answers, *prefix: str | int) -> int:
    """How many entries of a list are begun."""
    steps = [path[len(prefix)] for path, value in a.items()
             if path[:len(prefix)] == prefix and len(path) > len(prefix) and value not in ("", [])]
    return max((step + 1 for step in steps if isinstance(step, int)), default=0)


def yes_no(name: Path, words: str, default: str) -> Question:
    """A question that steers the dialogue."""
    return Question((ASIDE, *name), words, answers(YES, NO), default=default, free=False)


_ALSO = {YES: "yes", NO: "no", AT_FAULT: "yes", NOT_AT_FAULT: "no", OPEN: "open"}


def answers(*values: str) -> tuple[Option, ...]:
    """Words to choose from; those of yes and no may be typed in Latin letters too."""
    return tuple(Option(v, (_ALSO.get(v, "") if current() == "en" else ""), _ALSO.get(v, "")) for v in values)


def wants(a: Answers, name: Path, words: str, default: str, *about: str | int) -> Iterator[Question]:
    """Asks whether to go into something, unless it is already begun."""
    if not given(a, *about):
        yield yes_no(name, words, default)


def agreed(a: Answers, name: Path, *about: str | int) -> bool:
    return a.get((ASIDE, *name)) == YES or given(a, *about)


def people(roster: Roster | None, on: date | None, unit: str = "") -> tuple[Option, ...]:
    """Who may be meant: first those of the unit, each with the post held on the day; who held none, or has left
    nobody knows when, comes last and says so."""
    found = []
    for member in (roster.people if roster is not None else {}).values():
        then = member_on(member, on)
        found.append((not serves(member, on), (then or member).unit != unit if unit else False, _option(member, then, on)))
    return tuple(option for _gone, _other, option in sorted(found, key=lambda f: f[:2]))


def names(roster: Roster | None) -> frozenset[str]:
    """Every id and name of the roster: whoever is written so is taken for the person there."""
    members = roster.people.values() if roster is not None else ()
    return frozenset(name for member in members for name in (member.id, member.name))


def _option(member: Member, then: Member | None, on: date | None) -> Option:
    who = then or member
    name = member.name if member.name != member.id else ""
    told = " ".join(w for w in (name, who.unit or "", who.title or "") if w)
    if then is None:
        told = _("{post}（当日不在任）").format(post=told)
    elif not serves(member, on):  # gone by now; whether on that day the roster does not say
        told = _("{post}（现状：{status}）").format(post=told, status=member.status)
    return Option(member.id, told)
