"""The page in a real browser: files dropped, boxes and cards, keys, decisions, and nothing in the way of anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from de06_extract.schema.cards.make import report_cards
from tests.conftest import corpus, report_on
from tests.output.html.browser import browser
from tests.web.servers import served

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, FilePayload, Locator, Page

pytestmark = pytest.mark.slow
REPORT = corpus("003", "pdf")
WIDTHS = (390, 900, 1280)
PATIENCE = 180_000  # milliseconds on a machine that is busy with other tests


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[BrowserContext, str]]:
    """A browser that was let in, and the address of the page; nothing outside is asked for, nothing fails in it."""
    with browser() as chromium, served(tmp_path_factory.mktemp("data")) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        home = address.split("/enter")[0]
        wrong: list[str] = []
        context.on("request", lambda asked: None if asked.url.startswith((home, "blob:")) else wrong.append(asked.url))
        context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.new_page().goto(address)
        yield context, home
        expected = re.compile(r"status of 4(?:22|03)")  # refusals that a test asks for are told in the console
        assert [text for text in wrong if not expected.search(text)] == []


@pytest.fixture(scope="module")
def reviewed(entered: tuple[BrowserContext, str]) -> str:
    """The address of the review of a report of the corpus."""
    context, home = entered
    page = context.new_page()
    page.goto(home)
    page.set_input_files("#file", REPORT)
    page.wait_for_url("**/review/**")
    assert page.locator("html").get_attribute("lang") == "vi"
    address = page.url
    page.close()
    return address


@pytest.fixture
def page(entered: tuple[BrowserContext, str], reviewed: str) -> Iterator[Page]:
    opened = entered[0].new_page()
    opened.goto(reviewed)
    yield opened
    opened.close()


def wait(page: Page, condition: str) -> None:
    """Waits until it holds; the page's policy lets nothing evaluate a text, so that it is asked from outside."""
    for _ in range(600):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {condition}")


def payload(name: str, data: bytes) -> FilePayload:
    """A file to choose, without its like on the disk."""
    return {"name": name, "mimeType": "", "buffer": data}


def counts(page: Page) -> list[int]:
    """How many findings are open, confirmed and dismissed, as the page says."""
    return [int(number) for number in re.findall(r"\d+", page.locator("#counts").inner_text())][:3]


def is_in_view(box: Locator, pane: str) -> bool:
    return bool(
        box.evaluate(
            """(element, pane) => {
                const outer = document.querySelector(pane).getBoundingClientRect();
                const inner = element.getBoundingClientRect();
                return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
            }""",
            pane,
        )
    )


def wait_in_view(page: Page, box: Locator, pane: str) -> None:
    for _ in range(600):
        if is_in_view(box, pane):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the box is not brought into view")


def undo_everything(page: Page) -> None:
    while page.locator("button[value=undo]").count():
        left = page.locator("button[value=undo]").count()
        page.locator("button[value=undo]").first.click()
        wait(page, f"document.querySelectorAll('button[value=undo]').length < {left}")


def test_a_chosen_file_leads_to_its_review_with_a_picture_of_the_page(page: Page) -> None:
    wait(page, "document.querySelector('.paper img').naturalWidth > 1000")
    assert page.locator("h1").inner_text() == "003.pdf"
    assert page.locator("figure.sheet").count() == report_on(REPORT).source.pages


def test_every_finding_has_a_card_and_a_box(page: Page) -> None:
    findings = report_on(REPORT).findings
    cards = page.locator("#cards .card")
    assert cards.count() == len(findings) > 3
    for number in range(1, len(findings) + 1):
        assert page.locator(f"svg .box[data-cards~=f{number}]").count() > 0


@pytest.mark.parametrize("width", WIDTHS)
def test_every_box_is_at_its_place_on_the_page(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    report = report_on(REPORT)
    of_cards = (figure.place.locations for card in report_cards(report.model_dump()) for figure in card.figures)
    of_claims = (
        tuple(location.model_dump() for location in figure.locations)
        for claim in report.claims
        if claim.verdict == "consistent"
        for figure in claim.figures()
    )
    expected = set()
    for location in chain.from_iterable((*of_cards, *of_claims)):
        size = report.source.page_sizes[location["page"] - 1]
        left, top, right, bottom = location["bbox"]
        middle = ((left + right) / 2 / size.width, (top + bottom) / 2 / size.height)
        expected.add((location["page"], *middle))
    drawn = page.evaluate(
        """() => [...document.querySelectorAll(".sheet")].flatMap((sheet, at) => {
            const paper = sheet.querySelector("img").getBoundingClientRect();
            return [...sheet.querySelectorAll(".box rect")].map((rect) => {
                const box = rect.getBoundingClientRect();
                return [at + 1, (box.left + box.width / 2 - paper.left) / paper.width,
                        (box.top + box.height / 2 - paper.top) / paper.height];
            });
        })"""
    )
    assert len(drawn) >= len(expected) > 10
    lowest = max(y for _, _, y in expected)
    assert lowest > 0.6  # one near the bottom shows whether boxes drift
    for number, x, y in expected:
        assert any(at == number and abs(x - u) < 0.001 and abs(y - v) < 0.001 for at, u, v in drawn), (number, x, y)


def test_keys_lead_to_the_next_finding_and_the_address_remembers_it(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.url.endswith("#f2")
    wait_in_view(page, page.locator("svg .box.wrong[data-cards~=f2]").first, ".sheets")
    page.reload()
    assert page.locator(".chosen-card").get_attribute("id") == "f2"
    wait_in_view(page, page.locator("svg .box.wrong[data-cards~=f2]").first, ".sheets")
    page.keyboard.press("k")
    assert page.url.endswith("#f1")


def test_a_box_selects_its_card_and_a_card_brings_its_box(page: Page) -> None:
    box = page.locator("svg .box.wrong[data-cards=f3]").first
    box.scroll_into_view_if_needed()
    box.locator("rect").click(force=True)
    assert page.evaluate("document.activeElement.id") == "f3"
    wait_in_view(page, page.locator("#f3"), ".cards-pane")
    page.locator("#f1 .message").click()
    wait_in_view(page, page.locator("svg .box.wrong[data-cards~=f1]").first, ".sheets")
    assert page.url.endswith("#f1")


def test_without_a_reason_nothing_is_dismissed(page: Page) -> None:
    undo_everything(page)
    before = counts(page)
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.locator("#f1 .dismiss button").click()
    assert page.locator("#f1 input[name=reason]").first.evaluate("radio => radio.validity.valueMissing")
    assert counts(page) == before
    page.locator("#f1 input[value=other]").check()
    page.locator("#f1 .dismiss button").click()
    page.locator("#f1 .problem").wait_for()
    assert "Lý do khác" in page.locator("#f1 .problem").inner_text()
    page.locator("#f1 input[value=source]").check()
    page.locator("#f1 input[name=note]").fill("biên bản 12")
    page.locator("#f1 .dismiss button").click()
    wait(page, "document.querySelector('#f1').dataset.state === 'dismissed'")
    assert counts(page) == [before[0] - 1, before[1], before[2] + 1]
    assert "Đúng theo số liệu gốc: biên bản 12" in page.locator("#f1 .decision").inner_text()
    assert page.locator("svg .box.dismissed[data-cards=f1]").count() == 1
    assert page.locator("svg .box.wrong[data-cards=f1]").count() == 0
    page.reload()
    assert page.locator("#f1").get_attribute("data-state") == "dismissed"
    undo_everything(page)
    assert page.locator("svg .box.wrong[data-cards=f1]").count() == 1


def test_decisions_by_keys_are_counted_and_taken_back(page: Page) -> None:
    undo_everything(page)
    before = counts(page)
    page.keyboard.press("j")
    page.keyboard.press("a")
    wait(page, "document.querySelector('#f1').dataset.state === 'confirmed'")
    assert counts(page) == [before[0] - 1, before[1] + 1, before[2]]
    page.keyboard.press("u")
    wait(page, "document.querySelector('#f1').dataset.state === 'open'")
    assert counts(page) == before


def test_the_same_file_again_has_its_decisions(entered: tuple[BrowserContext, str], page: Page) -> None:
    undo_everything(page)
    page.keyboard.press("j")
    page.keyboard.press("a")
    wait(page, "document.querySelector('#f1').dataset.state === 'confirmed'")
    page.goto(entered[1])
    page.set_input_files("#file", payload("tên khác.pdf", REPORT.read_bytes()))
    page.wait_for_url("**/review/**")
    assert page.locator("#f1").get_attribute("data-state") == "confirmed"
    undo_everything(page)


def test_the_annotated_copy_is_downloaded_by_its_name(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.keyboard.press("e")
    assert download.value.suggested_filename == "003.ghi-chu.pdf"
    taken = tmp_path / "copy.pdf"
    download.value.save_as(taken)
    assert taken.read_bytes().startswith(REPORT.read_bytes())
    assert "003.ghi-chu.pdf" in page.locator("#told").inner_text()


def test_cards_are_chosen_by_state_and_words(page: Page) -> None:
    undo_everything(page)
    shown = page.locator("#cards .card:visible")
    everything = shown.count()
    page.keyboard.press("/")
    page.keyboard.type("2.138")
    assert 0 < shown.count() < everything
    page.locator("input[name=words]").fill("")
    page.locator("input[value=consistent]").check()
    assert shown.count() == 0
    entry = page.locator("#consistent a").last
    entry.click()
    wait_in_view(page, page.locator(".chosen-box").first, ".sheets")


def test_another_site_can_neither_read_nor_frame_the_page(entered: tuple[BrowserContext, str]) -> None:
    context, home = entered
    html = f"""<!DOCTYPE html><title>evil</title><iframe src="{home}/"></iframe>
    <form method="post" action="{home}/files" enctype="multipart/form-data"><button>go</button></form>"""

    class Evil(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Evil)
    Thread(target=server.serve_forever, daemon=True).start()
    apart = context.browser.new_context(storage_state=context.storage_state())  # type: ignore[union-attr]
    apart.set_default_timeout(PATIENCE)
    try:
        page = apart.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        read = page.evaluate("address => fetch(address).then(r => r.text(), () => 'refused')", f"{home}/readings")
        assert read == "refused"
        sent = page.evaluate(
            "address => fetch(address, {mode: 'no-cors', credentials: 'include'}).then(r => r.type, () => 'refused')",
            f"{home}/readings",
        )
        assert sent in ("opaque", "refused")
        assert all("Rà soát" not in (frame.title() or "") for frame in page.frames if frame is not page.main_frame)
        page.get_by_role("button").click()
        page.wait_for_url(f"{home}/files")
        assert "một trang khác" in page.get_by_role("alert").inner_text()
    finally:
        apart.close()
        server.shutdown()


@pytest.mark.parametrize(
    ("name", "data"), [("không phải.pdf", b"\x7fELF" + bytes(99)), ("hỏng.pdf", b"%PDF-1.4 broken"), ("a.txt", b"")]
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(
    entered: tuple[BrowserContext, str], name: str, data: bytes
) -> None:
    page = entered[0].new_page()
    page.goto(entered[1])
    page.set_input_files("#file", payload(name, data))
    told = page.locator("[role=alert] .problem")
    told.wait_for()
    assert told.inner_text().startswith(f"{name}: ")
    assert "Traceback" not in page.content()
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("view", ["start", "review", "keys"])
def test_axe_finds_no_violation_and_nothing_is_wider_than_the_window(
    entered: tuple[BrowserContext, str], page: Page, view: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: pip install -e '.[dev]'")
    page.set_viewport_size({"width": width, "height": 844})
    if view == "start":
        page.goto(entered[1])
    elif view == "review":
        page.keyboard.press("j")
        page.keyboard.press("d")
    else:
        page.keyboard.press("?")
        page.locator("#keys").wait_for()
    found: dict[str, Any] = axe.Axe().run(page).response
    said = [(held["id"], [node["html"][:200] for node in held["nodes"]][:3]) for held in found["violations"]]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_review_needs_no_mouse_and_no_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    undo_everything(page)
    page.keyboard.press("j")
    assert is_in_view(page.locator("svg .box.wrong[data-cards~=f1]").first, ".sheets")  # at once, without motion
    page.keyboard.press("d")
    page.keyboard.press("Space")  # the first reason
    page.keyboard.press("Tab")
    page.keyboard.type("đã hỏi")
    page.keyboard.press("Enter")
    wait(page, "document.querySelector('#f1').dataset.state === 'dismissed'")
    assert page.evaluate("document.activeElement.id") == "f1"
    page.keyboard.press("u")
    wait(page, "document.querySelector('#f1').dataset.state === 'open'")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
