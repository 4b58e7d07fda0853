"""What is recorded of a protected zone (S8.2⑥), and the register's declaration."""

from __future__ import annotations

from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers.notes import note
from privdesk.registers.pieces import ON, fact
from privdesk.registers.states import VOID

OPEN, CLOSED = "active", "closed"
KINDS = (
    Choice("controlled", N_("Controlled area"), aliases=("통제구역", "제한구역")),
    Choice("server", N_("Server room"), aliases=("전산실", "서버실", "기계실")),
    Choice("archive", N_("Archive room"), aliases=("자료보관실", "문서고", "자료실")),
    Choice("print", N_("Print room"), aliases=("출력실", "인쇄실")),
    Choice("office", N_("Office where personal data is handled"), aliases=("업무구역",)),
    Choice("other", N_("Other")),
)
REVIEWS = (
    Choice("6", N_("Twice a year"), aliases=("6개월", "반기", "반기 1회", "6개월마다")),
    Choice("12", N_("Once a year"), aliases=("12개월", "1년", "매년", "연간", "12개월마다")),
)
EVERYWHERE = "zone_keep_years"
"""The office’s setting: how many years the visits of a new zone are kept."""
YEARS = (Choice("1", N_("1 year")), Choice("2", N_("2 years")), Choice("3", N_("3 years")))

FIELDS = (
    Field(
        "name",
        N_("Protected zone"),
        required=True,
        width=190,
        aliases=("zone", "구역", "구역명", "보호구역", "보호구역명"),
        help=N_("The room as the office calls it."),
        clause="S8.2⑥",
    ),
    Field(
        "name_en",
        N_("Name in English"),
        in_table=False,
        aliases=("english name", "영문명", "영문 구역명"),
        help=N_("On English papers and screens; empty for the name as it is."),
    ),
    Field(
        "code",
        N_("Code"),
        width=80,
        aliases=("number", "구역 코드", "구역코드", "관리번호"),
        help=N_("As it stands on the door or in the plan."),
    ),
    Field(
        "kind",
        N_("Kind of zone"),
        Kind.CHOICE,
        required=True,
        choices=KINDS,
        default="server",
        width=130,
        aliases=("type", "종류", "구역 구분", "구분"),
    ),
    Field(
        "location",
        N_("Where it is"),
        width=150,
        aliases=("where", "위치", "장소"),
        help=N_("Building, floor, room."),
    ),
    Field(
        "manager",
        N_("In charge"),
        Kind.LINK,
        links_to="staff",
        width=110,
        aliases=("owner", "관리책임자", "책임자", "담당자"),
    ),
    fact("listed", N_("On the list"), Kind.INTEGER, table=True, width=80),
    fact("inside", N_("Inside now"), Kind.INTEGER, table=True, width=80),
    fact("reviewed_on", N_("List last reviewed on"), Kind.DATE, table=True, width=110),
    fact("review_by", N_("Next review by"), Kind.DATE, table=True, width=105),
    Field(
        "places",
        N_("Systems and archives in it"),
        Kind.LINKS,
        links_to="places",
        in_table=False,
        aliases=("systems", "설치 시스템", "보관 시스템"),
        help=N_("Who has access rights there is shown beside the list; nothing is entered twice."),
    ),
    Field(
        "since",
        N_("In force since"),
        Kind.DATE,
        in_table=False,
        aliases=("지정일", "지정일자"),
        help=N_("Empty for today."),
    ),
    Field(
        "review_months",
        N_("The list is reviewed"),
        Kind.CHOICE,
        choices=REVIEWS,
        default="6",
        required=True,
        in_table=False,
        aliases=("검토 주기",),
    ),
    Field(
        "keep_years",
        N_("Visits are kept for"),
        Kind.CHOICE,
        choices=YEARS,
        default="1",
        required=True,
        in_table=False,
        aliases=("출입기록 보유기간", "대장 보유기간"),
        help=N_("The visit book is itself personal data and goes after that."),
        clause="S2.1",
    ),
    fact("closed_on", N_("Closed on"), Kind.DATE),
    note(1),
)
ACTIONS = (
    Action(
        "review",
        N_("Enter a review of the list"),
        "review",
        asks=(
            Field(
                "ended",
                N_("No longer needed"),
                Kind.LINKS,
                links_to="zone-permits",
                help=N_("Whose permit ends by it; everybody else stays on the list."),
            ),
            Field("by", N_("Who reviewed it"), help=N_("Empty for you.")),
            ON,
            Field(
                "note",
                N_("Result of the review"),
                Kind.NOTE,
                help=N_("Which list was looked at, with whom, and what came of it."),
            ),
        ),
        states=(OPEN,),
        help=N_("Print the list, have it looked at, and enter who stays and who goes."),
    ),
    Action(
        "log",
        N_("Print the visit log"),
        "log",
        asks=(
            Field("first", N_("From"), Kind.DATE, help=N_("Empty for the first of this month.")),
            Field("last", N_("Until"), Kind.DATE, help=N_("Empty for today.")),
        ),
        states=(OPEN, CLOSED),
        help=N_("Draws up the log of these days, with names and a column for signatures (D19)."),
    ),
    Action(
        "scan",
        N_("File a signed paper log"),
        "scan",
        asks=(
            Field("file", N_("File"), required=True, picks="open"),
            Field("first", N_("From"), Kind.DATE, required=True),
            Field("last", N_("Until"), Kind.DATE, help=N_("Empty for one day.")),
        ),
        states=(OPEN, CLOSED),
        help=N_("The scan is sealed, and destroyed with the visits of these days."),
    ),
    Action(
        "destroy",
        N_("Destroy expired visits"),
        "destroy",
        states=(OPEN, CLOSED, "void"),
        bulk=True,
        danger=True,
        help=N_("Names, telephones and signatures go for good; a confirmation is printed."),
    ),
    Action(
        "keep",
        N_("Set for every zone how long visits are kept"),
        "keep",
        asks=(
            Field("years", N_("Visits are kept for"), Kind.CHOICE, choices=YEARS, required=True),
        ),
        states=(OPEN,),
        leads=None,
        help=N_("For all zones in force, and for each new one; visits already entered follow."),
    ),
    Action(
        "close",
        N_("Close the zone"),
        "close",
        asks=(ON,),
        states=(OPEN,),
        help=N_("No longer a protected zone; every permit ends with it."),
    ),
    Action("reopen", N_("Put in force again"), "reopen", states=(CLOSED,)),
)

REGISTER = Register(
    name="zones",
    title=N_("Protected zones"),
    singular=N_("Protected zone"),
    prefix="ZN",
    group="safety",
    why=N_("Computer room and archive are entered only by those on a list, or beside one of them."),
    clause="S8.2⑥",
    fields=FIELDS,
    model="privdesk.registers.zones.model:Zone",
    service="privdesk.registers.zones.service:Zones",
    rules="privdesk.registers.zones.findings:judge",
    figures="privdesk.registers.zones.findings:figures",
    states=(
        State(OPEN, N_("In force"), "kept"),
        State(CLOSED, N_("Closed"), "plain", ended=True),
        VOID,
    ),
    actions=ACTIONS,
    documents=(
        Document("zone-list", N_("List of who may enter"), "privdesk.flows.zonepapers:listed"),
        Document("d19-blank", N_("Blank visit log"), "privdesk.flows.zonepapers:blank"),
        Document(
            "cleared",
            N_("Confirmation of destroyed visits"),
            "privdesk.flows.zonepapers:ended",
        ),
    ),
    children=(
        Child("zone-permits", N_("Who may enter"), "zone"),
        Child("visits", N_("Visits"), "zone"),
        Child("zone-reviews", N_("Reviews of the list"), "zone"),
        Child("zone-logs", N_("Visit logs drawn up"), "zone"),
    ),
    views=(ReadyView(N_("In force"), (("state", (OPEN,)),)),),
    void_states=(OPEN, CLOSED),
    title_field="name",
    sort="name",
)
