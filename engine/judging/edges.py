"""Where jumps jump and where roots end: places that points drawn at random never meet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from engine.judging.compared import LOW, Seen, compare
from engine.judging.modular import whole
from engine.judging.places import Domain, Drawn
from engine.judging.probing import beside_zeros, side_of
from engine.judging.rationals import exactly
from engine.judging.structure import is_not_negative
from engine.judging.substitution import substituted
from engine.judging.zeros import same_zeros
from engine.reading.functions import COMPARISONS
from engine.reading.tree import Apply, Binary, Negative, Node, Number, names_in, walk

_ZERO = Number("0")
_BASES = 4
_PROBES = 40


def jumps(node: Node) -> dict[Node, Node]:
    """Return for each jump with a variable in it the expression at whose zeros it jumps."""
    found: dict[Node, Node] = {}
    for each in walk(node):
        if isinstance(each, Apply) and names_in(each):
            if each.function in {"sign", "step"}:
                found[each] = each.arguments[0]
            elif each.function in COMPARISONS:
                left, right = each.arguments
                found[each] = Binary("-", left, right)
    return found


def at_jumps(answer: Node, reference: Node, domain: Domain, bases: Sequence[Drawn]) -> tuple[Seen, Drawn] | None:
    """Return what is seen where the functions jump: "different" with its point, or "agree" with a last one.

    None where that is not known: a place that no straight line from a base meets in a fraction, or
    corners at which several jumps meet.
    """
    found = jumps(answer) | jumps(reference)
    jumping = _together(found.values())
    if len(jumping) > 1 and len(set().union(*map(names_in, jumping))) > 1:
        return None
    for inside, alike in jumping.items():
        still = dict.fromkeys(alike, _ZERO) | {each: _stopped(each) for each, of in found.items() if of in alike}
        one, other = _put(answer, still), _put(reference, still)
        places = [place for base in bases[:_BASES] for place in _zeros(inside, base)]
        if not places:
            return None
        for place in places:
            seen = compare(one, other, place, LOW) if domain.has(place) else "agree"
            if seen == "different":
                return seen, place
            if seen == "blind":
                return None
    return "agree", bases[0]


def _together(insides: Iterable[Node]) -> dict[Node, set[Node]]:
    """Return the expressions that vanish at the same points as one of them, under that one."""
    found: dict[Node, set[Node]] = {}
    for each in insides:
        first = next((one for one in found if each == one or same_zeros(each, one)), each)
        found.setdefault(first, set()).add(each)
    return found


def _stopped(jump: Node) -> Node:
    """Return a jump just where it jumps: sign(0), or 0 < 0."""
    return replace(jump, arguments=(_ZERO,) * len(jump.arguments)) if isinstance(jump, Apply) else jump


def _put(node: Node, others: Mapping[Node, Node]) -> Node:
    """Return the tree with some nodes replaced by others."""
    if node in others:
        return others[node]
    match node:
        case Negative():
            return Negative(_put(node.of, others))
        case Binary():
            return Binary(node.sign, _put(node.left, others), _put(node.right, others))
        case Apply():
            return Apply(node.function, tuple(_put(each, others) for each in node.arguments))
        case _:
            return node


def _zeros(inside: Node, base: Drawn) -> Iterator[Drawn]:
    """Yield the exact zeros on the lines through a base on which the expression is straight."""
    for name in sorted(names_in(inside)):
        here, there = (exactly(substituted(inside, {**base, name: base[name] + step})) for step in (0, 1))
        if here is None or there is None or here == there:
            continue
        at = {**base, name: base[name] - here / (there - here)}
        if exactly(substituted(inside, at)) == Fraction(0):
            yield at


def outside(answer: Node, reference: Node, domain: Domain, base: Drawn) -> Drawn | None:
    """Return a point of the domain beside which the answer has no value and the reference has, None if none is found.

    A single hole does not count: a root or logarithm of something negative does.
    """
    known = set(_limited(reference))
    for inside in (each for each in _limited(answer) if each not in known):
        for at in islice(beside_zeros(inside, base, domain), _PROBES):
            if side_of(inside, at) == -1 and compare(answer, reference, at, LOW) == "answer undefined":
                return at
    return None


def _limited(node: Node) -> Iterator[Node]:
    """Yield what must not be negative, so that the expression has a value."""
    for each in walk(node):
        match each:
            case Apply(function="sqrt" | "ln" | "log"):
                found: Node = each.arguments[0]
            case Apply(function="asin" | "acos" | "atanh"):
                found = Binary("-", Number("1"), Binary("^", each.arguments[0], Number("2")))
            case Apply(function="acosh"):
                found = Binary("-", each.arguments[0], Number("1"))
            case Binary(sign="^") if whole(each.right) is None:
                found = each.left
            case _:
                continue
        if names_in(found) and not is_not_negative(found):
            yield found
