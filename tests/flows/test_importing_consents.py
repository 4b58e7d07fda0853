"""Past consents in bulk: whose they are, what is there already, what counts in the end."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.register import Query, Row
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.report import Report
from privdesk.flows.importing import books
from privdesk.flows.importing.importers import importer_of
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from tests.flows.folk import BOTH, LIVING, called


def take(desk: Desk, path: Path, text: str, *, dry: bool = False) -> Report:
    """Import a list of consents."""
    path.write_text(text, encoding="utf-8")
    importer = importer_of(desk, "consents")
    fields = importer.fields()
    with open_source(path, known=recogniser(fields)) as source:
        mapping = plan(source, fields)
        run = importer.dry_run if dry else importer.run
        return run(source, mapping, {}, Progress())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the list lies."""
    return tmp_path / "answers.csv"


def rows(desk: Desk) -> list[Row]:
    """Return all answers in the order of their numbers."""
    found: list[Row] = desk.service("consents").find(Query(sort="id"))
    return found


def test_people_are_known_by_reference_source_number_or_exact_contact(
    filled: Desk, path: Path
) -> None:
    one, two, three = (called(filled, who) for who in (*LIVING[:2], BOTH))
    text = (
        "subject,source_id,place,email,purpose,kind,at\n"
        f"{one.ref},,,,Newsletter,given,2026-03-02\n"
        f",{LIVING[1].source_id},Web shop,,Newsletter,given,2026-03-03\n"
        f",,,{BOTH.email.upper()},Newsletter,given,2026-03-04\n"
        ",,,nobody@example.com,Newsletter,given,2026-03-04\n"
        ",,,,Newsletter,given,2026-03-04\n"
        f"{one.ref},,,,Raffle,given,2026-03-02\n"
        f"{one.ref},{LIVING[1].source_id},Web shop,,Newsletter,refused,2026-03-02\n"
    )
    report = take(filled, path, text)

    assert (report.rows, report.new, report.rejected) == (7, 3, 4)
    assert [row.values["subject"] for row in rows(filled)] == [one.ref, two.ref, three.ref]
    assert {str(cause.cause.message)[:20] for cause in report.causes} == {
        "Nobody here answers ",
        "The row does not say",
        "There is no purpose ",
        "What the row says of",
    }


def test_a_contact_of_two_people_names_neither(filled: Desk, path: Path) -> None:
    for name in ("김가나", "김다라"):
        filled.service("subjects").create({"name": name, "email": "home@example.com"})

    report = take(filled, path, "email,purpose,at\nhome@example.com,Newsletter,2026-03-02\n")

    assert report.rejected == 1


def test_the_order_of_events_is_kept_and_one_of_them_counts(filled: Desk, path: Path) -> None:
    who = called(filled, LIVING[0]).ref
    head = "subject,purpose,kind,at,time\n"
    take(
        filled,
        path,
        f"{head}{who},Newsletter,withdrawn,2026-05-01,14:05\n{who},Newsletter,given,2026-05-01,9:00\n"
        f"{who},Newsletter,given,2025-02-01,\n",
    )

    told = {(row.values["kind"], str(row.values["at"])): row.state for row in rows(filled)}
    assert told == {
        ("withdrawn", "2026-05-01"): "withdrawn",
        ("given", "2026-05-01"): "past",
        ("given", "2025-02-01"): "past",
    }


def test_what_is_there_already_is_found_and_a_list_says_nothing_twice(
    filled: Desk, path: Path
) -> None:
    who = called(filled, LIVING[0]).ref
    text = f"subject,purpose,kind,at,channel\n{who},Newsletter,given,2026-03-02,web\n"
    again = text + f"{who},Newsletter,given,2026-03-02,web\n"

    assert take(filled, path, again).duplicate == 1
    second = take(filled, path, text)
    third = take(filled, path, text.replace("web", "phone"))

    assert (second.new, second.unchanged, third.rejected) == (0, 1, 1)
    assert [row.values["channel"] for row in rows(filled)] == ["web"]


def test_a_rehearsal_leaves_nothing_and_a_withdrawal_ends_what_is_held(
    filled: Desk, path: Path
) -> None:
    who = called(filled, LIVING[0])
    text = f"subject,purpose,kind,at\n{who.ref},Delivery,withdrawn,2026-11-20\n"
    (held,) = filled.service("holdings").of_subjects([who.id])[who.id]

    assert take(filled, path, text, dry=True).rows == 1
    assert rows(filled) == []

    report = take(filled, path, text)
    assert filled.service("holdings").rows([held])[0].values["ended_on"] == date(2026, 11, 20)
    assert report.changed == 1
    assert books.undoable(filled) is None


def test_an_import_taken_back_lets_the_answer_before_count_again(filled: Desk, path: Path) -> None:
    who = called(filled, LIVING[0])
    (purpose,) = filled.service("purposes").called("Newsletter")
    given = filled.service("consents").create(
        {"subject": who.ref, "purpose": filled.ref("purposes", purpose), "at": "2025-01-02"}
    )
    take(filled, path, f"subject,purpose,kind,at\n{who.ref},Newsletter,refused,2026-11-20\n")
    assert filled.service("consents").get(given.ref).state == "past"

    books.undo(filled)

    assert filled.service("consents").get(given.ref).state == "given"


def test_answers_that_cannot_be_are_rejected_one_by_one(filled: Desk, path: Path) -> None:
    who = called(filled, LIVING[0]).ref
    report = take(
        filled,
        path,
        f"subject,purpose,kind,at\n{who},Newsletter,given,2026-11-24\n"
        f"{who},Newsletter,given,2026-11-23\n",
    )

    assert (report.new, report.rejected) == (1, 1)


def test_ten_thousand_answers_take_a_few_seconds(filled: Desk, path: Path) -> None:
    refs = [called(filled, who).ref for who in LIVING]
    lines = [
        f"{refs[n % 4]},{('Newsletter', 'Delivery')[n % 2]},given,"
        f"{2016 + n // 1000}-{n // 90 % 12 + 1:02}-{n // 4 % 28 + 1:02},{n % 24:02}:{n % 59:02}"
        for n in range(10_000)
    ]
    began = time.perf_counter()
    report = take(filled, path, "subject,purpose,kind,at,time\n" + "\n".join(lines) + "\n")

    assert report.new + report.duplicate == 10_000
    assert report.new > 5_000
    assert time.perf_counter() - began < 30
