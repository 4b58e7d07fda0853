"""The declaration of the data subjects. Items of the office's own choice are added by data."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Child, Document, Register, State
from privdesk.registers.notes import note

SLOT_NOTE = 60001
SLOT_SOURCES = 60002

FIELDS = (
    Field(
        "source_ids",
        N_("Source numbers"),
        audience=Audience.PERSONAL,
        slot=SLOT_SOURCES,
        computed=True,
        in_form=False,
        width=140,
        help=N_("The person's numbers in the systems the data comes from."),
    ),
    Field(
        "language",
        N_("Language of letters"),
        kind=Kind.CHOICE,
        choices=(Choice("ko", N_("Korean")), Choice("en", N_("English"))),
        in_table=False,
        aliases=("언어", "lang"),
    ),
    Field("collected", N_("Collected"), kind=Kind.DATE, computed=True, in_form=False, width=100),
    Field("due", N_("Next due"), kind=Kind.DATE, computed=True, in_form=False, width=120),
    Field(
        "frozen",
        N_("Frozen"),
        computed=True,
        in_form=False,
        width=120,
        in_table=False,
        help=N_("Items that the person disputes: not used or given until the result."),
        clause="S6.5",
    ),
    Field(
        "certificate",
        N_("Certificate"),
        computed=True,
        in_form=False,
        in_table=False,
        help=N_("Number of the destruction, once the person was destroyed."),
    ),
    note(SLOT_NOTE, Audience.PERSONAL),
)

REGISTER = Register(
    name="subjects",
    title=N_("Data subjects"),
    singular=N_("Data subject"),
    prefix="S",
    group="people",
    why=N_("Who the company holds personal data about, and no more of it than a purpose needs."),
    clause="S1.2",
    fields=FIELDS,
    model="privdesk.registers.subjects.model:Subject",
    service="privdesk.registers.subjects.service:Subjects",
    page="privdesk.registers.subjects.view:SubjectsPage",
    states=(
        State("living", N_("Kept"), "kept"),
        State("held", N_("Legal hold"), "held"),
        State("due", N_("Due"), "overdue"),
        State("destroyed", N_("Destroyed"), "destroyed"),
        State("void", N_("Void"), "plain"),
    ),
    children=(
        Child("holdings", N_("Holdings"), "subject"),
        Child("consents", N_("Consents"), "subject"),
        Child("freezes", N_("Freezes"), "subject"),
        Child("provisions", N_("Provisions to third parties"), "subject"),
        Child("corrections", N_("Notices of corrections"), "subject"),
    ),
    documents=(
        Document(
            "receipt",
            N_("Consent receipt"),
            "privdesk.flows.consentpapers:receipt",
            personal=True,
        ),
        Document(
            "history",
            N_("Consent history report"),
            "privdesk.flows.consenthistory:history",
            personal=True,
        ),
    ),
    title_field="name",
    sort="name",
)
