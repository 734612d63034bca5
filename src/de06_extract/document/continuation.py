"""Whether a line carries on the sentence of the line before it, judged from the words alone."""

from __future__ import annotations

import regex

_LIST_MARK = regex.compile(
    r"""\s*+ (?:
        [-+*•–▪]++ (?=\s|[^\d\s])                      # «- Tổng số», «-Tổng số»
      | \(?\d{1,2}\) | [⁽(][¹²³⁴-⁹]++[⁾)]              # «(1)», «⁽¹⁾»
      | \d{1,2}(?:\.\d{1,2}){0,3}\.?\s++(?=\p{Lu})       # «1.2. Về», «3 Kết quả»
      | [IVX]{1,5}[.)]\s | [a-zđ]\)\s                    # «II. », «a) »
      | [¹²³⁴-⁹]                                         # a footnote's own line
    )""",
    regex.VERBOSE,
)
_ENDED = regex.compile(r"[.;:!?…]['\"”’)\]*]*+\s*+$")
_STARTS_INSIDE = regex.compile(r"\s*+[\p{Ll}\d%,;)/(“\"]")
_BREAKS_INSIDE = regex.compile(r"[,(/\-–“\p{Ll}\d]\s*+$")


def continues(before: str, after: str) -> bool:
    """True where `after` carries on the sentence that `before` leaves open.

    >>> continues("Cấp thẻ BHXH cho trẻ em dưới 6", "tuổi; Đăng ký khai tử")
    True
    >>> continues("đạt tỷ lệ 98,77%.", "+ Số hóa đầu ra: 3.238/3.253")
    False
    >>> continues("tình hình năm 2023", "- Tổng số hồ sơ")
    False
    """
    if not before.strip() or not after.strip() or _ENDED.search(before) or _LIST_MARK.match(after):
        return False
    if _STARTS_INSIDE.match(after):
        return True
    return before.rstrip()[-1] in ",(/" and bool(_BREAKS_INSIDE.search(before))


def begins_item(line: str) -> bool:
    """True where a line begins with the mark of a list or a numbered heading.

    >>> begins_item("- Tổng số hồ sơ"), begins_item("1.2. Về cơ sở"), begins_item("2025, tầm nhìn")
    (True, True, False)
    """
    return bool(_LIST_MARK.match(line))


def ends_sentence(line: str) -> bool:
    """True where a line ends with the sign that ends a sentence or opens a list.

    >>> ends_sentence("đạt tỷ lệ 98,77%."), ends_sentence("cụ thể:"), ends_sentence("năm 2023")
    (True, True, False)
    """
    return bool(_ENDED.search(line))
