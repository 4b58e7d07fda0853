"""Consents in the vault: as of a past day, asked again, guardians, evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from privdesk.core.conditions import Between
from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Query, Row
from privdesk.flows import guardian
from privdesk.registers import incoming
from privdesk.registers.consents import proof
from privdesk.registers.consents.findings import judge
from privdesk.registers.consents.refusals import BeforeConsentError, GrownUpError
from privdesk.registers.consents.rules import ConsentState
from privdesk.registers.desk import Desk
from privdesk.vault import attachments
from privdesk.vault.payloads import PEOPLE
from tests.registers import fillings

PDF = b"%PDF-1.7\n%a scan\n"


@pytest.fixture
def purpose(desk: Desk) -> Row:
    """Return a marketing purpose."""
    desk.set_setting("profile", {"marketing": True})
    return fillings.purpose(desk, marketing=True)


def person(desk: Desk, **values: object) -> Row:
    """Enter a person."""
    row: Row = desk.service("subjects").create({"name": "김가나", **values})
    return row


def answer(desk: Desk, who: Row, of: Row, kind: str, at: str, **more: object) -> Row:
    """Enter an answer."""
    values = {"subject": who.ref, "purpose": of.ref, "kind": kind, "at": at}
    row: Row = desk.service("consents").create({**values, **more})
    return row


def test_a_list_as_of_a_past_day_has_what_counted_then(desk: Desk, purpose: Row) -> None:
    one, two = person(desk), person(desk)
    given = answer(desk, one, purpose, "given", "2024-03-01")
    answer(desk, one, purpose, "withdrawn", "2024-06-01")
    later = answer(desk, two, purpose, "refused", "2024-05-01")
    consents = desk.service("consents")

    def then(day: object, **where: object) -> dict[str, str]:
        rows = consents.find(Query(where={"as_of": day, **where}))
        return {row.ref: row.state for row in rows}

    assert then("2024-05-01") == {given.ref: "given", later.ref: "refused"}
    assert then("2024-04-30") == {given.ref: "given"}
    assert then(Between(None, date(2024, 5, 1)), state="given") == {given.ref: "given"}
    assert then("2024-05-01", state=["refused"]) == {later.ref: "refused"}
    assert then("2024-02-29") == {}
    assert consents.get(given.ref).state == "past"
    told = consents.as_of(one.id, date(2024, 5, 1))
    assert [(row.ref, state) for row, state in told] == [(given.ref, ConsentState.GIVEN)]
    with pytest.raises(InvalidValueError):
        then("soon")


def test_a_change_of_the_purpose_does_not_reach_back(desk: Desk, purpose: Row) -> None:
    who = person(desk)
    answer(desk, who, purpose, "given", "2026-03-01")
    desk.service("purposes").update(purpose.ref, {"required_items": "email,phone"})
    consents = desk.service("consents")

    assert consents.standing(who.id, purpose.id) is ConsentState.OUTDATED
    (told,) = consents.as_of(who.id, date(2026, 11, 22))
    assert told[1] is ConsentState.GIVEN


def test_who_must_be_asked_again_is_found_and_said(desk: Desk, purpose: Row) -> None:
    old, fresh, changed = person(desk), person(desk), person(desk)
    other = fillings.purpose(desk, "Counselling")
    lapsing = answer(desk, old, purpose, "given", "2024-12-23")
    answer(desk, fresh, purpose, "given", "2024-12-24")
    outdated = answer(desk, changed, other, "given", "2026-11-22")
    desk.service("purposes").update(other.ref, {"required_items": "email,phone"})
    consents = desk.service("consents")

    def asked(why: object) -> list[str]:
        return [row.ref for row in consents.find(Query(where={"ask_again": why}))]

    assert asked("lapsing") == [lapsing.ref]
    assert asked("changed") == [outdated.ref]
    assert asked(["changed", "lapsing"]) == [lapsing.ref, outdated.ref]
    assert consents.get(lapsing.ref).values["ask_again"] == "lapsing"


def test_a_confirmation_does_not_agree_to_a_changed_purpose(desk: Desk, purpose: Row) -> None:
    who = person(desk)
    given = answer(desk, who, purpose, "given", "2026-03-01")
    desk.service("purposes").update(purpose.ref, {"required_items": "email,phone"})
    consents = desk.service("consents")

    (confirmed,) = consents.act("confirm", [given.ref], {}).refs
    assert consents.get(confirmed).values["agreed_on"] == date(2026, 3, 1)
    assert consents.get(confirmed).values["ask_again"] == "changed"
    assert consents.given_before(purpose.id, date(2026, 11, 23)) == 1

    text = fillings.wording(desk, purpose, on="2026-11-23", box="marketing")
    (anew,) = consents.act("change", [confirmed], {"wording": "1"}).refs
    assert consents.get(anew).values["agreed_on"] == date(2026, 11, 23)
    assert consents.standing(who.id, purpose.id) is ConsentState.GIVEN
    assert consents.get(anew).values["wording"] == text.ref


def test_what_follows_cannot_have_been_before(desk: Desk, purpose: Row) -> None:
    given = answer(desk, person(desk), purpose, "given", "2026-03-01")

    with pytest.raises(BeforeConsentError):
        desk.service("consents").act("withdraw", [given.ref], {"on": "2026-02-28"})
    assert desk.service("consents").act("withdraw", [given.ref], {"on": "2026-03-01"})


class Child:
    """A child of twelve whose guardian was asked on Monday 16 November 2026."""

    def __init__(self, desk: Desk, purpose: Row) -> None:
        desk.service("items").adopt("birth_date")
        self.desk = desk
        self.row = person(desk, birth_date="2014-05-05")
        within = fillings.file(desk, purpose, fillings.place(desk))
        self.held = desk.service("holdings").create(
            {"subject": self.row.ref, "file": within.ref, "purpose": purpose.ref,
             "collected_on": "2026-11-16"}
        )  # fmt: skip
        self.asked = answer(desk, self.row, purpose, "asked", "2026-11-16",
                            guardian_name="이두리", guardian_phone="010-1111-2222")  # fmt: skip

    def act(self, action: str, **values: object) -> Row:
        """Do something with the question; return the answer made."""
        consents = self.desk.service("consents")
        made: Row = consents.get(consents.act(action, [self.asked.ref], values).refs[0])
        return made

    def guardians(self) -> list[str]:
        """Return every guardian's name that is kept."""
        numbers = [row.id for row in self.desk.service("consents").find(Query(sort="id"))]
        found = self.desk.vault.payloads.read_many(PEOPLE, numbers)
        return [values[1] for values in found.values() if 1 in values]


@pytest.fixture
def child(desk: Desk, purpose: Row) -> Child:
    """Return the child."""
    return Child(desk, purpose)


def test_a_guardian_who_was_asked_waits_and_is_no_consent(child: Child, purpose: Row) -> None:
    assert child.asked.state == "waiting"
    assert not child.desk.service("consents").may_rely(child.row.id, purpose.id)
    (found,) = judge(child.desk)
    assert (found.rule, found.due, found.ref) == ("3", date(2026, 11, 23), child.asked.ref)


def test_a_guardian_who_confirms_is_kept_once(child: Child, purpose: Row) -> None:
    with pytest.raises(InvalidValueError):
        child.act("guardian-confirms", channel="phone")
    given = child.act("guardian-confirms", channel="phone", guardian_check="phone")

    assert (given.state, given.values["guardian_check"]) == ("given", "phone")
    assert child.desk.service("consents").may_rely(child.row.id, purpose.id)
    assert child.guardians() == ["이두리"]
    assert judge(child.desk) == []


def test_a_guardian_who_refuses_starts_the_destruction(child: Child) -> None:
    refused = child.act("guardian-refuses", channel="phone")
    assert child.desk.service("holdings").get(child.held.ref).state == "due"
    (found,) = judge(child.desk)
    assert (found.rule, found.due) == ("3", date(2026, 11, 23))

    asked = guardian.destroy(child.desk, [refused.ref]).refs[0]

    service = child.desk.service("destructions")
    assert [line[0] for line in service.chosen(service.number(asked))] == [child.held.id]
    (running,) = judge(child.desk)
    assert asked in running.do_text()


def test_where_nothing_is_held_only_the_guardian_is_forgotten(child: Child, desk: Desk) -> None:
    other = fillings.purpose(desk, "Games")
    more = answer(desk, child.row, other, "asked", "2026-11-16", guardian_name="이세라")

    outcome = guardian.destroy(desk, [more.ref])

    assert outcome.refs == (more.ref,)
    assert child.guardians() == ["이두리"]
    assert [one.ref for one in judge(desk)] == [child.asked.ref]
    with pytest.raises(guardian.GuardianAgreedError):
        guardian.destroy(desk, [more.ref])


def test_of_a_child_goes_what_was_told_for_this_alone(child: Child, desk: Desk) -> None:
    """Rule 3: asked on 16 November, the fifth day is the 21st, a Saturday: so by the 23rd."""
    values = {"name": "Games", "basis": "consent", "retention": "1 year",
              "required_items": "email,phone", "refusal": "You may."}  # fmt: skip
    games = desk.service("purposes").create(values)
    service = desk.service("subjects")
    service.update(child.row.ref, {"phone": "010-1234-5678", "email": "duri@example.com"})
    more = answer(desk, child.row, games, "asked", "2026-11-16", guardian_name="이세라")

    (told,) = guardian.plan(desk, [more.ref])
    phone = service.desk.service("items").by_key("phone")
    assert (told.by, told.waits, told.taken) == (date(2026, 11, 23), True, ())
    assert phone in told.emptied
    assert told.stays == (child.held.ref,)
    assert service.get(child.row.ref).values["phone"]  # a plan changes nothing

    message = guardian.destroy(desk, [more.ref]).message

    assert not service.get(child.row.ref).values["phone"]
    assert service.get(child.row.ref).values["email"]  # the newsletter needs it as well
    assert child.held.ref in message
    assert "010" not in message


def test_a_child_of_whom_nothing_else_is_known_goes_whole(desk: Desk, purpose: Row) -> None:
    who = person(desk)
    asked = answer(desk, who, purpose, "asked", "2026-11-16", guardian_name="이두리")

    assert guardian.destroyable(desk, [asked.ref]) == [who.ref]


@pytest.mark.parametrize(("born", "asks"), [("2011-11-24", True), ("2011-11-23", False)])
def test_a_guardian_is_asked_up_to_the_policys_own_gate(
    desk: Desk, purpose: Row, born: str, asks: bool
) -> None:
    """Aged 14 on 23 November 2026 still passes the gate of the policy; 15 does not (rule 2)."""
    desk.service("items").adopt("birth_date")
    who = person(desk, birth_date=born)
    if asks:
        assert answer(desk, who, purpose, "asked", "2026-11-23").state == "waiting"
    else:
        with pytest.raises(GrownUpError):
            answer(desk, who, purpose, "asked", "2026-11-23")


def test_evidence_is_sealed_with_the_consent_and_shown_for_a_reason(
    desk: Desk, purpose: Row, tmp_path: Path
) -> None:
    given = answer(desk, person(desk), purpose, "given", "2026-03-01")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(PDF)
    consents = desk.service("consents")

    consents.act("evidence", [given.ref], {"file": str(scan)})
    shown = consents.act("show-evidence", [given.ref], {"reason": "asked for"}).shown

    assert consents.get(given.ref).values["evidence"] == "on file"
    assert shown is not None
    assert (shown.data, shown.file_name) == (PDF, f"{given.ref}.pdf")
    (name,) = attachments.of_owner(desk.vault, given.id)
    assert PDF not in (desk.vault.folder / "attachments" / name).read_bytes()
    assert consents.history(given.ref)[0].action == "record.looked"

    scan.write_bytes(PDF + b"better")
    consents.act("evidence", [given.ref], {"file": str(scan)})
    assert len(attachments.of_owner(desk.vault, given.id)) == 1
    assert not (desk.vault.folder / "attachments" / name).exists()


def test_only_scans_are_evidence_of_one_consent(desk: Desk, purpose: Row, tmp_path: Path) -> None:
    given = answer(desk, person(desk), purpose, "given", "2026-03-01")
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"PK\x03\x04")
    consents = desk.service("consents")

    with pytest.raises(incoming.NoSheetError):
        consents.act("evidence", [given.ref], {"file": str(letter)})
    with pytest.raises(proof.NoEvidenceError):
        consents.act("show-evidence", [given.ref], {"reason": "asked for"})
    with pytest.raises(proof.OneConsentError):
        consents.act("evidence", [given.ref, given.ref], {"file": str(letter)})
