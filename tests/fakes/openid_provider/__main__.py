"""`python -m tests.fakes.openid_provider`: the sample provider as a program."""

import argparse
import sys
from pathlib import Path

from tests.fakes.city_ca import Identity
from tests.fakes.openid_provider.provider import Provider
from tests.fakes.openid_provider.server import ProviderServer


def main() -> int:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="openid-provider", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one and says which")
    parser.add_argument("--certificate", type=Path, required=True, help="PEM")
    parser.add_argument("--key", type=Path, required=True, help="PEM")
    parser.add_argument("--issuer", default="", help="https address that telephones can reach")
    parser.add_argument("--secret", type=Path, required=True, help="file of the client secret")
    arguments = parser.parse_args()
    provider = Provider(
        client_secret=arguments.secret.read_text("ascii").strip(),
        issuer=arguments.issuer,
        interval=2,
    )
    identity = Identity(arguments.certificate, arguments.key)
    server = ProviderServer(provider, identity, arguments.host, arguments.port)
    print(f"listening on {provider.issuer}", flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
