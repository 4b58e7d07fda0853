"""Papers that came to the invented office from outside: contracts, evidence, bulletins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from privdesk.documents.paper import Company, Gap, Paper, Points, Statement, Text
from privdesk.documents.rendering import render
from privdesk.registers.desk import Desk


def pdf(desk: Desk, path: Path, title: str, lines: Sequence[str]) -> str:
    """Write a paper that came from outside; return its path."""
    today = desk.today()
    body = (
        Gap(12),
        Points(tuple(lines), mark="{n}.", size=10.5),
        Gap(24),
        Statement(title, today.isoformat(), desk.vault.header.company),
        Text("(서명 또는 인)", muted=True),
    )
    paper = Paper("evidence", "-", title, "ko", today, body)
    path.write_bytes(render(paper, checkpoint=None, company=Company("")))
    return str(path)
