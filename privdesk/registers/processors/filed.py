"""The papers of processors: contracts, evidence, confirmations; each kept sealed, with its hash."""

from __future__ import annotations

from privdesk.core.fields import Choice
from privdesk.core.i18n import N_
from privdesk.core.register import Register
from privdesk.registers.filing import ACTIONS, STATES, attach_action, filed_fields, link

CONTRACT = "contract"
WHAT = (
    Choice(CONTRACT, N_("Contract")),
    Choice("consent", N_("Consent to a sub-consignment")),
    Choice("evidence", N_("Evidence")),
    Choice("roll", N_("Attendance list of a training")),
    Choice("confirmation", N_("Confirmation of return or destruction")),
    Choice("posting", N_("Picture of the posted page")),
    Choice("other", N_("Other")),
)
ATTACH = attach_action(WHAT)

REGISTER = Register(
    name="partner-papers",
    title=N_("Contracts and evidence"),
    singular=N_("Contract or evidence"),
    prefix="BF",
    group="partners",
    why=N_("The contract against which the clauses are ticked, and what proves an inspection."),
    clause="S4.1",
    fields=filed_fields(
        WHAT,
        link("processor", N_("Processor"), "processors", 170),
        link("consignment", N_("Work consigned"), "consignments", 170),
        link("inspection", N_("Inspection"), "inspections"),
        link("publication", N_("Published list"), "publications", 120),
    ),
    model="privdesk.registers.processors.model:PartnerPaper",
    service="privdesk.registers.processors.papers:PartnerPapers",
    states=STATES,
    actions=ACTIONS,
    creatable=False,
    importable=False,
    aside=True,
    help="processors",
    title_field="name",
    sort="id",
    descending=True,
    void_states=(),
)
