"""The tree of paths: every path is there, readable, and nothing stands on anything else."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.pictures.paths import MAX_WAYS, PathTree, Way, compose_paths, draw_paths
from engine.pictures.theme import Theme, palette
from engine.pictures.words import Word

Named = Callable[[Figure, str], list[Any]]
TREE = PathTree(
    "Paths",
    (
        Way(("z", "x", "s"), ("∂f/∂x = y", "∂x/∂s = t")),
        Way(("z", "x", "t"), ("∂f/∂x = y", "∂x/∂t = s")),
        Way(("z", "y", "s"), ("∂f/∂y = x", "∂y/∂s = 1")),
        Way(("z", "t"), ("∂f/∂t = 3",)),
    ),
)


def words(tree: PathTree) -> list[Word]:
    return [each for each in compose_paths(tree, "dark").get_children() if isinstance(each, Word)]


def test_each_path_ends_in_a_node_of_its_own(named: Named) -> None:
    # z, x, y and four ends
    assert len(named(compose_paths(TREE, "dark"), "node")) == 7


def test_a_derivative_that_several_paths_share_is_written_once() -> None:
    texts = [each.text for each in words(TREE)]
    assert texts.count("∂f/∂x = y") == 1
    assert {"∂x/∂s = t", "∂x/∂t = s", "∂f/∂y = x", "∂y/∂s = 1", "∂f/∂t = 3"} <= set(texts)


def test_no_label_stands_on_another_or_on_a_node(named: Named) -> None:
    figure = compose_paths(
        PathTree("t", tuple(Way(("z", n, m), ("d" * 60, "e" * 60)) for n in "abcd" for m in "st")), "dark"
    )
    patches = [each.get_paths()[0].get_extents() for each in named(figure, "patch")]
    assert all(not one.overlaps(other) for one, other in combinations(patches, 2))
    nodes = [tuple(each.get_xydata()[0]) for each in named(figure, "node")]
    assert not any(each.padded(20).contains(*node) for each in patches for node in nodes)


def test_a_direct_path_passes_no_node_between(named: Named) -> None:
    figure = compose_paths(TREE, "dark")
    direct = next(each.get_xydata() for each in named(figure, "edge") if len(each.get_xydata()) == 3)
    between = [each.get_xydata()[0] for each in named(figure, "node") if 100 < each.get_xydata()[0][0] < 700]
    assert all(np.hypot(*(direct[1] - each)) > 60 for each in between)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_card_is_the_themes_in_both_looks(
    pixels: Callable[[bytes], NDArray[np.int64]], colour: Callable[[str], tuple[int, int, int]], theme: Theme
) -> None:
    shown = pixels(draw_paths(TREE, theme))
    assert tuple(shown[2, 2]) == colour(palette(theme).card)
    assert (shown == colour(palette(theme).ink)).all(axis=2).sum() > 200


def test_hostile_texts_are_only_texts() -> None:
    assert draw_paths(PathTree("$\\frac{", (Way(("$x^", "\n\u202e" * 9, "t" * 40), ("$" * 300, "")),)), "dark")


@pytest.mark.parametrize(
    "ways", [(), TREE.ways * (MAX_WAYS // 4) + TREE.ways[:1], (*TREE.ways, Way(("w", "t"), ("",)))]
)
def test_a_tree_that_cannot_be_drawn_is_refused(ways: tuple[Way, ...]) -> None:
    with pytest.raises(ValueError, match=r"paths"):
        PathTree("t", ways)


@pytest.mark.parametrize(
    ("names", "labels"), [(("z",), ()), (("z", "x", "t"), ("a",)), (("a", "b", "c", "d"), ("", "", ""))]
)
def test_a_path_has_a_label_for_each_edge(names: tuple[str, ...], labels: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="a path has"):
        Way(names, labels)
