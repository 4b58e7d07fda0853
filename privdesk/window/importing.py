"""Which hands the import and export pages of a register get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privdesk.registers.desk import Desk

if TYPE_CHECKING:
    from privdesk.ui.importing.ports import Exporter, Importer


def importer(desk: Desk, service: Any) -> Importer:
    """Return what takes lists into a register."""
    from privdesk.flows.importing.importers import importer_of

    return importer_of(desk, service.register.name)


def exporter(desk: Desk, service: Any) -> Exporter:
    """Return what writes a register's lists."""
    from privdesk.flows.exporting import RegisterExporter

    return RegisterExporter(desk, service.register.name)
