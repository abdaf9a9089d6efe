"""Is a right answer in the form that is asked for: factored, expanded, lowest terms."""

from flint import fmpq_mpoly

from engine.judging.exact import fraction
from engine.judging.fractions import Field, NowhereError, TooHardError
from engine.judging.modular import is_rational, whole
from engine.judging.question import Form
from engine.judging.rationals import exactly
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number, names_in


def lacking(node: Node, form: Form) -> str:
    """Return the sentence that says what the form still lacks, "" where it is as asked for."""
    match form:
        case "expanded":
            return "" if _is_sum_of_products(node) else "That is right, but not multiplied out and collected."
        case "factored":
            return "" if _is_factored(node) else "That is right, but not factored as far as it goes."
        case "lowest terms":
            return "" if _is_lowest(node) else "That is right, but not in lowest terms."


def _terms(node: Node) -> list[Node]:
    match node:
        case Binary(sign="+" | "-"):
            return [*_terms(node.left), *_terms(node.right)]
        case Negative():
            return _terms(node.of)
        case _:
            return [node]


def _is_sum_of_products(node: Node) -> bool:
    """Tell whether a tree is a sum of products, no two of which could be put together."""
    terms = _terms(node)
    if not all(_is_product(each) for each in terms):
        return False
    try:
        field = Field()
        found = [fraction(each, field) for each in terms]
    except (TooHardError, NowhereError):
        return len({str(each) for each in terms}) == len(terms)
    monomials = [
        (str(each.above / each.above.leading_coefficient()), str(each.below))
        for each in found
        if not each.above.is_zero()
    ]
    return len(set(monomials)) == len(terms)


def _is_product(node: Node) -> bool:
    match node:
        case Negative():
            return _is_product(node.of)
        case Binary(sign="*"):
            return _is_product(node.left) and _is_product(node.right) and _numbers_in(node) < 2
        case Binary(sign="/"):
            return _is_product(node.left) and (not names_in(node.right) or _is_product(node.right))
        case Binary(sign="^") if whole(node.right) is not None and isinstance(node.left, Binary):
            return node.left.sign == "^"
        case Binary(sign="^"):
            return whole(node.right) in {0, 1} or len(_terms(node.left)) == 1
        case Binary():
            return False
        case _:
            return True


def _numbers_in(node: Node) -> int:
    """Return how many numbers stand side by side in a product; those below a line do not count."""
    match node:
        case Number():
            return 1
        case Negative():
            return _numbers_in(node.of)
        case Binary(sign="*"):
            return _numbers_in(node.left) + _numbers_in(node.right)
        case Binary(sign="/"):
            return _numbers_in(node.left)
        case _:
            return 0


def _is_factored(node: Node) -> bool:
    """Tell whether a tree is a product of irreducible factors, with nothing left to take out of any."""
    try:
        return all(_is_irreducible(each) for each in _factors(node))
    except (TooHardError, NowhereError):
        return False


def _factors(node: Node) -> list[Node]:
    match node:
        case Negative():
            return _factors(node.of)
        case Binary(sign="*" | "/"):
            return [*_factors(node.left), *_factors(node.right)]
        case Binary(sign="^") if whole(node.right) is not None:
            return _factors(node.left)
        case _:
            return [node]


def _is_irreducible(node: Node) -> bool:
    if not names_in(node) or isinstance(node, Name | Number | Constant):
        return True
    # sin(x)^2 + sin(x) is no product once sin(x)^2 has become 1 - cos(x)^2, so the form as written counts too.
    for each in (node, _veiled(node)):
        found = fraction(each, Field())
        _, factors = found.above.factor()
        if sum(power for _, power in factors) != 1 or _content(found.above) != 1 or not found.below.is_constant():
            return False
    return True


def _veiled(node: Node) -> Node:
    """Return the tree with a name of its own for each thing that is not rational."""
    match node:
        case Apply() | Constant():
            return Name(f"[{hash(node)}]")
        case Binary(sign="^") if whole(node.right) is None:
            return Name(f"[{hash(node)}]")
        case Negative():
            return Negative(_veiled(node.of))
        case Binary():
            return Binary(node.sign, _veiled(node.left), node.right if node.sign == "^" else _veiled(node.right))
        case _:
            return node


def _content(polynomial: fmpq_mpoly) -> int:
    common = 0
    for coefficient in polynomial.coeffs():
        if coefficient.q != 1:
            return 1
        common = int(coefficient.p.gcd(common))
    return abs(common)


def _is_lowest(node: Node) -> bool:
    """Tell whether a fraction cannot be reduced, from its written form."""
    match node:
        case Negative():
            return _is_lowest(node.of)
        case Number():
            return node.value.denominator == 1 and "." not in node.text
        case Binary(sign="/"):
            return _is_reduced(node.left, node.right)
        case Binary(sign="*"):
            return all(_is_lowest(each) for each in (node.left, node.right) if isinstance(each, Binary))
        case Binary(sign="+" | "-") if exactly(node) is not None:
            # A mixed number: one fraction beside a whole number.
            terms = _terms(node)
            return all(map(_is_lowest, terms)) and sum(not isinstance(each, Number) for each in terms) < 2
        case Binary():
            return not names_in(node) or is_rational(node)
        case _:
            return True


def _is_reduced(above: Node, below: Node) -> bool:
    try:
        field = Field()
        over, under = fraction(above, field), fraction(below, field)
    except (TooHardError, NowhereError):
        return False
    if not (over.below.is_constant() and under.below.is_constant()):
        return False
    if not over.above.gcd(under.above).is_constant():
        return False
    top, bottom = _content(over.above), _content(under.above)
    whole_numbers = all(c.q == 1 for each in (over, under) for c in each.above.coeffs())
    return whole_numbers and _coprime(top, bottom) and not (bottom == 1 and under.above.is_one())


def _coprime(one: int, other: int) -> bool:
    while other:
        one, other = other, one % other
    return one == 1
