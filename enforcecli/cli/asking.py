"""Questions at the terminal: plain lines, numbered answers, a search in long lists; works in a pipe too.

Questions go to stderr, so that stdout stays for data.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from itertools import count

from msgspec.structs import replace

from enforcecli.authoring.content import Content
from enforcecli.authoring.questions import ASIDE, Option, Question, numbered, read_answer, search
from enforcecli.cli import keyboard, streams
from enforcecli.language import _
from enforcecli.model.problem import Problem
from enforcecli.output.shown import show
from enforcecli.output.width import COLUMNS, flow, hang, pad, printable, width, wrap
from enforcecli.text.characters import scan

BACK, MORE = ("<", "＜"), ("?", "？")
MOST_LISTED, FIRST = 14, 8
"""Longer lists are searched; all of them at once would push the question off the screen."""
MOST_REFUSED = 20
"""Answers refused in a row, after which a pipe is not asked again: it may have no end."""


class GoBack(Exception):
    """The author wants the question before this one again."""


class EndOfAnswers(Exception):
    """Nothing more to read: the terminal was closed, or the pipe is empty."""


def prepare() -> None:
    """A byte that is no character must not end the dialogue."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")


def ask(question: Question) -> Content:
    """Asks until there is an answer. GoBack, EndOfAnswers."""
    _show(question)
    narrowed = question
    for refused in count():
        if refused >= MOST_REFUSED and not sys.stdin.isatty():
            streams.say(_("连续 {count} 次没有得到能用的回答，不再提问").format(count=refused))
            raise EndOfAnswers
        text = _line(narrowed)
        if text in BACK:
            raise GoBack
        if text in MORE:
            narrowed = question
            _help(question)
            continue
        if any("\ud800" <= c <= "\udfff" for c in text):
            streams.say("  " + _("这一行的编码认不出来，请重新输入"))
            continue
        unseen = next((slip for slip in scan(text) if slip.code), None)
        if unseen is not None:  # an arrow key leaves such a character too
            _refuse(Problem(unseen.code, unseen.args))
            continue
        value = read_answer(narrowed, text)
        if isinstance(value, Problem) and narrowed is not question and not text.isdigit():
            value = read_answer(question, text)  # none of those listed last, whose numbers still hold
        if not isinstance(value, Problem):
            _echo(question, text, value)
            return value
        narrowed = _again(question, narrowed, text, value)
    raise EndOfAnswers


def _again(question: Question, narrowed: Question, text: str, wrong: Problem) -> Question:
    """Says what is wrong with an answer; where it means several options, these are what is asked next. Where several
    may be given the others may be meant as well, so each keeps the number it has in the whole list."""
    written = dict(wrong.args).get("written", text)
    found = search(question.options, written) if wrong.code == "X203" else []
    if found:
        _list(found, among=question.options if question.many else found, all_words=True)
        return question if question.many else replace(question, options=tuple(found))
    _refuse(wrong)
    return narrowed


def _refuse(wrong: Problem) -> None:
    shown = show(wrong)
    for line in wrap(flow(shown.message), COLUMNS - 2):
        streams.say(f"  {line}")
    if wrong.code == "X202":
        streams.say("  " + _("可以写编号、原词或者其中几个字；输入 ? 全部列出"))
    elif shown.remedy and wrong.code != "X201":
        for line in hang(_("改法："), flow(shown.remedy), "  "):
            streams.say(line)


def _show(question: Question) -> None:
    streams.say("")
    place = "" if question.path[0] == ASIDE else _("（{key}）").format(key=question.key)
    for line in wrap(flow(question.words + place), COLUMNS):
        streams.say(line)
    many = len(question.options)
    if question.options:
        _list(question.options if many <= MOST_LISTED else question.options[:FIRST])
    if many > MOST_LISTED:
        streams.say("  " + _("……共 {count} 项：输入几个字查找，输入 ? 全部列出").format(count=many))
    if question.many:
        streams.say("  " + _("可以写几个，用逗号隔开"))


def _help(question: Question) -> None:
    if question.options:
        _list(question.options, all_words=True)
    if question.example:
        streams.say("  " + _("例：{example}").format(example=flow(question.example)))
    if not question.required and question.default is None:
        streams.say("  " + _("不知道的可以按回车，以后再补"))


def _list(options: Sequence[Option], *, among: Sequence[Option] | None = None, all_words: bool = False) -> None:
    """Options with the numbers by which they may be chosen (`among`: where these are counted): in columns where they
    explain themselves."""
    counts = {o.value: n for n, o in enumerate(among or options, start=1)}
    counted = numbered(among or options)
    heads = [f"{counts[o.value]} {flow(o.value)}" if counted else flow(o.value) for o in options]
    if not any(o.words for o in options):
        size = max(map(width, heads)) + 2
        per = max(1, (COLUMNS - 2) // size)
        for n in range(0, len(heads), per):
            streams.say(("  " + "".join(pad(h, size) for h in heads[n:n + per])).rstrip())
        return
    size = min(24, max(map(width, heads)) + 2)
    for head, option in zip(heads, options, strict=True):
        lines = hang(pad(head, size), flow(option.words), "  ")
        for line in lines if all_words else lines[:2]:
            streams.say(line)


def _line(question: Question) -> str:
    default = question.default
    prompt = f"〔{flow(default)}〕> " if default else "> "
    streams.settle(sys.stdout)
    sys.stderr.write(prompt)
    streams.settle(sys.stderr)
    line = keyboard.read_line()
    if not line:
        streams.say("")
        raise EndOfAnswers
    text = line.strip().strip("\ufeff")
    if not sys.stdin.isatty():
        streams.say(printable(text))  # what a terminal shows by itself
    return text


def _echo(question: Question, text: str, value: Content) -> None:
    """What an answer was taken for, where it is not what was typed."""
    chosen = value if isinstance(value, list) else [value]
    words = {o.value: o.words for o in question.options}
    told = "；".join(flow(f"{v} {words.get(v, '')}").strip() for v in chosen if isinstance(v, str) and v)
    if told and told != text.strip():
        for line in hang("  = ", told):
            streams.say(line)
