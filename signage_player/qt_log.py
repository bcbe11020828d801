"""Takes Qt's own messages into the program's log; hides what is only noise."""

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

logger = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.DEBUG,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_NOISE = ("GLX: No DRI3 Extension", "GPUInfo not initialized")
"""Said at each start of QtWebEngine without a graphics card; it draws in software then."""


def take_messages() -> None:
    """From now on Qt's messages go to the logger `qt`."""
    qInstallMessageHandler(_take)


def _take(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:  # noqa: ARG001 - Qt's signature
    level = logging.DEBUG if text.startswith(_NOISE) else _LEVELS[kind]
    logger.log(level, "%s", text[:500])
