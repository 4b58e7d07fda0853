"""Every register's declaration holds together: fields, columns, slots, words, links."""

from __future__ import annotations

from importlib import import_module

import pytest

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import Words
from privdesk.core.register import Register
from privdesk.registers import REGISTERS
from privdesk.registers.destructions.rules import MEDIUM_LABELS
from privdesk.registers.media import MEDIA
from privdesk.vault.schema import Base

RECORD = {"id", "state"}
GROUPS = {"people", "life-cycle", "partners", "staff", "safety", "policy", "documents", "journal"}
TONES = {"plain", "overdue", "soon", "held", "kept", "destroyed", "waiting"}
NAMES = {register.name for register in REGISTERS}
STORED = tuple(register for register in REGISTERS if register.model)
each_stored = pytest.mark.parametrize("register", STORED, ids=lambda r: r.name)
each_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.name)


def load(path: str) -> object:
    """Return what ``module:Name`` names."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def columns(register: Register) -> set[str]:
    """Return the columns of a register's table beyond those of every record."""
    model = load(register.model)
    assert isinstance(model, type)
    assert issubclass(model, Base)
    return {column.name for column in model.__table__.columns} - RECORD


def every_field(register: Register) -> list[Field]:
    """Return the fields of a register and of the forms of its actions."""
    asked = [field for action in register.actions for field in action.asks]
    return [*register.fields, *asked]


def texts(register: Register) -> list[str]:
    """Return every text of a declaration that a person can meet."""
    fields = every_field(register)
    return [
        *(register.title, register.singular, register.why),
        *(field.label for field in fields),
        *(field.help for field in fields),
        *(choice.label for field in fields for choice in field.choices),
        *(state.label for state in register.states),
        *(text for action in register.actions for text in (action.label, action.help)),
        *(child.label for child in register.children),
        *(document.label for document in register.documents),
    ]


def test_names_and_prefixes_are_unique() -> None:
    assert len(NAMES) == len(REGISTERS)
    assert len({register.prefix for register in REGISTERS}) == len(REGISTERS)


@each_stored
def test_open_fields_are_the_columns(register: Register) -> None:
    opened = {f.name for f in register.fields if f.audience is Audience.OPEN}
    entered = {f.name for f in register.fields if f.audience is Audience.OPEN and not f.computed}

    assert entered <= columns(register)
    if register.creatable:  # what the program writes by itself may have columns of its own
        assert columns(register) <= opened


@each_register
def test_sealed_fields_have_a_slot_of_their_own(register: Register) -> None:
    sealed = [f for f in register.fields if f.sealed]
    slots = [f.slot for f in sealed if not f.computed]

    assert all(slot is not None and 0 < slot < 65536 for slot in slots)
    assert len(slots) == len(set(slots))
    assert [f.name for f in register.fields if not f.sealed and f.slot is not None] == []


@each_register
def test_field_names_are_plain_and_unique(register: Register) -> None:
    names = [f.name for f in register.fields]

    assert len(names) == len(set(names))
    assert [n for n in names if not n.replace("_", "").isalnum() or n != n.lower()] == []


@each_register
def test_links_choices_and_children_point_somewhere(register: Register) -> None:
    for field in every_field(register):
        assert (field.links_to in NAMES) == (field.kind in (Kind.LINK, Kind.LINKS)), field.name
        assert bool(field.choices) == (field.kind in (Kind.CHOICE, Kind.CHOICES)), field.name
    for child in register.children:
        of = next(r for r in REGISTERS if r.name == child.register)
        link = of.field(child.by)
        assert link is not None
        assert link.links_to == register.name


@each_register
def test_what_is_named_exists(register: Register) -> None:
    service = load(register.service)
    own = [a for a in register.actions if ":" not in a.method]
    assert [a.name for a in own if not hasattr(service, a.method)] == []
    assert all(callable(load(a.method)) for a in register.actions if a not in own)
    codes = {document.code for document in register.documents}
    assert {a.paper for a in register.actions if a.paper} <= codes
    assert {name for a in register.actions for name, _of in a.where} <= {
        field.name for field in register.fields
    }
    if register.rules:
        assert callable(load(register.rules))
    for name in (register.title_field, register.sort):
        assert not name or name in {f.name for f in register.fields} | RECORD | {"ref", "name"}


@each_register
def test_states_and_groups_are_known(register: Register) -> None:
    keys = {state.key for state in register.states}

    assert register.group in GROUPS
    assert {state.tone for state in register.states} <= TONES
    assert all(set(action.states) <= keys for action in register.actions)
    assert register.clause


@each_register
def test_every_word_is_korean_too(register: Register) -> None:
    korean = Words("ko")

    assert [text for text in texts(register) if text and korean(text) == text] == []


@each_register
def test_no_alias_stands_for_two_fields(register: Register) -> None:
    names = [alias for field in register.fields for alias in {field.name, *field.aliases}]

    assert {alias for alias in names if names.count(alias) > 1} == set()


def test_media_are_those_that_the_rules_of_destruction_know() -> None:
    assert {choice.key: choice.label for choice in MEDIA} == {
        medium.value: label for medium, label in MEDIUM_LABELS.items()
    }


def test_an_import_calls_each_register_as_its_page_does() -> None:
    (imports,) = [register for register in REGISTERS if register.name == "imports"]
    field = imports.field("register")
    assert field is not None
    told = {choice.key: choice.label for choice in field.choices}

    assert told == {r.name: r.title for r in REGISTERS if r.importable}


@each_register
def test_its_figures_can_be_called(register: Register) -> None:
    assert not register.figures or callable(load(register.figures))
