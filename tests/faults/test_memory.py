"""After the lock the process holds no passphrase, no key and no name; before it, it does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from privdesk.vault.session import file_key
from tests.copies import PASSPHRASES, open_as
from tests.desks import ALICE
from tests.faults.atdesk import IDLE, LOCK
from tests.faults.damage import office
from tests.faults.tracing import ROOT
from tests.flows.folk import LIVING

LONGEST = 60.0


@pytest.fixture
def secrets(tmp_path: Path) -> dict[str, bytes]:
    """Return what must not be in memory, of the vault that lies in the test's folder."""
    desk = open_as(office(tmp_path))
    vault = desk.vault
    found = {f"key {name}": key for name, key in vault.unlocked.roles.items() if ":" not in name}
    found["key of people"] = file_key("keys_people", vault.id, vault.unlocked.roles, vault.secret())
    found["epoch secret"] = vault.secret().secret
    vault.close()
    found["passphrase"] = PASSPHRASES[ALICE].encode()
    return found | {f"name {p.name}": p.name.encode() for p in LIVING}


@pytest.fixture
def process(secrets: dict[str, bytes], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Return the program at whose desk somebody has looked at people."""
    program = "import sys; from tests.faults import atdesk; atdesk.main(*sys.argv[1:])"
    vault = str(tmp_path / "office.privdesk")
    command = [sys.executable, "-c", program, vault, PASSPHRASES[ALICE], str(tmp_path)]
    running = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT)))
    until(lambda: (tmp_path / "looked").exists() or running.poll() is not None)
    assert running.poll() is None
    yield running
    running.kill()
    running.wait()


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not what() and time.monotonic() < end:
        time.sleep(0.05)
    assert what()


def remembered(process: subprocess.Popen[bytes], secrets: dict[str, bytes]) -> dict[str, int]:
    """Return which secrets are in a process's memory, and how often."""
    found = dict.fromkeys(secrets, 0)
    with Path(f"/proc/{process.pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{process.pid}/maps").read_text().splitlines():
            first, last, rights = re.match(r"(\w+)-(\w+) (\S+)", line).groups()  # type: ignore[union-attr]
            if rights.startswith("rw"):  # what can only be read came from a file
                memory.seek(int(first, 16))
                try:
                    data = memory.read(int(last, 16) - int(first, 16))
                except OSError:
                    continue  # a page that is mapped beyond the end of its file
                for name, secret in secrets.items():
                    found[name] += sum(data.count(form) for form in forms(name, secret))
    return {name: count for name, count in found.items() if count}


def forms(name: str, secret: bytes) -> list[bytes]:
    """Return how a secret may lie in memory."""
    if name.startswith(("key", "epoch")):
        return [secret, secret.hex().encode()]
    return [secret, secret.decode().encode("utf-16-le")]


@pytest.mark.parametrize("how", [LOCK, pytest.param(IDLE, marks=pytest.mark.faults)])
def test_a_locked_desk_remembers_nothing(
    process: subprocess.Popen[bytes], secrets: dict[str, bytes], tmp_path: Path, how: str
) -> None:
    before = remembered(process, secrets)
    assert set(before) >= {n for n in secrets if n.startswith(("key", "name"))}  # it can be seen

    command = Path(f"/proc/{process.pid}/cmdline")
    (tmp_path / how).touch()
    until(lambda: b"privdesk" in command.read_bytes().split(b"\0")[2:3])
    time.sleep(2)  # until the unlock page stands there
    assert process.poll() is None
    assert remembered(process, secrets) == {}
