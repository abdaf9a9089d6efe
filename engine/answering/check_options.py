"""The options of /check as read, before SymPy is loaded."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from engine.answering.chain_options import Composed, read_chain
from engine.answering.loss_options import Fit, LossKind, read_fit
from engine.answering.subjects import Subject, read_subject
from engine.errors import Refused, WrongUsage
from engine.reading import Expression, Names, Point, read_names
from engine.reading.points import coordinates_for

Ask = Literal["ascent_unit", "descent_unit", "max_rate"]
Goal = Literal["min", "max"]
WANTS = (
    *("partial", "gradient", "hessian", "discriminant", "classify", "critical", "steepest", "directional", "tangent"),
    *("step", "rate-limit", "behaviour", "chain", "loss", "optimum"),
)


@dataclass(frozen=True, slots=True)
class Options:
    """What is to be checked, each option read as far as it can be without computing.

    f:                      the function; for a loss its model.
    at:                     the point in the order of the variables of what is checked.
    wrt, along, rate:       as typed.
    chain, fit, subject:    for chain, loss and optimum only, else None.
    """

    want: str
    f: Expression
    at: Point | None
    wrt: str
    along: str
    rate: str
    steps: int
    goal: Goal
    ask: Ask
    chain: Composed | None = None
    fit: Fit | None = None
    subject: Subject | None = None

    def functions(self) -> tuple[Expression, ...]:
        """Return the functions that the options are put together into."""
        return () if self.chain is None else (self.chain.composition, *(each.read for each in self.chain.inner))


def read_check(  # noqa: PLR0913 - its parameters are the options of the command
    want: str,
    *,
    f: Expression | None = None,
    at: Point | None = None,
    wrt: str = "",
    along: str = "",
    rate: str = "",
    steps: str = "1",
    goal: Goal = "min",
    ask: Ask = "ascent_unit",
    inner: str = "",
    subject: str = "",
    model: Expression | None = None,
    data: str = "",
    parameters: Names | None = None,
    kind: LossKind = "mse",
    **_answer: object,
) -> Options:
    """Return the options; each refusal names its option and stands in the text given there.

    Refuses (WrongUsage) a want that is none, and one without what it is about.
    """
    name = want.strip().lower()
    if name not in WANTS:
        raise WrongUsage("There is no such thing to check.", option="want", span=(0, len(want)), suggestions=WANTS)
    about = model if name == "loss" else f
    if about is None and name == "loss":
        raise WrongUsage("To check a loss I need its model: model=w*x+b.", option="model", suggestions=("w*x+b",))
    if about is None:
        raise WrongUsage(f"To check a {name} I need the function: f=x^2+y^2.", option="f", suggestions=("x^2+y^2",))
    found = Options(name, about, at, wrt, along, rate, _count(steps), goal, ask)
    if name == "chain":
        chain = read_chain(about, _given(name, "inner", inner, "x=t^2, y=3t+1"), at, _names(wrt))
        return replace(found, chain=chain, at=chain.at)
    if name == "loss":
        points = _given(name, "data", data, "(1,3),(2,5),(3,7)")
        fit = read_fit(about, points, kind=kind, parameters=parameters, at=at)
        return replace(found, fit=fit, at=at and replace(at, coordinates=fit.at or (), names=fit.parameters))
    if name == "optimum":
        return replace(found, subject=read_subject(_given(name, "subject", subject, "x+y=5"), about))
    return replace(found, at=at and _fitted(about, at))


def _count(steps: str) -> int:
    if not re.fullmatch(r"\s*\d{1,3}\s*", steps, re.ASCII):
        raise WrongUsage("steps is a whole number, 1 for instance.", option="steps", span=(0, len(steps)))
    return int(steps)


def _given(name: str, option: str, text: str, example: str) -> str:
    if not text.strip():
        said = f"To check a{'n' * (name[0] in 'aeiou')} {name} I need {option}: {option}={example}."
        raise WrongUsage(said, option=option, suggestions=(example,))
    return text


def _names(wrt: str) -> Names | None:
    try:
        return read_names(wrt) if wrt.strip() else None
    except Refused as refused:
        raise refused.at_option("wrt") from None


def _fitted(f: Expression, at: Point) -> Point:
    if not f.variables:
        return at
    try:
        return replace(at, coordinates=coordinates_for(at, f.variables), names=f.variables)
    except Refused as refused:
        raise refused.at_option("at") from None
