"""The same borders in a real vault: quiet one day, told at midnight in Seoul, quiet once mended.

One office holds a case of each rule; its last day in order is 30 November 2026. ``privdesk due``
has to say the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from privdesk import cli
from privdesk.core.clock import FixedClock
from privdesk.core.register import Query
from privdesk.registers.access_rights.rules import Why
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import desk_findings
from privdesk.registers.processors.rules import CLAUSE_LABELS
from privdesk.vault.payloads import OFFICE
from tests.copies import open_as, open_copy
from tests.desks import ALICE, PASSPHRASE
from tests.registers.borders.border import BEFORE_MIDNIGHT, FIRST, MIDNIGHT, MONTHS_END
from tests.scans import scanned

LONG_AGO = date(2020, 1, 2)
SECOND = timedelta(seconds=1)
UNCHECKED = datetime(2027, 1, 24, 15, tzinfo=UTC)  # 63 days after the first entry of the journal
Told = Mapping[str, str]  # the worst that each rule says of its case


@dataclass
class Case:
    """A record at the border of a rule; empty where the rule speaks of the office."""

    rule: str
    register: str
    ref: str
    before: str = ""
    after: str = "breach"
    mend: Callable[[], object] = lambda: None


class Office:
    """A case of each rule in an open desk."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.scan = str(scanned(folder / "scan.png"))
        desk.set_setting("profile", {"marketing": True})

    def new(self, register: str, **values: Any) -> str:
        """Enter a record."""
        return str(self.desk.service(register).create(values).ref)

    def doing(self, register: str, ref: str, action: str, **asked: Any) -> Callable[[], object]:
        """Return a step to be taken later."""
        return lambda: self.desk.service(register).act(action, [ref], asked)

    def setting(self, register: str, ref: str, **values: Any) -> Callable[[], object]:
        """Return a correction to be made later."""
        return lambda: self.desk.service(register).update(ref, values)

    def member(self, name: str, pledge: date | None = LONG_AGO, **values: Any) -> str:
        """Enter somebody who pledged long ago and needs no training."""
        ref = self.new("staff", **{"name": name, "category": "a", "duty": "none", **values})
        if pledge is not None:
            self.new("pledges", staff=ref, kind="joining", signed_on=pledge)
        return ref

    def right(self, staff: str, place: str, account: str, **values: Any) -> str:
        """Enter a right that was granted this month."""
        told = {"staff": staff, "place": place, "account": account, "reason": "Answers calls"}
        return self.new("access-rights", **{"granted_on": date(2026, 11, 2), **told, **values})

    def work(self, of: str, name: str, **values: Any) -> str:
        """Enter a work of a processor, its contract read."""
        told = {"processor": of, "work": name, "since": date(2026, 3, 2), **values}
        ref = self.new("consignments", **told)
        if told["since"] < FIRST or values.get("marketing"):
            self.read(ref)
        return ref

    def read(self, ref: str) -> None:
        """Attach the contract and tick its clauses."""
        self.doing("consignments", ref, "attach", what="contract", file=self.scan)()
        self.doing("consignments", ref, "tick", clauses=tuple(CLAUSE_LABELS))()

    def supervised(self, of: str) -> None:
        """Have a processor inspected and trained."""
        told = {"kind": "training", "held_on": MONTHS_END, "topics": "Duties", "people": 3}
        told["note"] = "The list is in the binder"
        self.new("inspections", processor=of, **told)
        ref = self.new("inspections", processor=of, planned_on=MONTHS_END, manager="Kim")
        self.doing("inspections", ref, "all-yes", evidence="Seen on site")()
        self.doing("inspections", ref, "finish", on=MONTHS_END)()

    def trained(self, who: str, on: date = FIRST) -> None:
        """Hold a course of both topics for one person."""
        told = {"topics": ("security", "duty"), "minutes": 90}
        course = self.new("courses", name=f"Course of {on}", **told)
        held = self.new("sessions", course=course, on=on)
        sheet = self.new("attendances", session=held, staff=who)
        self.doing("attendances", sheet, "attend")()

    def shared(self, place: str) -> str:
        """Let two people of one name have one account, which the checks would refuse."""
        first = self.right(self.member("한가람"), place, "garam")
        self.right(self.member("한가람"), place, "nuri")
        raw = self.desk.vault.raw
        digests = raw.execute("SELECT digest, record FROM access_accounts ORDER BY record DESC")
        (_old, last), (digest, _first) = digests.fetchmany(2)
        with self.desk.change() as change:
            raw.execute("UPDATE access_accounts SET digest = ? WHERE record = ?", (digest, last))
            self.desk.vault.payloads.put(OFFICE, last, {1: "garam"})
            change.note("record.changed", "access-rights", last)
        return first

    def reviewed(self) -> None:
        """Review the access log up to the end of November."""
        service, last = self.desk.service("log-reviews"), LONG_AGO
        while last < MONTHS_END:
            ref = self.new("log-reviews")
            if marks := self.desk.service("log-marks").find(Query(where={"state": "open"})):
                told = {"explanation": "Asked by letter"}
                self.desk.service("log-marks").act("explain", [one.ref for one in marks], told)
            words = {"outcome": "explained", "words": "Looked at everything; nothing is open."}
            self.doing("log-reviews", ref, "conclude", **words)()
            last = service.get(ref).values["last"]


def partners(office: Office) -> Iterator[Case]:
    """Yield the cases of processors and their works."""
    new, do = office.new, office.doing
    firm = new("processors", name="Dasom Call", since=date(2025, 11, 30))
    office.work(firm, "Calls")
    yield Case("32", "processors", firm, "warning", mend=lambda: office.supervised(firm))
    other = new("processors", name="Hanbit", since=date(2026, 6, 1))
    ref = office.work(other, "Mail", since=FIRST)
    yield Case("28", "consignments", ref, "warning", mend=lambda: office.read(ref))
    ad = office.work(other, "Adverts", since=FIRST, marketing=True)
    told = do("consignments", ad, "notified", way="email", count=3)
    yield Case("30", "consignments", ad, "warning", mend=told)
    began = date(2026, 10, 1)
    agreed = {"since": began, "consent_on": began + timedelta(days=1)}
    sub = new("processors", name="Below", parent=other, **agreed)
    yield Case("31", "processors", sub, "warning", "warning",
               office.setting("processors", sub, consent_on=began))  # fmt: skip

    def posted() -> None:
        page = new("publications", address="https://example.org/privacy")
        saved = str(Path(office.scan).with_name("page.html"))
        do("publications", page, "html", file=saved, language="ko")()
        do("publications", page, "posted", file=saved)()

    yield Case("29", "publications", "", "breach", "breach", posted)


def staff(office: Office) -> Iterator[Case]:
    """Yield the cases of people and their rights."""
    office.trained(office.member("가온"), date(2026, 3, 2))
    who = office.member("나래", duty="handler", joined=date(2026, 10, 31))
    yield Case("42", "staff", who, "warning", mend=lambda: office.trained(who))
    new = office.member("다솜", None, duty="handler", joined=FIRST)
    sign = {"staff": new, "kind": "joining", "signed_on": FIRST, "note": "Sheet is in the safe"}
    yield Case("43", "staff", new, "warning", mend=lambda: office.new("pledges", **sign))
    shop = office.new("places", name="Shop", kind="system", password_length=7,
                      password_kinds=3, password_history=3, idle_minutes=31, lockout=5,
                      outside="none", password_stored="one_way", logged="partial",
                      log_months=11)  # fmt: skip
    leaver = office.member("라온")
    right = office.right(leaver, shop, "raon")
    office.desk.service("staff").update(leaver, {"left": MONTHS_END})
    yield Case("44", "access-rights", right, "warning",
               mend=office.doing("access-rights", right, "revoke", why=Why.LEFT.value))  # fmt: skip
    past = office.right(office.member("마루"), shop, "maru", granted_on=date(2021, 3, 1),
                        revoked_on=date(2023, 11, 30))  # fmt: skip
    yield Case("45", "access-rights", past, "", "warning",
               office.doing("access-rights", past, "expunge"))  # fmt: skip
    one = office.shared(shop)
    yield Case("46", "access-rights", one, "breach", "breach",
               office.doing("access-rights", one, "revoke"))  # fmt: skip
    yield Case("48", "places", shop, "warning", "warning",
               office.setting("places", shop, password_length=8))  # fmt: skip
    yield Case("50", "places", shop, "warning", "warning",
               office.setting("places", shop, idle_minutes=30))  # fmt: skip
    yield Case("51", "places", shop, "breach", "breach",
               office.setting("places", shop, logged="full"))  # fmt: skip
    yield Case("52", "places", shop, "breach", "breach",
               office.setting("places", shop, log_months=12))  # fmt: skip


def safety(office: Office) -> Iterator[Case]:
    """Yield the cases of the access log, the internal plan and zones."""
    yield Case("53", "log-reviews", "", "", "warning", office.reviewed)
    yield Case("54", "log-reviews", "", "", "")  # its border lies two months on
    plan = office.new("safeguards", name="Plan", area="plan", months=12,
                      owner=office.member("바다"))  # fmt: skip
    check = {"result": "good", "seen": "Approved anew"}
    office.doing("safeguards", plan, "check", on=date(2025, 11, 30), **check)()
    yield Case("55", "safeguards", plan, "warning",
               mend=office.doing("safeguards", plan, "check", **check))  # fmt: skip
    zone = office.new("zones", name="Archive", since=date(2026, 10, 1))
    listed = office.new("zone-permits", zone=zone, staff=office.member("사랑"), reason="Files",
                        since=date(2026, 10, 1), until=MONTHS_END, approver="황보라")  # fmt: skip
    yield Case("56", "zone-permits", listed, mend=office.doing("zone-permits", listed, "end"))


def said(found: list[tuple[str, str, str, str]], cases: list[Case]) -> Told:
    """Return what is said of each case, by rule; "" where nothing is."""
    told = {(rule, register, ref): severity for rule, register, ref, severity in found}
    return {one.rule: told.get((one.rule, one.register, one.ref), "") for one in cases}


def judged(desk: Desk, cases: list[Case], at: datetime) -> Told:
    """Judge every case at a moment."""
    desk.clock = FixedClock(at)
    found = [(f.rule, f.register, f.ref, f.severity.value) for f in desk_findings(desk)]
    return said(found, cases)


def due(vault: Path, cases: list[Case], on: date, capsys: pytest.CaptureFixture[str]) -> Told:
    """Ask ``privdesk due`` for every case on a day."""
    file = vault.parent / "passphrase.txt"
    file.write_text(PASSPHRASE, encoding="utf-8")
    who = ("--officer", ALICE, "--passphrase-file", str(file))
    capsys.readouterr()
    assert cli.main([*who, "due", str(vault), "--on", str(on), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    names = ("rule", "register", "ref", "severity")
    return said([tuple(row[name] for name in names) for row in rows], cases)


def test_each_rule_speaks_from_midnight_in_seoul_until_it_is_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(open_copy(tmp_path), tmp_path)
    vault = office.desk.vault.folder
    try:
        cases = [case for part in (partners, staff, safety) for case in part(office)]
        before, after = ({c.rule: c.before for c in cases}, {c.rule: c.after for c in cases})

        assert judged(office.desk, cases, BEFORE_MIDNIGHT) == before
        assert judged(office.desk, cases, MIDNIGHT) == after
        assert judged(office.desk, cases, UNCHECKED - SECOND)["54"] == ""
        assert judged(office.desk, cases, UNCHECKED)["54"] == "warning"
        office.desk.vault.close()
        assert due(vault, cases, MONTHS_END, capsys) == before
        assert due(vault, cases, FIRST, capsys) == after

        office.desk = open_as(vault, clock=FixedClock(MIDNIGHT + timedelta(hours=3)))
        for case in cases:
            case.mend()
        mended = dict.fromkeys(before, "")
        assert judged(office.desk, cases, office.desk.now()) == mended
        assert judged(office.desk, cases, UNCHECKED)["54"] == ""
    finally:
        office.desk.vault.close()
