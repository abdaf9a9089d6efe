"""The tables of backpropagation: the values forward, the derivatives backward."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from engine.answering.backprops import MAX_ROWS, Backprop
from engine.answering.graph import Edge, Vertex
from engine.answering.graph_passes import Amount
from engine.answering.reasons import reason
from engine.reading.tree import Binary, Negative, Node, Number
from engine.spelling import formula as spell
from engine.spelling.formula import Formula

_SHORT = 14
_LONG = 30
_WIDE = 100
_DOT = spell.sign("·", "dot", "times")
_PLUS = spell.sign(" + ", "+", "plus")
_ONE = Number("1")


@dataclass(frozen=True, slots=True)
class Tables:
    """Both passes as rows of formulas."""

    of: Backprop

    def lines(self, steps: str) -> tuple[Formula, ...]:
        """Return the table of the forward pass, that of the backward pass, and the gradient."""
        rows: list[Formula] = []
        if len(self.of.graph.operations) <= MAX_ROWS:
            rows += [spell.words("Forward:"), *map(self.forward, self.of.graph.operations)]
            if steps == "all":
                rows += [spell.words("Local derivatives:"), *self._local_lines()]
            rows += [spell.words("Backward:"), *(self.backward(each, steps) for each in self.of.back())]
        return (*rows, *self._closing())

    def _closing(self) -> tuple[Formula, Formula]:
        """Return the value and the gradient, in decimals only where the exact numbers are long."""
        here, slope = self.of.place.at(spell.variable(self.of.name)), self.of.slope
        gradient = spell.ABOUT + spell.vector(spell.number(each.decimal) for each in slope)
        exact = [each.exact for each in slope if each.exact is not None]
        shown = self.of.place.scalar.vector(exact)
        if len(exact) == len(slope) and len(shown.text) <= _WIDE:
            rational = all(each.is_Rational for each in exact)
            gradient = spell.EQUALS + shown + (spell.NOTHING if rational else gradient)
        return here + self._is(self.of.found.values[self.of.graph.root]), spell.NABLA + here + gradient

    def forward(self, vertex: Vertex) -> Formula:
        """Return the row v1 = w x = 6."""
        left = spell.variable(vertex.name) + spell.EQUALS + spell.of(vertex.tree)
        return left + self._is(self.of.found.values[vertex.name])

    def backward(self, vertex: Vertex, steps: str) -> Formula:
        """Return the row of an adjoint: a sum over all uses of the vertex, in formulas, in numbers, and its value."""
        left, total = self._by(vertex.name), self.of.found.adjoints[vertex.name]
        uses = self.of.graph.uses(vertex.name)
        if steps == "none" or not uses:
            return left + self._is(total)
        terms = reduce(lambda a, b: a + _PLUS + b, (self._term(each) for each in uses))
        numbers, rounded = self._numbers(uses)
        middle = (spell.ABOUT if rounded else spell.EQUALS) + numbers
        worth = spell.ABOUT + spell.number(total.decimal) if rounded else self._is(total)
        done = numbers.text == self._shown(total).text
        return left + spell.EQUALS + terms + middle + (spell.NOTHING if done else worth)

    def _by(self, name: str) -> Formula:
        return _slanted(self.of.name, name)

    def _term(self, edge: Edge) -> Formula:
        """Return the adjoint of the user times the local derivative."""
        by = self._by(edge.end.name)
        local = self.of.found.local(edge).shown
        if local == _ONE:
            return by
        return by + _DOT + _factor(local)

    def _numbers(self, uses: Sequence[Edge]) -> tuple[Formula, bool]:
        """Return the same in numbers, and whether one of them is rounded."""
        pairs = [(self.of.found.adjoints[each.end.name], self.of.found.local(each).amount) for each in uses]
        rounded = any(self._short(each) is None for pair in pairs for each in pair)
        terms = [self._shown(a) if b.exact == 1 else self._factored(a) + _DOT + self._factored(b) for a, b in pairs]
        first, *rest = terms
        for term in rest:
            first = first + _PLUS + (spell.bracketed(term) if term.text.startswith("-") else term)
        return first, rounded

    def _short(self, amount: Amount) -> Formula | None:
        """Return the exact value where it takes little room."""
        if amount.exact is None:
            return None
        shown = self.of.place.scalar.spelled(amount.exact)
        return shown if len(shown.text) <= _SHORT else None

    def _shown(self, amount: Amount) -> Formula:
        return self._short(amount) or spell.number(amount.decimal)

    def _factored(self, amount: Amount) -> Formula:
        shown = self._shown(amount)
        loose = shown.text.startswith("-") or any(sign in shown.text for sign in (" + ", " - ", "/"))
        return spell.bracketed(shown) if loose else shown

    def _is(self, amount: Amount) -> Formula:
        """Return = 6, or = sqrt(2) and about what that is."""
        if amount.exact is None or len(self.of.place.scalar.spelled(amount.exact).text) > _LONG:
            return spell.ABOUT + spell.number(amount.decimal)
        return spell.EQUALS + self.of.place.with_decimal(amount.exact, self.of.place.scalar.spelled(amount.exact))

    def _local_lines(self) -> list[Formula]:
        return [
            _slanted(vertex.name, argument.name)
            + spell.EQUALS
            + spell.of(local.shown)
            + (spell.NOTHING if isinstance(local.shown, Number) else self._is(local.amount))
            + reason([vertex.rule], "")
            for vertex in self.of.graph.operations
            for index, argument in vertex.inner()
            if (local := self.of.found.locals.get((vertex.name, index))) is not None
        ]


def _slanted(of_what: str, by: str) -> Formula:
    """Return a derivative on one line, so that a row of the table is no higher than its text."""
    what, name = spell.variable(of_what), spell.variable(by)
    upright = spell.partial(of_what, by)
    return Formula(upright.text, f"partial {what.typst} slash partial {name.typst}", upright.spoken)


def _factor(local: Node) -> Formula:
    shown = spell.of(local)
    return spell.bracketed(shown) if isinstance(local, Negative) or _is_loose(local) else shown


def _is_loose(node: Node) -> bool:
    return isinstance(node, Binary) and node.sign in {"+", "-", "/"}
