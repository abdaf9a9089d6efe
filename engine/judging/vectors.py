"""Is a vector of numbers the right one, component by component."""

from collections.abc import Sequence

from engine.building import build
from engine.calculus.signs import is_real_finite, sign
from engine.errors import NotANumber, NotInDomain, WrongLength
from engine.reading import Expression
from engine.reading.tree import Node


def judge(entries: Sequence[Expression], reference: Sequence[Node]) -> tuple[bool | None, ...]:
    """Return for each component whether it equals the reference; None where that is not decided.

    Both are exact constants. Refuses, so that it costs no try: a wrong number of components
    (WrongLength), a component with variables in it (NotANumber), one that has no real value.
    """
    if len(entries) != len(reference):
        raise WrongLength(
            f"The answer has {len(entries)} component{'s' * (len(entries) != 1)}; {len(reference)} are asked for."
        )
    return tuple(_equal(entry, right) for entry, right in zip(entries, reference, strict=True))


def _equal(entry: Expression, right: Node) -> bool | None:
    value = build(entry.tree)
    if value.free_symbols:
        names = ", ".join(sorted(str(each) for each in value.free_symbols))
        raise NotANumber(
            f"The gradient at a point is a vector of numbers; put the point in for {names}.", span=entry.tree.span
        )
    if is_real_finite(value) is not True:
        raise NotInDomain("This component has no real value.", span=entry.tree.span)
    found = sign(value - build(right))
    return None if found is None else found == 0
