"""One run of `enforce new`: questions asked, answers kept, the outcome told, the file written."""

from __future__ import annotations

import sys
from pathlib import Path

from enforcecli.authoring import drafts
from enforcecli.authoring.asking import yes_no
from enforcecli.authoring.case_text import case_text
from enforcecli.authoring.content import Content
from enforcecli.authoring.content import Path as Place
from enforcecli.authoring.dialogue import World, book_of, comments, content, next_question
from enforcecli.authoring.finding_questions import FINDINGS, outcome
from enforcecli.authoring.importing import as_lines, of_reading
from enforcecli.authoring.numbers import place_of
from enforcecli.authoring.prefilled import ABSENT, UNKNOWN, Prefilled, at_origins
from enforcecli.authoring.questions import ASIDE, NO, YES, Question
from enforcecli.cli import asking, streams
from enforcecli.cli.telling import tell_at
from enforcecli.desk.examine import Examined, examine_case
from enforcecli.language import _
from enforcecli.model.problem import Level, Problem
from enforcecli.model.result import FindingResult, Why
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.exits import INTERRUPT, OK, PROBLEM, UNREADABLE
from enforcecli.output.problem_text import of_file
from enforcecli.output.result_text import render
from enforcecli.output.result_words import grades_word, share_word, undecided_head
from enforcecli.output.shown import Checked, Told, show
from enforcecli.output.style import style_for
from enforcecli.output.width import COLUMNS, flow, hang, wrap
from enforcecli.problems import level
from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.workspace import Workspace
from enforcecli.text.document import parse
from enforcecli.text.write import create, made


class Session:
    """The answers of one case, from the first to the file."""

    def __init__(self, workspace: Workspace, world: World) -> None:
        self.workspace, self.world = workspace, world
        self.answers: dict[Place, Content] = {}
        self._given: Prefilled | None = None
        self._draft: Path | None = None
        self._asked: list[Place] = []
        self._told: str = ""

    # answers

    def take_up(self, number: int | None) -> int | None:
        """Goes on with a draft: the latest, or the one named. The exit code where there is none."""
        known = drafts.drafts(self.workspace.root)
        wanted = [p for p in known if number is None or int(p.stem) == number]
        if not wanted:
            streams.say(_("没有写了一半的案件") if number is None else _("没有编号为 {number} 的一份").format(number=number))
            return PROBLEM
        answers = drafts.load(wanted[-1])
        if isinstance(answers, Problem):
            streams.say(flow(show(answers).message))
            return UNREADABLE
        self._draft, self.answers = wanted[-1], answers
        self._asked = list(answers)
        streams.say(_("接着写：{title}（已答 {count} 题）").format(
            title=flow(str(answers.get(("案由",), wanted[-1].stem))), count=len(answers)))
        return None

    def prefill(self, given: Prefilled) -> None:
        """Takes up the answers of a file and of options."""
        self._given = given
        self.answers.update({path: value for path, value in given.answers.items()
                             if path != ("案号",) or value not in ("", [], {})})  # left empty: the next number

    def pass_over(self) -> Question | None:
        """Answers every open question as if nobody had been asked; the first that needs an answer."""
        while (question := next_question(self.world, self.answers)) is not None:
            if question.default is None and question.required:
                return question
            default = NO if question.path[0] == ASIDE else question.default or ""
            self.answers[question.path] = [default] if question.many and default else default
        return None

    def converse(self, *, dry_run: bool) -> int:
        """The dialogue. Whatever ends it, what was answered is kept."""
        asking.prepare()
        self._greet()
        try:
            while (question := next_question(self.world, self.answers)) is not None:
                self._one(question)
            return self.finish(dry_run=dry_run, asked=True)
        except asking.EndOfAnswers:
            self._keep_for_later()
            return INTERRUPT
        except KeyboardInterrupt:
            streams.say("")
            self._keep_for_later()
            raise

    def _greet(self) -> None:
        for line in hang("", _("逐项提问。按回车跳过或者采用〔 〕里的；输入 < 回到上一题，输入 ? 看说明；"
                               "随时可以按 Ctrl-C 停下，答过的都会存着。")):
            streams.say(line)
        others = [p.stem for p in drafts.drafts(self.workspace.root) if p != self._draft]
        if others and self._draft is None:
            streams.say(_("另有没有写完的 {count} 份，用 enforce new --resume 接着写").format(count=len(others)))

    def _one(self, question: Question) -> None:
        try:
            self.answers[question.path] = asking.ask(question)
        except asking.GoBack:
            self._back()
            return
        self._asked.append(question.path)
        self._save()
        self._tell_outcome(question.path)

    def _back(self) -> None:
        if not self._asked:
            streams.say("  " + _("这是第一题"))
            return
        self.answers.pop(self._asked.pop(), None)
        self._save()

    def _save(self) -> None:
        if self._draft is None:
            self._draft = drafts.begin(self.workspace.root, self.answers)
        else:
            drafts.save(self._draft, self.answers)

    def _keep_for_later(self) -> None:
        if self._draft is not None and self.answers:
            streams.say(_("答过的 {count} 题已经存好，用 enforce new --resume 接着写").format(count=len(self.answers)))

    # the outcome as it forms

    def _tell_outcome(self, path: Place) -> None:
        book = book_of(self.world, self.answers)
        if isinstance(book, str) and path[0] == "行为" and book != self._told:
            self._told = book
            self._say(_("注意："), book)
        if path[0] != FINDINGS or not isinstance(path[1], int) or not isinstance(book, Rulebook):
            return
        found = outcome(self.answers, book, self.world.office, path[1])
        half_said = found is None or (found.undecided is not None and found.undecided.kind is Why.PROBLEM)
        told = "" if half_said or found is None else _forming(found)
        if told and told != self._told:
            self._told = told
            self._say(_("目前："), told)

    @staticmethod
    def _say(head: str, text: str) -> None:
        style = style_for(sys.stderr)
        for line in hang(head, flow(text), "  "):
            streams.say(style.paint(line, "info"))

    # the file

    def finish(self, *, dry_run: bool, asked: bool) -> int:
        """Shows what the case comes to and writes it."""
        text, number = self._text(), str(content(self.answers).get("案号", ""))
        place = place_of(number)
        examined = self._examined(text, place or "")
        unread = [p for p in examined.problems if of_reading(p) and level(p) is Level.ERROR]
        if dry_run:
            if not sys.stdout.isatty():
                streams.utf8()  # a case is a file, whatever the terminal
            streams.write([text])
        elif not unread or asked:
            self._show_result(examined)
        if unread and not asked and self.tell_misread():
            streams.say(_("没有写文件：先改正上面的错误"))
            return PROBLEM
        tell(examined)
        if place is None:
            streams.say(_("“{number}”不是案号，没有写文件").format(number=flow(number)))
            return PROBLEM
        if dry_run:
            return _code(examined)
        return self._write(examined, text, place, asked=asked)

    def tell_misread(self, *, absent: bool = True) -> bool:
        """Says what in the answers given beforehand cannot be read, where it was written; unknown keys first.
        `absent`: and what is missing beside them."""
        given = self._given
        if given is None:
            return False
        text, paths = as_lines(content(self.answers))
        wrong = [p for p in self._examined(text, "").problems
                 if of_reading(p) and level(p) is Level.ERROR and (absent or p.code != ABSENT)]
        placed = at_origins(given, paths, sorted(wrong, key=lambda p: p.code not in UNKNOWN))
        file = given.file
        if file is not None and any(not key for key, _p in placed):
            tell(Told(file.file, [p for key, p in placed if not key], file.text))
        for key, p in placed:
            if key:
                tell_at(f"--set {key}", p)
        return bool(placed)

    def _text(self) -> str:
        book = book_of(self.world, self.answers)
        known = book if isinstance(book, Rulebook) else None
        said = content(self.answers)
        shape = shape_and_reader(known)[0]
        names = [f.keys[-1] if self.world.english else f.label for f in shape.fields
                 if f.label not in said and f.name in LATER]
        head = "\n".join((
            _("井号后面的是说明，不影响测算；本文件可以用任何文本编辑器修改"),
            _("以后办到哪一步补到哪一步（{keys}），随时用 enforce validate 看还缺什么").format(keys=_("、").join(names))))
        return case_text(said, shape, english=self.world.english, comments=comments(self.answers, known), head=head)

    def _examined(self, text: str, place: str) -> Examined:
        data = text.encode("utf-8", "backslashreplace")
        return examine_case(parse(data, place), self.workspace, place, "")

    def _show_result(self, examined: Examined) -> None:
        if examined.case is None or examined.result is None or not examined.result.findings:
            return
        streams.say("")
        for line in render(examined.result, examined.book, style_for(sys.stderr), case=examined.case, file=examined.file):
            streams.say(line)

    def _write(self, examined: Examined, text: str, place: str, *, asked: bool) -> int:
        path = self.workspace.root / place
        if asked and asking.ask(yes_no(("写入",), _("写成 {file} 吗").format(file=place), YES)) != YES:
            self._keep_for_later()
            return OK
        directory = made(path.parent, self.workspace.root)
        if not create(directory / path.name, text.encode("utf-8", "backslashreplace")):
            streams.say(_("{file} 已经有了，没有覆盖").format(file=place))
            if asked:  # somebody took the number meanwhile: the next run asks for another one
                self.answers.pop(("案号",), None)
                self._save()
                self._keep_for_later()
            return PROBLEM
        if self._draft is not None:
            drafts.discard(self._draft)
        streams.lines([place])
        told = _("已经写好。以后用 enforce validate {file} 核查，用 enforce assess {file} 测算").format(file=place)
        for line in wrap(told, COLUMNS):
            streams.say(line)
        return _code(examined)


LATER = frozenset({"findings", "compensation", "dispositions", "referrals", "procedure", "correction", "conclusion",
                   "closing"})
"""What a case gets as it goes on."""


def tell(examined: Checked) -> None:
    """The errors and warnings of a file, to stderr."""
    told = "".join(of_file(examined, style_for(sys.stderr), Level.WARNING)).rstrip("\n")
    if told:
        streams.say("\n" + told)


def _code(examined: Examined) -> int:
    return PROBLEM if any(level(p) is Level.ERROR for p in examined.problems) else OK


def _forming(found: FindingResult) -> str:
    """One line: who bears what, or what is still open."""
    why = found.undecided
    if why is not None and why.kind is Why.FACT_MISSING:
        lacking = [_("{person}的{fact}").format(person=p, fact=f) for p in why.persons for f in why.facts] or why.facts
        return _("还不能认定，还缺：{facts}").format(facts="、".join(lacking))
    if why is not None:
        return _("还不能认定——{why}：{question}").format(why=undecided_head(why), question=why.question)
    told = [" ".join(w for w in (p.person, grades_word(p, True), share_word(p) if p.grades else "") if w)
            for p in found.persons]
    return _("；").join(told)
