"""The chip's side of chip authentication version 1 (ICAO Doc 9303 part 11 section 6.2)."""

from tests.fakes.virtual_card.channel import Channel
from tests.fakes.virtual_card.cryptography_of_chip import CURVES, TRIPLE_DES, point_of, x_bytes
from tests.fakes.virtual_card.document import ChipKey

_PROTOCOL = bytes.fromhex("04007F000702020302")
_BITS = {1: TRIPLE_DES, 2: 128, 3: 192, 4: 256}
_OK, _BAD_DATA, _NOT_FOUND, _NOT_NOW = 0x9000, 0x6A80, 0x6A88, 0x6985


class ChipAuthentication:
    """Chooses a static key and agrees with it on a new channel."""

    def __init__(self, keys: tuple[ChipKey, ...]) -> None:
        self._keys = keys
        self._chosen: ChipKey | None = None

    def choose(self, parts: dict[int, bytes]) -> int:
        """Answer MSE:Set AT: the protocol (80) and, with several keys, the reference (84)."""
        oid = parts.get(0x80, b"")
        if oid[:-1] != _PROTOCOL or oid[-1] not in _BITS:
            return _BAD_DATA
        suited = [key for key in self._keys if key.bits == _BITS[oid[-1]]]
        self._chosen = _referenced(suited, parts.get(0x84))
        return _OK if self._chosen else _NOT_FOUND

    def agree(self, point: bytes) -> tuple[int, Channel | None]:
        """Answer GENERAL AUTHENTICATE with the terminal's key."""
        chosen, self._chosen = self._chosen, None
        if chosen is None:
            return _NOT_NOW, None
        return _OK, _channel(chosen, point)

    def agree_at_once(self, parts: dict[int, bytes]) -> tuple[int, Channel | None]:
        """Answer MSE:Set KAT, the one command of 3DES: the terminal's key (91), reference (84)."""
        suited = [key for key in self._keys if key.bits == TRIPLE_DES]
        chosen = _referenced(suited, parts.get(0x84))
        if chosen is None:
            return _NOT_FOUND, None
        try:
            return _OK, _channel(chosen, parts[0x91])
        except (ValueError, KeyError, IndexError):
            return _BAD_DATA, None


def _referenced(keys: list[ChipKey], reference: bytes | None) -> ChipKey | None:
    """Find the key meant; one of several must be named."""
    if reference is not None:
        keys = [key for key in keys if key.key_id == int.from_bytes(reference, "big")]
    return keys[0] if len(keys) == 1 else None


def _channel(key: ChipKey, point: bytes) -> Channel:
    shared = point_of(CURVES[key.curve], point) * key.private
    return Channel(x_bytes(shared), key.bits)
