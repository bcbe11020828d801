"""What the city hall has open with one person, as frozen values; no parsing, no fetching.

The person comes first, not the department: to-dos, then cases, receivables, contracts, documents
and messages. Money is CZK as a `Decimal` with two places; dates are local dates of the city.
"""

from kiosk_app.account.model.account import Account
from kiosk_app.account.model.appointment import Appointment, Bookable, FreeTime
from kiosk_app.account.model.assurance import Assurance, Scope
from kiosk_app.account.model.case import Case, CaseStep, Clerk, StepState
from kiosk_app.account.model.choices import Address, Channel, Choices, Topic
from kiosk_app.account.model.message import Direction, Message
from kiosk_app.account.model.paper import Contract, Document
from kiosk_app.account.model.person import SELF_ID, PersonSummary, Principal, PrincipalKind
from kiosk_app.account.model.receivable import Instalment, Payment, Receivable, ReceivableState
from kiosk_app.account.model.submission import Submission, SubmissionKind
from kiosk_app.account.model.text import LocalizedText
from kiosk_app.account.model.todo import Todo, TodoKind

__all__ = [
    "SELF_ID",
    "Account",
    "Address",
    "Appointment",
    "Assurance",
    "Bookable",
    "Case",
    "CaseStep",
    "Channel",
    "Choices",
    "Clerk",
    "Contract",
    "Direction",
    "Document",
    "FreeTime",
    "Instalment",
    "LocalizedText",
    "Message",
    "Payment",
    "PersonSummary",
    "Principal",
    "PrincipalKind",
    "Receivable",
    "ReceivableState",
    "Scope",
    "StepState",
    "Submission",
    "SubmissionKind",
    "Todo",
    "TodoKind",
    "Topic",
]
