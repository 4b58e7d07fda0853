"""Hands of the import and export pages for the tests: rows go into a list and come out of it."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from privdesk.core.fields import Field
from privdesk.core.register import Outcome, Query
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.rejects import RejectsFile
from privdesk.exchange.report import Example, Report
from privdesk.exchange.rows import Options, Reject, read_chunks
from privdesk.exchange.source import Source
from privdesk.exchange.writing import export
from privdesk.flows.importing.tally import Causes
from privdesk.ui.importing.ports import ExportOptions
from privdesk.ui.progress import Progress
from tests.ui.fakes import ListService


class ListImporter:
    """Imports into a ``ListService``; every sound row is new."""

    def __init__(self, service: ListService, asks: Sequence[Field] = ()) -> None:
        self.service = service
        self.asks = tuple(asks)
        self.answers: dict[str, Any] = {}
        self.kept: Mapping | None = None
        self._rejects: list[Reject] = []
        self._source: Source | None = None
        self._before = 0
        self._undoable = False

    def fields(self) -> Sequence[Field]:
        return tuple(f for f in self.service.fields() if f.enterable)

    def questions(self) -> Sequence[Field]:
        return self.asks

    def remembered(self, header: Sequence[str]) -> Mapping | None:
        return self.kept

    def dry_run(
        self, source: Source, mapping: Mapping, answers: MappingOf[str, Any], progress: Progress
    ) -> Report:
        return self._read(source, mapping, answers, progress, dry_run=True)

    def run(
        self, source: Source, mapping: Mapping, answers: MappingOf[str, Any], progress: Progress
    ) -> Report:
        self._before = len(self.service.stored)
        report = self._read(source, mapping, answers, progress, dry_run=False)
        self.kept, self._undoable = mapping, True
        return report

    def _read(
        self,
        source: Source,
        mapping: Mapping,
        answers: MappingOf[str, Any],
        progress: Progress,
        *,
        dry_run: bool,
    ) -> Report:
        self._source, self._rejects, self.answers = source, [], dict(answers)
        progress.stage("Rows")
        new = 0
        given = Options(given={n: v for n, v in answers.items() if n in self._names()})
        for chunk in read_chunks(source, mapping, self.fields(), given):
            progress.check()
            self._rejects += chunk.rejects
            new += len(chunk.rows)
            for row in [] if dry_run else chunk.rows:
                self.service.create(dict(zip(chunk.names, row, strict=True)))
        causes = Causes()
        for reject in self._rejects:
            causes.add(reject)
        examples = tuple(
            Example(r.row, r.faults[0].column, r.faults[0].cause) for r in self._rejects[:5]
        )
        return Report(
            source.name,
            self.service.register.title,
            rows=new + len(self._rejects),
            new=new,
            rejected=len(self._rejects),
            left_out=mapping.left_out,
            left_before=mapping.left_before,
            guessed=mapping.guessed,
            examples=examples,
            causes=causes.told(),
            dry_run=dry_run,
        )

    def _names(self) -> set[str]:
        return {f.name for f in self.fields()}

    def save_rejects(self, path: Path) -> int:
        assert self._source is not None
        with RejectsFile(path, self._source.layout) as file:
            file.add(self._rejects)
        return len(self._rejects)

    def undoable(self) -> bool:
        return self._undoable

    def undo(self) -> Outcome:
        del self.service.stored[self._before :]
        self._undoable = False
        return Outcome("The import was taken back.")


class ListExporter:
    """Writes what a ``ListService`` finds."""

    def __init__(self, service: ListService) -> None:
        self.service = service
        self.options: ExportOptions | None = None

    def fields(self) -> Sequence[Field]:
        return self.service.fields()

    def export(
        self, path: Path, query: Query, options: ExportOptions, progress: Progress
    ) -> Outcome:
        self.options = options
        progress.stage("Rows")
        fields = [f for f in self.service.fields() if f.name in options.fields]
        rows = [[row.values.get(f.name) for f in fields] for row in self.service.find(query)]
        count = export(path, fields, rows)
        return Outcome(f"{count} records are in {path.name}.")
