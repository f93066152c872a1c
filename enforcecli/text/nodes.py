"""Text → nodes, every scalar as text, by libyaml as ruamel.yaml wraps it or, without it, in pure Python.

Three ways to the same nodes: libyaml composes a plain text by itself (the usual file); a text with
anything to refuse (anchors, aliases, tags, directives, great depth) is composed here from events,
of libyaml or of the pure parser, so that the refusal has a place and nothing recurses.
"""

from __future__ import annotations

import operator
import os
import re
from _thread import allocate_lock
from typing import Any

from msgspec import Struct
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from enforcecli.text import syntax
from enforcecli.text.found import DEEPEST, MOST, Found, found

try:
    import _ruamel_yaml as libyaml
except ImportError:
    libyaml = None


class ScalarNode(Struct, gc=False, eq=False):
    """A text. `style`: "" as it stands, else its quote, | or >. The marks have an `index` into the text
    read; `kind` is filled by the parsers and says nothing."""

    kind: Any
    value: str
    start_mark: Any
    end_mark: Any
    style: str


class SequenceNode(Struct, gc=False, eq=False):
    """A list of nodes. `flow_style`: in brackets."""

    kind: Any
    value: list[Any]
    start_mark: Any
    end_mark: Any
    flow_style: bool


class MappingNode(Struct, gc=False, eq=False):
    """Pairs of a key's node and its value's, as written: a key may be there twice."""

    kind: Any
    value: list[tuple[Any, Any]]
    start_mark: Any
    end_mark: Any
    flow_style: bool


Node = Any
SAFE_TO_RECURSE = 2000
"""libyaml's composer recurses in C: this many levels are safe on any stack."""
PURE = "ENFORCE_PURE_YAML"
"""Environment variable: if set when the program starts, the pure parser reads although libyaml is there."""
_FORCED = bool(os.environ.get(PURE))
_HALF = re.compile("[\ud800-\udfff]")
_FAR_IN = re.compile(rf"(?:^|[\r\n])[ \t?:\-]{{{SAFE_TO_RECURSE // 4}}}")

# Hooks the C composer calls for every node. Ours do nothing, and in C: `format` takes whatever it is
# given, `is_` two arguments, `bool` none.
_Composer: Any = type("_Composer", (libyaml.CParser,), {
    "resolve": "".format, "descend_resolver": staticmethod(operator.is_), "ascend_resolver": staticmethod(bool),
}) if libyaml is not None else None
_KINDS = {"ScalarNode": ScalarNode, "SequenceNode": SequenceNode, "MappingNode": MappingNode}
_LENT = allocate_lock()


def _composed(text: str) -> Node | None:
    """The root node. The C composer makes each node of the class that it finds in its module under the name.
    Those of ruamel.yaml are initialised in Python, which takes as long as all the rest of parsing; so it is
    lent ours while it reads one text, and whoever else uses it sees none of them."""
    module = vars(libyaml)
    with _LENT:
        theirs = {name: module[name] for name in _KINDS}
        module.update(_KINDS)
        try:
            return _Composer(text).get_single_node()
        finally:
            module.update(theirs)


def _lends() -> bool:
    """Whether the composer at hand takes what it is lent; one of another making might know its classes otherwise."""
    if libyaml is None or not vars(libyaml).keys() >= _KINDS.keys():
        return False
    root: Any = _composed("a: [b]")
    made = [root, *root.value[0], *root.value[0][1].value]
    return [node.__class__ for node in made] == [MappingNode, ScalarNode, SequenceNode, ScalarNode]


_LENDS = _lends()


class _Pure:
    """The pure parser with the few attributes its parts look for in each other. It reads as YAML
    1.1, which is what libyaml reads."""

    comment_handling = None
    max_depth = None
    processing_version = (1, 1)

    def __init__(self, text: str) -> None:
        from ruamel.yaml.docinfo import DocInfo
        from ruamel.yaml.parser import Parser
        from ruamel.yaml.reader import Reader
        from ruamel.yaml.scanner import Scanner

        self._resolver = self
        self.doc_infos = [DocInfo()]
        Reader(text, loader=self)
        Scanner(loader=self)
        self.get_event = Parser(loader=self).get_event


def compose(text: str, *, pure: bool = False, plain: bool = False) -> tuple[Node | None, list[Found]]:
    """The root node and what was refused. The root is None for a text without content and where
    something refused leaves no trustworthy tree.

    `plain`: the caller knows that the text has no anchors, aliases, tags or directives.
    """
    pure = pure or _FORCED or _Composer is None
    if not pure and _LENDS and not _may_be_deep(text) and (plain or not _may_refuse(text)):
        try:
            return _composed(text), []
        except YAMLError as error:
            return None, [syntax.explain(error, text)]
    return _Events(text, pure).result


def _may_refuse(text: str) -> bool:
    """Marks an anchor, alias, tag or directive cannot do without."""
    return "&" in text or "*" in text or "!" in text or "\n%" in text or "\r%" in text or text[:1] == "%"


def _may_be_deep(text: str) -> bool:
    """Each level needs a mark that opens it, and in block style every two levels a column more."""
    if len(text) <= SAFE_TO_RECURSE or sum(map(text.count, "[{-?:")) <= SAFE_TO_RECURSE:
        return False
    return text.count("[") + text.count("{") > SAFE_TO_RECURSE // 2 or _FAR_IN.search(text) is not None


class _Events:
    """The composer over events: an explicit stack, a depth, refusals with their places."""

    def __init__(self, text: str, pure: bool) -> None:
        self.text = text
        self.refused: list[Found] = []
        self.root: Node | None = None
        self.stack: list[list[Any]] = []  # [node, the key that waits for its value]
        try:
            parser = _Pure(text) if pure else _Composer(text)
            self._compose(parser.get_event)
        except YAMLError as error:
            if not self.refused:  # behind a refusal the parsers read on in different ways
                self.refused.append(syntax.explain(error, text))
        except ValueError:  # the pure parser makes a character of any \\U number
            at = text.find("\\U")
            self.refused.append(found("Y231", max(at, 0), max(at, 0) + 1))
        except RecursionError:
            self.refused.append(found("Y208", 0, 0, most=DEEPEST))
        self.result = (self.root, self.refused) if not self.refused else (None, self.refused)

    def _refuse(self, code: str, event: Any, name: str = "") -> None:
        self.refused.append(found(code, event.start_mark.index, event.end_mark.index, name=name, most=DEEPEST))

    def _compose(self, get_event: Any) -> None:
        documents = 0
        while len(self.refused) < MOST and (event := get_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                self._properties(event)
                if event.style == '"' and _HALF.search(event.value):  # libyaml refuses it by itself
                    at = self.text.find("\\u", event.start_mark.index)
                    self.refused.append(found("Y231", at, at + 1))
                self._add(ScalarNode(None, event.value, event.start_mark, event.end_mark, event.style or ""))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if not self._begin(kind, event):
                    return
            elif isinstance(event, CollectionEndEvent):
                self.stack.pop()[0].end_mark = event.end_mark
            elif kind is AliasEvent:
                self._refuse("Y203", event, name=event.anchor)
                self._add(ScalarNode(None, "", event.start_mark, event.end_mark, ""))
            elif kind is DocumentStartEvent:
                documents += 1
                if event.version or event.tags:
                    self._refuse("Y206", event)
                if documents > 1:
                    self._refuse("Y207", event)
                    return

    def _properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse("Y202", event, name=event.anchor)
        if event.tag is not None:
            self._refuse("Y204", event)

    def _begin(self, kind: type, event: Any) -> bool:
        self._properties(event)
        if len(self.stack) >= DEEPEST:
            self._refuse("Y208", event)
            return False
        make = MappingNode if kind is MappingStartEvent else SequenceNode
        node = make(None, [], event.start_mark, event.end_mark, bool(event.flow_style))
        self._add(node)
        self.stack.append([node, None])
        return True

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        parent, key = top
        if type(parent) is SequenceNode:
            parent.value.append(node)
        elif key is None:
            top[1] = node
        else:
            parent.value.append((key, node))
            top[1] = None
