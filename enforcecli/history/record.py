"""The record of a seal (docs/trail.md): what a decision was made from, by whom, and what came of it.

A record is canonical JSON, so that its sha256 can be computed anywhere; each names the sha256 of the one
before it. The core is the record without the finished papers: the code printed on the papers is made from
the core, and the record then says which papers these are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from enforcecli.history.code import code_of

SCHEMA = "enforce-seal/1"
FOLDER = "seals"
INPUTS = f"{FOLDER}/inputs"
PAPERS = "decisions"
LARGEST = 1024 * 1024
CONTINUED, CORRECTED = "continued", "corrected"
"""Why a later seal of a case takes the place of an earlier one: the case went on (service, execution,
closing) and what was decided stands; or the decision itself was changed, for a reason and on a basis."""


class Input(Struct, frozen=True, forbid_unknown_fields=True):
    """One file the decision was made from. `name`: what the program calls it, from the root of the case
    repository; `path`: where its bytes are kept there (another one for what came with the program)."""

    role: str  # case | rulebook | roster | office | template | counted
    name: str
    path: str
    mode: str
    blob: str
    sha256: str
    size: int


class Output(Struct, frozen=True, forbid_unknown_fields=True):
    """One sealed paper. `text_sha256`: of the words alone, however an archive packs them."""

    role: str  # md | docx
    path: str
    sha256: str
    text_sha256: str


class Party(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who acted: id on the roster, name and e-mail as git had them."""

    id: str
    name: str
    email: str


class Engine(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    version: str
    code_sha256: str

    @property
    def shown(self) -> str:
        return f"{self.version}（{self.code_sha256[:8]}）"


class Assessment(Struct, frozen=True, forbid_unknown_fields=True):
    """sha256 of the answer without receipt, problems and trace."""

    sha256: str


class Supersedes(Struct, frozen=True, forbid_unknown_fields=True):
    """The earlier seal of the same case that this one takes the place of."""

    seq: int
    how: str
    reason: str
    basis: str


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """One seal. Days are ISO dates; `prev` is the sha256 of the file of the seal before, '' for the first;
    `effective_on`: the first day the decision was served, '' while it was not."""

    schema: str
    seq: int
    prev: str
    case_id: str
    decision_no: tuple[str, ...]
    base_commit: str
    object_format: str
    inputs: tuple[Input, ...]
    assessment: Assessment
    outputs: tuple[Output, ...]
    engine: Engine
    drafter: Party
    reviewer: Party | None
    approver: Party
    decided_on: str
    effective_on: str
    waivers: tuple[str, ...]
    supersedes: Supersedes | None

    def data(self) -> bytes:
        """The file: canonical JSON and a line feed."""
        return canonical(msgspec.to_builtins(self))

    @property
    def digest(self) -> str:
        """sha256 of the file: what the next seal and the anchors name."""
        return sha256(self.data()).hexdigest()

    @property
    def core(self) -> str:
        """sha256 of the record without the papers."""
        whole = msgspec.to_builtins(self)
        del whole["outputs"]
        return sha256(canonical(whole)).hexdigest()

    @property
    def code(self) -> str:
        """核验码."""
        return code_of(self.core)

    @property
    def path(self) -> str:
        return path_of(self.seq)

    def of_role(self, *roles: str) -> tuple[Input, ...]:
        return tuple(one for one in self.inputs if one.role in roles)

    @property
    def case_file(self) -> Input | None:
        return next(iter(self.of_role("case")), None)


def path_of(seq: int) -> str:
    return f"{FOLDER}/{seq:06d}.json"


def tag_of(record: Record) -> str:
    """The name of the seal's tag, a convenience: it can be moved, so nothing rests on it alone."""
    return f"enforce/seal/{record.case_id}/{record.seq}"


def canonical(value: object) -> bytes:
    """UTF-8, NFC, keys in order, no blanks, a line feed at the end."""
    import json

    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", f"{text}\n").encode("utf-8")


def read_record(data: bytes) -> Record | None:
    """The record; None unless the bytes are exactly those a record is written with."""
    try:
        found = msgspec.json.decode(data, type=Record) if len(data) <= LARGEST else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    if found is None or found.schema != SCHEMA or found.seq < 1 or not _within(found) or found.data() != data:
        return None
    return found


def _within(record: Record) -> bool:
    """Whether the files it names lie where a seal puts them. Records are read from repositories nobody
    vouches for, and an interrupted seal is completed from its record."""
    inputs = all(plain(one.name) and one.path in (one.name, f"{INPUTS}/{one.sha256}") for one in record.inputs)
    return inputs and all(plain(one.path) and one.path.startswith(f"{PAPERS}/") for one in record.outputs)


def plain(path: str) -> bool:
    """A path that stays below where it starts, and out of git's own directory."""
    parts = path.split("/")
    return "\\" not in path and not any(part in ("", ".", "..") or part.lower().startswith(".git") for part in parts) \
        and not any(ord(character) < 32 for character in path)


# what the commit of a seal says

KEYS = ("Enforce-Action", "Enforce-Case", "Enforce-Seal", "Enforce-Prev-Seal", "Enforce-Drafter", "Enforce-Approver",
        "Enforce-Engine")
"""ASCII, for git reads no others; each stands exactly once."""


def said(record: Record) -> dict[str, str]:
    """The trailers of the seal's commit."""
    values = ("seal", record.case_id, f"{record.seq:06d} {record.digest}", record.prev or "none", record.drafter.id,
              record.approver.id, f"{record.engine.name} {record.engine.version}")
    return dict(zip(KEYS, values, strict=True))


def message(record: Record) -> str:
    """The message of the seal's commit. A record speaks Chinese whatever the language of the run."""
    lines: Sequence[str] = [
        f"封存 {record.case_id}（第 {record.seq} 号）", "",
        f"核验码 {record.code}", "", *(f"{key}: {value}" for key, value in said(record).items()), ""]
    return "\n".join(lines)


def tag_message(record: Record) -> str:
    return f"封存 {record.case_id}（第 {record.seq} 号）\n\nseq {record.seq}\nsha256 {record.digest}\n"
