"""Are two equations or inequalities the same: one is the other times a constant that is not zero."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, pairwise
from random import Random

from engine.judging.places import Domain, Drawn, draw, simple
from engine.judging.probing import beside_zeros, side_of
from engine.judging.question import Question
from engine.judging.results import Result, single
from engine.judging.sameness import Verdict, same
from engine.reading.kinds import Relation
from engine.reading.tree import Apply, Binary, Name, Negative, Node, Number, names_in

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_ORDERS = {"<", "<=", ">", ">="}
_TRIES = 40
_BASES = 3
_PROBES = 60
_CLOSE = Fraction(1, 10**12)
_OTHER = "It is not the same relation."


def relation(answer: Relation, reference: Relation, question: Question, seeds: Iterator[int]) -> Result:
    """Return whether two relations say the same, as far as a constant factor and the order of sides go.

    Any other relation is wrong only where a point proves it: one that fulfils it and not the right one,
    or the other way round.
    """
    if (answer.sign in _ORDERS, answer.sign == "=") != (reference.sign in _ORDERS, reference.sign == "="):
        return Result("wrong", None, (), f"A relation with the sign {reference.sign} is asked for.")
    given, right = Binary("-", answer.left, answer.right), Binary("-", reference.left, reference.right)
    names = sorted(names_in(given) | names_in(right) | question.domain.names)
    drawn = [
        *simple(names, question.domain),
        *draw(names, question.domain, Random(next(seeds)), _TRIES),  # noqa: S311 - no secret is drawn
    ]
    at = next((each for each in drawn if side_of(right, each) and side_of(given, each)), None)
    if at is None:
        zero = next((each for each in drawn if side_of(right, each) and side_of(given, each) == 0), None)
        if zero is not None and answer.sign not in _ORDERS:
            return single(Verdict("wrong", None, _OTHER, {"at": _written(zero)}))
        return Result("undecided", None, (), "I found no point at which I can compare the two.")
    scaled = Binary("*", given, substituted(right, at)), Binary("*", right, substituted(given, at))
    found = same(*scaled, question.domain, seed=next(seeds))
    if found.outcome == "right":
        sign = answer.sign if side_of(given, at) == side_of(right, at) else _TURNED[answer.sign]
        return single(found if sign == reference.sign else _other_sign(sign, reference.sign, found))
    if found.outcome == "undecided":
        return single(found)
    return single(_other(given, right, (answer.sign, reference.sign), drawn, question.domain))


def _other(given: Node, right: Node, signs: tuple[str, str], drawn: Sequence[Drawn], domain: Domain) -> Verdict:
    proof = _proof(given, right, *signs, drawn, domain)
    if proof is None:
        return Verdict("undecided", None, "I could not decide whether this says the same.", {})
    return Verdict("wrong", None, _OTHER, {"at": _written(proof)})


def _other_sign(sign: str, right: str, found: Verdict) -> Verdict:
    if sign[0] == right[0]:
        return Verdict("wrong", None, "Look at the sign: does the boundary belong to it?", found.receipt)
    return Verdict("wrong", None, "Look at the sign: which side is meant?", found.receipt)


def _proof(
    given: Node, right: Node, sign: str, right_sign: str, drawn: Sequence[Drawn], domain: Domain
) -> Drawn | None:
    """Return a point that fulfils one relation and surely not the other, None where none was found."""
    if sign in _ORDERS:
        return next((at for at in drawn if _fulfils(given, sign, at) == (not _fulfils(right, right_sign, at))), None)
    for one, other in ((given, right), (right, given)):
        for base in drawn[::5][:_BASES]:
            if found := _zero_off(one, other, base, domain):
                return found
    return None


def _fulfils(node: Node, sign: str, at: Drawn) -> bool | None:
    found = side_of(node, at)
    return (found < 0) == (sign in {"<", "<="}) if found else None


def _zero_off(one: Node, other: Node, base: Drawn, domain: Domain) -> Drawn | None:
    """Return a point beside a zero of one expression, on both sides of which the other has one sign.

    `beside_zeros` gives both ends of a bracket first, then a point farther out on either side.
    """
    probes = list(islice(beside_zeros(one, base, domain), _PROBES))
    for low, high in pairwise(probes):
        if max(abs(low[name] - high[name]) for name in low) > _CLOSE:
            continue
        turned = {side_of(one, low), side_of(one, high)}
        beside = {side_of(other, low), side_of(other, high)}
        if len(turned) == 2 and None not in turned and beside in ({1}, {-1}):
            return low
    return None


def substituted(node: Node, values: Mapping[str, Fraction]) -> Node:
    """Return the tree with numbers put in for names."""
    match node:
        case Name() if node.name in values:
            return number(values[node.name])
        case Negative():
            return Negative(substituted(node.of, values))
        case Binary():
            return Binary(node.sign, substituted(node.left, values), substituted(node.right, values))
        case Apply():
            return Apply(node.function, tuple(substituted(each, values) for each in node.arguments))
        case _:
            return node


def number(value: Fraction) -> Node:
    """Return the tree of a fraction."""
    above: Node = Number(str(abs(value.numerator)))
    found = above if value.denominator == 1 else Binary("/", above, Number(str(value.denominator)))
    return Negative(found) if value < 0 else found


def _written(at: Drawn) -> dict[str, str]:
    return {name: str(value) for name, value in at.items()}
