"""An ICAO chip: access by PACE or BAC, files in a protected channel, proofs that it is no copy."""

import secrets

from tests.fakes.virtual_card import active_authentication, command
from tests.fakes.virtual_card.basic_access import BasicAccess
from tests.fakes.virtual_card.channel import BadCommandError, Channel
from tests.fakes.virtual_card.chip_authentication import ChipAuthentication
from tests.fakes.virtual_card.command import Command, WrongLengthError
from tests.fakes.virtual_card.cryptography_of_chip import Chance, objects, tlv
from tests.fakes.virtual_card.document import Document
from tests.fakes.virtual_card.files import Files
from tests.fakes.virtual_card.pace import Pace, PaceRefusedError
from tests.fakes.virtual_card.passwords import Passwords
from tests.fakes.virtual_card.profile import Offer, Profile, card_access

_CONTACTLESS = bytes.fromhex("3B888001000000000000000009")
_SHORT_ANSWER = 256
_OK, _WRONG_LENGTH, _BAD_PROTECTION = 0x9000, 0x6700, 0x6988
_BAD_DATA, _NOT_FOUND, _NOT_NOW = 0x6A80, 0x6A88, 0x6985
_PACE, _CHIP_AUTHENTICATION, _KEY_AGREEMENT = b"\xc1\xa4", b"\x41\xa4", b"\x41\xa6"


class Chip:
    """One chip.

    Args:
        document: what was written into it.
        parameter_id: the curve of its PACE, if the profile does not say.
        bits: the cipher of its PACE, if the profile does not say.
        profile: how it speaks.
        chance: gives random bytes.
    """

    atr = _CONTACTLESS

    def __init__(
        self,
        document: Document,
        parameter_id: int = 12,
        bits: int = 128,
        *,
        profile: Profile | None = None,
        chance: Chance = secrets.token_bytes,
    ) -> None:
        self.document = document
        self.profile = profile or Profile((Offer(parameter_id=parameter_id, bits=bits),))
        self._chance = chance
        self._passwords = Passwords(document, self.profile.tries)
        self.reset()

    def draw_from(self, chance: Chance) -> None:
        """Take random bytes from somewhere else, and forget every session."""
        self._chance = chance
        self.reset()

    def reset(self) -> None:
        """Forget every session; the count of wrong CANs stays."""
        self._files = Files(self.document, self.profile, self.card_access())
        self._channel: Channel | None = None
        self._next_channel: Channel | None = None
        self._pace: Pace | None = None
        self._password = 0
        self._basic_access = BasicAccess(self.document.mrz_information(), self._chance)
        self._chip_authentication = ChipAuthentication(self.document.chip_keys)
        self._waiting = b""

    def card_access(self) -> bytes:
        """Give EF.CardAccess; empty when there is none."""
        return card_access(self.profile.offers) if self.profile.offers else b""

    def answer(self, raw: bytes) -> bytes | None:
        """Answer one APDU."""
        try:
            parsed = command.parse(raw)
        except WrongLengthError:
            return _WRONG_LENGTH.to_bytes(2, "big")
        if parsed.extended and not self.profile.extended:
            return _WRONG_LENGTH.to_bytes(2, "big")
        if parsed.header[1] == 0xC0:
            return self._give(self._waiting, parsed)
        if parsed.header[0] & 0x0C:
            return self._give(self._answer_protected(raw), parsed)
        return self._give(self._answer_plain(parsed), parsed)

    def _give(self, answer: bytes, asked: Command) -> bytes:
        """Give what a short answer can hold; the terminal fetches the rest by GET RESPONSE."""
        data, status = answer[:-2], answer[-2:]
        self._waiting = b""
        if not status:
            return _NOT_NOW.to_bytes(2, "big")
        if asked.extended or len(data) <= _SHORT_ANSWER:
            return answer
        self._waiting = data[_SHORT_ANSWER:] + status
        rest = len(data) - _SHORT_ANSWER
        return data[:_SHORT_ANSWER] + bytes((0x61, rest if rest < _SHORT_ANSWER else 0))

    def _answer_plain(self, parsed: Command) -> bytes:
        self._channel = None
        data, status = self._carry_out(parsed.header, parsed.data, parsed.le)
        self._change_channel()
        return data + status.to_bytes(2, "big")

    def _answer_protected(self, raw: bytes) -> bytes:
        if self._channel is None:
            return _BAD_PROTECTION.to_bytes(2, "big")
        try:
            header, data, le = self._channel.open(raw)
        except (BadCommandError, ValueError, IndexError):
            self._channel = None
            return _BAD_PROTECTION.to_bytes(2, "big")
        answer = self._channel.protect(*self._carry_out(header, data, le))
        self._change_channel()
        return answer

    def _change_channel(self) -> None:
        if self._next_channel is not None:
            self._channel, self._next_channel = self._next_channel, None

    def _carry_out(  # noqa: PLR0911 - one line for each instruction
        self, header: bytes, data: bytes, le: int
    ) -> tuple[bytes, int]:
        match header[1]:
            case 0xA4:
                return b"", self._select(header, data)
            case 0xB0:
                return self._read(int.from_bytes(header[2:], "big"), le)
            case 0x22:
                return b"", self._set_protocol(header, data)
            case 0x86:
                return self._authenticate(data)
            case 0x84 if self.profile.bac:
                return self._basic_access.challenge(), _OK
            case 0x82 if self.profile.bac:
                return self._open_by_basic_access(data)
            case 0x88 if self.document.active_key:
                return self._sign(data)
            case _:
                return b"", 0x6D00

    def _select(self, header: bytes, data: bytes) -> int:
        return self._files.select(header, data, opened=self._channel is not None)

    def _read(self, place: int, le: int) -> tuple[bytes, int]:
        return self._files.read(place, le, opened=self._channel is not None)

    def _set_protocol(self, header: bytes, data: bytes) -> int:
        try:
            parts = objects(data)
        except IndexError:
            return _BAD_DATA
        if header[2:] == _PACE:
            return self._begin_pace(parts)
        if self._channel is None:
            return _NOT_NOW
        if header[2:] == _CHIP_AUTHENTICATION:
            return self._chip_authentication.choose(parts)
        if header[2:] == _KEY_AGREEMENT:
            status, self._next_channel = self._chip_authentication.agree_at_once(parts)
            return status
        return 0x6A86

    def _begin_pace(self, parts: dict[int, bytes]) -> int:
        offers = [offer for offer in self.profile.offers if offer.oid == parts.get(0x80)]
        if 0x84 in parts:
            offers = [o for o in offers if bytes((o.parameter_id,)) == parts[0x84]]
        reference = int.from_bytes(parts.get(0x83, b""), "big")
        if not offers or (len(offers) > 1 and 0x84 not in parts):
            return _BAD_DATA
        if not self._passwords.known(reference):
            return _NOT_FOUND
        status = self._passwords.offered(reference)
        self._password, self._pace = reference, None
        if status != 0x6983:
            key = self._passwords.key(reference, offers[0].bits)
            self._pace = Pace(offers[0], key, self.document.mapping_key, self._chance)
        return status

    def _authenticate(self, data: bytes) -> tuple[bytes, int]:
        try:
            content = objects(data)[0x7C]
            if self._pace is not None:
                return self._step(self._pace, content)
            return self._prove(objects(content)[0x80])
        except (ValueError, KeyError, IndexError):
            return b"", _BAD_DATA

    def _prove(self, point: bytes) -> tuple[bytes, int]:
        status, self._next_channel = self._chip_authentication.agree(point)
        return (tlv(0x7C, b"") if status == _OK else b""), status

    def _step(self, pace: Pace, content: bytes) -> tuple[bytes, int]:
        try:
            answer = pace.step(content)
        except PaceRefusedError:
            self._pace = None
            return b"", self._passwords.wrong(self._password)
        if pace.done:
            self._passwords.right(self._password)
            self._next_channel, self._pace = pace.channel, None
            self._files.deselect()
        return tlv(0x7C, answer), _OK

    def _open_by_basic_access(self, data: bytes) -> tuple[bytes, int]:
        opened = self._basic_access.authenticate(data)
        if opened is None:
            return b"", 0x6300
        answer, self._next_channel = opened
        return answer, _OK

    def _sign(self, data: bytes) -> tuple[bytes, int]:
        if self._channel is None or not self._files.in_application:
            return b"", 0x6982
        if len(data) != 8:
            return b"", _WRONG_LENGTH
        return active_authentication.sign(self.document, data, self._chance), _OK
