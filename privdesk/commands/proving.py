"""``verify``: the proof that a vault is whole, or a paper genuine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import Call, call_of
from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.flows.proving import Proof
    from privdesk.journal.verify import Fault, Verified


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
        "issued_by": proof.by,
        "issued_by_role": proof.role,
        "contains_checkpoint": proof.checkpoint,
        "office_certificate": proof.office,
        "genuine": proof.holds,
    }


def _print(file: Path, proof: Proof) -> None:
    from privdesk.documents.phrases import fingerprint
    from privdesk.journal.telling import ROLE_NAMES

    found, role = proof.found, _(ROLE_NAMES.get(proof.role, proof.role))
    facts = [
        (_("Issued paper"), f"{found.document_number} ({file.name})"),
        (_("Signed by"), found.signed_by),
        (_("Signed at"), found.signed_at),
        (_("SHA-256 of the certificate"), fingerprint(found.fingerprint)),
        (_("Issued as"), proof.ref),
        (_("Issued by"), f"{proof.by} · {role}" if proof.by else ""),
    ]
    output.facts(facts)
    if found.intact:
        print(_("The file is unchanged since it was signed."))
    if proof.issued:
        print(_("It was issued from this vault, and the journal contains it."))
    else:
        print(_("Compare the certificate with the office’s public sheet."))
