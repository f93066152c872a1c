"""The formats results are printed in, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from enforcecli.model.case import Case
from enforcecli.model.result import CaseResult
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.results import Data, as_dict, without_result
from enforcecli.output.shown import Checked


class Assessed(Checked, Protocol):
    """A file, its problems and, where it is a case that could be read, its result."""

    @property
    def result(self) -> CaseResult | None: ...
    @property
    def case(self) -> Case | None: ...


BookOf = Callable[[CaseResult], Rulebook | None]


def data_of(assessed: Assessed) -> Data:
    """The JSON object of one file, readable or not."""
    if assessed.result is None:
        return without_result(assessed.file, assessed.problems)
    return as_dict(assessed.result, assessed.problems)


def report(files: Iterable[Assessed], form: str, *, single: bool, book_of: BookOf,
           explain: bool = False) -> Iterator[str]:
    """Pieces of the report in every format but text. `single`: one object instead of a list.
    KeyError for an unknown format."""
    if form == "md":
        return _md(files, book_of, explain)
    return {"json": _json, "jsonl": _jsonl, "yaml": _yaml}[form](files, single)


def _json(files: Iterable[Assessed], single: bool) -> Iterator[str]:
    from enforcecli.output.jsonio import dumps

    if single:
        yield from (dumps(data_of(assessed)) + "\n" for assessed in files)
        return
    yield "["
    comma = "\n"
    for assessed in files:
        yield comma + dumps(data_of(assessed))
        comma = ",\n"
    yield "\n]\n"


def _jsonl(files: Iterable[Assessed], single: bool) -> Iterator[str]:
    from enforcecli.output.jsonio import dumps

    yield from (dumps(data_of(assessed), indent=None) + "\n" for assessed in files)


def _yaml(files: Iterable[Assessed], single: bool) -> Iterator[str]:
    from enforcecli.output.result_yaml import lines

    some = False
    for assessed in files:
        some = True
        data = data_of(assessed)
        yield "".join(f"{line}\n" for line in lines(data if single else [data]))
    if not some and not single:
        yield "[]\n"


def _md(files: Iterable[Assessed], book_of: BookOf, explain: bool) -> Iterator[str]:
    from enforcecli.output.result_md import problems_md, render

    gap = ""
    for assessed in files:
        yield gap
        if assessed.result is not None:
            book = book_of(assessed.result)
            texts = render(assessed.result, book, explain=explain, case=assessed.case, file=assessed.file)
            yield "".join(f"{line}\n" for line in texts)
            if assessed.result.receipt.committed is not None:
                from enforcecli.output.receipt_text import entries

                yield "".join(f"\n- {label}：`{words}`" for label, words in entries(assessed.result)) + "\n"
        yield "".join(f"{line}\n" for line in problems_md(assessed))
        gap = "\n"
