"""Text messages to one gateway over HTTP, as its operator wants them; it keeps none."""

from collections.abc import Mapping
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from kiosk_app.gateway.delivery_settings import SmsSettings
from kiosk_app.gateway.submissions.delivery.carrying import NotCarried
from kiosk_app.gateway.submissions.outbox import Letter

_GOOD: Final = range(200, 300)
_PERMANENT: Final = range(400, 500)
_WORTH_TRYING_AGAIN: Final = frozenset({401, 403, 404, 407, 408, 425, 429})
"""What the operators of either side can mend, or what passes by itself."""


class HttpSmsCarrier:
    """Posts letters to the address of the settings; it follows no redirect and no proxy."""

    def __init__(self, settings: SmsSettings, headers: Mapping[str, str]) -> None:
        self._settings = settings
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update(headers)
        self._session.headers["Accept-Encoding"] = "identity"
        if settings.ca is not None:
            self._session.verify = str(settings.ca)

    def carry(self, letter: Letter) -> None:
        """Hand the letter over; raises `NotCarried`."""
        try:
            status = self._post(letter)
        except (OSError, HTTPError, requests.RequestException) as error:
            # The library's own sentence may quote the request, so only its kind is passed on.
            raise NotCarried(f"the text message gateway: {type(error).__name__}") from None
        if status not in _GOOD:
            for_good = status in _PERMANENT and status not in _WORTH_TRYING_AGAIN
            raise NotCarried(f"the text message gateway answered {status}", for_good=for_good)

    def _post(self, letter: Letter) -> int:
        fields = filled(self._settings.fields, letter)
        as_json = self._settings.format == "json"
        with self._session.post(
            self._settings.url,
            json=fields if as_json else None,
            data=None if as_json else fields,
            headers={"Idempotency-Key": letter.id},
            timeout=self._settings.timeout,
            allow_redirects=False,
            stream=True,
            verify=self._session.verify,
        ) as answer:
            return answer.status_code


def filled(fields: Mapping[str, str], letter: Letter) -> dict[str, str]:
    """The fields with the letter's values; a brace in a value stays a brace."""
    values = {"{address}": letter.address, "{text}": letter.text, "{id}": letter.id}
    return {name: _fill(template, values) for name, template in fields.items()}


def _fill(template: str, values: Mapping[str, str]) -> str:
    for mark, value in values.items():
        before, found, after = template.partition(mark)
        if found:
            return _fill(before, values) + value + _fill(after, values)
    return template
