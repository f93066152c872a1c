"""Every element a paper cannot do without: its bad sample refuses with its code, its good one does
not. Samples as in the reference (`enforce explain D104`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcecli.desk.examine import examine_file
from enforcecli.documents.context import Paper, Refusal, papers
from enforcecli.documents.kinds import KINDS
from enforcecli.model.problem import Kind, Level, Problem
from enforcecli.problems import kind, level
from enforcecli.problems.documents_kinds import KINDS as MINE
from enforcecli.reading.workspace import OFFICE_FILE, ROSTER_FILE, Workspace
from tests.documents.wording import text
from tests.problem_samples import PLACES, laid_over, repository
from tests.test_problem_samples import fields

OFFICE_SAMPLE = {"D113"}
SHOWN = [k for k in MINE if k.bad and k.good]


def rendered(piece: str, sort: str, root: Path) -> list[Paper | Refusal]:
    repository(root, **{sort: laid_over(piece, sort)})
    here = Workspace.open(root)
    examined = examine_file(root / PLACES["case"])
    return [p for k in KINDS.values() for p in papers(examined, here.office, here.roster, k)]


def told(answers: list[Paper | Refusal]) -> list[Problem]:
    return [p for answer in answers if isinstance(answer, Refusal) for p in answer.problems]


@pytest.mark.parametrize("of", SHOWN, ids=lambda k: k.code)
def test_the_bad_sample_is_refused_and_the_good_one_is_not(of: Kind, tmp_path: Path) -> None:
    sort = "office" if of.code in OFFICE_SAMPLE else "case"
    bad = [p for p in told(rendered(of.bad, sort, tmp_path / "bad")) if p.code == of.code]
    assert bad
    for found in bad:
        assert fields(of.message) | fields(of.remedy) <= {key for key, _ in found.args}
    good = rendered(of.good, sort, tmp_path / "good")
    assert of.code not in {p.code for p in told(good)}
    assert any(isinstance(p, Paper) and p.kind.id == "decision" for p in good)


def test_the_base_case_gives_every_paper_it_has_occasion_for(tmp_path: Path) -> None:
    answers = rendered("", "case", tmp_path)
    assert [p.code for p in told(answers) if level(p) is not Level.INFO] == []


def test_no_organ_anywhere(tmp_path: Path) -> None:
    root = repository(tmp_path, office="语言: zh\n", case=laid_over("程序:\n  决定: {文号: {张某: 上江责〔2026〕3号}}\n", "case"))
    here = Workspace.open(root)
    answers = papers(examine_file(root / PLACES["case"]), here.office, here.roster, KINDS["decision"])
    assert {"D101", "D111", "D114", "D119"} <= {p.code for p in told(answers)}


@pytest.mark.parametrize("name", [OFFICE_FILE, ROSTER_FILE])
def test_what_is_no_case_has_no_papers(name: str, tmp_path: Path) -> None:
    root = repository(tmp_path)
    here = Workspace.open(root)
    answers = papers(examine_file(root / name), here.office, here.roster, KINDS["decision"])
    assert [p.code for p in told(answers)] == ["D120"]


def test_a_paper_nobody_needs_is_idle_not_wrong(tmp_path: Path) -> None:
    idle = [r for r in rendered("", "case", tmp_path) if isinstance(r, Refusal)]
    assert idle and all(r.idle for r in idle)
    assert {p.code for p in told(list(idle))} == {"D190"}
    assert kind("D190").level is Level.INFO


def test_someone_wholly_referred_with_a_number_is_refused(tmp_path: Path) -> None:
    """What the office cannot decide has no force in a decision."""
    answers = rendered("处理意见:\n  张某: [M7]\n  杨某: [M1]\n", "case", tmp_path)
    refused = [r for r in answers if isinstance(r, Refusal) and r.subject == "张某" and r.kind.id == "decision"]
    assert [[p.code for p in r.problems] for r in refused] == [["D119"]]


SLIPS = sorted((Path(__file__).parents[2] / "sample_cases" / "slips").glob("*.yaml"))


@pytest.mark.parametrize("path", SLIPS, ids=lambda p: p.stem)
def test_a_file_with_slips_gives_papers_or_refusals(path: Path) -> None:
    """Whatever could be read of it, nothing is half a paper."""
    here = Workspace.open(path)
    examined = examine_file(path)
    for k in KINDS.values():
        for answer in papers(examined, here.office, here.roster, k):
            assert text(answer) if isinstance(answer, Paper) else answer.problems
