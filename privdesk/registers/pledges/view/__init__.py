"""The page of the pledges."""

from privdesk.registers.pledges.view.page import PledgesPage

__all__ = ["PledgesPage"]
