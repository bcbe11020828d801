"""Command `signage-player`: wires the player together and runs it until SIGTERM."""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from signage_player.config import Config, ConfigError, read_config
from signage_player.display import is_reachable
from signage_player.lasting_none import keep_none

logger = logging.getLogger(__name__)

_ENDINGS = {signal.SIGTERM, signal.SIGINT}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 after SIGTERM or SIGINT, 1 with one sentence on stderr otherwise."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=options.log, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    if not options.programme and not options.config:
        print("signage-player: give 'run --config FILE' or --programme FILE", file=sys.stderr)
        return 1
    try:
        if options.config:
            config = read_config(options.config)
            document = config.content / "current.json"
        else:
            document = options.programme.absolute()
            config = Config(content=document.parent)
            _check_document(document)
    except (ConfigError, OSError) as error:
        print(f"signage-player: {error}", file=sys.stderr)
        return 1
    if options.programme and options.config:
        document = options.programme.absolute()
    return run(replace(config, content=document.parent), document)


def _check_document(document: Path) -> None:
    with document.open("rb"):
        return


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="signage-player", description=__doc__)
    parser.add_argument("command", nargs="?", choices=["run"], help="run with a configuration")
    parser.add_argument("--config", type=Path, help="TOML settings")
    parser.add_argument("--programme", type=Path, help="play this document, blobs/ beside it")
    parser.add_argument("--log", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    return parser


def run(config: Config, document: Path) -> int:
    """Build the window and play until a signal ends it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    keep_none()
    if not _wait_for_display():
        return 0
    from PySide6.QtCore import QRect, Qt  # noqa: PLC0415 - after the arguments
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - after the arguments

    from signage_player.app import Player  # noqa: PLC0415 - after the arguments
    from signage_player.cache import Cache  # noqa: PLC0415 - after the arguments
    from signage_player.loader import Loader  # noqa: PLC0415 - after the arguments
    from signage_player.qt_log import take_messages  # noqa: PLC0415 - after the arguments
    from signage_player.stage import Stage  # noqa: PLC0415 - after the arguments

    take_messages()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(["signage-player"])
    wish = config.geometry
    area = (
        QRect(wish.x, wish.y, wish.width, wish.height) if wish else app.primaryScreen().geometry()
    )
    cache = Cache(document)
    loader = Loader(cache)
    stage = Stage(config, area, loader)
    player = Player(stage, cache, config.agent_socket)
    player.ended.connect(app.exit, Qt.ConnectionType.QueuedConnection)  # windows stay for mpv
    player.broken.connect(app.exit, Qt.ConnectionType.QueuedConnection)
    threading.Thread(target=_quit_on_signal, args=(player.ended.emit,), daemon=True).start()
    stage.show()
    player.start()
    code = app.exec()
    player.stop()
    loader.close()
    stage.close_outputs()
    return code


def _wait_for_display() -> bool:
    """Wait for the X server as long as it takes; False when a signal ended the wait."""
    told = False
    while "QT_QPA_PLATFORM" not in os.environ and not is_reachable(os.environ.get("DISPLAY", "")):
        if not told:
            logger.warning("There is no display at DISPLAY=%s.", os.environ.get("DISPLAY", ""))
            told = True
        if signal.sigtimedwait(_ENDINGS, 1.0):
            return False
    return True


def _quit_on_signal(end: Callable[[], None]) -> None:
    """Wait for the end in a thread: Chromium takes the handlers, but not what is blocked."""
    signal.sigwait(_ENDINGS)
    end()


if __name__ == "__main__":
    sys.exit(main())
