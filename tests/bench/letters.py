"""The letters of requests beside bare reportlab: D5, D6 and D10, each with its own person.

Measured as the notices are (``tests.bench.documents``); the batch is a mix of the three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from privdesk.documents import Paper
from privdesk.documents.papers import correction_notice, refusal_notice, result_notice
from privdesk.documents.papers.correction_notice import Changed, CorrectionNotice
from privdesk.documents.papers.letters import Letter
from privdesk.documents.papers.refusal_notice import Refusal
from privdesk.documents.papers.result_notice import Result
from privdesk.documents.preview import page_count
from tests.bench import documents
from tests.bench.figures import Figure
from tests.documents import samples

RUN = 100


def letter(number: int) -> Letter:
    """Return what every letter to one person says."""
    return replace(
        samples.LETTER,
        number=f"L-{number:06d}-{number % 10}",
        case=f"R-{number:06d}-{number % 10}",
        name=f"김보기{number % 97}",
        agent="",
    )


def result(number: int) -> Paper:
    """D5: an access granted."""
    text = "성명, 전화번호, 주소와 최근 3년의 상담 이력을 별지와 같이 보냅니다."
    where, form = "이 통지서와 함께", "인쇄하여 우편으로"
    data = Result(letter(number), "access", "granted", text, form=form, where=where)
    return result_notice.build(data, "ko")


def refusal(number: int) -> Paper:
    """D6: a deletion refused."""
    data = Refusal(
        letter(number),
        "refused",
        ground="다른 법령이 보존하도록 정한 개인정보",
        article="법 제36조 제1항 단서",
        why="전자상거래법에 따라 계약에 관한 기록을 5년 동안 보존해야 합니다.",
        objection="보호책임자에게 적어 보내십시오.",
    )
    return refusal_notice.build(data, "ko")


def correction(number: int) -> Paper:
    """D10: a value corrected at a recipient's."""
    own = letter(number)
    data = CorrectionNotice(
        number=own.number,
        issued_on=own.issued_on,
        ref=own.case,
        role="recipient",
        to="보기택배 주식회사",
        contact="보기구 보기로 2",
        company=own.company,
        person=own.name,
        provided=(date(2026, 10, 11), date(2026, 11, 2)),
        provision="V-000123-4",
        items=(Changed("전화번호", "010-0000-0001", "010-0000-0002"),),
        deletion=False,
        corrected_on=own.issued_on,
        reply_by=own.issued_on,
        questions=own.contact,
    )
    return correction_notice.build(data, "ko")


LETTERS = {"D5": result, "D6": refusal, "D10": correction}


def run(rounds: int = 40) -> list[Figure]:
    """Return the figures of this part."""
    documents.register_bare()
    found = [one for name, make in LETTERS.items() for one in _one_letter(name, make, rounds)]
    kinds = tuple(LETTERS.values())
    mixed = documents.batch("letters of requests", lambda n: kinds[n % len(kinds)](n))
    return [*found, *documents.signing("a D5", result(1), rounds), *mixed]


def _one_letter(name: str, make: Callable[[int], Paper], rounds: int) -> Iterator[Figure]:
    notes = documents.recorded(make(1))
    assert page_count(documents.one(make(1))) == 1, name
    ours, bare = documents.times(
        rounds, lambda n: documents.one(make(n)), lambda _n: documents.bare_file(notes, [""])
    )
    yield documents.compared(f"{name}, one file each (target 0.8 x bare reportlab)", ours, bare)
    ours, bare = documents.times(
        max(rounds // 4, 3),
        lambda n: list(documents.printed(make, RUN, n)),
        lambda _n: documents.bare_file(notes, [""] * RUN),
    )
    what = f"{name}, one print run (target 0.8 x bare reportlab)"
    yield documents.compared(what, ours / RUN, bare / RUN)
