"""B3: counted facts, and two versions of one measure."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

W, INFO = Level.WARNING, Level.INFO

_COUNTED = "person_facts: {一年内次数: {values: [%s], count: {findings: decided, window: 12 months, match: any, by: decision}}}\n"

KINDS: tuple[Kind, ...] = (
    Kind("B301", W, "计次事实的值读不成次数", "“{fact}”写明要计次，但它的值（{values}）不能都读成互不重叠的次数，因此不计次，仍由案件写明",
         "把每个值写成次数，彼此不重叠，例如 零次、一次、二次以上",
         "计次事实由程序按仓库中的案件数出次数，再对应到办法所列的值。“以上”“以下”含本数，“超过”“不满”不含本数；"
         "“是、否”和“有、无”分别对应一次以上和零次。",
         _COUNTED % "偶尔, 经常", _COUNTED % "零次, 一次, 二次以上", file="rulebook"),
    Kind("B302", INFO, "有的次数没有对应的值", "“{fact}”所列的值中没有相当于 {number} 次的；计得这个次数时，这一事实按没有写明处理",
         "补上相应的值；本来就不需要的，可以不理会",
         "次数只数本案以外的案件：第一次被追究的人计得零次。没有对应的值时，读取这一事实的条件都不成立。",
         _COUNTED % "一次, 二次以上", _COUNTED % "零次, 一次, 二次以上", file="rulebook"),
    Kind("B311", W, "写明的次数与计得的次数不同", "{person}的“{fact}”写的是“{stated}”，按仓库中的案件计得 {number} 次（{since} 至 {until}），应为“{counted}”；以计得的为准",
         "核对这些案件：{cases}；确有仓库以外的案件的，先录入仓库",
         "办法写明要计次的事实由程序数出，手写的只用来核对。计入的案件逐件列出，可以复核。", file="value"),
    Kind("B312", W, "两个版本何者较轻不能确定", "{person}依行为时的“{older}”和后来的“{later}”结果不同，但何者较轻不能确定（{respects}）；暂适用行为时的办法",
         "请集体研究两个结果中哪一个对本人较轻，并记录理由",
         "从旧兼从轻：适用行为时的办法，后来的办法对本人较轻的才适用后来的。各方面一轻一重、或者无法比较时，"
         "程序不替本机关决定，适用行为时的办法并提示。", file="value"),
    Kind("B313", W, "后来的版本未能比较", "后来的“{later}”是否较轻不能比较：{reason}；暂适用行为时的办法", "补充比较所需的事实，或者改正所列的问题",
         "办法规定从旧兼从轻的，两个版本都要算出结果才能比较。依后来的版本不能认定的，把它所需的事实也写进案件；"
         "只有一个版本才有的事实、角色和情形，可以与另一版本的一起写。", file="value"),
)
