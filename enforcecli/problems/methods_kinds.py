"""M: methods of pursuing liability and who may impose them."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

W = Level.WARNING

_FINDING = """过错事实:
- 情形: [2]
  事实: 未核对即予批准。
  证据: [{名称: 询问笔录}]
  原因: 未核对
  性质: 实体
  后果: {程度: 轻微, 受损方: 企业, 说明: 停产一日}
  文书: 县政复决字〔2026〕11号
  特殊情形: 无
  部门作出: 是
  审批情形: 同意
  因汇报失实致审批失误: 否
  涉及人员:
"""
_CLERK = "  - {人: 周某, 角色: 承办人, 有无过错: 有, 主观过错: 一般过失, 认错态度: 一般}\n"
_HANDLER = "  - {人: 张某, 角色: 承办人, 有无过错: 有, 主观过错: 一般过失, 认错态度: 一般}\n"
_APPROVER = "  - {人: 杨某, 角色: 审批人, 有无过错: 无, 主观过错: 一般过失, 认错态度: 一般}\n"
_HEAD = "  - {人: 赵某, 角色: 审批人, 有无过错: 有, 主观过错: 一般过失, 认错态度: 一般}\n"

KINDS: tuple[Kind, ...] = (
    Kind("M101", W, "无法确定由谁决定", "{person}的{method}无法确定由谁决定：{reason}",
         "在名册（没有名册的，在本案的“人员”）中补充该人的“任免机关”“考核机关”“人员类别”或者“执法证”的“发证机关”；未写明本机关的，在 enforce.yaml 中补充",
         "能否追究、由谁追究，看谁任免、谁考核，不看身份的名称。名册没有写明时，工具不推定由本机关决定。",
         "人员:\n  周某: {单位: 林业站, 人员类别: 事业人员}\n" + _FINDING + _CLERK + _APPROVER + "处理意见:\n  周某: [M7]\n",
         "人员:\n  周某: {单位: 林业站, 人员类别: 事业人员, 任免机关: 县林业局}\n" + _FINDING + _CLERK + _APPROVER
         + "处理意见:\n  周某: [M7]\n", cite="三（三）"),
    Kind("M102", W, "追究方式不适用", "{method}对{person}不适用：{reason}", "改用适用的追究方式，或者删去这一项",
         "有的方式只适用于个人或者单位，有的只适用于本人有过错的人，有的只适用于部分人员；案件有几项过错事实的，任何一项都不适用时才提示。",
         _FINDING + _HANDLER + _APPROVER + "处理意见:\n  张某: [M1]\n  杨某: [M5]\n",
         _FINDING + _HANDLER + _APPROVER + "处理意见:\n  张某: [M1]\n  杨某: [M1]\n", cite="三（三）"),
    Kind("M201", W, "本机关不宜处理", "{reason}", "报上级机关处理；本机关只能制作移送函，计算的份额仅供参考",
         "本机关负责人或者将要作出决定的人是涉及人员时，本机关作出的处理难以公正，应当由上级机关处理。",
         _FINDING + _HANDLER + _HEAD, _FINDING + _HANDLER + _APPROVER),
)
