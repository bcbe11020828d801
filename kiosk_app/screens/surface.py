"""The window's picture: QML in a QQuickView that no key can close; it knows no session."""

from pathlib import Path

from PySide6.QtCore import QEvent, QRect, Qt, QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickView

from kiosk_app.screens.icon_image import IconProvider
from kiosk_app.screens.qr_image import QrImageProvider
from kiosk_app.screens.view_model import ViewModel

QML = Path(__file__).with_name("qml")


class SurfaceBroken(RuntimeError):  # noqa: N818 - the sentence reads "surface broken: …"
    """The QML could not be loaded; the message is Qt's."""


class Surface(QQuickView):
    """One full window; a close request from a keyboard or a window manager is refused."""

    def __init__(self, view_model: ViewModel, geometry: QRect) -> None:
        super().__init__()
        self.setFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.BypassWindowManagerHint)
        self.setTitle("Infobox")
        self.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        self.setColor("#0b1f3a")
        self.engine().addImageProvider("qr", QrImageProvider())
        self.engine().addImageProvider("icon", IconProvider())
        self.setInitialProperties({"vm": view_model})
        self.setGeometry(geometry)
        self.setSource(QUrl.fromLocalFile(str(QML / "Main.qml")))
        if self.status() is not QQuickView.Status.Ready:
            raise SurfaceBroken("; ".join(error.toString() for error in self.errors()))
        self._compiled: list[QQmlComponent] = []

    def compile_pages(self) -> None:
        """Compile every page ahead, so that the first touch finds it ready."""
        for file in sorted(QML.glob("*Page.qml")):
            self._compiled.append(QQmlComponent(self.engine(), QUrl.fromLocalFile(str(file))))

    def show_behind(self) -> None:
        """Map the window under all others: a new X window would otherwise lie on top."""
        self.create()
        self.lower()
        self.show()
        self.lower()

    def event(self, event: QEvent) -> bool:
        """Refuse to be closed."""
        if event.type() is QEvent.Type.Close:
            event.ignore()
            return True
        return super().event(event)
