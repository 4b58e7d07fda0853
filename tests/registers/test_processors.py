"""Processors and their works: entered, ticked, questioned, ended; a real vault throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.flows import merging, partnering
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import desk_findings
from privdesk.registers.named import NameTakenError
from privdesk.registers.processors import findings, rules, works
from privdesk.registers.processors.papers import TickedPaperError, UnreadableContractError
from tests.copies import copy_office, open_as
from tests.registers import fillings


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the first officer's desk over an office of five people."""
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


TODAY = date(2026, 11, 23)  # a Monday
ALL = tuple(rules.CLAUSE_LABELS)


def company(desk: Desk, name: str = "Dasom Call", **values: object) -> str:
    """Enter a processor."""
    return str(desk.service("processors").create({"name": name, **values}).ref)


def work(desk: Desk, of: str, name: str = "Call centre", **values: object) -> str:
    """Enter a work of a processor."""
    told = {"processor": of, "work": name, "since": date(2026, 3, 2), **values}
    return str(desk.service("consignments").create(told).ref)


def scan(folder: Path, name: str = "contract.png", shade: int = 200) -> str:
    """Write a picture to be attached."""
    path = folder / name
    Image.new("L", (60, 80), shade).save(path, "PNG")
    return str(path)


def found(desk: Desk, rule: str) -> list[str]:
    """Return what the findings of a rule say."""
    return [one.what for one in findings.judge(desk) if one.rule == rule]


def test_a_work_enters_its_company_but_a_slip_of_a_reference_does_not(desk: Desk) -> None:
    first = work(desk, "Dasom Call")
    work(desk, "Dasom Call", "Survey")
    processors = desk.service("processors").find(Query())

    assert [(row.values["name"], row.values["works"]) for row in processors] == [("Dasom Call", 2)]
    ref = processors[0].ref
    wrong = ref[:-1] + str((int(ref[-1]) + 1) % 10)
    with pytest.raises(DomainError):
        work(desk, wrong, "Mail")
    assert desk.service("processors").open_view(Query()).count == 1
    assert desk.service("consignments").get(first).values["changed_on"] == date(2026, 3, 2)


def test_nothing_can_be_ticked_without_a_contract_on_file(desk: Desk, tmp_path: Path) -> None:
    ref = work(desk, company(desk))
    service = desk.service("consignments")
    with pytest.raises(works.NoContractError):
        service.act("tick", [ref], {"clauses": ALL})

    service.act("attach", [ref], {"what": "contract", "file": scan(tmp_path)})
    assert "Nobody has checked" in found(desk, "28")[0]
    service.act("tick", [ref], {"clauses": ALL[:-1]})
    row = service.get(ref)
    assert (row.values["lacking"], row.values["ticked_on"]) == (1, TODAY)
    assert "lacks {n} of the seven" in found(desk, "28")[0]

    service.act("tick", [ref], {"clauses": ALL})
    assert found(desk, "28") == []


def test_a_newer_contract_has_to_be_ticked_again(desk: Desk, tmp_path: Path) -> None:
    ref = work(desk, company(desk))
    service, papers = desk.service("consignments"), desk.service("partner-papers")
    service.act("attach", [ref], {"what": "contract", "file": scan(tmp_path)})
    service.act("tick", [ref], {"clauses": ALL})
    service.act("attach", [ref], {"what": "contract", "file": scan(tmp_path, "b.png", 90)})

    assert "was replaced after it was checked" in found(desk, "28")[0]
    ticked = service.get(ref).values["ticked_file"]
    with pytest.raises(TickedPaperError):
        papers.act("remove", [ticked], {"reason": "old"})
    service.act("tick", [ref], {"clauses": ALL})
    papers.act("remove", [ticked], {"reason": "old"})
    assert papers.get(ticked).state == "destroyed"
    assert papers.content(service.get(ref).values["ticked_file"])[0] == "b.png"


def test_a_contract_is_a_file_whose_pages_can_be_read(desk: Desk, tmp_path: Path) -> None:
    ref, service = work(desk, company(desk)), desk.service("consignments")
    for name, data in (
        ("one.txt", b"x"),
        ("empty.pdf", b"%PDF-1.7 no more"),
        ("a.png", b"\x89PNG"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UnreadableContractError, match=name):
            service.act("attach", [ref], {"what": "contract", "file": str(tmp_path / name)})
    with pytest.raises(works.NoContractError):
        service.act("tick", [ref], {"clauses": ALL})
    service.act("attach", [ref], {"what": "other", "file": str(tmp_path / "one.txt")})


def test_a_processor_never_stands_below_itself(desk: Desk) -> None:
    top = company(desk, "Top")
    below = company(desk, "Below", parent=top)
    last = company(desk, "Last", parent=below)
    with pytest.raises(rules.OwnParentError):
        desk.service("processors").update(top, {"parent": last})
    assert {row.ref for row in desk.service("processors").find(Query(where={"parent": top}))} == {
        below
    }


def test_the_entire_data_is_questioned_and_again_after_a_year(desk: Desk) -> None:
    ref = work(desk, company(desk), entire=True)
    service = desk.service("consignments")
    assert len(found(desk, "S4.3")) == 1
    with pytest.raises(works.ReasonMissingError):
        service.act("question", [ref], {"result": "kept"})
    service.act("question", [ref], {"result": "kept", "reason": "The whole case is needed."})
    assert found(desk, "S4.3") == []
    service.act("question", [ref], {"result": "narrowed", "items": "name,phone"})
    row = service.get(ref)
    assert row.values["entire"] is False
    assert len(row.values["items"]) == 2


def test_marketing_has_to_be_told_and_again_after_a_change(desk: Desk) -> None:
    desk.set_setting("profile", {"marketing": True})
    ref = work(desk, company(desk), marketing=True)
    service = desk.service("consignments")
    assert len(found(desk, "30")) == 1
    service.act("notified", [ref], {"way": "email", "on": TODAY - timedelta(days=1), "count": 12})
    assert found(desk, "30") == []
    service.update(ref, {"items": "name"})
    assert "changed after people had been told" in found(desk, "30")[0]
    other = work(desk, "Another")
    with pytest.raises(InvalidValueError, match="is not for a record of the kind"):
        service.act("notified", [other], {"way": "email"})


def test_a_notice_before_the_work_begins_counts(desk: Desk) -> None:
    ref = work(desk, company(desk), since=TODAY + timedelta(days=8), marketing=True)
    told = {"way": "text", "on": TODAY, "count": 75}
    desk.service("consignments").act("notified", [ref], told)
    assert found(desk, "30") == []


def test_nobody_is_no_number_of_people_notified(desk: Desk) -> None:
    ref = work(desk, company(desk), marketing=True, people=300)
    service = desk.service("consignments")
    for told in ({"way": "text"}, {"way": "text", "count": 0}):
        with pytest.raises(works.NobodyNotifiedError):
            service.act("notified", [ref], told)
    assert service.get(ref).values["notified_on"] is None
    service.act("notified", [ref], {"way": "text", "count": 300})
    assert service.get(ref).values["notified"] == 300


@pytest.mark.parametrize("reason", ["ㄱ", "  . ", "ㄱㄴㄷㄹㅁㅂ", "필요"])
def test_a_reason_for_the_entire_data_is_said_in_words(desk: Desk, reason: str) -> None:
    ref = work(desk, company(desk), entire=True)
    told = {"result": "kept", "reason": reason}
    with pytest.raises(works.ReasonMissingError):
        desk.service("consignments").act("question", [ref], told)


def test_a_company_is_entered_once_whatever_its_form_is_written_like(desk: Desk) -> None:
    ref = company(desk, "온새 주식회사")
    for twin in ("(주)온새", "온새㈜", "주식회사 온새", "온새"):
        with pytest.raises(NameTakenError):
            company(desk, twin)
    assert desk.service("processors").get(work(desk, "㈜온새") and ref).values["works"] == 1
    desk.service("processors").update(ref, {"name": "온새(주)"})  # it may be written anew
    company(desk, "온새미로 주식회사")


def test_the_end_of_a_contract_awaits_the_confirmation_and_closes_the_places(
    desk: Desk, tmp_path: Path
) -> None:
    ref = company(desk)
    sub = company(desk, "Below", parent=ref, consent_on=date(2026, 1, 2))
    first = work(desk, ref)
    told = {"name": "Call system", "kind": "processor", "processor": "dasom call"}
    place = desk.service("places").create(told).ref
    service = desk.service("processors")

    service.act("end", [ref], {"on": date(2026, 11, 20)})
    assert (service.get(ref).state, service.get(sub).state) == ("ending", "ending")
    assert desk.service("consignments").get(first).state == "ended"
    due = [one for one in findings.judge(desk) if one.rule == "S4.1"]
    assert [one.due for one in due] == [date(2026, 11, 25)] * 2
    assert all(one.waiting for one in due)

    with pytest.raises(rules.DisposedEarlierError):
        service.act("confirm", [ref], {"disposal": "destroyed", "by": "Kim", "on": "2026-11-19"})
    paper = scan(tmp_path, "signed.pdf")
    service.act("confirm", [ref], {"disposal": "destroyed", "by": "Kim", "file": paper})
    row = service.get(ref)
    assert (row.state, row.values["confirmed_by"]) == ("ended", "Kim")
    assert desk.service("places").get(place).state == "void"
    kept = desk.service("partner-papers").of("processors", row.id)
    assert [one.values["what"] for one in kept] == ["confirmation"]


def test_nobody_confirms_what_a_place_still_keeps(desk: Desk) -> None:
    ref = company(desk)
    told = {"name": "Call system", "kind": "processor", "processor": "Dasom Call"}
    place = desk.service("places").create(told).ref
    purpose = desk.service("purposes").create(
        {"name": "Calls", "basis": "contract", "required_items": "phone", "retention": "1 year"}
    )
    desk.service("files").create({"name": "Calls", "purpose": purpose.ref, "place": place})
    service = desk.service("processors")
    service.act("end", [ref], {})
    with pytest.raises(partnering.StillKeepsError):
        service.act("confirm", [ref], {"disposal": "destroyed", "by": "Kim"})
    assert service.get(ref).state == "ending"


def test_a_place_of_a_company_that_nobody_entered_is_found(desk: Desk) -> None:
    told = {"name": "Call system", "kind": "processor", "processor": "Dasom Call"}
    place = desk.service("places").create(told).ref
    strangers = [one.ref for one in findings.strangers(desk)]
    assert strangers == [place]
    company(desk)
    assert findings.strangers(desk) == []


def test_a_value_goes_into_many_records_or_into_none(desk: Desk) -> None:
    service = desk.service("processors")
    refs = [company(desk, name) for name in ("Baram", "Dasom", "Nuri")]
    service.update_all(refs[:2], {"department": "Call centre"})
    service.void(refs[2:], reason="entered twice")
    with pytest.raises(DomainError):
        service.update_all(refs, {"department": "Sales"})
    found_ = [service.get(ref).values["department"] for ref in refs]
    assert found_ == ["Call centre", "Call centre", ""]
    assert service.history(refs[0])[0].fields == ("department",)


def test_a_mistyped_registration_number_is_refused_and_a_good_one_written_alike(desk: Desk) -> None:
    service = desk.service("processors")
    with pytest.raises(InvalidValueError, match="last must fit"):
        company(desk, "Mistyped", registration_no="123-45-67890")
    ref = company(desk, "Good", registration_no="1234567891")
    assert service.get(ref).values["registration_no"] == "123-45-67891"
    abroad = company(desk, "Abroad", registration_no="HRB 1234", country="Germany")
    assert service.get(abroad).values["registration_no"] == "HRB 1234"
    desk.vault.raw.execute("UPDATE processors SET registration_no = '1' WHERE name = 'Good'")
    service.update(ref, {"department": "Sales"})  # what came in before stays correctable


def test_an_old_contract_is_judged_like_any_other(desk: Desk) -> None:
    """It began before the law knew a number for its supervision."""
    work(desk, company(desk, "Very old", since=date(2008, 5, 1)), since=date(2008, 5, 1))
    assert any("Very old" in one.what.format(**one.values) for one in desk_findings(desk))


def test_a_record_that_cannot_be_judged_hides_no_other_register(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {one.register for one in desk_findings(desk)}

    def broken(_desk: Desk) -> list[Finding]:
        raise rules.WorkEndedError(ref="BW-000001-1")

    monkeypatch.setattr(findings, "judge", broken)
    desk.set_setting("print_days", 5)  # what was judged before holds until something is written
    found = desk_findings(desk)
    (told,) = [one for one in found if one.rule == "judged"]
    assert "BW-000001-1" in str(told.values["why"])
    assert before <= {one.register for one in found} | {"processors"}


def test_counts_that_cannot_be_are_refused(desk: Desk) -> None:
    of = company(desk)
    for people in (-5, 0, 99_999_999_999):
        with pytest.raises(InvalidValueError):
            work(desk, of, people=people)
    held = {"processor": of, "kind": "training", "held_on": TODAY, "topics": "Secrecy"}
    with pytest.raises(InvalidValueError):
        desk.service("inspections").create({**held, "people": -3})


def test_nothing_is_consigned_to_a_company_that_has_ended(desk: Desk) -> None:
    of = company(desk)
    ended = work(desk, of)
    desk.service("consignments").act("end", [ended], {"on": date(2026, 11, 1)})
    with pytest.raises(rules.WorkEndedError):
        desk.service("consignments").update(ended, {"work": "Something else"})
    desk.service("consignments").update(ended, {"note": "The boxes came back."})
    desk.service("processors").act("end", [of], {})
    with pytest.raises(rules.ContractEndedError):
        work(desk, of, "Another")


def test_a_company_entered_twice_becomes_one(desk: Desk, tmp_path: Path) -> None:
    service = desk.service("processors")
    place = fillings.place(desk, "Carrier's system")
    stays = company(desk, "Hanbit Carriers", since=date(2026, 2, 1))
    twice = company(desk, "Hanbit Logistics", since=date(2025, 3, 3), places=place.ref)
    one = work(desk, twice)
    desk.service("consignments").act("attach", [one], {"what": "contract", "file": scan(tmp_path)})
    sub = company(desk, "Below", parent=twice)
    held = {"processor": twice, "kind": "training", "held_on": date(2026, 11, 2)}
    told = {"topics": "Secrecy", "people": 3, "manager": "Example Manager"}
    desk.service("inspections").create({**held, **told})

    service.act("merge", [twice], {"into": stays, "reason": "Renamed in March"})

    row = service.get(stays)
    assert service.get(twice).state == "void"
    assert desk.service("consignments").get(one).values["processor"] == stays
    assert desk.service("consignments").get(one).values["changed_on"] == TODAY
    assert service.get(sub).values["parent"] == stays
    assert (row.values["since"], row.values["trained_on"]) == (date(2025, 3, 3), date(2026, 11, 2))
    assert row.values["places"] == (place.ref,)
    assert [one.values["processor"] for one in desk.service("partner-papers").find(Query())] == [
        stays
    ]
    assert service.history(twice)[0].reason == "Renamed in March"
    with pytest.raises(merging.SameRecordError):
        service.act("merge", [stays], {"into": stays, "reason": "Again"})
    with pytest.raises(rules.OwnParentError):
        service.act("merge", [stays], {"into": sub, "reason": "Turned round"})
