"""Parts, lists, shares and repeats: five texts each in which figures cannot all be true, five in which they can."""

from __future__ import annotations

import pytest

from de06_extract import check_text

PARTS_WRONG = (
    "Huyện tiếp nhận 1.480 hồ sơ, trong đó có 1.840 hồ sơ nộp trực tuyến.",
    "Toàn xã có 215 hộ vay vốn, trong đó 251 hộ là người dân tộc thiểu số.",
    "Toàn tỉnh có 14 hợp tác xã vận tải, trong đó có 17 hợp tác xã vận tải hành khách và 2 hợp tác "
    "xã vận tải hàng hóa.",
    "Năm 2023 thị xã cấp 3.120 giấy phép, trong đó quý I/2023 cấp 3.210 giấy phép.",
    "Có 96 trường hợp vi phạm, trong số đó 99 trường hợp đã bị xử phạt.",
)
PARTS_RIGHT = (
    "Cả nước có 160 dự án nhà ở. Chỉ có 30 dự án trong số đó đã khởi công, 130 dự án còn lại chưa giải phóng mặt bằng.",
    "Đến cuối tháng, số hợp đồng mở còn 38.150 hợp đồng, trong đó, mức cao nhất của tháng đạt 45.260 hợp đồng.",
    "Ngày 12/3, nhóm quỹ bán ra 300.000 cổ phiếu - trong đó, Quỹ Một bán ra 380.000 cổ phiếu, Quỹ Hai bán ra 20.000 cổ"
    " phiếu. Trong khi đó, Quỹ Ba mua vào 100.000 cổ phiếu.",
    "Năm 2022 toàn tỉnh có 60 xã đạt chuẩn, trong đó đến năm 2030 có 75 xã đạt chuẩn.",
    "Trong hai ngày cuối tuần (8-7/6), lượng bán ra chiếm 85% giao dịch của cửa hàng.",
    "Vườn có 84 loài thú (trong đó nổi bật nhất là khỉ), 126 loài chim.",
    "Kho đang giữ 4.200 tấn gạo, trong đó tối đa 5.000 tấn gạo được nhập một lần.",
)
LISTS_WRONG = (
    "Thị trấn có 5 khu phố gồm: Tân Hòa, Tân Phú, Tân Bình, Tân Lập, Tân Mỹ, Tân An.",
    "Huyện đã chọn 4 xã (Hòa Bình, Hòa Lợi, Hòa Phú) làm điểm.",
    "Thành lập 03 tổ công tác gồm: (1) Tổ tuyên truyền; (2) Tổ thu nhận; (3) Tổ kiểm tra; (4) Tổ hậu cần.",
    "Hội nghị có đại diện 6 phường: An Khê, An Lạc, An Mỹ, An Phú và An Thới.",
    "Đã ban hành 05 văn bản, gồm: (1) Kế hoạch; (2) Chỉ thị; (3) Công văn; (4) Thông báo.",
)
LISTS_RIGHT = (
    "Ban chỉ đạo chỉ cần thường trực (gồm 7 thành viên: trưởng ban, phó trưởng ban, thư ký và 4 ủy viên).",
    "Mạng lưới có 180 doanh nghiệp, gồm 30 nhà cung ứng cấp 1 và 150 nhà cung ứng cấp 2.",
    "Ngân hàng đã tổ chức 06 cuộc họp với các Bộ (Tài chính, Công Thương, Xây dựng và Nội vụ) về gói tín dụng.",
    "Huyện có 7 đơn vị, gồm 6 xã: Tân An, Tân Bình, Tân Hòa, Tân Lập, Tân Mỹ, Tân Phú và thị trấn Tân Thành.",
    "Vùng này có 18 nhà thờ, 5 nhà nguyện (Tân An, Tân Bình, Tân Hòa, Tân Lập).",
    "Phường 3 gồm hai khu phố: An Bình, An Phú, An Thạnh.",
    "Tổ giúp việc có 9 người (tổ trưởng, 2 tổ phó và 6 tổ viên).",
)
SHARES_WRONG = (
    "Cấp xã tiếp nhận 2.760 hồ sơ, trong đó: đúng hạn đạt 99,99%, trễ hạn chiếm 0,01%.",
    "Huyện đã giải quyết 540 hồ sơ, trong đó đúng hạn đạt 99,75%, trễ hạn chiếm 0,25%.",
    "Phường giải quyết 640 hồ sơ, trong đó đúng hạn đạt 98,80%, trễ hạn chiếm 1,20%.",
    "Phòng khám phục vụ 150 người bệnh, trong đó: nam chiếm 45,5%, nữ chiếm 54,5%.",
    "Lớp tập huấn có 32 học viên, trong đó: cán bộ xã chiếm 60%, cán bộ thôn chiếm 40%.",
)
SHARES_RIGHT = (
    "Huyện có 4 loại đất chính, trong đó đất phù sa chiếm 43,27%, đất đỏ chiếm 27,04%, đất xám chiếm 18,2%, còn lại"
    " 11,49%.",
    "Tỉnh gồm 3 vùng: trong đó vùng núi chiếm 41,7%, vùng đồi chiếm 33,1%, vùng đồng bằng chiếm 25,2% diện tích.",
    "Toàn tỉnh có 12 dân tộc, trong đó người Kinh chiếm 78,35%, các dân tộc khác chiếm 21,65%.",
    "Công ty có 15 cổ đông, trong đó cổ đông nhà nước chiếm 51,35% vốn, cổ đông khác chiếm 48,65% vốn.",
    "Tỉnh thu hút 640 dự án với tổng vốn 3.150 tỷ đồng từ 45 quốc gia; trong đó tập trung vào chế biến (48,3%), du lịch"
    " (33,7%), dịch vụ (18%).",
    "Xã có 25 cánh đồng, trong đó cánh đồng lúa chiếm 64,3%, cánh đồng màu chiếm 35,7% diện tích.",
)
REPEATS_WRONG = (
    "Toàn huyện còn 5.172 thông tin hội viên cựu chiến binh chưa được đối chiếu với cơ sở dữ liệu dân cư.\n\nThời gian"
    " tới rà soát 5.712 thông tin hội viên cựu chiến binh chưa được đối chiếu với cơ sở dữ liệu dân cư.",
    "Đã xác thực 6.304/7.851 hồ sơ người học toàn ngành.\n\nVề giáo dục: xác thực được 6.304/7.581 hồ sơ người học"
    " toàn ngành.",
    "Còn 4.381 người tham gia BHXH chưa có số định danh.\n\nRà soát 4.831 người tham gia bảo hiểm xã hội chưa có số"
    " định danh.",
    "Đã số hóa 6.254 trang tài liệu lưu trữ hộ tịch của Phòng Tư pháp.\n\nPhòng Tư pháp số hóa 6.524 trang tài liệu"
    " lưu trữ hộ tịch.",
    "Tổng số hồ sơ tiếp nhận trên địa bàn huyện là 70.461 hồ sơ; trong đó tiếp nhận trực tuyến 6.204/74.061 hồ sơ.",
)
REPEATS_RIGHT = (
    "- Về phổ cập mầm non: kết thúc năm học đã có 158/159 xã, phường, thị trấn và 8/8 huyện đạt chuẩn.\n\n- Về phổ cập"
    " tiểu học: kết thúc năm học đã có 159/159 xã, phường, thị trấn và 8/8 huyện đạt chuẩn.",
    "Máy Lan Anh A5 dùng pin 5200mAh cùng công nghệ sạc nhanh 67W.\n\nMáy Minh Tú B7 dùng pin "
    "5700mAh cùng công nghệ sạc"
    " nhanh 67W.",
    "Trạm ở đồng bằng phục vụ từ 6.100 hộ trở xuống được giao 120 nhân viên y tế.\n\nTrạm ở miền núi "
    "phục vụ từ 9.100 hộ"
    " trở xuống được giao 120 nhân viên y tế.",
    "Khách hàng của Công ty Sông Xanh đã nhận 3.164 gói quà tặng tri ân khách hàng thân "
    "thiết.\n\nKhách hàng của Công ty"
    " Núi Đỏ đã nhận 3.614 gói quà tặng tri ân khách hàng thân thiết.",
    "Tập huấn: chi phí cho 01 học viên là 5 triệu đồng/người.\n\nKinh phí = 12.000 người x 5 triệu = 60 tỷ đồng.\n\nCấp"
    " chứng chỉ: chi phí cho 01 học viên là 5 triệu đồng/người.\n\nKinh phí = 82.000 người x 5 triệu = 410 tỷ đồng.",
    "Tay vợt Minh Tú: 188 cm, thi đấu chuyên nghiệp 2003.\n\nTay vợt Lan Anh: 188 cm, thi đấu chuyên nghiệp 2007.",
    "Số hộ dùng nước sạch tăng.[318] Người dân đã được cấp nước tại chỗ.\n\nSố hộ dùng nước sạch "
    "tăng.[381] Người dân đã"
    " được cấp nước tại chỗ.",
)
CASES = (
    ("part-above-whole", PARTS_WRONG, PARTS_RIGHT),
    ("list-mismatch", LISTS_WRONG, LISTS_RIGHT),
    ("share-impossible", SHARES_WRONG, SHARES_RIGHT),
    ("repeat-mismatch", REPEATS_WRONG, REPEATS_RIGHT),
)
WRONG = [(rule, text) for rule, wrong, _ in CASES for text in wrong]
RIGHT = [(rule, text) for rule, _, right in CASES for text in right]


def accusations(text: str) -> set[str]:
    return {finding.rule for finding in check_text(text).findings if finding.severity != "info"}


@pytest.mark.parametrize(("rule", "text"), WRONG, ids=[text[:50] for _, text in WRONG])
def test_what_is_wrong_is_said(rule: str, text: str) -> None:
    assert rule in accusations(text)


@pytest.mark.parametrize(("rule", "text"), RIGHT, ids=[text[:50] for _, text in RIGHT])
def test_what_is_right_is_not_accused(rule: str, text: str) -> None:
    assert rule not in accusations(text)


ARTICLE = (
    "Chiều 12/3, ông Lê Văn Hòa, giám đốc trung tâm, cho biết kết quả với phóng viên. {}\n\nTheo bà "
    "Trần Thị Mai, người dân"
    " rất vui. Ông Hòa nhấn mạnh việc này sẽ tiếp tục. {}\n\n(Ảnh: Minh Anh)"
)
LAW = "Điều 1. Phạm vi\n\nLuật này quy định về hồ sơ.\n\nĐiều 2. Số lượng\n\n{}\n\nĐiều 3. Số lượng khác\n\n{}"
PAGE = "# Hội viên\n[sửa | sửa mã nguồn]\n\nHội viên là người vào hội.[1] {}\n\n{} Hội đã lâu đời.[2]"


@pytest.mark.parametrize("frame", [ARTICLE, LAW, PAGE], ids=["news", "law", "encyclopaedia"])
@pytest.mark.parametrize("text", [text for text in REPEATS_WRONG if "\n\n" in text], ids=lambda text: text[:40])
def test_outside_of_reports_a_repeat_is_a_note_at_most(frame: str, text: str) -> None:
    found = check_text(frame.format(*text.split("\n\n"))).findings
    assert "repeat-mismatch" not in {finding.rule for finding in found}
    assert {finding.severity for finding in found if finding.rule == "repeat-unsure"} <= {"info"}


@pytest.mark.parametrize("frame", [ARTICLE, LAW, PAGE], ids=["news", "law", "encyclopaedia"])
def test_outside_of_reports_a_part_is_above_its_whole_where_that_is_called_the_total(frame: str) -> None:
    def rules(part: str) -> set[str]:
        return accusations(frame.format(part, "Hội đã họp."))

    assert rules("Vùng có tổng cộng 11 hội, trong đó có 18 hội nông dân.") == {"part-above-whole"}
    assert not rules("Vùng có tổng cộng 18 hội, trong đó có 11 hội nông dân.")
    assert not rules("Vùng có 11 hội, trong đó có 18 hội nông dân.")


BREAKDOWNS_APART = (
    "Tổng số 300 hồ sơ, trong đó đúng hạn 260 hồ sơ, trễ hạn 40 hồ sơ.\n\n"
    "Tổng số 600 hồ sơ, trong đó đúng hạn 560 hồ sơ, trễ hạn 40 hồ sơ.",
    "Đất đai 150 hồ sơ (đúng hạn 120 hồ sơ, trễ hạn 30 hồ sơ).\n\n"
    "Tổng cộng 300 hồ sơ (đúng hạn 270 hồ sơ, trễ hạn 30 hồ sơ).",
    "Quý I: tổng số 240 đơn, trong đó đơn khiếu nại 200 đơn, đơn tố cáo 40 đơn.\n\n"
    "Quý II: tổng số 480 đơn, trong đó đơn khiếu nại 440 đơn, đơn tố cáo 40 đơn.",
    "Xã A có 90 hộ, gồm 70 hộ nghèo và 20 hộ cận nghèo.\n\nXã B có 180 hộ, gồm 160 hộ nghèo và 20 hộ cận nghèo.",
    "Lớp 1 có 50 học sinh, trong đó nam 30 học sinh, nữ 20 học sinh.\n\n"
    "Lớp 2 có 100 học sinh, trong đó nam 80 học sinh, nữ 20 học sinh.",
)
BREAKDOWN_WRONG = (
    "Có 50 thủ tục (30 thủ tục một phần và 20 thủ tục toàn trình).\n\nCấp huyện là 28 thủ tục, gồm: 19 thủ tục một "
    "phần, 9 thủ tục toàn trình.\n\nCấp xã là 22 thủ tục, gồm: 13 thủ tục một phần, 9 thủ tục toàn trình."
)


@pytest.mark.parametrize("text", BREAKDOWNS_APART)
def test_a_figure_is_part_of_one_breakdown(text: str) -> None:
    assert [finding.rule for finding in check_text(text).findings] == []


def test_breakdowns_with_a_figure_in_common_by_chance_are_still_added_up() -> None:
    assert [(found.rule, found.reported) for found in check_text(BREAKDOWN_WRONG).findings] == [
        ("repeat-total", "30"),
        ("repeat-total", "20"),
    ]
