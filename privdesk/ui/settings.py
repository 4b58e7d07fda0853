"""Settings of this workstation: language, look, size, idle lock, folder for backups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, current
from privdesk.ui.preferences import Preferences, PreferencesStore
from privdesk.ui.theme import LANGUAGE_NAMES, LOOKS, SCALES, Theme
from privdesk.ui.widgets import (
    FlashLine,
    Hairline,
    PlainLabel,
    Plane,
    button,
    column,
    number_box,
    row,
)

_WIDTH, _CONTROL = 780, 320
LEAST_MINUTES, MOST_MINUTES = 1, 30


class SettingLine(QWidget):
    """Name and explanation on the left, the control on the right, a hairline beneath."""

    def __init__(self, control: QWidget, *more: QWidget, width: int = _CONTROL) -> None:
        super().__init__()
        self.name = PlainLabel("", "strong")
        self.why = PlainLabel("", "caption", wrap=True)
        self._control = control
        words = column(None, self.name, self.why, gap=2)
        controls = QWidget()
        controls.setFixedWidth(width)
        row(controls, control, *more).setStretch(0, 1)
        line = row(None, words, controls, gap=24, margin=(0, 12))
        line.setStretch(0, 1)
        column(self, line, Hairline(), gap=0)

    def tell(self, name: str, why: str) -> None:
        """Set the texts."""
        self.name.setText(name)
        self.why.setText(why)
        self._control.setAccessibleName(name)
        self._control.setAccessibleDescription(why)


class SettingsPage(QWidget):
    """Each change counts and is kept at once; the size from the next start."""

    help_topic = "start"
    changed = Signal(Preferences)

    def __init__(
        self,
        store: PreferencesStore,
        theme: Theme,
        *,
        reopen: Callable[[], object] | None = None,
        extra: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._store, self._theme = store, theme
        self._now = store.load()
        self._scale_at_start = self._now.scale
        self.language, self.look, self.scale = QComboBox(), QComboBox(), QComboBox()
        self.minutes = number_box(LEAST_MINUTES, MOST_MINUTES)
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.browse = button("", self._browse, icon="folder")
        self.reopen = button("", reopen, icon="lock")
        self.reopen.hide()
        self._can_reopen = reopen is not None
        self.title = PlainLabel("", "title")
        self.where = PlainLabel("", "muted", wrap=True)
        self.lines = [
            SettingLine(self.language),
            SettingLine(self.look),
            SettingLine(self.scale, self.reopen),
            SettingLine(self.minutes),
            SettingLine(self.folder, self.browse),
        ]
        self._fill()
        self._build(extra)
        self.flash = FlashLine(self)
        self.language.activated.connect(self._language_chosen)
        self.look.activated.connect(self._look_chosen)
        self.scale.activated.connect(self._scale_chosen)
        self.minutes.valueChanged.connect(self._minutes_chosen)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.title.setText(_("This workstation"))
        self.where.setText(
            _("These settings belong to this account on this workstation, not to the vault.")
        )
        texts = (
            (_("Language of the screen"), _("Papers are printed in the language chosen for each.")),
            (_("Look"), _("“As the system” follows the desktop by day and night.")),
            (_("Size"), _("Everything grows alike. A new size counts from the next unlocking.")),
            (_("Idle lock"), _("The desk locks when nobody touches it for so long.")),
            (
                _("Folder for backups"),
                _("Best on another disk. Without one, backups lie beside the vault."),
            ),
        )
        for line, (name, why) in zip(self.lines, texts, strict=True):
            line.tell(name, why)
        looks = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
        for index, key in enumerate(LOOKS):
            self.look.setItemText(index, looks[key])
        self.language.setCurrentIndex(list(LANGUAGE_NAMES).index(current()))
        self.minutes.setSuffix(_(" minutes"))
        self.folder.setText(self._now.backup_folder or _("Beside the vault"))
        self.browse.setText(_("Choose…"))
        self.reopen.setText(_("Lock and reopen"))

    def activated(self) -> None:
        """Show what was changed elsewhere, in the menu of the top bar."""
        self._now = replace(self._now, language=current(), look=self._theme.look)
        self.look.setCurrentIndex(LOOKS.index(self._now.look))
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def set_backup_folder(self, folder: str) -> None:
        """Keep where backups go."""
        self._keep(replace(self._now, backup_folder=folder))
        self.retranslate()

    def _fill(self) -> None:
        for key, label in LANGUAGE_NAMES.items():
            self.language.addItem(label, key)
        for key in LOOKS:
            self.look.addItem(key, key)
        for scale in SCALES:
            self.scale.addItem(f"{scale} %", scale)
        self.look.setCurrentIndex(LOOKS.index(self._theme.look))
        if self._now.scale in SCALES:
            self.scale.setCurrentIndex(SCALES.index(self._now.scale))
        self.minutes.setValue(self._now.idle_minutes)

    def _build(self, extra: QWidget | None) -> None:
        inner = Plane("none")
        body = QWidget()
        body.setMaximumWidth(_WIDTH)
        column(
            body,
            self.title,
            self.where,
            10,
            *self.lines,
            *((24, extra) if extra is not None else ()),
            None,
            gap=2,
        )
        held = row(inner, body, None, gap=0, margin=(32, 26))
        held.setStretch(0, 10)
        held.setStretch(1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        column(self, scroll)

    def _keep(self, preferences: Preferences) -> None:
        try:
            self._store.save(preferences)
        except DomainError as error:
            self.flash.refuse(error)
            return
        self._now = preferences
        self.changed.emit(preferences)

    def _language_chosen(self) -> None:
        language = str(self.language.currentData())
        self._theme.speak(language)
        self._keep(replace(self._now, language=language))

    def _look_chosen(self) -> None:
        look = str(self.look.currentData())
        self._theme.wear(look)
        self._keep(replace(self._now, look=look))

    def _scale_chosen(self) -> None:
        scale = int(self.scale.currentData())
        self._keep(replace(self._now, scale=scale))
        self.reopen.setVisible(self._can_reopen and scale != self._scale_at_start)

    def _minutes_chosen(self, minutes: int) -> None:
        self._keep(replace(self._now, idle_minutes=minutes))

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Folder for backups"))
        if folder:
            self.set_backup_folder(folder)
