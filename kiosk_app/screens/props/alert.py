"""An alert as props: the whole screen in every language it came in, or a line above the others."""

from device_agent.wire.alert import Alert, AlertInfo, Severity
from device_agent.wire.severity_signs import SEVERITY_SIGNS, hexadecimal
from kiosk_app.screens.props import formats
from kiosk_app.screens.props.model.alert import AlertLook, AlertProps, AlertWords
from kiosk_app.screens.props.scene import TEXTS, Scene
from kiosk_app.session.model import Language, may_understand

_MOST_LANGUAGES = 3  # more do not fit the screen


def alert_props(scene: Scene) -> AlertProps | None:
    """The alert that covers the screen, the citizen's language first."""
    alert = scene.session.alert
    if alert is None:
        return None
    mine = scene.language
    infos = sorted(alert.infos, key=lambda info: not info.language.lower().startswith(mine))
    shown = infos[:_MOST_LANGUAGES]
    languages = dict.fromkeys([mine, *(_nearest(info) for info in shown)])
    may = may_understand(alert)
    return AlertProps(
        identifier=alert.identifier,
        look=_look(alert.severity),
        levels=tuple(TEXTS[language].severities[alert.severity] for language in languages),
        words=tuple(_words(scene, alert, info) for info in shown),
        understood=scene.texts.understood if may else "",
        stays="" if may else scene.texts.alert_stays,
    )


def banner(scene: Scene) -> tuple[str, AlertLook]:
    """Headline and look of the worst alert that the citizen put aside; empty without one."""
    aside = [a for a in scene.session.alerts if a.identifier in scene.session.understood]
    worst = min(aside, key=lambda alert: alert.severity.rank, default=None)
    if worst is None:
        return "", AlertLook()
    mine_first = sorted(
        worst.infos, key=lambda i: not i.language.lower().startswith(scene.language)
    )
    headlines = [scene.texts.severities[worst.severity], *(i.headline for i in mine_first[:1])]
    return ": ".join(filter(None, headlines)), _look(worst.severity)


def _look(severity: Severity) -> AlertLook:
    sign = SEVERITY_SIGNS[severity]
    return AlertLook(hexadecimal(sign.ground), hexadecimal(sign.ink), f"alert-{sign.sign}")


def _nearest(info: AlertInfo) -> Language:
    """The language of the words around an alert's own; English where we do not speak its."""
    spoken = (each for each in Language if info.language.lower().startswith(each))
    return next(spoken, Language.EN)


def _words(scene: Scene, alert: Alert, info: AlertInfo) -> AlertWords:
    language = _nearest(info)
    texts = TEXTS[language]
    until = formats.moment(alert.expires.astimezone(scene.city.zone), language, texts)
    return AlertWords(
        headline=info.headline or info.event,
        description=info.description,
        instruction=info.instruction,
        area=f"{texts.area}: {info.area}" if info.area else "",
        until=f"{texts.valid_to} {until}",
    )
