"""Who works here, on which machine, and where this account keeps what stays out of the vault."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from privdesk.core.system.errors import explained
from privdesk.core.system.files import refuse_unsafe
from privdesk.core.system.side import set_mode

EPOCH_DIR = "PRIVDESK_EPOCH_DIR"


def account() -> str:
    """Return the name of the account that runs the program."""
    import getpass  # and all it brings: not before the first paint

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def workstation() -> str:
    """Return the name of this machine."""
    from platform import node

    return node() or "localhost"


def account_folder() -> Path:
    """Return the account's data directory, made closed to others where it is missing.

    ``PRIVDESK_EPOCH_DIR`` overrides it; the rights of a folder that exists there are the
    office's own choice and stay as they are.
    """
    chosen = os.environ.get(EPOCH_DIR)
    path = Path(chosen) if chosen else _default()
    refuse_unsafe(path)
    with explained(path):
        missing = not path.is_dir()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if missing or not chosen:
            set_mode(path, 0o700)
    return path


def _default() -> Path:
    from platformdirs import user_data_path

    return user_data_path("privdesk", appauthor=False, roaming=False)


def own_command() -> list[str]:
    """Return the command line that starts this program again, as it was started."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *sys.argv[1:]]
    return [sys.executable, *sys.orig_argv[1:]]


def own_program() -> list[str]:
    """Return the command that starts this program, without the arguments it was given."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "privdesk"]
