"""The grammar: tokens -> tree, by binding powers (Pratt 1973, "Top down operator precedence").

+ -                    10   left
* / and juxtaposition  20   left: 1/2x is (1/2)*x
^                      40   right: 2^3^2 is 2^9; -x^2 is -(x^2)
sin 2x                      a bare function takes the factors that follow without a sign
"""

from dataclasses import dataclass, field, replace

from engine.errors import MissingOperand, NotAnExpression, Refused, Span, TooLarge, Unbalanced, UnknownName
from engine.reading.characters import Source
from engine.reading.names import FUNCTIONS, INVERSE
from engine.reading.readings import Note, after_product, after_quotient, doubt
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
            raise self.rest()
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
                self.position -= 1
                raise self.missing(token)

    def number(self, token: Token) -> Node:
        """Read a number; one with an exponent of ten could be a product with Euler's number."""
        start, end = self.place(token)
        mantissa, e, exponent = token.text.replace("E", "e").partition("e")
        if e:
            text = self.source.original
            product = f"{mantissa}*e{exponent}" if exponent[0] in "+-" else f"{mantissa}*e*{exponent}"
            message = f"I read {token.text} as {mantissa} times ten to the {exponent}; for {product}, write the sign."
            self.note(Note(message, (start, end), text[:start] + product + text[end:]))
        return Number(token.text, (start, end))

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
        raise self.rest()

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
            raise self.lonely("√", token)
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
        if token.text == "log":
            self.note_logarithm(token)
        self.note_glued(token, arguments)
        return node if power is None else Binary("^", node, power, span)

    def note_logarithm(self, token: Token) -> None:
        """Note that log is the natural logarithm here."""
        start, end = self.place(token)
        text = self.source.original
        other = text[:end] + "_10" + text[end:]
        self.notes.append(
            Note("I read log as the natural logarithm ln; write log_10 for base 10.", (start, end), other)
        )

    def note_glued(self, token: Token, arguments: tuple[Node, ...]) -> None:
        """Note asin, which could be a product with sin, and log2x, which could be the logarithm of 2x."""
        start, end = self.place(token)
        text = self.source.original
        written = text[start:end]
        bare = arguments[0].span not in self.bracketed
        if bare and token.text in {"asin", "acos", "atan"} and written.lower() == token.text:
            other = text[:start] + f"{written[0]}*{written[1:]}" + text[end:]
            self.notes.append(
                Note(
                    f"I read {written} as the inverse function; for a product write {written[0]}*{written[1:]}.",
                    (start, end),
                    other,
                )
            )
        if token.text.startswith("log_") and "_" not in written and bare:
            stop = arguments[0].span[1]
            digits = token.text.removeprefix("log_")
            other = text[:start] + f"log({digits}{text[end:stop]})" + text[stop:]
            self.notes.append(Note(f"I read {written} as the logarithm to base {digits}.", (start, end), other))

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
            raise self.lonely(token.text, token)
        bars, self.bars = self.bars, 0
        found = [self.expression(0)]
        while self.peek().kind == "comma":
            self.take()
            found.append(self.expression(0))
        self.close(opening)
        self.bars = bars
        if not least <= len(found) <= most:
            wanted = "one argument" if most == 1 else f"{least} to {most} arguments"
            raise MissingOperand(f"{_shown(token)} takes {wanted}, not {len(found)}.", span=self.place(token))
        return tuple(found)

    def bare_argument(self, token: Token, least: int) -> Node:
        """Read sin 2x, sin xy, sin atan n: factors up to a sign, a bracket or another function."""
        following = self.peek().kind
        if following not in _STARTS and (following != "bar" or self.bars):
            raise self.lonely(token.text, token)
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

    def rest(self) -> Refused:
        """Return the refusal of what stands where the text or a bracket should end."""
        token = self.peek()
        span = self.place(token)
        match token.kind:
            case "close":
                return Unbalanced(f'This "{token.text}" has no partner.', span=span)
            case "bar":
                return Unbalanced("This | has no partner.", span=span)
            case "comma":
                return NotAnExpression(
                    "A comma makes a list of formulas; give one at a time.",
                    span=span,
                    suggestions=("one function at a time",),
                )
            case "relation" | "angle":
                return NotAnExpression(
                    f'"{token.text}" makes this an equation or inequality; give a function alone.', span=span
                )
            case "number":
                return MissingOperand(
                    f'Before "{token.text}" a sign is missing: + - * / or ^.',
                    span=span,
                    suggestions=(f"*{token.text}", f"^{token.text}"),
                )
            case _:
                return MissingOperand(f'I did not expect "{token.text}" here.', span=span)

    def missing(self, token: Token) -> Refused:
        """Return the refusal of a place where an operand belongs."""
        span = self.place(token)
        before = self.tokens[self.position - 1] if self.position else None
        if token.kind in {"relation", "angle"}:
            return NotAnExpression(f'"{token.text}" has no place in a function; give the formula alone.', span=span)
        if token.kind == "close" and before is None:
            return Unbalanced(f'This "{token.text}" has no partner.', span=span)
        if before is not None and token.kind in {"close", "comma", END}:
            span = self.source.span(before.start, max(token.end, before.end))
            return MissingOperand(f'After "{before.text}" a number, a name or "(" belongs.', span=span)
        return MissingOperand('A number, a name or "(" belongs here.', span=span)

    def lonely(self, shown: str, token: Token) -> Refused:
        """Return the refusal of a function without an argument."""
        shown = shown.replace("log_", "log")
        return MissingOperand(
            f"{shown} needs something to work on, as in {shown}(x).",
            span=self.place(token),
        )


def _shown(token: Token) -> str:
    return token.text.replace("log_", "log")
