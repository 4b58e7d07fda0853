"""A list that has been opened, with the mapping as it stands: what the mapping page works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from privdesk.core.fields import Field
from privdesk.core.normal import DateOrder
from privdesk.exchange.mapping import (
    Mapping,
    missing,
    plan,
    recogniser,
    short_years,
    unsettled,
    with_dates,
)
from privdesk.exchange.reading import open_source, sheets
from privdesk.exchange.rows import Options, PreviewRow, preview
from privdesk.exchange.source import Source
from privdesk.ui.importing.pasted import open_pasted
from privdesk.ui.importing.ports import Importer

SHOWN = 8  # rows of the preview


@dataclass(frozen=True)
class Doubt:
    """Dates that can be read in several ways: which field and column, and one of them."""

    field: str
    column: str
    value: str


@dataclass(frozen=True)
class OpenedList:
    """Everything the mapping page shows; changing a column gives another one."""

    source: Source
    fields: tuple[Field, ...]
    mapping: Mapping
    doubts: tuple[Doubt, ...]
    missing: tuple[Field, ...]
    rows: tuple[PreviewRow, ...]
    short: tuple[Doubt, ...] = ()  # years of two digits; they do not hold the others up
    path: Path | None = None
    sheets: tuple[str, ...] = ()

    def samples(self, column: int, count: int = 3) -> tuple[str, ...]:
        """Return the first different texts of a column."""
        texts: dict[str, None] = {}
        for _number, cells in self.source.sample:
            text = str(cells[column]).strip() if column < len(cells) else ""
            if text and text != "None":
                texts.setdefault(text)
            if len(texts) == count:
                break
        return tuple(texts)

    @property
    def ready(self) -> bool:
        """Whether rows could go in as mapped, but for what is asked beside the columns."""
        return any(self.mapping.fields) and not self.doubts

    @property
    def remembered(self) -> bool:
        """Whether columns are taken, or left out, as they were the last time."""
        return "remembered" in self.mapping.how

    def afresh(self) -> OpenedList:
        """Return the list with its columns recognised anew, whatever was done the last time."""
        return self._mapped(plan(self.source, self.fields))

    def with_column(self, column: str, field: str) -> OpenedList:
        """Return the list with a column filling another field, or none."""
        mapping = self.mapping.with_column(column, field)
        return self._mapped(with_dates(self.source, mapping, self.fields))

    def with_order(self, field: str, order: DateOrder) -> OpenedList:
        """Return the list with the answer how its dates are written."""
        rules = replace(self.mapping.rules[field], order=order)
        return self._mapped(self.mapping.with_rules(field, rules))

    def with_pivot(self, field: str, pivot: int) -> OpenedList:
        """Return the list with the answer up to which year two digits are 20xx."""
        rules = replace(self.mapping.rules[field], pivot=pivot)
        return self._mapped(self.mapping.with_rules(field, rules))

    def _mapped(self, mapping: Mapping) -> OpenedList:
        return _looked_at(self.source, self.fields, mapping, self.path, self.sheets)


def open_file(path: Path, importer: Importer, sheet: str = "") -> OpenedList:
    """Open a file and guess its mapping; for the database thread."""
    fields = tuple(importer.fields())
    names = sheets(path)
    source = open_source(path, sheet=sheet or None, known=recogniser(fields))
    mapping = plan(source, fields, remembered=importer.remembered(source.header))
    return _looked_at(source, fields, mapping, path, names)


def open_text(text: str, importer: Importer) -> OpenedList:
    """Open a range of the clipboard and guess its mapping; for the database thread."""
    fields = tuple(importer.fields())
    source = open_pasted(text, recogniser(fields))
    mapping = plan(source, fields, remembered=importer.remembered(source.header))
    return _looked_at(source, fields, mapping, None, ())


def _looked_at(
    source: Source,
    fields: Sequence[Field],
    mapping: Mapping,
    path: Path | None,
    names: tuple[str, ...],
) -> OpenedList:
    return OpenedList(
        source,
        tuple(fields),
        mapping,
        tuple(Doubt(*doubt) for doubt in unsettled(source, mapping)),
        missing(mapping, fields),
        tuple(preview(source, mapping, fields, Options(), SHOWN)),
        tuple(Doubt(*doubt) for doubt in short_years(source, mapping)),
        path,
        names,
    )
