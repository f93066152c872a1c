"""One case beside its result, book, roster and office: what every paper is written from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from msgspec.structs import replace as remade

from enforcecli.desk.examine import Examined
from enforcecli.desk.judge import Judged
from enforcecli.model.case import Case, Finding, Involved, MethodChoice, Referral
from enforcecli.model.result import Can, CaseResult, FindingResult, MethodResult, Outcome, PersonResult
from enforcecli.model.roster import Member, Office, Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.rules.people import People

_STRONGEST = {Can.IMPOSE: 0, Can.REFER: 1, Can.NOT_APPLICABLE: 2}


@dataclass(frozen=True, slots=True)
class Source:
    """`book` None: no version of the measure could be used, every finding is undecided."""

    case: Case
    result: CaseResult
    book: Rulebook | None
    office: Office | None
    roster: Roster | None
    people: People
    other: Judged | None = None
    """The case under the other version of the measure, where two had to be weighed."""

    @staticmethod
    def of(examined: Examined, office: Office | None, roster: Roster | None) -> Source | None:
        """None for a file that is no case or could not be read."""
        if examined.case is None or examined.result is None or examined.unreadable:
            return None
        case = examined.case
        return Source(case, examined.result, examined.book, office, roster, People(case, roster, office), examined.other)

    # versions

    def under(self, result: CaseResult) -> Source:
        """The case by the whole result of one of its versions."""
        other = self.other
        if other is None or other.book is None or result.rulebook != other.book.id:
            return replace(self, result=result)
        this = Judged(self.book, self.book, self.case, self.case, self.result, (), ())
        return replace(self, case=other.case, result=result, book=other.book, other=this,
                       people=People(other.case, self.roster, self.office))

    def for_person(self, person: str | None) -> Source:
        """By the version that applies to the person (从旧兼从轻): its clauses and grounds. The lines stay
        those that apply to each, and the money what is ordered in fact."""
        versions = self.result.versions
        weighed = next((p for p in versions.persons if p.person == person), None) if versions is not None else None
        if versions is None or weighed is None or not weighed.later_applies or self.result.rulebook == versions.later.rulebook:
            return self
        findings = tuple(remade(later, persons=now.persons, kept_by_organ=now.kept_by_organ) for later, now in
                         zip(versions.later.findings, self.result.findings, strict=True))
        return self.under(remade(self.result, rulebook=versions.later.rulebook,
                                 rulebook_sha256=versions.later.rulebook_sha256, findings=findings))

    # people

    def id_of(self, word: str) -> str:
        """The id of a person as written; the word itself when it does not resolve."""
        return self.case.ids.get(word, word)

    def member(self, person: str) -> Member:
        """As of the day of the act; a bare entry for whoever is not on the roster."""
        return self.people.member(person) or Member(person, person)

    def name(self, word: str | None) -> str:
        """The name of a person as written anywhere in the case: an id, a name or a post."""
        return self.member(self.id_of(word)).name if word else ""

    def is_unit(self, person: str) -> bool:
        return self.member(person).is_unit or any(
            one.person == person and one.is_unit for finding in self.case.findings for one in finding.involved
        )

    @property
    def involved(self) -> tuple[str, ...]:
        """Everyone of 涉及人员, once, in the order of the file."""
        return tuple(dict.fromkeys(one.person for f in self.case.findings for one in f.involved))

    # findings

    def pairs(self) -> Iterator[tuple[int, Finding, FindingResult]]:
        for i, (finding, found) in enumerate(zip(self.case.findings, self.result.findings, strict=False)):
            yield i, finding, found

    def lines(self, person: str) -> Iterator[tuple[int, Finding, Involved, FindingResult, PersonResult]]:
        """The person's line in every finding that lists them; undecided findings have none."""
        for i, finding, found in self.pairs():
            one = next((p for p in finding.involved if p.person == person), None)
            line = next((p for p in found.persons if p.person == person and not p.remainder), None)
            if one is not None and line is not None:
                yield i, finding, one, found, line

    def bears(self, person: str) -> bool:
        """Whether some finding lays a responsibility on the person."""
        return any(
            found.outcome is Outcome.LIABLE and self._weighs(line) for _, _, _, found, line in self.lines(person)
        )

    def _weighs(self, line: PersonResult) -> bool:
        from enforcecli.model.rulebook import DegreeKind

        book = self.book
        return book is not None and any(
            g not in book.degrees or book.degrees[g].kind is not DegreeKind.NONE for g in line.grades)

    def undecided(self, person: str | None = None) -> list[int]:
        """The findings that cannot be decided, of the person or of the case."""
        return [
            i
            for i, finding, found in self.pairs()
            if not found.decided and (person is None or any(p.person == person for p in finding.involved))
        ]

    # methods

    def choices(self, person: str) -> tuple[tuple[MethodChoice, MethodResult], ...]:
        """Each method chosen for the person with the answer. The findings repeat it; the strongest
        power wins, for own fault may lie in one finding only."""
        chosen = next((c for w, c in self.case.dispositions.items() if self.id_of(w) == person), ())
        best: list[MethodResult | None] = [None] * len(chosen)
        for _, _, _, _, line in self.lines(person):
            for k, answer in enumerate(line.methods[: len(chosen)]):
                known = best[k]
                if known is None or _STRONGEST[answer.can] < _STRONGEST[known.can]:
                    best[k] = answer
        return tuple((c, a) for c, a in zip(chosen, best, strict=True) if a is not None)

    def can(self, person: str, what: Can) -> tuple[tuple[MethodChoice, MethodResult], ...]:
        return tuple(pair for pair in self.choices(person) if pair[1].can is what)

    def referrals(self, person: str) -> tuple[Referral, ...]:
        return tuple(r for r in self.case.referrals if r.person and self.id_of(r.person) == person)

    # the rest

    @property
    def organ(self) -> str:
        """This office: as the decision names it, else as enforce.yaml does."""
        decision = self.case.procedure.decision
        if decision is not None and decision.organ:
            return decision.organ
        return self.office.organ or "" if self.office is not None else ""

    def number(self, person: str) -> str:
        """The number of the person's decision, '' before it has one."""
        decision = self.case.procedure.decision
        return self.of_person(decision.documents, person) or "" if decision is not None else ""

    def of_person(self, mapping: Mapping[str, str], person: str) -> str | None:
        """The person's entry of a mapping kept by the words written."""
        return next((text for word, text in mapping.items() if self.id_of(word) == person), None)

    @property
    def concluded(self) -> str | None:
        """结论.类型 other than 追究."""
        end = self.case.conclusion
        return end.kind if end is not None and end.kind not in (None, "追究") else None

    def setting(self, key: str) -> object:
        """A value of enforce.yaml 文书, as written; None if there is none."""
        return self.office.documents.get(key) if self.office is not None else None
