"""The files a new case repository begins with. The texts are data (enforcecli/starter): a line that
begins with `zh| ` or `en| ` belongs to that language, the others to both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct

from enforcecli.authoring.case_text import scalar
from enforcecli.reading.kinds import FILE_KINDS, FileKind
from enforcecli.reading.library import FOLDER
from enforcecli.reading.workspace import CASES, OFFICE_FILE, ROSTER_FILE

Ci = Literal["github", "gitlab", "gitee"]
CI: tuple[Ci, ...] = get_args(Ci)
SOURCES = Path(__file__).resolve().parent.parent / "starter"
SCHEMAS = ".enforce/schemas"
HOOK = ".enforce/hooks/update"
TEXTS = {
    OFFICE_FILE: "enforce.yaml", ROSTER_FILE: "roster.yaml", "README.md": "README.md", ".gitignore": "gitignore",
    ".gitattributes": "gitattributes", ".editorconfig": "editorconfig", HOOK: "update",
}
"""Where a file goes → the text it is made from."""
HOOKS = ".pre-commit-config.yaml"
"""Works at the top of a git repository only, as the files of continuous integration do."""
PIPELINES: Mapping[Ci, str] = {
    "github": ".github/workflows/enforce.yml", "gitlab": ".gitlab-ci.yml", "gitee": ".workflow/enforce.yml",
}
FOLDERS = (CASES, FOLDER, "templates", "year", "appraisals")
WHERE: Mapping[FileKind, tuple[str, ...]] = {
    "case": ("cases/**/*.yaml", "cases/**/*.yml"), "roster": (ROSTER_FILE,), "office": (OFFICE_FILE,),
    "powers": ("powers.yaml",), "year": ("year/*.yaml",), "appraisals": ("appraisals/*.yaml",),
}
"""Kind of file → where an editor meets it."""
CHECKED = (r"^((cases|year|appraisals)/.*\.ya?ml|(enforce|roster|powers)\.yaml|rulebooks/.*)$")
"""What a commit hook hands over: every file that `validate` judges, or that others are judged by."""


class Start(Struct, frozen=True):
    """What the files say. `top`: the repository begins where the git repository does, so that hooks and
    pipelines are found."""

    organ: str
    measure: str
    english: bool = False
    ci: Ci | None = None
    top: bool = True


def files(start: Start, schemas: Mapping[FileKind, Mapping[str, Any]]) -> dict[str, bytes]:
    """Path → bytes of every file, in the order of the paths."""
    made = {path: _text(name, start) for path, name in TEXTS.items()}
    made |= {f"{folder}/.gitkeep": "" for folder in FOLDERS}
    if start.top:
        made[HOOKS] = _text("pre-commit-config.yaml", start)
        if start.ci is not None:
            made[PIPELINES[start.ci]] = _text(f"{start.ci}{'-ci' if start.ci == 'gitlab' else ''}.yml", start)
    made |= {path: _json(value) for path, value in _editor(schemas)}
    return {path: made[path].encode("utf-8") for path in sorted(made)}


def schema_file(kind: FileKind) -> str:
    return f"{SCHEMAS}/{kind}.schema.json"


def _editor(schemas: Mapping[FileKind, Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The schemas, and for Visual Studio Code which file each belongs to. Nothing is looked up on the net."""
    for kind, schema in schemas.items():
        yield schema_file(kind), schema
    yield ".vscode/extensions.json", {"recommendations": ["redhat.vscode-yaml"]}
    yield ".vscode/settings.json", {
        "yaml.schemas": {f"./{schema_file(kind)}": list(WHERE[kind]) for kind in FILE_KINDS if kind in schemas},
        "yaml.schemaStore.enable": False,
        "yaml.format.enable": False,
        "redhat.telemetry.enabled": False,
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.detectIndentation": False,
                   "editor.quickSuggestions": {"other": True, "comments": False, "strings": True}},
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def lines_of(path: Path, english: bool) -> str:
    """A text of `SOURCES` in one language."""
    mine, other = ("en|", "zh|") if english else ("zh|", "en|")
    lines = path.read_text(encoding="utf-8").splitlines()
    return "".join(f"{line.removeprefix(mine).removeprefix(' ') if line.startswith(mine) else line}\n"
                   for line in lines if not line.startswith(other))


def _text(name: str, start: Start) -> str:
    text = lines_of(SOURCES / name, start.english)
    plain = name == "README.md"
    return (text.replace("{organ}", start.organ if plain else scalar(start.organ, "block"))
            .replace("{measure}", start.measure).replace("{files}", CHECKED)
            .replace("{language}", "en" if start.english else "zh"))
