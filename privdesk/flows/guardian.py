"""A guardian refuses or never confirms: what was collected of guardian and child goes (rule 3)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, words
from privdesk.core.register import Outcome, Row
from privdesk.flows import consentends, destruction
from privdesk.flows.consentfacts import asked_of
from privdesk.registers.desk import Desk

REASON = N_("No guardian’s consent: {consents}")
REQUESTED = N_("Destruction {ref} was requested; another officer approves it.")
FORGOTTEN = N_("Nothing else was held; who the guardian is was destroyed.")


class GuardianAgreedError(DomainError):
    """{ref} neither waits for a guardian nor was refused by one. Nothing was requested; choose
    such a consent.
    """


def destroyable(desk: Desk, refs: Sequence[str]) -> list[str]:
    """Return what a destruction takes: the holdings of these consents, or whole people.

    A child of whom nothing else is held or agreed to goes as a person.
    """
    found: list[str] = []
    for row in _silent(desk, refs):
        subject, purpose, box = asked_of(row)
        main = desk.service("purposes").main_box(purpose).value == box
        sql = (
            "SELECT id, purpose FROM holdings WHERE subject = ?"
            " AND state IN ('active', 'held', 'law')"
        )
        held = desk.vault.raw.execute(sql, (subject,)).fetchall()
        mine = [desk.ref("holdings", number) for number, of in held if main and of == purpose]
        if mine:
            found += mine
        elif not held and not _agreed(desk, subject):
            found.append(desk.ref("subjects", subject))
    return list(dict.fromkeys(found))


def destroy(desk: Desk, refs: Sequence[str], reason: str = "") -> Outcome:
    """Ask for the destruction; where nothing else is held, forget the guardian at once."""
    desk.require("officer")
    with desk.change() as change:
        rows = _silent(desk, refs)
        taken = destroyable(desk, refs)
        if taken:
            say = words(str(desk.setting("language", "ko")))
            why = say(REASON).format(consents=", ".join(row.ref for row in rows))
            asked = destruction.request(desk, refs=taken, reason=reason or why)
            return Outcome(_(REQUESTED).format(ref=asked), (asked,))
        t = desk.service("consents").table
        for row in rows:
            change.sql.execute(t.update().where(t.c.id == row.id).values(settled_on=desk.today()))
        silent = [(row.id, asked_of(row), row.state == "waiting") for row in rows]
        consentends.forget_guardians(change, silent)
    return Outcome(_(FORGOTTEN), tuple(refs))


def _silent(desk: Desk, refs: Sequence[str]) -> list[Row]:
    service = desk.service("consents")
    rows: list[Row] = service.rows([service.number(ref) for ref in refs])
    for row in rows:
        refused = row.state == "refused" and row.values["guardian"]
        if row.state != "waiting" and not refused:
            raise GuardianAgreedError(ref=row.ref)
    return rows


def _agreed(desk: Desk, subject: int) -> bool:
    sql = "SELECT 1 FROM consents WHERE subject = ? AND state = 'given' LIMIT 1"
    return desk.vault.raw.execute(sql, (subject,)).fetchone() is not None
