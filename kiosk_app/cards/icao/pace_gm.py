"""Generic mapping of PACE (ICAO Doc 9303 part 11 section 4.4.3.3.1); runs no protocol."""

from kiosk_app.cards.icao import curves


def map_nonce(curve: curves.Curve, nonce: bytes, private: int, point: bytes) -> bytes:
    """Make the generator: nonce times the curve's own, plus the secret agreed with ``point``.

    Args:
        curve: the domain parameters.
        nonce: the chip's nonce, decrypted.
        private: the terminal's mapping key.
        point: the chip's mapping key, uncompressed.

    Raises:
        CurveError: the point is not on the curve, or the generator is infinity or the plain one.
    """
    mapped = curves.multiply(curve, point, private)
    scalar = int.from_bytes(nonce, "big") % curve.order
    if scalar:
        mapped = curves.add(curve, curves.public_point(curve, scalar), mapped)
    if mapped == curves.generator(curve):
        raise curves.CurveError("The mapped generator is the plain one.")
    return mapped
