"""The tree of paths of a chain rule, to be drawn, and in words."""

from engine.answering.answer import Drawing
from engine.answering.chain_lines import Told
from engine.answering.chains import Path
from engine.pictures.paths import MAX_WAYS, PathTree, Way
from engine.spelling import formula as spell


def draw(told: Told) -> tuple[Drawing, ...]:
    """Return the tree, every edge with its derivative; nothing where there are too many paths to be read."""
    paths = [each for total in told.parts.chain.totals for each in total.paths]
    order = list(dict.fromkeys(each.through for each in paths))
    paths.sort(key=lambda each: order.index(each.through))
    if len(paths) > MAX_WAYS:
        return ()
    ways = tuple(Way(_names(told, each), _labels(told, each)) for each in paths)
    said = "; ".join(
        f"{told.way(path).text} with {' and '.join(way.labels)}" for path, way in zip(paths, ways, strict=True)
    )
    return (Drawing("paths.png", f"Tree of paths. {said}.", PathTree("Paths: multiply along each, then add", ways)),)


def _names(told: Told, path: Path) -> tuple[str, ...]:
    return tuple(spell.variable(each).text for each in (told.top, path.through, path.by) if each)


def _labels(told: Told, path: Path) -> tuple[str, ...]:
    """Return ∂f/∂x = 2xy and dx/dt = 2t."""
    outer = told.parts.outer[path.through or path.by]
    first = spell.partial(told.parts.chain.read.f.name, outer.by) + spell.EQUALS + outer.result
    if path.through is None:
        return (first.text,)
    inner = told.parts.inner[path.through, path.by]
    return first.text, (told.inner_ratio(path.through, path.by) + spell.EQUALS + inner.result).text
