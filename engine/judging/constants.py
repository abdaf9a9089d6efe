"""Are two functions the same up to a constant: so that their slopes are."""

import secrets
from collections.abc import Iterator
from itertools import chain
from random import Random

from engine.judging.places import EVERYWHERE, Domain, draw, simple
from engine.judging.probing import side_of
from engine.judging.question import SEED_BITS, seeds_from
from engine.judging.sameness import Verdict, same
from engine.judging.substitution import substituted
from engine.reading.kinds import Expression
from engine.reading.tree import Binary, Node, names_in

_TRIES = 40


def up_to_constant(
    given: Node, right: Node, domain: Domain, variables: tuple[str, ...], seeds: Iterator[int]
) -> Verdict:
    """Return whether two functions of the variables differ by a constant at most; other names are constants."""
    names = sorted(set(variables) | domain.names)
    others = sorted((names_in(given) | names_in(right)) - set(names))
    random = Random(next(seeds))  # noqa: S311 - drawn points need no secrecy
    every = [*names, *others]
    for at in chain(simple(every, domain), draw(every, domain, random, _TRIES)):
        if side_of(given, at) is not None and side_of(right, at) is not None:
            base = {name: at[name] for name in names}
            one = Binary("-", given, substituted(given, base))
            other = Binary("-", right, substituted(right, base))
            return same(one, other, domain, seed=next(seeds))
    return Verdict("undecided", None, "I found no point at which both are defined.", {})


def same_slopes(one: Expression, other: Expression) -> bool:
    """Tell whether two functions surely or very likely differ by a constant at most.

    Names count: x^2 and y^2 are different functions.
    """
    names = tuple(sorted(names_in(one.tree) | names_in(other.tree)))
    if not names:
        return True
    seeds = seeds_from(secrets.randbits(SEED_BITS))
    return up_to_constant(one.tree, other.tree, EVERYWHERE, names, seeds).outcome == "right"
