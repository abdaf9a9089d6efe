"""Which family of exercises is asked for."""

from collections.abc import Mapping

from engine.errors import WrongUsage
from engine.exercises import FAMILIES, Family


def asked_family(options: Mapping[str, str]) -> Family:
    """Return the family that the options `family` and `concept` ask for, the first where neither is given.

    Refuses (WrongUsage) families and concepts that are not there.
    """
    family, concept = options.get("family"), options.get("concept")
    if family is not None and family not in FAMILIES:
        raise WrongUsage(
            "There are no such exercises.",
            option="family",
            span=(0, len(family)),
            suggestions=tuple(sorted(FAMILIES)),
        )
    fitting = [each for each in FAMILIES.values() if concept in {None, each.concept} and family in {None, each.name}]
    if not fitting:
        concepts = tuple(sorted({each.concept for each in FAMILIES.values()}))
        raise WrongUsage(
            "There are no exercises for that yet.",
            option="concept",
            span=(0, len(concept or "")),
            suggestions=concepts,
        )
    return fitting[0]
