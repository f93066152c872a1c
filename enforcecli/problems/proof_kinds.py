"""B2: what going through every situation of a rulebook brings to light, and its worked examples."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

E, W, INFO = Level.ERROR, Level.WARNING, Level.INFO

_G1 = "- {id: G1, cite: 二（一）, when: {经审批: 否}, bears: [{who: 承办人, degree: 全部责任}]}\n"
_G2 = ("- {id: G2, cite: 二（二）, when: {经审批: 是}, bears: [{who: 审批人, degree: 主要责任}, "
       "{who: 承办人, degree: 次要责任}]}\n")
_G3 = "- {id: G3, cite: 二（二）, when: {经审批: 是}, bears: [{who: 承办人, degree: 全部责任}]%s}\n"
_GENERAL = "- {id: G0, cite: 二, bears: [{who: 承办人, degree: 全部责任}]}\n"
_DEGREES = ("degrees: {全部责任: {kind: share, default: 1}, 主要责任: {kind: share, default: 7/10, "
            "range: [51/100, 9/10]}, 次要责任: %s}\n")
_REST = "{kind: rest}"


def _rules(*rules: str) -> str:
    return "rules:\n" + "".join(rules)


_GOOD = _rules(_G1, _G2)


def _kind(code: str, level: Level, title: str, message: str, remedy: str, doc: str, bad: str = "",
          good: str = "", file: str = "rulebook") -> Kind:
    return Kind(code, level, title, message, remedy, doc, bad, good, file=file)


_SITUATIONS: tuple[Kind, ...] = (
    _kind("B201", E, "有的情形没有规则", "有 {count} 种情形没有任何规则适用：{situations}",
          "办法确有规定的，补上规则；办法确未规定的，写一条 layer: silent 的规则，写明要研究的问题",
          "逐一核对了本册知道的每一种情形。落在这里的案件只会得到“不能认定：没有可以适用的规则”。"
          "写成沉默的规则，案件中就会提出要研究的问题，并写明依据。",
          _rules(_G2), _GOOD),
    _kind("B202", E, "规则冲突，没有写明谁优先", "{rules} 同时适用而结论不同，没有写明谁优先，共 {count} 种情形：{situations}",
          "在 {last} 中写 over: {{{other}: 理由}}，或者反过来；办法确未规定谁优先的，可以保留，案件中会要求说明选择",
          "两条规则同时适用、由不同的人或者按不同的档次承担时，程序不代为选择，案件得到“不能认定：规则冲突”。"
          "谁优先是对办法的解释，一条优先关系写一个理由，结果中一并列出。"
          "办法原文确实没有说谁优先的，这一册仍然可以使用，只是不能说它对每种情形都有答复。",
          _rules(_G1, _G2, _G3 % ""), _rules(_G1, _G2, _G3 % ", over: {G2: 特别规定}", _G2.replace("G2", "G4").replace(
              "when", "over: {G3: 更特别的规定}, when"))),
    _kind("B203", W, "规则在任何情形中都不适用", "规则“{rule}”在任何一种情形中都不适用",
          "核对它的条件：几个条件能否同时成立，是否总被别的规则排除；不需要的，删去",
          "条件互相排斥，或者只在不会问到的事实上成立的规则，写了等于没有写。",
          "facts: {经审批: {values: [是, 否]}, 改变: {values: [是, 否], only_if: {经审批: 是}}}\n"
          + _rules(_G1.replace("否}", "否, 改变: 是}"), _G1.replace("G1", "G4"), _G2),
          "facts: {经审批: {values: [是, 否]}, 改变: {values: [是, 否], only_if: {经审批: 是}}}\n"
          + _rules(_G1, _G2, _G3.replace("是}", "是, 改变: 是}") % ", over: {G2: 特别规定}")),
    _kind("B204", W, "规则从不起作用", "规则“{rule}”有时适用，但从不由它确定责任（让位于：{by}）",
          "核对优先关系是否写反，或者上一条的条件是否过宽；确不需要的，删去",
          "它适用的每一种情形，都有别的规则优先，或者落在办法没有规定的情形里。原文专门写了这一条，通常另有用意。",
          _rules(_G1, _G2, _G3 % ", over: {G2: 特别规定}"), _GOOD),
    _kind("B205", INFO, "这一条优先关系可以不写", "去掉“{rule} 优先于 {other}”，没有一种情形的结论因此改变",
          "可以保留：它写明了理由，结果中会列出；嫌重复的，删去",
          "别的优先关系已经推出它（甲优先于乙、乙优先于丙，甲就优先于丙），或者两条规则从不同时适用。",
          _rules(_G1.replace("bears", "over: {G2: 一般}, bears"), _G2), _GOOD),
    _kind("B206", INFO, "只由一般条款决定的情形", "有 {count} 种情形只有一般条款“{rule}”可以适用：{situations}",
          "核对：办法对这些情形确无特别规定", "没有条件的规则什么情形都适用。请确认这些情形本来就应当按一般条款处理。",
          _rules(_GENERAL, _G2.replace("bears", "over: {G0: 特别规定}, bears")), _GOOD),
    _kind("B207", INFO, "办法未作规定的情形", "有 {count} 种情形留给“{rule}”，答复“不能认定”：{situations}",
          "核对：办法对这些情形确未规定", "这些情形由编写者写明办法没有规定，程序提出问题而不推定。",
          _rules(_G1, "- {id: N1, layer: silent, cite: 二, when: {经审批: 是}, question: 请研究}\n", _G2), _GOOD),
    _kind("B210", INFO, "没有规则用到的事实", "事实“{fact}”没有任何规则用到", "不需要的，删去；需要的，写进规则的 when",
          "每一件案件都要填写它，却不影响任何结论；情形的总数也因此成倍增加。",
          "facts: {经审批: {values: [是, 否]}, 天气: {values: [晴, 雨]}}\n", "facts: {经审批: {values: [是, 否]}}\n"),
)

_LIMITS: tuple[Kind, ...] = (
    _kind("B208", W, "情形太多，只核对了一部分", "情形至多有 {total} 种，只抽取核对了 {looked} 种", "减少事实，或者把互不相关的事实分开写",
          "抽取是均匀的，每次相同；但没有核对到的情形中可能还有空白或者冲突，这一册不能说已经证明。"),
    _kind("B209", INFO, "人员组合太多，只核对了一部分", "人员组合有 {total} 种，均匀抽取核对了 {looked} 种",
          "", "情形仍是逐一核对的；只是每种情形下“谁在场、谁有过错”的组合没有全部核对。"),
)

_SCALE: tuple[Kind, ...] = (
    _kind("B211", E, "份额之和超过全部", "{rules} 的份额合计 {total}，超过全部（{degrees}）", "改正 degrees 的 default 或者 range，或者改用 rest",
          "一条规则之内各档的份额合起来不能超过一，“超过一半”的档次也就至多一个；超过了，适用它的案件都算不出来。",
          _DEGREES % "{kind: share, default: 4/10}", _DEGREES % _REST),
    _kind("B212", W, "幅度的上限合计超过全部", "{rules} 的份额都取上限时合计 {total}，超过全部（{degrees}）",
          "缩小 range，使上限合计不超过一；或者保留，超过时案件会被拒绝",
          "本机关在幅度内调整比例时，几档同时取上限就会超过全部，案件只能退回重填。",
          _DEGREES % "{kind: share, default: 3/10, range: [1/10, 4/10]}", _DEGREES % _REST),
    _kind("B213", E, "份额与比值混用", "{rules} 同时有按比值的档次和按份额、按大小的档次（{degrees}），不能相加", "统一改为份额，或者统一改为比值",
          "按比值分担（ratio）分的是整个部分，没有余地再分给按份额的人。",
          _DEGREES % "{kind: ratio, default: 3}", _DEGREES % _REST),
)

_GROUPS: tuple[Kind, ...] = (
    _kind("B221", E, "测算中断", "下面的人员组合使测算中断（{words}）：{group}", "这是程序的缺陷，请把这一册和这个组合报告给程序的编写者",
          "每一种情形下，都用不超过三人的各种组合实际测算过；任何组合都不应当使测算中断。", file="value"),
    _kind("B222", E, "份额合计不为一", "下面的人员组合，份额合计是 {words}，应当恰好为一：{group}",
          "这是程序的缺陷，请把这一册和这个组合报告给程序的编写者", "份额用精确分数计算，合计必须恰好为一（不予追究的部分除外）。", file="value"),
    _kind("B223", E, "人员的先后影响结果", "下面的人员组合，把人员倒过来写，结果就不同：{group}",
          "这是程序的缺陷，请把这一册和这个组合报告给程序的编写者", "谁写在前面，不应当影响谁承担多少。", file="value"),
    _kind("B224", E, "有的人员组合算不出来", "下面的人员组合不能测算（{words}）：{group}", "核对 degrees 的数值和规则的 bears",
          "事实和人员都写得没有错，办法的数据却使份额算不出来。", file="value"),
)

_LOOK = "核对例子和规则，改正写错的一边"
_WHY = "例子写明一种具体情形应有的结果，由人事先算好；规则改动以后，结果不符就要查明是哪一边错了。"


def _example(code: str, title: str, message: str, remedy: str = _LOOK, doc: str = _WHY) -> Kind:
    return Kind(code, E, title, message, remedy, doc, file="examples")


_EXAMPLES: tuple[Kind, ...] = (
    _example("B231", "例子的结论与预期不符", "例子“{name}”的结论应当是“{expected}”，算得“{found}”"),
    _example("B232", "例子没有写预期的结果", "例子“{name}”没有写预期的结果", "在“预期”中写份额、责任、规则，或者写“不能认定”",
             "没有预期的例子什么也检验不了。"),
    _example("B233", "这一册没有例子", "“{directory}”中没有可以运行的例子", "在该目录写 cases.yaml，写法见 docs/rulebook-format.md",
             "没有例子，改动规则时就没有东西能发现改错了。"),
    _example("B235", "例子对不上办法", "例子“{name}”写的“{written}”，例子本身和本册都没有", "可以写的有：{allowed}",
             "预期中的人要在例子的涉及人员里，部分、档次和规则要是本册写明的。"),
    _example("B236", "例子的份额与预期不符", "例子“{name}”中，{of}的份额应当是 {expected}，算得 {found}"),
    _example("B237", "例子的责任与预期不符", "例子“{name}”中，{of}的责任应当是“{expected}”，算得“{found}”"),
    _example("B238", "例子适用的规则与预期不符", "例子“{name}”（{of}）的规则应当是 {expected}，算得 {found}"),
    _example("B239", "例子要求查明的与预期不符", "例子“{name}”应当要求查明：{expected}；实际要求查明：{found}"),
    _example("B241", "例子的情节与预期不符", "例子“{name}”中，{of}的情节应当是“{expected}”，算得“{found}”"),
    _example("B242", "例子报告的问题与预期不符", "例子“{name}”应当报告的问题：{expected}；实际报告：{found}"),
    _example("B243", "例子属于另一册办法", "这些例子写明属于“{written}”，却放在“{rulebook}”的目录里", "改正“办法”，或者移到那一册的目录",
             "例子是照某一册办法算好的，放错了地方，结果就对不上。"),
)

_KILL = "加一个能发现这处改动的例子：{example}。本册的结果：{now}；改动后的结果：{then}"
_MUTATED = ("把规则书改动一处，例子的结果应当至少有一个随之改变；一个也不变，说明这一处没有被任何例子检验过，"
            "将来真的改错了也不会有人发现。")


def _mutant(code: str, title: str, message: str) -> Kind:
    return Kind(code, W, title, message, _KILL, _MUTATED, file="rulebook")


_MUTANTS: tuple[Kind, ...] = (
    _mutant("B250", "例子发现不了：少了一条规则", "去掉整条规则 {rule}，没有一个例子因此改变"),
    _mutant("B251", "例子发现不了：少了优先关系", "规则 {rule}：去掉“优先于 {before}”这一条，没有一个例子因此改变"),
    _mutant("B252", "例子发现不了：少了条件", "规则 {rule}：去掉条件“{before}”，没有一个例子因此改变"),
    _mutant("B253", "例子发现不了：条件改了", "规则 {rule}：把条件“{before}”改成“{after}”，没有一个例子因此改变"),
    _mutant("B254", "例子发现不了：承担的人改了", "规则 {rule}：把由谁承担从“{before}”改成“{after}”，没有一个例子因此改变"),
    _mutant("B255", "例子发现不了：档次改了", "规则 {rule}：把责任从“{before}”改成“{after}”，没有一个例子因此改变"),
    _mutant("B256", "例子发现不了：少了对人的条件", "规则 {rule}：去掉对人的条件“{before}”，没有一个例子因此改变"),
    _mutant("B257", "例子发现不了：对人的条件改了", "规则 {rule}：把对人的条件“{before}”改成“{after}”，没有一个例子因此改变"),
    _mutant("B258", "例子发现不了：少了适用的部分", "规则 {rule}：去掉“只适用于{before}”，没有一个例子因此改变"),
    _mutant("B259", "例子发现不了：其余不归本条", "规则 {rule}：去掉“其余归本条承担”（also: remainder），没有一个例子因此改变"),
    _mutant("B260", "例子发现不了：少了排除", "规则 {rule}：去掉“排除 {before}”，没有一个例子因此改变"),
    _mutant("B261", "例子发现不了：比例改了", "责任“{rule}”：把比例从 {before} 改成 {after}，没有一个例子因此改变"),
)

KINDS: tuple[Kind, ...] = (*_SITUATIONS, *_LIMITS, *_SCALE, *_GROUPS, *_EXAMPLES, *_MUTANTS)
