"""One zone of the screen: the front surface, the next one behind it, and the swap between them."""

import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from playlists import Blob, Item, Programme, Sha256, Video, Web
from signage_player.director import Cue, ZoneScene
from signage_player.loader import Loader, Order
from signage_player.outputs.image_output import ImageSurface
from signage_player.outputs.surface import Film, Media, Surface

logger = logging.getLogger(__name__)

PATIENCE_MS = 5000
"""An item that is not ready this long after it was asked for is given up."""
_RELEASE_MS = 400
_MOST_LOSSES = 3
"""An item whose surface is lost this often in one turn is given up."""
_tokens = itertools.count(1)

SurfaceMaker = Callable[[type[Item], QWidget], Surface]


@dataclass(frozen=True)
class _Slot:
    token: int
    cue: Cue
    surface: Surface | None = None
    ready: bool = False


class ZoneStage(QWidget):
    """A native window over the idle screen that appears with its first ready item.

    `shown(zone, cue)` after each swap; `bad(blob, reason)` for an item that cannot be shown;
    `hurt(reason)` when what stands is not as it should be or was lost and is being brought back.
    """

    shown = Signal(str, object)
    bad = Signal(str, str)
    hurt = Signal(str)

    def __init__(self, parent: QWidget, name: str, loader: Loader, make: SurfaceMaker) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._name = name
        self._loader = loader
        self._make = make
        self._programme: Programme | None = None
        self._wanted: Cue | None = None
        self._front: _Slot | None = None
        self._back: _Slot | None = None
        self._lost = False
        self._losses = 0
        self._pool: dict[type[Item], list[Surface]] = {}

    @property
    def showing(self) -> Cue | None:
        """What stands in front."""
        return self._front.cue if self._front else None

    def direct(self, programme: Programme, scene: ZoneScene) -> None:
        """Follow the director: show and prepare; what stands stays until the next is ready."""
        self._programme = programme
        self._wanted = scene.show
        if scene.show and not self._stands(scene.show):
            if not self._is_behind(scene.show):
                self._prepare(scene.show)
            self._swap_when_due()
        elif scene.prepare and not self._is_behind(scene.prepare):
            self._prepare(scene.prepare)

    def close_outputs(self) -> None:
        """End every surface of this zone."""
        for surface in itertools.chain.from_iterable(self._pool.values()):
            surface.close_output()

    def _stands(self, cue: Cue) -> bool:
        """The cue is in front, or the same still or page is and simply stays."""
        return self._front is not None and not self._lost and _same_picture(self._front.cue, cue)

    def _is_behind(self, cue: Cue) -> bool:
        return self._back is not None and _same_picture(self._back.cue, cue)

    def _prepare(self, cue: Cue) -> None:
        if self._stands(cue):
            return
        blob = self._blob(cue.item.blob)
        if blob is None:
            return
        slot = _Slot(next(_tokens), cue)
        self._back = slot
        late = datetime.now(UTC) - cue.start
        offset = max(0, round(late.total_seconds() * 1000))
        order = Order(cue.item, blob, self._pixels(), offset if offset > PATIENCE_MS / 10 else 0)
        self._loader.load(order, lambda media: self._loaded(slot, media))
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._give_up(slot))

    def _blob(self, sha256: Sha256) -> Blob | None:
        return self._programme.blob(sha256) if self._programme else None

    def _pixels(self) -> QSize:
        return self.size() * self.devicePixelRatioF()

    def _loaded(self, slot: _Slot, media: Media | str) -> None:
        if self._back is None or self._back.token != slot.token:
            if isinstance(media, Film):
                media.file.close()
            return
        if isinstance(media, str):
            self._refuse(slot, media)
            return
        surface = self._surface(type(slot.cue.item))
        self._back = replace(slot, surface=surface)
        surface.prepare(slot.token, media)

    def _surface(self, kind: type[Item]) -> Surface:
        """A surface of a kind that is not in front; at most two of each are ever made."""
        pool = self._pool.setdefault(kind, [])
        front = self._front.surface if self._front else None
        for surface in pool:
            if surface is not front:
                return surface
        surface = self._make(kind, self)
        surface.setGeometry(self.rect())
        surface.ready.connect(self._on_ready)
        surface.failed.connect(self._on_failed)
        surface.lost.connect(lambda reason: self._on_lost(surface, reason))
        surface.flawed.connect(lambda reason: self._on_flawed(surface, reason))
        surface.lower()
        surface.show()
        pool.append(surface)
        return surface

    def _on_ready(self, token: int) -> None:
        if self._back and self._back.token == token:
            self._back = replace(self._back, ready=True)
            self._swap_when_due()

    def _on_failed(self, token: int, reason: str) -> None:
        if self._back and self._back.token == token:
            self._refuse(self._back, reason)

    def _give_up(self, slot: _Slot) -> None:
        if self._back and self._back.token == slot.token and not self._back.ready:
            self._refuse(slot, "was not ready in time")

    def _refuse(self, slot: _Slot, reason: str) -> None:
        self._back = None
        self.bad.emit(slot.cue.item.blob, f"item {slot.cue.item.id!r} {reason}")

    def _on_lost(self, surface: Surface, reason: str) -> None:
        """What stood is gone: bring it back on the other surface; what was ready is made anew."""
        slot = self._on_surface(surface)
        if slot is None:
            return
        self.hurt.emit(f"item {slot.cue.item.id!r}: {reason}")
        self._losses += 1
        if self._losses >= _MOST_LOSSES:
            self._drop_front(surface)
            self._refuse(slot, f"failed {self._losses} times: {reason}")
        elif slot is self._back:
            self._prepare(slot.cue)
        else:
            self._lost = True
            self._prepare(self._wanted or slot.cue)

    def _drop_front(self, surface: Surface) -> None:
        """A surface that is given up must not stay in front: the idle screen is better."""
        if self._front and self._front.surface is surface:
            self._front, self._losses = None, 0
            self.hide()

    def _on_flawed(self, surface: Surface, reason: str) -> None:
        slot = self._on_surface(surface)
        if slot:
            self.hurt.emit(f"item {slot.cue.item.id!r}: {reason}")

    def _on_surface(self, surface: Surface) -> _Slot | None:
        slots = (slot for slot in (self._front, self._back) if slot)
        return next((slot for slot in slots if slot.surface is surface), None)

    def _swap_when_due(self) -> None:
        back = self._back
        if back is None or not back.ready or back.surface is None or self._wanted is None:
            return
        if not _same_picture(back.cue, self._wanted):
            return
        old, self._front, self._back = self._front, back, None
        if old is None or old.cue != back.cue:
            self._losses = 0
        self._lost = False
        self.show()
        back.surface.raise_()
        back.surface.start()
        if old and old.surface and old.surface is not back.surface:
            QTimer.singleShot(_RELEASE_MS, self, lambda: self._release(old.surface))
        self.shown.emit(self._name, back.cue)

    def _release(self, surface: Surface | None) -> None:
        in_use = {slot.surface for slot in (self._front, self._back) if slot}
        if surface and surface not in in_use:
            surface.release()


def _same_picture(one: Cue, other: Cue) -> bool:
    """The same turn, or a later turn of a still or a page, which simply stays."""
    return one.item == other.item and (one.start == other.start or not isinstance(one.item, Video))


def make_surface(
    kind: type[Item], parent: QWidget, video_output: str, decoding: str, *, sound: bool
) -> Surface:
    """A surface for a kind of item; films and pages load their libraries only now."""
    if kind is Video:
        from signage_player.outputs.mpv_output import FilmSurface  # noqa: PLC0415 - cold start

        return FilmSurface(parent, video_output, decoding, sound=sound)
    if kind is Web:
        from signage_player.outputs import web_output  # noqa: PLC0415 - cold start

        return web_output.WebSurface(parent)
    return ImageSurface(parent)
