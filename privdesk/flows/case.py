"""One destruction as its papers tell it: counts and numbers, never a person of the set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from privdesk import __version__
from privdesk.core import references, system
from privdesk.core.clock import office_date
from privdesk.core.i18n import N_, Words, words
from privdesk.documents.papers import destruction_certificate as d1
from privdesk.documents.papers import destruction_register as d2
from privdesk.documents.papers import destruction_request as d1a
from privdesk.documents.papers.common import ApprovalLine, Signed
from privdesk.flows import casefiles, destruction, grounds, limits, orders, sender, verifying
from privdesk.flows.closings import closings
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.rules import METHOD_LABELS, Method, State
from privdesk.vault import roll

TOOL = "privdesk"
PLACE = N_("The vault of {company} on workstation {station}")
BACKUPS = N_(
    "The epoch secret was changed (epoch {epoch}); backup {backup} was written and opened;"
    " custody copy {custody} was read back. With it, older copies do not open the destroyed values."
)
BACKUPS_OPEN = N_("Older copies are not closed yet.")
STANDS_IN = N_("for the chief privacy officer, none being appointed")
REASON_DUE = N_("Retention period over or purpose ended")


class Case:
    """One destruction, as its papers tell it."""

    def __init__(self, desk: Desk, ref: str, language: str) -> None:
        self.desk = desk
        self.ref = ref
        self.language = language
        self.say: Words = words(language)
        self.service = desk.service("destructions")
        self.row = self.service.get(ref)
        self.values: Mapping[str, Any] = self.row.values
        self.signatures = self.service.signatures(self.row.id)

    @property
    def reason(self) -> str:
        """The reason, or the usual one."""
        return grounds.told(self.values.get("reason"), self.language) or self.say(REASON_DUE)

    @property
    def method(self) -> str:
        """The method in words."""
        return self.say(METHOD_LABELS[Method(self.values.get("method") or "crypto_erase")])

    @property
    def place(self) -> str:
        """Where the vault stands."""
        company = sender.company(self.desk, self.language)
        return self.say(PLACE).format(company=company, station=system.workstation())

    @property
    def tool(self) -> str:
        """Program and version."""
        return f"{TOOL} {__version__}"

    def who(self, part: str) -> str:
        """Return who last signed a part."""
        found = [s for s in self.signatures if s["part"] == part]
        return destruction.name_of(self.desk, found[-1]["person"]) if found else ""

    def signed(self, *parts: str) -> tuple[Signed, ...]:
        """Return the signatures of these parts, in order."""
        cpo = self._cpo()
        found = []
        for part in parts:
            for one in (s for s in self.signatures if s["part"] == part):
                name = destruction.name_of(self.desk, one["person"])
                note = self._standing(name, cpo) if part == "approver" else ""
                if part == "operator" and name == self.who("requester"):
                    note = self.say(N_("also requested it"))
                found.append(self._signed(part, name, one, note))
        return tuple(found)

    def signers(self) -> tuple[Signed, ...]:
        """Return who answers for the destruction; witness and CPO sign by hand."""
        found = self.signed("requester", "approver", "operator")
        witness = str(self.values.get("witness") or "")
        hands = [Signed("witness", witness)] if witness else []
        cpo = self._cpo()
        if cpo and cpo != self.who("approver"):
            hands.append(Signed("cpo", cpo))
        return (*found, *hands)

    def approvals(self) -> ApprovalLine:
        """Return the boxes of the approval line."""
        return ApprovalLine(
            drafter=self.who("requester"),
            reviewer="",
            approver=self.who("approver"),
            drafted_on=self.values["requested_on"],
            approved_on=self.values["approved_on"],
        )

    def left_out(self, *, later: bool = False) -> tuple[tuple[str, int], ...]:
        """Return each reason for leaving people out, with how many."""
        counts: dict[str, set[int]] = {}
        for _holding, subject, why in self.service.left_out(self.row.id, later=later):
            counts.setdefault(why, set()).add(subject)
        return tuple((self.say(why), len(people)) for why, people in sorted(counts.items()))

    def files(self) -> tuple[d1a.FileLine, ...]:
        """Return the lines of the request."""
        return tuple(
            d1a.FileLine(
                file=f["name"],
                created=f["created"],
                handler=f["owner"],
                main_work=f["purpose"],
                present_count=f["present"],
                asked_count=f["people"],
                reason=self.reason,
            )
            for f in self._by_file()
        )

    def lots(self) -> tuple[d1.Lot, ...]:
        """Return the lines of the certificate."""
        return tuple(
            d1.Lot(
                file=f["name"],
                items=casefiles.held(self.desk, self.say, f, self.language, self.verified),
                subjects=f["people"],
                records=f["records"],
                created=f["created"],
                retention=f["retention"],
            )
            for f in self._by_file()
        )

    def register_lines(self, say: Words) -> list[d2.RegisterLine]:
        """Return the lines of the register."""
        return [
            d2.RegisterLine(
                number=self.ref,
                file=f["name"],
                kind=say(f["medium"]),
                created=f["created"],
                due_on=f["due"],
                destroyed_on=office_date(self.values["executed_at"]),
                reason=self.reason,
                method=self.method,
                count=f["people"],
                handler=self.who("operator"),
                department_head=self.who("approver"),
                certificate=self._certificate_number(),
            )
            for f in self._by_file()
        ]

    def planned_places(self) -> tuple[tuple[str, str, int | None], ...]:
        """Return the places of the request: the vault, then each place with a copy."""
        own = (self.place, self.say(N_("Electronic files")), self.values["people"])
        told = self._told()
        return (
            own,
            *((self._copy_at(o), self.say(casefiles.medium(o)), o["expected"]) for o in told),
        )

    def place_lines(self) -> tuple[d1.PlaceLine, ...]:
        """Return a line for each place, with how its destruction is known."""
        executed, seen = self.values["executed_at"], self.verified
        own_how = d1.Confirmation.PROGRAM if seen and seen.clean else d1.Confirmation.WAITING
        own = d1.PlaceLine(
            place=self.place,
            medium=self.say(N_("Electronic files")),
            count=self.values["tombstones"],
            method=self.method,
            confirmation=own_how,
            on=office_date(executed) if executed else None,
        )
        return (own, *(self._place_line(o) for o in self._told()))

    def closings(self) -> tuple[d1.Closing, ...]:
        """Return what of older copies was closed and what is still open."""
        return closings(self.desk, self.say, self._epoch())

    def lost(self) -> tuple[str, ...]:
        """Return what was declared lost, by whom and when: limits of the certificate."""
        told = {o["order"]: self._copy_at(o) for o in self._told() if o["state"] == "lost"}
        return limits.lost(self.desk, self.say, self.signatures, told, self._epoch())

    def reached(self) -> d1.Reached:
        """Return how far the destruction has come."""
        state = State(self.row.state)
        if state is State.COMPLETE:
            return d1.Reached.COMPLETE
        return d1.Reached.CLOSED if state is State.BACKUPS_CLOSED else d1.Reached.EXECUTED

    def completed_on(self) -> date | None:
        """Return the day of the last answer, once everything is complete."""
        if self.row.state != State.COMPLETE.value:
            return None
        days = [o["on"] for o in self._told() if o["on"]]
        executed: datetime = self.values["executed_at"]
        last: date = max([office_date(executed), *days])
        return last

    def closed_on(self) -> date | None:
        """Return the day on which older copies were closed."""
        sql = "SELECT made_at FROM backups WHERE target = ? ORDER BY id DESC LIMIT 1"
        row = self.desk.vault.raw.execute(sql, (str(self.values.get("backup")),)).fetchone()
        return _day(row[0]) if row else None

    def backups(self) -> str:
        """Return what was done about older copies."""
        if not self.values.get("epoch"):
            return self.say(BACKUPS_OPEN)
        names = {n: str(self.values.get(n) or "") for n in ("epoch", "backup", "custody")}
        return self.say(BACKUPS).format(**names)

    @property
    def verified(self) -> verifying.Verification | None:
        """What the look through the files found, once there was one."""
        return verifying.read(str(self.values.get("verified") or ""))

    def executed_people(self) -> int:
        """Return how many people were touched; those of a counted file are counted with it."""
        sql = (
            "SELECT count(DISTINCT subject) FROM destruction_holdings"
            " WHERE destruction = ? AND done"
        )
        row = self.desk.vault.raw.execute(sql, (self.row.id,)).fetchone()
        counted = orders.counted(self.desk, self.row.id) if self.values["executed_at"] else 0
        return int(row[0]) + counted

    def item_names(self, file: str) -> tuple[str, ...]:
        """Return the items of a file (by reference) that are destroyed, each once."""
        files = [f for f in self._by_file() if f["ref"] == file]
        return tuple(dict.fromkeys(item for f in files for item in f["items"]))

    def file_name(self, file: str) -> str:
        """Return what a file (by reference) is called."""
        return str(self.desk.service("files").get(file).values["name"])

    def people_of(self, file: str) -> int:
        """Return how many people of a file (by reference) the destruction takes."""
        sql = (
            "SELECT count(DISTINCT c.subject) FROM destruction_holdings c JOIN holdings h"
            " ON h.id = c.holding WHERE c.destruction = ? AND h.file = ? AND c.why = ''"
        )
        asked = (self.row.id, references.number(file))
        found = int(self.desk.vault.raw.execute(sql, asked).fetchone()[0])
        return found or orders.counted(self.desk, self.row.id)

    # -- inside

    def _epoch(self) -> int:
        """Return the epoch from which on copies no longer hold the keys of these people."""
        if self.values.get("epoch"):
            return int(self.values["epoch"])
        present = int(self.desk.vault.meta("epoch") or 1)
        return present + 1 if roll.state(self.desk.vault) == "pending" else present

    def _copy_at(self, told: Mapping[str, Any]) -> str:
        """Return a place, with its files where the destruction has several."""
        several = len({f["ref"] for f in self._by_file()}) > 1
        return f"{told['name']} ({told['file']})" if several else str(told["name"])

    def _told(self) -> list[Mapping[str, Any]]:
        return orders.told(self.desk, self.row.id)

    def _place_line(self, told: Mapping[str, Any]) -> d1.PlaceLine:
        confirmed = told["state"] == "answered"
        lost = told["state"] == "lost"
        by, on = str(told["by"] or ""), told["on"]
        if lost:
            by, on, _signed = limits.losers(self.desk, self.signatures, told["order"])
        how = d1.Confirmation.PERSON if confirmed else d1.Confirmation.WAITING
        return d1.PlaceLine(
            place=self._copy_at(told),
            medium=self.say(casefiles.medium(told)),
            count=told["count"] if told["count"] is not None else told["expected"],
            method=self.say(METHOD_LABELS[Method(told["method"])]) if told["method"] else "",
            confirmation=d1.Confirmation.LOST if lost else how,
            by=by,
            on=on,
            evidence=casefiles.evidence(self.say, told),
            order_number=told["order"],
        )

    def _signed(self, part: str, name: str, one: Mapping[str, Any], note: str) -> Signed:
        person = self.desk.vault.header.by_id(one["person"])
        mark = sha256(person.signing).hexdigest() if person else ""
        at = datetime.fromisoformat(one["at"])
        if one["paper"]:
            return Signed(part, name, "paper", one["paper"], at, note)
        return Signed(part, name, "key", mark, at, note)

    def _standing(self, approver: str, cpo: str) -> str:
        """Return in which capacity somebody approved."""
        if not cpo:
            return self.say(STANDS_IN)
        return self.say(N_("Chief privacy officer")) if approver == cpo else ""

    def _cpo(self) -> str:
        found = self.desk.service("staff").cpo(self.desk.today())
        return str(found.values["name"]) if found else ""

    def _certificate_number(self) -> str:
        sql = "SELECT number FROM documents WHERE code = 'd1' AND about = ? ORDER BY id LIMIT 1"
        row = self.desk.vault.raw.execute(sql, (self.ref,)).fetchone()
        return str(row[0]) if row else ""

    def _by_file(self) -> list[dict[str, Any]]:
        """Return the set by file and purpose, counted; no person is named."""
        rows = self.desk.vault.raw.execute(
            "SELECT h.file, h.purpose, count(*), count(DISTINCT h.subject), min(h.collected_on),"
            " max(h.collected_on), min(h.due_on) FROM destruction_holdings c"
            " JOIN holdings h ON h.id = c.holding"
            " WHERE c.destruction = ? AND (c.why = '' OR c.done) GROUP BY h.file, h.purpose",
            (self.row.id,),
        ).fetchall()
        found = [self._line(row[0], row[1], tuple(row[2:])) for row in rows]
        file = self.values.get("file")
        if not found and file:
            number = references.number(file)
            row = self.desk.service("files").rows([number])[0]
            purpose = references.number(row.values["purpose"])
            since, until = row.values.get("collected_from"), row.values.get("collected_to")
            people = int(row.values.get("people") or 0)
            dates = [d.isoformat() if d else "" for d in (since, until)]
            due = self.values["file_due_on"] or row.values["due_on"]
            counts = (people, people, dates[0], dates[1], due.isoformat() if due else "")
            found.append(self._line(number, purpose, counts))
        return found

    def _line(self, file: int, purpose: int, counts: casefiles.Counts) -> dict[str, Any]:
        told = (file, purpose, counts, self.values["due_by"])
        return casefiles.line(self.desk, self.say, self.language, *told)


def _day(moment: str) -> date:
    return office_date(datetime.fromisoformat(moment))
