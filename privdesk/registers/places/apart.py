"""Whether users' data lies apart from general and production data (S8.2⑤), and who looked.

Not to be confused with the store of its own for what another law keeps (PIPA 21(3)).
"""

from __future__ import annotations

from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Register, State
from privdesk.registers.pieces import ON, fact, told

SERVER, DATABASE, MIXED = "server", "database", "mixed"
APART = (
    Choice(SERVER, N_("Server of its own"), aliases=("별도 서버", "전용 서버")),
    Choice(DATABASE, N_("Database of its own"), aliases=("별도 DB", "별도 데이터베이스")),
    Choice(MIXED, N_("Mixed with other data"), aliases=("혼재", "공용")),
)
SLOT_BY, SLOT_NOTE = 1, 2
_RESULT = Field(
    "result", N_("What was found"), Kind.CHOICE, required=True, choices=APART, default=SERVER
)
INSPECT = Action(
    "inspect",
    N_("Inspect the separation"),
    "inspect",
    asks=(
        _RESULT,
        Field("by", N_("Inspector"), help=N_("Empty for you.")),
        ON,
        Field("note", N_("How it was checked"), Kind.NOTE),
    ),
    states=("active",),
    help=N_("Whether users’ data still lies apart from general and production data."),
)

INSPECTIONS = Register(
    name="place-inspections",
    title=N_("Inspections of the separation"),
    singular=N_("Inspection of the separation"),
    prefix="LI",
    group="safety",
    why=N_("Each look at whether users’ data lies apart stays as it was."),
    clause="S8.2⑤",
    fields=(
        Field(
            "place",
            N_("Place"),
            Kind.LINK,
            links_to="places",
            required=True,
            fixed=True,
            width=170,
        ),
        fact("on", N_("Inspected on"), Kind.DATE, table=True, width=105),
        fact("result", N_("What was found"), Kind.CHOICE, table=True, width=160, choices=APART),
        told("by", N_("Inspector"), SLOT_BY),
        told("note", N_("How it was checked"), SLOT_NOTE, Kind.NOTE),
    ),
    model="privdesk.registers.places.model:PlaceInspection",
    states=(State("passed", N_("apart"), "kept"), State("failed", N_("mixed"), "overdue")),
    creatable=False,
    importable=False,
    aside=True,
    title_field="on",
    sort="on",
    descending=True,
    void_states=(),
)
