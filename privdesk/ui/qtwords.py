"""What Qt's own dialogs and menus say in the language of the screen.

Qt ships a catalogue of its own; what that lacks, or says in a way no office would,
comes from ours.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

from privdesk.core.i18n import N_, _, current

OURS = frozenset(
    {
        ("QFileDialog", N_("&Look in:")),
        ("QFileDialog", N_("Files of &type:")),
        ("QFileDialog", N_("Parent Directory")),
        ("QAbstractFileIconProvider", N_("Alias")),
        ("QAbstractFileIconProvider", N_("Drive")),
        ("QAbstractFileIconProvider", N_("File")),
        ("QAbstractFileIconProvider", N_("File Folder")),
        ("QAbstractFileIconProvider", N_("Folder")),
        ("QAbstractFileIconProvider", N_("Shortcut")),
        ("QAbstractFileIconProvider", N_("Unknown")),
        ("QPageSetupWidget", N_("Page &order:")),
        ("QPageSetupWidget", N_("Pages &per sheet:")),
        ("QPrintSettingsOutput", N_("Page &Set:")),
        ("QPlatformTheme", N_("Discard")),
    }
)
"""Context and source text, as Qt has them."""


class QtWords:
    """Qt's catalogue and our additions, put in and taken out together."""

    def __init__(self, parent: QObject) -> None:
        self._shipped = QTranslator(parent)
        self._added = _Added(parent)

    def speak(self) -> None:
        """Take the language of the screen."""
        for words in (self._shipped, self._added):
            QCoreApplication.removeTranslator(words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._shipped.load(f"qtbase_{current()}", folder):
            QCoreApplication.installTranslator(self._shipped)
        if current() != "en":  # asked first: the one put in last
            QCoreApplication.installTranslator(self._added)


class _Added(QTranslator):
    def isEmpty(self) -> bool:
        """Qt passes over translators that hold nothing."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return our word, or None so that Qt's catalogue is asked."""
        return _(source) if (context, source) in OURS else None
