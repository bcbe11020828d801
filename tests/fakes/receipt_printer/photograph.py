"""A printed strip as it would lie on a desk: paper, torn edge, shadow; it prints nothing."""

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_DESK = (226, 223, 216)
_PAPER = (252, 251, 247)
_INK = (30, 29, 36)
_SIDE = 32
_ENDS = 36
_TOOTH = 8
_DEPTH = 6
_DESK_MARGIN = 36


def photograph(strip: Image.Image) -> Image.Image:
    """The strip (mode L) as a picture in colour, larger by the paper's and the desk's margins."""
    width, height = strip.width + 2 * _SIDE, strip.height + 2 * _ENDS
    paper = Image.new("RGB", (width, height), _PAPER)
    ink = ImageChops.invert(strip)
    paper.paste(_INK, (_SIDE, _ENDS), ink)
    shape = _torn_shape(width, height)
    desk = Image.new("RGB", (width + 2 * _DESK_MARGIN, height + 2 * _DESK_MARGIN), _DESK)
    shadow = Image.new("L", desk.size, 0)
    shadow.paste(110, (_DESK_MARGIN, _DESK_MARGIN + 8), shape)
    desk.paste((120, 116, 108), (0, 0), shadow.filter(ImageFilter.GaussianBlur(12)))
    desk.paste(paper, (_DESK_MARGIN, _DESK_MARGIN), shape)
    return desk


def _torn_shape(width: int, height: int) -> Image.Image:
    """Straight sides; the cutter's small teeth at top and bottom."""
    shape = Image.new("L", (width, height), 0)
    teeth = range(0, width + _TOOTH, _TOOTH)
    top = [(x, _DEPTH if index % 2 else 0) for index, x in enumerate(teeth)]
    bottom = [(x, height - 1 - (_DEPTH if index % 2 else 0)) for index, x in enumerate(teeth)]
    ImageDraw.Draw(shape).polygon([*top, *reversed(bottom)], fill=255)
    return shape
