"""The papers of destructions: from the records to what ``documents.papers`` draws."""

from __future__ import annotations

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, words
from privdesk.core.register import Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import destruction_certificate as d1
from privdesk.documents.papers import destruction_register as d2
from privdesk.documents.papers import destruction_request as d1a
from privdesk.documents.papers import order_parts, place_order
from privdesk.flows import keptapart, orders, proofs, sender, verifying
from privdesk.flows.case import Case
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions import lists
from privdesk.registers.destructions.rules import METHOD_LABELS

PLAN = N_("Destruction of the keys in the vault, change of the epoch secret, orders to the places.")
CHECK_PLAN = N_("Independent look through all files of the vault; confirmation by each place.")
PLAN_ALONE = N_("Destruction of the keys in the vault, change of the epoch secret.")
CHECK_ALONE = N_("Independent look through all files of the vault.")
ALL_OF_FILE = N_("all people of the file")
LISTED_BEFORE = N_("those in the list that was handed over with this order before")
BACKUP_PLAN = N_("The epoch secret is changed, so that older copies no longer open the values.")


class NothingToCertifyError(DomainError):
    """{ref} has not been executed yet, so there is nothing to certify. Nothing was changed; execute
    it first.
    """


def destruction_request(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D1a: the request of a destruction."""
    case = Case(desk, str(ref), language)
    values, places = case.values, case.planned_places()
    alone = len(places) == 1  # no place but the vault
    data = d1a.DestructionRequest(
        number=number,
        requested_on=values["requested_on"],
        files=case.files(),
        reason=case.reason,
        plan=case.say(PLAN_ALONE if alone else PLAN),
        place=case.place,
        method=case.method,
        operator=case.who("operator"),
        witness=str(values.get("witness") or ""),
        check_method=case.say(CHECK_ALONE if alone else CHECK_PLAN),
        backups=case.say(BACKUP_PLAN),
        subjects=values["people"] or 0,
        places=places,
        left_out=case.left_out(),
        digest=str(values["digest"]),
        two_officer_rule=bool(values["two_officers"]),
        signed=case.signed("requester", "approver"),
        approver=case.who("approver"),
        approved_on=values["approved_on"],
        remarks=str(values.get("remarks") or ""),
        approvals=case.approvals(),
    )
    return d1a.build(data, language)


def certificate(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D1: the certificate in the state reached."""
    case = Case(desk, str(ref), language)
    values = case.values
    if values["executed_at"] is None:
        raise NothingToCertifyError(ref=case.ref)
    proofs.require(desk, case.row.id)
    data = d1.DestructionCertificate(
        number=number,
        issued_on=desk.today(),
        reached=case.reached(),
        executed_on=values["executed_at"],
        closed_on=case.closed_on(),
        completed_on=case.completed_on(),
        request_number=case.ref,
        lots=case.lots(),
        reason=case.reason,
        place=case.place,
        method=case.method,
        tool=case.tool,
        operator=case.who("operator"),
        witness=str(values.get("witness") or ""),
        backups=case.backups(),
        verification_method=verifying.method(case.verified, case.say),
        verification_result=verifying.in_words(case.verified, case.say),
        approved_count=values["people"] or 0,
        executed_count=case.executed_people(),
        left_out=case.left_out(later=True),
        approved_digest=str(values["digest"] or ""),
        executed_digest=str(values["digest_executed"] or ""),
        two_officer_rule=bool(values["two_officers"]),
        places=case.place_lines(),
        closings=case.closings(),
        signed=case.signers(),
        further_limits=case.lost(),
        kept=keptapart.kept(desk, case.say, case.row.id),
        import_block=bool(desk.setting("block_reimport", True)),
        remarks=str(values.get("remarks") or ""),
        approvals=case.approvals(),
    )
    return d1.build(data, language)


def register(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D2: the register of executed destructions."""
    say = words(language)
    lines = []
    for row_number in reversed(desk.service("destructions").every()):
        case = Case(desk, desk.ref("destructions", row_number), language)
        executed = case.values["executed_at"] is not None
        if executed and not proofs.why_not(desk, row_number):
            lines += case.register_lines(say)
    data = d2.DestructionRegister(number=number, issued_on=desk.today(), lines=lines)
    return d2.build(data, language)


def order(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The order to one place for all its files, with its id lists while they are kept."""
    row = desk.service("orders").get(str(ref))
    case = Case(desk, str(row.values["destruction"]), language)
    text, people = orders.present(desk, row)
    ids = lists.ids_by_file(text, row.values["files"])
    place = desk.service("places").get(str(row.values["place"]))
    selection = case.say(ALL_OF_FILE if orders.counted(desk, case.row.id) else LISTED_BEFORE)
    reply_by = desk.calendar.deadline_days(desk.today(), int(desk.setting("reply_days", 7)))
    data = place_order.PlaceOrder(
        number=number,
        issued_on=desk.today(),
        destruction_number=case.ref,
        place=str(place.values["name"]),
        addressee=str(place.values.get("owner") or place.values.get("processor") or ""),
        files=tuple(
            place_order.OrderedFile(
                case.file_name(file),
                case.item_names(file),
                len(ids[file]) if text else case.people_of(file),
                ids[file],
            )
            for file in row.values["files"]
            if ids[file] or not text
        ),
        subjects=people,
        reason=case.reason,
        method=case.say(METHOD_LABELS[orders.usual(str(place.values.get("medium") or ""))]),
        contact=contact(desk, language),
        role=bound(place),
        ours=any(lists.is_ours(one) for told in ids.values() for one in told),
        reply_by=reply_by,
        signed=case.signed("approver"),
        listed=bool(text),
        selection="" if text else selection,
        destroy_by=reply_by if text else None,
        approvals=case.approvals(),
    )
    return place_order.build(data, language)


def issued_order(change: Change, ref: str) -> None:
    """Note that an order was printed with its list: it counts as sent from then on."""
    row = change.desk.service("orders").get(ref)
    if row.state in ("open", "sent", "differs"):
        orders.sent(change, row)
        change.note("record.changed", "orders", row.id, fields=("state",))


def printable_d1(desk: Desk) -> int | None:
    """Return the newest executed destruction."""
    sql = "SELECT max(id) FROM destructions WHERE executed_at IS NOT NULL"
    return _first(desk, sql)


def _first(desk: Desk, sql: str) -> int | None:
    found = desk.vault.raw.execute(sql).fetchone()[0]
    return None if found is None else int(found)


def bound(place: Row) -> str:
    """Return by what a place is bound: by its contract at a processor, else by the plan."""
    return order_parts.PROCESSOR if place.values.get("kind") == "processor" else order_parts.OWN


def contact(desk: Desk, language: str = "ko") -> str:
    """Return who answers questions about a paper, as the staff register knows them."""
    name = desk.vault.person.name
    person = desk.service("staff").of_login(name)
    told = person.values if person else {"name": name}
    parts = [str(told.get(n) or "") for n in ("department", "name", "position", "phone", "email")]
    parts[0] = sender.department(desk, language, parts[0])
    return ", ".join(filter(None, (" ".join(filter(None, parts[:3])), *parts[3:])))
