"""What is recorded of a handover (S8.2④; D17)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, Register, State
from privdesk.registers.notes import note
from privdesk.registers.pieces import ON, fact, told
from privdesk.registers.states import VOID

SLOT_CASES = 5


def _person(name: str, label: str, *aliases: str, required: bool = True) -> Field:
    return Field(
        name, label, Kind.LINK, links_to="staff", required=required, width=120, aliases=aliases
    )


def _list(
    name: str, label: str, slot: int, help_: str, *aliases: str, required: bool = False
) -> Field:
    return Field(
        name,
        label,
        Kind.NOTE,
        Audience.OFFICE,
        slot=slot,
        required=required,
        in_table=False,
        aliases=aliases,
        help=help_,
    )


FIELDS = (
    _person("giver", N_("Hands over"), "인계자", "전임자"),
    _person("taker", N_("Takes over"), "인수자", "후임자"),
    _person("witness", N_("Witness"), "입회자", "입회인", required=False),
    Field(
        "basis_on",
        N_("Basis date"),
        Kind.DATE,
        width=105,
        aliases=("기준일", "인계일", "인수일", "인계인수일", "인수인계일"),
        help=N_("Empty for today."),
    ),
    _list(
        "duties",
        N_("Duties handed over"),
        1,
        N_("A line for each duty."),
        *("인계업무", "인계 업무", "인수인계 업무", "담당업무", "업무"),
        required=True,
    ),
    Field("files", N_("Files"), Kind.LINKS, links_to="files", in_table=False),
    _list(
        "records",
        N_("Ledgers and papers"),
        2,
        N_("What lies outside this vault."),
        "인계 서류",
        "인계 문서",
    ),
    _list(
        "accounts",
        N_("Accounts, keys and media"),
        3,
        N_("Never a passphrase."),
        "계정",
        "계정 및 매체",
    ),
    _list(
        "pending",
        N_("Other work under way"),
        4,
        N_("Open requests are added by themselves."),
        *("미결사항", "미결 업무", "진행 중 업무"),
    ),
    fact("cases", N_("Open cases handed over"), Kind.INTEGER, table=True, width=110),
    told("case_list", N_("Open cases"), SLOT_CASES, Kind.NOTE),
    fact("done_on", N_("Handed over on"), Kind.DATE, table=True, width=105),
    note(6),
)

REGISTER = Register(
    name="handovers",
    title=N_("Handovers"),
    singular=N_("Handover"),
    prefix="GH",
    group="staff",
    why=N_("Work with personal data changes hands before a witness, with its open cases."),
    clause="S8.2④",
    fields=FIELDS,
    model="privdesk.registers.handovers.model:WorkHandover",
    service="privdesk.registers.handovers.service:Handovers",
    rules="privdesk.registers.handovers.findings:judge",
    figures="privdesk.registers.handovers.figures:figures",
    states=(
        State("draft", N_("to be handed over"), "soon"),
        State("done", N_("handed over"), "kept", ended=True),
        VOID,
    ),
    actions=(
        Action(
            "complete",
            N_("Enter as handed over"),
            "privdesk.flows.handovers:complete",
            asks=(ON,),
            states=("draft",),
            help=N_("The three have signed; open requests and tasks go to the one who takes over."),
        ),
    ),
    documents=(Document("d17", N_("Handover of work"), "privdesk.flows.handovers:paper"),),
    help="departures",
    void_states=("draft",),
    sort="id",
    descending=True,
)
