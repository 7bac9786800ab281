"""The app's two pictures, drawn anew each time: a speech bubble in which two meet.

Their sizes and colours: learn.microsoft.com, Design your app icon for the Teams Store and App Bar.
"""

from io import BytesIO

from PIL import Image, ImageDraw

GREEN, WHITE, ORANGE = "#17594a", "#ffffff", "#d9822b"

COLOUR_SIZE, OUTLINE_SIZE = 192, 32
"""Pixels a side. What matters of the first stands in its middle 120: clients round its corners."""

FINER = 8
"""It is drawn that many times larger, so that its curves come out smooth."""


def colour_icon() -> bytes:
    """White and orange on green, filling the square, as PNG."""
    side = COLOUR_SIZE * FINER
    image = Image.new("RGB", (side, side), GREEN)
    pen = _Pen(ImageDraw.Draw(image), side / 32, (0.0, 0.0))
    pen.bubble(WHITE)
    pen.dot(13, GREEN)
    pen.dot(19, ORANGE)
    return _png(image, COLOUR_SIZE)


def outline_icon() -> bytes:
    """White lines on nothing, as PNG."""
    side = OUTLINE_SIZE * FINER
    mask = Image.new("L", (side, side), 0)
    pen = _Pen(ImageDraw.Draw(mask), side / 18.4, (-6.8, -7.6))
    pen.bubble(255)
    pen.rounded((9.2, 10.7, 22.8, 19.3), 2.8, 0)
    pen.dot(13, 255)
    pen.dot(19, 255)
    image = Image.new("RGBA", (OUTLINE_SIZE, OUTLINE_SIZE), WHITE)
    image.putalpha(mask.resize((OUTLINE_SIZE, OUTLINE_SIZE), Image.Resampling.LANCZOS))
    return _png(image, OUTLINE_SIZE)


class _Pen:
    """Draws in the measures of samspel.svg: 32 a side."""

    def __init__(self, draw: ImageDraw.ImageDraw, scale: float, moved: tuple[float, float]) -> None:
        self._draw, self._scale, self._moved = draw, scale, moved

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return (x + self._moved[0]) * self._scale, (y + self._moved[1]) * self._scale

    def rounded(
        self, box: tuple[float, float, float, float], radius: float, fill: str | int
    ) -> None:
        corners = (*self._at(*box[:2]), *self._at(*box[2:]))
        self._draw.rounded_rectangle(corners, radius * self._scale, fill=fill)

    def bubble(self, fill: str | int) -> None:
        self.rounded((8, 9.5, 24, 20.5), 4, fill)
        self._draw.polygon([self._at(9, 18), self._at(9, 24.5), self._at(14, 20)], fill=fill)

    def dot(self, x: float, fill: str | int) -> None:
        corners = (*self._at(x - 2.2, 12.8), *self._at(x + 2.2, 17.2))
        self._draw.ellipse(corners, fill=fill)


def _png(image: Image.Image, side: int) -> bytes:
    small = image.resize((side, side), Image.Resampling.LANCZOS) if image.width > side else image
    out = BytesIO()
    small.save(out, "PNG")
    return out.getvalue()
