"""``print`` and ``verify``: papers out, and the proof that one is genuine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import Call, call_of
from privdesk.commands.records import Vault
from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.core.figures import Span
    from privdesk.flows.issuing import Issued
    from privdesk.flows.lists import AskedList
    from privdesk.flows.proving import Proof
    from privdesk.journal.verify import Fault, Verified
    from privdesk.registers.desk import Change, Desk

FIGURES = "figures"  # the page of figures, a paper of a span and of no register


class JournalFaultError(DomainError):
    """The journal does not hold: {faults}. Keep the vault as it is and compare it with a backup."""


class CheckpointNotFoundError(DomainError):
    """The journal does not contain this checkpoint. {missing}. Keep vault and paper as they are,
    and tell the chief privacy officer.
    """


class PaperNotOursError(DomainError):
    """{file} was not made by privdesk, or what says so was taken out. It proves nothing; ask for
    the original file.
    """


class PaperChangedError(DomainError):
    """{file} was changed after it was issued. It proves nothing; ask for the original file."""


class PaperUnsignedError(DomainError):
    """{file} carries no signature, so that it alone proves nothing. Check it against its vault
    with --vault.
    """


class PaperNotIssuedError(DomainError):
    """{file} was not issued from this vault as it is. It proves nothing here; check that it is the
    right vault and the original file.
    """


class ColumnTwiceError(DomainError):
    """The column “{name}” is named twice. Nothing was printed; name it once."""


View = Annotated[
    str,
    typer.Option(metavar="NAME", help=N_("Of a list: this saved view, one’s own or a ready one.")),
]


def print_(
    ctx: typer.Context,
    vault: Vault,
    document: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT", help=N_("The paper’s code (d1, d1a, d2, ...) or a register’s name.")
        ),
    ],
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
    span: Annotated[
        str,
        typer.Option(
            metavar="SPAN",
            help=N_("Of d20, board-report and figures: 2026-11, 2026-Q4 or 2026."),
        ),
    ] = "",
    view: View = "",
) -> None:
    """Issue a paper: numbered, pinned to the journal, signed where the role allows.

    A register’s name prints its list, personal values masked; --reveal with --reason TEXT
    prints them in the clear.
    """
    from privdesk.commands.values import writable_pdf, write

    call, target = call_of(ctx), writable_pdf(out)
    look, of_span, moved = call.look, _span_of(document, ref, span), ""
    with call.desk(vault) as desk, desk.change() as change:
        # one change: a paper that cannot be written is not issued
        if document in desk.registers:
            asked = _asked_list(desk, document, where or [], columns, look, view)
            _refuse_ref(ref)
            issued = _listed(desk, asked, lang)
        else:
            _refuse_list_options(where, columns or view, look)
            ref = _begun(change, document, of_span) if of_span else ref
            issued, moved = _issued(desk, document, ref, lang, call.reason.strip(), of_span)
        write(target, issued.data)
    _tell(call, issued, target)
    if moved and not call.as_json:
        print(_("It counts as sent: {ref} is now “{state}”.").format(ref=ref, state=_(moved)))


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


def _refuse_ref(ref: str) -> None:
    if ref:
        raise typer.BadParameter(_("a list is of no single record; narrow it with --where"))


def _refuse_list_options(where: Sequence[str] | None, columns: str, look: str) -> None:
    if where or columns or look:
        raise typer.BadParameter(
            _("--where, --columns, --view and --reveal belong to a register’s list")
        )


def verify(
    ctx: typer.Context,
    what: Annotated[
        Path, typer.Argument(metavar="VAULT|FILE.pdf", help=N_("A vault, or a paper to check."))
    ],
    checkpoint: Annotated[
        str, typer.Option(metavar="FILE|TEXT", help=N_("A checkpoint the journal must contain."))
    ] = "",
    vault: Annotated[
        Path | None, typer.Option(metavar="VAULT", help=N_("The vault a paper comes from."))
    ] = None,
) -> None:
    """Prove the journal and the sealed files of a vault, or that a paper is genuine."""
    call = call_of(ctx)
    if what.is_dir():
        if vault is not None:
            raise typer.BadParameter(_("--vault belongs to a paper"))
        _verify_vault(call, what, checkpoint)
        return
    if not what.exists():
        raise system.PathMissingError(path=what)
    if checkpoint:
        raise typer.BadParameter(_("--checkpoint belongs to a vault"))
    _verify_paper(call, what, vault)


def _verify_vault(call: Call, vault: Path, checkpoint: str) -> None:
    from privdesk.flows import attached
    from privdesk.flows.proving import READ_ONLY, prove_journal

    with call.desk_to_prove(vault) as desk:
        found = prove_journal(desk, checkpoint)
        damaged = attached.damaged(desk)
        newest, reads_only = desk.journal.checkpoint().text(), desk.vault.reads_only
    if call.as_json:
        output.one(
            {
                "vault": vault,
                "entries": found.entries,
                "heads": found.heads,
                "faults": [_fault(f) for f in found.faults],
                "contains_checkpoint": found.contains_checkpoint,
                "missing": _fault(found.missing) if found.missing else None,
                "checkpoint": newest,
                "damaged_attachments": [output.damaged(one) for one in damaged],
                "whole": not found.faults and not damaged,
            }
        )
    else:
        for one in damaged:
            print(one.text())
    _refuse_broken(found)
    if damaged:
        raise attached.AttachmentsDamagedError(which=attached.Listed(damaged))
    if not call.as_json:
        whole = _("The journal is whole: {entries} entries, {heads} signed heads.")
        print(whole.format(entries=f"{found.entries:,}", heads=f"{found.heads:,}"))
        if found.contains_checkpoint:
            print(_("It contains the checkpoint."))
        kept = _("All papers and evidence kept in it are there; what your role may open opens.")
        print(_(READ_ONLY) if reads_only else kept)


def _fault(fault: Fault) -> dict[str, Any]:
    about = {"about": fault.about} if fault.about else {"last": fault.last or fault.entry}
    return {"entry": fault.entry, "what": _(fault.what)} | about


def _refuse_broken(found: Verified) -> None:
    from privdesk.flows.proving import fault_in_words

    if found.faults:
        told = "; ".join(f"{fault.numbers}: {_(fault.what)}" for fault in found.faults[:5])
        raise JournalFaultError(faults=told)
    if found.missing is not None:
        raise CheckpointNotFoundError(missing=fault_in_words(found.missing))


def _verify_paper(call: Call, file: Path, vault: Path | None) -> None:
    from privdesk.flows.proving import prove_paper, read_paper

    data = read_paper(file)
    if vault is None:
        proof = prove_paper(data)
    else:
        with call.desk_to_prove(vault) as desk:
            proof = prove_paper(data, desk)
    if call.as_json:
        output.one(_as_json(file, proof))
    _refuse_paper(file, proof)
    if not call.as_json:
        _print(file, proof)


def _refuse_paper(file: Path, proof: Proof) -> None:
    if proof.holds:
        return
    if proof.found.intact is False:
        raise PaperChangedError(file=file.name)
    if not proof.found.ours:
        raise PaperNotOursError(file=file.name)
    if proof.issued is None:
        raise PaperUnsignedError(file=file.name)
    raise PaperNotIssuedError(file=file.name)


def _as_json(file: Path, proof: Proof) -> dict[str, Any]:
    found = proof.found
    return {
        "file": file,
        "number": found.document_number,
        "code": found.code,
        "signed_by": found.signed_by,
        "signed_at": found.signed_at,
        "intact": found.intact,
        "fingerprint": found.fingerprint,
        "sha256": found.file_digest,
        "issued": proof.issued,
        "ref": proof.ref,
        "contains_checkpoint": proof.checkpoint,
        "office_certificate": proof.office,
        "genuine": proof.holds,
    }


def _print(file: Path, proof: Proof) -> None:
    from privdesk.documents.phrases import fingerprint

    found = proof.found
    facts = [
        (_("Issued paper"), f"{found.document_number} ({file.name})"),
        (_("Signed by"), found.signed_by),
        (_("Signed at"), found.signed_at),
        (_("SHA-256 of the certificate"), fingerprint(found.fingerprint)),
        (_("Issued as"), proof.ref),
    ]
    output.facts(facts)
    if found.intact:
        print(_("The file is unchanged since it was signed."))
    if proof.issued:
        print(_("It was issued from this vault, and the journal contains it."))
    else:
        print(_("Compare the certificate with the office’s public sheet."))
