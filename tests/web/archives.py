"""A store of reports that were really read, for the page and the API to show."""

from __future__ import annotations

import hashlib
from pathlib import Path

from de06_extract.archive.store.outcome import Options, failed, outcome_of
from de06_extract.archive.store.store import Attempt, open_store

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN {unit_in_capitals}

{unit}, ngày 15 tháng {month} năm 2024

BÁO CÁO
Kết quả thực hiện Đề án 06 trên địa bàn huyện {unit}

1. Dịch vụ công
Tính đến ngày 15/{month}/2024, số hóa hồ sơ đầu vào: 3.225/3.265 hồ sơ, đạt tỷ lệ {rate}%.
"""


def text(unit: str, month: int, *, rate: str = "98,77") -> bytes:
    named = {"unit": unit, "unit_in_capitals": unit.upper()}
    return TEXT.format(**named, month=month, rate=rate).encode()


def write_archive(path: Path, *, more: int = 0) -> None:
    """Two reports of Tứ Kỳ, one of them wrong, a wrong one of Trà Cú, a scan; and `more` that are right."""
    reports = {
        "tu-ky-1.txt": text("Tứ Kỳ", 4),
        "tu-ky-2.txt": text("Tứ Kỳ", 5, rate="89,77"),
        "tra-cu.txt": text("Trà Cú", 5, rate="97,88"),
    }
    right = outcome_of(text("An Phú", 6), ".txt", Options())
    with open_store(path, Options()) as store:
        run = store.begin_run(["/kho"])
        for name, data in reports.items():
            outcome = outcome_of(data, ".txt", Options())
            store.save(run, Attempt(f"/kho/{name}", ".txt", hashlib.sha256(data).hexdigest(), len(data), outcome))
        for number in range(more):
            store.save(run, Attempt(f"/kho/thêm {number:03}.txt", ".txt", f"{number:064}", 9, right))
        store.save(run, Attempt("/kho/quet.pdf", ".pdf", "0" * 64, 9, failed("scan", "no text layer")))
        store.end_run(run, "finished")
