"""The account as props: the person's sections, each a list of entries; it computes no amounts."""

from typing import assert_never

from kiosk_app.account.model import (
    Account,
    Assurance,
    Case,
    Contract,
    Document,
    Message,
    Receivable,
    ReceivableState,
    Scope,
    StepState,
    Todo,
    TodoKind,
)
from kiosk_app.screens.props import formats
from kiosk_app.screens.props.model import (
    AccountProps,
    Badge,
    Entry,
    Key,
    LockedProps,
    StepProps,
    Tab,
)
from kiosk_app.screens.props.principals import whose
from kiosk_app.screens.props.scene import Scene
from kiosk_app.session.in_account import pin_helps
from kiosk_app.session.model import Device
from kiosk_app.session.screen import Section

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
_TODO_ICONS = {
    TodoKind.PAY: "pay",
    TodoKind.SUPPLY: "document",
    TodoKind.ANSWER: "message",
    TodoKind.RENEW: "card",
    TodoKind.READ: "message",
}


def account_props(scene: Scene, account: Account, section: Section) -> AccountProps:
    """The screen of one section."""
    texts, language = scene.texts, scene.language
    names = ", ".join(agenda.text_in(language) for agenda in account.missing_agendas)
    owes = section is Section.PAYMENTS and account.outstanding > 0
    printable = Device.PRINTER not in scene.session.missing
    as_of = account.as_of.astimezone(scene.city.zone)
    return AccountProps(
        greeting=texts.greeting.format(name=account.person.display_name),
        whose=whose(scene, account),
        note=texts.ways.phone_signed_in if scene.session.by_phone else "",
        keys=_keys(scene, account, section),
        locked=_locked(scene, account, section),
        as_of=texts.as_of.format(moment=formats.moment(as_of, language, texts)),
        tabs=tuple(_tab(scene, account, each, section) for each in Section),
        entries=_entries(scene, account, section),
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
    if pin_helps(scene.session):
        keys.append(Key(texts.unlock, "pin", section, "unlock", "lock"))
    return tuple(keys)


def _locked(scene: Scene, account: Account, section: Section) -> LockedProps | None:
    texts = scene.texts.ways
    if SCOPES[section] not in account.locked:
        return None
    if pin_helps(scene.session):
        key = Key(texts.unlock, "pin", section, "unlock.section", "lock")
        return LockedProps(texts.locked_title, texts.locked_by_pin, key)
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


def _entries(scene: Scene, account: Account, section: Section) -> tuple[Entry, ...]:
    match section:
        case Section.TODOS:
            late_first = sorted(account.todos, key=lambda todo: not todo.overdue)
            return tuple(_todo(scene, account, item) for item in late_first)
        case Section.PAYMENTS:
            order = list(_STATE_ORDER)
            ranked = sorted(account.receivables, key=lambda item: order.index(item.state))
            return tuple(_receivable(scene, item) for item in ranked)
        case Section.CASES:
            return tuple(_case(scene, item) for item in account.cases)
        case Section.CONTRACTS:
            return tuple(_contract(scene, item) for item in account.contracts)
        case Section.DOCUMENTS:
            return tuple(_document(scene, item) for item in account.documents)
        case Section.MESSAGES:
            return tuple(_message(scene, item) for item in account.messages)
        case _ as unreachable:
            assert_never(unreachable)


_STATE_ORDER = (ReceivableState.OVERDUE, ReceivableState.OPEN, ReceivableState.PAID)


def _todo(scene: Scene, account: Account, todo: Todo) -> Entry:
    texts, language = scene.texts, scene.language
    due = formats.day(todo.due, language, texts) if todo.due else ""
    badge = None
    if todo.overdue:
        badge = Badge("late", "!", f"{texts.overdue} · {texts.was_due.format(date=due)}")
    elif due:
        badge = Badge("attention", "•", texts.due.format(date=due))
    receivable = account.receivable(todo.receivable_id) if todo.receivable_id else None
    return Entry(
        icon=_TODO_ICONS[todo.kind],
        title=todo.title.text_in(language),
        detail=todo.detail.text_in(language),
        amount=formats.money(receivable.next_amount, language) if receivable else "",
        badge=badge,
        key=_todo_key(scene, todo, receivable),
    )


def _todo_key(scene: Scene, todo: Todo, receivable: Receivable | None) -> Key | None:
    texts = scene.texts
    if receivable is not None and not receivable.paid:
        return Key(texts.pay, "pay", receivable.id, f"pay.{receivable.id}")
    if todo.case_id is not None:
        return Key(texts.show_case, "section", Section.CASES, f"show.{todo.id}")
    if todo.kind in {TodoKind.READ, TodoKind.ANSWER}:
        return Key(texts.show_message, "section", Section.MESSAGES, f"show.{todo.id}")
    return None


def _receivable(scene: Scene, item: Receivable) -> Entry:
    texts, language = scene.texts, scene.language
    key = None if item.paid else Key(texts.pay, "pay", item.id, f"pay.{item.id}")
    return Entry(
        icon="pay",
        title=item.title.text_in(language),
        meta=item.department.text_in(language),
        detail=_in_parts(scene, item),
        amount=formats.money(item.amount if item.paid else item.next_amount, language),
        badge=_receivable_badge(scene, item),
        key=key,
    )


def _in_parts(scene: Scene, item: Receivable) -> str:
    """What remains of the whole, where the next payment is only a part of it."""
    if item.paid or item.next_amount == item.amount:
        return ""
    rest = formats.money(item.outstanding, scene.language)
    whole = formats.money(item.amount, scene.language)
    return scene.texts.remains.format(rest=rest, whole=whole)


def _receivable_badge(scene: Scene, item: Receivable) -> Badge:
    texts, language = scene.texts, scene.language
    if item.paid_on is not None:
        paid = formats.day(item.paid_on, language, texts)
        return Badge("good", "✓", texts.paid_on.format(date=paid))
    due = formats.day(item.next_due, language, texts)
    if item.state is ReceivableState.OVERDUE:
        return Badge("late", "!", f"{texts.overdue} · {texts.was_due.format(date=due)}")
    return Badge("attention", "•", texts.due.format(date=due))


def _case(scene: Scene, case: Case) -> Entry:
    texts, language = scene.texts, scene.language
    steps = tuple(
        StepProps(
            step.title.text_in(language),
            step.state,
            formats.day(step.date, language, texts) if step.date else "",
        )
        for step in case.steps
    )
    desk = texts.desk.format(
        department=case.department.text_in(language), desk=case.desk.text_in(language)
    )
    deadline = ""
    if case.deadline is not None:
        deadline = texts.deadline.format(date=formats.day(case.deadline, language, texts))
    finished = bool(case.steps) and all(s.state is StepState.DONE for s in case.steps)
    return Entry(
        icon="case",
        title=case.title.text_in(language),
        detail=desk,
        meta=texts.reference.format(reference=case.reference_number),
        badge=Badge("plain", "•", deadline) if deadline and not finished else None,
        steps=steps,
        progress=texts.steps_done.format(done=case.steps_done, all=len(case.steps)),
    )


def _contract(scene: Scene, item: Contract) -> Entry:
    texts, language = scene.texts, scene.language
    begins = texts.valid_from.format(date=formats.day(item.valid_from, language, texts))
    ends = texts.valid_forever
    if item.valid_until is not None:
        ends = texts.valid_until.format(date=formats.day(item.valid_until, language, texts))
    reference = texts.reference.format(reference=item.reference_number)
    return Entry(
        icon="contract",
        title=item.title.text_in(language),
        detail=item.terms.text_in(language),
        meta=f"{reference} · {item.department.text_in(language)}",
        badge=Badge("plain", "•", f"{begins}, {ends}"),
    )


def _document(scene: Scene, item: Document) -> Entry:
    texts, language = scene.texts, scene.language
    issued = texts.issued.format(date=formats.day(item.issued, language, texts))
    badge = None
    if item.valid_until is not None:
        until = formats.day(item.valid_until, language, texts)
        badge = Badge("plain", "•", texts.valid_until.format(date=until))
    return Entry(
        icon="document",
        title=item.title.text_in(language),
        meta=f"{issued} · {item.department.text_in(language)}",
        badge=badge,
    )


def _message(scene: Scene, item: Message) -> Entry:
    texts, language = scene.texts, scene.language
    received = formats.day(item.received, language, texts)
    return Entry(
        icon="message",
        title=item.subject.text_in(language),
        detail=item.body.text_in(language),
        meta=f"{received} · {item.department.text_in(language)}",
        badge=None if item.read else Badge("attention", "•", texts.unread),
    )
