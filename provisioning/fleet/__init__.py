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
    "Seconds",
    "Tick",
    "outcome_of",
    "step",
]
