"""The candidates of each kind: which figures are taken for what, and how their arithmetic comes out."""

from __future__ import annotations

from de06_extract.claims.prose.links.candidate import Anchor, Candidate
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.generators import generators
from de06_extract.claims.prose.links.outcomes import Outcome
from de06_extract.claims.prose.links.values import Value
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.readers import read_document

Roles = tuple[str | None, ...]


def anchors(kind: str, text: str) -> list[Anchor]:
    ev = Evidence(read_mentions(read_document(text.encode(), "made-up.txt")))
    return [anchor for generator in generators() if generator.kind == kind for anchor in generator.find(ev)]


def candidates(kind: str, text: str, value: str) -> dict[Roles, Candidate]:
    """The candidates of the figure with this value, by the values in their roles."""
    return {
        tuple(None if m is None else str(m.figure.value) for m in candidate.roles): candidate
        for anchor in anchors(kind, text)
        if str(anchor.mention.figure.value) == value
        for candidate in anchor.candidates
    }


def names(candidate: Candidate) -> set[str]:
    return {name for piece in candidate.all_pieces() for name in piece}


def test_generators_are_found_one_for_each_kind() -> None:
    assert [g.kind for g in generators()] == ["change", "distribution", "ratio", "remainder", "sum"]


def test_a_percentage_is_of_each_count_before_and_behind_or_of_none() -> None:
    text = "Tiếp nhận 3.265 hồ sơ, đã giải quyết 3.225 hồ sơ (đạt 98,77%), trong đó trực tuyến 2.980 hồ sơ."
    found = candidates("ratio", text, "98.77")
    assert set(found) == {
        ("3225", "3265"), ("3225", "2980"), ("3225", None),
        ("3265", "3225"), ("3265", "2980"), ("3265", None),
        ("2980", "3265"), ("2980", "3225"), ("2980", None),
    }  # fmt: skip
    assert found["3225", "3265"].outcome == Outcome.HOLDS
    assert found["2980", "3225"].outcome == Outcome.FAILS
    assert found["3225", None].outcome == Outcome.OPEN
    assert "no base, rate-part: before, clause" in names(found["3225", None])


def test_a_whole_named_once_is_the_base_of_shares_further_on() -> None:
    text = "\n\n".join(
        (
            "Đợt này có 1.284 thí sinh dự thi.",
            "Thời tiết thuận lợi, giao thông thông suốt.",
            "Khối A có 417 thí sinh, chiếm 32,48%.",
            "Khối B có 305 thí sinh, chiếm 23,75%.",
        )
    )
    found = candidates("ratio", text, "23.75")
    assert found["305", "1284"].outcome == Outcome.HOLDS
    assert {"base of another that fits", "built as another of its base that fits"} <= names(found["305", "1284"])


def test_a_slash_joins_numerator_and_base_whatever_their_units() -> None:
    found = candidates("ratio", "Có 56 trạm/80 xã (đạt 70%) được đầu tư.", "70")
    assert found["56", "80"].outcome == Outcome.HOLDS
    assert any(name.startswith("slash, next, path") for name in names(found["56", "80"]))


def test_a_change_is_read_in_every_shape_that_it_may_have() -> None:
    text = "Số vụ giảm từ 2.730 vụ xuống còn 1.379 vụ, giảm 1.351 vụ (tương đương 49,49%)."
    found = candidates("change", text, "49.49")
    assert {candidate.shape for candidate in found.values()} == {"on" + "p", "ondp", "ndp", "odp", "np", "dp", "p"}
    whole = found["2730", "1379", "1351", "49.49"]
    assert (whole.outcome, whole.direction) == (Outcome.HOLDS, "down")
    assert found["1379", "2730", None, "49.49"].outcome == Outcome.WRONG_WAY


def test_sizes_and_new_values_have_anchors_of_their_own() -> None:
    found = anchors("change", "Số vụ giảm từ 2.730 vụ xuống còn 1.379 vụ, giảm 1.351 vụ.")
    assert {(anchor.kind, str(anchor.mention.figure.value)) for anchor in found} >= {
        ("level", "1379"),
        ("size", "1351"),
    }


def test_the_parts_of_a_total_are_cut_from_views_of_what_follows() -> None:
    text = "Tổng số 845 hồ sơ, gồm: 512 hồ sơ trực tuyến (trong đó 40 hồ sơ khẩn); 333 hồ sơ trực tiếp."
    found = candidates("sum", text, "845")
    assert found["512", "333"].outcome == Outcome.HOLDS
    assert "parts: behind, left out deeper" in names(found["512", "333"])
    assert "parts: behind, over clauses" in names(found["512", "333"])


def test_the_parts_of_a_total_may_stand_before_it() -> None:
    text = "Tiếp nhận trực tuyến 512 hồ sơ và trực tiếp 333 hồ sơ, nâng tổng số lên 845 hồ sơ."
    assert candidates("sum", text, "845")["512", "333"].shape == "2 before"


def test_a_total_that_no_word_announces_has_parts_that_fit() -> None:
    text = "Có {} hồ sơ trực tiếp 333 hồ sơ trực tuyến 512 hồ sơ."
    assert candidates("sum", text.format(845), "845")["333", "512"].outcome == Outcome.HOLDS
    assert not candidates("sum", text.format(854), "854")
    assert not candidates("sum", text.format(702), "702")


def test_parts_that_fail_by_far_are_no_candidate() -> None:
    text = "Tổng số {} hồ sơ, gồm: 512 hồ sơ trực tuyến; 333 hồ sơ trực tiếp."
    assert candidates("sum", text.format(671), "671")["512", "333"].outcome == Outcome.FAILS
    assert not candidates("sum", text.format(420), "420")  # twice as much
    assert candidates("sum", text.format(145), "145")["512", "333"].outcome == Outcome.SLIP


def test_a_column_beside_that_adds_up_is_told() -> None:
    text = "Tổng số 30/50 xã, gồm: 10/20 xã miền núi; 20/30 xã đồng bằng."
    assert "the column beside it adds up" in names(candidates("sum", text, "50")["20", "30"])


def test_a_rest_is_what_some_figure_leaves_of_a_larger_one() -> None:
    text = "Tiếp nhận 845 hồ sơ, đã giải quyết 512 hồ sơ, còn lại 333 hồ sơ."
    found = candidates("remainder", text, "333")
    assert set(found) == {("845", "512"), ("512", "845")}
    assert found["845", "512"].outcome == Outcome.HOLDS
    assert "order tdl" in names(found["845", "512"])


def test_shares_of_a_whole_are_runs_that_come_near_to_100() -> None:
    text = "Trong đó: loại tốt 46,18%; loại khá 38,95%; loại trung bình 14,87%."
    found = candidates("distribution", text, "46.18")
    assert set(found) == {("46.18", "38.95"), ("46.18", "38.95", "14.87")}
    assert found["46.18", "38.95", "14.87"].outcome == Outcome.HOLDS
    assert set(candidates("distribution", text, "38.95")) == {("38.95", "14.87")}
    assert not candidates("distribution", text, "14.87")  # what is left is too little


def test_a_candidate_is_judged_with_other_values_of_its_anchor() -> None:
    """As the null of chance needs: the anchor's own value gives the outcome, another gives another."""
    texts = {
        "ratio": "Đã giải quyết 3.225/3.265 hồ sơ (đạt 98,77%).",
        "change": "Số vụ giảm từ 2.730 vụ xuống còn 1.379 vụ, giảm 1.351 vụ (tương đương 49,49%).",
        "sum": "Tổng số 845 hồ sơ, gồm: 512 hồ sơ trực tuyến; 333 hồ sơ trực tiếp.",
        "remainder": "Tiếp nhận 845 hồ sơ, đã giải quyết 512 hồ sơ, còn lại 333 hồ sơ.",
        "distribution": "Trong đó: loại tốt 46,18%; loại khá 38,95%; loại trung bình 14,87%.",
    }
    for kind, text in texts.items():
        ev = Evidence(read_mentions(read_document(text.encode(), "made-up.txt")))
        generator = next(g for g in generators() if g.kind == kind)
        for anchor in generator.find(ev):
            value = ev.value(anchor.mention)
            other = Value(value.value * 1.7 + 11, value.slack, value.unit, value.vague)
            for candidate in anchor.candidates:
                if anchor.kind != "level":
                    assert candidate.judge(value) == candidate.outcome
                if candidate.outcome == Outcome.HOLDS and anchor.kind != "level":
                    assert candidate.judge(other) != Outcome.HOLDS


LIST = """Tổng số đơn tiếp nhận: 147 đơn
- Khiếu nại: 121 đơn
 + Thuộc thẩm quyền: 37 đơn
 + Không thuộc thẩm quyền: 84 đơn
- Tố cáo: 26 đơn
Trong kỳ có 5 đoàn đông người."""


def test_lines_of_a_list_are_parts_of_what_stands_above_it() -> None:
    total = candidates("sum", LIST, "147")
    assert total["121", "26"].outcome == Outcome.HOLDS
    assert "parts: behind, view lines of a list" in names(total["121", "26"])
    assert candidates("sum", LIST, "121")["37", "84"].outcome == Outcome.HOLDS
    assert candidates("sum", LIST.replace("26 đơn", "62 đơn"), "147")["121", "62"].outcome == Outcome.SHORT_SWAP


def test_a_list_that_words_announce_in_the_line_above_may_fail() -> None:
    text = "Toàn huyện có 100 trường, chia ra:\n36 trường mầm non\n29 trường tiểu học\n24 trường trung học"
    assert candidates("sum", text, "100")["36", "29", "24"].outcome == Outcome.FAILS
    unsaid = "Toàn huyện có 100 trường.\n36 trường mầm non\n29 trường tiểu học\n24 trường trung học"
    assert not candidates("sum", unsaid, "100")


def test_the_second_figures_of_pairs_are_announced_as_the_first_are() -> None:
    text = "Phát hiện 46 vụ/108 đối tượng, gồm ma túy 14 vụ/19 đối tượng; đánh bạc 32 vụ/88 đối tượng."
    assert candidates("sum", text, "108")["19", "88"].outcome == Outcome.SLIP


def test_what_is_still_being_done_is_a_rest_in_whatever_words() -> None:
    for rest in ("đang thẩm định 333 người", "333 người chờ duyệt", "vắng mặt 333 người"):
        found = candidates("remainder", f"Trong 845 người, đã xét duyệt 512 người, {rest}.", "333")
        assert found["845", "512"].outcome == Outcome.HOLDS
    assert not candidates("remainder", "Trong 845 người, đã xét duyệt 512 người, tập huấn 333 người.", "333")


def test_a_whole_stands_lines_before_beyond_a_list_of_its_parts() -> None:
    text = (
        "1. Tổng số tiếp nhận: 845 hồ sơ\n- Trực tuyến: 500 hồ sơ\n- Trực tiếp: 345 hồ sơ\n"
        "2. Đã giải quyết: 512 hồ sơ, đạt 60,6%\n- Trước hạn: 400 hồ sơ\n- Đúng hạn: 112 hồ sơ\n"
        "3. Đang giải quyết: 333 hồ sơ"
    )
    assert candidates("ratio", text, "60.6")["512", "845"].outcome == Outcome.HOLDS
    assert candidates("remainder", text, "333")["845", "512"].outcome == Outcome.HOLDS


def test_a_column_stands_as_far_from_one_that_adds_up_in_each_item() -> None:
    head = "Trong năm, các tổ thụ lý 1.290 vụ, hòa giải thành 921 vụ, đạt 71,4%. Cụ thể: "
    items = (
        "quý I thụ lý 340 vụ, hòa giải thành {} vụ, đạt 70,9%; quý II thụ lý 450 vụ, hòa giải thành 370 vụ, "
        "đạt 82,2%; quý III thụ lý 500 vụ, hòa giải thành 310 vụ, đạt 62%."
    )
    right = candidates("sum", head + items.format(241), "921")["241", "370", "310"]
    wrong = candidates("sum", head + items.format(214), "921")["214", "370", "310"]
    assert (right.outcome, wrong.outcome) == (Outcome.HOLDS, Outcome.SWAP)
    told = {"the column beside it adds up", "the column beside it adds up, of fine figures"}
    assert told <= names(right) & names(wrong)
    neither = candidates("sum", (head + items.format(214)).replace("450", "460"), "921")
    assert all(told.isdisjoint(names(candidate)) for candidate in neither.values())


def test_parts_know_whether_the_shares_beside_them_add_up() -> None:
    text = "Có 1.290 hồ sơ, gồm 645 hồ sơ mới (50%), 387 hồ sơ cũ ({}%) và 258 hồ sơ chuyển đến (20%)."
    found = [candidates("sum", text.format(share), "1290")["645", "387", "258"] for share in (30, 35)]
    assert "parts: behind, shares beside them add up" in names(found[0])
    assert "parts: behind, shares beside them do not add up" in names(found[1])
    changes = text.format(30).replace("(50%)", "(tăng 50%)")
    silent = names(candidates("sum", changes, "1290")["645", "387", "258"])
    assert not any("shares beside" in name for name in silent)


def test_shares_know_whether_the_counts_beside_them_add_up_to_a_figure_before() -> None:
    text = "Có {} hồ sơ, gồm 645 hồ sơ mới (50%), 387 hồ sơ cũ (35%) và 258 hồ sơ chuyển đến (20%)."
    for total, said in (("1.290", "a figure"), ("1.280", "none")):
        found = candidates("distribution", text.format(total), "50")["50", "35", "20"]
        assert f"shares: counts before add up to {said} before them" in names(found)


def test_an_old_value_may_be_what_a_new_one_is_compared_with() -> None:
    text = "Giá mới là 7.700 đồng/m3, tăng 500 đồng so với giá cũ là 7.200 đồng/m3."
    found = candidates("change", text, "500")["7200", "7700", "500", None]
    assert found.outcome == Outcome.HOLDS
    assert "shape ond, compared with the old value next, in its unit" in names(found)
    other = candidates("change", text.replace("7.200 đồng/m3", "7.200 hộ"), "500")
    assert all("compared with the old value" not in name for c in other.values() for name in names(c))


def test_what_exceeds_a_value_by_so_much_is_a_change_from_it() -> None:
    text = "Cả tỉnh có 163.135 hộ tham gia, vượt 7.135 hộ so với mức được giao là 156.000 hộ."
    found = candidates("change", text, "7135")["156000", "163135", "7135", None]
    assert (found.outcome, found.direction) == (Outcome.HOLDS, "up")
    less = candidates("change", text.replace("163.135", "148.865"), "7135")["156000", "148865", "7135", None]
    assert less.outcome in (Outcome.WRONG_WAY, Outcome.FAILS)


def test_readings_placed_as_others_that_fit_are_told() -> None:
    lines = [
        "- Sở A: tiếp nhận 1.250 hồ sơ, đã giải quyết 1.130 hồ sơ, còn lại 120 hồ sơ.",
        "- Sở B: tiếp nhận 2.480 hồ sơ, đã giải quyết 2.295 hồ sơ, còn lại 185 hồ sơ.",
        "- Sở C: tiếp nhận 1.760 hồ sơ, đã giải quyết 1.610 hồ sơ, còn lại 510 hồ sơ.",
    ]
    told = {"placed as several others that fit", "placed as another that fits finely"}
    wrong = candidates("remainder", "\n".join(lines), "510")["1760", "1610"]
    assert wrong.outcome not in (Outcome.HOLDS, Outcome.OPEN)
    assert told <= names(wrong)
    two = names(candidates("remainder", "\n".join(lines[1:]), "510")["1760", "1610"])
    assert "placed as another that fits" in two
    alone = names(candidates("remainder", lines[2], "510")["1760", "1610"])
    assert not any("placed as" in name for name in alone)
    far = names(candidates("remainder", "\n\n".join([lines[1], *["Văn bản."] * 5, lines[2]]), "510")["1760", "1610"])
    assert not any("placed as" in name for name in far)


def test_changes_and_sums_are_placed_as_others_too() -> None:
    changes = (
        "Gạo đạt 4.410 tấn, tăng 10% so với 4.009 tấn. Cá đạt 2.205 tấn, tăng 5% so với 2.100 tấn. "
        "Tôm đạt 3.502 tấn, tăng 12% so với 3.217 tấn."
    )
    assert "placed as several others that fit" in names(candidates("change", changes, "12")["3217", "3502", None, "12"])
    sums = (
        "- Xã A: 1.250 hộ, gồm 1.130 hộ nghèo, 120 hộ cận nghèo.\n"
        "- Xã B: 2.480 hộ, gồm 2.295 hộ nghèo, 185 hộ cận nghèo.\n"
        "- Xã C: 1.760 hộ, gồm 1.610 hộ nghèo, 510 hộ cận nghèo."
    )
    assert "placed as several others that fit" in names(candidates("sum", sums, "1760")["1610", "510"])
