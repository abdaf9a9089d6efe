"""All second derivatives with their steps, and the Hessian that is put together from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sympy import Expr, Matrix

from engine.answering import derived as first_ones
from engine.answering.derived import Derived, Shown
from engine.answering.scalar import Scalar, exact
from engine.answering.slopes import every_step, partial_lines, step
from engine.answering.stages import left_side
from engine.answering.tidying import is_late
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.reading.tree import walk
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.spelling.sympy_syntax import sympy_syntax
from engine.values import Budget, Json

# With more variables the short form shows the first derivatives and the matrix.
_FEW = 3
# A first derivative of more parts is not differentiated again on paper.
_MAX_PARTS = 150


def listed(rows: Sequence[Sequence[Expr]]) -> str:
    """Return rows as one text, [[2*y, 2*x], [2*x, 2]]."""
    return f"[{', '.join('[' + ', '.join(exact(row)) + ']' for row in rows)}]"


def matrix_line(scalar: Scalar, matrix: Matrix) -> Formula:
    """Return the line H(x, y) = [[..], [..]]."""
    shown = spell.matrix([scalar.spelled(entry) for entry in row] for row in matrix.tolist())
    return spell.header("H", scalar.names) + spell.EQUALS + shown


@dataclass(frozen=True, slots=True)
class Second:
    """First and second derivatives of a scalar; of each mixed pair the one by the earlier variable first."""

    scalar: Scalar
    first: tuple[Derived, ...]
    entries: dict[tuple[int, int], Derived]
    matrix: Matrix

    @classmethod
    def of(cls, scalar: Scalar, shown: Shown, budget: Budget) -> "Second":
        """Return the derivatives; where time gets short, without the steps of those still to come."""
        partials = derivatives.gradient(scalar.expression, scalar.symbols)
        names, first = scalar.names, []
        for name, partial in zip(names, partials, strict=True):
            first.append(Derived.of(scalar, name, partial, "none" if budget.left() <= 0 else shown))
        entries = {}
        for i, one in enumerate(first):
            for j in range(i, len(names)):
                entries[i, j] = _on_paper(one, budget).again(names[j])
        size = len(names)
        matrix = Matrix(size, size, lambda i, j: entries[min(i, j), max(i, j)].partial)
        return cls(scalar, tuple(first), entries, matrix)

    @property
    def partials(self) -> tuple[Expr, ...]:
        """The first derivatives."""
        return tuple(each.partial for each in self.first)

    def first_lines(self, shown: Shown) -> tuple[Formula, ...]:
        """Return the lines of the first derivatives; none where no steps are wanted."""
        return () if shown == "none" else partial_lines(self.scalar, self.first, shown)

    def lines(self, shown: Shown) -> tuple[Formula, ...]:
        """Return the lines of the second derivatives, as far as they are wanted, and the matrix."""
        few = len(self.first) <= _FEW
        wanted = self.entries if shown == "all" or (shown == "short" and few) else {}
        names = self.scalar.names
        return (
            *(
                line
                for (i, j), each in wanted.items()
                for line in each.lines(left_side(self.scalar, (names[i], names[j])), shown)
            ),
            matrix_line(self.scalar, self.matrix),
        )

    def first_steps(self) -> list[Json]:
        """Return the rules of the first derivatives, a step that closes each, and the gradient."""
        return every_step(self.scalar, self.first)

    def steps(self) -> list[Json]:
        """Return the rules of each second derivative, a step that closes it, and the matrix."""
        f, names = syntax(self.scalar.expression), self.scalar.names
        found = []
        for (i, j), each in self.entries.items():
            rule = "second-partial" if i == j else "mixed-partial"
            after = syntax(each.partial) if each.derivation is None else sympy_syntax(each.derivation.result)
            found += [*each.rules(1), step(rule, f"{f} by {names[i]}, {names[j]}", after)]
        return [*found, step("assemble-matrix", f, listed(self.matrix.tolist()))]

    def first_remarks(self, shown: Shown) -> tuple[str, ...]:
        """Return what is to be said about steps of first derivatives that are missing."""
        return first_ones.remarks(self.first, shown)

    def remarks(self, shown: Shown) -> tuple[str, ...]:
        """Return what is to be said about steps that are missing."""
        return first_ones.remarks((*self.first, *self.entries.values()), shown)


def _on_paper(one: Derived, budget: Budget) -> Derived:
    """Return a derivative, without its steps where those of the next one would be too long."""
    long = one.derivation is not None and sum(1 for _ in walk(one.derivation.result)) > _MAX_PARTS
    return replace(one, derivation=None) if long or is_late(budget) else one
