"""Administrative units: which one a header means, and what is left open."""

from __future__ import annotations

from typing import Any

import pytest

from de06_extract.document.header.locality import locality_of
from de06_extract.schema.report import Header
from tests.conftest import CORPUS, report_on

OLD, NEW = "2024-05-14", "2025-10-14"
# Boxes of a header, its opening words, and level, kind, name, province, successor and code that must be found.
CASES: list[tuple[dict[str, Any], str, tuple[str | None, ...]]] = [
    ({"issuer": "ỦY BAN NHÂN DÂN HUYỆN TỨ KỲ"}, "", ("district", "huyện", "Tứ Kỳ", "Hải Dương", "Hải Phòng", "298")),
    ({"issuer": "UBND TX. BÌNH LONG"}, "", ("district", "thị xã", "Bình Long", "Bình Phước", "Đồng Nai", "690")),
    ({"issuer": "UBND TX BÌNH LONG"}, "", ("district", "thị xã", "Bình Long", "Bình Phước", "Đồng Nai", "690")),
    ({"issuer": "UBND H. Trà Cú"}, "", ("district", "huyện", "Trà Cú", "Trà Vinh", "Vĩnh Long", "849")),
    ({"issuer": "UBND tỉnh Bắc Giang"}, "", ("province", "tỉnh", "Bắc Giang", "Bắc Giang", "Bắc Ninh", "24")),
    ({"issuer": "UBND TP. BẮC GIANG"}, "", ("district", "thành phố", "Bắc Giang", "Bắc Giang", "Bắc Ninh", "213")),
    ({"issuer": "Công an TP Hà Tĩnh"}, "", ("district", "thành phố", "Hà Tĩnh", "Hà Tĩnh", "Hà Tĩnh", "436")),
    ({"issuer": "Sở Nội vụ T. Hà Tĩnh"}, "", ("province", "tỉnh", "Hà Tĩnh", "Hà Tĩnh", "Hà Tĩnh", "42")),
    ({"issuer": "UBND TP.HCM"}, "", ("province", "thành phố", "Hồ Chí Minh", "Hồ Chí Minh", "Hồ Chí Minh", "79")),
    ({"issuer": "UBND QUẬN 1"}, "", ("district", "quận", "1", "Hồ Chí Minh", "Hồ Chí Minh", "760")),
    ({"issuer": "UBND TỈNH HOÀ BÌNH"}, "", ("province", "tỉnh", "Hòa Bình", "Hòa Bình", "Phú Thọ", "17")),
    ({"issuer": "UBND tỉnh Ðồng Nai"}, "", ("province", "tỉnh", "Đồng Nai", "Đồng Nai", "Đồng Nai", "75")),
    ({"issuer": "UBND TỈNH ĐĂK LĂK"}, "", ("province", "tỉnh", "Đắk Lắk", "Đắk Lắk", "Đắk Lắk", "66")),
    (
        {"issuer": "UBND tỉnh Bà Rịa-Vũng Tàu"},
        "",
        ("province", "tỉnh", "Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh", "77"),
    ),
    (
        {"issuer": "UBND TỈNH THỪA THIÊN HUẾ"},
        "",
        ("province", "tỉnh", "Thừa Thiên Huế", "Thừa Thiên Huế", "Huế", "46"),
    ),
    ({"issuer": "UBND thành phố Huế"}, "", ("district", "thành phố", "Huế", "Thừa Thiên Huế", "Huế", "474")),
    ({"issuer": "HUYỆN ỦY LỤC NAM"}, "", ("district", "huyện", "Lục Nam", "Bắc Giang", "Bắc Ninh", "218")),
    (
        {"issuer": "PHÒNG TƯ PHÁP", "parent": "UBND HUYỆN TRÀ CÚ"},
        "",
        ("district", "huyện", "Trà Cú", "Trà Vinh", "Vĩnh Long", "849"),
    ),
    (
        {"issuer": "Tổ công tác", "signer_role": "PHÓ CHÁNH VĂN PHÒNG HĐND VÀ UBND HUYỆN", "place": "Trà Cú"},
        "",
        ("district", "huyện", "Trà Cú", "Trà Vinh", "Vĩnh Long", "849"),
    ),
    (
        {"issuer": "Tổ công tác", "title": "Kết quả trên địa bàn thị xã Bình Long", "place": "Bình Long"},
        "",
        ("district", "thị xã", "Bình Long", "Bình Phước", "Đồng Nai", "690"),
    ),
    (
        {"issuer": "UBND HUYỆN CHÂU THÀNH", "parent": "TỈNH TRÀ VINH"},
        "",
        ("district", "huyện", "Châu Thành", "Trà Vinh", "Vĩnh Long", "847"),
    ),
    (
        {"issuer": "UBND huyện Châu Thành"},
        "Thực hiện Công văn của Ủy ban nhân dân tỉnh Bến Tre",
        ("district", "huyện", "Châu Thành", "Bến Tre", "Vĩnh Long", "831"),
    ),
    (
        {"issuer": "UBND THỊ TRẤN TRÀ CÚ", "parent": "UBND HUYỆN TRÀ CÚ"},
        "",
        ("commune", "thị trấn", "Trà Cú", "Trà Vinh", "Vĩnh Long", None),
    ),
    (
        {"issuer": "UBND xã An Đức", "addressees": ["Phòng Văn hóa và Thông tin huyện Ba Tri"]},
        "",
        ("commune", "xã", "An Đức", "Bến Tre", "Vĩnh Long", None),
    ),
    (
        {"issuer": "UBND XÃ TÂN HIỆP HUYỆN TRÀ CÚ"},
        "",
        ("commune", "xã", "Tân Hiệp", "Trà Vinh", "Vĩnh Long", None),
    ),
    ({"issuer": "UBND XÃ TÂN HIỆP"}, "", ("commune", "xã", "Tân Hiệp", None, None, None)),
    ({"issuer": "UBND XÃ TRÀ CÚ", "date": NEW}, "", ("commune", "xã", "Trà Cú", "Vĩnh Long", "Vĩnh Long", "29461")),
    (
        {"issuer": "UBND PHƯỜNG BÌNH LONG", "date": NEW},
        "",
        ("commune", "phường", "Bình Long", "Đồng Nai", "Đồng Nai", "25326"),
    ),
    (
        {"issuer": "UBND XÃ TÂN HIỆP", "date": NEW},
        "Thực hiện chỉ đạo của UBND tỉnh An Giang",
        ("commune", "xã", "Tân Hiệp", "An Giang", "An Giang", "30850"),
    ),
    ({"issuer": "UBND TỈNH BẮC NINH", "date": NEW}, "", ("province", "tỉnh", "Bắc Ninh", "Bắc Ninh", "Bắc Ninh", "24")),
    ({"issuer": "UBND TỈNH BẮC NINH"}, "", ("province", "tỉnh", "Bắc Ninh", "Bắc Ninh", "Bắc Ninh", "27")),
    (
        {"issuer": "UBND TỈNH BẮC NINH", "date": None},
        "",
        ("province", "tỉnh", "Bắc Ninh", "Bắc Ninh", "Bắc Ninh", None),
    ),
    ({"issuer": "UBND huyện Việt Yên"}, "", ("district", "huyện", "Việt Yên", "Bắc Giang", "Bắc Ninh", "222")),
    ({"issuer": "UBND thị xã Việt Yên"}, "", ("district", "thị xã", "Việt Yên", "Bắc Giang", "Bắc Ninh", "222")),
    (
        {"issuer": "UBND ĐẶC KHU PHÚ QUÝ", "date": NEW},
        "",
        ("commune", "đặc khu", "Phú Quý", "Lâm Đồng", "Lâm Đồng", "23272"),
    ),
]
OPEN = [
    ({"issuer": "UBND huyện Châu Thành"}, "", "several districts have the name"),
    ({"issuer": "UBND XÃ TÂN HIỆP", "date": NEW}, "", "several communes have the name"),
    ({"issuer": "UBND HUYỆN TỨ KỲ", "date": NEW}, "", "there are no districts any more"),
    ({"issuer": "UBND huyện Mộng Mơ"}, "", "no district has the name"),
    ({"issuer": "UBND huyện Tứ Kỳ", "parent": "TỈNH BẮC GIANG"}, "", "the box contradicts itself"),
    ({"issuer": "BỘ CÔNG AN", "place": "Hà Nội"}, "", "a ministry belongs to no province"),
    ({"issuer": "Tổ công tác", "place": "Bình Long"}, "", "the place alone may be a commune"),
    ({"title": "Hà Tĩnh: kết quả Đề án 06"}, "UBND tỉnh Hà Tĩnh", "an article is nobody's report"),
    ({"issuer": "Bảo hiểm xã hội"}, "", "«xã hội» is no commune"),
    ({"issuer": "P. Tư pháp"}, "", "«P.» is short for other words"),
    (
        {"issuer": "Sở Y tế", "title": "Kết quả thực hiện Công văn của UBND tỉnh Hải Dương", "place": "Tứ Kỳ"},
        "",
        "the title speaks of a body above",
    ),
    ({}, "", "nothing is there"),
]


@pytest.mark.parametrize(("boxes", "opening", "expected"), CASES, ids=[f"{c[0]['issuer']} {c[2][0]}" for c in CASES])
def test_the_unit_is_found_with_its_province_then_and_now(
    boxes: dict[str, Any], opening: str, expected: tuple[str | None, ...]
) -> None:
    found = locality_of(Header.model_validate({"date": OLD, **boxes}), opening)
    assert found is not None
    assert (found.level, found.kind, found.name, found.province, found.successor, found.code) == expected


@pytest.mark.parametrize(("boxes", "opening", "reason"), OPEN, ids=[case[2] for case in OPEN])
def test_what_is_ambiguous_or_unknown_is_left_open(boxes: dict[str, str], opening: str, reason: str) -> None:
    assert locality_of(Header.model_validate({"date": OLD, **boxes}), opening) is None, reason


def test_a_code_is_told_from_the_same_code_of_the_other_era() -> None:
    then = locality_of(Header(issuer="UBND tỉnh Bắc Giang", date=OLD))
    now = locality_of(Header(issuer="UBND tỉnh Bắc Ninh", date=NEW))
    assert then is not None
    assert now is not None
    assert then.code == now.code == "24"
    assert (then.era, now.era) == ("until-2025-06", "since-2025-07")


WHOSE = {
    "000": ("huyện", "Tứ Kỳ", "Hải Dương", "Hải Phòng"),
    "001": None,
    "002": ("thị xã", "Bình Long", "Bình Phước", "Đồng Nai"),
    "003": ("huyện", "Trà Cú", "Trà Vinh", "Vĩnh Long"),
    "004": ("tỉnh", "Bắc Giang", "Bắc Giang", "Bắc Ninh"),
}


@pytest.mark.parametrize("suffix", ["{}.txt", "pdf/{}.pdf", "docx/{}.docx"])
@pytest.mark.parametrize("name", list(WHOSE))
def test_the_five_reports_are_whose_they_are_in_every_format(name: str, suffix: str) -> None:
    found = report_on(CORPUS / suffix.format(name)).locality
    whose = None if found is None else (found.kind, found.name, found.province, found.successor)
    assert whose == WHOSE[name]
