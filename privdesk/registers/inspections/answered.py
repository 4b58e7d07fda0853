"""The declaration of the answers of inspections: result, evidence, finding, due day, remedy."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, ReadyView, Register, State
from privdesk.registers.questionnaires import RESULTS
from privdesk.registers.states import VOID

SLOT_QUESTION, SLOT_EVIDENCE, SLOT_FINDING, SLOT_REMEDY, SLOT_SECTION, SLOT_EN = range(1, 7)

_EVIDENCE = Field(
    "evidence", N_("Evidence"), Kind.NOTE, Audience.OFFICE, slot=SLOT_EVIDENCE, width=180,
    aliases=("증빙", "증빙자료", "확인 자료"), help=N_("What was shown, and where it is kept."),
)  # fmt: skip
_FINDING = Field(
    "finding", N_("What is lacking"), Kind.NOTE, Audience.OFFICE, slot=SLOT_FINDING, width=180,
    aliases=("미흡사항", "미흡 사항", "지적사항"), help=N_("Needed for every No."),
)  # fmt: skip
_DUE = Field(
    "due", N_("Put right by"), Kind.DATE, width=105, aliases=("조치기한", "조치 기한"),
    help=N_("Needed for every No."),
)  # fmt: skip

REGISTER = Register(
    name="inspection-answers",
    title=N_("Answers of inspections"),
    singular=N_("Answer of an inspection"),
    prefix="BA",
    group="partners",
    why=N_("Each question with its answer and proof; what is lacking has a day and a remedy."),
    clause="S4.1",
    fields=(
        Field("inspection", N_("Inspection"), Kind.LINK, links_to="inspections", required=True,
              fixed=True, width=150, aliases=("점검", "점검 번호"), in_form=False),
        Field("processor", N_("Processor"), Kind.LINK, links_to="processors", computed=True,
              in_form=False, in_table=False, width=150),
        Field("no", N_("Question no."), Kind.INTEGER, required=True, fixed=True, width=50,
              aliases=("번호", "순번", "연번"), in_form=False),
        Field("section", N_("Section"), audience=Audience.OFFICE, slot=SLOT_SECTION,
              computed=True, in_form=False, width=120),
        Field("question", N_("Question"), Kind.NOTE, Audience.OFFICE, slot=SLOT_QUESTION,
              computed=True, in_form=False, width=300),
        Field("question_en", N_("Question in English"), Kind.NOTE, Audience.OFFICE, slot=SLOT_EN,
              computed=True, in_form=False, in_table=False),
        Field("answer", N_("Outcome"), Kind.CHOICE, choices=RESULTS, width=90,
              aliases=("결과", "점검 결과", "점검결과")),
        _EVIDENCE,
        _FINDING,
        _DUE,
        Field("remedy", N_("What was done"), Kind.NOTE, Audience.OFFICE, slot=SLOT_REMEDY,
              in_table=False, computed=True, in_form=False),
        Field("fixed_on", N_("Put right on"), Kind.DATE,
              computed=True, in_form=False, in_table=False),
        Field("earlier", N_("Asked again after"), Kind.LINK, links_to="inspection-answers",
              computed=True, in_form=False, in_table=False),
    ),
    model="privdesk.registers.inspections.model:Answer",
    service="privdesk.registers.inspections.answers:Answers",
    states=(
        State("open", N_("Not answered"), "waiting"),
        State("good", N_("In order"), "kept"),
        State("lacking", N_("Lacking"), "overdue"),
        State("fixed", N_("Put right"), "kept"),
        VOID,
    ),
    actions=(
        Action("yes", N_("Yes"), "yes", states=("open", "lacking", "good"), bulk=True,
               asks=(_EVIDENCE,)),
        Action("no", N_("No"), "no", states=("open", "good", "lacking"), bulk=True,
               asks=(replace(_FINDING, required=True), replace(_DUE, required=True), _EVIDENCE)),
        Action("not-applicable", N_("Does not apply"), "not_applicable",
               states=("open", "good", "lacking"), bulk=True),
        Action(
            "fixed",
            N_("Put right"),
            "fix",
            asks=(
                Field("remedy", N_("What was done"), Kind.NOTE, Audience.OFFICE, slot=SLOT_REMEDY,
                      required=True),
                Field("on", N_("On"), Kind.DATE, help=N_("Empty for today.")),
            ),
            states=("lacking",),
            bulk=True,
            help=N_("Said by the processor, or seen at a re-inspection."),
        ),
        Action("extend", N_("More time"), "extend", states=("lacking",), bulk=True,
               asks=(Field("due", N_("Put right by"), Kind.DATE, required=True),
                     Field("reason", N_("Reason"), Kind.NOTE, required=True))),
    ),
    views=(
        ReadyView(N_("Not answered"), (("state", ("open",)),)),
        ReadyView(N_("Lacking, not put right"), (("state", ("lacking",)),)),
    ),
    creatable=False,
    aside=True,
    help="processors",
    title_field="question",
    sort="id",
)  # fmt: skip
