"""How a chip speaks, beside what was written into it: its PACE variants, BAC, tries, lengths."""

from dataclasses import dataclass
from enum import Enum

from tests.fakes.virtual_card.cryptography_of_chip import tlv

_PACE = bytes.fromhex("04007F0007020204")
_LAST_ARC = {112: 1, 128: 2, 192: 3, 256: 4}


class Mapping(Enum):
    """The arc of PACE over ECDH in the object identifier (ICAO Doc 9303 part 11 section 9.2.3)."""

    GENERIC = 2
    INTEGRATED = 4
    CHIP_AUTHENTICATION = 6


@dataclass(frozen=True)
class Offer:
    """One variant of PACE that a chip offers.

    Attributes:
        parameter_id: its curve, by the number of the standardised domain parameters.
        bits: its cipher; chip authentication mapping has no 3DES.
    """

    mapping: Mapping = Mapping.GENERIC
    parameter_id: int = 12
    bits: int = 128

    @property
    def oid(self) -> bytes:
        """The content bytes of the object identifier."""
        return _PACE + bytes((self.mapping.value, _LAST_ARC[self.bits]))

    def info(self) -> bytes:
        """Encode the PACEInfo."""
        numbers = b"\x02\x01\x02" + tlv(0x02, bytes((self.parameter_id,)))
        return tlv(0x30, tlv(0x06, self.oid) + numbers)


def card_access(offers: tuple[Offer, ...]) -> bytes:
    """Encode EF.CardAccess."""
    return tlv(0x31, b"".join(offer.info() for offer in offers))


@dataclass(frozen=True)
class Profile:
    """How a chip speaks.

    Attributes:
        offers: its variants of PACE in the order of EF.CardAccess; none: no EF.CardAccess.
        bac: it takes basic access control too.
        tries: wrong CANs until PACE is blocked for it; None: wrong ones cost nothing.
        extended: it takes extended lengths, and says so in EF.ATR/INFO.
        block: the most bytes that it gives in one answer to READ BINARY.
    """

    offers: tuple[Offer, ...] = (Offer(),)
    bac: bool = False
    tries: int | None = None
    extended: bool = True
    block: int = 65_536

    def attributes(self) -> bytes:
        """Encode EF.ATR/INFO: card capabilities and, if extended, the longest APDUs."""
        capabilities = tlv(0x47, bytes((0x80, 0x01, 0x40 if self.extended else 0x00)))
        if not self.extended:
            return capabilities
        most = tlv(0x02, (0x0400).to_bytes(2, "big"))
        return capabilities + tlv(0x7F66, most + most)
