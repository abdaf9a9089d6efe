"""Partial derivatives with their steps: what a teacher writes, what each rule did, and what is withheld."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sympy import Expr

from engine.answering.reasons import blank, reason, stepped
from engine.answering.scalar import MAX_SHOWN, Scalar
from engine.building import symbol
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.derivation import Derivation, checked, steps
from engine.derivation.lines import lines, unopened
from engine.reading.tree import Node, names_in
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.spelling.sympy_syntax import sympy_syntax
from engine.values import Json

Shown = Literal["none", "short", "all"]
MAX_RULES = 40
WITHHELD = (
    "The steps are withheld: they grow too long here, or I could not check every one. The result is found another way."
)
TOO_MANY = f"These are more than {MAX_RULES} rules, so the short form is shown; every rule is in the data."


@dataclass(frozen=True, slots=True)
class Derived:
    """A derivative by one variable.

    before:     what is differentiated, as it stands; None where the steps to it are withheld.
    partial:    the derivative as the engine states it, proven without the steps.
    derivation: the rules that lead to it, each checked; None where they are withheld or not wanted.
    """

    scalar: Scalar
    by: str
    before: Expr
    partial: Expr
    derivation: Derivation | None

    @classmethod
    def of(cls, scalar: Scalar, by: str, partial: Expr, shown: Shown) -> "Derived":
        """Return the first derivative of a scalar by a variable."""
        derivation = None if shown == "none" else checked(scalar.read.tree, by, partial)
        return cls(scalar, by, scalar.expression, partial, derivation)

    def again(self, by: str) -> "Derived":
        """Return the derivative of this one by a variable; its steps start from the form shown here."""
        partial = derivatives.gradient(self.partial, [symbol(by)])[0]
        derivation = None if self.derivation is None else checked(self.derivation.result, by, partial)
        return Derived(self.scalar, by, self.partial, partial, derivation)

    @property
    def result(self) -> Formula:
        """The derivative as its steps leave it, else as the engine states it."""
        shown = None if self.derivation is None else spell.of(self.derivation.result)
        if shown is None or len(shown.text) > MAX_SHOWN:
            return self.scalar.spelled(self.partial)
        return shown

    def rules(self, depth: int) -> list[Json]:
        """Return every rule as a step of the data, its parts before it, the whole last."""
        found = () if self.derivation is None else steps(self.derivation, depth)
        return [_json(each.rule, sympy_syntax(each.input), sympy_syntax(each.result), each.depth) for each in found]

    def closing(self) -> Json:
        """Return the step that states the whole derivative."""
        if self.derivation is None:
            return _json(f"partial-{self.by}", syntax(self.before), syntax(self.partial), 0)
        return _json(f"partial-{self.by}", syntax(self.before), sympy_syntax(self.derivation.result), 0)

    def lines(self, left: Formula, shown: Shown) -> tuple[Formula, ...]:
        """Return the lines from `left` = .. to the result, reasons at their side; none too long to be read."""
        if self.derivation is None:
            return (left + spell.EQUALS + self.result,)
        if shown == "all" and (every := self.every_rule()):
            return (*every, left + spell.EQUALS + self.result)
        whole = [(stepped(line.shown), line.rules) for line in lines(self.derivation)]
        readable = [(formula, rules) for formula, rules in whole[:-1] if len(formula.text) <= MAX_SHOWN]
        return tuple(
            (blank(left) if i else left) + spell.EQUALS + formula + reason(rules, self._held())
            for i, (formula, rules) in enumerate([*readable, (self.result, whole[-1][1])])
        )

    def every_rule(self) -> tuple[Formula, ...]:
        """Return a line for each different derivative in it, the inner ones first; nothing where they are too many."""
        found: dict[tuple[Node, Node], list[str]] = {}
        for each in () if self.derivation is None else steps(self.derivation):
            found.setdefault((each.input, each.result), []).append(each.rule)
        if len(found) > MAX_RULES:
            return ()
        return tuple(
            stepped(unopened(before, self.by))
            + spell.EQUALS
            + spell.of(after)
            + reason(dict.fromkeys(rules), self._held())
            for (before, after), rules in found.items()
        )

    def _held(self) -> str:
        others = sorted(names_in(self.scalar.read.tree) - {self.by})
        return ", ".join(spell.variable(each).text for each in others) if len(others) <= 3 else "the others"


def _json(rule: str, before: str, after: str, depth: int) -> Json:
    return {"rule": rule, "input": before, "result": after, "depth": depth}


def each(scalar: Scalar, partials: Sequence[Expr], shown: Shown) -> tuple[Derived, ...]:
    """Return the first derivatives by every variable."""
    return tuple(Derived.of(scalar, by, partial, shown) for by, partial in zip(scalar.names, partials, strict=True))


def remarks(derived: Sequence[Derived], shown: Shown) -> tuple[str, ...]:
    """Return what is to be said about steps that are missing."""
    if shown == "none":
        return ()
    withheld = any(one.derivation is None for one in derived)
    many = shown == "all" and any(one.derivation is not None and not one.every_rule() for one in derived)
    return (*([WITHHELD] if withheld else []), *([TOO_MANY] if many else []))
