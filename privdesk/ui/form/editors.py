"""Which editor a kind of field has."""

from __future__ import annotations

from privdesk.core.fields import Field, Kind
from privdesk.ui.form.choices import ChoiceEditor, ChoicesEditor, FlagEditor
from privdesk.ui.form.dates import DateEditor
from privdesk.ui.form.editor import Editor
from privdesk.ui.form.files import FILE, FileEditor
from privdesk.ui.form.lines import LineEditor, NoteEditor
from privdesk.ui.form.links import LinkEditor, LinksEditor
from privdesk.ui.form.lookup import Lookup, ServiceOf
from privdesk.ui.form.period import PeriodEditor
from privdesk.ui.tasks import Tasks

_PLAIN: dict[Kind, type[Editor]] = {
    Kind.NOTE: NoteEditor,
    Kind.DATE: DateEditor,
    Kind.CHOICE: ChoiceEditor,
    Kind.CHOICES: ChoicesEditor,
    Kind.FLAG: FlagEditor,
    Kind.PERIOD: PeriodEditor,
}


def editor_for(field: Field, tasks: Tasks, service_of: ServiceOf) -> Editor:
    """Return a fresh editor; a link to a register out of sight is typed as a reference."""
    if field.kind in (Kind.LINK, Kind.LINKS) and field.links_to:
        lookup = Lookup(tasks, service_of, field.links_to)
        if lookup.possible:
            made = LinkEditor if field.kind is Kind.LINK else LinksEditor
            return made(field, lookup)
    if field.name == FILE and field.kind is Kind.TEXT:
        return FileEditor(field)
    return _PLAIN.get(field.kind, LineEditor)(field)
