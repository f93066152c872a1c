"""B: a rulebook as data - what it says, what it cites, and whether its parts fit together."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

E, W = Level.ERROR, Level.WARNING

_CHOOSE = "最相近的是“{guess}”；可以写的有：{allowed}"
_FACTS = "facts: {经审批: {values: [是, 否]}}\n"
_G1 = "- {id: G1, cite: 二（一）, when: {经审批: 否}, bears: [{who: 承办人, degree: 全部责任}]}\n"
_G2 = ("- {id: G2, cite: 二（二）, when: {经审批: 是}, bears: [{who: 审批人, degree: 主要责任}, "
       "{who: 承办人, degree: 次要责任}]}\n")
_RULES = "rules:\n" + _G1 + _G2
_DEGREES = ("degrees: {全部责任: {kind: share, default: 1}, 主要责任: {kind: share, default: 7/10, "
            "range: [51/100, 9/10]}, 次要责任: {kind: rest}}\n")
_FAULTS = 'faults:\n- {code: "1", cite: 一1, name: 超越职权}\n'


def _rules(*rules: str) -> str:
    return "rules:\n" + "".join(rules)


def _book(code: str, level: Level, title: str, message: str, remedy: str, doc: str, bad: str = "",
          good: str = "", basis: str | None = None) -> Kind:
    return Kind(code, level, title, message, remedy, doc, bad, good, file="rulebook", basis=basis)


_HEAD: tuple[Kind, ...] = (
    _book("B101", E, "编号与目录不一致", "本册的编号“{written}”与所在目录“{directory}”不一致",
          "把编号改成“{directory}”，或者把目录改名", "案件按编号指明适用哪一册办法；编号与目录一致，才找得到、也不会认错。",
          "rulebook: other\n", "rulebook: small\n"),
    _book("B102", E, "不认识的格式版本", "格式版本“{written}”不是本程序所认识的", "写 format: {known}；确是新格式的，请更新程序",
          "格式版本说明这一册按哪一种约定书写；按错误的约定读，意思会变。", "format: 2\n", "format: 1\n"),
    _book("B103", E, "缺少必须写明的项目", "本册没有写“{missing}”", "在 rulebook.yaml 或者它所包含的文件中补上“{missing}”",
          "每一册办法都必须写明：编号、格式、名称、制定机关、施行日期、原文、合并方式、角色、档次、事实、规则和过错情形。"),
    _book("B104", E, "找不到原文", "目录中没有原文文件“{written}”", "把办法的原文存成文本文件放进本册目录；最相近的文件是“{guess}”",
          "所有条款都要与原文核对；没有原文，引用就无从查证。", "source: yuanwen.txt\n", "source: source.txt\n"),
    _book("B105", E, "找不到所包含的文件", "不能包含“{written}”", "只能包含本册目录中的其他文件，每个一次；目录中有：{allowed}",
          "一册办法可以分写在几个文件里，但都要在同一目录中，这样才能整体保存、整体核对。",
          "include: [more-rules.yaml]\n", "include: []\n"),
    _book("B106", E, "同一项目写在两个文件里", "“{key}”在“{first}”中已经写过", "把“{key}”合并到一个文件里",
          "除列表可以接着写以外，同一项目只能写在一处，否则不知以哪一处为准。"),
    _book("B129", E, "失效日期早于施行日期", "办法自 {start} 施行，却在 {end} 之前失效", "改正 from 或者 to；to 当天已不适用",
          "按行为的日期选用办法的版本；没有一天适用的版本是写错了。",
          "effective: {from: 2024-01-01, to: 2023-01-01}\n", "effective: {from: 2024-01-01, to: 2026-01-01}\n"),
    _book("B135", W, "与案件中的项目重名", "事实“{written}”与案件文件自己的项目重名，案件中将无法填写这一事实",
          "给这一事实换一个名称", "案件文件中，办法的事实与固定项目写在同一层；重名时按固定项目理解。",
          "facts: {经审批: {values: [是, 否]}, 后果: {values: [轻, 重]}}\n", _FACTS),
)

_CITES: tuple[Kind, ...] = (
    _book("B107", E, "原文中没有这一条款", "原文中没有“{clause}”", "照原文的编号写，例如 三（二）1、三（一）3（5）、第二十条（一）",
          "每一条规则、每一项情形都必须有原文的条款作依据；找不到条款，就可能是编出来的。",
          'faults:\n- {code: "1", cite: 一9, name: 超越职权}\n', _FAULTS),
    _book("B108", E, "引用其他法律没有写明根据", "“{clause}”是办法以外的法律，没有写 basis", "加上 basis，说明这是编者的理解以及出处",
          "办法以外的法律不在原文中，程序无从核对；必须写明是编者的理解，文书才会照样标明。",
          "recovery: {gate: {where: {有无过错: 有}, cite: 国家赔偿法第十六条}}\n",
          "recovery: {gate: {where: {有无过错: 有}, cite: 国家赔偿法第十六条, basis: 编者理解}}\n"),
    _book("B109", E, "引文与原文不符", "原文中没有这一段文字：“{text}”", "从原文中原样复制；空格和换行不计",
          "引文要印在文书上，一字之差就不是办法的规定。",
          'faults:\n- {code: "1", cite: 一1, name: 超越职权, text: 超出职权的}\n',
          'faults:\n- {code: "1", cite: 一1, name: 超越职权, text: 超越职权的}\n'),
    _book("B110", W, "引文不在所引条款中", "“{text}”在原文中有，但不在“{clause}”", "改正条款，或者换成该条款的原文",
          "引文与条款对不上，读者会以为引错了法。",
          'faults:\n- {code: "1", cite: 一2, name: 超越职权, text: 超越职权的}\n',
          'faults:\n- {code: "1", cite: 一1, name: 超越职权, text: 超越职权的}\n'),
    _book("B133", E, "条目不完整", "“{item}”没有写“{missing}”", "补上“{missing}”",
          "每个条目都必须引用原文的条款（cite），过错情形还要有名称，救济途径要有文字。",
          'faults:\n- {code: "1", name: 超越职权}\n', _FAULTS),
)

_NAMES: tuple[Kind, ...] = (
    _book("B111", E, "编号重复", "“{written}”在 {kind} 中用了两次", "给其中一个换一个编号",
          "案件和结果都用编号指称规则、情形和方式；编号重复就不知道指哪一个。", _rules(_G1, _G2.replace("G2", "G1")), _RULES),
    _book("B112", E, "没有这一角色", "没有“{written}”这一角色", _CHOOSE, "规则说的“谁”必须是 roles 中列出的角色，或者“过错人”。",
          _rules(_G1.replace("承办人", "承担人"), _G2), _RULES),
    _book("B113", E, "没有这一档次", "没有“{written}”这一责任档次", _CHOOSE, "责任档次是办法自己的文字，须先在 degrees 中列出。",
          _rules(_G1.replace("全部责任", "全都责任"), _G2), _RULES),
    _book("B114", E, "没有这一事实", "没有“{written}”这一事实", _CHOOSE + "；when 中写案件事实，where 中写人员事实",
          "条件只能使用列出的事实：when、only_if 用 facts 中的，where 用 person_facts 中的，“有”加角色名表示是否有这一角色的人。",
          _rules(_G1.replace("经审批: 否", "经审核: 否"), _G2), _RULES),
    _book("B115", E, "事实没有这一值", "“{fact}”没有“{written}”这一值", _CHOOSE,
          "每一事实的值是封闭的；写了不存在的值，条件就永远不成立。", _rules(_G1.replace("经审批: 否", "经审批: 没有"), _G2), _RULES),
    _book("B116", E, "没有这一部分", "没有“{written}”这一部分", _CHOOSE, "规则只能限于 parts 中列出的部分。",
          _rules(_G1.replace("bears", "part: 改变部分, bears"), _G2), _RULES),
    _book("B117", E, "没有这一规则", "没有编号为“{written}”的规则", _CHOOSE,
          "over 和 blocks 指明本条优先于、排除哪一条；指向不存在的规则等于没有写。",
          _rules(_G1, _G2.replace("bears", "over: {G9: 特别规定}, bears")), _RULES),
    _book("B124", E, "选项的编号不合", "选项“{written}”不能用作情形“{item}”的选项编号", "用情形的编号加一个字母，例如 3-9a、3-9b，全册不重复",
          "案件中可以直接写选项的编号；编号须看得出属于哪一情形，也不能与别的编号相同。",
          'faults:\n- {code: "1", cite: 一1, name: 超越职权, options: {2a: 越权处罚}}\n',
          'faults:\n- {code: "1", cite: 一1, name: 超越职权, options: {1a: 越权处罚}}\n'),
    _book("B125", E, "名称已有固定含义", "“{written}”在格式中有固定的含义，不能这样用", "换一个名称；有无过错的值固定为：有、无",
          "“过错人”“全案”“有无过错”“待查”“其他”和“有”加角色名，程序另有规定的用法。",
          "roles: {承办人: {}, 审批人: {}, 过错人: {}}\n", "roles: {承办人: {}, 审批人: {}}\n"),
    _book("B126", E, "没有这一方式或者救济", "没有“{written}”", _CHOOSE, "只能指向 methods 中的追究方式和 remedies 中的救济途径。",
          "remedy_for: [{remedy: 复核}]\n", "remedies: {复核: {text: 可以申请复核}}\nremedy_for: [{remedy: 复核}]\n"),
    _book("B130", E, "事实的值写错", "“{fact}”的值中，“{written}”重复或者不能作为值", "每个值只写一次；“待查”由程序自己使用",
          "值是答案的全部可能，重复没有意义；“待查”表示尚未查明，对每一事实都可以填写，不必列出。",
          "facts: {经审批: {values: [是, 否, 待查]}}\n", _FACTS),
)

_RULE_KINDS: tuple[Kind, ...] = (
    _book("B118", E, "优先关系成了循环", "优先关系成了循环：{circle}", "删去其中一条优先关系",
          "甲优先于乙、乙又优先于甲，就没有哪一条优先了。",
          _rules(_G1.replace("bears", "over: {G2: 一般}, bears"), _G2.replace("bears", "over: {G1: 特别}, bears")),
          _rules(_G1, _G2.replace("bears", "over: {G1: 特别}, bears"))),
    _book("B119", E, "这一层的规则不能有这一项", "规则“{rule}”属于 {layer} 层，不能有“{key}”", "删去“{key}”，或者改正 layer",
          "allocate 划分责任、add 另加承担者、exempt 免除、silent 说明办法没有规定、block 排除其他规则、severity 从重从轻；"
          "排除规则本身不划分责任，也不与谁比较优先。",
          _rules(_G1, _G2, "- {id: G3, cite: 二, layer: block, blocks: {G1: 不适用}, "
                 "bears: [{who: 承办人, degree: 全部责任}]}\n"),
          _rules(_G1, _G2, "- {id: G3, cite: 二, layer: block, when: {经审批: 是}, blocks: {G1: 不适用}}\n")),
    _book("B120", E, "承接余额的规则不止一条", "规则“{rule}”与“{first}”都写了 also: remainder", "只保留一条",
          "余下的份额只能有一个去处，否则不知归谁。",
          _rules(_G1.replace("bears", "also: remainder, bears"), _G2.replace("bears", "also: remainder, bears")),
          _rules(_G1.replace("bears", "also: remainder, bears"), _G2)),
    _book("B127", E, "这一层的规则缺少必须的项", "规则“{rule}”属于 {layer} 层，没有写“{missing}”", "补上“{missing}”",
          "划分、另加、免除的规则要写明由谁承担哪一档（bears），沉默的规则要写明提出什么问题（question），"
          "排除的规则要写明排除哪些规则及理由（blocks），从重从轻的规则要写明 severity。",
          _rules(_G1, _G2, "- {id: N1, cite: 二, layer: silent, when: {经审批: 是}}\n"),
          _rules(_G1, _G2, "- {id: N1, cite: 二, layer: silent, when: {经审批: 是}, question: 请研究}\n")),
    _book("B128", E, "规则不能指向这一条", "规则“{rule}”不能指向“{other}”", "删去这一项",
          "规则不能优先于自己；排除规则不参加比较，也不能被排除。",
          _rules(_G1, _G2.replace("bears", "over: {G2: 特别}, bears")), _RULES),
    _book("B134", W, "条件对谁都不会成立", "“{fact}”只问{roles}，条件却用于{who}，永远不会成立", "改正 where，或者在 person_facts 中放宽 roles",
          "只向某些角色询问的事实，对其他角色没有答案；没有答案的条件不成立，这一条就没有人承担。",
          "person_facts: {作出改变: {values: [是, 否], roles: [审批人]}}\n"
          + _rules(_G1.replace("承办人,", "承办人, where: {作出改变: 是},"), _G2),
          "person_facts: {作出改变: {values: [是, 否], roles: [审批人]}}\n"
          + _rules(_G1, _G2.replace("审批人,", "审批人, where: {作出改变: 是},"))),
)

_NUMBERS: tuple[Kind, ...] = (
    _book("B121", E, "数值超出范围", "“{degree}”的数值 {written} 不在 {low} 至 {high} 之间", "改正数值或者范围；范围先写下限、后写上限",
          "默认比例必须落在裁量范围之内；份额大于零、不超过一。",
          _DEGREES.replace("7/10", "1/2"), _DEGREES),
    _book("B122", E, "数值与档次的种类不合", "“{degree}”的种类是 {kind}，数值写得不合", "share 和 ratio 要写 default，其他种类不写 default 和 range",
          "只有按份额（share）和按比例（ratio）的档次有数值；其他档次由余额、权重决定，或者没有大小。",
          _DEGREES.replace("{kind: rest}", "{kind: rest, default: 3/10}"), _DEGREES),
    _book("B123", E, "事实互相依附", "“{written}”最终依附于自己", "改正 only_if，使依附关系有一个起点",
          "只在另一事实成立时才问的事实，不能绕回自己，否则永远不知道该不该问。",
          "facts: {经审批: {values: [是, 否], only_if: {改变: 是}}, 改变: {values: [是, 否], only_if: {经审批: 是}}}\n",
          "facts: {经审批: {values: [是, 否]}, 改变: {values: [是, 否], only_if: {经审批: 是}}}\n"),
    _book("B139", E, "事实太多", "写了 {count} 个事实，最多 {most} 个", "去掉用不着的事实；同一件事的几种情况写成一个事实的几个值",
          "每个事实都要由承办人回答，也都要逐一核查；一部办法通常只有十来个。"),
    _book("B131", E, "不是分数", "“{key}”的“{written}”不是可以用的数", "写成分数或者百分数，例如 7/10、70%；按比例的档次写正整数",
          "份额用精确的分数计算，不用小数，结果才能分毫不差。", _DEGREES.replace("7/10", "0.7"), _DEGREES),
    _book("B132", E, "不是期间", "“{key}”的“{written}”不是可以用的期间", "月数写 2 months 或者 2个月，年数写 2，自然年写 calendar-year",
          "统计次数的期间、追缴的上下限和追究时效都按整月或者整年计算。",
          "limitation: [{years: 两三, cite: 一}]\n", "limitation: [{years: 2, cite: 一}]\n"),
)

_LIBRARY: tuple[Kind, ...] = (
    _book("B140", W, "原文有一句没有交代", "原文的这一句既没有条目引用，也没有列入 not_modelled：“{text}”",
          "写成规则、情形、方式或者职责，或者列入 not_modelled 并写明理由",
          "原文的每一句规范都要有着落：写成数据的引用它，不写的说明为什么不写。这样才知道没有漏掉什么。"),
    _book("B136", E, "两个版本的适用期间重叠", "“{first}”与“{second}”是同一办法的两个版本，适用期间重叠",
          "给较早的一册写上 to：新版施行之日", "同一天只能有一个版本适用；重叠时不能任选一个。"),
    _book("B137", E, "与内置的办法同名", "“{written}”是程序内置的办法，仓库中的同名目录不予采用", "给仓库中的这一册换一个编号",
          "同一编号必须到处是同一内容，否则同一案件在两台电脑上会得出不同结果。"),
    _book("B138", E, "办法目录不完整", "目录中没有可以读取的“{name}”", "放进 {name}，或者删去这个目录",
          "rulebooks 下的每个目录是一册办法，其中必须有 rulebook.yaml。"),
)

KINDS: tuple[Kind, ...] = (*_HEAD, *_CITES, *_NAMES, *_RULE_KINDS, *_NUMBERS, *_LIBRARY)
