"""Reads a QR code from paper or screen back with zbar, which knows nothing of how it was made."""

from PIL import Image
from pyzbar.pyzbar import ZBarSymbol, decode


def read_qr(seen: Image.Image) -> str:
    """The text of the first QR code in a picture, empty when there is none."""
    found = decode(seen.convert("L"), symbols=[ZBarSymbol.QRCODE])
    return str(found[0].data.decode()) if found else ""
