"""The page of the sessions: how the office stands, and the sheet that is ticked."""

from privdesk.registers.sessions.view.page import SessionsPage

__all__ = ["SessionsPage"]
