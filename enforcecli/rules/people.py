"""What the methods and the recovery need to know of a person on the day of the act."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from enforcecli.model.case import Case
from enforcecli.model.roster import Member, Office, Roster
from enforcecli.rules.posts import member_on

COUNTY = "县派出"
THIS_OFFICE = "本机关"
SUPERVISION = "监察机关"


class People(Struct, frozen=True, eq=False):
    """The persons of one case: the case's own 人员 entries over the roster's, as of the act's day."""

    case: Case
    roster: Roster | None
    office: Office | None
    _seen: dict[str, Member | None] = field(default_factory=dict)

    def member(self, person: str) -> Member | None:
        if person not in self._seen:
            self._seen[person] = self._member(person)
        return self._seen[person]

    def _member(self, person: str) -> Member | None:
        found = self.case.people.get(person)
        if found is None and self.roster is not None:
            found = self.roster.people.get(person)
        day = self.case.act.reference_day if self.case.act is not None else None
        return None if found is None else member_on(found, day) or found

    @property
    def this_office(self) -> str | None:
        return self.office.organ if self.office is not None else None

    def from_county(self, member: Member) -> bool:
        """Staff of a county unit sitting in the township (隶属: 县派出)."""
        unit = self.roster.units.get(member.unit or "") if self.roster is not None else None
        return unit is not None and unit.affiliation == COUNTY

    def outsider(self, member: Member) -> bool:
        """Known only from the case, and neither appointed nor appraised by this office."""
        known = self.roster is not None and member.id in self.roster.people
        return not known and self.this_office not in (member.appointed_by, member.appraised_by) \
            and bool(member.appointed_by or member.appraised_by)

    def organ(self, word: str, member: Member) -> str | None:
        """The organ a word of the rulebook means for this person; None: the roster does not say."""
        lookup: dict[str, Callable[[], str | None]] = {
            THIS_OFFICE: lambda: self.this_office,
            "任免机关": lambda: member.appointed_by,
            "考核机关": lambda: member.appraised_by,
            "发证机关": lambda: member.credential.issuer if member.credential is not None else None,
            SUPERVISION: lambda: SUPERVISION,
        }
        return lookup[word]() if word in lookup else word

    def above(self, member: Member) -> str | None:
        """Who judges someone this office may not judge: who appoints, else who appraises."""
        return next((organ for organ in (member.appointed_by, member.appraised_by)
                     if organ is not None and organ != self.this_office), None)
