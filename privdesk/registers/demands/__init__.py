"""Demands of authorities: what they ask on which article, what was decided and answered."""

from privdesk.registers.demands.fields import REGISTER

__all__ = ["REGISTER"]
