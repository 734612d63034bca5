"""Files that are written whole: nothing is written through a link that somebody laid, and nobody new may read them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from de06_extract import whole_files
from de06_extract.whole_files import new_file, replacing

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and permissions as POSIX has them")


def write(path: Path, mode: int = 0o666) -> int:
    """Writes a file, and gives its permissions."""
    with replacing(path, mode=mode) as (file,):
        file.write(b"new")
    assert path.read_bytes() == b"new"
    return path.stat().st_mode & 0o777


@pytest.fixture(autouse=True)
def mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_link_in_the_place_of_the_temporary_file_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who could guess its name would have the report written over a file of the user."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    monkeypatch.setattr(whole_files, "token_hex", lambda length: "guessed")
    for leads_to in (victim, tmp_path / "nothing"):
        link = tmp_path / ".de06-extract.guessed.part"
        link.symlink_to(leads_to)
        with pytest.raises(FileExistsError):
            write(tmp_path / "out.json")
        link.unlink(missing_ok=True)
    assert victim.read_bytes() == b"precious"
    assert [path.name for path in tmp_path.iterdir()] == ["victim"]


def test_the_name_of_the_temporary_file_is_not_that_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    for _ in range(3):
        with replacing(tmp_path / "out.json"):
            seen.extend(path.name for path in tmp_path.iterdir() if path.name.endswith(".part"))
    assert len(set(seen)) == 3
    assert all(str(os.getpid()) not in name.split(".") for name in seen)
    assert len(secrets.token_hex(8)) == len(seen[0].split(".")[2])


@pytest.mark.parametrize(
    ("there", "mode", "afterwards"),
    [
        (None, 0o666, 0o644),
        (None, 0o600, 0o600),
        (None, 0o640, 0o640),
        (None, 0o444, 0o644),  # its owner wrote it
        (0o600, 0o666, 0o600),
        (0o664, 0o666, 0o664),
        (0o666, 0o640, 0o640),
        (0o400, 0o666, 0o600),
    ],
)
def test_nobody_may_read_it_who_may_not_read_its_source_or_what_was_there(
    tmp_path: Path, there: int | None, mode: int, afterwards: int
) -> None:
    path = tmp_path / "out.json"
    if there is not None:
        path.touch()
        path.chmod(there)
    assert write(path, mode) == afterwards


def test_a_new_file_is_never_one_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        new_file(tmp_path / "there")
    assert (tmp_path / "there").read_bytes() == b"old"


def test_nothing_is_left_where_writing_fails(tmp_path: Path) -> None:
    def fail() -> None:
        with replacing(tmp_path / "a", tmp_path / "b") as (file, _):
            file.write(b"half")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    assert list(tmp_path.iterdir()) == []
