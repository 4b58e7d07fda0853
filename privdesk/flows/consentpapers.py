"""The letters about one person's consents: the receipt, and the confirmation of a withdrawal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from privdesk.core import laws, references
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, current, speaking, words
from privdesk.core.register import Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import consent_receipt
from privdesk.documents.papers import withdrawal_confirmation as confirmation
from privdesk.documents.phrases import day
from privdesk.flows import consentfacts as facts
from privdesk.flows import sender
from privdesk.registers.consenting import asked_in
from privdesk.registers.consents.fields import RULE_8
from privdesk.registers.consents.rules import act_by
from privdesk.registers.desk import Desk

AGAIN_8 = N_("Items or purpose have changed since; we have to ask you again.")
AGAIN_11 = N_("We have to ask you again whether it still stands.")
DESTROYED = N_("Destroyed on {day} (certificate {number}).")
ASKED = N_("To be destroyed by {day}; destruction {number} is under way.")
DUE = N_("To be destroyed by {day}.")
HELD = N_("Kept under a legal hold until it is released; used for nothing else.")
KEPT = N_("Kept because a law commands it, see below.")
PLACE_TOLD = N_("{name}: is told to destroy its copy.")
PLACE_DONE = N_("{name}: has confirmed the destruction on {day}.")
RECIPIENT_TOLD = N_("{name} (third party): is told that the consent has ended.")
OBJECTION = (
    N_("You can object to us: {contact}"),
    N_(
        "Personal Information Infringement Report Center (118), Personal Information Dispute"
        " Mediation Committee, or a court."
    ),
)


class PersonGoneError(DomainError):
    """Everything about this person was destroyed, so that no paper can name anybody. Nothing was
    printed; the certificate of the destruction says what was done.
    """


class NotWithdrawnError(DomainError):
    """{ref} is no withdrawal. Nothing was printed; choose the answer by which the consent was
    withdrawn.
    """


def speaks(desk: Desk, ref: str) -> str:
    """Return the language of letters to the person that a paper is about."""
    prefix, number = references.parse(ref)
    if prefix == desk.register("consents").prefix:
        number = facts.number_in(desk.service("consents").get(ref), "subject")
    return facts.language_of(desk, number)


def receipt(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Everything a person has agreed to that is in force (D3)."""
    subject = living(desk, desk.service("subjects").number(str(ref)))
    with speaking(language):
        rows = [r for r in facts.answers(desk, subject, reveal=True) if r.state == "given"]
        data = consent_receipt.ConsentReceipt(
            number=number,
            issued_on=desk.today(),
            person=facts.person_name(desk, subject),
            ref=str(ref),
            consents=tuple(_in_force(desk, row) for row in rows),
            controller=sender.company(desk, language),
            contact=facts.contact(desk),
            withdrawal=facts.withdrawal_method(desk),
            processors=facts.processors(desk, subject),
        )
    return consent_receipt.build(data, language)


def _in_force(desk: Desk, row: Row) -> consent_receipt.ConsentInForce:
    asked = facts.asked_of(row)
    terms = facts.terms_of(desk, asked.purpose, asked.box, facts.seen(desk, row))
    agreed = facts.agreement(desk, asked) or row.id
    (first,) = desk.service("consents").rows([agreed], reveal=True)
    wording = facts.wording(desk, row)
    why = row.values.get("ask_again")
    return consent_receipt.ConsentInForce(
        ref=row.ref,
        purpose=terms.name,
        items=terms.items,
        optional=terms.optional,
        retention=terms.retention,
        recipient=terms.recipient,
        refusal=terms.refusal,
        agreed=facts.when(first),
        channel=facts.channel(first),
        wording=wording.label,
        digest=wording.digest,
        giver=facts.giver(first),
        confirmed=facts.when(row) if row.values["kind"] == "confirmed" else "",
        note=_(AGAIN_8 if why == RULE_8 else AGAIN_11) if why else "",
    )


def withdrawal(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Confirm a withdrawal, with everything of the same person that was withdrawn that day."""
    service = desk.service("consents")
    row = service.get(str(ref))
    if row.values["kind"] != "withdrawn":
        raise NotWithdrawnError(ref=row.ref)
    subject = living(desk, facts.number_in(row, "subject"))
    with speaking(language):
        rows = [
            one
            for one in facts.answers(desk, subject, reveal=True)
            if one.values["kind"] == "withdrawn" and one.values["at"] == row.values["at"]
        ]
        data = _confirmed(desk, subject, rows, number, language)
    return confirmation.build(data, language)


def _confirmed(
    desk: Desk, subject: int, rows: list[Row], number: str, language: str
) -> confirmation.WithdrawalConfirmation:
    say, on = words(language), rows[0].values["at"]
    by = act_by(on, desk.today(), desk.calendar)
    held = [one for row in rows for one in _held(desk, subject, row)]
    certificates = {h.id: str(h.values.get("certificate") or "") for h in held}
    gone = [h for h in held if certificates[h.id]]
    return confirmation.WithdrawalConfirmation(
        number=number,
        issued_on=desk.today(),
        person=facts.person_name(desk, subject),
        ref=desk.ref("subjects", subject),
        on=facts.when(rows[0]),
        channel=facts.channel(rows[0]),
        by=facts.giver(rows[0]),
        ended=tuple(_ended(desk, row) for row in rows),
        handled=tuple(
            confirmation.Handled(
                h.titles.get("purpose", ""), h.titles.get("file", ""), _action(desk, h, by)
            )
            for h in held
        ),
        exceptions=tuple(
            confirmation.Kept(
                h.titles.get("purpose", ""),
                laws.told(str(h.values["kept_law"]), language),
                day(say, h.values["kept_until"]),
            )
            for h in held
            if h.values.get("kept_until") and not certificates[h.id]
        ),
        others=tuple(_others(desk, subject, {h.id for h in held})),
        items=_items(desk, subject, gone),
        told=tuple(_told(desk, held, rows, language)),
        act_by=by,
        objection=tuple(_(text).format(contact=facts.contact(desk)) for text in OBJECTION),
        controller=sender.company(desk, language),
        contact=facts.contact(desk),
    )


def _ended(desk: Desk, row: Row) -> confirmation.Ended:
    (told,) = desk.service("consents").facts_of([facts.asked_of(row)])
    events = told.events
    before = [e for e in events if e.number != row.id and e.kind.value in ("given", "changed")]
    ref = agreed = ""
    if before:
        (first,) = desk.service("consents").rows([before[-1].number])
        ref, agreed = first.ref, facts.when(first)
    wording = facts.wording(desk, row).called
    return confirmation.Ended(ref, asked_in(row), agreed, wording, row.ref)


def _others(desk: Desk, subject: int, held: Collection[int]) -> Iterator[confirmation.Kept]:
    """Yield what stays of the person on another ground than the consents withdrawn."""
    service = desk.service("holdings")
    field = desk.service("purposes").field("basis")
    for row in service.rows(sorted(service.of_subjects([subject]).get(subject, []))):
        if row.id in held:
            continue
        terms = facts.terms_of(desk, facts.number_in(row, "purpose"))
        why = desk.service("purposes").get(str(row.values["purpose"]))
        basis = field.choice(str(why.values.get("basis") or ""))
        ground = (_(basis.label) if basis else "", str(why.values.get("article") or ""))
        told = " · ".join(filter(None, ground))
        yield confirmation.Kept(terms.name, told, "", terms.items)


def _held(desk: Desk, subject: int, row: Row) -> list[Row]:
    """Return what was held on a consent when it was withdrawn, destroyed or not."""
    purpose = facts.number_in(row, "purpose")
    if desk.service("purposes").main_box(purpose).value != row.values["box"]:
        return []
    sql = (
        "SELECT id FROM holdings WHERE subject = ? AND purpose = ? AND state <> 'void' ORDER BY id"
    )
    found = desk.vault.raw.execute(sql, (subject, purpose)).fetchall()
    rows: list[Row] = desk.service("holdings").rows([one[0] for one in found])
    ended: date = row.values["at"]
    return [h for h in rows if h.values["ended_on"] is None or h.values["ended_on"] >= ended]


def _action(desk: Desk, holding: Row, by: date) -> str:
    values: Mapping[str, Any] = holding.values
    if values.get("certificate"):
        ref = str(values["certificate"])
        done = desk.service("destructions").get(ref).values["executed_at"]
        told = _day(office_date(done)) if done is not None else ""
        return _(DESTROYED).format(day=told, number=_certificate(desk, ref) or ref)
    if holding.state == "held":
        return _(HELD)
    if values.get("kept_until"):
        return _(KEPT)
    running = _running(desk, holding.id)
    told = _(ASKED) if running else _(DUE)
    return told.format(day=_day(by), number=running)


def _day(on: date) -> str:
    return day(words(current()), on)


def _certificate(desk: Desk, ref: str) -> str:
    sql = "SELECT number FROM documents WHERE code = 'd1' AND about = ? ORDER BY id DESC LIMIT 1"
    row = desk.vault.raw.execute(sql, (ref,)).fetchone()
    return str(row[0]) if row else ""


def _running(desk: Desk, holding: int) -> str:
    sql = (
        "SELECT d.id FROM destruction_holdings c JOIN destructions d ON d.id = c.destruction"
        " WHERE c.holding = ? AND c.why = '' AND d.state IN ('requested', 'approved', 'executing')"
    )
    row = desk.vault.raw.execute(sql, (holding,)).fetchone()
    return desk.ref("destructions", row[0]) if row else ""


def _items(desk: Desk, subject: int, gone: list[Row]) -> tuple[str, ...]:
    """Return the items that went with destroyed holdings: what no living purpose needs."""
    if not gone:
        return ()
    from privdesk.flows.destroying import items_of

    living = desk.service("holdings").of_subjects([subject]).get(subject, [])
    rows = desk.service("holdings").rows(living)
    needed = items_of(desk, {facts.number_in(row, "purpose") for row in rows})
    asked = items_of(desk, {facts.number_in(row, "purpose") for row in gone})
    refs = [desk.ref("items", item) for item in sorted(asked - needed)]
    return facts.items_of(desk, refs)


def _told(desk: Desk, held: list[Row], rows: list[Row], language: str) -> list[str]:
    """Return who was told: the places with an order, and the third parties of the purposes."""
    found: list[str] = []
    destructions = {_running(desk, h.id) or str(h.values.get("certificate") or "") for h in held}
    for ref in sorted(filter(None, destructions)):
        service = desk.service("destructions")
        for order in desk.service("orders").rows(service.orders(service.number(ref))):
            name, on = order.titles.get("place", ""), order.values["answered_on"]
            told = _(PLACE_DONE if on else PLACE_TOLD)
            found.append(told.format(name=name, day=_day(on) if on else ""))
    purposes = desk.service("purposes").rows([facts.number_in(row, "purpose") for row in rows])
    recipients = {str(row.values.get("recipient") or "") for row in purposes}
    return [*found, *(_(RECIPIENT_TOLD).format(name=name) for name in sorted(recipients) if name)]


def printable_withdrawal(desk: Desk) -> int | None:
    """Return the newest withdrawal of somebody who is still there."""
    return newest(desk, "SELECT max(c.id) {} AND c.kind = 'withdrawn' AND c.state <> 'void'")


def printable_receipt(desk: Desk) -> int | None:
    """Return the person who agreed to something last."""
    return newest(desk, "SELECT c.subject {} AND c.state = 'given' ORDER BY c.id DESC LIMIT 1")


def newest(desk: Desk, sql: str) -> int | None:
    """Return the number that a query over answers of living people gives."""
    source = (
        "FROM consents c JOIN subjects s ON s.id = c.subject"
        " WHERE s.state NOT IN ('destroyed', 'void')"
    )
    row: Any = desk.vault.raw.execute(sql.format(source)).fetchone()
    return int(row[0]) if row and row[0] is not None else None


def living(desk: Desk, subject: int) -> int:
    """Return a person's number, or raise where nothing is left to name anybody by."""
    desk.require("officer")
    (row,) = desk.service("subjects").rows([subject])
    if row.state in ("destroyed", "void"):
        raise PersonGoneError
    return subject
