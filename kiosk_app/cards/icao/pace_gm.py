"""Generic mapping of PACE (ICAO Doc 9303 part 11 section 4.4.3.3.1); runs no protocol."""

from kiosk_app.cards.icao import curves


def map_nonce(
    curve: curves.Curve, nonce: bytes, private: int, point: bytes, times: int = 1
) -> bytes:
    """Multiply the mapped generator: nonce times the curve's own, plus what both sides agreed on.

    Its multiple is reckoned as the sum of two multiples; the generator itself is never needed.

    Args:
        curve: the domain parameters.
        nonce: the chip's nonce, decrypted.
        private: the terminal's mapping key.
        point: the chip's mapping key, uncompressed.
        times: the terminal's key on the mapped generator; 1 gives the generator.

    Raises:
        CurveError: the point is not on the curve, or the generator is infinity or the plain one.
    """
    mapped = curves.multiply(curve, point, private * times)
    scalar = int.from_bytes(nonce, "big") * times % curve.order
    if scalar:
        mapped = curves.add(curve, curves.public_point(curve, scalar), mapped)
    if mapped == curves.public_point(curve, times):
        raise curves.CurveError("The mapped generator is the plain one.")
    return mapped
