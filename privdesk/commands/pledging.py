"""What ``act`` does with pledges as a whole: draw up, print sheets, take in a stack of scans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from privdesk.core.i18n import _

if TYPE_CHECKING:
    from privdesk.core.register import Outcome
    from privdesk.registers.desk import Desk


def draw(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Draw up a pledge for everybody who lacks one: ``[kind=joining] [department=NAME]``."""
    from privdesk.flows import pledging

    if refs or set(values) - {"kind", "department"}:
        raise typer.BadParameter(_("name no record; kind=joining, yearly or leaving, department="))
    kind = str(values.get("kind") or "joining")
    return pledging.draw(desk, kind, str(values.get("department") or ""))


def sheets(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Write the sheets of these pledges, or of all that wait, into one file."""
    from privdesk.commands.values import writable_pdf, write
    from privdesk.core.register import Outcome
    from privdesk.flows import pledging

    if "file" not in values or set(values) - {"file", "language", "department"}:
        raise typer.BadParameter(
            _("with --file where it is written; language=ko or en, department=")
        )
    target = writable_pdf(Path(str(values["file"])))
    with desk.change():  # sheets that cannot be written are not issued
        issued = pledging.sheets(
            desk, refs, str(values.get("language") or ""), str(values.get("department") or "")
        )
        write(target, issued.data)
    told = {"number": issued.number, "title": issued.title, "file": target}
    return Outcome(_("{number} {title}: {file}").format(**told), (issued.ref,))


def scan(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Take a stack of signed sheets in: ``--file FILE on=DATE signed=REF,REF|all [head=NAME]``.

    ``signed`` names the sheets on which the officer saw the signature: a code says only whose.
    """
    from privdesk.commands.values import day
    from privdesk.flows import pledgescans
    from privdesk.registers.pledges.scans import UNSETTLED

    known = {"file", "on", "signed", "head"}
    if refs or not {"file", "on"} <= set(values) or set(values) - known:
        raise typer.BadParameter(
            _(
                "with --file the scan, on=DATE, the day of the signatures, and signed=REF,REF "
                "or all: on which you saw the signature"
            )
        )
    on = day(str(values["on"]), "on")
    stack = pledgescans.read(desk, [Path(str(values["file"]))])
    wished = str(values.get("signed") or "").replace(",", " ").split()
    here = stack.unseen()
    if wished != ["all"] and not here.issuperset(wished):
        raise typer.BadParameter(
            _("{refs}: no such sheet in these scans").format(
                refs=", ".join(sorted(set(wished) - here))
            )
        )
    stack = stack.seen(here if wished == ["all"] else wished)
    done = pledgescans.take(desk, stack, on, str(values.get("head") or ""))
    if not any(page.verdict in UNSETTLED for page in stack.pages):
        return done
    left = _(
        "Put what is left on file one by one: act VAULT pledges REF sign-paper on=DATE --file PAGE;"
        " or match it in the window."
    )
    return replace(done, message=f"{done.message}\n{left}")


def renew(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Set after how many months the pledge is signed again: ``months=N``, 0 for never."""
    from privdesk.flows import pledging

    if refs or set(values) != {"months"} or not str(values["months"]).isdigit():
        raise typer.BadParameter(_("name no record, and months=N; 0 for never"))
    return pledging.renew_every(desk, int(str(values["months"])))


def show_sheet(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Write the signed sheet of a pledge to a file, as it was scanned."""
    from privdesk.commands.values import writable_pdf, write
    from privdesk.core.register import Outcome

    if len(refs) != 1 or set(values) != {"file"}:
        raise typer.BadParameter(_("name one pledge, and with --file where it is written"))
    target = writable_pdf(Path(str(values["file"])))
    outcome: Outcome = desk.service("pledges").act("show-sheet", refs, {})
    assert outcome.shown is not None
    write(target, outcome.shown.data)
    return Outcome(f"{outcome.message}: {target}", outcome.refs)
