"""What is recorded of a freeze (S6.5)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Register, State
from privdesk.registers.freezes import rules
from privdesk.registers.freezes.rules import RESULT_LABELS
from privdesk.registers.pieces import choices_of, person_link, request_link
from privdesk.registers.states import VOID

SLOT_REASON, SLOT_NOTE = 1, 2
SLOT_BEFORE = 3  # the disputed values as they were, by item; for the notices to recipients
RESULTS = choices_of(RESULT_LABELS)
RELEASES = tuple(one for one in RESULTS if rules.Result(one.key) in rules.RELEASES)

FIELDS = (
    person_link(140),
    Field(
        "items",
        N_("Disputed items"),
        Kind.LINKS,
        links_to="items",
        fixed=True,
        width=180,
        aliases=("항목", "다투는 항목"),
        help=N_("Empty for everything that is kept of the person."),
        clause="S6.5",
    ),
    request_link(),
    Field(
        "reason",
        N_("What is disputed"),
        Kind.NOTE,
        Audience.PERSONAL,
        slot=SLOT_REASON,
        required=True,
        in_table=False,
        aliases=("사유", "다투는 내용"),
    ),
    Field(
        "keep",
        N_("Deletion is disputed"),
        Kind.FLAG,
        default=False,
        width=110,
        aliases=("삭제 이의",),
        help=N_("Only then does the freeze keep from destruction as well."),
    ),
    Field("since", N_("Frozen since"), Kind.DATE, computed=True, width=105),
    Field(
        "result_by",
        N_("Result by"),
        Kind.DATE,
        fixed=True,
        width=120,
        aliases=("처리기한",),
        help=N_("Empty for the day of the request, or ten days from now."),
        clause="Decree 43(3)",
    ),
    Field("result", N_("Result"), Kind.CHOICE, choices=RESULTS, computed=True, width=130),
    Field("released_on", N_("Released on"), Kind.DATE, computed=True, width=105),
    Field(
        "outcome",
        N_("What came of it"),
        Kind.NOTE,
        Audience.PERSONAL,
        slot=SLOT_NOTE,
        computed=True,
        in_table=False,
        in_form=False,
    ),
)

REGISTER = Register(
    name="freezes",
    title=N_("Freezes"),
    singular=N_("Freeze"),
    prefix="Z",
    void_states=(),  # it ends by its release, with a result
    group="people",
    begin=N_("Freeze disputed data"),
    why=N_("What a person disputes is neither used nor given to anybody until it is decided."),
    clause="S6.5",
    fields=FIELDS,
    model="privdesk.registers.freezes.model:Freeze",
    service="privdesk.registers.freezes.service:Freezes",
    rules="privdesk.registers.freezes.findings:judge",
    figures="privdesk.registers.freezes.figures:figures",
    states=(
        State("frozen", N_("Frozen"), "held"),
        State("released", N_("Released"), "kept"),
        VOID,
    ),
    actions=(
        Action(
            "keep-frozen",
            N_("Granted, stays frozen"),
            "keep_frozen",
            states=("frozen",),
            where=(("result", ("",)),),
            help=N_("The person asked for just that; nothing more is due, and nothing is used."),
        ),
        Action(
            "release",
            N_("Release with the result"),
            "release",
            asks=(
                Field("result", N_("Result"), Kind.CHOICE, choices=RELEASES, required=True),
                Field("outcome", N_("What came of it"), Kind.NOTE),
            ),
            states=("frozen",),
            help=N_(
                "After a correction or a deletion a notice to each recipient and processor is"
                " drawn up."
            ),
        ),
    ),
    importable=False,
    sort="id",
    descending=True,
)
