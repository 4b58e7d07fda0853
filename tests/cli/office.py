"""An office at the command line: a real vault, commands run in this process, their answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from privdesk import cli
from tests.desks import ALICE, BORA, PASSPHRASE, SECOND, make_desk

PEOPLE = """Customer name,E-mail,Mobile,Purpose,Collected on,Customer no,Shoe size
홍길동,hong@example.org,010-1234-5678,Newsletter,2013-02-01,1001,42
Kim Mina,mina@example.org,01098765432,Newsletter,2013.02.01,1002,38
이수현,no address,010-2222-3333,Newsletter,2026-02-01,1003,38
"=박=첨지",park@example.org,02-123-4567,Counselling,2026. 2. 1.,1004,
"""


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer of ``--json``."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def refused(self) -> str:
        """The sentence of a refusal; one line, no traceback, nothing on stdout."""
        assert self.code == 1, (self.out, self.err)
        assert len(self.err.strip().splitlines()) == 1, self.err
        return self.err.strip()


class Office:
    """A vault with two officers and their passphrase files."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        make_desk(folder).vault.close()
        self.folder = folder
        self.vault = folder / "office.privdesk"
        self._capsys = capsys
        self._files = {ALICE: folder / "alice.txt", BORA: folder / "bora.txt"}
        self._files[ALICE].write_text(PASSPHRASE + "\n", encoding="utf-8")
        self._files[BORA].write_text(SECOND + "\r\n", encoding="utf-8")

    def run(self, *arguments: object, who: str = ALICE) -> Answer:
        """Run a command as an officer."""
        file = self._files[who]
        return self.bare("--officer", who, "--passphrase-file", file, *arguments)

    def bare(self, *arguments: object) -> Answer:
        """Run exactly these arguments."""
        self._capsys.readouterr()
        code = cli.main([str(argument) for argument in arguments])
        out, err = self._capsys.readouterr()
        return Answer(code, out, err)

    def with_people(self) -> Office:
        """Take the invented list in."""
        self.file("people.csv", PEOPLE)
        answer = self.run(
            "import", self.vault, "subjects", self.folder / "people.csv", "--create-purposes"
        )
        assert answer.code == 0, answer.err
        return self

    def file(self, name: str, text: str) -> Path:
        """Write a file beside the vault."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def ref_of(self, text: str) -> str:
        """Return the reference of the one person found."""
        (found,) = self.run("search", self.vault, text, "--json").json
        return str(found["ref"])
