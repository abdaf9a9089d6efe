"""Tree -> SymPy, and back. By table: no text of a learner ever reaches a parser of SymPy's."""

from collections.abc import Callable, Sequence

import sympy
from sympy import Expr, Rational, Symbol

from engine.errors import NotSupported
from engine.reading.functions import CASES
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number, walk


def _by_cases(*arguments: Expr) -> Expr:
    pairs = list(zip(arguments[::2], arguments[1::2], strict=False))
    last = [(arguments[-1], True)] if len(arguments) % 2 else []
    # Putting conditions like E - y < e - E in order, SymPy never ends.
    return sympy.Piecewise(*pairs, *last, evaluate=False)


_FUNCTIONS: dict[str, Callable[..., Expr]] = {
    **{name: getattr(sympy, name) for name in ("sin", "cos", "tan", "cot", "sec", "csc", "exp", "sqrt")},
    **{name: getattr(sympy, name) for name in ("asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh")},
    **{name: getattr(sympy, name) for name in ("atanh", "sech", "csch", "coth", "sign")},
    "ln": sympy.log,
    "log": lambda argument, base: sympy.log(argument) / sympy.log(base),
    "abs": sympy.Abs,
    "min": sympy.Min,
    "max": sympy.Max,
    "relu": lambda argument: sympy.Max(0, argument),
    "sigmoid": lambda argument: 1 / (1 + sympy.exp(-argument)),
    "step": lambda argument: sympy.Heaviside(argument, sympy.S.Half),
    "floor": sympy.floor,
    "ceil": sympy.ceiling,
    "atan2": sympy.atan2,
    "factorial": sympy.factorial,
    "<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge, "=": sympy.Eq, "!=": sympy.Ne, "and": sympy.And,
    CASES: _by_cases,
}  # fmt: skip
# Their seams and jumps are no conditions of engine.calculus.domain, so that a derivative could be stated there.
_NOT_DIFFERENTIATED = {
    "step": "a step", "floor": "floor", "ceil": "ceil", "atan2": "atan2", CASES: "a function given by cases",
}  # fmt: skip
_ORDERED = (sympy.Min, sympy.Max)
_NAMES = {
    sympy.log: "ln", sympy.Abs: "abs", sympy.Min: "min", sympy.Max: "max", sympy.ceiling: "ceil",
} | {
    getattr(sympy, name): name
    for name in (
        "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh",
        "atanh", "sech", "csch", "coth", "sign", "floor", "atan2",
    )
}  # fmt: skip


def symbol(name: str) -> Symbol:
    """Return the real symbol of a name."""
    return Symbol(name, real=True)


def build(tree: Node, *, angles: bool = False) -> Expr:
    """Return the SymPy expression of a tree, numbers exact, variables real.

    angles: atan2 is built too, for what looks after its jump (engine.calculus.domain).
    Refuses (NotSupported) functions that are read and evaluated, but not differentiated surely.
    """
    for each in walk(tree):
        if not isinstance(each, Apply) or (angles and each.function == "atan2"):
            continue
        if shown := _NOT_DIFFERENTIATED.get(each.function):
            raise NotSupported(f"I can read {shown}, but I do no calculus with it here.", span=each.span)
    return build_any(tree)


def build_any(tree: Node) -> Expr:
    """Return the SymPy expression of a tree, cases, steps and jumps too: for values, not for derivatives."""
    match tree:
        case Number():
            return Rational(tree.value.numerator, tree.value.denominator)
        case Constant():
            return sympy.E if tree.name == "e" else sympy.pi
        case Name():
            return symbol(tree.name)
        case Negative():
            return -build_any(tree.of)
        case Apply():
            return _FUNCTIONS[tree.function](*map(build_any, tree.arguments))
        case Binary():
            left, right = build_any(tree.left), build_any(tree.right)
            match tree.sign:
                case "+":
                    return left + right
                case "-":
                    return left - right
                case "*":
                    return left * right
                case "/":
                    return left / right
                case _:
                    return left**right


def written_with_decimals(tree: Node) -> bool:
    """Tell whether a decimal point occurs, so that results are written with decimals too."""
    return any(isinstance(each, Number) and "." in each.text for each in walk(tree))


def unbuild(expression: Expr, *, decimals: bool = False) -> Node:
    """Return the tree of a SymPy expression, in the order a person would write it.

    decimals: write fractions that end (1/50) as decimals (0.02).
    Refuses (NotSupported) what has no spelling, for instance a root of a polynomial of degree five.
    """
    return _Unbuilder(decimals).node(expression)


class _Unbuilder:
    def __init__(self, decimals: bool) -> None:  # noqa: FBT001 - the one setting of this printer
        self.decimals = decimals

    def node(self, e: Expr) -> Node:
        if e.is_Rational:
            return self.rational(e)
        if e.is_Symbol:
            return Name(e.name)
        if e in {sympy.E, sympy.pi}:
            return Constant("e" if e == sympy.E else "pi")
        if e.is_Add:
            return self.total(e)
        if e.is_Mul:
            return self.product(e)
        if e.is_Pow or isinstance(e, sympy.exp):
            return self.power(e)
        if isinstance(e, sympy.Heaviside):
            # Its second argument is the value at the jump, where no derivative is ever stated.
            return Apply("step", (self.node(e.args[0]),))
        if e.func in _NAMES:
            arguments: Sequence[Expr] = sorted(e.args, key=str) if isinstance(e, _ORDERED) else e.args
            return Apply(_NAMES[e.func], tuple(map(self.node, arguments)))
        raise NotSupported("This has no short exact spelling; see its decimal value.")

    def rational(self, e: Expr) -> Node:
        if e.p < 0:
            return Negative(self.rational(-e))
        if e.q == 1:
            return Number(str(e.p))
        if self.decimals and (text := _ending_decimal(e)):
            return Number(text)
        return Binary("/", Number(str(e.p)), Number(str(e.q)))

    def total(self, e: Expr) -> Node:
        # Putting the terms of a constant in order would compute every one of them.
        terms = list(e.as_ordered_terms() if e.free_symbols else e.args)
        positive = next((i for i, term in enumerate(terms) if not term.could_extract_minus_sign()), 0)
        terms.insert(0, terms.pop(positive))
        node = self.node(terms[0])
        for term in terms[1:]:
            if term.could_extract_minus_sign():
                node = Binary("-", node, self.node(-term))
            else:
                node = Binary("+", node, self.node(term))
        return node

    def product(self, e: Expr) -> Node:
        if e.could_extract_minus_sign():
            return Negative(self.node(-e))
        coefficient, _ = e.as_coeff_Mul()
        keep = self.decimals and coefficient.q != 1 and _ending_decimal(coefficient)
        above, below = sympy.fraction(e / coefficient if keep else e, exact=True)
        factors = [] if above == 1 else list(above.as_ordered_factors())
        nodes = [self.node(factor) for factor in factors]
        if keep:
            nodes.insert(0, Number(str(keep)))
        node = nodes[0] if nodes else Number("1")
        for following in nodes[1:]:
            node = Binary("*", node, following)
        return node if below == 1 else Binary("/", node, self.node(below))

    def power(self, e: Expr) -> Node:
        base, exponent = (sympy.E, e.args[0]) if isinstance(e, sympy.exp) else e.as_base_exp()
        if base == sympy.E:
            return Binary("^", Constant("e"), self.node(exponent))
        if e.is_Pow:
            base, exponent = e.base, e.exp
        if exponent.is_Rational and exponent < 0:
            return Binary("/", Number("1"), self.node(base**-exponent))
        if exponent == sympy.S.Half:
            return Apply("sqrt", (self.node(base),))
        return Binary("^", self.node(base), _Unbuilder(decimals=False).node(exponent))


def _ending_decimal(e: Expr) -> str:
    """Return the decimal spelling of a positive fraction that ends within six places, else ""."""
    for places in range(1, 7):
        scaled = e * 10**places
        if scaled.q == 1:
            digits = str(scaled.p).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}"
    return ""
