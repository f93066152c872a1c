"""A seeded generator of case repositories: `python -m tests.bench.generate DIRECTORY NUMBER`.

The cases are made like those of sample_cases: every stage, one or two findings, parts, compensation,
units of the sample roster; one in twenty has a slip an author makes. The same seed and number give the
same bytes on every machine.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

SAMPLES = Path(__file__).parents[2] / "sample_cases"
SETTINGS = ("enforce.yaml", "roster.yaml")
STAGES = ("线索", "立案", "调查", "告知", "讨论", "决定", "送达", "执行", "结案")
OFTEN = (3, 4, 6, 6, 8, 8, 10, 15, 40)
"""How often each stage stands: most cases of a repository are closed."""
SLIP_IN = 20
SEED = 20230601
FIRST_ACT = date(2025, 9, 1)
ACT_DAYS = 240
LEADER_ABOVE = "县人民政府"


@dataclass(frozen=True)
class Station:
    """A unit of the sample roster from September 2025 on."""

    name: str
    head: str
    leader: str
    handlers: tuple[str, ...]
    sign: str
    matters: tuple[tuple[str, str, str], ...]
    """种类, 案由, the law if the measure lists it."""


STATIONS = (
    Station(
        "林业站",
        "刘某",
        "杨某",
        ("张某",),
        "林",
        (
            ("行政处罚", "某木材加工厂滥伐林木处罚决定事实不清", "中华人民共和国森林法"),
            ("行政许可", "林木采伐许可发放面积不符", "中华人民共和国森林法"),
            ("行政检查", "林区施工用火检查走过场", "森林防火条例"),
        ),
    ),
    Station(
        "农业农村服务中心",
        "周某",
        "杨某",
        ("宋某", "吴某"),
        "农",
        (
            ("行政确认", "野生动物致害损失认定失实", "中华人民共和国野生动物保护法"),
            ("行政给付", "致害补偿审核发放不当", "中华人民共和国野生动物保护法"),
        ),
    ),
    Station(
        "村镇规划建设站",
        "马某",
        "孙某",
        ("徐某",),
        "建",
        (
            ("行政许可", "村民建房许可核发不当", ""),
            ("行政确认", "宅基地四至确认有误", ""),
        ),
    ),
    Station(
        "综合行政执法队",
        "郑某",
        "孙某",
        ("李某甲",),
        "综",
        (
            ("行政处罚", "占道经营处罚决定裁量不当", ""),
            ("行政强制措施", "扣押流动摊贩经营工具程序不当", ""),
        ),
    ),
    Station(
        "民政和宗教事务办",
        "冯某",
        "孙某",
        ("李某乙",),
        "民",
        (
            ("行政给付", "临时救助审核确认失实", ""),
            ("行政检查", "宗教活动场所安全检查不实", "宗教活动管理规定"),
        ),
    ),
)
SOURCES = (
    ("行政复议", "县人民政府", "县政复决字", "确认违法"),
    ("上级检查", "县司法局", "县司督", "其他"),
    ("投诉举报", "上江乡人民政府", "上江访", "其他"),
    ("审计巡察", "县审计局", "县审报", "其他"),
    ("检察建议", "县人民检察院", "县检建", "责令履行"),
    ("案卷评查", "县司法局", "县司评", "其他"),
)
PARTIES = (
    "村民甲",
    "村民乙",
    "村民丙",
    "商户丁",
    "某砂石场",
    "某木材加工厂",
    "某合作社",
    "摊贩戊",
    "某施工队",
)
FACTS = (
    "{h}办理“{t}”时没有到现场核对，按旧资料填写记录，{a}未核对勘验材料，当事人的申请因此被错误处理。",
    "{h}测量时没有调取批准材料，也没有请当事人到场，记录中的面积与实际不符；{a}签署意见前没有复核。",
    "督查发现，{h}的检查记录写“未见问题”，同日的影像显示现场没有人到场；{a}对记录没有提出疑问。",
    "当事人三次递交材料，{h}以材料不齐为由口头退回，没有出具书面凭证，也没有登记，{a}知情后没有纠正。",
)
EVIDENCE = (
    ("询问笔录", "承办人说明当日经过"),
    ("现场勘验图", "实际范围与记录不符"),
    ("审批表", "审批意见和日期"),
    ("执法记录仪目录", "当日没有到场影像"),
    ("收件登记簿", "没有登记"),
    ("核查表", "财产栏空白"),
)
CAUSES = ("同日积压事项多，没有逐件核对", "为图省事未到现场复核", "不熟悉受理程序", "换班时没有交接")
DEFENCES = ("承认未到现场，请求从轻", "当时情况紧急，请求考虑", "对面积认定有异议")
INTENT = ("重大过失", "一般过失")
ATTITUDES = ("主动承认", "一般")
INVESTIGATORS = ("王某, 钱某", "王某, 陈某", "钱某, 陈某")
ENGLISH = {
    "案号": "number",
    "案由": "title",
    "阶段": "stage",
    "线索": "clue",
    "行为": "act",
    "过错事实": "findings",
    "程序": "procedure",
    "纠正": "correction",
    "结案": "closing",
    "处理意见": "dispositions",
    "执行": "performance",
}
SLIPS = (
    ("案由: ", "案由："),
    ("阶段: ", "阶段:　"),
    ("种类: 行政", "种类: 行证"),
    ("角色: 承办人", "角色: 经办人"),
    ("  日期: 2025-", "  日期: 2025-13-"),
    ("  日期: 2026-", "  日期: 2026-02-30 # "),
    ("有无过错: 有", "有无过错: 是的"),
    ("  承办单位: ", "  承办单位:"),
    ("  权限来源: 法定\n", ""),
    ("情形: 3-", "情形: 4-"),
    ("类型: 作为\n", "类形: 作为\n"),
    ("页: 1", "页: [1"),
    ("案由: ", "案由: *"),
    ("  - {人: ", "  -{人: "),
    ("特殊情形: 无\n", ""),
)
"""What stands there, and what the author's hand makes of it (the first occurrence)."""


class Calendar:
    """The working days of the sample office."""

    def __init__(self, settings: str) -> None:
        off, on = settings.split("节假日:")[1].split("救济:")[0].split("班:")
        self._off = set(re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", off))
        self._on = set(re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", on))

    def works(self, day: date) -> bool:
        text = day.isoformat()
        return text in self._on or (day.weekday() < 5 and text not in self._off)

    def after(self, day: date, working_days: int) -> date:
        while working_days > 0:
            day += timedelta(1)
            working_days -= self.works(day)
        return day


@dataclass(frozen=True)
class Bearer:
    """A person of the findings; a referral goes `above` where this office cannot decide."""

    name: str
    line: str
    methods: str
    done: tuple[str, ...] = ()
    above: str | None = None


@dataclass(frozen=True)
class Plan:
    """How the act came about, and so which rule carries it."""

    approval: str
    bearers: tuple[Bearer, ...]
    misled: str | None = None
    parts: str | None = None
    report: bool = False


def _plan(rng: Random, station: Station) -> Plan:
    h, handler = rng.choice(station.handlers), ""
    guilt = f"主观过错: {rng.choice(INTENT)}, 认错态度: {rng.choice(ATTITUDES)}"
    own = Bearer(h, "", rng.choice(("[M1, M2]", "[M2]", "[M1]")))
    done = tuple(re.findall("M[0-9]", own.methods))
    head = Bearer(
        station.head, f"{{人: {station.head}, 角色: 部门主要负责人, 有无过错: 无}}", "[M1]", ("M1",)
    )
    approver = f"{{人: {station.leader}, 角色: 审批人, 有无过错: 有, 主观过错: 一般过失, 认错态度: 一般}}"

    def by(role: str, more: str = "") -> Bearer:
        return Bearer(h, f"{{人: {h}, 角色: {role}, 有无过错: 有, {more}{guilt}}}", own.methods, done)

    above = Bearer(station.leader, approver, "[M1]", (), LEADER_ABOVE)
    kind = rng.randrange(10)
    bystander = Bearer(head.name, head.line, "")
    if kind < 4:
        return Plan("无需审批", (head, by("承办人")))
    if kind < 7:
        return Plan("同意", (above, by("承办人", "汇报失实: 否, "), bystander), misled="否")
    if kind < 8:
        return Plan("同意", (by("承办人", "汇报失实: 隐瞒真相, "), above), misled="是")
    if kind < 9:
        handler = "[承办人, 直接责任人]"
        return Plan("应报批未报批", (by(handler), bystander))
    changed = approver.replace("角色: 审批人,", "角色: 审批人, 作出改变: 是,")
    return Plan(
        "审批时改变",
        (
            Bearer(station.leader, changed, "[M1]", (), LEADER_ABOVE),
            by("承办人", "汇报失实: 否, "),
            bystander,
        ),
        misled="否",
        parts="{改变部分: 40%, 未改变部分: 60%}",
    )


def _finding(rng: Random, station: Station, plan: Plan, matter: str, share: str | None) -> Iterator[str]:
    h = next(b.name for b in plan.bearers if "承办人" in b.line)
    item = rng.choice(("3-10", "3-12", "3-1"))
    yield f"- 情形: {item}"
    if share:
        yield f"  全案占比: {share}"
    if item == "3-12":
        yield "  违反规定: 《中华人民共和国行政强制法》第二十三条"
    yield f"  事实: {rng.choice(FACTS).format(h=h, t=matter, a=station.leader)}"
    yield "  证据:"
    for page, (name, proves) in enumerate(rng.sample(EVIDENCE, rng.randint(2, 3)), start=1):
        yield f"  - {{名称: {name}, 页: {page}, 证明: {proves}}}"
    yield f"  原因: {rng.choice(CAUSES)}"
    yield f"  性质: {rng.choice(('实体', '程序'))}"
    yield f"  后果: {{程度: {rng.choice(('轻微', '较重'))}, 受损方: 个人, 说明: 申请迟延{rng.randint(2, 9)}个月}}"
    yield "  特殊情形: 无"
    yield "  部门作出: 是"
    yield f"  审批情形: {plan.approval}"
    if plan.misled:
        yield f"  因汇报失实致审批失误: {plan.misled}"
    if plan.parts:
        yield f"  可分部分: {plan.parts}"
    yield "  涉及人员:"
    for bearer in plan.bearers:
        yield f"  - {bearer.line}"


def _procedure(
    rng: Random, stage: int, plan: Plan, calendar: Calendar, filing: date, serial: str
) -> Iterator[str]:
    """程序 and what follows, as far as the stage has come. Fifteen working days from 立案 to 决定."""
    bearers = [b for b in plan.bearers if b.methods]
    ours = [b for b in bearers if not b.above]
    day = calendar.after
    decided = day(filing, 13)
    year = decided.year
    if stage >= 4:
        yield "处理意见:"
        yield from (f"  {b.name}: {b.methods}" for b in bearers)
    if stage >= 5 and len(ours) < len(bearers):
        yield "移送:"
        for b in bearers:
            if b.above:
                yield (
                    f"- {{对象: {b.above}, 人: {b.name}, 事由: 建议批评教育, 日期: {day(decided, 2)}, "
                    f"文书: 上江移〔{year}〕{serial}号}}"
                )
    yield "程序:"
    yield f"  立案: {{日期: {filing}, 批准: 赵某}}"
    if stage >= 2:
        yield "  回避: {审查: 无}"
        yield f"  调查: {{日期: {day(filing, 1)}, 人员: [{rng.choice(INVESTIGATORS)}]}}"
    if stage >= 3:
        heard = ""
        if stage >= 4:
            pleads = ours[-1].name
            said = [f"{b.name}: {rng.choice(DEFENCES) if b.name == pleads else '放弃'}" for b in plan.bearers]
            heard = f", 陈述申辩: {{{', '.join(said)}}}, 答复: {{{pleads}: 已予考虑，事实部分不变}}"
        yield f"  告知: {{日期: {day(filing, 5)}, 期限: 5 工作日{heard}}}"
    if stage >= 4:
        present = "孙某" if any(b.name == "杨某" for b in plan.bearers) else "杨某"
        yield f"  讨论: {{日期: {day(filing, 12)}, 主持: 赵某, 出席: [赵某, {present}], 意见: 同意调查组意见}}"
    if stage >= 5:
        numbers = ", ".join(f"{b.name}: 上江责〔{year}〕{serial}{n}号" for n, b in enumerate(ours, start=1))
        yield f"  决定: {{日期: {decided}, 文号: {{{numbers}}}, 机关: 上江乡人民政府}}"
    if stage >= 6:
        yield "  送达:"
        yield from (
            f"    {b.name}: {{日期: {day(decided, 1)}, 方式: 直接送达, 签收: {b.name}}}" for b in ours
        )
    if stage >= 7:
        yield "执行:"
        for b in ours:
            yield f"  {b.name}: [{', '.join(f'{{事项: {m}, 完成: {day(decided, 4)}}}' for m in b.done)}]"


def case(rng: Random, calendar: Calendar, serial: int) -> tuple[str, int]:
    """A case without its number (the text begins behind it), and the year it belongs to."""
    station = rng.choice(STATIONS)
    kind, matter, law = rng.choice(station.matters)
    source, organ, series, result = rng.choice(SOURCES)
    stage = rng.choices(range(len(STAGES)), OFTEN)[0]
    act = calendar.after(FIRST_ACT + timedelta(rng.randrange(ACT_DAYS)), 1)
    clue = calendar.after(act + timedelta(rng.randint(10, 60)), 1)
    corrected = calendar.after(clue, 2)
    filing = calendar.after(clue, rng.randint(3, 8))
    plan = _plan(rng, station)
    lines = [
        f"案由: {matter}",
        f"阶段: {STAGES[stage]}",
        f"线索: {{来源: {source}, 机关: {organ}, 文书: {series}〔{clue.year}〕{serial}号, 日期: {clue}, 结果: {result}}}",
        "行为:",
        f"  文号: 上江{station.sign}字〔{act.year}〕{serial}号",
        f"  种类: {kind}",
        "  类型: 作为",
        f"  日期: {act}",
        "  作出机关: 上江乡人民政府",
        f"  承办单位: {station.name}",
        "  权限来源: 法定",
        f"  相对人: {rng.choice(PARTIES)}",
        *([f"  依据: [{law}]"] if law else []),
    ]
    if stage >= 1:
        two = rng.random() < 0.1
        lines.append("过错事实:")
        lines += _finding(rng, station, plan, matter, "2/5" if two else None)
        if two:
            lines += _finding(rng, station, plan, matter, "3/5")
        if rng.random() < 0.15:
            amount = f"{rng.randint(2, 90) * 100}.00"
            lines.append(
                f"赔偿: {{义务机关: 上江乡人民政府, 依据文书: 上江赔决字〔{clue.year}〕{serial}号, "
                f"支付日期: {corrected}, 金额: {amount}, 性质: 国家赔偿, 责令承担: {rng.choice(('50%', '60%', '2/5'))}}}"
            )
        lines += _procedure(rng, stage, plan, calendar, filing, str(serial))
        lines.append(
            f"纠正: {{方式: 变更, 日期: {corrected}, 文书: 上江{station.sign}更〔{clue.year}〕{serial}号}}"
        )
    if stage == 8:
        lines.append(f"结案: {{日期: {calendar.after(filing, 30)}, 批准: 赵某}}")
    text = "\n".join(lines) + "\n"
    if rng.randrange(SLIP_IN) == 0:
        text = _slipped(rng, text)
    elif rng.randrange(SLIP_IN) == 0:
        text = re.sub("^(.+?):", lambda m: f"{ENGLISH.get(m[1], m[1])}:", text, flags=re.MULTILINE)
    return text, clue.year


def _slipped(rng: Random, text: str) -> str:
    there = [(good, bad) for good, bad in SLIPS if good in text]
    good, bad = rng.choice(there)
    return text.replace(good, bad, 1)


def generate(directory: Path, number: int, seed: int = SEED) -> list[Path]:
    """Writes `number` cases below `directory`/cases, with the sample office's settings and roster."""
    rng = Random(seed)
    directory.mkdir(parents=True, exist_ok=True)
    for name in SETTINGS:
        shutil.copyfile(SAMPLES / name, directory / name)
    calendar = Calendar((SAMPLES / SETTINGS[0]).read_text("utf-8"))
    written: list[Path] = []
    for serial in range(1, number + 1):
        text, year = case(rng, calendar, serial)
        file = directory / "cases" / str(year) / f"SJ-{year}-{serial:05}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        key = "number" if text.startswith("title:") else "案号"
        file.write_bytes(f"{key}: {file.stem}\n{text}".encode())
        written.append(file)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    wanted = parser.parse_args()
    generate(wanted.directory, wanted.number, wanted.seed)


if __name__ == "__main__":
    main()
