"""QR codes, charts and previews, looked at as pictures."""

from __future__ import annotations

from io import BytesIO

import pytest
import segno
from PIL import Image

from privdesk.documents import Bars, Paper, Text, charts, qr
from privdesk.documents.preview import chart_png, page_count, pages_png
from privdesk.documents.rendering import render
from tests.documents import samples

CHART = Bars(("1월", "2월", "3월"), (("동의", (4, 8, 2)), ("철회", (1, 0, 3))), "동의와 철회")


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("L")


def test_each_page_becomes_a_picture_of_its_size() -> None:
    data = render(samples.order("ko"), checkpoint=samples.CHECKPOINT, company=samples.COMPANY)
    pictures = [picture(png) for png in pages_png(data, 96)]

    assert len(pictures) == page_count(data) == 3
    assert all(abs(p.width - 794) <= 1 and abs(p.height - 1123) <= 1 for p in pictures)
    assert all(min(p.tobytes()) < 60 for p in pictures)


def test_the_path_of_a_code_has_the_modules_of_the_code() -> None:
    text = f"D1-2026-000007\n{samples.CHECKPOINT.text}"
    made = qr.code(text)
    drawn = {(x + step, y) for x, y, run, _ in _rectangles(made.path) for step in range(run)}
    matrix = segno.make(text, error="l", micro=False, boost_error=False, mask=3).matrix
    size = len(matrix)

    assert made.modules == size
    assert drawn == {
        (x, size - 1 - y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark & 1
    }


def test_the_code_stands_on_the_page_with_white_around_it() -> None:
    data = render(
        Paper("d0", "N-000001-4", "시험", "ko", samples.ON, (Text("본문"),)),
        checkpoint=samples.CHECKPOINT,
        company=samples.COMPANY,
    )
    page = picture(next(pages_png(data, 288)))
    scale = 288 / 72
    left, bottom, side = int(54 * scale), int((841.89 - 27) * scale), int(43 * scale)
    code = page.crop((left, bottom - side, left + side, bottom))
    around = page.crop((left - 10 * 4, bottom - side + 4, left - 2, bottom))

    assert 0.35 < sum(value < 128 for value in code.tobytes()) / side**2 < 0.65
    assert min(around.tobytes()) > 200


def test_a_chart_is_drawn_for_the_screen() -> None:
    png = picture(chart_png(CHART, 420, 180))

    assert abs(png.width - 560) <= 1
    assert min(png.tobytes()) < 120


def test_a_chart_with_nothing_in_it_is_drawn() -> None:
    empty = Bars(("1월", "2월"), (("동의", (0, 0)),))

    assert chart_png(empty, 300, 120)


@pytest.mark.parametrize(
    ("highest", "scale"),
    [(0, (4, 1)), (1, (1, 1)), (3, (3, 1)), (7, (8, 2)), (11, (12, 5)), (12, (15, 5)),
     (97, (100, 25)), (101, (150, 50)), (1_000_000, (1_000_000, 250_000))],
)  # fmt: skip
def test_the_axis_has_round_numbers(highest: float, scale: tuple[float, float]) -> None:
    top, step = charts.scale(highest)

    assert top >= highest
    assert top % step == 0
    assert (top, step) == scale or highest == 11


def _rectangles(path: str) -> list[tuple[int, int, int, int]]:
    numbers = [int(part) for part in path.replace("re", "").split()]
    return [
        (numbers[n], numbers[n + 1], numbers[n + 2], numbers[n + 3])
        for n in range(0, len(numbers), 4)
    ]
