"""A real browser without a window, driven through two pipes: no port, no library."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAIT = 120.0
Message = dict[str, Any]


def find_browser() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name)) is not None), None)


class Browser:
    """One page. `heard` holds every event the browser told."""

    def __init__(self) -> None:
        program = find_browser()
        assert program is not None
        self._home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        far_in, far_out = (fcntl.fcntl(fd, fcntl.F_DUPFD, 20) for fd in (theirs_in, theirs_out))  # 3 and 4 are theirs
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
                   f"--user-data-dir={self._home.name}", "--remote-debugging-pipe")

        def take() -> None:
            """In the child: the browser reads from 3 and writes to 4."""
            os.dup2(far_in, 3)
            os.dup2(far_out, 4)

        self._process = subprocess.Popen([program, *options], preexec_fn=take, pass_fds=(3, 4), stdin=subprocess.DEVNULL,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for fd in (theirs_in, theirs_out, far_in, far_out):
            os.close(fd)
        self._buffer, self._last, self._session = b"", 0, ""
        self.heard: list[Message] = []
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        os.close(self._out)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        self._home.cleanup()

    def ask(self, method: str, **params: object) -> Message:
        """The answer to a command; what is told meanwhile is kept."""
        self._last += 1
        message: Message = {"id": self._last, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            told = self._hear()
            if told.get("id") == self._last:
                assert "error" not in told, told
                result: Message = told["result"]
                return result
            self.heard.append(told)

    def _hear(self) -> Message:
        end = time.monotonic() + WAIT
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], max(0, end - time.monotonic()))
            assert ready, "the browser is silent"
            piece = os.read(self._in, 1 << 16)
            assert piece, "the browser has gone"
            self._buffer += piece
        line, self._buffer = self._buffer.split(b"\0", 1)
        told: Message = json.loads(line)
        return told

    def open(self, file: Path) -> None:
        """Goes there and waits until the page is loaded."""
        self.heard.clear()
        self.ask("Page.navigate", url=file.as_uri())
        while not self.events("Page.loadEventFired"):
            self.heard.append(self._hear())

    def events(self, method: str) -> list[Message]:
        return [told["params"] for told in self.heard if told.get("method") == method]

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key: str, code: int, text: str = "") -> None:
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                     **({"text": text} if text and kind == "keyDown" else {}))

    def pdf(self) -> bytes:
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
