"""SSH signatures of tags, made and checked by ssh-keygen itself.

git would take the program to run, and whom to trust, from the repository's own configuration: a script of
three lines makes every tag “good”. Here the program is the machine's, and the keys are those of the roster
as it was before the seal.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from enforcecli.history.git import environment
from enforcecli.history.refused import refused
from enforcecli.history.repository import Repository

NAMESPACE = "git"
_LITERAL = ("ssh-", "ecdsa-", "sk-")


def configured_key(repository: Repository) -> str | None:
    """The key git is set to sign with (user.signingkey with gpg.format ssh); None without one."""
    settings = {key: value for _scope, key, value in repository.config()}
    key = settings.get("user.signingkey", "")
    return key if key and settings.get("gpg.format", "").lower() == "ssh" else None


def sign(data: bytes, key: str) -> bytes:
    """The armoured signature. `key`: a path, or a public key whose private half an agent holds. Asks for
    a passphrase at the terminal where the key has one. V-SIGN where nothing could be signed."""
    with tempfile.TemporaryDirectory(prefix="enforce-") as own:
        file, held = Path(own) / "data", Path(own) / "key"
        file.write_bytes(data)
        literal = key.removeprefix("key::")
        if literal.startswith(_LITERAL):
            held.write_text(f"{literal}\n", encoding="utf-8")
            agent = ["-U"]
        else:
            held, agent = Path(key).expanduser(), []
        command = [_program(), "-Y", "sign", "-n", NAMESPACE, "-f", str(held), *agent, str(file)]
        done = subprocess.run(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        made = file.with_suffix(".sig")
        if done.returncode or not made.is_file():
            raise refused("V-SIGN", words=done.stderr.decode("utf-8", "replace").strip().split("\n")[-1])
        return made.read_bytes()


def valid(data: bytes, signature: bytes, keys: Sequence[str], when: int) -> bool:
    """Whether one of these public keys (as on the roster) made the signature over the bytes. `when`:
    the moment the object claims, in seconds; a key may be limited in time by its options."""
    trusted = [line for key in keys if (line := _trusted(key)) is not None]
    if not trusted or not signature.startswith(b"-----BEGIN SSH SIGNATURE-----"):
        return False
    with tempfile.TemporaryDirectory(prefix="enforce-") as own:
        signers, armour = Path(own) / "signers", Path(own) / "signature"
        signers.write_text("".join(f"approver {line}\n" for line in trusted), encoding="utf-8")
        armour.write_bytes(signature)
        moment = datetime.fromtimestamp(when, UTC).strftime("%Y%m%d%H%M%SZ")
        command = [_program(), "-Y", "verify", "-n", NAMESPACE, "-f", str(signers), "-I", "approver", "-s", str(armour),
                   "-O", f"verify-time={moment}"]
        done = subprocess.run(command, env=environment(), input=data, capture_output=True, check=False)
        return done.returncode == 0


def _trusted(key: str) -> str | None:
    """A line of an allowed-signers file from a public key as people paste it: type, key, comment."""
    words = key.split()
    return f'namespaces="{NAMESPACE}" {words[0]} {words[1]}' if len(words) >= 2 and words[0].startswith(_LITERAL) else None


def _program() -> str:
    path = os.pathsep.join(p for p in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(p).is_absolute())
    found = shutil.which("ssh-keygen", path=path)
    if found is None:
        raise refused("V-SIGN", words="ssh-keygen")
    return found
