"""Which names a device may have; whether such a device exists is not its matter."""

import re
from typing import Final, NewType

from provisioning.enroll.errors import EnrolError

DeviceId = NewType("DeviceId", str)
"""Lower-case letters, digits and hyphens, as in a host name label (RFC 1123, section 2.1)."""

RESERVED: Final = frozenset({"broker", "gateway", "content", "localhost"})
RESERVED_PREFIX: Final = "city-"
"""Names that start so belong to the city's own programs at the broker."""

_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def device_id(text: str) -> DeviceId:
    """Check a device's name.

    Raises:
        EnrolError: not a host name label, or a name that the city keeps for itself.
    """
    if not _PATTERN.fullmatch(text):
        raise EnrolError(
            f"Device id {text[:64]!r} must be 1 to 63 of a-z, 0-9 and hyphen, no hyphen outside."
        )
    if text in RESERVED or text.startswith(RESERVED_PREFIX):
        raise EnrolError(f"Device id {text!r} is reserved for the city's own services.")
    return DeviceId(text)
