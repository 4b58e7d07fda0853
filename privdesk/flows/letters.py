"""The papers of requests: from the case to what ``documents.papers`` draws.

Their copies are sealed with the people's keys and speak about the request, whose file outlives
the data; they go with the request's file.
"""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.i18n import N_, speaking, words
from privdesk.core.rulebook import rule_number
from privdesk.documents.paper import Paper
from privdesk.documents.papers import case_letters, office_text
from privdesk.documents.papers import refusal_notice as d6
from privdesk.documents.papers import request_form as d4
from privdesk.documents.papers import result_notice as d5
from privdesk.documents.papers.access_annex import Came
from privdesk.documents.papers.letters import Letter
from privdesk.flows import changes, sender
from privdesk.flows.issuing import destroy_print_by
from privdesk.flows.sourcing import sources
from privdesk.flows.told import (
    NotCheckedError,
    NoTextError,
    NotRefusedError,
    Told,
    require_answered,
    require_letter,
)
from privdesk.registers.desk import Desk
from privdesk.registers.requests import claims, rules
from privdesk.registers.requests.kinds import KIND_LABELS, METHODS, OPEN_TO_ANYBODY
from privdesk.registers.templating import text_of

AT_OFFICE, WITH_LETTER = N_("at the office, on the day agreed"), N_("with this notice")
AS_FILE = N_("as an encrypted file")
ON_FILE, AWAITED = N_("on file"), N_("not on file yet")
FORMS = {
    "phone": N_("told on the telephone, and in writing"),
    "email": N_("as an encrypted file by e-mail"),
    "fax": N_("by fax"),
    "post": N_("printed, by post"),
    "visit": N_("shown and handed out at the office"),
    "web": N_("as an encrypted file on the web site"),
}
_OPEN = tuple(state.value for state in rules.OPEN)
_ACCESS = ("access", "copy")
_ACTION = ("correction", "deletion", "suspension", "withdrawal")


def speaks(desk: Desk, ref: str) -> str:
    """Return the language of a case's letters."""
    service = desk.service("requests")
    (row,) = service.rows([service.number(ref)])
    return str(service.language_of(row))


def request_form(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D4: the request form, filled from a case."""
    told = Told(desk, str(ref), language, number)
    require_letter(desk, told.row, "d4")
    values, letter = told.values, told.letter()
    kind = str(values["kind"])
    ticked = {kind} | ({key for key, _text in d4.ACCESS} if kind in ("access", "copy") else set())
    data = d4.RequestForm(
        number=number,
        issued_on=letter.issued_on,
        company=letter.company,
        days=_days(desk, kind),
        case=letter.case,
        received=letter.received,
        name=letter.name,
        phone=told.phone,
        email=told.email,
        address=letter.address,
        agent=letter.agent,
        agent_phone=str(values["agent_phone"] or ""),
        agent_tie=str(values["agent_tie"] or ""),
        ticked=frozenset(ticked),
        asked=letter.asked,
        items=letter.items,
        purposes=letter.purposes,
        filled=True,
    )
    return d4.build(data, language)


def blank_form(desk: Desk, _ref: str | None, language: str, number: str) -> Paper:
    """D4 to be filled in by hand."""
    company = sender.company(desk, language)
    data = d4.RequestForm(number, desk.today(), company, _days(desk, "access"))
    return d4.build(data, language)


def result_notice(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D5: the result of a request."""
    told = Told(desk, str(ref), language, number)
    values, kind = told.values, str(told.values["kind"])
    require_letter(desk, told.row, "d5")
    require_answered(desk, told.row)
    acted = "action" if kind in _ACTION else "other"
    scope = "access" if kind in _ACCESS else "source" if kind == "source" else acted
    handed = _handed(desk, told.row.ref) if scope == "access" else ()
    data = d5.Result(
        letter=told.letter(),
        scope=scope,
        decision=str(values["result"]),
        text=str(values["answer"] or ""),
        objection=told.objection,
        form=_form(told, handed),
        annexes=handed,
        sources=_sources(desk, told) if scope == "source" else (),
        where=told.say(AT_OFFICE if values["channel"] == "visit" else WITH_LETTER),
        fee=values["fee"],
        recipients_told=_recipients_told(desk, told.row.id),
        followed=_followed(desk, told.row.id) if scope == "action" else (),
        done=claims.acted(desk, told.row),
        **told.ground(),
    )
    return d5.build(data, language)


def refusal_notice(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D6: a refusal, a restriction (part refused) or a postponement."""
    told = Told(desk, str(ref), language, number)
    values = told.values
    code, until = str(values["refusal"] or ""), values["extended_until"]
    if not code and (until is None or told.row.state not in _OPEN):
        raise NotRefusedError(ref=told.row.ref)
    if code:
        what = "refused" if values["result"] == "refused" else "restricted"
        more = {**told.ground(), "statutory": rules.statutory(code)}
    else:
        what = "extended"
        more = {
            "why": str(values["extension_why"] or ""),
            "until": until,
            "due": values["due_first"],
        }
    right = str(values["kind"]) not in OPEN_TO_ANYBODY
    data = d6.Refusal(
        letter=told.letter(), what=what, objection=told.objection, right=right, **more
    )
    return d6.build(data, language)


def acknowledgement(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The acknowledgement of receipt."""
    told = Told(desk, str(ref), language, number)
    values, say, letter = told.values, words(language), told.letter()
    text = text_of(desk, "request-receipt", language, desk.today()).filled(
        {
            "company": letter.company,
            "name": letter.name,
            "case": letter.case,
            "due": case_letters.due_told(say, values["due_on"], values["due_at"]),
            "received": case_letters.received(say, str(values["kind"])),
            "facts": office_text.HERE,
        }
    )
    data = case_letters.Receipt(
        letter=letter,
        heading=text.heading,
        text=text.text,
        asks=str(values["kind"]),
        due=values["due_on"],
        answered=values["answered_at"] is not None,
        due_at=values["due_at"],
        needs_identity=rules.needs_identity(str(values["kind"])) and not values["identified_at"],
        needs_mandate=bool(values["by_agent"]) and not values["mandate"],
    )
    return case_letters.receipt(data, language)


def reply(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The answer to an inquiry or in a mediation, or the letter of clause S9.1 to a report."""
    told = Told(desk, str(ref), language, number)
    require_letter(desk, told.row, "reply")
    require_answered(desk, told.row)
    text = str(told.values["answer"] or "")
    if not text:
        raise NoTextError(ref=told.row.ref)
    answer = case_letters.Reply(told.letter(), text, str(told.values["kind"]))
    return case_letters.reply(answer, language)


def identity_record(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The record of the identity check."""
    told = Told(desk, str(ref), language, number)
    values, say = told.values, told.say
    if values["identified_at"] is None:
        raise NotCheckedError(ref=told.row.ref)
    method = next((m for m in METHODS if m.key == values["identity_method"]), None)
    mandate = ""
    if values["by_agent"]:
        mandate = say(ON_FILE) if values["mandate"] else say(AWAITED)
    data = case_letters.Identity(
        letter=told.letter(),
        method=say(method.label) if method else "–",
        script=say(method.help) if method else "–",
        by=str(values["identified_by"] or ""),
        at=values["identified_at"],
        note=str(values["identity_note"] or ""),
        mandate=mandate,
        destroy_by=destroy_print_by(desk),
    )
    return case_letters.identity(data, language)


def due_sheet(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Why a case is due then; it names nobody."""
    service = desk.service("requests")
    (row,) = service.rows([service.number(str(ref))])
    say, values = words(language), row.values
    letter = Letter(
        number=number,
        issued_on=desk.today(),
        case=row.ref,
        kind=say(KIND_LABELS[str(values["kind"])]),
        received=values["received_at"],
    )
    why, due_at = service.why(row, language), values["due_at"]
    return case_letters.due_sheet(letter, values["due_on"], why, language, due_at)


def printable_d5(desk: Desk) -> int | None:
    """Return the newest case with a result."""
    rights = "kind NOT IN ('inquiry', 'infringement', 'mediation')"
    return _newest(desk, f"result IN ('granted', 'partial', 'nothing', 'answered') AND {rights}")


def printable_d6(desk: Desk) -> int | None:
    """Return the newest case that was refused or postponed."""
    open_ = ", ".join(f"'{state}'" for state in _OPEN)
    waits = f"extended_until IS NOT NULL AND state IN ({open_})"
    return _newest(desk, f"(refusal <> '' OR ({waits}))")


def printable_reply(desk: Desk) -> int | None:
    """Return the newest inquiry or report that was answered."""
    return _newest(
        desk,
        "result IN ('granted', 'partial', 'nothing', 'answered')"
        " AND kind IN ('inquiry', 'infringement', 'mediation')",
    )


def printable_check(desk: Desk) -> int | None:
    """Return the newest case whose identity was checked."""
    return _newest(desk, "identified_at IS NOT NULL")


def printable_d4(desk: Desk) -> int | None:
    """Return the newest case that asks for a right."""
    return _newest(desk, "kind NOT IN ('inquiry', 'infringement', 'mediation')")


def printable_ack(desk: Desk) -> int | None:
    """Return the newest case."""
    return _newest(desk, "1")


def printable_why(desk: Desk) -> int | None:
    """Return the newest case."""
    return _newest(desk, "1")


def _followed(desk: Desk, request: int) -> tuple[d5.Followed, ...]:
    """Return how far this office’s own records and each place have followed a case."""
    return tuple(
        d5.Followed(one.name, one.asked_on, one.done_on, one.how)
        for one in desk.service("retrievals").followed(request)
    )


def _handed(desk: Desk, case: str) -> tuple[str, ...]:
    """Return the numbers of the annexes issued for a case, the newest alone."""
    sql = "SELECT number FROM documents WHERE code = 'annex' AND about = ? ORDER BY id DESC LIMIT 1"
    return tuple(str(row[0]) for row in desk.vault.raw.execute(sql, (case,)).fetchall())


def _form(told: Told, handed: Sequence[str]) -> str:
    """Return in which form access was given: as the journal knows it, else by the channel."""
    if handed and _encrypted(told):
        return told.say(AS_FILE)
    return told.say(FORMS[str(told.values["channel"])])


def _encrypted(told: Told) -> bool:
    return any(
        entry.action == "answer.encrypted"
        for entry in told.desk.journal.history("requests", told.row.id)
    )


def _sources(desk: Desk, told: Told) -> tuple[Came, ...]:
    if told.person is None:
        return ()
    with speaking(told.language):
        asked = changes.items_asked(told.row)
        return sources(desk, changes.holdings_of(desk, told.person.id, asked))


def _recipients_told(desk: Desk, request: int) -> tuple[str, ...]:
    """Return who was sent a notice of what a case corrected or deleted (S6.6), each once."""
    sql = (
        "SELECT recipient FROM corrections WHERE request = ? AND sent_on IS NOT NULL"
        " AND state <> 'void' ORDER BY id"
    )
    found = desk.vault.raw.execute(sql, (request,)).fetchall()
    return tuple(dict.fromkeys(str(row[0]) for row in found))


def _newest(desk: Desk, condition: str) -> int | None:
    sql = f"SELECT max(id) FROM requests WHERE state NOT IN ('void', 'destroyed') AND {condition}"
    found = desk.vault.raw.execute(sql).fetchone()[0]
    return None if found is None else int(found)


def _days(desk: Desk, kind: str) -> int:
    term = rules.term_of(kind)
    number = "access.answer_days" if term.hours else term.number
    return rule_number(number, desk.today())
