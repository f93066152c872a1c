"""X2: answers of the dialogue of `enforce new`."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

E = Level.ERROR

KINDS: tuple[Kind, ...] = (
    Kind("X201", E, "这一题要回答", "“{key}”要回答，不能跳过", "写明这一项",
         "登记一件案件至少要有案由、行为的日期和案号；写过错事实的，要有情形、涉及的人和角色。没有这些，案件认不出来，责任也无从测算。",
         file="answer"),
    Kind("X202", E, "没有这个选项", "“{key}”没有“{written}”这个选项", "可以写编号、原词或者其中几个字；有：{allowed}",
         "有的题目只能从列出的选项里选。可以输入编号、选项本身，或者选项和说明里的几个字；输入 ? 全部列出。", file="answer"),
    Kind("X203", E, "对得上几个选项", "“{written}”对得上“{key}”的几个选项：{several}", "多写几个字，或者写编号",
         "输入的几个字在不止一个选项里都有，分不清是哪一个。", file="answer"),
    Kind("X204", E, "名册里没有这个人", "名册里没有“{written}”", "核对姓名；确实是名册以外的人，在姓名前加 + 号（+{written}）",
         "涉及的人从名册里选。名册里没有的，要在姓名前加 + 号，免得打错一个字就多出一个人。", file="answer"),
    Kind("X205", E, "没有写完的一份读不出来", "编号为 {draft} 的没有写完的一份读不出来", "删去 .enforce/drafts/ 里的这个文件，重新写",
         "enforce new 每答一题存一次，存在案件仓库的 .enforce/drafts/ 里。文件被改动过或者损坏了就读不出来。", file="answer"),
    Kind("X206", E, "要回答是或者否", "“{written}”不是这一题的回答", "回答 1（{yes}）或者 2（{no}）",
         "只有是和否两个选项的题目，回答编号或者“是”“否”；按回车采用〔 〕里的。", file="answer"),
    Kind("X207", E, "名册里有同名的人", "名册里有叫“{written}”的人，加 + 号也会当成名册里的那个人",
         "就是名册里的人，去掉 + 号；不是同一个人的，在姓名后面写明单位，例如 +{written}（县林业局）",
         "案件里写到的姓名先从名册里查。名册以外的人与名册里的人同名时，要写得能够区分，免得张冠李戴。", file="answer"),
)
