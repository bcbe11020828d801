"""Who can confirm a sign-in at the sample provider: invented persons."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SamplePerson:
    """The subject of the ID token, and the name on the page."""

    subject: str
    name: str


PEOPLE = {
    "jana": SamplePerson("jana.vzorova", "JANA VZOROVÁ"),
    "karel": SamplePerson("karel.vzor", "KAREL VZOR"),
    "nobody": SamplePerson("nikdo.vzor", "NIKDO VZOR (bez účtu / no account)"),
}
