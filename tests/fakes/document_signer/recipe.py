"""What a sample document shall have inside, beside its holder's data; makes nothing itself."""

from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization

from tests.fakes.document_signer import sample_keys
from tests.fakes.document_signer.certificates import PrivateKey
from tests.fakes.virtual_card.profile import Mapping, Offer


@dataclass(frozen=True)
class Recipe:
    """What a document has.

    Attributes:
        offers: the variants of PACE that DG14 (and EF.CardSecurity) repeats from EF.CardAccess.
        chip_keys: curve and cipher of each key of chip authentication; several get references.
        explicit: the curves of those keys are given in all their numbers, not by name.
        active: active authentication: "", "rsa" or "ecdsa".
        active_hash: its hash, a name of hashlib.
        active_bits: the length of its RSA key.
    """

    offers: tuple[Offer, ...] = ()
    chip_keys: tuple[tuple[int, int], ...] = ((12, 128),)
    explicit: bool = False
    active: str = ""
    active_hash: str = "sha256"
    active_bits: int = 1024

    @property
    def maps_by_chip_authentication(self) -> bool:
        """Whether the document needs EF.CardSecurity."""
        return any(offer.mapping is Mapping.CHIP_AUTHENTICATION for offer in self.offers)

    @property
    def mapping_curve(self) -> int:
        """The curve of chip authentication mapping."""
        curves = (
            offer.parameter_id
            for offer in self.offers
            if offer.mapping is Mapping.CHIP_AUTHENTICATION
        )
        return next(curves, 12)

    @property
    def announced_hash(self) -> str | None:
        """The hash that DG14 names; only ECDSA needs it."""
        return self.active_hash if self.active == "ecdsa" else None

    def active_key(self, label: str) -> PrivateKey | None:
        """Make the private key of active authentication."""
        match self.active:
            case "rsa":
                return sample_keys.rsa_key(label, self.active_bits)
            case "ecdsa":
                return sample_keys.elliptic(label)
            case _:
                return None

    @staticmethod
    def encoded(key: PrivateKey | None) -> bytes:
        """Encode it as PKCS#8, empty for none."""
        if key is None:
            return b""
        return key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
