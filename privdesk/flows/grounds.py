"""The reason of a destruction that the program itself wrote, in the language of the paper."""

from __future__ import annotations

from privdesk.core.i18n import LANGUAGES, N_, words

WITHDRAWN = N_("Consent withdrawn: {consents}")


def told(text: str | None, language: str) -> str:
    """Return a reason in a language; what an officer wrote stays as it is."""
    for one in LANGUAGES:
        head = words(one)(WITHDRAWN).format(consents="")
        if text and text.startswith(head):
            return words(language)(WITHDRAWN).format(consents=text.removeprefix(head))
    return text or ""
