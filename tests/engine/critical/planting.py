"""Functions whose critical points are known: normal forms, carried through invertible changes of variables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import sympy as sp
from sympy import Expr, Rational, Symbol, expand, symbols

from tests.engine.critical.normal_forms import (
    MAXIMUM,
    MINIMUM,
    PLANE,
    POLYNOMIALS,
    RATIONAL,
    SADDLE,
    SETS,
    SPACE,
    TRANSCENDENTAL,
    Form,
    U,
    V,
    W,
)

NAMES = symbols("x y z", real=True)
# Ends of the cube in which a function that is not rational is searched.
REACH = 3
_LONGEST = 380  # characters, with room for the header
_FAR = 1e-3  # from the edge of the cube, so that nobody has to say on which side a point is
_BEFORE = (U, V, W)
_OTHER = {MINIMUM: MAXIMUM, MAXIMUM: MINIMUM}
Change = tuple[Expr, ...]
_RISING: tuple[Callable[[Expr], Expr], ...] = (
    sp.atan,
    sp.exp,
    sp.sinh,
    lambda t: -sp.exp(-t),
    lambda t: 2 * t + sp.sin(t),
    lambda t: t / sp.sqrt(1 + t**2),
)


@dataclass(frozen=True)
class PlantedSet:
    """A set of critical points: its equations, each = 0, the kind of all its points, and some of them."""

    equations: tuple[Expr, ...]
    kind: str
    samples: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Planting:
    """A function and all its critical points, or all in the cube where `windowed`."""

    sort: str
    f: Expr
    names: tuple[Symbol, ...]
    points: tuple[tuple[tuple[float, ...], str], ...]
    sets: tuple[PlantedSet, ...]
    windowed: bool


def summed(forms: Sequence[Form]) -> Form:
    """Return the sum of functions of one variable, each of a variable of its own.

    An extremum of every one is one of the sum; what is flat or turned the other way in one is a saddle point.
    """
    f, points = sp.S.Zero, {(): ""}
    for form, name in zip(forms, _BEFORE, strict=False):
        f += form.f.xreplace({U: name})
        points = {
            at + other: kind if before in ("", kind) else SADDLE
            for at, before in points.items()
            for other, kind in form.points.items()
        }
    return Form(f, points)


def _change(random: Random, size: int, *, smooth: bool) -> Change:
    """Return u, v, w in terms of x, y, z: each one its own variable plus what is made of the later ones."""
    change = []
    for i in range(size):
        later = NAMES[i + 1 : size]
        bend = sum((Rational(random.choice((0, -2, -1, 1, 2)), 2) * v for v in later), sp.S.Zero)
        if later and random.random() < 0.4:
            bend += Rational(random.choice((1, -1)), 2) * random.choice(later) ** 2
        if later and smooth and random.random() < 0.3:
            bend = random.choice((sp.sin, lambda t: sp.exp(t) / 2))(random.choice(later))
        change.append(NAMES[i] + bend + Rational(random.choice((0, 0, 1, -1)), random.choice((1, 2))))
    return tuple(change)


def _back(change: Change, at: Sequence[object]) -> tuple[Expr, ...]:
    """Return where x, y, z are for u, v, w: the last one first."""
    found: dict[Symbol, Expr] = {}
    for name, u, value in reversed(list(zip(NAMES, change, at, strict=False))):
        found[name] = expand(value - (u - name).xreplace(found))
    return tuple(found[name] for name in NAMES[: len(change)])


def _turned(form: Form) -> Form:
    sets = tuple(type(s)(s.equations, _OTHER.get(s.kind, s.kind), s.samples) for s in form.sets)
    return Form(-form.f, {at: _OTHER.get(kind, kind) for at, kind in form.points.items()}, sets)


def _drawn(random: Random) -> tuple[str, int, Form]:
    """Return a sort, how many variables it has, and a form of it."""
    sort = random.choice(("line", "line", "sum", "sum", "sum", "plane", "plane", "sets", "sets", "space"))
    if sort == "line":
        return sort, 1, random.choice((*POLYNOMIALS, *TRANSCENDENTAL, *RATIONAL))
    if sort == "sum":
        size = random.choice((2, 2, 3))
        table = random.choice((POLYNOMIALS, POLYNOMIALS, TRANSCENDENTAL, RATIONAL))
        plain = POLYNOMIALS if size == 2 else POLYNOMIALS[:4]
        return sort, size, summed([random.choice(table), *(random.choice(plain) for _ in range(size - 1))])
    return sort, 3 if sort == "space" else 2, random.choice({"plane": PLANE, "sets": SETS, "space": SPACE}[sort])


def _once(random: Random) -> Planting:
    sort, size, form = _drawn(random)
    form = _turned(form) if random.random() < 0.3 else form
    rational = form.f.is_rational_function(*_BEFORE)
    outer = random.choice(_RISING) if rational and random.random() < 0.25 else None
    change = _change(random, size, smooth=not form.sets and (not rational or outer is not None))
    put = dict(zip(_BEFORE, change, strict=False))
    f = form.f.xreplace(put)
    if rational and f.is_polynomial(*NAMES) and len(str(expand(f))) <= _LONGEST - 20:
        f = expand(f)
    f = Rational(random.choice((1, 1, 2, 3)), random.choice((1, 1, 2))) * f
    f = outer(f) if outer else f
    points = tuple((tuple(map(float, _back(change, at))), kind) for at, kind in form.points.items())
    sets = tuple(
        PlantedSet(
            tuple(expand(e.xreplace(put)) for e in each.equations),
            each.kind,
            tuple(tuple(map(float, _back(change, at))) for at in each.samples),
        )
        for each in form.sets
    )
    name = f"{sort}{size}{' poly' if f.is_polynomial(*NAMES) else ' rational' if rational and not outer else ' other'}"
    return Planting(name, f, NAMES[:size], points, sets, not f.is_rational_function(*NAMES))


def grown(seed: int) -> Planting:
    """Return the function of a seed, one that a learner could type, with no point near an edge of the cube."""
    random = Random(seed)  # noqa: S311 - the same functions every time
    while True:
        found = _once(random)
        inside = tuple(p for p in found.points if not found.windowed or max(map(abs, p[0])) <= REACH)
        edge = any(abs(max(map(abs, at)) - REACH) < _FAR for at, _ in found.points)
        if len(str(found.f)) <= _LONGEST and not edge:
            return Planting(found.sort, found.f, found.names, inside, found.sets, found.windowed)
