"""An office at the command line: a real vault, commands run in this process, their answers."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from privdesk import cli
from privdesk.exchange.mapping import plan
from privdesk.exchange.reading import open_source
from privdesk.flows.importing.importers import importer_of
from privdesk.flows.opening import open_desk
from privdesk.ui.progress import Progress
from tests.desks import ALICE, BORA, PASSPHRASE, SECOND, make_desk

PEOPLE = """Customer name,E-mail,Mobile,Purpose,Collected on,Customer no,Shoe size
홍길동,hong@example.org,010-1234-5678,Newsletter,2013-02-01,1001,42
Kim Mina,mina@example.org,01098765432,Newsletter,2013.02.01,1002,38
이수현,no address,010-2222-3333,Newsletter,2026-02-01,1003,38
"=박=첨지",park@example.org,02-123-4567,Counselling,2026. 2. 1.,1004,
"""


class Templates:
    """Two offices made once, one of them with people; a test works on a copy.

    A copy is the same vault to privdesk, so its epoch secret is copied with it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PRIVDESK_EPOCH_DIR", str(folder / "epochs"))
            (folder / "empty").mkdir()
            desk = make_desk(folder / "empty")
            desk.vault.close()
            shutil.copytree(folder / "empty", folder / "people")
            list_ = folder / "people.csv"
            list_.write_text(PEOPLE, encoding="utf-8")
            _take(folder / "people" / "office.privdesk", list_)

    def copy(self, name: str, folder: Path) -> None:
        """Copy an office into a folder and its secret into this test's account."""
        shutil.copytree(self._folder / name, folder, dirs_exist_ok=True)
        account = Path(os.environ["PRIVDESK_EPOCH_DIR"])
        shutil.copytree(self._folder / "epochs", account, dirs_exist_ok=True)


def _take(vault: Path, list_: Path) -> None:
    desk = open_desk(vault, ALICE, PASSPHRASE)
    importer = importer_of(desk, "subjects")
    try:
        with open_source(list_) as source:
            mapping = plan(source, importer.fields())
            importer.run(source, mapping, {"create": True}, Progress())
    finally:
        desk.vault.close()


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
    """A vault with two officers and their passphrase files, copied from one made before."""

    def __init__(
        self, folder: Path, templates: Templates, capsys: pytest.CaptureFixture[str]
    ) -> None:
        templates.copy("empty", folder)
        self.folder = folder
        self._templates = templates
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
        """Let it be the office into which the invented list was taken."""
        shutil.rmtree(self.vault)
        self._templates.copy("people", self.folder)
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
