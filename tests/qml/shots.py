"""Paints every scene into PNG files, to be looked at; `python -m tests.qml.shots`."""

import argparse
import os
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

from PySide6.QtCore import QRect, QUrl
from PySide6.QtGui import QGuiApplication

from kiosk_app.screens.props import derive
from kiosk_app.screens.surface import Surface
from kiosk_app.screens.view_model import ViewModel
from kiosk_app.session.model import Language
from tests.qml.scenes import SESSIONS, scene


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("scenes", nargs="*")
    parser.add_argument("--size", default="1080x1920")
    parser.add_argument("--language", default="cs", choices=list(Language))
    parser.add_argument("--out", type=Path, default=Path("build/screens"))
    arguments = parser.parse_args()
    app = QGuiApplication([])
    width, height = map(int, arguments.size.split("x"))
    names = arguments.scenes or list(SESSIONS)
    language = Language(arguments.language)
    view_model = ViewModel(derive(scene(names[0], language)), print)
    surface = Surface(view_model, QRect(0, 0, width, height))
    surface.show()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name in names:
        view_model.show(derive(scene(name, language)))
        app.processEvents()
        surface.grabWindow().save(str(arguments.out / f"{name}-{language}-{arguments.size}.png"))
    surface.setSource(QUrl())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
