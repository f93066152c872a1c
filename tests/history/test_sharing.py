"""Work shared out comes back whole and in order, from one process or several."""

from __future__ import annotations

import os

import pytest

from enforcecli.history.verify import sharing


@pytest.mark.parametrize("processors", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 23, 24, 100])
def test_results_come_in_order(monkeypatch: pytest.MonkeyPatch, processors: int, count: int) -> None:
    monkeypatch.setattr(sharing, "_processors", lambda: processors)
    found = list(sharing.shared(lambda n: (n * n, os.getpid()), range(count), lambda: None))
    assert [square for square, _pid in found] == [n * n for n in range(count)]
    others = {pid for _square, pid in found} - {os.getpid()}
    assert bool(others) == (processors > 1 and count >= sharing.LEAST)


def test_a_failure_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_processors", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        list(sharing.shared(lambda n: 1 // (n - 50), range(100), lambda: None))
    assert not sharing._WORK
