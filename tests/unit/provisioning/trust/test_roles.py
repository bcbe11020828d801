"""Role keys come out of targets metadata whole or not at all."""

import pytest
from securesystemslib.signer import CryptoSigner, SSlibKey
from tuf.api.metadata import DelegatedRole, Delegations, Targets

from provisioning.trust import RULES, NotTrusted, Role, RoleKeys, role_keys


def _targets(*signers: CryptoSigner, threshold: int = 1, drop: bool = False) -> Targets:
    keyids = [signer.public_key.keyid for signer in signers]
    keys = {} if drop else {signer.public_key.keyid: signer.public_key for signer in signers}
    delegated = DelegatedRole("alert", keyids, threshold, terminating=True, paths=["alert/*"])
    return Targets(delegations=Delegations(dict(keys), {"alert": delegated}))


def test_keys_and_threshold_of_a_delegated_role() -> None:
    first, second = CryptoSigner.generate_ed25519(), CryptoSigner.generate_ecdsa()
    found = role_keys(_targets(first, second, threshold=2), Role.ALERT)
    assert found == RoleKeys("alert", (first.public_key, second.public_key), 2)


@pytest.mark.parametrize("targets", [Targets(), _targets(CryptoSigner.generate_ed25519())])
def test_a_role_that_is_not_delegated_is_refused(targets: Targets) -> None:
    with pytest.raises(NotTrusted, match="delegates no role 'release'"):
        role_keys(targets, Role.RELEASE)


def test_a_role_that_names_an_absent_key_is_refused() -> None:
    with pytest.raises(NotTrusted, match=r"targets\.json lacks"):
        role_keys(_targets(CryptoSigner.generate_ed25519(), drop=True), Role.ALERT)


@pytest.mark.parametrize("threshold", [0, -1, 2])
def test_a_threshold_that_cannot_be_is_refused(threshold: int) -> None:
    with pytest.raises(NotTrusted, match="signatures of 1 keys"):
        RoleKeys("alert", (CryptoSigner.generate_ed25519().public_key,), threshold)


def test_one_key_under_two_names_does_not_count_as_two() -> None:
    key = CryptoSigner.generate_ed25519().public_key
    alias = SSlibKey("another name", key.keytype, key.scheme, dict(key.keyval))
    with pytest.raises(NotTrusted, match="same key twice"):
        RoleKeys("release", (key, alias), 2)


def test_a_release_needs_two_keys_and_every_role_has_its_own_paths() -> None:
    assert RULES[Role.RELEASE].threshold == 2
    assert {role: rule.paths for role, rule in RULES.items()} == {
        role: (f"{role}/*",) for role in Role
    }
