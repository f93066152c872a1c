"""The files of a year and the list of powers, as values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from enforcecli.model.appraisal import Assessment, Fulfilment
from enforcecli.model.case import Evidence
from enforcecli.model.powers import PowerItem
from enforcecli.model.roster import Limit, Period
from enforcecli.model.year import Figures
from enforcecli.reading.appraisals import read_appraisals
from enforcecli.reading.powers import read_powers
from enforcecli.reading.workspace import Workspace
from enforcecli.reading.year import FIGURES, label, read_year, stated
from enforcecli.reading.yearly import appraisals_of, figures_of
from enforcecli.text.counts import count
from enforcecli.text.fields import Slip
from tests.reading.support import codes, document, roster

SAMPLES = Path(__file__).parents[2] / "sample_cases"

COUNTS = {"14": 14, "14 件": 14, "14件": 14, "120次": 120, "3 人": 3, "32 学时": 32, "1,200": 1200, "１２": 12, "十四": 14,
          "一百二十次": 120, "0": 0, "零": 0, "无": 0, "没有": 0}
NO_COUNTS = {"约30": "N101", "三十多": "N101", "若干": "N101", "12,00": "N101", "3 天": "N101", "-1": "N102", "－２": "N102",
             "1.5": "N103", "2.0 件": "N103", "9" * 70: "N101"}


@pytest.mark.parametrize(("text", "number"), COUNTS.items())
def test_numbers_of_things(text: str, number: int) -> None:
    assert count(text) == number


@pytest.mark.parametrize(("text", "code"), NO_COUNTS.items())
def test_what_is_no_number_is_told(text: str, code: str) -> None:
    found = count(text)
    assert isinstance(found, Slip) and found.code == code


def test_figures_not_stated_are_not_nothing() -> None:
    found, problems = read_year(document("年度: 2026\n单位: {林业站: {行政处罚: 无, 罚款: 3.2万元, 培训覆盖率: 2/3}}\n"))
    assert codes(problems) == ["K104"]  # 罚款 is an everyday word for the key
    assert found is not None and found.own is None
    assert found.units == {"林业站": Figures(penalties=0, fines=Decimal(32000), coverage=Fraction(2, 3))}
    assert stated(found.units["林业站"]) == {"penalties": 0, "fines": Decimal(32000), "coverage": Fraction(2, 3)}
    assert label("fines") == "罚没金额"


def test_english_keys_mean_the_same() -> None:
    zh = ", ".join(f"{f.label}: {f.example}" for f in FIGURES.fields)
    en = ", ".join(f"{f.keys[-1]}: {f.example}" for f in FIGURES.fields)
    chinese, none = read_year(document(f"年度: 2026\n单位: {{林业站: {{{zh}}}}}\n全机关: {{培训场次: 1}}\n"))
    english, _ = read_year(document(f"year: 2026\nunits: {{林业站: {{{en}}}}}\noffice: {{trainings: 1}}\n"))
    assert none == () and chinese == english
    assert chinese is not None and len(stated(chinese.units["林业站"])) == len(FIGURES.fields) - 1


def test_a_unit_the_roster_lacks() -> None:
    _, problems = read_year(document("年度: 2026\n单位:\n  林业占: {行政处罚: 1}\n"), roster())
    assert [(p.code, p.span.line if p.span else 0) for p in problems] == [("P119", 3)]


APPRAISED = """\
年度: 2026
人员:
  张某:
    D3-1: {结果: partly, 证据: [{名称: 记录, 页: 3}, 通报], 说明: 不完整}
    D3-2: met
    指标: {票据使用率: {结果: 未履行, 证据: 核销表}}
单位: {林业站: {D2-2: 履行}}
不考核: {王某: 县里考核}
"""


def test_appraisals() -> None:
    found, problems, ids = read_appraisals(document(APPRAISED), roster())
    assert problems == () and found is not None
    one = found.people["张某"]
    assert one.duties == {
        "D3-1": Assessment(Fulfilment.PARTLY, (Evidence("记录", page="3"), Evidence("通报")), "不完整"),
        "D3-2": Assessment(Fulfilment.MET)}
    assert one.indicators == {"票据使用率": Assessment(Fulfilment.NOT, (Evidence("核销表"),))}
    assert found.units["林业站"].duties == {"D2-2": Assessment(Fulfilment.MET)}
    assert found.exempt == {"王某": "县里考核"} and ids == {"张某": "张某", "王某": "王某"}


def test_people_are_named_by_id_or_by_a_name_one_person_bears() -> None:
    two = document("人员: {甲: {姓名: 李某}, 乙: {姓名: 李某}, 丙: {姓名: 韩某}}\n", "roster.yaml")
    from enforcecli.reading.roster import read_roster

    people, _ = read_roster(two)
    found, problems, _ = read_appraisals(document("年度: 2026\n人员:\n  韩某: {D3-1: 履行}\n  李某: {D3-1: 履行}\n  甄某: {}\n"), people)
    assert found is not None and list(found.people) == ["丙", "李某", "甄某"]
    assert [(p.code, p.span.line if p.span else 0) for p in problems] == [("P103", 4), ("P108", 5)]


def test_powers() -> None:
    found, problems = read_powers(document(
        "权责事项:\n  采伐许可: {种类: permit, 来源: 委托, 依据: 森林法, 文书: 委托书, 单位: 林业站, 期限: 20 工作日, 审批: 乡长, 自: 2024-01-01, 至: 2027-12-31}\n"),
        roster())
    assert codes(problems) == ["K104"]
    assert found.items == {"采伐许可": PowerItem(
        "采伐许可", "行政许可", "委托", ("森林法",), "委托书", "林业站", Limit(20, "working-day", "20 工作日"), "主要负责人",
        Period(date(2024, 1, 1), date(2027, 12, 31)))}


def test_an_end_before_the_beginning() -> None:
    assert codes(read_powers(document("权责事项: {甲: {自: 2026-01-01, 至: 2025-01-01}}\n"))[1]) == ["P111"]


def test_by_year_in_a_repository() -> None:
    workspace = Workspace.open(SAMPLES)
    for year in (2025, 2026):
        file = figures_of(workspace, year)
        assert file is not None and file.file.sound and file.figures is not None and file.figures.year == year
    appraised = appraisals_of(workspace, 2026)
    assert appraised is not None and appraised.file.sound and appraised.appraisal is not None
    assert figures_of(workspace, 1999) is None and appraisals_of(workspace, 2025) is None


def test_what_cannot_be_read_has_no_value(tmp_path: Path) -> None:
    (tmp_path / "enforce.yaml").write_text("机关: 甲\n", encoding="utf-8")
    (tmp_path / "year").mkdir()
    (tmp_path / "year/2026.yaml").write_text("单位: {}\n", encoding="utf-8")
    (tmp_path / "year/2025.yml").write_bytes(b"\xff\xfe\x00\x00")
    workspace = Workspace.open(tmp_path)
    for year in (2025, 2026):
        file = figures_of(workspace, year)
        assert file is not None and file.figures is None and not file.file.sound
