"""Making frozen values quickly.

A frozen dataclass sets each field through `object.__setattr__`, which costs a case more than
reading its nodes. Here a value is made by a twin class that is not frozen and has the same slots,
and is given its true class at birth; from then on it is as frozen as any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields, is_dataclass, make_dataclass
from functools import cache
from typing import Any


@cache
def builder(make: Callable[..., Any]) -> Callable[..., Any]:
    """What makes the same values as `make`, with every parameter given by position; `make` itself
    unless it is a frozen dataclass with slots and nothing to do after its making."""
    if not isinstance(make, type) or not is_dataclass(make):
        return make
    plain = vars(make)["__dataclass_params__"].frozen and "__slots__" in vars(make)
    if not plain or hasattr(make, "__post_init__"):
        return make
    twin = make_dataclass(make.__name__, [(f.name, Any, field(default=None)) for f in fields(make)],
                          slots=True, eq=False, repr=False)

    def build(*values: Any) -> Any:
        value: Any = twin(*values)
        value.__class__ = make
        return value

    return build
