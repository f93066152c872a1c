"""`make bench`: what enforce costs, as ratios of processor time against tools beside it.

Each pair is run A B A B … as whole processes; the medians of their CPU time (user and system) are
compared. Nothing is asserted: a table is printed, `--write` puts it into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.generate import generate

ROOT = Path(__file__).parents[2]
BESIDE = ROOT / ".venv-bench"
"""Its own environment: enforce's parser extra must not make the tools beside it faster or slower."""
TOOLS = ("check-jsonschema", "yamllint")
PAGE = ROOT / "docs" / "performance.md"
OPENING, CLOSING = "<!-- bench -->\n", "<!-- /bench -->\n"
BATCH = 1000
"""Files per command line: 10,000 names do not fit on every system's."""

Command = list[str]


@dataclass(frozen=True)
class Cost:
    """CPU seconds of a process, and the peak of its memory in MiB."""

    seconds: float
    peak: float


@dataclass(frozen=True)
class Job:
    """Commands run one after the other; a part of the files stands for all of them, `scale` times."""

    name: str
    commands: list[Command]
    scale: float = 1.0

    def run(self) -> Cost:
        costs = [run(command) for command in self.commands]
        return Cost(sum(c.seconds for c in costs) * self.scale, max(c.peak for c in costs))


@dataclass(frozen=True)
class Goal:
    """`ours` against `theirs`: at most `limit` times theirs, or at least `limit` times faster."""

    work: str
    ours: Job
    theirs: Job
    limit: float
    faster: bool
    rounds: int


def run(command: Command) -> Cost:
    """One process, its output dropped. An exit code is no failure here: some files have slips."""
    with Path(os.devnull).open("wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 4):
        raise SystemExit(f"{process.returncode}: {' '.join(command[:4])} …")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 2**20)


def paired(goal: Goal) -> tuple[Cost, Cost]:
    """The medians of A B A B …; once before the first round to warm the disk's cache."""
    if goal.rounds > 1:
        goal.ours.run()
        goal.theirs.run()
    ours, theirs = [], []
    for _ in range(goal.rounds):
        ours.append(goal.ours.run())
        theirs.append(goal.theirs.run())
    return _median(ours), _median(theirs)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(median(c.seconds for c in costs), median(c.peak for c in costs))


def beside() -> dict[str, str]:
    """Name → version of the tools, installed with what a plain installation brings."""
    python = BESIDE / "bin" / "python"
    if not all((BESIDE / "bin" / tool).exists() for tool in TOOLS):
        subprocess.run([sys.executable, "-m", "venv", str(BESIDE)], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *TOOLS], check=True
        )
    ask = "import sys; from importlib.metadata import version; print(*(version(t) for t in sys.argv[1:]))"
    told = subprocess.run([str(python), "-c", ask, *TOOLS], check=True, capture_output=True, text=True)
    return dict(zip(TOOLS, told.stdout.split(), strict=True))


def enforce(*arguments: str | Path) -> Command:
    return [str(Path(sys.executable).with_name("enforce")), *map(str, arguments)]


def goals(directory: Path, files: Sequence[Path], part: int, rounds: int) -> list[Goal]:
    """The pairs and what they are to reach. `part` files stand for all with the slow tools."""
    schema = directory / "case.schema.json"
    with schema.open("wb") as out:
        subprocess.run(enforce("schema", "case"), check=True, stdout=out, cwd=ROOT)
    tool = {name: str(BESIDE / "bin" / name) for name in TOOLS}
    some = [str(file) for file in _spread(files, part)]
    batches = [some[i : i + BATCH] for i in range(0, len(some), BATCH)]
    scale = len(files) / len(some)
    said = f"{len(files)} cases" if scale == 1 else f"{len(some)} cases × {scale:g}"
    check = [tool["check-jsonschema"], "--schemafile", str(schema)]
    typer = Job("import typer", [[sys.executable, "-c", "import typer"]])
    one = _spread(files, 1)[0]
    whole = Job("enforce validate", [enforce("validate", directory)])
    assess = Job("enforce assess", [enforce("assess", one)])
    work = f"validate {len(files)} cases, cold"
    return [
        Goal("--help", Job("enforce --help", [enforce("--help")]), typer, 1.3, False, rounds),
        Goal("assess one case", assess, typer, 2.2, False, rounds),
        Goal(
            "assess one case",
            assess,
            Job("check-jsonschema, the same case", [[*check, str(one)]]),
            1.6,
            True,
            rounds,
        ),
        Goal(
            work,
            whole,
            Job(f"check-jsonschema, {said}", [[*check, *batch] for batch in batches], scale),
            20,
            True,
            max(1, rounds // 7),
        ),
        Goal(
            work,
            whole,
            Job(f"yamllint, {said}", [[tool["yamllint"], *batch] for batch in batches], scale),
            25,
            True,
            max(1, rounds // 7),
        ),
    ]


def _spread(files: Sequence[Path], part: int) -> list[Path]:
    """Evenly over all of them."""
    step = len(files) / min(part, len(files))
    return [files[int(i * step)] for i in range(min(part, len(files)))]


def table(measured: Sequence[tuple[Goal, Cost, Cost]]) -> list[str]:
    """Markdown; ratios first, the seconds only to give their size."""
    lines = [
        "| work | against | ratio | goal | reached | CPU s | CPU s of the other |",
        "|---|---|---|---|---|---|---|",
    ]
    for goal, ours, theirs in measured:
        ratio = theirs.seconds / ours.seconds if goal.faster else ours.seconds / theirs.seconds
        reached = ratio >= goal.limit if goal.faster else ratio <= goal.limit
        words = "{:g} × faster" if goal.faster else "{:g} ×"
        lines.append(
            f"| {goal.work} | {goal.theirs.name} | {words.format(round(ratio, 2))} "
            f"| {'≥' if goal.faster else '≤'} {goal.limit:g} × | {'yes' if reached else 'no'} "
            f"| {ours.seconds:.2f} | {theirs.seconds:.2f} |"
        )
    return lines


def memory(measured: Sequence[tuple[Goal, Cost, Cost]]) -> str:
    peak = max(ours.peak for _, ours, _ in measured)
    return f"| peak memory of validate | – | {peak:.0f} MiB | ≤ 80 MiB | {'yes' if peak <= 80 else 'no'} | – | – |"


def write(text: str) -> None:
    """Between the two marks of the page."""
    page = PAGE.read_text("utf-8")
    before, rest = page.split(OPENING)
    PAGE.write_text(f"{before}{OPENING}{text}{CLOSING}{rest.split(CLOSING)[1]}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument(
        "--part", type=int, default=1000, help="files the slow tools are given; scaled per file"
    )
    parser.add_argument(
        "--rounds", type=int, default=21, help="of the short pairs; the long ones run a seventh"
    )
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument(
        "--on",
        default=f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        help="machine and date, for the line below the table",
    )
    wanted = parser.parse_args()
    versions = beside()
    with tempfile.TemporaryDirectory() as directory:
        files = generate(Path(directory), wanted.cases)
        measured = [
            (goal, *paired(goal)) for goal in goals(Path(directory), files, wanted.part, wanted.rounds)
        ]
    told = ", ".join(f"{tool} {version}" for tool, version in versions.items())
    lines = [
        *table(measured),
        memory(measured),
        "",
        f"{wanted.on}; Python {platform.python_version()}; {told}.",
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if wanted.write:
        write(text)


if __name__ == "__main__":
    main()
