"""Why a file could not be read: one family, so that a caller catches one class and goes on with the next file."""

from __future__ import annotations


class UnreadableError(Exception):
    """The file cannot be read; the message is one line that says which file and why."""


class MissingFileError(UnreadableError):
    """There is no such file, it is a directory, or it may not be opened."""


class EmptyFileError(UnreadableError):
    """The file has no bytes, or a document without any text."""


class UnsupportedFormatError(UnreadableError):
    """The bytes are not a document of a format that a reader knows."""


class DamagedFileError(UnreadableError):
    """The bytes begin like a known format and cannot be parsed as one."""


class EncryptedFileError(UnreadableError):
    """The document asks for a password."""


class NoTextError(UnreadableError):
    """A PDF without a text layer: a scan."""


class TaxonomyError(Exception):
    """A file of indicators cannot be used; the message is one line that names the file, the entry and the field."""
