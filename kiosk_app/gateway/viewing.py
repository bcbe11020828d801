"""Whose account a person may see, and that account; it knows no session and no request."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kiosk_app.account.model import SELF_ID, Account, LocalizedText, Scope
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.agenda.kinds import Question, opened_kinds
from kiosk_app.gateway.assembling import NOTHING_ADDED, Additions, Gathered, assemble
from kiosk_app.gateway.gathering import Gathering
from kiosk_app.gateway.mandate_desk import MandateDesk
from kiosk_app.gateway.mandates import Mandate, self_principal
from kiosk_app.gateway.persons import Person
from kiosk_app.gateway.proving import Refusal

_MANDATES_NAME: Final = LocalizedText("Zastupování", "Acting for others")
_SUBMISSIONS_NAME: Final = LocalizedText("Podání z infoboxu", "What was handed in here")


@dataclass(frozen=True)
class Viewing:
    """The accounts a person may see: their own, and those their mandates open on that day."""

    mandates: MandateDesk
    gathering: Gathering

    async def account(
        self,
        person: Person,
        principal_id: str,
        scopes: frozenset[Scope],
        now: datetime,
        additions: Additions | None = NOTHING_ADDED,
    ) -> Account:
        """The account of that principal, as the agendas answer now (`now` is the local time).

        `additions` is None where the gateway's own store did not answer.

        Raises:
            Refusal: NOT_ENTITLED, no mandate opens it today; UNAVAILABLE, it cannot be checked.
        """
        myself = self_principal(person.summary.display_name)
        kinds = opened_kinds(scopes)
        if principal_id == SELF_ID:
            mandates, found = await asyncio.gather(
                self._mandates(person, scopes, now),
                self.gathering.gather(Question(person.key, now, kinds)),
            )
            chosen = myself
        else:
            mandates = await self._mandates(person, scopes, now)
            mandate = _mandate_of(mandates, principal_id)
            chosen = mandate.principal
            found = await self.gathering.gather(Question(mandate.key, now, kinds))
        if mandates is None:
            found = Gathered(found.items, (*found.missing, _MANDATES_NAME))
        if additions is None:
            found = Gathered(found.items, (*found.missing, _SUBMISSIONS_NAME))
        principals = (myself, *(each.principal for each in mandates or ()))
        return assemble(
            person.summary, chosen, principals, now, found, scopes, additions or NOTHING_ADDED
        )

    async def key_of(
        self, person: Person, principal_id: str, scopes: frozenset[Scope], now: datetime
    ) -> str:
        """The key by which the agendas know that principal.

        Raises:
            Refusal: NOT_ENTITLED, no mandate opens it today; UNAVAILABLE, it cannot be checked.
        """
        if principal_id == SELF_ID:
            return person.key
        return _mandate_of(await self._mandates(person, scopes, now), principal_id).key

    async def _mandates(
        self, person: Person, scopes: frozenset[Scope], now: datetime
    ) -> tuple[Mandate, ...] | None:
        """The mandates that count, none where the scopes keep them shut; None for no answer."""
        if Scope.MANDATES not in scopes:
            return ()
        return await self.mandates.ask(person.key, now)


def _mandate_of(mandates: tuple[Mandate, ...] | None, principal_id: str) -> Mandate:
    if mandates is None:
        raise Refusal(ProblemType.UNAVAILABLE)
    for mandate in mandates:
        if mandate.principal.id == principal_id:
            return mandate
    raise Refusal(ProblemType.NOT_ENTITLED)
