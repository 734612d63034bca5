"""The body that issues a report: from its box on the first page, or from the sentence in which it reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from de06_extract.document.printed_lines import clean
from de06_extract.language.places import PlaceMention, mentions, named
from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import any_of, whole_words, words

_LONGEST = 160  # characters of a body's name


def issuer_of_box(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The body in a box and the one above it, each from one line or several; a place without a body counts as above.

    >>> issuer_of_box(["UBND THỊ XÃ BÌNH LONG", "TỔ CÔNG TÁC", "TRIỂN KHAI ĐỀ ÁN 06/CP"])
    ('TỔ CÔNG TÁC TRIỂN KHAI ĐỀ ÁN 06/CP', 'UBND THỊ XÃ BÌNH LONG')
    >>> issuer_of_box(["TỈNH HẢI DƯƠNG", "ỦY BAN NHÂN DÂN", "HUYỆN TỨ KỲ"])
    ('ỦY BAN NHÂN DÂN HUYỆN TỨ KỲ', 'TỈNH HẢI DƯƠNG')
    >>> issuer_of_box(["ỦY BAN NHÂN DÂN", "TỈNH HÀ TĨNH"])
    ('ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH', None)
    """
    bodies = _bodies(lines)
    while len(bodies) > 1 and not (_begins_body().match(bodies[0]) or any(_named_in(bodies[0]))):
        bodies.pop(0)  # what stands above the box: «TRANG CHỦ»
    while len(bodies) > 1 and not _begins_body().match(bodies[-1]):
        bodies.pop()
    if not bodies or not any(_begins_body().match(body) for body in bodies):
        return None, None
    return bodies[-1], bodies[-2] if len(bodies) > 1 else None


def _bodies(lines: Sequence[str]) -> list[str]:
    """The lines with those that go on with a body's name joined to where it begins."""
    bodies: list[str] = []
    for line in (part for whole in lines for part in _parted(whole)):
        if not bodies or (_begins_body().match(line) and not _goes_on(bodies[-1])):
            bodies.append(line)
        else:
            bodies[-1] += " " + line
    return bodies


def _parted(line: str) -> Iterator[str]:
    """The bodies on one line, the second behind the place of the first: «UBND TỈNH HẢI DƯƠNG SỞ TƯ PHÁP»."""
    at = 0
    for found in _named_in(line):
        rest = line[found.end :].lstrip()
        if rest and _begins_body().match(rest):
            yield line[at : found.end].strip()
            at = len(line) - len(rest)
    yield line[at:]


@cache
def _begins_body() -> regex.Pattern[str]:
    return regex.compile(rf"(?i:(?:{any_of('letterhead', 'body')}))(?!\p{{L}})")


def _goes_on(body: str) -> bool:
    """True where the name of a body is not complete: «VĂN PHÒNG» alone, «… VÀ»."""
    folded = fold(body)
    return folded in words("letterhead", "incomplete") or folded.split()[-1] in words("letterhead", "joiner")


@cache
def _reports() -> regex.Pattern[str]:
    """A pattern for a clause that begins with a body, which reports: «…, Ủy ban nhân dân huyện Tứ Kỳ báo cáo»."""
    body, heads, verb = (any_of("letterhead", table) for table in ("body", "heads", "reports"))
    return regex.compile(
        rf"""
        (?: \A | [,;:.] \s | \n ) [\s*_“"-]*+ (?i: {heads} \s++ )?+
        (?P<body> (?= \p{{Lu}} ) (?i: {body} ) (?! \p{{L}} | , ) [^;:.()\n]{{0,{_LONGEST}}}? )
        (?: \s*+ \( (?P<note> [^()\n]{{1,120}}+ ) \) )?+
        [\s,]*+ (?<! \p{{L}} ) (?i: {verb} ) (?! \p{{L}} )
        """,
        regex.VERBOSE,
    )


@cache
def _short_for() -> regex.Pattern[str]:
    return regex.compile(
        rf"\([^()]{{0,30}}(?i:{any_of('letterhead', 'short_for')})\s*+[“\"']?(?P<short>[^()“”\"']+)[”\"']?\)"
    )


def issuer_of_prose(text: str) -> str | None:
    """The body that reports in a text, with its full name where the text makes it short: None where none says so.

    >>> issuer_of_prose("Thực hiện Công văn số 5, Chủ tịch UBND tỉnh Bắc Giang báo cáo kết quả như sau:")
    'UBND tỉnh Bắc Giang'
    >>> issuer_of_prose("Theo đề nghị của Sở Y tế về việc báo cáo số liệu") is None
    True
    >>> issuer_of_prose("Ban hành 11 báo cáo. Thống kê, báo cáo") is None
    True
    """
    for match in _reports().finditer(text, overlapped=True):
        body = clean(match["body"]).strip(" ,")
        if body and _is_name(body) and not whole_words("letterhead", "stray").search(body):
            return _full(text, body) or body
    return None


def _is_name(body: str) -> bool:
    """True for «UBND tỉnh», «Phòng Tư pháp», «Sở»: not where one syllable begins another word, «Ban hành»."""
    parts = body.split()
    if len(parts) == 1 or parts[0].isupper() or parts[1][0].isupper():
        return True
    return any(fold(body).startswith(phrase) for phrase in words("letterhead", "body") if " " in phrase)


def _full(text: str, short: str) -> str | None:
    """The name for which the text says it will write `short`: «Tổ công tác hỗ trợ … (gọi tắt là Tổ công tác)»."""
    for note in _short_for().finditer(text):
        if note["short"].strip(" .").casefold() != short.casefold():
            continue
        begin = text.casefold().rfind(short.casefold(), max(0, note.start() - _LONGEST), note.start())
        if begin >= 0:
            return clean(text[begin : note.start()]).strip(" ,")
    return None


def completed(issuer: str, others: Sequence[str | None], place: str | None) -> str:
    """The issuer with the name of its locality: the place of the date line, or that of another box of the same kind.

    >>> completed("Tổ công tác thị xã", [None, "trên địa bàn thị xã Bình Long"], None)
    'Tổ công tác thị xã Bình Long'
    >>> completed("SỞ NỘI VỤ", ["UBND TỈNH HÀ TĨNH"], "Hà Tĩnh")
    'SỞ NỘI VỤ TỈNH HÀ TĨNH'
    """
    own = list(mentions(issuer))
    if any(found.name for found in own):
        return issuer
    if not own:
        above = others[0] if others else None
        places = [above[found.start : found.end] for found in _named_in(above)] if above else []
        return " ".join([issuer, *places[-1:]])
    last = own[-1]
    if issuer[last.end :].strip():
        return issuer
    if place and named(place, kind=last.kind):
        return f"{issuer} {place}"
    names = (found.name for text in others for found in _named_in(text or "") if found.kind == last.kind)
    return " ".join(filter(None, (issuer, next(names, None))))


def _named_in(text: str) -> Iterator[PlaceMention]:
    """The units named in a text that are known; any commune, as those before July 2025 are not."""
    communes = words("localities", "commune")
    return (
        found
        for found in mentions(text)
        if found.name and (found.kind in communes or named(found.name, kind=found.kind))
    )
