"""The fonts of the papers: GB/T 9704 names kinds of type (仿宋、小标宋、黑体、楷体、宋体), no font file.

A DOCX names fonts and carries none, so what the office has decides; enforce.yaml names them under
文书.字体. 仿宋_GB2312 and its like hold the 6763 characters of GB 2312 and no more: a name with 喆 or 玥
would show a foreign face in its middle, so such characters are set in the fuller font of the same kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from msgspec import Struct

BODY, HEADLINE, LEVEL_1, LEVEL_2, PAGE = "正文", "标题", "一级", "二级", "页码"
DEFAULTS: Mapping[str, str] = {
    BODY: "仿宋_GB2312", HEADLINE: "方正小标宋简体", LEVEL_1: "黑体", LEVEL_2: "楷体_GB2312", PAGE: "宋体",
}
"""What the shipped shells name, by the part a font plays; the keys of 文书.字体."""
STAND_INS: Mapping[str, str] = {
    "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "宋体", "方正仿宋简体": "仿宋", "方正楷体简体": "楷体",
}
"""A font that holds only GB 2312, or that few machines have → one of its kind with more characters."""
_ASKED = {"正文": BODY, "标题": HEADLINE, "一级": LEVEL_1, "一级标题": LEVEL_1, "二级": LEVEL_2, "二级标题": LEVEL_2,
          "页码": PAGE}


class Fonts(Struct, frozen=True):
    """The fonts the office asks for, by part; a part left out is as the shell has it."""

    asked: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, documents: Mapping[str, object]) -> Fonts:
        """From the 文书 section of enforce.yaml (Office.documents)."""
        names = documents.get("字体", documents.get("fonts"))
        if not isinstance(names, Mapping):
            return cls()
        asked = {_ASKED[key]: name for key, name in names.items() if key in _ASKED and isinstance(name, str) and name}
        return cls(tuple(sorted(asked.items())))

    def name(self, part: str) -> str | None:
        return dict(self.asked).get(part)


def narrow(font: str) -> bool:
    """Whether a font of this name holds no more than GB 2312."""
    return font.endswith("_GB2312") or font in STAND_INS


@lru_cache(4096)
def beyond_gb2312(character: str) -> bool:
    """Whether a character is missing from GB 2312 (signs below U+2E80 any font has)."""
    if character < "⺀":
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def rare(text: str) -> str:
    """The characters of a text that fonts of GB 2312 lack, each once, in order."""
    return "".join(dict.fromkeys(c for c in text if beyond_gb2312(c)))


def pieces(text: str, font: str) -> Iterator[tuple[str, str | None]]:
    """The text in runs, each with the stand-in font it needs, or None for the font itself."""
    stand_in = STAND_INS.get(font) if narrow(font) else None
    if stand_in is None or not rare(text):
        yield text, None
        return
    for beyond, run in groupby(text, beyond_gb2312):
        yield "".join(run), stand_in if beyond else None
