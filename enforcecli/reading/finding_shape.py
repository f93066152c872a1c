"""The keys of one entry of 过错事实, as the rulebook has them: its facts are keys of the finding,
its person facts keys of 涉及人员, its catalogue the values of 情形 (docs/rulebook-format.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from enforcecli.model.case import Choice as RuleChoice
from enforcecli.model.case import Consequence, Discretion, Evidence, Finding, Involved, Stated
from enforcecli.model.rulebook import AT_FAULT, FAULT, NOT_AT_FAULT, OPEN, DegreeKind, Rulebook
from enforcecli.reading import vocabulary
from enforcecli.reading.people import Named
from enforcecli.reading.scalars import SHARE, SIZE, WEIGHT
from enforcecli.reading.shape import (
    RAW,
    TEXT,
    Choice,
    Either,
    Field,
    ListOf,
    MapOf,
    PersonRef,
    Record,
    Scalar,
    Shape,
    Then,
    Word,
)
from enforcecli.text import fields

BLOCKED = "blocked"
"""Guard: an error here keeps the finding from being computed (docs/rulebook-format.md reads it)."""
NEEDS = {"目的": "purpose", "违反规定": "provision", "文书": "document", "扩展适用": "extension",
         "不移送理由": "reason_not_to_refer"}
"""What items of the catalogue ask for, beside the keys every finding has."""
ALWAYS = ("情形", "事实", "证据", "原因", "性质", "后果", "可分部分", "比例调整", "规则适用选择", "全案占比", "涉及人员",
          "人", "角色", "权重", "份额")
_YES = {frozenset(("是", "否")): ("是", "否"), frozenset(("有", "无")): ("有", "无")}
_OPEN = frozenset(("待查", "open", "pending"))
_ENGLISH = {"是": ("yes",), "否": ("no",), "有": ("yes",), "无": ("no",)}
"""How the answers of a yes-or-no fact may be written too."""


def listed(names: Mapping[str, Any], zh: str, en: str) -> Scalar:
    """A word of the rulebook (role, part, degree), Chinese or by its `en`. Whether it is one of
    the book's is judged with the rules."""
    english = {entry.words.en.casefold(): name for name, entry in names.items() if entry.words.en}
    return Scalar(lambda text: english.get(text.strip().casefold(), text.strip()), zh=zh, en=en,
                  words=tuple(Word(name, (entry.words.en,) if entry.words.en else ())
                              for name, entry in names.items()))


def stated(values: tuple[str, ...]) -> Scalar:
    """A value of a fact. Yes/no spellings are made one only where the list is 是/否 or 有/无."""
    pair = _YES.get(frozenset(values))

    def parse(text: str) -> str:
        text = text.strip()
        if text in values:
            return text
        if text.casefold() in _OPEN:
            return OPEN
        answer = fields.yes_no(text) if pair is not None else None
        return text if pair is None or not isinstance(answer, bool) else pair[0 if answer else 1]

    return Scalar(parse, zh="、".join(values) or "文字", en=", ".join(values) or "text", boolean=pair is not None,
                  words=(*(Word(v, _ENGLISH[v] if pair is not None else ()) for v in values), Word(OPEN, ("open",)))
                  if values else ())


def fact_shape(values: tuple[str, ...], part: Shape) -> Shape:
    """One value for every part, or a value for each (whether the fact allows that is judged with
    the rules)."""
    value = stated(values)
    return Either(value, MapOf(value, part), zh=value.zh, en=value.en)


def _as_fact(value: Any, node: Any, reading: Any) -> Stated | None:
    if isinstance(value, dict):
        return {k: v for k, v in value.items() if isinstance(v, str)}
    return value.strip() if isinstance(value, str) else None


_UNKNOWN = Then(RAW, _as_fact)
"""A key that may be a fact of a book we do not have."""


def fault_shape(book: Rulebook | None) -> Shape:
    """情形: a code of the catalogue, or of an option of an item (3-9a)."""
    if book is None:
        return ListOf(TEXT, zh="情形的代码", en="codes of faults")
    words: list[Word] = []
    for fault in book.faults.values():
        names = tuple(w for w in (fault.name, fault.cite, fault.words.en) if w)
        words.append(Word(fault.code, (), f"{fault.cite} {fault.name}", names))
        words.extend(Word(code, (), f"{fault.cite} {text}") for code, text in fault.options.items())
    return ListOf(Choice(tuple(words), ("K302", "K303"), zh="情形的代码", en="codes of faults"),
                  zh="情形的代码", en="codes of faults")


def method_code(book: Rulebook | None) -> Shape:
    """A method by its code, name or `en`; unknown ones are judged with the methods."""
    if book is None:
        return TEXT
    codes = {spelling.casefold(): m.code for m in book.methods.values()
             for spelling in (m.code, m.name, m.words.en) if spelling}
    words = tuple(Word(m.code, (), f"{m.cite} {m.name}", tuple(w for w in (m.name, m.words.en) if w))
                  for m in book.methods.values())
    other = {"other": "其他"}
    return Scalar(lambda text: codes.get(text.strip().casefold(), other.get(text.strip(), text.strip())),
                  zh="追究方式的代码", en="code of a method", words=(*words, Word("其他", ("other",))))


def _en(english: str | None) -> str:
    return english.replace(" ", "_") if english else ""


def _fact_fields(book: Rulebook, part: Shape) -> list[Field]:
    return [Field(f.name, fact_shape(f.values, part), f.name, _en(f.words.en), f.ask or "", f.words.en or "",
                  f.values[0] if f.values else "", into="facts", guard=BLOCKED)
            for f in book.facts.values() if f.name not in ALWAYS]


def _person_fact_fields(book: Rulebook | None, part: Shape) -> list[Field]:
    found = [Field(f.name, fact_shape(f.values, part), f.name, _en(f.words.en), f.ask or "",
                   f.words.en or "", f.values[0] if f.values else "", into="facts")
             for f in (book.person_facts.values() if book else ()) if f.name not in ALWAYS]
    if not any(f.name == FAULT for f in found):
        found.insert(0, Field(FAULT, fact_shape((AT_FAULT, NOT_AT_FAULT), part), FAULT, "at_fault",
                              "本人有没有过错", "whether the person is at fault", AT_FAULT, into="facts"))
    return found




def _involved(person: Named, roles: tuple[str, ...] = (), facts: Mapping[str, Stated] | None = None,
              weight: Fraction | None = None, recorded_share: Fraction | None = None) -> Involved:
    return Involved(person.id, person.written, roles, facts or {}, weight, person.is_unit, recorded_share)


def involved_shape(book: Rulebook | None, part: Shape) -> Record:
    """One entry of 涉及人员."""
    role = listed(book.roles, "角色", "a role") if book else TEXT
    return Record((
        Field("person", PersonRef("error", pair=True, zh="人", en="a person"), "人", "person",
              "名册里的人、本案“人员”里的人，或者当时只有一人担任的职务", "who", "张某", ("人员", "姓名"), required=True),
        Field("roles", ListOf(role), "角色", "role", "在这件行为里的角色，可以不止一个", "position in the act", "承办人",
              ("职责", "roles")),
        *_person_fact_fields(book, part),
        Field("weight", WEIGHT, "权重", "weight", "同一档几个人之间怎样分，不写是 1", "how several share; default 1", "2"),
        Field("recorded_share", SHARE, "份额", "share", "自己算出的份额，只用来核对", "a share noted by hand, to compare",
              "7/10", harmless=True),
    ), _involved, rest=None if book else "facts", rest_shape=None if book else _UNKNOWN,
        zh="涉及人员的一组键值", en="a person of the finding")


def _degree_value(kind: DegreeKind | None) -> Scalar:
    """A share; a ratio number for degrees counted in ratios; either where the book is unknown."""
    if kind is DegreeKind.RATIO:
        return WEIGHT
    return SHARE if kind is not None else SIZE


def discretion_shape(book: Rulebook | None) -> Record:
    degrees = book.degrees if book else {}
    return Record((
        *(Field(d.name, _degree_value(d.kind), d.name, _en(d.words.en), f"“{d.name}”的份额", d.words.en or "",
                "80%", into="values") for d in degrees.values()),
        Field("reason", TEXT, "理由", "reason", "调整的理由", "reason", "…", ("原因",)),
    ), _discretion, rest=None if book else "values", rest_shape=None if book else _degree_value(None),
        zh="比例调整", en="discretion")


def _discretion(values: Mapping[str, Fraction] | None = None, reason: str | None = None) -> Discretion:
    return Discretion(values or {}, reason)


EVIDENCE = Record((
    Field("name", TEXT, "名称", "name", "证据的名称", "name", "询问笔录", required=True),
    Field("page", TEXT, "页", "page", "在卷内的页码", "page", "3", ("页码",)),
    Field("file", TEXT, "文件", "file", "案件仓库里的文件", "file", "证据/勘验图.pdf"),
    Field("proves", TEXT, "证明", "proves", "证明什么", "what it proves", "张某到过现场", ("证明内容",)),
), Evidence, zh="证据：名称、页、证明", en="a piece of evidence")

CONSEQUENCE = Record((
    Field("gravity", vocabulary.GRAVITY, "程度", "gravity", "后果的程度", "gravity", "较重"),
    Field("injured", TEXT, "受损方", "injured", "谁受到损失", "who was harmed", "企业"),
    Field("words", TEXT, "说明", "words", "怎样的后果", "in words", "停产三日"),
), Consequence, zh="后果：程度、受损方、说明", en="consequence")


def _need_fields(book: Rulebook | None, taken: Iterable[str]) -> list[Field]:
    names = dict(NEEDS)
    for fault in book.faults.values() if book else ():
        names.update((need, "") for need in fault.needs if need not in names and need not in ALWAYS)
    reason = Then(Record((Field("reason", TEXT, "理由", "reason", "理由", "reason", "…", required=True),)),
                  lambda value, node, reading: value["reason"])
    return [Field(zh, Either(TEXT, reason, zh="文字", en="text"), zh, en, "情形要求写明的事项",
                  "as the item of the catalogue asks", "…", into="needs")
            for zh, en in names.items() if zh not in taken]


def finding_shape(book: Rulebook | None) -> Shape:
    """One entry of 过错事实. Without a book unknown keys are kept as facts."""
    part = listed(book.parts, "部分", "a part") if book else TEXT
    facts = _fact_fields(book, part) if book else []
    rule = Either(TEXT, MapOf(TEXT, part), zh="规则编号", en="a rule")
    choice = Record((
        Field("rules", rule, "规则", "rule", "适用的规则；可以按部分写", "the rule chosen", "R5", ("rules",), required=True),
        Field("reason", TEXT, "理由", "reason", "选择的理由", "reason", "…", ("原因",)),
    ), RuleChoice, zh="规则适用选择：规则、理由", en="choice of a rule")
    record = Record((
        Field("faults", fault_shape(book), "情形", "fault", "办法所列情形的代码，可以不止一个", "codes of the catalogue",
              "3-5", ("过错情形", "faults")),
        *facts,
        Field("parts", MapOf(SHARE, part), "可分部分", "parts", "审批时改变的，各部分占多少", "parts of the act",
              "{改变部分: 40%, 未改变部分: 60%}", guard=BLOCKED),
        Field("involved", Then(ListOf(involved_shape(book, part)), _each_once), "涉及人员", "persons",
              "与这项过错有关的每个人", "everyone concerned", "[{人: 张某, 角色: 承办人, 有无过错: 有}]",
              ("人员", "involved"), guard=BLOCKED),
        Field("text", TEXT, "事实", "facts", "查明的事实", "what happened", "张某未到现场核查", ("过错事实", "text")),
        Field("evidence", ListOf(Either(Then(TEXT, lambda text, node, reading: Evidence(text)), EVIDENCE,
                                        zh="证据", en="evidence")), "证据", "evidence", "证据", "evidence",
              "[{名称: 询问笔录, 页: 3}]"),
        Field("cause", TEXT, "原因", "cause", "过错的原因", "cause", "为图省事未到现场复核"),
        Field("nature", vocabulary.NATURE, "性质", "nature", "过错的性质", "nature", "实体"),
        Field("consequence", CONSEQUENCE, "后果", "consequence", "后果", "consequence", "{程度: 较重}"),
        Field("discretion", discretion_shape(book), "比例调整", "discretion", "在幅度内调整比例，写明理由",
              "inside the band, with a reason", "{主要责任: 80%, 理由: …}", guard=BLOCKED),
        Field("choice", choice, "规则适用选择", "choice", "办法冲突或者没有规定时的选择", "settles a conflict or a silence",
              "{规则: R5, 理由: …}", guard=BLOCKED),
        Field("weight", SHARE, "全案占比", "weight", "几项过错各占全案多少", "part of the whole case", "1/2", guard=BLOCKED),
        *_need_fields(book, [f.name for f in facts]),
    ), Finding, rest=None if book else "facts", rest_shape=None if book else _UNKNOWN,
        guard=BLOCKED, zh="过错事实的一组键值", en="a finding")
    return Then(_without_shadows(record), _settle)


def _without_shadows(record: Record) -> Record:
    """A fact of the book that bears the name of a common key takes its place."""
    facts = {f.name for f in record.fields if f.into == "facts"}
    return replace(record, fields=tuple(f for f in record.fields if f.into == "facts" or f.zh not in facts))


def _each_once(involved: tuple[Involved, ...], node: Any, reading: Any) -> tuple[Involved, ...]:
    """A person twice in one finding is an error (docs/rulebook-format.md, step 0)."""
    if len({i.person for i in involved}) < len(involved):
        reading.twice(node, involved)
    return involved


def _settle(finding: Finding, node: Any, reading: Any) -> Finding:
    """Adds what blocks this finding: errors inside it, and those of the 人员 it uses."""
    noted = reading.noted.pop(BLOCKED, [])
    own = [p for i in finding.involved for p in reading.faulty.get(i.person, ())]
    blocked = tuple({id(p): p for p in (*noted, *own)}.values())
    return replace(finding, blocked=blocked) if blocked else finding
