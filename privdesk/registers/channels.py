"""The ways by which people and the company reach each other: consents, points, requests."""

from __future__ import annotations

from privdesk.core.fields import Choice
from privdesk.core.i18n import N_

CHANNELS = (
    Choice("web", N_("Web site")),
    Choice("app", N_("App")),
    Choice("phone", N_("By telephone")),
    Choice("email", N_("By e-mail")),
    Choice("fax", N_("By fax")),
    Choice("post", N_("By post")),
    Choice("paper", N_("On paper")),
    Choice("visit", N_("In person")),
)
