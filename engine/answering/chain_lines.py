"""The chain rule as it is said: the functions, the paths with their factors, the sum, put back."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from engine.answering import derived
from engine.answering.chain_options import Inner
from engine.answering.chain_steps import Parts
from engine.answering.chains import Path, Total
from engine.answering.derived import Shown
from engine.answering.reasons import blank
from engine.answering.scalar import MAX_SHOWN
from engine.reading.tree import Node
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.spelling.precedence import PRODUCT, level

DOT = spell.sign("·", "dot", "times")
PLUS = spell.sign(" + ", "+", "plus")
_TO = spell.sign(" → ", "arrow.r", "to")
_TOPS = "zwuqvpghkmnrsabcdlxytZWUQ"


@dataclass(frozen=True, slots=True)
class Told:
    """A chain rule on the board. top: the name of what all functions together give."""

    parts: Parts
    top: str
    shown: Shown

    @classmethod
    def of(cls, parts: Parts, shown: Shown) -> "Told":
        """Return it with a name for the composition that nothing else has: z, or the one in front of f."""
        read = parts.chain.read
        taken = {read.f.name, *read.letters, *read.free, *(each.name for each in read.inner)}
        own = read.f.name != "f" and read.f.name not in taken - {read.f.name} and not (read.direct and read.letters[1:])
        return cls(parts, read.f.name if own else next(each for each in _TOPS if each not in taken), shown)

    def lines(self) -> tuple[Formula, ...]:
        """Return the functions, their derivatives, and for each inner variable the paths and their sum."""
        chain, name = self.parts.chain, self.parts.chain.read.f.name
        echoes = [
            spell.header(each.name, each.names or chain.read.letters) + spell.EQUALS + spell.of(each.read.tree)
            for each in chain.read.inner
        ]
        outer = [
            line for each in self.parts.outer.values() for line in each.lines(spell.partial(name, each.by), self.shown)
        ]
        inner = [line for each in chain.read.inner for line in self._inner(each)]
        totals = [line for each in chain.totals for line in self._total(each)]
        return (chain.outer.echo(), spell.joined(echoes), *outer, *inner, *totals)

    def _inner(self, given: Inner) -> list[Formula]:
        """Return the derivatives of an inner function, in one line where each of several takes one."""
        found = [each for (name, _), each in self.parts.inner.items() if name == given.name]
        lines = [each.lines(self.inner_ratio(given.name, each.by), self.shown) for each in found]
        if len(found) > 1 and all(len(each) == 1 for each in lines):
            return [spell.joined(self.inner_ratio(given.name, each.by) + spell.EQUALS + each.result for each in found)]
        return [line for each in lines for line in each]

    def left(self, by: str) -> Formula:
        """Return dz/dt, or ∂z/∂t where there are several inner variables."""
        return ratio(self.top, by, only=len(self.parts.chain.read.letters) == 1)

    def inner_ratio(self, name: str, by: str) -> Formula:
        """Return dx/dt, or ∂x/∂t where the inner function has several variables."""
        given = next(each for each in self.parts.chain.read.inner if each.name == name)
        return ratio(name, by, only=len(given.names) == 1)

    def signs(self, path: Path) -> Formula:
        """Return ∂f/∂x·dx/dt, the factors of a path by their names."""
        outer = spell.partial(self.parts.chain.read.f.name, path.through or path.by)
        return outer if path.through is None else outer + DOT + self.inner_ratio(path.through, path.by)

    def way(self, path: Path) -> Formula:
        """Return z → x → t."""
        names = (self.top, path.through, path.by)
        return reduce(lambda a, b: a + _TO + b, [spell.variable(each) for each in names if each])

    def _total(self, total: Total) -> Iterable[Formula]:
        left = self.left(total.by)
        final = self.parts.chain.whole.spelled(total.value)
        rule = left + spell.EQUALS + added(map(self.signs, total.paths))
        if len(self.parts.chain.totals) > 1:
            # A line for each path would be too many to be typeset on one card.
            yield rule + because("paths " + ", ".join(self.way(each).text for each in total.paths))
        else:
            yield rule
            for each in total.paths:
                yield self.way(each) + spell.words(": ") + self.signs(each) + spell.EQUALS + short(self._product(each))
        for row, why in self._rows(total, final):
            yield blank(left) + spell.EQUALS + row + because(why)
        yield left + spell.EQUALS + final

    def _product(self, path: Path, *, put_in: bool = False) -> Formula:
        factors = self.parts.factors(path)
        return product(map(self.parts.put_in, factors) if put_in else factors)

    def _rows(self, total: Total, final: Formula) -> Iterable[tuple[Formula, str]]:
        """Yield the sum of the products and the same with the inner functions put in, where they are news."""
        if self.shown == "none":
            return
        before = added(self._product(each) for each in total.paths)
        if len(before.text) > MAX_SHOWN:
            return
        if len(total.paths) > 1 and before.text != final.text:
            yield before, "a product for each path"
        after = added(self._product(each, put_in=True) for each in total.paths)
        if after.text not in {before.text, final.text} and len(after.text) <= MAX_SHOWN:
            yield after, "inner functions put in"

    def remarks(self) -> tuple[str, ...]:
        """Return what is doubtful, where it holds, what was checked, and what a learner should notice."""
        chain, read = self.parts.chain, self.parts.chain.read
        return (
            *chain.whole.remarks(),
            *self._paths(),
            *self._held(),
            *(
                f"{_name(each)} stands in {read.f.name} itself too: {self._moves_alone(each)}"
                for each in self._direct()
            ),
            *self._free(),
            _CHECKED[all(each.proven for each in chain.totals)],
            *derived.remarks(self.parts.every(), self.shown),
        )

    def _paths(self) -> tuple[str, ...]:
        most = max(self.parts.chain.totals, key=lambda each: len(each.paths))
        if len(most.paths) < 2:
            return ()
        count = len(most.paths)
        return (f"{count} paths lead to {_name(most.by)}, so the sum has {count} products: none may be left out.",)

    def _held(self) -> tuple[str, ...]:
        read = self.parts.chain.read
        if len(read.letters) == 1:
            return ()
        by = read.wrt[0]
        others = " and ".join(_name(each) for each in read.letters if each != by)
        return (f"For {self.left(by).text} the other inner variables stay fixed: {others}.",)

    def _direct(self) -> tuple[str, ...]:
        read = self.parts.chain.read
        return tuple(each for each in read.direct if each in read.wrt)

    def _moves_alone(self, by: str) -> str:
        read = self.parts.chain.read
        along = " and ".join(_name(each.name) for each in read.inner if by in each.names)
        partial = spell.partial(read.f.name, by).text
        return f"{partial} moves it there alone, {self.left(by).text} moves {along} along with it."

    def _free(self) -> tuple[str, ...]:
        free = self.parts.chain.read.free
        if not free:
            return ()
        names = " and ".join(map(_name, free))
        what = (
            "is no inner function, so it stays a letter"
            if len(free) == 1
            else "are no inner functions, so they stay letters"
        )
        return (f"{names} {what}, held fixed. What moves with the inner variables must be given, too.",)


_CHECKED = {
    True: "Checked: with the inner functions put in first and then differentiated, the same comes out, proven.",
    False: "Checked: with the inner functions put in first and then differentiated, the same comes out at three places "
    "to 25 digits; that is no proof.",
}


def ratio(what: str, by: str, *, only: bool) -> Formula:
    """Return dx/dt for a function of one variable only, else ∂x/∂t."""
    if not only:
        return spell.partial(what, by)
    above, below = spell.variable(what), spell.variable(by)
    return Formula(
        f"d{above.text}/d{below.text}",
        f"frac(dif {above.typst}, dif {below.typst})",
        f"the derivative of {above.spoken} by {below.spoken}",
    )


def product(factors: Iterable[Node]) -> Formula:
    """Return the factors with dots between, in brackets where they need them."""
    factors = list(factors)
    shown = [
        spell.bracketed(spell.of(each)) if level(each) < PRODUCT and factors[1:] else spell.of(each) for each in factors
    ]
    return reduce(lambda a, b: a + DOT + b, shown)


def added(terms: Iterable[Formula]) -> Formula:
    """Return the terms with plus signs between, one that begins with a minus in brackets."""
    first, *others = terms
    return reduce(lambda a, b: a + PLUS + (spell.bracketed(b) if b.text.startswith("-") else b), others, first)


def short(shown: Formula) -> Formula:
    """Return the formula, or where it is too long to be read how long it is."""
    if len(shown.text) <= MAX_SHOWN:
        return shown
    return spell.words(f"a product of {len(shown.text)} characters, given whole in the data")


def because(said: str) -> Formula:
    """Return a reason, to stand at the side."""
    return Formula(f"   [{said}]", f'because("{said}")', f"({said})")


def _name(name: str) -> str:
    return spell.variable(name).text
