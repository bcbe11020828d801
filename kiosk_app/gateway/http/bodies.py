"""The bodies of the contract as FastAPI declares them; what is sent is read by the codecs."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, RootModel

from kiosk_app.account.evidence import MAX_ISSUERS, MAX_STATE
from kiosk_app.account.login import MAX_PIN
from kiosk_app.account.members import MAX_APDUS, MAX_TEXT
from kiosk_app.account.model import Assurance, Scope

MAX_BODY: Final = 1 << 16
"""A request of more bytes is refused: EF.SOD, the largest part, has a few thousand."""

Base64Text = Annotated[str, Field(max_length=MAX_BODY, json_schema_extra={"format": "byte"})]
HexText = Annotated[str, Field(max_length=MAX_BODY, pattern="^([0-9A-Fa-f]{2})*$")]
ShortText = Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern="^[!-~]+$")]


class RequestBody(BaseModel):
    """What a kiosk sends: no other members, no other types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class DocumentFiles(RequestBody):
    """Files of an ICAO chip as read, in base64 (RFC 4648 section 4); null: the chip has none."""

    dg1: Base64Text
    sod: Base64Text
    dg14: Base64Text | None = None
    dg15: Base64Text | None = None
    card_access: Base64Text | None = None
    card_security: Base64Text | None = None


class ContactCard(RequestBody):
    """What the contact chip of an eObčanka gives to anybody; certificates are DER in base64."""

    card_number: ShortText
    document_number: ShortText
    iok_state: Annotated[int, Field(ge=0, le=MAX_STATE)]
    certificate: Base64Text
    issuers: Annotated[list[Base64Text], Field(max_length=MAX_ISSUERS)]


class DocumentLogin(RequestBody):
    """A login with the contactless chip of an ID card or a passport."""

    document: DocumentFiles


class ContactCardLogin(RequestBody):
    """A login with the contact chip of an eObčanka."""

    contact_card: ContactCard


class LoginBody(RootModel[DocumentLogin | ContactCardLogin]):
    """What the card says of its holder."""


class PaceParameters(BaseModel):
    """The PACE to begin: its object identifier's content bytes and its domain parameters."""

    oid: HexText
    parameter_id: int


class ChallengeBody(BaseModel):
    """APDUs in hexadecimal: `plain` go through the kiosk's secure messaging, `protected` do not.

    With `pace`, the steps of `/pace` come before the answer.
    """

    login_id: str
    plain: list[HexText]
    protected: list[HexText]
    pace: PaceParameters | None


class PaceNonceBody(RequestBody):
    """The nonce of the PACE that the kiosk began, decrypted with the CAN."""

    nonce: HexText


class AnswerBody(RequestBody):
    """The card's response APDUs in hexadecimal, in the order of the challenge."""

    responses: Annotated[list[HexText], Field(max_length=MAX_APDUS)]


class PaceBody(RootModel[PaceNonceBody | AnswerBody]):
    """One step: the nonce first, then the chip's responses to the commands of the step before."""


class PaceCommandsBody(BaseModel):
    """Command APDUs for the chip; none: the login waits for its answer."""

    commands: list[HexText]


class TokenBody(BaseModel):
    """A session: its bearer token is good only with the client certificate it was made for."""

    token: str
    expires_at: datetime
    assurance: Assurance
    scopes: list[Scope]


class PinBody(RequestBody):
    """The digits that somebody typed."""

    pin: Annotated[str, Field(min_length=1, max_length=MAX_PIN, pattern="^[0-9]+$")]


class DeviceLoginBody(BaseModel):
    """What a kiosk shows: the code, the address to type it at, and the one for the QR."""

    id: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_at: datetime
    interval: int


class AliveBody(BaseModel):
    """The gateway is there; `phone` tells whether one may sign in by telephone here."""

    phone: bool


class WaitingBody(BaseModel):
    """Nobody has confirmed yet; so many seconds until the next question."""

    interval: int
