"""What a topic gives back inside the engine: formulas, data, and what to draw."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.values import Json

if TYPE_CHECKING:
    from engine.pictures.animation import Animation
    from engine.pictures.basins import BasinMap
    from engine.pictures.contour import ContourMap
    from engine.pictures.curve import Curve
    from engine.pictures.errors import ErrorChart
    from engine.pictures.graph import GraphChart
    from engine.pictures.paths import PathTree
    from engine.pictures.surface import Surface
    from engine.spelling.formula import Formula


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture yet to be drawn, with the text that carries its numbers."""

    name: str
    alt: str
    of: "Animation | BasinMap | ContourMap | Curve | ErrorChart | PathTree | GraphChart | Surface"


@dataclass(frozen=True, slots=True)
class Answer:
    """The worked answer of a topic.

    formulas: one line each, typeset where pictures are wanted.
    remarks:  sentences that belong to the answer: what was doubtful, where it holds.
    draw:     makes the plots; called only where pictures are wanted.
    """

    title: str
    formulas: "tuple[Formula, ...]"
    data: Json
    remarks: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    draw: Callable[[], tuple[Drawing, ...]] | None = None
