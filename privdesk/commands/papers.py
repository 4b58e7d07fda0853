"""``print``: papers out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privdesk.commands import output
from privdesk.commands.call import Call, call_of
from privdesk.commands.records import Vault
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.core.figures import Span
    from privdesk.flows.issuing import Issued
    from privdesk.flows.lists import AskedList
    from privdesk.registers.desk import Change, Desk

FIGURES = "figures"  # the page of figures, a paper of a span and of no register


class ColumnTwiceError(DomainError):
    """The column “{name}” is named twice. Nothing was printed; name it once."""


View = Annotated[
    str,
    typer.Option(metavar="NAME", help=N_("Of a list: this saved view, one’s own or a ready one.")),
]


def _codes(asked: bool) -> None:
    if asked:
        from privdesk.commands import paperrefs

        paperrefs.codes()
        raise typer.Exit


Paper = Annotated[
    str,
    typer.Argument(
        metavar="DOCUMENT", help=N_("The paper’s code (--codes lists them) or a register’s name.")
    ),
]
OfSpan = Annotated[
    str,
    typer.Option(
        metavar="SPAN", help=N_("Of d20, board-report and figures: 2026-11, 2026-Q4 or 2026.")
    ),
]
Codes = Annotated[
    bool,
    typer.Option(
        "--codes",
        callback=_codes,
        is_eager=True,
        help=N_("Only list the papers: code, title, and the register of which REF is."),
    ),
]


def print_(
    ctx: typer.Context,
    vault: Vault,
    document: Paper,
    out: Annotated[Path, typer.Option(metavar="FILE.pdf", help=N_("Where it is written."))],
    ref: Annotated[
        str, typer.Argument(metavar="[REF]", help=N_("The record; the newest where left out."))
    ] = "",
    lang: Annotated[
        str,
        typer.Option(
            metavar="ko|en", help=N_("The paper’s language; else the person’s or the office’s.")
        ),
    ] = "",
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=VALUE", help=N_("Of a list: only these; of days also FIRST..LAST.")
        ),
    ] = None,
    columns: Annotated[
        str, typer.Option(metavar="FIELD,...", help=N_("Of a list: these columns, in this order."))
    ] = "",
    span: OfSpan = "",
    view: View = "",
    _listed_codes: Codes = False,
) -> None:
    """Issue a paper: numbered, pinned to the journal, signed where the role allows.

    A register’s name prints its list, personal values masked; --reveal with --reason TEXT
    prints them in the clear.
    """
    from privdesk.commands.values import writable_pdf, write

    call, target = call_of(ctx), writable_pdf(out)
    look, of_span, moved = call.look, _span_of(document, ref, span), ""
    lang = lang or call.lang
    with call.desk(vault) as desk, desk.change() as change:
        # one change: a paper that cannot be written is not issued
        if document in desk.registers:
            asked = _asked_list(desk, document, where or [], columns, look, view)
            _refuse_ref(desk, document, ref)
            issued = _listed(desk, asked, lang)
        else:
            _refuse_list_options(where, columns or view, look)
            ref = _begun(change, document, of_span) if of_span else _named(desk, document, ref)
            issued, moved = _issued(desk, document, ref, lang, call.reason.strip(), of_span)
        write(target, issued.data)
    _tell(call, issued, target)
    if moved and not call.as_json:
        told = _("It counts as sent: {ref} is now “{state}”.")
        if document.lower() in ("d11", "d12"):  # a sheet that is handed out, no letter
            told = _("{ref} is now “{state}”.")
        print(told.format(ref=ref, state=_(moved)))


def _tell(call: Call, issued: Issued, target: Path) -> None:
    told = {"ref": issued.ref, "number": issued.number, "title": issued.title, "file": target}
    if call.as_json:
        output.one(told)
    else:
        print(_("{number} {title}: {file}").format(**told))


def _listed(desk: Desk, asked: AskedList, lang: str) -> Issued:
    from privdesk.flows import lists

    return lists.issue(desk, asked, lang or str(desk.setting("language", "ko")))


def _begun(change: Change, document: str, span: Span) -> str:
    """Return the report about a span, begun where there is none; the page of figures has none."""
    from privdesk.flows import reporting

    if document.lower() == FIGURES:
        return ""
    return reporting.about(change, document.lower(), span)


def _issued(
    desk: Desk, document: str, ref: str, lang: str, reason: str, span: Span | None
) -> tuple[Issued, str]:
    """Return the paper, and the label of the state into which it brought its record, if it did."""
    from privdesk.flows import issuing

    if document.lower() == FIGURES:
        return _figures(desk, ref, lang, span), ""
    before = _state_of(desk, document, ref)
    language = lang or issuing.language_of(desk, document, ref or None)
    issued = issuing.issue(desk, document, ref or None, language, reason)
    after = _state_of(desk, document, ref)
    return issued, after if after != before else ""


def _figures(desk: Desk, ref: str, lang: str, span: Span | None) -> Issued:
    """Return the page of figures of a span, of the running month where none is named."""
    from privdesk.core.figures import month
    from privdesk.flows import figurespage

    if ref:
        raise typer.BadParameter(_("the page of figures is of no record; name a --span"))
    language = lang or str(desk.setting("language", "ko"))
    return figurespage.issue(desk, span or month(desk.today()), language)


def _span_of(document: str, ref: str, span: str) -> Span | None:
    """Return the span that a report was asked for, after checking that it is one of those."""
    if not span:
        return None
    from privdesk.core.figures import parse
    from privdesk.flows import reporting

    if ref or document.lower() not in (*reporting.CODES, FIGURES):
        raise typer.BadParameter(
            _("--span belongs to d20, board-report and figures, and no record with it")
        )
    return parse(span)


def _state_of(desk: Desk, document: str, ref: str) -> str:
    """Return the label of the state of the record that a paper is about, if it is one of its own.

    Printing an order or a notice counts as sending it.
    """
    from privdesk.flows import issuing

    found = issuing.documents(desk).get(document.lower())
    if found is None or not ref:
        return ""
    service = desk.service(found[0].name)
    state = found[0].state(service.get(ref).state)
    return state.label if state else ""


def _asked_list(
    desk: Desk, register: str, where: Sequence[str], columns: str, look: str, view: str
) -> AskedList:
    from privdesk.commands import pairs, rows
    from privdesk.flows import namedviews
    from privdesk.flows.lists import AskedList
    from privdesk.ui.page.conditions import Condition

    wanted = pairs.conditions(where)
    if "state" in wanted:  # a paper says the conditions by key, whatever they were given by
        wanted["state"] = [rows.known_state(desk, register, one) for one in wanted["state"]]
    query, saved = rows.query_of(desk, register, wanted, view)
    names = tuple(filter(None, (name.strip() for name in columns.split(","))))
    for name in names:
        if names.count(name) > 1:
            raise ColumnTwiceError(name=name)
    return AskedList(
        register,
        query,
        names or (namedviews.columns_of(saved) if saved else ()),
        (
            *(saved.conditions if saved else ()),
            *(Condition(name, _as_read(values)) for name, values in wanted.items()),
        ),
        look,
        saved.name if saved else "",
    )


def _as_read(values: Sequence[str]) -> tuple[str, ...]:
    """Return what the paper says of a condition: a span as one."""
    from privdesk.commands.rows import span_of

    ends = span_of(values[0])
    return tuple(values) if ends is None else ("from", *ends)


def _named(desk: Desk, document: str, ref: str) -> str:
    """Return the record that a paper is of; the page of figures is of none."""
    from privdesk.commands import paperrefs

    if document.lower() == FIGURES:
        return ref
    paperrefs.known(desk, document)
    return paperrefs.ref_of(desk, document, ref) if ref else ""


def _refuse_ref(desk: Desk, register: str, ref: str) -> None:
    from privdesk.commands import paperrefs

    if not ref:
        return
    papers = paperrefs.of_records(desk.register(register))
    message = _("a list is of no single record; narrow it with --where")
    if papers:
        message = _("a list is of no single record; papers of one are: {papers}")
    raise typer.BadParameter(message.format(papers=papers))


def _refuse_list_options(where: Sequence[str] | None, columns: str, look: str) -> None:
    if where or columns or look:
        raise typer.BadParameter(
            _("--where, --columns, --view and --reveal belong to a register’s list")
        )
