"""The closed lists of case, roster and office (docs/case-format.md): the Chinese word is the value."""

from __future__ import annotations

from enforcecli.model.case import STAGES
from enforcecli.reading.shape import Choice, Word


def _list(zh: str, en: str, *words: tuple[str, ...]) -> Choice:
    """Each word: the Chinese one, then the English ones."""
    return Choice(tuple(Word(w[0], w[1:]) for w in words), zh=zh, en=en)


SOURCE = _list(
    "线索来源", "source of the clue",
    ("法院裁判", "court judgment"), ("行政复议", "administrative reconsideration", "reconsideration"),
    ("上级检查", "inspection by a superior", "superior inspection"),
    ("执法监督意见", "enforcement supervision opinion"), ("检察建议", "procuratorial recommendation"),
    ("案卷评查", "file review"), ("纪检监察移送", "referral by discipline inspection"),
    ("投诉举报", "complaint", "complaint or report"), ("信访", "petition"), ("审计巡察", "audit"),
    ("人大监督", "supervision by the people's congress", "congress supervision"),
    ("国家赔偿", "state compensation"), ("自查", "self-inspection", "self-check"), ("其他", "other"))

CLUE_RESULT = _list(
    "线索文书的结果", "result of the clue's document",
    ("撤销", "revoked", "annulled"), ("部分撤销", "partly revoked", "partly annulled"),
    ("变更", "altered", "changed"), ("确认违法", "found unlawful", "declared unlawful"),
    ("确认无效", "found void", "declared void"), ("责令履行", "ordered to perform"),
    ("责令重作", "ordered to decide anew"), ("责令赔偿", "ordered to compensate"),
    ("不准予强制执行", "enforcement refused"), ("维持", "upheld"),
    ("调解和解", "settled"), ("自行撤销", "withdrawn", "revoked by the organ itself"), ("其他", "other"))

ACT_KIND = _list(
    "行为种类", "kind of act",
    ("行政处罚", "penalty", "administrative penalty"),
    ("行政强制措施", "coercive measure"), ("行政强制执行", "compulsory enforcement"),
    ("行政许可", "licence", "license", "permit"), ("行政确认", "confirmation"), ("行政裁决", "ruling"),
    ("行政检查", "inspection"), ("行政给付", "payment", "benefit"), ("征收征用", "expropriation"),
    ("责令改正", "order to correct"), ("人民调解", "people's mediation", "mediation"), ("其他", "other"))

ACT_TYPE = _list("作为或者不作为", "act or omission", ("作为", "act"), ("不作为", "omission"))

POWER = _list(
    "权限来源", "source of the power",
    ("法定", "statutory", "by law"), ("赋权", "conferred", "empowered"),
    ("委托", "delegated", "entrusted"), ("无", "none"))

GRAVITY = _list("后果程度", "gravity", ("无", "none"), ("轻微", "slight", "minor"),
                ("较重", "serious", "considerable"), ("严重", "severe", "grave"))

NATURE = _list(
    "过错性质", "nature of the fault",
    ("实体", "substance", "substantive"), ("程序", "procedure", "procedural"),
    ("权限", "competence", "power"), ("廉政", "integrity"), ("不作为", "omission", "inaction"))

PAYMENT = _list(
    "款项性质", "nature of the payment",
    ("国家赔偿", "state compensation"), ("返还财产", "restitution", "return of property"),
    ("补偿", "indemnity"), ("民事", "civil"), ("其他", "other"))

PERSONNEL = _list(
    "人员类别", "personnel category",
    ("公务员", "civil servant"), ("参公人员", "managed as civil servant", "civil-servant-managed"),
    ("事业人员", "public institution staff", "institution staff"),
    ("编外聘用", "contract staff", "contract"),
    ("村社区干部", "village cadre", "village or community cadre"),
    ("协管人员", "auxiliary", "auxiliary staff"))

CONCLUSION = _list(
    "结论类型", "kind of conclusion",
    ("追究", "pursued"), ("不予立案", "not filed"), ("不予追究", "not pursued"),
    ("撤销案件", "withdrawn", "case withdrawn"), ("移送", "referred"), ("中止", "suspended"),
    ("不适用", "not applicable"))

STAGE = _list(
    "阶段", "stage",
    *zip(STAGES, ("clue", "filing", "investigation", "notice", "deliberation", "decision", "service",
                  "execution", "closing"), strict=True))

ORIGINAL = _list(
    "有、无、不适用或者待查", "yes, no, not applicable or open",
    ("有", "yes", "true", "是"), ("无", "no", "false", "否"), ("不适用", "not applicable", "n/a"),
    ("待查", "open", "pending"))

AFFILIATION = _list(
    "隶属", "affiliation",
    ("乡属", "township"), ("县派出", "county", "county-dispatched"), ("双重管理", "dual"))

SEALING = _list("可以封存的环节", "stages a person may seal",
                ("起草", "draft", "drafting"), ("审核", "review"), ("批准", "approve", "approval"))

CLOSED_LISTS = {
    "来源": SOURCE, "结果": CLUE_RESULT, "种类": ACT_KIND, "类型": ACT_TYPE, "权限来源": POWER, "程度": GRAVITY,
    "过错性质": NATURE, "款项性质": PAYMENT, "人员类别": PERSONNEL, "结论类型": CONCLUSION, "阶段": STAGE,
    "原案程序": ORIGINAL, "隶属": AFFILIATION, "封存": SEALING,
}
