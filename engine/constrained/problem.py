"""What is asked: a function, its constraints, and the edges of its domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sympy import Expr, Symbol, fraction, together

Sign = Literal["=", "<=", ">=", "<", ">"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """g sign 0, where g is what stands left minus what stands right."""

    g: Expr
    sign: Sign

    @property
    def inward(self) -> Expr:
        """What is not negative where the constraint holds; g itself for an equation. Free of denominators."""
        above, below = fraction(together(self.g)) if self.g.free_symbols else (self.g, 1)
        plain = self.g if not getattr(below, "free_symbols", ()) else above if self.sign == "=" else above * below
        return -plain if self.sign in ("<=", "<") else plain

    @property
    def strict(self) -> bool:
        """Whether the edge itself is excluded."""
        return self.sign in ("<", ">")

    @property
    def closed(self) -> "Constraint":
        """The same with its edge."""
        return Constraint(self.g, "<=" if self.sign == "<" else ">=") if self.strict else self


@dataclass(frozen=True, slots=True)
class Edge:
    """What the function's own formula asks of an expression: where it exists, and where it is smooth.

    A kink needs nothing to exist.
    """

    of: Expr
    exists: Literal["≠ 0", "> 0", "≥ 0", ""]


@dataclass(frozen=True, slots=True)
class Problem:
    """Extremise f under all the constraints, inside of its domain."""

    f: Expr
    variables: tuple[Symbol, ...]
    constraints: tuple[Constraint, ...]
    edges: tuple[Edge, ...] = ()

    @property
    def equalities(self) -> tuple[Constraint, ...]:
        """The equations."""
        return tuple(each for each in self.constraints if each.sign == "=")

    @property
    def closure(self) -> tuple[Constraint, ...]:
        """All constraints and what the domain asks, with every edge taken in."""
        edges = [Constraint(edge.of, ">=") for edge in self.edges if edge.exists in ("≥ 0", "> 0")]
        return (*(each.closed for each in self.constraints), *edges)

    @property
    def strict(self) -> tuple[Constraint, ...]:
        """What must be positive."""
        edges = [Constraint(edge.of, ">") for edge in self.edges if edge.exists == "> 0"]
        return (*(each for each in self.constraints if each.strict), *edges)


def gradient_of(g: Expr, variables: Sequence[Symbol]) -> list[Expr]:
    """Return the partial derivatives."""
    return [g.diff(v) for v in variables]
