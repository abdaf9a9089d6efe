"""Critical points: found exactly or by certified search, said to be all only where that is proven, and classified."""

from engine.critical.branches import branches
from engine.critical.families import Family, families, meets, repeated
from engine.critical.found import CriticalPoint, CriticalSet, Found
from engine.critical.parameters import Case, Condition, by_cases
from engine.critical.pointwise import classify
from engine.critical.search import find

__all__ = [
    "Case",
    "Condition",
    "CriticalPoint",
    "CriticalSet",
    "Family",
    "Found",
    "branches",
    "by_cases",
    "classify",
    "families",
    "find",
    "meets",
    "repeated",
]
