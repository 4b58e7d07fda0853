"""What is recorded of one person at one session (S8.2②; D13), and the register's declaration."""

from __future__ import annotations

from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, ReadyView, Register, State
from privdesk.registers.notes import note
from privdesk.registers.pieces import fact
from privdesk.registers.states import VOID
from privdesk.registers.trained import DONE, TOPIC_CHOICES

SLOT_NOTE = 1
ATTENDED, ABSENT, EXCUSED = "attended", "absent", "excused"
INVITED, TEST, FAILED = "invited", "test", "failed"
RESULTS = (
    Choice(ATTENDED, N_("Was there"), aliases=("이수", "수료", "출석", "Y", "O", "완료")),
    Choice(ABSENT, N_("Was absent"), aliases=("미이수", "미수료", "결석", "N", "X", "미참석")),
    Choice(EXCUSED, N_("Was excused"), aliases=("사유 있음", "휴직", "출장")),
)
LANGUAGES = (Choice("ko", N_("Korean")), Choice("en", N_("English")))


def fits_points(value: object) -> str | None:
    """Refuse points that are not between 0 and 100."""
    if isinstance(value, int) and 0 <= value <= 100:
        return None
    return N_("it is between 0 and 100 points.")


_SCORE = Field(
    "score",
    N_("Points"),
    Kind.INTEGER,
    width=70,
    aliases=("points", "점수", "평가 점수", "시험 점수"),
    help=N_("Of the test, 0 to 100."),
    check=fits_points,
)
_ENDS = (
    Choice(INVITED, N_("Invited")),
    Choice(TEST, N_("Test to come")),
    Choice(DONE, N_("Completed")),
    Choice(FAILED, N_("Test not passed")),
    Choice(ABSENT, N_("Was absent")),
    Choice(EXCUSED, N_("Was excused")),
)
"""In which state an attendance was when whose it was went."""
FIELDS = (
    Field("title", N_("Attendance"), computed=True, in_form=False, in_table=False, width=220),
    Field(
        "staff",
        N_("Member of staff"),
        Kind.LINK,
        links_to="staff",
        required=True,
        fixed=True,
        width=130,
        aliases=("employee", "성명", "사번", "직원", "이름", "수강자"),
        help=N_("By name, staff number or reference."),
    ),
    fact("department", N_("Department"), table=True, width=150),
    Field(
        "session",
        N_("Training session"),
        Kind.LINK,
        links_to="sessions",
        required=True,
        fixed=True,
        width=250,
        aliases=("교육", "교육 회차", "교육명", "과정명"),
    ),
    Field(
        "course",
        N_("Course"),
        Kind.LINK,
        links_to="courses",
        computed=True,
        in_form=False,
        in_table=False,
    ),
    fact("on", N_("Day"), Kind.DATE, table=True, width=105),
    fact("topics", N_("Topics"), Kind.CHOICES, choices=TOPIC_CHOICES, width=200),
    Field(
        "result",
        N_("Attendance"),
        Kind.CHOICE,
        choices=RESULTS,
        width=100,
        aliases=("참석", "참석 여부", "출석", "출석 여부", "이수", "이수 여부", "수료 여부"),
        help=N_("Empty while it is not known."),
        clause="S8.2②",
    ),
    _SCORE,
    fact("certificate", N_("Certificate no."), table=True, width=130),
    fact("certified_on", N_("Certificate issued on"), Kind.DATE),
    fact("keep_until", N_("Kept until"), Kind.DATE),
    fact("ended_as", N_("How it had ended"), Kind.CHOICE, choices=_ENDS),
    fact("over", N_("Kept too long"), Kind.FLAG),
    note(SLOT_NOTE),
)

_WAITS = (INVITED, TEST, "absent", "excused", FAILED, DONE)
ACTIONS = (
    Action(
        "attend",
        N_("Was there"),
        "attend",
        asks=(_SCORE,),
        states=_WAITS,
        bulk=True,
        leads=(("state", (INVITED, TEST, FAILED)),),
    ),
    Action("absent", N_("Was absent"), "absent", states=_WAITS, bulk=True, leads=None),
    Action("excuse", N_("Was excused"), "excuse", states=_WAITS, bulk=True, leads=None),
    Action(
        "certify",
        N_("Print certificates"),
        "privdesk.flows.certificates:of_people",
        asks=(
            Field("language", N_("Language"), Kind.CHOICE, choices=LANGUAGES, default="ko"),
            Field("file", N_("Save as"), picks="save", help=N_("Empty shows them here.")),
        ),
        states=(DONE,),
        bulk=True,
        help=N_("One file, a page for each person; who has a certificate keeps its number."),
    ),
    Action(
        "show-certificate",
        N_("Show the certificate"),
        "privdesk.flows.fromrun:certificate",
        states=(DONE,),
        roles=("officer", "manager", "auditor"),
        help=N_("As it went out, also where it was printed in a stack for many."),
    ),
    Action(
        "expunge",
        N_("Destroy the training record"),
        "expunge",
        states=_WAITS,
        bulk=True,
        danger=True,
        help=N_("Of those who left, three years after the session: name, note and papers go."),
    ),
)

REGISTER = Register(
    name="attendances",
    title=N_("Attendances"),
    singular=N_("Attendance"),
    prefix="UA",
    group="staff",
    why=N_("Who was trained, and who was not, is known by name."),
    clause="S8.2②",
    fields=FIELDS,
    model="privdesk.registers.attendances.model:Attendance",
    service="privdesk.registers.attendances.service:Attendances",
    rules="privdesk.registers.attendances.findings:judge",
    figures="privdesk.registers.attendances.figures:figures",
    states=(
        State(INVITED, N_("Invited"), "waiting"),
        State(TEST, N_("Test to come"), "soon"),
        State(DONE, N_("Completed"), "kept", ended=True),
        State(FAILED, N_("Test not passed"), "overdue"),
        State(ABSENT, N_("Was absent"), "overdue"),
        State(EXCUSED, N_("Was excused"), "plain", ended=True),
        State("destroyed", N_("Destroyed"), "destroyed", ended=True),
        VOID,
    ),
    actions=ACTIONS,
    documents=(
        Document(
            "d13",
            N_("Completion certificate"),
            "privdesk.flows.certificates:certificate",
            where=(("result", (ATTENDED,)),),
        ),
    ),
    views=(
        ReadyView(N_("Absent or not passed"), (("state", (ABSENT, FAILED)),)),
        ReadyView(N_("Test to come"), (("state", (TEST,)),)),
        ReadyView(N_("Kept too long"), (("over", ("yes",)),)),
    ),
    help="training",
    aside=True,
    title_field="title",
    sort="on",
    descending=True,
    void_states=(INVITED,),
    struck_states=(TEST, DONE, FAILED, ABSENT, EXCUSED),
)
