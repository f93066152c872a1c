"""O2: enforce.yaml against the book it names, and against itself (docs/roster-and-office.md)."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

E, W, NOTE = Level.ERROR, Level.WARNING, Level.INFO

_SCALE_GOOD = "比例: {主要责任: 7/10}\n"
_CALENDAR_GOOD = "节假日: {休: [2026-05-01, 2026-05-04, 2026-05-05], 班: [2026-05-09]}\n"

KINDS: tuple[Kind, ...] = (
    Kind("O201", E, "没有这个办法", "找不到办法“{measure}”",
         "改正“适用办法”；可用 enforce rulebook list 查看已有的办法",
         "“适用办法”写办法的标识，可以是某一版本，也可以是同一办法各版本共用的标识。",
         bad="适用办法: shangjing-2023\n", good="适用办法: shangjiang-2023\n", file="office"),
    Kind("O202", W, "办法没有这一责任档次", "《{title}》没有“{degree}”这一档次，这个比例不起作用",
         "改正档次的名称，或者删去",
         "比例按办法的责任档次填写，办法没有的档次不起作用。",
         bad="比例: {主责: 7/10}\n", good=_SCALE_GOOD, file="office"),
    Kind("O203", E, "比例超出办法的幅度", "“{degree}”的比例 {value} 不在 {low} 至 {high} 之间",
         "改为幅度之内的比例",
         "办法的文字说“主要”，就应当超过一半；幅度由规则书给出，本单位只能在幅度之内选定。",
         bad="比例: {主要责任: 1/2}\n", good=_SCALE_GOOD, file="office"),
    Kind("O204", E, "这一档次没有比例", "“{degree}”不以比例计算，这个比例不起作用",
         "删去这一项",
         "按责任大小分担、次要责任等档次分的是余下的部分，没有自己的比例。",
         bad="比例: {按责任大小: 3/10}\n", good=_SCALE_GOOD, file="office"),
    Kind("O205", E, "这一档次不能调整比例", "“{degree}”固定为 {default}，不能写成 {value}",
         "删去这一项",
         "规则书没有给出幅度的档次不能调整，例如全部责任就是全部。",
         bad="比例: {全部责任: 9/10}\n", good=_SCALE_GOOD, file="office"),
    Kind("O207", NOTE, "调休上班日本来就是工作日", "{day} 是周一至周五，本来就是工作日，不必写在“班”里",
         "核对日期；调休上班日应当是周六或者周日",
         "写在“班”里的一般是因调休而上班的周末，写了工作日多半是日期抄错。",
         bad="节假日: {休: [2026-05-01], 班: [2026-05-08]}\n", good=_CALENDAR_GOOD, file="office"),
    Kind("O208", W, "只写了上班日没有写休息日", "“节假日”只有“班”，没有“休”，放假日会当作工作日",
         "补写“休: […]”",
         "只写调休上班日而不写放假日，工作日会多算；没有写明放假日的年份，一律注明未计法定节假日。",
         bad="节假日: {班: [2026-05-09]}\n", good=_CALENDAR_GOOD, file="office"),
)
