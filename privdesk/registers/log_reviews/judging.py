"""What is found of the access log and its reviews (rules 53 and 54). No database, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.register import Row
from privdesk.registers.log_reviews import rules

REGISTER = "log-reviews"
SIGN_DAYS = 14  # for a countersignature; the office's own
CHECK_DAYS = 62  # so long the journal may go unchecked: two months, the office's own


def judge_months(
    begun: date, today: date, reviewed: Iterable[tuple[date, date]]
) -> tuple[Finding, ...]:
    """Return that months are over and not reviewed; one finding, due with the oldest of them."""
    months = rules.missing(begun, today, reviewed)
    if not months:
        return ()
    by = rules.due(rules.month_of(months[0])[1])
    told = ", ".join(f"{month:%Y-%m}" for month in months[-3:])
    return (
        finding(
            "53",
            REGISTER,
            "",
            what=N_("The access log is not reviewed yet: {months}."),
            do=N_("Review it, say what was unusual, and sign."),
            severity=Severity.BREACH if today > by else Severity.WARNING,
            due=by,
            values={"months": told if len(months) <= 3 else f"… {told}"},
            count=len(months),
        ),
    )


def judge_review(row: Row, today: date) -> tuple[Finding, ...]:
    """Return what a signed review waits for: its follow-up, a second signature.

    One that is not signed leaves its month unreviewed, which is told of by the month.
    """
    values, who = row.values, str(row.values.get("owner") or "")
    found = []
    if row.state == "follow-up":
        what = N_("What the review {ref} asks for is not done yet.")
        do = N_("Do it, then enter what was done.")
        found.append(_one(row, what, do, values["due"], today, who))
    if values["alone"] and values["countersigned_on"] is None:
        by = values["concluded_on"] + timedelta(days=SIGN_DAYS)
        what = N_("The reviewer of {ref} looked at nobody’s access but her or his own.")
        do = N_("Have somebody else look at it and countersign.")
        found.append(_one(row, what, do, by, today))
    return tuple(found)


def judge_purposes(count: int, since: date) -> tuple[Finding, ...]:
    """Return that people were looked at, or went out, without a case or a reason (rule 51)."""
    if not count:
        return ()
    return (
        finding(
            "51",
            REGISTER,
            "",
            what=N_("{count} entries of the access log since {day} name neither case nor reason."),
            do=N_("Ask who it was, and enter what it was for in the review of the month."),
            severity=Severity.WARNING,
            values={"count": count, "day": since},
            count=count,
        ),
    )


def judge_chain(checked: date, newest: tuple[str, int], today: date) -> tuple[Finding, ...]:
    """Return that the journal was found faulty, or was not checked for two months."""
    ref, faults = newest
    if faults:
        return (
            finding(
                "54",
                REGISTER,
                ref,
                what=N_("The journal does not fit in {count} places."),
                do=N_("Compare it with backups and papers; tell the chief privacy officer."),
                values={"count": faults},
            ),
        )
    by = checked + timedelta(days=CHECK_DAYS)
    if today <= by:
        return ()
    return (
        finding(
            "54",
            REGISTER,
            "",
            what=N_("Since {day} nobody has checked that the journal is whole."),
            do=N_("Check the journal under Safety, or sign the review of the month."),
            severity=Severity.WARNING,
            due=by,
            values={"day": checked},
        ),
    )


def _one(row: Row, what: str, do: str, by: date, today: date, who: str = "") -> Finding:
    severity = Severity.BREACH if today > by else Severity.WARNING
    told = {"ref": row.ref}
    return finding(
        "53", REGISTER, row.ref, what=what, do=do, severity=severity, due=by, who=who, values=told
    )
