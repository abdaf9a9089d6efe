"""How many constrained extrema are right and complete, and how long they take without pictures.

`python -m tests.benchmarks.bench_constrained FILE` takes any file of the form of tests/corpora/lagrange.json.
"""

import math
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from engine.desk import solve
from engine.values import Budget, Json
from tests.benchmarks.samples import CORPORA, Item, answered, cases, spread

NEAR = 1e-7
KINDS = {"min": {"local minimum"}, "max": {"local maximum"}, "saddle": {"saddle point", "neither"}}
PROBLEMS = (
    ("x*y", "x^2+y^2=1"),
    ("x*y", "x+y<=10; x,y>=0"),
    ("x*y*z", "x+y+z=3"),
    ("x^2+y^2+z^2", "x^4+y^4+z^4=1"),
    ("2x^2+3y^2+4z^2+2x*y", "x^2+y^2+z^2=1"),
    ("x^2+y^2+z^2", "x^2+y^2=1; x+y+z=1"),
    ("(x-1)^2+(y-2)^2", "x^2/4+y^2=1"),
    ("x^2-2x*y+2y", "0<=x<=3; 0<=y<=2"),
    ("sqrt(x)+sqrt(y)+sqrt(z)-0.01(x^2+y^2+z^2)", "x+y+z<=30"),
    ("50(100sqrt(g)+80sqrt(i)+10sqrt(g*i))-1000(g+i)", "g+i=50"),
    ("exp(x*y)", "x^3+y^3=16"),
    ("x^0.3*y^0.7", "4x+5y<=100"),
)


def seconds(f: str, subject: str) -> float:
    """Return the CPU time of one answer, the shortest of three."""
    taken = []
    for _ in range(3):
        started = time.process_time()
        solve("optimize", {"f": f, "subject": subject}, budget=Budget(30.0, lambda: 0.0))
        taken.append(time.process_time() - started)
    return min(taken)


def listed(item: Item, data: Json) -> bool:
    """Tell whether each point of an item is a candidate with its kind, value and multipliers, and no other is."""
    left = list(item["points"])
    for found in data["candidates"]:
        match = next((p for p in left if _at(found, p)), None)
        if match is None:
            # Singular points of the constraints are candidates too; in a corpus they stand by themselves.
            if any(math.dist(found["decimal"], list(map(float, at))) < NEAR for at in item["singular_points"]):
                continue
            return False
        left.remove(match)
        prices = [float(each) for each in match["multipliers"]]
        told = found["multipliers_decimal"]
        if found["kind"] not in KINDS[match["class"]] or told is None or math.dist(told, prices) > NEAR:
            return False
    return not left and bool(data["sets"]) == bool(item.get("sets"))


def _at(found: Json, point: Item) -> bool:
    near = math.dist(found["decimal"], list(map(float, point["decimal"]))) < NEAR
    return near and ("value" not in point or abs(found["value_decimal"] - float(point["value"])) < NEAR)


def ends(item: Item, data: Json) -> bool:
    """Tell whether the least and greatest value are those of a problem on a region, at its points."""
    for name, end in (("min", item["absolute_min"]), ("max", item["absolute_max"])):
        at = [tuple(map(float, each["decimal"])) for each in data["candidates"] if each["at"] in data["best_at"][name]]
        best = data["best_decimal"][name]
        if best is None or abs(best - end["value"]) > NEAR or len(at) != len(end["points"]):
            return False
        if not all(min(math.dist(each, other) for other in at) < NEAR for each in end["points"]):
            return False
    return True


def measured(items: list[Item]) -> tuple[str, Counter[str]]:
    """Return the line to print, and the counts; what is not right is printed by its name."""
    counts: Counter[str] = Counter()
    seconds = []
    for item in items:
        f = f"f({', '.join(item['vars'])}) = {item['objective']}"
        data, taken = answered("optimize", {"f": f, "subject": "; ".join(item["constraints"])})
        seconds.append(taken)
        proven = data is not None and data["complete"] == "proven"
        right = data is not None and (ends if item["kind"] == "absolute" else listed)(item, data)
        counts.update(right=right, proven=proven, refused=data is None, wrong=proven and not right)
        if not right:
            print(f"  {item['id']}: not right, {'refused' if data is None else data['complete']}")
    total = len(items)
    line = (
        f"constrained: complete and right {100 * counts['right'] / total:.1f} % of {total}, said proven "
        f"{100 * counts['proven'] / total:.1f} %, wrong while proven {counts['wrong']}, refused {counts['refused']}; "
        f"{spread(seconds)}"
    )
    return line, counts


def test_every_constrained_extremum_of_the_samples_is_right() -> None:
    items = cases(CORPORA / "lagrange.json")
    line, counts = measured(items)
    print(f"\n{line}")
    assert counts["right"] == len(items)


def test_how_long_usual_problems_take() -> None:
    seconds(*PROBLEMS[0])
    found = {problem: seconds(*problem) for problem in PROBLEMS}
    for (f, subject), taken in sorted(found.items(), key=lambda each: each[1]):
        print(f"{1000 * taken:7.0f} ms CPU  {f}  |  {subject}")
    print(f"median {1000 * statistics.median(found.values()):.0f} ms CPU, most {1000 * max(found.values()):.0f} ms")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(measured(cases(Path(name)))[0])
