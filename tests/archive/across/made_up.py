"""Archives of made-up reports: what looks wrong and is right, each beside one that is wrong; what is found in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from de06_extract.archive.across.find import find_across
from de06_extract.archive.across.specimens import specimen
from de06_extract.archive.store.outcome import Options, outcome_of
from de06_extract.archive.store.store import Attempt, Store, open_store
from de06_extract.schema.display import Language
from de06_extract.schema.rows import Row


def found(reports: Sequence[str], names: Sequence[str] = (), language: Language = "vi") -> list[tuple[str, Row]]:
    """What stands across an archive of these texts, each checked as a file of its own and kept in a store."""
    with stored(reports, names) as store:
        store.save_across(find_across(store, language))
        return [(result.path, row) for result in store.results() for row in result.across]


@contextmanager
def stored(reports: Sequence[str], names: Sequence[str] = ()) -> Iterator[Store]:
    """A store of what came out of each of these texts."""
    names = names or [f"/archive/{number}.txt" for number in range(1, len(reports) + 1)]
    with TemporaryDirectory() as folder, open_store(Path(folder) / "archive.store", Options()) as store:
        run = store.begin_run(["/archive"])
        for name, text in zip(names, reports, strict=True):
            data = text.encode()
            outcome = outcome_of(data, ".txt", Options())
            store.save(run, Attempt(name, ".txt", sha256(data).hexdigest(), len(data), outcome))
        yield store


def activated(issued: str, until: str, count: str, more: str = "", **unit: str) -> str:
    """A report on the accounts activated up to a day."""
    said = f"đã kích hoạt {count} tài khoản định danh điện tử{more}"
    return specimen(issued, f"Đến ngày {until}, {said}.", **unit)


def share(issued: str, until: str, ratio: str, base: str = "công dân đủ điều kiện") -> str:
    """A report on the share of people whose accounts are activated."""
    return specimen(issued, f"Đến ngày {until}, {ratio} {base} đã kích hoạt tài khoản định danh điện tử.")


def received(issued: str, period: str, count: str, who: str = "bộ phận", **unit: str) -> str:
    """A report on the dossiers that came in within a period."""
    return specimen(issued, f"{period} năm 2024, {who} Một cửa tiếp nhận {count} hồ sơ TTHC.", **unit)


def nine_months(said: str) -> str:
    """A report on nine months with dossiers that came in, in these words."""
    return specimen(
        "5/10/2024", said.format("bộ phận Một cửa tiếp nhận 1.900 hồ sơ TTHC"), title="9 tháng đầu năm 2024"
    )


def three(issued: str, lead: str) -> str:
    """A report with three figures, as results or as what the lead makes of them."""
    said = ("kích hoạt 12.345 tài khoản định danh điện tử", "cấp 2.187 thẻ căn cước công dân", "có 1.463 văn bản đi")
    return specimen(issued, *(f"{lead} {what}.\n" for what in said))


OTHER = (
    "Quý này cơ quan có 1.210 văn bản đi.\n",
    "Trong năm 2024, có 3.020 lượt khám, chữa bệnh bằng CCCD.\n",
    "Trong năm 2024, số hóa đầu vào 3.225/3.265 hồ sơ.\n",
    "Trong năm 2024, có 24/24 cơ sở giáo dục thu phí không dùng tiền mặt.\n",
    "Trong năm 2024, tổ chức 12 lớp đào tạo, bồi dưỡng về chuyển đổi số.\n",
)
# What looks wrong and is right, each with an archive that differs in the point in question alone, and is wrong.
NEAR_MISSES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a new year restarts the count": (
        (activated("5/1/2024", "31/12/2023", "20.412"), activated("5/4/2024", "31/3/2024", "15.320")),
        (activated("5/4/2024", "31/3/2024", "20.412"), activated("5/7/2024", "30/6/2024", "15.320")),
    ),
    "it does not where it is told since when": (
        (
            activated("5/1/2024", "31/12/2023", "20.412", " từ đầu năm"),
            activated("5/4/2024", "31/3/2024", "5.320", " từ đầu năm"),
        ),
        (
            activated("5/1/2024", "31/12/2023", "20.412", " kể từ khi triển khai"),
            activated("5/4/2024", "31/3/2024", "5.320", " kể từ khi triển khai"),
        ),
    ),
    "the months of a year": (
        (
            specimen("5/4/2024", "Trong tháng kích hoạt 2.412 tài khoản định danh điện tử.", title="tháng 3/2024"),
            specimen("5/5/2024", "Trong tháng kích hoạt 1.320 tài khoản định danh điện tử.", title="tháng 4/2024"),
        ),
        (
            specimen("5/4/2024", "Đến nay kích hoạt 2.412 tài khoản định danh điện tử.", title="tháng 3/2024"),
            specimen("5/5/2024", "Đến nay kích hoạt 1.320 tài khoản định danh điện tử.", title="tháng 4/2024"),
        ),
    ),
    "what was counted within a campaign": (
        (
            activated("5/4/2024", "31/3/2024", "9.412", " trong đợt cao điểm"),
            activated("5/7/2024", "30/6/2024", "8.320", " trong đợt cao điểm"),
        ),
        (
            activated("5/4/2024", "31/3/2024", "9.412", " cho công dân"),
            activated("5/7/2024", "30/6/2024", "8.320", " cho công dân"),
        ),
    ),
    "districts were merged in 2025": (
        (share("5/1/2025", "31/12/2024", "45.300/102.345"), share("5/4/2025", "31/3/2025", "91.300/201.345")),
        (share("5/1/2024", "31/12/2023", "45.300/102.345"), share("5/4/2024", "31/3/2024", "91.300/201.345")),
    ),
    "a province was merged in July 2025": (
        (
            activated("5/7/2025", "30/6/2025", "912.412", unit="tỉnh Vĩnh Long"),
            activated("5/10/2025", "30/9/2025", "861.320", unit="tỉnh Vĩnh Long"),
        ),
        (
            activated("5/7/2024", "30/6/2024", "912.412", unit="tỉnh Vĩnh Long"),
            activated("5/10/2024", "30/9/2024", "861.320", unit="tỉnh Vĩnh Long"),
        ),
    ),
    "the report before was corrected": (
        (
            activated("5/4/2024", "31/3/2024", "61.320"),
            activated("22/4/2024", "31/3/2024", "60.120"),
            activated("5/7/2024", "30/6/2024", "60.944"),
        ),
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "60.944")),
    ),
    "a report and its correction": (
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("22/4/2024", "31/3/2024", "60.120")),
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("22/4/2024", "20/4/2024", "60.120")),
    ),
    "a draft and its fair copy a week later": (
        (
            specimen("5/4/2024", "Đến nay, đã kích hoạt 61.320 tài khoản định danh điện tử."),
            specimen("12/4/2024", "Đến nay, đã kích hoạt 61.302 tài khoản định danh điện tử."),
        ),
        (
            specimen("5/4/2024", "Đến nay, đã kích hoạt 61.320 tài khoản định danh điện tử."),
            specimen("12/5/2024", "Đến nay, đã kích hoạt 61.302 tài khoản định danh điện tử."),
        ),
    ),
    "a half-year and the quarter behind it": (
        (received("5/7/2024", "6 tháng đầu", "21.345"), received("5/10/2024", "Quý III", "11.207")),
        (received("5/7/2024", "6 tháng đầu", "21.345"), received("5/10/2024", "9 tháng đầu", "11.207")),
    ),
    "a month in the report on nine": (
        (received("5/7/2024", "6 tháng đầu", "21.345"), nine_months("Trong tháng 9, cấp 520 thẻ, {}.")),
        (received("5/7/2024", "6 tháng đầu", "21.345"), nine_months("Kết quả đã cấp 520 thẻ, {}.")),
    ),
    "a month behind its figure": (
        (received("5/7/2024", "6 tháng đầu", "21.345"), nine_months("{} trong tháng.")),
        (received("5/7/2024", "6 tháng đầu", "21.345"), nine_months("{}.")),
    ),
    "a share of another whole": (
        (
            share("5/4/2024", "31/3/2024", "45.300/102.345"),
            share("5/7/2024", "30/6/2024", "48.300/162.345", "nhân khẩu thường trú"),
        ),
        (share("5/4/2024", "31/3/2024", "45.300/102.345"), share("5/7/2024", "30/6/2024", "48.300/162.345")),
    ),
    "a census adds two per cent": (
        (share("5/4/2024", "31/3/2024", "45.300/102.345"), share("5/7/2024", "30/6/2024", "48.300/104.392")),
        (share("5/4/2024", "31/3/2024", "45.300/102.345"), share("5/7/2024", "30/6/2024", "48.300/204.392")),
    ),
    "a new way to count that the next report keeps": (
        (
            share("5/4/2024", "31/3/2024", "45.300/102.345"),
            share("5/7/2024", "30/6/2024", "48.300/162.345"),
            share("5/10/2024", "30/9/2024", "49.300/163.001"),
        ),
        (
            share("5/4/2024", "31/3/2024", "45.300/102.345"),
            share("5/7/2024", "30/6/2024", "48.300/162.345"),
            share("5/10/2024", "30/9/2024", "49.300/103.001"),
        ),
    ),
    "a town became a city": (
        (
            activated("5/10/2023", "30/9/2023", "61.320", unit="thị xã Đông Triều"),
            activated("5/12/2023", "30/11/2023", "58.412", unit="thành phố Đông Triều"),
        ),
        (
            activated("5/10/2023", "30/9/2023", "61.320", unit="thị xã Đông Triều"),
            activated("5/12/2023", "30/11/2023", "58.412", unit="thị xã Đông Triều"),
        ),
    ),
    "targets that stand in every report": (
        (three("5/4/2024", "Phấn đấu trong quý II/2024"), three("5/7/2024", "Phấn đấu trong quý III/2024")),
        (three("5/4/2024", "Trong quý I/2024 đã"), three("5/7/2024", "Trong quý II/2024 đã")),
    ),
    "what is finished stays as it is": (
        (
            three("5/4/2024", "Quý I/2024 đã").replace("12.345 tài", "12.345/12.345 tài"),
            three("5/7/2024", "Quý II/2024 đã").replace("12.345 tài", "12.345/12.345 tài"),
        ),
        (
            three("5/4/2024", "Quý I/2024 đã").replace("12.345 tài", "12.345/12.366 tài"),
            three("5/7/2024", "Quý II/2024 đã").replace("12.345 tài", "12.345/12.366 tài"),
        ),
    ),
    "the whole province, and the offices of the province": (
        (
            received("5/7/2024", "6 tháng đầu", "621.345", "toàn tỉnh", unit="tỉnh Hải Dương"),
            received("5/10/2024", "9 tháng đầu", "80.207", "cấp tỉnh", unit="tỉnh Hải Dương"),
        ),
        (
            received("5/7/2024", "6 tháng đầu", "621.345", "toàn tỉnh", unit="tỉnh Hải Dương"),
            received("5/10/2024", "9 tháng đầu", "80.207", "toàn tỉnh", unit="tỉnh Hải Dương"),
        ),
    ),
    "two communes of one name in two districts": (
        (
            activated("5/4/2024", "31/3/2024", "6.320", unit="xã Tân Hưng, huyện Tứ Kỳ"),
            activated("5/7/2024", "30/6/2024", "5.412", unit="xã Tân Hưng, huyện Ninh Giang"),
        ),
        (
            activated("5/4/2024", "31/3/2024", "6.320", unit="xã Tân Hưng, huyện Tứ Kỳ"),
            activated("5/7/2024", "30/6/2024", "5.412", unit="xã Tân Hưng, huyện Tứ Kỳ"),
        ),
    ),
    "the police of a district, and its committee": (
        (
            activated("5/4/2024", "31/3/2024", "61.320"),
            activated("5/7/2024", "30/6/2024", "58.412").replace("ỦY BAN NHÂN DÂN\n", "CÔNG AN\n"),
        ),
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "58.412")),
    ),
    "accounts of one level, and of the other": (
        (
            activated("5/4/2024", "31/3/2024", "61.320", " mức 1"),
            activated("5/7/2024", "30/6/2024", "58.412", " mức 2"),
        ),
        (
            activated("5/4/2024", "31/3/2024", "61.320", " mức 2"),
            activated("5/7/2024", "30/6/2024", "58.412", " mức 2"),
        ),
    ),
    "accounts of pupils alone": (
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "58.412", " cho học sinh")),
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "58.412", " cho công dân")),
    ),
    "reports on other matters": (
        (
            activated("5/4/2024", "31/3/2024", "61.320"),
            specimen("5/7/2024", *OTHER, "Đến ngày 30/6/2024, đã kích hoạt 58.412 tài khoản định danh điện tử."),
        ),
        (
            specimen("5/4/2024", *OTHER, "Đến ngày 31/3/2024, đã kích hoạt 61.320 tài khoản định danh điện tử."),
            specimen("5/7/2024", *OTHER, "Đến ngày 30/6/2024, đã kích hoạt 58.412 tài khoản định danh điện tử."),
        ),
    ),
    "more than so many": (
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "hơn 60.000")),
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "60.000")),
    ),
}
