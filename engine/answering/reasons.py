"""Formulas of steps: derivatives not yet worked out, lines that go on from the one above, reasons at the side."""

from collections.abc import Iterable

from engine.derivation.tidy import UNOPENED
from engine.reading.tree import Apply, Name, Node, walk
from engine.spelling import formula as spell
from engine.spelling.formula import Formula

_PASSING = {"sum": "sum rule", "constant-multiple": "constant factor", "constant": "a number is constant"}
_PHRASES = _PASSING | {
    "product": "product rule",
    "quotient": "quotient rule",
    "chain": "chain rule",
    "power": "power rule",
    "exp-base": "derivative of a^u",
    "log": "derivative of ln",
    "exp-log": "u^v = e^(v ln u)",
    "change-of-base": "change of base",
    "relu": "sgn(u) is 1 or -1",
    "max": "the larger one counts",
    "min": "the smaller one counts",
}


def stepped(tree: Node) -> Formula:
    """Return the formula of a tree that may hold derivatives not yet worked out, as ∂/∂x(..)."""
    found = spell.of(tree)
    names = {each.function for each in walk(tree) if isinstance(each, Apply) and each.function.startswith(UNOPENED)}
    for name in names:
        by = spell.of(Name(name.removeprefix(UNOPENED)))
        found = Formula(
            found.text.replace(f"{name}(", f"{UNOPENED}{by.text}("),
            found.typst.replace(f'op("{name}")', f"frac(partial, partial {by.typst})"),
            found.spoken.replace(f"the {name} of", f"the derivative by {by.spoken} of"),
        )
    return found


def blank(left: Formula) -> Formula:
    """Return room as wide as a formula, for a line that goes on from the one above."""
    return Formula(" " * len(left.text), f"hide({left.typst})", "")


def reason(rules: Iterable[str], held: str) -> Formula:
    """Return the names of the rules used, to stand at the side.

    held: the names held constant. Sums and numbers are left out beside rules that tell more.
    """
    telling = [rule for rule in rules if rule not in _PASSING] or list(rules)
    said = "; ".join(f"{held} held constant" if rule == "hold-constant" else _phrase(rule) for rule in telling)
    return Formula(f"   [{said}]", f'because("{said}")', f"({said})")


def _phrase(rule: str) -> str:
    return _PHRASES.get(rule, f"derivative of {rule}")
