"""A chip whose PACE is done: it only proves itself, and as fast as OpenSSL reckons; no reader.

The bench of the gateway loads the gateway, so what a card and its kiosk reckon is kept small.
"""

from cryptography.hazmat.primitives.asymmetric import ec

from kiosk_app.account.evidence import DocumentEvidence
from kiosk_app.account.login import LoginChallenge
from tests.fakes.virtual_card.channel import Channel
from tests.fakes.virtual_card.cryptography_of_chip import OPENSSL_CURVES, objects
from tests.fakes.virtual_card.document import Document

_OK = b"\x90\x00"
_DATA = 5
"""Where the data of a short command APDU begin."""


class ReadyChip:
    """One document's chip, its evidence, and its answers to a gateway's challenge."""

    def __init__(self, document: Document) -> None:
        """Prepare the key of chip authentication."""
        self._document = document
        self._curve = OPENSSL_CURVES[document.chip_curve]
        self._private = ec.derive_private_key(document.chip_key, self._curve)

    @property
    def evidence(self) -> DocumentEvidence:
        """What a kiosk reads of it."""
        return DocumentEvidence(self._document.dg1, self._document.sod, self._document.dg14)

    def answer(self, challenge: LoginChallenge) -> list[bytes]:
        """The answers to MSE:Set AT, GENERAL AUTHENTICATE and the protected read of DG1."""
        _choose, agree = challenge.plain
        point = objects(objects(agree[_DATA : _DATA + agree[_DATA - 1]])[0x7C])[0x80]
        public = ec.EllipticCurvePublicKey.from_encoded_point(self._curve, point)
        secret = self._private.exchange(ec.ECDH(), public)
        channel = Channel(secret, self._document.chip_bits)
        (read,) = challenge.protected
        _header, _data, le = channel.open(read)
        proof = channel.protect(self._document.dg1[:le], 0x9000)
        return [_OK, b"\x7c\x00" + _OK, proof]
