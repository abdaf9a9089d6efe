"""An answer's pictures, drawn: the typeset lines and the plots."""

from engine.answering.answer import Answer, Drawing
from engine.errors import TooLarge
from engine.pictures import contour, curve, page
from engine.pictures.theme import Theme, named
from engine.values import Picture

NO_PLOT = "There is no picture: this is too small, too large or too far out to be drawn."


def draw(answer: Answer, theme: str) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """Return the pictures of an answer, and what is to be said about one that could not be drawn.

    Lines too large for a card are left out: the same lines stand as text in the answer.
    """
    chosen = named(theme)
    pictures: list[Picture] = []
    alt = ". ".join(formula.spoken for formula in answer.formulas)
    try:
        content = page.typeset([formula.typst for formula in answer.formulas], chosen, title=answer.title)
        pictures.append(Picture("formulas.png", f"{answer.title}. {alt}.", content))
    except TooLarge:
        pictures = []
    try:
        drawings = () if answer.draw is None else answer.draw()
    except ValueError:
        return tuple(pictures), (NO_PLOT,)
    return (*pictures, *(_drawn(each, chosen) for each in drawings)), ()


def _drawn(drawing: Drawing, theme: Theme) -> Picture:
    chart = drawing.of
    if isinstance(chart, contour.ContourMap):
        return Picture(drawing.name, drawing.alt, contour.draw(chart, theme))
    return Picture(drawing.name, drawing.alt, curve.draw_curve(chart, theme))
