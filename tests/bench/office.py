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
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from privdesk.core.clock import FixedClock
from privdesk.core.periods import years
from privdesk.core.register import Query
from tests.bench.figures import Figure
from tests.bench.processes import ROOT, Peak
from tests.desks import ALICE, PASSPHRASE, make_desk
from tests.exchange.messy import GIVEN, SURNAMES

PURPOSE = "상담 처리"
HEADER = "회원번호,성명,휴대전화,이메일,처리 목적,수집일자"
ONE_DUE_IN = 100
SECONDS = 60
MEBIBYTES = 300


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
