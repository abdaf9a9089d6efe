"""The step size of /numeric as read, before SymPy is loaded."""

from engine.errors import NotSupported, Refused, WrongUsage
from engine.reading import Expression, kinds
from engine.reading.kinds import Number
from engine.reading.tree import Negative, Node, names_in
from engine.reading.tree import Number as Digits


def read_h(f: Expression, h: str = "") -> Node | None:
    """Return the step size, None where none is given.

    Refuses (at `h`) what is no number above 0, and (at `f`) letters that have no value.
    """
    if extra := sorted(names_in(f.tree) - set(f.variables)):
        raise NotSupported(f"Give {', '.join(extra)} numbers: differences are taken between values of f.", option="f")
    if not h:
        return None
    try:
        found = kinds.read(h, "number")
    except Refused as refused:
        raise refused.at_option("h") from None
    if not isinstance(found, Number) or _is_not_above_zero(found.tree):
        raise WrongUsage("h is a step: a number above 0.", option="h", span=(0, len(h)), suggestions=("1e-6",))
    return found.tree


def _is_not_above_zero(tree: Node) -> bool:
    return isinstance(tree, Negative) or (isinstance(tree, Digits) and tree.value <= 0)
