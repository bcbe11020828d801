"""Passive authentication of ICAO Doc 9303 part 11 section 5.1; cannot tell a copy from its chip."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from kiosk_app.account.evidence import DocumentEvidence
from kiosk_app.cards.icao.access import PaceVariant, choose_pace_cam
from kiosk_app.cards.icao.data_groups import parse_dg1
from kiosk_app.cards.mrz import MrzFacts
from kiosk_app.gateway.evidence import countries
from kiosk_app.gateway.evidence.active_key import ActiveKey, read_active_key
from kiosk_app.gateway.evidence.chip_offers import ChipKey, ChipOffers, pace_infos, read_offers
from kiosk_app.gateway.evidence.mapping_key import MappingKey, read_mapping_key
from kiosk_app.gateway.evidence.reading import refusing
from kiosk_app.gateway.evidence.security_object import SecurityObject, open_security_object
from kiosk_app.gateway.evidence.trust import CscaStore
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

MAX_FILE: Final = 16_384
_DG1, _DG14, _DG15 = 1, 14, 15


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """A document whose data its state signed; whether its chip is genuine is not known yet.

    At most one of the three ways to prove the chip is given: the strongest that is signed.

    Attributes:
        issuing_state: three letters, as in the machine readable zone.
        surname: in the letters of the machine readable zone (no diacritics).
        birth_date: None when a part of it is unknown.
        chip_keys: what chip authentication can use.
        mapping_key: what PACE with chip authentication mapping can use.
        active_key: what active authentication can use.
        dg1: EF.DG1, verified.
    """

    issuing_state: str
    document_number: str = field(repr=False)
    surname: str = field(repr=False)
    given_names: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    expiry: date
    chip_keys: tuple[ChipKey, ...]
    mapping_key: MappingKey | None
    active_key: ActiveKey | None
    dg1: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Ways:
    chip_keys: tuple[ChipKey, ...] = ()
    mapping_key: MappingKey | None = None
    active_key: ActiveKey | None = None


def check_document(evidence: DocumentEvidence, trust: CscaStore, now: datetime) -> VerifiedDocument:
    """Check a document's data against its state's signature.

    Args:
        evidence: the files, as read.
        trust: the states that are believed.
        now: an aware time.

    Raises:
        EvidenceRefused: with the reason.
    """
    _check_sizes(evidence)
    signed = open_security_object(evidence.sod, trust.reads, sha1=trust.policy.sha1)
    trust.check_signer(signed.signer, now)
    _check_groups(signed, evidence)
    with refusing("A data group"):
        facts = parse_dg1(evidence.dg1)
        offers = ChipOffers() if evidence.dg14 is None else read_offers(evidence.dg14)
        if not countries.is_of(facts.issuing_state, signed.signer.country):
            raise EvidenceRefused(
                RefusalReason.WRONG_COUNTRY, "Another state signed than the one that issued."
            )
        _check_access(offers, evidence.card_access)
        ways = _ways(evidence, offers, signed, trust, now)
    return _document(facts, ways, evidence.dg1, now.date())


def _check_sizes(evidence: DocumentEvidence) -> None:
    files = (evidence.dg1, evidence.dg14, evidence.dg15, evidence.card_access)
    if any(file is not None and len(file) > MAX_FILE for file in files):
        raise EvidenceRefused(RefusalReason.MALFORMED, "A file of the chip is too long.")


def _check_groups(signed: SecurityObject, evidence: DocumentEvidence) -> None:
    """Every data group handed in is signed, and no signed DG14 is held back."""
    groups = {_DG1: evidence.dg1, _DG14: evidence.dg14, _DG15: evidence.dg15}
    for number, data in groups.items():
        if data is not None and not signed.vouches_for(number, data):
            raise EvidenceRefused(
                RefusalReason.CHANGED, f"DG{number} is not the one that was signed."
            )
    if evidence.dg14 is None and _DG14 in signed.groups:
        raise _downgrade("DG14 was signed, and is held back.")


def _check_access(offers: ChipOffers, card_access: bytes | None) -> None:
    """EF.CardAccess, which nobody signed, must offer the PACE that DG14 says (section 9.2)."""
    if not offers.pace:
        return  # the issuer left them out of DG14: nothing vouches for EF.CardAccess
    shown = frozenset() if card_access is None else pace_infos(card_access)
    if shown != offers.pace:
        raise _downgrade("EF.CardAccess does not offer the PACE that was signed.")


def _ways(
    evidence: DocumentEvidence,
    offers: ChipOffers,
    signed: SecurityObject,
    trust: CscaStore,
    now: datetime,
) -> _Ways:
    """The strongest way the document offers, and no weaker one."""
    if offers.chip_authentication:
        if not offers.chip_keys:
            raise EvidenceRefused(
                RefusalReason.UNSUPPORTED, "The chip's authentication is of no kind known here."
            )
        return _Ways(chip_keys=offers.chip_keys)
    # Where DG14 names any PACE, EF.CardAccess was found to offer the same.
    variant = None if evidence.card_access is None else choose_pace_cam(evidence.card_access)
    if variant is not None:
        return _Ways(mapping_key=_mapping_key(variant, evidence, signed, trust, now))
    if evidence.dg15 is not None:
        return _Ways(active_key=read_active_key(evidence.dg15, offers.active_hash))
    if _DG15 in signed.groups:
        raise _downgrade("DG15 was signed, and is held back.")
    return _Ways()


def _mapping_key(
    variant: PaceVariant,
    evidence: DocumentEvidence,
    signed: SecurityObject,
    trust: CscaStore,
    now: datetime,
) -> MappingKey:
    if evidence.card_security is None or evidence.card_access is None:
        raise _downgrade("EF.CardSecurity is held back.")
    key, signer = read_mapping_key(variant, evidence.card_access, evidence.card_security, trust)
    trust.check_signer(signer, now)
    if signer.country != signed.signer.country:
        raise EvidenceRefused(
            RefusalReason.WRONG_COUNTRY, "Another state signed EF.CardSecurity than EF.SOD."
        )
    return key


def _document(facts: MrzFacts, ways: _Ways, dg1: bytes, today: date) -> VerifiedDocument:
    expiry = facts.expiry.expiry()
    if expiry is None:
        raise EvidenceRefused(RefusalReason.MALFORMED, "The document has no date of expiry.")
    if expiry < today:
        raise EvidenceRefused(RefusalReason.EXPIRED, "The document has expired.")
    return VerifiedDocument(
        issuing_state=facts.issuing_state,
        document_number=facts.document_number,
        surname=facts.surname,
        given_names=facts.given_names,
        birth_date=facts.birth.birth(today),
        expiry=expiry,
        chip_keys=ways.chip_keys,
        mapping_key=ways.mapping_key,
        active_key=ways.active_key,
        dg1=dg1,
    )


def _downgrade(sentence: str) -> EvidenceRefused:
    return EvidenceRefused(RefusalReason.DOWNGRADE, sentence)
