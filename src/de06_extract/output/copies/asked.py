"""The copies that a command asks for by a word: a copy with what is proposed, or a patch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from de06_extract.errors import ReportFormError
from de06_extract.language.messages import messages, said

_PATCH = "patch"


def with_copy(
    file: Path, form: str | None, outputs: Sequence[Path], *, fix: bool, diff: bool
) -> tuple[str | None, list[Path]]:
    """The form and the outputs, with the patch that is asked for, and the copy beside the file with what is proposed.

    Raises a `ReportFormError` where the file can have no such copy, or another form is asked for.

    >>> with_copy(Path("a/b.docx"), None, [Path("b.html")], fix=True, diff=False)
    (None, [PosixPath('b.html'), PosixPath('a/b.sua.docx')])
    >>> with_copy(Path("b.txt"), None, [], fix=False, diff=True)
    ('patch', [])
    """
    if diff and form not in (None, _PATCH):
        raise ReportFormError(said("annotations", "refusals.diff-and-form", form=form))
    copies = [_fixed(file)] if fix and not any(_is_fixed(output) for output in outputs) else []
    return _PATCH if diff else form, [*outputs, *copies]


def _fixed(file: Path) -> Path:
    """The copy with what is proposed, beside the file."""
    for ending in messages("annotations")["endings"]["fixed"]:
        if ending.endswith(file.suffix.lower()) and file.suffix:
            return file.with_name(f"{file.stem}{ending.removesuffix(file.suffix.lower())}{file.suffix}")
    raise ReportFormError(f"{file}: {said('annotations', 'refusals.no-changes')}")


def _is_fixed(output: Path) -> bool:
    return output.name.lower().endswith(tuple(messages("annotations")["endings"]["fixed"]))
