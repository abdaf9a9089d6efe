"""Functions given by cases on the board: their derivatives in each open region, and the piece near a point."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import sympy

from engine.answering import derived, slopes
from engine.answering.answer import Answer
from engine.answering.place import Place
from engine.answering.scalar import MAX_SHOWN, Scalar
from engine.building import build, unbuild, written_with_decimals
from engine.calculus import derivatives, domain, pieces
from engine.errors import NotSupported, Refused
from engine.reading import Expression, Point
from engine.reading.functions import CASES
from engine.reading.tree import Apply, Node, names_in, walk
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.spelling.plain import plain
from engine.spelling.sympy_syntax import sympy_syntax
from engine.values import Json

SEAMS = "Where a condition changes, nothing is claimed: there the cases may not fit together."
NO_PICTURE = "I draw no picture of a function with cases or a jump: lines across it would show what is not there."


@dataclass(frozen=True, slots=True)
class Pieces:
    """A function given by cases, as an ordinary function in each of its open regions."""

    read: Expression
    names: tuple[str, ...]
    regions: tuple[pieces.Region, ...]
    scalars: tuple[Scalar, ...]

    @classmethod
    def of(cls, read: Expression, names: tuple[str, ...]) -> "Pieces":
        """Return the pieces; refuses (NotSupported) what has no region, or too many."""
        regions = pieces.regions(read.tree)
        if not regions:
            raise NotSupported("Each of these cases holds at a seam only, so there is nothing to differentiate.")
        return cls(read, names, regions, tuple(ordinary(replace(read, tree=r.tree), names) for r in regions))

    def joined(self, values: Sequence[Node]) -> Node:
        """Return one value for each region as a tree of cases, all conditions strict."""
        if not self.regions[0].comparisons:
            return values[0]
        conditions = [
            r.comparisons[0] if len(r.comparisons) == 1 else Apply("and", r.comparisons) for r in self.regions
        ]
        both = zip(values, conditions, strict=True)
        return Apply(CASES, tuple(each for pair in both for each in pair))

    def echo(self) -> Formula:
        """Return the function as it was read."""
        return self.scalars[0].header + spell.EQUALS + _shown(self.read.tree)

    def data(self) -> Json:
        """Return what every topic's data begins with."""
        return self.scalars[0].data() | {
            "f": sympy_syntax(self.read.tree),
            "parameters": sorted(names_in(self.read.tree) - set(self.names)),
            "where": list(self.where()),
        }

    def where(self) -> tuple[str, ...]:
        """Return where the formulas hold, beside the conditions of the cases."""
        sides = [side for each in pieces.comparisons(self.read.tree) for side in each.arguments]
        found = [one for side in sides for one in domain.conditions(side) if not one.kink]
        inside = [
            f"{need} (if {' and '.join(map(plain, region.comparisons))})" if region.comparisons else need
            for region, scalar in zip(self.regions, self.scalars, strict=True)
            for need in domain.requirements(scalar.conditions)
        ]
        return (*domain.requirements(found), *inside)

    def remarks(self) -> tuple[str, ...]:
        """Return the doubtful readings, and where the gradient exists."""
        holds = domain.smooth_where(self.where(), "gradient")
        return (*(note.message for note in self.read.notes), *holds, SEAMS, NO_PICTURE)


def ordinary(read: Expression, names: tuple[str, ...]) -> Scalar:
    """Return a function without cases; one with atan2 too, which is smooth but for one jump.

    Refuses what Scalar.of refuses.
    """
    if not names or not has_angles(read.tree):
        return Scalar.of(read, names)
    conditions = domain.conditions(read.tree)
    domain.check_constants(conditions)
    return Scalar(read, build(read.tree, angles=True), names, conditions, written_with_decimals(read.tree))


def has_angles(tree: Node) -> bool:
    """Tell whether atan2 occurs, whose jump a picture would not show rightly."""
    return any(isinstance(each, Apply) and each.function == "atan2" for each in walk(tree))


def pictured(answer: Answer, tree: Node) -> Answer:
    """Return the answer without its plot where the function jumps, and with a word about it."""
    return replace(answer, draw=None, remarks=(*answer.remarks, NO_PICTURE)) if has_angles(tree) else answer


def _shown(tree: Node) -> Formula:
    found = spell.of(tree)
    if len(found.text) > MAX_SHOWN:
        return spell.words(f"an expression of {len(found.text)} characters, given whole in the data")
    return found


def gradient(read: Expression, names: tuple[str, ...], steps: derived.Shown) -> Answer:
    """Return the gradient in each region, every piece differentiated by itself."""
    whole = Pieces.of(read, names)
    found = [derived.each(one, derivatives.gradient(one.expression, one.symbols), steps) for one in whole.scalars]
    partials = [whole.joined([_tree(each[i]) for each in found]) for i in range(len(names))]
    lines = (
        whole.echo(),
        *(spell.partial(read.name, n) + spell.EQUALS + _shown(p) for n, p in zip(names, partials, strict=True)),
        spell.NABLA + whole.scalars[0].header + spell.EQUALS + spell.vector(map(_shown, partials)),
    )
    written = [sympy_syntax(each) for each in partials]
    rules = [one for i in range(len(names)) for each in found for one in each[i].rules(1)]
    data = whole.data() | slopes.NOWHERE | {"gradient": written, "steps": [*rules, *_closing(read, names, written)]}
    return Answer("Gradient", lines, data, (*whole.remarks(), *_withheld(found, steps)))


def _withheld(found: Sequence[Sequence[derived.Derived]], steps: derived.Shown) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said for each in found for said in derived.remarks(each, steps)))


def _closing(read: Expression, names: tuple[str, ...], written: Sequence[str]) -> list[Json]:
    """Return the steps that put the pieces together, and the partial derivatives."""
    f = sympy_syntax(read.tree)
    found = [
        slopes.step(rule, f, partial)
        for name, partial in zip(names, written, strict=True)
        for rule in ("cases", f"partial-{name}")
    ]
    return [*found, slopes.step("assemble-gradient", f, f"({', '.join(written)})")]


def _tree(one: derived.Derived) -> Node:
    return unbuild(one.partial) if one.derivation is None else one.derivation.result


def hessian(read: Expression, names: tuple[str, ...], nowhere: Json) -> Answer:
    """Return the Hessian in each region. nowhere: the data of the topic that need a point."""
    whole = Pieces.of(read, names)
    found = [derivatives.hessian(one.expression, one.symbols) for one in whole.scalars]
    size = range(len(names))
    entries = [[whole.joined([unbuild(each[i, j]) for each in found]) for j in size] for i in size]
    written = [[sympy_syntax(entry) for entry in row] for row in entries]
    f = sympy_syntax(read.tree)
    line = spell.header("H", names) + spell.EQUALS + spell.matrix(map(_shown, row) for row in entries)
    partials = [derivatives.gradient(one.expression, one.symbols) for one in whole.scalars]
    slope = [sympy_syntax(whole.joined([unbuild(each[i]) for each in partials])) for i in size]
    second = [
        slopes.step("second-partial" if i == j else "mixed-partial", f"{f} by {names[i]}, {names[j]}", written[i][j])
        for i in size
        for j in size
        if i <= j
    ]
    rows = f"[{', '.join('[' + ', '.join(row) + ']' for row in written)}]"
    steps = [*_closing(read, names, slope), *second, slopes.step("assemble-matrix", f, rows)]
    data = whole.data() | nowhere | {"hessian": written, "steps": steps}
    return Answer("Hessian", (whole.echo(), line), data, whole.remarks())


def there(
    everywhere: Answer, read: Expression, names: tuple[str, ...], at: Point, answer: Callable[[Expression], Answer]
) -> Answer:
    """Return the answer at a point, found from the piece that the function is all around it.

    everywhere: the answer without a point; answer: gives the topic's answer for an ordinary function.
    Refuses (NotInDomain, at the option `at`) a seam, and a point where no case holds.
    """
    piece = _near(read, names, at)
    local = answer(piece)
    whole = ("f", "parameters", "where", *(each for each in ("gradient", "hessian") if each in everywhere.data))
    said = f"Near this point {read.name} is {plain(piece.tree)}."
    return replace(
        local,
        formulas=(everywhere.formulas[0], everywhere.formulas[-1], *local.formulas[1:]),
        data=local.data | {key: everywhere.data[key] for key in whole},
        remarks=tuple(dict.fromkeys((said, *local.remarks, SEAMS, NO_PICTURE))),
        draw=None,
    )


def _near(read: Expression, names: tuple[str, ...], at: Point) -> Expression:
    blank = Scalar(read, sympy.S.Zero, names, (), written_with_decimals(read.tree))
    place = Place.of(blank, at)
    try:
        return replace(read, tree=pieces.near(read.tree, place.values, place.where))
    except Refused as refused:
        refused.span = (0, len(at.text))
        raise refused.at_option("at") from None
