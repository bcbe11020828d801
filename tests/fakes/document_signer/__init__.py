"""A sample state that issues sample documents: CSCA, document signer, data groups, EF.SOD."""

from tests.fakes.document_signer.certificates import certificate as _certificate
from tests.fakes.document_signer.data_groups import data_group_14
from tests.fakes.document_signer.people import (
    JANA,
    KAREL,
    PEOPLE,
    Person,
    check_digit,
    data_group_1,
    machine_readable_zone,
)
from tests.fakes.document_signer.recipe import Recipe
from tests.fakes.document_signer.state import SampleState

__all__ = [
    "JANA",
    "KAREL",
    "PEOPLE",
    "Person",
    "Recipe",
    "SampleState",
    "_certificate",
    "check_digit",
    "data_group_1",
    "data_group_14",
    "machine_readable_zone",
]
