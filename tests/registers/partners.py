"""People in files, a purpose that names a recipient, a processor: for provisions and freezes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from privdesk.core.register import Row
from privdesk.registers.desk import Desk

TODAY = date(2026, 11, 23)  # a Monday
GIVEN = date(2026, 10, 1)
RECIPIENT = "Hanbit Delivery"


@dataclass
class Partners:
    """An office whose customers are held in a file at a processor, and given to a carrier."""

    desk: Desk
    file: str = ""
    purpose: str = ""
    place: str = ""

    def fill(self) -> Partners:
        """Enter purposes, places and the file."""
        desk = self.desk
        self.place = (
            desk.service("places")
            .create({"name": "Call system", "kind": "processor", "processor": "Dasom Call"})
            .ref
        )
        common = {"basis": "consent", "retention": "2 years", "refusal": "You may refuse."}
        sales = desk.service("purposes").create(
            {"name": "Sales", "required_items": "name,phone,email", **common}
        )
        carried = {
            "name": "Delivery by others",
            "required_items": "name,phone",
            "recipient": RECIPIENT,
            "separate_consents": "provision",
        }
        self.purpose = desk.service("purposes").create({**carried, **common}).ref
        self.file = (
            desk.service("files")
            .create(
                {
                    "name": "Customers",
                    "purpose": sales.ref,
                    "place": self.place,
                    "holds": "names",
                    "source": "Nuri Shopping",
                }
            )
            .ref
        )
        self.sales = sales.ref
        return self

    def person(self, n: int = 1, *, agrees: bool = True) -> str:
        """Enter somebody in the file, with consent to the provision or without."""
        desk = self.desk
        told = {"name": f"홍길동{n}", "phone": f"010-1234-56{n:02}", "email": f"p{n}@example.org"}
        ref = str(desk.service("subjects").create(told).ref)
        day = date(2026, 1, 5)
        held = {"subject": ref, "file": self.file, "purpose": self.sales, "collected_on": day}
        desk.service("holdings").create(held)
        if agrees:
            desk.service("consents").create({"subject": ref, "purpose": self.purpose, "at": day})
        return ref

    def asked(self, subject: str = "", **values: Any) -> Row:
        """Ask for a provision on consent."""
        told = {
            "recipient": RECIPIENT,
            "file": self.file,
            "ground": "consent",
            "purpose": self.purpose,
            "items": "name,phone",
            **({"subject": subject} if subject else {}),
            **values,
        }
        found: Row = self.desk.service("provisions").create(told)
        return found

    def past(self, subject: str = "", **values: Any) -> Row:
        """Enter a provision that went out before it stood here."""
        return self.asked(subject, **{"provided_on": GIVEN, "approver": "Kim", **values})

    def corrected(self, subject: str, **values: Any) -> None:
        """Give what somebody disputes its right value, as the flow of a correction does."""
        with self.desk.change() as change:
            self.desk.service("subjects").correct(change, number(self.desk, subject), values)

    def frozen(self, subject: str, items: str = "phone", **values: Any) -> Row:
        """Freeze items of somebody."""
        told = {"subject": subject, "items": items, "reason": "The number is wrong.", **values}
        found: Row = self.desk.service("freezes").create(told)
        return found

    def decided(self, subject: str, phone: str = "010-9999-0000") -> str:
        """Freeze somebody's telephone number and correct it (or empty it); return the freeze."""
        ref = str(self.frozen(subject).ref)
        self.corrected(subject, phone=phone)
        return ref

    def item(self, key: str) -> int:
        """Return the number of an item."""
        found = self.desk.service("items").by_key(key)
        assert found is not None
        return int(found)


def number(desk: Desk, ref: str) -> int:
    """Return the number of a record given by its reference."""
    from privdesk.core import references

    return references.parse(ref)[1]
