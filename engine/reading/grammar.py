"""The grammar: tokens -> tree, by binding powers (Pratt 1973, "Top down operator precedence").

+ -                    10   left
* / and juxtaposition  20   left: 1/2x is (1/2)*x
^                      40   right: 2^3^2 is 2^9; -x^2 is -(x^2)
sin 2x                      a bare function takes the factors that follow without a sign
"""

from dataclasses import dataclass, field, replace

from engine.errors import MissingOperand, Span, TooLarge, Unbalanced, UnknownName
from engine.reading import complaints
from engine.reading.characters import Source
from engine.reading.names import FUNCTIONS, INVERSE
from engine.reading.readings import Note, after_product, after_quotient, doubt, of_function, of_number
from engine.reading.tokens import END, Token
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number

SUM, PRODUCT, POWER = 10, 20, 40
MAX_DEPTH = 60
_CLOSES = {"(": ")", "[": "]", "{": "}"}
_STARTS = {"number", "name", "constant", "function", "open", "root"}


@dataclass(slots=True)
class Grammar:
    """One reading of one text: resolved tokens in, a tree and the doubtful places out."""

    source: Source
    tokens: list[Token]
    position: int = 0
    depth: int = 0
    bars: int = 0
    bracketed: set[Span] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)

    def whole(self) -> Node:
        """Read one expression that fills the text."""
        node = self.expression(0)
        if self.peek().kind != END:
            raise complaints.rest(self.peek(), self.place(self.peek()))
        return node

    def peek(self) -> Token:
        """Return the token that comes next."""
        return self.tokens[self.position]

    def take(self) -> Token:
        """Return the next token and go on."""
        self.position += 1
        return self.tokens[self.position - 1]

    def place(self, token: Token) -> Span:
        """Return where a token stands in the learner's text."""
        return self.source.span(token.start, token.end)

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
        if token.kind not in {"sign", "power"}:
            if token.kind == "bar" and isinstance(left, Binary) and self.has_bars(left):
                raise Unbalanced("These bars can be paired in two ways; write abs(..).", span=self.place(token))
            right = self.expression(PRODUCT + 1)
            self.note(
                after_product(self.source.original, left, right, self.bracketed, touching=not token.spaced),
            )
            return Binary("*", left, right, (left.span[0], right.span[1]))
        self.take()
        sign = "^" if token.kind == "power" else token.text
        right = self.expression(power if sign == "^" else power + 1)
        if sign == "/":
            self.note(after_quotient(self.source.original, left, right, self.bracketed))
        return Binary(sign, left, right, (left.span[0], right.span[1]))

    def has_bars(self, product: Node) -> bool:
        """Tell whether a product without brackets has |..| among its factors."""
        while isinstance(product, Binary) and product.sign == "*" and product.span not in self.bracketed:
            if isinstance(product.left, Apply) and self.source.original[product.left.span[0]] == "|":
                return True
            product = product.left
        return False

    def note(self, note: Note | None) -> None:
        """Keep a doubtful place, if it is one."""
        if note is not None:
            self.notes.append(note)

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
        """Read a number; one with an exponent of ten could be a product with Euler's number."""
        if "+" in token.text:
            raise complaints.exponent(token.text, self.place(token))
        self.note(of_number(self.source.original, token.text, self.place(token)))
        return Number(token.text, self.place(token))

    def signed(self, token: Token, least: int) -> Node:
        """Read a sign and what it stands before: -x^2 is -(x^2)."""
        inner = self.expression(max(least, PRODUCT))
        return inner if token.text == "+" else Negative(inner, (self.place(token)[0], inner.span[1]))

    def bracket(self, opening: Token) -> Node:
        """Read a bracket with one expression in it."""
        if self.peek().kind == "close" and self.peek().text == _CLOSES[opening.text]:
            raise MissingOperand("This bracket is empty.", span=self.source.span(opening.start, self.peek().end))
        bars, self.bars = self.bars, 0
        inner = self.expression(0)
        closing = self.close(opening)
        self.bars = bars
        inner = replace(inner, span=self.source.span(opening.start, closing.end))
        self.bracketed.add(inner.span)
        return inner

    def close(self, opening: Token) -> Token:
        """Take the partner of an opening bracket."""
        token = self.peek()
        if token.kind == "close" and token.text == _CLOSES[opening.text]:
            return self.take()
        if token.kind == "close":
            raise Unbalanced(f'"{opening.text}" is closed by "{token.text}".', span=self.place(token))
        if token.kind == END:
            raise Unbalanced(f'This "{opening.text}" is never closed.', span=self.place(opening))
        raise complaints.rest(self.peek(), self.place(self.peek()))

    def absolute(self, opening: Token) -> Node:
        """Read |..|."""
        self.bars += 1
        inner = self.expression(0)
        token = self.peek()
        if token.kind != "bar":
            raise Unbalanced("This | has no partner.", span=self.place(opening))
        self.take()
        self.bars -= 1
        node = Apply("abs", (inner,), self.source.span(opening.start, token.end))
        self.bracketed.add(node.span)
        return node

    def root(self, token: Token) -> Node:
        """Read √ and the one thing behind it."""
        if self.peek().kind not in _STARTS:
            raise complaints.lonely("√", self.place(token))
        inner = self.expression(POWER + 1)
        node = Apply("sqrt", (inner,), (self.place(token)[0], inner.span[1]))
        if self.peek().kind == "power" and inner.span not in self.bracketed:
            self.note(self.doubtful_reach(node.span, inner))
        return node

    def doubtful_reach(self, taken: Span, inner: Node) -> Note:
        """Return the note that a root without brackets may have been meant to reach to the end of its bracket."""
        level = 0
        for token in self.tokens[self.position :]:
            level += (token.kind == "open") - (token.kind == "close")
            if level < 0 or token.kind in {END, "comma"} or (token.kind == "bar" and self.bars):
                break
            end = self.place(token)[1]
        whole = (taken[0], end)
        return doubt(self.source.original, whole, (inner.span[0], end), (taken,))

    def function(self, token: Token) -> Node:
        """Read what a function is applied to: sin(x), sin x, sin^2 x, sin^-1 x, max(x, y)."""
        if token.text.startswith("log_"):
            base: tuple[Node, ...] = (Number(token.text.removeprefix("log_"), self.place(token)),)
            name, least, most = "log", 1, 1
        else:
            base = ()
            name, least, most = FUNCTIONS[token.text]
        name, power = self.function_power(name, token)
        if self.peek().kind == "open":
            arguments = self.bracketed_arguments(token, least, most)
        else:
            arguments = (self.bare_argument(token, least),)
        span = (self.place(token)[0], self.place(self.tokens[self.position - 1])[1])
        node: Node = Apply(name, arguments + base, span)
        self.bracketed.add(span)
        bare = None if arguments[0].span in self.bracketed else arguments[0]
        self.note(of_function(self.source.original, token.text, self.place(token), bare))
        return node if power is None else Binary("^", node, power, span)

    def function_power(self, name: str, token: Token) -> tuple[str, Number | None]:
        """Read the power between a function and its argument: sin^2 x, sin^-1 x."""
        if self.peek().kind != "power":
            return name, None
        sign = self.take()
        exponent = self.expression(POWER)
        if isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value >= 1:
            return name, exponent
        if exponent == Negative(Number("1")) and name in INVERSE:
            return INVERSE[name], None
        shown = token.text
        raise UnknownName(
            f"Behind {shown} I read a whole power, as in {shown}^2 x; write ({shown}(x))^(..) instead.",
            span=self.place(sign),
        )

    def bracketed_arguments(self, token: Token, least: int, most: int) -> tuple[Node, ...]:
        """Read (x), (x, y) behind a function."""
        opening = self.take()
        if self.peek().kind == "close":
            raise complaints.lonely(token.text, self.place(token))
        bars, self.bars = self.bars, 0
        found = [self.expression(0)]
        while self.peek().kind == "comma":
            self.take()
            found.append(self.expression(0))
        self.close(opening)
        self.bars = bars
        if not least <= len(found) <= most:
            raise complaints.miscounted(token.text, least, most, len(found), self.place(token))
        return tuple(found)

    def bare_argument(self, token: Token, least: int) -> Node:
        """Read sin 2x, sin xy, sin atan n: factors up to a sign, a bracket or another function."""
        following = self.peek().kind
        if following not in _STARTS and (following != "bar" or self.bars):
            raise complaints.lonely(token.text, self.place(token))
        if least > 1:
            raise MissingOperand(f"{token.text} needs brackets: {token.text}(x, y).", span=self.place(token))
        first = argument = self.expression(PRODUCT + 1)
        spaced = False
        while (here := self.peek()).kind in {"name", "constant"}:
            spaced = spaced or (here.spaced and not isinstance(argument, Number))
            right = self.expression(PRODUCT + 1)
            argument = Binary("*", argument, right, (argument.span[0], right.span[1]))
        start = self.place(token)[0]
        if token.text == "sqrt" and self.peek().kind == "sign" and isinstance(argument, Binary):
            self.note(self.doubtful_reach((start, argument.span[1]), first))
        if spaced:
            self.note(
                doubt(
                    self.source.original,
                    (start, argument.span[1]),
                    (start, first.span[1]),
                    ((first.span[0], argument.span[1]),),
                )
            )
        elif self.peek().kind == "open":
            self.note(self.doubtful_bracket(start, argument))
        return argument

    def doubtful_bracket(self, start: int, argument: Node) -> Note | None:
        """Return the note that in sin x(y + 1) the bracket is a factor outside of the sine."""
        level = 0
        for token in self.tokens[self.position :]:
            level += (token.kind == "open") - (token.kind == "close")
            if level == 0:
                end = self.place(token)[1]
                inside = (argument.span[0], end)
                return doubt(self.source.original, (start, end), inside, ((start, argument.span[1]),))
        return None
