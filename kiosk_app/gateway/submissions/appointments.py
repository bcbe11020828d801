"""Booked times, in the store: never more than there are places, whoever asks at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, text

from kiosk_app.account.drafts import AppointmentDraft
from kiosk_app.account.model import Appointment, Bookable, FreeTime, Submission, SubmissionKind
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.submissions.free_times import (
    Service,
    free_times,
    is_bookable,
    local,
    start_of,
)
from kiosk_app.gateway.submissions.registering import Entry, register
from kiosk_app.gateway.submissions.tables import from_moment, to_moment

MOST_AHEAD: Final = 5
"""How many appointments one person may have ahead of them."""


@dataclass(frozen=True)
class Timetable:
    """All services by their names, and the zone their hours are in."""

    services: Mapping[str, Service]
    zone: tzinfo

    def bookable(self) -> tuple[Bookable, ...]:
        """What one can make an appointment for."""
        return tuple(
            Bookable(service.id, service.title, service.department, service.place)
            for service in self.services.values()
        )

    def service(self, name: str) -> Service:
        """The service of that name; raises `Refusal` (NOT_OFFERED)."""
        service = self.services.get(name)
        if service is None:
            raise Refusal(ProblemType.NOT_OFFERED)
        return service


def still_free(
    connection: Connection, timetable: Timetable, name: str, now: datetime
) -> tuple[FreeTime, ...]:
    """The times of a service that can be booked; raises `Refusal` (NOT_OFFERED)."""
    service = timetable.service(name)
    rows = connection.execute(
        text("SELECT starts, taken FROM slot WHERE service = :service AND starts >= :now"),
        {"service": name, "now": to_moment(now)},
    )
    taken = {from_moment(row.starts): row.taken for row in rows}
    return free_times(service, timetable.zone, now, taken)


def write_appointment(
    connection: Connection,
    person: str,
    draft: AppointmentDraft,
    timetable: Timetable,
    now: datetime,
) -> Submission:
    """Take one place. The caller lets no other booking of this person pass meanwhile.

    Raises:
        Refusal: NOT_OFFERED, no such service or time; TIME_TAKEN, no place is left or the person
            is elsewhere at that time; TOO_MANY_ATTEMPTS, they have too many appointments.
    """
    service = timetable.service(draft.bookable)
    start = start_of(draft.time)
    if start is None or not is_bookable(service, timetable.zone, now, start):
        raise Refusal(ProblemType.NOT_OFFERED)
    starts, ends = to_moment(start), to_moment(start + service.slot)
    _require_room_in_diary(connection, person, starts, ends, now)
    _take_place(connection, service, starts)
    content = {"service": service.id, "starts": start.isoformat()}
    submission = register(connection, Entry(SubmissionKind.APPOINTMENT, person, content), now)
    connection.execute(
        text(
            "INSERT INTO appointment (id, number, person, service, starts, ends)"
            " VALUES (:id, :number, :person, :service, :starts, :ends)"
        ),
        {
            "id": str(uuid4()),
            "number": submission.number,
            "person": person,
            "service": service.id,
            "starts": starts,
            "ends": ends,
        },
    )
    return submission


def _require_room_in_diary(
    connection: Connection, person: str, starts: int, ends: int, now: datetime
) -> None:
    rows = connection.execute(
        text(
            "SELECT starts, ends FROM appointment"
            " WHERE person = :person AND cancelled IS NULL AND ends > :now"
        ),
        {"person": person, "now": to_moment(now)},
    ).all()
    if any(row.starts < ends and starts < row.ends for row in rows):
        raise Refusal(ProblemType.TIME_TAKEN)
    if len(rows) >= MOST_AHEAD:
        raise Refusal(ProblemType.TOO_MANY_ATTEMPTS)


def _take_place(connection: Connection, service: Service, starts: int) -> None:
    # One statement counts and takes: the database lets one after the other through it.
    taken = connection.execute(
        text(
            "INSERT INTO slot (service, starts, taken) VALUES (:service, :starts, 1)"
            " ON CONFLICT (service, starts) DO UPDATE SET taken = slot.taken + 1"
            " WHERE slot.taken < :capacity RETURNING taken"
        ),
        {"service": service.id, "starts": starts, "capacity": service.capacity},
    ).scalar()
    if taken is None:
        raise Refusal(ProblemType.TIME_TAKEN)


def cancel_appointment(
    connection: Connection, person: str, appointment_id: str, now: datetime
) -> Submission:
    """Give the place back.

    Raises:
        Refusal: NOT_FOUND, the person has no such appointment ahead of them.
    """
    row = connection.execute(
        text(
            "UPDATE appointment SET cancelled = :now WHERE id = :id AND person = :person"
            " AND cancelled IS NULL AND starts > :now RETURNING service, starts, number"
        ),
        {"now": to_moment(now), "id": appointment_id, "person": person},
    ).one_or_none()
    if row is None:
        raise Refusal(ProblemType.NOT_FOUND)
    connection.execute(
        text(
            "UPDATE slot SET taken = taken - 1"
            " WHERE service = :service AND starts = :starts AND taken > 0"
        ),
        {"service": row.service, "starts": row.starts},
    )
    content = {"cancelled": row.number}
    return register(connection, Entry(SubmissionKind.CANCELLATION, person, content), now)


def confirmation(timetable: Timetable, draft: AppointmentDraft, booked: Submission) -> str:
    """The words that tell a person of their booking."""
    service = timetable.service(draft.bookable)
    start = start_of(draft.time)
    when = "" if start is None else f"{start.astimezone(timetable.zone):%d.%m.%Y %H:%M}"
    return (
        f"{service.title.cs}: {when}, {service.place.cs}. "
        f"{service.title.en}: {when}, {service.place.en}. {booked.number}"
    )


def appointments_of(
    connection: Connection, person: str, timetable: Timetable, now: datetime
) -> tuple[Appointment, ...]:
    """The appointments ahead of a person; of a service that is gone nothing is known any more."""
    rows = connection.execute(
        text(
            "SELECT id, service, starts, ends FROM appointment WHERE person = :person"
            " AND cancelled IS NULL AND ends > :now ORDER BY starts LIMIT :most"
        ),
        {"person": person, "now": to_moment(now), "most": 2 * MOST_AHEAD},
    )
    found = [(row, timetable.services.get(row.service)) for row in rows]
    return tuple(
        Appointment(
            id=row.id,
            title=service.title,
            department=service.department,
            place=service.place,
            starts=local(from_moment(row.starts), timetable.zone),
            ends=local(from_moment(row.ends), timetable.zone),
            may_cancel=from_moment(row.starts) > now,
        )
        for row, service in found
        if service is not None
    )
