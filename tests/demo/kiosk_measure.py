"""Lays a kiosk screen out without a display and prints where its controls are."""

import asyncio
import json
import sys
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from kiosk_app.account.model import SELF_ID, Account, Assurance
from kiosk_app.content.load import load_content
from kiosk_app.content.model import CityContent
from kiosk_app.gateway.agenda.declaration import CITY
from kiosk_app.gateway.assurance import DEFAULT_TABLE
from kiosk_app.gateway.config import PACKAGED_AGENDAS
from kiosk_app.gateway.departments import connect
from kiosk_app.gateway.sample_city.creation import create_sample_city
from kiosk_app.gateway.wiring import city_clock
from kiosk_app.screens.props import Scene, derive
from kiosk_app.screens.surface import Surface
from kiosk_app.screens.view_model import ViewModel
from kiosk_app.session.model import Language
from kiosk_app.session.screen.in_account import PaymentView
from tests.qml.scenes import scene

JANA = ("CZE", "999009812")

Centres = dict[str, tuple[int, int]]


def _measure(
    screens: list[str], size: tuple[int, int], language: Language, pictures: Path
) -> dict[str, Centres]:
    """The centres on each screen; its picture is saved as `<screen>.png`."""
    application = QGuiApplication([])
    content = load_content()
    scenes = {name: _filled(name, language, content) for name in screens}
    view_model = ViewModel(derive(scenes[screens[0]]), lambda _: None)
    surface = Surface(view_model, QRect(0, 0, *size))
    surface.show()
    found = {}
    for name in screens:
        view_model.show(derive(scenes[name]))
        application.processEvents()
        surface.grabWindow().save(str(pictures / f"{name}.png"))
        found[name] = _centres(surface.contentItem(), QRectF(0, 0, *size))
    surface.setSource(QUrl())
    return found


def _filled(name: str, language: Language, content: CityContent) -> Scene:
    """The scene with the account as the gateway tells it."""
    bare, _, ending = name.partition("+")
    wanted, assurance = scene(bare, language), _ASSURANCE[ending]
    session = wanted.session
    if session.account is not None:
        account = _sample_account(assurance)
        first = next(item for item in account.receivables if not item.paid)
        shown = session.screen
        shown = PaymentView(first.id) if isinstance(shown, PaymentView) else shown
        session = replace(session, screen=shown, account=account, assurance=assurance)
        session = replace(session, by_phone=assurance is Assurance.OPENID)
    return replace(wanted, session=session, content=content)


# What a scene's name may end with, after a plus: how surely its citizen was recognised.
_ASSURANCE = {"": Assurance.CHIP, "pin": Assurance.CHIP_PIN, "phone": Assurance.OPENID}


def _centres(item: QQuickItem, seen: QRectF) -> Centres:
    """All named items whose centre is not clipped away."""
    found: Centres = {}
    if not item.isVisible():
        return found
    area = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
    if item.objectName() and item.width() > 0 and seen.contains(area.center()):
        found[item.objectName()] = (round(area.center().x()), round(area.center().y()))
    inside = seen.intersected(area) if item.clip() else seen
    for child in item.childItems():
        found |= _centres(child, inside)
    return found


@cache
def _sample_account(assurance: Assurance) -> Account:
    today = date.today()  # noqa: DTZ011 - the city's own day
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'city.db'}"
        create_sample_city(url, today)
        departments = connect(PACKAGED_AGENDAS, {CITY: url})
        person = departments.persons.find(*JANA)
        if person is None:
            raise LookupError("the sample city does not know its sample citizen")
        scopes = frozenset(DEFAULT_TABLE.scopes(assurance))
        now = city_clock("Europe/Prague")()
        return asyncio.run(departments.viewing.account(person, SELF_ID, scopes, now))


if __name__ == "__main__":
    _pictures, _width, _height, _language, *_screens = sys.argv[1:]
    _size = (int(_width), int(_height))
    sys.stdout.write(json.dumps(_measure(_screens, _size, Language(_language), Path(_pictures))))
