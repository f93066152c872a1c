"""测算凭证 in words: what an answer was computed from, so that anybody can compute it again."""

from __future__ import annotations

from collections.abc import Iterator

from enforcecli.language import _
from enforcecli.model.result import CaseResult
from enforcecli.output.results import digest
from enforcecli.output.width import pad, width


def lines(result: CaseResult) -> Iterator[str]:
    """The receipt, line by line."""
    rows = list(entries(result))
    size = max(width(label) for label, _words in rows)
    yield _("测算凭证")
    yield from (f"  {pad(label, size, 'left')}  {words}".rstrip() for label, words in rows)


def entries(result: CaseResult) -> Iterator[tuple[str, str]]:
    """(label, words). Digests whole: they are there to be compared."""
    receipt = result.receipt
    yield _("程序"), receipt.tool
    if receipt.rulebook is not None:
        yield _("办法"), receipt.rulebook
        yield _("办法摘要"), receipt.rulebook_sha256 or ""
    yield _("案件摘要"), receipt.case_sha256
    if receipt.day is not None:
        yield _("行为日期"), receipt.day
    yield _("提交"), _commit(receipt.commit, receipt.committed)
    yield _("结果摘要"), digest(result)


def _commit(commit: str | None, committed: bool | None) -> str:
    if committed:
        return commit or ""
    return _("现在的内容还没有提交") if commit is not None else _("不在 git 仓库里，或者还没有提交")
