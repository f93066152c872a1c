"""The archive is the one zipfile writes, to the byte: papers sealed before are found again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from enforcecli.documents.freeze import freeze
from enforcecli.documents.freeze import members as unpacked

FIRST = "[Content_Types].xml"
MEMBERS = st.dictionaries(st.sampled_from([FIRST, "a", "word/document.xml", "word/文.xml", "z"]),
                          st.binary(max_size=400) | st.binary(min_size=1, max_size=9).map(lambda piece: piece * 9000))


def written(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(members, key=lambda n: (n != FIRST, n)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, members[name], zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()


@given(MEMBERS)
def test_it_is_what_zipfile_writes(members: dict[str, bytes]) -> None:
    assert freeze(members) == written(members)


@given(MEMBERS)
def test_all_of_it_can_be_read(members: dict[str, bytes]) -> None:
    made = freeze(members)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == members
    assert unpacked(made) == unpacked(written(dict(reversed(members.items())))) == members
