"""URLs that try to slip through the kiosk's allow-list, one row an attack."""

import pytest

from kiosk_app.web.policy import Refusal, judge, parse_policy

POLICY = parse_policy(("https://www.liberec.cz", "https://mapy.liberec.cz:8443"))

ATTACKS = {
    "file of the device": ("file:///etc/passwd", Refusal.SCHEME),
    "file without slashes": ("file:/etc/passwd", Refusal.MALFORMED),
    "data page": ("data:text/html,<script>1</script>", Refusal.MALFORMED),
    "data page with authority": ("data://www.liberec.cz/", Refusal.SCHEME),
    "blob of an allowed origin": ("blob:https://www.liberec.cz/1-2", Refusal.MALFORMED),
    "script": ("javascript:alert(1)", Refusal.MALFORMED),
    "script with authority": ("javascript://www.liberec.cz/%0aalert(1)", Refusal.SCHEME),
    "script in odd letters": ("JaVaScRiPt://www.liberec.cz/", Refusal.SCHEME),
    "view source": ("view-source:https://www.liberec.cz/", Refusal.MALFORMED),
    "browser's own pages": ("chrome://gpu", Refusal.SCHEME),
    "developer tools": ("devtools://devtools/bundled/inspector.html", Refusal.SCHEME),
    "Qt resource": ("qrc:///x", Refusal.SCHEME),
    "Android intent": ("intent://x#Intent;scheme=http;end", Refusal.SCHEME),
    "mail program": ("mailto:jan@example.org", Refusal.MALFORMED),
    "unencrypted": ("http://www.liberec.cz/", Refusal.SCHEME),
    "web socket": ("wss://www.liberec.cz/", Refusal.SCHEME),
    "name before the at sign": ("https://www.liberec.cz@example.org/", Refusal.USER_INFO),
    "password before the at sign": ("https://a:b@www.liberec.cz/", Refusal.USER_INFO),
    "encoded at sign": ("https://www.liberec.cz%40example.org/", Refusal.HOST),
    "backslash before the host": ("https:\\\\www.liberec.cz/", Refusal.MALFORMED),
    "backslash after the host": ("https://example.org\\@www.liberec.cz/", Refusal.MALFORMED),
    "three slashes": ("https:///www.liberec.cz/", Refusal.HOST),
    "one slash": ("https:/www.liberec.cz/", Refusal.MALFORMED),
    "relative": ("//www.liberec.cz/", Refusal.MALFORMED),
    "allowed host as a sub-domain": ("https://www.liberec.cz.example.org/", Refusal.HOST),
    "allowed host as an ending": ("https://wwwwww.liberec.cz/", Refusal.HOST),
    "unlisted sub-domain": ("https://evil.www.liberec.cz/", Refusal.HOST),
    "parent domain": ("https://liberec.cz/", Refusal.HOST),
    "trailing dot": ("https://www.liberec.cz./", Refusal.HOST),
    "empty label": ("https://www..liberec.cz/", Refusal.HOST),
    "Cyrillic look-alike": ("https://www.libеrec.cz/", Refusal.MALFORMED),  # noqa: RUF001 - attack
    "look-alike in punycode": ("https://www.xn--librec-d1a.cz/", Refusal.HOST),
    "full-width letters": ("https://ｗｗｗ.liberec.cz/", Refusal.MALFORMED),  # noqa: RUF001 - attack
    "ideographic full stop": ("https://www。liberec。cz/", Refusal.MALFORMED),
    "soft hyphen": ("https://www.libe\u00adrec.cz/", Refusal.MALFORMED),
    "other port": ("https://www.liberec.cz:8443/", Refusal.PORT),
    "other listed host's port": ("https://mapy.liberec.cz/", Refusal.PORT),
    "port with a sign": ("https://www.liberec.cz:+443/", Refusal.PORT),
    "port out of range": ("https://www.liberec.cz:65979/", Refusal.PORT),
    "empty port": ("https://www.liberec.cz:/", Refusal.PORT),
    "two ports": ("https://www.liberec.cz:443:80/", Refusal.PORT),
    "loopback": ("https://127.0.0.1/", Refusal.HOST),
    "loopback as a number": ("https://2130706433/", Refusal.HOST),
    "loopback as octal": ("https://0177.0.0.1/", Refusal.HOST),
    "IPv6 loopback": ("https://[::1]/", Refusal.HOST),
    "metadata service": ("http://169.254.169.254/latest", Refusal.HOST),
    "percent in the host": ("https://www.liberec%2ecz/", Refusal.HOST),
    "tab in the scheme": ("java\tscript:alert(1)", Refusal.MALFORMED),
    "line end in the host": ("https://www.liberec.cz\n.example.org/", Refusal.MALFORMED),
    "leading space": (" https://www.liberec.cz/", Refusal.MALFORMED),
    "zero byte": ("https://www.liberec.cz\0.example.org/", Refusal.MALFORMED),
    "endless": ("https://www.liberec.cz/" + "a" * 5000, Refusal.TOO_LONG),
    "nothing": ("", Refusal.MALFORMED),
}


@pytest.mark.parametrize(("url", "refusal"), ATTACKS.values(), ids=ATTACKS.keys())
def test_url_does_not_slip_through(url: str, refusal: Refusal) -> None:
    assert judge(url, POLICY) is refusal
