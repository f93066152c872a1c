"""`enforce new` as a function: from the answers so far to the next question. Pure; the terminal, a file of
answers and options of the command line are three ways to feed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from enforcecli.authoring.asking import Ask, act_day, agreed, count, day, given, names, people, text, wants
from enforcecli.authoring.content import Content, Path
from enforcecli.authoring.finding_questions import FINDINGS, INVOLVED, about_finding
from enforcecli.authoring.questions import ASIDE, NO, YES, Answers, Option, Question
from enforcecli.language import _
from enforcecli.model.roster import Office, Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.case import shape_and_reader

COURT = "法院裁判"


class World(Struct, frozen=True):
    """What a dialogue knows besides its answers. `book_on`: the book of a measure in force on a day, or the
    words why there is none. `number`: the next free case number for a year (None: not known)."""

    office: Office | None
    roster: Roster | None
    measures: tuple[str, ...]
    book_on: Callable[[str, date], Rulebook | str]
    number: Callable[[int | None], str]
    english: bool = False


def next_question(world: World, answers: Answers) -> Question | None:
    """The first question not yet answered; None at the end."""
    return next((q for q in questions(world, answers) if q.path not in answers), None)


def questions(world: World, answers: Answers) -> Iterator[Question]:
    """Every question in its order, up to the first that is open: what follows depends on its answer."""
    for question in _script(world, answers):
        yield question
        if question.path not in answers:
            return


def book_of(world: World, a: Answers) -> Rulebook | str | None:
    """The book of the case; the words why there is none; None before its day is known."""
    named = text(a, "适用办法") or (world.office.measure if world.office is not None else None)
    on = act_day(a)
    return world.book_on(named, on) if named and on is not None else None


def _script(world: World, a: Answers) -> Iterator[Question]:
    book = book_of(world, a)
    ask = Ask(shape_and_reader(book if isinstance(book, Rulebook) else None)[0], world.english)
    yield ask("案由", words=_("案由：一句话写明何事"), required=True)
    if world.office is None or world.office.measure is None:
        options = tuple(Option(m) for m in world.measures)
        yield ask("适用办法", options=options, required=True, free=False,
                  default=options[0].value if len(options) == 1 else None)
    yield from _act(world, ask, a, book)
    yield from _clue(ask, a)
    if isinstance(book, Rulebook):
        yield from _findings(world, ask, a, book)
    yield from _filing(world, ask, a)
    yield ask("案号", words=_("案号"), required=True, default=world.number(year_of(a)))


def _act(world: World, ask: Ask, a: Answers, book: object) -> Iterator[Question]:
    act = "行为"
    yield ask(act, "种类", words=_("被追究的是哪一种执法行为"))
    yield ask(act, "类型", words=_("作为还是不作为"), default="作为")
    if text(a, act, "类型") == "不作为":
        yield ask(act, "期间", "起", words=_("不作为从哪一天开始"), required=True)
        yield ask(act, "期间", "止", words=_("不作为到哪一天为止（据此选定办法的版本）"), required=True)
    else:
        yield ask(act, "日期", words=_("行为是哪一天作出的（据此选定办法的版本）"), required=True)
    yield ask(act, "文号", words=_("行为的文书文号"))
    yield ask(act, "作出机关", words=_("以哪个机关的名义作出"), default=world.office.organ if world.office is not None else None)
    units = tuple(Option(u.name, u.affiliation or "") for u in world.roster.units.values()) if world.roster is not None else ()
    yield ask(act, "承办单位", words=_("由哪个站所承办"), options=units)
    yield ask(act, "权限来源", words=_("执法权从哪里来"))
    yield ask(act, "相对人", words=_("行政相对人"))
    laws = tuple(Option(law.name, law.now or "") for law in book.legal_basis) if isinstance(book, Rulebook) else ()
    yield ask(act, "依据", words=_("所依据的法律法规（可以几部）"), options=laws)


def _clue(ask: Ask, a: Answers) -> Iterator[Question]:
    clue = "线索"
    yield ask(clue, "来源", words=_("线索从哪里来"))
    if not text(a, clue, "来源"):
        return
    yield from ask.all((clue, "机关"), (clue, "文书"), (clue, "日期"), (clue, "结果"))
    if text(a, clue, "来源") == COURT:
        yield from ask.all((clue, "审级"), (clue, "生效日期"))


def _findings(world: World, ask: Ask, a: Answers, book: Rulebook) -> Iterator[Question]:
    kind = text(a, "行为", "种类")
    outside = next((s.reason for s in book.scope if kind in s.kinds), None)
    i = 0
    while True:
        name: Path = (FINDINGS, i)
        if i > 0:
            words, default = _("还有别的过错要写吗"), NO
        elif outside is not None:
            words, default = _("{reason}；仍然要写过错事实吗").format(reason=outside), NO
        else:
            words, default = _("现在写过错事实吗（只登记线索的选“否”）"), YES
        yield from wants(a, name, words, default, FINDINGS, i)
        if not agreed(a, name, FINDINGS, i):
            return
        yield from about_finding(ask, a, book, world.roster, i)
        i += 1


def _filing(world: World, ask: Ask, a: Answers) -> Iterator[Question]:
    """A case is filed with a fault and somebody concerned."""
    if not given(a, FINDINGS, 0, INVOLVED):
        return
    if count(a, FINDINGS) > 1:
        yield from ask.all(*((FINDINGS, i, "全案占比") for i in range(count(a, FINDINGS))))
    yield from wants(a, ("立案",), _("已经立案了吗"), NO, "程序", "立案")
    if agreed(a, ("立案",), "程序", "立案"):
        yield ask("程序", "立案", "日期", words=_("立案的日期"), required=True)
        known = people(world.roster, day(a, "程序", "立案", "日期"))
        yield ask("程序", "立案", "批准", words=_("批准立案的人"), required=True, options=known, free=not known, plus=bool(known),
                  borne=names(world.roster))


def year_of(a: Answers) -> int | None:
    """The year a case is counted in: that of its latest date so far."""
    days = [d for path in (("程序", "立案", "日期"), ("线索", "日期"), ("行为", "期间", "止"), ("行为", "日期"))
            if (d := day(a, *path)) is not None]
    return max(d.year for d in days) if days else None


def content(answers: Answers) -> dict[str, Content]:
    """The case file the answers make: what was passed over is left out."""
    found: dict[str, Content] = {}
    for path, value in answers.items():
        if value in ("", []) or path[0] == ASIDE:
            continue
        put(found, path, value)
    if "阶段" not in found:
        filed = given(answers, "程序", "立案")
        found["阶段"] = "立案" if filed else "线索"
    return found


def put(into: dict[str, Content], path: Path, value: Content) -> None:
    """Puts a value at its path; a list begun in the middle is filled with empty mappings."""
    here: Content = into
    for step, following in zip(path, [*path[1:], None], strict=True):
        empty: Content = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(here, list) and isinstance(step, int):
            here.extend({} for _n in range(step + 1 - len(here)))
            if following is None or (not here[step] and isinstance(following, int)):
                here[step] = empty
            here = here[step]
        elif isinstance(here, dict):
            here = here.setdefault(str(step), empty)


def flat(content: Content, path: Path = ()) -> Iterator[tuple[Path, Content]]:
    """The answers that would make this content."""
    if isinstance(content, dict) and content:
        for key, value in content.items():
            yield from flat(value, (*path, key))
    elif isinstance(content, list) and any(not isinstance(item, str) for item in content):
        for n, item in enumerate(content):
            yield from flat(item, (*path, n))
    else:
        yield path, content


def comments(answers: Answers, book: Rulebook | None) -> Mapping[Path, str]:
    """What stands behind values: the item chosen, the question a fact answers."""
    found: dict[Path, str] = {}
    for i in range(count(answers, FINDINGS)) if book is not None else ():
        found.update(_of_finding(answers, book, i) if book is not None else {})
    return found


def _of_finding(answers: Answers, book: Rulebook, i: int) -> dict[Path, str]:
    names: dict[str, str] = {}
    for fault in book.faults.values():
        names |= {fault.code: f"{fault.cite} {fault.name}"}
        names |= {code: f"{fault.cite} {words}" for code, words in fault.options.items()}
    chosen = answers.get((FINDINGS, i, "情形"), [])
    told = "；".join(names[c] for c in chosen if isinstance(c, str) and c in names)
    found: dict[Path, str] = {(FINDINGS, i, "情形"): told} if told else {}
    found |= {(FINDINGS, i, name): fact.ask for name, fact in book.facts.items() if fact.ask and fact.ask != name}
    return found
