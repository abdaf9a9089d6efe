"""Which functions repeat themselves: shown on the term, by exact shares of pi."""

from math import prod

from flint import fmpq_mpoly

from engine.proofs.field import Field
from engine.proofs.terms import Rejected, Term


def repeats(term: Term, i: int, period: Term, count: int) -> bool:
    """Tell whether the gradient of a function of `count` variables stays the same one period further in the i-th."""
    if term[0] == "add":
        return all(repeats(part, i, period, count) for part in term[1])
    try:
        return not any(_rise(term, i, period, count).degrees()[:count])
    except Rejected:
        return _turn(term, i, period, count) == 1


def _rise(term: Term, i: int, period: Term, count: int) -> fmpq_mpoly:
    """Return by how much a polynomial in the variables and pi rises over one period; refuses (Rejected) others."""
    field = Field(count, [("pi",)])
    (above, below), (step, share) = field.lift(term), field.lift(period)
    if not below.is_constant() or not share.is_constant():
        raise Rejected("a function is no polynomial")
    moved = [gen + step / share if j == i else gen for j, gen in enumerate(field.gens)]
    return (above.compose(*moved, ctx=field.ring) - above) / below


def _turn(term: Term, i: int, period: Term, count: int) -> int:
    """Return 1 for a term that is the same one period further, -1 for one with the other sign, 0 where none is seen."""
    match term:
        case ("var", j):
            return int(i != j)
        case ("add", parts):
            turns = {_turn(part, i, period, count) for part in parts}
            return turns.pop() if len(turns) == 1 else 0
        case ("mul", parts):
            return prod(_turn(part, i, period, count) for part in parts)
        case ("pow", base, ("num", q)):
            turn = _turn(base, i, period, count)
            return turn ** (2 - q.p % 2) if q.q == 1 else int(turn == 1)
        case ("pow" | "call", *inner):
            inside = {_turn(part, i, period, count) for part in inner if isinstance(part, tuple)}
            if inside == {1} or inner[0] not in ("sin", "cos", "tan"):
                return int(inside == {1})
            rise = _rise(inner[1], i, period, count)
            share = (
                rise.leading_coefficient()
                if len(rise) == 1 and rise.degrees()[-1] == 1 == rise.total_degree()
                else None
            )
            return 0 if share is None or share.q > 1 else 1 if inner[0] == "tan" or share.p % 2 == 0 else -1
    return 1
