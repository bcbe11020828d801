"""Lawful documents as some states make them: explicit curves, SHA-1, version 1, other encodings."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import ecdsa
import pytest
from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk_app.cards import tlv
from kiosk_app.gateway.evidence import CscaStore, EvidenceRefused, RefusalReason, check_document
from kiosk_app.gateway.evidence.security_object import open_security_object
from kiosk_app.gateway.evidence.trust import TrustPolicy
from tests.fakes.document_signer import JANA, SampleState
from tests.unit.kiosk_app.gateway.evidence.cards import evidence_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CURVES = {
    "secp256r1": ecdsa.NIST256p,
    "secp384r1": ecdsa.NIST384p,
    "brainpoolP256r1": ecdsa.BRAINPOOLP256r1,
}


def explicit(certificate: x509.Certificate, issuer_key: Any) -> x509.Certificate:  # noqa: ANN401 - any key
    """Write a certificate's curve out in full, and sign it again."""
    loaded = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    point = key.public_numbers()
    curve = CURVES[key.curve.name]
    size = (key.curve.key_size + 7) // 8
    raw = point.x.to_bytes(size, "big") + point.y.to_bytes(size, "big")
    spki = ecdsa.VerifyingKey.from_string(raw, curve).to_der(curve_parameters_encoding="explicit")
    loaded["tbs_certificate"]["subject_public_key_info"] = asn1_x509.Certificate._fields and loaded[
        "tbs_certificate"
    ]["subject_public_key_info"].load(spki)
    tbs = loaded["tbs_certificate"].dump(force=True)
    loaded["signature_value"] = issuer_key.sign(tbs, ec.ECDSA(hashes.SHA256()))
    return x509.load_der_x509_certificate(loaded.dump(force=True))


@pytest.mark.parametrize("scheme", ["ecdsa", "ecdsa-brainpool"])
def test_curves_written_out_in_full(scheme: str) -> None:
    state = SampleState(scheme, scheme)
    state.csca = explicit(state.csca, state._csca_key)
    state.signer = explicit(state.signer, state._csca_key)
    document = check_document(evidence_of(state.issue(JANA)), CscaStore((state.csca,)), NOW)
    assert document.document_number == "999009812"


def test_a_curve_of_nobodys_is_refused() -> None:
    state = SampleState()
    state.signer = explicit(state.signer, state._csca_key)
    order = CURVES["secp256r1"].order.to_bytes(32, "big")
    odd = state.signer.public_bytes(Encoding.DER).replace(order, order[:-1] + b"\x01")
    state.signer = x509.load_der_x509_certificate(odd)
    with pytest.raises(EvidenceRefused) as caught:
        check_document(evidence_of(state.issue(JANA)), CscaStore((state.csca,)), NOW)
    assert caught.value.reason is RefusalReason.UNSUPPORTED


def sod(
    state: SampleState, groups: dict[int, bytes], *, version: int = 0, name: str = "sha256"
) -> bytes:
    """EF.SOD made apart from the other fakes, with any hash and version."""
    number = core.Integer(version).dump()
    hashed = b"".join(
        tlv.encode(0x30, core.Integer(n).dump() + tlv.encode(4, hashlib.new(name, d).digest()))
        for n, d in groups.items()
    )
    algorithm = algos.DigestAlgorithm({"algorithm": name}).dump()
    lds = tlv.encode(0x30, tlv.encode(0x13, b"0108") + tlv.encode(0x13, b"040000"))
    content = tlv.encode(
        0x30, number + algorithm + tlv.encode(0x30, hashed) + (lds if version else b"")
    )
    info = cms.ContentInfo.load(tlv.value_of(state.sign({}), 0x77))
    signed = info["content"]
    signed["encap_content_info"]["content"] = core.ParsableOctetString(content)
    signer = signed["signer_infos"][0]
    signer["digest_algorithm"] = {"algorithm": name}
    signer["signed_attrs"][1]["values"] = [hashlib.new(name, content).digest()]
    key = state._signer_key
    data = signer["signed_attrs"].untag().dump(force=True)
    chosen = {"sha1": hashes.SHA1(), "sha224": hashes.SHA224(), "sha256": hashes.SHA256()}[name]  # noqa: S303 - as old documents have it
    if isinstance(key, rsa.RSAPrivateKey):
        signer["signature_algorithm"] = {"algorithm": f"{name}_rsa"}
        signer["signature"] = key.sign(data, padding.PKCS1v15(), chosen)
    else:
        signer["signature_algorithm"] = {"algorithm": f"{name}_ecdsa"}
        signer["signature"] = key.sign(data, ec.ECDSA(chosen))
    return tlv.encode(0x77, info.dump(force=True))


@pytest.mark.parametrize("scheme", ["ecdsa", "rsa"])
@pytest.mark.parametrize("version", [0, 1])
def test_both_versions_of_the_security_object(scheme: str, version: int) -> None:
    state = SampleState(scheme)
    document = state.issue(JANA)
    groups = {1: document.dg1, 14: document.dg14}
    changed = replace(document, sod=sod(state, groups, version=version, name="sha224"))
    check_document(evidence_of(changed), CscaStore((state.csca,)), NOW)


@pytest.mark.parametrize("scheme", ["ecdsa", "rsa"])
def test_sha1_is_a_decision_of_the_city(scheme: str) -> None:
    state = SampleState(scheme)
    document = state.issue(JANA)
    old = sod(state, {1: document.dg1, 14: document.dg14}, name="sha1")
    changed = evidence_of(replace(document, sod=old))
    with pytest.raises(EvidenceRefused) as caught:
        check_document(changed, CscaStore((state.csca,)), NOW)
    assert caught.value.reason is RefusalReason.UNSUPPORTED
    check_document(changed, CscaStore((state.csca,), policy=TrustPolicy(sha1=True)), NOW)


@pytest.mark.parametrize("groups", [{0: b"x"}, {17: b"x"}, {2: b"x"}])
def test_numbers_of_data_groups(groups: dict[int, bytes]) -> None:
    state = SampleState()
    data = sod(state, groups)
    if 2 in groups:
        assert open_security_object(data).vouches_for(2, b"x")
        return
    with pytest.raises(EvidenceRefused):
        open_security_object(data)


def test_an_unknown_version_of_the_security_object() -> None:
    with pytest.raises(EvidenceRefused) as caught:
        open_security_object(sod(SampleState(), {1: b"x"}, version=2))
    assert caught.value.reason is RefusalReason.MALFORMED
