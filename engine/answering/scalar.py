"""A scalar function on the board: echoed, described, differentiated, evaluated and shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import CRootOf, Expr, Symbol, count_ops

from engine.building import build, symbol, unbuild, written_with_decimals
from engine.calculus import domain, signs
from engine.calculus.printing import syntax
from engine.errors import NotSupported, WrongUsage
from engine.reading import Expression
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

MAX_SHOWN = 400
_UNKNOWN = symbol("lamda")


def exact(values: Sequence[Expr]) -> list[str]:
    """Return expressions in SymPy syntax, as the contract's `data` has them."""
    return [syntax(value) for value in values]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A function of real variables, as read and as SymPy has it.

    names: the variables it is differentiated by, in order; its other names are parameters.
    """

    read: Expression
    expression: Expr
    names: tuple[str, ...]
    conditions: tuple[domain.Condition, ...]
    decimals: bool

    @classmethod
    def of(cls, read: Expression, names: tuple[str, ...]) -> "Scalar":
        """Return the function; refuses constants, and parts that are defined nowhere."""
        if not names:
            raise WrongUsage(
                f"{spell.of(read.tree).text} is a constant: it has no variables, and every derivative of it is zero.",
                option="f",
                span=(0, len(read.text)),
                suggestions=("x^2+y^2",),
            )
        conditions = domain.conditions(read.tree)
        domain.check_constants(conditions)
        return cls(read, build(read.tree), names, conditions, written_with_decimals(read.tree))

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of the variables, in order."""
        return tuple(symbol(name) for name in self.names)

    @property
    def header(self) -> Formula:
        """The formula f(x, y)."""
        return spell.header(self.read.name, self.names)

    def echo(self) -> Formula:
        """Return the function as it was read: f(x, y) = x^2 + y^2."""
        return self.header + spell.EQUALS + spell.of(self.read.tree)

    def spelled(self, value: Expr) -> Formula:
        """Return an expression written as the learner writes: decimals where decimals were typed."""
        if isinstance(value, CRootOf):
            return spell.words("a root of ") + spell.of(unbuild(value.poly.as_expr(_UNKNOWN)))
        # Every operation takes a character at least; spelling goes as deep as a sum is long.
        if count_ops(value) > MAX_SHOWN:
            return _too_long(len(syntax(value)))
        try:
            shown = spell.of(unbuild(value, decimals=self.decimals))
        except NotSupported:
            return spell.number(signs.decimal(value))
        return _too_long(len(shown.text)) if len(shown.text) > MAX_SHOWN else shown

    def vector(self, values: Sequence[Expr]) -> Formula:
        """Return a vector of expressions."""
        return spell.vector(self.spelled(value) for value in values)

    def data(self) -> Json:
        """Return what every topic's data begins with."""
        parameters = sorted({str(s) for s in self.expression.free_symbols} - set(self.names))
        return {
            "f": syntax(self.expression),
            "variables": list(self.names),
            "parameters": parameters,
            "where": list(domain.requirements(self.conditions)),
            "read_as": [{"note": note.message, "other": note.alternative} for note in self.read.notes],
        }

    def remarks(self) -> tuple[str, ...]:
        """Return the doubtful readings, and where the gradient exists."""
        what = "derivative" if len(self.names) == 1 else "gradient"
        holds = domain.smooth_where(domain.requirements(self.conditions), what)
        return tuple(note.message for note in self.read.notes) + holds


def _too_long(length: int) -> Formula:
    return spell.words(f"an expression of {length} characters, given whole in the data")
