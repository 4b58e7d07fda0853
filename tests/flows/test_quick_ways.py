"""What is read the quick way says the same as the records one by one, in the invented office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from privdesk.core import references, system
from privdesk.core.hangul import name_key
from privdesk.core.register import Query
from privdesk.registers.consents import figures as agreed
from privdesk.registers.departures import rules as leaving_rules
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import gathered
from privdesk.registers.holdings import figures as held
from privdesk.registers.inspections.fields import INSPECTION
from privdesk.registers.inspections.rules import Held
from privdesk.registers.matching import _sortable
from privdesk.registers.reading import _texts_of
from privdesk.registers.staff import findings as of_staff
from privdesk.registers.staff import rules
from tests.invented import copy_invented, open_invented

SINCE = ("documents", "departures", "reviewed-rights")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("quick")
    vault = copy_invented(tmp_path_factory, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(system.EPOCH_DIR, str(folder / "epochs"))
        desk = open_invented(vault)
        yield desk
        desk.vault.close()


def test_the_staff_are_judged_as_by_everybodys_record(office: Desk) -> None:
    service, today = office.service("staff"), office.today()
    rows = [row for row in service.find(Query()) if row.state != "void"]
    people = [service.facts(row.ref, row.values) for row in rows]
    known = {person.officer.casefold() for person in people}
    others = [
        rules.StaffFacts(ref="", name=one.name, officer=one.name, role=one.role)
        for one in office.vault.header.people
        if one.active and one.role != "recovery" and one.name.casefold() not in known
    ]

    by_record = [one for person in people for one in rules.judge(person, today)]
    by_record += rules.judge_all([*map(replace, people), *others], today)

    assert of_staff.judge(office) == by_record
    for row in rows:
        if row.values["login"]:
            assert service.of_login(str(row.values["login"])) == row


def test_works_are_judged_and_listed_as_their_records_say(office: Desk) -> None:
    works = office.service("consignments")
    rows = {r.ref: r for r in works.find(Query(where={"state": "active"}))}

    facts = {one.ref: one for one in works.facts()}
    lines = {line.ref: line for line in office.service("publications").now()}

    assert rows.keys() == facts.keys() == lines.keys()
    for ref, row in rows.items():
        values, one, line = row.values, facts[ref], lines[ref]
        assert (one.since, one.until, one.marketing, one.entire, one.abroad) == (
            *(values["since"], values["until"]),
            *(bool(values[name]) for name in ("marketing", "entire", "abroad")),
        )
        assert (one.ticked, one.way) == (values["ticked_on"] is not None, values["notice_way"])
        assert len(one.lacking) == (7 if values["lacking"] is None else values["lacking"])
        assert (line.scope, line.contact) == (values["scope"] or "", values["contact"] or "")
        assert line.items_en == tuple(row.titles["items"].split(", ") if values["items"] else ())
        assert (line.since, line.until) == (str(values["since"] or ""), str(values["until"] or ""))


def test_the_supervision_counts_as_inspections_do_one_by_one(office: Desk) -> None:
    service = office.service("inspections")
    held = service.held()

    for row in office.service("processors").find(Query()):
        one_by_one = service.of_processor(row.id)
        told: list[Held] = held.get(row.id, [])
        assert [one.on for one in told] == [r.values["held_on"] for r in one_by_one]
        for one, record in zip(told, one_by_one, strict=True):
            if record.values["kind"] == INSPECTION:
                counts = (one.tally.get(name, 0) for name in ("yes", "no", "na", "open"))
                names = ("yes", "no", "na", "lacking")
                assert list(counts) == [record.values[name] for name in names]


@pytest.mark.parametrize("register", ["consignments", "places", "access-rights", "files", *SINCE])
def test_a_search_finds_what_the_rows_hold(office: Desk, register: str) -> None:
    service = office.service(register)
    numbers = list(service.open_view(Query()).numbers())
    rows = service.rows(numbers, reveal=True)
    texts = {row.id: list(_texts_of(row)) for row in rows}

    for needle in ("상담", "a", "0", "김", "뷁"):
        key = name_key(needle)
        meant = [number for number in numbers if any(key in text for text in texts[number])]
        assert set(meant) <= set(service.holding(numbers, key))
    assert service.holding(numbers, name_key("뷁")) == []


@pytest.mark.parametrize(
    ("register", "field"),
    [
        *(("visits", "name"), ("access-rights", "account"), ("inspection-answers", "finding")),
        *(("staff", "staff_no"), ("reviewed-rights", "who"), ("departures", "left_to_do")),
    ],
)
def test_a_list_is_sorted_by_what_is_sealed_or_asked_for_as_its_rows_say(
    office: Desk, register: str, field: str
) -> None:
    service = office.service(register)
    for backwards in (False, True):
        numbers = list(service.open_view(Query(sort=field, descending=backwards)).numbers())
        start = service.open_view(Query(sort="id", descending=backwards)).numbers()
        rows = service.rows(list(start), reveal=True)
        rows.sort(key=lambda row: _sortable(row.values[field]), reverse=backwards)
        rows.sort(key=lambda row: row.values[field] in (None, ""))
        assert numbers == [row.id for row in rows]


def test_leavings_and_reviewed_rights_are_told_as_one_by_one(office: Desk) -> None:
    rights, staff = office.service("access-rights"), office.service("staff")
    leavings = office.service("departures")
    rows = {row.id: row for row in leavings.find(Query())}

    for number, facts in leavings.facts_of(list(rows)).items():
        who = references.number(rows[number].values["staff"])
        assert facts.rights == len(rights.in_force(who))
        assert facts.handover == office.service("handovers").done_by(who)
        assert facts.name == staff.rows([who], reveal=True)[0].values["name"]
        left = tuple(step.value for step in leaving_rules.left(facts))
        assert rows[number].values["left_to_do"] == (left if rows[number].state != "done" else ())
    for line in office.service("reviewed-rights").find(Query()):
        (right,) = rights.rows([references.number(line.values["access"])])
        assert line.values["who"] == right.titles["staff"]
        assert line.values["account"] == (right.values["account"] or "–")


def test_the_few_that_are_gone_are_taken_off_as_if_the_rest_were_counted(office: Desk) -> None:
    def count(sql: str) -> list[tuple[int, ...]]:
        return [tuple(row) for row in office.vault.raw.execute(sql)]

    living = "SELECT count(*) FROM subjects WHERE state NOT IN ('destroyed', 'void')"
    assert count(held._LIVING) == count(living)
    given = "SELECT count(*) FROM consents WHERE state = 'given'"
    assert count(agreed._IN_FORCE) == count(given) != [(0,)]
    kept = "SELECT purpose, sum(state = 'active'), sum(state = 'held'), sum(state = 'law')"
    wanted = count(f"{kept} FROM holdings GROUP BY purpose ORDER BY purpose")
    assert [row for row in sorted(count(held._BY_PURPOSE)) if any(row[1:])] == [
        row for row in wanted if any(row[1:])
    ]


def test_findings_are_judged_again_after_whatever_was_written(office: Desk) -> None:
    before = gathered(office)[0]
    with office.change() as change:
        office.vault.raw.execute("UPDATE staff SET category = NULL WHERE duty = 'handler'")
        change.note("record.looked", "staff", reason="nobody changed anything, says the journal")

    assert [one for one in gathered(office)[0] if one not in before]
