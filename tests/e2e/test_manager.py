"""A manager's month: figures, reports and tables of an office whose people she cannot open."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QFileDialog

from privdesk.core.figures import Kind
from privdesk.core.register import Query
from privdesk.documents.preview import page_texts
from privdesk.vault import engine
from privdesk.vault.header import PERSONAL
from tests.copies import MANAGER, THIRD
from tests.e2e import scene
from tests.e2e.atwindow import InWindow
from tests.e2e.hands import Hand, Line
from tests.window.rooms import entries

pytestmark = pytest.mark.e2e

NAME, PHONE, EMAIL, CALLER = "봄누리", "010-5550-7731", "bomnuri@example.org", "Caller Sunmaru"
SECRETS = (NAME, PHONE, "01055507731", EMAIL, CALLER)


def plant(hand: Hand) -> str:
    """Hold a person, with a request and a call of somebody else; return her reference."""
    with hand.desk() as desk:
        news = scene.purpose(desk, "Newsletter", "name, phone, email", "2 years")
        within = scene.file(desk, "Readers", news, scene.place(desk, "Web shop"))
        who = scene.person(desk, NAME, phone=PHONE, email=EMAIL)
        scene.held(desk, who, within, news, "2026-10-12")
        asked = {"kind": "access", "channel": "email", "subject": who.ref, "asked": f"I am {NAME}."}
        desk.service("requests").create({**asked, "received_at": "2026-11-20 10:00"})
        call = {"kind": "inquiry", "channel": "phone", "caller": CALLER, "asked": "Where is it?"}
        desk.service("requests").create({**call, "received_at": "2026-11-20 11:00"})
    return who.ref


def test_she_reads_prints_and_saves_and_nobody_is_named(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = plant(hand)
    table = hand.folder / "tables.xlsx"
    if isinstance(hand, Line):
        told = at_the_line(hand, person, table)
    else:
        assert isinstance(hand, InWindow)
        hand.close()
        hand._room = hand.sit_down(MANAGER)
        told = in_the_window(hand, person, table, monkeypatch)
        hand.close()

    said = " ".join((*told, *cells(table)))
    assert "People whose data is held by name or number" in said
    assert not [secret for secret in (*SECRETS, person) if secret in said]
    with hand.desk() as desk:
        codes = [str(row[0]) for row in desk.vault.raw.execute("SELECT code FROM documents")]
        assert sorted(codes) == ["board-report", "d20", "export"]
        states = [row.state for row in desk.service("reports").find(Query())]
        assert states == ["draft", "draft"]


def at_the_line(hand: Line, person: str, table: Path) -> list[str]:
    """Play it with commands; return everything that was said."""
    file = hand.folder / "manager.txt"
    file.write_text(THIRD, encoding="utf-8")
    hand.office._files[MANAGER] = file

    def run(*words: object) -> str:
        return hand.run(*words, who=MANAGER).out

    look = ("show", hand.vault, "subjects", person)
    masked = run(*look)
    assert not [secret for secret in SECRETS if secret in masked]
    reveal = ("--reveal", "--reason", "I want to know")
    assert "role" in hand.office.run(*look, *reveal, who=MANAGER).refused
    assert run("search", hand.vault, NAME) == ""
    told = [run("figures", hand.vault)]
    told.append(run("figures", hand.vault, "--span", "2026-Q4", "--json"))
    for code, span in (("d20", "2026-11"), ("board-report", "2026-Q4")):
        out = hand.pdf()
        run("print", hand.vault, code, "--span", span, "--lang", "en", "--out", out)
        told.append(words_of(out))
    run("figures", hand.vault, "--span", "2026-11", "--out", table)
    return told


def in_the_window(hand: InWindow, person: str, table: Path, patch: pytest.MonkeyPatch) -> list[str]:
    """Play it with the pages; return everything that was said."""
    room = hand.room
    assert room.shell.current == "dashboard"
    vault = room.desk.vault
    assert PERSONAL not in vault.unlocked.roles
    assert "keys_people" not in engine.attached(vault.raw)
    assert not {"subjects", "requests", "holdings", "consents"} & set(entries(room.shell))
    room.shell.open("subjects", person)
    assert room.shell.current == "dashboard"

    page = room.open("dashboard")
    room.waited(lambda: page.shown is not None)
    rows = page.cards.rows
    assert rows["requests.received"].line.value == "2"
    told = [row.accessibleName() for row in rows.values()]
    page.monthly.click()
    room.waited(lambda: room.shell.current == "reports")
    told.append(hand._saved(hand.preview()))

    page = room.open("dashboard")
    page.spans.kinds[Kind.QUARTER].click()
    room.waited(lambda: page.shown.board.span.kind is Kind.QUARTER)
    assert not page.monthly.isVisible()
    told += [row.accessibleName() for row in page.cards.rows.values()]
    page.board.click()
    room.waited(lambda: room.shell.current == "reports")
    told.append(hand._saved(hand.preview()))

    patch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(table), "*.xlsx"))
    page = room.open("dashboard")
    page.tables.click()
    room.waited(lambda: room.shell.flash.text().startswith("Saved as"))
    return told


def words_of(path: Path) -> str:
    """Return the words of a PDF."""
    return " ".join(" ".join(page_texts(path.read_bytes())).split())


def cells(path: Path) -> list[str]:
    """Return the parts of a workbook as they stand in the file."""
    with ZipFile(path) as book:
        return [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
