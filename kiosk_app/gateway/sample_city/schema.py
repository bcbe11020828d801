"""The tables of the sample city's offices (SQLAlchemy Core); it connects to nothing."""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
)

METADATA: Final = MetaData()


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


def _optional(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


MARKER: Final = Table("sample_city", METADATA, Column("made_for", Date, primary_key=True))
"""Stands only in databases that hold nothing but the sample."""

Table(
    "person",
    METADATA,
    _key("person"),
    *_text("display_name"),
    Column("is_sample", Boolean, nullable=False),
)
Table("openid_account", METADATA, _key("subject"), *_text("person"))
Table(
    "identity_document",
    METADATA,
    *(Column(name, Text, primary_key=True) for name in ("issuing_state", "document_number")),
    *_text("person", "title_cs", "title_en"),
    Column("issued", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
)
Table(
    "charge",
    METADATA,
    _key("charge_id"),
    *_text("person", "office", "title_cs", "title_en", "variable_symbol", "iban", "note"),
    Column("amount_czk", Numeric(10, 2), nullable=False),
    Column("due", Date, nullable=False),
    Column("paid_on", Date),
)
Table(
    "proceeding",
    METADATA,
    _key("proceeding_id"),
    *_text("person", "office", "reference_number", "title_cs", "title_en", "desk_cs", "desk_en"),
    *_optional("clerk_name", "clerk_telephone", "clerk_email"),
    Column("opened", Date, nullable=False),
    Column("deadline", Date),
)
Table(
    "proceeding_step",
    METADATA,
    _key("proceeding_id"),
    Column("position", Integer, primary_key=True),
    *_text("title_cs", "title_en", "state"),
    Column("done_on", Date),
)
Table(
    "request",
    METADATA,
    _key("request_id"),
    *_text("person", "office", "kind", "title_cs", "title_en", "detail_cs", "detail_en"),
    Column("proceeding_id", Text),
    Column("due", Date),
)
Table(
    "contract",
    METADATA,
    _key("contract_id"),
    *_text("person", "office", "reference_number", "title_cs", "title_en"),
    *_text("terms_cs", "terms_en"),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
)
Table(
    "issued_document",
    METADATA,
    _key("document_id"),
    *_text("person", "office", "title_cs", "title_en"),
    Column("issued", Date, nullable=False),
    Column("valid_until", Date),
    Column("has_file", Boolean, nullable=False),
)
Table(
    "issued_file",
    METADATA,
    _key("document_id"),
    Column("pdf", LargeBinary, nullable=False),
)
Table(
    "message",
    METADATA,
    _key("message_id"),
    *_text("person", "subject_cs", "subject_en", "body_cs", "body_en"),
    *_text("department_cs", "department_en"),
    Column("received", Date, nullable=False),
    Column("is_read", Boolean, nullable=False),
    Column("direction", Text, nullable=False),
    Column("number", Text),
    *_optional("proceeding_id", "proceeding_office"),
    Column("may_answer", Boolean, nullable=False),
)
Table(
    "instalment",
    METADATA,
    _key("charge_id"),
    Column("due", Date, primary_key=True),
    Column("amount_czk", Numeric(10, 2), nullable=False),
    Column("paid_on", Date),
)
Table(
    "payment",
    METADATA,
    _key("charge_id"),
    Column("paid_on", Date, primary_key=True),
    Column("amount_czk", Numeric(10, 2), nullable=False),
)
Table(
    "appointment",
    METADATA,
    _key("appointment_id"),
    *_text("person", "title_cs", "title_en", "department_cs", "department_en"),
    *_text("place_cs", "place_en"),
    Column("starts", DateTime, nullable=False),
    Column("ends", DateTime, nullable=False),
)
Table(
    "mandate",
    METADATA,
    _key("mandate_id"),
    *_text("person", "principal", "kind", "display_name", "role_cs", "role_en"),
    Column("ico", Text),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
)

# What every query asks by; the step, the instalment and the payment begin their keys with it.
for _table in METADATA.sorted_tables:
    if "person" in _table.columns and not _table.columns["person"].primary_key:
        _by = [_table.columns[name] for name in ("person", "office") if name in _table.columns]
        Index(f"{_table.name}_by_person", *_by)
