"""The menu of saved views."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import N_, _
from privdesk.core.register import Action, ReadyView
from privdesk.ui.page.actiondialog import ActionDialog
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.saved import SavedViews, ready_view

SAVE_VIEW = Action(
    "save-view",
    N_("Save this view"),
    "",
    asks=(Field("name", N_("Name"), required=True),),
    help=N_("Filters, order and columns are kept; what stands in the search line is not."),
)


class ViewsMenu(QObject):
    """Makes the menu; the page applies what is chosen and tells what to save."""

    chosen = Signal(object)  # SavedView, or None for everything
    save_asked = Signal(str)  # name

    def __init__(
        self,
        saved: SavedViews,
        context: PageContext,
        parent: QWidget,
        ready: tuple[ReadyView, ...] = (),
    ) -> None:
        super().__init__(parent)
        self._saved = saved
        self._ready = ready
        self._context = context
        self._page = parent

    def fill(self, menu: QMenu, fields: tuple[Field, ...]) -> None:
        """Fill the menu as it stands now."""
        views = self._saved.all(f.name for f in fields)
        menu.addAction(_("All records"), partial(self.chosen.emit, None))
        for ready in self._ready:
            menu.addAction(_(ready.label), partial(self.chosen.emit, ready_view(ready)))
        for view in views:
            menu.addAction(view.name, partial(self.chosen.emit, view))
        menu.addSeparator()
        menu.addAction(_("Save this view…"), self.ask_name)
        if views:
            drop = menu.addMenu(_("Remove"))
            for view in views:
                drop.addAction(view.name, partial(self._saved.remove, view.name))

    def ask_name(self) -> ActionDialog:
        """Ask what the view shall be called."""
        dialog = ActionDialog(
            SAVE_VIEW, "", self._context.tasks, self._context.service_of, self._page
        )
        dialog.on_submit(lambda values: self._named(dialog, str(values["name"])))
        dialog.open()
        return dialog

    def _named(self, dialog: ActionDialog, name: str) -> None:
        dialog.accept()
        self.save_asked.emit(name)
