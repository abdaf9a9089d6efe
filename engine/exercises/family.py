"""Declaring a family of exercises: one function that poses a problem from a seed."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.errors import WrongUsage
from engine.values import Json


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as posed.

    statement: what the learner reads.
    function:  the function it is about, as it can be typed.
    type:      the kind of answer, as the contract's `as`: "vector".
    answer:    the right answer, an entry of SymPy syntax for each component.
    slips:     mistake id -> the wrong answer that this mistake gives.
    hints:     the ladder, each step telling more.
    """

    statement: str
    function: str
    type: str
    variables: tuple[str, ...]
    answer: tuple[str, ...]
    slips: tuple[tuple[str, tuple[str, ...]], ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of exercises. `version` goes up whenever a seed would pose something else."""

    name: str
    concept: str
    version: int
    title: str
    pose: Callable[[int, Json], Problem]


# The newest version of each family. An older one may stand beside it, declared in the same file, so that what
# was posed with it can still be answered.
FAMILIES: dict[str, Family] = {}
_EVERY_VERSION: dict[tuple[str, int], Family] = {}


def family(
    name: str, *, concept: str, version: int, title: str
) -> Callable[[Callable[[int, Json], Problem]], Callable[[int, Json], Problem]]:
    """Declare the decorated function as a version of the family `name`."""

    def declare(pose: Callable[[int, Json], Problem]) -> Callable[[int, Json], Problem]:
        made = _EVERY_VERSION[name, version] = Family(name, concept, version, title, pose)
        if name not in FAMILIES or FAMILIES[name].version <= version:
            FAMILIES[name] = made
        return pose

    return declare


def find(name: str, version: int) -> Family:
    """Return a version of a family; refuses (WrongUsage) one that is not there any more, and unknown ones."""
    found = _EVERY_VERSION.get((name, version))
    if found is None:
        raise WrongUsage(f"The exercises {name}, version {version}, are not here any more.")
    return found
