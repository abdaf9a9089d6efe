"""No certificate that claims more than is true is accepted: thousands of changed ones, the same every time."""

import copy
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest

from engine.desk import solve
from engine.proofs.check import verify
from engine.proofs.terms import Rejected
from engine.values import Budget, Json

Change = Callable[[Json, Random], bool]
# Functions with certificates of every form, and the window to search where there is one.
FUNCTIONS = (
    ("x^3+y^3-3xy", None),
    ("x^4+y^4-4xy+1", None),
    ("x^3-3xy^2", None),
    ("(y-x^2)*(y-2x^2)", None),
    ("x^4-2x^2+4xy+y^4-2y^2", None),
    ("x^2+2y^2+z^2-xz+y", None),
    ("x*y*exp(-x^2-2y^2)", None),
    ("(x+2y)*exp(-x^2-y^2)", None),
    ("1/x+2/y+x*y", None),
    ("ln(1+x^2)+y^2-y", None),
    ("sin(x)*sin(y)", None),
    ("(x^2+y^2-1)^2", None),
    ("(x-2y)^2", None),
    ("y*cos(x)", "x=-4..4, y=-2..2"),
    ("x^2/4+x*sin(y)", "x=-3..3, y=-3..3"),
    ("sin(x)+cos(x*y)", "x=-2..2, y=-2..2"),
    ("exp(-x^2-y^2)+x*y/9+sin(x)/5", "x=-2..2, y=-2..2"),
    ("x^3/3-x+y^2+exp(x*y)/9", "x=-2..2, y=-2..2"),
    ("x^3/3-x+y^2+exp(x*y)/9", "x=-1.3..1.3, y=-0.1..0.7"),
)
KINDS = ("local minimum", "local maximum", "saddle point", "not decided")


@cache
def made(f: str, window: str | None) -> Json:
    """Return the certificate of the answer."""
    options = {"f": f} | ({} if window is None else {"window": window})
    answer = solve("critical", options, budget=Budget(30.0, lambda: 0.0), pictures=False, theme="dark")
    found: Json = answer.data["certificate"]
    return found


def drop(given: Json, random: Random) -> bool:
    """Leave out a point."""
    if given["points"]:
        given["points"].pop(random.randrange(len(given["points"])))
        return True
    return False


def drop_set(given: Json, random: Random) -> bool:
    """Leave out a set."""
    if given["sets"]:
        given["sets"].pop(random.randrange(len(given["sets"])))
        return True
    return False


def moved(point: Json, random: Random) -> Json:
    """Return a point that is a little or far away, box and all."""
    size, axis = 10 ** random.uniform(-7, 0.5), random.randrange(len(point["decimal"]))
    other: Json = copy.deepcopy(point)
    other["decimal"][axis] += size * random.choice((-1, 1))
    other["at"] = None
    if random.random() < 0.5:
        low, high = (other["decimal"][axis] + turn * min(0.3, size / 2) for turn in (-1, 1))
        other["box"][axis] = ["/".join(map(str, each.as_integer_ratio())) for each in (low, high)]
    return other


def add(given: Json, random: Random) -> bool:
    """Add a point that is none, or one again."""
    if not given["points"]:
        return False
    point = random.choice(given["points"])
    given["points"].append(moved(point, random) if random.random() < 0.7 else copy.deepcopy(point))
    return True


def move(given: Json, random: Random) -> bool:
    """Move a point."""
    if not given["points"]:
        return False
    i = random.randrange(len(given["points"]))
    given["points"][i] = moved(given["points"][i], random)
    return True


def respell(given: Json, random: Random) -> bool:
    """Write another exact coordinate for a point."""
    spelled = [point for point in given["points"] if point["at"]]
    if not spelled:
        return False
    point = random.choice(spelled)
    axis = random.randrange(len(point["at"]))
    point["at"][axis] = f"{point['at'][axis]} + {random.choice(('1/1000000000000', '-pi/10', '1', 'sqrt(2)/10**6'))}"
    return True


def rename(given: Json, random: Random) -> bool:
    """Claim another kind of a point or a set."""
    if not given["points"] + given["sets"]:
        return False
    one = random.choice(given["points"] + given["sets"])
    one["kind"] = random.choice([kind for kind in KINDS if kind != one["kind"]])
    if random.random() < 0.5 and "strict" in one:
        one["strict"] = None if one["kind"] in KINDS[2:] else True
    return True


def loosen(given: Json, random: Random) -> bool:
    """Claim another strictness."""
    if not given["points"]:
        return False
    point = random.choice(given["points"])
    point["strict"] = random.choice([each for each in (True, False, None) if each is not point["strict"]])
    return True


def exchange(given: Json, random: Random) -> bool:
    """Take the class of another point, of another kind."""
    pairs = [(a, b) for a in given["points"] for b in given["points"] if a["kind"] != b["kind"]]
    if not pairs:
        return False
    one, other = random.choice(pairs)
    one["kind"], one["strict"], one["class"] = other["kind"], other["strict"], other["class"]
    return True


def upgrade(given: Json, _random: Random) -> bool:
    """Claim everywhere what is proven in a window."""
    if given["window"] is None:
        return False
    given["complete"], given["window"] = "proven", None
    return True


def widen(given: Json, random: Random) -> bool:
    """Claim a wider window, with more critical points in it or more than was searched."""
    if given["window"] is None or given["cover"]["by"] != "boxes":
        return False
    axis, side = random.randrange(len(given["window"])), random.randrange(2)
    given["window"][axis][side] += f" {'-+'[side]} {random.choice(('1', '1/10', '1/10**9', 'pi'))}"
    return True


def narrow(given: Json, random: Random) -> bool:
    """Claim a window that a point listed lies outside of."""
    if given["window"] is None or not given["points"]:
        return False
    point, axis = random.choice(given["points"]), random.randrange(len(given["window"]))
    low, high = (float(Fraction(each)) for each in given["window"][axis])
    place = point["decimal"][axis]
    if high - place < 0.1:
        return False
    given["window"][axis][0] = str(place + (high - place) * random.uniform(0.01, 0.9))
    return low < high


def reshape(given: Json, random: Random) -> bool:
    """Add to f what moves every critical point."""
    if not given["points"] + given["sets"]:
        return False
    name = random.choice(given["variables"])
    given["f"] = f"{given['f']} + {name}*{random.choice(('1/1000', '-1/7', '1', 'pi'))}"
    return True


def swap(given: Json, random: Random) -> bool:
    """Exchange two coordinates of a point."""
    unlike = [point for point in given["points"] if len({round(c, 6) for c in point["decimal"][:2]}) == 2]
    if not unlike:
        return False
    point = random.choice(unlike)
    for key in ("at", "decimal", "box"):
        if point[key]:
            point[key][0], point[key][1] = point[key][1], point[key][0]
    return True


def shrink(given: Json, random: Random) -> bool:
    """Cut the span of the boxes, or their tree, short."""
    cover = given["cover"]
    if cover["by"] != "boxes":
        return False
    if random.random() < 0.5:
        axis, side = random.randrange(len(cover["span"])), random.randrange(2)
        cover["span"][axis][side] = "0"
        return True
    place = random.randrange(len(cover["tree"]))
    cover["tree"] = cover["tree"][:place] + cover["tree"][place + 1 :]
    return True


def prune(given: Json, random: Random) -> bool:
    """Leave out a point and say of some part of the cover that holds it that nothing is in it."""
    cover = given["cover"]
    if cover["by"] != "boxes" or not given["points"]:
        return False
    given["points"].pop(random.randrange(len(given["points"])))
    start = random.randrange(len(cover["tree"]))
    end, open_parts = start, 1
    while open_parts:
        open_parts += -1 if cover["tree"][end] == "." else 1
        end += 1
    cover["tree"] = cover["tree"][:start] + "." + cover["tree"][end:]
    return True


def forge(given: Json, random: Random) -> bool:
    """Leave out a point, and change numbers or leave out parts of the proof that others are not there."""
    if not given["points"] or given["cover"]["by"] == "boxes":
        return False
    given["points"].pop(random.randrange(len(given["points"])))
    places = [(one, key) for one in lists(given["cover"]["proof"]) for key in range(len(one))]
    for one, key in random.sample(places, min(len(places), random.randint(1, 2))):
        if key < len(one):
            one[key] = {str: "3/7", int: 1}.get(type(one[key]), one[-1])
            if random.random() < 0.3:
                del one[key]
    return True


def lists(part: Any) -> list[list[Any]]:
    """Return the lists in a proof, the inner ones too."""
    inner = part if isinstance(part, list) else list(part.values()) if isinstance(part, dict) else []
    return ([part] if isinstance(part, list) else []) + [each for one in inner for each in lists(one)]


def repeat(given: Json, random: Random) -> bool:
    """Claim a period that is none, or none where the points of one are listed."""
    axis = random.randrange(len(given["periods"]))
    other = random.choice([each for each in ("0", "pi/7", "1", "-2*pi", "0*pi") if each != given["periods"][axis]])
    given["periods"][axis] = other
    return True


CHANGES: tuple[Change, ...] = (
    drop,
    drop_set,
    add,
    move,
    respell,
    rename,
    loosen,
    exchange,
    upgrade,
    widen,
    narrow,
    reshape,
    swap,
    shrink,
    prune,
    forge,
    repeat,
)


def accepted(count: int, seed: int) -> tuple[list[Any], dict[str, int]]:
    """Return the changed certificates that are accepted, and how often each change was made."""
    random, wrong, seen = Random(seed), list[Any](), dict[str, int]()  # noqa: S311 - the same every time
    while sum(seen.values()) < count:
        f, window = random.choice(FUNCTIONS)
        change = random.choice(CHANGES)
        given = copy.deepcopy(made(f, window))
        if not change(given, random):
            continue
        seen[change.__name__] = seen.get(change.__name__, 0) + 1
        try:
            verify(given)
        except Rejected:
            continue
        wrong.append((f, change.__name__, given))
    return wrong, seen


@pytest.mark.parametrize(("f", "window"), FUNCTIONS)
def test_every_certificate_that_is_made_is_accepted(f: str, window: str | None) -> None:
    assert verify(made(f, window))


def test_a_hundred_changed_certificates_are_rejected() -> None:
    assert accepted(100, 1)[0] == []


@pytest.mark.slow
def test_two_thousand_changed_certificates_are_rejected() -> None:
    wrong, seen = accepted(2000, 2)
    assert wrong == []
    assert len(seen) == len(CHANGES)
