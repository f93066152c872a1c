"""The questions about one fault: the item of the catalogue, who was concerned, and of the rulebook's facts
those that still matter and only those.

A fact matters while some rule can neither apply nor fail without it, and its `only_if` holds; a person's fact
matters where a rule that applies reads it, or where it weighs on a person at fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from enforcecli.authoring.asking import Ask, act_day, agreed, count, given, names, people, text, texts, wants
from enforcecli.authoring.asking import answers as words_of
from enforcecli.authoring.content import Path
from enforcecli.authoring.questions import NO, Answers, Option, Question
from enforcecli.language import _
from enforcecli.model.case import Choice, Finding, Involved, Stated
from enforcecli.model.result import FindingResult, Why
from enforcecli.model.roster import Office, Roster
from enforcecli.model.rulebook import (
    AT_FAULT,
    FAULT,
    OPEN,
    PERSONS_AT_FAULT,
    WHOLE,
    Clause,
    Fact,
    Layer,
    PersonFact,
    Rulebook,
)
from enforcecli.rules.counts import counted_facts
from enforcecli.rules.finding import assess_finding
from enforcecli.rules.situation import Situation, Truth
from enforcecli.text import fields

FINDINGS, INVOLVED = "过错事实", "涉及人员"
SELDOM = frozenset({"不移送理由", "扩展适用"})
"""What an item asks for only in a situation that comes later."""


def about_finding(ask: Ask, a: Answers, book: Rulebook, roster: Roster | None, i: int) -> Iterator[Question]:
    """All questions about the entry `i` of 过错事实."""
    at = (FINDINGS, i)
    yield ask(*at, "情形", words=_("属于办法的哪一种情形（可以输入几个字查找）"), options=faults(book, ask.english), required=True, free=False)
    yield from _needs(ask, a, book, at)
    yield ask(*at, "事实", words=_("查明的事实，一两句话（可以以后写）"))
    yield from _persons(ask, a, book, roster, at)
    yield from _facts(ask, a, book, i, before_parts=True)
    yield from _parts(ask, a, book, i)
    yield from _facts(ask, a, book, i, before_parts=False)
    yield from _person_facts(ask, a, book, i)
    yield from _choice(ask, a, book, i)
    name: Path = ("补充", i)
    yield from wants(a, name, _("现在写原因、性质、后果和证据吗（也可以以后在文件里补）"), NO, *at, "原因")
    if agreed(a, name, *at, "原因"):
        yield from _details(ask, a, at)


def faults(book: Rulebook, english: bool = False) -> tuple[Option, ...]:
    """The items of the catalogue; of an item with several cases, the cases."""
    found = []
    for fault in book.faults.values():
        if not fault.options:
            name = fault.words.en if english and fault.words.en else fault.name
            found.append(Option(fault.code, f"{fault.cite} {name}", f"{fault.name} {fault.words.text or ''}"))
        for code, words in fault.options.items():
            found.append(Option(code, f"{fault.cite} {words}", f"{fault.name} {fault.words.text or ''}"))
    return tuple(found)


def _needs(ask: Ask, a: Answers, book: Rulebook, at: Path) -> Iterator[Question]:
    """What the items chosen ask to be stated."""
    of_option = {code: fault.code for fault in book.faults.values() for code in fault.options}
    wanted: dict[str, None] = {}
    for code in texts(a, *at, "情形"):
        fault = book.faults.get(of_option.get(code, code))
        wanted.update(dict.fromkeys(fault.needs if fault is not None else ()))
    for need in wanted:
        if need == "后果":
            yield from ask.all((*at, need, "程度"), (*at, need, "说明"))
        elif need not in SELDOM:
            yield ask(*at, need, words=_("{need}（这一情形要求写明）").format(need=need))


# persons

def _persons(ask: Ask, a: Answers, book: Rulebook, roster: Roster | None, at: Path) -> Iterator[Question]:
    known = people(roster, act_day(a), text(a, "行为", "承办单位"))
    units = tuple(Option(name, _("单位")) for name in (roster.units if roster is not None else ()))
    borne = names(roster)
    j = 0
    while True:
        taken = {text(a, *at, INVOLVED, n, "人") for n in range(j)}
        options = [o for o in (*known, *units) if o.value not in taken]
        words = _("涉及哪个人或者哪个单位（名册里没有的，在姓名前加 + 号）") if j == 0 else _("还涉及谁（没有了按回车）")
        yield ask(*at, INVOLVED, j, "人", words=words, options=options, required=j == 0,
                  free=not known, plus=bool(known), borne=borne)
        who = text(a, *at, INVOLVED, j, "人")
        if not who:
            return
        yield from _stranger(ask, a, roster, who)
        unit = is_unit(a, who)
        roles = tuple(Option(r.name, r.words.en or "" if ask.english else "")
                      for r in book.roles.values() if r.unit == unit)
        yield ask(*at, INVOLVED, j, "角色", words=_("{who}在这件行为里的角色（可以几个）").format(who=who),
                  options=roles, required=True, free=False)
        j += 1


def _stranger(ask: Ask, a: Answers, roster: Roster | None, who: str) -> Iterator[Question]:
    """Who is not in the roster is described in the case."""
    if roster is not None and who in roster.units:
        if not given(a, "人员", who):
            yield ask("人员", who, "类别", words=_("{who}是单位，还是同名的个人").format(who=who), default="单位")
        yield ask("人员", who, "单位", words=_("{who}的全称").format(who=who), default=who)
        return
    if roster is None or who in names(roster):
        return
    name, bracket, _rest = who.partition("（")
    if bracket and name:  # told apart from somebody of the same name
        yield ask("人员", who, "姓名", words=_("{who}的姓名").format(who=who), default=name)
    for key, words in (("单位", _("名册里没有{who}，所在单位是")), ("职务", _("{who}的职务")),
                       ("人员类别", _("{who}的人员类别")), ("任免机关", _("{who}的任免机关"))):
        yield ask("人员", who, key, words=words.format(who=who))


def is_unit(a: Answers, who: str) -> bool:
    return text(a, "人员", who, "类别") == "单位"


# facts of the finding

def _facts(ask: Ask, a: Answers, book: Rulebook, i: int, *, before_parts: bool) -> Iterator[Question]:
    """The facts without which some rule can neither apply nor fail, one after the other: each answer may make
    the next one needless. Those that may differ from part to part wait for the parts."""
    at = (FINDINGS, i)
    while True:
        situation = Situation(book, finding_of(a, book, i))
        parts = [name for name, _weight in situation.parts()]
        divided = parts != [WHOLE]
        waiting = before_parts and _may_fall_apart(situation)
        wanted = next(_open(a, situation, at, parts, divided, waiting), None)
        if wanted is None:
            return
        name, part = wanted
        fact = book.facts[name]
        path = (*at, name) if part is None else (*at, name, part)
        words = asked(fact, ask.english)
        yield Question(path, words if part is None else _("{ask}（{part}）").format(ask=words, part=part),
                       words_of(*fact.values, OPEN), default=OPEN, free=False)
        if path not in a:
            return


def _open(a: Answers, situation: Situation, at: Path, parts: Sequence[str], divided: bool,
          waiting: bool) -> Iterator[tuple[str, str | None]]:
    """(fact, part or None for the whole) still to be asked, in the book's order."""
    for name, fact in situation.book.facts.items():
        each = divided and fact.per_part and (*at, name) not in a
        for part in parts:
            if name in wanted_facts(situation, part) and not (waiting and fact.per_part):
                path = (*at, name, part) if each else (*at, name)
                if path not in a:
                    yield name, part if each else None


def wanted_facts(situation: Situation, part: str) -> set[str]:
    """What is missing, and before it what decides whether it is asked at all."""
    wanted = set(situation.missing(part)) | (set(situation.parts_asked()[1]) if not situation.finding.parts else set())
    settled: set[str] = set()
    while wanted - settled:
        name = min(wanted - settled)
        settled.add(name)
        terms = situation.book.facts[name].only_if
        truth = situation.judge_all(terms, part)
        if truth is Truth.HOLDS:
            continue
        wanted.discard(name)
        if truth is Truth.OPEN:
            wanted |= set(situation.open_facts(terms, part)) - settled
    return wanted


def _may_fall_apart(situation: Situation) -> bool:
    asked, missing = situation.parts_asked()
    return asked or bool(missing)


def _parts(ask: Ask, a: Answers, book: Rulebook, i: int) -> Iterator[Question]:
    """How the act falls into parts, where it does; the last part is what is left."""
    situation = Situation(book, finding_of(a, book, i))
    if not situation.parts_asked()[0]:
        return
    names = [n for n, p in book.parts.items() if situation.judge_all(p.only_if, WHOLE) is Truth.HOLDS]
    left: Fraction | None = Fraction(1)
    for name in names:
        path = (FINDINGS, i, "可分部分", name)
        default = str(left) if name == names[-1] and left is not None and len(names) > 1 else None
        yield ask(*path, words=_("{part}占多少（例如 60% 或者 3/5）").format(part=name), required=True, default=default)
        share = fields.share(text(a, *path)) if text(a, *path) else None
        left = left - share if left is not None and isinstance(share, Fraction) and share <= left else None


# facts of persons

def _person_facts(ask: Ask, a: Answers, book: Rulebook, i: int) -> Iterator[Question]:
    finding = finding_of(a, book, i)
    for j, person in enumerate(finding.involved):
        at = (FINDINGS, i, INVOLVED, j)
        for name in _person_fact_names(book):
            fact = book.person_facts.get(name, PersonFact(name, (AT_FAULT, "无")))
            finding = finding_of(a, book, i)
            if not matters(Situation(book, finding), finding.involved[j], fact):
                continue
            words = asked(fact, ask.english)
            if name == FAULT:
                words = _("本人有没有过错（有无过错）")
            yield Question((*at, name), _("{who}：{ask}").format(who=person.written, ask=words),
                           words_of(*fact.values, OPEN), default=OPEN, free=False)
            if (*at, name) not in a:
                return


def _person_fact_names(book: Rulebook) -> list[str]:
    """有无过错 first: what else is asked depends on it. What the program counts is not asked."""
    counted = {fact.name for fact in counted_facts(book)}
    return [FAULT, *(name for name in book.person_facts if name != FAULT and name not in counted)]


def matters(situation: Situation, person: Involved, fact: PersonFact) -> bool:
    """Whether the answer can change what is computed or weighed for this person."""
    if fact.roles is not None and not fact.roles & set(person.roles):
        return False
    if fact.name == FAULT:
        return not person.is_unit
    parts = [name for name, _weight in situation.parts()]
    at_fault = any(situation.person_value(person, FAULT, part) in (AT_FAULT, OPEN) for part in parts)
    clauses = [(rule, clause) for rule in situation.book.rules.values() for clause in rule.bears or ()
               if any(c.key == fact.name for c in clause.where)]
    if clauses:
        here = {rule.id for part in parts for rules in situation.applicable(part).values() for rule in rules}
        return any(rule.id in here and _means(clause, person, at_fault) for rule, clause in clauses)
    return at_fault and not person.is_unit


def _means(clause: Clause, person: Involved, at_fault: bool) -> bool:
    return bool(set(clause.who) & set(person.roles)) or (PERSONS_AT_FAULT in clause.who and at_fault)


def asked(fact: Fact | PersonFact, english: bool) -> str:
    """The rulebook's own question, with the English name of the fact before it where that helps."""
    words = fact.ask or fact.name
    return f"{fact.words.en.replace('_', ' ')}: {words}" if english and fact.words.en else words


# what the measure leaves open

def _choice(ask: Ask, a: Answers, book: Rulebook, i: int) -> Iterator[Question]:
    """Where rules collide or the measure is silent the office may already have settled which rule applies, for
    each part of the act."""
    at = (FINDINGS, i, "规则适用选择")
    found = outcome(a, book, None, i, settled=False)
    situation = Situation(book, finding_of(a, book, i))
    for result in found.parts if found is not None else ():
        why = result.undecided
        if why is None or why.kind not in (Why.CONFLICT, Why.NOT_COVERED):
            continue
        able = why.rules if why.kind is Why.CONFLICT else \
            tuple(rule.id for rule in situation.applicable(result.part)[Layer.ALLOCATE])
        options = tuple(Option(r, f"{book.rules[r].cite} {book.rules[r].words.text or ''}") for r in able)
        words = _("{question}。已经研究确定的，选适用的规则；没有的按回车")
        if result.part != WHOLE:
            words = _("{part}：{question}。已经研究确定的，选适用的规则；没有的按回车")
        yield ask(*at, "规则", *(() if result.part == WHOLE else (result.part,)), options=options, free=False,
                  words=words.format(question=why.question, part=result.part))
    if given(a, *at, "规则"):
        yield ask(*at, "理由", words=_("适用这一条的理由"), required=True)


def _details(ask: Ask, a: Answers, at: Path) -> Iterator[Question]:
    yield from ask.all((*at, "原因"), (*at, "性质"), (*at, "后果", "程度"), (*at, "后果", "受损方"), (*at, "后果", "说明"))
    n = 0
    while True:
        yield ask(*at, "证据", n, "名称", words=_("证据的名称（没有了按回车）"))
        if not text(a, *at, "证据", n, "名称"):
            return
        yield from ask.all((*at, "证据", n, "页"), (*at, "证据", n, "证明"))
        n += 1


# the finding as it stands

def finding_of(a: Answers, book: Rulebook, i: int) -> Finding:
    """As much of the finding as the rules read."""
    at = (FINDINGS, i)
    parts = {part: share for part in book.parts
             if isinstance(share := fields.share(text(a, *at, "可分部分", part) or "-"), Fraction)}
    chosen = _stated(a, (*at, "规则适用选择"), ("规则",), book).get("规则")
    return Finding(texts(a, *at, "情形"), _stated(a, at, book.facts, book), parts,
                   tuple(_involved(a, book, at, j) for j in range(count(a, *at, INVOLVED))),
                   choice=Choice(chosen, text(a, *at, "规则适用选择", "理由")) if chosen else None)


def _involved(a: Answers, book: Rulebook, at: Path, j: int) -> Involved:
    here = (*at, INVOLVED, j)
    who = text(a, *here, "人")
    weight = fields.weight(text(a, *here, "权重") or "-")
    return Involved(who, who, texts(a, *here, "角色"), _stated(a, here, _person_fact_names(book), book),
                    weight if isinstance(weight, Fraction) else None, is_unit(a, who))


def _stated(a: Answers, at: Path, names: Mapping[str, object] | Sequence[str], book: Rulebook) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    for name in names:
        if whole := text(a, *at, name):
            found[name] = whole
        elif by_part := {part: v for part in book.parts if (v := text(a, *at, name, part))}:
            found[name] = by_part
    return found


def outcome(a: Answers, book: Rulebook, office: Office | None, i: int, *, settled: bool = True) -> FindingResult | None:
    """What the answers so far come to; None before anyone is named. `settled` False leaves the choice of a rule
    aside."""
    from msgspec.structs import replace

    finding = finding_of(a, book, i)
    if not finding.involved or not all(p.roles for p in finding.involved):
        return None
    unstated = tuple(p if FAULT in p.facts or p.is_unit else replace(p, facts={**p.facts, FAULT: OPEN})
                     for p in finding.involved)
    finding = replace(finding, involved=unstated, choice=finding.choice if settled else None)
    return assess_finding(book, finding, office, traced=False)


