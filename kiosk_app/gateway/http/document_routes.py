"""Documents over HTTP, as the PDF files they are."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Response

from kiosk_app.account.model import SELF_ID
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.http.declaring import problems
from kiosk_app.gateway.http.parts import AtDesk, Bearer, Kiosk

document_routes = APIRouter()

_PDF: Final = "application/pdf"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
DocumentId = Annotated[str, Path(min_length=1, max_length=200)]
Principal = Annotated[str, Query(min_length=1, max_length=200)]


@document_routes.get(
    "/documents/{document_id}",
    response_class=Response,
    responses=problems(
        ProblemType.MALFORMED,
        ProblemType.SESSION_ENDED,
        ProblemType.NOT_ENTITLED,
        ProblemType.NOT_FOUND,
    )
    | {200: {"content": {_PDF: {"schema": {"type": "string", "format": "binary"}}}}},
)
async def show_document(
    desk: AtDesk,
    kiosk: Kiosk,
    token: Bearer,
    document_id: DocumentId,
    principal: Principal = SELF_ID,
) -> Response:
    """The PDF of a document of that principal's account."""
    data = await desk.documents.show(kiosk, token, document_id, principal)
    return Response(data, headers=_HEADERS, media_type=_PDF)
