"""Signed PDFs: a copy with notes leaves the signature as valid as it was, and says that it is not the signed file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pytest

from tests.readers.pdf.annotating import annotated, changed_box, is_clean, told_by
from tests.readers.pdf.drawing import pdf, text_at

pytest.importorskip("pyhanko", reason="pyHanko signs the files (pip install pyhanko)")
LINE = text_at(72, 700, "So ho so 3.225/3.265 dat ty le 98,57% trong quy")
KINDS = {"plain": None, "certified, no changes": "NO_CHANGES", "certified, forms": "FILL_FORMS"}


@cache
def signer() -> Any:
    """Who signs: a key and a certificate of its own, made here."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
    from cryptography.x509.oid import NameOID
    from pyhanko.sign.signers import SimpleSigner

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Văn thư")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = SimpleSigner.load_pkcs12_data(
        pkcs12.serialize_key_and_certificates(b"a", key, certificate, None, NoEncryption()), other_certs=[]
    )
    assert made is not None
    return made


@cache
def signed(kind: str) -> bytes:
    """The page, signed."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

    permission = KINDS[kind]
    wanted = PdfSignatureMetadata(
        field_name="ky", certify=permission is not None, docmdp_permissions=MDPPerm[permission or "FILL_FORMS"]
    )
    out = sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf(LINE))), wanted, signer=signer())
    return bytes(out.getvalue())


@pytest.mark.parametrize("kind", KINDS)
def test_the_signature_stays_valid(kind: str) -> None:
    data = signed(kind)
    copy = annotated(data)
    assert copy.data.startswith(data)
    assert is_clean(copy.data)
    assert dict(copy.cautions) == {"signed" if KINDS[kind] is None else "certified": 1}
    before, after = told_by("pdfsig", data, "-nocert"), told_by("pdfsig", copy.data, "-nocert")
    assert "Signature is Valid" in before
    assert "Total document signed" in before
    assert "Signature is Valid" in after
    assert "Not total document signed" in after
    assert changed_box(data, copy.data) is not None


@pytest.mark.parametrize("kind", KINDS)
def test_pyhanko_finds_the_signed_bytes_intact(kind: str) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    for data in (signed(kind), annotated(signed(kind)).data):
        (signature,) = PdfFileReader(BytesIO(data)).embedded_signatures
        trusted = ValidationContext(trust_roots=[signature.signer_cert])
        status = validate_pdf_signature(signature, signer_validation_context=trusted)
        assert status.intact
        assert status.valid
