"""Says what is missing before the demo can start, in one sentence; installs nothing."""

import os
import shutil
from pathlib import Path

PROGRAMS = (
    "mosquitto",
    "pcscd",
    "Xvfb",
    "xdpyinfo",
    "xdotool",
    "ffmpeg",
    "unshare",
    "setpriv",
    "mount",
)
DRIVER_FOLDER = Path("/usr/lib/pcsc/drivers/serial")


def missing(build: Path) -> str:
    """One sentence on what is missing, empty when everything is there."""
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    if not any(DRIVER_FOLDER.glob("libifdvpcd.so*")):
        absent.append("the vpcd card reader driver")
    if absent:
        return f"not installed: {', '.join(absent)}; “make deps” installs the packages it needs"
    return _unwritable(build)


def _unwritable(build: Path) -> str:
    there = next(folder for folder in (build, *build.parents) if folder.exists())
    writable = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    return "" if writable else f"the demo writes into {build}, and {there} is not writable"
