"""What the program says stands in data, in both languages, and is said in the one that is asked for."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from de06_extract.errors import EmptyFileError
from de06_extract.pipeline.extract import check_text
from de06_extract.wording import asked_language, messages, read_data, said, speaking, spoken, system_reason
from tests.conftest import SOURCE

PACKAGE = SOURCE / "de06_extract"
MESSAGES = sorted(path.stem for path in (PACKAGE / "data" / "messages").glob("*.toml"))
VIETNAMESE = re.compile("[ăâđêôơư\u1ea0-\u1ef9]", re.IGNORECASE)
SAYS = re.compile(r"stop|say|failed|\w*Error|BadParameter")  # what is called with words for people
# Defects of this program or of a caller's code, which programmers read; what a library's own error says; and what
# is caught before anyone reads it.
FOR_PROGRAMMERS = {
    "AssertionError",
    "AttributeError",
    "BrokenWireError",
    "KeyError",
    "LookupError",
    "NotAppendableError",
    "RecognitionError",
    "TypeError",
    "ValueError",
}
NOT_FOR_PEOPLE = {"claims.prose.learning", "output.record", "numbers", "language.digits"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield ".".join(path.relative_to(PACKAGE).with_suffix("").parts), ast.parse(path.read_text("utf-8"))


def words_of(node: ast.expr) -> str:
    """The literal words of an expression: of a string, or of what stands between the blanks of a template."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    if isinstance(node, ast.BinOp):
        return words_of(node.left) + words_of(node.right)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_no_words_for_people_stand_in_code() -> None:
    found = []
    for name, tree in modules():
        if any(name.startswith(room) for room in NOT_FOR_PEOPLE):
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if SAYS.fullmatch(called) and called not in FOR_PROGRAMMERS:
                words = [words_of(argument) for argument in node.args]
                found += [f"{name}:{node.lineno} {word}" for word in words if re.search(r"[a-z]{2,} [a-z]{2,}", word)]
            found += [f"{name}:{node.lineno} help=" for keyword in node.keywords if keyword.arg == "help"]
    assert found == []


def test_no_message_of_a_rule_stands_in_code() -> None:
    found = []
    for name, tree in modules():
        if not name.startswith(("rules.checks.", "archive.across.checks.")):
            continue
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and not _makes_specimens(function):
                body = function.body[1:] if ast.get_docstring(function) else function.body
                strings = [node for line in body for node in ast.walk(line) if isinstance(node, ast.Constant)]
                found += [f"{name}:{s.lineno} {s.value!r}" for s in strings if VIETNAMESE.search(str(s.value))]
    assert found == []


def _makes_specimens(function: ast.FunctionDef) -> bool:
    """True of what writes the reports of a rule's examples."""
    return any(isinstance(node, ast.Name) and node.id == "specimen" for node in ast.walk(function))


@pytest.mark.parametrize("name", MESSAGES)
def test_both_languages_have_the_same_words_and_blanks(name: str) -> None:
    tables = messages(name)
    if "vi" in tables:
        vi, en = shape(tables["vi"]), shape(tables["en"])
        lacking = {key for key in vi.keys() ^ en.keys() if not key.startswith(ONE_LANGUAGE.get(name, ("no",)))}
        assert lacking == set()
        for key in vi.keys() & en.keys():
            assert en[key] <= vi[key] or vi[key] <= en[key], key


ONE_LANGUAGE = {"durations": ("hour",), "errors": ("system.",)}  # the others say it themselves


def shape(held: Any, above: str = "") -> dict[str, set[str]]:
    """The blanks of each text by the way to it."""
    if not isinstance(held, dict):
        return {above: set(re.findall(r"\{\w+", str(held)))}
    return {key: blanks for name in held for key, blanks in shape(held[name], f"{above}.{name}".strip(".")).items()}


# What officials do not say, or say of something else, and what stands in its place: «số liệu», «phép đối chiếu», …
UNOFFICIAL = (
    "con số", "nhóm số liệu", "cắt bớt", "sai cách làm tròn", "văn bản được dẫn", "bộ phận", "tổng gốc", "khía cạnh",
    "mức chính xác", "tính lại được", "không khớp bộ lọc", "không tiến triển", "quá nhiều bộ nhớ", "tỉ lệ",
    "có mẫu số bằng 0", "không phải định dạng đọc được", "số liệu cần rà soát lại:", "; số liệu cần rà soát lại",
)  # fmt: skip


@pytest.mark.parametrize("name", MESSAGES)
def test_the_words_are_those_of_official_documents(name: str) -> None:
    found = [text for text in vietnamese(messages(name)) if any(word in text.lower() for word in UNOFFICIAL)]
    assert found == []


def vietnamese(held: Any, is_inside: bool = False) -> Iterator[str]:
    """The texts that stand under «vi», however deep."""
    if isinstance(held, dict):
        for key, value in held.items():
            yield from vietnamese(value, is_inside or key == "vi")
    elif is_inside and isinstance(held, str):
        yield held


@pytest.mark.parametrize("name", MESSAGES)
def test_vietnamese_words_are_quoted_as_official_documents_quote(name: str) -> None:
    tables = messages(name)
    assert "«" not in str(tables.get("vi", ""))


def test_the_language_is_that_of_the_place_and_of_no_other_thread() -> None:
    heard: list[str] = []
    with speaking("vi"):
        assert said("errors", "empty") == "tệp trống"
        thread = Thread(target=lambda: heard.append(said("errors", "empty")))
        thread.start()
        thread.join()
        with speaking("en"):
            assert spoken() == "en"
        assert spoken() == "vi"
    assert heard == ["the file is empty"]


@pytest.mark.parametrize(
    ("arguments", "variable", "language"),
    [
        ([], None, "vi"),
        ([], "en", "en"),
        ([], "fr", "vi"),
        (["--lang", "vi"], "en", "vi"),
        (["--lang=en", "--lang", "vi"], None, "vi"),
        (["--", "--lang", "en"], None, "vi"),
        (["--lang"], None, "vi"),
    ],
)
def test_the_language_is_that_of_the_option_then_of_the_environment(
    arguments: list[str], variable: str | None, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DE06_LANG", raising=False)
    if variable is not None:
        monkeypatch.setenv("DE06_LANG", variable)
    assert asked_language(arguments) == language


def test_the_system_is_translated_where_its_reason_is_known() -> None:
    refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with speaking("vi"):
        assert system_reason(refused) == "không có quyền truy cập"
        assert system_reason(OSError(errno.ENOTTY, "odd")) == "odd"
        assert system_reason(ValueError("embedded null byte")) == "embedded null byte"
    assert system_reason(refused) == os.strerror(errno.EACCES)


def test_a_library_caller_hears_english_unless_he_asks() -> None:
    with pytest.raises(EmptyFileError, match="the file is empty"):
        check_text("")
    with speaking("vi"), pytest.raises(EmptyFileError, match="tệp trống"):
        check_text("")


def test_data_is_read_once() -> None:
    assert read_data("messages", "errors") is messages("errors")
