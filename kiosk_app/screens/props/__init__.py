"""The screens as plain values: Scene in, Props out, in every language; pure."""

from kiosk_app.screens.props.derive import derive
from kiosk_app.screens.props.model import Props
from kiosk_app.screens.props.scene import City, Scene

__all__ = ["City", "Props", "Scene", "derive"]
