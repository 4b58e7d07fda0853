"""What stands in a register's list at first fits the window it is made for, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from privdesk.core import i18n
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import _
from privdesk.core.register import Register, Row
from privdesk.registers import REGISTERS
from privdesk.ui.table.columns import columns
from privdesk.ui.table.model import RegisterModel
from privdesk.ui.table.view import TableView
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from tests.ui.conftest import dressed, theme  # noqa: F401
from tests.ui.fakes import TODAY, ListService

ROOM = 1440 - 208 - 8 - 11  # beside the rail, with a scroll bar
GROUPS = ("partners", "staff", "safety", "documents", "journal")
WORDS, NAME = "가나다라마바사아자차", "남궁보람"
VALUES: dict[Kind, Any] = {
    Kind.DATE: date(2026, 11, 29),
    Kind.MOMENT: datetime(2026, 11, 29, tzinfo=UTC),
    Kind.INTEGER: 120,
    Kind.FLAG: False,
    Kind.NAME: NAME,
    Kind.LINK: "M-000001-2",
    Kind.LINKS: ("L-000001-2", "L-000002-4"),
}


def typical(register: Register) -> Row:
    """Return a record as long as records are."""
    values = {f.name: _value(f) for f in register.fields}
    titles = {f.name: _title(f) for f in register.fields if f.kind is Kind.LINK}
    state = register.states[0].key if register.states else ""
    return Row(1, f"{register.prefix}-000001-2", values, state, titles=titles)


def _value(field: Field) -> Any:
    if field.choices:
        longest = max(field.choices, key=lambda choice: len(_(choice.label))).key
        return (longest,) if field.kind is Kind.CHOICES else longest
    return VALUES.get(field.kind, WORDS)


def _title(field: Field) -> str:
    return NAME if field.links_to == "staff" else WORDS


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_column_of_a_list_stands_out_of_sight_at_first(
    qtbot: QtBot,
    tasks: Tasks,
    theme: Theme,  # noqa: F811
    language: str,
) -> None:
    theme.speak(language)
    over: dict[str, int] = {}
    for register in (one for one in REGISTERS if one.group in GROUPS):
        service = ListService(register, [])
        table = TableView(RegisterModel(service, tasks, columns(register, register.fields)), TODAY)
        qtbot.addWidget(table)
        table.resize(ROOM, 400)
        table.show()
        table.fit([typical(register)])
        wide = sum(table.columnWidth(table._place(one.name)) for one in table.shown_columns())
        if wide > table.viewport().width():
            over[register.name] = wide - table.viewport().width()
    i18n.use("en")

    assert not over, str(over)
