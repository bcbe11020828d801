"""QtWebEngine, used nowhere else in the kiosk: pages of the allow-list that leave nothing behind.

It does not decide what may load: `policy` does. A page gets no downloads, windows, dialogs, files,
permissions, printing or context menu, and its console is not logged.
"""

import logging
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineDownloadRequest,
    QWebEngineFullScreenRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from kiosk_app.web.policy import WebPolicy, judge

logger = logging.getLogger(__name__)

_Attribute: Final = QWebEngineSettings.WebAttribute
_OFF: Final = (
    _Attribute.AllowGeolocationOnInsecureOrigins,
    _Attribute.AllowRunningInsecureContent,
    _Attribute.AllowWindowActivationFromJavaScript,
    _Attribute.AutoLoadIconsForPage,
    _Attribute.DnsPrefetchEnabled,
    _Attribute.ErrorPageEnabled,
    _Attribute.FullScreenSupportEnabled,
    _Attribute.HyperlinkAuditingEnabled,
    _Attribute.JavascriptCanAccessClipboard,
    _Attribute.JavascriptCanOpenWindows,
    _Attribute.JavascriptCanPaste,
    _Attribute.LocalContentCanAccessFileUrls,
    _Attribute.LocalContentCanAccessRemoteUrls,
    _Attribute.NavigateOnDropEnabled,
    _Attribute.PdfViewerEnabled,
    _Attribute.PluginsEnabled,
    _Attribute.ScreenCaptureEnabled,
)


class _Interceptor(QWebEngineUrlRequestInterceptor):
    """Blocks every request, of a page or of what it embeds, that the policy refuses."""

    def __init__(self, policy: WebPolicy, parent: QObject) -> None:
        super().__init__(parent)
        self._policy = policy

    def interceptRequest(self, info: QWebEngineUrlRequestInfo, /) -> None:  # noqa: N802 - Qt's name
        """Called by Qt for each request before it is sent."""
        url = bytes(info.requestUrl().toEncoded().data()).decode("ascii", "replace")
        if (refusal := judge(url, self._policy)) is not None:
            info.block(True)  # noqa: FBT003 - Qt's signature
            logger.info("Web request refused: %s.", refusal.value)


class KioskPage(QWebEnginePage):
    """One page under the policy.

    Signals:
        crashed: Its renderer died; the owner loads it anew.
    """

    crashed = Signal()

    def __init__(self, profile: QWebEngineProfile, policy: WebPolicy, parent: QObject) -> None:
        super().__init__(profile, parent)
        self._policy = policy
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)  # noqa: FBT003 - Qt's signature
        self.setBackgroundColor(Qt.GlobalColor.white)
        self.permissionRequested.connect(_deny)
        self.fullScreenRequested.connect(_stay_small)
        self.certificateError.connect(_reject)
        self.renderProcessTerminated.connect(lambda *_: self.crashed.emit())

    def acceptNavigationRequest(  # noqa: N802 - Qt's name
        self,
        url: QUrl | str,
        _kind: QWebEnginePage.NavigationType,
        _main_frame: bool,  # noqa: FBT001 - Qt's signature
        /,
    ) -> bool:
        """Refuse a navigation before it begins, with the same judgement as for requests."""
        text = bytes(QUrl(url).toEncoded().data()).decode("ascii", "replace")
        return text == "about:blank" or judge(text, self._policy) is None

    def javaScriptAlert(self, _origin: QUrl | str, _message: str, /) -> None:  # noqa: N802 - Qt's
        """Shows nothing: the script goes on."""

    def javaScriptConfirm(self, _origin: QUrl | str, _message: str, /) -> bool:  # noqa: N802 - Qt's
        """Shows nothing and says no."""
        return False

    def javaScriptPrompt(  # noqa: N802 - Qt's name
        self, _origin: QUrl | str, _message: str, _default: str, /
    ) -> tuple[bool, str]:
        """Shows nothing and gives nothing."""
        return False, ""

    def javaScriptConsoleMessage(  # noqa: N802 - Qt's name
        self,
        _level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        _message: str,
        _line: int,
        _source: str,
        /,
    ) -> None:
        """Drops it: a page's console may hold what a citizen typed."""

    def chooseFiles(  # noqa: N802 - Qt's name
        self,
        _mode: QWebEnginePage.FileSelectionMode,
        _old: Sequence[str],
        _types: Sequence[str],
        /,
    ) -> list[str]:
        """Shows no dialog and gives no file."""
        return []


def make_profile(policy: WebPolicy, parent: QObject) -> QWebEngineProfile:
    """A profile that keeps cookies and cache in memory only and loads what the policy allows."""
    profile = QWebEngineProfile(parent)
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
    profile.setPersistentCookiesPolicy(
        QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
    )
    profile.setSpellCheckEnabled(False)
    profile.setPushServiceEnabled(False)
    interceptor = _Interceptor(policy, profile)
    profile.setUrlRequestInterceptor(interceptor)
    _keep(profile, interceptor)
    profile.downloadRequested.connect(_cancel)
    return profile


def make_view(
    profile: QWebEngineProfile, policy: WebPolicy, parent: QWidget | None = None
) -> QWebEngineView:
    """A view with a `KioskPage`; the profile must outlive it."""
    view = QWebEngineView(parent)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    view.setAcceptDrops(False)
    page = KioskPage(profile, policy, view)
    view.setPage(page)
    _keep(view, page)
    return view


def _keep(owner: QObject, kept: QObject) -> None:
    """Hold the Python half of an object as long as its owner lives.

    Qt's parent holds only the C++ half: without the other the overridden methods are gone, and
    with them the policy, without a word.
    """
    owner.destroyed.connect(lambda: kept)


def _deny(permission: QWebEnginePermission) -> None:
    permission.deny()


def _stay_small(request: QWebEngineFullScreenRequest) -> None:
    request.reject()


def _reject(error: QWebEngineCertificateError) -> None:
    error.rejectCertificate()


def _cancel(download: QWebEngineDownloadRequest) -> None:
    download.cancel()
