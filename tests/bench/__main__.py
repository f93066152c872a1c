"""`make bench`: what enforce costs, as ratios of processor time against tools beside it.

Each pair is run A B A B … as whole processes; the medians of their CPU time (user and system) are
compared. Nothing is asserted: a table is printed, `--write` puts it into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.generate import generate
from tests.bench.history import COMMITS, history
from tests.bench.reviews import COLD, MEMORY, WARM, YEAR, Tree, planted
from tests.bench.seals import SEALS, sealed

ROOT = Path(__file__).parents[2]
BESIDE = ROOT / ".venv-bench"
"""Its own environment: enforce's parser extra must not make the tools beside it faster or slower."""
TOOLS = ("check-jsonschema", "yamllint")
PAGE = ROOT / "docs" / "performance.md"
OPENING, CLOSING = "<!-- bench -->\n", "<!-- /bench -->\n"
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
"""As on a machine where the tools are installed: with bytecode kept, without a developer's switches."""

Command = list[str]


@dataclass(frozen=True)
class Cost:
    """CPU seconds of a process, and the peak of its memory in MiB."""

    seconds: float
    peak: float


@dataclass(frozen=True)
class Job:
    """A command. Where it is given only a part of the files, `one` is the same with a single file: what
    a further file costs is the difference, and `more` times the difference is added."""

    name: str
    command: Command
    one: Command | None = None
    more: float = 0.0

    def run(self) -> Cost:
        whole = run(self.command)
        if self.one is None:
            return whole
        first = run(self.one)
        return Cost(first.seconds + (whole.seconds - first.seconds) * self.more, whole.peak)


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
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, cwd=ROOT, env=ENVIRONMENT)
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
        subprocess.run(enforce("schema", "case"), check=True, stdout=out, cwd=directory)
    check = [str(BESIDE / "bin" / "check-jsonschema"), "--schemafile", str(schema)]
    lint = [str(BESIDE / "bin" / "yamllint")]
    some = _spread(files, part)
    said = f"{len(files)} cases" if len(some) == len(files) else f"{len(files)} cases, from {len(some)}"

    def slow(name: str, command: Command) -> Job:
        if len(some) == len(files):
            return Job(f"{name}, {said}", [*command, *map(str, some)])
        more = (len(files) - 1) / (len(some) - 1)
        return Job(f"{name}, {said}", [*command, *map(str, some)], [*command, str(some[0])], more)

    typer = Job("import typer", [sys.executable, "-c", "import typer"])
    one = str(files[len(files) // 2])
    assess = Job("enforce assess", enforce("assess", one))
    checked = Job("check-jsonschema, the same case", [*check, one])
    prove = Job("enforce rulebook check", enforce("rulebook", "check", "shangjiang-2023"))
    whole = Job("enforce validate", enforce("validate", directory))
    past = directory.with_name("past")
    changed = history(past)
    told = Job("enforce log", enforce("log", changed))
    git = f"git -C '{past}' log --raw"
    plain = Job("3 × git log --raw and enforce assess of it", ["sh", "-c", f"{git}; {git}; {git}; {shlex.join(enforce('assess', changed))}"])
    work, few = f"validate {len(files)} cases, cold", max(1, rounds // 7)
    return [
        Goal("--help", Job("enforce --help", enforce("--help")), typer, 1.3, False, rounds),
        Goal("assess one case", assess, typer, 2.2, False, rounds),
        Goal("assess one case", assess, checked, 1.6, True, rounds),
        Goal("prove a rulebook: 64 situations, 19,680 groups of persons", prove, typer, 19, False, few),
        Goal(f"log of a case in {COMMITS} commits", told, plain, 1, False, rounds),
        Goal(work, whole, slow("check-jsonschema", check), 20, True, few),
        Goal(work, whole, slow("yamllint", lint), 25, True, few),
        Goal(f"review {len(files)} cases, cold", Job("enforce review", enforce("review", directory, "--year", YEAR, "--no-cache")),
             slow("check-jsonschema", check), COLD, True, few),
    ]


def warm_review(tree: Tree, rounds: int) -> tuple[list[str], str]:
    """The row of a warm review, and the peak of its first, cold one. Nothing in the tree changes in between."""
    review = Job("enforce review", tree.review(enforce))
    first = review.run()  # fills the cache
    goal = Goal(f"review {tree.number} unchanged cases, warm", review, Job("git status", tree.status()), WARM, False, rounds)
    warm, status = paired(goal)
    peak = max(first.peak, warm.peak)
    row = f"| peak memory of review, {tree.number} cases | – | {peak:.0f} MiB | ≤ {MEMORY} MiB | {'yes' if peak <= MEMORY else 'no'} | {first.seconds:.2f} | – |"
    return table([(goal, warm, status)])[2:], row


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
    peak = max(ours.peak for goal, ours, _ in measured if goal.work.startswith("validate"))
    return f"| peak memory of validate | – | {peak:.0f} MiB | ≤ 80 MiB | {'yes' if peak <= 80 else 'no'} | – | – |"


def papers() -> str:
    """CPU time of one paper in DOCX, start-up and reading shared among all papers of the sample office."""
    with tempfile.TemporaryDirectory() as directory:
        office = Path(directory) / "office"
        shutil.copytree(ROOT / "sample_cases", office)
        cost = run(enforce("render", office, "--format", "docx", "--out", Path(directory) / "papers"))
        number = sum(1 for _ in (Path(directory) / "papers").rglob("*.docx"))
    each = 1000 * cost.seconds / number
    reached = "yes" if each <= 60 else "no"
    return f"| a paper in DOCX, in a batch of {number} | – | {each:.1f} ms | ≤ 60 ms | {reached} | {cost.seconds:.2f} | – |"


def trail() -> str:
    """Wall time of a whole verification: the answer is waited for, and it uses every processor."""
    with tempfile.TemporaryDirectory() as directory:
        office = Path(directory) / "office"
        sealed(office)
        start = perf_counter()
        cost = run(enforce("verify", office))
        waited = perf_counter() - start
    reached = "yes" if waited <= 10 else "no"
    return f"| verify {SEALS} seals in {COMMITS} commits | – | {waited:.1f} s waited | ≤ 10 s | {reached} | {cost.seconds:.2f} | – |"


def write(text: str) -> None:
    """Between the two marks of the page."""
    page = PAGE.read_text("utf-8")
    before, rest = page.split(OPENING)
    PAGE.write_text(f"{before}{OPENING}{text}{CLOSING}{rest.split(CLOSING)[1]}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--part", type=int, default=1000, help="files the slow tools are given")
    parser.add_argument(
        "--rounds", type=int, default=21, help="of the short pairs; the long ones run a seventh"
    )
    parser.add_argument("--reviewed", type=int, default=100_000, help="cases of the warm review")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument(
        "--on",
        default=f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        help="machine and date, for the line below the table",
    )
    wanted = parser.parse_args()
    versions = beside()
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory) / "cases"
        files = generate(place, wanted.cases)
        measured = [(goal, *paired(goal)) for goal in goals(place, files, wanted.part, wanted.rounds)]
        warm, peak = warm_review(planted(Path(directory), wanted.reviewed), max(1, wanted.rounds // 3))
    told = ", ".join(f"{tool} {version}" for tool, version in versions.items())
    lines = [
        *table(measured),
        *warm,
        memory(measured),
        peak,
        papers(),
        trail(),
        "",
        f"{wanted.on}; Python {platform.python_version()}; {told}.",
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if wanted.write:
        write(text)


if __name__ == "__main__":
    main()
