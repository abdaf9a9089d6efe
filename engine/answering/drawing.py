"""An answer's pictures, drawn: the typeset lines and the plots."""

from collections.abc import Sequence
from dataclasses import replace

from engine.answering.answer import Answer, Drawing
from engine.errors import TooLarge
from engine.pictures import animation, basins, contour, curve, errors, graph, page, paths, surface
from engine.pictures.theme import Theme, named
from engine.spelling.formula import Formula
from engine.values import Picture

# A card that is too large with fewer lines has one that is too wide.
_FEW = 8
NO_PLOT = "There is no picture: this is too small, too large or too far out to be drawn."


def draw(answer: Answer, theme: str, *, motion: bool = True) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """Return the pictures of an answer, and what is to be said about one that could not be drawn.

    Lines too many for a card go on to a second one, up to four; lines too large for that are left out: the
    same lines stand as text in the answer. What moves is drawn as one still map where no picture may move.
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
    return (*pictures, *(_drawn(each, chosen, motion=motion) for each in drawings)), ()


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


def _drawn(drawing: Drawing, theme: Theme, *, motion: bool) -> Picture:
    chart = drawing.of
    if isinstance(chart, animation.Animation):
        if motion:
            return Picture(drawing.name, drawing.alt, animation.draw_animation(chart, theme))
        return Picture("contour.png", drawing.alt, animation.draw_still(chart, theme))
    if isinstance(chart, basins.BasinMap):
        return Picture(drawing.name, drawing.alt, basins.draw_basins(chart, theme))
    if isinstance(chart, contour.ContourMap):
        return Picture(drawing.name, drawing.alt, contour.draw(chart, theme))
    if isinstance(chart, errors.ErrorChart):
        return Picture(drawing.name, drawing.alt, errors.draw_errors(chart, theme))
    if isinstance(chart, paths.PathTree):
        return Picture(drawing.name, drawing.alt, paths.draw_paths(chart, theme))
    if isinstance(chart, graph.GraphChart):
        return Picture(drawing.name, drawing.alt, graph.draw_graph(chart, theme))
    if isinstance(chart, surface.Surface):
        return Picture(drawing.name, drawing.alt, surface.draw_surface(chart, theme))
    return Picture(drawing.name, drawing.alt, curve.draw_curve(chart, theme))
