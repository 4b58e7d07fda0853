"""The declaration of emergency antivirus events: the bulletin, and when each place was updated."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers.filing import attach_action
from privdesk.registers.notes import note
from privdesk.registers.pieces import fact, told
from privdesk.registers.states import VOID

SLOT_WHAT, SLOT_UPDATES, SLOT_NOTE = 1, 2, 3

REGISTER = Register(
    name="virus-alerts",
    title=N_("Emergency updates"),
    singular=N_("Emergency update"),
    prefix="SE",
    group="safety",
    begin=N_("Enter an alert"),
    why=N_("When a virus alert or an urgent update comes, every system has it at once."),
    clause="S8.1②",
    fields=(
        Field("name", N_("Alert or update"), required=True, width=240,
              aliases=("제목", "경보명", "경보")),
        Field("bulletin", N_("Bulletin no."), in_table=False, aliases=("공지번호", "경보 번호")),
        Field("issuer", N_("Issuing body"), in_table=False, aliases=("발령 기관", "발행처")),
        Field("received_at", N_("Received"), Kind.MOMENT, width=140, fixed=True,
              aliases=("접수일시", "발령일시", "접수일", "발령일"), help=N_("Empty for now.")),
        Field("places", N_("Places concerned"), Kind.LINKS, links_to="places", required=True,
              fixed=True, width=200, aliases=("대상 시스템", "적용 시스템", "조치 대상")),
        Field("what", N_("What it is about"), Kind.NOTE, Audience.OFFICE, slot=SLOT_WHAT,
              in_table=False, aliases=("내용", "경보 내용")),
        fact("due_at", N_("To be done until"), Kind.MOMENT, table=True, width=140),
        Field("left", N_("Not updated yet"), Kind.LINKS, links_to="places", computed=True,
              in_form=False, width=180),
        told("updates", N_("Updates made"), SLOT_UPDATES, Kind.NOTE),
        fact("updated_at", N_("Last update"), Kind.MOMENT, table=True, width=140),
        fact("hours", N_("Took (hours)"), Kind.INTEGER, table=True, width=90),
        note(SLOT_NOTE),
    ),
    model="privdesk.registers.safeguards.model:VirusAlert",
    service="privdesk.registers.safeguards.alerting:VirusAlerts",
    states=(
        State("open", N_("Places left to update"), "overdue"),
        State("done", N_("All updated"), "kept", ended=True),
        VOID,
    ),
    children=(Child("safety-papers", N_("Bulletin and evidence"), "alert"),),
    actions=(
        Action(
            "updated",
            N_("Enter updates"),
            "updated",
            asks=(
                Field("places", N_("Updated places"), Kind.LINKS, links_to="places",
                      help=N_("Empty for all that are left.")),
                Field("how", N_("How"), Kind.NOTE, required=True,
                      help=N_("Version of the engine or patch, and who did it.")),
                Field("at", N_("At"), Kind.MOMENT, help=N_("Empty for now.")),
                Field("file", N_("Evidence"), picks="open", help=N_("May be attached later too.")),
            ),
            states=("open",),
        ),
        attach_action(
            (Choice("bulletin", N_("Bulletin")), Choice("evidence", N_("Evidence")),
             Choice("other", N_("Other"))),
            "bulletin",
        ),
    ),
    documents=(
        Document("virus-alert", N_("Record of an emergency update"),
                 "privdesk.flows.safeguarding:alert"),
    ),
    views=(ReadyView(N_("Places left to update"), (("state", ("open",)),)),),
    rules="privdesk.registers.safeguards.findings:alerts",
    void_states=("open",),
    help="safeguards",
    title_field="name",
    sort="received_at",
    descending=True,
)  # fmt: skip
