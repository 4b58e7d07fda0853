"""What personal data can stand on; the keys are those the rules of destruction know."""

from __future__ import annotations

from privdesk.core.fields import Choice
from privdesk.core.i18n import N_

MEDIA = (
    Choice("electronic", N_("Electronic files")),
    Choice("paper", N_("Paper")),
    Choice("magnetic", N_("Magnetic medium")),
    Choice("flash", N_("Flash memory")),
    Choice("optical", N_("Optical disc")),
)
