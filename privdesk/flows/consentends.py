"""What a destruction means for the consents: settled, guardians forgotten, evidence and receipts.

Everything here runs in the destroying transaction, over its temporary tables ``going``
(holdings) and ``gone`` (people of whom nothing is left).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import insert

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.periods import add, years
from privdesk.core.rulebook import rule_number
from privdesk.registers.consents import answers
from privdesk.registers.consents.answers import Asked
from privdesk.registers.consents.fields import SLOT_GUARDIAN, SLOT_GUARDIAN_PHONE
from privdesk.registers.desk import Change, Desk
from privdesk.registers.expiring import destroy_sealed
from privdesk.vault.payloads import OFFICE, PEOPLE

PAPER = "withdrawal"
"""The code of the papers that speak of a single consent."""
OF_THE_GONE = "SELECT id FROM consents WHERE subject IN (SELECT id FROM temp.gone)"
_ONLY_ASKED = (
    f"{OF_THE_GONE} AND state NOT IN ('void', 'proof', 'destroyed')"
    " AND NOT EXISTS (SELECT 1 FROM consents o WHERE o.subject = consents.subject"
    " AND o.purpose = consents.purpose AND o.box = consents.box AND o.state <> 'void'"
    " AND (o.kind NOT IN ('asked', 'lapsed') AND NOT (o.kind = 'refused' AND o.guardian = 1)))"
)
_EMPTIED = (
    "UPDATE consents SET state = 'destroyed', time = NULL, channel = NULL, wording = NULL,"
    " guardian = NULL, guardian_check = NULL, evidence = NULL WHERE id = ?"
)
_TAKEN = (
    "(subject IN (SELECT id FROM temp.gone) OR EXISTS (SELECT 1 FROM temp.going g"
    " JOIN holdings h ON h.id = g.holding WHERE h.subject = consents.subject"
    " AND h.purpose = consents.purpose))"
)


def settle(change: Change) -> None:
    """Note on ended consents that their data is destroyed; forget who a silent guardian was."""
    raw = change.desk.vault.raw
    silent = raw.execute(
        "SELECT id, subject, purpose, box, state FROM consents WHERE (state = 'waiting' OR"
        f" state = 'refused' AND guardian = 1) AND settled_on IS NULL AND {_TAKEN}"
    ).fetchall()
    raw.execute(
        "UPDATE consents SET settled_on = ? WHERE state IN"
        f" ('withdrawn', 'lapsed', 'refused', 'waiting') AND {_TAKEN}",
        (change.desk.today().isoformat(),),
    )
    forget_guardians(change, [(r[0], Asked(*r[1:4]), r[4] == "waiting") for r in silent])


def forget_guardians(change: Change, silent: list[tuple[int, Asked, bool]]) -> None:
    """Drop who the guardians are; a question nobody answered lapses.

    ``silent`` are the number of an answer, what it answers, and whether it waits.
    """
    desk = change.desk
    t = desk.service("consents").table
    lapsed: list[dict[str, Any]] = []
    for number, asked, waits in silent:
        rows = desk.vault.raw.execute(
            "SELECT id FROM consents WHERE subject = ? AND purpose = ? AND box = ?"
            " AND guardian = 1",
            asked,
        ).fetchall()
        for (one,) in rows:
            desk.vault.payloads.drop(PEOPLE, one, (SLOT_GUARDIAN, SLOT_GUARDIAN_PHONE))
        change.note("record.changed", "consents", number, fields=("guardian_name",))
        if waits:
            today = {"at": desk.today(), "settled_on": desk.today(), "guardian": True}
            of = {**asked._asdict(), "kind": "lapsed", "state": "lapsed"}
            lapsed.append({"id": desk.vault.new_ids()[0], **of, **today})
    if lapsed:
        change.sql.execute(insert(t), lapsed)
        for one in lapsed:
            change.note("record.created", "consents", one["id"])
        answers.settle(change.sql, t, [one["subject"] for one in lapsed])
    if silent:
        desk.vault.keys_wait(desk.now().isoformat())


def papers_about(desk: Desk) -> list[str]:
    """Return the references of consents of people who go about which a paper is kept."""
    raw = desk.vault.raw
    sql = f"SELECT DISTINCT about FROM documents WHERE code = '{PAPER}' AND file IS NOT NULL"
    told = {number: about for (about,) in raw.execute(sql).fetchall() if (number := _number(about))}
    gone = {row[0] for row in raw.execute(OF_THE_GONE).fetchall()} if told else set()
    return [about for number, about in told.items() if number in gone]


def forget(desk: Desk) -> None:
    """Drop what receipts of the people who go are known by."""
    desk.vault.raw.execute(f"DELETE FROM consent_receipts WHERE consent IN ({OF_THE_GONE})")


def keep_proof(change: Change) -> None:
    """Keep apart what proves the consents of the people who go (D3), until its own day.

    What was answered, when, through which channel and to which wording names nobody; the
    evidence stays sealed with the keys of its own consent. Everything else sealed goes.
    Where only a guardian was asked nothing was agreed to: there is nothing to prove.
    """
    desk = change.desk
    raw, today = desk.vault.raw, desk.today()
    until = add(today, years(rule_number("consent.proof_years", today)))
    for (number,) in raw.execute(_ONLY_ASKED).fetchall():
        destroy_sealed(change, "consents", number)
        raw.execute(_EMPTIED, (number,))
    evidence = raw.execute(f"{OF_THE_GONE} AND evidence IS NOT NULL").fetchall()
    for table in (f"{PEOPLE}.keys", f"{OFFICE}.keys", "main.payloads"):
        raw.execute(f"DELETE FROM {table} WHERE id IN ({OF_THE_GONE} AND evidence IS NULL)")
    for (number,) in evidence:
        sealed = desk.vault.payloads.read(PEOPLE, number)
        desk.vault.payloads.drop(PEOPLE, number, sealed)
    raw.execute(
        "UPDATE consents SET state = 'proof', keep_until = ? WHERE subject IN"
        " (SELECT id FROM temp.gone) AND state NOT IN ('void', 'proof', 'destroyed')",
        (until.isoformat(),),
    )


def kept(desk: Desk, destruction: int) -> tuple[int, int, date | None]:
    """Return how many consents of the people a destruction took are kept as proof.

    Next to that how many of them with evidence, and the first day on which they go.
    """
    sql = (
        "SELECT count(*), count(evidence), max(keep_until) FROM consents WHERE state = 'proof'"
        " AND subject IN (SELECT subject FROM destruction_holdings WHERE destruction = ? AND done)"
    )
    count, files, until = desk.vault.raw.execute(sql, (destruction,)).fetchone()
    return count, files, date.fromisoformat(until) if until else None


def _number(about: str) -> int:
    try:
        return references.number(about)
    except DomainError:
        return 0
