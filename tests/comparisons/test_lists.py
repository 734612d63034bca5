"""Stated numbers and the lists behind them: which are held wrong, which agree, and which nobody can count."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from de06_extract.schema.report import Comparison


def lists(text: str) -> list[Comparison]:
    return [comparison for comparison in check_text(text).comparisons if comparison.kind == "list"]


def accused(text: str) -> list[tuple[str, str]]:
    return [(f.reported or "", f.expected or "") for f in check_text(text).findings if f.rule == "list-mismatch"]


@pytest.mark.parametrize(
    ("text", "stated", "counted"),
    [
        ("Xây dựng 5 mô hình gồm: (1) Lưu trú; (2) An sinh; (3) Khám bệnh; (4) Học bạ số.", "5", "4"),
        ("Ban hành 03 văn bản, gồm: (1) Kế hoạch triển khai; (2) Công văn đôn đốc.", "03", "2"),
        ("Tập trung 02 giải pháp sau: (1) Tuyên truyền; (2) Tập huấn; (3) Kiểm tra.", "02", "3"),
        ("Triển khai 4 nhóm việc như sau: ⁽¹⁾ Rà soát hồ sơ; ⁽²⁾ Cấp tài khoản; ⁽³⁾ Làm sạch dữ liệu.", "4", "3"),
        ("Có 4 nhóm: (1) Hộ tịch, cư trú...; (2) An sinh; (3) Học bạ số.", "4", "3"),
        ("Có 04 xã về đích (Phú Cần, Tân Sơn, Hàm Giang).", "04", "3"),
        ("Có 03 xã về đích (xã Phú Cần, xã Tân Sơn, xã Hàm Giang và thị trấn Định An).", "03", "4"),
        ("Thí điểm tại 03 phường: An Lộc, Hưng Chiến, Phú Đức, Phú Thịnh.", "03", "4"),
        ("Rà soát 06 lĩnh vực gồm: hộ tịch, chứng thực, đất đai, xây dựng.", "06", "4"),
        ("Có 05 nhóm tồn tại, cụ thể: thiếu máy móc; thiếu nhân lực; thiếu kinh phí.", "05", "3"),
        (
            "Công an thực hiện 04 nhiệm vụ sau:\n\n- Cấp thẻ căn cước;\n\n- Làm sạch dữ liệu;\n\n- Tuyên truyền.",
            "04",
            "3",
        ),
        (
            "Thực hiện 2 nhiệm vụ:\n\n+ Cấp thẻ căn cước;\n+ Làm sạch dữ liệu;\n+ Tuyên truyền.\n\n- Kết quả khác",
            "2",
            "3",
        ),
        (
            "Xây dựng 5 mô hình gồm: (1) Lưu trú; (2) An sinh;\n\n(3) Khám bệnh;\n\n(4) Học bạ số.\n\nCác xã đạt.",
            "5",
            "4",
        ),
    ],
)
def test_a_list_with_another_number_of_items_is_found(text: str, stated: str, counted: str) -> None:
    assert accused(text) == [(stated, counted)]


@pytest.mark.parametrize(
    "text",
    [
        "Xây dựng 4 mô hình gồm: (1) Lưu trú; (2) An sinh; (3) Khám bệnh; (4) Học bạ số.",
        "Xây dựng 4 mô hình gồm: (1) Lưu trú. (2) An sinh. (3) Khám bệnh. (4) Học bạ số.",
        "Xây dựng 4 mô hình gồm: (1) Lưu trú; (2) An sinh;\n\n(3) Khám bệnh;\n\n(4) Học bạ số.",
        "07 lĩnh vực: hộ tịch, chứng thực, bảo trợ xã hội, lao động, người có công, việc làm, đất đai",
        "06 lĩnh vực: hộ tịch, chứng thực, bảo trợ xã hội, lao động, việc làm và đất đai",
        "05 đơn vị (gồm: Tân Hiệp, Ngọc Biên, An Quảng Hữu, Phú Cần và thị trấn Định An)",
        "2 dịch vụ công liên thông là: Khai sinh - Thường trú - Thẻ BHYT; Khai tử - Xóa thường trú - Mai táng phí",
        "02 nhóm thủ tục (đăng ký khai sinh, thường trú, cấp thẻ và đăng ký khai tử, xóa thường trú, mai táng phí)",
        "Thực hiện 3 nhiệm vụ:\n\n+ Cấp thẻ căn cước;\n\n+ Làm sạch dữ liệu;\n\n+ Tuyên truyền.",
        "Thực hiện 3 nhiệm vụ sau:\n\na) Cấp thẻ căn cước\n\nb) Làm sạch dữ liệu\n\nc) Tuyên truyền",
    ],
)
def test_a_list_that_agrees_is_consistent(text: str) -> None:
    assert [comparison.verdict for comparison in lists(text)] == ["consistent"]
    assert accused(text) == []


@pytest.mark.parametrize(
    "text",
    [
        # open lists and samples
        "10 thủ tục phát sinh nhiều: lý lịch tư pháp, hộ tịch, khuyến mại, phù hiệu xe...",
        "10 thủ tục, gồm: lý lịch tư pháp, hộ tịch, khuyến mại, đất đai, phù hiệu xe, v.v.",
        "Đã kết nối 12 hệ thống như: dân cư, bảo hiểm, hộ tịch.",
        "Có 05 xã, trong đó có: Tân Hiệp, Ngọc Biên, Phú Cần, Tân Sơn.",
        "Triển khai 5 mô hình tiêu biểu: lưu trú, học bạ số, an sinh, khám bệnh.",
        "Triển khai 6 mô hình gồm: lưu trú, học bạ số, an sinh và các mô hình khác.",
        "Có 4 nhóm: (1) Hộ tịch; (2) An sinh; (3) Học bạ số...",
        "Có 4 nhóm: (1) Hộ tịch; (2) An sinh; (3) Học bạ số;…",
        # items that stand for several
        "Thành lập 12 tổ gồm: Văn phòng, Công an, các xã, phường.",
        "12 đơn vị gồm: Công an huyện, Phòng Tư pháp và UBND các xã.",
        "Ban hành 06 văn bản gồm: (1) Các kế hoạch; (2) Các công văn; (3) Thông báo; (4) Báo cáo.",
        "ban hành 04 văn bản (03 Nghị quyết; 01 Quyết định)",
        "ban hành 18 văn bản, gồm: 11 công văn, 04 kế hoạch, 03 báo cáo.",
        "Có 4 xã: Tân Hiệp 12, Ngọc Biên 15, Phú Cần 9.",
        "53 dịch vụ công gồm: (1) 25 dịch vụ theo Đề án 06; (2) 28 dịch vụ theo Quyết định 422.",
        # far from the number: a sample, or another thing is listed
        "Kiện toàn Tổ công tác với 38 thành viên gồm: Chủ tịch UBND làm Tổ trưởng, Trưởng Công an làm Tổ phó.",
        "Toàn tỉnh có 45 phòng: tư pháp, nội vụ, y tế.",
        # commas and «và» inside the items
        "05 lĩnh vực: lao động, thương binh và xã hội; y tế; giáo dục; đất đai; xây dựng.",
        "03 lĩnh vực: tài nguyên và môi trường, lao động, thương binh và xã hội, giáo dục và đào tạo.",
        "3 thủ tục gồm: đăng ký, cấp biển số mô tô, xe gắn máy; đổi giấy phép; khai báo tạm vắng.",
        "02 dịch vụ công trực tuyến (hồ sơ cấp đổi, cấp lại căn cước).",
        "04 cơ quan gồm: Phòng Văn hóa, Thể thao và Du lịch; Phòng Tài chính - Kế hoạch; Công an; Bảo hiểm xã hội.",
        # the sentence goes on behind the list
        "tại 02 xã: Tân Hiệp và Phú Cần; phối hợp Công an tỉnh tập huấn; tổ chức tuyên truyền lưu động.",
        "Có 02 nhóm gồm: hộ tịch và cư trú; đồng thời triển khai ký số, họp trực tuyến.",
        # a statement behind the colon
        "Đã giải quyết 25 hồ sơ: đúng hạn, không có hồ sơ trễ hạn.",
        "Bố trí 04 máy tính: cấu hình tốt, đáp ứng yêu cầu, chưa hư hỏng.",
        "Số tài khoản của 05 xã: tăng nhanh, đạt chỉ tiêu, vượt kế hoạch.",
        # figures that count nothing that is listed
        "Trong 03 tháng cuối năm: tập trung tuyên truyền, rà soát, làm sạch dữ liệu.",
        "Trong 5 ngày gồm: thứ Hai, thứ Ba, thứ Tư và thứ Năm",
        "Đạt 95%: hộ tịch, cư trú, đất đai.",
        "Hơn 5 mô hình gồm: (1) Lưu trú; (2) An sinh; (3) Khám bệnh; (4) Học bạ số.",
        # nested brackets and quotation marks
        "02 mô hình (Mô hình “Một cửa, một lần chạm” và mô hình “Ngày không hẹn, không chờ”)",
        "03 phần mềm (một cửa (của tỉnh, huyện), hộ tịch, quản lý văn bản)",
        # numbers out of turn: the list may be whole
        "Xây dựng 4 mô hình gồm: (1) Lưu trú; (2) An sinh; (4) Học bạ số.",
        "Xây dựng 3 mô hình gồm: (1) Lưu trú theo mục (3); (2) An sinh.",
        # the list goes on behind a page break, or ends where nobody can see
        "Xây dựng 5 mô hình gồm: (1) Lưu trú; (2) An sinh;\n\nTrang 2\n\n(3) Khám bệnh; (4) Học bạ số; (5) Ký số.",
        "Thực hiện 4 nhiệm vụ:\n\n- Cấp thẻ.\n- Làm sạch dữ liệu.\n- Tuyên truyền.\n- Tập huấn.\n- Kết quả: tốt.",
        "Có 05 nhóm tồn tại gồm: thiếu máy móc; thiếu nhân lực; thiếu kinh phí;",
        "Thực hiện 4 nhiệm vụ sau:\n\n- Cấp thẻ căn cước;\n\n- Làm sạch dữ liệu;\n\nSố liệu kèm theo.",
        # an item that names two, a place that the others lie in
        "Xây dựng 4 mô hình gồm: (1) Lưu trú; (2) Mô hình an sinh và mô hình học bạ số; (3) Khám bệnh.",
        "Thí điểm tại 02 xã: Tân Hiệp, Phú Cần, huyện Trà Cú.",
        "Thí điểm tại 02 xã (Tân Hiệp, Phú Cần, huyện Trà Cú).",
        "Có 02 phường: Hưng Chiến, Phú Đức và 04 xã: Thanh Lương, Thanh Phú, An Khương, Tân Lợi.",
        "Thành lập tại 04 đơn vị:\n\n- Văn phòng;\n\n- Công an huyện và Phòng Tư pháp;\n\n- Bảo hiểm xã hội.",
        "Xây dựng 5 mô hình gồm: (1) Lưu trú; (2) An sinh;\n\n(3) Khám bệnh gồm: (1) Khám; (4) Học bạ; (5) Ký số.",
        "Thí điểm tại 03 Sở: Tư pháp, Nội vụ, Thông tin và Truyền thông.",
        # the number stands before another one
        "Trong 11 mô hình, đã chọn 3 mô hình gồm: (1) Lưu trú; (2) An sinh; (3) Học bạ số.",
        "Có 6 xã, 2 phường: Phú Cần, Tân Sơn.",
        "Trên 14 xã thuộc 02 huyện: Trà Cú, Cầu Kè.",
    ],
)
def test_what_nobody_can_count_is_left_alone(text: str) -> None:
    assert accused(text) == []


def test_a_list_goes_on_behind_the_stop_of_an_abbreviation() -> None:
    rules = [
        [finding.rule for finding in check_text(text).findings]
        for text in (
            "Cả nước có 4 vùng đô thị là: Hà Nội, Đà Nẵng, TP. Hồ Chí Minh và Cần Thơ. Các vùng này phát triển.",
            "Cả nước có 4 vùng đô thị là: Hà Nội, Đà Nẵng, TP. Hồ Chí Minh. Các vùng này phát triển.",
        )
    ]
    assert rules == [[], ["list-mismatch"]]


def test_a_number_that_no_noun_follows_counts_no_list() -> None:
    assert not accused("Cảng thuộc nhóm cảng biển số 05 bao gồm: Cát Lái, Đồng Nai và Thị Vải.")
    assert accused("Nhóm có 05 cảng bao gồm: Cát Lái, Đồng Nai và Thị Vải.") == [("05", "3")]
