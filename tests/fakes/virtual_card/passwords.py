"""What opens a chip: CAN and machine readable zone, and how often the CAN may be wrong."""

import hashlib

from tests.fakes.virtual_card.cryptography_of_chip import derive
from tests.fakes.virtual_card.document import Document

MRZ, CAN = 1, 2
_COUNTED, _BLOCKED, _WRONG, _OK = 0x63C0, 0x6983, 0x6300, 0x9000
_PACE_KEY = 3


class Passwords:
    """The passwords of one chip; the count of wrong CANs outlives a reset.

    Args:
        tries: how many wrong CANs block it; None: it is never blocked.
    """

    def __init__(self, document: Document, tries: int | None) -> None:
        self._document = document
        self._tries = self._left = tries

    def known(self, reference: int) -> bool:
        """Tell whether the chip has such a password."""
        return reference in {MRZ, CAN}

    def key(self, reference: int, bits: int) -> bytes:
        """Derive the key that hides the nonce of PACE."""
        if reference == MRZ:
            secret = hashlib.sha1(self._document.mrz_information(), usedforsecurity=False).digest()
        else:
            secret = self._document.can.encode("ascii")
        return derive(secret, _PACE_KEY, bits)

    def offered(self, reference: int) -> int:
        """Give the status word of MSE:Set AT, which tells of wrong ones before."""
        if reference != CAN or self._left is None or self._left == self._tries:
            return _OK
        return _COUNTED | self._left if self._left else _BLOCKED

    def wrong(self, reference: int) -> int:
        """Count a wrong one; give the status word."""
        if reference != CAN or self._left is None:
            return _WRONG
        self._left = max(0, self._left - 1)
        return _COUNTED | self._left

    def right(self, reference: int) -> None:
        """Forget the wrong ones."""
        if reference == CAN:
            self._left = self._tries
