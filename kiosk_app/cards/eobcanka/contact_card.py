"""Reads the contact chip of an eObčanka: it identifies a card, and proves nothing by itself."""

from dataclasses import dataclass, field

from kiosk_app.cards.apdu import ApduError, Command, Response, Transmit, exchange
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.eobcanka.card_data import (
    CardData,
    CardDataError,
    NotSuchChipError,
    Send,
    read_card_data,
)
from kiosk_app.cards.eobcanka.certificate import (
    CertificateError,
    IdentificationFacts,
    issuer_chain,
    parse_identification,
)
from kiosk_app.cards.eobcanka.certificate_file import (
    AUTHORISATION,
    IDENTIFICATION,
    CertificateFileError,
    read_certificate,
    select_file_management,
)
from kiosk_app.cards.eobcanka.commands import CARD_MANAGEMENT, guarded, select_application


@dataclass(frozen=True, slots=True)
class ContactCardReading:
    """What a contact chip holds, unverified: only the gateway can say whether it is genuine.

    Attributes:
        data: what card management says, the state of the codes among it.
        certificate: the identification certificate, DER.
        issuers: the certificates on the chip that lead up from it, DER; usually none.
        facts: what the certificate says of the card's holder.
    """

    data: CardData
    certificate: bytes = field(repr=False)
    issuers: tuple[bytes, ...] = field(repr=False)
    facts: IdentificationFacts


def is_contact_card(transmit: Transmit) -> bool:
    """Ask a chip whether it has the card management of an eObčanka.

    Raises:
        CardProblem: by ``transmit``; DAMAGED when the answer is none.
    """
    try:
        return exchange(guarded(transmit), select_application(CARD_MANAGEMENT)).ok
    except ApduError as error:
        raise CardProblem(CardCause.DAMAGED, str(error)) from error


def read_contact_card(transmit: Transmit) -> ContactCardReading:
    """Read numbers, states of the codes, and certificates; no code is asked for or sent.

    Args:
        transmit: sends one short APDU, as T=0 does.

    Raises:
        CardProblem: UNSUPPORTED: not this chip; DAMAGED: it answers nonsense; by ``transmit``.
    """
    line = guarded(transmit)

    def send(command: Command) -> Response:
        return exchange(line, command)

    try:
        return _read(send)
    except NotSuchChipError as error:
        raise CardProblem(CardCause.UNSUPPORTED, str(error)) from error
    except (ApduError, CardDataError, CertificateFileError, CertificateError) as error:
        raise CardProblem(CardCause.DAMAGED, str(error)) from error


def _read(send: Send) -> ContactCardReading:
    data = read_card_data(send)
    select_file_management(send)
    certificate = read_certificate(send, IDENTIFICATION)
    if certificate is None:
        raise NotSuchChipError("The chip has no identification certificate.")
    other = read_certificate(send, AUTHORISATION)
    issuers = issuer_chain(certificate, () if other is None else (other,))
    return ContactCardReading(data, certificate, issuers, parse_identification(certificate))
