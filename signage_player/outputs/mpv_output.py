"""Shows films with libmpv inside a native child window; the only module that knows python-mpv."""

import locale
import logging
from typing import Any

import mpv
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from signage_player.outputs.surface import Film, Media, Surface

logger = logging.getLogger(__name__)

_DEMUXER = {"video/mp4": "mov", "video/webm": "matroska"}
_NO_ENTRY = -1
VIDEO_OUTPUTS = "gpu,xv,x11"
"""Outputs that can live in a foreign window; mpv's own choice may open one of its own."""


class FilmSurface(Surface):
    """One mpv core in one window: loads the next film paused on its first frame.

    mpv's events come in mpv's own thread and cross to Qt's by one signal; mpv is never called
    from there. Playlists, scripts, network and other files are closed to the core.
    """

    _event = Signal(str, int, int)

    def __init__(self, parent: QWidget, video_output: str, decoding: str, *, sound: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_PaintOnScreen)
        self._token = 0
        self._entry = _NO_ENTRY
        self._started = _NO_ENTRY
        self._waiting = False
        self._event.connect(self._on_event, Qt.ConnectionType.QueuedConnection)
        locale.setlocale(locale.LC_NUMERIC, "C")  # libmpv refuses to start otherwise
        options = _options(int(self.winId()), video_output, decoding, sound=sound)
        self._mpv = mpv.MPV(log_handler=_log, loglevel="error", **options)
        self._mpv.register_event_callback(self._post)

    def paintEngine(self) -> None:  # type: ignore[override]  # noqa: N802 - Qt's name; None: mpv paints
        """Qt draws nothing here."""
        return

    def prepare(self, token: int, media: Media) -> None:
        """Load a film, paused on its first frame."""
        if not isinstance(media, Film):
            self.failed.emit(token, "is no film")
            return
        self._token, self._waiting = token, True
        settings = {
            "start": f"{media.offset_ms / 1000:.3f}",
            "pause": "yes",
            "panscan": "1.0" if media.cover else "0.0",
            "demuxer-lavf-format": _DEMUXER.get(media.media_type, "mov"),
        }
        text = ",".join(f"{key}={value}" for key, value in settings.items())
        answer = self._mpv.command("loadfile", str(media.path), "replace", text)
        self._entry = int((answer or {}).get("playlist_entry_id", _NO_ENTRY))

    def start(self) -> None:
        """Run."""
        self._mpv.pause = False

    def release(self) -> None:
        """Stand still; the next film replaces this one."""
        self._mpv.pause = True

    def close_output(self) -> None:
        """End the core."""
        self._mpv.terminate()

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

    def _answer_playing(self) -> None:
        self._waiting = False
        if self._mpv.video_out_params and not self._mpv.eof_reached:
            self.ready.emit(self._token)
        else:
            self.failed.emit(self._token, "has no picture in it")


def _options(window: int, video_output: str, decoding: str, *, sound: bool) -> dict[str, Any]:
    options: dict[str, Any] = {
        "wid": str(window),
        "vo": video_output or VIDEO_OUTPUTS,
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
        "hwdec": decoding,
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
