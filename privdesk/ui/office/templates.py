"""The dialog that enters purposes from templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.ports import Offer, Office
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import PlainLabel, Plane, column, row

_HEIGHT = 320


class TemplateDialog(AskDialog):
    """Purposes to tick; what the register has already cannot be ticked again."""

    def __init__(
        self,
        office: Office,
        offers: Sequence[Offer],
        entered: Callable[[int], object],
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(tasks, parent)
        self._office, self._entered = office, entered
        self.boxes = {offer.key: QCheckBox(offer.name) for offer in offers}
        inner = Plane()
        lines = []
        for offer in offers:
            box = self.boxes[offer.key]
            box.setChecked(bool(offer.clause) and not offer.taken)
            box.setEnabled(not offer.taken)
            box.toggled.connect(lambda _on: self._count())
            known = _("entered already") if offer.taken else offer.clause
            line = QWidget()
            row(line, box, None, PlainLabel(known, "caption"), margin=(0, 2))
            lines.append(line)
        column(inner, *lines, None, gap=2, margin=(0, 0, 8, 0))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFixedHeight(min(_HEIGHT, 34 * len(lines) + 8))
        self.area.setWidget(inner)
        self.build(self.area)

    def chosen(self) -> list[str]:
        """Return the keys that are ticked."""
        return [k for k, box in self.boxes.items() if box.isChecked() and box.isEnabled()]

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Purposes from templates"))
        self.heading.setText(_("Which purposes does the company have?"))
        self.why.setText(
            _("Each comes with items, legal basis and period; look through them afterwards.")
        )
        self._count()

    def submit(self) -> None:
        """Enter them."""
        keys = self.chosen()
        self.attempt(lambda: self._office.adopt(keys), self._entered)

    def _count(self) -> None:
        number = len(self.chosen())
        self.go.setText(ngettext("Enter {n} purpose", "Enter {n} purposes", number))
        self.go.setEnabled(number > 0)
