"""Where the program begins: the desk in a window, or a command. Qt is loaded for the desk alone."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from privdesk.core import i18n, system
from privdesk.core.errors import DomainError

_WITHOUT_SCREEN = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs", "vkkhrdisplay")


class NoDisplayError(DomainError):
    """There is no screen on which the desk could be shown. No vault was opened; start privdesk in
    a desktop session, or use the command line: privdesk --help.
    """


class NoWindowError(DomainError):
    """The window system could not be loaded ({cause}). No vault was opened; install the missing
    library, or use the command line: privdesk --help.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the desk (no argument, or a vault), or run a command; return the exit code."""
    told = list(sys.argv[1:] if arguments is None else arguments)
    system.no_core_dumps()
    if not told:
        return desk(None)
    if len(told) == 1 and (Path(told[0]) / "vault.json").is_file():
        return desk(Path(told[0]))  # the commands need not be loaded to know this
    from privdesk import cli

    folder = cli.folder_of(told)
    return cli.main(told) if folder is None else desk(folder)


def desk(folder: Path | None) -> int:
    """Show the desk; where no screen is there, say so and return 1."""
    from privdesk.commands.language import screen_language
    from privdesk.commands.refusals import refusal

    i18n.use(screen_language())
    try:
        if folder is not None:
            require_vault(folder)
        require_screen()
        return show(folder)
    except Exception as why:  # noqa: BLE001  (the edge of the program)
        print(refusal(why), file=sys.stderr)
        return 1


def show(folder: Path | None) -> int:
    """Load Qt and run the window.

    What is loaded stays: looking through it for garbage would only hold the first page up. From
    then on the window's own sweeper collects.
    """
    gc.disable()
    try:
        from privdesk.window import run
    except ImportError as why:
        if (why.name or "").startswith("privdesk"):
            raise
        raise NoWindowError(cause=str(why).partition("\n")[0]) from why
    return run(folder)


def require_vault(folder: Path) -> None:
    """Refuse a path where no vault is, before a window appears."""
    if not folder.is_dir():
        from privdesk.vault.errors import NoVaultError

        raise NoVaultError(path=folder)


def require_screen() -> None:
    """Refuse where Qt would find no screen: it would end the program without a word."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if not sys.platform.startswith("linux") or platform in _WITHOUT_SCREEN:
        return
    if platform in ("", "wayland") and _wayland_answers(os.environ.get("WAYLAND_DISPLAY", "")):
        return
    if not _x11_answers(os.environ.get("DISPLAY", "")):
        raise NoDisplayError


def _wayland_answers(display: str) -> bool:
    """Whether the compositor that WAYLAND_DISPLAY names takes a connection."""
    import socket

    place = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / display  # an absolute one stands
    return bool(display) and _takes(socket.AF_UNIX, str(place))


def _x11_answers(display: str) -> bool:
    """Whether the X server that DISPLAY names takes a connection."""
    import socket

    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdigit():
        return False
    if host in ("", "unix"):
        return any(_takes(socket.AF_UNIX, name) for name in _sockets(number))
    return _takes(socket.AF_INET, (host.strip("[]"), 6000 + int(number)))


def _sockets(number: str) -> tuple[str, str]:
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  (where X servers listen)
    return f"\0{path}", path


def _takes(family: int, address: str | tuple[str, int]) -> bool:
    import socket  # only where there is an X server to ask

    try:
        with socket.socket(family, socket.SOCK_STREAM) as link:
            link.settimeout(3)
            link.connect(address)
    except OSError:
        return False
    return True
