"""N: the figures of a year (year/2026.yaml). N1xx are told of single numbers, N2xx of the file."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

E, W = Level.ERROR, Level.WARNING
_OTHER = "  司法所: {行政检查: 0}\n"


def _unit(figures: str) -> str:
    return "单位:\n  林业站: {" + figures + "}\n" + _OTHER


def _number(code: str, title: str, message: str, remedy: str, doc: str, bad: str) -> Kind:
    return Kind(code, E, title, message, remedy, doc, _unit(f"行政处罚: {bad}"), _unit("行政处罚: 14 件"), "year")


_NUMBERS = (
    _number("N101", "不是数字", "“{key}”要写件数、次数或者人数，“{written}”看不出是多少",
            "写阿拉伯数字，例如 14；没有发生的写 0；不掌握的，删去这一行",
            "年度数字是计算纠错率、败诉率的分母，“约”“若干”算不出来。可以带单位：14 件、120 次、3 人。", "三十件左右"),
    _number("N102", "数字是负数", "“{key}”的“{written}”是负数", "写正数或者 0",
            "件数、次数、人数都不会是负数。", "-1"),
    _number("N103", "不是整数", "“{key}”的“{written}”不是整数", "按件、次、人计数，写整数",
            "件数、次数、人数都是整数。比例只有“培训覆盖率”一项，写成 95% 这样。", "1.5"),
)

_FILE = (
    Kind("N201", E, "年度与文件名不一致", "文件里的年度是 {year}，文件名是“{file}”",
         "改年度，或者把文件改名为 {year}.yaml",
         "一年一个文件，文件名就是年份：year/2026.yaml 是 2026 年的数字。两处不一致，就不知道是哪一年的。",
         "年度: 2025\n", "年度: 2026\n", "year"),
    Kind("N202", W, "部分大于总数", "“{unit}”的{part}是 {count}，大于{whole}的 {most}",
         "核对两个数字；上年收到、本年才办结的，在“说明”里写明",
         "复议纠错是被申请复议中的一部分，败诉、持证、整改、合格也是这样。部分大于总数，算出来的比率没有意义。",
         _unit("被诉: 1, 败诉: 2"), _unit("被诉: 2, 败诉: 1"), "year"),
    Kind("N203", W, "有部分而没有总数", "“{unit}”写了{part} {count}，没有写{whole}",
         "补写{whole}",
         "没有总数，就算不出比率。没有写的数字不当作 0。",
         _unit("败诉: 1"), _unit("被诉: 2, 败诉: 1"), "year"),
    Kind("N204", W, "有的站所没有数字", "{year} 年没有这些站所的数字：{units}",
         "在“单位”里补写；确实没有执法活动的，写 0",
         "名册里的站所都要有数字。没有数字的站所不当作 0，全机关的合计就不完整。",
         "单位:\n  林业站: {行政处罚: 14}\n", _unit("行政处罚: 14"), "year"),
    Kind("N205", W, "没有处罚却有罚没金额", "“{unit}”的行政处罚是 0，罚没金额是 {fines} 元",
         "核对两个数字；上年处罚、本年缴纳的，在“说明”里写明",
         "罚没金额只作统计，不作任何评分。", _unit("行政处罚: 0, 罚没金额: 500"), _unit("行政处罚: 1, 罚没金额: 500"), "year",
         basis="行政处罚法第七十四条：罚款、没收的款项不得同作出处罚决定的机关及其工作人员的考核、考评挂钩"),
)

KINDS: tuple[Kind, ...] = (*_NUMBERS, *_FILE)
