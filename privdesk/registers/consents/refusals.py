"""Why an answer is not taken."""

from __future__ import annotations

from privdesk.core.errors import DomainError


class AnsweredLaterError(DomainError):
    """Nobody can have answered on {day}, which is still to come. Nothing was changed; check the
    date.
    """


class AnsweredBeforeAllError(DomainError):
    """Nobody can have answered on {day}; possible are the days from {first} until today. Nothing
    was changed; check the date.
    """


class AnswerStandsError(DomainError):
    """What was answered, when and by whom stays as it was entered ({field}): answers are added,
    never rewritten. Nothing was changed; take the answer out of use if it was entered by mistake,
    and enter it anew.
    """


class NothingAgreedError(DomainError):
    """On {day} {person} had agreed to nothing here ({purpose}), so nothing can have ended or been
    kept to. Nothing was changed; enter first what was agreed to, or check person, purpose, box and
    day.
    """


class FollowedError(DomainError):
    """{ref} is not taken out of use: {followed}. Nothing was changed; enter what the person says
    now as a new answer.
    """


class PurposeEndedError(DomainError):
    """The purpose {purpose} ended on {day}, so nobody can agree to it any more. Nothing was
    changed; choose another purpose.
    """


class PersonGoneError(DomainError):
    """{person} was destroyed or taken out of use. Nothing was changed; enter the person anew if
    there is a new consent.
    """


class BeforeConsentError(DomainError):
    """{ref} was answered on {at}, so what followed cannot have been on {day}. Nothing was changed;
    check the date.
    """


class GrownUpError(DomainError):
    """{person} is older than {age}, so no guardian is asked. Nothing was changed; record the
    person’s own answer.
    """


class WordingNotUsedError(DomainError):
    """The wording {wording} was not in force on {day}, so nobody can have seen it then. Nothing was
    changed; choose the version of that day, or leave the wording out.
    """


class NoSuchBoxError(DomainError):
    """The purpose {purpose} has no box of the kind “{box}”, so nobody can have ticked it. Nothing
    was changed; choose another kind, or say so at the purpose first.
    """


class WordingOfAnotherBoxError(DomainError):
    """The wording {wording} stands beside another box than “{box}”. Nothing was changed; choose a
    wording of this box, or leave the wording out.
    """


class WordingOfAnotherError(DomainError):
    """The wording {wording} asks for another purpose than {purpose}. Nothing was changed; choose a
    wording of this purpose, or leave the wording out.
    """
