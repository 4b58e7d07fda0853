"""The kinds of requests with their terms, the ways to check an identity, the grounds of refusal.

Only tables here; ``rules`` decides by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from privdesk.core.fields import Choice
from privdesk.core.i18n import N_

KINDS = (
    Choice("access", N_("Access to data"), aliases=("열람", "열람 요청", "개인정보 열람")),
    Choice("copy", N_("Copy of data"), aliases=("사본", "사본 발급", "사본 교부", "사본 요청")),
    Choice("correction", N_("Correction"), aliases=("정정", "수정", "정정 요청")),
    Choice("deletion", N_("Deletion"), aliases=("삭제", "삭제 요청", "delete", "erasure")),
    Choice("suspension", N_("Suspension of processing"), aliases=("처리정지", "처리 정지")),
    Choice(
        "withdrawal",
        N_("Withdrawal of consent"),
        aliases=("철회", "동의철회", "동의 철회", "수신동의 철회", "withdraw"),
    ),
    Choice("objection", N_("Objection"), aliases=("이의", "이의제기", "이의 제기", "이의신청")),
    Choice("source", N_("Source of data"), aliases=("출처", "수집출처", "수집 출처", "출처 문의")),
    Choice(
        "inquiry",
        N_("Inquiry"),
        aliases=("문의", "일반문의", "일반 문의", "상담", "질문", "question"),
    ),
    Choice(
        "infringement",
        N_("Infringement report"),
        aliases=("침해", "침해신고", "침해 신고", "유출 신고"),
    ),
    Choice(
        "automated",
        N_("Automated decision"),
        aliases=("자동화", "자동화된 결정", "자동화 결정", "설명 요구"),
    ),
    Choice(
        "transmission", N_("Transmission"), aliases=("전송", "전송요구", "전송 요구", "portability")
    ),
    Choice("mediation", N_("Mediation"), aliases=("분쟁조정", "분쟁 조정", "dispute")),
)
KIND_LABELS: Mapping[str, str] = {kind.key: kind.label for kind in KINDS}


@dataclass(frozen=True)
class Term:
    """How long an answer may take: the name of the legal number, and the rule it answers to.

    ``hours`` counts on the office's clock of clause S5.4, anything else in days by R-time.
    """

    number: str
    rule: str
    hours: bool = False


TERMS: Mapping[str, Term] = {
    "access": Term("access.answer_days", "17"),
    "copy": Term("access.answer_days", "17"),
    "correction": Term("correction.answer_days", "19"),
    "deletion": Term("correction.answer_days", "19"),
    "suspension": Term("suspension.answer_days", "20"),
    "withdrawal": Term("suspension.answer_days", "20"),
    "objection": Term("objection.answer_days", "S5.2"),
    "source": Term("source.answer_days", "26"),
    "inquiry": Term("inquiry.answer_hours", "S5.4", hours=True),
    "infringement": Term("inquiry.answer_hours", "S9.1", hours=True),
    "automated": Term("automated.answer_days", "61"),
    "transmission": Term("transmission.answer_days", "59"),
    "mediation": Term("mediation.refusal_days", "60"),
}
PROPOSAL = Term("mediation.proposal_days", "60")
"""Of a mediation once its proposal has come: silence then counts as acceptance."""

OPEN_TO_ANYBODY = ("inquiry", "infringement", "mediation")
"""Kinds that need no identity check: nothing about a person is told or changed."""
POSTPONED_BY_LAW = ("access", "copy", "automated")
POSTPONED_BY_OFFICE = ("objection", "inquiry", "infringement", "transmission")

METHODS = (
    Choice(
        "callback",
        N_("Call back to the number on file"),
        N_(
            "“I will call you back at the number we have on file.” Hang up, dial that number, not"
            " the one shown; ask for the full name and one more item on file. Read nothing out."
        ),
    ),
    Choice(
        "questions",
        N_("Questions on what is on file"),
        N_(
            "“Please tell me your full name and two of these: telephone number, e-mail address,"
            " your last use of the service.” The person says them; never prompt, never confirm a"
            " part. One wrong answer ends the call."
        ),
    ),
    Choice(
        "code",
        N_("Code sent to the contact on file"),
        N_(
            "“I have sent six digits to the contact on file. Please read them to me.” The code"
            " holds for five minutes and one try; never send it to a new contact."
        ),
    ),
    Choice(
        "login",
        N_("Signed in to the web site"),
        N_(
            "The request came from the person’s own account after signing in. Compare the account"
            " with the case, and see that its contact did not change in the last seven days."
        ),
    ),
    Choice(
        "card",
        N_("Identity card shown"),
        N_(
            "“Please show me an identity card.” Compare face, name and date of birth. Note the kind"
            " of card only: no copy, no resident number."
        ),
    ),
    Choice(
        "phone_service",
        N_("Verification service"),
        N_(
            "“Please verify yourself with your mobile telephone or certificate.” Enter the"
            " confirmation number of the service in the note, never the identifying key."
        ),
    ),
    Choice(
        "signature",
        N_("Signature or seal compared"),
        N_(
            "Compare the signature or seal on the request form with the one on file, and call the"
            " number on file where they differ or none is there."
        ),
    ),
)

LAW, POLICY, FORMAL, STATED = "law", "policy", "formal", "stated"
_RIGHTS = ("access", "copy", "correction", "deletion", "suspension", "withdrawal", "source",
           "automated", "transmission", "objection")  # fmt: skip
_STOP = ("suspension", "withdrawal")


@dataclass(frozen=True)
class Ground:
    """A ground of refusal: its words, its article (message ids), and for which kinds it is one.

    Words and article stand in the letter; ``marked`` is what the office’s own screen says where
    it says more.

    ``basis``: ``law`` a ground the statute knows; ``formal`` the request cannot be taken up;
    ``stated`` the law has no list for the kind; ``policy`` only the company's policy knows it.
    """

    key: str
    label: str
    article: str
    kinds: tuple[str, ...]
    basis: str = LAW
    marked: str = ""


GROUNDS: Mapping[str, Ground] = {
    ground.key: ground
    for ground in (
        Ground(
            "access_law",
            N_("A law forbids or restricts access"),
            N_("Personal Information Protection Act art. 35(4)1"),
            ("access", "copy"),
        ),
        Ground(
            "access_harm",
            N_("Access may harm life, body, property or interests of another"),
            N_("Personal Information Protection Act art. 35(4)2"),
            ("access", "copy"),
        ),
        Ground(
            "deletion_law",
            N_("Another law names the data as to be collected"),
            N_("Personal Information Protection Act art. 36(1)"),
            ("deletion",),
        ),
        Ground(
            "stop_law",
            N_("A law commands the processing"),
            N_("Personal Information Protection Act art. 37(2)1"),
            _STOP,
        ),
        Ground(
            "stop_harm",
            N_("Stopping may harm life, body, property or interests of another"),
            N_("Personal Information Protection Act art. 37(2)2"),
            _STOP,
        ),
        Ground(
            "stop_contract",
            N_("The contract cannot be performed, and the person has not clearly ended it"),
            N_("Personal Information Protection Act art. 37(2)4"),
            _STOP,
        ),
        Ground(
            "identity",
            N_("The identity could not be confirmed"),
            N_("Enforcement Decree art. 46(1)"),
            _RIGHTS,
            FORMAL,
        ),
        Ground(
            "mandate",
            N_("The agent showed no mandate"),
            N_("Enforcement Decree art. 45(2)"),
            _RIGHTS,
            FORMAL,
        ),
        Ground(
            "other",
            N_("Another reason, as stated"),
            "",
            ("source", "automated", "transmission", "objection", *OPEN_TO_ANYBODY),
            STATED,
        ),
        Ground(
            "affairs",
            N_("It interferes with the company’s affairs"),
            N_("Privacy policy of the company, clause on restrictions"),
            _RIGHTS,
            POLICY,
            N_("It interferes with the company’s affairs (policy only)"),
        ),
    )
}
GROUND_CHOICES = tuple(
    Choice(one.key, one.marked or one.label, one.article) for one in GROUNDS.values()
)
