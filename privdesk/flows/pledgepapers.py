"""The papers of pledges: D11 and D12 to be signed or as they were signed, and who has not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from privdesk.core.clock import office_time
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, Words, words
from privdesk.core.register import GONE, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import pledge as d11
from privdesk.flows import sender
from privdesk.registers.desk import Change, Desk
from privdesk.registers.pledges import findings, rules, tags
from privdesk.registers.pledges.fields import OPEN, PAPER, SCREEN
from privdesk.registers.sworn import Oath
from privdesk.registers.templating import Template, shipped, text_of

SHIPPED = N_("text of the program")
OWN = N_("text of the office, version {version}")
ON_SCREEN = N_("Written on the screen\n{at}")
ON_PAPER = N_("Signed on paper, sheet on file")
ENTERED = N_("Signed, entered from a list")


class OtherSheetError(DomainError):
    """{ref} is another kind of pledge: of a leaver it is d12, of everybody else d11. Nothing was
    printed; print that paper.
    """


class PledgeGoneError(DomainError):
    """{ref} was taken out of use or destroyed, so there is no sheet of it. Nothing was printed;
    draw up another one.
    """


def sheet(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D11: the sheet of a pledge on joining, yearly, or of outside staff."""
    return _of(desk, str(ref), language, number, leaving=False)


def leaving(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D12: the sheet of a leaver, with what was returned and who checked it off."""
    return _of(desk, str(ref), language, number, leaving=True)


def issued_d11(change: Change, ref: str) -> None:
    """Note that a sheet is out: it waits for its signature from then on."""
    desk, service = change.desk, change.desk.service("pledges")
    sql = "SELECT number, language FROM documents WHERE about = ? ORDER BY id DESC LIMIT 1"
    number, language = desk.vault.raw.execute(sql, (ref,)).fetchone()
    (row,) = service.rows([service.number(ref)])
    note_printed(change, row, language, number)


issued_d12 = issued_d11


def note_printed(change: Change, row: Row, language: str, number: str) -> None:
    """Note which sheet with which text went out for a pledge that waits for its signature."""
    if row.state not in OPEN:
        return
    desk, service = change.desk, change.desk.service("pledges")
    text = text_of(desk, code_of(row), language, desk.today())
    service.put(
        change,
        row.id,
        state="printed",
        printed_on=row.values["printed_on"] or desk.today(),
        sheet=number,
        language=language,
        template=text.ref,
        digest=text.digest,
    )
    change.note("pledge.printed", "pledges", row.id, fields=("printed_on", "sheet"))


def unsigned(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Print who has not signed: here, coming, due again, left."""
    stand = findings.stand(desk)
    parts = [rules.missing(stand), rules.coming(stand), rules.due_again(stand), rules.gone(stand)]
    staff = desk.service("staff")
    people = {row.id: row for row in staff.rows(sorted({o.staff for p in parts for o in p}))}
    told = rules.tally(stand)
    days: list[Callable[[Oath], date | None]] = [
        lambda one: one.due,
        lambda one: one.joined,
        lambda one: rules.renewal(one, stand.every, stand.begun),
        lambda one: one.left,
    ]
    listed = [
        _listed(desk, part, people, day, stand.today) for part, day in zip(parts, days, strict=True)
    ]
    data = d11.UnsignedList(
        number=number,
        issued_on=stand.today,
        here=listed[0],
        coming=listed[1],
        yearly=listed[2],
        gone=listed[3],
        outside=tuple(_other(desk, one, stand.today) for one in stand.outside),
        needed=told.needed,
        signed=told.signed,
        drafter=desk.vault.person.name,
    )
    return d11.listed(data, language)


def printable_d11(desk: Desk) -> int | None:
    """Return the newest pledge that is none of a leaver."""
    return _newest(desk, "<>")


def printable_d12(desk: Desk) -> int | None:
    """Return the newest pledge of a leaver."""
    return _newest(desk, "=")


def code_of(row: Row) -> str:
    """Return the text that a pledge prints."""
    return f"pledge-{row.values['kind']}"


def paper_code(row: Row) -> str:
    """Return the document that a pledge is printed as."""
    return "d12" if row.values["kind"] == "leaving" else "d11"


def paper_of(desk: Desk, row: Row, language: str, number: str) -> Paper:
    """Return the sheet of a pledge in the state it has."""
    return _of(desk, row.ref, language, number, leaving=row.values["kind"] == "leaving")


def text_for(desk: Desk, row: Row, language: str) -> Template:
    """Return the text of a pledge with its places filled in: the one signed, else today's."""
    return _text(desk, row, language).filled(_values(desk, row, language))


def _of(desk: Desk, ref: str, language: str, number: str, *, leaving: bool) -> Paper:
    service, say = desk.service("pledges"), words(language)
    (row,) = service.rows([service.number(ref)])
    if row.state in GONE:
        raise PledgeGoneError(ref=ref)
    if (row.values["kind"] == "leaving") != leaving:
        raise OtherSheetError(ref=ref)
    text, values, member = (
        _text(desk, row, language),
        _values(desk, row, language),
        _member(desk, row),
    )
    filled = text.filled(values)
    signed = row.state == "signed"
    data = d11.PledgeSheet(
        code=paper_code(row),
        number=number,
        issued_on=desk.today(),
        company=sender.company(desk, language),
        ref=row.ref,
        heading=filled.heading,
        text=filled.text,
        source=say(OWN).format(version=text.version) if text.ref else say(SHIPPED),
        digest=text.digest,
        tag=tags.make(desk.vault.header.vault, row.ref),
        leaving=leaving,
        name=values["name"],
        staff_no=values["staff_no"],
        department=values["department"],
        position=values["position"],
        organisation=values["organisation"],
        day=member.values["left" if leaving else "joined"] if member else None,
        head=str(row.values["head"] or ""),
        returned=str(row.values["returned"] or "")
        or (_handed_back(desk, member) if leaving else ""),
        signed_on=row.values["signed_on"] if signed else None,
        how=_how(desk, say, row) if signed else "",
        strokes=service.strokes_of(row.id) if signed else (),
    )
    return d11.build(data, language)


def _text(desk: Desk, row: Row, language: str) -> Template:
    """Return the text a pledge was signed to, where it is known; else the one of today."""
    if row.state == "signed" and row.values["language"] == language:
        ref = str(row.values["template"] or "")
        if ref:
            service = desk.service("templates")
            found: Template = service.as_template(service.number(ref))
            return found
        if shipped(code_of(row), language).digest == row.values["digest"]:
            return shipped(code_of(row), language)
    return text_of(desk, code_of(row), language, desk.today())


def _values(desk: Desk, row: Row, language: str) -> dict[str, str]:
    member = _member(desk, row)
    told = member.values if member else {"name": row.values["person"]}
    names = ("name", "staff_no", "position", "department")
    found = {name: str(told.get(name) or "") for name in names}
    found["department"] = str(row.values["department"] or found["department"])
    found["organisation"] = str(row.values["organisation"] or "")
    return {**found, "company": sender.company(desk, language)}


def _handed_back(desk: Desk, member: Row | None) -> str:
    """Return what the leaving records as handed back, where the pledge itself says nothing."""
    if member is None:
        return ""
    sql = "SELECT max(id) FROM departures WHERE staff = ? AND state <> 'void'"
    found = desk.vault.raw.execute(sql, (member.id,)).fetchone()[0]
    service = desk.service("departures")
    return str(service.rows([found])[0].values["devices"] or "") if found else ""


def _member(desk: Desk, row: Row) -> Row | None:
    if not row.values["staff"]:
        return None
    staff = desk.service("staff")
    found: Row = staff.rows([staff.number(str(row.values["staff"]))])[0]
    return found


def _how(desk: Desk, say: Words, row: Row) -> str:
    if row.values["how"] == SCREEN:
        signed = [
            e for e in desk.service("pledges").history(row.ref) if e.action == "pledge.signed"
        ]
        at = office_time(signed[0].at) if signed else office_time(desk.now())
        return say(ON_SCREEN).format(at=f"{at:%Y-%m-%d %H:%M} KST")
    return say(ON_PAPER if row.values["how"] == PAPER else ENTERED)


def _listed(
    desk: Desk,
    oaths: Sequence[Oath],
    people: dict[int, Row],
    day: Callable[[Oath], date | None],
    today: date,
) -> tuple[d11.Unsigned, ...]:
    found = []
    for one in oaths:
        values, due = people[one.staff].values, day(one)
        drawn = next(iter(one.drawn.values()), None)
        found.append(
            d11.Unsigned(
                name=str(values["name"]),
                staff_no=str(values["staff_no"] or ""),
                department=one.department,
                position=str(values["position"] or ""),
                day=due,
                late=max((today - due).days, 0) if due else 0,
                sheet=desk.ref("pledges", drawn) if drawn else "",
            )
        )
    return tuple(sorted(found, key=lambda one: (one.department, one.name)))


def _other(desk: Desk, one: rules.Outside, today: date) -> d11.Unsigned:
    return d11.Unsigned(
        name=one.name,
        staff_no="",
        department=one.company,
        position="",
        day=one.due,
        late=max((today - one.due).days, 0) if one.due else 0,
        sheet=desk.ref("pledges", one.pledge),
    )


def _newest(desk: Desk, is_leaving: str) -> int | None:
    sql = (
        "SELECT max(id) FROM pledges WHERE state NOT IN ('void', 'destroyed')"
        f" AND kind {is_leaving} 'leaving'"
    )
    found = desk.vault.raw.execute(sql).fetchone()[0]
    return None if found is None else int(found)
