"""The view of an archive in a real browser: filters by links, keys, no script needed, in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from de06_extract.archive.store.heads import path_key
from tests.output.html.browser import browser
from tests.web.archives import write_archive
from tests.web.servers import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.slow
WIDTHS = (390, 1280)
PATIENCE = 180_000  # milliseconds on a machine that is busy with other tests
VIEWS = {
    "everything": "/archive/archive",
    "filtered": "/archive/archive?month=2024-05&rule=ratio-mismatch&severity=error&words=tu+ky",
    "nothing": "/archive/archive?words=qqq",
    "unread": "/archive/archive/unread",
    "empty": "/archive/files",
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def entered(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[BrowserContext, str]]:
    """A browser that was let in, and the address of the page; nothing outside is asked for, nothing fails in it."""
    folder = tmp_path_factory.mktemp("archive")
    write_archive(folder / "store.sqlite", more=60)
    with served(folder / "data", folder / "store.sqlite") as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        home = address.split("/enter")[0]
        wrong: list[str] = []
        context.on("request", lambda asked: None if asked.url.startswith(home) else wrong.append(asked.url))
        context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.new_page().goto(address)
        yield context, home
        context.close()
        assert wrong == []


@pytest.fixture
def page(entered: tuple[BrowserContext, str]) -> Iterator[Page]:
    opened = entered[0].new_page()
    opened.goto(entered[1] + VIEWS["everything"])
    yield opened
    opened.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_violation_and_nothing_is_wider_than_the_window(
    entered: tuple[BrowserContext, str], page: Page, view: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: pip install -e '.[dev]'")
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(entered[1] + VIEWS[view])
    found: dict[str, Any] = axe.Axe().run(page).response
    said = [(held["id"], [node["html"][:200] for node in held["nodes"]][:3]) for held in found["violations"]]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_bar_and_a_rule_filter_together_and_are_taken_back(page: Page) -> None:
    page.locator("svg.months a").nth(1).click()
    page.wait_for_url("**?month=2024-05")
    page.locator("section.facet", has=page.locator("#facet-rule")).locator("a").first.click()
    page.wait_for_url("**?month=2024-05&rule=ratio-mismatch")
    assert page.locator(".report-link").count() == 2
    assert page.locator("svg.months a[aria-current]").count() == 1
    page.locator(".chosen-values .chip").first.click()
    page.wait_for_url("**?rule=ratio-mismatch")
    page.get_by_role("link", name="Xóa bộ lọc").click()
    page.wait_for_url("**/archive/archive")


def test_a_number_in_the_table_shows_the_reports_behind_it(page: Page) -> None:
    page.locator(".by-unit tbody td.error a").last.click()
    page.wait_for_url("**rule=ratio-mismatch**")
    assert page.locator(".report-link").count() == 1


def test_everything_can_be_done_with_keys(page: Page) -> None:
    names = page.locator(".report-link")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert names.nth(1).evaluate("link => link === document.activeElement")
    page.keyboard.press("k")
    assert names.nth(0).evaluate("link => link === document.activeElement")
    page.keyboard.press("n")
    page.wait_for_url("**?offset=50#reports")
    page.keyboard.press("p")
    page.wait_for_url("**/archive/archive#reports")
    page.keyboard.press("/")
    page.keyboard.type("tra cu")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=tra+cu**")
    assert names.count() == 1
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/review/archive/{path_key('/kho/tra-cu.txt')}")


def test_the_bars_can_be_reached_and_followed_with_the_keyboard(page: Page) -> None:
    bar = page.locator("svg.months a").nth(1)
    bar.focus()
    assert bar.locator(".whole").evaluate("whole => getComputedStyle(whole).strokeWidth") == "3px"
    page.keyboard.press("Enter")
    page.wait_for_url("**?month=2024-05")


def test_another_order_is_shown_at_once(page: Page) -> None:
    page.locator("#order").select_option("path")
    page.wait_for_url("**order=path**")
    assert page.locator(".report-link").first.inner_text() == "thêm 000.txt"


def test_nothing_of_it_needs_a_script(chromium: Browser, tmp_path: Path) -> None:
    write_archive(tmp_path / "store.sqlite", more=60)
    with served(tmp_path / "data", tmp_path / "store.sqlite") as address:
        context = chromium.new_context(java_script_enabled=False)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(address)
        page.get_by_role("link", name="Kho lưu trữ").click()
        page.locator("#words").fill("Trà Cú")
        page.locator("form[role=search] button").click()
        page.locator(".report-link").click()
        assert "/review/archive/" in page.url
        page.goto(address.split("/enter")[0] + "/archive")
        page.get_by_role("link", name="Trang sau").click()
        assert "offset=50" in page.url
        context.close()
