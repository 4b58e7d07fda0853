"""The invented office: every register filled, every paper printable, every role at its desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from privdesk.cli import main
from privdesk.core.clock import FixedClock
from privdesk.core.findings import Bucket
from privdesk.flows import issuing, sample
from privdesk.flows.opening import open_desk
from privdesk.flows.proving import prove_journal
from privdesk.flows.sample import making
from privdesk.registers import REGISTERS
from privdesk.registers.consents.rules import Event
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService
from privdesk.registers.reading import HIDDEN
from privdesk.registers.requests.kinds import KIND_LABELS
from privdesk.ui.progress import Cancelled, Progress
from privdesk.vault import passphrases
from tests.desks import NOON
from tests.invented import SUBJECTS, copy_invented, open_invented

FILLED = [register.name for register in REGISTERS]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented office that the tests of this module share."""
    return copy_invented(tmp_path_factory, tmp_path_factory.mktemp("sample"))


@pytest.fixture
def secrets(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The account that made the office."""
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(office.parent / "epochs"))


@pytest.fixture
def desk(office: Path, secrets: None) -> Iterator[Desk]:
    """The desk of the first officer."""
    opened = open_invented(office)
    yield opened
    opened.vault.close()


def _states(desk: Desk, table: str) -> set[str]:
    rows = desk.vault.raw.execute(f"SELECT DISTINCT state FROM {table}").fetchall()
    return {row[0] for row in rows}


@pytest.mark.parametrize("name", FILLED)
def test_every_register_has_rows(desk: Desk, name: str) -> None:
    from privdesk.core.register import Query

    assert desk.service(name).open_view(Query()).count > 0


def test_it_knows_as_many_people_as_were_asked_for(desk: Desk) -> None:
    sql = "SELECT count(*) FROM subjects WHERE state <> 'destroyed'"
    assert desk.vault.raw.execute(sql).fetchone()[0] == SUBJECTS


def test_holdings_consents_destructions_and_orders_are_there_in_every_state(desk: Desk) -> None:
    holdings = desk.service("holdings")
    numbers = [row[0] for row in desk.vault.raw.execute("SELECT id FROM holdings").fetchall()]
    shown = {row.state for row in holdings.rows(numbers)}
    assert shown == {"active", "due", "held", "law", "destroyed"}
    assert _states(desk, "consents") == {
        *("given", "refused", "withdrawn", "lapsed", "waiting", "past", "proof"),
    }
    assert _states(desk, "destructions") == {
        *("requested", "approved", "backups_closed", "complete", "cancelled"),
    }
    assert _states(desk, "destruction_orders") == {
        *("open", "sent", "differs", "answered", "lost", "cancelled"),
    }
    assert {"active", "destroyed"} <= _states(desk, "files")
    assert _states(desk, "purposes") == {"active", "draft", "ended"}


def test_requests_and_what_partners_have_are_there_in_every_state(desk: Desk) -> None:
    assert _states(desk, "requests") == {
        *("received", "identified", "working", "extended"),
        *("answered", "refused", "withdrawn", "closed"),
    }
    assert {row[0] for row in desk.vault.raw.execute("SELECT kind FROM requests")} == set(
        KIND_LABELS
    )
    assert _states(desk, "retrievals") == {"open", "sent", "answered", "differs", "accepted"}
    assert _states(desk, "provisions") == {
        *("requested", "approved", "refused", "provided", "recorded", "recalled"),
    }
    assert _states(desk, "demands") == {"received", "granted", "denied", "answered"}
    assert _states(desk, "freezes") == {"frozen", "released"}
    assert _states(desk, "corrections") == {"open", "sent", "differs", "answered"}
    assert _states(desk, "wordings") == {"draft", "used", "replaced"}
    assert _states(desk, "collection_points") == {"active", "closed"}
    asked = desk.vault.raw.execute("SELECT DISTINCT kind FROM consents").fetchall()
    assert {row[0] for row in asked} == {event.value for event in Event}


def test_a_request_is_overdue_and_a_place_is_late(desk: Desk) -> None:
    board = FindingsService(desk).today()
    late = {task.finding.rule for task in board.buckets[Bucket.OVERDUE]}
    assert {"19", "S6.2", "S3.2"} <= late


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_paper_prints_and_was_printed(desk: Desk, language: str) -> None:
    for code in issuing.documents(desk):
        found = desk.vault.raw.execute(
            "SELECT count(*) FROM documents WHERE code = ? AND language = ?", (code, language)
        ).fetchone()
        assert found[0] > 0, code
        assert issuing.issue(desk, code, None, language).data.startswith(b"%PDF")


@pytest.mark.parametrize("at", range(6))
def test_every_role_opens_the_vault_and_only_officers_see_people(
    office: Path, secrets: None, at: int
) -> None:
    who = sample.people()[at]
    desk = open_desk(office, who.name, who.passphrase, FixedClock(NOON))
    try:
        assert desk.vault.role == who.role
        number = desk.vault.raw.execute(
            "SELECT id FROM subjects WHERE state <> 'destroyed' ORDER BY id DESC LIMIT 1"
        ).fetchone()[0]
        name = desk.service("subjects").rows([number], reveal=True)[0].values["name"]
        assert (name == HIDDEN) == (who.role != "officer")
    finally:
        desk.vault.close()


def test_there_are_three_officers_and_each_other_role() -> None:
    roles = [who.role for who in sample.people()]
    assert roles == ["officer"] * 3 + ["manager", "auditor", "administrator"]


@pytest.mark.parametrize("seed", range(8))
def test_its_passphrases_are_good_enough_for_a_real_vault(seed: int) -> None:
    for who in sample.people(seed):
        passphrases.check(who.passphrase, (who.name, "privdesk"))


def test_today_has_work_in_every_place_and_decisions_about_it(desk: Desk) -> None:
    board = FindingsService(desk).today()
    filled = {bucket for bucket, tasks in board.buckets.items() if tasks}
    assert {Bucket.OVERDUE, Bucket.WEEK, Bucket.LATER, Bucket.WAITING} <= filled
    tasks = [task for tasks in board.buckets.values() for task in tasks]
    assert any(task.put_off for task in tasks)
    assert any(task.given for task in tasks)
    assert [task.finding.rule for task in board.excepted] == ["S1.2"]


def test_imports_have_rows_rejected_and_people_who_must_not_come_back(desk: Desk) -> None:
    sql = "SELECT rejected, blocked FROM imports ORDER BY id"
    assert desk.vault.raw.execute(sql).fetchall() == [(0, 0), (5, 0), (0, 2)]


def test_its_journal_holds(desk: Desk) -> None:
    assert not prove_journal(desk).faults


def test_nobody_stands_in_the_clear_in_any_file(desk: Desk, office: Path) -> None:
    people = desk.vault.payloads.read_many("keys_people", _living(desk)[:40])
    told = {text for values in people.values() for text in values.values() if "@" in text}
    assert told
    for path in office.parent.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [text for text in told if text.encode() in data], path.name


def _living(desk: Desk) -> list[int]:
    sql = "SELECT id FROM subjects WHERE state <> 'destroyed' ORDER BY id"
    return [row[0] for row in desk.vault.raw.execute(sql).fetchall()]


def test_a_small_office_is_complete_on_a_leap_day(tmp_path: Path) -> None:
    folder, clock = tmp_path / "small.privdesk", FixedClock(datetime(2028, 2, 29, 3, tzinfo=UTC))
    sample.make(folder, 1, seed=9, clock=clock)
    who = sample.people(9)[0]
    desk = open_desk(folder, who.name, who.passphrase, clock)
    try:
        assert len(_living(desk)) == making.LEAST
        assert len(_states(desk, "destruction_orders")) == 6
    finally:
        desk.vault.close()


def test_the_same_seed_makes_the_same_people(tmp_path: Path) -> None:
    told = []
    for seed in (3, 3, 4):
        people = sample.folk.Folk(seed)
        told.append([people.someone() for _ in range(50)])
    assert told[0] == told[1]
    assert told[0] != told[2]


class _Stopper(Progress):
    """Presses Cancel at a stage."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._left = at

    def stage(self, name: str, total: int = 0) -> None:
        self._left -= 1
        if not self._left:
            self.stop()
        super().stage(name, total)


@pytest.mark.parametrize("stage", [2, 7])
def test_cancelled_it_leaves_nothing_behind(tmp_path: Path, stage: int) -> None:
    with pytest.raises(Cancelled):
        sample.make(tmp_path / "gone.privdesk", progress=_Stopper(stage))
    assert list(tmp_path.iterdir()) == []
    epochs = Path(os.environ["PRIVDESK_EPOCH_DIR"])
    assert not [path for path in epochs.rglob("*") if path.name in ("current", "next")]


def test_it_is_not_made_over_another_and_can_be_removed(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the command prints: tests/architecture/test_command_line."""
    folder = copy_invented(tmp_path_factory, tmp_path)
    epochs = (tmp_path / "epochs").rename(tmp_path.with_name(f"{tmp_path.name}-epochs"))
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(epochs))
    assert main(["demo", str(folder)]) == 1
    assert sample.is_sample(folder)
    assert [path for path in epochs.rglob("*") if path.name == "current"]
    sample.remove(folder)
    assert list(tmp_path.iterdir()) == []
    assert not [path for path in epochs.rglob("*") if path.name == "current"]


def test_the_report_to_the_board_is_three_pages(desk: Desk) -> None:
    paper = issuing.issue(desk, "board-report", None, "en")
    assert len(pypdfium2.PdfDocument(paper.data)) == 3
