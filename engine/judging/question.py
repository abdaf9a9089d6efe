"""What is asked for: the kind of answer, its variables, domain, tolerance and form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Literal, get_args

from engine.errors import Refused, WrongUsage
from engine.judging.places import EVERYWHERE, Condition, Domain
from engine.judging.sameness import Outcome, Strength
from engine.reading import kinds
from engine.reading.kinds import Kind
from engine.values import Json

Form = Literal["factored", "expanded", "lowest terms"]
Components = tuple[bool | None, ...] | tuple[tuple[bool | None, ...], ...]
_TOLERANCES = ("exact", "3 decimals", "4 digits", "1e-6")
_MOST_PLACES = 50
SEED_BITS = 63
# The signs that a variable of a domain may be said to have.
_SIGNS = {"positive": ">0", "negative": "<0", "nonnegative": ">=0", "nonpositive": "<=0", "nonzero": "!=0", "real": ""}


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How near a number must be: to a place after the point, to significant digits, or by a share of the number.

    "rounded" takes a decimal of at least so many digits that is right to its own last one.
    """

    kind: Literal["decimals", "digits", "share", "rounded"]
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer is judged by.

    variables: the names that are variables; those of the reference where none are given.
    tolerance: None asks for the exact value.
    """

    kind: Kind = "expression"
    variables: tuple[str, ...] = ()
    domain: Domain = EVERYWHERE
    tolerance: Tolerance | None = None
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on an answer.

    strength:   of a right one: "identical" is proven, "agrees" is seen within the tolerance or at points.
    components: for each part of the answer whether it is right, None where that is not decided; rows in
                a row for a matrix; () for what has no parts.
    why:        a sentence for the learner.
    receipt:    what `repeat` needs to come to the same verdict.
    """

    verdict: Outcome
    strength: Strength | None
    kind: Kind
    components: Components
    why: str
    receipt: Json


def read_question(
    kind: str = "expression",
    variables: tuple[str, ...] = (),
    domain: str = "",
    tolerance: str = "",
    form: str = "",
) -> Question:
    """Return the question that texts of options ask; refuses (WrongUsage) what is no such thing, at its option."""
    if kind not in get_args(Kind):
        raise WrongUsage("There is no such kind of answer.", option="as", suggestions=get_args(Kind))
    if form and form not in get_args(Form):
        raise WrongUsage("There is no such form.", option="form", suggestions=get_args(Form))
    return Question(
        kind,  # type: ignore[arg-type]  # one of the kinds, as just seen
        variables,
        read_domain(domain, variables),
        read_tolerance(tolerance),
        form or None,  # type: ignore[arg-type]  # one of the forms, as just seen
    )


def read_tolerance(text: str) -> Tolerance | None:
    """Return the tolerance of "3 decimals", "4 digits", "1e-6"; None for "exact" and for nothing."""
    said = text.strip().lower()
    if said in {"", "exact"}:
        return None
    if found := re.fullmatch(r"(\d{1,2})\s*(decimal|digit)s?", said):
        amount = Fraction(int(found[1]))
        if amount <= _MOST_PLACES and (amount or found[2] == "decimal"):
            return Tolerance("decimals" if found[2] == "decimal" else "digits", amount)
    if re.fullmatch(r"\d{0,20}\.?\d{1,20}(e-?\d{1,2})?", said) and 0 < (share := Fraction(said)) < 1:
        return Tolerance("share", share)
    raise WrongUsage(
        "A tolerance is for instance 3 decimals, 4 digits, 1e-6 or exact.",
        option="tolerance",
        span=(0, len(text)),
        suggestions=_TOLERANCES,
    )


def read_domain(text: str, variables: tuple[str, ...] = ()) -> Domain:
    """Return the domain of "x>0, y>0", "0 < x < 1 and y real", or of none; refuses what is no condition."""
    found: list[Condition] = []
    for part in re.split(r"\s*(?:[,;]|\band\b|&&?)\s*", text.strip()):
        named = re.fullmatch(r"(\w+)\s+(?:is\s+)?(\w+)", part)
        if named and named[2] in _SIGNS:
            part = named[1] + _SIGNS[named[2]] if _SIGNS[named[2]] else ""  # noqa: PLW2901 - the same condition, spelled out
        if part:
            found += _conditions(part, variables)
    return Domain(tuple(found), text.strip())


def _conditions(text: str, variables: tuple[str, ...]) -> list[Condition]:
    pieces = re.split(r"(<=|>=|!=|[<>=≤≥≠])", text)
    try:
        read = [
            kinds.read(f"{left}{sign}{right}", "relation", variables)
            for left, sign, right in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False)
        ]
    except Refused as refused:
        raise refused.at_option("domain") from None
    found = [Condition(each.left, each.sign, each.right) for each in read if isinstance(each, kinds.Relation)]
    if not found:
        raise WrongUsage(
            "A domain is written with conditions.", option="domain", span=(0, len(text)), suggestions=("x>0, y>0",)
        )
    return found


def seeds_from(seed: int) -> Iterator[int]:
    """Yield seeds for the parts of one verdict."""
    random = Random(seed)  # noqa: S311 - drawn points need no secrecy, but the seed is one
    while True:
        yield random.getrandbits(SEED_BITS)
