"""Who a paper is from: company, department and contact, with their English names where set."""

from __future__ import annotations

from privdesk.registers.desk import Desk

COMPANY_EN, DEPARTMENT_EN, CONTACT_EN = "company_en", "department_en", "contact_en"


def company(desk: Desk, language: str) -> str:
    """Return what the company is called in a paper of a language."""
    return _english(desk, language, COMPANY_EN) or desk.vault.header.company


def contact_line(desk: Desk, language: str) -> str:
    """Return the office's contact line for a paper of a language; may be empty."""
    return _english(desk, language, CONTACT_EN) or str(desk.setting("contact", ""))


def department(desk: Desk, language: str, known: str) -> str:
    """Return what a department of the staff register, the office's own, is called."""
    return (known and _english(desk, language, DEPARTMENT_EN)) or known


def _english(desk: Desk, language: str, name: str) -> str:
    return str(desk.setting(name, "")) if language == "en" else ""
