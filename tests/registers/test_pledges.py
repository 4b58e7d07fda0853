"""Pledges: who signs what, by when, and what the staff and other registers learn of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Query, Row
from privdesk.documents.stacks import UnreadableScanError
from privdesk.registers.desk import Desk
from privdesk.registers.pledges import rules
from privdesk.registers.pledges.expunging import PledgeInForceError, PledgeKeptError
from privdesk.registers.pledges.findings import judge
from privdesk.registers.pledges.service import NoSheetError, OneSheetError
from privdesk.registers.sworn import standing, sworn
from tests.copies import MANAGER, copy_office, open_as
from tests.registers.fillings import TODAY
from tests.scans import scanned


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the open desk of a copy of one office."""
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


def member(desk: Desk, name: str = "한가람", **values: object) -> Row:
    told = {"name": name, "category": "a", "department": "콜센터", "joined": "2026-11-02"}
    found: Row = desk.service("staff").create({**told, **values})
    return found


def pledge(desk: Desk, of: Row | None, **values: object) -> Row:
    staff = {"staff": of.ref} if of is not None else {}
    found: Row = desk.service("pledges").create({**staff, **values})
    return found


def scan(folder: Path) -> Path:
    return scanned(folder / "scan.png")


def test_a_pledge_is_due_on_the_day_of_joining_and_knows_the_department(desk: Desk) -> None:
    made = pledge(desk, member(desk))

    assert made.state == "open"
    assert made.values["due_on"] == date(2026, 11, 2)
    assert made.values["department"] == "콜센터"
    assert made.values["title"] == "한가람 · Joining"


@pytest.mark.parametrize(("on", "in_time"), [("2026-11-02", True), ("2026-11-03", False)])
def test_signed_on_paper_in_time_or_late(desk: Desk, on: str, in_time: bool) -> None:
    made = pledge(desk, member(desk))
    service = desk.service("pledges")
    service.act("sign-paper", [made.ref], {"on": on})

    signed = service.get(made.ref)
    assert (signed.state, signed.values["how"]) == ("signed", "entered")
    assert signed.values["in_time"] is in_time
    assert [r.ref for r in service.find(Query(where={"in_time": "no"}))] == (
        [] if in_time else [made.ref]
    )


def test_a_pledge_signed_before_it_was_entered_comes_with_its_day(desk: Desk) -> None:
    made = pledge(desk, member(desk), signed_on="2026-11-02")

    assert (made.state, made.values["in_time"]) == ("signed", True)
    with pytest.raises(rules.SignedLaterError):
        pledge(desk, member(desk, "오누리"), signed_on="2026-11-24")
    with pytest.raises(InvalidValueError):
        desk.service("pledges").update(made.ref, {"signed_on": "2026-11-01"})


def test_a_signature_is_a_step_and_no_edit(desk: Desk) -> None:
    made = pledge(desk, member(desk))

    with pytest.raises(rules.ByStepError):
        desk.service("pledges").update(made.ref, {"signed_on": "2026-11-02"})
    with pytest.raises(rules.SignedLaterError):
        desk.service("pledges").act("sign-paper", [made.ref], {"on": "2026-11-24"})


def test_the_day_is_corrected_with_a_reason(desk: Desk) -> None:
    made = pledge(desk, member(desk), signed_on="2026-11-05")
    service = desk.service("pledges")
    service.act("correct-day", [made.ref], {"on": "2026-11-02", "reason": "Misread the 2."})

    assert service.get(made.ref).values["in_time"] is True
    assert service.history(made.ref)[0].reason == "Misread the 2."


def test_nobody_signs_the_same_pledge_twice_but_the_yearly_one(desk: Desk) -> None:
    person = member(desk)
    first = pledge(desk, person, signed_on="2026-11-02")
    with pytest.raises(rules.PledgedAlreadyError, match=first.ref):
        pledge(desk, person)
    pledge(desk, person, kind="yearly", signed_on="2026-11-10")
    again = pledge(desk, person, kind="yearly")
    with pytest.raises(rules.PledgedAlreadyError, match=again.ref):
        pledge(desk, person, kind="yearly")
    desk.service("pledges").void([first.ref], reason="the wrong person")
    assert pledge(desk, person).state == "open"


def test_outside_staff_are_named_with_their_company(desk: Desk) -> None:
    outside = pledge(desk, None, kind="outside", person="Nora Guest", organisation="Example IT")

    assert outside.values["title"] == "Nora Guest · Outside staff"
    stored = desk.vault.raw.execute("SELECT * FROM pledges").fetchone()
    assert "Nora Guest" not in {str(value) for value in stored}
    (waits,) = [one for one in judge(desk) if one.register == "pledges" and one.ref]
    assert (waits.ref, "Nora Guest" in waits.what_text()) == (outside.ref, True)
    with pytest.raises(rules.NobodyNamedError):
        pledge(desk, None, kind="outside", person="Nora Guest")
    with pytest.raises(rules.NobodyNamedError):
        pledge(desk, None)
    with pytest.raises(rules.NotOutsideError):
        pledge(desk, member(desk), person="Nora Guest")


def test_the_scan_is_kept_sealed_and_replaced(desk: Desk, tmp_path: Path) -> None:
    made = pledge(desk, member(desk))
    service = desk.service("pledges")
    service.act("sign-paper", [made.ref], {"on": "2026-11-02", "file": str(scan(tmp_path))})
    first = service.get(made.ref)
    assert (first.values["how"], first.values["pages"]) == ("paper", 1)

    service.act("attach", [made.ref], {"file": str(scan(tmp_path))})

    names = {path.name for path in (desk.vault.folder / "attachments").iterdir()}
    assert first.values["file"] not in names
    shown = service.act("show-sheet", [made.ref], {}).shown
    assert shown is not None
    assert shown.data.startswith(b"%PDF-")


def test_a_scan_belongs_to_one_pledge_and_must_be_one(desk: Desk, tmp_path: Path) -> None:
    service = desk.service("pledges")
    both = [pledge(desk, member(desk, name)).ref for name in ("한가람", "오누리")]
    told = {"on": "2026-11-02", "file": str(scan(tmp_path))}
    with pytest.raises(OneSheetError):
        service.act("sign-paper", both, told)
    (tmp_path / "note.txt").write_text("no scan", encoding="utf-8")
    with pytest.raises(UnreadableScanError):
        service.act("sign-paper", both[:1], told | {"file": str(tmp_path / "note.txt")})
    assert service.get(both[0]).state == "open"
    service.act("sign-paper", both, {"on": "2026-11-02"})
    with pytest.raises(NoSheetError):
        service.show_sheet(both[:1])


def test_other_registers_learn_since_when_somebody_has_sworn(desk: Desk) -> None:
    signed, late, never = (member(desk, name) for name in ("가온", "나래", "다솜"))
    pledge(desk, signed, signed_on="2026-11-02")
    pledge(desk, late, signed_on="2026-11-20")
    pledge(desk, never)
    pledge(desk, never, kind="yearly", signed_on="2026-11-20")  # no joining pledge
    numbers = [row.id for row in (signed, late, never)]

    assert sworn(desk, numbers, TODAY) == {
        signed.id: date(2026, 11, 2),
        late.id: date(2026, 11, 20),
    }
    assert sworn(desk, numbers, date(2026, 11, 19)) == {signed.id: date(2026, 11, 2)}
    assert late.id in sworn(desk, numbers, date(2026, 11, 20))  # the day itself counts
    assert [one.word() for one in standing(desk, TODAY, numbers)] == ["signed", "late", "missing"]
    assert sworn(desk, [], TODAY) == {}


def test_the_staff_show_who_has_not_signed(desk: Desk) -> None:
    gone = member(desk, "나래", joined="2020-01-02", left="2026-11-20")
    missing, signed = member(desk, "다솜"), member(desk, "가온")
    pledge(desk, signed, signed_on="2026-11-02")
    staff = desk.service("staff")
    (view,) = [v for v in staff.register.views if v.label == "Has not signed"]
    where = {name: list(wanted) for name, wanted in view.where}

    found = staff.find(Query(where=where))

    assert missing.ref in [row.ref for row in found]
    assert not {signed.ref, gone.ref} & {row.ref for row in found if row.state == "active"}


def test_the_staff_are_found_by_their_number(desk: Desk) -> None:
    member(desk, "김나래", staff_no="G-7")
    second = member(desk, "김나래", staff_no="G-8")

    assert pledge(desk, None, staff="G-8").values["staff"] == second.ref
    with pytest.raises(InvalidValueError):
        pledge(desk, None, staff="김나래")


def test_findings_name_people_and_lead_to_them(desk: Desk) -> None:
    person = member(desk)
    assert [f.severity.value for f in judge(desk)] == ["setup"]
    pledge(desk, member(desk, "가온"), signed_on="2026-11-02")

    (one,) = [f for f in judge(desk) if f.rule == "43"]

    assert "한가람" in one.what_text()
    assert one.ref == person.ref


def test_a_manager_reads_who_has_signed_and_changes_nothing(desk: Desk) -> None:
    made = pledge(desk, member(desk))
    from privdesk.core.errors import ForbiddenError
    from tests.copies import switch_to

    folder, clock = desk.vault.folder, desk.clock
    manager = switch_to(desk, MANAGER)
    assert manager.service("pledges").get(made.ref).values["title"] == "한가람 · Joining"
    with pytest.raises(ForbiddenError):
        manager.service("pledges").act("sign-paper", [made.ref], {"on": "2026-11-02"})
    manager.vault.close()
    desk.vault = open_as(folder, clock=clock).vault


def test_a_blank_png_is_a_scan_of_one_page() -> None:
    from privdesk.documents.stacks import page_count

    target = BytesIO()
    Image.new("L", (30, 40), 255).save(target, "PNG")
    assert page_count(target.getvalue(), "x.png") == 1


def test_pledges_are_found_and_sorted_by_whose_they_are(desk: Desk) -> None:
    second, first = pledge(desk, member(desk, "나래")), pledge(desk, member(desk, "가온"))
    guest = pledge(desk, None, kind="outside", person="Nora Guest", organisation="Example IT")
    service = desk.service("pledges")

    def found(**asked: object) -> list[str]:
        return [row.ref for row in service.find(Query(**asked))]  # type: ignore[arg-type]

    assert found(text="나래") == [second.ref]
    assert found(text="nora") == [guest.ref]
    assert found(text="example it") == [guest.ref]
    assert found(text=first.ref) == [first.ref]
    assert found(text="콜센터", where={"state": "signed"}) == []
    assert found(sort="who") == [guest.ref, first.ref, second.ref]
    assert found(sort="who", descending=True) == [second.ref, first.ref, guest.ref]


def test_a_pledge_is_destroyed_three_years_after_the_person_left(
    desk: Desk, tmp_path: Path
) -> None:
    service = desk.service("pledges")
    kept = member(desk, "나래", joined="2020-01-02", left="2023-11-23")
    over = member(desk, "다솜", joined="2020-01-02", left="2023-11-22")
    for person in (kept, over):
        made = pledge(desk, person, signed_on="2020-01-02", head="사공수")
        service.act("attach", [made.ref], {"file": str(scan(tmp_path))})
    first, second = (service.find(Query(text=name))[0] for name in ("나래", "다솜"))

    with pytest.raises(PledgeKeptError):
        service.act("expunge", [first.ref], {})
    with pytest.raises(PledgeInForceError):
        service.act("expunge", [pledge(desk, member(desk), signed_on="2026-11-02").ref], {})
    service.act("expunge", [second.ref], {})

    gone = service.get(second.ref)
    assert (gone.state, gone.values["head"], gone.values["file"]) == ("destroyed", "", "")
    names = {path.name for path in (desk.vault.folder / "attachments").iterdir()}
    assert names == {first.values["file"]}
    assert over.id in sworn(desk, [over.id], TODAY)  # the day stays, the sheet is gone
    assert [one for one in judge(desk) if one.rule == "S2.1"] == []


def test_a_sheet_printed_here_is_no_proof_of_an_earlier_signature(
    desk: Desk, tmp_path: Path
) -> None:
    service = desk.service("pledges")
    made = pledge(desk, member(desk))
    with desk.change() as change:
        service.put(change, made.id, printed_on=TODAY, state="printed")
        change.note("record.changed", "pledges", made.id)
    with pytest.raises(rules.SignedEarlierError):
        service.act("sign-paper", [made.ref], {"on": date(2019, 1, 1)})
    service.act("sign-paper", [made.ref], {"on": TODAY})
    with pytest.raises(rules.SignedEarlierError):
        service.act("correct-day", [made.ref], {"on": date(2019, 1, 1), "reason": "x"})
    service.act("attach", [made.ref], {"file": str(scan(tmp_path))})
    assert service.get(made.ref).values["pages"] == 1


def test_the_day_to_sign_by_can_be_brought_forward_and_not_put_off(desk: Desk) -> None:
    service, who = desk.service("pledges"), member(desk, joined="2026-11-02")
    with pytest.raises(rules.DueLaterError):
        pledge(desk, who, due_on="2026-11-03")
    made = pledge(desk, who, due_on="2026-11-01")
    with pytest.raises(rules.DueLaterError):
        service.update(made.ref, {"due_on": "2099-01-01"})
    service.update(made.ref, {"due_on": "2026-11-02"})
    service.act("sign-paper", [made.ref], {"on": "2026-11-03"})
    assert service.get(made.ref).values["in_time"] is False
    with pytest.raises(rules.DueLaterError):
        service.update(made.ref, {"due_on": "2026-11-03"})

    guest = {"kind": "outside", "person": "Nora Guest", "organisation": "Harbour Services"}
    with pytest.raises(rules.DueLaterError):
        pledge(desk, None, **guest, signed_on="2019-01-01", due_on="2099-01-01")


def test_a_renewal_may_be_given_three_months() -> None:
    day, last = date(2026, 11, 23), date(2027, 2, 23)
    assert rules.due_within("yearly", last, day, day) == last
    with pytest.raises(rules.DueLaterError):
        rules.due_within("yearly", last + timedelta(days=1), day, day)
