"""Functions with what they are applied to: sin(x), sin x, sin^2 x, sin^-1 x, max(x, y), √x, |x|."""

import re
from itertools import islice

from engine.errors import MissingOperand, NotMathematics, Span, TooLarge, Unbalanced, UnknownName
from engine.reading import complaints
from engine.reading.bounds import MAX_NODES
from engine.reading.choices import Choices
from engine.reading.doubts import at_bracket, reaching
from engine.reading.functions import CASES, ELSE, FUNCTIONS, INVERSE, OVER_DATA, RECIPROCAL
from engine.reading.reader import POWER, PRODUCT
from engine.reading.readings import doubt, of_function
from engine.reading.tokens import Token
from engine.reading.tree import Apply, Binary, Negative, Node, Number, cube_root, sum_of, walk

STARTS = {"number", "name", "constant", "function", "open", "root"}
# With a variable a in the text, acos(x) could be a*cos(x).
_A_ALONE = re.compile(r"(?<![A-Za-z])a(?![A-Za-z])")
_ROOTS = {"∛": Number("3"), "∜": Number("4")}


class Calls(Choices):
    """The parts of the grammar that know functions."""

    __slots__ = ()

    def function(self, token: Token) -> Node:
        """Read what a function is applied to."""
        base: tuple[Node, ...] = ()
        if token.text == "piecewise":
            return self.piecewise(token)
        if token.text.startswith("log_"):
            base = (Number(token.text.removeprefix("log_"), self.place(token)),)
            name, least, most = "log", 1, 1
        else:
            name, least, most = FUNCTIONS[token.text]
        if name in OVER_DATA and not self.over_data:
            said = f"{name} works on data, and there is none here; write its terms out."
            raise NotMathematics(said, span=self.place(token))
        touching = not self.peek().spaced
        name, power = self.function_power(name, token)
        opened = self.peek().kind == "open"
        arguments = self.arguments(token, least, most) if opened else (self.bare_argument(token, least),)
        span = (self.place(token)[0], self.place(self.tokens[self.position - 1])[1])
        if name in OVER_DATA and self.peek().kind in {"power", "open"}:
            raise complaints.half_summed(name, self.place(self.peek()))
        self.bracketed.add(span)
        bare = None if opened or arguments[0].span in self.bracketed else arguments[0]
        product = (touching and bare is not None) or _A_ALONE.search(self.source.text) is not None
        self.note(of_function(self.source.original, token.text, self.place(token), bare, product=product))
        node = _applied(name, arguments + base, span)
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

    def arguments(self, token: Token, least: int, most: int) -> tuple[Node, ...]:
        """Read (x), (x, y) behind a function; norm((x, y)) has the brackets of a point as well."""
        opening = self.take()
        if self.peek().kind == "close":
            raise complaints.lonely(token.text, self.place(token))
        if token.text == "norm" and self.lists():
            found = self.listed(self.take())
            self.close(opening)
        else:
            found = self.listed(opening)
        if token.text == "log" and len(found) == 2:
            raise complaints.based(self.place(token))
        if not least <= len(found) <= most:
            raise complaints.miscounted(token.text, least, most, len(found), self.place(token))
        return tuple(found)

    def bare_argument(self, token: Token, least: int) -> Node:
        """Read sin 2x, sin xy, sin -x, sin atan n: factors up to a sign, a bracket or another function."""
        minus = self.peek()
        if self.negated():
            self.take()
        following = self.peek().kind
        if following not in STARTS and (following != "bar" or self.bars):
            raise complaints.lonely(token.text, self.place(token))
        if least > 1:
            raise MissingOperand(f"{token.text} needs brackets: {token.text}(x, y).", span=self.place(token))
        argument = self.factors(token)
        if minus.text == "-":
            return Negative(argument, (self.place(minus)[0], argument.span[1]))
        return argument

    def negated(self) -> bool:
        """Tell whether a minus comes next that touches what it negates, as in sin -x, but not in sin - cos."""
        after = self.tokens[min(self.position + 1, len(self.tokens) - 1)]
        return self.peek().text == "-" and not after.spaced and after.kind in {"number", "name", "constant"}

    def factors(self, token: Token) -> Node:
        """Read the factors that a bare function takes, and note where another reading is near."""
        first = argument = self.expression(PRODUCT + 1)
        spaced = False
        while (here := self.peek()).kind in {"name", "constant"}:
            spaced = spaced or (here.spaced and not isinstance(argument, Number))
            right = self.expression(PRODUCT + 1)
            argument = Binary("*", argument, right, (argument.span[0], right.span[1]))
        start, original = self.place(token)[0], self.source.original
        if token.text == "sqrt" and self.peek().kind == "sign" and isinstance(argument, Binary):
            self.note(reaching(self, (start, argument.span[1]), first))
        if spaced:
            inside = (first.span[0], argument.span[1])
            self.note(doubt(original, (start, argument.span[1]), (start, first.span[1]), (inside,)))
        elif self.peek().kind == "open":
            self.note(at_bracket(self, start, argument))
        return argument

    def absolute(self, opening: Token) -> Node:
        """Read |..|; round a point it is the norm, and so is ||..||."""
        self.bars += 1
        entries = self.listed(self.take()) if self.lists() else [self.expression(0)]
        token = self.peek()
        if token.kind != "bar":
            raise Unbalanced("This | has no partner.", span=self.place(opening))
        self.take()
        self.bars -= 1
        span = self.source.span(opening.start, token.end)
        self.bracketed.add(span)
        return _length(tuple(entries), span)

    def root(self, token: Token) -> Node:
        """Read √ and the one thing behind it; ∛, ∜, and ⎷[n]{x}, which stands for a root of LaTeX."""
        if self.peek().kind not in STARTS:
            raise complaints.lonely(token.text, self.place(token))
        if token.text == "√":
            inner = self.expression(POWER + 1)
            node = Apply("sqrt", (inner,), (self.place(token)[0], inner.span[1]))
            if self.peek().kind == "power" and inner.span not in self.bracketed:
                self.note(reaching(self, node.span, inner))
            return node
        degree = _ROOTS.get(token.text) or self.expression(POWER + 1)
        inner = self.expression(POWER + 1)
        span = (self.place(token)[0], inner.span[1])
        self.bracketed.add(span)
        return _applied("root", (inner, degree), span)

    def piecewise(self, token: Token) -> Node:
        """Read pairs of values and conditions, as SymPy writes them; the last condition may be True."""
        if self.peek().kind != "open":
            raise complaints.lonely(token.text, self.place(token))
        opening = self.take()
        arguments = self.pair(token)
        while len(arguments) % 2 == 0 and self.peek().kind == "comma":
            self.take()
            arguments += self.pair(token)
        end = self.close(opening)
        node = Apply(CASES, tuple(arguments), self.source.span(token.start, end.end))
        self.bracketed.add(node.span)
        return node

    def pair(self, token: Token) -> list[Node]:
        """Read a value with its condition, (x^2, x > 0); of (x^2, True) the value alone."""
        if self.peek().kind != "open":
            said = "piecewise takes pairs, as in piecewise((x^2, x > 0), (-x, True))."
            raise MissingOperand(said, span=self.place(token))
        opening = self.take()
        found = [self.expression(0)]
        if self.peek().kind != "comma":
            raise self.unexpected()
        self.take()
        if self.at_word(ELSE):
            self.take()
        else:
            found.append(self.condition())
        self.close(opening)
        return found


def _applied(name: str, arguments: tuple[Node, ...], span: Span) -> Node:
    """Return the tree of a function; roots are powers, lengths are roots of sums of squares."""
    if name in RECIPROCAL:
        return Apply(RECIPROCAL[name], (Binary("/", Number("1", span), arguments[0], span),), span)
    if name in {"cbrt", "root"}:
        degree = Number("3", span) if name == "cbrt" else arguments[1]
        if degree == Number("3") and not isinstance(arguments[0], Number):
            return _cube_root(arguments[0], span)
        return Binary("^", arguments[0], Binary("/", Number("1", span), degree, span), span)
    return _length(arguments, span) if name in {"norm", "hypot"} else Apply(name, arguments, span)


def _cube_root(of: Node, span: Span) -> Node:
    """Return a real cube root, in which its argument stands twice: nested ones are refused before they grow."""
    if len(list(islice(walk(of), MAX_NODES // 2))) == MAX_NODES // 2:
        raise TooLarge(f"Cube roots nested like this have more than {MAX_NODES} parts.", span=span)
    return cube_root(of, span)


def _length(entries: tuple[Node, ...], span: Span) -> Node:
    """Return |x| of one entry, the root of the sum of the squares of more."""
    if len(entries) == 1:
        return Apply("abs", entries, span)
    return Apply("sqrt", (sum_of([Binary("^", each, Number("2", span), span) for each in entries]),), span)
