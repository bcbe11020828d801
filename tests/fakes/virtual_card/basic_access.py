"""The chip's side of basic access control (ICAO Doc 9303 part 11 section 4.3)."""

import hashlib

from tests.fakes.virtual_card.channel import Channel
from tests.fakes.virtual_card.cryptography_of_chip import (
    TRIPLE_DES,
    Chance,
    code,
    decipher,
    derive,
    encipher,
    pad,
)

_ZERO = bytes(8)


class BasicAccess:
    """One run: a challenge, then mutual authentication.

    Args:
        mrz_information: number, birth and expiry with their check digits.
        chance: gives random bytes.
    """

    def __init__(self, mrz_information: bytes, chance: Chance) -> None:
        seed = hashlib.sha1(mrz_information, usedforsecurity=False).digest()[:16]
        self._encryption, self._mac = derive(seed, 1, TRIPLE_DES), derive(seed, 2, TRIPLE_DES)
        self._chance = chance
        self._challenge = b""

    def challenge(self) -> bytes:
        """Answer GET CHALLENGE."""
        self._challenge = self._chance(8)
        return self._challenge

    def authenticate(self, data: bytes) -> tuple[bytes, Channel] | None:
        """Answer EXTERNAL AUTHENTICATE and give the channel; None: the keys are other ones."""
        hidden, found = data[:32], data[32:]
        if len(data) != 40 or not self._challenge or found != self._code(hidden):
            return None
        plain = decipher(TRIPLE_DES, self._encryption, _ZERO, hidden)
        theirs, ours, their_key = plain[:8], plain[8:16], plain[16:]
        if ours != self._challenge:
            return None
        our_key = self._chance(16)
        answer = encipher(TRIPLE_DES, self._encryption, _ZERO, ours + theirs + our_key)
        secret = bytes(a ^ b for a, b in zip(their_key, our_key, strict=True))
        counter = int.from_bytes(ours[4:] + theirs[4:], "big")
        self._challenge = b""
        return answer + self._code(answer), Channel(secret, TRIPLE_DES, counter)

    def _code(self, data: bytes) -> bytes:
        return code(TRIPLE_DES, self._mac, pad(data, 8))
