"""A list of any register is taken back wholly: every table is what it was before."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from privdesk.core.register import Query, Row
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.flows.importing import books
from privdesk.flows.importing.books import BuiltOnError, NothingToUndoError
from privdesk.flows.importing.importers import importer_of
from privdesk.registers import REGISTERS
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from privdesk.vault.search import index
from tests.invented import copy_invented, open_invented
from tests.registers.fillings import purpose

IMPORTABLE = [register.name for register in REGISTERS if register.importable]
BOOKS = {"journal", "journal_heads", "journal_frontier", "imports", "meta", "about",
         "file_counters"}  # fmt: skip
"""Tables that say that something happened; they grow with an import and with its undoing."""
ANSWERS = ("inspection-answers",)
"""A list of these answers what was asked already: it changes records and so is never undone."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("undo")
        patch.setenv("PRIVDESK_EPOCH_DIR", str(folder / "epochs"))
        made = open_invented(copy_invented(tmp_path_factory, folder))
        purpose(made, "Raffle")
        for name in ("Example Giver", "Example Follower"):
            made.service("staff").create({"name": name, "duty": "none"})
        made.service("sessions").create({"course": a(made, "courses").ref, "on": "2026-11-20"})
        yield made
        made.vault.close()


def a(desk: Desk, register: str, **where: object) -> Row:
    """Return the first record of a register, in a state or of a kind."""
    found: list[Row] = desk.service(register).find(Query(where=where, sort="id"), limit=1)
    assert found, (register, where)
    return found[0]


@dataclass(frozen=True)
class Of:
    """What stands in a field of the first record of a register, in a state or of a kind."""

    register: str
    where: Mapping[str, object] = field(default_factory=dict)
    name: str = "ref"

    def told(self, desk: Desk) -> str:
        row = a(desk, self.register, **self.where)
        return row.ref if self.name == "ref" else str(row.values[self.name])


FILE, LIVING, ACTIVE = {"holds": "names"}, {"state": "living"}, {"state": "active"}
LINES: dict[str, dict[str, str | Of]] = {
    "items": {"name": "Shoe size", "kind": "number", "category": "ordinary"},
    "purposes": {"name": "Draw", "required_items": "email", "retention": "1 year"},
    "places": {"name": "Branch archive", "kind": "archive"},
    "files": {"name": "Guests", "purpose": Of("purposes"), "place": Of("places"),
              "holds": "count", "people": "12"},
    "subjects": {"name": "Example Person", "email": "example@example.test"},
    "holdings": {"subject": Of("subjects", LIVING), "file": Of("files", FILE),
                 "purpose": Of("files", FILE, "purpose"), "collected_on": "2026-11-02"},
    "collection-points": {"name": "Counter", "kind": "paper", "channel": "paper",
                          "age_asked": "none"},
    "point-items": {"point": Of("collection-points"), "purpose": "Raffle",
                    "required_items": "email"},
    "wordings": {"purpose": "Raffle", "box": "use", "purpose_en": "A draw of prizes"},
    "consents": {"subject": Of("subjects", LIVING), "purpose": Of("consents", {}, "purpose"),
                 "kind": "given", "at": "2026-11-20"},
    "requests": {"kind": "access", "channel": "phone", "caller": "Example Person"},
    "staff": {"name": "Example Newcomer", "staff_no": "G-9901", "duty": "none"},
    "pledges": {"staff": Of("staff", ACTIVE), "kind": "yearly", "signed_on": "2026-11-20"},
    "access-rights": {"staff": Of("access-rights", {"state": "granted"}, "staff"),
                      "place": Of("access-rights", {"state": "granted"}, "place"),
                      "account": "example.account", "level": "look", "reason": "Work",
                      "approver": "Example Head", "requested_on": "2026-11-02",
                      "granted_on": "2026-11-03"},
    "courses": {"name": "First steps", "topics": "duty", "way": "in_house"},
    "sessions": {"course": Of("courses"), "on": "2026-12-10"},
    "attendances": {"staff": Of("staff"), "session": Of("sessions", {"on": "2026-11-20"}),
                    "result": "attended"},
    "provisions": {"recipient": "Example Office", "scope": "list", "file": Of("files"),
                   "persons": Of("subjects", LIVING), "approver": "Example Head",
                   "ground": "statute", "law": "PIPA", "article": "18(2)2", "document_no": "E-1",
                   "items": "email", "frequency": "once", "aim": "A survey", "form": "paper",
                   "provided_on": "2026-11-02"},
    "demands": {"authority": "Example Court", "document_no": "E-77", "law": "An act",
                "article": "344", "asked": "An address", "received_on": "2026-11-20"},
    "processors": {"name": "Example Carriers", "since": "2026-03-02", "contact": "Example Person"},
    "consignments": {"processor": "Example Printers", "work": "Printing", "since": "2026-03-02"},
    "inspections": {"processor": Of("processors", ACTIVE), "kind": "training",
                    "held_on": "2026-11-20", "topics": "Secrecy", "people": "3",
                    "note": "The list is in the binder"},
    "audit-findings": {"audit": Of("audits", {"state": "closed"}), "finding": "A list lay open",
                       "severity": "minor", "owner": Of("staff"), "due": "2026-12-20"},
    "audits": {"name": "A second audit", "scope": "Everything", "outside": "Example Auditors",
               "planned_on": "2026-12-01"},
    "handovers": {"giver": "Example Giver", "taker": "Example Follower",
                  "duties": "Letters", "basis_on": "2026-11-20"},
    "virus-alerts": {"name": "A worm", "places": Of("places", ACTIVE),
                     "received_at": "2026-11-20 09:00"},
    "safeguards": {"name": "A second lock", "area": "lock", "months": "6"},
    "zones": {"name": "Mail room", "kind": "office", "review_months": "6", "keep_years": "1"},
    "zone-permits": {"zone": Of("zones"), "person": "Example Guard",
                     "organisation": "Example Ltd", "reason": "Work", "since": "2026-11-20",
                     "approver": "Example Head"},
    "visits": {"zone": Of("zones"), "name": "Example Guest", "organisation": "Example Ltd",
               "on": "2026-11-20", "entered": "10:00", "left_at": "10:30", "purpose": "Repairs",
               "escort": Of("staff", ACTIVE)},
}  # fmt: skip
"""A line of a list as an office has it, by field; a new importable register needs one here."""


def line(desk: Desk, register: str) -> dict[str, str]:
    """Return a line of a register with the references of this office."""
    told = LINES[register].items()
    return {name: one.told(desk) if isinstance(one, Of) else one for name, one in told}


def take(desk: Desk, register: str, told: dict[str, str]) -> None:
    """Import one line that is new."""
    text = io.StringIO()
    csv.writer(text).writerows([tuple(told), tuple(told.values())])
    path = desk.vault.folder.parent / "list.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    answers = {}
    if register == "subjects":
        holding = a(desk, "files", holds="names")
        answers = {"purpose": holding.values["purpose"], "place": holding.values["place"],
                   "collected_on": desk.today()}  # fmt: skip
    importer = importer_of(desk, register)
    with open_source(path, known=recogniser(importer.fields())) as source:
        mapping = plan(source, importer.fields())
        report = importer.run(source, mapping, answers, Progress())
    assert report.new + report.changed == 1, [cause.cause.text() for cause in report.causes]


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return what stands in the files of an office, table by table."""
    found = {}
    for schema in ("main", "keys_people", "keys_office", "search"):
        sql = f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND rootpage > 0"
        for (name,) in desk.vault.raw.execute(sql).fetchall():
            if name not in BOOKS and not name.startswith(("sqlite_", "grams")):
                rows = desk.vault.raw.execute(f'SELECT * FROM {schema}."{name}"').fetchall()
                found[f"{schema}.{name}"] = sorted(rows, key=repr)
    return found


def without_the_books(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return the same, without what the last import and the journal sealed of themselves."""
    sql = "SELECT stop FROM imports ORDER BY id DESC LIMIT 1"
    (stop,) = desk.vault.raw.execute(sql).fetchone()
    found = everything(desk)
    for name in ("main.payloads", "keys_office.keys", "keys_people.keys"):
        found[name] = [row for row in found[name] if row[0] < stop]
    return found


@pytest.mark.parametrize("register", [name for name in IMPORTABLE if name not in ANSWERS])
def test_a_list_is_taken_back_as_if_it_had_not_been(desk: Desk, register: str) -> None:
    told = line(desk, register)
    before = everything(desk)
    take(desk, register, told)
    assert everything(desk) != before

    books.undo(desk)

    after = without_the_books(desk)
    for name, rows in before.items():
        assert after[name] == rows, name
    assert index.sound(desk.vault.raw)


def test_a_list_that_something_was_built_on_stays_and_says_what(desk: Desk) -> None:
    take(desk, "processors", line(desk, "processors"))
    row = a(desk, "processors", name="Example Carriers")
    work = desk.service("consignments").create({"processor": row.ref, "work": "Carrying"})

    with pytest.raises(BuiltOnError, match=work.ref):
        books.undo(desk)
    assert desk.service("processors").get(row.ref).state == "active"


def test_a_list_that_a_paper_speaks_of_stays(desk: Desk) -> None:
    take(desk, "courses", {**line(desk, "courses"), "name": "Second steps"})
    course = a(desk, "courses", name="Second steps")
    certificate = desk.service("documents").find(Query(), limit=1)[0]
    with desk.change() as change:
        change.note("vault.setting")
        sql = "UPDATE documents SET about = ?, id = ? WHERE id = ?"
        told = (f"{course.ref} and others", desk.vault.new_ids()[0], certificate.id)
        desk.vault.raw.execute(sql, told)

    with pytest.raises(BuiltOnError, match=certificate.values["number"]):
        books.undo(desk)


def test_answers_that_a_list_brought_stay(desk: Desk) -> None:
    """They changed questions that were there before; half of an import is never taken back."""
    inspection = a(desk, "inspections", state="planned", kind="inspection")
    open_ = desk.service("inspection-answers").of_inspection(inspection.id)[0]
    told = {"inspection": inspection.ref, "no": str(open_.values["no"]), "answer": "yes"}
    take(desk, "inspection-answers", {**told, "evidence": "Seen"})

    with pytest.raises(NothingToUndoError):
        books.undo(desk)
