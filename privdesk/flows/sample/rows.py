"""The rows of the lists: who is held for what, since when, in which system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from privdesk.flows.sample.folk import Folk, Someone
from privdesk.flows.sample.lists import COLUMNS
from privdesk.flows.sample.texts import ago, office

# The system that numbers the people of a file, and the letter of its numbers.
_SOURCE = {"members": ("mall", "M"), "calls": ("centre", "C"), "aftercare": ("centre", "A")}
_AT = {name: at for at, name in enumerate(COLUMNS.values())}

Row = list[str]


@dataclass(frozen=True)
class Named:
    """What the records are called: purposes, places and files by their keys."""

    purposes: Mapping[str, str]
    places: Mapping[str, str]
    files: Mapping[str, str]
    purpose_of: Mapping[str, str]  # the purpose's key by the file's


class Rows:
    """Makes rows; dates are relative to ``today``."""

    def __init__(self, folk: Folk, named: Named, today: date) -> None:
        self.folk, self.today = folk, today
        self._named = named

    def row(
        self,
        who: Someone,
        file: str,
        collected: date,
        *,
        width: int = len(COLUMNS),
        source: str = "",
        **more: str,
    ) -> Row:
        """Return one row of a person: ``file`` by key, ``more`` are cells by field.

        ``source`` is the file whose system numbers the person, where it is another one.
        """
        cells = [""] * width
        place, letter = _SOURCE.get(source or file, ("", ""))
        if letter:
            cells[0] = f"{letter}-{who.number:07d}"
            cells[6] = self._named.places[place]
        if file != "aftercare":
            cells[1], cells[2], cells[3] = who.name, who.phone, who.email
        cells[4] = self._named.purposes[self._named.purpose_of[file]]
        cells[5] = self._named.files[file]
        cells[7] = collected.isoformat()
        for name, text in more.items():
            cells[_AT[name]] = text
        return cells

    def member(self, who: Someone, collected: date, **more: str) -> Row:
        """Return the row of a member of the web shop."""
        return self.row(who, "members", collected, **more)

    def news(self, who: Someone, collected: date) -> Row:
        """Return the row of a member who gets the newsletter."""
        return self.row(who, "newsletter", collected, source="members")

    def call(self, who: Someone, collected: date, **more: str) -> Row:
        """Return the row of somebody who called the customer centre."""
        return self.row(who, "calls", collected, inquiry=self.one("inquiries"), **more)

    def applicant(self, who: Someone, collected: date) -> Row:
        """Return the row of somebody who applied for a job."""
        return self.row(who, "applicants", collected, career=self.one("careers"))

    def contract(self, who: Someone, collected: date, **more: str) -> Row:
        """Return the row of somebody who rents furniture."""
        return self.row(who, "contracts", collected, address=self.folk.address(), **more)

    def dispute(self, who: Someone, collected: date, **more: str) -> Row:
        """Return the row of somebody whose complaint was settled, or is not yet."""
        return self.row(who, "disputes", collected, inquiry=self.one("inquiries"), **more)

    def before(self, text: str, plus: int = 0) -> date:
        """Return the day that long ago, some days later."""
        return ago(self.today, text) + timedelta(days=plus)

    def within(self, least: int, most: int) -> date:
        """Return a day between ``most`` and ``least`` days ago."""
        return self.today - timedelta(days=self.folk.rng.randint(least, most))

    def one(self, of: str) -> str:
        """Return one of the office's wordings."""
        found: str = self.folk.rng.choice(office()[of])
        return found
