from __future__ import annotations

from enforcecli.model.problem import Kind

KINDS: tuple[Kind, ...] = ()
