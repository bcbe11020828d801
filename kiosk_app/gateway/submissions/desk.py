"""Where what citizens hand in is taken: each once, whole or not at all. It speaks no HTTP.

Who the person is and what the session opens, the desk of accounts has said before.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from kiosk_app.account.drafts import (
    AppointmentDraft,
    CodeRequest,
    Confirmation,
    DefectDraft,
    MessageDraft,
    TopicChoices,
)
from kiosk_app.account.model import Channel, FreeTime, Submission
from kiosk_app.account.problem import ProblemType
from kiosk_app.account.submissions import (
    encode_code_sent,
    encode_submission,
)
from kiosk_app.gateway.assembling import Additions
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.store import Store, StoreProblem
from kiosk_app.gateway.submission_settings import SubmissionSettings
from kiosk_app.gateway.submissions import appointments, choices, defects, messages
from kiosk_app.gateway.submissions.addresses import AddressRefused, canonical
from kiosk_app.gateway.submissions.appointments import Timetable
from kiosk_app.gateway.submissions.limits import Limit, count
from kiosk_app.gateway.submissions.messages import Theirs
from kiosk_app.gateway.submissions.registering import Writing, earlier_answer, once
from kiosk_app.gateway.submissions.secret_key import SecretKey

logger = logging.getLogger(__name__)

NEWS_OF_APPOINTMENTS: Final = "appointments"
"""The topic of the letters that confirm a booking, where the city declares it."""
_TRIES: Final = 3
"""How often a transaction is begun that others were in the way of."""
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Author:
    """Who writes, and where: the kiosk's name, and the key the agendas know the person by."""

    kiosk: str
    person: str = field(repr=False)


@dataclass(frozen=True)
class Limits:
    """How often somebody may hand in."""

    messages: tuple[Limit, ...] = (Limit(10, _HOUR), Limit(30, _DAY))
    bookings: tuple[Limit, ...] = (Limit(10, _HOUR), Limit(20, _DAY))
    choices: tuple[Limit, ...] = (Limit(30, _HOUR),)
    codes_of_person: tuple[Limit, ...] = (Limit(5, _HOUR), Limit(10, _DAY))
    codes_to_address: tuple[Limit, ...] = (Limit(3, _HOUR), Limit(6, _DAY))
    codes_of_kiosk: tuple[Limit, ...] = (Limit(60, _HOUR),)
    defects_of_kiosk: tuple[Limit, ...] = (Limit(20, _HOUR), Limit(100, _DAY))


@dataclass(frozen=True)
class SubmissionDesk:
    """Takes what is handed in, in one store. Every method may wait for it, and raise `Refusal`.

    Attributes:
        clock: now, aware.
        posted: called after a letter was put into the outbox.
    """

    store: Store
    key: SecretKey
    settings: SubmissionSettings
    timetable: Timetable
    clock: Callable[[], datetime]
    posted: Callable[[], None]
    limits: Limits = field(default_factory=Limits)

    def writing(self, author: Author, route: str, key: str, body: bytes) -> Writing:
        """What binds an `Idempotency-Key` to kiosk, person, route and body; all as hashes."""
        name = self.key.name("key", author.kiosk, author.person, route, key)
        return Writing(name, self.key.name("request", body))

    def send_message(
        self, author: Author, writing: Writing, draft: MessageDraft, theirs: Theirs
    ) -> bytes:
        """Hand a message in to a department; the answer is a `Submission` in JSON."""

        def write(connection: Connection, now: datetime) -> bytes:
            self._count(connection, now, self.limits.messages, "messages", author.person)
            departments = self.settings.departments
            return encode_submission(
                messages.write_message(connection, author.person, draft, theirs, departments, now)
            )

        return self._once(writing, write)

    def free_times(self, bookable: str) -> tuple[FreeTime, ...]:
        """The times of a service that can be booked now."""
        with self._refusing(), self.store.reading() as connection:
            return appointments.still_free(connection, self.timetable, bookable, self._now())

    def book(self, author: Author, writing: Writing, draft: AppointmentDraft) -> bytes:
        """Book one free time; the answer is a `Submission` in JSON."""

        def write(connection: Connection, now: datetime) -> bytes:
            self._count(connection, now, self.limits.bookings, "bookings", author.person)
            submission = appointments.write_appointment(
                connection, author.person, draft, self.timetable, now
            )
            self._put_news(connection, author, draft, submission)
            return encode_submission(submission)

        return self._once(writing, write)

    def cancel(self, author: Author, writing: Writing, appointment_id: str) -> bytes:
        """Cancel an appointment of the person's; the answer is a `Submission` in JSON."""

        def write(connection: Connection, now: datetime) -> bytes:
            return encode_submission(
                appointments.cancel_appointment(connection, author.person, appointment_id, now)
            )

        return self._once(writing, write)

    def send_code(self, author: Author, writing: Writing, request: CodeRequest) -> bytes:
        """Send a code to an address; the answer is a `CodeSent` in JSON."""
        address = self._canonical(request)

        def write(connection: Connection, now: datetime) -> bytes:
            limits = self.limits
            self._count(connection, now, limits.codes_of_person, "codes-of", author.person)
            whose = (request.channel, address.casefold())
            self._count(connection, now, limits.codes_to_address, "codes-to", *whose)
            self._count(connection, now, limits.codes_of_kiosk, "codes-at", author.kiosk)
            return encode_code_sent(
                choices.send_code(
                    connection, self.key, author.person, request.channel, address, now
                )
            )

        return self._once(writing, write)

    def confirm_address(
        self, author: Author, writing: Writing, confirmation: Confirmation
    ) -> bytes:
        """Take the code that arrived; the answer is a `Submission` in JSON."""
        with self._refusing():
            with self.store.reading() as connection:
                earlier = earlier_answer(connection, writing)
            if earlier is not None:
                return earlier
            # On the disk before the code is looked at: a refused guess was one guess.
            with self.store.begin() as connection:
                left = choices.count_try(
                    connection, author.person, confirmation.channel, self._now()
                )

        def write(connection: Connection, now: datetime) -> bytes:
            return encode_submission(
                choices.write_address(connection, self.key, author.person, confirmation, now, left)
            )

        return self._once(writing, write)

    def forget_address(self, author: Author, writing: Writing, channel: Channel) -> bytes:
        """Tell the person nothing more by that channel; the answer is a `Submission` in JSON."""

        def write(connection: Connection, now: datetime) -> bytes:
            self._count(connection, now, self.limits.choices, "choices", author.person)
            return encode_submission(
                choices.forget_address(connection, author.person, channel, now)
            )

        return self._once(writing, write)

    def choose_topics(self, author: Author, writing: Writing, chosen: TopicChoices) -> bytes:
        """Keep what the person wants to be told of; the answer is a `Submission` in JSON."""

        def write(connection: Connection, now: datetime) -> bytes:
            self._count(connection, now, self.limits.choices, "choices", author.person)
            topics = self.settings.topics
            return encode_submission(
                choices.write_topics(connection, author.person, chosen, topics, now)
            )

        return self._once(writing, write)

    def report_defect(self, kiosk: str, writing: Writing, draft: DefectDraft) -> bytes:
        """Take a stranger's report; the answer is a `Submission` in JSON."""
        photo = defects.bare_attachment(draft)

        def write(connection: Connection, now: datetime) -> bytes:
            self._count(connection, now, self.limits.defects_of_kiosk, "defects", kiosk)
            return encode_submission(
                defects.write_defect(connection, draft, photo, self.settings, now)
            )

        return self._once(writing, write)

    def additions(self, person: str) -> Additions:
        """What was handed in here, as the person's account shows it."""
        now, settings = self._now(), self.settings
        with self._refusing(), self.store.reading() as connection:
            return Additions(
                messages=messages.sent_messages(
                    connection, person, settings.departments, settings.zone
                ),
                appointments=appointments.appointments_of(connection, person, self.timetable, now),
                bookable=self.timetable.bookable(),
                choices=choices.choices_of(connection, person, settings.topics, now),
            )

    def _once(self, writing: Writing, write: Callable[[Connection, datetime], bytes]) -> bytes:
        with self._refusing():
            answer = self._written(writing, write, _TRIES)
        self.posted()
        return answer

    def _written(
        self, writing: Writing, write: Callable[[Connection, datetime], bytes], tries: int
    ) -> bytes:
        now = self._now()
        try:
            with self.store.begin() as connection:
                return once(connection, writing, now, lambda: write(connection, now))
        except StoreProblem as problem:
            if not problem.passes or tries == 1:
                raise
        return self._written(writing, write, tries - 1)

    def _count(
        self, connection: Connection, now: datetime, limits: tuple[Limit, ...], *whose: str
    ) -> None:
        count(connection, self.key.name("limit", *whose), now, *limits)

    def _canonical(self, request: CodeRequest) -> str:
        delivery = self.settings.delivery
        if request.channel not in delivery.channels:
            raise Refusal(ProblemType.NOT_OFFERED)
        try:
            return canonical(request.channel, request.address, delivery.sms_countries)
        except AddressRefused as error:
            raise Refusal(ProblemType.ADDRESS_REFUSED) from error

    def _put_news(
        self, connection: Connection, author: Author, draft: AppointmentDraft, booked: Submission
    ) -> None:
        words = appointments.confirmation(self.timetable, draft, booked)
        subject = f"{booked.number} Termín / Appointment"
        topic = NEWS_OF_APPOINTMENTS
        choices.put_news(connection, author.person, topic, subject, words, booked.received)

    def _now(self) -> datetime:
        return self.clock().astimezone(self.settings.zone)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except StoreProblem as problem:
            logger.warning("Nothing can be handed in: %s.", problem)
            raise Refusal(ProblemType.UNAVAILABLE) from problem
