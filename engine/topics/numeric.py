"""Finite differences."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.answering.numeric_options import read_h
from engine.reading import Expression, Point


def _check(f: Expression, h: str = "", **_others: object) -> object:
    """Read the step; what is none is refused before anybody waits."""
    return read_h(f, h)


@topic("numeric", example="/numeric f=sin(x*y) at=1,2", rank=6, check=_check)
def numeric(f: Expression, at: Point, h: str = "", steps: Literal["none", "short", "all"] = "short") -> Answer:
    """Finite differences of f beside its exact gradient: their errors, and which step is best.

    f:     a scalar function of real variables, for instance sin(x*y)
    at:    the point, one coordinate for each variable, 1,2 or x=1 y=2
    h:     the step, 1e-6; without it a table from 0.1 down to 1e-14
    steps: none, short (what a teacher writes) or all (every rule)

    `rows` has for each `h` what `forward`, `backward`, `central` and, where f is analytic as written,
    `complex` (step) give for each variable, computed in double precision as NumPy does, and `errors`:
    the largest one of each method against the exact value. `orders` is how the errors were seen to fall
    with h, null where that was not seen. At a kink `exact` is null and `one_sided` has the slopes from
    the left and from the right; a number is null where f has no value that it needs.
    Refuses (NotInDomain) a point where f does not exist, and seams of cases.
    Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 8.1.
    """
    from engine.answering import derived, numeric_drawing, numeric_words, slopes
    from engine.answering.numeric import Numeric

    found = Numeric.of(f, at, read_h(f, h))
    scalar, place = found.place.scalar, found.place
    each = derived.each(scalar, found.partials, "none" if found.sides else steps)
    slope = tuple(one for one in found.exact if one is not None)
    there = slopes.lines_at(place, slope)[:2] if found.sides is None else ()
    rules = slopes.every_step(scalar, each)
    if found.sides is None:
        rules += slopes.steps_at(place, found.partials, slope)
    return Answer(
        "Finite differences",
        (numeric_words.echo(found), *slopes.partial_lines(scalar, each, steps), *there, *numeric_words.lines(found)),
        scalar.data() | numeric_words.data(found) | {"steps": rules},
        (*scalar.remarks(), *numeric_words.remarks(found), *derived.remarks(each, "none" if found.sides else steps)),
        draw=lambda: numeric_drawing.draw(found),
    )
