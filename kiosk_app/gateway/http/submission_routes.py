"""Handing in over HTTP: messages, appointments, choices, defect reports; each with its own key.

`Idempotency-Key` is a UUID of the kiosk's: the same request with the same key is answered the same
again, however often it comes.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Response

from kiosk_app.account.drafts import MAX_ID
from kiosk_app.account.model import Channel, Submission
from kiosk_app.account.problem import ProblemType
from kiosk_app.account.submissions import encode_free_times
from kiosk_app.gateway.http.declaring import BODY_PROBLEMS, Responses, problems, takes
from kiosk_app.gateway.http.parts import AtDesk, Bearer, Body, Kiosk, json_answer
from kiosk_app.gateway.http.submission_bodies import (
    AppointmentBody,
    CodeRequestBody,
    CodeSentBody,
    ConfirmationBody,
    DefectBody,
    FreeTimesBody,
    MessageBody,
    TopicsBody,
)
from kiosk_app.gateway.writing_desk import Request

submission_routes = APIRouter()

_UUID = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
Key = Annotated[str, Header(alias="Idempotency-Key", pattern=_UUID)]
ItemId = Annotated[str, Path(min_length=1, max_length=MAX_ID)]
Bookable = Annotated[str, Query(min_length=1, max_length=MAX_ID)]


async def _request(kiosk: Kiosk, token: Bearer, key: Key, body: Body) -> Request:
    return Request(kiosk, token, key.lower(), body)


Asked = Annotated[Request, Depends(_request)]


def _problems(*own: ProblemType) -> Responses:
    return problems(
        *BODY_PROBLEMS,
        ProblemType.SESSION_ENDED,
        ProblemType.NOT_ENTITLED,
        ProblemType.KEY_REUSED,
        ProblemType.TOO_MANY_ATTEMPTS,
        *own,
    )


@submission_routes.post(
    "/messages",
    status_code=201,
    response_model=Submission,
    openapi_extra=takes(MessageBody),
    responses=_problems(ProblemType.NOT_OFFERED, ProblemType.NOT_FOUND),
)
async def send_message(desk: AtDesk, asked: Asked) -> Response:
    """Hand a message in to a department; what it answers must be the person's own."""
    return json_answer(await desk.writing.send_message(asked), 201)


@submission_routes.get(
    "/appointments/free",
    response_model=FreeTimesBody,
    responses=problems(
        ProblemType.MALFORMED,
        ProblemType.SESSION_ENDED,
        ProblemType.NOT_ENTITLED,
        ProblemType.NOT_OFFERED,
    ),
)
async def show_free_times(
    desk: AtDesk, kiosk: Kiosk, token: Bearer, bookable: Bookable
) -> Response:
    """The times of a service that can be booked now."""
    return json_answer(encode_free_times(await desk.writing.free_times(kiosk, token, bookable)))


@submission_routes.post(
    "/appointments",
    status_code=201,
    response_model=Submission,
    openapi_extra=takes(AppointmentBody),
    responses=_problems(ProblemType.NOT_OFFERED, ProblemType.TIME_TAKEN),
)
async def book_appointment(desk: AtDesk, asked: Asked) -> Response:
    """Book one free time."""
    return json_answer(await desk.writing.book(asked), 201)


@submission_routes.delete(
    "/appointments/{appointment_id}",
    response_model=Submission,
    responses=_problems(ProblemType.NOT_FOUND),
)
async def cancel_appointment(desk: AtDesk, asked: Asked, appointment_id: ItemId) -> Response:
    """Cancel an appointment that has not begun."""
    return json_answer(await desk.writing.cancel(asked, appointment_id))


@submission_routes.post(
    "/choices/codes",
    status_code=202,
    response_model=CodeSentBody,
    openapi_extra=takes(CodeRequestBody),
    responses=_problems(ProblemType.NOT_OFFERED, ProblemType.ADDRESS_REFUSED),
)
async def send_code(desk: AtDesk, asked: Asked) -> Response:
    """Send a code of six digits to an address; it is good for ten minutes."""
    return json_answer(await desk.writing.send_code(asked), 202)


@submission_routes.post(
    "/choices/addresses",
    status_code=201,
    response_model=Submission,
    openapi_extra=takes(ConfirmationBody),
    responses=_problems(ProblemType.CODE_WRONG, ProblemType.CODE_EXPIRED),
)
async def confirm_address(desk: AtDesk, asked: Asked) -> Response:
    """Take the code that arrived: the person is told at that address from now on."""
    return json_answer(await desk.writing.confirm_address(asked), 201)


@submission_routes.delete(
    "/choices/addresses/{channel}", response_model=Submission, responses=_problems()
)
async def forget_address(desk: AtDesk, asked: Asked, channel: Channel) -> Response:
    """Tell the person nothing more by that channel."""
    return json_answer(await desk.writing.forget_address(asked, channel))


@submission_routes.put(
    "/choices/topics",
    response_model=Submission,
    openapi_extra=takes(TopicsBody),
    responses=_problems(ProblemType.NOT_OFFERED),
)
async def choose_topics(desk: AtDesk, asked: Asked) -> Response:
    """Keep by which channels the person wants to be told of which topic."""
    return json_answer(await desk.writing.choose_topics(asked))


@submission_routes.post(
    "/defects",
    status_code=201,
    response_model=Submission,
    openapi_extra=takes(DefectBody),
    responses=problems(
        *BODY_PROBLEMS,
        ProblemType.KEY_REUSED,
        ProblemType.TOO_MANY_ATTEMPTS,
        ProblemType.NOT_OFFERED,
        ProblemType.PHOTO_REFUSED,
    ),
)
async def report_defect(desk: AtDesk, kiosk: Kiosk, key: Key, body: Body) -> Response:
    """Report something broken in the city; nobody has to be signed in."""
    return json_answer(await desk.writing.report_defect(kiosk, key.lower(), body), 201)
