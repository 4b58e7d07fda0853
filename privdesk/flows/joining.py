"""The way in: from a line of the personnel list to the first access.

A new hire is entered from the list with a duty that is not decided yet; duty and category, the
pledge and the training follow, and only then is access applied for (S8.2①, S8.2③, rule 43).
"""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.i18n import N_, _, speaking, words
from privdesk.core.register import Outcome
from privdesk.documents.paper import Paper
from privdesk.documents.papers import roster_paper
from privdesk.documents.papers.common import ApprovalLine
from privdesk.flows import leaving
from privdesk.registers.desk import Desk
from privdesk.registers.rosters import rules as rosters

PARTS = {
    "who_joined": N_("Joined"),
    "who_moved": N_("Moved"),
    "who_left": N_("Left"),
    "unclear": N_("Lines that could not be read; correct and compare again"),
}
TAKEN = N_("Taken over: {joined} joined, {moved} moved, {gone} left")
LEFT_OUT = N_("not taken over, as perhaps another person: lines {lines}")


def take(desk: Desk, refs: Sequence[str], *, lines: str = "", renamed: str = "") -> Outcome:
    """Take a comparison over: enter who joined, change who moved, begin each leaving.

    ``lines`` names some of its lines; the next comparison tells the others again. A line that
    has another name under a staff number is taken over only where ``renamed`` names it.
    """
    left_out: set[int] = set()
    service, staff = desk.service("rosters"), desk.service("staff")
    counts = {"joined": 0, "moved": 0, "gone": 0}
    with desk.change() as change:
        for ref in refs:
            number = service.number(ref)
            whole = service.found(number)
            wanted = rosters.lines_of(lines, whole, ref)
            same = rosters.lines_of(renamed, whole, ref) if renamed.strip() else frozenset()
            left_out |= wanted & whole.doubtful() - same
            found = whole.only(wanted - left_out)
            service.require_fresh(number, found)
            for one in found.joined:
                values = {
                    "name": one.name,
                    "staff_no": one.staff_no,
                    "department": one.department,
                    "position": one.position,
                    "joined": one.joined,
                    "left": one.left,
                    "duty": "undecided",
                }
                staff.create({name: value for name, value in values.items() if value})
            for move in found.moved:
                staff.update(move.ref, move.values)
            for one, day in found.gone:
                leaving.leave(desk, [one.ref], on=day, moves=True)
            service.taken(change, number)
            counts["joined"] += len(found.joined)
            counts["moved"] += len(found.moved)
            counts["gone"] += len(found.gone)
    told = _(TAKEN).format(**counts)
    if left_out:
        told += " · " + _(LEFT_OUT).format(lines=", ".join(map(str, sorted(left_out))))
    return Outcome(told, tuple(refs))


def sheet(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """What a comparison would change, line by line; of one that was taken over, how many did."""
    service, say = desk.service("rosters"), words(language)
    with speaking(language):
        (row,) = service.rows([service.number(str(ref))])
        told = row.values
        parts = tuple(
            (say(title), tuple(str(told[name] or "").splitlines())) for name, title in PARTS.items()
        )
    data = roster_paper.RosterPaper(
        number=number,
        issued_on=desk.today(),
        ref=row.ref,
        file=str(told["file"]),
        as_of=told["as_of"],
        people=int(told["people"] or 0),
        parts=parts,
        unread=str(told["unread"] or ""),
        taken_on=told["taken_on"],
        counts=(int(told["joined"] or 0), int(told["moved"] or 0), int(told["gone"] or 0)),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return roster_paper.comparison(data, language)


def printable_roster(desk: Desk) -> int | None:
    """Return the newest comparison that is not taken over, else the newest one."""
    sql = (
        "SELECT id FROM rosters WHERE state <> 'void'"
        " ORDER BY state = 'compared' DESC, id DESC LIMIT 1"
    )
    found = desk.vault.raw.execute(sql).fetchone()
    return None if found is None else int(found[0])


def apply(
    desk: Desk,
    refs: Sequence[str],
    *,
    places: Sequence[str],
    reason: str,
    level: str = "look",
    account: str = "",
) -> Outcome:
    """Apply for access of people to several systems at once; each right is granted apart."""
    service, made = desk.service("access-rights"), []
    with desk.change():
        for ref in refs:
            for place in places:
                told = {"staff": ref, "place": place, "level": level or "look", "reason": reason}
                made.append(service.create({**told, "account": account}).ref)
    return Outcome(_(N_("Applied for: {refs}")).format(refs=", ".join(made)), tuple(made))
