"""The files of a chip: the open ones beside the application, the ones inside after access."""

from tests.fakes.virtual_card.document import Document
from tests.fakes.virtual_card.profile import Profile

APPLICATION = bytes.fromhex("A0000002471001")
_OK, _PART, _END = 0x9000, 0x6282, 0x6B00
_NOT_ALLOWED, _NOT_FOUND = 0x6982, 0x6A82
_ATTRIBUTES, _CARD_ACCESS, _CARD_SECURITY = 0x2F01, 0x011C, 0x011D
_COM = bytes.fromhex("60165F0104303130375F36063034303030305C046175776E")


class Files:
    """Which file is selected, and what of it may be read."""

    def __init__(self, document: Document, profile: Profile, card_access: bytes) -> None:
        self._outside = _present(
            {
                _CARD_ACCESS: card_access,
                _ATTRIBUTES: profile.attributes(),
                _CARD_SECURITY: document.card_security,
            }
        )
        self._inside = _present(
            {
                0x011E: _COM,
                0x0101: document.dg1,
                0x010E: document.dg14,
                0x010F: document.dg15,
                0x011D: document.sod,
            }
        )
        self._block = profile.block
        self._bac = profile.bac
        self.deselect()

    def deselect(self) -> None:
        """Stand in the master file, no file selected."""
        self.in_application = False
        self._selected: int | None = None

    def select(self, header: bytes, data: bytes, *, opened: bool) -> int:
        """Answer SELECT; ``opened``: the channel stands, so that what is inside is found."""
        if header[2] == 0x04:
            return self._select_application(data) if opened or self._bac else _NOT_ALLOWED
        if data in {b"\x3f\x00", b""}:
            self.deselect()
            return _OK
        identifier = int.from_bytes(data, "big")
        if identifier not in self._reachable():
            return _NOT_FOUND
        if self.in_application and not opened:
            return _NOT_ALLOWED
        self._selected = identifier
        return _OK

    def _select_application(self, data: bytes) -> int:
        self.deselect()
        self.in_application = data == APPLICATION
        return _OK if self.in_application else _NOT_FOUND

    def read(self, place: int, le: int, *, opened: bool) -> tuple[bytes, int]:
        """Answer READ BINARY; ``place`` is P1 and P2: an offset, or short identifier and offset."""
        offset = place
        if place & 0x8000:
            offset, short = place & 0xFF, place >> 8 & 0x1F
            base = 0x2F00 if short == 1 and not self.in_application else 0x0100
            self._selected = base | short
        content = self._reachable().get(self._selected or 0)
        if content is None:
            return b"", _NOT_FOUND if place & 0x8000 else 0x6986
        closed = self.in_application or self._selected == _CARD_SECURITY
        if closed and not opened:
            return b"", _NOT_ALLOWED
        return self._part(content, offset, le)

    def _part(self, content: bytes, offset: int, le: int) -> tuple[bytes, int]:
        if offset >= len(content):
            return b"", _END
        data = content[offset : offset + min(le, self._block)]
        return data, _OK if len(data) == le or offset + len(data) < len(content) else _PART

    def _reachable(self) -> dict[int, bytes]:
        return self._inside if self.in_application else self._outside


def _present(files: dict[int, bytes]) -> dict[int, bytes]:
    return {identifier: content for identifier, content in files.items() if content}
