"""The findings on access rights: rules 43 to 46 and 48, and the half-yearly review."""

from __future__ import annotations

from privdesk.core import references
from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.access_rights import judging, pledged
from privdesk.registers.access_rights.rules import Passwords
from privdesk.registers.desk import Desk

_JUDGED = ["granted", "revoked", "changed"]


def judge(desk: Desk) -> list[Finding]:
    """Return what is wrong with rights, accounts and passwords, and the reviews that are due."""
    today = desk.today()
    rows = desk.service("access-rights").find(Query(where={"state": _JUDGED}, sort="id"))
    rights = desk.service("access-rights").facts(rows)
    found = [one for right in rights for one in judging.judge(right, today)]
    found += judging.judge_accounts(rights)
    if pledged.kept(desk):
        found += judging.judge_sworn(rights, today)
    used = {row.titles["place"]: str(row.values["place"]) for row in rows if row.state == "granted"}
    found += judging.judge_reviews(rights, used, today)
    return [*found, *judging.judge_passwords(_systems(desk, sorted(used.values())), today)]


def _systems(desk: Desk, refs: list[str]) -> dict[str, tuple[str, Passwords]]:
    rows = desk.service("places").rows([references.parse(ref)[1] for ref in refs])
    return {
        row.ref: (
            str(row.values["name"]),
            Passwords(
                row.values["password_length"],
                row.values["password_kinds"],
                row.values["password_history"],
            ),
        )
        for row in rows
        if row.state == "active"
    }
