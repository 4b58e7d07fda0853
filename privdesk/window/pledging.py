"""The flows on pledges as their page drives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Shown
from privdesk.flows import pledgepapers, pledgescans, pledging
from privdesk.registers.desk import Desk
from privdesk.registers.pledges import findings, rules
from privdesk.registers.pledges.commands import Counts, SheetText
from privdesk.registers.pledges.scans import Page, Stack
from privdesk.ui.progress import Progress

PRINTED = N_("Sheets issued as {number}")


class Pledging:
    """Implements what the page of the pledges asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def counts(self) -> Counts:
        """Return how the office stands today."""
        stand = findings.stand(self._desk)
        told = rules.tally(stand)
        return Counts(
            needed=told.needed,
            signed=told.signed,
            missing=told.missing,
            coming=told.coming,
            again=told.again,
            gone=told.gone,
            waiting=len(self._desk.service("pledges").waiting()),
            every=stand.every,
            departments=tuple(pledging.departments(self._desk)),
        )

    def draw(self, kind: str, department: str, progress: Progress) -> Outcome:
        """Draw up a pledge for everybody who lacks one."""
        return pledging.draw(self._desk, kind, department, progress)

    def sheets(
        self, refs: Sequence[str], language: str, department: str, progress: Progress
    ) -> Outcome:
        """Print the sheets of these pledges, or of all that wait, as one file."""
        issued = pledging.sheets(self._desk, refs, language, department, progress)
        shown = Shown(issued.title, f"{issued.number}.pdf", issued.data)
        return Outcome(_(PRINTED).format(number=issued.number), (issued.ref,), shown)

    def renew_every(self, months: int) -> Outcome:
        """Set after how many months the pledge is signed again."""
        return pledging.renew_every(self._desk, months)

    def text(self, ref: str, language: str) -> SheetText:
        """Return what a pledge says, with its places filled in."""
        service = self._desk.service("pledges")
        (row,) = service.rows([service.number(ref)])
        text = pledgepapers.text_for(self._desk, row, language)
        name = row.titles.get("staff") or str(row.values["person"] or "")
        of = (row.values["organisation"], row.values["department"])
        return SheetText(
            ref=row.ref,
            title=str(row.values["title"]),
            heading=text.heading,
            text=text.text,
            name=name,
            about=" · ".join(str(part) for part in of if part),
            head=str(row.values["head"] or ""),
        )

    def sign(
        self,
        ref: str,
        written: Sequence[Sequence[Sequence[float]]],
        language: str,
        head: str,
    ) -> Outcome:
        """Record a signature written on the screen."""
        return pledging.sign(self._desk, ref, written, language, head)

    def read(self, paths: Sequence[Path], progress: Progress) -> Stack:
        """Read scans; nothing is changed."""
        return pledgescans.read(self._desk, paths, progress)

    def picture(self, stack: Stack, page: Page) -> bytes:
        """Return a page as a PNG, upright where its code says how it lies."""
        return pledgescans.picture(stack, page)

    def by_hand(self, page: Page, ref: str) -> Page:
        """Return a page that belongs to the pledge somebody chose."""
        return pledgescans.by_hand(self._desk, page, ref)

    def take(self, stack: Stack, on: date, head: str, progress: Progress) -> Outcome:
        """Record the signatures of the sheets on which somebody saw one."""
        return pledgescans.take(self._desk, stack, on, head, progress)
