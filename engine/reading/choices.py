"""Functions given by cases: x^2 if x > 0 else -x, and {x^2, x > 0; -x, otherwise}."""

from engine.errors import MissingOperand, NotAnExpression, Span, TooLarge
from engine.reading import complaints
from engine.reading.functions import CASES, ELSE, IF
from engine.reading.reader import Reader
from engine.reading.tokens import Token
from engine.reading.tree import Apply, Node, squares

MAX_CASES = 8
_SIGNS = {"==": "=", "≤": "<=", "≥": ">=", "≠": "!="}
_COMPARED = frozenset(("<", "<=", ">", ">=", "=", "==", "!=", "≤", "≥", "≠"))


class Choices(Reader):
    """The parts of the grammar that know conditions."""

    __slots__ = ()

    def choice(self) -> Node:
        """Read an expression, or some with conditions: a if x > 0, b if x < 0, else c."""
        first = self.expression(0)
        if not self.at_word(IF):
            return first
        return self.cases(first, separators={"comma", "row"})

    def cases(self, first: Node, separators: set[str]) -> Node:
        """Read on behind the first value of a function given by cases."""
        arguments: list[Node] = []
        value: Node | None = first
        while value is not None:
            if self.peek().kind in {"comma", "cell"}:
                self.take()
            if self.peek().kind == "cell":
                self.take()
            if self.at_word(ELSE):
                self.take()
                arguments.append(value)
                break
            if self.at_word(IF):
                self.take()
            arguments += [value, self.condition()]
            if len(arguments) > 2 * MAX_CASES:
                raise TooLarge(f"I read up to {MAX_CASES} cases.", span=self.place(self.peek()))
            value = self.following(arguments, separators)
        node = Apply(CASES, tuple(arguments), (first.span[0], self.place(self.tokens[self.position - 1])[1]))
        self.bracketed.add(node.span)
        return node

    def following(self, arguments: list[Node], separators: set[str]) -> Node | None:
        """Return the next value that has a condition; None behind the last. `else` adds the value it stands before."""
        if self.peek().kind in separators:
            self.take()
        elif not self.at_word(ELSE):
            return None
        if self.at_word(ELSE):
            self.take()
            if self.at_word(IF):
                raise MissingOperand("Between else and if a value belongs.", span=self.place(self.peek()))
            value = self.expression(0)
            if self.at_word(IF):
                return value
            arguments.append(value)
            return None
        return None if self.peek().kind == "close" else self.expression(0)

    def at_word(self, words: frozenset[str]) -> bool:
        """Tell whether one of these keywords comes next."""
        return self.peek().kind == "keyword" and self.peek().text in words

    def condition(self) -> Node:
        """Read comparisons that hold together: x > 0, 0 < x < 1, x > 0 and y > 0, (x, y) ≠ (0, 0)."""
        before = self.tokens[self.position - 1]
        found = self.compared()
        if not found:
            raise complaints.unconditional(before, self.place(before))
        while self.peek().kind == "keyword" and self.peek().text == "and":
            joined = self.take()
            more = self.compared()
            if not more:
                raise complaints.unconditional(joined, self.place(joined))
            found += more
        return found[0] if len(found) == 1 else Apply("and", tuple(found), (found[0].span[0], found[-1].span[1]))

    def compared(self) -> list[Node]:
        """Read a comparison, or a chain of some; of what is none, nothing."""
        left = self.side()
        found: list[Node] = []
        while self.peek().text in _COMPARED and self.peek().kind in {"relation", "angle"}:
            token = self.take()
            right = self.side()
            found.append(self.comparison(left, token, right))
            left = right
        return found

    def side(self) -> list[Node]:
        """Read one side of a comparison: an expression, or a list of some."""
        if self.lists():
            return self.listed(self.take())
        return [self.expression(0)]

    def comparison(self, left: list[Node], token: Token, right: list[Node]) -> Node:
        """Return left sign right. Points are the same where the squares of their differences sum to 0."""
        sign = _SIGNS.get(token.text, token.text)
        span: Span = (left[0].span[0], right[-1].span[1])
        if len(left) == len(right) == 1:
            return Apply(sign, (left[0], right[0]), span)
        if len(left) != len(right) or sign not in {"=", "!="}:
            raise NotAnExpression("Points are compared with = or ≠, coordinate by coordinate.", span=self.place(token))
        return Apply(sign, squares(left, right, span), span)
