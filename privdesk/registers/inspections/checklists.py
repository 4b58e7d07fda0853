"""The declaration of the checklists: the questions of D8 in versions."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Register, State
from privdesk.registers.notes import note
from privdesk.registers.states import VOID

SLOT_KO, SLOT_EN, SLOT_NOTE = 1, 2, 3
_HOW = N_(
    "A question a line; a line that begins with # is a heading. Empty takes the shipped list."
)

REGISTER = Register(
    name="checklists",
    title=N_("Checklists"),
    singular=N_("Checklist"),
    prefix="BQ",
    group="partners",
    why=N_("What every inspection asks; a version in use never changes, it is replaced."),
    clause="S4.1",
    fields=(
        Field("name", N_("Checklist"), width=240, default="",
              aliases=("title", "점검표", "점검표명"),
              help=N_("Empty for “Supervision of processors”.")),
        Field("version", N_("Version"), Kind.INTEGER, computed=True, in_form=False, width=70),
        Field("questions", N_("Questions"), Kind.INTEGER, computed=True, in_form=False, width=90),
        Field("text_ko", N_("Questions in Korean"), Kind.NOTE, Audience.OFFICE, slot=SLOT_KO,
              in_table=False, help=_HOW),
        Field("text_en", N_("Questions in English"), Kind.NOTE, Audience.OFFICE, slot=SLOT_EN,
              in_table=False, help=N_("Line for line as in Korean; needed for English papers.")),
        Field("effective", N_("In force from"), Kind.DATE, computed=True, in_form=False, width=105),
        Field("ended", N_("Replaced on"), Kind.DATE, computed=True, in_form=False, width=105),
        note(SLOT_NOTE),
    ),
    model="privdesk.registers.inspections.model:Checklist",
    service="privdesk.registers.inspections.catalogue:Checklists",
    states=(
        State("draft", N_("Draft"), "waiting"),
        State("used", N_("In force"), "kept"),
        State("replaced", N_("Superseded"), "plain"),
        VOID,
    ),
    children=(Child("inspections", N_("Inspections with it"), "checklist"),),
    actions=(
        Action("use", N_("Put in force"), "use", states=("draft",),
               help=N_("Inspections planned from now on ask with it; earlier ones keep theirs.")),
        Action("new-version", N_("New version"), "new_version", states=("used", "replaced"),
               help=N_("Copies it as a draft with the next number; this one stays as it is.")),
        Action("shipped", N_("Take the shipped questions"), "shipped", states=("draft",)),
    ),
    importable=False,
    aside=True,
    help="processors",
    title_field="name",
    sort="version",
    descending=True,
)  # fmt: skip
