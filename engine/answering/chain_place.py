"""The chain rule at a point: the inner values, each factor there, the products, and their sum."""

from dataclasses import dataclass

from sympy import Add, Expr, count_ops

from engine.answering.chain_lines import DOT, Told, added
from engine.answering.chains import Path, Total, shorter
from engine.answering.place import Place, decimal
from engine.answering.scalar import exact
from engine.answering.slopes import step
from engine.building import symbol
from engine.calculus.printing import syntax
from engine.calculus.signs import sign
from engine.errors import NotSupported, Refused, TooLarge
from engine.reading import Point
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

NOWHERE: Json = dict.fromkeys(
    ("at", "given", "inner_at", "value", "derivative_at", "derivative_at_decimal", "differentiable")
)
_HUGE = 10**4000


@dataclass(frozen=True, slots=True)
class Share:
    """What comes along one path at the point: the values of its factors."""

    path: Path
    outer: Expr
    inner: Expr


@dataclass(frozen=True, slots=True)
class Sum:
    """The derivative by one inner variable at the point: the shares of its paths, added."""

    total: Total
    shares: tuple[Share, ...]
    value: Expr

    def numbers(self) -> tuple[Expr, ...]:
        """Return every number that is shown of it."""
        return (*(number for each in self.shares for number in (each.outer, each.inner)), self.value)


@dataclass(frozen=True, slots=True)
class There:
    """A chain rule at a point at which all functions are smooth.

    inner:  the values of the inner functions.
    value:  of the composition.
    """

    told: Told
    place: Place
    inner: dict[str, Expr]
    value: Expr
    sums: tuple[Sum, ...]

    @classmethod
    def of(cls, told: Told, at: Point) -> "There":
        """Return the values there; refuses (at the option `at`) where a function is not smooth, or not surely."""
        chain = told.parts.chain
        place = Place.of(chain.whole, at)
        inner = {str(name): place.value(value) for name, value in chain.values.items()}
        known = Place(chain.outer, place.values | {symbol(name): value for name, value in inner.items()})
        sums = tuple(_sum(known, place, each) for each in chain.totals)
        value = known.value(chain.outer.expression)
        numbers = (*inner.values(), value, *(number for each in sums for number in each.numbers()))
        if any(each.is_Rational and max(int(each.p), int(each.q), -int(each.p)) >= _HUGE for each in numbers):
            raise TooLarge("The exact numbers take too many digits here.", option="at", span=(0, len(at.text)))
        return cls(told, place, inner, value, sums)

    def lines(self) -> tuple[Formula, ...]:
        """Return the values of the inner functions, of the factors, and the sum of the products."""
        name = self.told.parts.chain.read.f.name
        at = spell.joined(_named(spell.variable(str(s)), self._number(v)) for s, v in self.place.values.items())
        values = [*self.inner.items(), (self.told.top, self.value)]
        inner = [_named(spell.variable(each), self._number(value)) for each, value in values]
        shares = [share for each in self.sums for share in each.shares]
        outer = {each.path.through or each.path.by: each.outer for each in shares}
        slopes = {(each.path.through, each.path.by): each.inner for each in shares if each.path.through}
        partials = [_named(spell.partial(name, by), self._number(value)) for by, value in outer.items()]
        inside = [
            _named(self.told.inner_ratio(through, by), self._number(value))
            for (through, by), value in slopes.items()
            if through
        ]
        return (
            spell.words("at ") + at + spell.words(": ") + spell.joined(inner),
            spell.joined(partials),
            spell.joined(inside),
            *map(self._total, self.sums),
        )

    def _total(self, each: Sum) -> Formula:
        products = added(map(self._product, each.shares))
        return self.told.left(each.total.by) + spell.EQUALS + products + spell.EQUALS + self._number(each.value)

    def _product(self, share: Share) -> Formula:
        if share.path.through is None:
            return self._exact(share.outer)
        return self._factor(share.outer) + DOT + self._factor(share.inner)

    def _exact(self, value: Expr) -> Formula:
        return self.place.scalar.spelled(value)

    def _factor(self, value: Expr) -> Formula:
        shown = self._exact(value)
        return spell.bracketed(shown) if shown.text.startswith("-") or " " in shown.text else shown

    def _number(self, value: Expr) -> Formula:
        return self.place.with_decimal(value, self._exact(value))

    def steps(self) -> list[Json]:
        """Return the step that puts the point in, for each inner variable."""
        where = ", ".join(f"{name} = {syntax(value)}" for name, value in self.place.values.items())
        return [
            step("evaluate-at-point", f"{syntax(each.total.value)} at {where}", syntax(each.value))
            for each in self.sums
        ]

    def data(self) -> Json:
        """Return the data at the point; decimals are null where letters are left."""
        return {
            "at": exact(self.place.coordinates),
            "given": self.place.given,
            "inner_at": {name: syntax(value) for name, value in self.inner.items()},
            "value": syntax(self.value),
            "derivative_at": {each.total.by: syntax(each.value) for each in self.sums},
            "derivative_at_decimal": {
                each.total.by: None if each.value.free_symbols else decimal(each.value) for each in self.sums
            },
            "differentiable": True,
        }

    def remarks(self) -> tuple[str, ...]:
        """Return which paths add nothing here."""
        several = [share for each in self.sums if len(each.shares) > 1 for share in each.shares]
        still = [each.path for each in several if sign(each.outer * each.inner) == 0]
        if not still:
            return ()
        ways = ", ".join(self.told.way(each).text for each in still)
        return (f"A factor is zero here on {ways}: to first order nothing comes that way at this point.",)


def _named(name: Formula, value: Formula) -> Formula:
    return name + spell.EQUALS + value


def _sum(known: Place, place: Place, total: Total) -> Sum:
    """Return the sum of the products; refuses (NotSupported) one that is surely not what the formula gives there."""
    shares = tuple(Share(each, known.value(each.outer), known.value(each.inner)) for each in total.paths)
    value = shorter(Add(*(each.outer * each.inner for each in shares)))
    try:
        formula = place.value(total.value)
    except Refused:
        return Sum(total, shares, value)
    if sign(formula - value):
        raise NotSupported("The formula and the products disagree at this point, so I give no answer.", option="at")
    return Sum(total, shares, min(value, formula, key=count_ops))
