"""Constraints as typed: read without SymPy, and built into a problem."""

import re
from dataclasses import dataclass

from engine.errors import NotSupported, Refused, TooLarge, WrongUsage
from engine.reading import Expression
from engine.reading.bounds import MAX_VARIABLES
from engine.reading.relations import read_relations
from engine.reading.shapes import Relation
from engine.reading.tree import names_in
from engine.reading.variables import natural

MAX_CONSTRAINTS = 16
# x, y >= 0 says it of both.
_SHARED = re.compile(r"((?:\b[A-Za-z]\w*\s*,\s*)+)([A-Za-z]\w*)\s*(<=|>=|[<>≤≥])\s*([^;,<>=≤≥]+)")
_TURNED = {"=": "=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Subject:
    """Constraints in the order typed, each with its constant on the right, and all variables of the problem."""

    relations: tuple[Relation, ...]
    names: tuple[str, ...]
    only_here: tuple[str, ...]


def read_subject(text: str, f: Expression) -> Subject:
    """Return the constraints; refuses (at `subject`) what is none, signs other than = <= >= < >, and too many."""
    try:
        found = tuple(map(_turned, read_relations(_spelled(text), f.variables)))
    except Refused as refused:
        raise refused.at_option("subject") from None
    if any(each.sign == "!=" for each in found):
        raise NotSupported("I take constraints with =, <=, >=, < and >.", option="subject", span=(0, len(text)))
    if len(found) > MAX_CONSTRAINTS:
        raise TooLarge(f"I take up to {MAX_CONSTRAINTS} constraints.", option="subject", span=(0, len(text)))
    inside = {name for each in found for side in (each.left, each.right) for name in names_in(side)}
    if not inside:
        raise WrongUsage(
            "A constraint needs a variable.", option="subject", span=(0, len(text)), suggestions=("x^2+y^2=1",)
        )
    more = inside - set(f.variables)
    names = f.variables if not more else tuple(sorted({*f.variables, *more}, key=natural))
    if len(names) > MAX_VARIABLES:
        raise TooLarge(f"I take up to {MAX_VARIABLES} variables.", option="subject", span=(0, len(text)))
    return Subject(found, names, tuple(sorted(more, key=natural)))


def _spelled(text: str) -> str:
    """Return the text with x, y >= 0 written out; as it is where that leaves nothing to do."""

    def out(found: re.Match[str]) -> str:
        names = [*re.split(r"\s*,\s*", found[1].strip().rstrip(",")), found[2]]
        return "; ".join(f"{name.strip()} {found[3]} {found[4].strip()}" for name in names)

    return re.sub(r"\bwith\b", ";", _SHARED.sub(out, text)) if re.search(_SHARED, text) else text


def _turned(relation: Relation) -> Relation:
    """Return the relation with its constant on the right."""
    if names_in(relation.left) or not names_in(relation.right):
        return relation
    sign = _TURNED.get(relation.sign, relation.sign)
    return Relation(relation.text, relation.right, sign, relation.left, relation.variables, relation.notes)  # type: ignore[arg-type]  # one of the signs
