"""Time stamps beside the seals, by an authority made for the test."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from enforcecli.history.verify.trail import Given
from tests.history.sealing import Sealing

SETTINGS = """[tsa]
default_tsa = t
[t]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
certs = ca.pem
signer_digest = sha256
default_policy = 1.2.3
digests = sha256
"""


def openssl(at: Path, *args: str) -> None:
    subprocess.run(["openssl", *args], cwd=at, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("tsa")
    (at / "ext").write_text("extendedKeyUsage=critical,timeStamping\n", encoding="utf-8")
    (at / "serial").write_text("01\n", encoding="utf-8")
    (at / "tsa.cnf").write_text(SETTINGS, encoding="utf-8")
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    for name in ("ca", "other"):
        openssl(at, "req", "-x509", *new, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}")
    openssl(at, "req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=TSA")
    openssl(at, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "tsa.pem",
            "-extfile", "ext")
    return at


def stamp(at: Path, file: Path, token: Path) -> None:
    openssl(at, "ts", "-query", "-data", str(file), "-sha256", "-cert", "-out", str(at / "q"))
    openssl(at, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", str(at / "q"), "-out", str(token))


def test_a_stamp_is_held_against_the_record_and_the_authority(tmp_path: Path, authority: Path) -> None:
    office = Sealing(tmp_path / "office")
    record = office.root / office.seal().plan.record.path
    token = record.with_suffix(".tsr")
    stamp(authority, record, token)
    office.save("时间戳")
    with_ca = Given(authority=authority / "ca.pem")
    assert office.codes() == {"V-STAMP-OPEN"} and office.verify().stamped == 0
    verdict = office.verify(with_ca)
    assert verdict.stamped == 1 and verdict.sound and not verdict.problems
    assert office.codes(Given(authority=authority / "other.pem")) == {"V-STAMP"}
    shutil.copy(authority / "tsa.cnf", token)
    office.save("另一个")
    assert {"V-STAMP", "V-APPEND"} <= office.codes(with_ca) and office.verify(replace(with_ca)).stamped == 0
