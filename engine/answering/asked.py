"""A check on the board: its options built, and what the right answer of one looks like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from sympy import Expr

from engine.answering.chains import Chain
from engine.answering.check_options import Options
from engine.answering.losses import loss
from engine.answering.place import Place
from engine.answering.scalar import Scalar
from engine.building import build, unbuild
from engine.calculus import derivatives
from engine.calculus.signs import sign
from engine.errors import NotANumber, Refused, WrongUsage
from engine.reading import kinds
from engine.reading.kinds import Kind, Shape
from engine.reading.tree import Node
from engine.values import Budget


@dataclass(frozen=True, slots=True)
class Asked:
    """What is checked: the function and the place built.

    scalar: the function; for a chain the composition, for a loss all of it, for an optimum with the
            variables of the constraints.
    chain:  the chain rule, worked out; None for everything else.
    """

    options: Options
    scalar: Scalar
    place: Place | None
    budget: Budget
    chain: Chain | None = None

    @classmethod
    def of(cls, options: Options, budget: Budget) -> Self:
        """Return the check built; refuses what the topics refuse, at the option that it stands in."""
        chain = None if options.chain is None else Chain.of(options.chain, budget)
        if chain is not None:
            scalar = chain.whole
        elif options.fit is not None:
            scalar = loss(options.fit).scalar
        else:
            names = options.f.variables if options.subject is None else options.subject.names
            scalar = Scalar.of(options.f, names)
        place = None if options.at is None or options.subject is not None else Place.of(scalar, options.at)
        if chain is not None:
            scalar = replace(scalar, names=(*chain.read.letters, *chain.read.free))
        return cls(options, scalar, place, budget, chain)

    def there(self, want: str) -> Place:
        """Return the place; refuses (WrongUsage) a check that needs one and has none."""
        if self.place is None:
            raise WrongUsage(f"To check a {want} I need the point: at=1,2.", option="at", suggestions=("1,2",))
        return self.place

    def values(self, expressions: Sequence[Expr]) -> tuple[Expr, ...]:
        """Return expressions at the place, or as they are where none is given."""
        return tuple(expressions) if self.place is None else self.place.every(expressions)

    @property
    def partials(self) -> tuple[Expr, ...]:
        """The gradient, as functions."""
        return derivatives.gradient(self.scalar.expression, self.scalar.symbols)

    def rate(self) -> Expr:
        """Return the step size; refuses (WrongUsage) a check without one, and one that is not above 0."""
        if not self.options.rate:
            raise WrongUsage("I need the step size: rate=0.1.", option="rate", suggestions=("0.1",))
        try:
            read = kinds.read(self.options.rate, "number")
            if not isinstance(read, kinds.Number):
                raise NotANumber("The step size is a number.", span=(0, len(self.options.rate)))
        except Refused as refused:
            raise refused.at_option("rate") from None
        found = build(read.tree)
        if sign(found) != 1:
            raise WrongUsage("The step size is a number above 0.", option="rate", suggestions=("0.1",))
        return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """The right answer of a check, and the kind of answer it is.

    also:     what is right too, and why in a sentence.
    certain:  whether the answer is proven to be the whole one.
    labelled: points with what each of them is, all ways to say it; right too where points alone are asked for.
    value:    what may be given instead of points: the value there; None: nothing.
    given:    names in an answer that stand for formulas.
    """

    kind: Kind
    right: Shape
    also: tuple[Shape, ...] = ()
    also_why: str = ""
    certain: bool = True
    labelled: tuple[kinds.Labels, ...] = ()
    value: kinds.Number | None = None
    given: Mapping[str, Node] = field(default_factory=dict)


def number(value: Expr) -> Wanted:
    """Return a number as the right answer, an expression where letters are left in it."""
    if value.free_symbols:
        return Wanted("expression", kinds.Expression("", unbuild(value), ()))
    return Wanted("number", kinds.Number("", unbuild(value)))


def vector(values: Sequence[Expr], kind: Kind = "vector") -> Wanted:
    """Return a vector, or a direction, as the right answer."""
    return Wanted(kind, kinds.Vector("", tuple(map(unbuild, values))))
