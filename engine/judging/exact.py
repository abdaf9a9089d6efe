"""A proof that two trees are the same function, by rules that hold wherever both are defined."""

from dataclasses import dataclass
from functools import reduce

from flint import fmpq

from engine.judging.angles import Angles
from engine.judging.fractions import Field, Fraction, NowhereError, TooHardError
from engine.judging.inverses import inverted, jumping
from engine.judging.kernels import Kernels
from engine.judging.modular import whole
from engine.judging.places import Domain
from engine.reading.functions import CASES
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number
from engine.spelling.cases import pairs

_ROUNDS = 4


def identical(answer: Node, reference: Node, domain: Domain, *, off_jumps: bool = False) -> bool:
    """Tell whether the difference is proven to be zero; False proves nothing.

    Both are turned into fractions of polynomials in independent generators. What is learnt on the way
    (a root's radicand is not negative) may make a second round succeed. With `off_jumps` nothing is said
    about the places where a sign, a step or a case jumps, and more is proven about all others.
    """
    if answer == reference:
        return True
    rules = _Rules(Kernels(Field()), off_jumps)
    try:
        rules.learn(domain)
        for _ in range(_ROUNDS):
            rules.kernels.again = rules.kernels.stale = False
            difference = rules.field.add(rules.of(answer), rules.field.negative(rules.of(reference)))
            if difference.above.is_zero() and not rules.kernels.stale:
                return True
            if not rules.kernels.again and not rules.kernels.stale:
                return False
    except (TooHardError, NowhereError, OverflowError):
        return False
    return False


@dataclass(slots=True)
class _Rules:
    kernels: Kernels
    off_jumps: bool = False

    @property
    def field(self) -> Field:
        """The field of the kernels."""
        return self.kernels.field

    def learn(self, domain: Domain) -> None:
        """Note the signs that the conditions of the domain state."""
        for condition in domain.conditions:
            if condition.sign in {"=", "!="}:
                continue
            difference = self.field.add(self.of(condition.left), self.field.negative(self.of(condition.right)))
            up = condition.sign in {">", ">="}
            self.kernels.learn(difference if up else self.field.negative(difference))
            # x > 1 says that x is positive too.
            for name, (low, high) in ((n, domain.bounds(n)) for n in _names(condition.left)):
                if low is not None and low >= 0:
                    self.kernels.learn(self.field.generator(("name", name)))
                elif high is not None and high <= 0:
                    self.kernels.learn(self.field.negative(self.field.generator(("name", name))))

    def of(self, node: Node) -> Fraction:
        """Return the fraction of a tree."""
        match node:
            case Number():
                exact = node.value
                return self.field.constant(fmpq(exact.numerator, exact.denominator))
            case Name():
                return self.field.generator(("name", node.name))
            case Constant():
                return self.kernels.euler(self.field.constant(1)) if node.name == "e" else self.kernels.pi()
            case Negative():
                return self.field.negative(self.of(node.of))
            case Binary():
                return self.binary(node)
            case Apply(function=function) if function == CASES:
                return self.parted(node)
            case Apply(function="min" | "max"):
                # In one order: what is inside a nest of absolute values depends on it.
                inner = sorted(map(self.of, _flat(node)), key=lambda each: str(each.key), reverse=True)
                return self.applied(node.function, inner)
            case Apply():
                return self.applied(node.function, [self.of(each) for each in node.arguments])

    def parted(self, node: Apply) -> Fraction:
        """Return the fraction of a function by cases, each weighed by the step that chooses it."""
        if not self.off_jumps:
            raise TooHardError
        f = self.field
        values = list(pairs(node))
        found = self.of(values[-1][0])
        for value, condition in reversed(values[:-1]):
            weight = self.chosen(condition)
            other = f.add(f.constant(1), f.negative(weight))
            found = f.add(f.multiply(weight, self.of(value)), f.multiply(other, found))
        return found

    def chosen(self, condition: Node | None) -> Fraction:
        """Return 1 where a condition holds and 0 where not, off its boundary."""
        f = self.field
        if not isinstance(condition, Apply):
            raise TooHardError
        if condition.function == "and":
            return reduce(f.multiply, map(self.chosen, condition.arguments))
        if condition.function in {"=", "!="}:
            return f.constant(int(condition.function == "!="))
        left, right = map(self.of, condition.arguments)
        if condition.function in {"<", "<="}:
            left, right = right, left
        return jumping(self.kernels, "step", f.add(left, f.negative(right)), off_jumps=self.off_jumps)

    def binary(self, node: Binary) -> Fraction:
        left = self.of(node.left)
        if node.sign == "^":
            return self.power(node, left)
        right = self.of(node.right)
        match node.sign:
            case "+":
                return self.field.add(left, right)
            case "-":
                return self.field.add(left, self.field.negative(right))
            case "*":
                return self.field.multiply(left, right)
            case _:
                return self.field.multiply(left, self.field.inverse(right))

    def power(self, node: Binary, base: Fraction) -> Fraction:
        exponent = whole(node.right)
        if exponent is not None:
            return self.field.power(base, exponent)
        up = self.of(node.right)
        if node.left == Constant("e"):
            return self.kernels.euler(up)
        known = up.number
        if known is not None:
            return self.kernels.root(base, known)
        return self.kernels.euler(self.field.multiply(up, self.kernels.logarithm(base)))

    def applied(self, function: str, arguments: list[Fraction]) -> Fraction:
        """Return the fraction of a function of fractions."""
        kernels, f = self.kernels, self.field
        u = arguments[0]
        match function:
            case "exp":
                return kernels.euler(u)
            case "ln":
                return kernels.logarithm(u)
            case "log":
                return f.multiply(kernels.logarithm(u), f.inverse(kernels.logarithm(arguments[1])))
            case "sqrt":
                return kernels.root(u, fmpq(1, 2))
            case "sin" | "cos" | "tan" | "cot" | "sec" | "csc":
                return _ratio(f, function, *Angles(kernels).circle(u))
            case "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch":
                return self.hyperbolic(function, u)
            case "sigmoid":
                return f.inverse(f.add(f.constant(1), kernels.euler(f.negative(u))))
            case _:
                return self.folded(function, arguments)

    def hyperbolic(self, function: str, u: Fraction) -> Fraction:
        f = self.field
        up, half = self.kernels.euler(u), f.constant(fmpq(1, 2))
        down = f.inverse(up)
        sine = f.multiply(half, f.add(up, f.negative(down)))
        cosine = f.multiply(half, f.add(up, down))
        return _ratio(
            f, {"tanh": "tan", "coth": "cot", "sech": "sec", "csch": "csc"}.get(function, function[:3]), cosine, sine
        )

    def folded(self, function: str, arguments: list[Fraction]) -> Fraction:
        """Return the fraction of what is made of absolute values, or stands for itself."""
        kernels, f = self.kernels, self.field
        u, half = arguments[0], f.constant(fmpq(1, 2))
        match function:
            case "abs":
                return kernels.size(u)
            case "relu":
                return f.multiply(half, f.add(u, kernels.size(u)))
            case "min" | "max":
                found = u
                for other in arguments[1:]:
                    apart = kernels.size(f.add(found, f.negative(other)))
                    found = f.multiply(
                        half, f.add(f.add(found, other), apart if function == "max" else f.negative(apart))
                    )
                return found
            case _:
                return inverted(kernels, function, u, off_jumps=self.off_jumps)


def _ratio(f: Field, function: str, cosine: Fraction, sine: Fraction) -> Fraction:
    match function:
        case "sin":
            return sine
        case "cos":
            return cosine
        case "tan":
            return f.multiply(sine, f.inverse(cosine))
        case "cot":
            return f.multiply(cosine, f.inverse(sine))
        case "sec":
            return f.inverse(cosine)
        case _:
            return f.inverse(sine)


def _flat(node: Apply) -> list[Node]:
    """Return the arguments of a maximum, those of a maximum inside it among them."""
    found: list[Node] = []
    for each in node.arguments:
        found += _flat(each) if isinstance(each, Apply) and each.function == node.function else [each]
    return found


def _names(node: Node) -> list[str]:
    return [node.name] if isinstance(node, Name) else []


def fraction(node: Node, field: Field) -> Fraction:
    """Return a tree as a fraction in the generators of a field. Raises TooHardError and NowhereError."""
    return _Rules(Kernels(field)).of(node)
