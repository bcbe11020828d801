"""`account-gateway csca` as an operator calls it, and the gateway over what it pinned."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk_app.account.evidence import ContactCardEvidence
from kiosk_app.account.model import Assurance
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.config import ConfigError, DocumentsConfig, load_config
from kiosk_app.gateway.document_prover import prover_of
from kiosk_app.gateway.evidence.store_files import TrustStoreError
from kiosk_app.gateway.proving import Refusal
from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.eobcanka_card.state import JANA as HOLDER
from tests.fakes.eobcanka_card.state import ContactCardState
from tests.unit.kiosk_app.gateway.evidence.cards import evidence_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = SampleState()
CONTACT = ContactCardState()


def csca(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk_app.gateway", "csca", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_import_and_list(tmp_path: Path) -> None:
    source, store = tmp_path / "csca.pem", tmp_path / "store"
    source.write_bytes(STATE.csca.public_bytes(Encoding.PEM))
    done = csca("import", source, "--store", store)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("1 added, 0 there already, 0 refused.\n")
    listed = csca("list", "--store", store)
    assert "VZOR CSCA" in listed.stdout
    assert listed.stdout.endswith("1 certificates of 1 countries.\n")
    proof = prover_of(store, DocumentsConfig()).begin(evidence_of(STATE.issue(JANA)), NOW)
    assert proof.assurance is Assurance.CHIP


def test_master_list(tmp_path: Path) -> None:
    source, signer, store = (tmp_path / name for name in ("all.ml", "csca.pem", "store"))
    source.write_bytes(STATE.master_list([STATE.csca, STATE.signer]))
    signer.write_bytes(STATE.csca.public_bytes(Encoding.PEM))
    refused = csca("import", source, "--store", store)
    assert refused.returncode == 1
    assert "needs --master-list-signer" in refused.stderr
    done = csca("import", source, "--store", store, "--master-list-signer", signer)
    assert "VZOR Master List Signer" in done.stdout
    assert "It is no authority's." in done.stdout
    assert done.stdout.endswith("1 added, 0 there already, 1 refused.\n")


def test_contact_cards_are_accepted_only_where_issuers_are_pinned(tmp_path: Path) -> None:
    (tmp_path / "csca.pem").write_bytes(STATE.csca.public_bytes(Encoding.PEM))
    contact = tmp_path / "contact"
    contact.mkdir()
    (contact / "issuing.der").write_bytes(CONTACT.issuing_der)
    certificate = CONTACT.issue(HOLDER).public_bytes(Encoding.DER)
    evidence = ContactCardEvidence("CZ1", HOLDER.document_number, 1, certificate)
    with pytest.raises(Refusal):
        prover_of(tmp_path, DocumentsConfig()).begin(evidence, NOW)
    proof = prover_of(tmp_path, DocumentsConfig(contact_ca=contact)).begin(evidence, NOW)
    assert (proof.issuing_state, proof.document_number) == ("CZE", "999009812")
    assert proof.assurance is Assurance.IDENTIFIED
    with pytest.raises(Refusal) as blocked:
        prover_of(tmp_path, DocumentsConfig(contact_ca=contact)).begin(
            replace(evidence, iok_state=5), NOW
        )
    assert blocked.value.problem is ProblemType.CARD_REVOKED
    with pytest.raises(TrustStoreError):
        prover_of(tmp_path, DocumentsConfig(contact_ca=tmp_path / "absent"))


REQUIRED = "\n".join(
    f'{name} = "x"' for name in ("certificate", "key", "client_ca", "csca", "database", "state")
)


def test_documents_are_configured(tmp_path: Path) -> None:
    file = tmp_path / "gateway.toml"
    table = 'crls = "crl"\nexpired_crl = "refuse"\nsha1 = true\ncontact_ca = "contact"\n'
    file.write_text(f"{REQUIRED}\n[documents]\n{table}")
    assert load_config(file).documents == DocumentsConfig(
        tmp_path / "crl", "refuse", sha1=True, contact_ca=tmp_path / "contact"
    )
    for wrong, words in (
        ("sha1 = 1", "true or false"),
        ('expired_crl = "ignore"', "“accept” or “refuse”"),
        ("crls = []", "a path"),
    ):
        file.write_text(f"{REQUIRED}\n[documents]\n{wrong}\n")
        with pytest.raises(ConfigError, match=words):
            load_config(file)
