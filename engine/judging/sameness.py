"""Are two expressions the same function: proven, seen, or not decided."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Literal

from engine.judging import modular
from engine.judging.compared import HIGH, HIGHEST, LOW, Seen, compare
from engine.judging.edges import at_jumps, jumps, outside
from engine.judging.exact import identical
from engine.judging.places import EVERYWHERE, Domain, Drawn, draw
from engine.judging.probing import beside_zeros, side_of
from engine.judging.rationals import exactly
from engine.judging.structure import exponents, kinks, unexplained
from engine.reading.tree import Node, names_in
from engine.values import Json

METHOD = 2  # goes up whenever the same seed could lead to another verdict
_DRAWN = 48
_ENOUGH = 8
_FEW = 3
_CLOSELY = 4
_RARE = 12
_PROBES = 120
_MOST_BRANCHES = 5

Outcome = Literal["right", "wrong", "undecided"]
Strength = Literal["identical", "agrees"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found, how surely, and the receipt: seed, primes, points and what was seen.

    strength: for "right": "identical" is proven, "agrees" is seen at the points of the receipt.
    why:      for anything else a sentence for the learner.
    lacks:    for "right": what the form asked for still lacks, a sentence; "" if nothing.
    """

    outcome: Outcome
    strength: Strength | None
    why: str
    receipt: Json
    lacks: str = ""


def same(answer: Node, reference: Node, domain: Domain = EVERYWHERE, *, seed: int) -> Verdict:
    """Return whether two expressions are the same function where both are defined, inside the domain.

    "wrong" is proven: another value, or none where a stated domain needs one. The same seed gives the
    same verdict.
    """
    random = Random(seed)  # noqa: S311 - drawn points need no secrecy, but the seed is one
    receipt: Json = {"method": METHOD, "seed": seed}
    if answer == reference:
        return Verdict("right", "identical", "", receipt)
    if not names_in(answer) | names_in(reference):
        return _constant(answer, reference, receipt)
    on_curve = any(each.sign == "=" for each in domain.conditions)
    if modular.is_rational(answer) and modular.is_rational(reference) and not on_curve:
        return _rational(answer, reference, random, receipt)
    return _Comparison(answer, reference, domain, random, receipt).verdict()


def _rational(answer: Node, reference: Node, random: Random, receipt: Json) -> Verdict:
    differ, prime, points = modular.differ(answer, reference, random)
    receipt |= {"prime": prime, "points": [{name: str(each) for name, each in at.items()} for at in points]}
    if differ is None:
        return Verdict("undecided", None, "This is defined nowhere: it divides by zero.", receipt)
    if differ:
        return Verdict("wrong", None, "It is another function.", receipt)
    return Verdict("right", "identical" if identical(answer, reference, EVERYWHERE) else "agrees", "", receipt)


def _constant(answer: Node, reference: Node, receipt: Json) -> Verdict:
    one, other = exactly(answer), exactly(reference)
    if one is not None and other is not None:
        if one == other:
            return Verdict("right", "identical", "", receipt)
        return Verdict("wrong", None, "It is another number.", receipt)
    seen: Seen = "open"
    for bits in (LOW, HIGH, HIGHEST):
        seen = compare(answer, reference, {}, bits)
        receipt |= {"bits": bits, "seen": seen}
        if seen == "different":
            return Verdict("wrong", None, "It is another number.", receipt)
        if seen == "answer undefined":
            return Verdict("wrong", None, "It has no real value.", receipt)
        if bits == LOW and identical(answer, reference, EVERYWHERE):
            return Verdict("right", "identical", "", receipt)
    if seen != "agree" or _is_strange(answer, reference):
        return Verdict("undecided", None, "I could not decide surely whether this is the same number.", receipt)
    return Verdict("right", "agrees", "", receipt)


@dataclass(slots=True)
class _Comparison:
    """One comparison at points."""

    answer: Node
    reference: Node
    domain: Domain
    random: Random
    receipt: Json

    def verdict(self) -> Verdict:
        """Return the verdict: look at points, then for a proof, then where the answer could hide."""
        names = sorted(names_in(self.answer) | names_in(self.reference) | self.domain.names)
        seen: Counter[Seen] = Counter()
        agreed: list[Drawn] = []
        proven: bool | None = None
        drawn: list[Drawn] = []
        for at in draw(names, self.domain, self.random, _DRAWN):
            found = self.at(at, LOW)
            seen[found] += 1
            drawn.append(at)
            if found == "different" or (found == "answer undefined" and self.domain.text):
                return self.wrong(at, found)
            if found == "agree":
                agreed.append(at)
            if proven is None and len(agreed) >= _FEW:
                proven = identical(self.answer, self.reference, self.domain)
            if proven and (sum(seen.values()) >= _ENOUGH or not self.domain.text):
                break
        self.receipt |= {"seen": dict(seen), "points": _written(agreed)}
        if why := self.hardly(seen):
            return self.undecided(why)
        if proven:
            return self.right(agreed[0], "identical")
        if len(agreed) >= _ENOUGH:
            return self.off_jumps(agreed) or self.closely(agreed)
        return self.dimly(drawn)

    def right(self, base: Drawn, strength: Strength) -> Verdict:
        """Return that it is right, unless the answer has no value on a part of the stated domain."""
        off = outside(self.answer, self.reference, self.domain, base) if self.domain.text else None
        return Verdict("right", strength, "", self.receipt) if off is None else self.wrong(off, "answer undefined")

    def off_jumps(self, agreed: Sequence[Drawn]) -> Verdict | None:
        """Return the verdict on functions that jump, where it is proven beside the jumps and seen at them."""
        if not jumps(self.answer) | jumps(self.reference):
            return None
        if not identical(self.answer, self.reference, self.domain, off_jumps=True):
            return None
        seen = at_jumps(self.answer, self.reference, self.domain, agreed)
        if seen is None:
            return None
        return self.wrong(seen[1]) if seen[0] == "different" else self.right(agreed[0], "agrees")

    def hardly(self, seen: Counter[Seen]) -> str:
        """Return why the answer is defined on too little of the domain to be called the same, "" if it is not."""
        if seen["answer undefined"] > _RARE * max(1, seen["agree"]):
            return "Your answer is defined hardly anywhere where the right one is."
        if self.domain.text and seen["reference undefined"] > sum(seen.values()) // 2:
            return "The right answer is not defined on all of the domain, so I compare nothing there."
        return ""

    def dimly(self, drawn: Sequence[Drawn]) -> Verdict:
        """Return the verdict on what is hard to see at most points: look longer, and where it could hide."""
        for at in drawn[:_ENOUGH]:
            if self.at(at, HIGH) == "different":
                return self.wrong(at)
        found = self.hidden(list(drawn)) if drawn else None
        return found or self.undecided("I found too few points at which I can compare surely.")

    def closely(self, agreed: Sequence[Drawn]) -> Verdict:
        """Return the verdict on an answer that agrees at everyday points: look where it could hide."""
        close = 0
        for at in agreed[:_ENOUGH]:
            found = self.at(at, HIGH)
            close += found == "agree"
            if found == "different":
                return self.wrong(at)
        if close < _CLOSELY:
            return self.undecided("I could not compare closely enough.")
        return self.hidden(list(agreed)) or self.right(agreed[0], "agrees")

    def hidden(self, agreed: list[Drawn]) -> Verdict | None:
        """Return the verdict on an answer with branches or bumps that the points may have missed."""
        branches = self.branches()
        if len(branches) > _MOST_BRANCHES:
            return self.undecided("It has more branches than I can look at.")
        bumps = _only_one(tuple(exponents(self.answer)), tuple(exponents(self.reference)))
        strange = _is_strange(self.answer, self.reference)
        if not strange and _all_seen(branches, agreed):
            return None
        probes: list[Drawn] = []
        for node in (*branches, *bumps, *([self.answer, self.reference] if strange else [])):
            probes += islice(beside_zeros(node, agreed[0], self.domain), _PROBES // 4)
        for at in probes[:_PROBES]:
            found = self.at(at, 2 * LOW)
            if found == "different":
                return self.wrong(at)
            if found == "agree":
                agreed.append(at)
        if strange:
            return self.undecided(
                "It agrees wherever I looked, but its jumps, or its very large or small numbers, leave a doubt."
            )
        if not _all_seen(branches, agreed):
            return self.undecided("It agrees wherever I looked, but has a branch that I did not reach.")
        return None

    def branches(self) -> list[Node]:
        """Return what has another branch at its zeros: all of it once a kink stands on one side only."""
        one, other = kinks(self.answer), kinks(self.reference)
        return list(dict.fromkeys([*one, *other])) if _only_one(one, other) else []

    def at(self, at: Drawn, bits: int) -> Seen:
        """Return what is seen at a point."""
        return compare(self.answer, self.reference, at, bits)

    def wrong(self, at: Drawn, found: Seen = "different") -> Verdict:
        """Return the verdict that a point proves."""
        self.receipt["at"] = _written([at])[0]
        said = "has another value" if found == "different" else "is not defined"
        return Verdict("wrong", None, f"It {said} at {_shown(at)}.", self.receipt)

    def undecided(self, why: str) -> Verdict:
        """Return the verdict that leaves it to a person."""
        return Verdict("undecided", None, why, self.receipt)


def _is_strange(answer: Node, reference: Node) -> bool:
    return unexplained(answer, reference) or unexplained(reference, answer)


def _only_one(some: Sequence[Node], others: Sequence[Node]) -> list[Node]:
    """Return what is on one side only, each once."""
    both = set(some) & set(others)
    return [each for each in dict.fromkeys([*some, *others]) if each not in both]


def _all_seen(branches: Sequence[Node], agreed: Sequence[Drawn]) -> bool:
    """Tell whether every choice of sides of the branches is among the points."""
    sides = {tuple(side_of(each, at) for each in branches) for at in agreed}
    return len([row for row in sides if all(row)]) == 1 << len(branches)


def _written(points: Sequence[Drawn]) -> list[dict[str, str]]:
    return [{name: str(value) for name, value in at.items()} for at in points]


def _shown(at: Drawn) -> str:
    return ", ".join(f"{name} ≈ {float(value):.4g}" for name, value in at.items())
