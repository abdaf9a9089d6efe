"""Surfaces: what is drawn stands where it should, and is hidden by what stands in front of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.pictures.sheet import Window
from engine.pictures.signs import SHAPES, Kind, Mark
from engine.pictures.surface import PLACES, Surface, compose_surface, draw_surface
from engine.pictures.surface_mesh import Triangles
from engine.pictures.surface_view import View
from engine.pictures.theme import Theme, palette

Function = Callable[[Any, Any], Any]
Named = Callable[[Figure, str], list[Any]]
Words = Callable[[Figure], list[str]]
Pixels = Callable[[bytes], NDArray[np.int64]]
SQUARE: Window = ((-3.0, 3.0), (-3.0, 3.0))


def surface(f: Function, window: Window = SQUARE, **given: Any) -> Surface:
    x, y = np.meshgrid(np.linspace(*window[0], PLACES[1]), np.linspace(*window[1], PLACES[0]))
    with np.errstate(all="ignore"):
        z = np.asarray(f(x, y) + 0 * x, dtype=float)
    return replace(Surface(("x", "y", "f"), window, np.where(np.isfinite(z), z, np.nan)), **given)


def bowl(**given: Any) -> Surface:
    return surface(lambda x, y: x * x + y * y, point=(1.0, 2.0), arrow=(2.0, 4.0), **given)


def triangles(figure: Figure) -> Triangles:
    (found,) = [each for each in figure.artists if isinstance(each, Triangles)]
    return found


def luminance(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    linear = np.where(colours <= 0.03928, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ (0.2126, 0.7152, 0.0722))


HARD: dict[str, Function] = {
    "a pole": lambda x, y: 1 / (x * x + y * y),
    "a domain": lambda x, y: np.sqrt(1 - x * x - y * y),
    "no limit": lambda x, y: x * y / (x * x + y * y),
    "a constant": lambda x, _: 3 + 0 * x,
    "steep": lambda x, y: np.exp(3 * x + 100 * y),
    "nowhere": lambda x, _: np.nan * x,
    "tiny": lambda x, y: 1e-300 * (x + y),
    "huge": lambda x, y: 1e299 * (x + y),
}


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("name", HARD)
def test_what_is_hard_to_show_is_drawn_all_the_same(name: str, theme: Theme) -> None:
    assert draw_surface(surface(HARD[name]), theme).startswith(b"\x89PNG")


@pytest.mark.parametrize("turn", [0, 30, 45, 90, 135, 180, 225, 270, 315])
@pytest.mark.parametrize("tilt", [30, 60])
def test_the_whole_box_is_on_the_sheet_from_every_side(turn: float, tilt: float, named: Named) -> None:
    figure = compose_surface(bowl(turn=turn, tilt=tilt), "dark")
    for shown in named(figure, "box"):
        places = shown.get_xydata()
        assert np.nanmin(places) > 0
        assert (np.nanmax(places, axis=0) < (figure.bbox.width, figure.bbox.height)).all()


@pytest.mark.parametrize("turn", range(0, 360, 20))
def test_nothing_of_the_surface_leaves_the_box(turn: float, named: Named) -> None:
    figure = compose_surface(surface(HARD["a pole"], turn=turn), "dark")
    box = named(figure, "box")[0].get_xydata()
    places = triangles(figure).places.reshape(-1, 2)
    assert (places.min(axis=0) >= np.nanmin(box, axis=0) - 2).all()
    # The nearest upright edge of the box is not drawn, and ends lower than the others.
    assert (places.max(axis=0) <= np.nanmax(box, axis=0) + 2).all()


def test_values_cut_off_are_owned_up_to(words: Words) -> None:
    assert any("cut off" in text for text in words(compose_surface(surface(HARD["a pole"]), "dark")))
    assert not any("cut off" in text for text in words(compose_surface(bowl(), "dark")))


def test_a_torn_surface_has_no_wall() -> None:
    given = surface(lambda x, y: np.sign(x - 0.03) + 0 * y, turn=0.0)
    torn = np.zeros((PLACES[0] - 1, PLACES[1] - 1), dtype=np.bool_)
    torn[:, 26] = True
    walls = [
        np.ptp(triangles(compose_surface(each, "dark")).places[..., 1], axis=1).max()
        for each in (given, replace(given, gaps=torn))
    ]
    assert walls[0] > 100
    assert walls[1] < 20


def test_a_hole_of_the_domain_stays_open() -> None:
    whole = triangles(compose_surface(surface(lambda x, y: x + y), "dark")).places
    half = triangles(compose_surface(surface(lambda x, y: x + y + 0 * np.sqrt(x)), "dark")).places
    assert 0.4 < len(half) / len(whole) < 0.6


@pytest.mark.parametrize("turn", range(0, 360, 15))
def test_what_is_nearer_is_drawn_later(turn: float) -> None:
    figure = compose_surface(surface(lambda x, _: 0 * x, turn=turn), "dark")
    # On a level surface, what is nearer is lower on the sheet; a cell never covers one a row nearer.
    middles = triangles(figure).places.mean(axis=1)[:, 1]
    assert middles[:50].mean() > middles[-50:].mean()


@pytest.mark.parametrize("turn", [0.0, 30.0, 200.0, 333.0])
def test_a_place_behind_a_ridge_is_not_seen(turn: float) -> None:
    x, y = np.meshgrid(np.linspace(-3, 3, 61), np.linspace(-3, 3, 61))
    eye = View(SQUARE, (0.0, 10.0), turn, 30.0).toward()[:2]
    eye /= np.hypot(*eye)
    heights = 8 * np.exp(-6 * (x * eye[0] + y * eye[1]) ** 2)
    view = View(SQUARE, (0.0, 10.0), turn, 30.0)
    before, behind = (np.array([*(step * eye), 0.3]) for step in (1.2, -1.2))
    assert view.is_seen(np.stack([before, behind]), heights).tolist() == [True, False]


def test_a_place_under_the_surface_is_not_seen_from_above() -> None:
    view = View(SQUARE, (0.0, 10.0), 30.0, 60.0)
    assert not view.is_seen(np.array([[0.0, 0.0, 0.0]]), np.full((11, 11), 5.0))[0]
    assert view.is_seen(np.array([[0.0, 0.0, 9.0]]), np.full((11, 11), 5.0))[0]


@pytest.mark.parametrize("arrow", [(2.0, 4.0), (-3.0, 1.0), (0.0, -2.0), (1e-9, 1e-9), (1e200, -1e200)])
def test_the_arrow_on_the_ground_leads_the_way_of_the_gradient(arrow: tuple[float, float], named: Named) -> None:
    figure = compose_surface(replace(bowl(tilt=60.0), point=(0.0, 0.0), arrow=arrow), "dark")
    box = named(figure, "box")[0].get_xydata()
    # The box's first edges are the ground's: along x from its first corner, then along y.
    along, up = (box[1] - box[0]) / 6, (box[4] - box[3]) / 6
    way = np.array(arrow) / max(map(abs, arrow)) @ np.stack([along, up])
    foot, tip = named(figure, "foot")[0].get_xydata()[0], named(figure, "head")[0].get_paths()[0].vertices[1]
    assert (tip - foot) / np.hypot(*(tip - foot)) == pytest.approx(way / np.hypot(*way), abs=1e-6)


def test_the_point_stands_on_the_surface_above_its_foot(named: Named) -> None:
    figure = compose_surface(bowl(), "dark")
    (point,), (foot,) = (named(figure, name)[0].get_xydata() for name in ("point", "foot"))
    box = named(figure, "box")[0].get_xydata()
    assert point[0] == pytest.approx(foot[0])
    assert foot[1] < point[1] < np.nanmax(box[:, 1])


def test_a_vanishing_gradient_has_no_arrow(named: Named) -> None:
    assert named(compose_surface(replace(bowl(), point=(0.0, 0.0), arrow=(0.0, 0.0)), "dark"), "head") == []


@pytest.mark.parametrize("kind", SHAPES)
def test_each_kind_of_mark_has_its_name_in_the_legend(kind: Kind, words: Words, named: Named) -> None:
    figure = compose_surface(bowl(marks=(Mark((0.0, 0.0), kind),)), "light")
    assert kind in words(figure)
    assert len(named(figure, kind)) == 1


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("turn", [30, 120, 210, 300])
def test_ink_reads_on_every_shade_of_the_surface(theme: Theme, turn: float) -> None:
    drawn = triangles(compose_surface(bowl(turn=turn), theme)).colours
    whole = drawn[drawn[..., 3] == 1][:, :3]
    ink = palette(theme).ink
    written = luminance(np.array([int(ink[i : i + 2], 16) / 255 for i in (1, 3, 5)]))
    low, high = np.minimum(luminance(whole), written), np.maximum(luminance(whole), written)
    assert ((high + 0.05) / (low + 0.05)).min() >= 4.5


@pytest.mark.parametrize(
    "wrong",
    [
        {"window": ((1.0, 0.0), (0.0, 1.0))},
        {"heights": np.zeros(5)},
        {"point": (4.0, 0.0)},
        {"arrow": (np.inf, 0.0)},
        {"tilt": 90.0},
        {"turn": np.nan},
        {"gaps": np.zeros(PLACES, dtype=np.bool_)},
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        replace(bowl(), **wrong)
