"""Which methods this office may impose on whom.

Power follows who appoints and who appraises, not the label of the person: for each chosen method
the answer is *can impose*, *must refer to …* or *not applicable because …*.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from enforcecli.model.case import Case, MethodChoice
from enforcecli.model.problem import Problem, problem
from enforcecli.model.result import Can, MethodResult, PersonResult
from enforcecli.model.roster import Member
from enforcecli.model.rulebook import DegreeKind, Method, Power, Rulebook
from enforcecli.rules.people import SUPERVISION, THIS_OFFICE, People

OTHER = "其他"
"""“等”: a method of another law, accepted with its name, organ and basis."""
CREDENTIAL = "执法证"
SANCTION = ("处分", "政务警告", "政务记过", "政务记大过", "政务降级", "政务撤职", "政务开除")


class Judge(Struct, frozen=True):
    """Judges the methods of one case. `unfit`: the organ above, when this office may decide
    nothing itself (本机关不宜处理); '' when that organ is not known."""

    book: Rulebook
    case: Case
    people: People
    unfit: str | None = None

    def judge(self, line: PersonResult, choices: Sequence[MethodChoice]) -> tuple[MethodResult, ...]:
        return tuple(self._one(line, choice) for choice in choices)

    def _one(self, line: PersonResult, choice: MethodChoice) -> MethodResult:
        if choice.method == OTHER:
            return self._other(line, choice)
        method = self.book.methods.get(choice.method)
        if method is None:
            return MethodResult(choice.method, Can.NOT_APPLICABLE, "办法没有这一追究方式")
        refusal = self._refusal(line, method)
        if refusal is not None:
            return MethodResult(method.code, Can.NOT_APPLICABLE, refusal)
        member = self.people.member(line.person)
        if member is None:
            return MethodResult(method.code, Can.REFER, self._stranger())
        power = method.power.get(member.personnel or "") if method.power else Power.IMPOSE
        if power is None:
            if member.personnel is None and set(method.power.values()) != {Power.IMPOSE}:
                return MethodResult(method.code, Can.REFER, "名册未写明人员类别，无法确定由谁决定")
            power = Power.IMPOSE
        if power is Power.NEVER:
            return MethodResult(method.code, Can.NOT_APPLICABLE, f"{member.personnel}不适用{method.name}")
        word = method.organs.get(member.personnel or "", method.organ)
        return self._by_organ(method, member, power, word, choice.organ)

    def _refusal(self, line: PersonResult, method: Method) -> str | None:
        """Why the method cannot apply to this bearer at all."""
        if line.unit and "unit" not in method.targets:
            return f"{method.name}只适用于个人"
        if not line.unit and "person" not in method.targets:
            return f"{method.name}只适用于单位"
        if not self._bears(line):
            return "不承担责任，不适用"
        if method.own_fault and not line.at_fault:
            return "岗位责任，不适用：本人无过错"
        member = self.people.member(line.person)
        if CREDENTIAL in method.needs and member is not None and member.credential is None:
            return "未持有执法证，不适用"
        if "处分" in method.name and self._already_sanctioned(line.person):
            return "同一行为已受处分或者政务处分，不重复给予处分"
        return None

    def _stranger(self) -> str:
        """Nothing is known of the person: whether the office may decide is not for it to guess."""
        return "没有名册，无法确定由谁决定" if self.people.roster is None else "名册没有此人，无法确定由谁决定"

    def _bears(self, line: PersonResult) -> bool:
        return line.remainder or any(
            self.book.degrees[grade].kind is not DegreeKind.NONE for grade in line.grades)

    def _already_sanctioned(self, person: str) -> bool:
        return any(prior.person == person and any(word in (prior.kind or "") for word in SANCTION)
                   for prior in self.case.prior)

    def _by_organ(self, method: Method, member: Member, power: Power, word: str,
                  stated: str | None) -> MethodResult:
        """`stated`: the organ the case itself names for this method (调往本乡以外, say)."""
        here = self.people.this_office
        organ = stated or self.people.organ(word, member)
        if organ is None:
            place = f"名册未写明{word}" if word != THIS_OFFICE else "enforce.yaml 未写明机关"
            return MethodResult(method.code, Can.REFER, f"应由{word}决定，但{place}")
        if power is Power.REFER:
            return MethodResult(method.code, Can.REFER, f"应向{organ}提出建议{self._effect(method, member)}", to=organ)
        if organ != here:
            name = organ if word in (SUPERVISION, organ) else f"{word}为{organ}"
            return MethodResult(method.code, Can.REFER, f"{name}，应移送其决定", to=organ)
        barred = self._barred(member)
        if barred is not None:
            above = self.unfit or self.people.above(member)
            return MethodResult(method.code, Can.REFER, barred, to=above or None)
        return MethodResult(method.code, Can.IMPOSE, "本机关可以决定", remedy=self._remedy(method, member))

    def _barred(self, member: Member) -> str | None:
        """Why this office may not decide on this person although the method is its own."""
        if self.unfit is not None:
            return "本机关不宜处理"
        if member.leadership:
            return "领导成员不由本机关处理（办法未作规定，系编者理解）"
        if self.people.from_county(member):
            return "县派出机构人员不由本机关处理（办法未作规定，系编者理解）"
        if self.people.outsider(member):
            return "非本机关任免、考核的人员"
        return None

    def _effect(self, method: Method, member: Member) -> str:
        effect = method.effects.get(member.personnel or "", method.effect)
        return f"（{effect}）" if effect else ""

    def _remedy(self, method: Method, member: Member) -> str | None:
        """The remedy the book names for what this office itself decides; a remedy before this office
        exists only if enforce.yaml 救济 has it."""
        reviews = self.people.office.reviews if self.people.office is not None else {}
        for entry in self.book.remedy_for:
            if (not entry.methods or method.code in entry.methods) \
                    and (not entry.decider or THIS_OFFICE in entry.decider) \
                    and (not entry.personnel or (member.personnel or "") in entry.personnel):
                remedy = self.book.remedies.get(entry.remedy)
                own = remedy is None or remedy.organ == THIS_OFFICE
                if not own or entry.remedy in reviews:
                    return entry.remedy
        return None

    def _other(self, line: PersonResult, choice: MethodChoice) -> MethodResult:
        if not self._bears(line):
            return MethodResult(OTHER, Can.NOT_APPLICABLE, "不承担责任，不适用", name=choice.name)
        if choice.organ is None:
            return MethodResult(OTHER, Can.REFER, "未写明决定机关", name=choice.name)
        if choice.organ != self.people.this_office:
            return MethodResult(OTHER, Can.REFER, f"应由{choice.organ}决定", to=choice.organ, name=choice.name)
        member = self.people.member(line.person)
        if member is None:
            return MethodResult(OTHER, Can.REFER, self._stranger(), name=choice.name)
        barred = self._barred(member)
        if barred is not None:
            return MethodResult(OTHER, Can.REFER, barred, to=self.unfit or self.people.above(member), name=choice.name)
        return MethodResult(OTHER, Can.IMPOSE, "本机关可以决定", name=choice.name)


def method_problems(case: Case, person: str, by_finding: Sequence[Sequence[MethodResult]]) -> list[Problem]:
    """Warnings where the roster leaves open who decides, and where no finding admits a method.
    `by_finding`: the person's methods as each finding judges them."""
    found = []
    for i, (choice, results) in enumerate(
            zip(case.dispositions.get(person, ()), zip(*by_finding, strict=True), strict=True)):
        where = ("dispositions", person, i)
        label = choice.name or choice.method
        able = [r for r in results if r.can is not Can.NOT_APPLICABLE]
        unknown = next((r for r in able if r.can is Can.REFER and r.to is None), None)
        if not able:
            found.append(problem("M102", where, method=label, person=person, reason=results[0].reason))
        elif unknown is not None:
            found.append(problem("M101", where, method=label, person=person, reason=unknown.reason))
    return found
