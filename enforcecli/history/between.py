"""Two states of a repository compared: what cases are judged by, and every case whose record or result
differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from enforcecli.history.compare import Side, compared, differences, side_of
from enforcecli.history.snapshot import SETTINGS, Snapshot, Target, cases, kind_of, number_of, same_number
from enforcecli.model.history import Changes, Compared, Comparison, Difference, Fate, Settings
from enforcecli.reading.kinds import FileKind, shape_of
from enforcecli.reading.leaves import Leaf, Way, leaves
from enforcecli.reading.workspace import APPRAISALS, OFFICE_FILE, POWERS_FILE, ROSTER_FILE, YEAR
from enforcecli.rules.counts import counted_facts
from enforcecli.text.document import parse
from enforcecli.text.source import Source

_KINDS: dict[str, FileKind] = {OFFICE_FILE: "office", ROSTER_FILE: "roster", POWERS_FILE: "powers"}
_YEARLY: dict[str, FileKind] = {YEAR: "year", APPRAISALS: "appraisals"}


def changes(old: Snapshot, new: Snapshot, root: str, only: Sequence[str] = (),
            progress: Callable[[int, int], None] | None = None) -> Changes:
    """What differs in the case repository at `root`; `only`: keep to the cases with these numbers."""
    kept = {same_number(number) for number in only}
    files = [] if kept else list(_settings(old, new, root))
    before, after = _by_number(old, root), _by_number(new, root)
    judged = _judging(old, root) != _judging(new, root) or _counted(old, new, root)
    found = []
    wanted = [number for number in sorted({**before, **after}) if not kept or number in kept]
    for done, number in enumerate(wanted, start=1):
        case = _case(old, new, before.get(number), after.get(number), judged)
        if case is not None:
            found.append(case)
        if progress is not None:
            progress(done, len(wanted))
    return Changes(tuple(files), tuple(found))


def numbers(states: Iterable[Snapshot], root: str) -> dict[str, str]:
    """What makes a number the same → the number, of every case in any of the states."""
    return {key: number_of(target.inside)
            for state in states for key, target in _by_number(state, root).items()}


def _by_number(state: Snapshot, root: str) -> dict[str, Target]:
    """The cases of a state; of two files with one number the first counts."""
    found: dict[str, Target] = {}
    for target in sorted(cases(state), key=lambda t: t.path):
        if target.root == root:
            found.setdefault(same_number(target.path), target)
    return found


def _judging(state: Snapshot, root: str) -> dict[str, str]:
    """The files that cases are judged by → their ids."""
    return {path: blob.id for path, blob in state.blobs.items()
            if state.root_of(path) == root and kind_of(state.inside(path)) in ("settings", "book")}


def _counted(old: Snapshot, new: Snapshot, root: str) -> bool:
    """Whether some book counts over the cases, and the cases are others: then none can be passed over."""
    ids = [{t.path: state.blobs[t.path].id for t in cases(state) if t.root == root} for state in (old, new)]
    return ids[0] != ids[1] and any(counted_facts(book) for book in new.workspace(root).library.books())


def _case(old: Snapshot, new: Snapshot, before: Target | None, after: Target | None, judged: bool) -> Compared | None:
    """One case in both states; None where nothing of it changed."""
    same = before is not None and after is not None and before.path == after.path \
        and old.blobs[before.path].id == new.blobs[after.path].id
    if same and not judged:
        return None
    told = compared(_side(old, before), _side(new, after))
    if same and told.empty:
        return None
    stands = after or before
    assert stands is not None
    return Compared(number_of(stands.inside), stands.path, _fate(before, after, same, told), told)


def _side(state: Snapshot, target: Target | None) -> Side | None:
    return side_of(state.workspace(target.root), target.inside) if target is not None else None


def _fate(before: Target | None, after: Target | None, same: bool, told: Comparison) -> Fate:
    if before is None or after is None:
        return Fate.CREATED if before is None else Fate.DELETED
    if same:
        return Fate.UNTOUCHED
    if not told.empty:
        return Fate.CHANGED
    return Fate.MOVED if before.path != after.path else Fate.LAYOUT


# what cases are judged by, and the files of the year

def _settings(old: Snapshot, new: Snapshot, root: str) -> Iterator[Settings]:
    paths = [path for path in sorted({**old.blobs, **new.blobs})
             if new.root_of(path) == root or old.root_of(path) == root]
    for path in paths:
        inside = new.inside(path) if path in new.blobs else old.inside(path)
        one, other = old.blobs.get(path), new.blobs.get(path)
        if kind_of(inside) not in ("settings", "book", "year") or (one and one.id) == (other and other.id):
            continue
        if one is None or other is None:
            yield Settings(path, Fate.CREATED if one is None else Fate.DELETED)
            continue
        record = _record(old, new, root, inside)
        yield Settings(path, Fate.CHANGED if record or record is None else Fate.LAYOUT, tuple(record or ()))


def _record(old: Snapshot, new: Snapshot, root: str, inside: str) -> list[Difference] | None:
    """The values that differ; None where the file is no list of keys (a book is read by its own rules)."""
    kind = _KINDS.get(inside) if inside in SETTINGS else _yearly(inside)
    if kind is None:
        return None
    return list(differences(_said(old, root, inside, kind), _said(new, root, inside, kind)))


def _yearly(inside: str) -> FileKind | None:
    return _YEARLY.get(inside.split("/")[0])


def _said(state: Snapshot, root: str, inside: str, kind: FileKind) -> dict[Way, Leaf]:
    source = state.workspace(root).files.read(inside)
    return leaves(parse(source.data, inside), shape_of(kind)) if isinstance(source, Source) else {}
