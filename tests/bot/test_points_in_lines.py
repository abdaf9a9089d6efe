"""A point in a command line is the same however it is written."""

import pytest

from bot.lines import split_line
from engine.spelling.plain import plain
from engine.topics import TOPICS

OPTIONS = {"grad": [option.name for option in TOPICS["grad"].options]}


@pytest.mark.parametrize(
    "at", ["at=1,2", "at=(1,2)", "at x=1 y=2", "at (1,2)", "at=x=1 y=2", "at=<1, 2>", "at y=2, x=1", "at= 1 , 2"]
)
def test_every_way_to_write_a_point_gives_the_same_values(at: str) -> None:
    name, options = split_line(f"/grad x^2*y {at}", OPTIONS)
    point = TOPICS[name].read(options)["at"]
    assert (point.names, tuple(map(plain, point.coordinates))) == (("x", "y"), ("1", "2"))
