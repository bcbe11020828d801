"""One city on disk: its files and what IT does with them; each doing is decided elsewhere.

DIR/
  city.toml                     settings (provisioning/config.py)
  ca/key.pem cert.pem crl.pem   the city's certificate authority
  servers/broker|gateway|content/key.pem cert.pem ca.pem
  operators/city-bridge|city-rollout|city-desk/key.pem cert.pem ca.pem
  devices/DEVICE/key.pem cert.pem ca.pem root.json
  broker/mosquitto.conf acl data/
  keys/*.pem                    one signing key a file: root-1 root-2 targets snapshot timestamp
                                programme release-1 release-2 alert command desired
  repository/metadata targets blobs     what the content server shows, nothing else
  desired/DEVICE.json           the last desired state signed for a device
  alerts/AREA.cap.xml           the last CAP message signed for an area
  rollouts/RELEASE.json         how far a rollout is
"""

import os
import pwd
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from provisioning.config import Settings, read_settings, write_settings
from provisioning.console import (
    AlertDesk,
    AlertOrder,
    Bridge,
    BridgeError,
    BrokerAddress,
    DesiredChange,
    DesiredDesk,
    SignedAlert,
    SignedDesired,
)
from provisioning.durable_file import write_durable
from provisioning.enroll import (
    BRIDGE,
    BrokerFiles,
    Credentials,
    access_list,
    broker_configuration,
)
from provisioning.publish import (
    PublishedProgramme,
    PublishedRelease,
    Repository,
    locked,
    publish_programme,
    publish_release,
    refresh,
    signers,
)
from provisioning.publish.release import COMPATIBLE
from provisioning.publish.serve import ContentServer
from provisioning.trust import Role


@dataclass(frozen=True)
class City:
    """The city whose files lie in `root`; nothing is read before it is needed."""

    root: Path

    @cached_property
    def settings(self) -> Settings:
        """The settings, read once.

        Raises:
            ConfigError: `city.toml` cannot be used.
        """
        return read_settings(self.root / "city.toml")

    @property
    def authority(self) -> Path:
        """The folder of the certificate authority."""
        return self.root / "ca"

    @property
    def revoked(self) -> Path:
        """The certificate revocation list, PEM."""
        return self.authority / "crl.pem"

    @property
    def keys(self) -> Path:
        """The folder of signing keys."""
        return self.root / "keys"

    @property
    def repository(self) -> Repository:
        """The TUF repository."""
        return Repository(self.root / "repository", self.keys)

    @property
    def broker_configuration(self) -> Path:
        """What `mosquitto -c` takes."""
        return self.root / "broker" / "mosquitto.conf"

    def server(self, name: str) -> Credentials:
        """The identity of `broker`, `gateway` or `content`."""
        return Credentials(self.root / "servers" / name)

    def operator(self, name: str) -> Credentials:
        """The identity of one of the city's own programs at the broker."""
        return Credentials(self.root / "operators" / name)

    def device(self, name: str) -> Credentials:
        """The identity of a device; beside it lies root.json, where its trust begins."""
        return Credentials(self.root / "devices" / name)

    def configure(self, settings: Settings) -> "City":
        """Write the broker's configuration, then the settings that it follows from."""
        data = self.broker_configuration.parent / "data"
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        identity = self.server("broker")
        access = self.broker_configuration.parent / "acl"
        files = BrokerFiles(
            identity.key.absolute(),
            identity.certificate.absolute(),
            identity.authority.absolute(),
            self.revoked.absolute(),
            access.absolute(),
            data.absolute(),
        )
        write_durable(access, access_list().encode(), mode=0o600)
        user = settings.broker_user or pwd.getpwuid(os.geteuid()).pw_name
        text = broker_configuration(settings.broker_bind, settings.broker_port, user, files)
        write_durable(self.broker_configuration, text.encode())
        write_settings(self.root / "city.toml", settings)
        return City(self.root)

    def content_server(self, host: str | None = None, port: int | None = None) -> ContentServer:
        """What the content server needs, at the configured address unless given.

        Raises:
            ConfigError: no address or TCP port was given.
        """
        settings = replace(
            self.settings,
            content_host=self.settings.content_host if host is None else host,
            content_port=self.settings.content_port if port is None else port,
        )
        identity = self.server("content")
        return ContentServer(
            root=self.repository.root,
            key=identity.key,
            certificate=identity.certificate,
            authority=identity.authority,
            revoked=self.revoked,
            host=settings.content_host,
            port=settings.content_port,
        )

    def bridge(self, name: str = BRIDGE) -> Bridge:
        """A bridge to the broker as one of the city's own programs, not connected yet.

        Raises:
            BridgeError: its identity cannot be used.
        """
        identity = self.operator(name)
        address = BrokerAddress(
            self.settings.broker_host, self.settings.broker_port, identity.authority
        )
        return Bridge(address, name, identity.certificate, identity.key)

    def publish_programme(
        self, document: bytes, blobs: Mapping[str, Path], now: datetime
    ) -> PublishedProgramme:
        """See `provisioning.publish.publish_programme`."""
        return publish_programme(self.repository, document, blobs, now)

    def publish_release(
        self, version: str, archive: Path, now: datetime, compatible: str = COMPATIBLE
    ) -> PublishedRelease:
        """See `provisioning.publish.publish_release`."""
        return publish_release(self.repository, version, archive, now, compatible)

    def refresh(self, now: datetime) -> tuple[str, ...]:
        """See `provisioning.publish.refresh`."""
        return refresh(self.repository, now)

    def raise_alert(self, bridge: Bridge, order: AlertOrder, now: datetime) -> SignedAlert:
        """Sign an alert, keep it and say it to the area.

        Raises:
            StatementError: the order cannot be signed.
            BridgeError: the broker did not take it.
        """
        with locked(self.root / "alerts"):
            alert = self.alert_desk.raise_alert(order, now)
            with self._saved("The alert"):
                bridge.say_alert(alert.area, alert.envelope)
        return alert

    def cancel_alert(self, bridge: Bridge, area: str, now: datetime) -> SignedAlert:
        """Cancel the alert in force in an area; once more if it is cancelled already.

        Raises:
            StatementError: there was never one.
            BridgeError: the broker did not take it.
        """
        with locked(self.root / "alerts"):
            alert = self.alert_desk.cancel_alert(area, now)
            with self._saved("The cancellation"):
                bridge.say_alert(area, alert.envelope)
        return alert

    def set_desired(
        self, bridge: Bridge, device: str, change: DesiredChange, now: datetime
    ) -> SignedDesired:
        """Sign the next desired state of a device, keep it and say it.

        Raises:
            StatementError: the state cannot be signed.
            BridgeError: the broker did not take it.
        """
        with locked(self.root / "desired"):
            signed = self.desired_desk.change(device, change, now)
            with self._saved(f"The desired state of {device!r}"):
                bridge.say_desired(device, signed.envelope)
        return signed

    @contextmanager
    def _saved(self, what: str) -> Iterator[None]:
        """Let the error of a statement that was signed but not said tell how to say it."""
        try:
            yield
        except BridgeError as error:
            how = f"{what} is signed and saved; say it with: provisioning resend {self.root}"
            raise BridgeError(f"{error} {how}") from error

    @property
    def alert_desk(self) -> AlertDesk:
        """Who signs alerts."""
        keys = signers(self.keys, Role.ALERT)
        return AlertDesk(self.root / "alerts", self.settings.alert_sender, keys)

    @property
    def desired_desk(self) -> DesiredDesk:
        """Who signs desired states."""
        return DesiredDesk(self.root / "desired", signers(self.keys, Role.DESIRED))
