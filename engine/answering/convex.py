"""Convexity on the board: the domain, the verdict on each convex piece of it, the proof and what disproves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sympy import Expr

from engine.answering import convex_data, convex_lines
from engine.answering.convex_domains import Domain
from engine.answering.scalar import Scalar
from engine.answering.second import Second
from engine.answering.slopes import step
from engine.building import build
from engine.calculus import domain as conditions
from engine.calculus import grids
from engine.calculus.printing import syntax
from engine.convexity import Decision, Demand, NotConvexError, Region, decide, regions
from engine.convexity.hessian import determinant
from engine.critical.spans import Array
from engine.errors import NotInDomain, NotSupported, Refused
from engine.spelling.formula import Formula
from engine.values import Budget, Json

Shown = Literal["none", "short", "all"]


@dataclass(frozen=True, slots=True)
class Bending:
    """A function on its domain, and for each convex piece of that what is decided."""

    scalar: Scalar
    domain: Domain
    pieces: tuple[Decision, ...]

    @classmethod
    def of(cls, scalar: Scalar, domain: Domain, budget: Budget) -> "Bending":
        """Return what is decided.

        Refuses (at `domain`) a set that is empty or not seen to be made of convex pieces, (at `f`) parameters.
        """
        if extra := sorted(map(str, scalar.expression.free_symbols - set(scalar.symbols))):
            raise NotSupported(f"Give the parameters numbers: {', '.join(extra)}.", option="f")
        found = _regions(scalar, domain, budget)
        pieces = tuple(decide(scalar.expression, lambda at: _values(scalar, at), each, budget) for each in found)
        if not all(each.tried for each in pieces):
            raise NotSupported("I find no inner point of this domain.", option="domain" if domain.text else "f")
        return cls(scalar, domain, pieces)

    def lines(self, shown: Shown) -> tuple[Formula, ...]:
        """Return for each piece its domain, the proof or what disproves it, and the verdict."""
        found: list[Formula] = []
        for each in self.pieces:
            found += convex_lines.where(self.scalar, each.region, alone=len(self.pieces) == 1)
            found += convex_lines.lines(self.scalar, each, shown)
        return tuple(found)

    def data(self) -> Json:
        """Return the contract's data; with several pieces, `verdict` is null and all stands in `pieces`."""
        every = [convex_data.of(each) for each in self.pieces]
        if len(every) == 1:
            return every[0] | {"pieces": []}
        nothing: Json = dict.fromkeys(every[0]) | {"proof": [], "counterexamples": [], "minors": []}
        return nothing | {"pieces": every}

    def second(self, shown: Shown, budget: Budget) -> Second | None:
        """Return the derivatives with all rules where they are wanted, and there is a Hessian."""
        smooth = shown == "all" and all(each.matrix is not None for each in self.pieces)
        return Second.of(self.scalar, shown, budget) if smooth else None

    def steps(self, second: Second | None) -> list[Json]:
        """Return the steps: second derivatives where there are any, the discriminant, and what follows."""
        first = self.pieces[0]
        found = [] if second is None else [*second.first_steps(), *second.steps()]
        if second is None and first.matrix is not None:
            found = convex_data.stages(first)
        if first.matrix is not None and first.matrix.shape == (2, 2):
            found.append(step("discriminant", "f_xx*f_yy - f_xy**2", syntax(determinant(first.matrix))))
        return [*found, *(convex_data.rule_step(each) for each in self.pieces)]


def _values(scalar: Scalar, at: Array) -> Array:
    return grids.evaluate(scalar.read.tree, {name: at[..., i] for i, name in enumerate(scalar.names)})


def _regions(scalar: Scalar, domain: Domain, budget: Budget) -> tuple[Region, ...]:
    """Return the convex pieces of the domain, as far as f exists there."""
    span = (0, len(domain.text)) if domain.text else None
    try:
        demands = [*_typed(domain), *_natural(scalar.conditions)]
        found = regions(demands, scalar.symbols, budget)
    except NotConvexError as open_:
        raise _not_convex(scalar, domain, open_.of) from None
    except Refused as refused:
        refused.span = refused.span or span
        raise refused.at_option("domain") from None
    if not found:
        raise NotInDomain("No inner point belongs to this domain and to that of f.", option="domain", span=span)
    return found


def _typed(domain: Domain) -> list[Demand]:
    """Return what the typed relations demand, after what their own formulas need."""
    found: list[Demand] = []
    for each in domain.relations:
        needed = [*conditions.conditions(each.left), *conditions.conditions(each.right)]
        conditions.check_constants(needed)
        found += _natural(needed)
        difference: Expr = build(each.left) - build(each.right)
        found.append(
            Demand(difference if each.sign[0] == ">" else -difference, "≥ 0" if each.sign.endswith("=") else "> 0")
        )
    return found


def _natural(needed: Sequence[conditions.Condition]) -> list[Demand]:
    return [Demand(each.of, each.exists) for each in needed if each.exists]


def _not_convex(scalar: Scalar, domain: Domain, demand: Demand) -> NotSupported:
    """Return the refusal of a domain that is not seen to be convex."""
    shown = f"{scalar.spelled(demand.of).text} {demand.wanted}"
    asked = "Convexity is asked on a convex set, one that holds every segment between two of its points;"
    if any(demand.of == each.of for each in _natural(scalar.conditions)):
        return NotSupported(
            f"{asked} f needs {shown}, and I do not see convex pieces there. Choose a convex domain with domain=.",
            option="domain" if domain.text else "f",
            suggestions=tuple(f"domain={name}>0" for name in scalar.names[:1]),
        )
    return NotSupported(
        f"{asked} I do not see that {shown} describes one.",
        option="domain",
        span=(0, len(domain.text)),
        suggestions=("x>0, y>0", "x=0..1, y=0..1", "x^2+y^2<=1"),
    )
