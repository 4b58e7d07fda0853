"""Counts down to the idle lock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from privdesk.core.clock import awake_or_asleep

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class LockClock(QObject):
    """Emits ``expired`` when nobody has touched the desk for so many minutes.

    It watches windows, not widgets: one look at each key and pointer event, none at
    painting.
    """

    ticked = Signal(int)  # seconds left
    expired = Signal()

    def __init__(
        self,
        minutes: int = 10,
        now: Callable[[], float] = awake_or_asleep,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._limit = minutes * 60
        self._touched = now()
        self._held = 0
        self._over = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self.watch)

    @property
    def left(self) -> int:
        """Seconds left, rounded up; never negative."""
        return max(0, -int(-(self._limit - (self._now() - self._touched)) // 1))

    def start(self) -> None:
        """Begin to count."""
        self.touch()
        self._timer.start()
        self.tick()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def set_minutes(self, minutes: int) -> None:
        """Change the limit."""
        self._limit = minutes * 60
        self.touch()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._now()
        self._over = False

    def hold(self, on: bool) -> None:
        """Do not lock while long work runs that must not be cut off."""
        self._held += 1 if on else -1
        if not on:
            self.touch()

    def watch(self, window: QWindow | None) -> None:
        """Notice keys and pointer in a window."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
            self.touch()

    def tick(self) -> None:
        """Say how many seconds are left, or that time is up."""
        if self._held:
            self.touch()
        self.ticked.emit(self.left)
        if not self.left and not self._over and not self._held:
            self._over = True
            self.expired.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only look; never hold anything up."""
        if event.type() in _INPUT:
            self.touch()
        return False
