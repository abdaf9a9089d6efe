"""An answer's pictures, drawn: the typeset lines and the plots."""

from engine.answering.answer import Answer
from engine.errors import TooLarge
from engine.pictures import contour, curve, page
from engine.pictures.theme import Theme, named
from engine.values import Picture


def draw(answer: Answer, theme: str) -> tuple[Picture, ...]:
    """Return the typeset lines and the plots of an answer; lines too large for a card are left out."""
    chosen = named(theme)
    pictures: list[Picture] = []
    alt = ". ".join(formula.spoken for formula in answer.formulas)
    try:
        content = page.typeset([formula.typst for formula in answer.formulas], chosen, title=answer.title)
        pictures.append(Picture("formulas.png", f"{answer.title}. {alt}.", content))
    except TooLarge:
        # The same lines stand as text in the answer; a card nobody can read adds nothing.
        pass
    return (*pictures, *_plots(answer, chosen))


def _plots(answer: Answer, theme: Theme) -> list[Picture]:
    """Return the plots; none where the window is too small, too large or too far out to be drawn."""
    pictures = []
    try:
        for drawing in answer.draw() if answer.draw is not None else ():
            chart = drawing.of
            if isinstance(chart, contour.ContourMap):
                content = contour.draw(chart, theme)
            else:
                content = curve.draw_curve(chart, theme)
            pictures.append(Picture(drawing.name, drawing.alt, content))
    except ValueError:
        return []
    return pictures
