"""What a file cannot say but a caller can: each such error is named and blocks the finding."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from enforcecli.model.case import Discretion, Finding, Involved
from enforcecli.model.result import Why
from enforcecli.model.roster import Office
from enforcecli.model.rulebook import Clause, DegreeKind
from enforcecli.rules.finding import assess_finding
from tests.rules.worked_cases import book

BOOK = book("shangjiang-2023")
FACTS = {"特殊情形": "无", "部门作出": "否", "审批情形": "无需审批"}
HANDLER = Involved("甲", "甲", ("承办人",), {"有无过错": "有"})
SOUND = Finding(("2",), FACTS, involved=(HANDLER,))
ALTERED = replace(SOUND, facts={**FACTS, "审批情形": "审批时改变", "因汇报失实致审批失误": "否"})

ERRORS = {
    "L101": replace(SOUND, facts={**FACTS, "审批情况": "同意"}),
    "L203": replace(ALTERED, parts={"改变部分": Fraction(3, 2), "未改变部分": Fraction(-1, 2)}),
    "L302": replace(SOUND, involved=(HANDLER, HANDLER)),
    "L304": replace(SOUND, involved=(replace(HANDLER, weight=Fraction(0)),)),
    "L502": replace(SOUND, discretion=Discretion({"主责": Fraction(3, 4)}, "情节")),
}


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_the_error_is_named_and_blocks(code: str) -> None:
    result = assess_finding(BOOK, ERRORS[code])
    assert code in {p.code for p in result.problems}
    assert result.undecided is not None and result.undecided.kind is Why.PROBLEM and not result.persons


def test_an_office_scale_outside_the_band_blocks() -> None:
    result = assess_finding(BOOK, SOUND, Office(scale={"主要责任": Fraction(1, 2)}))
    assert {p.code for p in result.problems} == {"L504"}


def test_a_degree_the_book_lacks_is_ignored_in_the_office_scale() -> None:
    assert assess_finding(BOOK, SOUND, Office(scale={"次要责任": Fraction(1, 2)})).decided


def test_sizes_beyond_the_whole_block() -> None:
    """Two clauses of 7/10 for different people exceed the part."""
    r2 = BOOK.rules["R2"]
    doubled = replace(r2, bears=(*(r2.bears or ()), Clause(("承办人",), "全部责任")))
    measure = replace(BOOK, rules={**BOOK.rules, "R2": doubled})
    finding = replace(SOUND, facts={**FACTS, "部门作出": "是"},
                      involved=(HANDLER, Involved("乙", "乙", ("部门主要负责人",), {"有无过错": "无"})))
    assert {p.code for p in assess_finding(measure, finding).problems} == {"L301"}


def test_share_and_ratio_do_not_mix() -> None:
    main = replace(BOOK.degrees["主要责任"], kind=DegreeKind.RATIO, default=Fraction(5))
    r2 = BOOK.rules["R2"]
    mixed = replace(r2, bears=(*(r2.bears or ()), Clause(("承办人",), "全部责任")))
    measure = replace(BOOK, degrees={**BOOK.degrees, "主要责任": main}, rules={**BOOK.rules, "R2": mixed})
    finding = replace(SOUND, facts={**FACTS, "部门作出": "是"},
                      involved=(HANDLER, Involved("乙", "乙", ("部门主要负责人",), {"有无过错": "无"})))
    assert {p.code for p in assess_finding(measure, finding).problems} == {"L301"}
