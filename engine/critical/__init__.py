"""Critical points: found exactly, said to be all only where that is proven, and classified by exact signs."""

from engine.critical.found import CriticalPoint, CriticalSet, Found
from engine.critical.pointwise import classify
from engine.critical.search import find

__all__ = ["CriticalPoint", "CriticalSet", "Found", "classify", "find"]
