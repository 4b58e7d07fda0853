"""A patched client: whoever lacks the role is refused below the window, whatever is called.

Three nets. Every register's methods refuse. Every flow that takes a desk is called by a manager,
an auditor and an administrator with whatever arguments fit; what it does not refuse leaves the
vault as it was and gives no personal value away. And even a flow that forgot to ask cannot commit,
because the desk knows what each role may journal.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from privdesk import flows
from privdesk.core.errors import ForbiddenError
from privdesk.core.register import Query
from privdesk.journal.actions import ACTIONS, OF_EVERYBODY, OF_ROLES, permitted
from privdesk.registers import REGISTERS
from privdesk.registers.desk import Desk
from tests.copies import ADMINISTRATOR, AUDITOR, MANAGER, copy_of, open_as, switch_to
from tests.flows.folk import fill

OTHERS = (MANAGER, AUDITOR, ADMINISTRATOR)
SECRET = ("김가나", "010-1234-5678")  # of a person in the vault


def _filled(folder: Path) -> Desk:
    from tests.copies import copy_office

    desk = open_as(copy_office(folder))
    fill(desk)
    desk.service("subjects").create({"name": SECRET[0], "phone": SECRET[1]})
    return desk


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return an office with people, closed."""
    return copy_of(_filled, tmp_path)


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest, vault: Path) -> Iterator[Desk]:
    """Return the desk of somebody who is no privacy officer."""
    desk = open_as(vault, request.param)
    yield desk
    desk.vault.close()


LOG = ("journal", "journal_frontier", "journal_heads", "file_counters")  # refusals are entries


def content(desk: Desk) -> dict[str, list[Any]]:
    """Return every table of the register but what reading may add: the journal of issued papers."""
    raw = desk.vault.raw
    names = [n for (n,) in raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
    return {n: raw.execute(f"SELECT * FROM main.{n}").fetchall() for n in names if n not in LOG}


def test_every_register_refuses_every_write(other: Desk) -> None:
    before, size = content(other), other.journal.frontier().size
    for register in REGISTERS:
        service = other.service(register.name)
        if other.vault.role in getattr(service, "writers", ()):
            continue  # reports, and reviews of the access log, are a manager's too
        refs = [row.ref for row in service.find(Query())][:1]
        with pytest.raises(ForbiddenError):
            service.create({})
        if not refs:
            continue
        with pytest.raises(ForbiddenError):
            service.update(refs[0], {})
        with pytest.raises(ForbiddenError):
            service.void(refs)
        for action in register.actions:
            if other.vault.role not in action.roles:
                with pytest.raises(ForbiddenError):
                    service.act(action.name, refs, {})
    assert content(other) == before
    assert {e.action for e in other.journal.entries(size)} == {"access.denied"}


def entry_points() -> list[tuple[str, Callable[..., Any]]]:
    """Return every public function of the flows whose first argument is the desk."""
    found: list[tuple[str, Callable[..., Any]]] = []
    for module in pkgutil.walk_packages(flows.__path__, "privdesk.flows."):
        if ".sample" in module.name:
            continue
        loaded = import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters)
            own = function.__module__ == module.name and not name.startswith("_")
            if own and parameters[:1] == ["desk"]:
                found.append((f"{module.name}.{name}", function))
    return found


def argument(desk: Desk, name: str, annotation: str, tmp: Path) -> Any:
    """Return something that fits a parameter, with real references where one is asked for."""
    person = desk.ref(
        "subjects", desk.vault.raw.execute("SELECT max(id) FROM subjects").fetchone()[0]
    )
    by_type = {
        "Path": tmp / "made.key",
        "date": date(2026, 11, 20),
        "int": 1,
        "bool": False,
        "Sequence[str]": [person],
        "Mapping[str, Any]": {},
    }
    for told, value in by_type.items():
        if annotation.startswith(told):
            return value
    known = {"name": MANAGER, "to": "Nora New", "register": "subjects", "language": "ko"}
    return known.get(name, person)


def test_no_flow_writes_or_reveals_for_them(other: Desk, tmp_path: Path) -> None:
    skipped = {"privdesk.flows.people"} if other.vault.role == "administrator" else set()
    before, size = content(other), other.journal.frontier().size
    called = refused = 0
    for name, function in entry_points():
        if name.rpartition(".")[0] in skipped:
            continue
        needed = [
            p
            for p in list(inspect.signature(function).parameters.values())[1:]
            if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
        ]
        values = {p.name: argument(other, p.name, str(p.annotation), tmp_path) for p in needed}
        positional = [values[p.name] for p in needed if p.kind is not p.KEYWORD_ONLY]
        named = {p.name: values[p.name] for p in needed if p.kind is p.KEYWORD_ONLY}
        called += 1
        answer: Any = None
        try:
            answer = function(other, *positional, **named)
        except ForbiddenError:
            refused += 1
        except Exception:  # noqa: BLE001  (arguments that do not fit; what counts is below)
            continue
        assert not any(secret in repr(answer) for secret in SECRET), name
        if content(other) != before:
            added = {e.action for e in other.journal.entries(size)}
            assert added, name
            assert added <= OF_EVERYBODY, name
            before, size = content(other), other.journal.frontier().size
    assert called > 100
    assert refused > 20


def plant(desk: Desk, action: str) -> None:
    """Change something without asking for a role, as a flow that forgot to."""
    with desk.change() as change:
        desk.vault.set_meta("planted", action)
        change.note(action)


def test_even_a_flow_that_forgot_to_ask_cannot_commit(other: Desk) -> None:
    before = content(other)
    for action in ACTIONS:
        if action in OF_ROLES[other.vault.role]:
            continue
        with pytest.raises(ForbiddenError):
            plant(other, action)
    assert content(other) == before


def test_an_officer_is_refused_nothing_of_this(vault: Path) -> None:
    desk = open_as(vault)
    for action in ACTIONS:
        assert permitted(desk.vault.role, action)
    desk = switch_to(desk, MANAGER)
    with suppress(ForbiddenError), desk.change() as change:
        change.note("record.changed")
    assert set(OF_ROLES) == {"manager", "auditor", "administrator", "recovery"}
    desk.vault.close()
