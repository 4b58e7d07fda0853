"""Reviews of access rights: of each system, which rights are kept, changed or revoked."""

from privdesk.registers.rights_reviews.fields import REGISTER, RIGHTS

__all__ = ["REGISTER", "RIGHTS"]
