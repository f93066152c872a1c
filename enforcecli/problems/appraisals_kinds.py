"""A: appraisals of a year (appraisals/2026.yaml)."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

E, W = Level.ERROR, Level.WARNING
_FILED = "{结果: 履行, 证据: [案卷评查记录]}"
_OTHERS = """\
  赵某: {D1-1: {结果: 履行, 证据: [年度执法工作计划]}}
  杨某: {D1-1: {结果: 履行, 证据: [年度执法工作计划]}}
  孙某: {D1-1: {结果: 履行, 证据: [年度执法工作计划]}}
  刘某: {D2-3: {结果: 履行, 证据: [监督检查记录]}}
  马某: {D3-1: {结果: 履行, 证据: [巡山记录]}}
  王某: {D2-3: {结果: 履行, 证据: [监督检查记录]}}
  钱某: {D3-1: {结果: 履行, 证据: [案卷评查记录]}}
"""


def _people(own: str, others: str = "") -> str:
    """张某's entry, where it matters after those of others."""
    return "人员:\n" + others + "  张某: {" + own + "}\n"


_GOOD = _people(f"D3-1: {_FILED}, D3-2: {_FILED}")
_ARTICLE = "行政处罚法第七十四条：罚款、没收的款项不得同作出处罚决定的机关及其工作人员的考核、考评挂钩"

KINDS: tuple[Kind, ...] = (
    Kind("A201", E, "年度与文件名不一致", "文件里的年度是 {year}，文件名是“{file}”",
         "改年度，或者把文件改名为 {year}.yaml",
         "一年一个文件，文件名就是年份：appraisals/2026.yaml 是 2026 年的考核。",
         "年度: 2025\n", "年度: 2026\n", "appraisals"),
    Kind("A202", E, "办法没有这一职责", "“{duty}”不是《{title}》的职责代码",
         "改正代码；可用 enforce catalogue duties 查看。本单位自定的考核内容写在“指标”里",
         "考核对照办法所列的职责，一项一个代码。", _people(f"D3-1: {_FILED}, D3-2: {_FILED}, D3-7: {_FILED}"), _GOOD,
         "appraisals"),
    Kind("A203", E, "不是这个人的职责", "“{duty}”不是{subject}本年度的职责",
         "可以考核的是：{allowed}。职责确实归其承担的，在名册里写进其岗位的“职责”",
         "第一责任人、分管领导、站所负责人、一般工作人员各有各的职责，只对照本人的考核。年中调整过岗位的，前后的职责都算。",
         _people(f"D3-1: {_FILED}, D3-2: {_FILED}, D1-3: {_FILED}"), _GOOD, "appraisals"),
    Kind("A204", E, "不是站所的职责", "“{duty}”不是站所的职责",
         "站所可以考核的是：{allowed}。领导的职责写在“人员”里本人名下",
         "站所承担负责人和工作人员的职责；第一责任人和分管领导的职责属于本人。",
         "单位: {林业站: {D1-1: {结果: 履行, 证据: [记录]}}}\n", "单位: {林业站: {D2-2: {结果: 履行, 证据: [记录]}}}\n", "appraisals"),
    Kind("A205", E, "没有履行而没有证据", "“{item}”的结果是“{result}”，没有写证据",
         "写“证据: […]”，例如案卷评查记录、检查通报、案号",
         "认定没有履行或者只是部分履行，对本人不利，必须有据可查，本人也可以据此申辩。",
         _people(f"D3-1: 未履行, D3-2: {_FILED}"), _people(f"D3-1: {{结果: 未履行, 证据: [检查通报]}}, D3-2: {_FILED}"), "appraisals"),
    Kind("A206", W, "履行没有证据", "“{item}”的结果是“{result}”，没有写证据",
         "写“证据: […]”，例如工作记录、案卷评查记录、培训签到册",
         "履行了职责也要有据可查，奖励和评先才站得住。",
         _people(f"D3-1: 履行, D3-2: {_FILED}"), _GOOD, "appraisals"),
    Kind("A207", W, "有人没有列入考核", "名册里有 {count} 人本年度在职，既没有考核，也没有列入“不考核”：{people}",
         "补写考核；不参加考核的，写进“不考核”并写明理由",
         "名册里的每个人都要有着落：要么考核，要么写明为什么不考核。",
         _people(f"D3-1: {_FILED}, D3-2: {_FILED}", _OTHERS),
         _people(f"D3-1: {_FILED}, D3-2: {_FILED}", _OTHERS) + "不考核: {李某: 全年借调县林业局，由县林业局考核}\n", "appraisals"),
    Kind("A208", W, "有的职责没有考核", "{person}的岗位职责还有没考核的：{duties}",
         "逐项补写结果",
         "名册给岗位写了哪些职责，年度考核就逐项对照，不能只挑几项。",
         _people(f"D3-1: {_FILED}"), _GOOD, "appraisals"),
    Kind("A209", E, "既考核又不考核", "{person}有考核结果，又列入了“不考核”",
         "删去一处", "一个人本年度要么考核，要么不考核。",
         _GOOD + "不考核: {张某: 借调}\n", _GOOD, "appraisals"),
    Kind("A210", E, "考核与罚款挂钩", "“{words}”把考核与罚款、没收的款项挂钩，不予接受",
         "删去这项内容。可以考核罚缴分离、票据使用、案卷质量等是否依法，不能考核罚了多少",
         "罚款、没收的款项多少，只能作为统计写在 year/ 的年度数字里，不能成为任何人的考核内容，直接挂钩、变相挂钩都不行。"
         "因此这样的指标一律不予接受，也不进入年度总结。",
         _people(f"D3-1: {_FILED}, D3-2: {_FILED}, 指标: {{罚款任务完成率: {_FILED}}}"),
         _people(f"D3-1: {_FILED}, D3-2: {_FILED}, 指标: {{罚款票据使用率: {_FILED}}}"), "appraisals", basis=_ARTICLE),
)
