"""Figures are mapped to the indicator that they are, with value, period and status; others are listed as unmapped.

The sentences are made up, one for each shape; each stands in a section of a short report on Đề án 06.
"""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from de06_extract import Report, check_text, extract
from de06_extract.commands.cli import app
from de06_extract.errors import TaxonomyError
from de06_extract.indicators.taxonomy import taxonomy
from de06_extract.schema.report import Indicator

TOP = (
    "UBND HUYỆN HÒA AN\n\nHòa An, ngày 05 tháng 7 năm 2024\n\nBÁO CÁO\n\n"
    "Kết quả thực hiện Đề án 06 trên địa bàn huyện Hòa An 6 tháng đầu năm 2024\n\n"
    "I. KẾT QUẢ THỰC HIỆN\n\n1. Thủ tục hành chính và dịch vụ công trực tuyến\n\n"
)
HALF = ("2024-01-01", "2024-06-30")
# sentence, figure as it begins, indicator, value, period, status
MAPPED = (
    ("Bộ phận Một cửa đã tiếp nhận 4.120 hồ sơ TTHC.", "4.120", "tthc_dossiers_received", "4120", HALF, "result"),
    ("Tổng số hồ sơ TTHC tiếp nhận trong quý II/2024 là 2.040 hồ sơ.", "2.040", "tthc_dossiers_received", "2040",
     ("2024-04-01", "2024-06-30"), "result"),
    ("Trong tháng 5, bộ phận Một cửa tiếp nhận 640 hồ sơ TTHC.", "640", "tthc_dossiers_received", "640",
     ("2024-05-01", "2024-05-31"), "result"),
    ("Trong tháng, cấp 12 thẻ CCCD, bộ phận Một cửa tiếp nhận 640 hồ sơ TTHC.", "640", "tthc_dossiers_received", "640",
     (None, None), "result"),
    ("Tuần qua, bộ phận Một cửa tiếp nhận 90 hồ sơ TTHC.", "90", "tthc_dossiers_received", "90", (None, None),
     "result"),
    ("Trong tháng vừa qua có lễ. Đến hết tháng 5/2024, bộ phận Một cửa tiếp nhận 640 hồ sơ TTHC.", "640",
     "tthc_dossiers_received", "640", (None, "2024-05-31"), "result"),
    ("Hồ sơ nộp trực tuyến: 3.502/4.120 hồ sơ, đạt 85%.", "3.502", "tthc_dossiers_online", "85", HALF, "result"),
    ("Số hồ sơ tiếp nhận trực tuyến chiếm 85,2%.", "85,2", "tthc_dossiers_online", "85.2", HALF, "result"),
    ("Phấn đấu năm 2025 hồ sơ nộp trực tuyến đạt 90%.", "90", "tthc_dossiers_online", "90",
     ("2025-01-01", "2025-12-31"), "target"),
    ("Hồ sơ giải quyết trước hạn đạt 71,3%.", "71,3", "tthc_early_rate", "71.3", HALF, "result"),
    ("Hồ sơ TTHC giải quyết đúng hạn đạt 27,5%.", "27,5", "tthc_on_time_rate", "27.5", HALF, "result"),
    ("Hồ sơ giải quyết đúng và trước hạn đạt 98,8%.", "98,8", "tthc_early_or_on_time_rate", "98.8", HALF, "result"),
    ("Hồ sơ trước và đúng hạn: 1.180/1.204, đạt 98,01%.", "1.180", "tthc_early_or_on_time_rate", "98.01", HALF,
     "result"),
    ("Tính đến ngày 15/5/2024, hồ sơ quá hạn chiếm 1,2%.", "1,2", "tthc_late_rate", "1.2", (None, "2024-05-15"),
     "result"),
    ("Số hóa đầu vào: 812/840 hồ sơ, đạt 96,67%.", "812", "digitised_input_rate", "96.67", HALF, "result"),
    ("Năm 2023, số hóa kết quả giải quyết TTHC đạt 91,4%.", "91,4", "digitised_output_rate", "91.4",
     ("2023-01-01", "2023-12-31"), "result"),
    ("Tỷ lệ tái sử dụng dữ liệu số hóa đạt 42,5%.", "42,5", "digitised_data_reuse_rate", "42.5", HALF, "result"),
    ("Tái sử dụng dữ liệu số hóa của cả nước là 11,3%.", "11,3", "digitised_data_reuse_rate", "11.3", HALF,
     "benchmark"),
    ("Thanh toán trực tuyến: 610/980 hồ sơ, đạt 62,24%.", "610", "online_payment_rate", "62.24", HALF, "result"),
    ("Phấn đấu tỷ lệ thanh toán trực tuyến đạt 70% đến hết tháng 12/2024.", "70", "online_payment_rate", "70",
     (None, "2024-12-31"), "target"),
    ("Huyện cung cấp 214 dịch vụ công trực tuyến.", "214", "dvctt_total", "214", HALF, "result"),
    ("Có 130 dịch vụ công trực tuyến toàn trình.", "130", "dvctt_full", "130", HALF, "result"),
    ("Có 84 DVC trực tuyến một phần.", "84", "dvctt_partial", "84", HALF, "result"),
    ("Huyện triển khai 25 dịch vụ công thiết yếu.", "25", "dvc_essential_25", "25", HALF, "result"),
    ("Tiếp nhận 120/125 hồ sơ đăng ký thường trú (đạt 96%).", "120", "dvc03_permanent_residence", "96", HALF, "result"),
    ("Liên thông đăng ký khai sinh: 40/40 hồ sơ trực tuyến, đạt 100%.", "40/40", "dvc15_linked_birth", "100", HALF,
     "result"),
    ("Đăng ký khai sinh: 62/64 hồ sơ trực tuyến (đạt 96,88%).", "62", "dvc09_birth", "96.88", HALF, "result"),
    ("Cấp điện mới từ lưới điện hạ áp qua dịch vụ công: 18/18 hồ sơ, đạt 100%.", "18/18", "dvc24_new_power", "100",
     HALF, "result"),
    ("Tỷ lệ hài lòng của người dân, doanh nghiệp đạt 97,5%.", "97,5", "satisfaction_rate", "97.5", HALF, "result"),
    ("Tổng số lượt khám, chữa bệnh bằng CCCD: 8.240 lượt.", "8.240", "health_cccd_visits", "8240", HALF, "result"),
    ("Có 31/31 cơ sở giáo dục triển khai thu phí không dùng tiền mặt.", "31/31", "schools_cashless", "31", HALF,
     "result"),
    ("Đã chi trả không dùng tiền mặt cho 2.310 đối tượng bảo trợ xã hội, đạt 88,4%.", "2.310", "social_paid_cashless",
     "88.4", HALF, "result"),
    ("Đến nay, đã kích hoạt 51.204 tài khoản định danh điện tử, đạt 74,6%.", "51.204", "eid_accounts_activated",
     "74.6", (None, "2024-07-05"), "result"),
    ("Thu nhận 63.480 hồ sơ tài khoản định danh điện tử.", "63.480", "eid_accounts_collected", "63480", HALF, "result"),
    ("Đã cấp CCCD gắn chip cho 98,2% công dân đủ điều kiện.", "98,2", "cccd_issued", "98.2", HALF, "result"),
    ("Làm sạch dữ liệu tiêm chủng: 5.100/5.400 trường hợp, đạt 94,44%; còn lại 300 trường hợp chưa được làm sạch.",
     "300", "clean_vaccination", "300", HALF, "result"),
    ("Xác thực thông tin người học: 9.310/9.400 hồ sơ, đạt 99,04%.", "9.310", "clean_learners", "99.04", HALF,
     "result"),
    ("Cập nhật thông tin Hội viên Hội Nông dân được 1.900/2.000 thông tin (đạt 95%).", "1.900", "members_farmers", "95",
     HALF, "result"),
    ("Cập nhật dữ liệu người có công được 412 trường hợp.", "412", "merit_people_updated", "412", HALF, "result"),
    ("Số hóa dữ liệu hộ tịch: 30.120/30.500 dữ liệu, đạt 98,75%.", "30.120", "civil_status_digitised", "98.75", HALF,
     "result"),
    ("Tổng số văn bản đi là 3.415 văn bản, trong đó ký số 3.390 văn bản.", "3.390", "documents_signed_digitally",
     "3390", HALF, "result"),
    ("100% hồ sơ công việc được xử lý trên môi trường mạng.", "100", "work_files_online", "100", HALF, "result"),
    ("Kiện toàn Tổ công tác Đề án 06 với 24 thành viên.", "24", "wg_members", "24", HALF, "result"),
    ("Đã thành lập 142/142 tổ tại các thôn; 21/21 đơn vị cấp xã đã thành lập Tổ công tác.", "21/21", "wg_established",
     "21", HALF, "result"),
    ("Huyện đã triển khai thực hiện 12/15 mô hình điểm.", "12/15", "pilot_models_deployed", "12", HALF, "result"),
    ("Dự kiến tổ chức 04 lớp bồi dưỡng chuyển đổi số.", "04", "training_classes", "4", (None, None), "target"),
    ("Cắt giảm thời hạn giải quyết 14 TTHC, tổng thời gian cắt giảm 40/160 ngày, tỷ lệ cắt giảm 25%.", "40/160",
     "tthc_time_cut_days", "25", HALF, "result"),
)  # fmt: skip
UNMAPPED = (
    ("Trồng mới 12,5 ha rừng.", "12,5"),
    ("Thu ngân sách đạt 45,2 tỷ đồng.", "45,2"),
    ("Khởi tố 14 vụ án, 21 bị can.", "14"),
    ("Có 5 hồ sơ đề nghị khen thưởng.", "5"),
    ("Tỷ lệ hộ nghèo giảm còn 3,4%.", "3,4"),
    ("Có 62% số hộ dùng nước sạch.", "62"),
    ("Tuyển sinh 480 học sinh vào lớp 10.", "480"),
    ("Có 2,1% người dân không hài lòng.", "2,1"),
    ("Nợ quá hạn của các ngân hàng chiếm 1,1% dư nợ.", "1,1"),
    ("Tiếp nhận trực tiếp 610 hồ sơ.", "610"),
    ("Tai nạn giao thông tăng 12 vụ.", "12"),
)


def figure_at(report: Report, text: str, figure: str) -> Indicator | None:
    """The indicator whose span holds the figure, None where it is unmapped."""
    at = text.index(figure, len(TOP))
    return next((one for one in report.indicators if one.span.start <= at < one.span.end), None)


@pytest.mark.parametrize(("sentence", "figure", "indicator", "value", "period", "status"), MAPPED)
def test_a_figure_is_mapped(
    sentence: str, figure: str, indicator: str, value: str, period: tuple[str | None, str | None], status: str
) -> None:
    text = TOP + sentence + "\n"
    found = figure_at(check_text(text), text, figure)
    assert found is not None, "unmapped"
    assert (found.id, found.value, found.status) == (indicator, Decimal(value), status)
    assert (found.period and found.period.start, found.period and found.period.end) == period


@pytest.mark.parametrize(("sentence", "figure"), UNMAPPED)
def test_another_figure_stays_unmapped_and_is_listed(sentence: str, figure: str) -> None:
    text = TOP + sentence + "\n"
    report = check_text(text)
    assert figure_at(report, text, figure) is None
    assert any(one.span.start == text.index(figure, len(TOP)) for one in report.unmapped)


ENTRY = """
[[indicator]]
id = "smart_kiosks"
name_vi = "Ki-ốt thông minh tại Bộ phận Một cửa"
name_en = "Smart kiosks at the one-stop office"
group = "INF"
bottleneck = "infrastructure"
unit = "ki-ốt"
kind = "count"
aliases = ["ki-ốt thông minh", "lắp đặt ki-ốt"]
"""


def test_an_entry_of_a_file_is_an_indicator_like_the_others(tmp_path: Path) -> None:
    file, text = tmp_path / "more.toml", TOP + "Đã lắp đặt 12 ki-ốt thông minh.\n"
    file.write_text(ENTRY, "utf-8")
    found = figure_at(extract(text.encode(), indicators=file), text, "12")
    assert found is not None
    assert (found.id, found.value, found.unit) == ("smart_kiosks", Decimal(12), "ki-ốt")
    assert figure_at(check_text(text), text, "12") is None


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('kind = "count"', 'kind = "cuont"', "indicator smart_kiosks: kind:"),
        ('group = "INF"', 'group = "U9"', "indicator smart_kiosks: group: «U9» is none of U1, "),
        ('"infrastructure"', '"roads"', "indicator smart_kiosks: bottleneck: «roads» is none of legal, "),
        ('unit = "ki-ốt"\n', "", "indicator smart_kiosks: unit: Field required"),
        ('"ki-ốt thông minh", ', '"của các", ', "indicator smart_kiosks: aliases: «của các» has no word"),
        ('id = "smart_kiosks"\n', "", "indicator entry 1: id: Field required"),
        ("[[indicator]]", "[indicator]", "write [[indicator]] with two brackets"),
        ("[[indicator]]", "[[indicators]]", "[indicators] is none of groups, "),
        ("[[indicator]]", "[[indicator]", "is not TOML"),
        (
            'kind = "count"',
            'kind = "count"\nvalues = ["many"]',
            "indicator smart_kiosks: values: «many» is not a number",
        ),
        ('kind = "count"', 'kind = "count"\ncolour = "red"', "indicator smart_kiosks: colour: Extra inputs"),
    ],
)
def test_a_wrong_entry_is_named_with_file_and_field(tmp_path: Path, before: str, after: str, message: str) -> None:
    file = tmp_path / "more.toml"
    file.write_text(ENTRY.replace(before, after), "utf-8")
    with pytest.raises(TaxonomyError) as raised:
        extract(b"12", indicators=file)
    assert str(raised.value).startswith(f"{file}: ")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 5_000, "is not TOML (it is nested too deep)"),
        ("a = " + "9" * 5_000, "is not TOML (a number in it has too many digits)"),
        ("groups = 5", "groups: Input should be a valid dictionary"),
        ("[groups]\nx = 5", "groups: x: Input should be a valid string"),
        ("bottlenecks = [1]", "bottlenecks: Input should be a valid dictionary"),
        ("families = [1, 2]", "families: Input should be a valid dictionary"),
        ("[families]\nx = 5", "families: x: Input should be a valid tuple"),
        ("[families]\nx = [1, 2]", "families: x.0: Input should be a valid string"),
        ("indicator = 5", "write [[indicator]] with two brackets"),
        ("indicator = [5]", "indicator entry 1: Input should be"),
        ("[[indicator]]\nid = 5", "indicator entry 1: id: Input should be a valid string"),
        ("[[indicator]]\nid = []", "indicator entry 1: id: "),
        (ENTRY.replace('kind = "count"', 'kind = "count"\nvalues = ["NaN"]'), "values: «NaN» is not a number"),
        (ENTRY.replace('kind = "count"', 'kind = "count"\nvalues = ["1e999999999"]'), "values: «1e999999999» is not"),
        (
            '[[service]]\nid = "a"\nname_vi = "A"\nname_en = "A"\nbody = "B"\naliases = ["số"]',
            "service a: aliases: «số» has no word",
        ),
    ],
)
def test_a_file_of_any_content_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "more.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(TaxonomyError) as raised:
        extract(b"12", indicators=file)
    assert str(raised.value).startswith(f"{file}: ")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    result = CliRunner().invoke(app, ["-", "--indicators", str(file)], input=b"12")
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_file_without_an_end_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match="has more than 16 MiB"):
        extract(b"12", indicators="/dev/zero" if os.path.exists("/dev/zero") else _large(tmp_path))


def _large(folder: Path) -> Path:
    (folder / "large.toml").write_bytes(b"#" * (17 << 20))
    return folder / "large.toml"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match=r"missing\.toml: cannot be opened"):
        extract(b"12", indicators=tmp_path / "missing.toml")


def test_the_services_of_the_programme_are_indicators() -> None:
    known = taxonomy()
    assert len(known.services) == 25
    assert known.services.keys() <= known.entries.keys()
    assert all(entry.group == "U1" for entry in known.entries.values() if entry.id in known.services)


def test_every_unit_of_the_taxonomy_belongs_to_a_family() -> None:
    known = taxonomy()
    assert {entry.id for entry in known.entries.values() if not known.families_of(entry.unit)} <= {
        entry.id for entry in known.entries.values() if entry.unit == "%"
    }


def test_figures_of_other_denominators_say_so() -> None:
    text = TOP + "Tái sử dụng dữ liệu số hóa: 90 hồ sơ/200 hồ sơ số hóa, đạt 45%.\n"
    found = figure_at(check_text(text), text, "90")
    assert found is not None
    assert found.denominator == 200
    assert found.denominator_of is not None
    assert "hồ sơ số hóa" in found.denominator_of
