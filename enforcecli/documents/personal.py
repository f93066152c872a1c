"""What leads to a person in Chinese text: names, numbers, addresses."""

from __future__ import annotations

import re

COMPOUND = frozenset(re.findall(
    "..",
    "欧阳司马上官诸葛东方皇甫尉迟公孙令狐慕容宇文长孙司徒夏侯端木百里南宫独孤轩辕太史申屠公冶宗政濮阳"
    "淳于单于赫连澹台钟离闻人万俟呼延拓跋纳兰完颜第五东郭西门南门左丘梁丘公羊闾丘司空司寇仲孙鲜于亓官"))  # fmt: skip
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付"
    "方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文洪季岳艾纪庞樊兰殷施牛温芦童翟左邢葛倪路梅游俞章鲁"
    "韶柳娄骆尚齐焦聂祝盛成辛柯裴詹关柴鲍项单甘欧阮包喻凌阎盘岑褚翁宁舒庄解宫符麻阳尤耿霍冉查车司穆蓝植连奚缪瞿祁费苗冷管桑卜屈蒲"
    "鄢应隋米牟靳车苟匡巫储谷佟仇巩仲池滕粟芮邬农娜卓代桂冀晏宗"
    "傅汝佘丛郎涂窦臧房熊肖闵郁明习郗简沙鞠迟狄么"
)  # fmt: skip
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,8}")
_NOT_NAMES = re.compile(
    "(?:厂|公司|站|所|中心|合作社|会|企业|店|行|部|社|院|校|局|政府|场|队|组|乡|镇|村|县|市|办|委|处|科|股|长|员|任|记|户|者|人|群众|国家|集体|农民|经理)$")

_ADDRESS = re.compile(
    r"[\u4e00-\u9fff0-9]{0,12}(?:村|社区|路|街|巷|弄|小区|屯|寨|花园)[\u4e00-\u9fff]{0,6}"
    r"[0-9０-９一二三四五六七八九十百]{1,6}(?:号院|号楼|号|组|社|栋|幢|单元|室|户)"
    r"(?:[0-9０-９一二三四五六七八九十百-]{1,6}(?:号楼|号|栋|幢|单元|室|层|楼)){0,4}(?!证)")
PATTERNS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("邮箱", re.compile(r"[0-9A-Za-z._%+-]{1,64}@[0-9A-Za-z-]{1,63}(?:\.[0-9A-Za-z-]{1,63}){1,4}"), "（邮箱略）"),
    ("证件号码", re.compile(r"(?<![0-9A-Za-z])[0-9]{15,19}[Xx]?(?![0-9A-Za-z])"), "（号码略）"),
    ("电话", re.compile(r"(?<![0-9A-Za-z-])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9A-Za-z])"), "（电话略）"),
    ("车牌号", re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•]?[0-9A-HJ-NP-Z]{5,6}"), "（车牌略）"),
    ("住址", _ADDRESS, "（住址略）"),
)
"""Sort, what it looks like, what stands in its place."""


def family_name(name: str) -> str:
    """欧阳明 → 欧阳, 张三 → 张, 阿布都·买买提 → 阿."""
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]


def looks_like_a_name(text: str) -> bool:
    """Whether a word that stands for somebody is a personal name: a known surname and one to three
    more characters, or a name with an interpunct. 农户, 企业 and 林业站 are none."""
    if _NAME.fullmatch(text) is None:
        return False
    if "·" in text:
        return True
    surname = family_name(text)
    return 2 <= len(text) <= 4 and (surname in SURNAMES or surname in COMPOUND) and _NOT_NAMES.search(text) is None


def without_numbers(text: str) -> str:
    """The text without numbers of documents, telephones, addresses, mail and cars."""
    for _, pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return text
