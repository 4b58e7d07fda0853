"""The declaration of the journal's page; entries are made by the services, never by hand."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import ReadyView, Register
from privdesk.journal.actions import ACTIONS
from privdesk.journal.kinds import ACCESS, LABELS, What


def _fact(
    name: str,
    label: str,
    kind: Kind = Kind.TEXT,
    width: int = 120,
    audience: Audience = Audience.OPEN,
) -> Field:
    return Field(name, label, kind, audience, computed=True, in_form=False, width=width)


REGISTER = Register(
    name="journal",
    title=N_("Journal"),
    singular=N_("Journal entry"),
    prefix="E",
    group="journal",
    why=N_("Who did or saw what, when and why; each entry is bound to all before it."),
    clause="S8.1",
    fields=(
        replace(_fact("number", N_("Entry number"), Kind.INTEGER, 130), in_table=False),
        _fact("at", N_("Time"), Kind.MOMENT, 150),
        _fact("person", N_("Person"), width=110),
        replace(
            _fact("kind", N_("Kind"), Kind.CHOICE, 120),
            choices=tuple(Choice(one.value, label) for one, label in LABELS.items()),
            in_table=False,
        ),
        replace(
            _fact("action", N_("Action"), Kind.CHOICE, 190),
            choices=tuple(Choice(key, label) for key, label in ACTIONS.items()),
        ),
        _fact("register", N_("Register"), width=120),
        _fact("about", N_("Record"), width=110),
        _fact("reason", N_("Reason or case"), width=240, audience=Audience.OFFICE),
        _fact("told", N_("What of it"), width=220, audience=Audience.OFFICE),
        _fact("count", N_("Rows"), Kind.INTEGER, 70),
        _fact("fields", N_("Fields"), width=200),
        replace(_fact("workstation", N_("Workstation")), in_table=False),
    ),
    service="privdesk.registers.journal.service:JournalRecords",
    views=(
        ReadyView(
            N_("Without openings of the vault"),
            (("kind", tuple(one.value for one in What if one is not What.OPENED)),),
        ),
        ReadyView(N_("Changes"), (("kind", (What.CHANGE.value,)),)),
        ReadyView(N_("Access log"), (("kind", tuple(one.value for one in ACCESS)),)),
        ReadyView(N_("Looks at people"), (("kind", (What.LOOK.value,)),)),
        ReadyView(N_("What went out"), (("kind", (What.EXPORT.value, What.PRINT.value)),)),
        ReadyView(N_("Attempts refused"), (("kind", (What.REFUSED.value,)),)),
    ),
    creatable=False,
    importable=False,
    title_field="action",
    sort="at",
    descending=True,
)
