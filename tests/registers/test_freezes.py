"""Freezes and the notices that follow them, on a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Row
from privdesk.flows import correction
from privdesk.registers import freezing
from privdesk.registers.corrections import findings as notice_findings
from privdesk.registers.desk import Desk
from privdesk.registers.freezes import findings, rules
from privdesk.registers.freezing import FrozenError
from privdesk.registers.records import NotVoidableError
from tests.copies import copy_office, open_as
from tests.registers.partners import GIVEN, TODAY, Partners, number


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Partners]:
    made = Partners(open_as(copy_office(tmp_path))).fill()
    yield made
    made.desk.vault.close()


def notices(desk: Desk) -> list[Row]:
    service = desk.service("corrections")
    sql = "SELECT id FROM corrections ORDER BY id"
    numbers = [row[0] for row in desk.vault.raw.execute(sql).fetchall()]
    found: list[Row] = service.rows(numbers, reveal=True)
    return found


def told(desk: Desk) -> set[tuple[str, str]]:
    return {(row.values["role"], row.values["recipient"]) for row in notices(desk)}


def test_what_is_frozen_is_known_by_person_and_item(office: Partners) -> None:
    one, two, three = office.person(1), office.person(2), office.person(3)
    office.frozen(one, "phone")
    office.frozen(one, "email")
    office.frozen(two, "")
    numbers = [number(office.desk, ref) for ref in (one, two, three)]

    phone, email, name = (office.item(key) for key in ("phone", "email", "name"))
    assert freezing.frozen(office.desk, numbers) == {
        numbers[0]: frozenset((phone, email)),
        numbers[1]: frozenset(),
    }
    freezing.require_free(office.desk, [numbers[0]], "export", [name])
    freezing.require_free(office.desk, [numbers[2]], "export")
    with pytest.raises(FrozenError):
        freezing.require_free(office.desk, [numbers[0]], "export", [phone, name])
    with pytest.raises(FrozenError):
        freezing.require_free(office.desk, [numbers[1]], "provision", [name])


def test_everything_frozen_stays_so_beside_a_single_item(office: Partners) -> None:
    person = office.person()
    office.frozen(person, "")
    office.frozen(person, "phone")

    assert freezing.frozen(office.desk, [number(office.desk, person)]) == {
        number(office.desk, person): frozenset()
    }


def test_the_freeze_is_seen_on_the_person_and_the_holding(office: Partners) -> None:
    person = office.person()
    office.frozen(person, "phone")
    desk = office.desk

    (label,) = desk.service("items").called_by(["I-000003-7"])
    assert desk.service("subjects").get(person).values["frozen"] == label
    (holding,) = desk.service("holdings").of_subjects([number(desk, person)]).popitem()[1]
    assert desk.service("holdings").rows([holding])[0].values["frozen"] == label
    view = desk.service("subjects").open_view(_everybody())
    assert [row.values["frozen"] for row in view.rows(0, 9)] == [label]


def _everybody() -> object:
    from privdesk.core.register import Query

    return Query()


def test_setting_and_releasing_is_logged_with_the_person(office: Partners) -> None:
    person = office.person()
    ref = office.frozen(person).ref
    office.desk.service("freezes").act("release", [ref], {"result": "unchanged"})

    events = office.desk.service("subjects").history(person)
    actions = [(one.action, one.reason) for one in events]
    assert ("freeze.set", "") in actions
    assert ("freeze.released", "unchanged") in actions
    assert freezing.frozen(office.desk, [number(office.desk, person)]) == {}
    with pytest.raises(rules.ReleasedAlreadyError):
        office.desk.service("freezes").release([ref], result="unchanged")


def test_a_freeze_gets_ten_days_and_is_spoken_of_when_they_end(office: Partners) -> None:
    ref = office.frozen(office.person()).ref
    row = office.desk.service("freezes").get(ref)

    assert (row.values["since"], row.values["result_by"]) == (TODAY, date(2026, 12, 3))
    assert findings.judge(office.desk) == []
    late = office.frozen(office.person(2), result_by=date(2026, 11, 20))
    assert [(one.rule, one.ref) for one in findings.judge(office.desk)] == [("23", late.ref)]


def test_a_correction_is_told_to_recipient_processor_and_source(office: Partners) -> None:
    desk, person = office.desk, office.person()
    office.past(person)
    freeze = office.frozen(person, "phone").ref
    office.corrected(person, phone="010-9999-0000")

    desk.service("freezes").act("release", [freeze], {"result": "corrected"})

    assert told(desk) == {
        ("recipient", "Hanbit Delivery"),
        ("processor", "Dasom Call"),
        ("source", "Nuri Shopping"),
    }
    notice = next(row for row in notices(desk) if row.values["role"] == "recipient")
    assert (notice.values["before"], notice.values["after"]) == ("010-1234-5601", "010-9999-0000")
    assert notice.values["known_as"] == "홍길동1"
    assert notice.values["provided_on"] == GIVEN
    assert notice.values["tell_by"] == date(2026, 11, 26)
    assert {one.rule for one in notice_findings.judge(desk)} == {"24"}


def test_only_whoever_has_the_item_is_told(office: Partners) -> None:
    desk, person = office.desk, office.person()
    office.past(person)  # name and telephone only
    with desk.change() as change:
        correction.tell_recipients(
            change, number(desk, person), [office.item("email")], None, "correction"
        )

    assert told(desk) == {("processor", "Dasom Call"), ("source", "Nuri Shopping")}


def test_one_recipient_of_many_provisions_gets_one_notice_of_the_newest(office: Partners) -> None:
    desk, person = office.desk, office.person()
    for day in (3, 1, 2):
        office.past(person, provided_on=date(2026, 9, day))
    refused = office.past(person, recipient="hanbit  delivery", provided_on=date(2026, 9, 9)).ref
    desk.service("provisions").act("recall", [refused], {"reason": "given back"})

    with desk.change() as change:
        made = correction.tell_recipients(
            change, number(desk, person), [], None, "correction", processors=False
        )

    rows = [row for row in notices(desk) if row.values["role"] == "recipient"]
    assert len(made) == 2  # the recipient and the source
    assert [row.values["provided_on"] for row in rows] == [date(2026, 9, 3)]


def test_nobody_is_told_twice_before_the_first_notice_went_out(office: Partners) -> None:
    desk, person = office.desk, office.person()
    office.past(person)
    asked = (number(desk, person), [office.item("phone")], None)
    with desk.change() as change:
        first = correction.tell_recipients(change, *asked, "correction")
    with desk.change() as change:
        again = correction.tell_recipients(change, *asked, "correction")
        change.note("record.changed", "corrections", first[0])

    assert (len(first), again) == (3, [])


def test_the_values_that_a_flow_knows_are_told_as_they_are(office: Partners) -> None:
    desk, person = office.desk, office.person()
    office.past(person)
    values = {office.item("phone"): ("1", "2"), office.item("name"): ("A\nB", "C")}
    with desk.change() as change:
        correction.tell_recipients(
            change, number(desk, person), list(values), None, values, processors=False
        )

    first = notices(desk)[0].values
    assert (first["before"], first["after"]) == ("A B\n1", "C\n2")


def test_a_deletion_tells_no_value(office: Partners) -> None:
    desk, person = office.desk, office.person()
    office.past(person)
    freeze = office.decided(person, "")
    desk.service("freezes").act("release", [freeze], {"result": "deleted"})

    rows = notices(desk)
    assert {(row.values["kind"], row.values["before"], row.values["after"]) for row in rows} == {
        ("deletion", "", "")
    }
    assert desk.service("freezes").before(number(desk, person), None) == {}


def test_a_reply_settles_a_notice_or_leaves_it_open(office: Partners) -> None:
    desk, person = office.desk, office.person()
    office.past(person)
    office.desk.service("freezes").act("release", [office.decided(person)], {"result": "corrected"})
    service = desk.service("corrections")
    one, two, _three = (row.ref for row in notices(desk))

    service.act("send", [one, two], {})
    assert service.get(one).values["reply_by"] == date(2026, 11, 30)  # seven days: a Monday
    service.act("reply", [one], {"by": "Hanbit, Lee", "result": "done"})
    service.act("reply", [two], {"by": "Dasom, Park", "result": "refused", "note": "law"})
    assert [service.get(ref).state for ref in (one, two)] == ["answered", "differs"]
    service.act("accept", [two], {"reason": "kept under the Commercial Act"})
    assert service.get(two).state == "answered"


def test_the_scan_of_a_reply_is_kept_sealed(office: Partners, tmp_path: Path) -> None:
    from privdesk.vault import attachments

    desk, person = office.desk, office.person()
    office.past(person)
    desk.service("freezes").act("release", [office.decided(person)], {"result": "corrected"})
    service, ref = desk.service("corrections"), notices(desk)[0].ref
    scan = tmp_path / "reply.pdf"
    scan.write_bytes(b"%PDF-1.7 reply")
    service.act("send", [ref], {})

    service.act("reply", [ref], {"by": "Lee", "result": "done", "file": str(scan)})
    kept = str(service.get(ref).values["evidence"])
    assert attachments.read(desk.vault, kept) == b"%PDF-1.7 reply"


def test_a_settled_deletion_keeps_nothing_of_the_person(office: Partners) -> None:
    desk, person = office.desk, office.person()
    office.past(person)
    desk.service("freezes").act("release", [office.decided(person, "")], {"result": "deleted"})
    service, ref = desk.service("corrections"), notices(desk)[0].ref
    service.act("send", [ref], {})
    assert service.rows([service.number(ref)], reveal=True)[0].values["known_as"]

    service.act("reply", [ref], {"by": "Lee", "result": "not_held"})
    assert service.rows([service.number(ref)], reveal=True)[0].values["known_as"] == ""


def test_what_is_disputed_is_not_written_over(office: Partners) -> None:
    desk, person = office.desk, office.person()
    office.frozen(person, "phone")

    with pytest.raises(FrozenError):
        desk.service("subjects").update(person, {"phone": "010-9999-0000"})
    changed = desk.service("subjects").update(
        person, {"email": "new@example.org", "note": "called"}
    )
    assert changed.values["frozen"]
    assert desk.service("subjects").get(person, reveal="audit").values["phone"] == "010-1234-5601"


def test_a_freeze_ends_by_its_release_alone(office: Partners) -> None:
    desk, ref = office.desk, office.frozen(office.person(), "phone").ref
    with pytest.raises(NotVoidableError):
        desk.service("freezes").void([ref], reason="by mistake")
    with pytest.raises(InvalidValueError):
        desk.service("freezes").update(ref, {"result_by": date(2099, 1, 1)})
    assert desk.service("freezes").get(ref).state == "frozen"
