"""What happened to a case, in words: an outline that the terminal and Markdown print alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from enforcecli.language import _, current
from enforcecli.model.history import (
    Anomaly,
    Changes,
    Compared,
    Comparison,
    Deed,
    Difference,
    Effect,
    Fate,
    Hand,
    Name,
    Settings,
    Story,
    Topic,
    Unread,
)
from enforcecli.model.result import Can, Outcome, Why
from enforcecli.output.result_words import can_word, label, outcome_word, why_word

SHORT = 12
"""Characters of a commit's name that are shown; the JSON has all."""
ROOM = 60
"""Characters of one side of a long value that are shown."""
_BEFORE = 8


class Item(Struct, frozen=True):
    """A line and what is said below it. `look`: how the terminal paints it."""

    text: str
    below: tuple[Item, ...] = ()
    look: str = ""


def story(told: Story) -> Item:
    """One case, its commits from the first on."""
    file = next((step.file for step in reversed(told.steps) if step.file), "")
    return Item(f"{told.number}  {file}".rstrip(), tuple(map(_step, told.steps)), "strong")


def changes(told: Changes) -> list[Item]:
    """Two states of a repository: what is judged by, then the cases."""
    return [*map(_settings, told.settings), *map(_case, told.cases)]


def notes(comparisons: Iterable[Comparison]) -> list[str]:
    """What has to be said once, below everything."""
    shares = any(e.topic in (Topic.SHARE, Topic.CASE_SHARE) for c in comparisons for e in c.effects)
    return [_("比例为{words}").format(words=label())] if shares else []


def sentences(told: Comparison, most: int) -> str:
    """What changed in a few words: at most so many values of the record, and as many of the result."""
    unread = [_unread(told.unread)] if told.unread is not None else []
    changed = (*map(_difference, told.record[:most]), *map(_effect, told.effects[:most]))
    return _("；").join([*unread, *(item.text for item in changed)])


def _unread(which: Unread) -> str:
    return {
        Unread.AFTER: _("这一版的案件文件读不出，内容和测算结果没有比较；用 enforce validate 查看原因"),
        Unread.BEFORE: _("前一版的案件文件读不出，以下是这一版的全部内容"),
        Unread.BOTH: _("前一版和这一版的案件文件都读不出，内容和测算结果没有比较"),
    }[which]


def incomplete() -> str:
    return _("这是浅克隆，最早的提交以前的历史不在这里，不能断定；取全历史：git fetch --unshallow")


def _step(step: Deed) -> Item:
    head = f"{step.committer.when}  {step.commit[:SHORT]}" + (_("  合并") if step.merge else "")
    return Item(head, tuple(_told(step)), "strong")


def _told(step: Deed) -> Iterator[Item]:
    yield Item(_who(step))
    if step.author.when != step.committer.when:
        yield Item(_("编写时间：{when}").format(when=step.author.when))
    yield from (Item(text, look="warning") for text in map(_anomaly, step.anomalies) if text)
    if step.subject.strip():
        yield Item(_("提交说明：{words}").format(words=step.subject))
    if step.seals:
        yield Item(_("封存：第 {numbers} 号").format(numbers=_("、").join(map(str, step.seals))))
    if step.fate is not Fate.UNTOUCHED or not step.seals:
        yield Item(_what(step.fate, step.stage, step.causes))
    yield from _comparison(step.comparison, step.fate)


def _who(step: Deed) -> str:
    """Names as the commit has them."""
    if Anomaly.OTHER_COMMITTER not in step.anomalies:
        return _hand(step.author)
    return _("{author}（提交者：{committer}）").format(author=_hand(step.author), committer=_hand(step.committer))


def _hand(who: Hand) -> str:
    return f"{who.name} <{who.email}>"


def _anomaly(what: Anomaly) -> str:
    return {
        Anomaly.BEFORE_PARENT: _("日期异常：提交时间早于它所依据的上一次提交"),
        Anomaly.AUTHOR_LATER: _("日期异常：编写时间晚于提交时间"),
    }.get(what, "")


def _what(fate: Fate, stage: str | None, causes: tuple[str, ...]) -> str:
    words = {
        Fate.CREATED: _("登记案件"), Fate.CHANGED: _("修改案件"), Fate.MOVED: _("移动案件文件，内容不变"),
        Fate.DELETED: _("删除案件文件"), Fate.LAYOUT: _("只改了排版、注释或者写法，内容不变"),
        Fate.UNTOUCHED: _("案件文件没有改动"),
    }[fate]
    if stage is not None and fate is not Fate.DELETED:
        words += _("；阶段：{stage}").format(stage=stage)
    if causes:
        words += _("；同时改动：{files}").format(files=_("、").join(causes))
    return words


def _comparison(told: Comparison, fate: Fate) -> Iterator[Item]:
    """Of a case that begins the result alone, of one that is gone nothing: its file says the rest."""
    if told.unread is not None and fate is not Fate.DELETED:
        yield Item(_unread(told.unread), look="warning")
    if told.record and fate not in (Fate.CREATED, Fate.DELETED):
        yield Item(_("记录"), tuple(map(_difference, told.record)))
    if told.effects and fate is not Fate.DELETED:
        yield Item(_("测算结果"), tuple(map(_effect, told.effects)))
    if told.binding:
        served = _("、").join(f"{person} {day}" if day else person for person, day in told.served)
        yield Item(_("注意：改动以前决定已经送达（{served}），这次改动涉及决定所依据的内容或者决定本身").format(
            served=served), look="warning")


def _difference(entry: Difference) -> Item:
    name, parts = _way(entry.way), _("；").join(f"{_way(way)} {value}".strip() for way, value in entry.parts)
    old, new = (parts or entry.old, None) if entry.new is None else (entry.old, parts or entry.new)
    return Item(_changed(name, old, new))


def _way(way: tuple[Name, ...]) -> str:
    return " ".join(name[current() == "en"] for name in way)


def _effect(effect: Effect) -> Item:
    names = [_("过错 {number}").format(number=effect.finding) if effect.finding else "", effect.person or "",
             _topic(effect.topic), effect.detail or ""]
    name, old, new = " ".join(filter(None, names)), _value(effect.topic, effect.old), _value(effect.topic, effect.new)
    if old is None:
        return Item(_("{name}：{new}").format(name=name, new=new))
    return Item(_changed(name, old, new) if new is not None else _("{name}：不再有（原为 {old}）").format(name=name, old=old))


def _changed(name: str, old: str | None, new: str | None) -> str:
    if old is None:
        return _("{name}：新写明 {new}").format(name=name, new=_short(str(new), 0))
    if new is None:
        return _("{name}：不再写明（原为 {old}）").format(name=name, old=_short(old, 0))
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return _("{name}：{old} → {new}").format(name=name, old=_short(old, same), new=_short(new, same))


def _short(text: str, at: int) -> str:
    """A long value around the place where it changed."""
    if len(text) <= ROOM:
        return text or "“”"
    start = 0 if at < ROOM - _BEFORE else at - _BEFORE
    end = start + ROOM
    return ("……" if start else "") + text[start:end] + ("……" if end < len(text) else "")


def _topic(topic: Topic) -> str:
    return {
        Topic.RULEBOOK: _("适用的办法"), Topic.DECIDED: _("不能认定"), Topic.OUTCOME: _("认定"),
        Topic.RULES: _("适用规则"), Topic.GRADE: _("责任"), Topic.SHARE: _("内部比例"),
        Topic.SEVERITY: _("从轻、从重"), Topic.COUNTED: _("计次"), Topic.RECOVERY: _("追偿（元）"),
        Topic.METHOD: _("处理方式"), Topic.KEPT: _("机关自担（元）"),
        Topic.CASE_SHARE: _("全案占比"), Topic.LEADERSHIP: _("领导责任"), Topic.UNFIT: _("本机关不宜处理"),
        Topic.CONCLUSION: _("结论"),
    }[topic]


def _value(topic: Topic, value: str | None) -> str | None:
    if value is None:
        return None
    if topic is Topic.METHOD:
        can, _blank, to = value.partition(" ")
        return f"{can_word(Can(can))} {to}".rstrip()
    if topic is Topic.OUTCOME:
        return outcome_word(Outcome(value))
    if topic is Topic.DECIDED:
        why, _colon, question = value.partition(": ")
        return _("{why}（{question}）").format(why=why_word(Why(why)), question=question)
    return value


def _case(case: Compared) -> Item:
    told = (Item(_what(case.fate, None, ())), *_comparison(case.comparison, case.fate))
    return Item(f"{case.number}  {case.file}", told, "strong")


def _settings(file: Settings) -> Item:
    words = {Fate.CREATED: _("新增"), Fate.DELETED: _("删去"), Fate.LAYOUT: _("只改了排版、注释或者写法，内容不变")}
    head = (Item(words[file.fate]),) if file.fate in words else ()
    listed = tuple(map(_difference, file.record)) if file.fate is Fate.CHANGED else ()
    return Item(file.file, (*head, *listed), "strong")
