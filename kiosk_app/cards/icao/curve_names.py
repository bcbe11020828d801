"""Curves as certificates and SecurityInfos name them (ICAO Doc 9303 part 11 section 9.5.1)."""

from kiosk_app.cards import tlv
from kiosk_app.cards.icao import curves

_OID, _INTEGER, _OCTET_STRING, _SEQUENCE = 0x06, 0x02, 0x04, 0x30


def by_der(parameters: bytes) -> curves.Curve:
    """Find the curve of an AlgorithmIdentifier's parameters: named, standardised or explicit.

    Raises:
        CurveError: not one of the standardised curves.
    """
    try:
        outer = tlv.parse(parameters)
        curve = _explicit(outer) if outer[:1] and outer[0].tag == _SEQUENCE else _named(outer)
    except tlv.TlvError as error:
        raise curves.CurveError(f"A chip's curve is not DER: {error}") from error
    if curve is None:
        raise curves.CurveError("A chip's curve is none of the standardised ones.")
    return curve


def _named(outer: tuple[tlv.Tlv, ...]) -> curves.Curve | None:
    """Match an object identifier, or the number that standardizedDomainParameters has."""
    if len(outer) != 1:
        return None
    name = (outer[0].tag, outer[0].value)
    return next((curve for curve in curves.CURVES if name in _names(curve)), None)


def _names(curve: curves.Curve) -> tuple[tuple[int, bytes], ...]:
    return ((_OID, curve.oid), (_INTEGER, bytes((curve.parameter_id,))))


def _explicit(outer: tuple[tlv.Tlv, ...]) -> curves.Curve | None:
    """Match ECParameters of RFC 3279 section 2.3.5 in all their numbers, or not at all."""
    if [part.tag for part in outer] != [_SEQUENCE]:
        return None
    parts = tlv.parse(outer[0].value)
    tags = [_INTEGER, _SEQUENCE, _SEQUENCE, _OCTET_STRING, _INTEGER]
    if [part.tag for part in parts[:5]] != tags:
        return None
    prime = tlv.value_of(parts[1].value, _INTEGER)
    equation = tlv.parse(parts[2].value)[:2]
    claimed = (
        int.from_bytes(prime, "big"),
        *(int.from_bytes(number.value, "big") for number in equation),
        parts[3].value,
        int.from_bytes(parts[4].value, "big"),
    )
    return next((curve for curve in curves.CURVES if _numbers(curve) == claimed), None)


def _numbers(curve: curves.Curve) -> tuple[int | bytes, ...]:
    equation = curve.equation
    return (equation.prime, equation.a, equation.b, curves.generator(curve), curve.order)
