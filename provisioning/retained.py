"""What the broker keeps for the devices, said from the city's own files; it decides nothing."""

from provisioning.city import City
from provisioning.console import Bridge, StatementError
from provisioning.founding import enrolled
from provisioning.publish import locked


def say_again(city: City, bridge: Bridge) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say the last desired state of every device and the last alert message of every area.

    For a broker that lost its data or that did not take a statement. Devices that know it all
    change nothing. One unreadable file does not hold back the others.

    Returns:
        The devices and the areas.

    Raises:
        StatementError: a saved statement cannot be read; all others were said.
        BridgeError: the broker did not take one.
    """
    faults: list[str] = []
    alerts, desired = city.alert_desk, city.desired_desk
    areas, devices = alerts.areas(), desired.devices()
    with locked(alerts.folder):
        for area in areas:
            try:
                bridge.say_alert(area, alerts.again(area).envelope)
            except StatementError as error:
                faults.append(str(error))
    with locked(desired.folder):
        for device in devices:
            try:
                bridge.say_desired(device, desired.again(device).envelope)
            except StatementError as error:
                faults.append(str(error))
    if faults:
        raise StatementError(" ".join(faults))
    return devices, areas


def listeners(city: City, area: str) -> tuple[str, ...]:
    """The enrolled devices whose desired state names the area: those that show its alerts.

    Raises:
        StatementError: a saved desired state cannot be read.
    """
    desk = city.desired_desk
    states = (desk.last(device) for device in enrolled(city))
    return tuple(state.device for state in states if state is not None and area in state.areas)
