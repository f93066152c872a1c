"""A case repository with many commits and many seals: `python -m tests.bench.seals DIRECTORY`."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from tests.bench.history import START

SAMPLES = Path(__file__).parents[2] / "sample_cases"
CASE = "cases/2026/SJ-2026-003.yaml"
COMMITS, SEALS = 2000, 200
PEOPLE = {"AUTHOR": ("钱某", "qian@shangjiang.example"), "COMMITTER": ("赵某", "zhao@shangjiang.example")}


def sealed(directory: Path, commits: int = COMMITS, seals: int = SEALS) -> None:
    """Writes it: the cases, remarks in the commits between, and every case sealed by the product's own function."""
    import subprocess

    from enforcecli.history.repository import Repository
    from enforcecli.history.seal import Order, Sealed, seal

    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    names = [CASE.replace("003", f"{1000 + n}") for n in range(seals)]
    text = (SAMPLES / CASE).read_text(encoding="utf-8")
    files = {name: (SAMPLES / name).read_bytes() for name in ("enforce.yaml", "roster.yaml")}
    files |= {name: text.replace("SJ-2026-003", Path(name).stem).encode("utf-8") for name in names}
    stream = [_commit(0, "".join(f"M 100644 inline {name}\ndata {len(data)}\n" + data.decode("utf-8") + "\n" for name, data in files.items()))]
    stream += [_commit(n, f"M 100644 inline remark\ndata 5\n{n:05d}\n") for n in range(1, commits - seals)]
    directory.mkdir(parents=True, exist_ok=True)
    for command, given in ((["git", "init", "-q", "-b", "main"], b""), (["git", "fast-import", "--quiet"], b"".join(stream))):
        subprocess.run(command, cwd=directory, input=given, env=env, check=True)
    name, mail = PEOPLE["COMMITTER"]
    for setting in (["user.name", name], ["user.email", mail], ["core.autocrlf", "false"]):
        subprocess.run(["git", "config", *setting], cwd=directory, env=env, check=True)
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=directory, env=env, check=True)
    with Repository.open(directory) as repository:
        for case in names:
            made = seal(repository, directory, Order(case, sign=False))
            if not isinstance(made, Sealed):
                raise SystemExit(f"{case}: {[problem.code for problem in made]}")
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=directory, env=env, check=True)


def _commit(n: int, files: str) -> bytes:
    hands = "".join(f"{role.lower()} {name} <{mail}> {START + 3600 * n} +0800\n" for role, (name, mail) in PEOPLE.items())
    return f"commit refs/heads/main\n{hands}data 1\nx\n{files}\n".encode()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    place = parser.parse_args().directory
    shutil.rmtree(place, ignore_errors=True)
    sealed(place)
