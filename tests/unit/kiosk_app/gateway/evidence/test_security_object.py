"""EF.SOD in the forms it must not have, and in the lawful ones that are rarer."""

from collections.abc import Callable
from typing import Any

import pytest
from asn1crypto import algos, cms, core
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa

from kiosk_app.cards import tlv
from kiosk_app.gateway.evidence.security_object import open_security_object
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason
from tests.fakes.document_signer import JANA, SampleState, _certificate
from tests.fakes.document_signer.signed_data import _loaded
from tests.unit.kiosk_app.gateway.evidence.authorities import Maker

ECDSA, RSA, PSS = SampleState(), SampleState("rsa"), SampleState("rsa-pss")
Change = Callable[[Any], None]


def altered(state: SampleState, change: Change) -> bytes:
    """Take a right EF.SOD apart, change its signed data and put it together again."""
    info = cms.ContentInfo.load(tlv.value_of(state.issue(JANA).sod, 0x77))
    change(info["content"])
    return tlv.encode(0x77, info.dump(force=True))


def refusal(sod: bytes) -> RefusalReason:
    with pytest.raises(EvidenceRefused) as caught:
        open_security_object(sod)
    return caught.value.reason


def no_signer(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
    signed["signer_infos"] = cms.SignerInfos([])


def two_signers(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
    signed["signer_infos"].append(signed["signer_infos"][0].copy())


def no_certificate(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
    signed["certificates"] = cms.CertificateSet([])


def other_content(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
    signed["encap_content_info"]["content_type"] = "1.2.3.4"


def no_attributes(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
    signed["signer_infos"][0]["signed_attrs"] = cms.CMSAttributes([])


def doubled_attribute(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
    attributes = signed["signer_infos"][0]["signed_attrs"]
    attributes.append(attributes[0].copy())


def attribute_of_other_content(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
    signed["signer_infos"][0]["signed_attrs"][0]["values"] = ["1.2.3.4"]


def unknown_version(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
    signed["version"] = 9


@pytest.mark.parametrize(
    "change",
    [
        unknown_version,
        no_signer,
        two_signers,
        no_certificate,
        other_content,
        no_attributes,
        doubled_attribute,
        attribute_of_other_content,
    ],
)
def test_a_malformed_structure(change: Change) -> None:
    assert refusal(altered(ECDSA, change)) is RefusalReason.MALFORMED


def test_content_that_is_no_signed_data() -> None:
    info = cms.ContentInfo({"content_type": "data", "content": core.OctetString(b"x")})
    assert refusal(tlv.encode(0x77, info.dump())) is RefusalReason.MALFORMED


def algorithm(part: str, value: dict[str, Any]) -> Change:
    def change(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
        signed["signer_infos"][0][part] = value

    return change


@pytest.mark.parametrize(
    ("state", "part", "name"),
    [
        (ECDSA, "digest_algorithm", "sha1"),
        (ECDSA, "signature_algorithm", "sha1_ecdsa"),
        (ECDSA, "signature_algorithm", "sha256_rsa"),
        (RSA, "signature_algorithm", "sha1_rsa"),
        (RSA, "signature_algorithm", "sha256_ecdsa"),
    ],
)
def test_an_algorithm_that_is_not_accepted(state: SampleState, part: str, name: str) -> None:
    changed = altered(state, algorithm(part, {"algorithm": name}))
    assert refusal(changed) is RefusalReason.UNSUPPORTED


def test_a_mask_that_is_not_accepted() -> None:
    parameters = algos.RSASSAPSSParams(
        {"mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": "sha1"}}}
    )
    value = {"algorithm": "rsassa_pss", "parameters": parameters}
    assert refusal(altered(PSS, algorithm("signature_algorithm", value))) is (
        RefusalReason.UNSUPPORTED
    )


def test_an_rsa_key_that_is_too_short() -> None:
    state = SampleState("rsa")
    state._signer_key = rsa.generate_private_key(65537, 1024)  # noqa: S505 - the attack
    name = "VZOR CSCA"
    state.signer = _certificate("VZOR", state._signer_key, name, state._csca_key, authority=False)
    assert refusal(state.issue(JANA).sod) is RefusalReason.UNSUPPORTED


def test_a_key_of_an_unknown_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """No library makes such a certificate for us, so its answer is put in its place."""

    def unknown(_data: bytes) -> x509.Certificate:
        raise UnsupportedAlgorithm("an unknown curve")

    monkeypatch.setattr(x509, "load_der_x509_certificate", unknown)
    assert refusal(ECDSA.issue(JANA).sod) is RefusalReason.UNSUPPORTED


@pytest.mark.parametrize(
    ("state", "name"), [(RSA, "rsassa_pkcs1v15"), (ECDSA, "ecdsa")], ids=["rsa", "ecdsa"]
)
def test_a_signature_that_leaves_its_hash_to_the_digest(state: SampleState, name: str) -> None:
    changed = altered(state, algorithm("signature_algorithm", {"algorithm": name}))
    assert set(open_security_object(changed).groups) == {1, 14}


def test_a_signer_named_by_its_key_identifier() -> None:
    def change(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
        identifier = signed["certificates"][0].chosen.key_identifier
        signed["signer_infos"][0]["sid"] = cms.SignerIdentifier(
            name="subject_key_identifier",
            value=core.OctetString(identifier).retag({"implicit": 0}),
        )

    assert open_security_object(altered(ECDSA, change)).hash.name == "sha256"


@pytest.mark.parametrize("first", [True, False])
def test_another_certificate_with_the_signers_serial_number(first: bool) -> None:  # noqa: FBT001 - a column of the table
    """Serial numbers differ within one authority only; a CSCA's own may be a signer's too."""
    other = Maker("VZOR Other").certify(serial=ECDSA.signer.serial_number)

    def change(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
        there = [cms.CertificateChoices("certificate", _loaded(other)), signed["certificates"][0]]
        signed["certificates"] = cms.CertificateSet(there if first else there[::-1])

    found = open_security_object(altered(ECDSA, change)).signer
    assert found.parsed == ECDSA.signer


def test_a_certificate_beside_the_signers_may_be_unreadable() -> None:
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    other = Maker("VZOR Other").certify(None, odd, critical=True)

    def change(signed: Any) -> None:  # noqa: ANN401 - asn1crypto is untyped
        signed["certificates"].append(cms.CertificateChoices("certificate", _loaded(other)))

    assert set(open_security_object(altered(ECDSA, change)).groups) == {1, 14}


def test_a_data_group_hashed_twice() -> None:
    class Doubled(dict[int, bytes]):
        def items(self) -> Any:  # noqa: ANN401 - two hashes of one number
            return [(1, b"a"), (1, b"b")]

    assert refusal(ECDSA.sign(Doubled())) is RefusalReason.MALFORMED
