"""Recording from Today that people were notified of the use of their data (rule 57)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.core.register import Action
from privdesk.flows import requests
from privdesk.ui.page.actiondialog import ActionDialog

if TYPE_CHECKING:
    from privdesk.window.desk import DeskWindow

USAGE_NOTICE = "usage-notice"
_ACTION = Action(
    USAGE_NOTICE,
    N_("Record the notice"),
    "",
    asks=(Field("on", N_("Notified on"), Kind.DATE, required=True),),
    help=N_("Who is notified and of what stands in the law; here only the day is kept."),
)
ABOUT = N_("Usage history is notified once a year")
RECORDED = N_("Usage history notified on {day}")


def ask_usage_notice(window: DeskWindow, page: QWidget) -> ActionDialog:
    """Ask for the day, and record it; the form stays open where that is refused."""
    dialog = ActionDialog(_ACTION, _(ABOUT), window.tasks, window.service_of, page)

    def recorded(on: date, _nothing: object) -> None:
        dialog.accept()
        window.shell.tell(_(RECORDED).format(day=on))
        window.shell.refresh()

    def refused(error: DomainError) -> None:
        dialog.refused(error)

    def keep(values: dict[str, Any]) -> None:
        on: date = values["on"]
        window.tasks.run(
            dialog,
            lambda: requests.usage_notified(window.desk, on),
            done=partial(recorded, on),
            failed=refused,
        )

    dialog.on_submit(keep)
    dialog.open()
    return dialog
