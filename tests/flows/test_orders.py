"""Orders to places and their answers: the count ordered, another count, a lost copy, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.errors import UnknownNameError
from privdesk.core.register import Query
from privdesk.documents.preview import page_texts
from privdesk.flows import destruction, issuing, orders
from privdesk.flows.case import Case
from privdesk.registers.desk import Desk
from privdesk.registers.destructions import findings, rules
from privdesk.registers.destructions.lists import ids_by_file
from privdesk.vault import attachments
from privdesk.vault.session import KEYS_WAIT
from tests.copies import MANAGER, open_as, switch_to
from tests.desks import ALICE, BORA
from tests.flows.folk import (
    DUE,
    LIVING,
    TODAY,
    Somebody,
    destroyed,
    fill,
    one,
    only_holding,
    request,
    standing,
)

ELSE = replace(one(30, "Newsletter", "2010-01-02"), place="Call centre")
ELSEWHERE = tuple(replace(p, place="Call centre", source_id=f"C-{n}") for n, p in enumerate(DUE))


@pytest.fixture
def executed(vault: Path, key: Path) -> Iterator[tuple[Desk, str]]:
    """Return the second officer's desk and an executed destruction with one order."""
    desk = open_as(vault)
    fill(desk, *DUE, *LIVING)
    desk, done = destroyed(desk, vault, key)
    yield desk, done.ref
    desk.vault.close()


Executed = tuple[Desk, str]


def answer(desk: Desk, ref: str, count: int, **more: Any) -> None:
    place = more.pop("place", "Web shop")
    destruction.place(desk, ref, place, **{"by": "IT team", "on": TODAY, "count": count, **more})


def only(desk: Desk, ref: str) -> Any:
    (order,) = standing(desk, ref)["places"]
    return order


def test_each_place_gets_an_order_with_its_own_numbers(vault: Path) -> None:
    desk = open_as(vault)
    fill(desk, *DUE, *ELSEWHERE, *LIVING)
    ref = request(desk)
    told = standing(desk, ref)["places"]

    assert {(o["name"], o["expected"]) for o in told} == {
        ("Web shop", len(DUE)),
        ("Call centre", len(DUE)),
    }
    for order in told:
        row = desk.service("orders").get(order["order"], reveal="to print it")
        wanted = DUE if order["name"] == "Web shop" else ELSEWHERE
        assert row.values["source_ids"].split() == [p.source_id for p in wanted]
    desk.vault.close()


def test_the_vault_itself_needs_no_order(vault: Path) -> None:
    desk = open_as(vault)
    fill(desk, *(replace(p, place="") for p in DUE))

    assert standing(desk, request(desk))["places"] == []
    desk.vault.close()


def test_a_place_answers_only_when_it_was_executed(filled: Desk) -> None:
    ref = request(filled)

    with pytest.raises(orders.NotExecutedError):
        answer(filled, ref, 4)
    assert only(filled, ref)["state"] == "open"


def test_the_count_that_was_ordered_closes_the_order(executed: Executed) -> None:
    desk, ref = executed
    answer(desk, ref, len(DUE))
    order = only(desk, ref)

    assert (order["state"], order["count"], order["by"]) == ("answered", len(DUE), "IT team")
    assert standing(desk, ref)["state"] == "complete"
    with pytest.raises(rules.WrongStateError):
        answer(desk, ref, len(DUE))


def test_another_count_stays_open_until_an_officer_accepts_it(executed: Executed) -> None:
    desk, ref = executed
    answer(desk, ref, len(DUE) - 1)
    order = only(desk, ref)
    assert order["state"] == "differs"
    assert standing(desk, ref)["state"] == "backups_closed"

    desk.service("orders").act("accept", [order["order"]], {"reason": "one had left before"})
    assert only(desk, ref)["state"] == "answered"
    desk = switch_to(desk, ALICE)
    assert standing(desk, ref)["state"] == "complete"
    desk.vault.close()


def test_another_count_keeps_the_numbers_for_the_next_letter(executed: Executed) -> None:
    """The place is asked again, and by which numbers."""
    desk, ref = executed
    answer(desk, ref, 1)
    order = desk.service("orders").get(only(desk, ref)["order"], reveal="to ask again")
    assert order.values["source_ids"].split() == [p.source_id for p in DUE]

    issuing.issue(desk, "order", order.ref, "en")
    assert only(desk, ref)["state"] == "sent"
    answer(desk, ref, len(DUE))
    assert only(desk, ref)["state"] == "answered"


def numbers_left(desk: Desk, ref: str) -> str:
    row = desk.service("orders").get(only(desk, ref)["order"], reveal="a look")
    return str(row.values["source_ids"] or "")


@pytest.mark.parametrize("how", ["answer", "accept", "lost"])
def test_the_numbers_and_the_archived_order_go_when_the_order_is_closed(
    executed: Executed, how: str
) -> None:
    desk, ref = executed
    order = only(desk, ref)["order"]
    paper = issuing.issue(desk, "order", order, "ko")
    kept = desk.vault.raw.execute("SELECT name FROM attachments").fetchall()
    if how == "answer":
        answer(desk, ref, len(DUE))
    elif how == "accept":
        answer(desk, ref, 1)
        desk.service("orders").act("accept", [order], {"reason": "seen there"})
    else:
        desk.service("orders").act("declare-lost", [order], {"reason": "burnt"})
        assert numbers_left(desk, ref)
        desk = switch_to(desk, ALICE)
        desk.service("orders").act("declare-lost", [order], {"reason": "burnt"})

    assert numbers_left(desk, ref) == ""
    left = desk.vault.raw.execute("SELECT name FROM attachments").fetchall()
    (gone,) = set(kept) - set(left)
    assert not (desk.vault.folder / "attachments" / gone[0]).exists()
    assert desk.service("documents").get(paper.ref).state == "dropped"
    assert desk.vault.meta(KEYS_WAIT)
    desk.vault.close()


def test_an_order_printed_before_loses_its_numbers_with_the_people(
    filled: Desk, key: Path, vault: Path
) -> None:
    ref = request(filled)
    issuing.issue(filled, "order", only(filled, ref)["order"], "en")
    desk = switch_to(filled, BORA)
    destruction.approve(desk, ref)
    destruction.execute(desk, ref, key)

    assert numbers_left(desk, ref) == ""
    assert only(desk, ref)["state"] == "sent"
    desk.vault.close()


def held_after_approval(vault: Path, key: Path, *held: Somebody) -> tuple[Desk, str]:
    """Execute what was approved for two places, with some put on hold in between."""
    desk = open_as(vault)
    fill(desk, *DUE, *LIVING, ELSE)
    newsletter = desk.ref("purposes", desk.service("purposes").called("Newsletter")[0])
    desk.service("purposes").update(newsletter, {"retention": "1 year"})
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    keep = [desk.ref("holdings", only_holding(desk, one)) for one in held]
    desk.service("holdings").act("hold", keep, {"reason": "lawsuit"})
    destruction.execute(desk, ref, key)
    return desk, ref


def test_who_is_held_since_the_approval_is_off_an_order_not_printed_yet(
    vault: Path, key: Path
) -> None:
    desk, ref = held_after_approval(vault, key, DUE[0])
    shop, centre = sorted(standing(desk, ref)["places"], key=lambda o: -o["expected"])
    row = desk.service("orders").get(shop["order"], reveal="a look")

    assert (shop["state"], shop["expected"], centre["expected"]) == ("open", len(DUE) - 1, 1)
    assert row.values["source_ids"].split() == [p.source_id for p in DUE[1:]]
    desk.vault.close()


def test_an_order_whose_people_are_all_held_is_not_sent(vault: Path, key: Path) -> None:
    desk, ref = held_after_approval(vault, key, ELSE)
    states = {o["name"]: (o["state"], o["expected"]) for o in standing(desk, ref)["places"]}

    assert states == {"Web shop": ("open", len(DUE)), "Call centre": ("cancelled", 0)}
    desk.vault.close()


def hold(desk: Desk, *people: Somebody) -> None:
    keep = [desk.ref("holdings", only_holding(desk, one)) for one in people]
    desk.service("holdings").act("hold", keep, {"reason": "lawsuit"})


def stale(desk: Desk) -> list[tuple[str, int]]:
    """Return what is found on orders: what was found, how many people."""
    return [(f.what, f.count) for f in findings.judge(desk) if f.register == "orders"]


def on_paper(desk: Desk, order: str) -> set[str]:
    """Print an order; return the numbers of people on it."""
    text = "".join(page_texts(issuing.issue(desk, "order", order, "en").data))
    return {p.source_id for p in (*DUE, ELSE) if p.source_id in text}


def approved(vault: Path) -> tuple[Desk, str, str]:
    """Return the second officer's desk, an approved destruction and its printed order."""
    desk = open_as(vault)
    fill(desk, *DUE, *LIVING)
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    order = only(desk, ref)["order"]
    assert on_paper(desk, order) == {p.source_id for p in DUE}
    return desk, ref, order


def test_a_printed_order_is_found_while_it_names_people_on_hold(vault: Path) -> None:
    desk, ref, order = approved(vault)
    assert stale(desk) == []
    hold(desk, DUE[0], DUE[1])
    assert stale(desk) == [(findings.STALE, 2)]

    assert on_paper(desk, order) == {p.source_id for p in DUE[2:]}
    assert stale(desk) == []
    assert only(desk, ref)["expected"] == len(DUE) - 2
    desk.vault.close()


def test_a_manager_who_sees_nobody_finds_the_same_of_a_printed_order(vault: Path) -> None:
    desk, _ref, order = approved(vault)
    hold(desk, DUE[0])
    desk = switch_to(desk, MANAGER)
    assert stale(desk) == [(findings.STALE, 1)]
    desk = switch_to(desk, BORA)
    on_paper(desk, order)
    desk = switch_to(desk, MANAGER)
    assert stale(desk) == []
    desk.vault.close()


def test_an_order_is_not_printed_while_everybody_on_it_is_on_hold(vault: Path) -> None:
    desk, _ref, order = approved(vault)
    hold(desk, *DUE)

    with pytest.raises(orders.AllHeldError):
        issuing.issue(desk, "order", order, "en")
    assert stale(desk) == [(findings.STALE, len(DUE))]
    desk.vault.close()


def test_an_order_printed_with_people_on_hold_is_open_again_when_it_is_executed(
    vault: Path, key: Path
) -> None:
    desk, ref, order = approved(vault)
    hold(desk, DUE[0])
    destruction.execute(desk, ref, key)
    told = only(desk, ref)

    assert (told["state"], told["expected"]) == ("open", len(DUE) - 1)
    assert stale(desk) == [(findings.STALE, 1)]
    assert on_paper(desk, order) == {p.source_id for p in DUE[1:]}
    assert stale(desk) == [(findings.ORDER_STEPS[rules.OrderState.SENT][0], len(DUE) - 1)]
    desk.vault.close()


def test_a_lifted_hold_brings_people_back_onto_an_order_printed_without_them(
    vault: Path, key: Path
) -> None:
    desk, ref, order = approved(vault)
    hold(desk, DUE[0])
    assert on_paper(desk, order) == {p.source_id for p in DUE[1:]}
    lifted = [desk.ref("holdings", only_holding(desk, DUE[0]))]
    desk.service("holdings").act("release", lifted, {"reason": "settled"})
    destruction.execute(desk, ref, key)

    assert (only(desk, ref)["state"], only(desk, ref)["expected"]) == ("open", len(DUE))
    assert on_paper(desk, order) == {p.source_id for p in DUE}
    desk.vault.close()


def test_an_order_printed_for_people_who_are_all_kept_waits_for_the_answer_nobody(
    vault: Path, key: Path
) -> None:
    desk = open_as(vault)
    fill(desk, *DUE, *LIVING, ELSE)
    newsletter = desk.ref("purposes", desk.service("purposes").called("Newsletter")[0])
    desk.service("purposes").update(newsletter, {"retention": "1 year"})
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    (order,) = (o for o in standing(desk, ref)["places"] if o["name"] == "Call centre")
    assert on_paper(desk, order["order"]) == {ELSE.source_id}
    hold(desk, ELSE)
    destruction.execute(desk, ref, key)

    assert (findings.EMPTY, 1) in stale(desk)
    answer(desk, ref, 0, place="Call centre")
    assert findings.EMPTY not in [what for what, _count in stale(desk)]
    desk.vault.close()


def test_evidence_is_kept_sealed_with_the_answer(executed: Executed, tmp_path: Path) -> None:
    desk, ref = executed
    scan = tmp_path / "protocol.pdf"
    scan.write_bytes(b"%PDF-1.7 a signed protocol")
    answer(desk, ref, len(DUE), evidence=scan)
    order = only(desk, ref)
    row = desk.service("orders").get(order["order"])

    assert order["evidence"] is True
    assert attachments.read(desk.vault, str(row.values["evidence"])) == scan.read_bytes()


def test_an_answer_without_order_and_evidence_is_told_on_the_certificate(
    executed: Executed,
) -> None:
    desk, ref = executed
    answer(desk, ref, len(DUE))
    (line,) = [each for each in Case(desk, ref, "en").place_lines() if each.by]

    assert line.evidence == "No evidence on file; no order was printed"
    fields = [entry.fields for entry in desk.journal.newest(9) if entry.register == "orders"]
    assert ("state",) in fields  # it went out, and came back


def test_a_place_without_an_order_has_nothing_to_answer(executed: Executed) -> None:
    desk, ref = executed
    desk.service("places").create({"name": "Archive", "kind": "archive", "medium": "paper"})

    with pytest.raises(UnknownNameError, match="no order to the place “Archive”"):
        destruction.place(desk, ref, "Archive", by="Archivist", on=TODAY, count=0)


@pytest.mark.parametrize("method", ["shred", "burn"])
def test_a_method_that_leaves_something_on_the_medium_is_refused(
    executed: Executed, method: str
) -> None:
    desk, ref = executed

    with pytest.raises(rules.MethodNotAllowedError):
        answer(desk, ref, len(DUE), method=method)
    assert only(desk, ref)["state"] == "open"


def test_a_day_still_to_come_is_no_answer(executed: Executed) -> None:
    desk, ref = executed
    with pytest.raises(orders.AnsweredLaterError):
        destruction.place(desk, ref, "Web shop", by="IT team", on=date(2027, 1, 1), count=4)
    assert only(desk, ref)["state"] == "open"


@pytest.fixture
def two_files(vault: Path, key: Path) -> Iterator[Executed]:
    """Return an executed destruction of two files at one place; one person is in both."""
    desk = open_as(vault)
    letters = [replace(p, purpose="Newsletter", source_id=f"N-{n}", name=f"설{n}온",
                       phone=f"010-5555-000{n}") for n, p in enumerate(DUE[1:])]  # fmt: skip
    fill(desk, *DUE, *LIVING, replace(DUE[0], purpose="Newsletter"), *letters)
    desk.service("purposes").update(
        desk.ref("purposes", desk.service("purposes").called("Newsletter")[0]),
        {"retention": "1 year"},
    )
    desk, done = destroyed(desk, vault, key)
    yield desk, done.ref
    desk.vault.close()


def test_two_files_at_one_place_are_one_order_and_one_answer(two_files: Executed) -> None:
    desk, ref = two_files
    order = only(desk, ref)
    assert order["expected"] == 2 * len(DUE) - 1  # who is in both counts once
    assert len(order["files"]) == 2

    answer(desk, ref, 2 * len(DUE) - 1)
    assert only(desk, ref)["state"] == "answered"
    assert standing(desk, ref)["state"] == "complete"


def test_the_order_to_two_files_lists_the_numbers_of_each(two_files: Executed) -> None:
    desk, ref = two_files
    order = only(desk, ref)
    row = desk.service("orders").get(order["order"], reveal="to print it")
    listed = ids_by_file(row.values["source_ids"], order["files"])
    delivery, letters = listed.values()
    assert delivery == [p.source_id for p in DUE]
    assert letters == [DUE[0].source_id, "N-0", "N-1", "N-2"]

    words = "".join(page_texts(issuing.issue(desk, "order", row.ref, "en").data)).split()
    names = order["file"].split(", ")
    for name, numbers in zip(names, (delivery, letters), strict=True):
        assert " ".join(words).count(name) == 2  # in the table, and above its list
        assert set(numbers) <= set(words)
    assert words.count(DUE[0].source_id) == 2
    assert " ".join(words).count("Reply to order") == 1


def test_the_certificate_has_one_line_for_the_place_with_its_files(two_files: Executed) -> None:
    desk, ref = two_files
    (_own, line) = Case(desk, ref, "en").place_lines()

    assert line.place == f"Web shop ({only(desk, ref)['file']})"
    assert "," in only(desk, ref)["file"]
    assert line.count == 2 * len(DUE) - 1
    assert len(Case(desk, ref, "en").planned_places()) == 2


def test_a_draft_of_an_order_takes_no_number_and_is_a_look(executed: Executed) -> None:
    desk, ref = executed
    order = only(desk, ref)["order"]
    before, size = desk.service("documents").find(Query()), desk.journal.frontier().size
    drafted = issuing.draft(desk, "order", order, "en")

    assert "draft, not issued" in page_texts(drafted.data)[0]
    assert DUE[0].source_id in "".join(page_texts(drafted.data))
    assert desk.service("documents").find(Query()) == before
    assert desk.journal.frontier().size == size + 1
    looks = [e for e in desk.service("orders").history(order) if e.action == "record.looked"]
    assert [look.reason for look in looks] == ["order"]
    assert only(desk, ref)["state"] == "open"
    issued = issuing.issue(desk, "order", order, "en")
    assert issued.number == "ORDER-2026-0001"
    assert only(desk, ref)["state"] == "sent"


def test_an_order_without_its_list_says_that_it_was_handed_over(executed: Executed) -> None:
    desk, ref = executed
    order = only(desk, ref)["order"]
    with desk.change() as change:
        desk.service("orders").forget_ids(change, desk.service("orders").number(order))
        change.note("record.changed", "orders")
    words = " ".join(" ".join(page_texts(issuing.draft(desk, "order", order, "en").data)).split())

    assert "handed over with this order before" in words
    assert "in the list of ids attached" not in words


@pytest.mark.parametrize(("medium", "method"), [("paper", "Shredding"), ("", "Permanent deletion")])
def test_an_order_names_a_method_that_fits_the_medium(
    executed: Executed, medium: str, method: str
) -> None:
    desk, ref = executed
    told = only(desk, ref)
    desk.service("places").update(told["place"], {"medium": medium})
    pages = page_texts(issuing.draft(desk, "order", told["order"], "en").data)

    assert f"Method required {method}" in " ".join(" ".join(pages).split())
