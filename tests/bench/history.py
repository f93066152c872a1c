"""A case repository with a long history, written in one stream: `python -m tests.bench.history DIRECTORY`."""

from __future__ import annotations

import argparse
import os
import subprocess
from pathlib import Path

from tests.bench.generate import generate

COMMITS = 2000
CASES = 200
EVERY = 500
"""Each so many commits the office changes its scale."""
START = 1_760_000_000


def history(directory: Path, commits: int = COMMITS, cases: int = CASES) -> Path:
    """Writes the repository and returns the file of a case that changed many times. Each commit edits one case."""
    files = generate(directory, cases)
    settings = directory / "enforce.yaml"
    stream = [b"".join(_file(directory, path, path.read_bytes()) for path in (settings, directory / "roster.yaml", *files))]
    for n in range(1, commits):
        path = files[n % len(files)]
        text = path.read_text(encoding="utf-8").replace("页: 1", f"页: {n % 90 + 1}", 1) + f"# {n}\n"
        made = _file(directory, path, text.encode("utf-8"))
        if n % EVERY == 0:
            scale = settings.read_text(encoding="utf-8").replace("主要责任: 7/10", f"主要责任: {(7, 8)[n // EVERY % 2]}/10")
            made += _file(directory, settings, scale.encode("utf-8"))
        stream.append(made)
    data = b"".join(_commit(n, made) for n, made in enumerate(stream))
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for command, given in ((["git", "init", "-q", "-b", "main"], b""), (["git", "fast-import", "--quiet"], data),
                           (["git", "reset", "-q", "--hard"], b"")):
        subprocess.run(command, cwd=directory, input=given, env=env, check=True)
    return files[len(files) // 2]


def _file(directory: Path, path: Path, data: bytes) -> bytes:
    name = path.relative_to(directory).as_posix().encode("utf-8")
    return b"M 100644 inline %s\ndata %d\n%s\n" % (name, len(data), data)


def _commit(n: int, files: bytes) -> bytes:
    words = f"edit {n}".encode("ascii")
    return b"commit refs/heads/main\ncommitter Wang <wang@example.invalid> %d +0800\ndata %d\n%s\n%s\n" % (
        START + 3600 * n, len(words), words, files)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    print(history(parser.parse_args().directory))
