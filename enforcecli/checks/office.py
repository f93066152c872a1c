"""enforce.yaml against the book it names, and against itself (docs/roster-and-office.md)."""

from __future__ import annotations

from enforcecli.checks.common import nearest
from enforcecli.model.problem import Problem, problem
from enforcecli.model.roster import Office
from enforcecli.model.rulebook import DegreeKind, Rulebook

_SIZED = (DegreeKind.SHARE, DegreeKind.RATIO)


def check_office(office: Office, book: Rulebook | None) -> list[Problem]:
    """Contradictions of the office's own settings. `book`: the one 适用办法 names, None = unknown
    (that is `check_measure`'s to say)."""
    out: list[Problem] = []
    _calendar(office, out)
    if book is not None:
        _scale(office, book, out)
    return out


def check_measure(office: Office, known: tuple[str, ...]) -> list[Problem]:
    """适用办法 names a book or a measure that is not there. `known`: the names of those that are."""
    if office.measure is None or office.measure in known:
        return []
    return [problem("O201", ("measure",), measure=office.measure,
                    suggestion=nearest(office.measure, known))]


def _scale(office: Office, book: Rulebook, out: list[Problem]) -> None:
    """The office's own numbers: only inside the band of the book. A degree the book lacks is
    ignored, with a word about it."""
    for name, value in (office.scale or {}).items():
        degree = book.degrees.get(name)
        if degree is None:
            out.append(problem("O202", ("scale", name), on_key=True, degree=name, title=book.title,
                               suggestion=nearest(name, book.degrees)))
        elif degree.kind not in _SIZED:
            out.append(problem("O204", ("scale", name), on_key=True, degree=name))
        elif degree.low is None or degree.high is None:
            if value != degree.default:
                out.append(problem("O205", ("scale", name), degree=name, value=value,
                                   default=degree.default))
        elif not degree.low <= value <= degree.high:
            out.append(problem("O203", ("scale", name), degree=name, value=value, low=degree.low,
                               high=degree.high))


def _calendar(office: Office, out: list[Problem]) -> None:
    for day in sorted(office.days_on):  # both at once is told where 节假日 is read
        if day.weekday() < 5 and day not in (office.days_off or frozenset()):
            out.append(problem("O207", ("days_on",), day=day))
    if office.days_on and not office.days_off:
        out.append(problem("O208", ("days_on",)))
