"""The sample state: its certificates, lists and signatures verify under its own authority."""

from dataclasses import replace
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography import x509

from tests.fakes.document_signer import JANA, Recipe, SampleState, machine_readable_zone
from tests.fakes.document_signer.signed_data import CARD_SECURITY, MASTER_LIST
from tests.fakes.virtual_card.profile import Mapping, Offer

SCHEMES = ("ecdsa", "ecdsa-brainpool", "rsa", "rsa-pss")


@pytest.mark.parametrize("authority", SCHEMES)
def test_every_authority_certifies_itself_and_its_signer(authority: str) -> None:
    state = SampleState(authority=authority, seed="authorities")
    state.csca.verify_directly_issued_by(state.csca)
    state.signer.verify_directly_issued_by(state.csca)


def test_a_link_certificate_leads_from_the_old_key_to_the_new() -> None:
    old = SampleState(seed="old")
    new, link = old.renewed()
    link.verify_directly_issued_by(old.csca)
    new.signer.verify_directly_issued_by(link)
    new.signer.verify_directly_issued_by(new.csca)


@pytest.mark.parametrize("authority", SCHEMES)
def test_the_revocation_list_names_the_revoked_signer_only(authority: str) -> None:
    state = SampleState(authority=authority, seed="revoking")
    revoked = state.with_revoked_signer()
    listed = state.revocation_list(revoked.signer)
    key = state.csca.public_key()
    assert listed.is_signature_valid(key)  # type: ignore[arg-type] # RSA or ECDSA, both are taken
    assert listed.get_revoked_certificate_by_serial_number(revoked.signer.serial_number)
    assert not listed.get_revoked_certificate_by_serial_number(state.signer.serial_number)


def test_a_master_list_holds_its_certificates() -> None:
    state, other = SampleState(seed="one"), SampleState(seed="two")
    info = cms.ContentInfo.load(state.master_list([state.csca, other.csca]))
    assert info["content"]["encap_content_info"]["content_type"].dotted == MASTER_LIST
    assert len(info["content"]["certificates"]) == 2


def test_only_a_chip_that_maps_by_chip_authentication_has_card_security() -> None:
    state = SampleState(seed="mapping")
    assert not state.issue(JANA).card_security
    recipe = Recipe((Offer(Mapping.CHIP_AUTHENTICATION, 13),))
    info = cms.ContentInfo.load(state.issue(JANA, recipe).card_security)
    assert info["content"]["encap_content_info"]["content_type"].dotted == CARD_SECURITY


def test_the_same_seed_makes_the_same_card(tmp_path: Path) -> None:
    state = SampleState(seed="the same")
    state.save(tmp_path)
    assert SampleState.load(tmp_path).issue(JANA) == state.issue(JANA)
    assert SampleState().issue(JANA).sod != state.issue(JANA).sod
    pem = (tmp_path / "csca.pem").read_bytes()
    assert x509.load_pem_x509_certificate(pem) == state.csca


def test_a_document_of_unknown_size_is_refused() -> None:
    with pytest.raises(ValueError, match="TD9"):
        machine_readable_zone(replace(JANA, size="TD9"))
