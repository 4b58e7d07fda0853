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
NOTHING: Mapping[str, str] = {}


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
        cells: Mapping[str, str] = NOTHING,
        width: int = len(COLUMNS),
        source: str = "",
    ) -> Row:
        """Return one row of a person: ``file`` by key, ``cells`` are further ones by field.

        ``source`` is the file whose system numbers the person, where it is another one.
        """
        made = [""] * width
        place, letter = _SOURCE.get(source or file, ("", ""))
        if letter:
            made[0] = f"{letter}-{who.number:07d}"
            made[6] = self._named.places[place]
        if file != "aftercare":
            made[1], made[2], made[3] = who.name, who.phone, who.email
        made[4] = self._named.purposes[self._named.purpose_of[file]]
        made[5] = self._named.files[file]
        made[7] = collected.isoformat()
        for name, text in cells.items():
            made[_AT[name]] = text
        return made

    def member(self, who: Someone, collected: date, **cells: str) -> Row:
        """Return the row of a member of the web shop."""
        return self.row(who, "members", collected, cells=cells)

    def news(self, who: Someone, collected: date) -> Row:
        """Return the row of a member who gets the newsletter."""
        return self.row(who, "newsletter", collected, source="members")

    def call(self, who: Someone, collected: date, source: str = "") -> Row:
        """Return the row of somebody who called the customer centre."""
        cells = {"inquiry": self.one("inquiries")}
        return self.row(who, "calls", collected, cells=cells, source=source)

    def applicant(self, who: Someone, collected: date) -> Row:
        """Return the row of somebody who applied for a job."""
        return self.row(who, "applicants", collected, cells={"career": self.one("careers")})

    def contract(self, who: Someone, collected: date, source: str = "", ended_on: str = "") -> Row:
        """Return the row of somebody who rents furniture."""
        cells = {"address": self.folk.address(), "ended_on": ended_on}
        return self.row(who, "contracts", collected, cells=cells, source=source)

    def dispute(self, who: Someone, collected: date, ended_on: str = "") -> Row:
        """Return the row of somebody whose complaint was settled, or is not yet."""
        cells = {"inquiry": self.one("inquiries"), "ended_on": ended_on}
        return self.row(who, "disputes", collected, cells=cells)

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
