"""An answer's pictures, drawn: the typeset lines and the plots."""

from collections.abc import Sequence
from dataclasses import replace

from engine.answering.answer import Answer, Drawing
from engine.errors import TooLarge
from engine.pictures import contour, curve, errors, graph, page, paths
from engine.pictures.theme import Theme, named
from engine.spelling.formula import Formula
from engine.values import Picture

# A card that is too large with fewer lines has one that is too wide.
_FEW = 8
NO_PLOT = "There is no picture: this is too small, too large or too far out to be drawn."


def draw(answer: Answer, theme: str) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """Return the pictures of an answer, and what is to be said about one that could not be drawn.

    Lines too many for a card go on to a second one, up to four; lines too large for that are left out: the
    same lines stand as text in the answer.
    """
    chosen = named(theme)
    try:
        pictures = _cards(answer.title, answer.formulas, chosen, halvings=2)
    except TooLarge:
        pictures = []
    pictures = [replace(each, name=f"formulas-{i}.png") if i > 1 else each for i, each in enumerate(pictures, 1)]
    try:
        drawings = () if answer.draw is None else answer.draw()
    except ValueError:
        return tuple(pictures), (NO_PLOT,)
    return (*pictures, *(_drawn(each, chosen) for each in drawings)), ()


def _cards(title: str, formulas: Sequence[Formula], theme: Theme, halvings: int) -> list[Picture]:
    """Return the lines on one card, or on the cards of their two halves; raises TooLarge where that is not enough."""
    alt = ". ".join(formula.spoken for formula in formulas)
    try:
        content = page.typeset([formula.typst for formula in formulas], theme, title=title)
    except TooLarge:
        if not halvings or len(formulas) < _FEW:
            raise
        middle = (len(formulas) + 1) // 2
        return [
            card for half in (formulas[:middle], formulas[middle:]) for card in _cards(title, half, theme, halvings - 1)
        ]
    return [Picture("formulas.png", f"{title}. {alt}.", content)]


def _drawn(drawing: Drawing, theme: Theme) -> Picture:
    chart = drawing.of
    if isinstance(chart, contour.ContourMap):
        return Picture(drawing.name, drawing.alt, contour.draw(chart, theme))
    if isinstance(chart, errors.ErrorChart):
        return Picture(drawing.name, drawing.alt, errors.draw_errors(chart, theme))
    if isinstance(chart, paths.PathTree):
        return Picture(drawing.name, drawing.alt, paths.draw_paths(chart, theme))
    if isinstance(chart, graph.GraphChart):
        return Picture(drawing.name, drawing.alt, graph.draw_graph(chart, theme))
    return Picture(drawing.name, drawing.alt, curve.draw_curve(chart, theme))
