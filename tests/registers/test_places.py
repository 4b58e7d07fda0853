"""Places: the processor is named, the vault is one place, what keeps a file stays."""

from __future__ import annotations

import pytest

from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.named import NameTakenError, RecordInUseError
from privdesk.registers.places.service import ProcessorMissingError, SecondVaultError


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
