"""Which record a paper is printed of, given as people name it; and the list of the papers."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from privdesk.commands import naming, output
from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import _

if TYPE_CHECKING:
    from privdesk.core.register import Document, Register
    from privdesk.registers.desk import Desk

_SHOWN = 6


class NoSuchPaperError(DomainError):
    """There is no paper “{code}”. Nothing was printed; privdesk print --codes lists all with title
    and register. Like it are: {like}.
    """


class PaperOfLinkedError(DomainError):
    """{code} is printed of a record of “{title}”, and {ref} is of “{other}”. Nothing was printed;
    give one of: {known}.
    """


class PaperOfNoneYetError(DomainError):
    """{code} is printed of a record of “{title}”, and there is none of {ref} yet. Nothing was
    printed; make one first: {how}.
    """


class PaperOfOtherError(DomainError):
    """{code} is printed of a record of “{title}”, and {ref} is of “{other}”. Nothing was printed;
    privdesk list VAULT {register} lists what it can be printed of.
    """


def codes() -> None:
    """Print every paper: its code, its title and the register of which it wants a record."""
    from privdesk.registers import REGISTERS

    found = sorted((d.code, d, r) for r in REGISTERS for d in r.documents)
    heads = (_("Code"), _("Paper"), _("Record of"))
    output.table(heads, ((code, _(paper.label), wanted(of, paper)) for code, paper, of in found))


def wanted(register: Register, paper: Document) -> str:
    """Return the name of the register of which a paper wants a record; empty where of none."""
    return paper.by or ("" if paper.of_list else register.name)


def known(desk: Desk, code: str) -> tuple[Register, Document]:
    """Return a paper and the register that has it."""
    from privdesk.flows import issuing

    papers = issuing.documents(desk)
    found = papers.get(code.lower())
    if found is None:
        like = get_close_matches(code.lower(), [*papers, *desk.registers], 4, 0.4)
        named = [f"{one} ({_(papers[one][1].label)})" if one in papers else one for one in like]
        raise NoSuchPaperError(code=code, like=", ".join(named) or "-")
    return found


def ref_of(desk: Desk, code: str, ref: str) -> str:
    """Return the reference of the record that a paper is printed of.

    A number or a name of its own register; or a record that links to one, such as a leaving to
    the person who leaves.

    Raises:
        PaperOfLinkedError: the record is of another register, and these here are of it.
        PaperOfNoneYetError: so it is, and none here is of it.
        PaperOfOtherError: so it is, and has nothing to do with the paper.
    """
    register, paper = known(desk, code)
    name = wanted(register, paper)
    if not name:
        return ref
    other = _other(desk, name, ref)
    if other is None:
        try:
            return naming.ref(desk, name, ref)
        except naming.UnknownRecordError:
            person = _person(desk, desk.register(name), ref)
            if not person:
                raise
            ref, other = person, desk.register("staff")
    number = desk.service(other.name).number(ref)
    named = desk.ref(other.name, number)
    (row,) = desk.service(other.name).rows([number])
    links = [
        str(row.values[f.name])
        for f in other.fields
        if f.kind is Kind.LINK and f.links_to == name and row.values.get(f.name)
    ]
    if len(links) == 1:
        return links[0]
    return _only(desk, paper, desk.register(name), other, named)


def _person(desk: Desk, of: Register, text: str) -> str:
    """Return whom of the staff a name or number means, where records of a register have one."""
    named = any(f.links_to == "staff" for f in of.fields)
    found = desk.service("staff").called(text.strip()) if named else []
    return desk.ref("staff", found[0]) if len(found) == 1 else ""


def _other(desk: Desk, name: str, ref: str) -> Register | None:
    """Return the register that a reference is of, where it is another one."""
    try:
        prefix, _number = references.parse(ref)
    except DomainError:
        return None
    found = next((r for r in desk.registers.values() if r.prefix == prefix), None)
    return None if found is None or found.name == name else found


def _only(desk: Desk, paper: Document, of: Register, other: Register, ref: str) -> str:
    """Return the only record of a register that belongs to one of another; or say what to give."""
    from privdesk.core.register import Query

    told = {"code": paper.code, "title": _(of.title), "ref": ref, "other": _(other.title)}
    by = next((f for f in of.fields if f.kind is Kind.LINK and f.links_to == other.name), None)
    if by is None:
        raise PaperOfOtherError(register=of.name, **told)
    found = desk.service(of.name).find(Query(where={by.name: ref}), _SHOWN)
    refs = [row.ref for row in found if row.state != "void"]
    if len(refs) == 1:
        return str(refs[0])
    if refs:
        raise PaperOfLinkedError(known=", ".join(refs), **told)
    how = f"privdesk set VAULT {of.name} {by.name}={ref} …"
    if not (of.creatable and by.enterable):
        how = f"privdesk act VAULT {of.name} --fields"
    raise PaperOfNoneYetError(how=how, **told)


def of_records(register: Register) -> str:
    """Return the codes of the papers that a register prints of one of its records."""
    return ", ".join(d.code for d in register.documents if wanted(register, d) == register.name)
