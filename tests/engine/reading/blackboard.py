"""Random formulas and how a learner may write them.

Nothing here knows the reader's tables: the formulas are tuples with values of their own, and the conventions are
those of a blackboard.
"""

import math
import random
from collections.abc import Callable
from typing import Any

Formula = tuple[Any, ...]
SUM, PRODUCT, BARE, POWER, ATOM = range(5)
NAMES = ("x", "y", "z", "t", "a", "theta", "lambda", "w1", "x1", "alpha")
GREEK = {"theta": "θ", "lambda": "λ", "alpha": "α", "pi": "π"}
LOWERED, RAISED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"), str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
VALUES: dict[str, Callable[..., float]] = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "exp": math.exp, "ln": math.log, "sqrt": math.sqrt,
    "abs": abs, "arctan": math.atan, "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh, "max": max, "min": min,
}  # fmt: skip
SHORT = ("sin", "cos", "tan", "ln")


def formula(draw: random.Random, depth: int) -> Formula:
    """Return a random formula."""
    kind = draw.choice("nvvvc") if depth == 0 else draw.choice("nvv++--***///^^^^ffffmuppp")
    below = depth - 1
    match kind:
        case "n":
            return ("number", draw.choice(("0", "1", "2", "3", "5", "10", "12", "0.5", "2.25", ".5")))
        case "v":
            return ("name", draw.choice(NAMES))
        case "c":
            return ("constant", draw.choice(("e", "pi")))
        case "u":
            return ("minus", formula(draw, below))
        case "^":
            exponent = draw.choice((("number", "2"), ("number", "3"), ("minus", ("number", "1")), formula(draw, 0)))
            base = draw.choice((formula(draw, below), ("constant", "e"), ("name", "x")))
            return ("^", base, exponent if draw.random() < 0.8 else formula(draw, below))
        case "f":
            return (draw.choice([name for name in VALUES if name not in {"max", "min"}]), formula(draw, below))
        case "m":
            return (draw.choice(("max", "min")), formula(draw, below), formula(draw, below))
        case "p":
            return term(draw)
        case sign:
            return (sign, formula(draw, below), formula(draw, below))


def term(draw: random.Random) -> Formula:
    """Return a term of a polynomial as they are most often typed: 3x^2y, 2xy, x/2, (1/2)x, a function of one."""
    found: Formula = ("number", draw.choice(("2", "3", "0.5")))
    for name in draw.sample(("x", "y", "z"), draw.randint(1, 3)):
        factor: Formula = ("name", name)
        if draw.random() < 0.4:
            factor = ("^", factor, ("number", draw.choice("23")))
        found = factor if found[0] == "number" and draw.random() < 0.4 else ("*", found, factor)
    match draw.randrange(4):
        case 0:
            return (draw.choice(SHORT), found)
        case 1:
            return ("*", found, (draw.choice(SHORT), ("name", draw.choice("xyz"))))
        case 2:
            return ("*", ("/", ("number", "1"), ("number", "2")), found)
        case _:
            return found


def value(f: Formula, at: dict[str, float]) -> float:
    """Return what the writer means; raises where that is no real number."""
    match f:
        case ("number", text):
            return float(text)
        case ("name", name):
            return at[name]
        case ("constant", name):
            return math.e if name == "e" else math.pi
        case ("minus", inner):
            return -value(inner, at)
    values = [value(each, at) for each in f[1:]]
    match f[0]:
        case "+":
            return values[0] + values[1]
        case "-":
            return values[0] - values[1]
        case "*":
            return values[0] * values[1]
        case "/":
            return values[0] / values[1]
        case "^":
            return math.pow(values[0], values[1])
        case function:
            return VALUES[function](*values)


class Writer:
    """One way to write: LaTeX, Unicode or plain, with or without spaces and signs."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.style = draw.choice(("latex", "unicode", "plain", "plain"))
        self.loose = draw.random()

    def maybe(self, share: float = 0.5) -> bool:
        return self.draw.random() < share

    def written(self, f: Formula) -> tuple[str, int]:
        """Return a formula's text, and how tightly it holds together."""
        match f:
            case ("number", text):
                return text, ATOM
            case ("name" | "constant", name):
                return self.named(name), ATOM
            case ("minus", inner):
                return "-" + self.held(inner, PRODUCT), SUM
            case ("+" | "-" as sign, left, right):
                space = " " * self.maybe()
                return f"{self.held(left, SUM)}{space}{sign}{space}{self.held(right, PRODUCT)}", SUM
            case ("*", left, right):
                return self.product(left, right), PRODUCT
            case ("/", above, below):
                return self.quotient(above, below)
            case ("^", base, exponent):
                return self.power(base, exponent)
        return self.function(f[0], f[1:])

    def held(self, f: Formula, least: int) -> str:
        text, level = self.written(f)
        return text if level >= least else self.bracketed(text)

    def bracketed(self, text: str) -> str:
        if self.style == "latex" and self.maybe(0.4):
            return rf"\left({text}\right)"
        return f"[{text}]" if self.style == "unicode" and self.maybe(0.1) else f"({text})"

    def named(self, name: str) -> str:
        letters, index = name.rstrip("0123456789"), name[len(name.rstrip("0123456789")) :]
        if letters in GREEK:
            letters = {"latex": f"\\{letters} ", "unicode": GREEK[letters]}.get(self.style, letters)
        if not index:
            return letters
        wide = {"latex": f"_{{{index}}}", "unicode": index.translate(LOWERED)}
        return letters + self.draw.choice((wide.get(self.style, index), f"_{index}"))

    def product(self, left: Formula, right: Formula) -> str:
        one = self.held(left, PRODUCT)
        # A function without brackets may stand last; what it is applied to ends at the next sign.
        other = self.held(right, BARE)
        signs = {"latex": (r"\cdot ", r"\times ", "*"), "unicode": ("·", "×", "*"), "plain": ("*", " * ")}
        # A function without brackets, or a quotient, reaches up to a written sign.
        if self.maybe(self.loose) and left[0] != "/" and self.written_bare(left, one) and joins(one, other):
            apart = one[-1].isalpha() and other[0].isalpha() and (one[-1] + other[0]) not in {"xy", "yz", "xz"}
            return one + (" " if apart or self.maybe(0.2) else "") + other
        return one + self.draw.choice(signs[self.style]) + other

    def written_bare(self, f: Formula, text: str) -> bool:
        """Tell whether a factor can stand before another without a sign: no function or power that reaches on."""
        if f[0] == "*":
            return self.written_bare(f[2], text)
        if text[-1] not in ")}" and self.written(f)[1] == BARE:
            return False
        return f[0] in {"number", "name"} or text[-1] in ")}" or (f[0] == "^" and text[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹")

    def quotient(self, above: Formula, below: Formula) -> tuple[str, int]:
        if self.style == "latex" and self.maybe(0.8):
            command: str = self.draw.choice((r"\frac", r"\frac", r"\dfrac", r"\tfrac"))
            top, bottom = self.written(above)[0], self.written(below)[0]
            if len(top) == len(bottom) == 1 and self.maybe(0.3):
                return f"{command} {top}{bottom}" if top.isalpha() else f"{command}{top}{bottom}", ATOM
            return f"{command}{{{top}}}{{{bottom}}}", ATOM
        return f"{self.held(above, PRODUCT)}/{self.held(below, POWER)}", PRODUCT

    def power(self, base: Formula, exponent: Formula) -> tuple[str, int]:
        if base[0] in SHORT and exponent == ("number", "2") and self.maybe(0.6):
            called = "\\" + base[0] if self.style == "latex" else base[0]
            raised = "²" if self.style == "unicode" else self.draw.choice(("^2", "^{2}"))
            inside = self.written(base[1])[0]
            if self.bare(base[1]) and self.maybe():
                return f"{called}{raised} {inside}", BARE
            return f"{called}{raised}({inside})", ATOM
        below, above = self.held(base, ATOM), self.written(exponent)[0]
        if self.style == "latex":
            short = len(above) == 1 and self.maybe()
            return f"{below}^{above}" if short else f"{below}^{{{above}}}", POWER
        if self.style == "unicode" and above.lstrip("-").isdecimal() and self.maybe(0.8):
            return below + above.translate(RAISED), POWER
        sign = self.draw.choice(("^", "^", "**"))
        if above.lstrip("-").isalnum() and (len(above.lstrip("-")) == 1 or above.isdecimal()) and self.maybe():
            return below + sign + above, POWER
        return f"{below}{sign}({above})", POWER

    def function(self, name: str, arguments: tuple[Formula, ...]) -> tuple[str, int]:
        inside = ", ".join(self.written(each)[0] for each in arguments)
        if name == "abs" and self.maybe(0.6) and "|" not in inside:
            return {"latex": rf"\left|{inside}\right|"}.get(self.style, f"|{inside}|"), ATOM
        if name == "sqrt" and self.style == "latex":
            return rf"\sqrt{{{inside}}}", ATOM
        if name == "sqrt" and self.style == "unicode":
            short = arguments[0][0] == "name" and len(inside) == 1
            return (f"√{inside}" if short and self.maybe() else f"√({inside})"), BARE if short else ATOM
        if name == "abs" and self.style == "latex":
            return rf"\lvert {inside}\rvert ", ATOM
        called = "\\" + name if self.style == "latex" and name != "abs" else name
        first = arguments[0]
        if name in SHORT and (monomial := self.monomial(first)) and self.maybe(0.7):
            return f"{called} {monomial}", BARE
        if name in SHORT and self.bare(first) and self.maybe(0.6):
            touching = called == name and inside.isascii() and inside.isalpha() and len(inside) == 1 and self.maybe()
            return called + ("" if touching else " ") + inside, BARE
        return f"{called}{self.bracketed(inside) if len(arguments) == 1 else f'({inside})'}", ATOM

    def bare(self, f: Formula) -> bool:
        """Tell whether a blackboard leaves out a function's brackets: sin x, sin 2x, sin xy, sin x^2."""
        match f:
            case ("name" | "number", _) | ("^", ("name", _), ("number", "2" | "3")):
                return True
        return False

    def monomial(self, f: Formula) -> str:
        """Return 2x, xy, 3xy or 2 x as factors of a bare function; "" for anything else."""
        match f:
            case ("*", ("number", text), ("name", "x" | "y" | "z" as name)):
                return f"{text}{self.draw.choice(('', ' '))}{name}"
            case ("*", ("name", "x" as one), ("name", "y" | "z" as other)):
                return f"{one}{other}"
            case ("*", ("*", ("number", text), ("name", "x" as one)), ("name", "y" | "z" as other)):
                return f"{text}{one}{other}"
        return ""


def joins(one: str, other: str) -> bool:
    """Tell whether a blackboard knows a product without a sign here: no digit or bar may follow."""
    return not (other[0].isdigit() or other[0] in "|.-" or one[-1] in "|.")
