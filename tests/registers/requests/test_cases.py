"""Requests on a real vault: intake, steps, attachments, and the end of a case's file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Row
from privdesk.registers import incoming
from privdesk.registers.desk import Desk
from privdesk.registers.expiring import KeptStillError
from privdesk.registers.requests import amending, fees, rules, steps
from privdesk.registers.requests import service as cases
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE, PEOPLE
from tests.registers.requests.cases import RECEIVED, act, identified, now, take, wait


def test_a_request_begins_with_its_due_day(desk: Desk) -> None:
    row = take(desk, caller="홍길동", asked="What do you hold about me?")

    assert row.state == "received"
    assert row.values["due_on"] == date(2026, 12, 3)
    assert row.values["left"] == 10
    assert row.values["caller"] == "홍*동"
    assert "Civil Act 157" in str(row.values["why_due"])


def test_an_inquiry_has_a_moment(desk: Desk) -> None:
    row = take(desk, "inquiry")

    assert row.values["due_at"] == RECEIVED + timedelta(hours=24)
    assert row.values["due_on"] == date(2026, 11, 24)


def test_without_a_time_it_was_received_now_by_the_officer_at_the_desk(desk: Desk) -> None:
    staff = desk.service("staff").create(
        {"name": "Alice Example", "login": "Alice Example", "duty": "privacy_staff"}
    )
    row = desk.service("requests").create({"kind": "inquiry"})

    assert row.values["received_at"] == desk.now()
    assert row.values["handler"] == staff.ref
    assert row.values["channel"] == "phone"


def test_nothing_is_received_tomorrow(desk: Desk) -> None:
    with pytest.raises(cases.ReceivedLaterError):
        take(desk, received_at=desk.now() + timedelta(minutes=1))
    with pytest.raises(cases.ReceivedLaterError):
        desk.service("requests").update(
            take(desk).ref, {"received_at": desk.now() + timedelta(minutes=1)}
        )


def test_the_time_of_receipt_cannot_be_emptied(desk: Desk) -> None:
    row = take(desk)
    changed = desk.service("requests").update(row.ref, {"received_at": "", "kind": "source"})

    assert changed.values["received_at"] == RECEIVED
    assert changed.values["due_on"] == date(2026, 11, 26)


def test_a_kind_is_asked_for_where_a_case_is_taken_in(desk: Desk) -> None:
    with pytest.raises(InvalidValueError):
        desk.service("requests").create({"channel": "phone"})


def test_another_kind_has_another_term_until_it_is_answered(desk: Desk) -> None:
    row = take(desk)
    service = desk.service("requests")

    changed = service.update(row.ref, {"kind": "source"})
    assert changed.values["due_on"] == date(2026, 11, 26)

    act(desk, row, "identify", method="card")
    act(desk, row, "answer", result="granted", text="From the web shop.")
    with pytest.raises(amending.AnsweredAlreadyError):
        service.update(row.ref, {"kind": "access"})
    assert service.update(row.ref, {"kind": "source", "note": "filed"}).values["note"] == "***"


def test_the_case_moves_by_steps_alone(desk: Desk) -> None:
    row = identified(desk)
    assert row.state == "identified"
    assert row.values["identified_by"] == "Alice Example"
    assert act(desk, row, "start").state == "working"
    row = act(desk, row, "extend", until=date(2026, 12, 10), reason="An archive is abroad.")
    assert (row.state, row.values["due_on"]) == ("extended", date(2026, 12, 10))
    assert row.values["due_first"] == date(2026, 12, 3)
    row = act(desk, row, "answer", result="granted", text="See the annex.")
    assert (row.state, row.values["in_time"], row.values["left"]) == ("answered", True, None)
    row = act(desk, row, "close")
    assert row.state == "closed"
    assert row.values["keep_until"] == date(2029, 11, 23)
    events = [event.action for event in desk.service("requests").history(row.ref)]
    assert events == [
        "request.closed",
        "request.answered",
        "request.extended",
        "request.started",
        "request.identified",
        "record.created",
    ]


def test_before_the_identity_is_checked_nothing_is_done(desk: Desk) -> None:
    row = take(desk)
    with pytest.raises(rules.NotIdentifiedError):
        act(desk, row, "answer", result="granted")
    assert now(desk, row).state == "received"


def test_a_fixed_term_stands_and_it_is_said_so(desk: Desk) -> None:
    row = identified(desk, "correction")
    done = desk.service("requests").act(
        "extend", [row.ref], {"until": "2026-12-10", "reason": "A place is late."}
    )

    assert "2026-12-03" in done.message
    assert now(desk, row).values["due_on"] == date(2026, 12, 3)
    assert now(desk, row).values["extended_until"] == date(2026, 12, 10)


def test_an_answer_in_part_needs_ground_and_reason(desk: Desk) -> None:
    row = identified(desk)
    with pytest.raises(steps.AnswerMissingError):
        act(desk, row, "answer", result="partial", text="Part.")
    with pytest.raises(rules.UnknownGroundError):
        act(desk, row, "answer", result="partial", code="deletion_law", reason="No.")
    row = act(desk, row, "answer", result="partial", code="access_harm", reason="Another’s data.")
    assert (row.values["result"], row.values["refusal"]) == ("partial", "access_harm")


def test_a_refusal_on_the_policys_ground_is_warned_about(desk: Desk) -> None:
    lawful, own = identified(desk, "deletion"), identified(desk, "deletion")
    service = desk.service("requests")

    ask = {"reason": "Invoices of five years."}
    told = service.act("refuse", [lawful.ref], {"code": "deletion_law", **ask})
    warned = service.act("refuse", [own.ref], {"code": "affairs", **ask})

    assert "law does not" in warned.message
    assert "law does not" not in told.message
    assert now(desk, own).state == "refused"


def test_an_agent_is_named_and_brings_a_mandate(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(cases.AgentUnnamedError):
        take(desk, by_agent=True)
    row = identified(desk, by_agent=True, agent="Kim Mina", agent_tie="daughter")
    with pytest.raises(rules.MandateMissingError):
        act(desk, row, "start")
    scan = tmp_path / "mandate.pdf"
    scan.write_bytes(b"%PDF-1.7 mandate")
    row = act(desk, row, "attach", file=str(scan), what="mandate")
    assert row.values["mandate"] is True
    assert act(desk, row, "start").state == "working"


def test_a_fee_follows_the_cost(desk: Desk) -> None:
    with pytest.raises(fees.FeeTooHighError):
        take(desk, fee=5000, cost=4000)
    with pytest.raises(fees.FeeForFaultError):
        take(desk, fee=4000, cost=4000, our_fault=True)
    assert take(desk, fee=4000, cost=4000).values["fee"] == 4000


def test_a_colleague_takes_over(desk: Desk) -> None:
    bora = desk.service("staff").create({"name": "Bora Muster", "duty": "privacy_staff"})
    gone = desk.service("staff").create(
        {"name": "Cara Weg", "duty": "privacy_staff", "joined": "2020-01-02", "left": "2026-01-02"}
    )
    row = take(desk)
    service = desk.service("requests")

    assert "Bora Muster" in service.act("hand-over", [row.ref], {"to": bora.ref}).message
    assert now(desk, row).values["handler"] == bora.ref
    with pytest.raises(steps.NoColleagueError):
        act(desk, row, "hand-over", to=gone.ref)


def test_a_mediation_answers_its_proposal_by_another_term(desk: Desk) -> None:
    row = take(desk, "mediation")
    changed = desk.service("requests").update(row.ref, {"proposal_on": "2026-11-23"})

    assert changed.values["due_on"] == date(2026, 12, 8)
    with pytest.raises(cases.ProposalElsewhereError):
        take(desk, proposal_on="2026-11-23")


def test_the_person_is_found_by_the_sources_number(desk: Desk) -> None:
    person = desk.service("subjects").create({"name": "Example Person"})
    place = desk.service("places").create({"name": "VOC", "kind": "system"})
    digest = desk.service("subjects").digest(place.id, "K-77")
    with desk.change() as change:
        desk.vault.raw.execute(
            "INSERT INTO source_ids (place, digest, subject) VALUES (?, ?, ?)",
            (place.id, digest, person.id),
        )
        change.note("record.changed", "subjects", person.id)

    assert take(desk, customer_no="K-77").values["subject"] == person.ref
    assert take(desk, customer_no="K-77", place=place.ref).values["subject"] == person.ref
    assert take(desk, customer_no="K-78").values["subject"] == ""


# -- attachments


def test_an_attachment_is_sealed_with_the_case_and_taken_out_again(
    desk: Desk, tmp_path: Path
) -> None:
    row = take(desk)
    scan = tmp_path / "letter.txt"
    scan.write_text("a secret letter", encoding="utf-8")
    act(desk, row, "attach", file=str(scan), what="letter")
    service = desk.service("enclosures")
    (found,) = service.of_request(row.id)

    raw = desk.vault.raw
    stored = raw.execute("SELECT owner, keys FROM attachments WHERE name = ?",
                         (found.values["file"],)).fetchone()  # fmt: skip
    assert tuple(stored) == (row.id, PEOPLE)
    assert found.values["name"] != "letter.txt"  # masked

    out = tmp_path / "again.txt"
    service.act("take-out", [found.ref], {"file": str(out)})
    assert out.read_text(encoding="utf-8") == "a secret letter"
    exported = desk.service("documents").waiting()
    assert [one.values["about"] for one in exported] == [row.ref]
    assert service.history(found.ref)[0].reason == row.ref


def test_an_empty_file_is_no_attachment(desk: Desk, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    with pytest.raises(incoming.EmptyFileError):
        act(desk, take(desk), "attach", file=str(empty))


def test_a_wrong_attachment_is_destroyed(desk: Desk, tmp_path: Path) -> None:
    row = take(desk, by_agent=True, agent="Kim Mina")
    scan = tmp_path / "mandate.pdf"
    scan.write_bytes(b"%PDF-1.7 not hers")
    assert act(desk, row, "attach", file=str(scan), what="mandate").values["mandate"] is True
    service = desk.service("enclosures")
    (found,) = service.of_request(row.id)
    sealed = desk.vault.folder / "attachments" / str(found.values["file"])
    assert sealed.is_file()

    service.act("remove", [found.ref], {"reason": "of somebody else"})

    assert not sealed.exists()
    assert service.of_request(row.id) == []
    assert now(desk, row).values["mandate"] is False


# -- the end of the file


def closed(desk: Desk) -> Row:
    row = identified(desk, caller="Example Caller", asked="All of it", note="careful")
    act(desk, row, "answer", result="granted", text="Here it is.")
    return act(desk, row, "close")


def test_the_file_is_kept_until_its_own_day(desk: Desk) -> None:
    row = closed(desk)
    wait(desk, days=3 * 365)  # a leap day: one day too early
    with pytest.raises(KeptStillError):
        act(desk, row, "expunge")
    assert now(desk, row, reveal=True).values["caller"] == "Example Caller"


def test_then_nothing_of_a_person_is_left(desk: Desk, tmp_path: Path) -> None:
    row = closed(desk)
    scan = tmp_path / "letter.txt"
    scan.write_text("a secret letter", encoding="utf-8")
    act(desk, row, "attach", file=str(scan), what="letter")
    wait(desk, days=3 * 365 + 1)

    gone = act(desk, row, "expunge")

    assert gone.state == "destroyed"
    assert desk.vault.payloads.read(PEOPLE, row.id) == {}
    assert desk.vault.payloads.read(OFFICE, row.id) == {}
    assert attachments.files(desk.vault.folder) == []
    assert gone.values["kind"] == "access"
    assert gone.values["result"] == "granted"
    assert desk.vault.meta("keys_wait_since")
    with pytest.raises(InvalidValueError):
        act(desk, row, "start")


def test_a_case_is_the_reason_of_a_look(desk: Desk) -> None:
    person = desk.service("subjects").create({"name": "Example Person"})
    row = take(desk, subject=person.ref)
    desk.service("subjects").get(person.ref, reveal=row.ref)
    desk.service("requests").get(row.ref, reveal="curious")

    (entry,) = [e for e in desk.journal.newest() if e.action == "record.looked" and e.case]
    assert (entry.case, entry.register, entry.ref) == (row.ref, "subjects", person.ref)
    assert desk.service("requests").history(row.ref)[0].reason == "curious"


def test_letters_speak_the_persons_language(desk: Desk) -> None:
    service = desk.service("requests")
    korean = desk.service("subjects").create({"name": "홍길동", "language": "ko"})

    assert service.language_of(take(desk)) == "en"  # the office's
    assert service.language_of(take(desk, subject=korean.ref)) == "ko"
    assert service.language_of(take(desk, subject=korean.ref, language="en")) == "en"


def test_a_changed_calendar_moves_open_cases_alone(desk: Desk) -> None:
    service = desk.service("requests")
    open_, told = take(desk), identified(desk)
    act(desk, told, "answer", result="granted")
    desk.set_setting("extra_holidays", {"2026-12-03": "Election"})
    with desk.change() as change:
        moved = service.recompute(change)
        change.note("vault.setting")

    assert moved == {open_.id: (date(2026, 12, 3), date(2026, 12, 4))}
    assert now(desk, told).values["due_on"] == date(2026, 12, 3)
