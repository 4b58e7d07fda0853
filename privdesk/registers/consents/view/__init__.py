"""The page of the consents."""

from privdesk.registers.consents.view.page import ConsentsPage

__all__ = ["ConsentsPage"]
