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


@dataclass(frozen=True)
class SampleEvidence:
    """What a gateway gets of a contact card, and what it needs to check it.

    Attributes:
        certificate: the identification certificate, DER.
        issuers: what leads from it up to the root, without the root, DER.
        root_pem: the root's certificate, PEM.
        state: makes further certificates (``state.issue``).
    """

    card_number: str
    document_number: str
    iok_state: int
    certificate: bytes
    issuers: tuple[bytes, ...]
    root_pem: bytes
    state: ContactCardState


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


def sample_evidence(holder: Holder = JANA, state: ContactCardState | None = None) -> SampleEvidence:
    """Make what the gateway would get of a holder's card, with the state that issued it."""
    issuer = ContactCardState() if state is None else state
    content = content_of(issuer, holder)
    return SampleEvidence(
        content.card_number,
        content.document_number,
        NORMAL,
        content.certificate,
        (issuer.issuing_der,),
        issuer.root_pem,
        issuer,
    )
