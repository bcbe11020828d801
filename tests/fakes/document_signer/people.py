"""Sample citizens and the machine readable zones of their documents; signs nothing."""

from dataclasses import dataclass

from tests.fakes.virtual_card.cryptography_of_chip import tlv


@dataclass(frozen=True)
class Person:
    """A sample citizen with a document; dates as in a machine readable zone.

    Attributes:
        size: TD1 (a card), TD2 or TD3 (a passport) of ICAO Doc 9303 parts 5, 6 and 4.
    """

    surname: str
    given_names: str
    number: str
    birth: str
    sex: str
    can: str
    expiry: str = "340101"
    state: str = "CZE"
    size: str = "TD1"


JANA = Person("VZOROVA", "JANA", "999009812", "840517", "F", "123456")
KAREL = Person("VZOR", "KAREL", "999009813", "791102", "M", "654321")
PEOPLE = {"jana": JANA, "karel": KAREL}


def check_digit(characters: str) -> str:
    """Reckon the check digit of ICAO Doc 9303 part 3 section 4.9."""
    values = [0 if c == "<" else int(c, 36) for c in characters]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


def machine_readable_zone(person: Person) -> str:
    """Write the lines of a document, joined."""
    match person.size:
        case "TD1":
            return _td1(person)
        case "TD2":
            return _booklet(person, 36, "ID")
        case "TD3":
            return _booklet(person, 44, "P<")
        case size:
            raise ValueError(f"There is no document of size {size}.")


def lines(person: Person) -> str:
    """Write the zone as printed, one line under the other, here with spaces between."""
    zone = machine_readable_zone(person)
    width = {"TD1": 30, "TD2": 36, "TD3": 44}[person.size]
    return " ".join(zone[at : at + width] for at in range(0, len(zone), width))


def _td1(person: Person) -> str:
    one = f"ID{person.state}{person.number}{check_digit(person.number)}".ljust(30, "<")
    birth = person.birth + check_digit(person.birth)
    expiry = person.expiry + check_digit(person.expiry)
    two = f"{birth}{person.sex}{expiry}{person.state}".ljust(29, "<")
    two += check_digit(one[5:30] + two[0:7] + two[8:15] + two[18:29])
    return one + two + _names(person).ljust(30, "<")


def _booklet(person: Person, width: int, code: str) -> str:
    one = f"{code}{person.state}{_names(person)}".ljust(width, "<")
    number = person.number + check_digit(person.number)
    birth = person.birth + check_digit(person.birth)
    expiry = person.expiry + check_digit(person.expiry)
    two = f"{number}{person.state}{birth}{person.sex}{expiry}".ljust(width - 1, "<")
    return one + two + check_digit(two[0:10] + two[13:20] + two[21:])


def _names(person: Person) -> str:
    return f"{person.surname}<<{person.given_names}".replace(" ", "<")


def data_group_1(person: Person) -> bytes:
    """Wrap the machine readable zone as EF.DG1."""
    return tlv(0x61, tlv(0x5F1F, machine_readable_zone(person).encode("ascii")))
