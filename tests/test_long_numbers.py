"""Numbers of any length and nought: Python converts no more than 4,300 digits and divides by nothing."""

from __future__ import annotations

import ast
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

import de06_extract
from de06_extract import check_text, extract
from tests.conftest import CORPUS, REPORTS, ROOT, corpus
from tests.readers.docx.building import NUMBERING, read_body

LENGTHS = (25, 5_000)
ROLES = (
    "1. Kết quả\n\n2. Tồn tại\n\n1.1. Hạn chế\n\n1.2. Nguyên nhân\n",
    "Có 3 mô hình gồm: (1) Lưu trú; (2) An sinh; (3) Học bạ số.",
    "Thực hiện 2 nhiệm vụ sau:\n\n1. Cấp thẻ.\n\n2. Làm sạch.\n",
    "UBND HUYỆN TỨ KỲ    Số: 5/BC-UBND    Tứ Kỳ, ngày 5 tháng 4 năm 2024",
    "Kế hoạch số 27/KH-UBND ngày 31/01/2023, Nghị quyết số 11/2022/NQ-HĐND, Đề án 06, khoản 2 Điều 5, lần 3.",
    "Quý 1/2023 có 5 hồ sơ; 6 tháng đầu năm 2023 có 7-9 hồ sơ; giai đoạn 2022-2025, từ 20/6 đến 20/9/2023.",
    "Tiếp nhận 3.225/3.265 hồ sơ, đạt 98,77%; tăng 1,5 lần, 12,25 tỷ 300 triệu đồng, 5 ‰, 16,5 ha.",
    "Cứ 10 hộ thì có 8 hộ; bình quân 5 người/hộ; khoảng 7 đến 9 vụ; 48, 3 triệu đồng; 1,204 hồ sơ (99.67%).",
    "STT\tXã 1\tGiao 2\tTỷ lệ (3)=(2)/(1)\n1\t20\t15\t75%\n2\t9\t5\t55,6%\nTổng (1+2)\t29\t20\t69%\n",
    "(1)\t(2)\t(3)\n1\t2\t3\n4\t5\t6\n",
    "Hộ tịch: 5/6 (83,3%)¹\n\n1\tHộ tịch\t6\t5\t83,3%\n\n¹ Gồm 5 vụ, tr. 7, [8].\n",
    "ĐT: 0912 345 678; CCCD 079201012345; 08h30; 24/7; +84 912 345 678; C06; 220/380V; bộ số: 02-08-15",
)
NUMBER = re.compile(r"\d+")
ATTRIBUTE = re.compile(rb'(w:(?:val|ilvl|start|w|h|id|type)=")\d+(")')
DIGITS = ("9" * 4_299, "9" * 4_300, "9" * 5_000, "-" + "9" * 5_000, "0" * 5_000 + "7")
MATCHES = {"match", "numbered", "years", "ahead", "rest", "spell"}


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("text", ROLES)
def test_a_number_of_any_length_stands_anywhere_in_a_text(text: str, length: int) -> None:
    for number in NUMBER.finditer(text):
        for digits in ("9" * length, "0" * length + "7"):
            report = check_text(text[: number.start()] + digits + text[number.end() :])
            assert report.model_dump_json()


SENTENCES = [
    entry["text"]
    for name in ("made_up", "negative")
    for entry in json.loads((ROOT / "tests" / "sentences" / f"{name}.json").read_text("utf-8"))
]


@pytest.mark.parametrize("part", range(8))
def test_any_number_of_a_sentence_may_be_nought(part: int) -> None:
    for text in [*SENTENCES[part::8], "Có 0/0 hồ sơ trễ hạn đạt 5%; 5/0 xã đạt 5%, từ 0 lên 0 vụ, tăng 0%."]:
        assert check_text(NUMBER.sub("0", text)).model_dump_json()
        for number in list(NUMBER.finditer(text))[:12]:
            assert check_text(f"{text[: number.start()]}0{text[number.end() :]}").model_dump_json()


@pytest.mark.parametrize("name", REPORTS)
def test_every_number_of_a_report_may_be_long(name: str) -> None:
    assert check_text(NUMBER.sub("9" * 5_000, corpus(name).read_text("utf-8")[:20_000])).model_dump_json()


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footnotes.xml"])
@pytest.mark.parametrize("digits", DIGITS)
def test_every_attribute_of_a_word_document_may_be_long(part: str, digits: str) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(CORPUS / "docx" / "003.docx") as archive, zipfile.ZipFile(held, "w") as changed:
        for name in archive.namelist():
            data, times = archive.read(name), 0
            if name == part:
                data, times = ATTRIBUTE.subn(rb"\g<1>" + digits.encode() + rb"\g<2>", data)
                assert times > 5
            changed.writestr(name, data)
    assert extract(held.getvalue(), name="a.docx").model_dump_json()


@pytest.mark.parametrize("digits", DIGITS)
def test_every_number_of_a_list_of_word_may_be_long(digits: str) -> None:
    mark = "<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='{}'/></w:numPr>"
    item = f"<w:p><w:pPr>{mark}</w:pPr><w:r><w:t>Một</w:t></w:r></w:p>"
    body = "".join(item.format(level, at) for at in (1, 3, 4) for level in (0, 0, 1, 2))
    for number in re.finditer(r"(?<=val=')\d+(?=')", NUMBERING):
        read_body(body, numbering=NUMBERING[: number.start()] + digits + NUMBERING[number.end() :])
    for number in re.finditer(r"(?<=val=')\d+(?=')", body):
        read_body(body[: number.start()] + digits + body[number.end() :], numbering=NUMBERING)


@pytest.mark.parametrize("digits", DIGITS)
def test_every_number_of_a_page_may_be_long(digits: str) -> None:
    page = "<html><body><ol start='{0}'><li>Một</li></ol><table><tr><td colspan='{0}' rowspan='{0}'>5</td></tr></table>"
    assert extract(page.format(digits).encode(), name="a.html").model_dump_json()


def test_no_stage_that_reads_documents_converts_digits_on_its_own() -> None:
    """`integer` does: `int` of a piece of a text raises where the text has thousands of digits there."""
    source = Path(de06_extract.__file__).parent
    wrong = [
        f"{path.relative_to(source)}:{call.lineno}"
        for room in ("language", "document", "readers", "numbers", "claims", "comparisons", "indicators", "rules")
        for path in (source / room).rglob("*.py")
        if path.name != "digits.py"
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "int" and call.args
        if _is_of_text(call.args[0])
    ]
    assert wrong == []


def _is_of_text(argument: ast.expr) -> bool:
    """True for `match["n"]` and for `mark.strip("().") or 0`."""
    return any(
        (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in MATCHES)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and "strip" in node.func.attr)
        for node in ast.walk(argument)
    )
