"""What a card says of its holder, as the kiosk hands it to the gateway; it believes nothing."""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from kiosk_app.account.codec import AccountFormatError
from kiosk_app.account.members import (
    Members,
    list_of_apdus,
    list_of_base64,
    member_base64,
    member_hex,
    member_number,
    member_object,
    member_text,
    optional_base64,
    read_object,
    refuse_others,
)

MAX_ISSUERS = 8
MAX_STATE = 255


@dataclass(frozen=True)
class DocumentEvidence:
    """Files of an ICAO chip as read, with tag and length (Doc 9303 part 10); None: not there.

    Attributes:
        card_access: EF.CardAccess, which nobody signed.
        card_security: EF.CardSecurity, the state's signature over what card_access says.
    """

    dg1: bytes = field(repr=False)
    sod: bytes = field(repr=False)
    dg14: bytes | None = field(default=None, repr=False)
    dg15: bytes | None = field(default=None, repr=False)
    card_access: bytes | None = field(default=None, repr=False)
    card_security: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ContactCardEvidence:
    """What the contact chip of an eObčanka gives to anybody who asks.

    Attributes:
        iok_state: the state byte of the identification key (data object 82).
        certificate: the identification certificate (DER).
        issuers: the certificates above it that the card or the kiosk holds (DER).
    """

    card_number: str = field(repr=False)
    document_number: str = field(repr=False)
    iok_state: int
    certificate: bytes = field(repr=False)
    issuers: tuple[bytes, ...] = field(default=(), repr=False)


Evidence = DocumentEvidence | ContactCardEvidence

_DOCUMENT = tuple(one.name for one in fields(DocumentEvidence))
_CONTACT = {one.name for one in fields(ContactCardEvidence)}


@dataclass(frozen=True)
class PaceChallenge:
    """Which PACE with chip authentication mapping the kiosk is to begin for the gateway.

    Attributes:
        oid: the protocol's object identifier, its content bytes.
        parameter_id: the standardised domain parameters (Doc 9303 part 11 table 4).
    """

    oid: bytes
    parameter_id: int


@dataclass(frozen=True)
class PaceNonce:
    """The nonce of a PACE that the kiosk began and decrypted with the CAN; first step."""

    nonce: bytes = field(repr=False)


@dataclass(frozen=True)
class PaceResponses:
    """The chip's response APDUs to the commands of the step before."""

    responses: tuple[bytes, ...] = field(repr=False)


PaceData = PaceNonce | PaceResponses


def encode_evidence(evidence: Evidence) -> bytes:
    """The body of `POST /v1/logins`."""
    if isinstance(evidence, DocumentEvidence):
        files = {name: getattr(evidence, name) for name in _DOCUMENT}
        present = {name: _text(data) for name, data in files.items() if data is not None}
        return json.dumps({"document": present}).encode()
    card = {
        "card_number": evidence.card_number,
        "document_number": evidence.document_number,
        "iok_state": evidence.iok_state,
        "certificate": _text(evidence.certificate),
        "issuers": [_text(issuer) for issuer in evidence.issuers],
    }
    return json.dumps({"contact_card": card}).encode()


def decode_evidence(data: bytes) -> Evidence:
    """The evidence those bytes say, and nothing besides.

    Raises:
        AccountFormatError: they are no evidence; the sentence names the path.
    """
    raw = read_object(data)
    if raw.keys() == {"document"}:
        return _document(member_object(raw, "document"))
    if raw.keys() == {"contact_card"}:
        return _contact_card(member_object(raw, "contact_card"))
    raise AccountFormatError("the request: is neither a document nor a contact card")


def encode_pace(data: PaceData) -> bytes:
    """The body of `POST /v1/logins/{id}/pace`."""
    if isinstance(data, PaceNonce):
        return json.dumps({"nonce": data.nonce.hex()}).encode()
    return json.dumps({"responses": [response.hex() for response in data.responses]}).encode()


def decode_pace(data: bytes) -> PaceData:
    """The step those bytes say, and nothing besides.

    Raises:
        AccountFormatError: they are none; the sentence names the path.
    """
    raw = read_object(data)
    if raw.keys() == {"nonce"}:
        return PaceNonce(member_hex(raw, "nonce"))
    refuse_others(raw, {"responses"})
    return PaceResponses(list_of_apdus(raw, "responses"))


def encode_pace_commands(commands: Sequence[bytes]) -> bytes:
    """The answer to `POST /v1/logins/{id}/pace`; no commands: the login waits for its answer."""
    return json.dumps({"commands": [command.hex() for command in commands]}).encode()


def decode_pace_commands(data: bytes) -> tuple[bytes, ...]:
    """The command APDUs those bytes say.

    Raises:
        AccountFormatError: they are none; the sentence names the path.
    """
    return list_of_apdus(read_object(data), "commands")


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _document(raw: Members) -> DocumentEvidence:
    refuse_others(raw, set(_DOCUMENT))
    return DocumentEvidence(
        dg1=member_base64(raw, "dg1"),
        sod=member_base64(raw, "sod"),
        dg14=optional_base64(raw, "dg14"),
        dg15=optional_base64(raw, "dg15"),
        card_access=optional_base64(raw, "card_access"),
        card_security=optional_base64(raw, "card_security"),
    )


def _contact_card(raw: Members) -> ContactCardEvidence:
    refuse_others(raw, _CONTACT)
    return ContactCardEvidence(
        card_number=member_text(raw, "card_number"),
        document_number=member_text(raw, "document_number"),
        iok_state=member_number(raw, "iok_state", MAX_STATE),
        certificate=member_base64(raw, "certificate"),
        issuers=list_of_base64(raw, "issuers", MAX_ISSUERS),
    )
