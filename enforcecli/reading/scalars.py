"""The values a single text may mean: the parsers of text/fields.py, with words and patterns.

A pattern says for the JSON Schema what the parser accepts, as far as a pattern can: that there is
no 30 February is the parser's business. Editors see some values as numbers or booleans; `number`
and `boolean` say so.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from enforcecli.reading.shape import TEXT, Scalar, Then
from enforcecli.text import fields
from enforcecli.text.fields import Slip

_D = "[0-9０-９]"
_NUM = "[一二三四五六七八九十百零〇两]"
_CENTURY = f"{_D}{{4}}"


def _share_or_number(text: str) -> Fraction | Slip:
    value = fields.share(text)
    if isinstance(value, Slip):
        number = fields.weight(text)
        return value if isinstance(number, Slip) else number
    return value


def _count(text: str) -> int | Slip:
    from enforcecli.text.counts import count  # of the files of a year, not of a case

    return count(text)


DATE = Scalar(
    fields.date, zh="日期", en="a date", examples=("2026-03-05", "2026年3月5日"),
    pattern=rf"^\s*({_CENTURY} ?[-./年—–−．／－] ?{_D}{{1,2}} ?[-./月—–−．／－] ?{_D}{{1,2}} ?[日号]?"
            r"|[零〇一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿]{1,3}[日号])\s*$")
MONEY = Scalar(
    fields.money, numbers={"minimum": 0}, zh="金额（元）", en="money in yuan", examples=("12000.00", "1.2万元"),
    pattern=r"^\s*(人民币|RMB|CNY)?\s?[¥￥]?\s?([0-9０-９][0-9０-９,，.．]*\s?[亿万千百]?"
            r"|[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億圆圓元角分整正]+)\s?[元块圆]?[整正]?(人民币)?\s*$")
SHARE = Scalar(
    fields.share, numbers={"enum": [0, 1]}, zh="比例（60% 或者 3/5）", en="a share (60% or 3/5)", examples=("60%", "3/5", "六成"),
    pattern=rf"^\s*([01０１]|{_D}+\s?[/／]\s?{_D}+|{_D}+([.．]{_D}+)?\s?[%％]"
            rf"|({_D}{{1,2}}|[一二三四五六七八九十])成(半|[一二三四五六七八九1-9１-９])?"
            rf"|{_NUM}{{1,5}}分之{_NUM}{{1,5}})\s*$")
WEIGHT = Scalar(
    fields.weight, numbers={"type": "integer", "minimum": 1}, zh="正整数或者 n/m", en="a positive whole number or n/m", examples=("2", "1/2"),
    pattern=rf"^\s*{_D}{{1,9}}(\s?[/／]\s?{_D}{{1,9}})?\s*$")
SIZE = Scalar(
    _share_or_number, numbers={"type": "integer", "minimum": 0}, zh=SHARE.zh, en=SHARE.en, examples=("7/10", "5"),
    pattern=f"{SHARE.pattern}|{WEIGHT.pattern}")
"""A share, or a ratio number for the degrees that are counted in ratios."""
YES_NO = Scalar(fields.yes_no, boolean=True, zh="是或者否", en="yes or no", examples=("是", "否"),
                pattern=r"^\s*(是|有|对|真|否|无|不|错|假|没有|不是|[√✓✔☑×✗✘☒]"
                        r"|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy]([Ee][Ss])?|[Nn][Oo]?|[Xx])\s*$")
LIMIT = Scalar(
    fields.limit, zh="时长", en="a length of time", examples=("15 工作日", "30 日", "2 个月"),
    pattern=rf"^\s*({_D}{{1,4}}|{_NUM}{{1,5}})\s*(个\s*)?(工作日|自然日|日|天|月|年)内?\s*$")
YEAR = Scalar(fields.year, numbers={"type": "integer", "minimum": 1900, "maximum": 2199}, zh="年份", en="a year", examples=("2025",),
              pattern=rf"^\s*{_CENTURY} ?年?度?\s*$")
COUNT = Scalar(
    _count, numbers={"type": "integer", "minimum": 0}, zh="整数", en="a whole number", examples=("14", "14 件"),
    pattern=rf"^\s*(({_D}{{1,9}}|{_D}{{1,3}}([,，]{_D}{{3}}){{1,2}}|[零〇一二三四五六七八九十百千两]{{1,8}})"
            r"\s*(件|次|人|人次|名|项|场|场次|期|学时|课时|小时|份|个|宗|起|条)?|无|没有|none)\s*$")
CASE_NUMBER = Scalar(fields.case_number, zh="案号", en="a case number", examples=("SJ-2026-003",),
                     pattern="^[A-Z]{1,8}-[0-9]{4}-[0-9]{3,5}$")


def _in_good_form(text: str, node: Any, reading: Any) -> str:
    """A 文号 in poor form is told and kept; a paper without a 文号 may be named in words."""
    found = fields.document_number(text)
    if isinstance(found, Slip) and found.instead is not None:
        told = {"key": "文号", "written": text, **dict(found.args)}
        reading.report(node, found.code, more=told, instead=found.instead)
    return text


DOCUMENT = Then(TEXT, _in_good_form, zh="文号", en="a document number")
