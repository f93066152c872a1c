"""A case repository with a history made step by step, free of the machine's own git settings."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "sample_cases"
CASE = "cases/2026/SJ-2026-003.yaml"
BARE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}


class Office:
    """The sample office's settings and roster below a directory, in git."""

    def __init__(self, directory: Path) -> None:
        self.root = directory
        directory.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")
        for name in ("enforce.yaml", "roster.yaml"):
            shutil.copy(SAMPLES / name, directory / name)
        (directory / CASE).parent.mkdir(parents=True)

    def git(self, *args: str, check: bool = True, **environ: str) -> str:
        """What git prints."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(["git", *args], cwd=self.root, env=env | BARE | environ, capture_output=True, check=False)
        assert not check or done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def sample(self, name: str = CASE) -> None:
        """One of the sample cases, as it stands there."""
        shutil.copy(SAMPLES / name, self.root / name)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def commit(self, message: str, day: str = "2026-05-01", who: str = "王某", *, committer: str | None = None,
               committed: str | None = None) -> str:
        """Everything as it stands, at nine in the morning of the day; its name."""
        self.git("add", "-A")
        hands = {}
        for role, name, on in (("AUTHOR", who, day), ("COMMITTER", committer or who, committed or day)):
            hands |= {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": f"{name}@example.invalid",
                      f"GIT_{role}_DATE": f"{on} 09:00:00 +0800"}
        self.git("commit", "-q", "--allow-empty", "-m", message, **hands)
        return self.git("rev-parse", "HEAD")

    def fingerprint(self) -> dict[str, str]:
        """Every file below the root, .git included, with its bytes, mode and time: a read changes nothing."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            status = path.lstat()
            data = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes() if path.is_file() else b""
            found[path.relative_to(self.root).as_posix()] = \
                f"{status.st_mode:o} {status.st_mtime_ns} {hashlib.sha256(data).hexdigest()}"
        return found
