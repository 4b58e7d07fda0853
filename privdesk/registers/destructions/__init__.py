"""Destructions: from the request to the certificate, with an order to each place."""

from privdesk.registers.destructions.fields import ORDERS, REGISTER

__all__ = ["ORDERS", "REGISTER"]
