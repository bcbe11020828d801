"""Signing keys as PEM files, one a role's holder; what they may sign is written in the metadata."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner, Signer

from provisioning.durable_file import write_durable
from provisioning.publish.errors import PublishError
from provisioning.trust import Role

KEY_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "root": ("root-1", "root-2"),
        "targets": ("targets",),
        "snapshot": ("snapshot",),
        "timestamp": ("timestamp",),
        Role.PROGRAMME.value: ("programme",),
        Role.RELEASE.value: ("release-1", "release-2"),
        Role.ALERT.value: ("alert",),
        Role.COMMAND.value: ("command",),
        Role.DESIRED.value: ("desired",),
    }
)
"""For each role the names of its key files; a holder carries only the files of their roles."""


def key_path(keys: Path, name: str) -> Path:
    """Where the key of that name lies in a folder of keys."""
    return keys / f"{name}.pem"


def create_key(keys: Path, name: str) -> CryptoSigner:
    """Make an Ed25519 key and write it as PKCS #8 PEM with mode 0600.

    Raises:
        PublishError: the file is there already; a key is never overwritten.
    """
    path = key_path(keys, name)
    if path.exists():
        raise PublishError(f"The key {path} is there already.")
    signer = CryptoSigner.generate_ed25519()
    write_durable(path, signer.private_bytes, mode=0o600)
    return signer


def load_key(keys: Path, name: str) -> CryptoSigner:
    """Read a signing key.

    Raises:
        PublishError: the file is missing or holds no unencrypted Ed25519 key.
    """
    path = key_path(keys, name)
    try:
        private = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise PublishError(f"The key {path} cannot be read: {error}.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise PublishError(f"The key {path} is not an Ed25519 key.")
    return CryptoSigner(private)


def signers(keys: Path, role: str) -> Sequence[Signer]:
    """The signers of a role whose key files lie in `keys`; whether they suffice is checked later.

    Raises:
        PublishError: none of the role's keys is here, or one cannot be read.
    """
    here = [name for name in KEY_NAMES[role] if key_path(keys, name).exists()]
    if not here:
        raise PublishError(f"No key of role {role!r} is in {keys}.")
    return [load_key(keys, name) for name in here]
