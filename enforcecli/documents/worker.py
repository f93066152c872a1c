"""A process of its own for an office's templates: whatever they do, this one goes on.

One worker renders the papers of a run, a JSON line for each; when it takes too long or too much
memory it is ended, and the next paper gets a new one.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from enforcecli.documents.loader import Templates
from enforcecli.documents.sandbox import Environment, Fault, rendered

SECONDS = 10.0
"""For one paper; the shipped ones take a few hundredths."""
MEMORY = 768 * 1024 * 1024
_START = "import sys; sys.path[:] = sys.argv[1:]; from enforcecli.documents.worker import serve; serve()"
_NEEDED = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP")


def rendered_apart(name: str, context: Mapping[str, Any], templates: Templates,
                   seconds: float = SECONDS) -> str | Fault:
    """Renders in the worker. D209 where it takes too long, D208 where it dies."""
    answer = _CREW.of(templates).ask({"name": name, "context": context}, seconds)
    if answer is None:
        late = _CREW.dismiss()
        return Fault("D209", name, 0, (("seconds", str(int(seconds))),)) if late \
            else Fault("D208", name, 0, (("words", "out of memory"),))
    if "text" in answer:
        return str(answer["text"])
    code, where, line, args = answer["fault"]
    return Fault(code, where, line, tuple((key, value) for key, value in args))


class Worker:
    """The process, and a thread that waits for its lines."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        environment = {key: os.environ[key] for key in _NEEDED if key in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, *filter(None, sys.path)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd=Path(sys.executable).anchor)
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()
        atexit.register(self.end)
        self._tell({"sources": dict(sources)})

    def ask(self, job: Mapping[str, Any], seconds: float) -> Mapping[str, Any] | None:
        """The answer; None where none comes in time, or the worker is gone."""
        self._tell(job)
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            return None
        return json.loads(line) if line.endswith(b"\n") else None

    def end(self) -> bool:
        """Ends the process; True if it was still at work."""
        atexit.unregister(self.end)
        working = self._process.poll() is None
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()
        return working

    def _tell(self, value: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):  # gone: nothing will be answered
            self._process.stdin.write(json.dumps(value).encode("ascii") + b"\n")
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(OSError, ValueError):
            for line in self._process.stdout:
                self._answers.put(line)
        self._answers.put(b"")


class _Crew:
    """The one worker there is at a time."""

    def __init__(self) -> None:
        self._worker: Worker | None = None
        self._templates: Templates | None = None

    def of(self, templates: Templates) -> Worker:
        """The worker that knows these templates; another office's is sent home."""
        if self._worker is None or self._templates is not templates:
            self.dismiss()
            self._worker, self._templates = Worker(templates.sources), templates
        return self._worker

    def dismiss(self) -> bool:
        """True if the worker was still at work."""
        worker, self._worker = self._worker, None
        return worker is not None and worker.end()


_CREW = _Crew()


# within the process

def serve() -> None:
    """Answers jobs line by line until the input ends."""
    _limit()
    out = sys.stdout.buffer
    lines = iter(sys.stdin.buffer)
    environment = Environment(json.loads(next(lines))["sources"])
    for line in lines:
        job = json.loads(line)
        try:
            text = rendered(environment, job["name"], job["context"])
        except MemoryError:
            text = Fault("D208", job["name"], 0, (("words", "out of memory"),))
        answer = {"text": text} if isinstance(text, str) else {"fault": [text.code, text.name, text.line, text.args]}
        out.write(json.dumps(answer).encode("ascii") + b"\n")
        out.flush()


def _limit() -> None:
    """Memory, and no files written; systems without such limits have the clock of the parent."""
    with suppress(ImportError):
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
