"""What is recorded of a session of a course (S8.2②; D14), and the register's declaration."""

from __future__ import annotations

import re
from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers.notes import note
from privdesk.registers.pieces import REASON, fact, old_fault, told
from privdesk.registers.states import VOID
from privdesk.registers.trained import TOPIC_CHOICES

SLOT_TRAINER, SLOT_NOTE, SLOT_REOPENED = 1, 2, 3
PLANNED, HELD, CLOSED, CANCELLED = "planned", "held", "closed", "cancelled"
TEST = "test"
"""The state of an attendance whose test has no points yet."""
OPEN = (PLANNED, HELD)
"""The states in which people are invited and attendance is recorded."""
EVERYBODY, DUE, DEPARTMENT = "everybody", "due", "department"
WHOM = (
    Choice(EVERYBODY, N_("Everybody who has to be trained")),
    Choice(DUE, N_("Whose training is over, or ends within 60 days")),
    Choice(DEPARTMENT, N_("One department")),
)
LANGUAGES = (Choice("ko", N_("Korean")), Choice("en", N_("English")))
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _fits_time(value: object) -> str | None:
    if _TIME.fullmatch(str(value)):
        return None
    return N_("it is a time such as 09:30.")


def _fits_minutes(value: object) -> str | None:
    if isinstance(value, int) and 1 <= value <= 2400:
        return None
    return N_("it is between 1 and 2,400 minutes.")


_ON = Field(
    "on",
    N_("Day"),
    Kind.DATE,
    required=True,
    width=105,
    aliases=("date", "교육일", "교육일자", "교육일시", "일시", "일자", "실시일"),
    clause="S8.2②",
    check=old_fault,
)
_PLACE = Field(
    "place",
    N_("Place or method"),
    width=150,
    aliases=("venue", "장소", "교육 장소", "방법"),
)
FIELDS = (
    Field("title", N_("Session"), computed=True, in_form=False, in_table=False, width=250),
    Field(
        "course",
        N_("Course"),
        Kind.LINK,
        links_to="courses",
        required=True,
        fixed=True,
        width=210,
        aliases=("교육명", "과정명", "과정"),
    ),
    _ON,
    fact("invited", N_("Invited"), Kind.INTEGER, table=True, width=70),
    fact("done", N_("Completed"), Kind.INTEGER, table=True, width=70),
    fact("missing", N_("Not completed"), Kind.INTEGER, table=True, width=80),
    Field(
        "starts",
        N_("Begins at"),
        in_table=False,
        aliases=("시작 시각", "시작시간", "시각"),
        check=_fits_time,
    ),
    _PLACE,
    Field(
        "minutes",
        N_("Minutes"),
        Kind.INTEGER,
        in_table=False,
        aliases=("교육 분", "시간(분)"),
        help=N_("Empty for those of the course."),
        check=_fits_minutes,
    ),
    Field(
        "trainer",
        N_("Trainer"),
        Kind.NAME,
        Audience.OFFICE,
        slot=SLOT_TRAINER,
        width=110,
        aliases=("instructor", "강사", "강사명"),
    ),
    Field(
        "makes_up",
        N_("Make-up of"),
        Kind.LINK,
        links_to="sessions",
        fixed=True,
        in_table=False,
        aliases=("보충 대상", "보충교육 원교육"),
        help=N_("The session that some people missed or did not pass."),
    ),
    fact("closed_on", N_("Closed on"), Kind.DATE),
    fact("held_name", N_("Course as it was held")),
    fact("held_name_en", N_("Course as it was held, in English")),
    fact("held_topics", N_("Topics as they were held"), Kind.CHOICES, choices=TOPIC_CHOICES),
    fact("held_test", N_("Held with a test"), Kind.FLAG),
    fact("held_mark", N_("Points to pass as it was held"), Kind.INTEGER),
    fact("reopened_on", N_("Opened again on"), Kind.DATE),
    told("reopened", N_("Why it was opened again"), SLOT_REOPENED, Kind.NOTE),
    fact("file", N_("Signed attendance sheet")),
    fact("pages", N_("Pages of the sheet"), Kind.INTEGER),
    note(SLOT_NOTE),
)

ACTIONS = (
    Action(
        "invite",
        N_("Invite"),
        "invite",
        asks=(
            Field("who", N_("Who"), Kind.CHOICE, required=True, choices=WHOM, default=EVERYBODY),
            Field("department", N_("Department"), help=N_("Only where one department is invited.")),
        ),
        states=OPEN,
        help=N_("Puts people on the attendance sheet; nobody is put there twice."),
    ),
    Action(
        "roll",
        N_("Take attendance from a list"),
        "privdesk.flows.rolls:take",
        asks=(
            Field("file", N_("File"), picks="open", help=N_("A spreadsheet or a text file.")),
            Field(
                "text",
                N_("Or paste it here"),
                Kind.NOTE,
                help=N_("One line a person: staff number or name, attendance, points."),
            ),
        ),
        states=OPEN,
        help=N_("Without a column for attendance, whoever is in the list was there."),
    ),
    Action(
        "close",
        N_("Close the session"),
        "close",
        states=OPEN,
        bulk=True,
        help=N_("Who was invited and has no attendance counts as absent from then on."),
    ),
    Action(
        "reopen",
        N_("Open again"),
        "reopen",
        asks=(REASON,),
        states=(CLOSED, CANCELLED),
        help=N_("To correct an attendance; certificates that were issued stay on record."),
    ),
    Action(
        "make-up",
        N_("Plan a make-up session"),
        "make_up",
        asks=(_ON, replace(_PLACE, required=False)),
        states=(HELD, CLOSED),
        help=N_("Invites who was absent, excused or did not pass, and has not made up for it."),
    ),
    Action(
        "certificates",
        N_("Print the certificates"),
        "privdesk.flows.certificates:of_sessions",
        asks=(
            Field("language", N_("Language"), Kind.CHOICE, choices=LANGUAGES, default="ko"),
            Field(
                "again",
                N_("Again for everybody"),
                Kind.FLAG,
                help=N_("Also for those who have one: each keeps its number."),
            ),
            Field("file", N_("Save as"), picks="save", help=N_("Empty shows them here.")),
        ),
        states=(CLOSED,),
        bulk=True,
        help=N_("One file, a page for each person who completed it and has no certificate yet."),
    ),
    Action(
        "file-sheet",
        N_("Put the signed attendance sheet on file"),
        "file_sheet",
        asks=(
            Field("file", N_("Scan of the signed attendance sheet"), required=True, picks="open"),
        ),
        states=(HELD, CLOSED),
        help=N_("In place of the scan that is on file, if there is one."),
    ),
    Action(
        "show-sheet",
        N_("Show the signed attendance sheet"),
        "show_sheet",
        states=(HELD, CLOSED),
        roles=("officer", "manager", "auditor"),
    ),
    Action("cancel", N_("Cancel the session"), "cancel", asks=(REASON,), states=(PLANNED,)),
)

REGISTER = Register(
    name="sessions",
    title=N_("Training sessions"),
    singular=N_("Training session"),
    prefix="US",
    group="staff",
    why=N_("Each session shows who was there, who passed, and who still has to make up for it."),
    clause="S8.2②",
    fields=FIELDS,
    model="privdesk.registers.sessions.model:Session",
    service="privdesk.registers.sessions.service:Sessions",
    page="privdesk.registers.sessions.view:SessionsPage",
    rules="privdesk.registers.sessions.findings:judge",
    states=(
        State(PLANNED, N_("Planned"), "soon"),
        State(HELD, N_("Attendance under way"), "waiting"),
        State(CLOSED, N_("Attendance complete"), "kept", ended=True),
        State(CANCELLED, N_("Cancelled"), "plain", ended=True),
        VOID,
    ),
    children=(Child("attendances", N_("Attendance"), "session"),),
    actions=ACTIONS,
    documents=(
        Document("attendance-sheet", N_("Attendance sheet"), "privdesk.flows.trainingpapers:sheet"),
        Document(
            "training-invitation",
            N_("Invitation to a training"),
            "privdesk.flows.officeletters:invitation",
        ),
        Document(
            "d14", N_("Training ledger"), "privdesk.flows.trainingpapers:ledger", of_list=True
        ),
        Document(
            "training-plan",
            N_("Yearly training plan"),
            "privdesk.flows.trainingpapers:plan",
            of_list=True,
        ),
        Document(
            "training-status",
            N_("Completion by department"),
            "privdesk.flows.trainingstatus:status",
            of_list=True,
        ),
    ),
    views=(
        ReadyView(N_("Planned"), (("state", (PLANNED,)),)),
        ReadyView(N_("Attendance is missing"), (("state", (HELD,)),)),
    ),
    void_states=(PLANNED, CANCELLED),
    begin=N_("New session"),
    help="training",
    title_field="title",
    sort="on",
    descending=True,
)
