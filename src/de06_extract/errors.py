"""Why a file could not be read: one family, so that a caller catches one class and goes on with the next file."""

from __future__ import annotations

from de06_extract.wording import said


class UnreadableError(Exception):
    """The file cannot be read; the message is one line that says which file and why, `reason` one word for it."""

    reason = "unreadable"


class MissingFileError(UnreadableError):
    """Raised where a path names no file, or one that may not be opened."""

    reason = "missing"


class LinkedFileError(UnreadableError):
    """Raised for a link in a folder, which may lead to a file that whoever put it there may not read."""

    reason = "link"


class EmptyFileError(UnreadableError):
    """Raised for a file without bytes, or a document without any text."""

    reason = "empty"


class UnsupportedFormatError(UnreadableError):
    """The bytes are not a document of a format that a reader knows."""

    reason = "unsupported"


class OwnOutputError(UnreadableError):
    """Raised for a result that this program wrote: it speaks of figures that are wrong, and is no report."""

    reason = "own"


class NotInstalledError(UnreadableError):
    """The format needs a library or a program that is not installed; the message says which, and how to get it."""

    reason = "not-installed"


class DamagedFileError(UnreadableError):
    """The bytes begin like a known format and cannot be parsed as one."""

    reason = "damaged"


class EncryptedFileError(UnreadableError):
    """The document asks for a password."""

    reason = "encrypted"


class NoTextError(UnreadableError):
    """A PDF without a text layer: a scan; `missing` says what would have to be installed to read it, if that is it."""

    reason = "scan"

    def __init__(self, message: str, missing: str | None = None) -> None:
        super().__init__(message if missing is None else f"{message}; {missing}")
        self.missing = missing


class IllegibleError(NoTextError):
    """The pages are images, and no text was recognised on them."""

    reason = "illegible"


class LimitExceededError(UnreadableError):
    """The file takes more time or memory than it may, or ended the process that read it; `reason` says which."""

    reason = "memory"

    def __init__(self, message: str, reason: str = "memory") -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[type[LimitExceededError], tuple[str, str]]:
        return type(self), (str(self), self.reason)


class TooLargeError(LimitExceededError):
    """The file has more bytes than may be held in memory."""

    @classmethod
    def of(cls, size: int, most: int) -> TooLargeError:
        """The error for so many bytes where `most` are allowed.

        >>> str(TooLargeError.of(3 << 30, 1 << 30))
        'has 3072 MiB, and 1024 MiB may be read'
        """
        return cls(said("errors", "too_large", size=-(-size >> 20), most=most >> 20))


class InternalError(Exception):
    """A defect of this program, met by the process that read the file; the message is one line that names the file."""

    reason = "internal"


class PathsError(Exception):
    """There is nothing at paths that were given; the message is one line, `lines` has one for each of them."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__(lines)
        self.lines = lines

    def __str__(self) -> str:
        return "; ".join(self.lines)


class TaxonomyError(Exception):
    """A file of indicators cannot be used; the message is one line that names the file, the entry and the field."""


class ModelError(Exception):
    """A file of weights cannot be used; the message is one line that names the file and the field."""


class ExplainError(Exception):
    """There is no figure as it was asked for, or no one figure; the message is one line that says what to ask for."""


class ReportFormError(Exception):
    """In which form results are to be written is not said, or is none for them; the message is one line."""


class NotCopiedError(Exception):
    """No copy with notes or changes can be made; `reason` is a key of `data/messages/annotations.toml`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BaselineError(Exception):
    """A file of dismissed findings cannot be used; the message is one line that names file, entry and field."""


class DecisionsError(Exception):
    """Decisions cannot be read, or would be lost; the message is one line that names the file and what to do."""
