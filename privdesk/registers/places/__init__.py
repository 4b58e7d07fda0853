"""Where personal data is kept: systems, processors, archives, backups."""

from privdesk.registers.places.apart import INSPECTIONS
from privdesk.registers.places.fields import REGISTER

__all__ = ["INSPECTIONS", "REGISTER"]
