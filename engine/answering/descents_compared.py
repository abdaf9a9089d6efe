"""The answer about a descent, and about several of one function: from other starts, or with other rates."""

from collections.abc import Sequence
from math import dist

from sympy import Expr

from engine.answering import derived, descent_lines, descent_words, trails
from engine.answering.answer import Answer
from engine.answering.derived import Shown
from engine.answering.descents import Descent, descend
from engine.answering.scalar import exact
from engine.answering.slopes import partial_lines
from engine.answering.walk_options import Options
from engine.reading import Expression
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Budget, Json

_SAID_OF_EACH = (
    "rate", "path", "values", "verdict", "proven", "stopped", "rate_limit", "rate_limit_decimal", "rate_limit_scope",
    "crossed_at", "goes_to",
)  # fmt: skip
_BASINS = (
    "The paths end at different places: what decides is the basin in which a start lies, and the rate, "
    "not which end is nearest to it."
)
_RATES = "The start and f are the same: the rate alone decides between settling and not settling."
_APART = 1e-3


def alone(title: str, read: Expression, how: Options, working: Shown, budget: Budget) -> tuple[Descent, Answer]:
    """Return the one path and the answer about it; refuses what `descend` refuses."""
    found = descend(read, how, budget)
    first = derived.each(found.scalar, found.partials, working if budget.left() > 0 else "none")
    return found, Answer(
        title,
        descent_lines.lines(found, first, working),
        descent_lines.data(found, first) | {"why": descent_words.reason(found), "runs": None, "map": None},
        (*found.scalar.remarks(), *descent_words.remarks(found), *derived.remarks(first, working)),
        draw=lambda: trails.draw(found),
    )


def answer(
    title: str, read: Expression, walks: Sequence[Options], working: Shown, budget: Budget
) -> tuple[Descent, Answer]:
    """Return the first of two or three paths and the answer about all; refuses what `descend` refuses of any."""
    runs = [descend(read, each, _share(budget, len(walks) - i)) for i, each in enumerate(walks)]
    one = runs[0]
    first = derived.each(one.scalar, one.partials, working if budget.left() > 0 else "none")
    slopes = () if working == "none" else partial_lines(one.scalar, first, working)
    whole = descent_lines.rule(one, spell.words("rate") if _differ(runs) else descent_lines.printed(one, _rate(one)))
    data = descent_lines.data(one, first) | {
        "why": descent_words.reason(one),
        "runs": [_data(each) for each in runs],
        "map": None,
    }
    return one, Answer(
        title,
        (one.scalar.echo(), *slopes, whole, *(_line(runs, i) for i in range(len(runs)))),
        data,
        (*one.scalar.remarks(), *_remarks(runs), *derived.remarks(first, working)),
        draw=lambda: trails.draw_together(runs, [_named(runs, each).text for each in runs]),
    )


def _share(budget: Budget, parts: int) -> Budget:
    """Return the time of the next one of so many parts."""
    now = budget.now()
    return Budget(now + max(budget.left(), 0.0) / parts, budget.now, 1.0, now)


def _rate(found: Descent) -> Expr:
    return found.numbers.rate


def _differ(runs: Sequence[Descent]) -> bool:
    """Tell whether the paths differ by their rates, and not by their starts."""
    return any(each.options.rate is not runs[0].options.rate for each in runs)


def _named(runs: Sequence[Descent], found: Descent) -> Formula:
    """Return what a path has of its own: "rate 0.1", or "from (0, 0)"."""
    if _differ(runs):
        return spell.words("rate ") + descent_lines.printed(found, _rate(found))
    return spell.words("from ") + spell.vector(descent_lines.printed(found, each) for each in found.numbers.start)


def _line(runs: Sequence[Descent], i: int) -> Formula:
    """Return the row of a path: where it is after its steps, f there, and the verdict."""
    found = runs[i]
    walked, name = found.shown, spell.variable(found.scalar.read.name)
    count = len(walked.path) - 1
    head = spell.words(f"{i + 1}: ") + _named(runs, found) + spell.words(f", after {count} step{'s' * (count != 1)}:")
    end = spell.ABOUT + spell.vector(map(spell.number, walked.path[-1]))
    value = spell.words(", ") + name + spell.ABOUT + spell.number(walked.values[-1])
    return head + end + value + spell.words(f", {found.verdict}")


def _data(found: Descent) -> Json:
    whole = descent_lines.data(found, ())
    return (
        {"start": exact(found.numbers.start)}
        | {key: whole[key] for key in _SAID_OF_EACH}
        | {"why": descent_words.reason(found)}
    )


def _remarks(runs: Sequence[Descent]) -> tuple[str, ...]:
    """Return the verdict on each path, what is known of the rate, and what the paths show together."""
    said = [f"Path {i}: {each}" for i, found in enumerate(runs, 1) for each in descent_words.verdict(found)]
    limits = [descent_words.limits(each) for each in runs]
    if all(each == limits[0] for each in limits):
        said += limits[0]
    else:
        said += [f"Path {i}: {each}" for i, found in enumerate(limits, 1) for each in found]
    settled = [each.shown.path[-1] for each in runs if each.verdict.startswith("converges")]
    if _differ(runs):
        leave = any(each.verdict in {"diverges", "cycles"} for each in runs)
        return (*said, *([_RATES] if settled and leave else []))
    # A quadratic function has one lowest point, or a flat valley, where the nearest one is the end.
    apart = runs[0].quadratic is None and any(
        dist(settled[0], each) > _APART * (1 + max(map(abs, each))) for each in settled[1:]
    )
    return (*said, *([_BASINS] if apart else []))
