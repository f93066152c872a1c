"""The Markdown of a paper from its template: the office's own in a process apart, the shipped one here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from enforcecli.documents.loader import Templates, templates_of
from enforcecli.documents.sandbox import Environment, Fault, rendered
from enforcecli.model.problem import Problem


def render_text(name: str, context: Mapping[str, Any], templates: Templates) -> str | Problem:
    """The Markdown of one paper, or what is wrong with its template. `context` holds plain mappings,
    lists, strings and numbers."""
    if templates.own_names:
        from enforcecli.documents.worker import rendered_apart

        found = templates.find(name)
        if isinstance(found, Problem):
            return found
        text = rendered_apart(name, context, templates)
    else:
        text = rendered(_shipped_environment(), name, context)
    return text.placed(templates) if isinstance(text, Fault) else text


@lru_cache(1)
def _shipped_environment() -> Environment:
    return Environment(templates_of(None))
