"""Reads a printed QR code back with zbar, which knows nothing of how it was made."""

from PIL import Image
from pyzbar.pyzbar import ZBarSymbol, decode


def read_qr(paper: Image.Image) -> str:
    """The text of the first QR code on the paper, empty when there is none."""
    found = decode(paper.convert("L"), symbols=[ZBarSymbol.QRCODE])
    return str(found[0].data.decode()) if found else ""
