"""One file = one family of exercises: it poses from a seed, and says what is right."""

import importlib
import pkgutil

from engine.exercises.family import FAMILIES, Family, Problem, find

for _found in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_found.name}")

__all__ = ["FAMILIES", "Family", "Problem", "find"]
