from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.pictures.graph import MAX_BOXES, Box, GraphChart, compose_graph, draw_graph
from engine.pictures.graph_layout import arrange
from engine.pictures.theme import Theme, palette
from engine.pictures.words import Word

Named = Callable[[Figure, str], list[Any]]
Words = Callable[[Figure], list[str]]
Pixels = Callable[[bytes], NDArray[np.int64]]
Colour = Callable[[str], tuple[int, int, int]]
# The sum of a product and its sine.
LINKS = ((0, 2), (1, 2), (2, 3), (2, 4), (3, 4))
BOXES = tuple(Box(name, f"value {name}", f"slope {name}") for name in ("x", "y", "v1 ×", "v2 sin", "v3 +"))
SHARED = GraphChart(BOXES, LINKS, ("2", "1", "−0.416", "1", "1"), "f(x, y) = xy + sin(xy)")


def chain(length: int, label: str = "−0.000346") -> GraphChart:
    boxes = tuple(Box(f"v{i} +", "1", "1") for i in range(length))
    links = tuple((i, i + 1) for i in range(length - 1))
    return GraphChart(boxes, links, (label,) * (length - 1))


def places(figure: Figure) -> dict[str, tuple[float, float]]:
    return {each.text: each.at for each in figure.artists if isinstance(each, Word)}


def test_each_box_has_its_label_value_and_derivative(words: Words) -> None:
    shown = words(compose_graph(SHARED, "dark"))
    assert {"v2 sin", "value v2 sin", "slope v2 sin", "−0.416"} <= set(shown)


def test_the_value_stands_above_its_box_and_the_derivative_below() -> None:
    at = places(compose_graph(SHARED, "dark"))
    for box in BOXES:
        assert at[box.above][1] > at[box.label][1] > at[box.below][1]


def test_every_line_leads_to_the_right() -> None:
    at = places(compose_graph(SHARED, "dark"))
    assert all(at[BOXES[start].label][0] < at[BOXES[end].label][0] for start, end in LINKS)


def test_there_is_an_arrow_for_each_link(named: Named) -> None:
    assert len(named(compose_graph(SHARED, "dark"), "line")) == len(LINKS)


def test_a_deep_graph_is_drawn_downwards_and_says_where_the_numbers_stand(words: Words) -> None:
    figure = compose_graph(chain(12), "dark")
    assert "left: value" in words(figure)
    at = places(figure)
    assert at["v0 +"][1] > at["v1 +"][1] > at["v2 +"][1]


def test_nothing_leaves_the_picture() -> None:
    for chart in (SHARED, chain(12)):
        figure = compose_graph(chart, "light")
        for each in figure.artists:
            if isinstance(each, Word):
                assert 0 < each.at[0] < figure.bbox.width
                assert 0 < each.at[1] < figure.bbox.height


def test_boxes_do_not_touch_each_other(named: Named) -> None:
    boxes = (*(Box(f"x{i}", "0.1235", "−0.1235") for i in range(9)), Box("v1 max", "1", "1"))
    chart = GraphChart(boxes, tuple((i, 9) for i in range(9)), ("1",) * 9)
    spans = [each.get_paths()[0].get_extents() for each in named(compose_graph(chart, "dark"), "box")]
    assert not any(one.overlaps(other) for i, one in enumerate(spans) for other in spans[:i])


def test_labels_of_lines_do_not_cover_boxes_or_each_other() -> None:
    boxes = (
        Box("x", "1", "1"),
        Box("y", "2", "1"),
        *(Box(f"v{i} ×", "2", "1") for i in range(1, 5)),
        Box("v5 max", "1"),
    )
    links = tuple((start, end) for start in (0, 1) for end in range(2, 6)) + tuple((i, 6) for i in range(2, 6))
    labels = tuple(f"0.{i:03}" for i in range(111, 111 + len(links)))
    at = places(compose_graph(GraphChart(boxes, links, labels), "dark"))
    marks = [at[label] for label in labels]
    near = [(a, b) for i, a in enumerate(marks) for b in marks[:i] if abs(a[0] - b[0]) < 50 and abs(a[1] - b[1]) < 18]
    assert near == []


def test_two_uses_of_one_box_are_two_lines(named: Named) -> None:
    chart = GraphChart((Box("x", "3", "6"), Box("v1 ×", "9", "1")), ((0, 1), (0, 1)), ("3", "3"))
    tips = [each.get_paths()[0].vertices[3] for each in named(compose_graph(chart, "dark"), "line")]
    assert abs(tips[0][1] - tips[1][1]) > 8


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_values_and_derivatives_have_colours_of_their_own(theme: Theme, pixels: Pixels, colour: Colour) -> None:
    picture = pixels(draw_graph(SHARED, theme))
    assert tuple(picture[0, 0]) == colour(palette(theme).card)
    for each in (palette(theme).curve, palette(theme).accent, palette(theme).ink):
        assert (picture == colour(each)).all(axis=2).any()


@pytest.mark.parametrize(
    ("boxes", "links", "labels"),
    [
        ((), (), ()),
        ((Box("x", "1"),) * (MAX_BOXES + 1), (), ()),
        (BOXES, ((2, 1),), ("1",)),
        (BOXES, ((0, 9),), ("1",)),
        (BOXES, ((0, 1),), ()),
    ],
)
def test_what_is_no_graph_is_refused(
    boxes: tuple[Box, ...], links: tuple[tuple[int, int], ...], labels: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match=r"boxes|link"):
        GraphChart(boxes, links, labels)


def test_a_graph_too_deep_for_a_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="too deep"):
        chain(MAX_BOXES)


def test_an_input_stands_just_before_its_first_use() -> None:
    assert arrange(4, ((0, 1), (1, 3), (2, 3))).columns[:4] == (0, 1, 1, 2)


def test_a_line_over_several_columns_has_a_place_in_each() -> None:
    layout = arrange(4, ((0, 1), (1, 2), (2, 3), (0, 3)))
    way = layout.ways[3]
    assert [layout.columns[each] for each in way] == [0, 1, 2, 3]
    assert all(layout.heights[place] != layout.heights[box] for place, box in ((way[1], 1), (way[2], 2)))


def test_lines_that_need_not_cross_do_not_cross() -> None:
    layout = arrange(6, ((0, 4), (1, 5), (2, 4), (3, 5)))
    low, high = sorted([(layout.heights[0], layout.heights[2]), (layout.heights[1], layout.heights[3])])
    assert max(low) < min(high)
