"""The first step: what goes — what is due, a file, or chosen people — and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QWidget

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _, ngettext
from privdesk.registers.destructions.commands import Lot, Part, Preview, Scope, part_of
from privdesk.registers.destructions.view.contents import ContentView
from privdesk.registers.destructions.view.step import StepFace
from privdesk.ui.form.dates import DateEditor
from privdesk.ui.form.editor import Unclear
from privdesk.ui.form.editors import editor_for
from privdesk.ui.page.context import PageContext
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Card, LabelledField, PlainLabel, column, link_button, row
from privdesk.ui.widgets import primary_button as primary

DUE, FILE, PEOPLE = range(3)
DAY = Field("due_on", N_("Due by"), Kind.DATE)
IN_FILE = Field("file", N_("File"), Kind.LINK, links_to="files")
PERSON = Field("subject", N_("Add a person"), Kind.LINK, links_to="subjects")
REASON_DUE = N_("Retention period over or purpose ended")
_NOTE_HEIGHT, _EDITOR = 64, 300


class SetStep(StepFace):
    """Asks what is to go; ``changed`` when it has to be looked at again."""

    changed = Signal()
    on_asked = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._suggested = ""
        self.refs: tuple[str, ...] = ()
        self.kinds = QButtonGroup(self)
        self.radios = [QRadioButton() for _kind in range(3)]
        self.part: Part | None = None
        self._lot: Lot | None = None
        self.day = DateEditor(DAY)
        self.only = PlainLabel("", "muted", wrap=True)
        self.all_due = link_button("", self._widen)
        self.file = editor_for(IN_FILE, context.tasks, context.service_of)
        self.person = editor_for(PERSON, context.tasks, context.service_of)
        self.chosen = PlainLabel("", "muted")
        self.nobody = link_button("", lambda: self.choose_people(()))
        self.reason = QPlainTextEdit()
        self.why = LabelledField(self.reason, required=True)
        self.content = ContentView()
        self.on = primary("", self.go_on)
        self._build()
        self.foot(self.on)
        self.firsts = (self.reason,)
        self.choose_due(context.today())
        on_language(self, self._speak)

    def _build(self) -> None:
        for number, radio in enumerate(self.radios):
            self.kinds.addButton(radio, number)
        for editor in (self.file, self.person):
            editor.setFixedWidth(_EDITOR)
        people = QWidget()
        line = row(None, self.chosen, self.nobody, None, gap=12)
        column(people, self.person, line, gap=4)
        due = QWidget()
        column(due, self.day, row(None, self.only, self.all_due, None, gap=12), gap=4)
        self._editors: tuple[QWidget, ...] = (due, self.file, people)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(_NOTE_HEIGHT)
        card = Card(gap=8)
        for radio, asked in zip(self.radios, self._editors, strict=True):
            card.body.addWidget(radio)
            card.body.addLayout(row(None, 22, asked, None, gap=0))
        card.body.addSpacing(4)
        card.body.addWidget(self.why)
        self.body.addWidget(card)
        self.body.addWidget(self.content)
        self.body.addStretch(1)
        self.kinds.idToggled.connect(self._switch)
        self.day.left.connect(self._look_again)
        self.day.changed.connect(self.forgive)
        self.file.left.connect(self._look_again)
        self.person.left.connect(self._take_person)
        self.reason.textChanged.connect(self.forgive)

    # what is chosen

    @property
    def kind(self) -> int:
        """Return ``DUE``, ``FILE`` or ``PEOPLE``."""
        return self.kinds.checkedId()

    def scope(self) -> Scope:
        """Return what was chosen so far."""
        if self.kind == DUE:
            day = _value(self.day)
            return Scope(due_on=day, part=self.part) if isinstance(day, date) else Scope()
        if self.kind == FILE:
            return Scope(file=str(_value(self.file) or ""))
        return Scope(refs=self.refs)

    def choose_due(self, day: date, part: Part | None = None) -> None:
        """Begin with everything due by a day, or with a part of it."""
        self.day.set_value(day)
        self.part = part
        self._begin(DUE)
        self._name_part()

    def _widen(self) -> None:
        """Take everything that is due instead of a part."""
        self.part = None
        self._name_part()
        self._look_again()

    def choose_file(self, ref: str) -> None:
        """Begin with a whole file."""
        self.file.set_value(ref)
        self._begin(FILE)

    def choose_people(self, refs: Sequence[str]) -> None:
        """Begin with chosen people, or single holdings."""
        self.refs = tuple(dict.fromkeys(refs))
        self._begin(PEOPLE)
        self._count()

    def _begin(self, kind: int) -> None:
        if self.kind == kind:
            self._switch(kind, True)
        else:
            self.radios[kind].setChecked(True)

    def _switch(self, kind: int, on: bool) -> None:
        if not on:
            return
        for number, editor in enumerate(self._editors):
            editor.setVisible(number == kind)
        suggestion = _(REASON_DUE) if kind == DUE else ""
        if self.reason.toPlainText().strip() in ("", self._suggested):
            self.reason.setPlainText(suggestion)
        self._suggested = suggestion
        self._count()
        self._look_again()

    def _take_person(self) -> None:
        ref = _value(self.person)
        if ref:
            self.person.set_value(None)
            self.choose_people((*self.refs, str(ref)))

    def _look_again(self) -> None:
        self.forgive()
        self.on.setEnabled(False)
        self.changed.emit()

    # what it takes

    def show_preview(self, preview: Preview | None) -> None:
        """Show what the set takes; None when nothing is chosen yet."""
        self.content.show_content(preview.content if preview else None)
        self.on.setEnabled(bool(preview and preview.content.people))
        self._lot = next(iter(preview.content.lots), None) if preview else None
        self._name_part()

    def why_text(self) -> str:
        """Return the reason."""
        return self.reason.toPlainText().strip()

    def go_on(self) -> None:
        """Go to the places when there is a reason and somebody to destroy."""
        if not self.on.isEnabled():
            return
        if not self.why_text():
            self.why.complain(_("This has to be filled in."))
            self.reason.setFocus()
            return
        self.on_asked.emit()

    def forgive(self) -> None:
        """Take complaints away."""
        super().forgive()
        self.why.complain("")

    # an unfinished one

    def draft(self) -> dict[str, Any]:
        """Return what was entered, as JSON holds it."""
        part = self.part.text() if self.part else ""
        raw = {"kind": self.kind, "day": self.day.raw(), "file": self.file.raw(), "part": part}
        return {**raw, "refs": list(self.refs), "reason": self.reason.toPlainText()}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put a draft back."""
        self.day.set_raw(str(draft.get("day", "")))
        self.file.set_raw(str(draft.get("file", "")))
        self.refs = tuple(str(ref) for ref in draft.get("refs", ()))
        self.part = part_of(str(draft["part"])) if draft.get("part") else None
        self._begin(int(draft.get("kind", DUE)))
        self.reason.setPlainText(str(draft.get("reason", "")))
        self._name_part()

    # words

    def _count(self) -> None:
        n = len(self.refs)
        words = (
            ngettext("{n} person chosen", "{n} people chosen", n) if n else _("Nobody chosen yet")
        )
        self.chosen.setText(words)
        self.nobody.setVisible(bool(n))

    def _name_part(self) -> None:
        """Say which part of what is due is taken."""
        part = self.part
        self.only.setVisible(part is not None)
        self.all_due.setVisible(part is not None)
        if part is not None:
            words = _("Only “{file}” for “{purpose}”, due from {first} to {last}")
            named = self._lot or part
            told = {"file": named.file, "purpose": named.purpose}
            self.only.setText(words.format(**told, first=part.first, last=part.last))

    def _speak(self) -> None:
        self.heading.setText(_("What is to be destroyed"))
        self.lead.setText(
            _(
                "Nothing is destroyed yet: the set is requested, approved by a second officer,"
                " and only then executed."
            )
        )
        labels = (_("Everything that is due by a day"), _("A whole file"), _("Chosen people"))
        for radio, label in zip(self.radios, labels, strict=True):
            radio.setText(label)
        for editor in (self.day, self.file, self.person):
            editor.name_for_speech(_(editor.field.label))
        self.nobody.setText(_("Choose nobody"))
        self.all_due.setText(_("Take everything that is due"))
        self._name_part()
        self.why.tell(_("Reason"), _("It is printed on the request and on the certificate."))
        self.on.setText(_("Continue to the places"))
        if self._suggested and self.why_text() == self._suggested:
            self._suggested = _(REASON_DUE)
            self.reason.setPlainText(self._suggested)
        self._count()


def _value(editor: Any) -> object:
    try:
        return editor.value()
    except Unclear:
        return None
