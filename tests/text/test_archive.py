"""Archives: whatever is wrong with one is said in one way, and never raised."""

from __future__ import annotations

import pytest

from enforcecli.text.archive import Unusable, members
from tests.text.damaged import DAMAGED, packed

SOUND = {"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(range(256)) * 40, "空.xml": b""}


def test_a_sound_one_is_opened() -> None:
    assert members(packed([*SOUND.items(), ("word/", b"")]), most=4, largest=11_000) == SOUND


@pytest.mark.parametrize("name", sorted(DAMAGED))
def test_a_damaged_one_is_not(name: str) -> None:
    assert members(DAMAGED[name](SOUND), most=9, largest=11_000 * 2) is Unusable.BROKEN


@pytest.mark.parametrize(("most", "largest"), [(2, 11_000), (3, 10_000)])
def test_bounds(most: int, largest: int) -> None:
    assert members(packed(SOUND.items()), most=most, largest=largest) is Unusable.TOO_LARGE
