"""Signature algorithms and public keys by their identifiers."""

from typing import Any

import ecdsa
import pytest
from asn1crypto import algos
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk_app.cards import tlv
from kiosk_app.gateway.evidence import der
from kiosk_app.gateway.evidence.algorithms import (
    SignatureAlgorithm,
    accepted_hash,
    check_signature,
    signature_algorithm,
)
from kiosk_app.gateway.evidence.public_keys import read_public_key
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

SHA256 = hashes.SHA256()
EC, RSA = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)


def identifier(name: str, parameters: dict[str, Any] | None = None) -> bytes:
    given = {"algorithm": name} | ({"parameters": parameters} if parameters else {})
    return bytes(algos.SignedDigestAlgorithm(given).dump())


def refusal(data: bytes, *, sha1: bool = False) -> RefusalReason:
    with pytest.raises(EvidenceRefused) as caught:
        signature_algorithm(data, SHA256, sha1=sha1)
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        *[("sha256_rsa", "sha256"), ("sha512_rsa", "sha512"), ("sha224_rsa", "sha224")],
        *[("sha256_ecdsa", "sha256"), ("sha384_ecdsa", "sha384"), ("rsassa_pkcs1v15", "sha256")],
    ],
)
def test_names_and_their_hashes(name: str, digest: str) -> None:
    assert signature_algorithm(identifier(name), SHA256, sha1=False).hash.name == digest


@pytest.mark.parametrize("name", ["md5_rsa", "ed25519", "sha256_dsa"])
def test_unknown_algorithms(name: str) -> None:
    assert refusal(identifier(name)) is RefusalReason.UNSUPPORTED


def test_pss_that_says_nothing_is_sha1_with_a_salt_of_20() -> None:
    bare = tlv.encode(0x30, tlv.encode(6, bytes.fromhex("2A864886F70D01010A")) + b"\x30\x00")
    assert refusal(bare) is RefusalReason.UNSUPPORTED
    found = signature_algorithm(bare, SHA256, sha1=True)
    assert isinstance(found.scheme, padding.PSS)
    assert (found.hash.name, found.scheme._salt_length) == ("sha1", 20)


def pss(salt: int, mask: str = "mgf1") -> dict[str, Any]:
    of_mask = {"algorithm": mask, "parameters": {"algorithm": "sha256"}}
    return {
        "hash_algorithm": {"algorithm": "sha256"},
        "mask_gen_algorithm": of_mask,
        "salt_length": salt,
    }


def test_pss_with_a_huge_salt() -> None:
    assert refusal(identifier("rsassa_pss", pss(513))) is RefusalReason.UNSUPPORTED


def test_pss_with_another_mask() -> None:
    right = identifier("rsassa_pss", pss(32))
    mgf1 = bytes.fromhex("2A864886F70D010108")
    assert mgf1 in right
    assert refusal(right.replace(mgf1, mgf1[:-1] + b"\x09")) is RefusalReason.UNSUPPORTED


@pytest.mark.parametrize("unknown", [None, hashes.MD5(), hashes.SHA3_256()])  # noqa: S303 - refused
def test_hashes_that_are_not_accepted(unknown: hashes.HashAlgorithm | None) -> None:
    with pytest.raises(EvidenceRefused):
        accepted_hash(unknown, sha1=True)


@pytest.mark.parametrize(
    ("key", "scheme"),
    [
        (EC.public_key(), padding.PKCS1v15()),
        (RSA.public_key(), ec.ECDSA(SHA256)),
        (rsa.generate_private_key(65537, 1024).public_key(), padding.PKCS1v15()),  # noqa: S505 - refused
        (ec.generate_private_key(ec.SECP192R1()).public_key(), ec.ECDSA(SHA256)),
    ],
)
def test_a_key_of_another_kind(key: Any, scheme: Any) -> None:  # noqa: ANN401 - any pair
    with pytest.raises(EvidenceRefused) as caught:
        check_signature(key, SignatureAlgorithm(scheme, SHA256), b"", b"")
    assert caught.value.reason is RefusalReason.UNSUPPORTED


def spki(key: Any) -> bytes:  # noqa: ANN401 - any public key
    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def test_public_keys_are_read() -> None:
    for key in (EC.public_key(), RSA.public_key()):
        assert read_public_key(spki(key)) == key


@pytest.mark.parametrize(
    "key",
    [
        ed25519.Ed25519PrivateKey.generate().public_key(),
        dsa.generate_private_key(2048).public_key(),
    ],
)
def test_public_keys_of_other_kinds(key: Any) -> None:  # noqa: ANN401 - any public key
    with pytest.raises(EvidenceRefused) as caught:
        read_public_key(spki(key))
    assert caught.value.reason is RefusalReason.UNSUPPORTED


def test_an_rsa_key_of_absurd_length() -> None:
    numbers = rsa.RSAPublicNumbers(65537, (1 << 8199) + 1)
    with pytest.raises(EvidenceRefused) as caught:
        read_public_key(spki(numbers.public_key()))
    assert caught.value.reason is RefusalReason.UNSUPPORTED


@pytest.mark.parametrize(("bits", "taken"), [(64, True), (65, False), (2047, False)])
def test_an_rsa_exponent_that_only_costs_time(bits: int, taken: bool) -> None:  # noqa: FBT001 - a column of the table
    numbers = rsa.RSAPublicNumbers((1 << bits - 1) + 1, RSA.public_key().public_numbers().n)
    if taken:
        read_public_key(spki(numbers.public_key()))
        return
    with pytest.raises(EvidenceRefused) as caught:
        read_public_key(spki(numbers.public_key()))
    assert caught.value.reason is RefusalReason.UNSUPPORTED


def test_a_key_off_its_curve() -> None:
    data = spki(EC.public_key())
    with pytest.raises(EvidenceRefused) as caught:
        read_public_key(data[:-64] + bytes(64))
    assert caught.value.reason is RefusalReason.MALFORMED


def test_a_key_off_a_curve_written_out_in_full() -> None:
    raw = ecdsa.SigningKey.generate(ecdsa.NIST256p).get_verifying_key()
    data = raw.to_der(curve_parameters_encoding="explicit")
    read_public_key(data)
    with pytest.raises(EvidenceRefused) as caught:
        read_public_key(data[:-64] + bytes(64))
    assert caught.value.reason is RefusalReason.MALFORMED


def test_a_key_of_an_unknown_curve() -> None:
    data = spki(EC.public_key())
    oid = bytes.fromhex("2A8648CE3D030107")
    with pytest.raises(EvidenceRefused) as caught:
        read_public_key(data.replace(oid, oid[:-1] + b"\x77"))
    assert caught.value.reason is RefusalReason.UNSUPPORTED


@pytest.mark.parametrize("data", [b"", b"\x30\x00", b"\x30\x03\x02\x01\x01"])
def test_what_is_no_key(data: bytes) -> None:
    with pytest.raises(der.DerError):
        read_public_key(data)
