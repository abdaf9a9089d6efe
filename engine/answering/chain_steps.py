"""The chain rule step by step: the derivatives it is made of, each with its rules, and the products of the paths."""

from dataclasses import dataclass
from functools import reduce

import sympy

from engine.answering import derived
from engine.answering.chain_options import put_in
from engine.answering.chains import Chain, Path, Total
from engine.answering.derived import Derived, Shown
from engine.answering.scalar import exact
from engine.answering.slopes import step
from engine.building import symbol, unbuild
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.reading.tree import Binary, Node
from engine.spelling.sympy_syntax import sympy_syntax
from engine.values import Json


@dataclass(frozen=True, slots=True)
class Parts:
    """The derivatives of a chain rule with their rules.

    outer: for each variable of the outer function that a path leads through, or that is an inner one too.
    inner: for each inner function and each inner variable that it has.
    """

    chain: Chain
    outer: dict[str, Derived]
    inner: dict[tuple[str, str], Derived]

    @classmethod
    def of(cls, chain: Chain, shown: Shown) -> "Parts":
        """Return the derivatives, those that no path needs left out."""
        needed = {each.through or each.by for total in chain.totals for each in total.paths}
        found = derived.each(chain.outer, chain.partials, shown)
        outer = {each.by: each for each in found if each.by in needed}
        inner = {
            (given.name, by): Derived.of(scalar, by, derivatives.gradient(scalar.expression, [symbol(by)])[0], shown)
            for given, scalar in zip(chain.read.inner, chain.inside, strict=True)
            for by in chain.read.wrt
            if by in given.names
        }
        return cls(chain, outer, inner)

    def every(self) -> tuple[Derived, ...]:
        """Return all derivatives, the outer ones first."""
        return (*self.outer.values(), *self.inner.values())

    def factors(self, path: Path) -> tuple[Node, ...]:
        """Return the factors of a path as trees: both, or the one of a direct way."""
        if path.through is None:
            return (tree_of(self.outer[path.by]),)
        return tree_of(self.outer[path.through]), tree_of(self.inner[path.through, path.by])

    def put_in(self, tree: Node) -> Node:
        """Return a tree with the inner functions put in."""
        return put_in(tree, {each.name: each.read.tree for each in self.chain.read.inner})

    def products(self, total: Total) -> list[Node]:
        """Return the product of each path as it stands."""
        return [reduce(lambda a, b: Binary("*", a, b), self.factors(each)) for each in total.paths]

    def steps(self) -> list[Json]:
        """Return every step: the partial derivatives, the inner ones, and for each inner variable the sum."""
        found = [one for each in self.outer.values() for one in (*each.rules(1), each.closing())]
        for (name, by), each in self.inner.items():
            formula = next(g.read.tree for g in self.chain.read.inner if g.name == name)
            result = each.derivation.result if each.derivation else tree_of(each)
            told = f"{name} = {sympy_syntax(formula)} by {by}"
            found += [*each.rules(1), step("inner-derivative", told, sympy_syntax(result))]
        return found + [one for total in self.chain.totals for one in self._sum(total)]

    def _sum(self, total: Total) -> list[Json]:
        mixed = syntax(sympy.Add(*(each.outer * each.inner for each in total.paths)))
        told = " + ".join(f"({')*('.join(map(sympy_syntax, self.factors(each)))})" for each in total.paths)
        given = ", ".join(
            f"{name} = {value}"
            for name, value in zip(map(str, self.chain.values), exact(tuple(self.chain.values.values())), strict=True)
        )
        return [
            step("path-sum", told, mixed),
            step("substitute-back", f"{mixed} with {given}", syntax(total.value)),
        ]


def tree_of(found: Derived) -> Node:
    """Return the tree of a derivative, as its steps leave it."""
    if found.derivation is not None:
        return found.derivation.result
    return unbuild(found.partial, decimals=found.scalar.decimals)


def data(chain: Chain) -> Json:
    """Return the data of a chain without a point; the products have the inner functions put in."""
    values = chain.values
    return chain.whole.data() | {
        "f": syntax(chain.outer.expression),
        "inner": {str(name): syntax(value) for name, value in values.items()},
        "composition": syntax(chain.whole.expression),
        "derivative": {each.by: syntax(each.value) for each in chain.totals},
        "proven": all(each.proven for each in chain.totals),
        "paths": [
            {
                "wrt": path.by,
                "through": path.through,
                "outer": syntax(path.outer),
                "inner": syntax(path.inner),
                "product": syntax(path.outer.xreplace(values) * path.inner),
            }
            for total in chain.totals
            for path in total.paths
        ],
    }
