"""The ways in as props: CAN, passport, card and reader, phone, PIN; no typed sign but the last."""

from math import ceil
from typing import Literal

from kiosk_app.screens.props import formats
from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.news import NewsProps
from kiosk_app.screens.props.model.signing_in import (
    CanProps,
    CardProps,
    FieldProps,
    PassportProps,
    PhoneProps,
    PinProps,
    TroubleProps,
)
from kiosk_app.screens.props.scene import Scene
from kiosk_app.session.model import PAD
from kiosk_app.session.password import CAN_LENGTH, PassportField, PassportForm
from kiosk_app.session.screen.in_account import PIN_LONGEST, PIN_SHORTEST, EnterPin
from kiosk_app.session.screen.signing_in import (
    EnterCan,
    EnterPassport,
    PhoneWaiting,
    PutCard,
    Reading,
)
from kiosk_app.session.seconds import Seconds

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DAY, _MONTH = 2, 4  # where the dots stand in a date of digits


def can_props(scene: Scene, screen: EnterCan) -> CanProps:
    """The pad for the six digits, with the other ways beside it."""
    texts = scene.texts
    typed = len(screen.can)
    hidden = ("•",) * (typed - 1) + (screen.can[-1:],) if typed else ()
    problem = ""
    if screen.wrong and not typed:
        problem = _with_tries(scene, texts.can_wrong, screen.tries_left)
    return CanProps(
        title=texts.can_title,
        detail=texts.can_detail,
        problem=problem,
        where=texts.can_where,
        cells=hidden + ("",) * (CAN_LENGTH - typed),
        complete=typed == CAN_LENGTH,
        ok=texts.ok,
        erase=texts.erase,
        ways=_ways(scene),
    )


def _ways(scene: Scene) -> tuple[Key, ...]:
    ways, texts = scene.session.ways, scene.texts.ways
    keys = []
    if ways.passport:
        keys.append(Key(texts.passport_key, "passport", name="way.passport", icon="passport"))
    if ways.by_phone:
        keys.append(phone_key(scene))
    return tuple(keys)


def phone_key(scene: Scene) -> Key:
    """The key to the way without a card."""
    return Key(scene.texts.ways.phone_key, "phone", name="way.phone", icon="phone")


def passport_props(scene: Scene, screen: EnterPassport) -> PassportProps:
    """The form for a passport; only the field that is typed into is readable."""
    texts, form = scene.texts, screen.form
    letters = form.active is PassportField.NUMBER
    blank = form == PassportForm()
    return PassportProps(
        title=texts.ways.passport_title,
        detail=texts.ways.passport_detail,
        problem=texts.ways.passport_wrong if screen.wrong and blank else "",
        fields=tuple(_field(scene, form, name) for name in PassportField),
        signs=(*PAD, *_LETTERS) if letters else PAD,
        complete=form.data is not None or form.may_go_on,
        ok=texts.ok if form.data is not None else texts.ways.passport_next,
        erase=texts.erase,
        ways=(Key(texts.ways.card_key, "card", name="way.card", icon="card"),),
    )


def _field(scene: Scene, form: PassportForm, name: PassportField) -> FieldProps:
    texts = scene.texts.ways
    label = {
        PassportField.NUMBER: texts.passport_number,
        PassportField.BORN: texts.passport_born,
        PassportField.EXPIRES: texts.passport_expires,
    }[name]
    is_date, active = name is not PassportField.NUMBER, name is form.active
    typed = form.of(name) if active else "•" * len(form.of(name))
    return FieldProps(
        label=label,
        value=_dotted(typed) if is_date else typed,
        shape=texts.date_shape if is_date else "",
        problem=texts.not_a_date if form.wrong is name else "",
        active=active,
        key=Key("", "field", name, f"field.{name}"),
    )


def _dotted(typed: str) -> str:
    return ".".join(filter(None, (typed[:_DAY], typed[_DAY:_MONTH], typed[_MONTH:])))


def put_card_props(scene: Scene, screen: PutCard) -> CardProps | TroubleProps:
    """Put the card on the reader, or put it there again."""
    texts = scene.texts
    if screen.moved:
        advice = texts.put_card_again
        return TroubleProps("moved", advice.title, advice.detail, "", (), ())
    return CardProps("put", texts.put_card.title, texts.put_card.detail, "")


def reading_props(scene: Scene, screen: Reading) -> CardProps:
    """The chip is read, then the city hall asked."""
    texts = scene.texts
    stage: Literal["asking", "reading"] = "asking" if screen.chip_read else "reading"
    advice = texts.asking if screen.chip_read else texts.reading
    return CardProps(stage, advice.title, advice.detail, texts.hold_still)


def phone_props(scene: Scene, screen: PhoneWaiting) -> PhoneProps:
    """The code for the phone, as a picture and in readable groups."""
    texts = scene.texts.ways
    left = Seconds(max(0.0, screen.until - scene.session.now))
    waits = texts.phone_unreachable if screen.unreachable else texts.phone_waiting
    return PhoneProps(
        title=texts.phone_title,
        steps=texts.phone_steps,
        qr=screen.address.encode().hex(),
        code_label=texts.phone_code,
        code=formats.code_groups(screen.user_code),
        page=texts.phone_page.format(page=screen.page.removeprefix("https://")),
        left=texts.phone_left.format(time=_minutes(left)),
        state=waits,
        unreachable=screen.unreachable,
        privacy=texts.phone_privacy,
    )


def pin_props(scene: Scene, screen: EnterPin) -> PinProps:
    """The pad for the account PIN: how many digits were typed and none of them."""
    texts = scene.texts
    typed, wait = len(screen.pin), ""
    if screen.until is not None:
        left = Seconds(max(0.0, screen.until - scene.session.now))
        wait = texts.ways.retry_in.format(time=_minutes(left))
    problem = _with_tries(scene, texts.ways.pin_wrong, screen.tries_left) if screen.wrong else ""
    return PinProps(
        title=texts.ways.pin_title,
        detail=texts.ways.pin_detail,
        problem=problem,
        wait=wait,
        typed=typed,
        most=PIN_LONGEST,
        signs=scene.session.ways.pin_pad,
        complete=typed >= PIN_SHORTEST and not wait,
        ok=texts.ok,
        erase=texts.erase,
    )


def busy(icon: str, title: str, detail: str) -> NewsProps:
    """Something is being asked for."""
    return NewsProps(icon, "plain", title, detail, "", (), busy=True)


def _with_tries(scene: Scene, sentence: str, tries_left: int | None) -> str:
    if tries_left is None:
        return sentence
    return f"{sentence} {formats.counted(tries_left, scene.texts.ways.tries_left)}."


def _minutes(left: Seconds) -> str:
    seconds = ceil(left)
    return f"{seconds // 60}:{seconds % 60:02}"
