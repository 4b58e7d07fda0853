"""Places: the processor is named, the vault is one place, what keeps a file stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from privdesk.core.figures import month
from privdesk.core.findings import Severity
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.named import NameTakenError, RecordInUseError
from privdesk.registers.places import findings
from privdesk.registers.places.rules import ApartFacts, judge
from privdesk.registers.places.service import (
    InspectionDayError,
    ProcessorMissingError,
    SecondVaultError,
)
from tests.registers.fillings import TODAY, file, place, purpose

DAY = timedelta(days=1)


def test_the_vault_itself_is_a_place_from_the_start(desk: Desk) -> None:
    places = desk.service("places")

    (row,) = places.find(Query())

    assert row.values["kind"] == "vault"
    assert places.this_vault() == row.id
    with pytest.raises(SecondVaultError, match=row.ref):
        places.create({"name": "Another vault", "kind": "vault"})
    assert places.update(row.ref, {"owner": "Privacy Office"}).values["owner"] == "Privacy Office"


def test_a_place_at_a_processor_names_the_company(desk: Desk) -> None:
    places = desk.service("places")

    with pytest.raises(ProcessorMissingError, match="Call centre"):
        places.create({"name": "Call centre", "kind": "processor"})
    row = places.create({"name": "Call centre", "kind": "processor", "processor": "Baro Call"})

    assert row.state == "active"
    assert row.values["medium"] == "electronic"


def test_contacts_are_sealed_and_open_again(desk: Desk) -> None:
    places = desk.service("places")
    row = places.create(
        {"name": "Archive B", "kind": "archive", "medium": "종이", "contact": "김 과장"}
    )

    assert places.get(row.ref).values["contact"] == "김 과장"
    stored = desk.vault.raw.execute("SELECT * FROM places WHERE id = ?", (row.id,)).fetchone()
    assert "김 과장" not in [str(value) for value in stored]


def test_two_places_of_one_name_are_refused(desk: Desk) -> None:
    desk.service("places").create({"name": "Archive B"})

    with pytest.raises(NameTakenError):
        desk.service("places").create({"name": "archive b"})


@pytest.mark.parametrize("role", ["place", "copies"])
def test_a_place_that_keeps_a_file_stays(desk: Desk, role: str) -> None:
    places, files = desk.service("places"), desk.service("files")
    purpose = desk.service("purposes").adopt("newsletter")
    place = places.create({"name": "Archive B"})
    values = {"name": "Readers", "purpose": purpose.ref, "place": "This vault", role: "Archive B"}
    file = files.create(values)

    with pytest.raises(RecordInUseError, match=file.ref):
        places.void([place.ref])
    files.void([file.ref])
    places.void([place.ref])

    assert places.get(place.ref).state == "void"


def system(desk: Desk) -> str:
    """Enter a system in which a file is kept."""
    at = place(desk)
    file(desk, purpose(desk), at)
    return str(at.ref)


def test_each_inspection_of_the_separation_stays(desk: Desk) -> None:
    places, ref = desk.service("places"), system(desk)
    places.act("inspect", [ref], {"result": "mixed", "on": TODAY - DAY, "by": "황보라"})
    places.act("inspect", [ref], {"result": "server", "note": "Own accounts"})

    found = desk.service("place-inspections").find(Query(where={"place": ref}, sort="id"))
    assert [(row.values["result"], row.state) for row in found] == [
        ("mixed", "failed"),
        ("server", "passed"),
    ]
    assert (found[0].values["by"], found[1].values["note"]) == ("황보라", "Own accounts")
    row = places.get(ref)
    assert (row.values["apart"], row.values["apart_on"]) == ("server", TODAY)
    with pytest.raises(InspectionDayError):
        places.act("inspect", [ref], {"result": "server", "on": TODAY + DAY})
    with pytest.raises(InspectionDayError):
        places.act("inspect", [ref], {"result": "server", "on": TODAY - DAY})


def test_a_system_that_mixes_data_is_found_until_it_is_apart(desk: Desk) -> None:
    places, ref = desk.service("places"), system(desk)
    place(desk, "Wiki")  # keeps no file of personal data
    (unknown,) = findings.judge(desk)
    assert (unknown.ref, unknown.severity) == (ref, Severity.SETUP)
    places.act("inspect", [ref], {"result": "mixed"})
    (mixed,) = findings.judge(desk)
    assert (mixed.rule, mixed.severity) == ("S8.2⑤", Severity.BREACH)
    assert [one.value for one in findings.figures(desk, month(TODAY))] == [0]

    places.act("inspect", [ref], {"result": "database"})

    assert findings.judge(desk) == []
    (figure,) = findings.figures(desk, month(TODAY))
    assert (figure.value, figure.of) == (1, 1)
    assert findings.figures(desk, month(TODAY).before()) == ()


def test_the_separation_is_inspected_again_after_a_year() -> None:
    facts = ApartFacts("L-1", "Web shop", "server", inspected_on=date(2025, 11, 23))

    assert judge(facts, TODAY - 31 * DAY) == ()
    assert judge(facts, TODAY - 30 * DAY)[0].severity is Severity.WARNING
    assert judge(facts, TODAY)[0].severity is Severity.WARNING
    assert judge(facts, TODAY + DAY)[0].severity is Severity.BREACH
