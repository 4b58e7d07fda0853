"""One purpose, several boxes: each consent stands, ends and travels by itself (rule 5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.register import Query, Row
from privdesk.flows import consentreports, receipts, receiptsin, withdrawal, withdrawing
from privdesk.registers.consents import asking
from privdesk.registers.consents.findings import judge
from privdesk.registers.consents.refusals import NoSuchBoxError
from privdesk.registers.consents.rules import ConsentState
from privdesk.registers.consents.service import Consents
from privdesk.registers.provisions import people
from privdesk.registers.subjects.overview import overview
from privdesk.window.consenting import Consenting
from tests.copies import open_as
from tests.flows.test_importing_consents import take

GIVEN_ON = date(2024, 3, 4)
WHY = "asked for by the person"


class Applicant:
    """Somebody who applied for reduced rent: one purpose with three boxes of its own."""

    def __init__(self, vault: Path) -> None:
        desk = self.desk = open_as(vault)
        item = {"name": "Welfare", "key": "welfare", "kind": "text", "category": "sensitive"}
        desk.service("items").create(item)
        self.rent: Row = desk.service("purposes").create(
            {"name": "Reduced rent", "required_items": "name,welfare", "basis": "consent",
             "retention": "9 years", "marketing": True, "refusal": "You may refuse.",
             "recipient": "Neat Card", "separate_consents": "use"}
        )  # fmt: skip
        desk.service("places").create({"name": "Web shop", "kind": "system"})
        file = desk.service("files").create(
            {"name": "Applications", "purpose": self.rent.ref, "place": "Web shop"}
        )
        told = {"name": "김가나", "email": "gana@example.com", "welfare": "disabled, degree 3"}
        self.person: Row = desk.service("subjects").create(told)
        held = {"subject": self.person.ref, "file": file.ref, "purpose": self.rent.ref}
        self.held = desk.service("holdings").create({**held, "collected_on": GIVEN_ON})

    @property
    def consents(self) -> Consents:
        """Return the service of the consents."""
        found: Consents = self.desk.service("consents")
        return found

    def answer(self, box: str, kind: str = "given", at: date = GIVEN_ON) -> Row:
        """Enter an answer to a box; without one it is the main box."""
        told = {"subject": self.person.ref, "purpose": self.rent.ref, "kind": kind, "at": at}
        row: Row = self.consents.create({**told, "box": box} if box else told)
        return row

    def stands(self, box: str) -> ConsentState:
        """Return where the consent to a box stands."""
        return self.consents.standing(self.person.id, self.rent.id, box)

    def welfare(self) -> Any:
        """Return the sensitive item of the person in the clear."""
        row = self.desk.service("subjects").get(self.person.ref, reveal=WHY)
        return row.values["welfare"]


@pytest.fixture
def who(vault: Path) -> Iterator[Applicant]:
    """Return the applicant, at the first officer's desk."""
    made = Applicant(vault)
    yield made
    made.desk.vault.close()


def test_a_refused_box_leaves_the_consent_to_the_use(who: Applicant) -> None:
    use = who.answer("")
    who.answer("sensitive", "refused")

    assert use.values["box"] == "use"
    assert (who.stands("use"), who.stands("sensitive")) == (
        ConsentState.GIVEN,
        ConsentState.REFUSED,
    )
    assert who.consents.may_rely(who.person.id, who.rent.id)
    assert people.agreed(who.desk, [who.person.id], who.rent.id) == []
    who.answer("provision")
    assert people.agreed(who.desk, [who.person.id], who.rent.id) == [who.person.id]
    then = {row.values["box"]: state for row, state in who.consents.as_of(who.person.id, GIVEN_ON)}
    assert then == {
        "use": ConsentState.GIVEN,
        "sensitive": ConsentState.REFUSED,
        "provision": ConsentState.GIVEN,
    }
    with pytest.raises(NoSuchBoxError, match="Unique identifier"):
        who.answer("unique_id")

    told = [str(one.what.text()) for one in overview(who.desk, who.person.ref).happenings]
    assert "Consent refused: Reduced rent · Sensitive information" in told
    assert "Consent given: Reduced rent" in told


def test_only_the_marketing_box_is_confirmed_every_two_years(who: Applicant) -> None:
    who.desk.set_setting("profile", {"people": 10, "marketing": True})
    use, sold = who.answer("use"), who.answer("marketing")

    assert asking.due(who.desk) == {sold.id: "lapsing"}
    assert [one.ref for one in judge(who.desk) if one.rule == "11"] == [sold.ref]
    assert who.stands("marketing") is ConsentState.UNCONFIRMED
    assert who.consents.may_rely(who.person.id, who.rent.id)
    assert use.state == "given"


def test_without_the_sensitive_box_only_what_it_agreed_to_goes(who: Applicant) -> None:
    use, apart = who.answer("use"), who.answer("sensitive")

    shown = Consenting(who.desk).plan([apart.ref])
    lines = [(line.text, line.mark) for part in shown.parts for line in part.lines]
    assert ("Welfare", "goes") in lines
    assert ("Web shop", "place") in lines
    assert who.welfare() == "disabled, degree 3"
    (done,) = withdrawing.each(who.desk, [apart.ref])

    assert not done.destruction
    assert "delete it too: Web shop." in withdrawing.told([done])
    assert not who.welfare()
    assert who.desk.service("holdings").get(who.held.ref).state == "active"
    assert (who.stands("use"), who.stands("sensitive")) == (
        ConsentState.GIVEN,
        ConsentState.WITHDRAWN,
    )
    assert not [one for one in judge(who.desk) if one.rule == "10"]
    assert who.consents.get(done.refs[0]).values["settled_on"] == who.desk.today()
    assert use.values["box"] == "use"


def test_the_use_ends_with_every_box_beside_it(who: Applicant) -> None:
    use, apart, given = who.answer("use"), who.answer("sensitive"), who.answer("provision")

    told = withdrawal.plan(who.desk, who.person.id, [who.rent.id], boxes={who.rent.id: ["use"]})
    assert set(told.consents) == {use.ref, apart.ref, given.ref}
    (done,) = withdrawing.each(who.desk, [use.ref])

    assert done.destruction
    assert len(done.refs) == 3
    assert {who.stands(box) for box in ("use", "sensitive", "provision")} == {
        ConsentState.WITHDRAWN
    }


def test_receipts_and_lists_tell_the_boxes_apart(who: Applicant, tmp_path: Path) -> None:
    who.answer("use")
    who.answer("sensitive", "refused")
    path = tmp_path / "receipts.json"
    receipts.export(who.desk, path, WHY)
    document = json.loads(path.read_text(encoding="utf-8"))

    told = {one["processing"]["box"]: one for one in document["receipts"]}
    assert {box: one["events"][-1]["state"] for box, one in told.items()} == {
        "use": "given",
        "sensitive": "refused",
    }
    assert [one["name"] for one in told["sensitive"]["processing"]["items"]] == ["Welfare"]
    assert [one["name"] for one in told["use"]["processing"]["items"]] == ["Name"]
    assert len({one["header"]["record_id"] for one in document["receipts"]}) == 2
    assert "0 new events" in receiptsin.take(who.desk, path, WHY).message

    day = GIVEN_ON + timedelta(days=1)
    text = (
        "subject,purpose,동의 종류,kind,at\n"
        f"{who.person.ref},Reduced rent,민감정보,given,{day}\n"
        f"{who.person.ref},Reduced rent,,refused,{GIVEN_ON - timedelta(days=9)}\n"
        f"{who.person.ref},Reduced rent,unique_id,given,{day}\n"
    )
    first = take(who.desk, tmp_path / "answers.csv", text)
    again = take(who.desk, tmp_path / "answers.csv", text)
    assert (first.new, first.rejected) == (2, 1)
    assert (again.new, again.unchanged) == (0, 2)
    assert (who.stands("use"), who.stands("sensitive")) == (
        ConsentState.GIVEN,
        ConsentState.GIVEN,
    )
    states = [r.state for r in who.consents.find(Query(where={"box": "sensitive"}, sort="id"))]
    assert states == ["past", "given"]
    counts = consentreports._standing(who.desk)
    assert counts == {(who.rent.id, "use"): 1, (who.rent.id, "sensitive"): 1}
