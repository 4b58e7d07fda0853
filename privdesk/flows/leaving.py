"""Leaving is one procedure: rights, devices, pledge, handover, and the access to this vault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core import references
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _, ngettext, words
from privdesk.core.register import Outcome, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import staff_papers
from privdesk.documents.papers.common import ApprovalLine
from privdesk.documents.papers.staff_papers import Party, RightLeft
from privdesk.documents.phrases import short_day
from privdesk.flows import people
from privdesk.registers.access_rights.rules import LEVEL_LABELS, Level, Why
from privdesk.registers.departures import rules
from privdesk.registers.departures.rules import STEP_LABELS, Step
from privdesk.registers.desk import Desk
from privdesk.registers.staff import rules as of_staff

ALONE = N_("only one officer is left, so no destruction can be approved: enrol a second one")
DONE, TO_DO, FREE = N_("done"), N_("still to do"), N_("does not apply")


@dataclass(frozen=True)
class LeavingPlan:
    """What somebody's leaving starts: the rights, open cases, and the steps besides.

    ``zones`` are the protected zones on whose lists the person stands.
    """

    name: str
    rights: tuple[Row, ...]
    cases: int
    login: bool
    zones: tuple[str, ...] = ()


def plan(desk: Desk, ref: str) -> LeavingPlan:
    """Return what the leaving of a member of staff would start."""
    staff = desk.service("staff").number(ref)
    rights = desk.service("access-rights")
    (row,) = desk.service("staff").rows([staff])
    person = desk.vault.header.person(str(row.values["login"] or "-"))
    cases = desk.vault.raw.execute(
        "SELECT count(*) FROM requests WHERE handler = ?"
        " AND state IN ('received', 'identified', 'working', 'extended')",
        (staff,),
    ).fetchone()[0]
    held = tuple(rights.rows(rights.in_force(staff)))
    permits = desk.service("zone-permits")
    zones = tuple(one.titles["zone"] for one in permits.rows(permits.of(staff)))
    return LeavingPlan(str(row.values["name"]), held, cases, bool(person and person.active), zones)


def leave(
    desk: Desk,
    refs: Sequence[str],
    *,
    on: date | None = None,
    rights: Sequence[str] = (),
    moves: bool = False,
) -> Outcome:
    """Begin the leaving of people: last day, the rights that ended, and what is left to do.

    ``rights`` are those that the systems no longer give; of a last day still to come none is
    ended yet, and *Today* names them on the day. Permits for zones end with the last day.
    A last day that is entered already is another one only where ``moves`` says so: by the list
    of personnel, which is its own proof.
    """
    today, made = desk.today(), []
    staff, service = desk.service("staff"), desk.service("access-rights")
    with desk.change() as change:
        for ref in refs:
            number = staff.number(ref)
            known = staff.get(ref).values["left"]
            day = on or known or today
            rules.require_near(day, today)
            if known is not None and day != known and not moves:
                raise of_staff.LastDayError(name=staff.names()[number].name, day=known)
            staff.last_day(change, number, day)
            made.append(desk.service("departures").begin(change, number, day))
            ended = {references.number(one) for one in rights} & set(service.in_force(number))
            for right in sorted(ended) if day <= today else ():
                service.ended(change, right, None, Why.LEFT)
            desk.service("zone-permits").leaves(change, number, day)
    leavings = tuple(desk.ref("departures", number) for number in made)
    if len(refs) > 1:
        return Outcome(ngettext("{n} leaving begun", "{n} leavings begun", len(refs)), tuple(refs))
    told = _("Last day recorded: {day}").format(day=staff.get(refs[0]).values["left"])
    return Outcome(told, tuple(refs), paper=("departures", "leaving", leavings[0]))


def revoke(desk: Desk, refs: Sequence[str], *, on: date | None = None) -> Outcome:
    """Enter that every system has ended the rights of those who leave (rule 44)."""
    leavings, service = desk.service("departures"), desk.service("access-rights")
    ended = 0
    with desk.change() as change:
        for row in leavings.rows([leavings.number(ref) for ref in refs]):
            for right in service.in_force(references.number(row.values["staff"])):
                service.ended(change, right, on, Why.LEFT)
                ended += 1
    return Outcome(ngettext("{n} right revoked", "{n} rights revoked", ended), tuple(refs))


def take_access(desk: Desk, refs: Sequence[str]) -> Outcome:
    """Take the access to this vault away from somebody whose last day has come."""
    service = desk.service("departures")
    for ref in refs:
        facts = service.facts(service.number(ref))
        if not facts.login:
            raise rules.NoLoginError(name=facts.name)
        if facts.last_day > desk.today():
            raise rules.NotYetGoneError(name=facts.name, day=facts.last_day)
        people.remove(desk, _login(desk, str(service.get(ref).values["staff"])))
    told = _(N_("Access to this vault taken away"))
    people_left = [one for one in desk.vault.header.people if one.active and one.role == "officer"]
    if len(people_left) < 2:
        told = f"{told} · {_(ALONE)}"
    return Outcome(told, tuple(refs))


def _login(desk: Desk, ref: str) -> str:
    login = str(desk.service("staff").get(ref).values["login"])
    person = desk.vault.header.person(login)
    return person.name if person is not None else login


# -- the check sheet


def sheet(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The check sheet of a leaving, as it stands."""
    service, say = desk.service("departures"), words(language)
    (row,) = service.rows([service.number(str(ref))])
    (who,) = desk.service("staff").rows([references.number(row.values["staff"])])
    left = {Step(one) for one in row.values["left_to_do"]}
    proofs, rights, last = _proofs(desk, row, who), _rights(desk, who.id, row), _last_day(row)
    steps = []
    for step, label in STEP_LABELS.items():
        stands = say(TO_DO if step in left else DONE)
        if step.value in row.values["waived"]:
            stands = f"{say(FREE)}: {row.values['why']}"
        elif step not in left:
            stands = " · ".join(filter(None, (stands, *proofs.get(step, ()))))
        steps.append((say(label), stands))
    devices, sworn = str(row.values["devices"] or ""), _sworn(desk, who.id)
    data = staff_papers.LeavingPaper(
        number=number,
        issued_on=desk.today(),
        ref=row.ref,
        who=party(who),
        staff_no=str(who.values["staff_no"] or ""),
        last_day=row.values["last_day"],
        steps=tuple(steps),
        rights=tuple(
            RightLeft(
                right.titles["place"],
                str(right.values["account"] or ""),
                say(LEVEL_LABELS[Level(right.values["level"])]),
                right.values["revoked_on"],
                max(((right.values["revoked_on"] or last) - last).days, 0),
            )
            for right in rights
        ),
        devices=devices or sworn,
        sworn=sworn if devices and name_key(sworn) != name_key(devices) else "",
        closed_on=row.values["done_on"],
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return staff_papers.leaving(data, language)


def _last_day(row: Row) -> date:
    found = row.values["last_day"]
    assert isinstance(found, date)
    return found


def _proofs(desk: Desk, row: Row, who: Row) -> dict[Step, tuple[str, ...]]:
    """Return of each step the day and the record that proves it: pledge, handover, who took it."""
    taken = [e for e in desk.service("departures").history(row.ref) if "devices" in e.fields]
    pledge = desk.vault.raw.execute(
        "SELECT id, signed_on FROM pledges WHERE staff = ? AND kind = 'leaving'"
        " AND state IN ('signed', 'destroyed') ORDER BY id DESC LIMIT 1",
        (who.id,),
    ).fetchone()
    sworn: tuple[str, ...] = (short_day(row.values["pledge_on"]),)
    if pledge is not None:
        sworn = (str(pledge[1] or ""), desk.ref("pledges", pledge[0]))
    work = desk.vault.raw.execute(
        "SELECT id, done_on FROM work_handovers WHERE giver = ? AND state = 'done'"
        " ORDER BY id DESC LIMIT 1",
        (who.id,),
    ).fetchone()
    return {
        Step.DEVICES: (
            short_day(row.values["devices_on"]),
            str(row.values["devices_to"] or "") if taken else "",
        ),
        Step.PLEDGE: sworn,
        Step.HANDOVER: (str(work[1] or ""), desk.ref("handovers", work[0])) if work else (),
    }


def _sworn(desk: Desk, staff: int) -> str:
    """Return what stands as returned on the leaver's pledge."""
    service = desk.service("pledges")
    found = desk.vault.raw.execute(
        "SELECT max(id) FROM pledges WHERE staff = ? AND kind = 'leaving' AND state <> 'void'",
        (staff,),
    ).fetchone()[0]
    return str(service.rows([found])[0].values["returned"] or "") if found else ""


def _rights(desk: Desk, staff: int, leaving: Row) -> list[Row]:
    """Return the rights in force, and those that ended since the leaving was begun."""
    days = (leaving.values["begun_on"], leaving.values["last_day"])
    since = min(day for day in days if day is not None)  # one that was entered is not begun yet
    sql = (
        "SELECT id FROM access_rights WHERE staff = ? AND (state = 'granted' OR"
        " (state = 'revoked' AND revoked_on >= ?)) ORDER BY place, id"
    )
    found = desk.vault.raw.execute(sql, (staff, since.isoformat())).fetchall()
    rows: list[Row] = desk.service("access-rights").rows([one[0] for one in found])
    return rows


def printable_leaving(desk: Desk) -> int | None:
    """Return the newest leaving."""
    sql = "SELECT max(id) FROM departures WHERE state <> 'void'"
    found = desk.vault.raw.execute(sql).fetchone()[0]
    return None if found is None else int(found)


def party(row: Row) -> Party:
    """Return a member of staff as papers name them."""
    values = row.values
    return Party(
        str(values["name"]), str(values["department"] or ""), str(values["position"] or "")
    )
