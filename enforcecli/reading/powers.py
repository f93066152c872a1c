"""powers.yaml: 权责清单, what the office may do and by what right (docs/year-and-appraisal.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from enforcecli.model.powers import NO_APPROVAL, PowerItem, Powers
from enforcecli.model.problem import Problem
from enforcecli.model.roster import Period, Roster
from enforcecli.reading.naming import RosterReading
from enforcecli.reading.reader import compiled
from enforcecli.reading.report import Node
from enforcecli.reading.scalars import DATE, LIMIT
from enforcecli.reading.shape import TEXT, TEXTS, Choice, Field, MapOf, Record, Then, Word
from enforcecli.reading.vocabulary import ACT_KIND

if TYPE_CHECKING:
    from enforcecli.text.document import Document

SOURCE = Choice((Word("法定", ("statutory", "by law")), Word("赋权", ("conferred", "empowered")),
                 Word("委托", ("delegated", "entrusted"))), zh="权限来源", en="source of a listed power")
APPROVAL = Choice((
    Word("站所负责人", ("head",), also=("站长", "所长")), Word("分管领导", ("leader in charge",), also=("分管负责人",)),
    Word("主要负责人", ("first person responsible",), also=("第一责任人", "乡长", "镇长", "机关负责人")),
    Word("集体讨论", ("collective deliberation",), also=("集体讨论决定", "集体研究")),
    Word("上级机关", ("superior organ",)), Word(NO_APPROVAL, ("none", "no approval"), also=("无", "不需审批")),
), zh="审批层级", en="level of approval")


def _item(kind: str | None = None, source: str | None = None, basis: tuple[str, ...] = (),
          document: str | None = None, unit: str | None = None, limit: Any = None, approval: str | None = None,
          since: date | None = None, until: date | None = None) -> dict[str, Any]:
    return {"kind": kind, "source": source, "basis": basis, "document": document, "unit": unit,
            "limit": limit, "approval": approval, "period": Period(since, until)}


def _in_order(item: dict[str, Any], node: Node, reading: RosterReading) -> dict[str, Any]:
    period: Period = item["period"]
    if period.since is not None and period.until is not None and period.until < period.since:
        reading.report(node, "P111", since=period.since, until=period.until)
    return item


def _unit(name: str, node: Node, reading: RosterReading) -> str:
    reading.unit(node, name)
    return name


ITEM = Record((
    Field("kind", ACT_KIND, "种类", "kind", "哪一种行为", "kind of act", "行政处罚", ("类型",)),
    Field("source", SOURCE, "权限来源", "power", "执法权从哪里来", "source of the power", "赋权", ("来源", "source")),
    Field("basis", TEXTS, "依据", "basis", "法律、法规、规章的条款", "provisions", "[森林防火条例第五十条]", ("法律依据",)),
    Field("document", TEXT, "文书", "document", "赋权决定或者委托书", "by which it was conferred or delegated", "县政发〔2022〕8号",
          ("文件", "委托书", "赋权文件")),
    Field("unit", Then(TEXT, _unit), "单位", "unit", "由哪个站所办理", "unit that handles it", "林业站", ("站所", "部门", "承办单位")),
    Field("limit", LIMIT, "期限", "limit", "办理期限", "how long a matter may take", "90 日", ("办理期限", "时限")),
    Field("approval", APPROVAL, "审批", "approval", "决定前由谁审批", "who approves", "分管领导", ("审批层级", "审批权限")),
    Field("since", DATE, "自", "from", "从哪一天起有这项权力", "first day of the power", "2022-07-01", ("起", "开始")),
    Field("until", DATE, "至", "to", "到哪一天为止，当日仍有", "last day", "2027-06-30", ("止", "结束")),
), _item, zh="权责事项的一组键值", en="an item's entry")
SHAPE = Record((
    Field("items", MapOf(Then(ITEM, _in_order), zh="“事项: 内容”", en="item: entry"), "权责事项", "power_items", "本机关的各项权力",
          "what the office may do", "{野外用火处罚: {种类: 行政处罚}}", ("事项", "清单", "items")),
), zh="权责清单", en="the list of powers")


def read_powers(document: Document, roster: Roster | None = None) -> tuple[Powers, tuple[Problem, ...]]:
    """The list and what is wrong with its fields; an empty or unreadable file is an empty list."""
    reading = RosterReading(document, roster)
    values: Mapping[str, Any] | None = compiled(SHAPE)(document.root, reading) if document.root is not None else None
    items = {name: PowerItem(name, **entry) for name, entry in ((values or {}).get("items") or {}).items()}
    return Powers(items), tuple(reading.problems)
