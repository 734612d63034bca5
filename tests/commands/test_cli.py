"""The command line: what it prints where, and with which exit code."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from de06_extract.archive.across.checks import across_rules
from de06_extract.archive.across.rule import AcrossRule
from de06_extract.commands.cli import app
from de06_extract.rules.checks import rules
from de06_extract.rules.rule import Rule
from tests.conftest import CORPUS, SOURCE, corpus, report_on
from tests.readers.pdf.drawing import SCAN, with_image

COMMAND = str(Path(sys.executable).with_name("de06-extract"))
WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\n"
RIGHT = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,77%.\n"
MISROUNDED = "Có 10/12 xã (đạt 83,4%).\n"
CUT = "Có 2.373/3.979 hội viên (đạt 59,63%).\n"


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def run_process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The installed command in a process of its own."""
    words = [COMMAND, *map(str, arguments)]
    return subprocess.run(words, capture_output=True, env={**os.environ, **environment}, timeout=120, check=False)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.txt"
    path.write_text(WRONG, "utf-8")
    return path


# ---------------------------------------------------------------- what it prints


@pytest.mark.parametrize("name", ["003.txt", "pdf/004.pdf", "docx/001.docx"])
def test_the_json_is_that_of_the_library(name: str) -> None:
    result = run(CORPUS / name)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.endswith("}\n")
    assert json.loads(result.stdout) == json.loads(report_on(CORPUS / name).model_dump_json())


def test_findings_alone_do_not_fail(wrong: Path) -> None:
    result = run(wrong)
    assert result.exit_code == 0
    assert [finding["rule"] for finding in json.loads(result.stdout)["findings"]] == ["ratio-mismatch"]


@pytest.mark.slow
def test_the_json_is_utf8_whatever_the_locale(wrong: Path) -> None:
    result = run_process(wrong, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout.decode("utf-8"))["source"]["name"] == "báo cáo.txt"
    assert "báo cáo ghi 98,57%".encode() in result.stdout


@pytest.mark.slow
def test_messages_are_utf8_in_a_file_whatever_the_console_is(tmp_path: Path) -> None:
    result = run_process(tmp_path / "thiếu.pdf", LC_ALL="C", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert result.returncode == 2
    assert "thiếu.pdf: không có tệp này" in result.stderr.decode("utf-8")


def test_lang_en_turns_the_messages(wrong: Path) -> None:
    assert "the report says 98,57%" in run(wrong, "--lang", "en").stdout
    assert "báo cáo ghi 98,57%" in run(wrong, "--lang", "vi").stdout


def test_format_text_is_for_people(wrong: Path) -> None:
    result = run(wrong, "--format", "text")
    assert result.exit_code == 0
    assert result.stdout.startswith("báo cáo.txt\n")
    assert "1. Lỗi · dòng 1 · Tỷ lệ không khớp với tử số và mẫu số" in result.stdout
    assert "⟦98,57%⟧" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("output_format", ["json", "text"])
def test_output_writes_the_file_and_prints_nothing(wrong: Path, tmp_path: Path, output_format: str) -> None:
    output = tmp_path / "kết quả.out"
    output.write_text("what was there", "utf-8")
    result = run(wrong, "--format", output_format, "--output", output)
    assert (result.exit_code, result.output) == (0, "")
    assert output.read_text("utf-8") == run(wrong, "--format", output_format).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([output.name, wrong.name])


def test_output_follows_a_link_and_keeps_it(wrong: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("", "utf-8")
    link.symlink_to(target)
    assert run(wrong, "-o", link).exit_code == 0
    assert link.is_symlink()
    assert json.loads(target.read_text("utf-8"))["summary"]["claims"] == 1


def test_output_to_a_device_leaves_it_one(wrong: Path) -> None:
    assert run(wrong, "-o", os.devnull).exit_code == 0
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("place", ["before", "behind"])
def test_options_stand_before_or_behind_the_file(wrong: Path, place: str) -> None:
    options = ("--format", "text", "--lang", "en")
    result = run(*options, wrong) if place == "before" else run(wrong, *options)
    assert "1. Error · line 1 · A percentage does not follow from its numerator and denominator" in result.stdout


@pytest.mark.parametrize("name", ["003.txt", "pdf/003.pdf", "docx/003.docx"])
def test_a_dash_reads_standard_input(name: str) -> None:
    result = run("-", stdin=(CORPUS / name).read_bytes())
    assert result.exit_code == 0
    assert json.loads(result.stdout)["findings"] == json.loads(report_on(CORPUS / name).model_dump_json())["findings"]


def test_the_default_command_has_a_name(wrong: Path) -> None:
    assert run("extract", wrong).stdout == run(wrong).stdout


def test_a_file_named_like_a_command_is_read_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules").write_text(WRONG, "utf-8")
    assert "rules: không thuộc định dạng hỗ trợ" in run("./rules").stderr  # it has no suffix that says text
    Path("rules.txt").write_text(WRONG, "utf-8")
    assert json.loads(run("--", "rules.txt").stdout)["source"]["name"] == "rules.txt"


# ---------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (WRONG, {"error": 1, "warning": 1, "info": 1}),
        (MISROUNDED, {"error": 0, "warning": 1, "info": 1}),
        (CUT, {"error": 0, "warning": 0, "info": 1}),
        (RIGHT, {"error": 0, "warning": 0, "info": 0}),
    ],
)
def test_fail_on_counts_that_severity_and_worse(tmp_path: Path, text: str, codes: dict[str, int]) -> None:
    path = tmp_path / "report.txt"
    path.write_text(text, "utf-8")
    assert {severity: run(path, "--fail-on", severity).exit_code for severity in codes} == codes


def test_fail_on_still_gives_the_report(wrong: Path) -> None:
    result = run(wrong, "--fail-on", "error")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["findings"]
    assert result.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--lang", "fr", "a.txt"),
        ("--format", "xml", "a.txt"),
        ("--fail-on", "fatal", "a.txt"),
        ("--unknown", "a.txt"),
        ("extract", "a.txt", "b.txt"),
        ("a.txt", "--output"),
        ("rules", "a", "b"),
    ],
)
def test_wrong_usage_is_a_short_message(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert len(result.stderr.splitlines()) <= 4


# ---------------------------------------------------------------- files that cannot be read


ENCRYPTION = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<00> <00>]"


def encrypted_pdf() -> bytes:
    """A PDF with one empty page and a password that is not known."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    data, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R {ENCRYPTION} >>"
    return f"{data}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(data)}\n%%EOF\n".encode()


def unreadable(folder: Path) -> dict[str, Path]:
    """A file of each kind that cannot be read."""
    whole = (CORPUS / "docx" / "001.docx").read_bytes()
    with zipfile.ZipFile(CORPUS / "docx" / "001.docx") as package:
        body = package.getinfo("word/document.xml").header_offset + 200
    contents = {
        "empty.txt": b"",
        "blank.txt": b" \n\t\n",
        "empty.pdf": b"",
        "garbage.bin": bytes(range(256)) * 16,
        "garbage.txt": bytes(range(256)) * 16,
        "garbage.pdf": bytes(range(256)) * 16,
        "latin1.txt": "Số liệu".encode("cp1258", "replace") + b"\xff",
        "damaged.docx": whole[: len(whole) // 2],
        "scrambled.docx": whole[:body] + bytes(200) + whole[body + 200 :],
        "truncated.pdf": (CORPUS / "pdf" / "000.pdf").read_bytes()[:40_000],
        "only head.pdf": b"%PDF-1.7\n",
        "scan.pdf": with_image(SCAN, SCAN),
        "encrypted.pdf": encrypted_pdf(),
        "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "line\nbreak.txt": b"",
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "archive.docx", "w") as archive:
        archive.writestr("readme.txt", "no document")
    bodyless = folder / "bodyless.docx"
    with zipfile.ZipFile(CORPUS / "docx" / "001.docx") as package, zipfile.ZipFile(bodyless, "w") as archive:
        for item in package.infolist():
            if item.filename != "word/document.xml":
                archive.writestr(item, package.read(item.filename))
    (folder / "folder.pdf").mkdir()
    there = {path.name: path for path in folder.iterdir()}
    return {**there, "missing.pdf": folder / "missing.pdf"}


def test_an_unreadable_file_is_one_line_and_exit_2(tmp_path: Path) -> None:
    for label, path in {**unreadable(tmp_path), "no name": ""}.items():
        result = run(path)
        assert result.exit_code == 2, label
        assert result.stdout == "", label
        assert len(result.stderr.splitlines()) == 1, (label, result.stderr)
        assert result.stderr.endswith("\n"), label
        assert "Traceback" not in result.stderr, label


@pytest.mark.slow
@pytest.mark.parametrize("name", ["missing.pdf", "encrypted.pdf", "bodyless.docx", "truncated.pdf", "scan.pdf"])
def test_so_it_is_in_a_process_of_its_own(tmp_path: Path, name: str) -> None:
    path = unreadable(tmp_path)[name]
    result = run_process(path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.decode("utf-8").count("\n") == 1
    assert path.name in result.stderr.decode("utf-8")


def test_an_unreadable_file_leaves_the_output_alone(tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    output.write_text("what was there", "utf-8")
    assert run(unreadable(tmp_path)["scan.pdf"], "--output", output).exit_code == 2
    assert output.read_text("utf-8") == "what was there"


def test_empty_standard_input_is_an_empty_file() -> None:
    result = run("-", stdin=b"")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "tệp trống" in result.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_a_name_that_is_not_utf8_is_read(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/b\xe1o c\xe1o.txt"
    with open(path, "wb") as file:
        file.write(WRONG.encode())
    result = subprocess.run([os.fsencode(COMMAND), path], capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout)["source"]["name"] == "b\ufffdo c\ufffdo.txt"


# ---------------------------------------------------------------- places that cannot be written


@pytest.mark.parametrize("place", ["no/such/folder/out.json", ".", "file.txt/out.json"])
def test_an_output_that_cannot_be_written_is_one_line(wrong: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "file.txt").write_text("", "utf-8")
    result = run(wrong, "--output", tmp_path / place)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert "không ghi được" in result.stderr
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_the_file_that_is_read_is_not_overwritten(wrong: Path) -> None:
    result = run(wrong, "--output", wrong)
    assert (result.exit_code, result.stdout) == (2, "")
    assert wrong.read_text("utf-8") == WRONG


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error() -> None:
    words = f"set -o pipefail; '{COMMAND}' '{CORPUS / 'pdf' / '002.pdf'}' | head -c 1"
    result = subprocess.run(["bash", "-c", words], capture_output=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"{", b"")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(wrong: Path) -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run([COMMAND, str(wrong)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 2
    assert result.stderr.count(b"\n") == 1


@pytest.mark.slow
def test_an_interrupt_is_quiet() -> None:
    code = "from de06_extract.commands.cli import main; print('ready', flush=True); main()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code, "-"], stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.5)  # it waits for standard input
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")


# ---------------------------------------------------------------- help, version, rules


def test_help_shows_options_and_commands() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for word in ("TỆP", "--format", "--lang", "--output", "--fail-on", "--version", "rules", "Mã kết thúc", "English:"):
        assert word in result.stdout
    english = " ".join(run("--help", "--lang", "en").stdout.split())
    assert all(word in english for word in ("FILE", "Exit codes", "Usage: ", "Options:", "Commands:"))
    assert run("-h").stdout == result.stdout
    assert "--fail-on" in run("extract", "--help").stdout


def test_version() -> None:
    assert run("--version").stdout == f"de06-extract {version('de06-extract')}\n"


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["--help"], [str(corpus("004"))], ["rules"]])
def test_libraries_of_other_formats_stay_unloaded(arguments: list[str]) -> None:
    code = (
        "import sys; from de06_extract.commands.cli import app; app(sys.argv[1:], standalone_mode=False);"
        "heavy = {'pdfplumber', 'pypdfium2', 'docx', 'pdfminer', 'lxml', 'PIL'};"
        "print(heavy & set(sys.modules), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=False)
    assert result.stderr.decode().strip() == "set()"


def test_rules_lists_all_of_them() -> None:
    result, english = run("rules"), run("rules", "--lang", "en")
    assert result.exit_code == english.exit_code == 0
    every: list[Rule[Any] | AcrossRule[Any]] = [*rules(), *across_rules()]
    for rule in every:
        assert rule.id in result.stdout
        assert " ".join(rule.title.split()[:3]) in result.stdout
        assert " ".join(rule.title_en.split()[:3]) in english.stdout
    assert all(line == line.rstrip() for line in result.stdout.splitlines())


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_rules_explains_one(rule: Rule[Any]) -> None:
    printed = " ".join(run("rules", rule.id).stdout.split())
    for text in (rule.id, rule.title, rule.explanation, *rule.wrong, *rule.right):
        assert " ".join(text.replace("\t", " | ").split()) in printed  # a table stands on one line


@pytest.mark.parametrize("rule", across_rules(), ids=lambda rule: rule.id)
def test_rules_explains_one_across_reports(rule: AcrossRule[Any]) -> None:
    printed = " ".join(run("rules", rule.id).stdout.split())
    for text in (rule.id, rule.title, rule.explanation, *chain(*rule.wrong, *rule.right)):
        assert " ".join(text.split()) in printed


def test_an_unknown_rule_is_one_line() -> None:
    result = run("rules", "no-such-rule")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "no-such-rule: không có quy tắc này; xem danh sách: de06-extract rules\n"
    assert run("rules", "ratio-mismach").stderr.endswith("; có phải: de06-extract rules ratio-mismatch\n")
    english = run("rules", "no-such-rule", "--lang", "en").stderr
    assert english == "no-such-rule: there is no such rule (de06-extract rules lists them)\n"


# ---------------------------------------------------------------- other weights


def test_other_weights_are_named_in_the_report(wrong: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_bytes((SOURCE / "de06_extract" / "data" / "model" / "relations.json").read_bytes())
    usual, other = (json.loads(run(wrong, *more).stdout) for more in ((), ("--model", own)))
    assert usual["generator"]["model"] is None
    assert other["generator"]["model"] == hashlib.sha256(own.read_bytes()).hexdigest()
    assert other["findings"] == usual["findings"]


def test_a_file_that_is_no_model_is_one_line_and_exit_2(wrong: Path) -> None:
    result = run(wrong, "--model", wrong)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "báo cáo.txt: không phải tệp trọng số (không phải JSON" in result.stderr


# ---------------------------------------------------------------- how sure


def test_findings_that_are_less_sure_are_left_out_of_output_and_exit_code(wrong: Path) -> None:
    every, none = (run(wrong, "--fail-on", "error", "--min-confidence", least) for least in (0, 1))
    assert (every.exit_code, none.exit_code) == (1, 0)
    kept, left = (json.loads(result.stdout) for result in (every, none))
    assert [len(report["findings"]) for report in (kept, left)] == [1, 0]
    assert [report["summary"]["left_out"] for report in (kept, left)] == [0, 1]
    assert left["claims"] == kept["claims"]


@pytest.mark.parametrize("least", ["1.5", "-0.1", "sure"])
def test_a_confidence_is_a_number_from_0_to_1(wrong: Path, least: str) -> None:
    result = run(wrong, "--min-confidence", least)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--min-confidence" in result.stderr


@pytest.mark.parametrize(("table", "form"), [("findings", "csv"), ("claims", "csv")])
def test_tables_say_how_sure_findings_and_claims_are(wrong: Path, table: str, form: str) -> None:
    sure = json.loads(run(wrong).stdout)[table][0]["confidence"]
    result = run(wrong, "--format", form, "--table", table)
    head, row = csv.reader(result.stdout.removeprefix("\ufeff").splitlines())
    assert float(row[head.index("Độ tin cậy")]) == sure


@pytest.mark.slow
@pytest.mark.parametrize("words", ["--help", "-h --lang en", "--version", "rules", "rules --lang en"])
def test_what_needs_no_report_loads_no_models(words: str) -> None:
    code = (
        "import sys; from de06_extract.commands.cli import app; app(sys.argv[1:], standalone_mode=False);"
        "heavy = {'pydantic', 'pydantic_core', 'babel', 'psutil', 'sqlite3', 'de06_extract.pipeline.extract',"
        " 'de06_extract.schema.report', 'de06_extract.readers', 'de06_extract.rules.rule'};"
        "print(heavy & set(sys.modules), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code, *words.split()], capture_output=True, check=False)
    assert result.stderr.decode().strip() == "set()"
    assert result.stdout


@pytest.mark.slow
def test_a_name_of_the_package_is_loaded_when_it_is_asked_for() -> None:
    code = (
        "import sys, de06_extract as d; assert 'pydantic' not in sys.modules; assert set(d.__all__) <= set(dir(d));"
        "assert d.Limits is d.Limits and all(getattr(d, name) for name in d.__all__);"
        "from de06_extract import *; assert extract is d.extract;"
        "print(hasattr(d, 'no_such_name'))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (result.stdout, result.stderr) == (b"False\n", b"")
