"""No text of a document becomes markup, and the page needs no network."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest

from tests.output.html.pages import PAGE, across, failure, page, written, wrong

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    "{{7*7}}{% raw %}",
    "javascript:alert(1)",
    "\u202e\u200f\u2066abc",
    "a\0b",
    "\udcff\ud800",
    "\u2028\u2029",
    "&lt;b&gt;&#x3C;",
    "\x1b[31m",
)


def poisoned(value: Any, poison: str) -> Any:
    """The same with every text of a document followed by the poison; what codes are keep their meaning."""
    codes = {
        "id",
        "rule",
        "severity",
        "kind",
        "verdict",
        "status",
        "claims",
        "comparisons",
        "aspect",
        "bound",
        "section",
    }
    if isinstance(value, dict):
        return {key: held if key in codes else poisoned(held, poison) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [poisoned(held, poison) for held in value]
    return value + poison if isinstance(value, str) and not re.fullmatch(r"[\d-]*", value) else value


def test_no_network_and_nothing_that_the_policy_does_not_name() -> None:
    shown = page([wrong()])
    (policy,) = [
        element.attributes["content"]
        for element in shown.all("meta")
        if element.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    run = [element for element in shown.all("script") if "type" not in element.attributes]
    assert rules["script-src"] == [hash_of(element.text) for element in run]
    assert rules["style-src"] == [hash_of(element.text) for element in shown.all("style")]
    assert "unsafe" not in policy
    for element in shown.elements:
        assert not [key for key in element.attributes if key.startswith("on") or key in ("style", "src", "srcdoc")]
        assert element.tag not in ("link", "iframe", "object", "embed", "img", "base", "form")
    style = shown.all("style")[0].text
    assert not re.search(r"@import|url\(", style)


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_scripts_put_texts_in_as_texts_and_run_none() -> None:
    for file in PAGE.glob("*.js"):
        text = file.read_text("utf-8")
        assert "</script" not in text.lower()
        assert "<!--" not in text
        assert "\r" not in text
        if "chart.umd" not in file.name:
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\.style\b(?!\.height)",
                text,
            )
            assert not re.search(r"https?:", text)


@pytest.mark.parametrize("poison", HOSTILE)
def test_nothing_out_of_a_document_becomes_markup(poison: str) -> None:
    in_name = poison.replace("\0", "\1")  # no name of a file holds a zero
    clean, dirty = wrong("/archive/b.txt"), wrong(f"/archive/{in_name.replace('/', '∕')}/b{in_name}.txt")
    dirty = replace(dirty, report=poisoned(dirty.report, poison))
    row = poisoned(across(), poison)
    row["quote"] = f"đã kích hoạt {row['figure']} tài khoản{poison}"
    held = [replace(dirty, across=({**row, "rule": "cumulative-falls", "severity": "warning"},))]
    harmless = page([replace(clean, across=(across(),)), failure("/archive/x.pdf", "damaged", "no end")])
    shown = page([*held, failure(f"/archive/x{in_name}.pdf", "damaged", poison)], title=f"T{poison}")
    assert [element.tag for element in shown.elements] == [element.tag for element in harmless.elements]
    for element, known in zip(shown.elements, harmless.elements, strict=True):
        assert element.attributes.keys() == known.attributes.keys()
        href = element.attributes.get("href", "#")
        assert re.fullmatch(r"#[\w=&%.~-]*|file:///[\w./%~-]*", href), href
    for report in shown.reports:
        assert re.fullmatch(r"file:///[\w./%~-]*", report["href"])
    texts = json.dumps([shown.findings, shown.reports], ensure_ascii=False)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\0\x1b]", texts)
    assert texts.isprintable()


@pytest.mark.parametrize("part", ["quote", "message", "span"])
def test_a_text_of_a_megabyte_does_not_blow_up_the_page(part: str) -> None:
    held = wrong()
    assert held.report is not None
    (finding,) = held.report["findings"]
    large = "số liệu " * 130_000
    changed = {**finding, part: {**finding["span"], "text": large, "end": 10**6} if part == "span" else large}
    if part == "quote":
        changed["claims"] = []
    grown = replace(held, report={**held.report, "findings": [changed]})
    assert len(written([grown])) - len(written([held])) < 10_000
