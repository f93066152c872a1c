"""What init writes for continuous integration, its commands run as the platform would run them: in a fresh
clone, one shell for each step. Only the installation is replaced (by a look whether the wheel is there)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from enforcecli.authoring.starter import PIPELINES, Ci
from tests.cli.test_hooks import Place
from tests.history.office import CASE

PYTHON = f"""#!/bin/sh
[ "$1 $2 $3" = "-m pip install" ] || exec "{sys.executable}" "$@"
[ -f "$4" ]
"""


def steps(platform: Ci, file: Path) -> list[list[str]]:
    """The shells a pipeline starts, each with its lines."""
    told: Any = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    if platform == "github":
        return [[step["run"]] for step in told["jobs"]["enforce"]["steps"] if "run" in step]
    if platform == "gitlab":
        return [told["enforce"]["script"]]
    return [step["commands"] for stage in told["stages"] for step in stage["steps"]]


def run(place: Place, platform: Ci, clone: Path) -> list[int]:
    """The exit codes of the shells, in a fresh clone of the place."""
    place.call("git", "add", "-A")
    place.call("git", "commit", "-q", "--allow-empty", "-m", "x")
    place.call("git", "clone", "-q", str(place.root), str(clone))
    return [place.call("bash", "-e", "-o", "pipefail", "-c", "\n".join(lines), cwd=clone).returncode
            for lines in steps(platform, clone / PIPELINES[platform])]


@pytest.mark.parametrize("platform", sorted(PIPELINES))
def test_a_pipeline_passes_a_sound_repository_and_fails_another(tmp_path: Path, platform: Ci) -> None:
    place = Place(tmp_path)
    for name in ("python", "python3"):
        (tmp_path / "tools" / name).write_text(PYTHON, encoding="utf-8")
        (tmp_path / "tools" / name).chmod(0o755)
    place.call("enforce", "init", str(place.root), "--ci", platform)
    assert set(run(place, platform, tmp_path / "without a wheel")) != {0}
    wheels = place.root / ".enforce" / "wheels"
    wheels.mkdir()
    (wheels / "enforcecli-0.1.0-py3-none-any.whl").write_bytes(b"PK")
    place.sample()
    assert set(run(place, platform, tmp_path / "sound")) == {0}
    place.edit(CASE, "种类: 行政处罚", "种类: 行政检察")
    assert 1 in run(place, platform, tmp_path / "with a slip")
    if platform == "gitlab":
        told = json.loads((tmp_path / "with a slip" / "gl-code-quality-report.json").read_text(encoding="utf-8"))
        assert [one["check_name"] for one in told if one["severity"] == "major"] == ["K201"]
    if platform != "github":
        assert "K201" in (tmp_path / "with a slip" / "enforce-junit.xml").read_text(encoding="utf-8")


def test_every_text_that_init_writes_is_there() -> None:
    from enforcecli.authoring.starter import SOURCES, TEXTS

    wanted = {*TEXTS.values(), "pre-commit-config.yaml", "github.yml", "gitlab-ci.yml", "gitee.yml"}
    assert {path.name for path in SOURCES.iterdir() if path.is_file()} == wanted
