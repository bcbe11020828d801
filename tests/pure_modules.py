"""Names the pure modules: the list of the contract “Decisions are pure”, resolved to files."""

import tomllib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CONTRACT: Final = "Decisions are pure"


def pure_files(root: Path = ROOT) -> list[Path]:
    """Each pure module's file; LookupError names a module that is on the list but not there."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    listed = next(one for one in contracts if one["name"] == CONTRACT)["source_modules"]
    return sorted({path for name in listed for path in _files(root, name)})


def _files(root: Path, name: str) -> list[Path]:
    place = root.joinpath(*name.split("."))
    found = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    if not found or not found[0].is_file():
        raise LookupError(f"“{CONTRACT}” lists {name}, which is not there")
    return found
