"""D3: the look of the papers - shells edited in Word or WPS, fonts, PDF."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

E, W = Level.ERROR, Level.WARNING

KINDS: tuple[Kind, ...] = (
    Kind("D301", E, "版式文件打不开", "版式文件不是能用的 DOCX",
         "用 Word 或者 WPS 另存为“Word 文档 (*.docx)”；没有改过样子的，删去它，就用随程序附带的",
         "版式文件是一份 Word 文档，放着红头、页码和每一种段落的样张。旧的 .doc、加了打开密码的文档、改了后缀的其他文件都读不了。",
         file="value"),
    Kind("D302", E, "版式文件过大", "版式文件过大",
         "删去里面的图片和用不着的内容，再另存",
         "每一份文书都由版式文件做成，解开以后最大 16 MiB；一份只有文字的版式不到 50 KB。", file="value"),
    Kind("D303", E, "版式文件里有会自己动作的内容", "版式文件里有会自己动作的内容（{what}）",
         "删去宏、控件、嵌入的对象、指向外部的模板和会取外部内容的域，另存为不带宏的 .docx",
         "宏、控件、外部链接会在收件人打开文书的时候运行程序、连接网络。文书是要送达、归档的，不能带这些。",
         file="value"),
    Kind("D304", E, "版式文件缺少样张", "版式文件里缺少样张：{styles}",
         "从随程序附带的版式文件里把这几个样式的样张段落复制过来",
         "每一种段落在版式文件里都要有一个用同名样式的样张，文书照它的样子排。可以改样张的字体、字号、缩进，不能删去它，也不能改样式的名字。",
         file="value"),
    Kind("D305", E, "没有转成 PDF", "{program} 没有把文书转成 PDF（最多等 {seconds} 秒）",
         "用 Word、WPS 打开 DOCX 另存为 PDF；或者先用 {program} 打开一次，看看它报告什么",
         "PDF 由办公软件从 DOCX 转成。程序出错或者等得太久就停止，不留下半份文件；DOCX 已经生成，不受影响。",
         file="value"),
)
