"""The declaration of the checklists: the questions of D8 in versions."""

from __future__ import annotations

from privdesk.core.i18n import N_
from privdesk.core.register import Child, Register
from privdesk.registers.questionnaires import CATALOGUE_STATES, catalogue_actions, catalogue_fields

REGISTER = Register(
    name="checklists",
    title=N_("Checklists"),
    singular=N_("Checklist"),
    prefix="BQ",
    group="partners",
    why=N_("What every inspection asks; a version in use never changes, it is replaced."),
    clause="S4.1",
    fields=catalogue_fields(
        N_("Checklist"),
        N_("Empty for “Supervision of processors”."),
        *("title", "점검표", "점검표명"),
    ),
    model="privdesk.registers.inspections.model:Checklist",
    service="privdesk.registers.inspections.catalogue:Checklists",
    states=CATALOGUE_STATES,
    children=(Child("inspections", N_("Inspections with it"), "checklist"),),
    actions=catalogue_actions(
        N_("Inspections planned from now on ask with it; earlier ones keep theirs.")
    ),
    importable=False,
    aside=True,
    help="processors",
    title_field="name",
    sort="version",
    descending=True,
    void_states=("draft",),
)
