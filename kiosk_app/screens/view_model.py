"""What QML binds to: props as plain maps, and one slot for touches; it decides nothing."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk_app.screens.intents import event_of
from kiosk_app.screens.props import Props
from kiosk_app.session.events.touches import Touch


class ViewModel(QObject):
    """The screen's four independent parts; each tells QML only when it has changed.

    Args:
        on_touch: called with what a touched key means.
    """

    frameChanged = Signal()  # noqa: N815 - QML's own spelling
    bodyChanged = Signal()  # noqa: N815 - the same
    countdownChanged = Signal()  # noqa: N815 - the same
    alertChanged = Signal()  # noqa: N815 - the same
    frontChanged = Signal()  # noqa: N815 - the same

    def __init__(self, props: Props, on_touch: Callable[[Touch], None]) -> None:
        super().__init__()
        self._props = props
        self._on_touch = on_touch
        self._front = False

    def show(self, props: Props) -> None:
        """Put these props on the screen."""
        before, self._props = self._props, props
        if props.frame != before.frame:
            self.frameChanged.emit()
        if (props.page, props.content) != (before.page, before.content):
            self.bodyChanged.emit()
        if props.countdown != before.countdown:
            self.countdownChanged.emit()
        if props.alert != before.alert:
            self.alertChanged.emit()

    def come_to_front(self) -> None:
        """Let the screen move: a citizen sees it now."""
        self._front = True
        self.frontChanged.emit()

    @property
    def counting_down(self) -> bool:
        """Whether the citizen is being asked if they are still here."""
        return self._props.countdown is not None

    @Slot(str, str)
    def press(self, action: str, argument: str) -> None:
        """A key was touched."""
        event = event_of(action, argument)
        if event is not None:
            self._on_touch(event)

    def _get_frame(self) -> object:
        return plain(self._props.frame)

    def _get_body(self) -> object:
        return {"page": self._props.page, "content": plain(self._props.content)}

    def _get_countdown(self) -> object:
        return plain(self._props.countdown)

    def _get_alert(self) -> object:
        return plain(self._props.alert)

    def _get_front(self) -> bool:
        return self._front

    # The stubs know no types by their Qt names.
    frame = Property("QVariant", _get_frame, notify=frameChanged)  # type: ignore[arg-type] # see above
    body = Property("QVariant", _get_body, notify=bodyChanged)  # type: ignore[arg-type] # see above
    countdown = Property("QVariant", _get_countdown, notify=countdownChanged)  # type: ignore[arg-type] # see above
    alert = Property("QVariant", _get_alert, notify=alertChanged)  # type: ignore[arg-type] # see above
    front = Property(bool, _get_front, notify=frontChanged)


def plain(value: object) -> object:
    """Frozen values as the maps and lists that QML reads."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, str) else value
