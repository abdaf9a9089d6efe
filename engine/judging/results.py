"""Verdicts on parts, put together: wrong where one is wrong, right where all are right."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.judging.question import Components
from engine.judging.sameness import Outcome, Strength, Verdict

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict on a whole answer, and the verdicts on its parts.

    lacks: what a right answer still lacks in form, "" if nothing.
    """

    outcome: Outcome
    strength: Strength | None
    components: Components
    why: str
    parts: tuple[Verdict, ...] = ()
    lacks: str = ""


def single(verdict: Verdict) -> Result:
    """Return the result for an answer that has no parts."""
    return Result(verdict.outcome, verdict.strength, (), verdict.why, (verdict,), verdict.lacks)


def gathered(parts: Sequence[Verdict], components: Components | None = None) -> Result:
    """Return the result for the parts of an answer, and which of them are right."""
    found = tuple(right(each) for each in parts)
    shown = found if components is None else components
    if False in found:
        return Result("wrong", None, shown, _which(found) if components is None else "", tuple(parts))
    if None in found:
        why = next(each.why for each in parts if each.outcome == "undecided")
        return Result("undecided", None, shown, why, tuple(parts))
    strength: Strength = "identical" if all(each.strength == "identical" for each in parts) else "agrees"
    lacks = next((each.lacks for each in parts if each.lacks), "")
    return Result("right", strength, shown, "", tuple(parts), lacks)


def right(verdict: Verdict) -> bool | None:
    """Return whether a part is right, None where that is not decided."""
    return None if verdict.outcome == "undecided" else verdict.outcome == "right"


def _which(found: Sequence[bool | None]) -> str:
    names = [name for name, each in zip(_ORDINALS, found, strict=False) if each]
    if not names:
        return "No component is right."
    return f"The {' and the '.join(names)} component is right."


def listed(components: Components) -> list[bool | list[bool | None] | None]:
    """Return components as lists, each row of a matrix in a list of its own."""
    return [list(each) if isinstance(each, tuple) else each for each in components]
