"""The command `learn`: what it shows before it writes, what it writes, and how it stops."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import de06_extract.optional_libraries as optional_libraries
from de06_extract import extract
from de06_extract.claims.prose.learning.texts import draw
from de06_extract.commands.cli import app

TEXTS = 90


def number(name: int, at: int) -> int:
    return 100 + int(800 * draw(name, at))


def text(name: int) -> str:
    lines = []
    for at, word in enumerate(("phiếu", "thẻ")):
        out, left, other = (number(name, 10 * at + step) for step in range(3))
        share = f"{100 * out / (out + left):.2f}".replace(".", ",")
        lines.append(f"Vào {out + left} {word}; xem {other} lượt; {word} ra khớp {out} {word}, mức ra {share}%.")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of texts of one office, two of them the same, with a file that cannot be read."""
    folder = tmp_path_factory.mktemp("kho")
    for name in range(TEXTS):
        (folder / f"{name:02}.txt").write_text(text(name), "utf-8")
    (folder / "bản sao.txt").write_text(text(0), "utf-8")
    (folder / "ảnh.heic").write_bytes(b"\xff\xd8\xff\xe0 no text")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["learn", *map(str, arguments)])


def test_it_shows_what_it_does_and_writes_weights_that_can_be_used(office: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    result = run(office, "-o", own)
    assert result.exit_code == 0, result.output
    assert f"Đã đọc {TEXTS + 2} tệp (1 không đọc được): " in result.stdout
    (ratio,) = [line for line in result.stdout.splitlines() if line.startswith("Tỷ lệ")]
    assert ratio.split()[-1] == "mới"
    assert "→" in ratio
    assert f"de06-extract FILE --model {own}" in result.stderr
    assert "ratio" in json.loads(own.read_text("utf-8"))["adapted"]
    report = extract(text(12345).encode(), model=own)
    assert [claim.verdict for claim in report.claims if claim.kind == "ratio"] == ["consistent"] * 2
    assert report.generator.model is not None


def test_it_begins_with_the_weights_it_is_given(office: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    assert run(office, "-o", first, "-q").output == ""
    result = run(office, "--base", first, "-o", second, "--lang", "en")
    assert result.stdout.startswith(f"Files read: {TEXTS + 2} (unreadable: 1)")
    if result.exit_code == 0:
        assert json.loads(second.read_text("utf-8"))["base"] != json.loads(first.read_text("utf-8"))["base"]
    else:  # what was learned once is not learned again
        assert "No kind became better" in result.stderr
        assert not second.exists()


def test_of_too_few_texts_nothing_is_learned(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text(1), "utf-8")
    own = tmp_path / "own.json"
    own.write_text("kept", "utf-8")
    result = run(tmp_path / "a.txt", "-o", own)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Chỉ có 1 văn bản đọc được; cần ít nhất 20" in result.stderr
    assert own.read_text("utf-8") == "kept"


def test_what_makes_nothing_better_is_shown_and_not_written(tmp_path: Path) -> None:
    folder, own = tmp_path / "kho", tmp_path / "own.json"
    folder.mkdir()
    for name in range(30):
        (folder / f"{name}.txt").write_text(f"Gió {number(name, 1)} m, ẩm {number(name, 2) // 10}%.", "utf-8")
    result = run(folder, "-o", own)
    assert result.exit_code == 2
    assert "Tỷ lệ" in result.stdout
    assert "nên không ghi" in result.stderr
    assert not own.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing", "-o", "{out}/a.json"], "missing: không mở được"),
        (["{kho}", "-o", "{out}/none/a.json"], "không ghi được (không có thư mục này)"),
        (["{kho}", "--base", "{kho}/00.txt", "-o", "{out}/a.json"], "00.txt: không phải tệp trọng số (không phải JSON"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_2(
    office: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    result = run(*(argument.format(kho=office, out=tmp_path) for argument in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_the_command_that_installs_it_is_named(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(library: str) -> None:
        raise ModuleNotFoundError(library)

    monkeypatch.setattr(optional_libraries, "import_module", missing)
    result = run(office, "-o", tmp_path / "a.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pip install 'de06-extract[learn]'" in result.stderr


def test_the_commands_that_do_not_learn_do_not_load_what_does() -> None:
    code = (
        "import sys, de06_extract.commands.cli, de06_extract\n"
        "de06_extract.check_text('10/12 xã đạt 83,3%')\n"
        "print([name for name in ('numpy', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_same_archive_gives_the_same_bytes(office: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "de06_extract", "learn", str(office), "-o", str(tmp_path / f"{seed}.json")]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
