"""What is recorded of a file of personal data (개인정보파일; clauses S1.1 and S2.1)."""

from __future__ import annotations

from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Child, Register, State
from privdesk.registers.media import MEDIA
from privdesk.registers.notes import note
from privdesk.registers.states import ACTIVE, VOID

HOLDS = (
    Choice("names", N_("People by name")),
    Choice("ids", N_("People by source number only")),
    Choice("count", N_("Their number only")),
)

FIELDS = (
    Field(
        "name",
        N_("Personal information file"),
        required=True,
        width=220,
        aliases=("file", "file name", "개인정보파일", "개인정보파일명", "파일명", "파일"),
        help=N_("What the office calls this collection of data."),
        clause="PIPA 2(4)",
    ),
    Field(
        "purpose",
        N_("Purpose"),
        Kind.LINK,
        links_to="purposes",
        required=True,
        width=180,
        aliases=("처리 목적", "목적", "수집목적", "이용 목적", "운영 목적"),
        clause="S1.1",
    ),
    Field(
        "place",
        N_("Place"),
        Kind.LINK,
        links_to="places",
        required=True,
        width=160,
        aliases=("system", "장소", "보관 장소", "보관장소", "시스템", "시스템명"),
        help=N_("Where the original is kept."),
    ),
    Field(
        "copies",
        N_("Copies at"),
        Kind.LINKS,
        links_to="places",
        in_table=False,
        aliases=("copy", "사본 장소", "사본", "복제본", "백업 장소"),
        help=N_("Every further place; a destruction sends its order there too."),
        clause="S2.1",
    ),
    Field(
        "medium",
        N_("Medium"),
        Kind.CHOICE,
        choices=MEDIA,
        width=120,
        aliases=("media", "매체", "자료의 종류", "자료 종류", "보관 형태"),
        help=N_("Empty takes the medium of the place."),
        clause="S2.2 · Decree 16",
    ),
    Field(
        "owner",
        N_("Department in charge"),
        width=140,
        aliases=("department", "담당 부서", "담당부서", "취급 부서", "관리 부서", "부서"),
    ),
    Field(
        "holds",
        N_("Kept here as"),
        Kind.CHOICE,
        required=True,
        choices=HOLDS,
        default="names",
        in_table=False,
        aliases=("holds", "등록 방식", "관리 방식"),
        help=N_("Names only where the office needs them; otherwise numbers or a mere count."),
        clause="S1.1",
    ),
    Field(
        "people",
        N_("People"),
        Kind.INTEGER,
        width=90,
        aliases=("count", "정보주체 수", "정보주체수", "건수", "인원", "보유 건수", "명"),
        help=N_("Entered where only the number is known; counted otherwise."),
    ),
    Field(
        "collected_from",
        N_("Collected from"),
        Kind.DATE,
        in_table=False,
        aliases=("from", "수집 시작일", "생성일", "최초 수집일"),
    ),
    Field(
        "collected_to",
        N_("Collected until"),
        Kind.DATE,
        in_table=False,
        aliases=("to", "until", "수집 종료일", "최종 수집일"),
        help=N_("The last day of collection; the period of a counted file runs from it."),
    ),
    Field(
        "retention",
        N_("Own retention period"),
        Kind.PERIOD,
        width=120,
        aliases=("retention", "보유기간", "보유 기간", "보존기간"),
        help=N_("Only where it differs from the purpose."),
        clause="S2.1",
    ),
    Field(
        "source",
        N_("Received from"),
        in_table=False,
        aliases=("제공받은 곳", "출처", "수집 출처"),
        help=N_("The company that the data came from; it hears of corrections."),
        clause="PIPA 20 · Decree 43(2)",
    ),
    Field(
        "due_on",
        N_("Destroy from"),
        Kind.DATE,
        computed=True,
        width=110,
        help=N_("Of a counted file; the others have a day for each person."),
        clause="S2.1 · PIPA 21(1)",
    ),
    Field("certificate", N_("Certificate"), computed=True, in_table=False),
    note(1),
)

REGISTER = Register(
    name="files",
    title=N_("Personal information files"),
    singular=N_("Personal information file"),
    prefix="F",
    group="life-cycle",
    why=N_("A file says which data lies where, for which purpose, and when all of it has to go."),
    clause="S2.1",
    fields=FIELDS,
    model="privdesk.registers.files.model:File",
    service="privdesk.registers.files.service:Files",
    rules="privdesk.registers.files.findings:judge",
    figures="privdesk.registers.files.figures:figures",
    states=(
        ACTIVE,
        State("due", N_("Due"), "overdue"),
        State("destroyed", N_("Destroyed"), "destroyed"),
        VOID,
    ),
    children=(Child("holdings", N_("Holdings"), "file"),),
    title_field="name",
    sort="name",
)
