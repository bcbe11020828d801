"""PACE with chip authentication mapping, run by the gateway itself (Doc 9303 part 11 section 4.4).

The kiosk begins it, decrypts the chip's nonce with the card's number and hands the nonce in; from
there on it carries. A transcript that a kiosk made alone would prove nothing: whoever chooses the
terminal's keys can reckon every message of it. Here the terminal's keys are the gateway's.

What the proven chip holds must be the signed DG1: it is read under the new keys. EF.CardSecurity
alone would not bind them, for another genuine chip of the same state has one too.
"""

import secrets
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, assert_never

from kiosk_app.account.evidence import PaceChallenge, PaceData, PaceNonce, PaceResponses
from kiosk_app.cards.apdu import Response, parse_response
from kiosk_app.cards.icao import pace, pace_cam
from kiosk_app.cards.icao.pace_steps import Agreed, Confirming, Mapped
from kiosk_app.gateway.evidence.mapping_key import MappingKey
from kiosk_app.gateway.evidence.protected_read import ProtectedRead, not_genuine, read_dg1
from kiosk_app.gateway.evidence.reading import refusing
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

_NONCE_SIZES: Final = {16, 32}
"""Whole blocks of AES, no less than a key may have (section 4.4.3.3)."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """The nonce is awaited."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The chip has proved its key; its DG1 is awaited."""

    read: ProtectedRead


@dataclass(frozen=True, slots=True)
class _Done:
    """The chip is proved."""


@dataclass(frozen=True, slots=True)
class _Failed:
    """The chip did not prove itself; nothing that follows can."""


_State = _Begun | Mapped | Agreed | Confirming | _Reading | _Done | _Failed
_Step = tuple[_State, tuple[bytes, ...]]


@dataclass(slots=True)
class MappingRun:
    """One run; its steps come one after the other, whoever calls."""

    key: MappingKey
    dg1: bytes = field(repr=False)
    _state: _State = field(default_factory=_Begun, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def challenge(self) -> PaceChallenge:
        """Which PACE the kiosk is to begin."""
        variant = self.key.variant
        return PaceChallenge(variant.info.oid, variant.curve.parameter_id)

    def step(self, data: PaceData) -> tuple[bytes, ...]:
        """Take the nonce or the chip's answers, and give the next commands; none at the end.

        Raises:
            EvidenceRefused: CHIP_NOT_GENUINE; the run is over.
        """
        with self._lock:
            state, self._state = self._state, _Failed()
            try:
                with refusing("The chip's answer"):
                    self._state, commands = _next(self, state, data)
            except EvidenceRefused as refused:
                if refused.reason is RefusalReason.CHIP_NOT_GENUINE:
                    raise
                raise not_genuine(refused.detail) from refused
            return commands

    def check_done(self) -> None:
        """Be at the end.

        Raises:
            EvidenceRefused: CHIP_NOT_GENUINE.
        """
        with self._lock:
            if not isinstance(self._state, _Done):
                raise not_genuine("The chip did not carry its PACE to the end.")


def begin(key: MappingKey, dg1: bytes) -> MappingRun:
    """Begin a run for a document's key and its signed DG1."""
    return MappingRun(key, dg1)


def _next(run: MappingRun, state: _State, data: PaceData) -> _Step:
    if isinstance(data, PaceNonce):
        return _mapped(run, state, data.nonce)
    match state:
        case Mapped() | Agreed():
            following, command = state.answered(_only(data))
            return following, (command.encode(),)
        case Confirming():
            return _proved(run, state, _only(data))
        case _Reading(read):
            read.check(data.responses)
            return _Done(), ()
        case _Begun() | _Done() | _Failed():
            raise not_genuine("The step is none of this PACE.")
        case _:
            assert_never(state)


def _mapped(run: MappingRun, state: _State, nonce: bytes) -> _Step:
    if not isinstance(state, _Begun) or len(nonce) not in _NONCE_SIZES:
        raise not_genuine("The nonce is none of this PACE.")
    variant = run.key.variant
    chance = secrets.token_bytes(pace.chance_size(variant))
    mapped, command = pace.begin(variant, nonce, pace.secrets_from(variant, chance))
    return mapped, (command.encode(),)


def _proved(run: MappingRun, state: Confirming, response: Response) -> _Step:
    """Check the chip's token and that its static key made its mapping key."""
    done = state.answered(response)
    pace_cam.check(
        run.key.variant.curve,
        done.channel.keys,
        done.chip_data or b"",
        run.key.point,
        done.mapping_point,
    )
    read = read_dg1(done.channel, run.dg1, enter=True)
    return _Reading(read), read.commands


def _only(data: PaceResponses) -> Response:
    if len(data.responses) != 1:
        raise not_genuine("The chip did not answer the one command.")
    return parse_response(data.responses[0])
