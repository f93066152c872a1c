"""What is sealed, held against what stands now: in the last commit, in the index, and on the way there.

A sealed paper never changes. A sealed case may go on - service, execution, closing are written into the same
file - as long as what was decided stands; roster, settings and books may change for later cases.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from enforcecli.desk.examine import examine_in
from enforcecli.history.going_on import extends
from enforcecli.history.objects import EXECUTABLE, FILE, Commit
from enforcecli.history.record import Input, Record
from enforcecli.history.verify.altered import altered
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Problem
from enforcecli.output.results import digest
from enforcecli.reading.files import Blob
from enforcecli.reading.places import CASES

REGULAR = (FILE, EXECUTABLE)


def check(trail: Trail) -> Iterator[Problem]:
    for record in trail.records:
        yield from _papers(trail, record)
    for record in trail.standing.values():
        if record.seq >= trail.given.since:
            yield from _case(trail, record)
    yield from _names(trail)


def _papers(trail: Trail, record: Record) -> Iterator[Problem]:
    """Each sealed paper is there, a regular file, with the bytes that were sealed."""
    for one in record.outputs:
        blob = trail.state.blobs.get(one.path)
        if blob is None:
            yield altered(trail, "V-TREE", one.path, record, _last(trail, one.path))
        elif blob.mode not in REGULAR:
            yield altered(trail, "V-TYPE", one.path, record, _last(trail, one.path))
        elif trail.digests.get(blob.id, ("", 0))[0] != one.sha256:
            yield altered(trail, "V-TREE", one.path, record, _last(trail, one.path))


def _case(trail: Trail, record: Record) -> Iterator[Problem]:
    """The file of the case says what was decided; every step since, commit by commit."""
    file = record.case_file
    if file is None:
        yield told("V-CHAIN-RECORD", record.path)
        return
    place = standing_at(trail, record)
    if place is None:
        yield altered(trail, "V-TREE", file.path, record, _last(trail, file.path))
        return
    blob = trail.state.blobs[place]
    if blob.mode not in REGULAR:
        yield altered(trail, "V-TYPE", place, record, _last(trail, place))
        return
    if place != file.path:
        yield told("V-MOVED", file.path, _last(trail, place), case=record.case_id, to=place)
        yield from _since(trail, record, file, file.path, broken=False)
    yield from _since(trail, record, file, place, broken=not stands(trail, record, blob))


def standing_at(trail: Trail, record: Record) -> str | None:
    """Where the sealed case stands now: at its path, else where somebody filed it with what was sealed still in it."""
    file = record.case_file
    if file is None or file.path in trail.state.blobs:
        return file.path if file is not None else None
    name = file.path.rpartition("/")[2]
    return next((path for path, blob in sorted(trail.state.blobs.items()) if path.startswith(f"{CASES}/")
                 and (blob.id == file.blob or path.endswith(f"/{name}")) and stands(trail, record, blob)), None)


def _since(trail: Trail, record: Record, file: Input, place: str, *, broken: bool) -> Iterator[Problem]:
    """The commits that wrote the case file at this place since it was sealed."""
    sealed = trail.seal_commit(record)
    before = trail.history(sealed.oid) if sealed is not None else frozenset()
    path = trail.git_path(place)
    after = [commit for commit in trail.writers(place) if commit.oid not in before]
    told_of = False
    for commit in after:
        change = next(c for c in trail.changes[commit.oid] if c.path == path)
        if change.status == "D" and place not in trail.state.blobs:
            continue  # it was filed elsewhere, and stands there
        blob = Blob(change.mode, change.oid)
        if change.status != "D" and stands(trail, record, blob):
            if blob.id != file.blob:  # put back as it was, it goes on with nothing
                yield told("V-LATER", place, commit, case=record.case_id)
        elif broken and not told_of:
            told_of = True
            yield altered(trail, "V-TREE", place, record, commit, blob)
        elif not broken:
            yield altered(trail, "V-TOUCH", place, record, commit, blob)
    if broken and not told_of:
        yield altered(trail, "V-TREE", place, record, None, trail.state.blobs.get(place))


def stands(trail: Trail, record: Record, blob: Blob, beside: Mapping[str, bytes] | None = None) -> bool:
    """Whether these bytes of the case still say and decide what was sealed. `beside`: bytes that git does
    not keep, by the name it would give them."""
    file = record.case_file
    if file is None or blob.mode not in REGULAR:
        return False
    if blob.id == file.blob:
        return True
    then, now = trail.remaking.examined(record), examine_in(trail.remaking.with_case(record, blob, beside), file.name)
    if then is None or then.case is None or now.case is None or now.result is None:
        return False
    return digest(now.result) == record.assessment.sha256 and extends(then.case, now.case)


def _last(trail: Trail, path: str) -> Commit | None:
    """The last commit that touched a path."""
    return next((commit for commit, _changes in trail.touching.get(trail.git_path(path), [])), None)


# names

def _names(trail: Trail) -> Iterator[Problem]:
    """Two names that are one file on some system, and directories made to look like a repository."""
    first: dict[str, str] = {}
    for path in sorted(trail.state.blobs):
        key = unicodedata.normalize("NFKC", path).casefold()
        if key in first:
            yield told("V-NAME", path, _last(trail, path), other=first[key])
        first.setdefault(key, path)
    for path in sorted(path for path in trail.state.blobs if path.endswith("/HEAD")):
        folder = path.removesuffix("/HEAD")
        if any(name.startswith((f"{folder}/objects/", f"{folder}/refs/", f"{folder}/config")) for name in trail.state.blobs):
            yield told("V-NESTED", folder, _last(trail, path))
