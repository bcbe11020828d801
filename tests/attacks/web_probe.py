"""Loads pages in the kiosk's engine one after the other and tells what became of them as JSON.

`python -m tests.attacks.web_probe ORIGIN URL…`: ORIGIN is the whole allow-list.
"""

import gc
import json
import sys

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from kiosk_app.web.engine import make_profile, make_view
from kiosk_app.web.policy import parse_policy

_SETTLE_MS = 700
_LIMIT_MS = 8000


def main() -> int:
    """One JSON line a page: what was asked, whether it loaded, title and windows in the end."""
    application = QApplication(sys.argv[:1])
    policy = parse_policy((sys.argv[1],))
    profile = make_profile(policy, application)
    for url in sys.argv[2:]:
        view = make_view(profile, policy)
        gc.collect()
        loop = QEventLoop()
        loads: list[bool] = []
        view.loadFinished.connect(loads.append)
        view.loadFinished.connect(lambda _ok, wait=loop: QTimer.singleShot(_SETTLE_MS, wait.quit))
        QTimer.singleShot(_LIMIT_MS, loop.quit)
        view.resize(400, 300)
        view.show()
        view.load(url)
        loop.exec()
        found = {
            "url": url,
            "loads": loads,
            "title": view.title(),
            "windows": len(application.topLevelWidgets()),
        }
        print(json.dumps(found), flush=True)  # noqa: T201 - the probe's answer
        view.page().deleteLater()
        view.deleteLater()
        QTimer.singleShot(0, loop.quit)
        loop.exec()
    return 0


if __name__ == "__main__":
    sys.exit(main())
