"""A folder in which reports are saved, as editors do it; the clock is that of the test, the files are real."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from de06_extract import InternalError, Report, extract
from de06_extract.archive.baseline import Baseline, Dismissal
from de06_extract.archive.files.patterns import PathPatterns
from de06_extract.archive.watching.folder import FileEvent, WatchedFolder, causes_in
from de06_extract.archive.watching.saved_files import GONE
from de06_extract.own_outputs import marked_text
from tests.archive.folders import RIGHT, WRONG
from tests.conftest import corpus
from tests.counting import lines_run

MORE = WRONG + "\nCó 10/12 xã (đạt 84,4%) hoàn thành.\n"


def read(path: str, name: str) -> Report:
    return extract(path, name=name)


class Writer:
    """Somebody who writes in a watched folder, and what is told to them."""

    def __init__(self, folder: Path, watched: WatchedFolder) -> None:
        self.folder, self.watched, self.now = folder, watched, 0.0

    def begin(self) -> list[FileEvent]:
        events = (self.watched.event(path, self.now) for path in self.watched.reports())
        return [event for event in events if event is not None]

    def save(self, name: str, text: str | bytes) -> Path:
        file = self.folder / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return self.touch(file)

    def touch(self, file: Path) -> Path:
        self.watched.changed([str(file)], self.now)
        return file

    def told(self, seconds: float = 10.0) -> list[FileEvent]:
        """What is told in the time that follows, in steps as a tick takes."""
        return list(self._told(seconds))

    def _told(self, seconds: float) -> Iterator[FileEvent]:
        until = self.now + seconds
        while self.now < until:
            self.now += 0.2
            yield from self.watched.events(self.now)


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path, WatchedFolder(tmp_path, read))


def test_each_saving_says_what_changed(writer: Writer) -> None:
    writer.save("báo cáo.txt", WRONG)
    (first,) = writer.told()
    assert (first.path, first.what, first.change.left) == ("báo cáo.txt", "first", 1)
    writer.save("báo cáo.txt", MORE)
    (event,) = writer.told()
    assert (event.what, len(event.change.new), event.change.gone, event.change.left) == ("changed", 1, 0, 2)
    assert [card.reported for cause in event.change.new for card in cause] == ["84,4%"]
    writer.save("báo cáo.txt", RIGHT)
    (event,) = writer.told()
    assert (event.what, len(event.change.new), event.change.gone, event.change.left) == ("changed", 0, 2, 0)
    writer.save("báo cáo.txt", RIGHT + "\nKết thúc.\n")
    (event,) = writer.told()
    assert event.what == "same"
    writer.save("báo cáo.txt", RIGHT + "\nKết thúc.\n")
    assert writer.told() == []


def test_what_was_there_before_is_compared_with(writer: Writer) -> None:
    (writer.folder / "a.txt").write_text(WRONG, "utf-8")
    (writer.folder / "b.txt").write_text(MORE, "utf-8")
    os.utime(writer.folder / "a.txt", ns=(1, 1))
    events = writer.begin()
    assert [event.path for event in events] == ["b.txt", "a.txt"]  # what was saved last is wanted first
    assert causes_in(events) == 3
    writer.save("a.txt", RIGHT)
    (event,) = writer.told()
    assert (event.what, event.change.gone) == ("changed", 1)


def test_a_file_that_is_written_beside_and_renamed_is_saved(writer: Writer) -> None:
    writer.save("a.txt", WRONG)
    writer.told()
    beside = writer.save("~WRD0001.tmp", MORE)
    (writer.folder / "a.txt").rename(writer.folder / "~WRL0002.tmp")
    writer.touch(writer.folder / "a.txt")
    assert writer.told(GONE - 0.5) == []
    beside.rename(writer.folder / "a.txt")
    (event,) = writer.told()
    assert (event.path, event.what, len(event.change.new)) == ("a.txt", "changed", 1)


@pytest.mark.parametrize("name", ["~$a.docx", ".~lock.a.docx#", ".a.txt.swp", "a.txt~", "4913", "a.tmp", ".git/a.txt"])
def test_files_of_editors_and_systems_are_nobodys_reports(writer: Writer, name: str) -> None:
    (writer.folder / ".git").mkdir()
    writer.save(name, WRONG)
    assert writer.told() == []
    assert writer.begin() == []


def test_results_of_this_program_and_named_files_are_passed_over(tmp_path: Path) -> None:
    own = tmp_path / "chỉ tiêu.txt"
    writer = Writer(tmp_path, WatchedFolder(tmp_path, read, but=[own], wanted=PathPatterns(None, ["nháp*"])))
    writer.save("kết quả.txt", marked_text(WRONG))
    writer.save(own.name, WRONG)
    writer.save("nháp 1.txt", WRONG)
    writer.save("trình chiếu.pptx", b"PK\x03\x04")
    assert writer.told() == []


def test_a_file_that_is_half_written_is_told_when_it_is_whole(writer: Writer) -> None:
    whole = corpus("003", "docx").read_bytes()
    writer.save("a.docx", whole[:5000])
    assert writer.told(1.0) == []
    writer.save("a.docx", whole)
    (event,) = writer.told()
    assert (event.what, event.change.left) == ("first", 8)
    writer.save("a.docx", whole[:5000])
    (event,) = writer.told()  # and nobody goes on with it
    assert event.what == "unread"
    assert str(event.error).startswith("a.docx: ")
    assert writer.told() == []
    writer.save("a.docx", whole)
    assert writer.told() == []  # it is what it was


def test_a_file_written_to_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    read_so_far: list[str] = []

    def reading(path: str, name: str) -> Report:
        report = extract(path, name=name)
        read_so_far.append(name)
        if len(read_so_far) == 1:
            file.write_text(MORE, "utf-8")
        return report

    writer = Writer(tmp_path, WatchedFolder(tmp_path, reading))
    writer.save("a.txt", WRONG)
    (event,) = writer.told()
    assert event.change.left == 2
    assert len(read_so_far) == 2


def test_a_file_that_is_gone_or_renamed_is_told_once(writer: Writer) -> None:
    writer.save("a.txt", WRONG)
    writer.save("b.txt", MORE)
    writer.told()
    (writer.folder / "a.txt").rename(writer.folder / "c.txt")
    writer.touch(writer.folder / "a.txt")
    writer.touch(writer.folder / "c.txt")
    (event,) = writer.told()
    assert (event.path, event.what, event.former) == ("c.txt", "renamed", "a.txt")
    writer.save("c.txt", RIGHT)
    (event,) = writer.told()
    assert event.change.gone == 1  # what it was under its former name is known
    (writer.folder / "b.txt").unlink()
    writer.touch(writer.folder / "b.txt")
    assert [(event.path, event.what) for event in writer.told()] == [("b.txt", "gone")]
    assert writer.told() == []


def test_a_folder_that_comes_or_goes_takes_its_reports_with_it(
    writer: Writer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("nơi khác") / "quý I"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text(WRONG, "utf-8")
    shutil.copytree(elsewhere, writer.folder / "quý I")
    writer.touch(writer.folder / "quý I")
    assert [(event.path, event.what) for event in writer.told()] == [(os.path.join("quý I", "a.txt"), "first")]
    shutil.rmtree(writer.folder / "quý I")
    writer.touch(writer.folder / "quý I")
    assert [(event.path, event.what) for event in writer.told()] == [(os.path.join("quý I", "a.txt"), "gone")]


def test_one_file_alone_can_be_watched(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WRONG, "utf-8")
    writer = Writer(tmp_path, WatchedFolder(file, read))
    assert not writer.watched.has_subfolders
    assert [event.path for event in writer.begin()] == ["a.txt"]
    writer.save("b.txt", WRONG)
    writer.save("a.txt", MORE)
    assert [event.path for event in writer.told()] == ["a.txt"]


def test_links_are_not_followed(writer: Writer, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("x") / "a.txt"
    other.write_text(WRONG, "utf-8")
    (writer.folder / "b.txt").symlink_to(other)
    writer.touch(writer.folder / "b.txt")
    assert writer.told() == []
    assert writer.begin() == []


def test_folders_that_are_links_are_not_entered(
    writer: Writer, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """The system tells of what is behind a link as of what is in the folder, when it is made and ever after."""
    other = tmp_path_factory.mktemp("other")
    (other / "a.txt").write_text(WRONG, "utf-8")
    (writer.folder / "own").mkdir()
    for link in ("link", "own/link"):
        (writer.folder / link).symlink_to(other, target_is_directory=True)
        for changed in ("", "a.txt"):
            writer.touch(writer.folder / link / changed)
    writer.touch(writer.folder / "own")
    assert writer.told() == []
    writer.save("own/b.txt", WRONG)
    assert [event.path for event in writer.told()] == ["own/b.txt"]
    named = tmp_path / "named"  # by who may be trusted
    named.symlink_to(other, target_is_directory=True)
    watched = Writer(named, WatchedFolder(named, read))
    watched.touch(named / "a.txt")
    assert [event.path for event in watched.told()] == ["a.txt"]


def test_a_defect_is_told_of_its_file(tmp_path: Path) -> None:
    def breaking(path: str, name: str) -> Report:
        raise InternalError(f"{name}: broken")

    writer = Writer(tmp_path, WatchedFolder(tmp_path, breaking))
    writer.save("a.txt", WRONG)
    assert [(event.what, str(event.error)) for event in writer.told()] == [("unread", "a.txt: broken")]


def test_what_is_dismissed_is_not_told(tmp_path: Path) -> None:
    finding = extract(WRONG.encode(), name="a.txt").findings[0]
    dismissed = Dismissal(file="a.txt", rule=finding.rule, quote=finding.quote, reason="đã xem", date=date(2024, 5, 1))
    writer = Writer(tmp_path, WatchedFolder(tmp_path, read, baseline=Baseline([dismissed], tmp_path)))
    writer.save("a.txt", MORE)
    (event,) = writer.told()
    assert [card.reported for cause in event.change.new for card in cause] == ["84,4%"]
    assert event.change.left == 1


def test_a_link_to_everything_is_not_entered(writer: Writer) -> None:
    (writer.folder / "all").symlink_to("/", target_is_directory=True)
    work = lines_run(lambda: [writer.touch(writer.folder), writer.begin(), writer.told()])
    assert writer.watched.reports() == []
    assert work < 20_000  # a system has more files than that


def test_many_files_that_change_at_once_take_work_in_proportion(tmp_path: Path) -> None:
    report = extract(RIGHT.encode(), name="a.txt")

    def numbered(path: str, name: str) -> Report:
        return report.model_copy(update={"source": report.source.model_copy(update={"sha256": path})})

    def work(count: int) -> int:
        folder = tmp_path / str(count)
        folder.mkdir()
        paths = [str(folder / f"{number}.txt") for number in range(count)]
        for path in paths:
            Path(path).write_text("x", "utf-8")
        writer = Writer(folder, WatchedFolder(folder, numbered))

        def change() -> None:
            assert len(writer.begin()) == count
            for path in paths:
                os.unlink(path)
            writer.watched.changed([*paths, str(folder)], writer.now)
            assert len(writer.told()) == count

        return lines_run(change)

    work(2)  # what is loaded once does not count
    assert work(600) <= 6.6 * work(100)
