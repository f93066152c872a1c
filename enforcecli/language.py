"""The language of messages, headings and help: Chinese, or English from a gettext catalogue.

The msgids are the Chinese strings of the code, so that with Chinese nothing is looked up and
nothing is loaded. Who decides, first to last: `--lang`, the variable ENFORCE_LANG, 语言 in
enforce.yaml, the locale (English only where it says `en`), else Chinese. What a rulebook says, and
what is computed from it (grades, reasons, questions), is never translated.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path

LANGUAGES = ("zh", "en")
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "enforce"

_now = "zh"
_asked = False


def known(word: str | None) -> str | None:
    """`zh` or `en` for a name of the language as people and locales write it; None for others."""
    if not word:
        return None
    name = word.strip().lower()
    if name[:2] == "zh" or name in {"中文", "汉语", "chinese"}:
        return "zh"
    if name[:2] == "en" or name in {"英文", "英语"}:
        return "en"
    return None


def choose(option: str | None = None, environ: Mapping[str, str] | None = None) -> str:
    """Set the language for this run from the command line and the environment."""
    global _now, _asked
    env = os.environ if environ is None else environ
    asked = known(option) or known(env.get("ENFORCE_LANG"))
    _asked = asked is not None
    _now = asked or _of_locale(env)
    return _now


def office(word: str | None) -> str:
    """The office's own choice (语言 in enforce.yaml): stands unless somebody asked otherwise."""
    global _now
    if not _asked:
        _now = known(word) or _now
    return _now


def settled() -> bool:
    """Whether somebody asked for a language, so that the office has no say."""
    return _asked


def current() -> str:
    return _now


def _(text: str) -> str:
    """The text in the chosen language; a text the catalogue lacks stays Chinese."""
    return text if _now == "zh" or not text else _catalogue(_now).gettext(text)


def counted(text: str, count: int) -> str:
    """The form of a translated text for a count: where a language has two, its catalogue holds both,
    as in “{count} file|{count} files”."""
    one, _bar, many = text.partition("|")
    return (one if count == 1 else many or one).format(count=count)


def N_(text: str) -> str:
    """Marks a text for the catalogue without translating it yet."""
    return text


def _of_locale(env: Mapping[str, str]) -> str:
    word = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), None)
    return known(word) or "zh"


@cache
def _catalogue(language: str) -> NullTranslations:
    from gettext import translation

    return translation(DOMAIN, CATALOGUES, [language], fallback=True)
