"""The player's settings, read once from TOML; unknown keys are refused."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

_KEYS: dict[str, type] = {
    "content": str,
    "agent_socket": str,
    "screen": str,
    "geometry": dict,
    "video_output": str,
    "hardware_decoding": str,
    "sound": bool,
}
_GEOMETRY = ("x", "y", "width", "height")


class ConfigError(ValueError):
    """The settings cannot be used; the sentence names the file, the key and the reason."""


@dataclass(frozen=True)
class Geometry:
    """The player's rectangle on the display in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Config:
    """Every setting of the player.

    content: directory with `current.json` and `blobs/`, kept by the agent.
    agent_socket: the agent's Unix socket; None plays without an agent.
    screen: the name of the display's output, for the log.
    geometry: the rectangle to fill; None is the whole first screen.
    video_output: mpv's `vo`; empty is OpenGL with a graphics card, plain X11 without one.
    hardware_decoding: mpv's `hwdec` on a computer with a graphics card.
    sound: whether films are heard.
    """

    content: Path
    agent_socket: Path | None = None
    screen: str = ""
    geometry: Geometry | None = None
    video_output: str = ""
    hardware_decoding: str = "auto-safe"
    sound: bool = False


def read_config(path: Path) -> Config:
    """The settings in a TOML file.

    Raises:
        ConfigError: the file is missing or no TOML, a key is unknown, missing or of another type.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
    for key, value in found.items():
        if key not in _KEYS:
            raise ConfigError(f"{path}: unknown key {key!r}; known are {', '.join(_KEYS)}")
        if not isinstance(value, _KEYS[key]):
            raise ConfigError(f"{path}: {key!r} must be a {_KEYS[key].__name__}")
    if "content" not in found:
        raise ConfigError(f"{path}: 'content' (a directory) is missing")
    socket = found.pop("agent_socket", None)
    geometry = found.pop("geometry", None)
    return Config(
        content=Path(found.pop("content")),
        agent_socket=Path(socket) if socket else None,
        geometry=_geometry(path, geometry) if geometry is not None else None,
        **found,
    )


def _geometry(path: Path, found: dict[str, object]) -> Geometry:
    numbers = [found.get(key) for key in _GEOMETRY]
    whole = [n for n in numbers if isinstance(n, int) and not isinstance(n, bool)]
    if len(whole) != len(_GEOMETRY) or set(found) != set(_GEOMETRY) or min(whole[2:]) <= 0:
        raise ConfigError(f"{path}: 'geometry' needs whole x, y and positive width, height")
    return Geometry(*whole)
