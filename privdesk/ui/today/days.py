"""Days as people write them, in the language of the screen."""

from __future__ import annotations

from datetime import date

from privdesk.core.i18n import current

_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KO_DAYS = "월화수목금토일"


def short_day(day: date, today: date) -> str:
    """Return ``12 Dec`` or ``12월 12일``, with the year where it is another one."""
    if current() == "ko":
        year = "" if day.year == today.year else f"{day.year}년 "
        return f"{year}{day.month}월 {day.day}일"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {_EN_MONTHS[day.month - 1]}{year}"


def long_day(day: date) -> str:
    """Return ``Monday, 23 Nov 2026`` or ``2026년 11월 23일 월요일``."""
    if current() == "ko":
        return f"{day.year}년 {day.month}월 {day.day}일 {_KO_DAYS[day.weekday()]}요일"
    month = _EN_MONTHS[day.month - 1]
    return f"{_EN_DAYS[day.weekday()]}, {day.day} {month} {day.year}"


def weekday(day: date) -> str:
    """Return ``Mon`` or ``월``."""
    if current() == "ko":
        return _KO_DAYS[day.weekday()]
    return _EN_DAYS[day.weekday()][:3]


def month(day: date) -> str:
    """Return ``Dec`` or ``12월``."""
    return f"{day.month}월" if current() == "ko" else _EN_MONTHS[day.month - 1]
