"""Hand-written openers, set-ups and pages for the tests of shell, unlock and wizard."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from privdesk.core.errors import DomainError
from privdesk.ui.parts import Entry, Found, Group
from privdesk.ui.preferences import Preferences
from privdesk.ui.progress import Progress
from privdesk.ui.unlock import Person
from privdesk.ui.wizard.setup import Company, CustodySheet, Missing, NewOfficer

PASSPHRASE = "twelve herons over the quiet delta"


class WrongError(DomainError):
    """The passphrase does not open the slot of {name}. The vault is unharmed; try again."""


class WaitError(DomainError):
    """Too many wrong passphrases for {name}. Try again in {seconds} seconds."""


class StaleKitError(DomainError):
    """The recovery kit does not open this vault. Nothing was changed."""


class WeakError(DomainError):
    """This passphrase is too weak. Nothing was changed; choose a longer one."""


class TakenError(DomainError):
    """There is already something at {path}. It was left as it is; choose another name."""


class FakeOpener:
    """Opens for one passphrase; after two wrong ones one must wait."""

    office = "(주)예시상사"
    names: Sequence[Person] = ()

    def __init__(self) -> None:
        self.tries: list[tuple[str, str]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.recovered: list[tuple[str, str]] = []
        self.received: list[tuple[str, str]] = []

    def people(self) -> list[Person]:
        return [Person("김서연", "Privacy officer"), Person("박지훈", "Manager")]

    def open(self, name: str, passphrase: str) -> object:
        self.gate.wait()
        self.tries.append((name, passphrase))
        if passphrase == PASSPHRASE:
            return {"vault of": name}
        if len(self.tries) > 2:
            raise WaitError(name=name, seconds=30)
        raise WrongError(name=name)

    def recover(self, kit: str, name: str, passphrase: str) -> None:
        if "kit" not in kit:
            raise StaleKitError
        self.recovered.append((name, passphrase))

    def receive(self, custody: str, name: str, passphrase: str) -> None:
        self.received.append((custody, name))


@dataclass
class FakeSetUp:
    """Builds an office in memory; kit and custody hold their own name as text."""

    root: Path
    made: list[tuple[Path, Company, str, tuple[NewOfficer, ...]]] = field(default_factory=list)
    sheets: list[CustodySheet] = field(default_factory=list)

    def folder_for(self, company: str) -> Path:
        return self.root / f"{company}.privdesk"

    def check_folder(self, folder: Path) -> None:
        if folder.exists():
            raise TakenError(path=folder.name)

    def check_passphrase(self, passphrase: str, names: Sequence[str]) -> None:
        if passphrase.strip("1234567890") == "":
            raise WeakError

    def create(
        self,
        folder: Path,
        company: Company,
        language: str,
        officers: Sequence[NewOfficer],
        progress: Progress,
    ) -> None:
        progress.stage("Deriving keys", 2)
        progress.step()
        self.made.append((folder, company, language, tuple(officers)))

    def kit(self) -> bytes:
        return b"%PDF kit"

    def check_kit(self, source: str) -> str:
        if Path(source).is_file() and b"kit" in Path(source).read_bytes():
            return "ABCD 1234"
        if source == "the words of the kit":
            return "ABCD 1234"
        raise StaleKitError

    def custody(self, keeper: str, place: str) -> tuple[CustodySheet, bytes]:
        self.sheets.append(CustodySheet(len(self.sheets) + 1, keeper, place))
        return self.sheets[-1], b"%PDF custody"

    def check_custody(self, source: str) -> str:
        if Path(source).is_file() and b"custody" in Path(source).read_bytes():
            return "EF56 7890"
        raise StaleKitError

    def missing(self) -> list[Missing]:
        return [
            Missing("Two officers", "Nobody approves her own destruction.", "S5.1", done=True),
            Missing("Recovery kit and custody sheet", "Both were tried.", "S8.1", done=True),
            Missing("Purposes and items", "What is collected, for what, how long.", "S1.2"),
            Missing("Places", "Where personal data lies.", "S8.2"),
            Missing("Chief privacy officer", "Signs and answers for it.", "S5.1"),
        ]

    def finish(self) -> object:
        return "the open vault"


class MemoryStore:
    """Preferences kept in memory."""

    def __init__(self) -> None:
        self.kept = Preferences(language="en", look="light")

    def load(self) -> Preferences:
        return self.kept

    def save(self, preferences: Preferences) -> None:
        self.kept = preferences


class Page(QWidget):
    """A page that writes down what the shell asks of it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.help_topic = "import"
        self.asked: list[str] = []
        self.stays = False
        self.steps_back = False
        self.line = QLineEdit()
        QVBoxLayout(self).addWidget(self.line)

    def activated(self) -> None:
        self.asked.append("activated")

    def refresh(self) -> None:
        self.asked.append("refresh")

    def open_ref(self, ref: str) -> None:
        self.asked.append(f"open {ref}")

    def leave(self) -> bool:
        return not self.stays

    def back(self) -> bool:
        self.asked.append("back")
        return self.steps_back


class FakeFinder:
    """Finds one person by any part of the name."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.ended: list[list[str]] = []

    def settled(self, found: Sequence[Found]) -> None:
        self.ended.append([one.ref for one in found])

    def find(self, text: str) -> list[Found]:
        self.asked.append(text)
        if text in "김서연" or text == "4821":
            return [Found("김○연", "활성 · 010-****-4821", "P-7F2K-9", "subjects")]
        return []


def groups(made: list[str]) -> list[Group]:
    """Return the groups of a small desk; ``made`` collects the names of pages made."""

    def entry(name: str, label: str, due: int | None = None) -> Entry:
        def make() -> QWidget:
            made.append(name)
            return Page(name)

        return Entry(name, label, make, None if due is None else (lambda: due))

    return [
        Group("today", "Today", "today", [entry("today", "Today", 3)]),
        Group(
            "people",
            "People",
            "people",
            [entry("subjects", "Data subjects", 2), entry("consents", "Consents")],
        ),
        Group(
            "life-cycle",
            "Life cycle",
            "life-cycle",
            [
                entry("purposes", "Purposes"),
                entry("items", "Items"),
                entry("holdings", "Holdings", 312),
                entry("destructions", "Destructions", 1),
            ],
        ),
        Group("settings", "Settings", "settings", [entry("settings", "Settings")]),
    ]
