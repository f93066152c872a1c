"""A client of yaml-language-server over its standard streams, as an editor talks to it: the settings are
those of .vscode/settings.json, given to whatever the server asks for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from queue import Queue
from typing import Any

PATIENCE = 60.0
"""Seconds to wait for an answer before the server counts as dead."""


def command() -> list[str] | None:
    """The server, where it is installed: YAML_LANGUAGE_SERVER, or what the path finds."""
    found = os.environ.get("YAML_LANGUAGE_SERVER") or shutil.which("yaml-language-server")
    return [found, "--stdio"] if found else None


class Server:
    """One running server for the repository at `root`."""

    def __init__(self, root: Path, start: list[str]) -> None:
        self.root = root
        settings: Mapping[str, Any] = json.loads((root / ".vscode" / "settings.json").read_text(encoding="utf-8"))
        self.settings: dict[str, Any] = {}
        for name, value in settings.items():
            place, *rest = name.split(".") if not name.startswith("[") else [name]
            for step in reversed(rest[1:]):
                value = {step: value}
            section = self.settings.setdefault(place, {}) if rest else None
            if section is None:
                self.settings[place] = value
            else:
                section[rest[0]] = {**section.get(rest[0], {}), **value} if isinstance(value, dict) else value
        self._answers: Queue[dict[str, Any]] = Queue()
        self.problems: dict[str, Queue[list[dict[str, Any]]]] = {}
        self._versions: dict[str, int] = {}
        self._last = 0
        self._process = subprocess.Popen(start, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.ask("initialize", processId=None, rootUri=root.as_uri(),
                 workspaceFolders=[{"uri": root.as_uri(), "name": root.name}],
                 capabilities={"workspace": {"configuration": True, "workspaceFolders": True},
                               "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                                                "hover": {"contentFormat": ["markdown"]}}})
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=self.settings)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *args: object) -> None:
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            size = int(line.split(b":")[1])
            while stream.readline().strip():
                pass
            self._take(json.loads(stream.read(size)))

    def _take(self, message: dict[str, Any]) -> None:
        method, params = message.get("method"), message.get("params", {})
        if method is None:
            self._answers.put(message)
        elif method == "workspace/configuration":
            self._send({"id": message["id"], "result": [self.settings.get(item.get("section", ""), {}) for item in params["items"]]})
        elif method == "textDocument/publishDiagnostics":
            self.problems.setdefault(params["uri"], Queue()).put(params["diagnostics"])
        elif "id" in message:
            self._send({"id": message["id"], "result": None})

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        while True:
            answer = self._answers.get(timeout=PATIENCE)
            if answer["id"] == self._last:
                assert "error" not in answer, answer
                return answer["result"]

    def open(self, name: str, text: str) -> list[dict[str, Any]]:
        """Opens a file with this text, as yet unsaved, or changes an open one to it, and returns what is
        wrong with it."""
        uri = (self.root / name).as_uri()
        self.problems[uri] = Queue()
        self._versions[uri] = version = self._versions.get(uri, 0) + 1
        if version == 1:
            self.tell("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text})
        else:
            self.tell("textDocument/didChange", textDocument={"uri": uri, "version": version}, contentChanges=[{"text": text}])
        return self.problems[uri].get(timeout=PATIENCE)

    def at(self, name: str, text: str, mark: str) -> dict[str, Any]:
        """The position of the first `mark` in the text."""
        before = text[:text.index(mark)]
        return {"textDocument": {"uri": (self.root / name).as_uri()},
                "position": {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}}
