"""What is recorded of an access right (S8.2①; D18)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, ReadyView, Register, State
from privdesk.registers.access_rights.rules import LEVEL_LABELS, STATE_LABELS, WHY_LABELS, Level
from privdesk.registers.notes import note
from privdesk.registers.pieces import ON, REASON, choices_of, fact, states_of, told

SLOT_ACCOUNT, SLOT_REASON, SLOT_APPLICANT, SLOT_APPROVER, SLOT_ENDED_BY = 1, 2, 3, 4, 5
_LEVELS_TOO = {
    Level.LOOK: ("read", "r", "view", "조회", "열람", "읽기"),
    Level.CHANGE: ("write", "rw", "edit", "등록", "수정", "입력", "조회·수정", "등록·수정", "쓰기"),
    Level.EXPORT: ("download", "다운로드", "출력", "조회·다운로드", "조회·출력", "내려받기"),
    Level.ADMIN: ("administrator", "관리자", "관리", "시스템 관리자", "전체"),
}
LEVELS, WHYS = choices_of(LEVEL_LABELS, _LEVELS_TOO), choices_of(WHY_LABELS)
TONES = {
    "requested": "waiting",
    "granted": "kept",
    "refused": "plain",
    "changed": "plain",
    "revoked": "plain",
}
_LEVEL = Field("level", N_("What may be done"), Kind.CHOICE, choices=LEVELS, required=True)
_APPROVER = Field(
    "approver",
    N_("Approved by"),
    required=True,
    help=N_("Who signed the application: the head of the department or the system’s owner."),
)

FIELDS = (
    Field(
        "staff",
        N_("Member of staff"),
        Kind.LINK,
        links_to="staff",
        required=True,
        fixed=True,
        width=130,
        aliases=("person", "name", "성명", "이름", "사용자", "취급자", "부여 대상자", "사번"),
        clause="S8.2①",
    ),
    Field(
        "place",
        N_("System"),
        Kind.LINK,
        links_to="places",
        required=True,
        fixed=True,
        width=160,
        aliases=("system", "시스템", "시스템명", "개인정보처리시스템", "장소"),
    ),
    Field(
        "account",
        N_("Account"),
        audience=Audience.OFFICE,
        slot=SLOT_ACCOUNT,
        width=110,
        aliases=("user id", "login", "계정", "아이디", "ID", "사용자 계정"),
        help=N_("The person’s own account in the system; never shared."),
        clause="Safeguards (access rights)",
    ),
    Field(
        "level",
        N_("What may be done"),
        Kind.CHOICE,
        choices=LEVELS,
        required=True,
        fixed=True,
        default="look",
        width=130,
        aliases=("right", "access", "권한", "권한 수준", "접근권한"),
    ),
    Field(
        "role",
        N_("Role in the system"),
        fixed=True,
        width=110,
        aliases=("group", "역할", "권한 그룹", "권한그룹", "권한명"),
        help=N_("As the system calls it, where it has a name for it."),
    ),
    Field(
        "reason",
        N_("Work it is for"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_REASON,
        required=True,
        in_table=False,
        aliases=("purpose", "사유", "부여 사유", "신청 사유", "업무", "용도", "목적", "담당 업무"),
        clause="S8.2①",
    ),
    Field(
        "applicant",
        N_("Applied for by"),
        audience=Audience.OFFICE,
        slot=SLOT_APPLICANT,
        in_table=False,
        aliases=("requested by", "신청자"),
        help=N_("Empty for the person who gets the right."),
    ),
    Field(
        "requested_on",
        N_("Applied for on"),
        Kind.DATE,
        fixed=True,
        in_table=False,
        aliases=("신청일", "신청일자"),
        help=N_("Empty for today, or for the day of the grant where one is entered."),
    ),
    Field(
        "requested_at",
        N_("Applied for at"),
        Kind.MOMENT,
        fixed=True,
        in_table=False,
        aliases=("신청일시", "신청 시각"),
        help=N_("Only from a list that has the time; an application entered here has its own."),
    ),
    Field(
        "approver",
        N_("Approved by"),
        audience=Audience.OFFICE,
        slot=SLOT_APPROVER,
        in_table=False,
        aliases=("승인자", "결재자"),
    ),
    Field(
        "approved_at",
        N_("Approved at"),
        Kind.MOMENT,
        fixed=True,
        in_table=False,
        aliases=("승인일시", "결재일시", "승인 시각"),
        help=N_("Only from a list that has the time; a grant entered here has its own."),
    ),
    Field(
        "granted_on",
        N_("Granted on"),
        Kind.DATE,
        fixed=True,
        width=105,
        aliases=("since", "from", "부여일", "부여일자", "승인일"),
        help=N_("Only for a right that is in force already; empty begins an application."),
    ),
    Field(
        "revoked_on",
        N_("Ended on"),
        Kind.DATE,
        fixed=True,
        width=105,
        aliases=("until", "말소일", "말소일자", "회수일", "해지일", "회수일자", "삭제일", "만료일"),
        help=N_("Only for the history of a right that has ended already."),
    ),
    fact("ended_for", N_("Why it ended"), Kind.CHOICE, choices=WHYS),
    told("ended_by", N_("Ended by"), SLOT_ENDED_BY),
    Field(
        "before",
        N_("In place of"),
        Kind.LINK,
        links_to="access-rights",
        computed=True,
        in_form=False,
        in_table=False,
    ),
    fact("reviewed_on", N_("Last reviewed on"), Kind.DATE, table=True, width=105),
    fact("recheck_on", N_("To be looked at again since"), Kind.DATE),
    fact("keep_until", N_("History kept until"), Kind.DATE),
    note(6),
)

REGISTER = Register(
    name="access-rights",
    title=N_("Access rights"),
    singular=N_("Access right"),
    prefix="A",
    group="staff",
    why=N_("Who may do what in which system, who approved it, and when it ended."),
    clause="S8.2①",
    fields=FIELDS,
    model="privdesk.registers.access_rights.model:AccessRight",
    service="privdesk.registers.access_rights.service:AccessRights",
    rules="privdesk.registers.access_rights.findings:judge",
    figures="privdesk.registers.access_rights.figures:figures",
    states=(
        *states_of(STATE_LABELS, TONES),
        State("destroyed", N_("Destroyed"), "destroyed", ended=True),
    ),
    actions=(
        Action(
            "grant",
            N_("Grant"),
            "grant",
            asks=(
                _APPROVER,
                Field("account", N_("Account"), help=N_("Empty for the one entered.")),
                ON,
            ),
            states=("requested",),
            bulk=True,
            help=N_("Only with a category and a signed pledge."),
        ),
        Action("refuse", N_("Do not approve"), "refuse", asks=(REASON,), states=("requested",)),
        Action(
            "change",
            N_("Change the right"),
            "change",
            asks=(_LEVEL, Field("role", N_("Role in the system")), REASON, _APPROVER, ON),
            states=("granted",),
            help=N_("The right until now stays in the history; the new one takes its place."),
        ),
        Action(
            "confirm",
            N_("Still needed"),
            "confirm",
            asks=(ON,),
            states=("granted",),
            bulk=True,
            help=N_("The half-yearly review, or the look after a move, found it needed."),
        ),
        Action(
            "revoke",
            N_("Revoke"),
            "revoke",
            asks=(
                Field("why", N_("Why it ended"), Kind.CHOICE, choices=WHYS, default="needless"),
                Field("by", N_("Ended by"), help=N_("Who did it in the system; empty for you.")),
                ON,
            ),
            states=("granted",),
            bulk=True,
            help=N_("Enter it once the system no longer lets the person in."),
        ),
        Action(
            "expunge",
            N_("Destroy the history"),
            "expunge",
            states=("revoked", "changed", "refused"),
            bulk=True,
            danger=True,
            help=N_("Account, reason and names go; days and kinds stay."),
        ),
    ),
    documents=(
        Document(
            "d18", N_("Ledger of access rights"), "privdesk.flows.access:ledger", of_list=True
        ),
        Document(
            "rights-review",
            N_("Review sheet of access rights"),
            "privdesk.flows.access:review",
            of_list=True,
            by="places",
        ),
    ),
    views=(
        ReadyView(N_("In force"), (("state", ("granted",)),)),
        ReadyView(N_("Waiting for approval"), (("state", ("requested",)),)),
    ),
    void_states=("requested",),
    begin=N_("Apply for access"),
    title_field="role",
    sort="id",
    descending=True,
)
