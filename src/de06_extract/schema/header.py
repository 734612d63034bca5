"""What stands around the body of an official document, and whose document it is."""

from __future__ import annotations

from typing import Literal

from de06_extract.schema.values import Model


class Header(Model):
    """What stands around the body of an official document, as printed; None or empty where it is not there.

    The boxes are those of Nghị định 30/2020/NĐ-CP, Phụ lục I. `number` is number and symbol («415/BC-TCTTKĐA»), None
    where the number is left blank; `date` is in ISO form, the month alone where the day is blank. `issuer` is the body
    that speaks, from its box or else from the sentence in which it reports, with the name of its locality where only
    the body above it (`parent`) or the title prints that. Two signers, or two titles of one, stand behind each other
    with a semicolon. An official letter has its «V/v» as `title` and no `doc_type`; a newspaper article has a title
    alone. `state` is `draft` for a copy whose number or day is blank or that says so, `signed` for one with both, None
    where neither can be said.
    """

    number: str | None = None
    symbol: str | None = None
    doc_type: str | None = None
    title: str | None = None
    issuer: str | None = None
    parent: str | None = None
    place: str | None = None
    date: str | None = None
    addressees: tuple[str, ...] = ()
    signer: str | None = None
    signer_role: str | None = None
    recipients: tuple[str, ...] = ()
    state: Literal["draft", "signed"] | None = None


class Locality(Model):
    """The administrative unit whose report it is: `name` and `kind` («thị xã»), and the units it lies in.

    `era` says whose unit it is, of the 63 provinces until June 2025 or of the 34 since; `code` is its official code in
    that era, the same code may be another unit's in the other. `successor` is the province that its province is part
    of since July 2025; districts have none. What the report leaves open is None.
    """

    level: Literal["province", "district", "commune"]
    kind: str
    name: str
    district: str | None = None
    province: str | None = None
    era: Literal["until-2025-06", "since-2025-07"] | None = None
    code: str | None = None
    successor: str | None = None
