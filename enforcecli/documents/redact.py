"""The version of a paper for the public: no names, no numbers or addresses that lead to a person,
of the evidence its kind only. What the office and its stations did stays readable.

The case is masked before any paper is made of it, so wording and look need not know; the finished
text is searched once more for everything that was masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import fields, replace

from enforcecli.desk.examine import Examined
from enforcecli.documents.personal import PATTERNS, family_name, looks_like_a_name, without_numbers
from enforcecli.model.case import Case, Evidence
from enforcecli.model.roster import Member, Roster

LEFT_OUT = "（略）"
_STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_EVIDENCE = (
    "询问笔录", "谈话笔录", "讯问笔录", "勘验笔录", "现场笔录", "检查笔录", "听证笔录", "陈述申辩笔录", "勘验图", "照片", "录像", "录音",
    "视频", "证人证言", "鉴定意见", "鉴定报告", "检测报告", "检验报告", "复议决定书", "判决书", "裁定书", "调解书", "处罚决定书", "决定书", "通知书",
    "送达回证", "审批表", "登记表", "台账", "票据", "收据", "合同", "会议记录", "情况说明", "报告", "电子数据", "视听资料", "当事人陈述", "物证", "书证",
)  # fmt: skip
"""Longer names first where one ends another; else 行政处罚法 art. 46 names the sorts."""
_OTHER = "其他证据材料"
_FREE = ("party", "investigators", "approved_by", "decided_by", "chair", "present", "signed_by", "person", "injured")
"""Fields of a case that may hold a person's name which no roster knows."""
_BETWEEN = re.compile("[、，,；;和与及 ]+")
_FIGURES = "[0-9一二三四五六七八九十百两]"
_COUNT = re.compile(f"(?:等{_FIGURES}{{0,4}}(?:人|户|名)?|{_FIGURES}{{1,4}}(?:人|户|名))(?:村民|群众|农户)?$")


class Redaction(Struct, frozen=True):
    """`persons`: id → mask; `names`: every other spelling to be masked → what stands for it."""

    examined: Examined
    roster: Roster | None
    persons: Mapping[str, str]
    names: Mapping[str, str]
    numbers: tuple[str, ...]

    def person(self, id: str) -> str:
        return self.persons.get(id, id)

    def left_in(self, text: str) -> list[str]:
        """The sorts of things a finished text still holds that it must not."""
        bare = text.replace("\\", "")
        masks = "\0".join([*self.persons.values(), *self.names.values()])
        secret = [name for name in {*self.persons, *self.names} if name not in masks and name in bare]
        sorts = ["姓名"] if secret else []
        sorts += ["执法证号"] if any(number in bare for number in self.numbers) else []
        return sorts + [sort for sort, pattern, _ in PATTERNS if pattern.search(bare)]


def redacted(examined: Examined, roster: Roster | None) -> Redaction:
    """The case and its people without what leads to a person. `examined` holds a case."""
    case = examined.case
    assert case is not None
    everything = "\n".join(_strings((case, examined.result)))
    members = _members(case, roster, everything)
    persons, names = _masks(case, members)
    text = _masking({**names, **persons})
    numbers = tuple(sorted({n for m in members.values() for n in _numbers(m)}, key=len, reverse=True))

    def clean(words: str) -> str:
        for number in numbers:
            words = words.replace(number, LEFT_OUT)
        return without_numbers(text(words))

    masked = replace(examined, text="", case=_walk(_reduced(case), clean), result=_walk(examined.result, clean),
                     problems=_walk(examined.problems, clean))
    people = None
    if roster is not None:
        kept = {id: _stripped(m) for id, m in roster.people.items() if id in persons}
        people = _renamed(_walk(replace(roster, people=kept), clean), persons)
    return Redaction(_recast(masked, persons), people, persons, names, numbers)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Struct):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, (tuple, list, frozenset)):
        for item in sorted(value) if isinstance(value, frozenset) else value:
            yield from _strings(item)


def _walk(value: Any, text: Any) -> Any:
    """The same value with every text in it passed through `text`."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return text(value)
    if isinstance(value, Struct):
        return replace(value, **{f.name: _walk(getattr(value, f.name), text) for f in fields(value)})
    if isinstance(value, Mapping):
        return {_walk(key, text): _walk(item, text) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_walk(item, text) for item in value)
    return value


# who is masked by what

def _members(case: Case, roster: Roster | None, everything: str) -> dict[str, Member]:
    """The people of the case in the order they turn up: those involved, those written in it, and
    whoever of the roster is named anywhere in it."""
    known = {**(roster.people if roster is not None else {}), **case.people}
    order = [one.person for finding in case.findings for one in finding.involved if not one.is_unit]
    order += [*case.ids.values(), *case.people]
    order += [id for id, member in known.items() if id in everything or member.name in everything]
    return {id: known[id] for id in dict.fromkeys(order) if id in known and not known[id].is_unit}


def _masks(case: Case, members: Mapping[str, Member]) -> tuple[dict[str, str], dict[str, str]]:
    """张三 → 张某; where two share the surname → 张某甲, 张某乙, in the order of the case."""
    strangers = [name for name in _strangers(case) if name not in case.ids and all(
        name not in (id, m.name) for id, m in members.items())]
    wanted = [(id, family_name(member.name)) for id, member in members.items()]
    wanted += [(name, family_name(name)) for name in strangers]
    groups: dict[str, list[str]] = {}
    for key, surname in wanted:
        groups.setdefault(surname, []).append(key)
    masks = {key: f"{surname}某{_which(groups[surname].index(key)) if len(groups[surname]) > 1 else ''}"
             for key, surname in wanted}
    persons = {id: masks[id] for id in members}
    names: dict[str, str] = {name: masks[name] for name in strangers}
    for id, member in members.items():
        same = [other for other, m in members.items() if m.name == member.name]
        if member.name != id:  # one name of two people cannot say which of them is meant
            names[member.name] = persons[id] if len(same) == 1 else f"{family_name(member.name)}某"
    return persons, {name: mask for name, mask in names.items() if name not in persons}


def _which(index: int) -> str:
    return _STEMS[index] if index < len(_STEMS) else str(index + 1)


def _strangers(case: Case) -> list[str]:
    """Names of people the roster does not know, from the fields where a person may stand."""
    found: dict[str, None] = {}
    for text in _free(case):
        for piece in _BETWEEN.split(_COUNT.sub("", text)):
            if looks_like_a_name(piece):
                found[piece] = None
    return list(found)


def _free(value: Any) -> Iterator[str]:
    if isinstance(value, Struct):
        for field in fields(value):
            item = getattr(value, field.name)
            if field.name in _FREE:
                yield from _strings(item)
            yield from _free(item)
    elif isinstance(value, Mapping):
        yield from (text for item in value.values() for text in _free(item))
    elif isinstance(value, tuple):
        yield from (text for item in value for text in _free(item))


def _masking(masks: Mapping[str, str]) -> Any:
    """Replaces the names in one pass, the longest first: a mask is never masked again."""
    long_enough = sorted((name for name in masks if len(name) > 1), key=lambda n: (-len(n), n))
    if not long_enough:
        return str
    pattern = re.compile("|".join(map(re.escape, long_enough)))
    exact = {name: mask for name, mask in masks.items() if len(name) == 1}

    def masked(text: str) -> str:
        return exact.get(text) or pattern.sub(lambda m: masks[m[0]], text)

    return masked


# what is left out

def _numbers(member: Member) -> Iterator[str]:
    credential = member.credential
    if credential is not None and credential.number and len(credential.number) > 3:
        yield credential.number
    yield from member.emails


def _reduced(case: Case) -> Case:
    """Evidence by its kind, people without their particulars."""
    findings = tuple(replace(f, evidence=_kinds_of(f.evidence)) for f in case.findings)
    return replace(case, findings=findings, people={id: _stripped(m) for id, m in case.people.items()})


def _kinds_of(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(Evidence(kind) for kind in dict.fromkeys(kind_of_evidence(e.name) for e in evidence))


def kind_of_evidence(name: str) -> str:
    """对李四的询问笔录 → 询问笔录."""
    return next((kind for kind in _EVIDENCE if kind in name), _OTHER)


def _stripped(member: Member) -> Member:
    credential = member.credential
    if credential is not None:
        credential = replace(credential, number=LEFT_OUT if credential.number else None)
    return replace(member, credential=credential, political=None, monthly_wage=None, emails=(), signing_keys=())


def _renamed(roster: Roster, persons: Mapping[str, str]) -> Roster:
    """Each member bears the mask of the id, whatever the name's own mask is."""
    masks = set(persons.values())
    return replace(roster, people={
        id: replace(m, id=id, name=id) if id in masks else m for id, m in roster.people.items()})


def _recast(examined: Examined, persons: Mapping[str, str]) -> Examined:
    assert examined.case is not None
    masks = set(persons.values())
    people = {id: replace(m, id=id, name=id) if id in masks else m for id, m in examined.case.people.items()}
    return replace(examined, case=replace(examined.case, people=people))


def secrets(redaction: Redaction) -> Iterable[str]:
    """Every spelling that the public version must not hold."""
    masks = "\0".join([*redaction.persons.values(), *redaction.names.values()])
    return [s for s in (*redaction.persons, *redaction.names, *redaction.numbers) if s not in masks]
