"""The grammar: tokens -> tree, by binding powers (Pratt 1973, "Top down operator precedence").

+ -                    10   left
* / and juxtaposition  20   left: 1/2x is (1/2)*x
^                      40   right: 2^3^2 is 2^9; -x^2 is -(x^2)
sin 2x                      a bare function takes the factors that follow without a sign
a if x > 0 else b           loosest, at the top of a text or bracket only
"""

from dataclasses import replace

from engine.errors import MissingOperand, NotMathematics, TooLarge, Unbalanced
from engine.reading import complaints
from engine.reading.calls import Calls
from engine.reading.doubts import hidden
from engine.reading.reader import CLOSES, POWER, PRODUCT, SUM
from engine.reading.readings import after_product, after_quotient, at_argument, of_number
from engine.reading.tokens import END, Token
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number

MAX_DEPTH = 60
MAX_FACTORIAL = 170


class Grammar(Calls):
    """One reading of one text: `Grammar(source, resolved tokens).whole()` is its tree, `notes` what is doubtful."""

    __slots__ = ()

    def whole(self) -> Node:
        """Read one expression that fills the text."""
        node = self.choice()
        if self.peek().kind != END:
            raise self.unexpected()
        self.note(hidden(self.source.original, self.source.text))
        return node

    def expression(self, least: int) -> Node:
        """Read an expression whose operators bind at least as tightly as `least`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooLarge(f"That is nested deeper than {MAX_DEPTH} levels.", span=self.place(self.peek()))
        left = self.operand(least)
        while (power := self.binding()) is not None and power >= least:
            left = self.operation(left, power)
        self.depth -= 1
        return left

    def binding(self) -> int | None:
        """Return how tightly the next operator binds; None where there is none."""
        token = self.peek()
        match token.kind:
            case "sign":
                return SUM if token.text in "+-" else PRODUCT
            case "power":
                return POWER
            case "bar":
                return None if self.bars else PRODUCT
            case "name" | "constant" | "function" | "open" | "root":
                return PRODUCT
            case _:
                return None

    def operation(self, left: Node, power: int) -> Node:
        """Read the next operator, written or not, and its right operand."""
        token = self.peek()
        original = self.source.original
        if token.kind not in {"sign", "power"}:
            if token.kind == "bar" and isinstance(left, Binary) and self.has_bars(left):
                raise Unbalanced("These bars can be paired in two ways; write abs(..).", span=self.place(token))
            right = self.expression(PRODUCT + 1)
            self.note(after_product(original, left, right, self.bracketed, touching=not token.spaced))
            if token.text == "(" and not token.spaced:
                self.note(at_argument(original, left, right))
            return Binary("*", left, right, (left.span[0], right.span[1]))
        self.take()
        sign = "^" if token.kind == "power" else token.text
        right = self.expression(power if sign == "^" else power + 1)
        if sign == "/":
            self.note(after_quotient(original, left, right, self.bracketed))
        return Binary(sign, left, right, (left.span[0], right.span[1]))

    def has_bars(self, product: Node) -> bool:
        """Tell whether a product without brackets has |..| among its factors."""
        while isinstance(product, Binary) and product.sign == "*" and product.span not in self.bracketed:
            if isinstance(product.left, Apply) and self.source.original[product.left.span[0]] == "|":
                return True
            product = product.left
        return False

    def operand(self, least: int) -> Node:
        """Read a number, a name, a bracket, a function with its argument, or a sign before one."""
        token = self.take()
        match token.kind:
            case "number":
                return self.number(token)
            case "name":
                return Name(token.text, self.place(token))
            case "constant":
                return Constant(token.text, self.place(token))
            case "function":
                return self.function(token)
            case "open":
                return self.bracket(token)
            case "bar":
                return self.absolute(token)
            case "root":
                return self.root(token)
            case "sign" if token.text in "+-":
                return self.signed(token, least)
            case _:
                before = self.tokens[self.position - 2] if self.position > 1 else None
                raise complaints.missing(self.source, before, token)

    def number(self, token: Token) -> Node:
        """Read a number, 5! and 50%; one with an exponent of ten could be a product with Euler's number."""
        if "+" in token.text:
            raise complaints.exponent(token.text, self.place(token))
        self.note(of_number(self.source.original, token.text, self.place(token)))
        node: Node = Number(token.text, self.place(token))
        if self.peek().kind == "factorial":
            node = self.factorial(token)
        elif self.peek().kind == "percent":
            node = self.percent(token)
        self.bracketed |= set() if isinstance(node, Number) else {node.span}
        return node

    def factorial(self, number: Token) -> Node:
        """Read the ! behind a whole number."""
        place = self.source.span(number.start, self.take().end)
        if not number.text.isdigit():
            raise NotMathematics("I do factorials of whole numbers only, as in 5!.", span=place)
        if int(number.text) > MAX_FACTORIAL:
            raise TooLarge(f"I do factorials up to {MAX_FACTORIAL}!.", span=place)
        return Apply("factorial", (Number(number.text, self.place(number)),), place)

    def percent(self, number: Token) -> Node:
        """Read the % behind a number that nothing follows as a factor; x%y means other things to programmers."""
        sign = self.take()
        if self.peek().kind in {"number", "name", "constant", "function", "open", "root", "bar", "percent"}:
            raise complaints.rest(sign, self.place(sign))
        place = self.source.span(number.start, sign.end)
        return Binary("/", Number(number.text, self.place(number)), Number("100", place), place)

    def signed(self, token: Token, least: int) -> Node:
        """Read a sign and what it stands before: -x^2 is -(x^2)."""
        inner = self.expression(max(least, PRODUCT))
        return inner if token.text == "+" else Negative(inner, (self.place(token)[0], inner.span[1]))

    def bracket(self, opening: Token) -> Node:
        """Read a bracket with one expression in it; in braces it may be one given by cases."""
        if self.peek().kind == "close" and self.peek().text == CLOSES[opening.text]:
            raise MissingOperand("This bracket is empty.", span=self.source.span(opening.start, self.peek().end))
        bars, self.bars = self.bars, 0
        inner = self.choice() if opening.text != "{" else self.expression(0)
        if opening.text == "{" and self.peek().kind in {"comma", "cell", "keyword"}:
            inner = self.cases(inner, separators={"comma", "row"})
        closing = self.close(opening)
        self.bars = bars
        inner = replace(inner, span=self.source.span(opening.start, closing.end))
        self.bracketed.add(inner.span)
        return inner
