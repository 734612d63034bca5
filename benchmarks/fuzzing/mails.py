"""Mails of several parts whose headers, boundaries and encodings are wrong in some places."""

from __future__ import annotations

import base64
import random

from fuzzing import pages
from fuzzing.texts import broken, text

_TYPES = (
    "text/plain", "text/plain; charset=utf-8", "text/plain; charset=windows-1258", "text/plain; charset=x-none",
    "text/html; charset=utf-8", "application/octet-stream", "application/pdf; name=\"a.pdf\"", "image/png",
    "message/rfc822", "multipart/mixed", "multipart/alternative; boundary=", "text", "/", "text/plain; charset*=''x",
)  # fmt: skip
_ENCODINGS = ("base64", "quoted-printable", "8bit", "7bit", "binary", "x-uuencode", "none", "")
_PLACES = (
    "inline", "attachment", "attachment; filename=\"báo cáo.docx\"", "attachment; filename*=utf-8''%E1%BA%A5.txt",
    "attachment; filename*0=a; filename*2=b", "attachment; filename=\"../../a\"", "attachment; filename=\"\"", ";;;",
)  # fmt: skip
_NAMES = (
    "Subject", "From", "To", "Date", "Content-Type", "MIME-Version", "Content-ID", "Content-Disposition", "X", "",
    "Content-Transfer-Encoding", "Received",
)  # fmt: skip
_WORDS = (
    "=?utf-8?b?QsOhbyBjw6Fv?=", "=?utf-8?q?b=C3=A1o?=", "=?x?b?////?=", "=?utf-8?b?=", "(" * 30, '"', "<a@b", ",,,",
    "a@b.vn", "\x00", "đ" * 80, "=?utf-8?q?" + "=41" * 200 + "?=",
)  # fmt: skip


def data(chance: random.Random) -> bytes:
    """A mail as the bytes of a file, now and then changed in its bytes."""
    parts = [_part(chance) for _ in range(chance.choice((1, 1, 2, 3, 8)))]
    boundary = chance.choice(("b", "b", "b", "=_x_", ""))
    lines = ["Received: by a.vn", "From: a@b.vn", "To: c@d.vn", f"Subject: {_words(chance)}"]
    for _ in range(chance.choice((0, 0, 1, 3))):
        lines.insert(chance.randrange(len(lines) + 1), f"{chance.choice(_NAMES)}: {_words(chance)}")
    if len(parts) == 1 and chance.random() < 0.6:
        whole = "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n" + parts[0]
    else:
        lines += ["MIME-Version: 1.0", f'Content-Type: multipart/mixed; boundary="{boundary}"', ""]
        mark = b"\r\n--" + boundary.encode()
        end = mark + chance.choice((b"--", b"--\r\n", b"", b"-"))
        whole = "\r\n".join(lines).encode("utf-8", "replace") + b"".join(mark + b"\r\n" + part for part in parts) + end
    return broken(whole, chance) if chance.random() < 0.1 else whole


def _part(chance: random.Random) -> bytes:
    encoding, kind = chance.choice(_ENCODINGS), chance.choice((*_TYPES[:5] * 2, *_TYPES))
    body = pages.data(chance)[:3000] if "html" in kind else text(chance).encode("utf-8", "replace")[:3000]
    if encoding == "base64" and chance.random() < 0.8:
        body = base64.encodebytes(body)
    lines = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}"]
    if chance.random() < 0.4:
        lines.append(f"Content-Disposition: {chance.choice(_PLACES)}")
    return "\r\n".join((*lines, "", "")).encode("utf-8", "replace") + body


def _words(chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.choice((1, 2, 6, 40))))
