"""Critical points as they are said: lines, data and marks."""

from dataclasses import dataclass

import sympy
from sympy import Expr

from engine.answering import cases
from engine.answering.scalar import Scalar, exact
from engine.building import build
from engine.calculus.printing import syntax
from engine.critical import Case, CriticalPoint, CriticalSet, Family, Found
from engine.pictures.signs import Mark
from engine.reading import Window
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

MAX_TESTS = 8
_NO_EXTREMUM = "no extremum, the tangent is level there"
MAX_LISTED = 40
MAX_FAMILIES = 8
LOCAL = (
    "Local means near the point: a local extremum need not be the largest or smallest value of f. That takes more, "
    "a proof that f is convex (or concave) or comparing values."
)
_OPEN = {True: "not proven to be all", False: "none found, but that is not proven"}
_NO_SPELLING = (sympy.CRootOf, sympy.Float)


@dataclass(frozen=True, slots=True)
class Listed:
    """The critical points of a function, as far as they are found, and what is proven about that."""

    scalar: Scalar
    found: Found
    complete: str
    why: str
    families: tuple[Family, ...] = ()
    cases: tuple[Case, ...] = ()
    asked: Window | None = None
    certificate: Json | None = None

    def lines(self) -> tuple[Formula, ...]:
        """Return a line for each point and each set, or for each case of parameters."""
        if self.cases:
            return cases.lines(self.scalar, self.cases)
        points = [_point_line(self.scalar, point) for point in self.found.points[:MAX_LISTED]]
        exact_ones = [each for each in self.families if not any(c.has(sympy.Float) for c in each.at)]
        repeats = [_family_line(self.scalar, each) for each in exact_ones[:MAX_FAMILIES]]
        return (*points, *(_set_line(self.scalar, each) for each in self.found.sets), *repeats)

    def remarks(self) -> tuple[str, ...]:
        """Return how many there are, how they were classified, and whether these are all."""
        if self.cases:
            return cases.remarks(self.cases, self.why)
        count, sets = len(self.found.points), len(self.found.sets)
        what = " and ".join(
            [f"{count} critical point{'s' * (count != 1)}"] * (count > 0)
            + [f"{sets} set{'s' * (sets != 1)} of critical points"] * (sets > 0)
        )
        what = what and what + self._in_one_period()
        proven = {"proven": "all of them, proven", "proven in window": f"all in {self._named()}, proven"}
        none = {"proven": "proven", "proven in window": f"proven in {self._named()}"}
        known = (proven if what else none).get(self.complete, _OPEN[bool(what)])
        said = f"{what or 'No critical point'}: {known}; {self.why.rstrip('.')}."
        shown = self.found.points[:MAX_TESTS]
        tests = tuple(f"At {_place(self.scalar, point).text}: {point.test}." for point in shown)
        more = (f"The tests of the other {count - MAX_TESTS} stand in the data.",) if count > MAX_TESTS else ()
        if count > MAX_LISTED:
            more = (*more, f"{count - MAX_LISTED} more points stand in the data.")
        if self.complete != "not proven" and self.certificate is None:
            more = (*more, "This proof carries no certificate that nabla verify could check.")
        kinds = [*(each.kind for each in self.found.points), *(each.kind for each in self.found.sets)]
        ends = any("local" in kind for kind in kinds)
        return (said, *self._searched(), *tests, *more, *((LOCAL,) if ends else ()))

    def _in_one_period(self) -> str:
        """Return that the points are those of one period, and by how much all others are shifted."""
        periods = zip(self.scalar.names, self.found.periods, strict=False)
        shifts = [f"{self.scalar.spelled(each).text} in {spell.variable(name).text}" for name, each in periods if each]
        if not shifts or self.asked is not None or self.complete != "proven":
            return ""
        return f" in one period, and all others are these shifted by whole multiples of {' and of '.join(shifts)}"

    def _named(self) -> str:
        """Return the window that was asked for, else "the window"."""
        if self.asked is None:
            return "the window"
        ranges = [
            f"{spell.variable(name).text} = {spell.of(low).text}..{spell.of(high).text}"
            for name, low, high in self.asked.ranges
        ]
        return f"the window {', '.join(ranges)}"

    def _searched(self) -> tuple[str, ...]:
        """Return where was searched, where nothing is decided, and where f has kinks."""
        said = []
        if self.found.window is not None and self.complete != "proven":
            ranges = [
                f"{name} from {self.scalar.spelled(ends[0]).text} to {self.scalar.spelled(ends[1]).text}"
                for name, ends in zip(self.scalar.names, self.found.window, strict=True)
                if ends is not None
            ]
            said.append(f"I searched {', '.join(ranges)}; window= searches elsewhere.")
        if self.found.open:
            count = len(self.found.open)
            said.append(f"In {count} part{'s' * (count != 1)} of that nothing is decided; the data names them.")
        if self.found.kinks:
            kinks = " or ".join(f"{self.scalar.spelled(each).text} = 0" for each in self.found.kinks[:4])
            said.append(f"f has kinks where {kinks}: there only an extremum counts as a critical point.")
        return tuple(said)

    def data(self, window: Window | None) -> Json:
        """Return the contract's data."""
        found = self.found
        return {
            "points": [_point_data(point) for point in found.points],
            "sets": [_set_data(each) for each in found.sets],
            "families": [_family_data(each) for each in self.families],
            "kinks": [{"equations": [syntax(each)]} for each in found.kinks],
            "cases": None,
            "window": self._window(window),
            "complete": self.complete,
            "why": self.why,
            "periods": exact(found.periods),
            "open": [[None if side is None else list(side) for side in box] for box in found.open],
            "certificate": self.certificate,
        } | (cases.data(self.cases) if self.cases else {})

    def _window(self, given: Window | None) -> list[list[str | None]] | None:
        """Return the window asked for, else the one searched, null for a variable without bounds."""
        if given is not None:
            return [[name, syntax(build(low)), syntax(build(high))] for name, low, high in given.ranges]
        if self.found.window is None or self.complete == "proven":
            return None
        names = zip(self.scalar.names, self.found.window, strict=True)
        return [[name, *((None, None) if ends is None else exact(ends))] for name, ends in names]

    def marks(self) -> tuple[Mark, ...]:
        """Return a mark for each point of a function of two variables."""
        if len(self.scalar.names) != 2:
            return ()
        return tuple(
            Mark((point.decimal[0], point.decimal[1]), point.kind, "") for point in self.found.points[:MAX_LISTED]
        )


def _place(scalar: Scalar, point: CriticalPoint) -> Formula:
    """Return the point, exact where that is short, else its decimals."""
    if any(each.has(*_NO_SPELLING) for each in point.at):
        return spell.vector(spell.number(each) for each in point.decimal)
    return scalar.vector(point.at)


def _point_line(scalar: Scalar, point: CriticalPoint) -> Formula:
    at = _place(scalar, point)
    if any(each.has(*_NO_SPELLING) for each in point.at):
        at = spell.sign("≈ ", "approx", "about") + at
    elif not all(each.is_Rational for each in point.at):
        at = at + spell.ABOUT + spell.vector(spell.number(each) for each in point.decimal)
    strict = "strict " if point.strict and "local" in point.kind else ""
    name = spell.variable(scalar.read.name)
    alone = len(scalar.names) == 1 and point.kind == "saddle point"
    kind = _NO_EXTREMUM if alone else f"{strict}{point.kind}"
    said = at + spell.words(f": {kind}, ") + name
    if point.value.has(*_NO_SPELLING):
        return said + spell.ABOUT + spell.number(point.value_decimal)
    about = spell.NOTHING if point.value.is_Integer else spell.ABOUT + spell.number(point.value_decimal)
    return said + spell.EQUALS + scalar.spelled(point.value) + about


def _family_line(scalar: Scalar, found: Family) -> Formula:
    letters = ", ".join(map(str, found.letters))
    kind = _NO_EXTREMUM if len(scalar.names) == 1 and found.kind == "saddle point" else found.kind
    return spell.words("all ") + scalar.vector(found.at) + spell.words(f" with whole {letters}: {kind}")


def _set_line(scalar: Scalar, found: CriticalSet) -> Formula:
    if not found.equations:
        return spell.words(f"every point: {found.kind}")
    equations = spell.joined(scalar.spelled(each) + spell.sign(" = 0", "= 0", "equals 0") for each in found.equations)
    strict = ", not strict" if found.strict is False and "local" in found.kind else ""
    return spell.words("all points with ") + equations + spell.words(f": {found.kind}{strict}")


def _point_data(point: CriticalPoint) -> Json:
    return {
        "at": [_number(each) for each in point.at],
        "decimal": list(point.decimal),
        "kind": point.kind,
        "strict": point.strict,
        # A point that is not decided was not shown to be regular either.
        "degenerate": point.degenerate or (None if point.kind == "not decided" else False),
        "smooth": point.smooth,
        "value": _number(point.value),
        "value_decimal": point.value_decimal,
        "test": point.test,
    }


def _set_data(found: CriticalSet) -> Json:
    return {"equations": exact(found.equations), "dim": found.dim, "kind": found.kind, "strict": found.strict}


def _family_data(found: Family) -> Json:
    return {
        "at": [syntax(each) if each.free_symbols else _number(each) for each in found.at],
        "letters": [str(letter) for letter in found.letters],
        "kind": found.kind,
        "strict": found.strict,
        "value": None if found.value is None else _number(found.value),
    }


def _number(value: Expr) -> str | float:
    """Return an exact value as text, a certified decimal as a number."""
    return float(value) if value.has(sympy.Float) else syntax(value)
