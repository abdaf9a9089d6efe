"""A point on the board: values there, exact and decimal."""

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Symbol

from engine.answering.scalar import Scalar
from engine.building import build, symbol
from engine.calculus import derivatives, domain, signs
from engine.calculus.printing import syntax
from engine.errors import NotInDomain, NotSupported, Refused
from engine.reading import Point
from engine.spelling import formula as spell
from engine.spelling.formula import Formula


@dataclass(frozen=True, slots=True)
class Place:
    """A point of a scalar function at which the function is smooth, proven."""

    scalar: Scalar
    values: dict[Symbol, Expr]

    @classmethod
    def of(cls, scalar: Scalar, at: Point) -> "Place":
        """Return the point; refuses (at the option `at`) where f does not exist or is not surely smooth."""
        values = {symbol(name): build(node) for name, node in zip(at.names, at.coordinates, strict=True)}
        place = cls(scalar, values)
        try:
            for value in values.values():
                if signs.is_real_finite(value) is not True:
                    raise NotInDomain(f"{value} is no real number.")
            domain.check_smooth(scalar.conditions, values, place.where)
        except Refused as refused:
            refused.span = refused.span or (0, len(at.text))
            raise refused.at_option("at") from None
        return place

    @property
    def coordinates(self) -> tuple[Expr, ...]:
        """The coordinates, in the order of the variables."""
        return tuple(self.values[s] for s in self.scalar.symbols)

    @property
    def given(self) -> dict[str, str]:
        """The values of parameters that the point gives, in SymPy syntax."""
        known = set(self.scalar.names)
        return {str(name): syntax(value) for name, value in self.values.items() if str(name) not in known}

    @property
    def where(self) -> str:
        """The words "at (1, 2)", or "at x = 1" for one variable."""
        if len(self.coordinates) == 1:
            return f"at {spell.variable(self.scalar.names[0]).text} = {self.scalar.spelled(self.coordinates[0]).text}"
        return f"at {self.shown.text}"

    @property
    def shown(self) -> Formula:
        """The formula (1, 2)."""
        return self.scalar.vector(self.coordinates)

    def at(self, name: Formula) -> Formula:
        """Return the formula f(1, 2) for a function's name."""
        inside = spell.joined(self.scalar.spelled(each) for each in self.coordinates)
        shown = spell.bracketed(inside)
        return Formula(name.text + shown.text, f"{name.typst} {shown.typst}", f"{name.spoken} at {inside.spoken}")

    def value(self, expression: Expr) -> Expr:
        """Return the exact value of an expression there."""
        try:
            return derivatives.at(expression, self.values)
        except Refused as refused:
            raise refused.at_option("at") from None

    def every(self, expressions: Sequence[Expr]) -> tuple[Expr, ...]:
        """Return the exact values of expressions there."""
        return tuple(self.value(each) for each in expressions)

    def with_decimal(self, value: Expr, shown: Formula) -> Formula:
        """Return the formula, with the decimal value beside it where that tells more."""
        if value.free_symbols or value.is_Integer or shown.text.lstrip("-").replace(".", "", 1).isdigit():
            return shown
        return shown + spell.ABOUT + spell.number(decimal(value))


def decimal(value: Expr) -> float:
    """Return the decimal value of a constant; refuses (NotSupported) what cannot be computed surely."""
    try:
        return signs.decimal(value)
    except NotInDomain:
        raise NotSupported("I could not find the decimal value of a result surely, so I give none.") from None


def decimals(values: Sequence[Expr]) -> tuple[float, ...] | None:
    """Return the decimal values, or None where parameters are left in them."""
    return None if any(value.free_symbols for value in values) else tuple(decimal(value) for value in values)
