"""What was written into a sample card when it was made; knows no command."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Document:
    """The content of a card.

    Attributes:
        can: the number printed on the card.
        chip_key: the private scalar of chip authentication.
        chip_curve: its curve, by the number of the standardised domain parameters.
    """

    can: str
    dg1: bytes
    dg14: bytes
    sod: bytes
    chip_key: int
    chip_curve: int

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("dg1", "dg14", "sod"):
            (folder / f"{name}.bin").write_bytes(getattr(self, name))
        secret = {"can": self.can, "chip_key": hex(self.chip_key), "chip_curve": self.chip_curve}
        (folder / "card.json").write_text(json.dumps(secret), encoding="ascii")

    @classmethod
    def load(cls, folder: Path) -> "Document":
        secret = json.loads((folder / "card.json").read_text(encoding="ascii"))
        dg1, dg14, sod = ((folder / f"{n}.bin").read_bytes() for n in ("dg1", "dg14", "sod"))
        return cls(secret["can"], dg1, dg14, sod, int(secret["chip_key"], 16), secret["chip_curve"])
