"""The office of a million people that the other figures are measured on.

Its people come in through the command line, as they would: that is the figure of the
import. The list has name, telephone, e-mail, purpose, day and source number; one
person in a hundred is due for destruction.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from privdesk.core.clock import FixedClock
from privdesk.core.periods import years
from privdesk.core.register import Query
from tests.bench.figures import Figure
from tests.desks import ALICE, PASSPHRASE, make_desk
from tests.exchange.messy import GIVEN, SURNAMES

ROOT = Path(__file__).parents[2]
PURPOSE = "상담 처리"
HEADER = "회원번호,성명,휴대전화,이메일,처리 목적,수집일자"
ONE_DUE_IN = 100
SECONDS = 60
MEBIBYTES = 300
_PAUSE = 0.25


@dataclass(frozen=True)
class Office:
    """Where it lies, how many people it has, and the surroundings of its processes."""

    folder: Path
    people: int
    surroundings: Mapping[str, str]

    @property
    def vault(self) -> Path:
        """The vault's folder."""
        return self.folder / "office.privdesk"

    @property
    def list(self) -> Path:
        """The list of its people."""
        return self.folder / "people.csv"

    def inside(self, what: str, *arguments: str) -> dict[str, Any]:
        """Measure something in a process of its own and return what it found."""
        command = [sys.executable, "-m", "tests.bench.inside", what, str(self.folder), *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=dict(self.surroundings), capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{what}: {done.stderr[-2000:]}")
        return dict(json.loads(done.stdout.splitlines()[-1]))


def surroundings(folder: Path) -> dict[str, str]:
    """Return an account of its own for the processes that are measured."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        env[name] = str(folder / "home")
    env["PRIVDESK_EPOCH_DIR"] = str(folder / "epochs")
    env["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    env["QT_QPA_PLATFORM"] = "offscreen"
    return env


def founded(folder: Path, people: int) -> Office:
    """Make the vault, with a purpose of three years, and the list."""
    office = Office(folder, people, surroundings(folder))
    os.environ["PRIVDESK_EPOCH_DIR"] = office.surroundings["PRIVDESK_EPOCH_DIR"]
    desk = make_desk(folder, clock=FixedClock(datetime.now(UTC)))
    try:
        refs = tuple(row.ref for row in desk.service("items").find(Query()))
        values = {"name": PURPOSE, "retention": years(3), "required_items": refs}
        desk.service("purposes").create(values)
    finally:
        desk.vault.close()
    (folder / "passphrase").write_text(PASSPHRASE)
    write_list(office.list, people)
    return office


def write_list(path: Path, people: int) -> None:
    """Write a list of invented people."""
    chance = random.Random(7)
    names = [surname + given for surname in SURNAMES for given in GIVEN]
    today = datetime.now(UTC).date()
    recent = [(today - timedelta(days=n)).isoformat() for n in range(1, 900)]
    old = [(today - timedelta(days=n)).isoformat() for n in range(1_200, 1_500)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER + "\r\n")
        for number in range(people):
            digits = chance.randrange(100_000_000)
            phone = f"010-{digits // 10_000:04}-{digits % 10_000:04}"
            if number % 5 == 0:
                phone = phone.replace("-", "")
            day = chance.choice(recent if number % ONE_DUE_IN else old)
            stream.write(
                f"M-{number:07},{chance.choice(names)},{phone},"
                f"user{number}@example.com,{PURPOSE},{day}\r\n"
            )


def imported(office: Office) -> list[Figure]:
    """Take the list in by the command line; return time and memory of all its processes."""
    command = [sys.executable, "main.py", "--officer", ALICE, "--passphrase-file"]
    command += [str(office.folder / "passphrase"), "--json", "import", str(office.vault)]
    command += ["subjects", str(office.list)]
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(office.surroundings), stdout=subprocess.PIPE, text=True
    )
    peak = Peak(process.pid)
    told, _nothing = process.communicate()
    wall = time.perf_counter() - start
    peak.stop()
    report = json.loads(told)
    if process.returncode or report["new"] != office.people:
        raise RuntimeError(f"the import went wrong: {told}")
    plain = office.inside("plain")
    scale = office.people / 1_000_000
    note = f"processor: {peak.processor:.1f} s in all processes"
    return [
        Figure(
            f"import of {office.people:,} people, from the command line to its answer",
            wall,
            "s",
            plain["seconds"],
            SECONDS * scale,
            note,
        ),
        Figure("its memory: both processes together", peak.mebibytes, "MiB", None, MEBIBYTES),
    ]


class Peak:
    """Watches the memory (proportional set size) of a process and its children."""

    def __init__(self, pid: int) -> None:
        self.mebibytes = 0.0
        self.processor = 0.0
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End watching."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_PAUSE):
            family = [self._pid, *children(self._pid)]
            self.mebibytes = max(self.mebibytes, proportional(family))
            self.processor = max(self.processor, sum(map(_processor, family)))


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in path.read_text().split()]
        except OSError:
            continue
    return found


def proportional(pids: Sequence[int]) -> float:
    """Return the memory of processes in MiB; what they share is counted once."""
    return sum(map(_proportional, pids)) / 1024


def _proportional(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def _processor(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
