"""What the set-up wizard asks for: a new office, step by step, on the real vault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from privdesk.core import spelling, system
from privdesk.core.clock import SystemClock
from privdesk.core.i18n import N_, _, current
from privdesk.flows import custodybooks, people, rolling, setup
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService
from privdesk.ui.preferences import PreferencesFile
from privdesk.ui.progress import Progress
from privdesk.ui.wizard.setup import Company, CustodySheet, Missing, NewOfficer
from privdesk.vault import crypto, passphrases
from privdesk.vault.crypto import Cost
from privdesk.vault.custody import custody_bytes
from privdesk.vault.errors import CustodyError, VaultExistsError

CALIBRATING = N_("Measuring this machine")
MAKING = N_("Making the vault")
ENROLLING = N_("Enrolling the officers")


class OfficeSetUp:
    """Builds one office; the desk stays open from ``create`` to ``finish``."""

    def __init__(self, store: PreferencesFile, cost: Cost | None = None) -> None:
        self._store = store
        self._cost = cost
        self._started: setup.Started | None = None
        self._desk: Desk | None = None
        self._sheet: CustodySheet | None = None

    def folder_for(self, company: str) -> Path:
        """Return where a vault of this name would be made."""
        return home_of(company)

    def check_folder(self, folder: Path) -> None:
        """Raise when no vault can be made there."""
        if folder.exists():
            raise VaultExistsError(path=folder)
        system.refuse_unsafe(folder)

    def check_passphrase(self, passphrase: str, names: Sequence[str]) -> None:
        """Raise when a passphrase is too weak."""
        passphrases.check(passphrase, (*names, "privdesk"))

    def create(
        self,
        folder: Path,
        company: Company,
        language: str,
        officers: Sequence[NewOfficer],
        progress: Progress,
    ) -> None:
        """Make the vault and enrol the officers; the first one stays signed in."""
        progress.stage(CALIBRATING)
        cost = self._cost or crypto.calibrated()
        first = officers[0]
        office = setup.NewOffice(company.name, first.name, first.passphrase, language, cost)
        with system.explained(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
        progress.stage(MAKING)
        self._started = setup.start(folder, office)
        try:
            self._desk = setup.first_desk(self._started, office, SystemClock())
            progress.stage(ENROLLING)
            for officer in officers[1:]:
                people.add(self._desk, officer.name, "officer", officer.passphrase, cost)
            profile = {
                "sales": company.sales,
                "people": company.people,
                "sensitive": company.sensitive,
                "marketing": company.marketing,
            }
            self._desk.set_setting("profile", profile)
            self._desk.set_setting("overseas", company.overseas)
        except BaseException:
            if self._desk is not None:
                self._desk.vault.close()
                self._desk = None
            setup.discard(self._started)
            raise

    def kit(self) -> bytes:
        """Return the recovery kit as PDF."""
        started, desk = self._open()
        return setup.kit_paper(started, desk.now(), desk.setting("language", current()))

    def check_kit(self, source: str) -> str:
        """Open the office with a saved kit (path) or its letters; return the check shown."""
        started, _desk = self._open()
        setup.check_kit(started.folder, _source(source))
        return _printed_check(started.kit)

    def custody(self, keeper: str, place: str) -> tuple[CustodySheet, bytes]:
        """Return the custody sheet and its PDF."""
        _started, desk = self._open()
        number = custodybooks.next_custody(desk)
        self._sheet = CustodySheet(number, keeper, place)
        return self._sheet, rolling.custody_paper(desk, number, keeper, place)

    def check_custody(self, source: str) -> str:
        """Read a custody copy back; once it fits it is entered into the books."""
        _started, desk = self._open()
        secret = rolling.read_custody_source(_source(source), desk.vault.id)
        if secret != desk.vault.epochs.current():
            raise CustodyError(cause=_(N_("it is of another epoch")))
        sheet = self._sheet or CustodySheet(1, "", "")
        if custodybooks.next_custody(desk) == sheet.number:
            with desk.change() as change:
                custodybooks.record_custody(change, secret, "sheet", sheet.place, sheet.keeper)
                told = {"number": f"C-{sheet.number}", "keeper": sheet.keeper}
                change.note("vault.custody", details={**told, "place": sheet.place})
        return _printed_check(custody_bytes(secret))

    def missing(self) -> Sequence[Missing]:
        """Return what the office still has to set up."""
        _started, desk = self._open()
        found = FindingsService(desk).set_up()
        return [Missing(s.title, s.why, s.clause, s.done or s.skipped) for s in found.steps]

    def finish(self) -> object:
        """Return the desk of the first officer."""
        _started, desk = self._open()
        return desk

    def _open(self) -> tuple[setup.Started, Desk]:
        assert self._started is not None
        assert self._desk is not None
        return self._started, self._desk


def home_of(company: str) -> Path:
    """Return where this account would keep the vault of a company."""
    name = "".join(c for c in company.strip() if c.isalnum() or c in " -_()").strip()
    return Path.home() / "privdesk" / f"{name or 'office'}.privdesk"


def _printed_check(secret: bytes) -> str:
    """Return the last line of letters on a sheet, by which two people compare it."""
    return spelling.spell(secret)[-1].lstrip("= ")


def _source(text: str) -> Path | str:
    path = Path(text)
    return path if len(text) < 1000 and path.is_file() else text
