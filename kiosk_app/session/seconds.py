"""Time as a session counts it; no clock is read here."""

from typing import NewType

Seconds = NewType("Seconds", float)
"""A length of time, or an instant of a monotonic clock."""
