"""What other programs read, held against their own schemas (tests/output/schemas)."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from lxml import etree

from enforcecli.output.problems import FORMATS, report
from tests.output.values import BAD, FILES, HOSTILE, Case, problem

SCHEMAS = Path(__file__).parent / "schemas"
SETS = {
    "some": FILES,
    "none": (),
    "clean": (Case("a.yaml"),),
    "hostile": tuple(Case(f"cases/{word}.yaml", (problem("F901", 1, fault=word),)) for word in HOSTILE),
    "the same twice": (BAD, BAD),
}


def text(form: str, name: str, *, strict: bool = False) -> str:
    """The report; half a character, which no other program takes, as a question mark."""
    told = "".join(report(SETS[name], form, strict=strict))
    return told.encode("utf-8", "replace").decode("utf-8")


@pytest.mark.parametrize("name", SETS)
def test_sarif(name: str) -> None:
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8"))
    jsonschema_rs.Draft4Validator(schema).validate(json.loads(text("sarif", name)))


@pytest.mark.parametrize("name", SETS)
def test_gitlab(name: str) -> None:
    schema = json.loads((SCHEMAS / "gitlab-code-quality.json").read_text("utf-8"))
    told = json.loads(text("gitlab", name))
    jsonschema_rs.Draft202012Validator(schema).validate(told)
    assert len({one["fingerprint"] for one in told}) == len(told), "GitLab shows the first of equal fingerprints only"


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("name", SETS)
def test_junit(name: str, strict: bool) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "jenkins-junit.xsd")))
    tree = etree.fromstring(text("junit", name, strict=strict).encode("utf-8"))
    for case in tree.iter("testcase"):  # what GitLab reads besides; the schema of Jenkins has no words for it
        assert {"file", "line"} <= set(case.attrib)
        del case.attrib["file"], case.attrib["line"]
    schema.assertValid(tree)


def test_the_schemas_refuse_something() -> None:
    sarif = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8"))
    assert not jsonschema_rs.Draft4Validator(sarif).is_valid({"version": "2.1.0", "runs": [{}]})
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "jenkins-junit.xsd")))
    assert not schema.validate(etree.fromstring("<testsuites><testcase/></testsuites>"))


def test_every_format_tells_the_same_problems() -> None:
    told = {form: text(form, "some") for form in FORMATS}
    codes = [p.code for file in FILES for p in file.problems]
    assert sorted(p["code"] for p in json.loads(told["json"])["problems"]) == sorted(codes)
    assert sorted(json.loads(line)["code"] for line in told["jsonl"].splitlines()) == sorted(codes)
    assert sorted(r["ruleId"] for r in json.loads(told["sarif"])["runs"][0]["results"]) == sorted(codes)
    assert sorted(r["check_name"] for r in json.loads(told["gitlab"])) == sorted(codes)
    for form in ("text", "github", "junit"):
        assert all(told[form].count(code) >= codes.count(code) for code in set(codes))
