"""The page of the review in a real browser: nothing is asked of a network, nothing fails, tables sort with
mouse and keyboard, it can be read without its script, and it prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from enforcecli.review.as_html import page
from enforcecli.review.as_text import cell_text
from tests.review.browser import Browser
from tests.review.support import SAMPLES, review

REPORT = review(SAMPLES, 2026, 2025)
CELLS = "Array.from(document.querySelectorAll('#fault tbody tr'), r => r.cells[{at}].dataset.v)"
SORTED = "Array.from(document.querySelectorAll('#fault th'), h => h.getAttribute('aria-sort'))"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("page") / "2026.html"
    found.write_text(page(REPORT), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def browser(file: Path) -> Iterator[Browser]:
    with Browser() as found:
        yield found


def quiet(browser: Browser) -> bool:
    """Nothing said on the console, nothing thrown, nothing refused by the page's own rules, nothing fetched."""
    fetched = [told["request"]["url"] for told in browser.events("Network.requestWillBeSent")]
    return len(fetched) == 1 and fetched[0].startswith("file:") and not any(
        browser.events(name) for name in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"))


def test_nothing_fails_and_nothing_is_fetched(browser: Browser, file: Path) -> None:
    browser.open(file)
    assert quiet(browser)
    assert browser.run("getComputedStyle(document.querySelector('th')).borderStyle") == "solid"
    assert browser.run("document.querySelectorAll('th button').length") == sum(len(t.columns) for t in REPORT.tables())


def test_sorting_with_the_mouse(browser: Browser, file: Path) -> None:
    browser.open(file)
    before = browser.run(CELLS.format(at=3))
    browser.run("document.querySelectorAll('#fault th')[3].click()")
    assert browser.run(CELLS.format(at=3)) == sorted(before, key=int)
    assert browser.run(SORTED)[3] == "ascending"
    browser.run("document.querySelectorAll('#fault th')[3].click()")
    assert browser.run(CELLS.format(at=3)) == sorted(before, key=int, reverse=True)
    assert browser.run(SORTED) == ["none", "none", "none", "descending", "none"]
    assert quiet(browser)


def test_sorting_with_the_keyboard_and_the_total_stays_last(browser: Browser, file: Path) -> None:
    browser.open(file)
    browser.run("document.querySelectorAll('#kind th button')[1].focus()")
    browser.press("Enter", 13, "\r")
    rows = "Array.from(document.querySelectorAll('#kind tbody tr'), r => Number(r.cells[1].dataset.v))"
    assert browser.run(rows) == sorted(browser.run(rows))
    assert browser.run("document.querySelector('#kind tfoot td').textContent") == "合计"
    browser.press("Tab", 9)
    assert browser.run("document.activeElement.closest('th') === document.querySelectorAll('#kind th')[2]")


def test_cases_unfold_behind_a_number(browser: Browser, file: Path) -> None:
    browser.open(file)
    browser.run("document.querySelector('#stage details summary').click()")
    assert browser.run("document.querySelector('#stage details[open] li').textContent") == "SJ-2026-001"


def test_it_says_the_same_without_its_script(browser: Browser, file: Path) -> None:
    browser.open(file)
    tables = "Array.from(document.querySelectorAll('td'), d => d.dataset.v).join('|')"
    with_script = browser.run(tables)
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(file)
        assert browser.run("document.querySelectorAll('th button').length") == 0
        assert browser.run(tables) == with_script
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_its_rules_stop_what_is_put_in(browser: Browser, file: Path, tmp_path: Path) -> None:
    """The control: a script that is not the page's own does not run under its policy."""
    spoiled = tmp_path / "spoiled.html"
    spoiled.write_text(file.read_text(encoding="utf-8").replace("</main>", "<script>window.bad=1</script></main>"), encoding="utf-8")
    browser.open(spoiled)
    assert browser.run("window.bad === undefined")
    assert browser.events("Log.entryAdded")


def test_print(browser: Browser, file: Path) -> None:
    browser.open(file)
    paper = pymupdf.open(stream=browser.pdf())
    assert [round(side) for side in paper[0].rect[2:]] == [595, 842]
    text = "".join(sheet.get_text() for sheet in paper).replace("\n", "").replace(" ", "")
    for table in REPORT.tables():
        assert table.title.replace(" ", "") in text
        for column in table.columns:
            assert column.label.replace(" ", "") in text
        for row in table.rows:
            assert cell_text(row[0], table.columns[0]).replace(" ", "") in text
    assert "▸" not in text
    for sheet in paper:  # nothing runs over the margins
        assert all(word[2] <= sheet.rect.width - 40 for word in sheet.get_text("words"))
