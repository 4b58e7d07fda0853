"""Access rights: who may do what in which system, from the application up to the revocation."""

from privdesk.registers.access_rights.fields import REGISTER

__all__ = ["REGISTER"]
