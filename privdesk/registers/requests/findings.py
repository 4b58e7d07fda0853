"""The findings on the requests: terms, identity, mandate, fee, closing, the file's own end.

Read from the table alone, so that thousands of closed cases cost nothing. One finding speaks
of a case's term, also where its identity is not checked yet; more than a handful of cases of
one kind and day, as an imported list brings them, are one finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, and_, or_, select

from privdesk.core.clock import office_date, office_time
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.reasons import name
from privdesk.core.rulebook import applies, rule_number
from privdesk.registers.desk import Desk
from privdesk.registers.requests import rules
from privdesk.registers.requests.kinds import GROUNDS, KIND_LABELS
from privdesk.registers.requests.rules import State

HANDFUL = 5  # cases of one kind and day that still stand each for itself
USAGE_NOTICE = "usage_notice_on"  # the setting: the day usage history was last notified
CHANNELS = "request_channels"  # the setting: how requests are taken
ALL_CHANNELS = ("phone", "email", "fax", "post", "visit", "web")
_OPEN = tuple(state.value for state in rules.OPEN)
_TOLD = tuple(state.value for state in rules.TOLD)

DUE = N_("{kind} {ref} is to be answered by {due}.")
DUE_AT = N_("{kind} {ref} is to be answered by {due}, {time}.")
LATE = N_("{kind} {ref} was to be answered by {due} and was not.")
LATE_AT = N_("{kind} {ref} was to be answered by {due}, {time}, and was not.")
SEVERAL = N_("{n} cases of the kind “{kind}” are to be answered by {due}.")
SEVERAL_LATE = N_("{n} cases of the kind “{kind}” were to be answered by {due} and were not.")
UNCHECKED = N_("{kind} {ref}: nobody has checked who asks; the answer is due by {due}.")
ANSWER = N_("Answer it, or tell the person before that day why it takes longer.")
ANSWER_BY = N_("Answer it by that day, in part if need be; the law knows no extension here.")
ANSWER_OR_BOUND = N_("Answer it by that day; to a proposal silence counts as acceptance.")
CHECK = N_("Check the identity by the script, then start; the term runs already.")
MANDATE = N_("{kind} {ref} was made by an agent, and no mandate is on file.")
ATTACH = N_("Ask for the mandate and attach it; until then nothing is worked on.")
FEE = N_("The fee of {fee} won for {ref} has not been paid.")
COLLECT = N_("Ask for the fee, or take it back; enter the day it was paid.")
UNCLOSED = N_("{kind} {ref} was answered on {on} and is still open.")
CLOSE = N_("See that the letter went out, then close the case.")
POLICY_ONLY = N_("{kind} {ref} was refused on a ground that only the policy knows.")
GROUND = N_("Look for a ground of the law, or grant it; the authority accepts no other.")
EXPIRED = N_("The file of case {ref} was to be kept until {until}.")
EXPUNGE = N_("Destroy the case’s file.")
ROUTES = "routes"  # the step: what the office's rules say of requests
HARDER_AT = N_("“{point}” collects data by “{channel}”, but no request is taken that way.")
HARDER = N_("Data is collected by “{channel}”, but no request is taken that way.")
OFFER = N_("Take requests by that way too, and tick it in the rules of the office.")
USAGE = N_("The company is large enough to notify people of the use of their data once a year.")
NOTIFY = N_("Notify them, then record the day.")


@dataclass(frozen=True)
class Facts:
    """One open case as the judges need it; ``time`` is empty where days count."""

    ref: str
    kind: str
    state: State
    due: date
    time: str
    late: bool
    identified: bool
    who: str


def judge(desk: Desk) -> list[Finding]:
    """Return what waits in the requests, and rules 9 and 57."""
    rows = _rows(desk)
    opened = [row for row in rows if row["state"] in _OPEN]
    told = [row for row in rows if row["state"] in _TOLD]
    return [
        *_terms([_facts(desk, row) for row in opened]),
        *(_mandate(desk, row) for row in opened if row["by_agent"] and not row["mandate"]),
        *(_fee(desk, row) for row in rows if row["fee"] and row["fee_paid"] is None
          and row["state"] in (*_TOLD, "closed")),
        *(one for row in told for one in _unclosed(desk, row)),
        *(_ground(desk, row) for row in told if _policy_only(row)),
        *(_expired(desk, row) for row in rows if row["state"] == "closed" and _over(desk, row)),
        *_routes(desk),
        *_usage(desk),
    ]  # fmt: skip


def _rows(desk: Desk) -> Sequence[RowMapping]:
    """Return the cases something may wait in: open ones, told ones, unpaid ones, those whose
    file is to go.
    """
    t = desk.service(rules.REGISTER).table
    unpaid = and_(t.c.fee > 0, t.c.fee_paid.is_(None))
    wanted = or_(
        t.c.state.in_((*_OPEN, *_TOLD)),
        and_(t.c.state == "closed", or_(t.c.keep_until <= desk.today(), unpaid)),
    )
    with desk.vault.reading() as sql:
        return sql.execute(select(t).where(wanted).order_by(t.c.due_on, t.c.id)).mappings().all()


def _facts(desk: Desk, row: RowMapping) -> Facts:
    at = datetime.fromisoformat(row["due_at"]) if row["due_at"] else None
    late = at < desk.now() if at is not None else row["due_on"] < desk.today()
    return Facts(
        ref=desk.ref(rules.REGISTER, row["id"]),
        kind=row["kind"],
        state=State(row["state"]),
        due=row["due_on"],
        time=office_time(at).strftime("%H:%M") if at is not None else "",
        late=late,
        identified=row["identified_at"] is not None,
        who=_who(desk, row),
    )


def _who(desk: Desk, row: RowMapping) -> str:
    return desk.ref("staff", row["handler"]) if row["handler"] else ""


def _terms(cases: Sequence[Facts]) -> list[Finding]:
    groups: dict[tuple[str, date, bool], list[Facts]] = {}
    for case in cases:
        groups.setdefault((case.kind, case.due, case.late), []).append(case)
    found: list[Finding] = []
    for group in groups.values():
        few = len(group) <= HANDFUL
        found += [_term(case) for case in group] if few else [_several(group)]
    return found


def _term(case: Facts) -> Finding:
    if rules.needs_identity(case.kind) and not case.identified and not case.late:
        return _say("21", case, UNCHECKED, CHECK)
    timed = bool(case.time)
    what = (LATE_AT if timed else LATE) if case.late else (DUE_AT if timed else DUE)
    return _say(rules.term_of(case.kind).rule, case, what, _advice(case.kind))


def _advice(kind: str) -> str:
    """Return what to do about a term: whether more time may be taken depends on the kind."""
    if kind == "mediation":
        return ANSWER_OR_BOUND
    return ANSWER if kind in rules.POSTPONABLE else ANSWER_BY


def _say(rule: str, case: Facts, what: str, do: str) -> Finding:
    values: dict[str, object] = {
        "kind": _kind(case.kind),
        "ref": case.ref,
        "due": case.due,
        "time": case.time,
    }
    return finding(
        rule,
        rules.REGISTER,
        case.ref,
        what=what,
        do=do,
        due=case.due,
        who=case.who,
        values=values,
        over=case.late,
    )


def _several(group: Sequence[Facts]) -> Finding:
    first = group[0]
    values = {"kind": _kind(first.kind), "due": first.due, "n": len(group), "clause": first.kind}
    return finding(
        rules.term_of(first.kind).rule,
        rules.REGISTER,
        "",
        what=SEVERAL_LATE if first.late else SEVERAL,
        do=_advice(first.kind),
        due=first.due,
        values=values,
        count=len(group),
        over=first.late,
    )


def _of(
    desk: Desk,
    row: RowMapping,
    rule: str,
    what: str,
    do: str,
    due: date | None,
    severity: Severity = Severity.WARNING,
    **more: object,
) -> Finding:
    ref = desk.ref(rules.REGISTER, row["id"])
    values: Mapping[str, object] = {"kind": _kind(row["kind"]), "ref": ref, **more}
    return finding(
        rule,
        rules.REGISTER,
        ref,
        what=what,
        do=do,
        due=due,
        severity=severity,
        who=_who(desk, row),
        values=values,
    )


def _mandate(desk: Desk, row: RowMapping) -> Finding:
    return _of(desk, row, "22", MANDATE, ATTACH, row["due_on"], Severity.BREACH)


def _fee(desk: Desk, row: RowMapping) -> Finding:
    return _of(desk, row, "25", FEE, COLLECT, None, fee=row["fee"])


def _unclosed(desk: Desk, row: RowMapping) -> list[Finding]:
    on = office_date(datetime.fromisoformat(row["answered_at"]))
    days = rule_number("request.close_days", on)
    due = desk.calendar.deadline_days(on, days)
    if desk.today() <= on:
        return []
    return [_of(desk, row, "S6.4", UNCLOSED, CLOSE, due, on=on)]


def _policy_only(row: RowMapping) -> bool:
    code = row["refusal"]
    return bool(code) and code in GROUNDS and not rules.statutory(code)


def _ground(desk: Desk, row: RowMapping) -> Finding:
    return _of(desk, row, "18", POLICY_ONLY, GROUND, row["due_on"], Severity.BREACH)


def _over(desk: Desk, row: RowMapping) -> bool:
    return row["keep_until"] is not None and row["keep_until"] <= desk.today()


def _expired(desk: Desk, row: RowMapping) -> Finding:
    due = desk.calendar.deadline_days(
        row["keep_until"], rule_number("destroy.days", row["keep_until"])
    )
    return _of(desk, row, "12", EXPIRED, EXPUNGE, due, Severity.BREACH, until=row["keep_until"])


def _routes(desk: Desk) -> list[Finding]:
    """Return rule 9: each way by which a point in use, or a consent, collected and none is taken.

    Only ways that are not offered are looked for among the consents.
    """
    taken = desk.setting(CHANNELS, list(ALL_CHANNELS))
    points = _points(desk)
    labels = {c.key: c.label for c in desk.service("consents").field("channel").choices}
    sql = "SELECT EXISTS (SELECT 1 FROM consents WHERE channel = ? AND state <> 'void')"
    found: list[Finding] = []
    for channel in rules.harder_routes((*ALL_CHANNELS, "app", "paper"), taken):
        point = points.get(channel, "")
        if not point and not desk.vault.raw.execute(sql, (channel,)).fetchone()[0]:
            continue
        told = {"channel": name(labels.get(channel, channel)), "point": point, "clause": channel}
        what = HARDER_AT if point else HARDER
        found.append(
            finding("9", rules.REGISTER, "", what=what, do=OFFER, values={**told, "step": ROUTES})
        )
    return found


def _points(desk: Desk) -> dict[str, str]:
    """Return the first collection point in use by the way by which it collects."""
    sql = "SELECT channel, min(id) FROM collection_points WHERE state = 'active' GROUP BY channel"
    numbers = {row[0]: row[1] for row in desk.vault.raw.execute(sql).fetchall() if row[0]}
    called = desk.service("collection-points").titles(sorted(numbers.values()))
    return {channel: called.get(number, "") for channel, number in numbers.items()}


def _usage(desk: Desk) -> list[Finding]:
    """Return rule 57 where the company is large enough: by the day a year after the last."""
    today = desk.today()
    if not applies("57", desk.profile, today):
        return []
    told = desk.setting(USAGE_NOTICE)
    due = rules.usage_notice_by(date.fromisoformat(told) if told else None, today)
    return [
        finding(
            "57",
            rules.REGISTER,
            "",
            what=USAGE,
            do=NOTIFY,
            due=due,
            values={"step": "usage-notice"},
        )
    ]


def _kind(kind: str) -> object:
    return name(KIND_LABELS[kind])
