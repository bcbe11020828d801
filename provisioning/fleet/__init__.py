"""Staged rollouts as a pure machine."""

from provisioning.fleet.outcome import outcome_of
from provisioning.fleet.rollout import (
    Abort,
    Effect,
    Event,
    Finish,
    Offered,
    OfferTo,
    Outcome,
    Phase,
    Plan,
    Progress,
    Rollout,
    RolloutError,
    Seconds,
    Tick,
    step,
)
from provisioning.fleet.saved import SavedRollout, decode_rollout, encode_rollout

__all__ = [
    "Abort",
    "Effect",
    "Event",
    "Finish",
    "OfferTo",
    "Offered",
    "Outcome",
    "Phase",
    "Plan",
    "Progress",
    "Rollout",
    "RolloutError",
    "SavedRollout",
    "Seconds",
    "Tick",
    "decode_rollout",
    "encode_rollout",
    "outcome_of",
    "step",
]
