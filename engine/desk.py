"""The few jobs a worker can be given: names, arguments and results of built-in types only."""

import dataclasses
from collections.abc import Callable, Mapping

from engine import marking
from engine.answering import curvature, extrema, plots, slopes, windows  # noqa: F401 - loaded here, before the workers fork
from engine.answering.declare import Topic
from engine.answering.drawing import draw
from engine.errors import NotAllowed, WrongUsage
from engine.pictures.bars import Bar, Bars, alternative, draw_bars
from engine.pictures.theme import named
from engine.reading import read_expression
from engine.topics import TOPICS
from engine.values import Budget, Json, Worked

Done = tuple[Json, list[bytes]]


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
    topic: str, options: Mapping[str, str], *, budget: Budget, pictures: bool = False, theme: str = "dark"
) -> Worked:
    """Return a topic's worked answer; `pictures` says whether any are drawn, `theme` how."""
    declared = TOPICS[topic]
    values = declared.read(options)
    answer = declared.function(**values, **({"budget": budget} if declared.timed else {}))
    drawn, missing = draw(answer, theme) if pictures else ((), ())
    return Worked(
        title=answer.title,
        lines=(*(formula.text for formula in answer.formulas), *answer.remarks, *missing),
        data=answer.data,
        pictures=drawn,
        actions=(*_other_readings(declared, options, values), *answer.actions),
    )


def _other_readings(declared: Topic, options: Mapping[str, str], values: Json) -> list[str]:
    """Return command lines for the readings of f that were not taken."""
    notes = values["f"].notes if "f" in values else ()
    rest = "".join(f" {name}={text}" for name, text in options.items() if name != "f")
    return [f"/{declared.name} f={note.alternative}{rest}" for note in notes]


def _solve(arguments: Json, budget: Budget) -> Done:
    f = read_expression(arguments["options"]["f"])
    if any(marking.is_about(**each, f=f) for each in arguments["sealed"]):
        raise NotAllowed("This is the function of your open quiz question; its answer waits for the bell.")
    worked = solve(
        arguments["topic"],
        arguments["options"],
        budget=budget,
        pictures=arguments["pictures"],
        theme=arguments["theme"],
    )
    value = {field.name: getattr(worked, field.name) for field in dataclasses.fields(worked)}
    value["pictures"] = [{"name": picture.name, "alt": picture.alt} for picture in worked.pictures]
    value["helps"] = any(marking.is_about(**each, f=f) for each in arguments["practised"])
    return value, [picture.content for picture in worked.pictures]


def warm() -> None:
    """Do once what is slow the first time: fonts, the first typesetting, the first map."""
    budget = Budget(deadline=60.0, now=lambda: 0.0)
    solve("grad", {"f": "x^2+y^2", "at": "1,2"}, budget=budget, pictures=True)


def _pose(arguments: Json, budget: Budget) -> Done:  # noqa: ARG001 - posing takes no time
    posed = marking.pose(arguments["family"], arguments["seed"], arguments["given"])
    return dataclasses.asdict(posed), []


def _mark(arguments: Json, budget: Budget) -> Done:  # noqa: ARG001 - the hard end is enough
    return dataclasses.asdict(marking.mark(**arguments)), []


def _hint(arguments: Json, budget: Budget) -> Done:  # noqa: ARG001 - the same
    return {"hint": marking.hint(**arguments)}, []


def _chart(arguments: Json, budget: Budget) -> Done:  # noqa: ARG001 - drawing a few bars takes no time
    chart = Bars(arguments["title"], tuple(Bar(*each) for each in arguments["bars"]))
    return {"name": "chart.png", "alt": alternative(chart)}, [draw_bars(chart, named(arguments["theme"]))]


_JOBS: dict[str, Callable[[Json, Budget], Done]] = {
    "solve": _solve,
    "pose": _pose,
    "mark": _mark,
    "hint": _hint,
    "chart": _chart,
}
