"""The options that ask for a copy of the document: what they are short for."""

from __future__ import annotations

from pathlib import Path

from de06_extract.commands.terminal import stop

_FIXED = ".sua"  # before the ending of a copy with what is proposed


def wanted_copy(
    file: Path, form: str | None, output: Path | None, *, fix: bool, diff: bool
) -> tuple[str | None, Path | None]:
    """The form and the output that --fix and --diff ask for; others stay as they are.

    >>> wanted_copy(Path("a/b.docx"), None, None, fix=True, diff=False)
    ('fixed', PosixPath('a/b.sua.docx'))
    >>> wanted_copy(Path("b.txt"), None, None, fix=False, diff=True)
    ('patch', None)
    """
    if fix and diff:
        stop("--fix, --diff: ask for one of them")
    if not fix and not diff:
        return form, output
    wanted = "fixed" if fix else "patch"
    if form not in (None, wanted):
        stop(f"--{'fix' if fix else 'diff'}: does not go with --format {form}")
    if fix and output is None:
        return wanted, file.with_name(f"{file.stem}{_FIXED}{file.suffix}")
    return wanted, output
