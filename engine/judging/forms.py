"""Is a right answer in the form that is asked for: factored, expanded, lowest terms."""

from flint import fmpq_mpoly

from engine.judging.exact import fraction
from engine.judging.fractions import Field, NowhereError, TooHardError
from engine.judging.modular import is_rational, whole
from engine.judging.question import Form
from engine.reading.tree import Binary, Constant, Name, Negative, Node, Number, names_in


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
            return _is_product(node.left) and _is_product(node.right)
        case Binary(sign="/"):
            return _is_product(node.left) and (not names_in(node.right) or _is_product(node.right))
        case Binary(sign="^"):
            return whole(node.right) in {0, 1} or len(_terms(node.left)) == 1
        case Binary():
            return False
        case _:
            return True


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
    found = fraction(node, Field())
    if not found.below.is_constant() and not is_rational(node):
        raise TooHardError
    _, factors = found.above.factor()
    return sum(power for _, power in factors) == 1 and _content(found.above) == 1


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
