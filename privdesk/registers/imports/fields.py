"""The declaration of the imports."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Register, State

SLOT_FILE = 1
TAKEN_INTO = (
    Choice("subjects", N_("Data subjects")),
    Choice("consents", N_("Consents")),
    Choice("wordings", N_("Wordings")),
    Choice("collection-points", N_("Collection points")),
    Choice("point-items", N_("Items by point")),
    Choice("requests", N_("Requests")),
    Choice("holdings", N_("Holdings")),
    Choice("files", N_("Personal information files")),
    Choice("places", N_("Places")),
    Choice("provisions", N_("Provisions to third parties")),
    Choice("demands", N_("Demands of authorities")),
    Choice("processors", N_("Processors")),
    Choice("consignments", N_("Works consigned")),
    Choice("inspections", N_("Processor inspections")),
    Choice("inspection-answers", N_("Answers of inspections")),
    Choice("staff", N_("Staff")),
    Choice("pledges", N_("Pledges")),
    Choice("access-rights", N_("Access rights")),
    Choice("courses", N_("Courses")),
    Choice("sessions", N_("Training sessions")),
    Choice("attendances", N_("Attendances")),
    Choice("safeguards", N_("Safeguards")),
    Choice("audit-findings", N_("Audit findings")),
    Choice("purposes", N_("Purposes")),
    Choice("items", N_("Items")),
    Choice("zones", N_("Protected zones")),
    Choice("zone-permits", N_("Zone permits")),
    Choice("visits", N_("Visits")),
)
"""The registers that lists are imported into, called as their pages are."""


def _count(name: str, label: str) -> Field:
    return Field(name, label, Kind.INTEGER, computed=True, in_form=False, width=90)


REGISTER = Register(
    name="imports",
    title=N_("Imports"),
    singular=N_("Import"),
    prefix="J",
    group="life-cycle",
    why=N_("Where each list came from, and the way back while nothing has been built on it."),
    clause="S0.3",
    fields=(
        Field(
            "file",
            N_("List"),
            audience=Audience.OFFICE,
            slot=SLOT_FILE,
            computed=True,
            in_form=False,
            width=220,
        ),
        Field(
            "register",
            N_("Register"),
            Kind.CHOICE,
            choices=TAKEN_INTO,
            computed=True,
            in_form=False,
            width=120,
        ),
        _count("rows", N_("Rows")),
        _count("new", N_("New")),
        _count("changed", N_("Changed")),
        _count("rejected", N_("Rejected")),
        _count("blocked", N_("Blocked")),
    ),
    model="privdesk.registers.imports.model:Import",
    states=(State("done", N_("Done"), "kept"), State("undone", N_("Taken back"), "plain")),
    creatable=False,
    importable=False,
    title_field="file",
    sort="id",
)
