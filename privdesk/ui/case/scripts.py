"""What to ask before anything is done: a script for each way of checking identity (rule 21).

Questions only: no value of the record is shown, so that nothing can be read out by mistake.
"""

from __future__ import annotations

from collections.abc import Mapping

from privdesk.core.i18n import N_

ALWAYS = N_(
    "Never say the answer, nor whether one of several was wrong. Ask, listen, then reveal the "
    "record and compare."
)
_QUESTIONS = (
    N_("Ask for the full name and for the date of birth."),
    N_("Ask for the telephone number or the e-mail address on file, in full."),
    N_("Ask what the person signed up or paid for, and about when."),
    N_("Reveal the record and compare all three. One wrong answer: choose another method."),
)
_CALL_BACK = (
    N_("Say that you will call back, and end the call."),
    N_("Reveal the record and call the number on file, never one that the caller gave."),
    N_("Ask for the full name and the date of birth, and compare."),
)
_DOCUMENT = (
    N_("Ask for an identity document with a photograph."),
    N_("Compare the face, the name and the date of birth with the record."),
    N_("Take no copy; if one is needed, have the last seven digits covered first."),
)
_SIGNED_IN = (
    N_("Check in the source system that the request came from the signed-in account."),
    N_("Compare its source number with that of the record."),
)
_AGENT = (
    N_("Ask for the mandate and for the identity document of the agent."),
    N_("Check that the mandate names the request, the person and the agent, and is signed."),
    N_("Keep the mandate with the request (Decree 45(2))."),
)
_OTHER = (
    N_("Ask for what only the person can know or show."),
    N_("Reveal the record and compare."),
)
_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "questions": _QUESTIONS,
    "knowledge": _QUESTIONS,
    "phone": _CALL_BACK,
    "callback": _CALL_BACK,
    "call-back": _CALL_BACK,
    "message": _CALL_BACK,
    "document": _DOCUMENT,
    "id-card": _DOCUMENT,
    "identity": _DOCUMENT,
    "visit": _DOCUMENT,
    "login": _SIGNED_IN,
    "account": _SIGNED_IN,
    "certificate": _SIGNED_IN,
    "mandate": _AGENT,
    "agent": _AGENT,
}


def script(method: str) -> tuple[str, ...]:
    """Return the steps of a method, as message ids; a general one for a method of other name."""
    return _SCRIPTS.get(method, _OTHER)
