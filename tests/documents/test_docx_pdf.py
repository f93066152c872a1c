"""PDF by the machine's LibreOffice: one start, a private profile, a limit of time, a clear word where
there is none. A stand-in plays the program here; test_layout.py runs the real one."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from enforcecli.documents import pdf
from enforcecli.documents.fonts import DEFAULTS
from enforcecli.model.problem import Problem
from enforcecli.problems import kind


def stand_in(place: Path, body: str) -> Path:
    """A program called soffice that runs this Python."""
    place.mkdir(parents=True, exist_ok=True)
    program = place / "soffice"
    program.write_text(f"#!{sys.executable}\nimport os, sys, time\nfrom pathlib import Path\n{body}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


CONVERT = """
log = Path(__file__).with_name("log")
log.write_text(log.read_text() + "start\\n" if log.exists() else "start\\n")
profile, out = "", ""
for at, word in enumerate(sys.argv):
    if word.startswith("-env:UserInstallation="):
        profile = word
    if word == "--outdir":
        out = sys.argv[at + 1]
assert profile.startswith("-env:UserInstallation=file://") and out in profile, sys.argv
assert os.environ["FONTCONFIG_FILE"].startswith(out)
for word in sys.argv:
    if word.endswith(".docx"):
        Path(word).with_suffix(".pdf").write_bytes(b"%PDF " + Path(word).read_bytes())
"""


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with nothing but what a test puts into this directory."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(pdf, "_PLACES", ())
    settings = tmp_path / "fonts.conf"
    settings.write_text("<fontconfig/>", encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    return tmp_path / "bin"


def test_all_in_one_start(only: Path) -> None:
    stand_in(only, CONVERT)
    made = pdf.to_pdf({"决定书-张某": b"1", "../移送函": b"2"})
    assert made == {"决定书-张某": b"%PDF 1", "../移送函": b"%PDF 2"}
    assert (only / "log").read_text(encoding="utf-8") == "start\n"


def test_nothing_to_do_starts_nothing(only: Path) -> None:
    assert pdf.to_pdf({}) == {}


def told(found: object) -> str:
    assert isinstance(found, Problem)
    return kind(found.code).message.format(**dict(found.args))


def test_without_a_program_it_says_so(only: Path) -> None:
    assert "LibreOffice" in told(pdf.to_pdf({"甲": b"1"}))


@pytest.mark.parametrize("body", ["sys.exit(3)", "pass", "Path(sys.argv[-1]).with_suffix('.pdf').write_bytes(b'1'); sys.exit(1)"])
def test_failure_leaves_nothing_half(only: Path, body: str) -> None:
    stand_in(only, body)
    found = pdf.to_pdf({"甲": b"1", "乙": b"2"})
    assert isinstance(found, Problem) and found.code == "D305"


def test_one_that_hangs_is_ended_with_its_children(only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(only, "import subprocess\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
                   "Path(__file__).with_name('child').write_text(str(child.pid))\ntime.sleep(60)")
    monkeypatch.setattr(pdf, "START_SECONDS", 2)
    monkeypatch.setattr(pdf, "SECONDS_EACH", 0)
    start = time.monotonic()
    assert "2 秒" in told(pdf.to_pdf({"甲": b"1"}))
    assert time.monotonic() - start < 20
    child = int((only / "child").read_text(encoding="utf-8"))
    for _ in range(50):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text(encoding="utf-8").split()[2] == "Z":
            return
        time.sleep(0.1)
    raise AssertionError("the child still runs")


def test_a_program_in_the_working_directory_is_not_taken(only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working directory is a case repository, and may be anybody's."""
    program = stand_in(only, CONVERT)
    monkeypatch.chdir(only)
    assert pdf.find_program() == program
    monkeypatch.setenv("PATH", os.pathsep.join((".", "../bin")))
    assert pdf.find_program() is None


def test_fonts_have_stand_ins_of_their_kind() -> None:
    root = ElementTree.fromstring(pdf.font_settings(Path("/etc/a&b.conf")))
    assert root.findtext("include") == "/etc/a&b.conf"
    aliases = {alias.findtext("family"): [f.text for f in alias.iterfind("accept/family")] for alias in root.iter("alias")}
    assert set(DEFAULTS.values()) <= set(aliases)
    assert aliases["仿宋_GB2312"][0] == "仿宋" and "Noto Serif CJK SC" in aliases["仿宋_GB2312"]
    assert "Noto Sans CJK SC" in aliases["黑体"]
