"""The desk in a window: the wiring of pages, services and flows. Nothing else imports it."""

from privdesk.window.run import run

__all__ = ["run"]
