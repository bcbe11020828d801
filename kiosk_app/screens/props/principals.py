"""Whose account it is and whose it may be, as props; it checks no mandate."""

from kiosk_app.account.model import SELF_ID, Account, Principal, PrincipalKind
from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.badge import Badge
from kiosk_app.screens.props.model.entries import Entry, ListProps
from kiosk_app.screens.props.scene import Scene

_ICONS = {
    PrincipalKind.SELF: "person",
    PrincipalKind.FAMILY: "people",
    PrincipalKind.COMPANY: "company",
}


def principals_props(scene: Scene, account: Account) -> ListProps:
    """Everybody whose account may be opened, oneself first."""
    texts = scene.texts.ways
    own_first = sorted(account.principals, key=lambda principal: principal.id != SELF_ID)
    entries = (_principal(scene, account, i, each) for i, each in enumerate(own_first))
    return ListProps(texts.whose_title, texts.whose_detail, tuple(entries))


def acting(scene: Scene) -> tuple[str, str]:
    """Whose account it is, with its icon, over one that is not one's own; else empty."""
    account, texts = scene.session.account, scene.texts.ways
    principal = account.acting_for if account is not None else None
    if principal is None:
        return "", ""
    facts = [texts.acting_for[principal.kind].format(name=principal.display_name)]
    if principal.ico is not None:
        facts.append(texts.company_number.format(ico=principal.ico))
    return " · ".join(facts), _ICONS[principal.kind]


def _principal(scene: Scene, account: Account, index: int, principal: Principal) -> Entry:
    texts = scene.texts.ways
    facts = [texts.principal_kinds[principal.kind]]
    if principal.kind is not PrincipalKind.SELF:
        facts.append(principal.role.text_in(scene.language))
    if principal.ico is not None:
        facts.append(texts.company_number.format(ico=principal.ico))
    shown = principal.id == account.principal_id
    return Entry(
        icon=_ICONS[principal.kind],
        title=principal.display_name,
        meta=" · ".join(facts),
        badge=Badge("good", "✓", texts.shown_now) if shown else None,
        key=Key("", "principal", principal.id, f"principal.{index}"),
    )
