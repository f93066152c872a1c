"""The names of a rulebook's tables and fields, for a reader who does not know its keys."""

from __future__ import annotations

from enforcecli.language import _
from enforcecli.proof.compare import Piece, Said
from enforcecli.proof.entries import Entry
from enforcecli.proof.situations import Verdict


def table_word(name: str) -> str:
    return {
        "book": _("总体"), "roles": _("角色"), "degrees": _("责任等次"), "facts": _("事实"), "parts": _("部分"),
        "person_facts": _("人员事实"), "rules": _("规则"), "faults": _("过错情形"), "methods": _("追究方式"),
        "remedies": _("救济途径"), "remedy_for": _("救济的适用"), "guideline": _("裁量指引"), "scope": _("不适用的范围"),
        "procedure": _("程序期限"), "limitation": _("追究时效"), "duties": _("职责"), "objectives": _("目标"),
        "legal_basis": _("主要依据"), "not_modelled": _("没有写成规则的原文"),
    }.get(name, name)


def field_word(name: str) -> str:
    return {
        "title": _("名称"), "issuer": _("制定机关"), "effective": _("施行期间"), "measure": _("所属办法"),
        "collect": _("几条规则一并适用"), "remainder_to_unit": _("余额归单位"), "later_lighter": _("从旧兼从轻"),
        "recovery": _("追偿"), "kind": _("计算方式"), "default": _("比例"), "low": _("幅度下限"), "high": _("幅度上限"),
        "values": _("可填的值"), "only_if": _("何时才问"), "ask": _("问法"), "per_part": _("按部分分别填写"),
        "roles": _("问哪些角色"), "count": _("计次"), "when": _("适用条件"), "bears": _("由谁承担"), "over": _("优先于"),
        "blocks": _("排除"), "part": _("只适用于"), "layer": _("层"), "takes_remainder": _("承接余额"),
        "question": _("提出的问题"), "notes": _("参考"), "cite": _("条款"), "text": _("条文"), "basis": _("依据"),
        "note": _("说明"), "en": _("英文名"), "name": _("名称"), "needs": _("须写明的事项"), "options": _("选项"),
        "power": _("权限"), "organ": _("决定机关"), "organs": _("决定机关"), "targets": _("对象"), "own_fault": _("须本人有过错"),
        "effect": _("含义"), "effects": _("含义"), "days": _("期限"), "unit": _("由单位担任"), "order": _("轻重顺序"),
        "reason": _("所写的理由"), "kinds": _("行为种类"), "years": _("年数"), "since": _("起算"), "except_": _("例外"),
        "step": _("步骤"), "limit": _("期限"), "gravity": _("后果程度"), "degree": _("责任"), "severity": _("从重从轻"),
        "methods": _("追究方式"), "remedy": _("救济途径"), "decider": _("决定机关"), "personnel": _("人员类别"),
        "now": _("现在的名称或者状况"), "role": _("职务"),
    }.get(name, name)


def entry_words(entry: Entry) -> list[str]:
    """The first line says what happened to the entry, the others how each field changed."""
    nothing = _("（无）")
    if entry.how == "renamed":
        return [_("{name} 改为 {other}（内容相同）").format(name=entry.name, other=entry.other)]
    if entry.how in ("removed", "added"):
        words = _("删去 {name}") if entry.how == "removed" else _("增加 {name}")
        return [words.format(name=entry.name), *(_("{field}：{text}").format(field=field_word(field), text=before or after)
                                                 for field, before, after in entry.fields)]
    head = _("两册的总体规定") if entry.table == "book" else _("等次的轻重") if entry.name == "order" else entry.name
    return [head, *(_("{field}：{before} → {after}").format(
        field=field_word(field), before=before or nothing, after=after or nothing)
        for field, before, after in entry.fields)]


def answer_words(said: Said) -> str:
    """审批人承担主要责任（7/10）；承办人承担次要责任: what a book says, around it the words of the reader's language."""
    texts = [piece.text for piece in said.pieces]
    if said.verdict is None:
        return _("不能填写：“{fact}”没有“{value}”这一答案").format(fact=texts[0], value=texts[1])
    if said.verdict is Verdict.GAP:
        return _("没有规定")
    if said.verdict is Verdict.NOT_PURSUED:
        return _("不予追究")
    if said.verdict is Verdict.SILENT:
        return _("办法未作规定：{questions}").format(questions="；".join(texts))
    if said.verdict is Verdict.CONFLICT:
        return _("规则冲突：{answers}").format(answers=_(" 与 ").join(texts))
    return "；".join(map(_piece, said.pieces))


def _piece(piece: Piece) -> str:
    pattern = {"rest": _("余额由{text}"), "add": _("另加：{text}"), "exempt": _("免除：{text}"),
               "severity": _("情节：{text}")}.get(piece.sort, "{text}")
    return pattern.format(text=piece.text)
