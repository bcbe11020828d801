"""Curves: which ones, and that no bad point gets through."""

import pytest
from asn1crypto import keys
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards import tlv
from kiosk_app.cards.icao import curve_names, curves, pace_gm

P256 = curves.CURVES[0]


@pytest.mark.parametrize("curve", curves.CURVES, ids=lambda curve: str(curve.parameter_id))
def test_two_sides_agree(curve: curves.Curve) -> None:
    ours, theirs = curves.public_point(curve, 5), curves.public_point(curve, 7)
    assert curves.shared_x(curve, 5, theirs) == curves.shared_x(curve, 7, ours)
    assert len(ours) == 1 + 2 * curve.field_size


@pytest.mark.parametrize("curve", curves.CURVES, ids=lambda curve: str(curve.parameter_id))
def test_named_and_explicit_parameters_find_the_curve(curve: curves.Curve) -> None:
    assert curve_names.by_der(tlv.encode(0x06, curve.oid)) is curve
    explicit = _explicit(curve)
    assert curve_names.by_der(explicit) is curve


def _explicit(curve: curves.Curve, order: int | None = None) -> bytes:
    equation = curve.points.curve
    size = curve.field_size
    generator = curves.public_point(curve, 1)
    parameters = {
        "version": "ecdpVer1",
        "field_id": {"field_type": "prime_field", "parameters": int(equation.p())},
        "curve": {
            "a": (int(equation.a()) % int(equation.p())).to_bytes(size, "big"),
            "b": int(equation.b()).to_bytes(size, "big"),
        },
        "base": keys.ECPoint(generator),
        "order": order or curve.order,
        "cofactor": 1,
    }
    return bytes(keys.SpecifiedECDomain(parameters).dump())


def test_openssl_writes_the_same_names() -> None:
    public = ec.derive_private_key(5, ec.BrainpoolP384R1()).public_key()
    der = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    algorithm = tlv.parse(tlv.value_of(der, 0x30, 0x30))
    assert curve_names.by_der(tlv.encode(0x06, algorithm[1].value)).parameter_id == 16


@pytest.mark.parametrize(
    "parameters",
    [
        b"",
        b"\x06\x01\x2a",
        b"\x30\x00",
        b"\x30\x00\x30\x00",
        b"\x02\x01\x0c\x05\x00",
        b"\x05\x00",
        b"\x30\x05\x01",
        _explicit(P256, order=P256.order - 2),
    ],
)
def test_another_curve_is_refused(parameters: bytes) -> None:
    with pytest.raises(curves.CurveError):
        curve_names.by_der(parameters)


@pytest.mark.parametrize("curve", curves.CURVES, ids=lambda curve: curve.parameter_id)
def test_standardised_parameters_are_named_by_their_number(curve: curves.Curve) -> None:
    assert curve_names.by_der(bytes((0x02, 1, curve.parameter_id))) is curve


def test_proprietary_parameters_are_none_of_ours() -> None:
    assert curves.by_parameter_id(None) is None
    assert curves.by_parameter_id(3) is None


@pytest.mark.parametrize(
    "point",
    [
        b"\x00",
        b"\x04" + bytes(64),
        b"\x04" + bytes(63) + b"\x01",
        b"\x02" + curves.public_point(P256, 3)[1:33],
        curves.public_point(P256, 3)[:-1],
        curves.public_point(curves.CURVES[1], 3),
    ],
)
def test_bad_points_are_refused(point: bytes) -> None:
    with pytest.raises(curves.CurveError):
        curves.shared_x(P256, 5, point)
    with pytest.raises(curves.CurveError):
        pace_gm.map_nonce(P256, bytes(16), 5, point)


@pytest.mark.parametrize("times", [1, 12345])
def test_a_generator_mapped_to_infinity_is_refused(times: int) -> None:
    # nonce * G + private * point = 5 G - 5 G
    minus_one = curves.public_point(P256, P256.order - 1)
    with pytest.raises(curves.CurveError, match="infinity"):
        pace_gm.map_nonce(P256, (5).to_bytes(16, "big"), 5, minus_one, times)


@pytest.mark.parametrize("times", [1, 12345])
def test_a_generator_mapped_to_itself_is_refused(times: int) -> None:
    with pytest.raises(curves.CurveError, match="plain one"):
        pace_gm.map_nonce(P256, bytes(16), 1, curves.public_point(P256, 1), times)


def test_a_private_key_needs_enough_chance() -> None:
    assert curves.private_key(P256, bytes(curves.chance_size(P256))) == 1
    with pytest.raises(curves.CurveError, match="random bytes"):
        curves.private_key(P256, bytes(32))


@pytest.mark.parametrize("curve", curves.CURVES, ids=lambda curve: curve.parameter_id)
def test_both_libraries_multiply_alike(curve: curves.Curve) -> None:
    point = curves.multiply(curve, curves.generator(curve), 12345)
    assert point == curves.public_point(curve, 12345) == _by_openssl(curve, 12345)
    product = _by_openssl(curve, 7 * 12345)
    assert curves.multiply(curve, point, 7) == product
    assert curves.shared_x(curve, 7, point) == product[1 : 1 + curve.field_size]


def _by_openssl(curve: curves.Curve, private: int) -> bytes:
    return (
        ec.derive_private_key(private, curve.openssl)
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )


@pytest.mark.parametrize("curve", curves.CURVES, ids=lambda curve: curve.parameter_id)
@pytest.mark.parametrize("back", [1, 2])
def test_products_near_the_order(curve: curves.Curve, back: int) -> None:
    point = curves.public_point(curve, 9)
    expected = curves.public_point(curve, curve.order - 9 * back)
    assert curves.multiply(curve, point, curve.order - back) == expected
    assert curves.multiply(curve, point, 2 * curve.order - back) == expected


@pytest.mark.parametrize("curve", curves.CURVES, ids=lambda curve: curve.parameter_id)
@pytest.mark.parametrize("times", [0, 1, 2])
def test_a_multiple_of_the_order_is_infinity(curve: curves.Curve, times: int) -> None:
    with pytest.raises(curves.CurveError, match="infinity"):
        curves.multiply(curve, curves.generator(curve), times * curve.order)


@pytest.mark.parametrize("curve", curves.CURVES, ids=lambda curve: curve.parameter_id)
def test_sums(curve: curves.Curve) -> None:
    one, two, three = (curves.public_point(curve, number) for number in (1, 2, 3))
    assert curves.add(curve, one, one) == two
    assert curves.add(curve, one, two) == three
    with pytest.raises(curves.CurveError, match="infinity"):
        curves.add(curve, two, curves.public_point(curve, curve.order - 2))
    with pytest.raises(curves.CurveError, match="form"):
        curves.add(curve, one, b"\x04")


@given(st.sampled_from(curves.CURVES), st.integers(1, 2**256), st.integers(1, 2**256))
def test_multiplying_twice_is_multiplying_by_the_product(
    curve: curves.Curve, one: int, other: int
) -> None:
    point = curves.multiply(curve, curves.generator(curve), one)
    product = one * other % curve.order
    assert curves.multiply(curve, point, other) == curves.public_point(curve, product)
