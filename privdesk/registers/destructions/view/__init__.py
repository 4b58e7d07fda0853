"""The destruction page: the register's list, and the procedure as a full page."""

from privdesk.registers.destructions.view.page import DestructionPage

__all__ = ["DestructionPage"]
