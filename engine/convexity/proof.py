"""A proof that a function is convex or concave: a tree of rules, each about a part of the formula."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sympy import Expr

from engine.convexity.hessian import Bent

Way = Literal[1, -1]
WORDS: dict[int, str] = {1: "convex", -1: "concave"}
Slopes = tuple[tuple[Expr, ...], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """One rule: `about` is convex (way 1) or concave (way -1), because of what `says` says and of the parts.

    affine: whether it is both.
    strict: gradients; along a line on which not all of these directional derivatives are zero, it bends strictly.
    bent:   the minors of the Hessian, where the rule is about that.
    """

    rule: str
    about: Expr
    way: Way
    says: str
    parts: tuple["Proof", ...] = ()
    affine: bool = False
    strict: Slopes = ()
    bent: Bent | None = None

    def lines(self, depth: int = 0) -> Iterator[tuple["Proof", int]]:
        """Yield every rule with its depth, the parts before what is made of them, without affine parts."""
        for part in self.parts:
            if not part.affine:
                yield from part.lines(depth + 1)
        yield self, depth
