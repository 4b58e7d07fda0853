"""The procedure of one destruction as a full page: steps left, the step, the strip right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from privdesk.core.errors import DomainError
from privdesk.registers.destructions.commands import (
    Content,
    DestructionCommands,
    Part,
    Preview,
    Standing,
)
from privdesk.registers.destructions.view.approval import ApprovalStep
from privdesk.registers.destructions.view.certificate import CertificateStep
from privdesk.registers.destructions.view.chooser import SetStep
from privdesk.registers.destructions.view.deeds import Deeds
from privdesk.registers.destructions.view.execution import ExecuteStep
from privdesk.registers.destructions.view.head import CaseHead
from privdesk.registers.destructions.view.places import PlacesStep
from privdesk.registers.destructions.view.step import StepFace
from privdesk.registers.destructions.view.steps import Stage, StepRail
from privdesk.registers.destructions.view.strip import Strip
from privdesk.registers.destructions.view.summary import SetSummary
from privdesk.registers.destructions.view.walking import PRESENT, standings
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.flash import PageFlash
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Hairline, Plane, column, row

_UPRIGHT = Qt.Orientation.Vertical
Then = Callable[[Standing], object]


class CasePage(Plane):
    """Drives one destruction; what is done is asked of the commands on the database thread."""

    left = Signal()
    moved = Signal(str)  # reference of a destruction that has changed
    cancel_asked = Signal(str)

    def __init__(self, context: PageContext, commands: DestructionCommands) -> None:
        super().__init__("ground")
        self.context, self.commands = context, commands
        self.standing: Standing | None = None
        self._preview: Preview | None = None
        self.head = CaseHead()
        self.rail = StepRail()
        self.strip = Strip()
        self.chooser = SetStep(context)
        self.summary = SetSummary()
        self.places = PlacesStep()
        self.approval = ApprovalStep()
        self.execution = ExecuteStep(commands.stages, commands.last_stop)
        self.certificate = CertificateStep()
        self.faces = QStackedWidget()
        steps = (self.places, self.approval, self.execution, self.certificate)
        for face in (self.chooser, self.summary, *steps):
            self.faces.addWidget(face)
        middle = row(None, self.rail, Hairline(_UPRIGHT), self.faces, gap=0)
        middle.addWidget(Hairline(_UPRIGHT))
        middle.addWidget(self.strip)
        middle.setStretch(2, 1)
        column(self, self.head, Hairline(), middle, gap=0).setStretch(2, 1)
        self.flash = PageFlash(self)
        self.deeds = Deeds(self)
        self._connect()
        on_language(self, self._speak)

    def _connect(self) -> None:
        self.head.back.clicked.connect(lambda _on=False: self.left.emit())
        self.rail.asked.connect(self.show_step)
        self.chooser.changed.connect(self._look)
        self.chooser.on_asked.connect(lambda: self.show_step(Stage.PLACES))
        self.places.back_asked.connect(lambda: self.show_step(Stage.SET))
        deeds = self.deeds
        self.places.request_asked.connect(deeds.request)
        self.approval.approve_asked.connect(deeds.approve)
        self.approval.print_asked.connect(lambda: deeds.print_paper("d1a", self.ref))
        self.execution.execute_asked.connect(deeds.execute)
        self.execution.places_asked.connect(lambda: self.show_step(Stage.PLACES))
        self.certificate.issue_asked.connect(deeds.issue_certificate)
        for cancelling in (self.approval, self.execution):
            cancelling.cancel_asked.connect(lambda: self.cancel_asked.emit(self.ref))
        for listing in (self.places, self.certificate):
            listing.print_asked.connect(lambda order: deeds.print_paper("order", order))
            listing.answered.connect(deeds.enter_answer)
            listing.act_asked.connect(deeds.act_on_order)
        self.certificate.sheet.told.connect(self.flash.tell)
        self.certificate.sheet.failed.connect(self.flash.refuse)
        for keys, then in (
            ("Ctrl+Return", lambda: self.face.go_on()),
            ("Ctrl+Enter", lambda: self.face.go_on()),
            ("Ctrl+P", lambda: self.face.print_out()),
        ):
            QShortcut(QKeySequence(keys), self, then)

    # beginning

    @property
    def ref(self) -> str:
        """Return the destruction's reference; empty before its request."""
        return self.standing.ref if self.standing else ""

    def begin_due(self, day: date, part: Part | None = None) -> None:
        """Begin with everything due by a day, or with a part of it."""
        self._begin()
        self.chooser.choose_due(day, part)

    def begin_file(self, ref: str) -> None:
        """Begin with a whole file."""
        self._begin()
        self.chooser.choose_file(ref)

    def begin_people(self, refs: Sequence[str]) -> None:
        """Begin with chosen people or single holdings."""
        self._begin()
        self.chooser.choose_people(refs)

    def _begin(self) -> None:
        if self.deeds.running is not None:
            return
        self.standing = None
        self._preview = None
        self._speak()
        self._mark_steps()
        self.show_step(Stage.SET)

    def open(self, ref: str) -> None:
        """Show a destruction at its present step."""
        if self.deeds.running is None:
            self.load(ref, then=self.land)

    def load(self, ref: str, then: Then | None = None) -> None:
        """Ask where a destruction stands, show it, and go on."""
        self.context.tasks.run(
            self,
            lambda: self.commands.status(ref),
            done=lambda standing: self._take(standing, then),
            failed=self.flash.refuse,
        )

    def reload(self) -> None:
        """Look again; the step stays."""
        if self.ref and self.deeds.running is None:
            self.load(self.ref)
        elif self.standing is None:
            self._look()

    def _take(self, standing: Standing, then: Then | None) -> None:
        self.standing = standing
        self._speak()
        self.strip.tell(standing.content, [(o.name, o.expected) for o in standing.places])
        self.summary.tell(standing)
        self.places.show_orders(standing)
        self.approval.tell(standing)
        self.execution.tell(standing)
        self.certificate.tell(standing)
        self._mark_steps()
        if standing.executed_at is not None:
            self.load_certificate()
        if then is not None:
            then(standing)

    def land(self, standing: Standing) -> None:
        """Show the present step."""
        self.show_step(PRESENT[standing.state])

    def load_certificate(self) -> None:
        """Ask for the newest certificate and show it."""
        ref = self.ref
        self.context.tasks.run(
            self,
            lambda: self.commands.certificate(ref),
            done=self.certificate.show_certificate,
            failed=self.flash.refuse,
            latest="certificate",
        )

    # steps

    def show_step(self, stage: int) -> None:
        """Show one step."""
        faces: dict[Stage, StepFace] = {
            Stage.SET: self.summary if self.standing else self.chooser,
            Stage.PLACES: self.places,
            Stage.APPROVAL: self.approval,
            Stage.EXECUTE: self.execution,
            Stage.CERTIFICATE: self.certificate,
        }
        face = faces[Stage(stage)]
        self.faces.setCurrentWidget(face)
        self.rail.mark(Stage(stage))
        face.focus_first()

    @property
    def face(self) -> StepFace:
        """Return the step's widget."""
        face = self.faces.currentWidget()
        assert isinstance(face, StepFace)
        return face

    @property
    def step(self) -> Stage:
        """Return the step on show."""
        return next((Stage(b.stage) for b in self.rail.buttons if b.isChecked()), Stage.SET)

    def _mark_steps(self) -> None:
        ready = bool(self._preview and self._preview.content.people)
        for stage, (standing, note) in standings(self.standing, ready=ready).items():
            self.rail.tell(stage, standing, note)

    # the set

    def _look(self) -> None:
        if self.standing is not None:
            return
        scope = self.chooser.scope()
        if not scope.given:
            self._show_preview(None)
            return
        self.context.tasks.run(
            self,
            lambda: self.commands.preview(scope),
            done=self._show_preview,
            failed=self._no_preview,
            latest="preview",
        )

    def _no_preview(self, error: DomainError) -> None:
        self._show_preview(None)
        self.chooser.refuse(error)

    def _show_preview(self, preview: Preview | None) -> None:
        if self.standing is not None:
            return
        self._preview = preview
        shown = preview or Preview(Content())
        self.chooser.show_preview(preview)
        self.places.show_planned(shown)
        self.strip.tell(shown.content, [(p.place, p.people) for p in shown.places])
        self._mark_steps()

    # words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the steps to the step with F6, and from there on to the desk."""
        among = any(one.hasFocus() for one in self.rail.buttons)
        if event.key() == Qt.Key.Key_F6 and among:
            self.face.focus_first()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Ask again in the new language: purposes and items have names in both."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.reload()

    def draft(self) -> Mapping[str, Any] | None:
        """Return a set that was not requested yet, as JSON holds it."""
        return None if self.standing is not None else self.chooser.draft()

    def _speak(self) -> None:
        self.head.tell(self.standing)
