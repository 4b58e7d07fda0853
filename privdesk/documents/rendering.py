"""From papers to files. What draws them is slow to import: only where something is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from privdesk.documents.paper import Checkpoint, Company, Paper

if TYPE_CHECKING:
    from privdesk.documents.archive import Card
    from privdesk.documents.press import Press
    from privdesk.documents.signing import PaperSigner

PAPERS_A_FILE = 500  # of a print run: memory stays flat, and a printer's queue bearable


def render(
    paper: Paper,
    *,
    checkpoint: Checkpoint | None,
    company: Company,
    signer: PaperSigner | None = None,
    signed_at: datetime | None = None,
) -> bytes:
    """Return a paper as a PDF/A-2b file, signed (PAdES) when there is a signer.

    The same paper gives the same bytes, save for the signature. ``signed_at`` is needed
    with a signer.

    Raises:
        FaceMissingError: a typeface did not come with the program.
        ValueError: a signer without ``signed_at``.
    """
    from privdesk.documents.archive import seal
    from privdesk.documents.blocks import draw_all
    from privdesk.documents.press import Press

    press = Press(company, checkpoint, landscape=paper.landscape, signed=signer is not None)
    press.open(paper)
    draw_all(press, paper.body)
    digest = press.close()
    data = seal(press.ink.finish(), _card(paper, company, checkpoint, digest))
    if signer is None:
        return data
    if signed_at is None:
        raise ValueError("a signature needs its time")
    return signer.sign(data, at=signed_at)


def print_run(
    papers: Iterable[Paper],
    *,
    checkpoint: Checkpoint | None,
    company: Company,
    papers_a_file: int = PAPERS_A_FILE,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[bytes]:
    """Return papers of one kind as few large files, for printing.

    Each paper keeps its own number and its own page count; the QR code of a run holds the
    checkpoint alone. ``progress`` gets the number of papers drawn so far.
    """
    from privdesk.documents.blocks import draw_all
    from privdesk.documents.press import Press

    press: Press | None = None
    done = 0
    for paper in papers:
        press = press or Press(company, checkpoint, landscape=paper.landscape)
        press.open(paper, done % papers_a_file, alone=False)
        draw_all(press, paper.body)
        press.close()
        done += 1
        progress(done)
        if done % papers_a_file == 0:
            yield _finished(press, paper)
            press = None
    if press:
        yield _finished(press, press.paper)


def _finished(press: Press, last: Paper) -> bytes:
    from privdesk.documents.archive import seal

    return seal(press.ink.finish(), _card(last, press.company, press.checkpoint, ""))


def _card(paper: Paper, company: Company, checkpoint: Checkpoint | None, digest: str) -> Card:
    from privdesk.documents.archive import Card

    return Card(
        title=paper.title,
        language=paper.language,
        company=company.name,
        issued_on=paper.issued_on,
        code=paper.code,
        number=paper.number,
        checkpoint=checkpoint.text if checkpoint and not paper.secret else "",
        digest=digest,
    )
