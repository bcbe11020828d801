"""The entries of the account's sections as props; it computes no amounts."""

from typing import assert_never

from kiosk_app.account.model import (
    Account,
    Case,
    Contract,
    Document,
    Message,
    Receivable,
    ReceivableState,
    StepState,
    Todo,
    TodoKind,
)
from kiosk_app.screens.props import formats
from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.badge import Badge
from kiosk_app.screens.props.model.entries import Entry, StepProps
from kiosk_app.screens.props.scene import Scene
from kiosk_app.session.screen.in_account import Section

_TODO_ICONS = {
    TodoKind.PAY: "pay",
    TodoKind.SUPPLY: "document",
    TodoKind.ANSWER: "message",
    TodoKind.RENEW: "card",
    TodoKind.READ: "message",
}
_STATE_ORDER = (ReceivableState.OVERDUE, ReceivableState.OPEN, ReceivableState.PAID)


def entries(scene: Scene, account: Account, section: Section) -> tuple[Entry, ...]:
    """What stands in one section, the most pressing first."""
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
            formats.narrow_day(step.date, language, texts) if step.date else "",
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
