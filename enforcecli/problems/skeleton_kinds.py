"""B4: a rulebook that is just being written."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

KINDS: tuple[Kind, ...] = (
    Kind("B401", Level.WARNING, "新规则书里还有没填的地方", "“{written}”还没有填写", "照办法填写；施行日的出处填好以后，这一项也可以删去",
         "enforce rulebook new 写的规则书里，要由编写者填写的地方以“（填写”开头。名称、制定机关和施行日会印在文书上，不能留着。",
         "title: （填写办法的全称）\n", "title: 某镇行政执法过错责任追究办法\n", file="rulebook"),
)
