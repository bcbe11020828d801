"""Makes the sample releases: archives with `VERSION` and `bin/program`; publishes none."""

import io
import tarfile
from pathlib import Path

FACTORY = "1.0.0"
GOOD = "1.1.0"
BAD = "1.2.0"

# A device's program is started as `bin/program MODULE ARGUMENTS…` out of the booted slot.
STARTS = """#!/bin/sh
# Release {version}: starts the device's program with the environment that the device has.
exec "$OM_PYTHON" -m "$@"
"""
DOES_NOT_START = """#!/bin/sh
# Release {version}: broken on purpose, as a release with a missing library would be.
echo "bin/program {version}: libmissing.so.1: cannot open shared object file" >&2
exit 127
"""


def write_release(folder: Path, version: str, program: str) -> Path:
    """Writes `release-<version>.tar` into `folder` and returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"release-{version}.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        _add(archive, "VERSION", f"{version}\n".encode(), 0o644)
        _add(archive, "bin/program", program.format(version=version).encode(), 0o755)
    return path


def install_factory(slots: Path) -> None:
    """Lays the factory release into slot A, as the first image of a device would."""
    slot = slots / "slots" / "A"
    (slot / "bin").mkdir(parents=True, exist_ok=True)
    (slot / "VERSION").write_text(f"{FACTORY}\n", encoding="utf-8")
    program = slot / "bin" / "program"
    program.write_text(STARTS.format(version=FACTORY), encoding="utf-8")
    program.chmod(0o755)


def _add(archive: tarfile.TarFile, name: str, data: bytes, mode: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), mode
    archive.addfile(member, io.BytesIO(data))
