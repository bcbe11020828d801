"""Shows films with libmpv inside a native child window; the only module that knows python-mpv."""

import locale
import logging
from pathlib import Path
from typing import Any

import mpv
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from signage_player.outputs.surface import Film, Media, Surface

logger = logging.getLogger(__name__)

_DEMUXER = {"video/mp4": "mov", "video/webm": "matroska"}
_NO_ENTRY = -1
_CARDS = Path("/dev/dri")
_CUT_SHORT = 0.5
"""Seconds that may be missing at the end of a film before it counts as cut off."""


class FilmSurface(Surface):
    """One mpv core in one window: loads the next film paused on its first frame.

    mpv's events come in mpv's own thread and cross to Qt's by one signal; mpv is never called
    from there. Playlists, scripts, network and other files are closed to the core.
    """

    _event = Signal(str, int, int)
    _end_reached = Signal()

    def __init__(self, parent: QWidget, video_output: str, decoding: str, *, sound: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_PaintOnScreen)
        self._token = 0
        self._entry = _NO_ENTRY
        self._started = _NO_ENTRY
        self._waiting = False
        self._film: Film | None = None
        self._end_reached.connect(self._on_end_reached, Qt.ConnectionType.QueuedConnection)
        self._event.connect(self._on_event, Qt.ConnectionType.QueuedConnection)
        locale.setlocale(locale.LC_NUMERIC, "C")  # libmpv refuses to start otherwise
        options = _options(int(self.winId()), video_output, decoding, sound=sound)
        self._mpv = mpv.MPV(log_handler=_log, loglevel="error", **options)
        self._mpv.register_event_callback(self._post)
        self._mpv.observe_property("eof-reached", self._post_end)

    def paintEngine(self) -> None:  # type: ignore[override]  # noqa: N802 - Qt's name; None: mpv paints
        """Qt draws nothing here."""
        return

    def prepare(self, token: int, media: Media) -> None:
        """Load a film, paused on its first frame."""
        if not isinstance(media, Film):
            self.failed.emit(token, "is no film")
            return
        self._token, self._waiting, last = token, True, self._film
        self._film = media
        settings = {
            "start": f"{media.offset_ms / 1000:.3f}",
            "pause": "yes",
            "panscan": "1.0" if media.cover else "0.0",
            "demuxer-lavf-format": _DEMUXER.get(media.media_type, "mov"),
        }
        text = ",".join(f"{key}={value}" for key, value in settings.items())
        file = f"/proc/self/fd/{media.file.fileno()}"  # the file that was checked, not its path
        answer = self._mpv.command("loadfile", file, "replace", text)
        self._entry = int((answer or {}).get("playlist_entry_id", _NO_ENTRY))
        _close(last)

    def start(self) -> None:
        """Run."""
        self._mpv.pause = False

    def release(self) -> None:
        """Stand still; the next film replaces this one."""
        self._mpv.pause = True

    def close_output(self) -> None:
        """End the core."""
        self._mpv.terminate()
        _close(self._film)

    def _post(self, event: Any) -> None:  # noqa: ANN401 - an untyped library's event
        """In mpv's thread: turn an event into a signal and return."""
        name = event.event_id.value
        if name == mpv.MpvEventID.START_FILE:
            self._event.emit("start", event.data.playlist_entry_id, 0)
        elif name == mpv.MpvEventID.PLAYBACK_RESTART:
            self._event.emit("playing", _NO_ENTRY, 0)
        elif name == mpv.MpvEventID.END_FILE:
            self._event.emit("end", event.data.playlist_entry_id, event.data.reason)

    def _on_event(self, name: str, entry: int, reason: int) -> None:
        if name == "start":
            self._started = entry
        elif not self._waiting:
            return
        elif name == "playing" and self._started == self._entry:
            self._answer_playing()
        elif name == "end" and entry == self._entry and reason == mpv.MpvEventEndFile.ERROR:
            self._waiting = False
            self.failed.emit(self._token, "is no film that can be played")

    def _post_end(self, name: str, reached: object) -> None:  # noqa: ARG002 - mpv's signature
        """In mpv's thread: the last frame that can be read stands."""
        if reached:
            self._end_reached.emit()

    def _on_end_reached(self) -> None:
        """A film that ends before the length in its header was cut off by whoever made the file."""
        length, place = self._mpv.duration, self._mpv.time_pos
        if self._waiting or length is None or place is None:
            return
        frame = 1 / (self._mpv.container_fps or 25)
        if place + frame + _CUT_SHORT < length:
            self.flawed.emit(f"the film ends at {place:.1f} s of {length:.1f} s")

    def _answer_playing(self) -> None:
        self._waiting = False
        if self._mpv.video_out_params and not self._mpv.eof_reached:
            self.ready.emit(self._token)
        else:
            self.failed.emit(self._token, "has no picture in it")


def _close(film: Film | None) -> None:
    if film:
        film.file.close()


def suited(video_output: str, decoding: str, cards: Path = _CARDS) -> dict[str, str]:
    """The options of mpv for output and decoding, with and without a graphics card that renders.

    Nothing is left to mpv's probing: on a computer without a card it tries Vulkan, and when a
    second core does that Xlib aborts the process.
    """
    has_card = any(cards.glob("renderD*"))
    return {
        "vo": video_output or ("gpu,x11" if has_card else "x11"),
        "gpu_context": "x11egl",
        "hwdec": decoding if has_card else "no",
    }


def _options(window: int, video_output: str, decoding: str, *, sound: bool) -> dict[str, Any]:
    options: dict[str, Any] = {
        "wid": str(window),
        **suited(video_output, decoding),
        "idle": "yes",
        "pause": True,
        "keep_open": "yes",
        "force_window": "yes",
        "config": "no",
        "load_scripts": "no",
        "ytdl": "no",
        "osc": "no",
        "osd_level": 0,
        "input_default_bindings": "no",
        "input_vo_keyboard": "no",
        "input_cursor": "no",
        "cursor_autohide": "always",
        "stop_screensaver": "no",
        "demuxer": "lavf",
        "demuxer_lavf_o": "protocol_whitelist=[file]",
        "autoload_files": "no",
        "sub": "no",
        "audio": "auto" if sound else "no",
        "demuxer_max_bytes": "32MiB",
        "demuxer_max_back_bytes": "1MiB",
        "background": "#0b1f3a",
    }
    return options


def _log(level: str, component: str, message: str) -> None:
    logger.debug("mpv %s %s: %s", level, component, message.strip())
