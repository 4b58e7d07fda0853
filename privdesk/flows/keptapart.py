"""What is kept apart on purpose when people are destroyed, as the certificate says it."""

from __future__ import annotations

from privdesk.core.i18n import N_, Words
from privdesk.documents.papers import destruction_certificate as d1
from privdesk.flows import consentends
from privdesk.registers.desk import Desk

PROOF = N_("Proof of consent without any item of the person; answers: {answers}")
WITH_FILES = N_("{told}; sealed evidence: {files}")
WHY = N_(
    "To prove that consent was asked for and given (PIPA 15(1)1, 22); sealed with keys of its own"
    " and used for nothing else, then destroyed."
)


def kept(desk: Desk, say: Words, destruction: int) -> tuple[d1.KeptApart, ...]:
    """Return what of the people a destruction took is kept, why and until when."""
    answers, files, until = consentends.kept(desk, destruction)
    if not answers:
        return ()
    told = say(PROOF).format(answers=f"{answers:,}")
    if files:
        told = say(WITH_FILES).format(told=told, files=f"{files:,}")
    return (d1.KeptApart(told, say(WHY), until),)
