"""Prints receipts with python-escpos, which no other module may use; decides nothing on its own.

Calls block up to their limits: a screen calls from a worker thread.
"""

import logging
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, assert_never

from kiosk_app.receipt.address import FileAddress, TcpAddress, parse_address
from kiosk_app.receipt.bitmap import FontMissing, qr_picture, require_font, text_picture
from kiosk_app.receipt.code_page import czech_pages, encode
from kiosk_app.receipt.conversation import Conversation, Limits, PrinterProblem, Seconds
from kiosk_app.receipt.elements import Receipt, Size
from kiosk_app.receipt.status import PrinterCause, PrinterStatus
from kiosk_app.receipt.typeset import Block, Paper, QrBlock, TextLine, typeset

logger = logging.getLogger(__name__)

_FONT_A_DOTS: Final = 12
_RESET: Final = b"\x1b@"


class ProfileRefused(ValueError):  # noqa: N818 - the sentence reads "profile refused: …"
    """A printer profile cannot print Czech receipts; the message says what it lacks."""


@dataclass(frozen=True)
class Profile:
    """What we need to know of a printer model.

    Attributes:
        name: Its name in python-escpos.
        pages: Its code pages that carry the Czech alphabet, best first; never empty.
        can_cut: Whether it has a full cutter.
    """

    name: str
    pages: tuple[str, ...]
    paper: Paper
    can_cut: bool


def load_profile(name: str) -> Profile:
    """The profile of that name.

    Raises:
        ProfileRefused: It is unknown, has no Czech code page, no raster, or impossible widths.
    """
    try:
        raw = _library().Dummy(profile=name).profile
    except KeyError as error:
        raise ProfileRefused(f"Printer profile {name!r} is unknown to python-escpos.") from error
    pages = czech_pages(raw.get_code_pages())
    if not pages:
        raise ProfileRefused(f"Printer profile {name!r} has no Czech code page (CP852, CP1250).")
    if not raw.supports("bitImageRaster"):
        raise ProfileRefused(f"Printer profile {name!r} prints no raster pictures, so no QR.")
    try:
        return Profile(name, pages, _paper(raw), bool(raw.supports("paperFullCut")))
    except ValueError as error:
        raise ProfileRefused(f"Printer profile {name!r}: {error}") from error


class ReceiptPrinter:
    """One printer at one address.

    Args:
        uri: `tcp://HOST[:PORT]` or `file:PATH`.
        profile: Name of its model in python-escpos.
        limits: How long it may take.

    Raises:
        AddressRefused: The URI names no printer.
        ProfileRefused: Czech receipts cannot be printed: the profile lacks something, or the
            font for letters outside its code pages is not installed.
    """

    def __init__(self, uri: str, profile: str, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self._address = parse_address(uri)
        self._profile = load_profile(profile)
        try:
            require_font()
        except FontMissing as error:
            raise ProfileRefused(str(error)) from error
        self._limits = limits

    def status(self) -> PrinterStatus:
        """Whether it could print now; never raises for an absent printer."""
        match self._address:
            case FileAddress():
                return PrinterStatus()
            case TcpAddress() as address:
                try:
                    with self._connected(address) as conversation:
                        return conversation.status()
                except PrinterProblem as problem:
                    return PrinterStatus((problem.cause,))
            case _ as never:
                assert_never(never)

    def print(self, receipt: Receipt) -> PrinterStatus:
        """Print the receipt once; the status afterwards may carry warnings.

        Raises:
            PrinterProblem: It is not on paper, or nobody can confirm it; names the job.
        """
        job = render(receipt, self._profile)
        match self._address:
            case FileAddress(path):
                return self._write(Path(path), job, receipt)
            case TcpAddress() as address:
                try:
                    with self._connected(address) as conversation:
                        return conversation.deliver(job, receipt.number)
                except PrinterProblem as problem:
                    logger.warning("Receipt %s: %s", receipt.number, problem.cause.value)
                    raise PrinterProblem(
                        problem.cause, receipt.number, partly=problem.partly
                    ) from problem
            case _ as never:
                assert_never(never)

    @contextmanager
    def _connected(self, address: TcpAddress) -> Iterator[Conversation]:
        """An open line, closed afterwards; a fresh one per call, as the printer may reboot."""
        device = _library().Network(address.host, address.port, profile=self._profile.name)
        limit = self._limits.answer
        try:
            line = socket.create_connection((address.host, address.port), limit)
        except OSError as error:
            raise PrinterProblem(PrinterCause.UNREACHABLE) from error
        device.device = line
        try:
            yield Conversation(_NetworkWire(device), self._limits)
        finally:
            device.device = False  # its own close() reports each time to the root logger
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    @staticmethod
    def _write(path: Path, job: bytes, receipt: Receipt) -> PrinterStatus:
        try:
            path.write_bytes(job)
        except OSError as error:
            raise PrinterProblem(PrinterCause.UNREACHABLE, receipt.number) from error
        return PrinterStatus()


class _NetworkWire:
    """The library's network printer as a `Wire`, with a limit on each step."""

    def __init__(self, device: Any) -> None:  # noqa: ANN401 - the library has no types
        self._device = device

    def send(self, data: bytes, limit: Seconds) -> None:
        self._device.device.settimeout(limit)
        self._device._raw(data)  # noqa: SLF001 - the library's documented way to send bytes

    def receive(self, limit: Seconds) -> bytes:
        self._device.device.settimeout(limit)
        return bytes(self._device._read())  # noqa: SLF001 - the same for receiving


def render(receipt: Receipt, profile: Profile) -> bytes:
    """The whole job as bytes, so that nothing is sent before all of it is known to be printable."""
    device = _library().Dummy(profile=profile.name)
    device._raw(_RESET)  # noqa: SLF001 - see _NetworkWire
    for block in typeset(receipt, profile.paper):
        _render(device, block, profile)
    if profile.can_cut:
        device.cut()
    else:
        device.print_and_feed(6)
    return bytes(device.output)


def _render(device: Any, block: Block, profile: Profile) -> None:  # noqa: ANN401 - untyped library
    match block:
        case QrBlock(content):
            device.set(align="left")
            device.image(qr_picture(content, profile.paper))
        case TextLine() as line:
            _render_text(device, line, profile)
        case _ as never:
            assert_never(never)


def _render_text(device: Any, line: TextLine, profile: Profile) -> None:  # noqa: ANN401 - see above
    encoded = encode(line.text, profile.pages)
    if encoded is None:
        device.set(align="left")
        device.image(text_picture(line, profile.paper))
        return
    double = line.style.size is Size.DOUBLE
    device.set(
        align=line.style.align.value,
        font="b" if line.style.size is Size.SMALL and _has_font_b(profile) else "a",
        bold=line.style.bold,
        normal_textsize=not double,
        double_width=double,
        double_height=double,
    )
    device.charcode(encoded.page)
    device._raw(encoded.data + b"\n")  # noqa: SLF001 - see _NetworkWire


def _has_font_b(profile: Profile) -> bool:
    return profile.paper.small_columns > profile.paper.columns


def _paper(raw: Any) -> Paper:  # noqa: ANN401 - the library has no types
    columns = int(raw.fonts["0"]["columns"])
    small = int(raw.fonts.get("1", raw.fonts["0"])["columns"])
    pixels = raw.media["width"].get("pixels")
    dots = pixels if isinstance(pixels, int) else columns * _FONT_A_DOTS
    return Paper(columns, max(columns, small), dots)


@cache
def _library() -> Any:  # noqa: ANN401 - the library has no types
    """python-escpos, imported at first use: it takes 0.3 s and leaves two things to tidy up.

    On import it configures the root logger and keeps a pickle in a new temporary directory.
    """
    handlers = list(logging.root.handlers)
    from escpos import capabilities, printer  # noqa: PLC0415 - see above

    logging.root.handlers[:] = handlers
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in capabilities.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return printer
