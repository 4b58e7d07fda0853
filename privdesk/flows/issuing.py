"""Issuing a document: numbered, pinned to the journal, signed where possible, kept sealed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from sqlalchemy import update

from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import LANGUAGES, N_, words
from privdesk.core.register import Document, Register, Row
from privdesk.documents.paper import Checkpoint, Company, Paper
from privdesk.documents.rendering import print_run, render
from privdesk.flows import makers, sender, struck
from privdesk.flows.signers import office_signer
from privdesk.journal.log import row_digest
from privdesk.registers.desk import Change, Desk
from privdesk.registers.documents.fields import LIST
from privdesk.registers.freezing import PRINT, of_case, require_free
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE, PEOPLE

NOT_ISSUED = N_("draft, not issued")
DRAFTED = 20  # letters of a run that a draft shows
Maker = Callable[[Desk, str | None, str, str], Paper]


class UnknownDocumentError(DomainError):
    """There is no document “{code}”. Nothing was printed; choose one of: {known}; or a register,
    whose list is printed.
    """


class NothingToPrintError(DomainError):
    """There is no record yet for which {code} could be printed. Nothing was printed; make one
    first.
    """


class LanguageError(DomainError):
    """Documents are printed in ko or en, not in “{language}”. Nothing was printed; choose one of
    the two.
    """


class FrozenSinceError(DomainError):
    """Since {number} was printed something of people was frozen that may stand on it. Nothing was
    printed; print the list anew, where the word “frozen” stands instead.
    """


class CopyGoneError(DomainError):
    """No copy of {number} is kept: it was destroyed with the people it speaks of, or the list went
    out as a file. Nothing was printed; issue the paper anew where its record still stands.
    """


@dataclass(frozen=True)
class Issued:
    """A document as handed out."""

    number: str
    title: str
    data: bytes
    ref: str


def documents(desk: Desk) -> dict[str, tuple[Register, Document]]:
    """Return every document that can be printed, by its code."""
    return {d.code: (r, d) for r in desk.registers.values() for d in r.documents}


def issue(
    desk: Desk,
    code: str,
    ref: str | None,
    language: str,
    reason: str = "",
    *,
    personal: bool = False,
) -> Issued:
    """Make, number, archive and journal a document; return it."""
    register, declared, ref = _asked(desk, code, ref, language)
    _require_unfrozen(desk, register, declared, ref, reason)
    with desk.change() as change:
        if letters := _letters(desk, declared, ref, language):
            issued, _numbers = issue_run(
                desk,
                declared.code,
                words(language)(declared.label),
                letters,
                about=ref or "",
                register=register.name,
                reason=reason,
                personal=declared.personal,
            )
        else:
            issued = issue_paper(
                desk,
                declared.code,
                lambda number: struck.made(desk, declared, ref, language, number),
                register=declared.by or register.name,
                ref=ref or "",
                reason=reason,
                personal=personal or declared.personal,
            )
        if follow := makers.follow_up(desk, register, declared):
            follow(change, ref)
    return issued


def draft(desk: Desk, code: str, ref: str | None, language: str) -> Issued:
    """Return a document as it would be issued; it has no number, and nothing is changed.

    A draft of a personal paper is a look at the person, and journalled as one.
    """
    register, declared, ref = _asked(desk, code, ref, language)
    _require_unfrozen(desk, register, declared, ref, "")
    if declared.personal and ref:
        with desk.change() as change:
            number = desk.service(register.name).number(ref)
            told = desk.because(ref) if register.name == "requests" else {"reason": code}
            change.note("record.looked", register.name, number, **told)
            if letters := _letters(desk, declared, ref, language):
                change.note("record.looked", "subjects", count=len(letters[:DRAFTED]), reason=ref)
                return _drafted_run(desk, letters, words(language)(declared.label), language)
            return drafted(
                desk, struck.made(desk, declared, ref, language, words(language)(NOT_ISSUED))
            )
    with desk.vault.reading():
        return drafted(
            desk, struck.made(desk, declared, ref, language, words(language)(NOT_ISSUED))
        )


def language_of(desk: Desk, code: str, ref: str | None) -> str:
    """Return the language a paper is printed in unless another is chosen.

    A letter to a person speaks the person's; anything else the office's.
    """
    office = str(desk.setting("language", "ko"))
    known = documents(desk)
    if code.lower() not in known:
        return office
    register, declared = known[code.lower()]
    speaks = makers.shared(declared, "speaks")
    if speaks is None or declared.of_list:
        return office
    return str(speaks(desk, ref or newest(desk, register, declared)))


def drafted(desk: Desk, paper: Paper) -> Issued:
    """Return a paper, numbered ``NOT_ISSUED``, as a draft: without checkpoint and signature."""
    data = render(paper, checkpoint=None, company=_company(desk, paper.language), signer=None)
    return Issued(paper.number, paper.title, data, "")


def _letters(
    desk: Desk, declared: Document, ref: str | None, language: str
) -> Sequence[Callable[[str], Paper]]:
    """Return the letters of a document that is one to each of many people; else nothing."""
    found = makers.hook(declared, "letters")
    return found(desk, ref, language) if found is not None else ()


def _drafted_run(
    desk: Desk, letters: Sequence[Callable[[str], Paper]], title: str, language: str
) -> Issued:
    """Return the first letters of a run as a draft: of thousands nobody looks at more."""
    number, of = words(language)(NOT_ISSUED), len(letters)
    drafts = (make(f"{number} · {at}/{of}") for at, make in enumerate(letters[:DRAFTED], 1))
    (data,) = print_run(drafts, checkpoint=None, company=_company(desk, language))
    return Issued(number, title, data, "")


def require_language(language: str) -> None:
    """Raise unless documents are printed in this language."""
    if language not in LANGUAGES:
        raise LanguageError(language=language)


def _asked(
    desk: Desk, code: str, ref: str | None, language: str
) -> tuple[Register, Document, str | None]:
    """Return what is to be printed of which record, after checking that there is such a paper."""
    known = documents(desk)
    if code.lower() not in known:
        raise UnknownDocumentError(code=code, known=", ".join(sorted(known)))
    register, declared = known[code.lower()]
    declared = makers.as_seen(desk, declared)
    if declared.personal and not desk.vault.sees_people:
        desk.refuse(register.name)
    require_language(language)
    if ref is None and not declared.of_list:
        ref = newest(desk, register, declared)
    if ref is not None and declared.by:
        desk.service(declared.by).number(ref)  # of that register, and there
    return register, declared, ref


def _require_unfrozen(
    desk: Desk, register: Register, declared: Document, ref: str | None, reason: str
) -> None:
    """Refuse a paper that names somebody whose name is disputed, unless that case asks for it."""
    if register.name != "subjects" or not declared.personal or not ref:
        return
    service = desk.service(register.name)
    number, known = service.number(ref), service.fields_of_items()
    names = [item for item, field in known.items() if field.kind is Kind.NAME]
    if not of_case(desk, number, reason):
        require_free(desk, [number], PRINT, names)


def issue_paper(
    desk: Desk,
    code: str,
    make: Callable[[str], Paper],
    *,
    register: str = "",
    ref: str = "",
    about: str = "",
    reason: str = "",
    personal: bool = False,
) -> Issued:
    """Issue any paper; ``make`` gets the number it is issued under.

    ``ref`` is the record it speaks of; ``about`` the register, where it is of no single one.
    ``personal`` seals its copy with the people's keys.
    """
    with desk.change() as change:
        number = desk.service("documents").next_number(code)
        paper = make(number)
        data = rendered(desk, paper)
        record = _archive(change, code, paper, data, ref or about, PEOPLE if personal else OFFICE)
        number_of = desk.service(register).number(ref) if register and ref else record
        change.note(
            "document.issued",
            register if ref else "documents",
            number_of,
            reason=reason or paper.title,
            rows_digest=row_digest([data]),
            details={"number": number, "sha256": sha256(data).hexdigest()},
        )
        issued_ref = desk.ref("documents", record)
    return Issued(number, paper.title, data, issued_ref)


def issue_run(
    desk: Desk,
    code: str,
    title: str,
    sheets: Sequence[Callable[[str], Paper]],
    *,
    about: str,
    register: str = "",
    reason: str = "",
    personal: bool = False,
    step: Callable[[int], None] = lambda _done: None,
) -> tuple[Issued, list[str]]:
    """Issue many sheets as one file under one number, kept as one document.

    Each of ``sheets`` gets its own number: that of the run, a slash and its place. Return the
    run and those numbers. ``about`` is the register, or with ``register`` its record that all
    of them speak of; ``personal`` seals the copy with the people's keys; ``step`` gets how
    many are drawn.
    """
    with desk.change() as change:
        number = desk.service("documents").next_number(code)
        numbers = [f"{number}/{at}" for at in range(1, len(sheets) + 1)]
        first = sheets[0](numbers[0])
        papers = (make(own) for make, own in zip(sheets, numbers, strict=True))
        (data,) = print_run(
            papers,
            checkpoint=_checkpoint(desk),
            company=_company(desk, first.language),
            papers_a_file=len(sheets),
            progress=step,
        )
        whole = replace(first, number=number, title=title)
        record = _archive(change, code, whole, data, about, PEOPLE if personal else OFFICE)
        change.note(
            "document.issued",
            register or "documents",
            desk.service(register).number(about) if register else record,
            reason=reason or f"issue of {code}",
            rows_digest=row_digest([data]),
            details={"number": number, "sha256": sha256(data).hexdigest()},
        )
    return Issued(number, title, data, desk.ref("documents", record)), numbers


def _archive(change: Change, code: str, paper: Paper, data: bytes, about: str, schema: str) -> int:
    """Keep a paper sealed, as it is handed out; return the record's number."""
    desk = change.desk
    service = desk.service("documents")
    record: int = service.enter(
        change,
        code=code,
        number=paper.number,
        title=paper.title,
        language=paper.language,
        about=about,
        issued_on=paper.issued_on,
        destroy_by=paper.destroy_by,
        digest=sha256(data).hexdigest(),
    )
    name = attachments.store(desk.vault, schema, record, data, "application/pdf")
    change.sql.execute(update(service.table).where(service.table.c.id == record).values(file=name))
    return record


def reprint(desk: Desk, ref: str, reason: str = "") -> Issued:
    """Return an issued document exactly as it was; its print has to be destroyed again."""
    service = desk.service("documents")
    row = service.get(ref)
    number = str(row.values["number"])
    if not row.values["file"]:
        raise CopyGoneError(number=number)
    _require_reprintable(desk, row)
    with desk.change() as change:
        data = attachments.read(desk.vault, str(row.values["file"]))
        service.printed_again(change, row.id)
        change.note("document.reprinted", "documents", row.id, reason=reason or number)
    return Issued(str(row.values["number"]), str(row.values["title"]), data, row.ref)


def _require_reprintable(desk: Desk, row: Row) -> None:
    """Refuse to print again a list with people on it since whose print something was frozen.

    Who is on a kept list is not known, so any freeze that came later holds it back; the list
    can be printed anew. A letter is of one person, and goes by her own case.
    """
    sealed = desk.vault.raw.execute(
        "SELECT 1 FROM attachments WHERE name = ? AND keys = ?", (row.values["file"], PEOPLE)
    ).fetchone()
    if row.values["code"] != LIST or sealed is None:
        return
    sql = "SELECT 1 FROM freezes WHERE state = 'frozen' AND since >= ? LIMIT 1"
    since = row.values["issued_on"].isoformat()
    if desk.vault.raw.execute(sql, (since,)).fetchone():
        raise FrozenSinceError(number=row.values["number"])


def newest(desk: Desk, register: Register, document: Document) -> str:
    """Return the newest record of which a document can be printed."""
    find = makers.hook(document, "printable")
    if find is not None:
        found = find(desk)
    else:
        rows = desk.vault.raw.execute(
            f"SELECT max(id) FROM {desk.service(register.name).table.name}"
        ).fetchone()
        found = rows[0]
    if found is None:
        raise NothingToPrintError(code=document.code)
    return desk.ref(register.name, int(found))


def rendered(desk: Desk, paper: Paper) -> bytes:
    """Return a paper's PDF with the newest checkpoint, signed where the slot has ISSUE."""
    signer = office_signer(desk)
    return render(
        paper,
        checkpoint=_checkpoint(desk),
        company=_company(desk, paper.language),
        signer=signer,
        signed_at=desk.now(),
    )


def unsigned(desk: Desk, paper: Paper) -> bytes:
    """Return an issued paper's pages once more without the signature, for what wraps them."""
    return render(paper, checkpoint=_checkpoint(desk), company=_company(desk, paper.language))


def _checkpoint(desk: Desk) -> Checkpoint:
    head = desk.vault.header
    newest_head = desk.journal.checkpoint()
    return Checkpoint(
        origin=f"privdesk/{head.vault}",
        size=newest_head.size,
        root=newest_head.root.hex(),
        text=newest_head.text(),
    )


def _company(desk: Desk, language: str) -> Company:
    return Company(sender.company(desk, language), contact=sender.contact_line(desk, language))


def destroy_print_by(desk: Desk) -> date:
    """Return the day by which a print with personal data has to be destroyed (default 5 days)."""
    days = int(desk.setting("print_days", 5))
    return desk.calendar.deadline_days(desk.today(), days)
