"""Pledges drawn up for whoever lacks one, printed as a stack, signed on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from privdesk.core import strokes
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext, words
from privdesk.core.register import Outcome, Row, Shown
from privdesk.flows import issuing, pledgepapers
from privdesk.registers.desk import Desk
from privdesk.registers.pledges import findings, rules
from privdesk.registers.pledges.fields import KINDS, OPEN, SCREEN
from privdesk.registers.sworn import FIRST, LEAVING, Oath
from privdesk.registers.templating import text_of
from privdesk.ui.progress import Progress

DRAWN_UP = ("joining", "yearly", "leaving")
MOST_SHEETS = 1_000
_AT_ONCE = 500
DRAWING, PRINTING = N_("Drawing up pledges"), N_("Drawing the sheets")
RUN = N_("Pledge sheets")
SIGNING = "signed on the screen"


class NobodyLacksError(DomainError):
    """Nobody lacks such a pledge: everybody has signed, or the sheet is drawn up already. Nothing
    was changed.
    """


class UnknownPledgeError(DomainError):
    """Pledges are drawn up for {known}, not for “{kind}”. Nothing was changed; choose one of
    them.
    """


class NoSheetWaitsError(DomainError):
    """No pledge waits for a signature. Nothing was printed; draw pledges up first."""


class TooManySheetsError(DomainError):
    """{count} sheets are to be printed, and a stack holds at most {most}. Nothing was printed;
    choose a department or some of the pledges.
    """


class MonthsError(DomainError):
    """The pledge is renewed after 1 to 120 months, or never (0), not after {months}. Nothing was
    changed.
    """


def lacking(desk: Desk, kind: str, department: str = "") -> list[int]:
    """Return the staff for whom a pledge of a kind is to be drawn up.

    On joining: whoever handles personal data, works here or will, and has not signed.
    Yearly: whose time has come; where the office set no time, everybody who signed before.
    Leaving: whoever has a last day and has not signed.
    """
    if kind not in DRAWN_UP:
        known = ", ".join(DRAWN_UP)
        raise UnknownPledgeError(kind=kind, known=known)
    stand = findings.stand(desk)
    found = [one for one in stand.oaths if one.needs and _lacks(one, kind, stand)]
    return [one.staff for one in found if department in ("", one.department)]


def _lacks(one: Oath, kind: str, stand: rules.Stand) -> bool:
    if kind == LEAVING:
        started = stand.since or stand.today
        recent = one.left is not None and one.left >= min(started, stand.today)
        return recent and one.leaving is None and kind not in one.drawn
    gone = one.left is not None and one.left < stand.today
    if kind == "joining":
        return not gone and one.first is None and not set(FIRST) & set(one.drawn)
    again = rules.renewal(one, stand.every, stand.begun)
    due = again is None or again <= stand.today + rules.AHEAD
    return not gone and one.newest not in (None, stand.today) and due and kind not in one.drawn


def draw(desk: Desk, kind: str, department: str = "", progress: Progress | None = None) -> Outcome:
    """Draw up a pledge for everybody who lacks one; return the references."""
    desk.require("officer")
    told = progress or Progress()
    service = desk.service("pledges")
    with desk.change() as change:
        people = lacking(desk, kind, department)
        if not people:
            raise NobodyLacksError
        told.stage(_(DRAWING), len(people))
        made: list[str] = []
        for start in range(0, len(people), _AT_ONCE):
            drawn = service.draw_up(change, kind, people[start : start + _AT_ONCE])
            made += (desk.ref("pledges", number) for number in drawn)
            told.at(len(made))
    message = ngettext("{n} pledge drawn up", "{n} pledges drawn up", len(made))
    return Outcome(message, tuple(made))


def departments(desk: Desk) -> list[str]:
    """Return the departments of the staff, in order."""
    sql = (
        "SELECT DISTINCT department FROM staff WHERE department IS NOT NULL"
        " AND department <> '' AND state <> 'void' ORDER BY department"
    )
    return [row[0] for row in desk.vault.raw.execute(sql).fetchall()]


def sheets(
    desk: Desk,
    refs: Sequence[str] = (),
    language: str = "",
    department: str = "",
    progress: Progress | None = None,
) -> issuing.Issued:
    """Print the sheets of these pledges, or of all that wait, as one stack in one file."""
    desk.require("officer")
    told, service = progress or Progress(), desk.service("pledges")
    language = language or str(desk.setting("language", "ko"))
    issuing.require_language(language)
    numbers = [service.number(ref) for ref in refs] or service.waiting(department=department)
    rows = [row for row in service.rows(numbers) if row.state in OPEN]
    if not rows:
        raise NoSheetWaitsError
    if len(rows) > MOST_SHEETS:
        raise TooManySheetsError(count=f"{len(rows):,}", most=f"{MOST_SHEETS:,}")
    told.stage(_(PRINTING), len(rows))
    with desk.change() as change:
        issued, made = issuing.issue_run(
            desk,
            "d11",
            words(language)(RUN),
            [partial(pledgepapers.paper_of, desk, row, language) for row in rows],
            about="pledges",
            step=told.at,
        )
        for row, number in zip(rows, made, strict=True):
            pledgepapers.note_printed(change, row, language, number)
    return issued


def sign(
    desk: Desk,
    ref: str,
    written: Sequence[Sequence[Sequence[float]]],
    language: str,
    head: str = "",
) -> Outcome:
    """Record a signature written on the screen, and issue the sheet that bears it."""
    desk.require("officer")
    issuing.require_language(language)
    service, clean = desk.service("pledges"), strokes.checked(written)
    number = service.number(ref)
    (row,) = service.rows([number])
    with desk.change() as change:
        text = text_of(desk, pledgepapers.code_of(row), language, desk.today())
        service.sign(change, number, desk.today(), SCREEN, head=head, written=clean)
        told = {"language": language, "template": text.ref, "digest": text.digest}
        service.put(change, number, **told)
        code = pledgepapers.paper_code(row)
        issued = issuing.issue(desk, code, ref, language, SIGNING)
        service.put(change, number, sheet=issued.number, printed_on=desk.today())
    message = _(N_("{title}: signed, kept as {number}")).format(
        title=row.values["title"], number=issued.number
    )
    return Outcome(message, (ref,), Shown(issued.title, f"{issued.number}.pdf", issued.data))


def renew_every(desk: Desk, months: int) -> Outcome:
    """Set after how many months the pledge is to be signed again; 0 for never."""
    desk.require("officer")
    if not 0 <= months <= 120:
        raise MonthsError(months=months)
    with desk.change():
        desk.set_setting("pledge_months", months)
        if months and not desk.setting("pledge_begun"):
            desk.set_setting("pledge_begun", desk.today().isoformat())
        if not months:
            desk.set_setting("pledge_begun", "")
    if not months:
        return Outcome(_(N_("The pledge is not renewed.")))
    return Outcome(
        ngettext(
            "The pledge is renewed after {n} month.", "The pledge is renewed after {n} months.",
            months,
        )
    )  # fmt: skip


def kind_label(kind: str) -> str:
    """Return what a kind of pledge is called (a message id)."""
    return next(choice.label for choice in KINDS if choice.key == kind)


def can_sign(row: Row) -> bool:
    """Whether a pledge waits for its signature."""
    return row.state in OPEN
