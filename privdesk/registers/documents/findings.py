"""The findings on prints and exports that have to be destroyed by a day (S2.2)."""

from __future__ import annotations

from privdesk.core.findings import Finding, finding
from privdesk.core.i18n import N_
from privdesk.core.register import Row
from privdesk.registers.desk import Desk
from privdesk.registers.documents.fields import EXPORTED

RULE = "S2.2"


def judge(desk: Desk) -> list[Finding]:
    """Return the prints and exported files whose destruction nobody has confirmed yet."""
    return [_of(row) for row in desk.service("documents").waiting()]


def _of(row: Row) -> Finding:
    exported = row.state == EXPORTED
    values = row.values
    return finding(
        RULE,
        "documents",
        row.ref,
        what=N_("The exported file {number} “{title}” must be destroyed by {by}.")
        if exported
        else N_("The printed paper {number} “{title}” must be destroyed by {by}."),
        do=N_("Destroy the exported file and its copies, and confirm it with name and day.")
        if exported
        else N_("Destroy the printed paper, and confirm it with name and day."),
        due=values["destroy_by"],
        values={"number": values["number"], "title": values["title"], "by": values["destroy_by"]},
    )
