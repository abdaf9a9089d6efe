"""The chain rule over all paths: each factor, each product, their sum; checked against the composition itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sympy
from flint import arb
from sympy import Expr, Symbol

from engine.answering.chain_check import is_proven, refuse_unseen
from engine.answering.chain_options import Composed
from engine.answering.scalar import Scalar
from engine.answering.tidying import is_late, tidied
from engine.building import build, symbol, written_with_decimals
from engine.calculus import derivatives, domain
from engine.calculus.balls import ball
from engine.calculus.domain import Condition
from engine.derivation.enclosed import BITS
from engine.errors import NotInDomain, Refused, TooLarge
from engine.reading import Expression
from engine.values import Budget

_LONG = 60  # operations of an expression that is still worth multiplying out
_POWER = 4
_JUMPS = (sympy.Heaviside, sympy.sign, sympy.Max, sympy.Min)


@dataclass(frozen=True, slots=True)
class Path:
    """One way from the outer function to an inner variable.

    through: the variable in between; None where the outer function has the inner variable itself.
    outer:   the partial derivative of the outer function, in its own variables.
    inner:   the derivative of the inner function, 1 on a direct way.
    """

    by: str
    through: str | None
    outer: Expr
    inner: Expr


@dataclass(frozen=True, slots=True)
class Total:
    """The derivative by one inner variable: a product for each path, and their sum.

    value: the sum with the inner functions put in. proven: whether it is proven, not only seen at points,
    to be the derivative of the composition.
    """

    by: str
    paths: tuple[Path, ...]
    value: Expr
    proven: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """An outer function, inner ones, and the derivatives of what they make together.

    outer:    differentiated by each variable that a path leads through, or that is an inner variable too.
    inside:   the inner functions, in the order of f's variables.
    whole:    the composition as a function of those of wrt, smooth where all parts are.
    partials: of the outer function, in the order of its names.
    """

    read: Composed
    outer: Scalar
    inside: tuple[Scalar, ...]
    whole: Scalar
    partials: tuple[Expr, ...]
    totals: tuple[Total, ...]

    @classmethod
    def of(cls, read: Composed, budget: Budget) -> "Chain":
        """Return the chain rule worked out; refuses what is defined nowhere, or cannot be checked (NotSupported)."""
        given = [each.name for each in read.inner]
        ordered = dict.fromkeys((*read.f.variables, *given, *read.direct))
        names = tuple(each for each in ordered if each in given or each in read.direct)
        decimals = _with_decimals(read)
        outer = _scalar("f", read.f, names, decimals=decimals)
        inside = tuple(
            _scalar("inner", each.read, each.names or read.letters, decimals=decimals) for each in read.inner
        )
        partials = derivatives.gradient(outer.expression, outer.symbols)
        found = cls(read, outer, inside, _whole(read, outer, inside), partials, ())
        return replace(found, totals=tuple(found.total(by, budget) for by in read.wrt))

    @property
    def values(self) -> dict[Symbol, Expr]:
        """The inner functions, to be put in for their names."""
        return _values(self.read, self.inside)

    def total(self, by: str, budget: Budget) -> Total:
        """Return the derivative by one inner variable, checked."""
        if budget.left() <= 0:
            raise TooLarge(f"All of these derivatives take too long; ask for one: wrt={by}.", option="wrt")
        slopes = {}
        for each, scalar in zip(self.read.inner, self.inside, strict=True):
            if by in each.names:
                (slopes[each.name],) = derivatives.gradient(scalar.expression, [symbol(by)])
        paths = tuple(
            Path(by, None if name == by else name, partial, sympy.S.One if name == by else slopes[name])
            for name, partial in zip(self.outer.names, self.partials, strict=True)
            if name == by or name in slopes
        )
        value = shorter(sympy.Add(*(each.outer.xreplace(self.values) * each.inner for each in paths)))
        refuse_unseen(self.whole, by, value, self.start())
        return Total(by, paths, value, not is_late(budget) and is_proven(self.whole, by, value))

    def start(self) -> dict[str, arb] | None:
        """Return the point given, as balls; None without one, and where it leaves variables open."""
        at = self.read.at
        if at is None or not set(self.read.letters) | set(self.read.free) <= set(at.names):
            return None
        found = {name: ball(build(node), BITS) for name, node in zip(at.names, at.coordinates, strict=True)}
        known = {name: value for name, value in found.items() if value is not None}
        return known if len(known) == len(found) else None


def shorter(value: Expr) -> Expr:
    """Return an expression multiplied out or over one denominator, sin^2 + cos^2 as 1, where that is no longer.

    A long one comes back as it is.
    """
    if sympy.count_ops(value) > _LONG:
        return value
    found = min(tidied(value), _over_one(value), key=sympy.count_ops)
    return found if sympy.count_ops(found) <= sympy.count_ops(value) else value


def _over_one(value: Expr) -> Expr:
    """Return an expression as one quotient without common factors, the squares of sines written by cosines."""
    steep = any(each.base.is_Add and abs(each.exp) > _POWER for each in value.atoms(sympy.Pow) if each.exp.is_Rational)
    if steep or value.has(*_JUMPS):
        return value
    above, below = (
        sympy.expand(sympy.expand(each).replace(_is_power_of_sine, _by_cosine))
        for each in sympy.fraction(sympy.together(value))
    )
    return value if below == 0 else sympy.cancel(above / below)


def _is_power_of_sine(value: Expr) -> bool:
    return bool(value.is_Pow and isinstance(value.base, sympy.sin) and value.exp.is_Integer and value.exp >= 2)


def _by_cosine(power: Expr) -> Expr:
    whole, rest = divmod(int(power.exp), 2)
    return (1 - sympy.cos(*power.base.args) ** 2) ** whole * power.base**rest


def _with_decimals(read: Composed) -> bool:
    trees = (read.f.tree, *(each.read.tree for each in read.inner), *(read.at.coordinates if read.at else ()))
    return any(map(written_with_decimals, trees))


def _scalar(option: str, read: Expression, names: tuple[str, ...], *, decimals: bool) -> Scalar:
    try:
        return replace(Scalar.of(read, names), decimals=decimals)
    except Refused as refused:
        raise refused.at_option(option) from None


def _values(read: Composed, inside: Sequence[Scalar]) -> dict[Symbol, Expr]:
    return {symbol(each.name): scalar.expression for each, scalar in zip(read.inner, inside, strict=True)}


def _whole(read: Composed, outer: Scalar, inside: Sequence[Scalar]) -> Scalar:
    """Return the composition; it is smooth for sure where every part is, and the chain rule needs just that."""
    values, conditions = _values(read, inside), domain.conditions(read.composition.tree)
    conditions += tuple(each for scalar in inside for each in scalar.conditions)
    conditions += tuple(replace(each, of=each.of.xreplace(values)) for each in outer.conditions)
    found: dict[tuple[Expr, str, str], Condition] = {}
    for each in conditions:
        found.setdefault((each.of, each.exists, each.smooth), each)
    _refuse_nowhere(tuple(found.values()))
    notes = (*read.f.notes, *(note for each in read.inner for note in each.read.notes))
    composition, expression = replace(read.composition, notes=notes), outer.expression.xreplace(values)
    return Scalar(composition, expression, read.wrt, tuple(found.values()), outer.decimals)


def _refuse_nowhere(conditions: Sequence[Condition]) -> None:
    """Refuse (NotInDomain) functions that fit together nowhere, or that have a kink everywhere."""
    try:
        domain.check_constants(conditions)
    except Refused as refused:
        raise refused.at_option("inner") from None
    for each in conditions:
        if not each.of.free_symbols and each.holds(each.smooth, each.of) is not True:
            raise NotInDomain(
                f"The chain rule needs {each.shown}, and with these inner functions that holds nowhere.", option="inner"
            )
