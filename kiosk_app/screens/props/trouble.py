"""A cause as props: cards get a picture, what to do and what works instead; it decides nothing."""

from collections.abc import Mapping

from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.news import NewsProps
from kiosk_app.screens.props.model.signing_in import TroublePicture, TroubleProps, Work
from kiosk_app.screens.props.scene import Scene
from kiosk_app.screens.props.signing_in import phone_key
from kiosk_app.session.causes import Cause
from kiosk_app.session.screen.trouble import Problem

_PICTURES: Mapping[Cause, TroublePicture] = {
    CardCause.WRONG_CAN: "suspended",
    CardCause.TAKEN_TOO_EARLY: "moved",
    CardCause.TURNED_OVER: "turned-over",
    CardCause.UNSUPPORTED: "unsupported",
    CardCause.EXPIRED: "expired",
    CardCause.READER_MISSING: "reader-missing",
    CardCause.DAMAGED: "damaged",
    AccountCause.CARD_EXPIRED: "expired",
    AccountCause.CARD_REVOKED: "revoked",
    AccountCause.CARD_NOT_ACCEPTED: "not-accepted",
    AccountCause.CHIP_NOT_GENUINE: "not-accepted",
    AccountCause.CARD_UNKNOWN: "unknown",
}
_CARD, _CONTACT, _PASSPORT, _PHONE, _PUBLIC, _COUNTER = range(6)
_WORKS: Mapping[Cause, tuple[int, ...]] = {
    CardCause.WRONG_CAN: (_PHONE, _COUNTER),
    CardCause.UNSUPPORTED: (_CARD, _CONTACT, _PASSPORT, _PHONE),
    CardCause.EXPIRED: (_PASSPORT, _PHONE),
    CardCause.READER_MISSING: (_PHONE, _PUBLIC, _COUNTER),
    CardCause.DAMAGED: (_PASSPORT, _PHONE, _COUNTER),
    AccountCause.CARD_EXPIRED: (_PASSPORT, _PHONE),
    AccountCause.CARD_REVOKED: (_PASSPORT, _PHONE, _COUNTER),
    AccountCause.CARD_NOT_ACCEPTED: (_PHONE, _COUNTER),
    AccountCause.CHIP_NOT_GENUINE: (_PHONE, _COUNTER),
    AccountCause.CARD_UNKNOWN: (_COUNTER,),
}
_OF_THE_PHONE = (AccountCause.DEVICE_LOGIN_DENIED, AccountCause.DEVICE_LOGIN_EXPIRED)


def problem_props(scene: Scene, problem: Problem) -> tuple[str, NewsProps | TroubleProps]:
    """The page and what stands on it."""
    picture = _PICTURES.get(problem.cause)
    if picture is None or scene.session.account is not None:
        return "news", _news(scene, problem)
    advice = scene.texts.problem(problem.cause)
    works = _works(scene, problem.cause)
    title = scene.texts.ways.works_title if works else ""
    keys = _keys(scene, problem)
    return "trouble", TroubleProps(picture, advice.title, advice.detail, title, works, keys)


def _news(scene: Scene, problem: Problem) -> NewsProps:
    advice = scene.texts.problem(problem.cause)
    icon = "print" if isinstance(problem.cause, PrinterCause) else "warning"
    if problem.cause is AccountCause.PIN_LOCKED:
        icon = "lock"
    keys = _keys(scene, problem)
    return NewsProps(icon, "attention", advice.title, advice.detail, "", keys)


def _keys(scene: Scene, problem: Problem) -> tuple[Key, ...]:
    texts, session = scene.texts, scene.session
    again = Key(texts.try_again, "ok", name="try-again")
    if isinstance(problem.cause, PrinterCause):
        return (again,)
    if session.account is not None:
        return (Key(texts.ways.to_account, "ok", name="to-account"),)
    phone = session.ways.by_phone and not session.chip_read
    if problem.cause in _OF_THE_PHONE:
        return (Key(texts.ways.new_code, "phone", name="way.phone"),) if phone else (again,)
    offers_phone = phone and _PHONE in _WORKS.get(problem.cause, ())
    return (again, phone_key(scene)) if offers_phone else (again,)


def _works(scene: Scene, cause: Cause) -> tuple[Work, ...]:
    texts, session = scene.texts.ways, scene.session
    lines = {
        _CARD: ("card", texts.works_card, True),
        _CONTACT: ("card", texts.works_contact, bool(session.contact)),
        _PASSPORT: ("passport", texts.works_passport, session.ways.passport),
        _PHONE: ("phone", texts.works_phone, session.ways.by_phone),
        _PUBLIC: ("board", texts.works_public, bool(session.offers)),
        _COUNTER: ("person", texts.works_counter, True),
    }
    chosen = (lines[each] for each in _WORKS.get(cause, ()))
    return tuple(Work(icon, text) for icon, text, here in chosen if here)
