"""How fast papers are made: ``python -m tests.bench.documents [ROUNDS]``.

The yardstick is bare reportlab drawing the very same page: every text, rule and fill that
our page consists of is recorded once and drawn again with ``drawString``, ``line`` and
``rect`` on a plain canvas with plain fonts, texts already broken into lines.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from privdesk.core.resources import resource
from privdesk.documents import Column, Entry, Form, Heading, Paper, Statement, Table, Text
from privdesk.documents.blocks import draw
from privdesk.documents.certificate import issue_certificate
from privdesk.documents.ink import Ink
from privdesk.documents.press import Press
from privdesk.documents.preview import page_count
from privdesk.documents.rendering import print_run, render
from privdesk.documents.signing import PaperSigner
from tests.bench.figures import Figure, share, show
from tests.documents import samples

BATCH = 10_000
MEBIBYTE = 1024 * 1024


def notice(number: int) -> Paper:
    """Return a notice of one page to one person."""
    name = f"김보기{number % 97}"
    return Paper(
        code="notice",
        number=f"N-{number:06d}-{number % 10}",
        title="개인정보 처리방침 변경 안내",
        language="ko",
        issued_on=samples.ON,
        basis="「개인정보 보호법」 제30조, 개인정보 처리방침 제10조",
        body=(
            Text(f"{name} 고객님께", size=11, bold=True),
            Text(
                "보기물류 주식회사는 고객님의 개인정보를 소중히 여기며, 개인정보 처리방침을 "
                "아래와 같이 변경합니다. 변경된 처리방침은 시행일부터 적용되며, 시행일까지 "
                "누리집에서 변경 전과 후를 비교하여 보실 수 있습니다. "
                "동의하지 않으시면 언제든지 동의를 철회하실 수 있습니다."
            ),
            Form(
                (
                    Entry("시행일", "2026년 12월 11일"),
                    Entry("공지일", "2026년 11월 30일"),
                    Entry("변경 사유", "수탁자 변경과 보유기간 명시", wide=True),
                    Entry("문의", "정보보호실 02-0000-0101, privacy@example.com", wide=True),
                )
            ),
            Heading("변경 내용"),
            Table(
                (Column("조항", 1), Column("변경 전", 3), Column("변경 후", 3)),
                tuple(
                    (f"제{n}조", "개인정보의 수집 목적이 달성된 후 지체 없이 파기합니다.",
                     "보유기간이 지난 날부터 5일 안에 파기하고 확인서를 보관합니다.")
                    for n in range(1, 9)
                ),
            ),
            Statement("위와 같이 알려 드립니다.", "2026년 11월 23일", samples.COMPANY.name),
        ),
    )  # fmt: skip


class Recorder(Ink):
    """An ink that also notes what it draws."""

    def __init__(self, size: tuple[float, float]) -> None:
        super().__init__(size)
        self.notes: list[tuple[Any, ...]] = []
        self._at = (0.0, 0.0)

    def text(self, x: float, y: float, text: str, size: float, **how: Any) -> None:
        self.notes.append(("text", x, y, text, size, bool(how.get("bold"))))
        super().text(x, y, text, size, **how)

    def rule(self, x1: float, y1: float, x2: float, y2: float, **how: Any) -> None:
        self.notes.append(("rule", x1, y1, x2, y2, how.get("width", 0.4)))
        super().rule(x1, y1, x2, y2, **how)

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.notes.append(("fill", x, y, width, height))
        super().fill(x, y, width, height, colour)

    def frame(self, x: float, y: float, width: float, height: float, **how: Any) -> None:
        self.notes.append(("frame", x, y, width, height))
        super().frame(x, y, width, height, **how)

    def squares(self, path: str, x: float, y: float, scale: float) -> None:
        self.notes.append(("path", path, 54.0, 27.0, scale))
        super().squares(path, x, y, scale)


def recorded(paper: Paper) -> list[tuple[Any, ...]]:
    """Return everything a paper's one page consists of."""
    press = Press(samples.COMPANY, samples.CHECKPOINT)
    press.ink = recorder = Recorder(press.ink.size)
    press.open(paper)
    for block in paper.body:
        draw(press, block)
    press.close()
    return recorder.notes


def bare_page(canvas: Any, notes: list[tuple[Any, ...]], name: str) -> None:
    """Draw the recorded page with reportlab's own calls."""
    for kind, *values in notes:
        if kind == "text":
            x, y, text, size, bold = values
            canvas.setFont("Bare-Bold" if bold else "Bare", size)
            canvas.drawString(x, y, name if "고객님께" in text else text)
        elif kind == "rule":
            canvas.setLineWidth(values[4])
            canvas.line(*values[:4])
        elif kind == "path":
            path, x, y, scale = values
            canvas._code.append(f"q {scale:.4f} 0 0 {scale:.4f} {x} {y} cm {path} f Q")
        else:
            canvas.setFillGray(0.95 if kind == "fill" else 0)
            canvas.rect(*values, stroke=kind == "frame", fill=kind == "fill")
            canvas.setFillGray(0)
    canvas.showPage()


def bare_file(notes: list[tuple[Any, ...]], names: list[str]) -> bytes:
    """Return a file of bare reportlab with one page for each name."""
    target = BytesIO()
    make: Any = Canvas
    canvas = make(target, initialFontName="Bare", pageCompression=1)
    for name in names:
        bare_page(canvas, notes, name)
    canvas.save()
    return target.getvalue()


def register_bare() -> None:
    """Let bare reportlab know the faces."""
    for name, file in (("Bare", "Regular"), ("Bare-Bold", "Bold")):
        path = resource("fonts", "paper", f"PrivdeskSerif-{file}.ttf")
        pdfmetrics.registerFont(TTFont(name, str(path)))


def run(rounds: int = 40) -> list[Figure]:
    """Return the figures of this part."""
    register_bare()
    notes = recorded(notice(1))
    assert page_count(one(notice(1))) == page_count(bare_file(notes, ["김보기"])) == 1
    measured = [*_one_each(rounds, notes), *_in_one_run(rounds, notes)]
    return [*measured, *signing("a notice", notice(1), rounds), *batch("notices", notice)]


def one(paper: Paper) -> bytes:
    """Return a paper as a file of its own, not signed."""
    return render(paper, checkpoint=samples.CHECKPOINT, company=samples.COMPANY)


def _one_each(rounds: int, notes: list[tuple[Any, ...]]) -> Iterator[Figure]:
    ours, bare = times(
        rounds,
        lambda n: one(notice(n)),
        lambda n: bare_file(notes, [f"김보기{n % 97} 고객님께"]),
    )
    yield compared("a notice, one file each (target 0.8 x bare reportlab)", ours, bare)


def _in_one_run(rounds: int, notes: list[tuple[Any, ...]]) -> Iterator[Figure]:
    size = 100
    ours, bare = times(
        max(rounds // 4, 3),
        lambda n: list(printed(notice, size, n)),
        lambda n: bare_file(notes, [f"김보기{(n + m) % 97} 고객님께" for m in range(size)]),
    )
    yield compared(
        "a notice, one print run (target 0.8 x bare reportlab)", ours / size, bare / size
    )


def printed(
    make: Callable[[int], Paper],
    count: int,
    first: int = 0,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[bytes]:
    """Return a print run of so many papers."""
    return print_run(
        (make(first + n) for n in range(count)),
        checkpoint=samples.CHECKPOINT,
        company=samples.COMPANY,
        progress=progress,
    )


def times(
    rounds: int, ours: Callable[[int], object], bare: Callable[[int], object]
) -> tuple[float, float]:
    """Return the milliseconds of two ways, measured turn by turn, best of the rounds.

    Processor time: nothing here waits, and other work on the machine counts less.
    """
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds):
        for way, taken in zip((ours, bare), spent, strict=True):
            start = time.process_time()
            way(turn)
            taken.append(time.process_time() - start)
    return min(spent[0]) * 1000, min(spent[1]) * 1000


def compared(what: str, ours: float, bare: float) -> Figure:
    """Return a figure beside its yardstick."""
    return Figure(what, ours, "ms", yardstick=bare, target=bare / 0.8)


def signing(what: str, paper: Paper, rounds: int) -> Iterator[Figure]:
    """Sign a paper again and again."""
    signer = PaperSigner(*issue_certificate(samples.COMPANY.name, samples.AT))
    data = one(paper)
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        signer.sign(data, at=samples.AT)
        spent.append(time.process_time() - start)
    yield Figure(f"signing {what}", share(spent, 0.5) * 1000, "ms", target=25)


def batch(what: str, make: Callable[[int], Paper]) -> Iterator[Figure]:
    """Draw 10,000 papers in print runs and watch the memory."""
    levels: list[int] = []

    def watch(done: int) -> None:
        if done % 500 == 0:
            levels.append(_resident())

    start = time.process_time()
    pages = sum(page_count(data) for data in printed(make, BATCH, progress=watch))
    spent = time.process_time() - start
    assert pages == BATCH
    grown = (max(levels[4:]) - levels[3]) / MEBIBYTE
    yield Figure(f"10,000 {what} in print runs", spent, "s")
    yield Figure("their memory: growth from the 2,000th to the last", grown, "MiB", target=8)
    yield Figure("their memory: peak of the process", max(levels) / MEBIBYTE, "MiB")


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Print the figures."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    show(run(rounds))


if __name__ == "__main__":
    main()
