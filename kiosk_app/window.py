"""Starts the process of one window: confined, with Qt, until it is killed; it decides nothing."""

import os
import signal
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from kiosk_app.config import KioskConfig
from kiosk_app.window_confinement import confine


def run_window(config: KioskConfig, descriptor: int) -> int:
    """Show one citizen's window; the usher kills it."""
    confine()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is the usher's
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    application = QGuiApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    if not config.pointer:
        application.setOverrideCursor(Qt.CursorShape.BlankCursor)
    from kiosk_app.app import KioskWindow  # noqa: PLC0415 - needs the environment set above

    window = KioskWindow(config, descriptor)
    window.start()
    return application.exec()
