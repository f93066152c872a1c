"""核验码: what of a seal is printed on paper, short enough to be copied by hand.

19 characters for the first 95 bits of the core digest, and one that checks them. The alphabet has no I, L,
O and U. The last character is a remainder over the field of 32 elements: one wrong character and any two
exchanged ones are noticed, and told from a code that belongs to another decision.
"""

from __future__ import annotations

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 20, 5
_TAKEN_FOR = str.maketrans({"I": "1", "L": "1", "O": "0"})
_BETWEEN = str.maketrans("", "", "-‐–—−－ \u3000\t·.")


def code_of(digest: str) -> str:
    """The code of a sha256 in hexadecimal: four groups of five."""
    number = int(digest, 16) >> (256 - 5 * (LENGTH - 1))
    values = [number >> 5 * i & 31 for i in reversed(range(LENGTH - 1))]
    text = "".join(ALPHABET[value] for value in (*values, _check(values)))
    return "-".join(text[i:i + GROUP] for i in range(0, LENGTH, GROUP))


def read_code(written: str) -> str | None:
    """The code as `code_of` writes it, from what somebody copied: small and full-width letters, O for 0,
    I and L for 1, any groups. None if it has the wrong length, another character, or does not check."""
    text = unicodedata.normalize("NFKC", written).upper().translate(_BETWEEN).translate(_TAKEN_FOR)
    if len(text) != LENGTH or any(character not in ALPHABET for character in text):
        return None
    *values, last = (ALPHABET.index(character) for character in text)
    if _check(values) != last:
        return None
    return "-".join(text[i:i + GROUP] for i in range(0, LENGTH, GROUP))


def _check(values: list[int]) -> int:
    """The sum of each value times its place, x ^ 1, x ^ 2 … modulo x ^ 5 + x ^ 2 + 1."""
    total = 0
    for value in reversed(values):
        total = _times_x(total ^ value)
    return total


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
