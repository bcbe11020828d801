"""Reads, checks and decodes media in a thread of its own and posts the result to Qt's thread."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, Signal

from playlists import Blob, Fit, Image, Item, Video, Web
from signage_player.cache import BadBlob, Cache
from signage_player.outputs.image_output import BadPicture, decode
from signage_player.outputs.surface import Film, Media, Page, Picture

logger = logging.getLogger(__name__)

MAX_PAGE = 16 << 20
"""Bytes of one HTML page."""


@dataclass(frozen=True)
class Order:
    """What to load: an item with its pinned blob for a surface of `size`, from `offset_ms` on."""

    item: Item
    blob: Blob
    size: QSize
    offset_ms: int


class Loader(QObject):
    """One worker; each answer comes back to the thread that owns this object."""

    _done = Signal(object, object)

    def __init__(self, cache: Cache) -> None:
        super().__init__()
        self._cache = cache
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="media")
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def load(self, order: Order, then: Callable[[Media | str], None]) -> None:
        """Call `then` later with the medium, or with one sentence on what is wrong with it."""
        self._worker.submit(self._work, order, then)

    def close(self) -> None:
        """Stop reading; drop the others."""
        self._cache.close()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _work(self, order: Order, then: Callable[[Media | str], None]) -> None:
        try:
            result: Media | str = self._load(order)
        except (BadBlob, BadPicture) as error:
            result = str(error)
        except Exception:  # the outermost frame of the worker: it must answer
            logger.exception("Loading %s failed.", order.item.id)
            result = "could not be loaded"
        self._done.emit(then, result)

    def _load(self, order: Order) -> Media:
        match order.item:
            case Video(fit=fit):
                file = self._cache.open_checked(order.blob)
                return Film(file, order.blob.media_type, order.offset_ms, fit is Fit.COVER)
            case Image(fit=fit):
                data = self._cache.read(order.blob)
                cover = fit is Fit.COVER
                return Picture(decode(data, order.blob.media_type, order.size, cover=cover))
            case Web():
                if order.blob.length > MAX_PAGE:
                    raise BadBlob(
                        f"blob {order.blob.sha256[:12]}: the page is over {MAX_PAGE} bytes"
                    )
                return Page(self._cache.read(order.blob))

    def _deliver(self, then: Callable[[Media | str], None], result: Media | str) -> None:
        then(result)
