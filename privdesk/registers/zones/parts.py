"""What belongs to a zone: who may enter it, the reviews of that list, the logs drawn up."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, ReadyView, Register, State
from privdesk.registers.notes import note
from privdesk.registers.pieces import ON, REASON, choices_of, fact, told
from privdesk.registers.states import VOID
from privdesk.registers.zones.rules import ASKED, ENDED, GRANTED, WHY_LABELS

SLOT_PERSON, SLOT_REASON, SLOT_APPROVER, SLOT_NOTE = 1, 2, 3, 4
SLOT_BY, SLOT_RESULT = 1, 2
SIGNED, LOG_DESTROYED = "signed", "destroyed"  # states of a log beside the one drawn up
WHYS = choices_of(WHY_LABELS)


def _zone() -> Field:
    return Field(
        "zone",
        N_("Protected zone"),
        Kind.LINK,
        links_to="zones",
        required=True,
        fixed=True,
        width=150,
        aliases=("구역", "구역명", "보호구역"),
        clause="S8.2⑥",
    )


PERMIT_FIELDS = (
    _zone(),
    Field("who", N_("Who"), computed=True, in_form=False, width=140),
    Field(
        "staff",
        N_("Member of staff"),
        Kind.LINK,
        links_to="staff",
        fixed=True,
        in_table=False,
        aliases=("name", "성명", "이름", "직원"),
    ),
    Field(
        "person",
        N_("Outside person"),
        audience=Audience.OFFICE,
        slot=SLOT_PERSON,
        in_table=False,
        aliases=("outsider", "외부인", "외부인력", "출입자"),
        help=N_("Role and name of somebody who is none of the staff, such as “cleaner”."),
    ),
    Field(
        "organisation",
        N_("Company"),
        width=130,
        aliases=("company", "소속", "소속 업체", "업체"),
        help=N_("Of an outside person."),
    ),
    Field(
        "since",
        N_("Since"),
        Kind.DATE,
        fixed=True,
        ends="until",
        width=105,
        aliases=("from", "부여일", "시작일", "출입 시작일", "출입기간", "유효기간", "인가기간"),
        help=N_("Only for a permit that is in force already; empty asks for one."),
    ),
    Field(
        "until",
        N_("Until"),
        Kind.DATE,
        fixed=True,
        width=105,
        aliases=("to", "종료일", "만료일", "출입 종료일"),
        help=N_("Empty for as long as it is needed."),
    ),
    Field(
        "reason",
        N_("Work it is for"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_REASON,
        required=True,
        in_table=False,
        aliases=("purpose", "사유", "출입 사유", "업무"),
    ),
    Field(
        "approver",
        N_("Approved by"),
        audience=Audience.OFFICE,
        slot=SLOT_APPROVER,
        in_table=False,
        aliases=("승인자", "결재자"),
    ),
    fact("ended_for", N_("Why it ended"), Kind.CHOICE, choices=WHYS, table=True, width=110),
    fact("reviewed_on", N_("Last reviewed on"), Kind.DATE, table=True, width=105),
    fact("keep_until", N_("History kept until"), Kind.DATE),
    note(SLOT_NOTE),
)
PERMITS = Register(
    name="zone-permits",
    title=N_("Zone permits"),
    singular=N_("Zone permit"),
    prefix="ZP",
    group="safety",
    why=N_("Who may enter a protected zone, why, who approved it, and when it ended."),
    clause="S8.2⑥",
    fields=PERMIT_FIELDS,
    model="privdesk.registers.zones.model:ZonePermit",
    service="privdesk.registers.zones.permits:Permits",
    states=(
        State(ASKED, N_("asked for"), "waiting"),
        State(GRANTED, N_("on the list"), "kept"),
        State(ENDED, N_("ended"), "plain", ended=True),
        State("destroyed", N_("Destroyed"), "destroyed", ended=True),
        VOID,
    ),
    actions=(
        Action(
            "grant",
            N_("Put on the list"),
            "grant",
            asks=(
                Field("approver", N_("Approved by"), required=True),
                ON,
                Field("until", N_("Until"), Kind.DATE),
            ),
            states=(ASKED,),
            bulk=True,
            help=N_("Somebody else has approved it."),
        ),
        Action(
            "end",
            N_("Take off the list"),
            "end",
            asks=(
                Field("why", N_("Why it ended"), Kind.CHOICE, choices=WHYS, default="needless"),
                ON,
            ),
            states=(GRANTED,),
            bulk=True,
            help=N_("Enter it once key and card are back."),
        ),
        Action(
            "expunge",
            N_("Destroy the history"),
            "expunge",
            states=(ENDED,),
            bulk=True,
            danger=True,
            help=N_("Names and reason go; zone and days stay."),
        ),
    ),
    views=(
        ReadyView(N_("In force"), (("state", (GRANTED,)),)),
        ReadyView(N_("Waiting for approval"), (("state", (ASKED,)),)),
    ),
    void_states=(ASKED,),
    begin=N_("Ask for a permit"),
    aside=True,
    help="zones",
    title_field="who",
    sort="since",
    descending=True,
)

REVIEWS = Register(
    name="zone-reviews",
    title=N_("Reviews of zone lists"),
    singular=N_("Review of a zone list"),
    prefix="ZR",
    group="safety",
    why=N_("Each review of who may enter stays as it was; the next one never overwrites it."),
    clause="S8.2⑥",
    fields=(
        _zone(),
        fact("on", N_("Reviewed on"), Kind.DATE, table=True, width=105),
        fact("listed", N_("On the list"), Kind.INTEGER, table=True, width=80),
        fact("kept", N_("Stay"), Kind.INTEGER, table=True, width=70),
        fact("ended", N_("Ended"), Kind.INTEGER, table=True, width=70),
        told("by", N_("Who reviewed it"), SLOT_BY),
        told("result", N_("Result of the review"), SLOT_RESULT, Kind.NOTE),
    ),
    model="privdesk.registers.zones.model:ZoneReview",
    states=(State("done", N_("Done"), "kept"),),
    creatable=False,
    importable=False,
    aside=True,
    help="zones",
    title_field="on",
    sort="on",
    descending=True,
)

LOGS = Register(
    name="zone-logs",
    title=N_("Visit logs"),
    singular=N_("Visit log"),
    prefix="ZL",
    group="safety",
    why=N_("The log of a zone for some days, with names and room for signatures (D19)."),
    clause="S8.2⑥",
    fields=(
        _zone(),
        replace(fact("first", N_("From"), Kind.DATE, table=True, width=105), ends="last"),
        fact("last", N_("Until"), Kind.DATE, table=True, width=105),
        fact("entries", N_("Visits"), Kind.INTEGER, table=True, width=70),
        fact("drawn_on", N_("Drawn up on"), Kind.DATE, table=True, width=105),
        fact("keep_until", N_("Kept until"), Kind.DATE),
        fact("scan", N_("Signed paper log")),
    ),
    model="privdesk.registers.zones.model:ZoneLog",
    service="privdesk.registers.zones.logs:ZoneLogs",
    states=(
        State("done", N_("Drawn up"), "kept"),
        State(SIGNED, N_("Signed, on file"), "kept"),
        State(LOG_DESTROYED, N_("Destroyed"), "destroyed"),
    ),
    actions=(Action("show", N_("Show"), "show", asks=(REASON,), states=(SIGNED,)),),
    documents=(Document("d19", N_("Visit log"), "privdesk.flows.zonepapers:log", personal=True),),
    creatable=False,
    importable=False,
    aside=True,
    help="zones",
    title_field="first",
    sort="id",
    descending=True,
)
