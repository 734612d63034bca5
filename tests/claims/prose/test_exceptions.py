"""Relations that fail by their figures and not by their words: nothing is held against the report."""

from __future__ import annotations

import pytest

from de06_extract import check_text


def accused(text: str) -> list[str]:
    return [finding.rule for finding in check_text(text).findings if finding.severity in ("error", "warning")]


@pytest.mark.parametrize(
    ("excepted", "meant"),
    [
        (  # a mean of years
            "Dân số từ 22,18 triệu người tăng lên 29,73 triệu người, trung bình năm tăng 755.000 người.",
            "Dân số từ 22,18 triệu người tăng lên 29,73 triệu người, tăng 7,65 triệu người.",
        ),
        (
            "Doanh thu từ 17,74 tỷ đồng năm 2016 tăng lên 35,24 tỷ đồng năm 2020, tăng trưởng bình quân năm 18,7%.",
            "Doanh thu từ 17,74 tỷ đồng năm 2016 tăng lên 35,24 tỷ đồng năm 2020, tăng 18,7%.",
        ),
        (  # another thing
            "Doanh thu tăng từ 103,3 tỷ lên 153,4 tỷ đồng, giá vốn hàng bán tăng 18%.",
            "Doanh thu tăng từ 103,3 tỷ lên 153,4 tỷ đồng, với tốc độ tăng 18%.",
        ),
        (  # below zero
            "Lợi nhuận sau thuế đạt 18,9 tỷ đồng (cùng kỳ lỗ 13,6 tỷ đồng), tương ứng tăng 239%.",
            "Lợi nhuận sau thuế đạt 18,9 tỷ đồng (cùng kỳ đạt 13,6 tỷ đồng), tương ứng tăng 239%.",
        ),
        (  # places
            "Đội tuyển tụt 9 bậc, giảm từ 19 xuống 28.",
            "Số xã khó khăn giảm từ 19 xuống 28 xã.",
        ),
        (
            "Từ chỗ có 30 mã tăng, hiện thị trường chỉ còn 10.",
            "Số mã tăng giá giảm từ 10 mã xuống còn 30 mã.",
        ),
        (
            "Tỉnh ta tụt hạng, giảm từ vị trí 19 xuống vị trí 28.",
            "Tỉnh ta đổi mới, giảm từ 19 phòng xuống 28 phòng.",
        ),
        (  # counts of which no word says that they are the same
            "Anh từ bỏ chiếc áo số 10 quen thuộc để khoác lên mình số 9.",
            "Đội tăng từ 10 cầu thủ lên 9 cầu thủ.",
        ),
        (  # dates
            "Lượng khách tháng này tăng 12,5% (5/4).",
            "Lượng khách tháng này tăng 12,5% (52/45 nghìn khách).",
        ),
        (  # members who are away
            "Có 408/420 đại biểu tham gia biểu quyết tán thành (chiếm tỷ lệ 96,14%).",
            "Có 408/420 đại biểu tham gia bồi dưỡng (chiếm tỷ lệ 96,14%).",
        ),
        (  # another whole
            "Toàn huyện có 1.842 hộ; 916 hộ có nước máy, đạt 49,7%. Riêng xã Đông Hà có 880 hộ có nước máy, đạt 46,9%.",
            "Toàn huyện có 1.842 hộ; 916 hộ có nước máy, đạt 49,7%. Có 880 hộ có điện, đạt 46,9%.",
        ),
        (
            "Đến nay, tỉnh đã có 132/137 xã đạt chuẩn về y tế và 100% trạm y tế có bác sĩ.",
            "Đến nay, tỉnh đã có 132/137 xã đạt chuẩn về y tế, đạt 93,6%.",
        ),
        (
            "Theo kết quả bỏ phiếu, ông trúng cử với 97,54% tán thành (tức 475/475 đại biểu có mặt).",
            "Theo kết quả rà soát, tỉnh còn 97,54% hộ có nước máy (tức 475/478 hộ).",
        ),
        (  # a mean, behind its figure
            "Số doanh nghiệp tăng từ 62 doanh nghiệp năm 2010 lên 162 doanh nghiệp năm 2020, tăng 10,1%/năm.",
            "Số doanh nghiệp tăng từ 62 doanh nghiệp năm 2010 lên 162 doanh nghiệp năm 2020, tăng 116,3%.",
        ),
        (  # a unit that was lost
            "Sản lượng tăng từ 8 triệu tấn năm 2020 lên 20 Mtoe năm 2030.",
            "Sản lượng tăng từ 82 triệu tấn năm 2020 lên 20 triệu tấn năm 2030.",
        ),
        (  # the rest of the list stands behind
            "Tổng vốn là 22.451 tỷ đồng, gồm: vốn trung ương 17.725 tỷ đồng; vốn tỉnh 4.675 tỷ đồng. Còn có vốn "
            "khác 51 tỷ đồng.",
            "Tổng vốn là 22.451 tỷ đồng, gồm: vốn trung ương 17.725 tỷ đồng; vốn tỉnh 4.675 tỷ đồng. Đã giải ngân "
            "61 tỷ đồng.",
        ),
        (
            "Diện tích nuôi 750.142 ha (tôm sú 610.321 ha, tôm thẻ 139.721 ha, còn lại là tôm khác).",
            "Diện tích nuôi 750.142 ha (tôm sú 610.321 ha, tôm thẻ 139.721 ha).",
        ),
        (  # a rounded total
            "Có 20.065 trường hợp vi phạm, đã nộp phạt 7.124 trường hợp, còn lại 13.000 trường hợp.",
            "Có 20.065 trường hợp vi phạm, đã nộp phạt 7.124 trường hợp, còn lại 12.491 trường hợp.",
        ),
        (
            "Ước thu 3.950 tỷ đồng, trong đó thu nội địa đạt 3.585,5 tỷ đồng; thu xuất nhập khẩu đạt 361,2 tỷ đồng.",
            "Ước thu 3.957 tỷ đồng, trong đó thu nội địa đạt 3.585,5 tỷ đồng; thu xuất nhập khẩu đạt 361,2 tỷ đồng.",
        ),
        (  # a size with fewer decimals than its value
            "Chỉ số đóng cửa tại 1.111,18 điểm, tăng 104 điểm, tương đương tăng 10,34%.",
            "Chỉ số đóng cửa tại 1.111,18 điểm, tăng 104 điểm, tương đương tăng 10,43%.",
        ),
        (  # both sides of a whole
            "Có thể giữ tỷ lệ 60/40 (đạt 100%).",
            "Có thể giữ 60/45 (đạt 100%).",
        ),
        (  # a plan
            "Đất công nghiệp có 119.365 ha, tăng 49.365 ha so với năm 2010, so với chỉ tiêu kế hoạch là 130.000 ha.",
            "Đất công nghiệp có 119.365 ha, tăng 49.365 ha so với năm 2010 là 60.000 ha.",
        ),
        (  # values in the wrong order
            "Giá giảm tới 70% (từ giá phổ biến trên 30 cent/wp về ngưỡng 10 cent/wp).",
            "Lũy kế kể từ đầu năm, doanh thu đạt 369,25 tỷ đồng, tăng 76,3% so với cùng kỳ (909 tỷ đồng).",
        ),
        (  # a rate of heads
            "Mật độ tăng 10% so với cùng kỳ năm 2023 (85,7 thuê bao/100 dân).",
            "Số thuê bao tăng 10% so với cùng kỳ năm 2023 (857/800 thuê bao).",
        ),
        (
            "Tổng số 5.000 ha, trong đó: 2.780 ha đất ở, 2.231 ha đất khác.",
            "Tổng số 100 hồ sơ, trong đó: 80 hồ sơ mới, 30 hồ sơ cũ.",
        ),
        (  # names
            "Chỉ số PCB 203/(PCB 167 và PCB 187) được dùng để so sánh.",
            "Có 203 chỉ số (167 chỉ số cũ và 63 chỉ số mới) được dùng để so sánh.",
        ),
        (  # one number for two parts
            "Có 70.454 tín đồ, trong đó Tin Lành 31.996 người, Phật giáo 23.220 người, Công giáo 9.226 người, Cao Đài "
            "6.000 người, Hồi giáo và Hòa Hảo mỗi đạo 5 người.",
            "Có 70.454 tín đồ, trong đó Tin Lành 31.996 người, Phật giáo 23.220 người, Công giáo 9.226 người, Cao Đài "
            "6.000 người, Hồi giáo 5 người.",
        ),
        (  # some of the parts
            "Có 9.845 lượt truy cập, trong đó một số tiện ích có nhiều người dùng, như: lưu trú 5.127 "
            "lượt; hộ khẩu 4.618 lượt.",
            "Có 9.845 lượt truy cập, gồm: lưu trú 5.127 lượt; hộ khẩu 4.618 lượt.",
        ),
        (  # what is left stands behind the bracket, or in it
            "Đến nay có 18 văn bản (06 Nghị quyết, 17 Quyết định, còn lại là công văn).",
            "Đến nay có 18 văn bản (06 Nghị quyết, 17 Quyết định) còn hiệu lực thi hành.",
        ),
        (  # two new values
            "Thuế nhập khẩu thép từ các nước ngoài khối điều chỉnh lên 20%, trong khối lên 10%.",
            "Thuế nhập khẩu thép điều chỉnh từ 20% lên 10%.",
        ),
        (  # what the next one rises by
            "Lợi nhuận của ngân hàng A tăng từ 15 tỷ lên 49 tỷ đồng, MSB tăng 134%.",
            "Lợi nhuận của ngân hàng A tăng từ 15 tỷ lên 49 tỷ đồng, tăng 134%.",
        ),
        (  # a dot between thousands
            "Số người theo dõi tăng từ 1 triệu người lên 17 triệu người (tăng 1.600%).",
            "Số người theo dõi tăng từ 1,2 triệu người lên 17,4 triệu người (tăng 1.600%).",
        ),
        (  # below zero, with a sign
            "Tỷ lệ tạo việc làm mới giảm từ - 4% trong năm 2009 xuống - 13% trong năm 2011.",
            "Tỷ lệ tạo việc làm mới giảm từ 4% trong năm 2009 xuống 13% trong năm 2011.",
        ),
        (  # one in so many
            "Số thẻ lỗi chiếm 4,6% (tương đương 1/22 thẻ).",
            "Số thẻ lỗi chiếm 4,6% (tương đương 124/2.200 thẻ).",
        ),
        (  # things that have no fractions
            "Trận lớn nhất gồm 9 trận động đất, bao gồm ba cường độ 2,4, 2,9 và 3,2.",
            "Trận lớn nhất gồm 192 trận động đất, bao gồm ba đợt: 24 trận, 29 trận và 132 trận.",
        ),
        (  # a base of its own
            "Từ lúc mở cửa, giá tăng từ 24.600 đồng lên 25.300 đồng, tương đương tăng 3,27% so với tham chiếu.",
            "Cổ phiếu tăng từ 24.600 đồng lên 25.300 đồng, tương đương tăng 3,27% so với hôm trước.",
        ),
        (
            "Thu ngân sách tăng từ 2.460 tỷ đồng lên 2.530 tỷ đồng, tăng 3,27% so với dự toán.",
            "Thu ngân sách tăng từ 2.460 tỷ đồng (mức bình quân) lên 2.530 tỷ đồng, tăng 3,27% so với mức bình quân.",
        ),
        (  # a comma between thousands
            "Giá cà phê giao tháng 5 giảm 0,2% (9 USD/tấn), xuống còn 5,717 USD/tấn.",
            "Giá cà phê giao tháng 5 giảm 2,7% (9 USD/tấn), xuống còn 5,717 USD/tấn.",
        ),
        (  # a list that goes on without figures
            "Hiện nay, 10 loại phí đang được giao cho một số sở thực hiện thu, bao gồm:\n"
            "- Sở Tư pháp quản lý 3 loại phí gồm: công chứng, chứng thực, hộ tịch.\n"
            "- Công an tỉnh quản lý 3 loại phí gồm: căn cước, cư trú, hộ chiếu.\n- Sở Giao thông thu phí sát hạch.",
            "Hiện nay, 10 loại phí đang được giao cho một số sở thực hiện thu, bao gồm:\n"
            "- Sở Tư pháp quản lý 3 loại phí gồm: công chứng, chứng thực, hộ tịch.\n"
            "- Công an tỉnh quản lý 3 loại phí gồm: căn cước, cư trú, hộ chiếu.\nSở Giao thông thu phí sát hạch.",
        ),
        (  # names that follow each other
            "Các chủng loại hàng 338/339, đạt tỷ lệ 108%, đã hết hạn ngạch.",
            "Đã giải quyết 338/339 hồ sơ, đạt tỷ lệ 89,7%, còn 01 hồ sơ.",
        ),
        (  # beside a number with dots between its thousands a comma is a slip
            "Kết quả số hóa đầu vào: 4,128/4,206 hồ sơ, đạt tỷ lệ 98,15%.",
            "Kết quả số hóa đầu vào: 4,128/4.206 hồ sơ, đạt tỷ lệ 98,15%.",
        ),
        (
            "Dự án được thông qua với 475/478 (chiếm 95,38%) phiếu tán thành của đại biểu.",
            "Dự án được duyệt với 475/478 (chiếm 95,38%) ý kiến đồng ý của hộ dân.",
        ),
        (  # below zero
            "Ngân hàng nâng lãi suất từ mức -0,75%/năm lên -0,25%/năm.",
            "Ngân hàng nâng lãi suất từ mức 0,75%/năm lên 0,25%/năm.",
        ),
        (  # a value that was reached
            "Giá vé có lúc giảm về 11.100 đồng, nay giảm 1,7%, còn 11.500 đồng.",
            "Giá vé giảm từ 12.600 đồng xuống 11.500 đồng, giảm 1,7%.",
        ),
        (  # a season
            "Ở mùa bóng 1934/35, đội đạt tỷ lệ thắng (72,2%).",
            "Ở giải trẻ, đội thắng 34/35 trận, đạt tỷ lệ 72,2%.",
        ),
        (  # one whole, written with each of its parts
            "Kiểm tra 132 lô, có 91/132 lô vi phạm. Trong đó có 35/91 lô là hàng giả; 56/91 lô khai sai.",
            "Kiểm tra 132 lô, trong đó: 35 lô là hàng giả; 79 lô khai sai; 81 lô đúng.",
        ),
        (  # months
            "Huyện giải ngân 393 tỷ/932 tỷ đồng, số vốn còn lại dự kiến giải ngân hết trong tháng 11-12/2020.",
            "Huyện giải ngân 393 tỷ/932 tỷ đồng, còn lại 593 tỷ đồng dự kiến giải ngân trong tháng 11/2020.",
        ),
        (  # rounded figures
            "Sản lượng đạt 710.800 tấn, tăng 2.180 tấn so với mức 708.600 tấn.",
            "Sản lượng đạt 710.812 tấn, tăng 2.180 tấn so với mức 708.620 tấn.",
        ),
        (
            "Giá vé tăng 700 đồng (4,13%) lên 17.700 đồng.",
            "Giá vé tăng 700 đồng (4,31%) lên 17.700 đồng.",
        ),
        (
            "Thu ngân sách ước đạt 352.000 tỷ đồng, bằng 86,7% dự toán (405.000 tỷ đồng).",
            "Thu ngân sách ước đạt 352.140 tỷ đồng, bằng 86,7% dự toán (405.000 tỷ đồng).",
        ),
        (  # a mark between thousands that was lost
            "Cả năm có 8.973194 tờ khai, trong đó có 4.763.587 tờ khai luồng xanh (chiếm 53,09%).",
            "Cả năm có 973.194 tờ khai, trong đó có 476.587 tờ khai luồng xanh (chiếm 49,87%).",
        ),
        (  # square metres
            "Hộ dân được áp giá bằng 30% của vị trí 1 (524.438 đồng/m 2).",
            "Hộ dân được hỗ trợ bằng 30% (524.438/2.524.438 đồng).",
        ),
        (  # a name, and a list that goes on in sentences
            "Xã Sơn Hà 1 giáp các xã: Sơn Hà 2, Sơn Hà 3 và các phường: An Lạc, An Bình.",
            "Xã Sơn Hà giáp 3 phường, gồm: phường An Lạc, phường An Bình.",
        ),
        (
            "Ông Sơn rút ra 3 bài học là: Thứ nhất, không tăng người, tăng năng suất.",
            "Ông Sơn rút ra 3 bài học là: (1) không tăng người; (2) tăng năng suất.",
        ),
        (  # items that say of how many things they are
            "Đề thi có 3 câu gồm: đọc biểu đồ 2 câu, vẽ biểu đồ 1 câu.",
            "Đề thi có 3 phần gồm: (1) đọc hiểu, (2) làm văn.",
        ),
    ],
)  # fmt: skip
def test_what_words_take_out_of_the_arithmetic_is_no_error(excepted: str, meant: str) -> None:
    assert not accused(excepted)
    assert accused(meant)


@pytest.mark.parametrize(
    "text",
    [
        "Điện thoại: xin gọi 04.35632763/35632764 hoặc 0204.3555017.",
        "Tiểu đoàn 23 Xe bọc thép (22 xe bánh xích và 8 xe bánh lốp).",
        "Nghỉ lễ 30/4 – 1/5 có 45 xã trực, chiếm 12,5%.",
    ],
)
def test_numbers_that_name_or_date_are_no_figures(text: str) -> None:
    assert not accused(text)


def test_a_written_ratio_is_held_against_its_percentage_whatever_else_would_give_it() -> None:
    text = "Huyện có 1.068 dịch vụ công, đã tích hợp {} dịch vụ trực tuyến, đạt 100%."
    assert not accused(text.format("1.068/1.068"))
    for pair in ("108/1.068", "1.068/1.608", "1.086/1.068", "1.068/168"):
        assert accused(text.format(pair)) == ["ratio-mismatch"], pair
    assert accused("So với chỉ tiêu được giao: 27.410/13.236 hồ sơ, đạt tỷ lệ 48,3%.") == ["ratio-mismatch"]
    assert not accused("So với chỉ tiêu được giao: 13.236/27.410 hồ sơ, đạt tỷ lệ 48,3%.")
    assert accused("Đã trả 9.152/93 hồ sơ, đạt tỷ lệ 98,3%.") == ["ratio-mismatch"]


def test_a_rest_is_held_against_the_ratio_before_it() -> None:
    assert not accused("Hiện đã triển khai 9/19 mô hình, còn lại 10 mô hình chưa triển khai.")
    assert accused("Hiện đã triển khai 9/19 mô hình, còn lại 15 mô hình chưa triển khai.") == ["remainder-mismatch"]


def test_lines_behind_a_word_that_announces_parts_are_held_against_their_total() -> None:
    text = (
        "Kế hoạch giao 513 nhiệm vụ, {}\n+ 207 nhiệm vụ đã xong;\n+ 165 nhiệm vụ đang làm;\n+ {} nhiệm vụ chưa đến hạn."
    )
    assert not accused(text.format("trong đó:", 141))
    assert accused(text.format("trong đó:", 114)) == ["sum-mismatch"]


def test_a_scale_that_is_written_once_is_that_of_both_values() -> None:
    assert not accused("Lãi tăng từ 318,4 lên 374,2 tỷ đồng, tương đương tăng 17,5%.")
    assert accused("Lãi tăng từ 318,4 lên 374,2 tỷ đồng, tăng 18,5%.") == ["change-mismatch"]
    assert not accused("Số nợ giảm từ 2,5 xuống còn 1,6 tỷ đồng.")
    assert accused("Số nợ giảm từ 2,5 xuống còn 3,6 tỷ đồng.") == ["change-mismatch"]
    assert not accused("Mức thu tăng từ 500 lên 1 triệu đồng.")


def test_parts_that_add_up_to_another_total_are_not_those_of_this_one() -> None:
    text = (
        "Tổng chi ngân sách đạt 6.198 tỷ đồng, trong đó chi đầu tư 2.078 tỷ đồng. Đã giải ngân 1.802/6.257 tỷ đồng. "
        "Cụ thể: vốn địa phương 1.105/4.342 tỷ đồng, vốn trung ương 452/1.340 tỷ đồng, vốn vay 245/575 tỷ đồng."
    )
    assert not accused(text)


def test_figures_that_no_word_says_to_move_are_no_change() -> None:
    fine = (
        "Phạt tiền từ 3.000.000 đồng đến 5.000.000 đồng đối với hàng giả tương đương hàng thật trị giá 3.000.000 đồng."
    )
    assert not accused(fine)
    assert accused("Mức phạt tăng từ 3.100.000 đồng lên 5.200.000 đồng, tăng 1.200.000 đồng.")
