"""Which rule beats which: ≻ is the transitive closure of `over` on the whole book (docs/rulebook-format.md, step 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct, field

from enforcecli.model.rulebook import Rule, Rulebook

JOIN = "；"


class Order(Struct, frozen=True):
    """`beats[a]` = every rule that a beats, directly or through others; `edges[a]` the direct
    edges with their reasons."""

    beats: Mapping[str, frozenset[str]]
    edges: Mapping[str, Mapping[str, str]]
    _reasons: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def maximal(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """The rules no other of them beats, by id."""
        there = sorted(rules, key=lambda rule: rule.id)
        beaten = frozenset[str]().union(*(self.beats[rule.id] for rule in there)) if there else frozenset()
        return tuple(rule for rule in there if rule.id not in beaten)

    def reason(self, winner: str, loser: str) -> str | None:
        """Why `winner` beats `loser`: the direct edge, else the reasons along the shortest chain
        (ties: by rule id); None if it does not."""
        if (winner, loser) not in self._reasons:
            self._reasons[winner, loser] = self._reason(winner, loser)
        return self._reasons[winner, loser]

    def _reason(self, winner: str, loser: str) -> str | None:
        if loser not in self.beats[winner]:
            return None
        chains: list[tuple[str, ...]] = [(winner,)]
        while True:
            longer: list[tuple[str, ...]] = []
            for chain in chains:  # in order of their ids, so the first to arrive is the least
                if loser in self.edges[chain[-1]]:
                    steps = [*chain, loser]
                    return JOIN.join(self.edges[a][b] for a, b in pairwise(steps))
                longer += [(*chain, step) for step in sorted(self.edges[chain[-1]])]
            chains = longer


@lru_cache(maxsize=64)
def order_of(book: Rulebook) -> Order:
    """The order of a book. A cycle is an error of the book, found when it is read; here it would
    only make its members beat themselves."""
    edges = {rule.id: {b: why for b, why in rule.over.items() if b in book.rules} for rule in book.rules.values()}
    beats: dict[str, frozenset[str]] = {}
    for rule in edges:
        reached: set[str] = set()
        to_visit = list(edges[rule])
        while to_visit:
            step = to_visit.pop()
            if step not in reached:
                reached.add(step)
                to_visit += edges[step]
        beats[rule] = frozenset(reached)
    return Order(beats, edges)
