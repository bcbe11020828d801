"""Copies of chips: all that a reader can see, without the keys that it cannot."""

from dataclasses import replace

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.fakes.document_signer import Recipe, sample_keys
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.document import Document


def cloned(document: Document) -> Chip:
    """Copy everything that can be read, without the keys that cannot."""
    return Chip(_copied(document))


def cloned_chip(chip: Chip) -> Chip:
    """Copy a chip with the way it speaks."""
    return Chip(_copied(chip.document), profile=chip.profile)


def _copied(document: Document) -> Document:
    """Give every private key another value; the public ones stay as they were read."""
    own = replace(document, chip_key=document.chip_key ^ 0xFF if document.chip_key else 0)
    further = tuple(replace(key, private=key.private ^ 0xFF) for key in document.further_keys)
    return replace(
        own,
        further_keys=further,
        mapping_key=document.mapping_key ^ 0xFF,
        active_key=_other_key(document.active_key),
    )


def _other_key(encoded: bytes) -> bytes:
    if not encoded:
        return b""
    key = serialization.load_der_private_key(encoded, None)
    if isinstance(key, rsa.RSAPrivateKey):
        return Recipe.encoded(sample_keys.rsa_key("copy", key.key_size))
    return Recipe.encoded(sample_keys.elliptic("copy"))
