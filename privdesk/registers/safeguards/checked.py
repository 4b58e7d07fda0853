"""The checks of safeguards: what was seen on a day, kept as it was found."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import ReadyView, Register, State
from privdesk.registers.pieces import choices_of, fact, told
from privdesk.registers.safeguards.rules import RESULT_LABELS

SLOT_SEEN, SLOT_BY = 1, 2
RESULTS = choices_of(RESULT_LABELS)
TONES = {"good": "kept", "weak": "soon", "failed": "overdue"}

REGISTER = Register(
    name="safeguard-checks",
    title=N_("Checks of safeguards"),
    singular=N_("Check of a safeguard"),
    prefix="SK",
    group="safety",
    why=N_("Each check stays as it was found; a later one never replaces it."),
    clause="S8.1",
    fields=(
        Field("safeguard", N_("Safeguard"), Kind.LINK, links_to="safeguards", computed=True,
              in_form=False, width=220),
        fact("on", N_("Checked on"), Kind.DATE, table=True, width=105),
        fact("result", N_("Outcome"), Kind.CHOICE, choices=RESULTS, table=True, width=110),
        Field("seen", N_("What was seen"), Kind.NOTE, Audience.OFFICE, slot=SLOT_SEEN,
              computed=True, in_form=False, width=300),
        told("by", N_("Inspector"), SLOT_BY),
        fact("fix_by", N_("Put right by"), Kind.DATE, table=True, width=105),
        fact("late", N_("Late"), Kind.FLAG, table=True, width=70),
    ),
    model="privdesk.registers.safeguards.model:SafeguardCheck",
    service="privdesk.registers.safeguards.checks:Checks",
    states=tuple(
        State(one.value, label, TONES[one.value]) for one, label in RESULT_LABELS.items()
    ),
    views=(ReadyView(N_("Not in order"), (("state", ("weak", "failed")),)),),
    creatable=False,
    importable=False,
    aside=True,
    help="safeguards",
    title_field="on",
    sort="on",
    descending=True,
    void_states=(),
)  # fmt: skip
