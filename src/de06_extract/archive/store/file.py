"""The file of a store: made whole or not at all, written by one run at a time, brought up to date when it is opened."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import stat
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from de06_extract.archive.store.intact import can_sum
from de06_extract.archive.store.layout import require_layout
from de06_extract.archive.store.lock import InUseError, exclusive, lock_of
from de06_extract.language.messages import said, system_reason
from de06_extract.schema.display import one_line
from de06_extract.whole_files import EVERYBODY, narrowed, new_file

_APPLICATION = 0xDE06  # in the header of the file: a database of ours, not anybody's
_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes
_PATIENCE = 30.0  # seconds to wait for a program that reads the file
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside its file
_WORDS = {
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_IOERR: "store_disk",  # so a full disk shows where SQLite makes a file beside its own
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_CORRUPT: "store_damaged",
    sqlite3.SQLITE_NOTADB: "store_damaged",
    sqlite3.SQLITE_BUSY: "store_busy",
}


class StoreError(Exception):
    """The store cannot be used; the message is one line that names it and says why."""


@cache
def scripts() -> tuple[str, ...]:
    """The scripts that make a store of each version out of one of the version before; `1.sql` begins with nothing."""
    found = {
        int(Path(script.name).stem): script for script in files("de06_extract").joinpath("data", "store").iterdir()
    }
    return tuple(found[number].read_text("utf-8") for number in range(1, len(found) + 1))


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that a store consists of, now and while it is used: no files of an archive."""
    file = Path(os.path.realpath(path))
    return path, file, lock_of(file), _new(file), *(Path(f"{file}{end}") for end in _BESIDE)


def is_store(path: Path) -> bool:
    """True of a file that a store of this program is in, by what its header says."""
    try:
        return _version(path, path) is not None
    except (StoreError, OSError):
        return False


def opened_unchanged(path: Path) -> sqlite3.Connection:
    """A connection that reads a store of whatever version as it is; raises a `sqlite3.Error` or an `OSError`."""
    return _reading(Path(os.path.realpath(path)))


@contextmanager
def opened_to_write(path: Path, mode: int = EVERYBODY) -> Iterator[sqlite3.Connection]:
    """The store in a file, which is made if it is not there, for the exclusive use of this process.

    Whom `mode` does not let read may not read it afterwards either. Raises a `StoreError` where another one has it,
    and where the file is not a store or cannot be used.
    """
    with ExitStack() as stack:
        with store_errors(path):
            connection = _taken(path, mode, stack)
        yield connection


@contextmanager
def opened_to_read(path: Path) -> Iterator[sqlite3.Connection]:
    """The store in a file, whoever writes it meanwhile; an older one is brought up to date first.

    Raises a `StoreError` where the file is not a store or cannot be used.
    """
    with ExitStack() as stack:
        with store_errors(path):
            connection = _looked_into(path, stack)
            is_kept_apart = connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            before = path.stat().st_mtime_ns
        yield connection
        with store_errors(path):
            if not is_kept_apart and path.stat().st_mtime_ns != before:
                raise StoreError(f"{path}: " + said("errors", "written_meanwhile"))


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turns what goes wrong with the file inside into a `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # none where a text is not UTF-8
        words = said("errors", _WORDS.get(code & 0xFF, "store_unusable"))
        raise StoreError(f"{path}: {words} ({one_line(str(error))})") from error
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: " + said("errors", "damaged", reason=one_line(str(error)))) from error
    except OSError as error:
        other = f": {error.filename}" if error.filename and Path(error.filename) != path else ""
        raise StoreError(f"{path}: " + said("errors", "unusable", reason=system_reason(error), other=other)) from error


def _taken(path: Path, mode: int, stack: ExitStack) -> sqlite3.Connection:
    file = Path(os.path.realpath(path))
    _version(path, file)  # nothing is put beside a file of somebody else
    try:
        stack.enter_context(exclusive(file))
    except InUseError as error:
        raise StoreError(f"{path}: " + said("errors", "in_use", holder=_holder(file))) from error
    if _version(path, file) is None:
        _make(file, mode)
    _narrow(file, mode)  # before SQLite puts files beside it, which get its permissions
    file.open("r+b").close()  # SQLite would fall back to reading, and leave files beside it
    connection = stack.enter_context(closing(sqlite3.connect(file, timeout=_PATIENCE)))
    connection.execute("PRAGMA journal_mode = WAL")
    can_sum(connection)
    require_layout(connection, scripts())
    connection.execute("PRAGMA synchronous = FULL")  # what a power cut comes after is there
    _bring_up_to_date(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the version is looked for in the file itself
    connection.execute("PRAGMA foreign_keys = ON")
    with connection:
        connection.execute("DELETE FROM holder")
        connection.execute("INSERT INTO holder VALUES (?, ?, ?)", (os.getpid(), socket.gethostname(), _now()))
    stack.callback(_leave, connection)
    return connection


def _leave(connection: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error), connection:
        connection.execute("DELETE FROM holder")


def _looked_into(path: Path, stack: ExitStack) -> sqlite3.Connection:
    file = Path(os.path.realpath(path))
    version = _version(path, file)
    if version is None:
        raise StoreError(f"{path}: " + said("errors", "empty_store" if file.exists() else "missing_store"))
    if version < len(scripts()):
        with opened_to_write(path):
            pass
    return stack.enter_context(closing(_reading(file)))


def _reading(file: Path) -> sqlite3.Connection:
    """A connection that changes nothing; what a killed run left beside the file is put into it, if that may be done."""
    changes, is_ours = Path(f"{file}-wal"), _may_be_written(file)
    if is_ours or changes.exists():
        connection = sqlite3.connect(f"{file.as_uri()}?mode={'rw' if is_ours else 'ro'}", timeout=_PATIENCE, uri=True)
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT 1 FROM sqlite_master")
            return _laid_out(connection)
        except sqlite3.OperationalError:
            connection.close()
            if changes.exists() and changes.stat().st_size:
                raise
    # Nobody writes it, and nothing is put beside it: neither where that may not be, nor what its owner could not use.
    return _laid_out(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True))


def _laid_out(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, closed where the database is not laid out as a store."""
    try:
        require_layout(connection, scripts())
    except BaseException:
        connection.close()
        raise
    return connection


def _may_be_written(file: Path) -> bool:
    with suppress(OSError), open(file, "r+b"):
        return True
    return False


def _version(path: Path, file: Path) -> int | None:
    """The version of a store by the header of its file, None where it is empty; raises for a file that is not a store.

    SQLite itself is not asked: it would change a database of another program that was not closed.
    """
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):
            raise StoreError(f"{path}: " + said("errors", "no_file"))
        with open(file, "rb") as opened:
            header = opened.read(_HEADER)
    except FileNotFoundError as error:
        if file.parent.is_dir():
            return None
        raise StoreError(f"{path}: " + said("errors", "no_folder")) from error
    if not header:
        return None
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise StoreError(f"{path}: " + said("errors", "no_store"))
    version, application = (int.from_bytes(header[at : at + 4]) for at in (60, 68))
    if application != _APPLICATION:
        raise StoreError(f"{path}: " + said("errors", "other_database"))
    if not version:
        raise StoreError(f"{path}: " + said("errors", "store_without_version"))
    if version > len(scripts()):
        known = len(scripts())
        raise StoreError(f"{path}: " + said("errors", "newer_store", version=version, known=known))
    return version


def _narrow(file: Path, mode: int) -> None:
    """Takes from a file the permissions that `mode` does not give to others than its owner."""
    permissions = stat.S_IMODE(os.stat(file).st_mode)
    if permissions & ~mode & (EVERYBODY & ~stat.S_IRWXU):
        os.chmod(file, narrowed(permissions, mode))


def _make(file: Path, mode: int) -> None:
    """Makes an empty store beside the place, and puts it there whole; an empty file keeps its permissions."""
    new = _new(file)
    for left in (new, *(Path(f"{name}{end}") for name in (file, new) for end in _BESIDE)):
        left.unlink(missing_ok=True)  # a changes file of a store that was taken away would go into this one
    with ExitStack() as stack:
        stack.callback(new.unlink, missing_ok=True)
        new_file(new, mode).close()
        with closing(sqlite3.connect(new)) as connection:
            can_sum(connection)
            _bring_up_to_date(connection)
        if file.exists():
            shutil.copymode(file, new)
        new.replace(file)
    if os.name == "posix":
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _new(file: Path) -> Path:
    return file.with_name(f"{file.name}-new")


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Runs the scripts that the store has not seen, each as a whole or not at all."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for number, script in enumerate(scripts(), 1):
        if number > version:
            marks = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {number};"
            connection.executescript(f"BEGIN IMMEDIATE;\n{script}\n;{marks} COMMIT;")


def _holder(file: Path) -> str:
    """The process that has the store, as far as the store itself says."""
    with suppress(sqlite3.Error, OSError), closing(_reading(file)) as connection:
        held = connection.execute("SELECT process, host, since FROM holder").fetchone()
        if held is not None:
            return said("errors", "holder", process=held[0], host=held[1], since=held[2])
    return said("errors", "another_process")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
