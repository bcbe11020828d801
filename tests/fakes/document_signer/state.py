"""A sample state: its authority, its document signer, and what they issue and revoke."""

import copy
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from tests.fakes.document_signer import data_groups, sample_keys
from tests.fakes.document_signer.certificates import (
    PrivateKey,
    certificate,
    revocation_list,
    sign,
)
from tests.fakes.document_signer.people import Person, data_group_1
from tests.fakes.document_signer.recipe import Recipe
from tests.fakes.document_signer.signed_data import (
    CARD_SECURITY,
    LDS_SECURITY_OBJECT,
    MASTER_LIST,
    certificate_list,
    security_object,
    signed_data,
)
from tests.fakes.virtual_card.cryptography_of_chip import CURVES, tlv
from tests.fakes.virtual_card.document import ChipKey, Document

NAME = "VZOR CSCA"
_PSS = {
    "hash_algorithm": {"algorithm": "sha256"},
    "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": "sha256"}},
    "salt_length": 32,
}
_ALGORITHMS: dict[str, dict[str, object]] = {
    "ecdsa": {"algorithm": "sha256_ecdsa"},
    "ecdsa-brainpool": {"algorithm": "sha256_ecdsa"},
    "rsa": {"algorithm": "sha256_rsa"},
    "rsa-pss": {"algorithm": "rsassa_pss", "parameters": _PSS},
}
_SEED_FILE, _CSCA_FILE, _CRL_FILE = "sample-state.txt", "csca.pem", "revoked.crl"


def _key(label: str, scheme: str, curve: int) -> PrivateKey:
    if scheme.startswith("rsa"):
        return sample_keys.rsa_key(label)
    return sample_keys.elliptic(label, 13 if scheme == "ecdsa-brainpool" else curve)


def _groups(
    person: Person, recipe: Recipe, keys: tuple[ChipKey, ...], active: PrivateKey | None
) -> dict[int, bytes]:
    groups = {1: data_group_1(person)}
    named = recipe.announced_hash
    if infos := data_groups.announced(recipe.offers, keys, named, explicit=recipe.explicit):
        groups[14] = data_groups.group_14(infos)
    if active is not None:
        groups[15] = data_groups.data_group_15(active.public_key())
    return groups


def _with_chip_keys(document: Document, keys: tuple[ChipKey, ...]) -> Document:
    if not keys:
        return document
    first, further = keys[0], keys[1:]
    return replace(
        document,
        chip_key=first.private,
        chip_curve=first.curve,
        chip_bits=first.bits,
        chip_key_id=first.key_id,
        further_keys=further,
    )


@dataclass
class SampleState:
    """A state with one CSCA and one document signer.

    Args:
        scheme: how the signer signs: "ecdsa" (P-256), "ecdsa-brainpool", "rsa" (PKCS#1 v1.5) or
            "rsa-pss".
        authority: how the CSCA signs, the same words; "ecdsa" is P-384.
        seed: the same seed gives the same keys and, but for PSS, the same bytes everywhere.

    Attributes:
        csca: the certificate of the authority.
        signer: the certificate of the document signer.
    """

    scheme: str = "ecdsa"
    authority: str = "ecdsa"
    seed: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    name: str = NAME
    _csca_key: PrivateKey = field(init=False, repr=False)
    _signer_key: PrivateKey = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._csca_key = _key(f"{self.seed}/csca", self.authority, 15)
        self.csca = self._certify(self.name, self._csca_key, authority=True)
        self._name_signer("signer")

    def _name_signer(self, label: str) -> None:
        self._signer_key = _key(f"{self.seed}/{label}", self.scheme, 12)
        self.signer = self._certify("VZOR Document Signer", self._signer_key, authority=False)

    def _certify(self, subject: str, key: PrivateKey, *, authority: bool) -> x509.Certificate:
        return certificate(
            *(subject, key, self.name, self._csca_key),
            authority=authority,
            pss=self.authority == "rsa-pss",
        )

    def with_signer(self, label: str) -> "SampleState":
        """Give the same state with another document signer."""
        other = copy.copy(self)
        other._name_signer(label)
        return other

    def with_revoked_signer(self) -> "SampleState":
        """Give the state with the document signer that ``save`` puts on its revocation list."""
        return self.with_signer("revoked")

    def renewed(self) -> tuple["SampleState", x509.Certificate]:
        """Give the state with its next authority, and the link certificate the old one signed."""
        after = replace(self, seed=f"{self.seed}/renewed")
        return after, self._certify(self.name, after._csca_key, authority=True)

    def revocation_list(self, *revoked: x509.Certificate) -> x509.CertificateRevocationList:
        """Revoke document signers."""
        return revocation_list(self.name, self._csca_key, revoked, pss=self.authority == "rsa-pss")

    def issue(self, person: Person, recipe: Recipe | None = None) -> Document:
        """Make the content of a card."""
        recipe = recipe or Recipe()
        keys = self._chip_keys(person, recipe)
        active = recipe.active_key(f"{self.seed}/{person.number}/active")
        mapping = self._scalar(person, "mapping", recipe.mapping_curve)
        groups = _groups(person, recipe, keys, active)
        written = Document(person.can, groups[1], groups.get(14, b""), self.sign(groups), 0, 0)
        return replace(
            _with_chip_keys(written, keys),
            dg15=groups.get(15, b""),
            active_key=recipe.encoded(active),
            active_hash=recipe.active_hash,
            card_security=self._card_security(recipe, ChipKey(mapping, recipe.mapping_curve)),
            mapping_key=mapping,
        )

    def _scalar(self, person: Person, use: str, curve: int) -> int:
        return sample_keys.scalar(f"{self.seed}/{person.number}/{use}", CURVES[curve])

    def _chip_keys(self, person: Person, recipe: Recipe) -> tuple[ChipKey, ...]:
        several = len(recipe.chip_keys) > 1
        return tuple(
            ChipKey(
                self._scalar(person, f"chip{number}", curve),
                curve,
                bits,
                number if several else None,
            )
            for number, (curve, bits) in enumerate(recipe.chip_keys, 1)
        )

    def _card_security(self, recipe: Recipe, key: ChipKey) -> bytes:
        if not recipe.maps_by_chip_authentication:
            return b""
        infos = (*(offer.info() for offer in recipe.offers), data_groups.key_info(key))
        return self._signed(data_groups.security_infos(infos), CARD_SECURITY)

    def sign(self, groups: dict[int, bytes]) -> bytes:
        """Make an EF.SOD over data groups."""
        return tlv(0x77, self._signed(security_object(groups), LDS_SECURITY_OBJECT))

    def master_list(self, certificates: Sequence[x509.Certificate]) -> bytes:
        """Make an ICAO master list, signed by a key that this state's CSCA allows to do so."""
        key = _key(f"{self.seed}/master-list", self.scheme, 12)
        signer = certificate(
            *("VZOR Master List Signer", key, self.name, self._csca_key),
            authority=False,
            pss=self.authority == "rsa-pss",
            master_list=True,
        )
        return signed_data(
            certificate_list(certificates),
            MASTER_LIST,
            (signer, self.csca),
            lambda data: sign(key, data, pss=self.scheme == "rsa-pss"),
            self._algorithm(),
        )

    def _signed(self, content: bytes, kind: str) -> bytes:
        return signed_data(content, kind, (self.signer,), self._sign, self._algorithm())

    def _algorithm(self) -> dict[str, object]:
        return _ALGORITHMS[self.scheme]

    def _sign(self, data: bytes) -> bytes:
        return sign(self._signer_key, data, pss=self.scheme == "rsa-pss")

    def save(self, directory: Path) -> None:
        """Write csca.pem and revoked.crl, and the seed from which ``load`` makes the same state."""
        directory.mkdir(parents=True, exist_ok=True)
        pem = self.csca.public_bytes(serialization.Encoding.PEM)
        (directory / _CSCA_FILE).write_bytes(pem)
        revoked = self.revocation_list(self.with_revoked_signer().signer)
        (directory / _CRL_FILE).write_bytes(revoked.public_bytes(serialization.Encoding.PEM))
        (directory / _SEED_FILE).write_text(self.seed, encoding="ascii")

    @classmethod
    def load(cls, directory: Path) -> "SampleState":
        """Make the state that was saved."""
        return cls(seed=(directory / _SEED_FILE).read_text(encoding="ascii"))
