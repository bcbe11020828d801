"""What was written into a sample card when it was made; knows no command."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChipKey:
    """A private key of chip authentication.

    Attributes:
        private: the scalar.
        curve: by the number of the standardised domain parameters.
        bits: the cipher of the channel that it opens.
        key_id: its reference where a chip has several.
    """

    private: int
    curve: int = 12
    bits: int = 128
    key_id: int | None = None


@dataclass(frozen=True)
class Document:
    """The content of a card; an empty file is one that the card does not have.

    Attributes:
        can: the number printed on the card.
        chip_key: the private scalar of chip authentication.
        chip_curve: its curve, by the number of the standardised domain parameters.
        chip_bits: the cipher of the channel that it opens.
        chip_key_id: its reference where there are several.
        further_keys: the other keys of chip authentication.
        dg15: the public key of active authentication.
        active_key: its private key, PKCS#8 in DER.
        active_hash: the hash of its signatures, a name of hashlib.
        card_security: the signed EF.CardSecurity of chip authentication mapping.
        mapping_key: the private key that EF.CardSecurity names; its curve is that of the PACE.
    """

    can: str
    dg1: bytes
    dg14: bytes
    sod: bytes
    chip_key: int
    chip_curve: int
    chip_bits: int = 128
    chip_key_id: int | None = None
    further_keys: tuple[ChipKey, ...] = ()
    dg15: bytes = b""
    active_key: bytes = b""
    active_hash: str = "sha256"
    card_security: bytes = b""
    mapping_key: int = 0

    @property
    def chip_keys(self) -> tuple[ChipKey, ...]:
        """All keys of chip authentication."""
        own = ChipKey(self.chip_key, self.chip_curve, self.chip_bits, self.chip_key_id)
        return ((own,) if self.chip_key else ()) + self.further_keys

    @property
    def zone(self) -> str:
        """The machine readable zone of DG1, its lines joined."""
        return self.dg1[5:].decode("ascii")

    def mrz_information(self) -> bytes:
        """Give number, birth and expiry with their check digits (section 9.7.2)."""
        zone = self.zone
        if len(zone) == 90:
            number = zone[5:15]
            if zone[14] == "<":  # the number goes on in the optional data
                rest = zone[15:30].split("<", 1)[0]
                number = zone[5:14] + rest
            return (number + zone[30:37] + zone[38:45]).encode("ascii")
        second = zone[len(zone) // 2 :]
        return (second[:10] + second[13:20] + second[21:28]).encode("ascii")
