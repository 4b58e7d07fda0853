"""The declaration of the holdings."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Register, State
from privdesk.registers.pieces import old_fault

EVENTS = (
    Choice("contract_end", N_("End of the contract, or withdrawal from it")),
    Choice("last_payment", N_("Last payment or delivery")),
    Choice("dispute_settled", N_("Complaint or dispute settled")),
    Choice("other", N_("Another event that the law names")),
)
"""With what the period of another law begins."""

REASON = Field(
    "reason", N_("Reason"), kind=Kind.NOTE, audience=Audience.OFFICE, slot=1, required=True
)

FIELDS = (
    Field(
        "subject",
        N_("Data subject"),
        kind=Kind.LINK,
        links_to="subjects",
        required=True,
        fixed=True,
        width=140,
        aliases=("정보주체", "person"),
    ),
    Field(
        "file",
        N_("Personal information file"),
        kind=Kind.LINK,
        links_to="files",
        required=True,
        fixed=True,
        width=200,
        aliases=("개인정보파일", "파일"),
    ),
    Field(
        "purpose",
        N_("Purpose"),
        kind=Kind.LINK,
        links_to="purposes",
        required=True,
        fixed=True,
        width=180,
        aliases=("처리 목적", "목적", "수집목적", "이용목적"),
        clause="S1.1",
    ),
    Field(
        "collected_on",
        N_("Collected on"),
        kind=Kind.DATE,
        required=True,
        check=old_fault,
        aliases=("수집일", "수집일자", "가입일", "등록일", "collected", "date", "joined"),
    ),
    Field(
        "ended_on",
        N_("Purpose ended on"),
        kind=Kind.DATE,
        in_table=False,
        aliases=("종료일", "탈퇴일", "목적달성일", "ended"),
        clause="S2.1",
    ),
    Field(
        "law_from",
        N_("Period of the law runs from"),
        kind=Kind.DATE,
        in_table=False,
        help=N_(
            "Where another law keeps it: the day of what starts its period. Without it the period"
            " runs from the end of the purpose."
        ),
        aliases=("법정 보존 기산일", "보존 기산일", "계약종료일", "law from"),
        clause="S2.1",
    ),
    Field(
        "law_event",
        N_("What starts the period"),
        kind=Kind.CHOICE,
        choices=EVENTS,
        in_table=False,
        aliases=("기산 사유", "law event"),
        clause="S2.1",
    ),
    Field("due_on", N_("Destroy from"), kind=Kind.DATE, computed=True, width=120, clause="S2.1"),
    Field("hold", N_("Legal hold"), kind=Kind.FLAG, computed=True, in_table=False),
    Field(
        "hold_reason",
        N_("Reason for the hold"),
        kind=Kind.NOTE,
        audience=Audience.OFFICE,
        slot=1,
        computed=True,
        in_table=False,
    ),
    Field("kept_until", N_("Kept by law until"), kind=Kind.DATE, computed=True, in_table=False),
    Field("kept_law", N_("Kept under"), computed=True, in_table=False),
    Field(
        "frozen",
        N_("Frozen"),
        computed=True,
        in_form=False,
        in_table=False,
        help=N_("Items that the person disputes: not used or given until the result."),
        clause="S6.5",
    ),
    Field("certificate", N_("Certificate"), computed=True, in_table=False),
)

REGISTER = Register(
    name="holdings",
    title=N_("Holdings"),
    singular=N_("Holding"),
    prefix="H",
    group="life-cycle",
    why=N_("Each line is one person in one file for one purpose; it says until when it may stay."),
    clause="S2.1",
    fields=FIELDS,
    model="privdesk.registers.holdings.model:Holding",
    service="privdesk.registers.holdings.service:Holdings",
    states=(
        State("active", N_("Kept"), "kept"),
        State("due", N_("Due"), "overdue"),
        State("held", N_("Legal hold"), "held"),
        State("law", N_("Kept by law"), "held"),
        State("destroyed", N_("Destroyed"), "destroyed"),
        State("void", N_("Void"), "plain"),
    ),
    actions=(
        Action(
            "hold",
            N_("Set legal hold"),
            "set_hold",
            leads=None,
            asks=(REASON,),
            states=("active", "due", "law"),
            bulk=True,
            help=N_("Nothing of it is destroyed until the hold is released."),
        ),
        Action(
            "release",
            N_("Release legal hold"),
            "release_hold",
            asks=(REASON,),
            states=("held",),
            bulk=True,
        ),
        Action(
            "keep",
            N_("Keep under another law"),
            "keep",
            leads=None,
            asks=(
                Field("law", N_("Law and article"), required=True),
                Field("until", N_("Kept until"), kind=Kind.DATE, required=True),
            ),
            states=("active", "due", "law"),
            bulk=True,
            help=N_("The data is kept apart and marked (PIPA 21(3))."),
        ),
        Action(
            "end",
            N_("Purpose ended"),
            "end",
            asks=(Field("on", N_("Ended on"), kind=Kind.DATE, required=True),),
            states=("active", "due"),
            bulk=True,
        ),
    ),
    rules="privdesk.registers.holdings.findings:judge",
    figures="privdesk.registers.holdings.figures:figures",
    sort="due_on",
)
