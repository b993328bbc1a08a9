"""Drawn pictures of the demo town's stories: no photograph, so nobody is shown; the same bytes at every build."""

from io import BytesIO
from typing import Any

WIDTH, HEIGHT = 960, 540
SKY, GROUND, WALL, DARK = "#dcecf9", "#b7d8a8", "#f6e7c8", "#33475b"
COATS = ("#c2504d", "#3f6fa8", "#4f8a5b", "#8a5aa0", "#c98a2b", "#3f6fa8", "#c2504d")


def classroom() -> bytes:
    """People who sit at tables, each with a telephone, before somebody who shows something."""
    picture, draw = _sheet(WALL)
    draw.rectangle((0, 430, WIDTH, HEIGHT), fill="#d9b98c")
    draw.rectangle((300, 50, 660, 230), fill="white", outline=DARK, width=6)
    draw.rounded_rectangle((440, 75, 520, 205), radius=12, fill="#e8eef4", outline=DARK, width=4)
    _person(draw, 790, 180, COATS[1], 1.3)
    for place in range(6):
        x = 90 + place * 155
        _person(draw, x, 360, COATS[place], 1.0)
        draw.rectangle((x - 55, 455, x + 55, 475), fill="#8c6239")
        draw.rounded_rectangle((x - 10, 425, x + 10, 455), radius=3, fill="white", outline=DARK, width=2)
    return _png(picture)


def square() -> bytes:
    """A station and a square, cleared of snow, on which a few people walk."""
    picture, draw = _sheet(SKY)
    draw.rectangle((0, 330, WIDTH, HEIGHT), fill="white")
    draw.rectangle((180, 140, 780, 340), fill="#e6ddd0", outline=DARK, width=5)
    for place in range(6):
        draw.rectangle((215 + place * 92, 180, 275 + place * 92, 260), fill="#9cc3e0", outline=DARK, width=3)
    draw.rectangle((430, 265, 530, 340), fill="#6f8ba3", outline=DARK, width=3)
    draw.polygon(((430, 340), (530, 340), (700, HEIGHT), (260, HEIGHT)), fill="#8f979e")
    for place, x in enumerate((380, 470, 560)):
        _person(draw, x, 390 + place * 14, COATS[place + 2], 0.9)
    for number in range(90):
        x, y = number * 379 % WIDTH, number * 211 % 330
        draw.ellipse((x, y, x + 5, y + 5), fill="white")
    return _png(picture)


def flower_bed() -> bytes:
    """A flower bed with people who plant."""
    picture, draw = _sheet(SKY)
    draw.rectangle((0, 300, WIDTH, HEIGHT), fill=GROUND)
    draw.rounded_rectangle((80, 380, 880, 510), radius=40, fill="#7a5a3c")
    for number in range(36):
        x, y = 120 + number % 12 * 62, 400 + number // 12 * 34
        draw.line((x, y + 8, x, y + 26), fill="#3c7a3f", width=4)
        draw.ellipse((x - 10, y - 10, x + 10, y + 10), fill=COATS[number % 5])
    for place in range(4):
        _person(draw, 180 + place * 200, 270, COATS[place], 1.1)
    return _png(picture)


def _sheet(colour: str) -> tuple[Any, Any]:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), colour)
    return picture, ImageDraw.Draw(picture)


def _person(draw: Any, x: int, y: int, coat: str, size: float) -> None:
    head, body = int(22 * size), int(70 * size)
    draw.ellipse((x - head, y, x + head, y + 2 * head), fill="#f1c9a5", outline=DARK, width=2)
    draw.rounded_rectangle(
        (x - head - 8, y + 2 * head, x + head + 8, y + 2 * head + body),
        radius=14,
        fill=coat,
        outline=DARK,
        width=2,
    )


def _png(picture: Any) -> bytes:
    kept = BytesIO()
    picture.quantize(64).save(kept, "PNG", optimize=False)
    return kept.getvalue()
