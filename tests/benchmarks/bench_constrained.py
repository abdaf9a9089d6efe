"""How long constrained extrema take, as a topic answers them without pictures."""

import statistics
import time

from engine.desk import solve
from engine.values import Budget

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


def test_how_long_usual_problems_take() -> None:
    seconds(*PROBLEMS[0])
    found = {problem: seconds(*problem) for problem in PROBLEMS}
    for (f, subject), taken in sorted(found.items(), key=lambda each: each[1]):
        print(f"{1000 * taken:7.0f} ms CPU  {f}  |  {subject}")
    print(f"median {1000 * statistics.median(found.values()):.0f} ms CPU, most {1000 * max(found.values()):.0f} ms")
