"""What a manager, who has no key to people, sees and may do."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import ForbiddenError
from privdesk.core.register import Query
from privdesk.flows import people
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Desk
from privdesk.vault.crypto import FLOOR
from tests.copies import copy_of
from tests.desks import NOON, make_desk

MANAGER, PASSPHRASE = "Mira Manager", "gentle copper meadow 61"
OURS = ("items", "purposes", "places", "files", "consents", "staff")


def office(folder: Path) -> Desk:
    """Return an office with a manager and a row in each register."""
    desk = make_desk(folder)
    people.add(desk, MANAGER, "manager", PASSPHRASE, FLOOR)
    purpose = desk.service("purposes").adopt("newsletter", "en")
    person = desk.service("subjects").create({"name": "김가나", "email": "gana@example.com"})
    desk.service("files").create(
        {"name": "Readers", "purpose": purpose.ref, "place": "This vault", "note": "since May"}
    )
    desk.service("staff").create({"name": "정다온", "duty": "cpo", "phone": "02-123-4567"})
    desk.service("consents").create(
        {
            "subject": person.ref,
            "purpose": purpose.ref,
            "at": "2026-05-01",
            "note": "asked about her brother",
        }
    )
    return desk


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Desk]:
    """Return the desk of the manager."""
    opened = open_desk(copy_of(office, tmp_path), MANAGER, PASSPHRASE, FixedClock(NOON))
    yield opened
    opened.vault.close()


def test_a_manager_reads_the_offices_own_people_and_notes(manager: Desk) -> None:
    (cpo,) = manager.service("staff").find(Query())
    (file,) = manager.service("files").find(Query())

    assert (cpo.values["name"], cpo.values["phone"]) == ("정다온", "02-123-4567")
    assert file.values["note"] == "since May"


def test_a_manager_sees_that_there_is_a_consent_but_not_whose(manager: Desk) -> None:
    (row,) = manager.service("consents").find(Query())

    assert row.state == "given"
    assert row.titles["purpose"] == "Newsletter and marketing"
    assert "김" not in str(row)
    assert "brother" not in str(row)
    assert row.masked == {"guardian_name", "guardian_phone", "note"}


@pytest.mark.parametrize("name", OURS)
def test_a_manager_changes_nothing(manager: Desk, name: str) -> None:
    service = manager.service(name)
    (ref, *_others) = [row.ref for row in service.find(Query())]

    with pytest.raises(ForbiddenError):
        service.create({})
    with pytest.raises(ForbiddenError):
        service.update(ref, {})
    with pytest.raises(ForbiddenError):
        service.void([ref])
    for action in service.register.actions:
        with pytest.raises(ForbiddenError):
            service.act(action.name, [ref], {})


@pytest.mark.parametrize("name", ["items", "purposes", "files", "consents", "staff"])
def test_the_rules_are_judged_for_a_manager_too(manager: Desk, name: str) -> None:
    module, _, function = manager.register(name).rules.partition(":")

    found = getattr(import_module(module), function)(manager)

    assert all(one.what_text() and one.do_text() for one in found)
