"""Device identity: the certificate authority, device certificates, broker configuration."""

from provisioning.enroll.authority import (
    Authority,
    Unit,
    found_authority,
    issue_client,
    issue_server,
    request_identity,
    revocation_list,
)
from provisioning.enroll.broker import (
    BRIDGE,
    DESK,
    OPERATORS,
    ROLLOUT,
    BrokerFiles,
    access_list,
    broker_configuration,
)
from provisioning.enroll.credentials import (
    Credentials,
    read_authority,
    read_certificate,
    read_key,
    write_credentials,
    write_key,
)
from provisioning.enroll.device_id import DeviceId, device_id
from provisioning.enroll.errors import EnrolError

__all__ = [
    "BRIDGE",
    "DESK",
    "OPERATORS",
    "ROLLOUT",
    "Authority",
    "BrokerFiles",
    "Credentials",
    "DeviceId",
    "EnrolError",
    "Unit",
    "access_list",
    "broker_configuration",
    "device_id",
    "found_authority",
    "issue_client",
    "issue_server",
    "read_authority",
    "read_certificate",
    "read_key",
    "request_identity",
    "revocation_list",
    "write_credentials",
    "write_key",
]
