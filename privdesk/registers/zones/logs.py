"""Visit logs: those drawn up to be printed, and signed paper ones that were scanned.

A scan shows visitors, so it is sealed with keys of its own that officers hold, and is destroyed
when the visits of its last day are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import insert, select, update

from privdesk.core.filekinds import kind_of
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Shown
from privdesk.registers import expiring, incoming
from privdesk.registers.desk import Change
from privdesk.registers.filing import OnePaperError
from privdesk.registers.records import Records
from privdesk.registers.zones.parts import LOG_DESTROYED, SIGNED
from privdesk.vault import attachments
from privdesk.vault.payloads import PEOPLE


class ZoneLogs(Records):
    """Service of the visit logs."""

    def file(self, change: Change, zone: int, first: date, last: date, scan: Path) -> str:
        """Seal the scan of a signed paper log with a zone and its days; return its reference."""
        from privdesk.documents.stacks import require_ink

        sheet = incoming.read_sheet(scan)
        require_ink(sheet.data, sheet.name)
        visits, made = self.desk.service("visits"), self.vault.new_ids()[0]
        change.sql.execute(
            insert(self.table).values(
                id=made,
                state=SIGNED,
                zone=zone,
                first=first,
                last=last,
                drawn_on=self.desk.today(),
                entries=len(visits.within(zone, first, last)),
                scan=attachments.store(self.vault, PEOPLE, made, sheet.data, sheet.media_type),
                keep_until=visits.kept_until(zone, last),
            )
        )
        change.note("record.created", self.register.name, made)
        return self.desk.ref(self.register.name, made)

    def show(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Return the scan of one log; a look at personal data, journalled."""
        if len(refs) != 1:
            raise OnePaperError
        number = self.number(refs[0])
        sql = "SELECT scan FROM zone_logs WHERE id = ?"
        name = str(self.vault.raw.execute(sql, (number,)).fetchone()[0])
        with self.desk.change() as change:
            data = attachments.read(self.vault, name)
            told = {"fields": ("scan",), "reason": reason}
            change.note("record.looked", self.register.name, number, **told)
        title = _(N_("Signed paper log {ref}")).format(ref=refs[0])
        kind = kind_of(data)
        shown = Shown(title, f"{refs[0]}{kind.ending if kind else ''}", data)
        return Outcome(title, tuple(refs), shown)

    def expired(self, zone: int) -> list[int]:
        """Return the scans of a zone whose period is over."""
        t = self.table
        over = (t.c.keep_until < self.desk.today(), t.c.state == SIGNED, t.c.zone == zone)
        with self.vault.reading() as sql:
            return list(sql.execute(select(t.c.id).where(*over).order_by(t.c.id)).scalars())

    def destroy(self, change: Change, numbers: Sequence[int]) -> None:
        """Destroy scans with their keys; zone and days stay."""
        for number in numbers:
            expiring.destroy_sealed(change, self.register.name, number)
            gone = update(self.table).where(self.table.c.id == number)
            change.sql.execute(gone.values(state=LOG_DESTROYED, scan=None))
            change.note("visit.expunged", self.register.name, number)

    def redate(self, change: Change, zone: int) -> None:
        """Have the scans of a zone kept as long as its visits are."""
        t, visits = self.table, self.desk.service("visits")
        kept = select(t.c.id, t.c.last).where(t.c.zone == zone, t.c.state == SIGNED)
        for number, last in change.sql.execute(kept).all():
            until = visits.kept_until(zone, last)
            change.sql.execute(update(t).where(t.c.id == number).values(keep_until=until))
