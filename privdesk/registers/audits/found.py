"""The declaration of the findings of audits: weight, owner, day, corrective action, proof."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register
from privdesk.registers.audits.rules import STATE_LABELS, WEIGHT_LABELS, WEIGHT_WORDS
from privdesk.registers.filing import attach_action
from privdesk.registers.notes import note
from privdesk.registers.pieces import ON, REASON, choices_of, fact, states_of, told, why_fault

SLOT_FINDING, SLOT_ACTION, SLOT_VERIFIER, SLOT_SEEN, SLOT_WHY, SLOT_BY, SLOT_NOTE = range(1, 8)
SLOT_WANTED = 8
ENDED = ("verified", "accepted", "void")
TONES = {"open": "overdue", "done": "soon", "verified": "kept", "accepted": "held"}
AUDITING = ("officer", "auditor")
"""Who takes the steps of an audit: an auditor those of the audit that names them."""
PROOF = (
    Choice("evidence", N_("Evidence")),
    Choice("decision", N_("Signed decision")),
    Choice("other", N_("Other")),
)
FINDING = Field(
    "finding",
    N_("What the audit found"),
    Kind.NOTE,
    Audience.OFFICE,
    slot=SLOT_FINDING,
    required=True,
    width=280,
    aliases=("지적사항", "지적 사항", "미흡사항"),
)
WEIGHT = Field(
    "severity",
    N_("Weight"),
    Kind.CHOICE,
    choices=choices_of(WEIGHT_LABELS, WEIGHT_WORDS),
    required=True,
    default="minor",
    width=80,
    aliases=("severity", "중요도", "등급"),
)
WEIGHED = replace(WEIGHT, required=False, help=N_("Empty for minor."), aliases=())
"""Asked by an action: how much a finding weighs."""
OWNER = Field(
    "owner",
    N_("Puts it right"),
    Kind.LINK,
    links_to="staff",
    required=True,
    width=110,
    aliases=("조치 담당자", "조치담당자", "담당자"),
    help=N_("Who answers for the corrective action."),
)
DUE = Field(
    "due",
    N_("Put right by"),
    Kind.DATE,
    required=True,
    width=105,
    aliases=("조치기한", "조치 기한"),
)

FIELDS = (
    Field(
        "audit",
        N_("Audit"),
        Kind.LINK,
        links_to="audits",
        required=True,
        fixed=True,
        width=180,
        aliases=("감사", "감사명"),
    ),
    Field(
        "answer",
        N_("Question"),
        Kind.LINK,
        links_to="audit-answers",
        computed=True,
        in_form=False,
        in_table=False,
    ),
    Field(
        "clause",
        N_("Clause"),
        width=70,
        aliases=("조항", "근거 조항"),
        help=N_("Of the policy or the law, such as S6.4."),
    ),
    FINDING,
    WEIGHT,
    OWNER,
    Field(
        "wanted",
        N_("What is asked for"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_WANTED,
        in_table=False,
        aliases=("개선 요구사항", "개선 권고"),
        help=N_("Stands on the request for corrective action."),
    ),
    DUE,
    fact("found_on", N_("Found on"), Kind.DATE),
    Field(
        "earlier",
        N_("Found before as"),
        Kind.LINK,
        links_to="audit-findings",
        in_table=False,
        help=N_("The finding of an earlier audit that has come back."),
    ),
    fact("requested_on", N_("Asked for on"), Kind.DATE),
    told("action", N_("What was done"), SLOT_ACTION, Kind.NOTE),
    fact("done_on", N_("Put right on"), Kind.DATE, table=True, width=105),
    told("verifier", N_("Verifier"), SLOT_VERIFIER),
    told("seen", N_("What was seen"), SLOT_SEEN, Kind.NOTE),
    fact("verified_on", N_("Verified on"), Kind.DATE, table=True, width=105),
    told("why", N_("Why the risk is accepted"), SLOT_WHY, Kind.NOTE),
    told("accepted_by", N_("Accepted by"), SLOT_BY),
    fact("accepted_on", N_("Accepted on"), Kind.DATE),
    fact("decision_no", N_("Signed decision no.")),
    note(SLOT_NOTE),
)

REGISTER = Register(
    name="audit-findings",
    title=N_("Audit findings"),
    singular=N_("Audit finding"),
    prefix="YF",
    group="safety",
    why=N_("What an audit found, who puts it right by when, and the proof that it was."),
    clause="S8.2③",
    fields=FIELDS,
    model="privdesk.registers.audits.model:AuditFinding",
    service="privdesk.registers.audits.findings:AuditFindings",
    states=tuple(
        replace(one, ended=one.key in ENDED) for one in states_of(STATE_LABELS, TONES)
    ),
    children=(
        Child("safety-papers", N_("Proof"), "finding"),
        Child("audit-findings", N_("Found again as"), "earlier"),
    ),
    actions=(
        Action(
            "done",
            N_("Put right"),
            "done",
            asks=(
                Field("action", N_("What was done"), Kind.NOTE, required=True),
                ON,
                Field("file", N_("Proof"), picks="open", help=N_("May be attached later too.")),
            ),
            states=("open",),
        ),
        Action(
            "verify",
            N_("Verify"),
            "verify",
            asks=(
                Field("seen", N_("What was seen"), Kind.NOTE, required=True),
                Field("by", N_("Verifier"), help=N_("Empty for you.")),
                ON,
            ),
            states=("done",),
            roles=AUDITING,
            help=N_("By somebody other than who put it right."),
        ),
        Action(
            "send-back",
            N_("Send back"),
            "send_back",
            asks=(REASON, replace(DUE, aliases=())),
            states=("done",),
            roles=AUDITING,
            help=N_("The proof is not enough; it has to be put right by a new day."),
        ),
        Action(
            "accept",
            N_("Accept the risk"),
            "accept",
            asks=(
                REASON,
                Field("paper", N_("Signed decision no."),
                      help=N_("Needed unless the chief privacy officer does it at this desk.")),
                ON,
            ),
            states=("open", "done"),
            danger=True,
            help=N_("Only the chief privacy officer accepts what stays as it is, with the reason."),
        ),
        Action(
            "extend",
            N_("More time"),
            "extend",
            asks=(replace(DUE, aliases=()), replace(REASON, check=why_fault)),
            states=("open",),
            bulk=True,
        ),
        Action(
            "hand-on",
            N_("Another owner"),
            "hand_on",
            asks=(replace(OWNER, aliases=()), replace(REASON, check=why_fault)),
            states=("open",),
            bulk=True,
        ),
        replace(attach_action(PROOF), roles=AUDITING),
    ),
    documents=(
        Document("audit-request", N_("Request for corrective action"),
                 "privdesk.flows.auditing:request"),
        Document("audit-result", N_("Result of corrective action"),
                 "privdesk.flows.auditing:result"),
    ),
    views=(
        ReadyView(N_("To be put right"), (("state", ("open",)),)),
        ReadyView(N_("To be verified"), (("state", ("done",)),)),
        ReadyView(N_("Risk accepted"), (("state", ("accepted",)),)),
    ),
    rules="privdesk.registers.audits.judging:findings",
    void_states=("open",),
    aside=True,
    help="audits",
    title_field="finding",
    sort="due",
)  # fmt: skip
