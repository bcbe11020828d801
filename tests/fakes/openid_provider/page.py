"""The page on which a person confirms with their own telephone: plain HTML, no script."""

from html import escape

from tests.fakes.openid_provider.people import PEOPLE

_HEAD = """<!doctype html>
<html lang="cs"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Přihlášení – ukázka</title>
<style>
body { font: 1.2rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 2rem auto;
       padding: 0 1rem }
button, input { font: inherit; padding: .7rem 1rem; width: 100%; margin: .3rem 0;
                box-sizing: border-box }
.code { font: bold 2rem monospace; letter-spacing: .1em } small { color: #555 }
</style>
<p><small>UKÁZKA · SAMPLE – vymyšlené osoby / invented persons</small></p>
"""


def ask_code(wrong: bool = False) -> str:  # noqa: FBT001, FBT002 - one question, one answer
    """The page that asks for the code."""
    again = "<p>Tento kód neplatí. / This code is not valid.</p>" if wrong else ""
    return (
        f"{_HEAD}<h1>Kód z kiosku / Code on the kiosk</h1>{again}"
        '<form method="get"><input name="user_code" autocomplete="off" required>'
        "<button>Dál / Next</button></form>"
    )


def ask_person(user_code: str) -> str:
    """The page that asks who confirms."""
    buttons = "".join(
        f'<button name="person" value="{key}">{escape(person.name)}</button>'
        for key, person in PEOPLE.items()
    )
    return (
        f"{_HEAD}<h1>Přihlásit se u kiosku? / Sign in at the kiosk?</h1>"
        f'<p>Kód / Code</p><p class="code">{escape(user_code)}</p>'
        "<p>Potvrďte jen tehdy, stojíte-li u něj a vidíte-li tam tento kód. / "
        "Confirm only if you stand there and see this code.</p>"
        f'<form method="post"><input type="hidden" name="user_code" value="{escape(user_code)}">'
        f'{buttons}<button name="deny" value="1">Odmítnout / Refuse</button></form>'
    )


def done(good: bool) -> str:  # noqa: FBT001 - one question, one answer
    """The page at the end."""
    text = "Potvrzeno, pokračujte u kiosku. / Confirmed, go on at the kiosk."
    return f"{_HEAD}<h1>{text if good else 'Odmítnuto. / Refused.'}</h1>"
