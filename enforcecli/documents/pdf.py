"""PDF from the finished DOCX, by the LibreOffice of the machine: the same look, no layout of its own.

Nothing is installed or configured: a private profile, thrown away afterwards, one start for all the
papers, a limit of time. A PDF is for reading and printing; its bytes differ from run to run, so
papers are compared as DOCX.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from enforcecli.model.problem import Problem, problem

START_SECONDS, SECONDS_EACH = 60, 5
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_SERIF, _SANS = ("Noto Serif CJK SC", "Source Han Serif SC"), ("Noto Sans CJK SC", "Source Han Sans SC")
_FANG = ("仿宋", "FangSong", "STFangsong", "FandolFang R", "FandolFang", *_SERIF)
_KAI = ("楷体", "KaiTi", "STKaiti", "FandolKai", "AR PL UKai CN", "LXGW WenKai", *_SERIF)
_ALIKE: Mapping[str, Sequence[str]] = {
    "仿宋_GB2312": _FANG, "仿宋": _FANG, "方正仿宋简体": _FANG,
    "楷体_GB2312": _KAI, "楷体": _KAI, "方正楷体简体": _KAI,
    "黑体": ("SimHei", "STHeiti", "FandolHei", *_SANS),
    "宋体": ("SimSun", "STSong", "FandolSong", *_SERIF),
    "方正小标宋简体": ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "小标宋体", "宋体", *_SERIF),
}  # fmt: skip
"""A font the papers name → fonts of the same kind, best first, for machines without it."""
_BOLD = "方正小标宋简体"
"""小标宋 is heavier than text type: its stand-in is a bold one."""


def to_pdf(papers: Mapping[str, bytes]) -> dict[str, bytes] | Problem:
    """Name → DOCX in, name → PDF out, all or none. D235: there is no LibreOffice; D305: it failed
    or took longer than a minute and five seconds for each paper."""
    if not papers:
        return {}
    program = find_program()
    if program is None:
        return problem("D235")
    with tempfile.TemporaryDirectory(prefix="enforce-pdf-", ignore_cleanup_errors=True) as place:
        work = Path(place)
        files = {name: work / f"{at:05}.docx" for at, name in enumerate(papers)}
        for name, file in files.items():
            file.write_bytes(papers[name])
        finished = _convert(program, work, list(files.values()))
        made = {name: file.with_suffix(".pdf") for name, file in files.items()}
        if not finished or not all(pdf.is_file() for pdf in made.values()):
            return problem("D305", program=program.name, seconds=_limit(len(papers)))
        return {name: pdf.read_bytes() for name, pdf in made.items()}


def find_program() -> Path | None:
    """The converter, by its full path. One found through a relative place (`.` in PATH; on Windows
    the working directory) is not taken: that may be anybody's case repository."""
    found = [shutil.which(name) for name in _NAMES]
    for path in (Path(name) for name in (*found, *_PLACES) if name):
        if path.is_absolute() and path.is_file():
            return path
    return None


def _limit(papers: int) -> int:
    return START_SECONDS + SECONDS_EACH * papers


def _convert(program: Path, work: Path, files: Sequence[Path]) -> bool:
    command = [str(program), "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
               f"-env:UserInstallation={(work / 'profile').as_uri()}",
               "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(work), *map(str, files)]  # fmt: skip
    with subprocess.Popen(command, cwd=work, env=_environment(work), stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          start_new_session=sys.platform != "win32") as process:  # fmt: skip
        try:
            code: int = process.wait(_limit(len(files)))
        except BaseException as error:
            _kill(process)
            if isinstance(error, subprocess.TimeoutExpired):
                return False
            raise
    return code == 0


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The starter and the program it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _environment(work: Path) -> dict[str, str]:
    """The environment, with stand-ins for the fonts the machine lacks (where fontconfig is used)."""
    environment = dict(os.environ)
    system = Path(environment.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf"))
    if sys.platform != "win32" and system.is_file():
        settings = work / "fonts.conf"
        settings.write_text(font_settings(system), encoding="utf-8")
        environment["FONTCONFIG_FILE"] = str(settings)
    return environment


def font_settings(system: Path) -> str:
    """A fontconfig file: the system's, and which fonts are alike."""
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><accept>'
        + "".join(f"<family>{other}</family>" for other in alike)
        + "</accept></alias>"
        for name, alike in _ALIKE.items()
    )
    bold = (f'<match target="pattern"><test name="family"><string>{_BOLD}</string></test>'
            '<edit name="weight" mode="assign"><const>bold</const></edit></match>')  # fmt: skip
    return ('<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>'
            f"<include>{escape(str(system))}</include>{bold}{aliases}</fontconfig>\n")  # fmt: skip
