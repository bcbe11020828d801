"""Shows a self-contained HTML page with QtWebEngine; the page can reach nothing outside itself."""

import os

from PySide6.QtCore import QBuffer, QByteArray, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QResizeEvent
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from signage_player.outputs.image_output import BACKDROP
from signage_player.outputs.surface import Media, Page, Surface

_SCHEME = b"signage"
_PAINT_MS = 150
"""From "loaded" to surely painted: a few frames of software rendering."""
_POLICY = (
    b"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    b"img-src data:; font-src data:; media-src data:"
)


def _register_scheme() -> None:
    """Make the page's own address scheme known; once, before the first profile."""
    scheme = QWebEngineUrlScheme(QByteArray(_SCHEME))
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


_register_scheme()


def _quiet_chromium() -> None:
    """Chromium writes to stderr itself: only what ends it is worth a line."""
    name = "QTWEBENGINE_CHROMIUM_FLAGS"
    if "--log-level" not in os.environ.get(name, ""):
        os.environ[name] = f"{os.environ.get(name, '')} --log-level=3".strip()


_quiet_chromium()


def start_chromium() -> None:
    """Start Chromium before a page is needed: the first profile holds Qt's thread for 0.1-0.5 s."""
    QWebEngineProfile().deleteLater()


class _OnlyItself(QWebEngineUrlRequestInterceptor):
    """Stops every request but the page itself and data inside it."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:  # noqa: N802 - Qt's name
        info.block(info.requestUrl().scheme() not in {_SCHEME.decode(), "data"})


class _PageSource(QWebEngineUrlSchemeHandler):
    """Answers the page's own address with the bytes that were checked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.html = b""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:  # noqa: N802 - Qt's name
        if job.requestUrl().path() != "/":
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        buffer = QBuffer(job)
        buffer.setData(QByteArray(self.html))
        job.setAdditionalResponseHeaders(
            {QByteArray(b"Content-Security-Policy"): [QByteArray(_POLICY)]}  # type: ignore[dict-item]  # a multi-map: the stub lacks the list
        )
        job.reply(QByteArray(b"text/html; charset=utf-8"), buffer)


class WebSurface(Surface):
    """A view of its own profile in a native container, kept visible behind the front one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._token = 0
        self._waiting = False
        self._profile = QWebEngineProfile(self)
        self._source = _PageSource(self._profile)
        self._only_itself = _OnlyItself(self._profile)
        self._profile.installUrlSchemeHandler(QByteArray(_SCHEME), self._source)
        self._profile.setUrlRequestInterceptor(self._only_itself)
        self._profile.downloadRequested.connect(lambda download: download.cancel())
        self._page = QWebEnginePage(self._profile, self)
        self._page.setBackgroundColor(BACKDROP)
        _close_doors(self._page.settings())
        self._view = QWebEngineView(self)
        self._view.setPage(self._page)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._page.loadFinished.connect(self._on_loaded)
        self._page.renderProcessTerminated.connect(self._on_terminated)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The view fills the surface."""
        self._view.setGeometry(self.rect())
        super().resizeEvent(event)

    def prepare(self, token: int, media: Media) -> None:
        """Load a page."""
        if not isinstance(media, Page):
            self.failed.emit(token, "is no page")
            return
        self._token, self._waiting = token, True
        self._source.html = media.html
        self._page.load(QUrl(f"{_SCHEME.decode()}://item{token}/"))

    def release(self) -> None:
        """Stop what the page does."""
        self._page.load(QUrl("about:blank"))

    def close_output(self) -> None:
        """End the page before its profile."""
        self._view.deleteLater()
        self._page.deleteLater()

    def _on_loaded(self, ok: bool) -> None:  # noqa: FBT001 - Qt's signal
        if not self._waiting or self._page.url().scheme() != _SCHEME.decode():
            return
        self._waiting = False
        token = self._token
        if ok:
            QTimer.singleShot(_PAINT_MS, self, lambda: self.ready.emit(token))
        else:
            self.failed.emit(token, "did not load")

    def _on_terminated(self) -> None:
        if self._waiting:
            self._waiting = False
            self.failed.emit(self._token, "made its renderer crash")
        else:
            self.lost.emit("the page's renderer ended")


def _close_doors(settings: QWebEngineSettings) -> None:
    attribute = QWebEngineSettings.WebAttribute
    for closed in (
        attribute.JavascriptCanOpenWindows,
        attribute.JavascriptCanAccessClipboard,
        attribute.LocalContentCanAccessFileUrls,
        attribute.LocalContentCanAccessRemoteUrls,
        attribute.PluginsEnabled,
        attribute.FullScreenSupportEnabled,
        attribute.ScreenCaptureEnabled,
        attribute.PdfViewerEnabled,
        attribute.LocalStorageEnabled,
        attribute.ErrorPageEnabled,
        attribute.ShowScrollBars,
    ):
        settings.setAttribute(closed, False)  # noqa: FBT003 - Qt's signature
    settings.setAttribute(attribute.PlaybackRequiresUserGesture, False)  # noqa: FBT003 - the same
