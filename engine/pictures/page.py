"""Lines of mathematics, typeset on a card.

The lines are Typst mathematics made by our own printer. They are evaluated as mathematics one by
one and may not hold code, so a picture reads no file and asks no network, whatever is in a line.
"""

import json
import os
import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

import typst

from engine.errors import Failed, TooLarge
from engine.pictures.theme import Theme, palette

PPI: Final = 144
SMALLEST_WIDTH: Final = 300
LARGEST_WIDTH: Final = 1240
LARGEST_HEIGHT: Final = 2000
MARGIN: Final = 20
LARGEST_TEXT: Final = 20_000
# Points; the last is the readable minimum: a card of full width shown 550 pixels wide still has
# letters 10 pixels high.
SIZES: Final = (16, 14, 12)

# A line that fits stands as a display, whose frame holds all of it; one that does not becomes a
# paragraph, which breaks at operators. A paragraph that is too wide even then reports exactly the
# width of its column. Inside it the leading is nought, else fractions reach into the line above.
# What does not fit is told to the caller by the words of the failed assertion.
_TEMPLATE: Final = b"""
#let given = json(bytes(sys.inputs.given))
#let column = given.column * 1pt
#set page(width: auto, height: auto, margin: given.margin * 1pt, fill: rgb(given.card))
#set text(font: "New Computer Modern", fill: rgb(given.ink))
#set par(leading: 0.75em, hanging-indent: 2em, justify: false)
#set math.mat(row-gap: 0.45em, column-gap: 0.9em)
#set math.vec(gap: 0.45em)
#set math.cases(gap: 0.45em)
#show math.equation: set text(font: "New Computer Modern Math")
#show math.equation: set align(left)
#let because(said) = text(font: "New Computer Modern", size: 0.8em, fill: rgb(given.quiet), h(1.6em) + said)
#let line(source, size) = {
  let body = math.display(eval(source, mode: "math", scope: (because: because, hide: hide)))
  let row = text(size: size * 1pt, math.equation(block: true, body))
  if measure(row).width <= column { return row }
  text(size: size * 1pt, par({
    set par(leading: 0pt)
    math.equation(block: false, body)
  }))
}
#let width(row) = measure(width: column + 0.01pt, row).width
#context {
  let size = given.sizes.find(size => given.lines.all(source => width(line(source, size)) <= column))
  assert(size != none, message: "too wide")
  let rows = given.lines.map(source => line(source, size))
  if given.title != "" {
    rows.insert(0, text(size: 13pt, weight: "bold", fill: rgb(given.quiet), par(hanging-indent: 0pt, given.title)))
  }
  let widest = calc.max(given.narrowest * 1pt, ..rows.map(width))
  assert(widest <= column, message: "too wide")
  let card = block(width: widest, stack(spacing: 15pt, ..rows))
  assert(measure(card).height <= given.tallest * 1pt, message: "too high")
  card
}
"""

_lock = threading.Lock()


def quote(text: str) -> str:
    """Return a Typst string literal that shows the text and cannot end before it does.

    Runs of white space become one blank; characters that do not print (controls, text direction,
    unassigned, lone surrogates) become the replacement character.
    """
    printable = "".join(_printable(character) for character in " ".join(text.split()))
    return '"' + printable.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _printable(character: str) -> str:
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character).startswith("C") else character


def typeset(lines: Sequence[str], theme: Theme, title: str = "") -> bytes:
    """Return a PNG: a card with the title, in plain text, and one line of mathematics per entry.

    lines: Typst mathematics without code, comments or dollar signs; user text in it through `quote`.
    The card is 300 to 1240 pixels wide and at most 2000 high. A line too wide for it breaks at its
    operators; if that does not help, all lines get smaller, down to 12 points.

    Refuses (TooLarge) what is too wide or too high after that. Failed means that a line is no
    mathematics Typst can read, which is a fault of the printer that made it.
    """
    if sum(map(len, lines)) + len(title) > LARGEST_TEXT:
        raise TooLarge("This is too long to be shown as a picture.")
    for line in lines:
        _refuse_code(line)
    shown = palette(theme)
    given = {
        "lines": list(lines),
        "title": "".join(_printable(character) for character in " ".join(title.split())),
        "card": shown.card,
        "ink": shown.ink,
        "quiet": shown.quiet,
        "sizes": SIZES,
        "margin": MARGIN,
        "narrowest": _inside(SMALLEST_WIDTH),
        "column": _inside(LARGEST_WIDTH),
        "tallest": _inside(LARGEST_HEIGHT),
    }
    return _compile(json.dumps(given))


def _inside(pixels: int) -> float:
    """Return what the margins leave of that many pixels, in points."""
    return pixels * 72 / PPI - 2 * MARGIN


def _refuse_code(line: str) -> None:
    """Refuse what would leave mathematics: code, a comment, an open string, a dollar sign."""
    bare = re.sub(r'\\.|"(?:\\.|[^"\\])*"', "", line, flags=re.DOTALL)
    if re.search(r'[#$"\\]|//|/\*', bare):
        raise Failed("This line cannot be typeset.")


def _compile(given: str) -> bytes:
    try:
        with _lock:
            made = _compiler().compile(_TEMPLATE, format="png", ppi=PPI, sys_inputs={"given": given})
    except typst.TypstError as error:
        if "too wide" in error.message:
            raise TooLarge("A line is too wide to be shown readably as a picture.") from None
        if "too high" in error.message:
            raise TooLarge("There are too many lines to be shown as one picture.") from None
        raise Failed("This line cannot be typeset.") from error
    if not isinstance(made, bytes):
        raise Failed("This does not fit on one page.")
    return made


@cache
def _compiler() -> typst.Compiler:
    """Return this process's compiler, made at first use: a compile before a fork starts threads and hangs later ones.

    Its root and package folders are no folders, so nothing can be read below them.
    """
    return typst.Compiler(
        root=os.devnull,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        package_path=os.devnull,
        package_cache_path=os.devnull,
    )
