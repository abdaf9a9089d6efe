"""Are two equations or inequalities the same: one is the other times something that is never zero."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise
from random import Random

from engine.judging.places import Domain, Drawn, draw, simple
from engine.judging.probing import beside_zeros, side_between, side_of
from engine.judging.question import Question
from engine.judging.results import Result, single
from engine.judging.sameness import Verdict, same
from engine.judging.substitution import substituted
from engine.judging.zeros import same_zeros
from engine.reading.kinds import Relation
from engine.reading.tree import Apply, Binary, Node, names_in, walk

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_ORDERS = {"<", "<=", ">", ">="}
_TRIES = 40
_BASES = 3
_PROBES = 60
_CLOSE = Fraction(1, 10**12)
_LEAPING = {"sign", "step", "floor", "ceil", "atan2", "cases"}
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
    if answer.sign == reference.sign and answer.sign not in _ORDERS and same_zeros(given, right):
        return single(Verdict("right", "identical", "", found.receipt))
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
    """Return a point beside a zero of one expression, where the other one surely has none.

    One expression changes its sign between the two ends of a bracket and is enclosed over all of it, so it has a
    zero there, which is no pole; the other one is enclosed over all of it and is never zero.
    `beside_zeros` gives both ends of a bracket first, then a point farther out on either side.
    """
    probes = list(islice(beside_zeros(one, base, domain), _PROBES))
    for low, high in pairwise(probes):
        if max(abs(low[name] - high[name]) for name in low) > _CLOSE:
            continue
        turned = {side_of(one, low), side_of(one, high)}
        if (
            turned == {1, -1}
            and not _leaps(one)
            and side_between(one, low, high) == 0
            and side_between(other, low, high)
        ):
            return low
    return None


def _leaps(node: Node) -> bool:
    """Tell whether an expression may change its sign without a zero, though it is defined everywhere."""
    return any(isinstance(each, Apply) and each.function in _LEAPING for each in walk(node))


def _written(at: Drawn) -> dict[str, str]:
    return {name: str(value) for name, value in at.items()}
