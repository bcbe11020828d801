"""The chip's side of PACE (ICAO Doc 9303 part 11 section 4.4) with each of the three mappings."""

from ecdsa.ellipticcurve import PointJacobi

from tests.fakes.virtual_card import mapping
from tests.fakes.virtual_card.channel import Channel
from tests.fakes.virtual_card.cryptography_of_chip import (
    CURVES,
    TRIPLE_DES,
    Chance,
    block_size,
    code,
    encipher,
    objects,
    pad,
    point_bytes,
    point_of,
    private_scalar,
    tlv,
    x_bytes,
)
from tests.fakes.virtual_card.profile import Mapping, Offer


class PaceRefusedError(Exception):
    """The terminal does not know the password, or does not follow PACE."""


class Pace:
    """One run, step by step.

    Args:
        offer: the chosen variant.
        password_key: derived from the password.
        mapping_key: the static private key of chip authentication mapping.
        chance: gives random bytes.
    """

    def __init__(self, offer: Offer, password_key: bytes, mapping_key: int, chance: Chance) -> None:
        self.channel: Channel | None = None
        self.done = False
        self._offer = offer
        self._curve = CURVES[offer.parameter_id]
        self._key = password_key
        self._mapping_key = mapping_key
        self._chance = chance
        wide = offer.mapping is Mapping.INTEGRATED
        self._nonce = chance(mapping.nonce_size(offer.bits) if wide else 16)
        self._mapping_scalar = 0
        self._generator: PointJacobi | None = None
        self._theirs = b""
        self._ours = b""

    def step(self, data: bytes) -> bytes:
        """Answer the content of one GENERAL AUTHENTICATE."""
        parts = objects(data)
        if not parts:
            return tlv(0x80, self._hidden_nonce())
        if 0x81 in parts:
            return tlv(0x82, self._map(parts[0x81]))
        if 0x83 in parts and self._generator is not None:
            return tlv(0x84, self._agree(parts[0x83], self._generator))
        if 0x85 in parts and self.channel is not None:
            return self._confirm(parts[0x85], self.channel)
        raise PaceRefusedError

    def _hidden_nonce(self) -> bytes:
        bits = self._offer.bits
        return encipher(bits, self._key, bytes(block_size(bits)), self._nonce)

    def _map(self, theirs: bytes) -> bytes:
        if self._offer.mapping is Mapping.INTEGRATED:
            self._generator = mapping.integrated(self._curve, self._offer.bits, self._nonce, theirs)
            return b""
        self._mapping_scalar = private_scalar(self._curve, self._chance)
        shared = point_of(self._curve, theirs) * self._mapping_scalar
        nonce = int.from_bytes(self._nonce, "big")
        self._generator = self._curve.generator * nonce + shared
        return point_bytes(self._curve.generator * self._mapping_scalar)

    def _agree(self, point: bytes, generator: PointJacobi) -> bytes:
        key = private_scalar(self._curve, self._chance)
        secret = x_bytes(point_of(self._curve, point) * key)
        self.channel = Channel(secret, self._offer.bits)
        self._theirs, self._ours = point, point_bytes(generator * key)
        return self._ours

    def _confirm(self, token: bytes, channel: Channel) -> bytes:
        if token != self._token(channel, self._ours):
            raise PaceRefusedError
        self.done = True
        answer = tlv(0x86, self._token(channel, self._theirs))
        if self._offer.mapping is Mapping.CHIP_AUTHENTICATION:
            answer += tlv(0x8A, self._chip_proof(channel))
        return answer

    def _token(self, channel: Channel, point: bytes) -> bytes:
        data = tlv(0x7F49, tlv(0x06, self._offer.oid) + tlv(0x86, point))
        padded = pad(data, 8) if channel.bits == TRIPLE_DES else data
        return code(channel.bits, channel.mac_key, padded)

    def _chip_proof(self, channel: Channel) -> bytes:
        """Show that the mapping's key and the static one are in the same hand."""
        order = int(self._curve.order)
        proof = pow(self._mapping_key, -1, order) * self._mapping_scalar % order
        data = pad(proof.to_bytes((order.bit_length() + 7) // 8, "big"))
        iv = encipher(channel.bits, channel.encryption_key, bytes(16), b"\xff" * 16)
        return encipher(channel.bits, channel.encryption_key, iv, data)
