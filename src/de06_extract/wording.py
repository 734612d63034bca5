"""What the program says, out of `data/messages/`: in two languages, with braces for what is filled in."""

from __future__ import annotations

import errno
import os
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any, Literal, get_args

Language = Literal["vi", "en"]

VARIABLE = "DE06_LANG"  # of the environment: the language where no option names one
_OPTION = "--lang"
_SPOKEN: ContextVar[Language] = ContextVar("spoken", default="en")


@cache
def read_data(folder: str, name: str) -> dict[str, Any]:
    """The tables of `data/<folder>/<name>.toml`."""
    return tomllib.loads(files("de06_extract").joinpath("data", folder, f"{name}.toml").read_text("utf-8"))


def messages(name: str) -> dict[str, Any]:
    """The tables of `data/messages/<name>.toml`, mostly by language first.

    >>> messages("report")["en"]["place"]["page"]
    'page {page}'
    """
    return read_data("messages", name)


def said(name: str, key: str, /, **filled: object) -> str:
    """The words under a key of `data/messages/<name>.toml`, in the language that is spoken, filled in.

    >>> said("report", "place.page", page=3)
    'page 3'
    >>> with speaking("vi"):
    ...     said("report", "place.page", page=3)
    'trang 3'
    """
    found: Any = messages(name)[_SPOKEN.get()]
    for part in key.split("."):
        found = found[part]
    return str(found).format(**filled)


def system_reason(error: Exception) -> str:
    """Why the system refused, in the language that is spoken where the reason is a frequent one.

    >>> with speaking("vi"):
    ...     system_reason(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    'không có tệp hoặc thư mục này'
    """
    number = getattr(error, "errno", None)
    known: dict[str, str] = messages("errors")[_SPOKEN.get()]["system"]
    words = known.get(errno.errorcode.get(number, "")) if isinstance(number, int) else None
    return words or str(getattr(error, "strerror", None) or error)


def spoken() -> Language:
    """The language of what is said here: English for other programs, that of its options within a command."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Lets what is said inside be said in a language."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def asked_language(arguments: Sequence[str]) -> Language:
    """The language that the arguments of a command ask for, else the environment, else Vietnamese.

    >>> asked_language(["check", "a.pdf", "--lang", "en"]), asked_language(["--lang=en"])
    ('en', 'en')
    """
    words = list(arguments)
    words = words[: words.index("--")] if "--" in words else words
    asked = [os.environ.get(VARIABLE, "")]
    for word, behind in zip_longest(words, words[1:], fillvalue=""):
        if word == _OPTION and behind:
            asked.append(behind)
        elif word.startswith(f"{_OPTION}="):
            asked.append(word.partition("=")[2])
    known = [language for language in get_args(Language) if language == asked[-1]]
    return known[0] if known else "vi"
