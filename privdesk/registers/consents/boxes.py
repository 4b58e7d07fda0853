"""Which box an answer ticked: the one told, that of its wording, else the main one (rule 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from privdesk.core import references
from privdesk.core.categories import Separate
from privdesk.core.i18n import _
from privdesk.registers.consenting import BOX_LABELS
from privdesk.registers.consents.refusals import NoSuchBoxError
from privdesk.registers.desk import Desk


def box_of(desk: Desk, purpose: int, wording: int | None, told: str) -> str:
    """Return the box of an answer to a purpose; ``told`` is what was said of it, or nothing.

    A wording that people saw proves its box, whatever the purpose says today. Without one
    the purpose must have such a box; plain use is always one.
    """
    if wording:
        (row,) = desk.service("wordings").rows([wording])
        return told or str(row.values["box"])
    purposes = desk.service("purposes")
    boxes = purposes.boxes(purpose)
    if not told:
        return str(purposes.main_box(purpose).value)
    if told != Separate.USE.value and Separate(told) not in boxes:
        box = _(BOX_LABELS[Separate(told)])
        raise NoSuchBoxError(purpose=purposes.spoken(purpose), box=box)
    return told


def of_values(desk: Desk, values: Mapping[str, Any]) -> str:
    """Return the box of an answer whose purpose and wording are given by reference."""
    wording = str(values.get("wording") or "")
    return box_of(
        desk,
        references.number(values["purpose"]),
        references.number(wording) if wording else None,
        str(values.get("box") or ""),
    )
