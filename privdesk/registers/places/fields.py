"""What is recorded of a place where personal data is kept (clauses S2, S4 and S8.2⑤)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Child, Register
from privdesk.registers.media import MEDIA
from privdesk.registers.notes import note
from privdesk.registers.pieces import fact
from privdesk.registers.places.apart import APART, INSPECT
from privdesk.registers.places.protecting import PROTECTION
from privdesk.registers.states import ACTIVE, VOID

KINDS = (
    Choice("system", N_("System of the company")),
    Choice("processor", N_("At a processor")),
    Choice("archive", N_("Archive")),
    Choice("backup", N_("Backups")),
    Choice("vault", N_("This vault")),
    Choice("other", N_("Other")),
)

FIELDS = (
    Field(
        "name",
        N_("Place"),
        required=True,
        width=200,
        aliases=("place", "system", "장소", "보관 장소", "보관장소", "시스템명", "시스템"),
        help=N_("The system, archive or copy, as the office calls it."),
    ),
    Field(
        "kind",
        N_("Kind of place"),
        Kind.CHOICE,
        required=True,
        choices=KINDS,
        default="system",
        width=130,
        aliases=("type", "종류", "유형", "구분"),
    ),
    Field(
        "owner",
        N_("Department in charge"),
        width=140,
        aliases=("department", "관리 부서", "관리부서", "담당 부서", "담당부서", "부서"),
        help=N_("Who answers an order to destroy, freeze or correct."),
    ),
    Field(
        "processor",
        N_("Processor"),
        width=150,
        aliases=("company", "수탁자", "수탁업체", "위탁업체", "업체"),
        help=N_("The company that keeps it for us; needed for a place at a processor."),
        clause="PIPA 26(1)",
    ),
    Field(
        "medium",
        N_("Medium"),
        Kind.CHOICE,
        choices=MEDIA,
        default="electronic",
        width=130,
        aliases=("media", "매체", "저장매체", "보관 형태"),
        help=N_("Decides which ways of destruction are allowed."),
        clause="Decree 16",
    ),
    Field(
        "separate",
        N_("Kept apart"),
        Kind.FLAG,
        default=False,
        width=90,
        aliases=("separate storage", "분리 보관", "분리보관"),
        help=N_("A store of its own for what another law keeps."),
        clause="PIPA 21(3)",
    ),
    Field(
        "apart",
        N_("Apart from other data"),
        Kind.CHOICE,
        choices=APART,
        width=140,
        aliases=("separate server", "서버 분리", "분리 운영", "일반 데이터와 분리"),
        help=N_("Whether users’ data lies with general or production data; inspected every year."),
        clause="S8.2⑤",
    ),
    fact("apart_on", N_("Separation last inspected on"), Kind.DATE),
    Field(
        "contact",
        N_("Contact"),
        Kind.TEXT,
        Audience.OFFICE,
        slot=1,
        in_table=False,
        aliases=("담당자", "연락처", "담당자 연락처"),
        help=N_("Who gets the orders, and how."),
    ),
    Field(
        "address",
        N_("Address"),
        Kind.TEXT,
        Audience.OFFICE,
        slot=2,
        in_table=False,
        aliases=("location", "주소", "위치"),
    ),
    Field(
        "password_length",
        N_("Passwords: least length"),
        Kind.INTEGER,
        in_table=False,
        aliases=("비밀번호 길이", "비밀번호 최소 길이"),
        help=N_("What the system itself asks for."),
        clause="S8.1①",
    ),
    Field(
        "password_kinds",
        N_("Passwords: kinds of characters"),
        Kind.INTEGER,
        in_table=False,
        aliases=("비밀번호 조합", "비밀번호 문자 종류"),
        help=N_("Of capitals, small letters, digits and signs: how many kinds at least."),
        clause="S8.1①",
    ),
    Field(
        "password_history",
        N_("Passwords: not used again"),
        Kind.INTEGER,
        in_table=False,
        aliases=("비밀번호 이력", "비밀번호 재사용 제한"),
        help=N_("How many of the last ones the system refuses."),
        clause="S8.1①",
    ),
    *PROTECTION,
    note(3),
)

REGISTER = Register(
    name="places",
    title=N_("Places"),
    singular=N_("Place"),
    prefix="L",
    group="life-cycle",
    why=N_("Data that nobody knows of is never destroyed; list every place that keeps a copy."),
    clause="S2.1",
    fields=FIELDS,
    model="privdesk.registers.places.model:Place",
    service="privdesk.registers.places.service:Places",
    rules="privdesk.registers.places.findings:judge",
    figures="privdesk.registers.places.findings:figures",
    states=(ACTIVE, VOID),
    actions=(INSPECT,),
    children=(
        Child("files", N_("Files kept here"), "place"),
        Child("access-rights", N_("Access rights"), "place"),
        Child("place-inspections", N_("Inspections of the separation"), "place"),
        Child("rights-reviews", N_("Access reviews"), "place"),
    ),
    title_field="name",
    sort="name",
)
