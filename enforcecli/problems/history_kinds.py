"""V: git and the repository as such - what keeps it from being read, or a commit from being made."""

from __future__ import annotations

from enforcecli.model.problem import Kind, Level

E = Level.ERROR

KINDS: tuple[Kind, ...] = (
    Kind("V-NOGIT", E, "没有找到 git", "这台机器上没有找到 git，或者不能运行",
         "安装 git（https://git-scm.com）以后再试；已经安装的，检查它所在的目录是否在 PATH 里",
         "案件的历史由 git 保存，查看、封存、核验都要用它。", file="value"),
    Kind("V-NOREPO", E, "不在 git 仓库里", "{path} 不在 git 仓库里",
         "进入案件仓库再运行；还没有仓库的，用 enforce init 建立",
         "历史、封存、核验只对 git 仓库有意义。只认上级目录里的“.git”；仿照 git 内部结构放在仓库里的目录一律不认。",
         file="value"),
    Kind("V-OWNER", E, "仓库属于另一个用户", "{path} 属于另一个用户，git 拒绝读取",
         "核对这个目录从哪里来；确实可信的，由本人运行 git config --global --add safe.directory 后面写上这个目录",
         "别人的仓库里可能放着会被执行的设置，git 因此先要本人确认。不要把 safe.directory 写成“*”。", file="value"),
    Kind("V-DENIED", E, "没有读写仓库的权限", "没有读写 {path} 里 git 数据的权限",
         "请管理员给这个用户相应的权限", "仓库的数据打不开，什么也不能断定。", file="value"),
    Kind("V-BROKEN", E, "git 不能读取仓库", "git 不能读取或者写入这个仓库：{words}",
         "运行 git fsck 查看；从备份或者另一份副本恢复，不要自行修补",
         "仓库的结构、设置或者数据有损坏时，程序不猜测，照实转告 git 的说法。", file="value"),
    Kind("V-OBJECT", E, "仓库里的一个对象读不出", "对象 {oid} 缺失、损坏或者过大",
         "从备份或者另一份副本恢复；浅克隆、部分克隆的，先取全：git fetch --unshallow 或者重新完整克隆",
         "对象的名称是其内容的摘要，读出的内容与名称不符即为损坏。缺了它，历史不能断定。", file="value"),
    Kind("V-NOBUNDLE", E, "不是归档的文件", "{file} 不是 enforce anchor export --bundle 写出的文件，或者已经损坏，或者没有现在这个分支",
         "核对文件名和现在的分支；从档案另取一份", "归档的文件里有写出它那一天的全部历史。", file="value"),
    Kind("V-REV", E, "没有这个版本", "没有“{rev}”这个提交、分支或者标签",
         "用 git log --oneline 查看提交的编号；克隆时只取了一部分历史的（持续集成常常如此），先运行 git fetch --unshallow", "要比较、核查的版本必须在仓库里。", file="value"),
    Kind("V-IDENT", E, "git 不知道是谁", "git 里没有设置姓名和邮箱，不知道是谁在操作",
         "运行 git config --global user.name 姓名 和 git config --global user.email 邮箱，邮箱与名册里的一致",
         "每次提交都记下是谁。没有身份的提交不能作为办理的记录。", file="value"),
    Kind("V-DETACHED", E, "没有处在分支上", "现在检出的是一个单独的提交，不在任何分支上",
         "运行 git switch 后面写上分支名，回到分支再试",
         "不在分支上的提交没有名称可循，以后会丢失。", file="value"),
    Kind("V-LOCK", E, "仓库正被占用", "另一个程序正占用 {ref}，没有写入",
         "等它结束再试；确认没有程序在运行而仍然这样的，请管理员查看 .git 里以 .lock 结尾的文件是何时留下的",
         "锁可能属于正在工作的人，程序从不自行删除。", file="value"),
    Kind("V-MOVED", E, "分支一直在变动", "{ref} 一直在变动，多次尝试仍没有写入",
         "过一会儿再试", "别人同时在提交时，程序在新的提交之上重做；一直抢不到时停下来，什么也没有写入。", file="value"),
)
