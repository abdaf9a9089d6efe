import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import typst
from numpy.typing import NDArray

from engine.errors import Failed, TooLarge
from engine.pictures.page import LARGEST_HEIGHT, LARGEST_WIDTH, MARGIN, PPI, SMALLEST_WIDTH, quote, typeset
from engine.pictures.theme import Theme, palette

Pixels = Callable[[bytes], NDArray[np.int64]]
Colour = Callable[[str], tuple[int, int, int]]

LONG = " + ".join(f"{k} x^{k} y^{60 - k}" for k in range(2, 60))
HESSIAN = 'H = mat(delim: "[", 2 y, 2 x + z, y; 2 x + z, -sin(y), x e^(x z); y, x e^(x z), x^2 e^(x z) sin(y))'
HOSTILE = [
    '"',
    '""',
    "\\",
    '\\"',
    '\\\\"',
    '" + read("/etc/passwd") + "',
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.2.0"',
    "$x$ /* // */",
    "\\u{41}",
    "漢字 😀 é",
]


def margins_are_card(picture: NDArray[np.int64], card: tuple[int, int, int]) -> bool:
    wide = MARGIN * PPI // 72 - 2
    edges = (picture[:wide], picture[-wide:], picture[:, :wide], picture[:, -wide:])
    return all((edge == card).all() for edge in edges)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_card_is_opaque_and_its_edges_are_empty(theme: Theme, pixels: Pixels, colour: Colour) -> None:
    picture = pixels(typeset(["f(x, y) = x^2 + y^2", "nabla f = vec(2 x, 2 y)"], theme, title="Gradient"))
    assert margins_are_card(picture, colour(palette(theme).card))


def test_ink_is_on_the_card(pixels: Pixels, colour: Colour) -> None:
    picture = pixels(typeset(["x = 1"], "dark"))
    assert np.abs(picture - colour(palette("dark").ink)).sum(axis=2).min() < 6


def test_a_short_line_has_a_card_of_the_smallest_width(pixels: Pixels) -> None:
    assert pixels(typeset(["x"], "light")).shape[1] == SMALLEST_WIDTH


def test_a_matrix_of_three_rows_fits(pixels: Pixels, colour: Colour) -> None:
    picture = pixels(typeset([HESSIAN], "light"))
    assert picture.shape[1] <= LARGEST_WIDTH
    assert margins_are_card(picture, colour(palette("light").card))


def test_a_very_long_polynomial_breaks_and_stays_on_the_card(pixels: Pixels, colour: Colour) -> None:
    one, long = pixels(typeset(["f = x"], "dark")), pixels(typeset(["f = " + LONG], "dark"))
    assert long.shape[1] <= LARGEST_WIDTH
    assert long.shape[0] > 4 * one.shape[0]
    assert margins_are_card(long, colour(palette("dark").card))


def test_all_lines_get_smaller_for_one_that_cannot_break(pixels: Pixels) -> None:
    narrow, wide = (f"vec({' + '.join(f'x_{k}' for k in range(count))}, 1)" for count in (10, 19))
    assert pixels(typeset([*"abc", wide], "dark")).shape[0] < pixels(typeset([*"abc", narrow], "dark")).shape[0] - 20


def test_a_line_that_neither_breaks_nor_shrinks_enough_is_refused() -> None:
    with pytest.raises(TooLarge, match="too wide"):
        typeset([f"vec({LONG}, 1)"], "dark")


def test_a_long_quoted_word_is_refused_and_not_cut() -> None:
    with pytest.raises(TooLarge, match="too wide"):
        typeset([quote("w" * 300)], "dark")


def test_a_title_without_a_place_to_break_is_refused_and_not_cut() -> None:
    with pytest.raises(TooLarge, match="too wide"):
        typeset(["x"], "dark", title="w" * 300)


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(TooLarge, match="too many lines"):
        typeset(["x"] * 100, "dark")


def test_the_highest_card_keeps_the_limit(pixels: Pixels) -> None:
    heights = []
    for count in range(24, 50):
        try:
            heights.append(pixels(typeset(["x"] * count, "dark")).shape[0])
        except TooLarge:
            break
    assert heights[-1] <= LARGEST_HEIGHT < heights[-1] + 80


def test_endless_text_is_refused_before_typesetting() -> None:
    with pytest.raises(TooLarge, match="too long"):
        typeset(["x + " * 100_000], "dark")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quoted_text_is_one_string_with_that_text(text: str) -> None:
    assert json.loads(typst.Compiler(root=os.devnull).eval(quote(text))) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quoted_text_is_shown_inside_mathematics(text: str) -> None:
    assert typeset([f"f = {quote(text)}"], "dark", title=text)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\u202e", "\ud800", "\u200b", "\ue000"])
def test_a_character_that_does_not_print_is_replaced(character: str) -> None:
    assert quote(f"a{character}b") == '"a\ufffdb"'
    assert typeset([quote(character)], "dark", title=character)


def test_a_quoted_text_has_one_line() -> None:
    assert quote(" a\n\t b\r\n") == '"a b"'


@pytest.mark.parametrize(
    "line",
    [
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.2.0": *',
        "x $ #panic() $",
        "x // y",
        "x /* y",
        '/* " */ #read("x") /* " */',
        '\\" #read("x") \\"',
        'x "open',
        "x \\",
    ],
)
def test_a_line_with_code_never_reaches_the_compiler(line: str) -> None:
    with pytest.raises(Failed) as refusal:
        typeset([line], "dark")
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize("line", ["unheardof", "vec(1", "mat(1; delim: 2)"])
def test_a_line_that_is_no_mathematics_is_our_own_trouble(line: str) -> None:
    with pytest.raises(Failed):
        typeset([line], "dark")


def test_a_refused_line_leaves_the_next_one_alone() -> None:
    before = typeset(["x"], "dark")
    with pytest.raises(Failed):
        typeset(["unheardof"], "dark")
    assert typeset(["x"], "dark") == before


def test_threads_get_the_same_card() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: typeset([HESSIAN], "dark"), range(12)))
    assert len(set(made)) == 1


def test_a_process_forked_after_the_import_can_typeset() -> None:
    script = """
import os, sys
from engine.pictures.page import typeset
child = os.fork()
if child == 0:
    os._exit(0 if typeset(["x"], "dark") and typeset(["y"], "dark") else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=30).returncode == 0
