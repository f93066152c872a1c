"""V: what verification finds in a repository (docs/trail.md)."""

from __future__ import annotations

from enforcecli.model.problem import Kind

KINDS: tuple[Kind, ...] = ()
