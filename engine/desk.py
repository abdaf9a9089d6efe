"""The few jobs a worker can be given: names, arguments and results of built-in types only."""

import dataclasses
from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules

from engine import answering, marking
from engine.answering import numpy_code
from engine.answering.declare import Topic
from engine.answering.drawing import draw
from engine.calculus.pieces import by_cases, regions
from engine.errors import NotAllowed, WrongUsage
from engine.pictures.bars import Bar, Bars, alternative, draw_bars
from engine.pictures.theme import named
from engine.reading import Expression
from engine.reading.vector_functions import VectorFunction
from engine.spelling.numbers import with_digits
from engine.topics import TOPICS
from engine.values import Budget, Json, Worked

Done = tuple[Json, list[bytes]]
# What topics load in their bodies is loaded here, before the workers fork.
for _each in iter_modules(answering.__path__, f"{answering.__name__}."):
    import_module(_each.name)


def perform(job: str, arguments: Json, budget: Budget) -> Done:
    """Return the value and the binary frames of a job of the closed list below.

    Refuses what the job refuses; an unknown job is WrongUsage.
    """
    try:
        work = _JOBS[job]
    except KeyError:
        raise WrongUsage(f"There is no job {job!r}.") from None
    return work(arguments, budget)


def solve(
    topic: str,
    options: Mapping[str, str],
    *,
    budget: Budget,
    pictures: bool = False,
    theme: str = "dark",
    motion: bool = True,
    decimals: int | None = None,
) -> Worked:
    """Return a topic's worked answer.

    pictures, theme: whether any are drawn, and how.
    motion:          whether they may move.
    decimals:        the digits of decimal numbers in texts and pictures; None for the usual ones.
    """
    declared = TOPICS[topic]
    values = declared.read(options)
    with with_digits(decimals):
        answer = declared.answer(values, budget)
        drawn, missing = draw(answer, theme, motion=motion) if pictures else ((), ())
    return Worked(
        title=answer.title,
        lines=(*(formula.text for formula in answer.formulas), *answer.remarks, *missing),
        data=answer.data,
        pictures=drawn,
        actions=(*_other_readings(declared, options, values), *answer.actions),
    )


def _other_readings(declared: Topic, options: Mapping[str, str], values: Json) -> list[str]:
    """Return command lines for the readings of functions that were not taken."""
    return [
        f"/{declared.name} "
        + " ".join(f"{each}={note.alternative if each == name else text}" for each, text in options.items())
        for name, value in values.items()
        if isinstance(value, Expression | VectorFunction)
        for note in value.notes
    ]


def _parts(f: Expression) -> list[Expression]:
    """Return a function and its pieces, each of which would be answered too."""
    pieces = regions(f.tree) if by_cases(f.tree) else ()
    return [f, *(dataclasses.replace(f, tree=piece.tree) for piece in pieces)]


def _functions(value: object) -> tuple[Expression, ...]:
    """Return the functions that the value of an option is made of."""
    return (value,) if isinstance(value, Expression) else value.parts if isinstance(value, VectorFunction) else ()


def _helps(arguments: Json, read: Json) -> bool:
    """Tell whether the functions asked about are those of an exercise; refuses those of an open quiz question."""
    functions = [part for value in read.values() for f in _functions(value) for part in _parts(f)]
    if any(marking.is_about(**each, f=f) for each in arguments["sealed"] for f in functions):
        raise NotAllowed("This is the function of your open quiz question; its answer waits for the bell.")
    return any(marking.is_about(**each, f=f) for each in arguments["practised"] for f in functions)


def _solve(arguments: Json, budget: Budget) -> Done:
    read = TOPICS[arguments["topic"]].read(arguments["options"])
    helps = _helps(arguments, read)
    worked = solve(
        arguments["topic"],
        arguments["options"],
        budget=budget,
        pictures=arguments["pictures"],
        theme=arguments["theme"],
        motion=arguments.get("motion", True),
        decimals=arguments["decimals"],
    )
    value = {field.name: getattr(worked, field.name) for field in dataclasses.fields(worked)}
    value["pictures"] = [{"name": picture.name, "alt": picture.alt} for picture in worked.pictures]
    value |= {"helps": helps, "code": numpy_code.offers(arguments["topic"], read, worked.data)}
    return value, [picture.content for picture in worked.pictures]


def _code(arguments: Json, budget: Budget) -> Done:
    declared = TOPICS[arguments["topic"]]
    read = declared.read(arguments["options"])
    helps = _helps(arguments, read)
    answer = declared.answer(read, budget)
    code = numpy_code.written(declared.name, read, answer.data)
    return {"title": answer.title, "code": code, "data": answer.data, "helps": helps}, []


def warm() -> None:
    """Do once what is slow the first time: fonts, the first typesetting, the first map."""
    budget = Budget(deadline=60.0, now=lambda: 0.0)
    solve("grad", {"f": "x^2+y^2", "at": "1,2"}, budget=budget, pictures=True)


def _pose(arguments: Json, budget: Budget) -> Done:  # noqa: ARG001 - posing takes no time
    posed = marking.pose(**arguments)
    return dataclasses.asdict(posed), []


def _mark(arguments: Json, budget: Budget) -> Done:  # noqa: ARG001 - the hard end is enough
    return dataclasses.asdict(marking.mark(**arguments)), []


def _hint(arguments: Json, budget: Budget) -> Done:  # noqa: ARG001 - the same
    return {"hint": marking.hint(**arguments)}, []


def _see_again(arguments: Json, budget: Budget) -> Done:  # noqa: ARG001 - the same
    return dataclasses.asdict(marking.see_again(**arguments)), []


def _chart(arguments: Json, budget: Budget) -> Done:  # noqa: ARG001 - drawing a few bars takes no time
    chart = Bars(arguments["title"], tuple(Bar(*each) for each in arguments["bars"]))
    return {"name": "chart.png", "alt": alternative(chart)}, [draw_bars(chart, named(arguments["theme"]))]


_JOBS: dict[str, Callable[[Json, Budget], Done]] = {
    "solve": _solve,
    "code": _code,
    "pose": _pose,
    "mark": _mark,
    "see again": _see_again,
    "hint": _hint,
    "chart": _chart,
}
