"""Chip authentication (ICAO Doc 9303 part 11 section 6.2) run by the gateway; checks no signature."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk_app.gateway.evidence import VerifiedDocument


@dataclass(frozen=True, slots=True)
class ChipChallenge:
    """What the kiosk relays to the chip, in this order."""

    plain: tuple[bytes, ...]
    protected: tuple[bytes, ...]


def begin(document: VerifiedDocument) -> ChipChallenge:
    """Make a fresh challenge for a document's chip."""
    raise NotImplementedError


def finish(challenge: ChipChallenge, responses: Sequence[bytes]) -> None:
    """Judge the chip's answers.

    Raises:
        EvidenceRefused: CHIP_NOT_GENUINE.
    """
    raise NotImplementedError
