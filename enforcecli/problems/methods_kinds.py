"""M: methods of pursuing liability and who may impose them."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

W, I = Level.WARNING, Level.INFO

KINDS: tuple[Kind, ...] = (
    Kind("M101", W, "无法确定由谁决定", "{person}的{method}无法确定由谁决定：{reason}",
         "在名册中补充该人的任免机关、考核机关、人员类别或者执法证的发证机关",
         "能否追究、由谁追究，看谁任免、谁考核，不看身份的名称。名册没有写明时，工具不推定由本机关决定。",
         "人员:\n  张某: {单位: 林业站, 任免机关: ~}\n处理意见:\n  张某: [{方式: 其他, 名称: 诫勉, 依据: 有关规定}]\n", "",
         file="value"),
    Kind("M102", W, "追究方式不适用", "{method}对{person}不适用：{reason}", "改用适用的追究方式，或者删去这一项",
         "有的方式只适用于个人或者单位，有的只适用于本人有过错的人，有的只适用于部分人员。",
         cite="三（三）", file="value"),
    Kind("M201", W, "本机关不宜处理", "{reason}", "报上级机关处理；本机关只能制作移送函，计算的份额仅供参考",
         "本机关负责人或者将要作出决定的人是涉及人员时，本机关作出的处理难以公正，应当由上级机关处理。",
         file="value"),
)
