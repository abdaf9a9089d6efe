"""The two looks of every picture. Ink on card keeps a contrast of at least 4.5 to 1."""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["dark", "light"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one look, as #rrggbb.

    card:   the opaque background, so that a picture reads on any page it is pasted into.
    ink:    text, axes and level lines.
    quiet:  titles and what must not compete with the mathematics.
    curve:  the graph of a function of one variable.
    accent: what belongs to the learner's own point.
    bands:  name of a perceptually uniform colour map, and the part of it that ink reads on.
    """

    card: str
    ink: str
    quiet: str
    curve: str
    accent: str
    bands: tuple[str, float, float]

    @property
    def routes(self) -> tuple[str, str, str]:
        """Return the colours of paths that are seen together; each has a number, too."""
        return self.accent, self.curve, self.ink


_PALETTES: dict[Theme, Palette] = {
    "dark": Palette("#2b2d31", "#f2f3f5", "#b5bac1", "#5ccfc5", "#ffb347", ("viridis", 0.0, 0.55)),
    "light": Palette("#ffffff", "#1e1f22", "#5c5f66", "#1f6f8b", "#b3261e", ("viridis", 0.5, 1.0)),
}


def named(name: str) -> Theme:
    """Return the theme of a name that came from outside; dark unless it says light."""
    return "light" if name == "light" else "dark"


def palette(theme: Theme) -> Palette:
    """Return the colours of a theme."""
    return _PALETTES[theme]
