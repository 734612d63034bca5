"""The page in a real browser: paper leaves nothing out, keys and search work, and nothing is in the way of anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.output.html.browser import browser, write_corpus_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
VIEWS = ("", "#v=reports", "#v=reports&sev=error", "#v=indicators", "#v=unread")
WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "page.html"
    write_corpus_page(path)
    return path.as_uri()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(180_000)  # milliseconds: a machine that is busy with other tests is slow to open a page
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


def wait(page: Page, condition: str) -> None:
    """Waits until it holds; the page's policy lets nothing evaluate a text, so that it is asked from outside."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {condition}")


def stated(page: Page) -> tuple[int, int]:
    """The places and the findings that the heading of the list states."""
    text = page.locator("#reports output").inner_text()
    numbers = [int(digits.replace(".", "")) for digits in re.findall(r"\d[\d.]*", text)]
    return (numbers[0], numbers[1]) if len(numbers) == 3 else (numbers[0], numbers[0])


def printed(page: Page, path: Path) -> str:
    """The text of the page on paper."""
    import pypdfium2

    page.pdf(path=str(path), format="A4")
    with pypdfium2.PdfDocument(str(path)) as document:
        return "\n".join(document[at].get_textpage().get_text_bounded() for at in range(len(document)))


@pytest.mark.parametrize("asked", ["", "&sev=error", "&sev=info", "&q=hồ sơ", "&rule=ratio-undefined", "&state=all"])
def test_paper_has_as_many_findings_as_the_heading_says(page: Page, address: str, tmp_path: Path, asked: str) -> None:
    page.goto(f"{address}#v=reports{asked}")
    wait(page, "/\\d/.test(document.querySelector('#reports output').textContent)")
    causes, findings = stated(page)
    text = printed(page, tmp_path / "page.pdf")
    numbers = re.findall(r"\bP-\d{2}[a-z]?(?= ?(?:Lỗi|Cảnh báo|Ghi chú))", re.sub(r"\s+", " ", text))
    assert len(numbers) == findings > 0
    assert causes <= findings


def test_the_screen_is_as_before_after_printing(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}#v=reports")
    before = page.locator("#reports .finding").count()
    printed(page, tmp_path / "page.pdf")
    wait(page, f"document.querySelectorAll('#reports .finding').length === {before}")


def test_the_button_prints(page: Page, address: str) -> None:
    page.goto(f"{address}#v=reports")
    page.evaluate("window.print = () => { window.wasPrinted = true; }")
    page.get_by_role("button", name="In / lưu PDF").click()
    assert page.evaluate("window.wasPrinted") is True


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_violation(page: Page, address: str, view: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: pip install -e '.[dev]'")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}{view}")
    page.wait_for_timeout(300)
    found: dict[str, Any] = axe.Axe().run(page).response
    said = [(held["id"], [node["html"][:200] for node in held["nodes"]][:3]) for held in found["violations"]]
    assert said == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_wider_than_the_window(page: Page, address: str, view: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}{view}")
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_search_without_marks_finds_words_with_them_and_marks_them(page: Page, address: str) -> None:
    page.goto(f"{address}#v=reports")
    everything = stated(page)[1]
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "by-q"
    page.keyboard.type("bao hiem xa hoi thi xa")
    wait(page, "location.hash.includes('q=')")
    page.wait_for_selector("#reports .finding mark.hit")
    hits = page.locator("#reports mark.hit").all_inner_texts()
    assert {hit.casefold() for hit in hits} == {"bảo hiểm xã hội thị xã"}
    assert 0 < stated(page)[1] < everything


def test_a_number_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}#v=reports&q=P-02a")
    page.wait_for_selector("#reports .finding")
    assert set(page.locator("#reports .finding .number").all_inner_texts()) == {"P-02a"}


def test_reports_open_and_close_by_keys_alone(page: Page, address: str) -> None:
    page.goto(f"{address}#v=reports")
    toggle = page.locator("#reports .toggle").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if toggle.evaluate("element => element === document.activeElement"):
            break
    assert toggle.evaluate("element => element === document.activeElement")
    assert toggle.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert toggle.get_attribute("aria-expanded") == "true"
    assert page.locator("#reports .finding").first.is_visible()
    page.keyboard.press("Enter")
    assert toggle.get_attribute("aria-expanded") == "false"


def test_findings_of_one_cause_stand_together_and_every_figure_is_marked(page: Page, address: str) -> None:
    page.goto(f"{address}#v=reports&q=708")
    page.wait_for_selector("#reports .cause")
    cause = page.locator("#reports .cause").first
    assert "3 phát hiện cùng một nguyên nhân" in cause.locator(".of-cause").inner_text()
    assert cause.locator(".finding").count() == 3
    first = cause.locator(".finding").first
    assert first.locator("blockquote mark.wrong").all_inner_texts() == ["376", "342"]
    assert first.locator("blockquote mark.figure").all_inner_texts() == ["708"]
    assert "376 → 367, 342 → 341" in first.locator(".suggestion").inner_text()


def test_filters_fold_away_on_a_narrow_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}#v=reports")
    fold = page.get_by_role("button", name="Lọc và sắp xếp")
    assert not page.locator("#by-rule").is_visible()
    assert page.locator("#reports .report").first.bounding_box()["y"] < 800  # type: ignore[index]
    fold.click()
    assert page.locator("#by-rule").is_visible()


def test_a_card_is_copied_as_text(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}#v=reports&q=32,76%")
    page.get_by_role("button", name="Chép nội dung").first.click()
    page.get_by_role("button", name="Đã chép").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("P-01. Lỗi · ")
    assert "9/27 là 33,33%, báo cáo ghi 32,76%" in text


def test_a_number_in_the_table_of_units_shows_that_many_findings(page: Page, address: str) -> None:
    page.goto(address)
    links = page.locator(".by-unit tbody td a").all()
    promised = [(str(link.get_attribute("href")), int(link.inner_text())) for link in links]
    assert len(promised) > 5
    for href, number in promised[:8]:
        page.goto("about:blank")
        page.goto(address + href)
        wait(page, "/\\d/.test(document.querySelector('#reports output')?.textContent)")
        assert stated(page)[1] == number, href
