"""Made-up reports, a few lines each, in which rules across reports must or must not find something."""

from __future__ import annotations

from de06_extract.language.messages import messages


def specimen(issued: str, *lines: str, unit: str = "", title: str = "") -> str:
    """The text of a report of a unit's people's committee, issued on a day («5/4/2024»); without a unit, of a district.

    >>> specimen("5/4/2024", "Đã cấp 95.120 thẻ căn cước.").splitlines()[:4]
    ['ỦY BAN NHÂN DÂN', 'HUYỆN TỨ KỲ', 'Số: 504/BC-UBND', 'Tứ Kỳ, ngày 05 tháng 4 năm 2024']
    """
    day, month, year = issued.split("/")
    said: dict[str, str] = messages("across")["specimen"]
    unit = unit or said["unit"]
    filled = said["head"].format(
        unit=unit.upper(),
        number=f"{day}{month.zfill(2)}",
        place=" ".join(word for word in unit.split() if word[0].isupper()),
        day=day.zfill(2),
        month=month,
        year=year,
        title=title and f" {title}",
        whole=unit,
    )
    return filled + "\n".join(lines) + "\n"
