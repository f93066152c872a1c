"""What the office chose to do: methods, referrals, their performance."""

from __future__ import annotations

from datetime import date

from enforcecli.checks.common import CLOSING, Found, View, named, nearest
from enforcecli.checks.stages import lifted
from enforcecli.model.case import MethodChoice
from enforcecli.model.problem import Path, problem
from enforcecli.model.rulebook import Method, Rulebook

OTHER = "其他"
_NOTHING: frozenset[str] = frozenset()
_SANCTIONS = ("处分", "政务", "警告", "记过", "降级", "撤职", "开除")


def check(view: View, out: Found) -> None:
    case, book = view.case, view.book
    decided = case.procedure.decision.day if case.procedure.decision is not None else None
    for written, choices in case.dispositions.items():
        if view.person(written) not in view.involved:
            out.append(problem("C501", ("dispositions", written), on_key=True, person=written))
        seen: set[str] = set()
        for k, choice in enumerate(choices):
            where: Path = ("dispositions", written, k)
            if choice.method == OTHER:
                _other(choice, where, out)
            elif choice.method in seen:
                out.append(problem("C508", where, person=written, method=named(book, choice.method)))
            else:
                seen.add(choice.method)
                if book is not None and book.methods:
                    _method(view, written, choice, decided, where, out)
            if choice.term is not None and decided is not None and choice.term < decided:
                out.append(problem("C505", (*where, "term"), term=choice.term, decided=decided))
    _papers(view, out)
    if case.referrals:
        _referrals(view, out)
    if case.performance:
        _performance(view, out)
    if view.stage >= CLOSING:
        _left_open(view, out)


def _other(choice: MethodChoice, where: Path, out: Found) -> None:
    """“等” admits another method only with its name, its organ and a legal basis of its own."""
    if not choice.name:
        out.append(problem("C504", where))
    if not choice.organ:
        out.append(problem("C509", where, name=choice.name or OTHER))
    if not choice.basis:
        out.append(problem("C510", where, name=choice.name or OTHER))


def _method(view: View, written: str, choice: MethodChoice, decided: date | None, where: Path,
            out: Found) -> None:
    book = view.book
    method = book.methods.get(choice.method) if book is not None else None
    if book is None or method is None:
        out.append(problem("C502", where, method=choice.method, suggestion=_nearest_method(choice.method, book),
                           known="、".join(f"{m.code} {m.name}" for m in book.methods.values())
                           if book is not None else ""))
        return
    if choice.term is None and "期限" in method.needs:
        out.append(problem("C503", (*where, "term"), method=named(book, method.code), cite=method.cite))
    if "处分" in method.name and view.case.prior:
        _second_sanction(view, written, method, where, out)
    if decided is not None and decided.month <= 2 and "考核" in method.name \
            and view.case.appraisal_year is None:
        out.append(problem("C507", where, decided=decided, cite=method.cite,
                           method=named(book, method.code)))


def _nearest_method(word: str, book: Rulebook | None) -> str:
    """The method meant, by its name or by a code written alike; '' if none is near."""
    if book is None:
        return ""
    by_name = {m.name: m.code for m in book.methods.values()}
    like = nearest(word.strip().upper(), (*book.methods, *by_name))
    return named(book, by_name.get(like, like))


def _second_sanction(view: View, written: str, method: Method, where: Path, out: Found) -> None:
    who = view.person(written)
    for sanction in view.case.prior:
        if sanction.person is not None and view.person(sanction.person) == who \
                and sanction.kind is not None and any(s in sanction.kind for s in _SANCTIONS):
            out.append(problem("C506", where, person=written, prior=sanction.kind,
                               method=named(view.book, method.code)))
            return


def _papers(view: View, out: Found) -> None:
    """One document number, one person of the case, one decision."""
    decision = view.case.procedure.decision
    if decision is None or not decision.documents:
        return
    numbers: dict[str, str] = {}
    for written, number in decision.documents.items():
        where: Path = ("procedure", "decision", "documents", written)
        if view.person(written) not in view.involved:
            out.append(problem("C511", where, on_key=True, person=written))
        if number in numbers:
            out.append(problem("C512", where, number=number, person=numbers[number]))
        numbers[number] = written


def _referrals(view: View, out: Found) -> None:
    involved = view.involved
    for k, referral in enumerate(view.case.referrals):
        where: Path = ("referrals", k)
        if referral.person is not None and view.person(referral.person) not in involved:
            out.append(problem("C513", (*where, "person"), person=referral.person))
        if not referral.to or (referral.person is None and not referral.matter):
            out.append(problem("C514", where))


def _performance(view: View, out: Found) -> None:
    """执行 of something nobody chose: a slip, or a choice not written down."""
    chosen = {view.person(w): {word for c in choices for word in (c.method, c.name) if word}
              for w, choices in view.case.dispositions.items()}
    names = {m.name: m.code for m in view.book.methods.values()} if view.book is not None else {}
    for written, items in view.case.performance.items():
        have = chosen.get(view.person(written), _NOTHING)
        for k, item in enumerate(items):
            matter = item.matter
            if matter is None or item.amount is not None or matter in have or names.get(matter) in have:
                continue
            if matter in names or matter in names.values():
                out.append(problem("C515", ("performance", written, k), person=written, matter=matter))


def _left_open(view: View, out: Found) -> None:
    """At 结案: what was ordered with a term is done, what was appealed is answered."""
    case = view.case
    done = {(view.person(w), i.matter) for w, items in case.performance.items() for i in items
            if i.done_on is not None}
    if "S602" not in lifted(case):
        for written, choices in case.dispositions.items():
            for k, choice in enumerate(choices):
                if choice.term is not None and not _is_done(view, written, choice, done):
                    out.append(problem("C516", ("dispositions", written, k), person=written,
                                       method=named(view.book, choice.method, choice.name), term=choice.term))
    for k, appeal in enumerate(case.appeals):
        if not appeal.result:
            out.append(problem("C517", ("appeals", k, "result")))


def _is_done(view: View, written: str, choice: MethodChoice, done: set[tuple[str, str | None]]) -> bool:
    who = view.person(written)
    method = view.book.methods.get(choice.method) if view.book is not None else None
    names = (choice.method, choice.name, method.name if method is not None else None)
    return any((who, name) in done for name in names if name is not None)


