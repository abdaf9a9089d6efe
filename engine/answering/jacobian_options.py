"""The options of /jacobian, fitted to each other before SymPy is loaded."""

from dataclasses import replace

from engine.errors import WrongUsage
from engine.reading.tree import names_in
from engine.reading.vector_functions import VectorFunction


def fitted(f: VectorFunction, inner: VectorFunction) -> VectorFunction:
    """Return the inner functions, each with its name, in the order of f's variables.

    What f has beside them is a parameter.
    Refuses (WrongUsage, at `inner`) names that f does not have, another number of functions without names, and
    a parameter of f that is a variable of the inner functions, so that f would depend on it in two ways.
    """
    whole = (0, len(inner.text))
    shown = ", ".join(f"{name}=.." for name in f.variables)
    like = ", ".join(f"{name}=t^{power}" for power, name in enumerate(f.variables, 1))
    if not inner.names and len(inner.trees) != len(f.variables):
        said = f"f has the variables {', '.join(f.variables)}; write what each of them is: {shown}"
        raise WrongUsage(said, option="inner", span=whole, suggestions=(like,))
    given = dict(zip(inner.names or f.variables, inner.trees, strict=True))
    if strange := sorted(set(given) - set(f.variables)):
        said = f"f has no variable {strange[0]}; it has {', '.join(f.variables)}."
        raise WrongUsage(said, option="inner", span=whole, suggestions=(like,))
    used = {name for tree in f.trees for name in names_in(tree)} - set(given)
    within = {name for tree in inner.trees for name in names_in(tree)} | set(inner.variables)
    if shared := sorted(used & within):
        name = shared[0]
        said = f"{name} stands in f and in the inner functions too: say {name}={name} as well, or use another letter."
        raise WrongUsage(said, option="inner", span=whole, suggestions=(f"{inner.text}, {name}={name}",))
    names = tuple(name for name in f.variables if name in given)
    return replace(inner, trees=tuple(given[name] for name in names), names=names)
