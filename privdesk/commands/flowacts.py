"""What ``act`` does beyond a register's own actions: with a register as a whole, or with files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from privdesk.commands import consenting, pledging
from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.core.register import Outcome
    from privdesk.registers.desk import Desk

VOID = "void"  # every register knows it
LANGUAGE = Field(
    "language",
    N_("Language"),
    Kind.CHOICE,
    choices=(Choice("ko", N_("Korean")), Choice("en", N_("English"))),
)
REASON = Field("reason", N_("Reason"))
_OUT = Field("file", N_("Save as"), required=True, picks="save")
_DEPARTMENT = Field("department", N_("Department"))


@dataclass(frozen=True)
class FlowAction:
    """An action of the command line: what does it, what it is called, what it asks.

    ``whole`` is one of the whole register, ``"all"``, of records, ``""``, or of either,
    ``"any"``. ``writes`` takes --file.
    """

    do: Callable[[Desk, Sequence[str], Mapping[str, Any]], Outcome]
    label: str
    asks: tuple[Field, ...] = ()
    whole: str = ""
    writes: bool = False


def undo_import(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Take back what the last import brought."""
    from privdesk.flows.importing import books

    last = books.require_undoable(desk)
    if refs and last != desk.service("imports").number(refs[0]):
        raise books.NothingToUndoError
    return books.undo(desk)


def adopt_purpose(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Enter a purpose from a template."""
    from privdesk.core.register import Outcome

    if set(values) != {"template"}:
        raise typer.BadParameter(_("name the template: template=NAME"))
    row = desk.service("purposes").adopt(str(values["template"]))
    return Outcome(row.ref, (row.ref,))


def reprint(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Write an issued document again, exactly as it was."""
    from privdesk.commands.values import writable_pdf, write
    from privdesk.core.register import Outcome
    from privdesk.flows import issuing

    if len(refs) != 1 or "file" not in values or set(values) - {"file", "reason"}:
        raise typer.BadParameter(_("name one document, and with --file where it is written"))
    target = writable_pdf(Path(str(values["file"])))
    issued = issuing.reprint(desk, refs[0], str(values.get("reason", "")))
    write(target, issued.data)
    told = {"number": issued.number, "title": issued.title, "file": target}
    return Outcome(_("{number} {title}: {file}").format(**told), (issued.ref,))


def usage_notice(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Record the day on which people were notified of the use of their data."""
    from privdesk.commands.values import day
    from privdesk.core.register import Outcome
    from privdesk.flows import requests

    if refs or set(values) != {"on"}:
        raise typer.BadParameter(_("name no record, and the day: on=DATE"))
    on = day(str(values["on"]), "on")
    requests.usage_notified(desk, on)
    return Outcome(_("Usage history notified on {day}").format(day=on))


def take_over(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Take over the catalogue of safeguards."""
    if refs or set(values) - {"language"}:
        raise typer.BadParameter(_("take-over wants no record, and at most: language=ko or en"))
    language = str(values.get("language") or "")
    if language:
        from privdesk.flows.issuing import require_language

        require_language(language)
    outcome: Outcome = desk.service("safeguards").take_over(language)
    return outcome


def preview(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Write a text of the office on its paper to a file; it is not issued."""
    from privdesk.commands.values import writable_pdf, write
    from privdesk.core.register import Outcome
    from privdesk.flows import issuing

    if len(refs) != 1 or "file" not in values or set(values) - {"file"}:
        raise typer.BadParameter(_("name one text, and with --file where it is written"))
    target = writable_pdf(Path(str(values["file"])))
    row = desk.service("templates").get(refs[0])
    drawn = issuing.draft(desk, "template", row.ref, str(row.values["language"]))
    write(target, drawn.data)
    return Outcome(f"{drawn.title}: {target}", (row.ref,))


FLOW_ACTIONS: Mapping[tuple[str, str], FlowAction] = {
    ("consents", "withdraw"): FlowAction(consenting.withdraw, "", writes=True),
    ("consents", "destroy"): FlowAction(consenting.destroy, ""),
    ("consents", "show-evidence"): FlowAction(consenting.show_evidence, "", writes=True),
    ("imports", "undo"): FlowAction(undo_import, N_("Take back the last import"), whole="any"),
    ("purposes", "adopt"): FlowAction(
        adopt_purpose,
        N_("Enter one from a template"),
        (Field("template", N_("Template"), required=True),),
        "all",
    ),
    ("documents", "reprint"): FlowAction(
        reprint, N_("Print again as it was"), (_OUT, REASON), writes=True
    ),
    ("pledges", "draw"): FlowAction(
        pledging.draw,
        N_("Draw up for everybody who lacks one"),
        (
            Field(
                "kind",
                N_("Kind"),
                Kind.CHOICE,
                choices=(
                    Choice("joining", N_("Joining")),
                    Choice("yearly", N_("Renewal")),
                    Choice("leaving", N_("Leaving")),
                ),
            ),
            _DEPARTMENT,
        ),
        "all",
    ),
    ("pledges", "renew"): FlowAction(
        pledging.renew,
        N_("Sign again after so many months; 0 for never"),
        (Field("months", N_("Months"), Kind.INTEGER, required=True),),
        "all",
    ),
    ("pledges", "scan"): FlowAction(
        pledging.scan,
        N_("Take in a stack of signed sheets"),
        (
            Field("file", N_("Scan of the signed sheets"), required=True, picks="open"),
            Field("on", N_("Signed on"), Kind.DATE, required=True),
            Field("signed", N_("Sheets on which you saw the signature: references, or all")),
            Field("head", N_("Head of department")),
        ),
        "all",
        writes=True,
    ),
    ("pledges", "sheets"): FlowAction(
        pledging.sheets,
        N_("Write the sheets that wait for a signature into one file"),
        (_OUT, LANGUAGE, _DEPARTMENT),
        "any",
        writes=True,
    ),
    ("pledges", "show-sheet"): FlowAction(
        pledging.show_sheet, N_("Write the signed sheet to a file"), (_OUT,), writes=True
    ),
    ("templates", "preview"): FlowAction(preview, "", (_OUT,), writes=True),
    ("requests", "usage-notice"): FlowAction(
        usage_notice,
        N_("Enter that people were notified of the use of their data"),
        (Field("on", N_("Notified on"), Kind.DATE, required=True),),
        "all",
    ),
    ("safeguards", "take-over"): FlowAction(
        take_over, N_("Take over the catalogue of safeguards"), (LANGUAGE,), "all"
    ),
}


def of(register: str) -> dict[str, FlowAction]:
    """Return the actions of the command line for a register, by name."""
    return {name: found for (of_, name), found in FLOW_ACTIONS.items() if of_ == register}
