"""A partial derivative of any order as it is said: one stage for each variable in turn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sympy import Expr

from engine.answering import derived as first
from engine.answering.derived import Derived, Shown
from engine.answering.place import Place, decimal
from engine.answering.scalar import Scalar, exact
from engine.answering.slopes import step
from engine.building import symbol
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.errors import Refused
from engine.reading import Point
from engine.reading.points import coordinates_for
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

NOWHERE: Json = dict.fromkeys(("at", "derivative_at", "derivative_at_decimal", "given"))
MIXED = "Where the mixed derivatives are continuous, and here they are, the order of the variables does not matter."
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def derived(scalar: Scalar, order: Sequence[str], shown: Shown) -> tuple[Derived, ...]:
    """Return the derivative of each stage."""
    partial = derivatives.gradient(scalar.expression, [symbol(order[0])])[0]
    found = [Derived.of(scalar, order[0], partial, shown)]
    for by in order[1:]:
        found.append(found[-1].again(by))
    return tuple(found)


def lines(scalar: Scalar, found: Sequence[Derived], shown: Shown) -> tuple[Formula, ...]:
    """Return the function, and the lines of each stage."""
    lefts = [left_side(scalar, [each.by for each in found[: i + 1]]) for i in range(len(found))]
    return (scalar.echo(), *(line for left, each in zip(lefts, found, strict=True) for line in each.lines(left, shown)))


def left_side(scalar: Scalar, order: Sequence[str]) -> Formula:
    """Return the left side of a line: ∂³f/∂y∂x² for first x, x, and then y."""
    if len(order) == 1:
        return spell.partial(scalar.read.name, order[0])
    groups = [(spell.variable(name), len(list(run))) for name, run in groupby(reversed(order))]
    what, total = spell.variable(scalar.read.name), len(order)
    below = "".join(f"∂{name.text}{_power(times)}" for name, times in groups)
    typeset = " ".join(
        f"partial {name.typst}^({times})" if times > 1 else f"partial {name.typst}" for name, times in groups
    )
    said = " and ".join(spell.variable(name).spoken for name in order)
    return Formula(
        f"∂{_power(total)}{what.text}/{below}",
        f"frac(partial^({total}) {what.typst}, {typeset})",
        f"partial {what.spoken} by {said}",
    )


def _power(times: int) -> str:
    return str(times).translate(_RAISED) if times > 1 else ""


def data(scalar: Scalar, found: Sequence[Derived]) -> Json:
    """Return the data without a point; the last step has the derivative."""
    rules = [one for each in found for one in (*each.rules(1), each.closing())]
    if len(found) == 2:
        rule = "second-partial" if found[0].by == found[1].by else "mixed-partial"
        told = f"{syntax(scalar.expression)} by {found[0].by}, {found[1].by}"
        rules.append(step(rule, told, rules[-1]["result"]))
    return scalar.data() | {
        "wrt": [each.by for each in found],
        "derivative": syntax(found[-1].partial),
        "steps": rules,
    }


def remarks(found: Sequence[Derived], shown: Shown) -> tuple[str, ...]:
    """Return what is missing, and that the order of mixed derivatives does not matter."""
    mixed = len({each.by for each in found}) > 1
    return (*first.remarks(found, shown), *([MIXED] if mixed else []))


def fitted_point(scalar: Scalar, at: Point) -> Point:
    """Return the point in the order of the variables; refuses what does not fit them."""
    try:
        coordinates = coordinates_for(at, scalar.names)
    except Refused as refused:
        raise refused.at_option("at") from None
    return replace(at, coordinates=coordinates, names=scalar.names)


@dataclass(frozen=True, slots=True)
class At:
    """A derivative at a point, exact."""

    place: Place
    found: Sequence[Derived]
    value: Expr

    @classmethod
    def of(cls, place: Place, found: Sequence[Derived]) -> "At":
        """Return the derivative there; refuses where it has no finite value."""
        return cls(place, found, place.value(found[-1].partial))

    def lines(self) -> tuple[Formula, ...]:
        """Return the line ∂f/∂x(1, 2) = 16."""
        left = self.place.at(left_side(self.place.scalar, [each.by for each in self.found]))
        return (left + spell.EQUALS + self.place.with_decimal(self.value, self.place.scalar.spelled(self.value)),)

    def data(self) -> Json:
        """Return the data at the point."""
        return {
            "at": exact(self.place.coordinates),
            "given": self.place.given,
            "derivative_at": syntax(self.value),
            "derivative_at_decimal": None if self.value.free_symbols else decimal(self.value),
        }

    def steps(self) -> list[Json]:
        """Return the step that puts the point in."""
        where = ", ".join(exact(self.place.coordinates))
        return [step("evaluate-at-point", f"{syntax(self.found[-1].partial)} at ({where})", syntax(self.value))]

    def remarks(self) -> tuple[str, ...]:
        """Return the values that the point gives to parameters."""
        return tuple(f"Here {name} = {value}." for name, value in self.place.given.items())
