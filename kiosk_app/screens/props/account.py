"""The account as props: whose it is, its tabs, what is shut and what opens it."""

from typing import assert_never

from kiosk_app.account.model import Account, Assurance, ReceivableState, Scope
from kiosk_app.screens.props import formats
from kiosk_app.screens.props.entries import entries
from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.account import AccountProps, LockedProps, Tab
from kiosk_app.screens.props.scene import Scene
from kiosk_app.session.in_account import pin_helps
from kiosk_app.session.model import Device
from kiosk_app.session.screen.in_account import Section

_SECTION_ICONS = {
    Section.TODOS: "todo",
    Section.PAYMENTS: "pay",
    Section.CASES: "case",
    Section.CONTRACTS: "contract",
    Section.DOCUMENTS: "document",
    Section.MESSAGES: "message",
}
SCOPES = {
    Section.TODOS: Scope.OVERVIEW,
    Section.PAYMENTS: Scope.PAYMENTS,
    Section.CASES: Scope.CASES,
    Section.CONTRACTS: Scope.CONTRACTS,
    Section.DOCUMENTS: Scope.DOCUMENTS,
    Section.MESSAGES: Scope.MESSAGES,
}
"""What the gateway calls the part that fills a section."""


def account_props(scene: Scene, account: Account, section: Section) -> AccountProps:
    """The screen of one section."""
    texts, language = scene.texts, scene.language
    names = ", ".join(agenda.text_in(language) for agenda in account.missing_agendas)
    owes = section is Section.PAYMENTS and account.outstanding > 0
    printable = Device.PRINTER not in scene.session.missing
    as_of = account.as_of.astimezone(scene.city.zone)
    return AccountProps(
        greeting=texts.greeting.format(name=account.person.display_name),
        note=texts.ways.phone_signed_in if scene.session.by_phone else "",
        keys=_keys(scene, account, section),
        locked=_locked(scene, account, section),
        as_of=texts.as_of.format(moment=formats.moment(as_of, language, texts)),
        tabs=tuple(_tab(scene, account, each, section) for each in Section),
        entries=entries(scene, account, section),
        nothing=_nothing(scene, account, section),
        complete=not names and not _may_hide(account, section),
        total_label=texts.to_pay_total if owes else "",
        total=formats.money(account.outstanding, language) if owes else "",
        warning=texts.missing_agendas.format(names=names) if names else "",
        print=Key(texts.print_overview, "print", name="print") if printable else None,
        no_print="" if printable else texts.no_printer,
    )


def _nothing(scene: Scene, account: Account, section: Section) -> str:
    texts = scene.texts
    if account.missing_agendas:
        return texts.nothing_known
    return texts.ways.nothing_open if _may_hide(account, section) else texts.nothing[section]


def _may_hide(account: Account, section: Section) -> bool:
    """Whether to-dos of locked parts may be missing: they are told with their parts only."""
    return section is Section.TODOS and any(scope in account.locked for scope in SCOPES.values())


def _keys(scene: Scene, account: Account, section: Section) -> tuple[Key, ...]:
    texts = scene.texts.ways
    keys = []
    if len(account.principals) > 1:
        keys.append(Key(texts.others, "others", name="others", icon="people"))
    if pin_helps(scene.session) and SCOPES[section] not in account.locked:
        keys.append(Key(texts.unlock, "pin", section, "unlock", "lock"))
    return tuple(keys)


def _locked(scene: Scene, account: Account, section: Section) -> LockedProps | None:
    texts = scene.texts.ways
    if SCOPES[section] not in account.locked:
        return None
    if pin_helps(scene.session):
        key = Key(texts.unlock, "pin", section, "unlock.section", "lock")
        return LockedProps(texts.locked_title, texts.locked_by_pin, key)
    if scene.session.pin_locked:
        return LockedProps(texts.locked_title, texts.locked_pin, None)
    if scene.session.assurance is Assurance.IDENTIFIED:
        return LockedProps(texts.locked_title, texts.locked_by_contactless, None)
    return LockedProps(texts.locked_title, texts.locked_by_counter, None)


def _tab(scene: Scene, account: Account, section: Section, chosen: Section) -> Tab:
    count = _open_items(account, section)
    return Tab(
        icon=_SECTION_ICONS[section],
        label=scene.texts.sections[section],
        count=str(count) if count else "",
        chosen=section is chosen,
        late=_has_late(account, section),
        key=Key(scene.texts.sections[section], "section", section, f"tab.{section}"),
        locked=SCOPES[section] in account.locked,
    )


def _open_items(account: Account, section: Section) -> int:
    match section:
        case Section.TODOS:
            return len(account.todos)
        case Section.PAYMENTS:
            return sum(not item.paid for item in account.receivables)
        case Section.CASES:
            return len(account.cases)
        case Section.CONTRACTS:
            return len(account.contracts)
        case Section.DOCUMENTS:
            return len(account.documents)
        case Section.MESSAGES:
            return sum(not item.read for item in account.messages)
        case _ as unreachable:
            assert_never(unreachable)


def _has_late(account: Account, section: Section) -> bool:
    match section:
        case Section.TODOS:
            return any(todo.overdue for todo in account.todos)
        case Section.PAYMENTS:
            return any(item.state is ReceivableState.OVERDUE for item in account.receivables)
        case _:
            return False
