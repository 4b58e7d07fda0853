"""What every test needs: no screen, no traces outside its own folder, English words."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from privdesk.core import i18n
from privdesk.vault import crypto
from tests import stretching

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Every commit is synced several times. That it is asked for is tested; waiting for a disk proves
# nothing more, so temporary folders lie in memory where there is enough of it.
_MEMORY, _ENOUGH = Path("/dev/shm"), 2 << 30
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

settings.register_profile("privdesk", deadline=None, derandomize=True, database=None)
settings.load_profile("privdesk")

_HOMES = {
    "HOME": "home",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_RUNTIME_DIR": "run",
    "PRIVDESK_EPOCH_DIR": "epochs",
}


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what all tests together hold: none of it is garbage.

    Tests of the window collect after each of them, and every object counts.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def account(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an account of its own: home, data and epoch folders below one folder."""
    folder = tmp_path_factory.mktemp("account")
    for variable, name in _HOMES.items():
        path = folder / name
        path.mkdir(parents=True, mode=0o700)
        monkeypatch.setenv(variable, str(path))
    return folder


@pytest.fixture(scope="session", autouse=True)
def stretched_once() -> Iterator[None]:
    """Know what a passphrase was stretched to before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crypto, "stretch", stretching.stretch)
        patch.setattr(crypto, "calibrated", stretching.lowest)
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start and leave every test with English words on the screen."""
    i18n.use("en")
    yield
    i18n.use("en")
