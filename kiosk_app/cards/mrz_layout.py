"""The three formats of a machine readable zone (ICAO Doc 9303 parts 4 to 6); reads none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of a format stand in its characters, all lines joined.

    The check digit of a field follows it; ``composite`` names what the last check digit covers.
    """

    size: int
    code: slice
    state: slice
    number: slice
    birth: slice
    sex: slice
    expiry: slice
    nationality: slice
    names: slice
    optional: tuple[slice, ...]
    composite: tuple[slice, ...]
    composite_digit: int


TD1 = Layout(
    size=90,
    code=slice(0, 2),
    state=slice(2, 5),
    number=slice(5, 14),
    birth=slice(30, 36),
    sex=slice(37, 38),
    expiry=slice(38, 44),
    nationality=slice(45, 48),
    names=slice(60, 90),
    optional=(slice(15, 30), slice(48, 59)),
    composite=(slice(5, 30), slice(30, 37), slice(38, 45), slice(48, 59)),
    composite_digit=59,
)
TD2 = Layout(
    size=72,
    code=slice(0, 2),
    state=slice(2, 5),
    number=slice(36, 45),
    birth=slice(49, 55),
    sex=slice(56, 57),
    expiry=slice(57, 63),
    nationality=slice(46, 49),
    names=slice(5, 36),
    optional=(slice(64, 71),),
    composite=(slice(36, 46), slice(49, 56), slice(57, 71)),
    composite_digit=71,
)
TD3 = Layout(
    size=88,
    code=slice(0, 2),
    state=slice(2, 5),
    number=slice(44, 53),
    birth=slice(57, 63),
    sex=slice(64, 65),
    expiry=slice(65, 71),
    nationality=slice(54, 57),
    names=slice(5, 44),
    optional=(slice(72, 86),),
    composite=(slice(44, 54), slice(57, 64), slice(65, 87)),
    composite_digit=87,
)
LAYOUTS = {layout.size: layout for layout in (TD1, TD2, TD3)}
