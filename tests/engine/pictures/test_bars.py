"""Bars of attempts: what is drawn is what is counted."""

import pytest

from engine.pictures.bars import MAX_BARS, Bar, Bars, alternative, compose_bars, draw_bars
from engine.pictures.theme import Theme

CHART = Bars("Attempts by concept", (Bar("gradient", 7, 12), Bar("partial", 3, 3), Bar("new", 0, 0)))


def widths(gid: str) -> list[float]:
    figure = compose_bars(CHART, "dark")
    found = [artist for artist in figure.get_children() if artist.get_gid() == gid]
    return [float(artist.get_paths()[0].get_extents().width) for artist in found]  # type: ignore[attr-defined]


def test_bars_are_as_long_as_there_are_attempts() -> None:
    whole = widths("attempts")
    assert whole[1] / whole[0] == pytest.approx(3 / 12)
    assert whole[2] == 0


def test_the_filled_part_is_the_share_of_right_ones() -> None:
    assert widths("right")[0] / widths("attempts")[0] == pytest.approx(7 / 12)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_chart_is_a_picture(theme: Theme) -> None:
    assert draw_bars(CHART, theme).startswith(b"\x89PNG")


def test_the_words_carry_the_numbers() -> None:
    assert "gradient: 7 of 12 right; partial: 3 of 3 right" in alternative(CHART)


def test_hostile_names_are_only_names() -> None:
    assert draw_bars(Bars("$x^", (Bar("$\\frac{\n\u202e" * 40, 1, 2), Bar("", 0, 1))), "dark")


@pytest.mark.parametrize("bars", [(), (Bar("a", 2, 1),), (Bar("a", -1, 1),), (Bar("a", 0, 1),) * (MAX_BARS + 1)])
def test_what_cannot_be_drawn_is_refused(bars: tuple[Bar, ...]) -> None:
    with pytest.raises(ValueError, match=r"bars|right"):
        Bars("t", bars)
