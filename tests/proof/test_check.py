"""What `rulebook check` finds: in books each wrong in one way, and in the built-in measure broken on purpose.

In bad/*.yaml `#! CODE words` at the end of a line says what must be told there; nothing else may be. A first
line `#! CODE file line` names a place in another file.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from enforcecli.model.problem import Kind, Level
from enforcecli.model.result import Why
from enforcecli.output.shown import show
from enforcecli.problems import all_kinds, kind, level
from enforcecli.proof import check
from enforcecli.proof.check import Proof, problems, prove
from enforcecli.proof.persons import Flaw, Groups, plan_of
from enforcecli.proof.situations import How, Situations, Verdict, answers
from enforcecli.reading.library import built_in_ids
from tests.proof.support import BOOKS, SHANGJIANG, checked, codes, files_of, written
from tests.rulebooks.test_rulebook_reading import with_keys
from tests.rules.worked_cases import book

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
SOURCE = (Path(__file__).parent.parent / "rulebooks" / "files" / "source.txt").read_bytes()
MINE = [k for k in all_kinds() if "B201" <= k.code <= "B229"]
OF_THE_PROGRAM = {"B209", "B221", "B222", "B223", "B224"}
"""What no book can bring about alone, or none that is quickly gone through: tested below."""


def expected(text: str) -> list[tuple[str, str, int, str]]:
    """(code, file, line, words) as the marks say."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        mark = re.search(r"#! (B[0-9]{3}) ?(.*)", line)
        if mark is not None and number == 1:
            file, at = mark[2].split()
            found.append((mark[1], file, int(at), ""))
        elif mark is not None:
            found.append((mark[1], "rulebook.yaml", number, mark[2]))
    return sorted(found)


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_each_bad_book_is_told_so_at_its_line(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    folder = written(tmp_path / "bad", {"rulebook.yaml": text.encode(), "source.txt": SOURCE})
    wanted = expected(text)
    found = sorted(
        (p.code, p.file.rsplit("/", 1)[-1], p.span.line if p.span else 0, show(p).message if p.code != "B140" else "")
        for file in checked(folder, persons="B208" not in path.stem) for p in file.problems)
    assert found == wanted
    assert path.stem.split("-")[0] in {code for code, *_ in found}


def test_every_kind_has_a_bad_book() -> None:
    told = {path.stem.split("-")[0] for path in BAD}
    assert {k.code for k in MINE} - told == OF_THE_PROGRAM


@pytest.mark.parametrize("sample", [k for k in MINE if k.bad], ids=lambda k: k.code)
def test_samples_of_the_kinds_do_what_they_say(sample: Kind, tmp_path: Path) -> None:
    def told(name: str, piece: str) -> list[str]:
        files = files_of(BOOKS / "small")
        files["rulebook.yaml"] = with_keys(files["rulebook.yaml"].decode(), piece).encode()
        return codes(checked(written(tmp_path / name / "small", files)))

    assert sample.code in told("bad", sample.bad)
    assert sample.code not in told("good", sample.good)


BREAKS = {
    "an edge": ("B202", {"  over: {R2: 经审批的特别规定}\n": ""}),
    "the edges of the exception": ("B202", {", R3: 审批人系受误导而改变, R5: 误导是审批责任的例外}": "}"}),
    "an edge the wrong way round": ("B204", {
        "  over: {R2: 被审批人改变的特别规定, R5: 改变是审批的特别情形}": "  over: {R2: 被审批人改变的特别规定}",
        "  over: {R2: 经审批的特别规定}": "  over: {R2: 经审批的特别规定, R3: 写反}"}),
    "a condition that never holds": ("B203", {
        "  when: {审批情形: 应报批未报批}": "  when: {审批情形: 应报批未报批, 因汇报失实致审批失误: 是}"}),
    "a circle": ("B118", {"  over: {R1: 特别规定优于一般规定}": "  over: {R1: 特别规定优于一般规定, R6: 写反}"}),
    "a paraphrase": ("B109", {"由审批人或审批部门承担主要责任\n": "由审批人或者审批部门承担主要责任\n"}),
    "a wrong scale": ("B121", {"default: 7/10, range: [51/100, 9/10]": "default: 13/10"}),
    "a norm left out": ("B140", {
        "- {code: D3-2, role: 一般工作人员, cite: 四（三）2, text: 对职责范围内的有关行政执法问题，深入调查，提出符合法律规定的处理意见和建议}\n": ""}),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_measure_broken_on_purpose_is_found_out(name: str, tmp_path: Path) -> None:
    code, edits = BREAKS[name]
    files = files_of(SHANGJIANG)
    text = files["rulebook.yaml"].decode()
    for before, after in edits.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    files["rulebook.yaml"] = text.encode()
    found = checked(written(tmp_path / "shangjiang-2023", files), persons=False)
    assert code in codes(found)
    assert all(p.span is not None for file in found for p in file.problems)


def test_a_gap_in_the_measure_is_found_out(tmp_path: Path) -> None:
    """Without rule 1 nobody speaks to what is neither a department's act nor approved."""
    known = book("shangjiang-2023")
    without = {name: replace(rule, over={o: w for o, w in rule.over.items() if o != "R1"})
               for name, rule in known.rules.items() if name != "R1"}
    found = [p for p in problems(prove(replace(known, rules=without), persons=False)) if p.code == "B201"]
    assert [dict(p.args) for p in found] == [{"count": "1", "situations": "特殊情形为无，部门作出为否，审批情形为无需审批"}]


@pytest.mark.parametrize("name", built_in_ids())
def test_a_built_in_book_is_proven(name: str) -> None:
    """Every situation looked at, none without an answer or a question, every group of persons adds up."""
    found = checked(SHANGJIANG.parent / name)
    assert [p for file in found for p in file.problems if level(p) is not Level.INFO] == []
    proof = found[0].proof
    assert proof is not None and proof.groups is not None
    groups = proof.groups
    assert groups.flaws == ()
    assert proof.situations.how is groups.how is How.ALL
    assert groups.tried == groups.total == groups.decided + sum(groups.undecided.values())
    assert groups.assessed < groups.tried // 10, "one of each kind is enough"
    assert groups.decided > groups.total // 4
    assert not {Why.PROBLEM, Why.CONFLICT, Why.NO_RULE, Why.FACT_MISSING} & set(groups.undecided)


def test_what_is_worth_knowing_of_the_built_in_measure() -> None:
    proof = proof_without_groups("shangjiang-2023")
    assert [(p.code, p.where[1], *p.where[3:]) for p in problems(proof)] == [
        ("B205", "R3", "R2"), ("B205", "R6", "R2"), ("B205", "R6", "R5"), ("B206", "R1"), ("B207", "N1")]


def test_a_measure_that_never_says_which_clause_prevails_is_told_so_and_can_be_used() -> None:
    """甲型: seven situations of twelve. The check is right to fail: the text gives no answer there, and the book adds none."""
    found = problems(proof_without_groups("jia"))
    assert [p.code for p in found] == ["B202"] * 7
    assert sum("X4" in dict(p.args)["rules"] for p in found) == 6
    assert {level(p) for p in found} == {Level.ERROR}


def test_edges_with_a_reason_settle_what_the_measure_leaves_open() -> None:
    """What the head of the book tells the office to write, if it has made up its mind."""
    known = book("jia")
    x3 = replace(known.rules["X3"], over={**known.rules["X3"].over, "X2b": "更改在误导之后"})
    x4 = replace(known.rules["X4"], over=dict.fromkeys(["X1", "X2", "X2b", "X3", "X5"], "指使是错案的主要原因"))
    settled = prove(replace(known, rules={**known.rules, "X3": x3, "X4": x4}), persons=False)
    assert [a.verdict for a in settled.answers] == [Verdict.DECIDED] * 12
    assert "B202" not in {p.code for p in problems(settled)}


def test_what_the_measures_of_another_shape_leave_open_is_asked() -> None:
    """乙型: nothing collides where all rules bear together; 28 situations of 96 the text does not speak of."""
    proof = proof_without_groups("yi")
    verdicts = [a.verdict for a in proof.answers]
    assert (len(verdicts), verdicts.count(Verdict.SILENT), verdicts.count(Verdict.DECIDED)) == (96, 28, 68)
    assert {p.code for p in problems(proof)} == {"B207"}


def proof_without_groups(name: str) -> Proof:
    return prove(book(name), persons=False)


@pytest.mark.parametrize("name", ["shangjiang-2023", "jia", "yi"])
@given(random=st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_the_order_of_the_rules_in_the_file_changes_nothing(name: str, random: Random) -> None:
    """But for which of two colliding rules the problem is told at."""
    proof = proof_without_groups(name)
    rules = list(proof.book.rules.items())
    random.shuffle(rules)
    known = replace(proof.book, rules=dict(rules))
    shuffled = replace(proof, book=known, answers=answers(known))

    def told(found: Proof) -> list[object]:
        return sorted((p.code, *(v for k, v in p.args if k not in ("last", "other"))) for p in problems(found))

    assert told(shuffled) == told(proof)


def test_what_goes_wrong_with_a_group_is_told_with_the_group() -> None:
    proof = proof_without_groups("small")
    finding = next(plan_of(proof.book, proof.situations).findings())
    for name, code in check.ALL_FLAWS.items():
        flawed = replace(proof, groups=Groups(1, 1, 1, How.ALL, 0, {}, (Flaw(name, finding, "某种情形", ("L301",)),)))
        (found,) = problems(flawed)
        assert found.code == code and kind(code).level is Level.ERROR
        assert dict(found.args)["group"] == "经审批为是；甲（承办人，有无过错为有）"


def test_a_sample_of_the_groups_is_said_to_be_one() -> None:
    proof = proof_without_groups("small")
    sampled = replace(proof, groups=Groups(100_000, 60_000, 60_000, How.SAMPLED, 0, {}, ()))
    assert [(p.code, dict(p.args)) for p in problems(sampled)] == [("B209", {"looked": "60000", "total": "100000"})]


def test_of_a_sample_nothing_is_called_dead() -> None:
    proof = proof_without_groups("small")
    few = Situations(proof.situations.combinations[:1], 100_000, How.SAMPLED)
    assert [p.code for p in problems(replace(proof, situations=few, answers=proof.answers[:1]))] == ["B208"]
