"""Elliptic curves of ICAO Doc 9303 part 11 section 9.5.1: validated points in, points out; no PACE.

PACE's mappings need whole points and another generator; OpenSSL gives only the x coordinate. Where
it has code of its own for a curve, two x coordinates give the whole point, fast and constant in
time. On the other curves ``ecdsa`` with GMP takes half the time and reckons everything; that its
time tells something of a number does no harm, because no number outlives its one run.
"""

from dataclasses import dataclass

import ecdsa
from cryptography.hazmat.primitives.asymmetric import ec
from ecdsa.ellipticcurve import PointJacobi

from kiosk_app.cards.icao.affine import Equation

_UNCOMPRESSED = 4


class CurveError(ValueError):
    """A point is not on the curve, or the curve is not one of ours."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One set of standardised domain parameters.

    Attributes:
        parameter_id: its number in ICAO Doc 9303 part 11 table 4.
        oid: the content bytes of its object identifier as a named curve.
        points: the curve and its generator for whole-point arithmetic.
        openssl: the same curve for everything else.
        swift: OpenSSL has code of its own for it.
    """

    parameter_id: int
    oid: bytes
    points: ecdsa.curves.Curve
    openssl: ec.EllipticCurve
    swift: bool = True

    @property
    def order(self) -> int:
        """The order of the generator."""
        return int(self.points.order)

    @property
    def prime(self) -> int:
        """The modulus of the field."""
        return int(self.points.curve.p())

    @property
    def equation(self) -> Equation:
        """The curve's equation."""
        a, b = int(self.points.curve.a()), int(self.points.curve.b())
        return Equation(self.prime, a % self.prime, b)

    @property
    def encodes(self) -> bool:
        """Whether numbers of the field can be made points (the integrated mapping's condition)."""
        return self.prime % 4 == 3  # noqa: PLR2004 - the condition of Doc 9303 part 11 appendix B

    @property
    def field_size(self) -> int:
        """Bytes of a coordinate."""
        return (self.prime.bit_length() + 7) // 8

    @property
    def order_size(self) -> int:
        """Bytes of a number below the order."""
        return (self.order.bit_length() + 7) // 8


CURVES = (
    Curve(12, bytes.fromhex("2A8648CE3D030107"), ecdsa.NIST256p, ec.SECP256R1()),
    Curve(
        13,
        bytes.fromhex("2B2403030208010107"),
        ecdsa.BRAINPOOLP256r1,
        ec.BrainpoolP256R1(),
        swift=False,
    ),
    Curve(15, bytes.fromhex("2B81040022"), ecdsa.NIST384p, ec.SECP384R1()),
    Curve(
        16,
        bytes.fromhex("2B240303020801010B"),
        ecdsa.BRAINPOOLP384r1,
        ec.BrainpoolP384R1(),
        swift=False,
    ),
    Curve(
        17,
        bytes.fromhex("2B240303020801010D"),
        ecdsa.BRAINPOOLP512r1,
        ec.BrainpoolP512R1(),
        swift=False,
    ),
    Curve(18, bytes.fromhex("2B81040023"), ecdsa.NIST521p, ec.SECP521R1()),
    Curve(10, bytes.fromhex("2B81040021"), ecdsa.NIST224p, ec.SECP224R1()),
)


def by_parameter_id(parameter_id: int | None) -> Curve | None:
    """Find standardised domain parameters by their number."""
    return next((curve for curve in CURVES if curve.parameter_id == parameter_id), None)


def private_key(curve: Curve, chance: bytes) -> int:
    """Turn random bytes, eight more than the order has, into a private key without bias.

    Raises:
        CurveError: there are too few bytes.
    """
    if len(chance) < chance_size(curve):
        raise CurveError("A private key needs eight more random bytes than the curve's order has.")
    return int.from_bytes(chance, "big") % (curve.order - 1) + 1


def chance_size(curve: Curve) -> int:
    """How many random bytes ``private_key`` needs."""
    return curve.order_size + 8


def public_point(curve: Curve, private: int) -> bytes:
    """Multiply the generator; give the point uncompressed."""
    if not curve.swift:
        return _encode(curve, curve.points.generator * private)
    numbers = ec.derive_private_key(private, curve.openssl).public_key().public_numbers()
    return _join(curve, numbers.x, numbers.y)


def shared_x(curve: Curve, private: int, point: bytes) -> bytes:
    """Agree on the x coordinate of ``private`` times ``point``, in full length.

    Raises:
        CurveError: the point is not on the curve, or infinity.
    """
    if not curve.swift:
        return multiply(curve, point, private)[1 : 1 + curve.field_size]
    return _shared(curve, private, _public(curve, point))


def _shared(curve: Curve, private: int, peer: ec.EllipticCurvePublicKey) -> bytes:
    return ec.derive_private_key(private, curve.openssl).exchange(ec.ECDH(), peer)


def _public(curve: Curve, point: bytes) -> ec.EllipticCurvePublicKey:
    if len(point) != 1 + 2 * curve.field_size or point[0] != _UNCOMPRESSED:
        raise CurveError("A point has not the length and form of the curve's points.")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(curve.openssl, point)
    except ValueError as error:
        raise CurveError("A point is not on the curve.") from error


def multiply(curve: Curve, point: bytes, private: int) -> bytes:
    """Multiply any point of the curve; give the whole product, uncompressed.

    Raises:
        CurveError: the point is not on the curve, or the product is infinity.
    """
    peer, number = _public(curve, point), private % curve.order
    if not number:
        raise CurveError("A point has become infinity.")
    x, y = _coordinates(curve, point)
    if not curve.swift:
        return _encode(curve, PointJacobi(curve.points.curve, x, y, 1, curve.order) * number)
    if number == curve.order - 1:
        return _join(curve, x, curve.prime - y)
    product, following = (_shared(curve, factor, peer) for factor in (number, number + 1))
    numbers = (int.from_bytes(shared, "big") for shared in (product, following))
    return _join(curve, *curve.equation.recover((x, y), *numbers))


def add(curve: Curve, one: bytes, other: bytes) -> bytes:
    """Add two points of the curve; give the sum uncompressed.

    Raises:
        CurveError: a point is not on the curve, or the sum is infinity.
    """
    for point in (one, other):
        _public(curve, point)
    total = curve.equation.add(_coordinates(curve, one), _coordinates(curve, other))
    if total is None:
        raise CurveError("A point has become infinity.")
    return _join(curve, *total)


def generator(curve: Curve) -> bytes:
    """Give the curve's own generator, uncompressed."""
    return _encode(curve, curve.points.generator)


def point_at(curve: Curve, x: int, y: int) -> bytes:
    """Encode affine coordinates, uncompressed; they are taken as given."""
    return _join(curve, x, y)


def _coordinates(curve: Curve, point: bytes) -> tuple[int, int]:
    size = curve.field_size
    return int.from_bytes(point[1 : 1 + size], "big"), int.from_bytes(point[1 + size :], "big")


def _encode(curve: Curve, point: PointJacobi) -> bytes:
    return _join(curve, int(point.x()), int(point.y()))


def _join(curve: Curve, x: int, y: int) -> bytes:
    size = curve.field_size
    return bytes((_UNCOMPRESSED,)) + x.to_bytes(size, "big") + y.to_bytes(size, "big")
