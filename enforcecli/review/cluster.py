"""Many repositories, each counted by a worker of a Dask cluster that sees the same file system.

A repository's years are values, so where they were made changes nothing. The library is an extra:
`pip install 'enforcecli[dask]'`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import msgpack

from enforcecli.review.collect import collect
from enforcecli.review.wanted import Wanted, name_of
from enforcecli.review.year import Place, Year

REACH = "10s"
"""How long to wait for the cluster to answer."""


class NoCluster(Exception):
    """There is no cluster to be had, or the library is not installed."""


def collect_on(address: str, roots: Mapping[str, Path], wanted: Wanted,
               progress: Callable[[int, int], None]) -> list[tuple[Year, ...]]:
    """The years of each repository. A repository a worker failed on is a Place with its trouble."""
    try:
        library: Any = import_module("distributed")
    except ImportError as error:
        raise NoCluster(str(error)) from error
    try:
        client = library.Client(address, timeout=REACH, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise NoCluster(str(error)) from error
    found = []
    with client:
        sent = {client.submit(_one, str(root), msgpack.encode(wanted), place, pure=False): (place, root)
                for place, root in sorted(roots.items())}
        for done, future in enumerate(library.as_completed(list(sent), loop=client.loop), 1):
            place, root = sent[future]
            if future.status == "finished":
                found.append(msgpack.decode(future.result(), type=tuple[Year, ...]))
            else:
                trouble = f"{type(future.exception()).__name__}: {future.exception()}"
                found.append(tuple(Year(year, {place: Place(name_of(root), 0, trouble)}) for year in wanted.years))
            progress(done, len(sent))
    return found


def _one(root: str, wanted: bytes, place: str) -> bytes:
    """On a worker; one process, for the cluster has a worker for each processor."""
    order = msgpack.decode(wanted, type=Wanted)
    one = Wanted(order.years, order.unit, order.named, order.cache, 1)
    return msgpack.encode(collect(Path(root), one, place))
