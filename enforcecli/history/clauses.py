"""Under which item of a measure's own catalogue it falls to tamper with files, or with a decision in force."""

from __future__ import annotations

import re

from enforcecli.model.rulebook import Rulebook

_IN_FORCE = re.compile(r"擅自(?:变更|改变|撤销).*决定")
_FILES = re.compile(r"(?:隐匿|隐瞒|涂改|更改|篡改|伪造|销毁).*(?:案卷|文书|证据|材料)")


def clause(book: Rulebook | None, *, in_force: bool) -> str | None:
    """The clause in the words of the book; None where it has no such item: no other measure's is cited."""
    if book is None:
        return None
    wanted = _IN_FORCE if in_force else _FILES
    return next((fault.cite for fault in book.faults.values() if wanted.search(fault.words.text or "")), None)
