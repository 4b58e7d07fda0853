"""Where consents stand, as the rules read them from the stored answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from privdesk.core.categories import Separate
from privdesk.registers.consents import answers, rules
from privdesk.registers.consents.answers import Asked

if TYPE_CHECKING:
    from sqlalchemy import Table

    from privdesk.registers.desk import Desk
    from privdesk.vault.session import Vault


class Standing:
    """The part of the service that tells other registers what may be relied on."""

    if TYPE_CHECKING:
        desk: Desk
        vault: Vault
        table: Table

    def standing(self, subject: int, purpose: int, box: str = "") -> rules.ConsentState:
        """Return where a person's consent to a purpose stands today; see ``facts``."""
        return rules.state_of(self.facts(subject, purpose, box), self.desk.today())

    def may_rely(self, subject: int, purpose: int, box: str = "") -> bool:
        """Whether a person's data may be processed on consent to a purpose today.

        Without ``box`` it is the main one; a provision and marketing rest on their own.
        """
        return rules.may_rely(self.facts(subject, purpose, box), self.desk.today())

    def stood(self, asked: Sequence[tuple[int, int, str]], day: date) -> list[bool]:
        """Return whether consents, by person, purpose and box, were in force at a day's end."""
        found = self.facts_of([Asked(*one) for one in asked], day)
        return [rules.state_as_of(one, day) is rules.ConsentState.GIVEN for one in found]

    def facts(
        self, subject: int, purpose: int, box: str = "", day: date | None = None
    ) -> rules.ConsentFacts:
        """Return what the rules need of a person's consent to a box of a purpose.

        Without ``box`` it is the one on which stands what is held for the purpose.
        """
        box = box or self.desk.service("purposes").main_box(purpose).value
        return self.facts_of([Asked(subject, purpose, box)], day)[0]

    def facts_of(self, asked: Sequence[Asked], day: date | None = None) -> list[rules.ConsentFacts]:
        """Return what the rules need of consents, by person, purpose and box, in their order.

        An answer from before the purpose changed, or to a wording that came into force
        before, counts as version 0, a later one as version 1 (rule 8); before the day of
        the change version 0 is enough.
        """
        purposes = sorted({one.purpose for one in asked})
        of = {row.id: row.values for row in self.desk.service("purposes").rows(purposes)}
        with self.vault.reading() as sql:
            stored = answers.stored(sql, self.table, {one.subject for one in asked})
            rows = answers.by_asked(stored)
        return [self._facts(rows.get(one, []), of[one.purpose], one.box, day) for one in asked]

    def _facts(
        self, rows: Sequence[Any], purpose: Mapping[str, Any], box: str, day: date | None
    ) -> rules.ConsentFacts:
        renew_from = purpose["renew_from"]
        if day is not None and renew_from is not None and renew_from > day:
            renew_from = None
        events = rules.in_order(answers.event_of(row, renew_from) for row in rows)
        told = rules.counted(events)
        return rules.ConsentFacts(
            ref=self.desk.ref("consents", told.event.number) if told else "",
            events=events,
            wording_needed=int(renew_from is not None),
            marketing=box == Separate.MARKETING.value,
        )
