"""Keeps count of what was really shown and writes its proof of play; pure, sends nothing."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from device_agent.wire.local import ProofOfPlay

MOST_OPEN = 16


@dataclass(frozen=True)
class Shown:
    """An item that stands on the screen in one zone since `start`."""

    item_id: str
    start: datetime
    reason: str


@dataclass(frozen=True)
class Ledger:
    """What stands on the screen now, by zone; an alert over it closes everything."""

    standing: dict[str, Shown] = field(default_factory=dict)
    covered: bool = False

    def show(
        self, zone: str, item_id: str, now: datetime, reason: str
    ) -> tuple["Ledger", tuple[ProofOfPlay, ...]]:
        """An item came to the front of a zone; the proof of the one before it."""
        proofs = self._closed(zone, now)
        others = {name: shown for name, shown in self.standing.items() if name != zone}
        if len(others) >= MOST_OPEN:
            others.pop(next(iter(others)))
        return replace(self, standing={**others, zone: Shown(item_id, now, reason)}), proofs

    def cover(self, now: datetime) -> tuple["Ledger", tuple[ProofOfPlay, ...]]:
        """An alert came over everything: what stood until now was shown until now."""
        if self.covered:
            return self, ()
        proofs = tuple(proof for zone in self.standing for proof in self._closed(zone, now))
        return replace(self, covered=True), proofs

    def uncover(self, now: datetime) -> "Ledger":
        """The alert is gone: what stands below it is seen from now on."""
        if not self.covered:
            return self
        seen = {zone: replace(shown, start=now) for zone, shown in self.standing.items()}
        return Ledger(seen, covered=False)

    def close(self, now: datetime) -> tuple["Ledger", tuple[ProofOfPlay, ...]]:
        """The screen goes: proofs of everything that stood."""
        _, proofs = self.cover(now)
        return Ledger(), proofs

    def _closed(self, zone: str, now: datetime) -> tuple[ProofOfPlay, ...]:
        shown = self.standing.get(zone)
        if shown is None or self.covered or now <= shown.start:
            return ()
        return (ProofOfPlay(shown.item_id, shown.start, now, shown.reason),)
