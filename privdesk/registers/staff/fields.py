"""What is recorded of the office's own people (clauses S5.1 and S8.2①)."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers import sworn, trained
from privdesk.registers.notes import note
from privdesk.registers.pieces import choices_of, fact
from privdesk.registers.staff.rules import JOINING_LABELS
from privdesk.registers.states import VOID

YES, NO = ("O", "Y", "예", "해당", "대상"), ("X", "N", "아니오", "해당 없음", "해당없음")
"""How a column says whether somebody handles personal data."""
DUTIES = (
    Choice("cpo", N_("Chief privacy officer")),
    Choice("privacy_staff", N_("Privacy staff")),
    Choice("handler", N_("Handles personal data"), aliases=("취급자", "개인정보취급자", *YES)),
    Choice("manager", N_("Department head")),
    Choice("none", N_("None"), aliases=("미취급", "비취급", "비대상", *NO)),
    Choice("undecided", N_("Not decided yet")),
)
CATEGORIES = (
    Choice("a", N_("a · in contact with users")),
    Choice("b", N_("b · privacy officer or staff")),
    Choice("c", N_("c · cannot do the work without it")),
)
PLEDGE = (
    Choice(sworn.SIGNED, N_("Signed before joining")),
    Choice(sworn.LATE, N_("Signed late")),
    Choice(sworn.MISSING, N_("Has not signed")),
    Choice(sworn.FREE, N_("Not needed")),
)
TRAINING = (
    Choice(trained.CURRENT, N_("Trained")),
    Choice(trained.ENDING, N_("Due within 30 days")),
    Choice(trained.OVER, N_("Not trained")),
    Choice(trained.FREE, N_("Not needed")),
)

FIELDS = (
    Field(
        "name",
        N_("Full name"),
        Kind.NAME,
        Audience.OFFICE,
        slot=1,
        required=True,
        width=130,
        aliases=("name", "성명", "이름", "직원명", "사원명", "담당자"),
    ),
    Field(
        "staff_no",
        N_("Staff number"),
        audience=Audience.OFFICE,
        slot=2,
        width=100,
        aliases=("employee number", "employee no", "사번", "사원번호", "직원번호"),
    ),
    Field(
        "department",
        N_("Department"),
        width=150,
        aliases=("dept", "부서", "소속", "부서명"),
    ),
    Field(
        "position",
        N_("Position"),
        width=120,
        aliases=("title", "rank", "직위", "직급", "직책"),
    ),
    Field(
        "duty",
        N_("Duty in privacy"),
        Kind.CHOICE,
        required=True,
        choices=DUTIES,
        default="handler",
        width=150,
        aliases=(
            *("role", "역할", "담당 업무", "개인정보 업무", "취급자 여부", "개인정보취급자 여부"),
            *("개인정보취급자", "취급자", "개인정보 취급 여부", "취급 여부"),
        ),
        help=N_("What the person answers for."),
        clause="S5.1 · PIPA 28, 31",
    ),
    Field(
        "category",
        N_("Why access is needed"),
        Kind.CHOICE,
        choices=CATEGORIES,
        width=170,
        aliases=("category", "구분", "취급자 구분", "취급 구분"),
        help=N_("One of the three groups that the policy lets handle personal data."),
        clause="S8.2①",
    ),
    Field(
        "reason",
        N_("Reason for access"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=3,
        in_table=False,
        aliases=("취급 사유", "사유", "취급 업무"),
        help=N_("For category c: the work that cannot be done without the data."),
        clause="S8.2①",
    ),
    Field(
        "joined",
        N_("Joined on"),
        Kind.DATE,
        width=105,
        aliases=("from", "since", "start", "입사일", "입사일자", "전입일"),
    ),
    Field(
        "left",
        N_("Left on"),
        Kind.DATE,
        in_table=False,
        aliases=("until", "end", "퇴사일", "퇴직일", "퇴사일자", "전출일"),
        help=N_("The last day of work; access ends with it."),
        clause="S8.2④",
    ),
    Field(
        "appointed",
        N_("In this duty since"),
        Kind.DATE,
        in_table=False,
        aliases=("지정일", "임명일", "지정일자"),
        help=N_("Empty for the day of joining."),
        clause="S5.1",
    ),
    Field(
        "relieved",
        N_("In this duty until"),
        Kind.DATE,
        in_table=False,
        aliases=("해제일", "해임일"),
        clause="S5.1",
    ),
    Field(
        "email",
        N_("E-mail"),
        Kind.EMAIL,
        Audience.OFFICE,
        slot=4,
        in_table=False,
        width=180,
        aliases=("e-mail", "이메일", "전자우편", "메일"),
        clause="S5.1",
    ),
    Field(
        "phone",
        N_("Telephone"),
        Kind.PHONE,
        Audience.OFFICE,
        slot=5,
        in_table=False,
        width=130,
        aliases=(
            "tel",
            "전화",
            "전화번호",
            "연락처",
            "내선",
            "내선번호",
            "사내전화",
            "사무실 전화",
        ),
        clause="S5.1",
    ),
    Field(
        "mobile",
        N_("Private telephone"),
        Kind.PHONE,
        Audience.OFFICE,
        slot=9,
        private=True,
        in_table=False,
        width=130,
        aliases=(
            *("mobile", "cell", "hp", "휴대전화", "휴대폰", "휴대전화번호", "휴대폰번호", "핸드폰"),
            *(
                "핸드폰번호",
                "이동전화",
                "모바일",
                "개인 연락처",
                "개인 휴대폰",
                "개인 전화",
                "개인전화번호",
            ),
        ),
        help=N_("The person’s own; masked, and each look is in the journal. Papers never show it."),
    ),
    Field(
        "fax",
        N_("Fax"),
        Kind.PHONE,
        Audience.OFFICE,
        slot=6,
        in_table=False,
        aliases=("팩스", "팩스번호"),
        clause="S5.1",
    ),
    Field(
        "login",
        N_("Name in privdesk"),
        audience=Audience.OFFICE,
        slot=7,
        in_table=False,
        width=130,
        aliases=("account", "계정", "로그인", "사용자명"),
        help=N_("The name with which the person opens this vault, where there is one."),
        clause="Safeguards (access rights)",
    ),
    Field(
        "pledge",
        N_("Pledge on joining"),
        Kind.CHOICE,
        choices=PLEDGE,
        computed=True,
        in_form=False,
        width=120,
        clause="S8.2③",
    ),
    Field(
        "training",
        N_("Training in force"),
        Kind.CHOICE,
        choices=TRAINING,
        computed=True,
        in_form=False,
        width=120,
        clause="S8.2②",
    ),
    replace(
        fact("counted_from", N_("Duties counted from"), Kind.DATE),
        help=N_(
            "Of people taken over when the office began the day of entry, else the day of joining:"
            " from it the terms of pledge and training run."
        ),
    ),
    fact(
        "way_in",
        N_("Still to do on joining"),
        Kind.CHOICES,
        choices=choices_of(JOINING_LABELS),
    ),
    note(8),
)

LEVELS = (
    Choice("look", N_("Look up")),
    Choice("change", N_("Enter and change")),
    Choice("export", N_("Print and download")),
    Choice("admin", N_("Manage the system")),
)
"""What may be done in a system, called as the access rights call it."""
LAST_DAY = Field(
    "on",
    N_("Left on"),
    Kind.DATE,
    aliases=("퇴사일",),
    help=N_("The last day of work; empty for today."),
)

REGISTER = Register(
    name="staff",
    title=N_("Staff"),
    singular=N_("Member of staff"),
    prefix="M",
    group="staff",
    why=N_("Only the fewest people may handle personal data; each stands here with the reason."),
    clause="S8.2①",
    fields=FIELDS,
    model="privdesk.registers.staff.model:Member",
    service="privdesk.registers.staff.service:Staff",
    rules="privdesk.registers.staff.findings:judge",
    figures="privdesk.registers.staff.figures:figures",
    states=(
        State("active", N_("Working here"), "kept"),
        State("left", N_("Has left"), "plain"),
        VOID,
    ),
    actions=(
        Action(
            "apply",
            N_("Apply for access"),
            "privdesk.flows.joining:apply",
            asks=(
                Field("places", N_("Systems"), Kind.LINKS, links_to="places", required=True),
                Field(
                    "level",
                    N_("What may be done"),
                    Kind.CHOICE,
                    choices=LEVELS,
                    default="look",
                ),
                Field("account", N_("Account"), help=N_("Empty where it is not known yet.")),
                Field("reason", N_("Work it is for"), Kind.NOTE, required=True),
            ),
            states=("active",),
            bulk=True,
            leads=(("way_in", (("access",), ())),),
            help=N_("For each system an application, which somebody else approves."),
        ),
        Action(
            "leave",
            N_("Has left"),
            "privdesk.flows.leaving:leave",
            asks=(
                LAST_DAY,
                Field(
                    "rights",
                    N_("Rights that have ended"),
                    Kind.LINKS,
                    links_to="access-rights",
                    help=N_("Those that the systems no longer give; the others stay on Today."),
                ),
            ),
            states=("active", "left"),
            bulk=True,
            plan="rights",
            help=N_("Begins the leaving: rights, devices, pledge, handover, access to this vault."),
        ),
    ),
    documents=(
        Document(
            "handlers", N_("List of handlers"), "privdesk.flows.access:handlers", of_list=True
        ),
        Document(
            "staff-gaps",
            N_("Who has not signed or is not trained"),
            "privdesk.flows.staffgaps:gaps",
            of_list=True,
        ),
        Document(
            "joining-letter",
            N_("Letter to a new handler"),
            "privdesk.flows.officeletters:joining_letter",
        ),
        Document(
            "leaving-letter",
            N_("Letter to a leaver"),
            "privdesk.flows.officeletters:leaving_letter",
        ),
    ),
    children=(
        Child("pledges", N_("Pledges"), "staff"),
        Child("attendances", N_("Training"), "staff"),
        Child("access-rights", N_("Access rights"), "staff"),
        Child("zone-permits", N_("Zone permits"), "staff"),
        Child("departures", N_("Leaving"), "staff"),
        Child("handovers", N_("Handovers"), "giver"),
    ),
    views=(
        ReadyView(N_("Duty not decided"), (("duty", ("undecided",)), ("state", ("active",)))),
        ReadyView(N_("Has not signed"), (("pledge", (sworn.MISSING,)), ("state", ("active",)))),
        ReadyView(N_("Not trained"), (("training", (trained.OVER,)), ("state", ("active",)))),
        ReadyView(
            N_("Training is due soon"), (("training", (trained.ENDING,)), ("state", ("active",)))
        ),
    ),
    title_field="name",
    sort="name",
    void_states=(),
    struck_states=("active", "left"),
)
