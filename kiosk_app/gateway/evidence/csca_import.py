"""Takes country signing certificates into the pinned store; what was pinned before stays."""

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk_app.gateway.evidence import store_files
from kiosk_app.gateway.evidence.certificate import Certificate, Certificates, read_certificate
from kiosk_app.gateway.evidence.chain import self_signed, trusted_of
from kiosk_app.gateway.evidence.master_list import MAX_SIZE, open_master_list
from kiosk_app.gateway.evidence.store_files import TrustStoreError
from kiosk_app.gateway.key_file import sync_folder
from kiosk_app.gateway.refusal import EvidenceRefused

logger = logging.getLogger(__name__)

_NAME_DIGITS: Final = 32


@dataclass(slots=True)
class ImportReport:
    """What became of each certificate.

    Attributes:
        added, known: by country.
        refused: one sentence each.
        signer: who signed the master list; None: there was none.
    """

    added: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    signer: Certificate | None = None


def import_source(
    source: Path, store: Path, pinned_signer: Path | None, now: datetime
) -> ImportReport:
    """Take in a folder or file of certificates (DER, PEM), or an ICAO master list.

    Args:
        source: a folder, a file of certificates, or a master list.
        store: the folder of pinned certificates; it is made if it is not there.
        pinned_signer: the certificate that a master list must go back to, or of whose state a
            CSCA in the store is that it goes back to.
        now: an aware time.

    Raises:
        TrustStoreError: one sentence what is wrong; then nothing was taken in.
        OSError: the store cannot be written.
    """
    report = ImportReport()
    pinned = load_store(store)
    offered = _offered(source, pinned, pinned_signer, now, report)
    accepted = _accepted(offered, pinned, now, report)
    store.mkdir(parents=True, exist_ok=True)
    known = {one.der for one in pinned}
    for one in accepted:
        counted = report.known if one.der in known else report.added
        counted[one.country] = counted.get(one.country, 0) + 1
        if one.der not in known:
            _write(store, one)
    sync_folder(store)
    return report


def load_store(store: Path) -> tuple[Certificate, ...]:
    """What is pinned; nothing where the folder is not there yet.

    Raises:
        TrustStoreError: a file is malformed.
    """
    if not store.exists() or not store_files.files(store, store_files.CERTIFICATE_SUFFIXES):
        return ()
    return _read_all(store_files.load_certificates(store))


def _read_all(certificates: Iterable[x509.Certificate]) -> tuple[Certificate, ...]:
    reads, found = Certificates(), []
    for one in certificates:
        try:
            found.append(reads.read(one.public_bytes(Encoding.DER)))
        except EvidenceRefused as refused:
            logger.warning("A pinned certificate is passed over: %s", refused.detail)
    return tuple(found)


def _offered(
    source: Path,
    pinned: tuple[Certificate, ...],
    signer: Path | None,
    now: datetime,
    report: ImportReport,
) -> tuple[bytes, ...]:
    """The certificates that the source names (DER)."""
    found: Iterable[x509.Certificate] | None
    if source.is_dir():
        found = store_files.load_certificates(source)
    else:
        found = store_files.try_certificates(source)
    if found is None:
        return _listed(source, _signers(signer, pinned), now, report)
    return tuple(one.public_bytes(Encoding.DER) for one in found)


def _signers(signer: Path | None, pinned: tuple[Certificate, ...]) -> tuple[Certificate, ...]:
    """Whom a master list may go back to: the one that is named, and the store's of its state.

    A list names keys of all states. That a state is believed for its own documents is no reason.
    """
    if signer is None:
        raise TrustStoreError(
            "This is no certificate. A master list needs --master-list-signer, whose it must be."
        )
    named = _read_all(store_files.load_file(signer))
    at_home = {one.country for one in named if one.country}
    return *named, *(one for one in pinned if one.country in at_home)


def _listed(
    source: Path, pinned: tuple[Certificate, ...], now: datetime, report: ImportReport
) -> tuple[bytes, ...]:
    try:
        master_list = open_master_list(store_files.read_file(source, MAX_SIZE), pinned, now)
    except EvidenceRefused as refused:
        raise TrustStoreError(f"The master list {source} is refused: {refused.detail}") from refused
    report.signer = master_list.signer
    return master_list.certificates


def _accepted(
    offered: Iterable[bytes], pinned: tuple[Certificate, ...], now: datetime, report: ImportReport
) -> list[Certificate]:
    """Those that can vouch for documents: authorities in force, self-signed or linked."""
    readable: dict[bytes, Certificate] = {}
    for data in offered:
        try:
            one = read_certificate(data)
            one.key()
        except EvidenceRefused as refused:
            report.refused.append(f"{fingerprint(data)}: {refused.detail}")
        else:
            readable[one.der] = one
    trusted = {one.der for one in trusted_of((*pinned, *readable.values()), sha1=False)}
    accepted = []
    for one in readable.values():
        why = _why_not(one, trusted, now)
        if why is None:
            accepted.append(one)
        else:
            report.refused.append(f"{one.country or '??'} {fingerprint(one.der)}: {why}")
    return accepted


def _why_not(one: Certificate, trusted: set[bytes], now: datetime) -> str | None:
    if not one.is_authority or not one.signs_certificates:
        return "It is no authority's."
    if not one.country:
        return "It names no country."
    if one.validity.end < now:
        return "It has expired."
    if one.der not in trusted:
        return "It is not self-signed and goes back to none that is."
    return None


def _write(store: Path, one: Certificate) -> None:
    """Write a certificate whole or not at all; readers look at finished names only."""
    final = store / f"{one.country}-{fingerprint(one.der)}.pem"
    partial = final.with_suffix(".part")
    with partial.open("wb") as file:
        file.write(one.parsed.public_bytes(Encoding.PEM))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(final)


def fingerprint(der: bytes) -> str:
    """The first half of the certificate's SHA-256, in hexadecimal."""
    return sha256(der).hexdigest()[:_NAME_DIGITS]


def kind_of(one: Certificate) -> str:
    """What a pinned certificate is, in a word."""
    return "root" if self_signed(one) else "link"
