"""What was written into a sample contact card when it was made; and samples of it as evidence."""

import datetime as dt
from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import Encoding

from tests.fakes.eobcanka_card.state import JANA, ContactCardState, Holder

NORMAL, BLOCKED = 0x01, 0x05


@dataclass(frozen=True)
class Content:
    """The content of a contact card.

    Attributes:
        certificate: the identification certificate, DER.
        other: the second certificate file (0132), DER; empty: there is no such file.
        iok_state: bit 0 normal, bit 2 blocked.
    """

    document_number: str
    card_number: str
    serial_number: bytes
    certificate: bytes
    other: bytes = b""
    iok_state: int = NORMAL
    iok_tries: int = 3
    dok_state: int = NORMAL
    dok_tries: int = 10


def content_of(
    state: ContactCardState,
    holder: Holder = JANA,
    end: dt.datetime = dt.datetime(2039, 1, 1, tzinfo=dt.UTC),
    *,
    with_issuer: bool = False,
) -> Content:
    """Make the content of a holder's card; its second file holds the issuer on demand."""
    certificate = state.issue(holder, end=end).public_bytes(Encoding.DER)
    return Content(
        document_number=holder.document_number,
        card_number="0000" + holder.document_number,
        serial_number=bytes.fromhex("00010203") + holder.document_number[-4:].encode(),
        certificate=certificate,
        other=state.issuing_der if with_issuer else certificate,
    )
