"""By which variables, and in which order, a function is differentiated: x, xy, xx, "x, x, y"."""

import re

from engine.errors import EmptyText, Refused, StrangeCharacter, TooLarge, UnknownName
from engine.reading import read_names
from engine.reading.characters import GREEK

MAX_ORDER = 6
_LETTER = (
    rf"(?:{'|'.join(sorted({*GREEK.values(), 'lambda', 'Lambda'}, key=len, reverse=True))}|[A-Za-z{''.join(GREEK)}])"
)
_NAME = rf"{_LETTER}(?:_\{{?\d+\}}?|\d+)?"


def read_order(text: str, variables: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in the order in which they are taken; a name may come several times.

    variables: those of the function; a run like xy is two of them unless it is one.
    Refuses (EmptyText, StrangeCharacter) what is no row of names, (UnknownName) a run with other letters
    in it, (TooLarge) more than six.
    """
    span = (0, len(text))
    pieces = [each for each in re.split(r"[,;\s()]+", text) if each]
    if not pieces:
        raise EmptyText("Name the variable here, for instance x, or x,y for first x and then y.", span=span)
    names: list[str] = []
    try:
        for piece in pieces:
            names += _names(piece, variables)
    except Refused as refused:
        refused.span = span
        raise
    if len(names) > MAX_ORDER:
        raise TooLarge(f"That is a derivative of order {len(names)}; I go up to order {MAX_ORDER}.", span=span)
    return tuple(names)


def _names(piece: str, variables: tuple[str, ...]) -> list[str]:
    if not re.fullmatch(rf"(?:{_NAME})+", piece):
        raise StrangeCharacter(
            f'"{piece[:20]}" is no row of variables; write x, or xy, or x,x,y.', suggestions=("x", "x,y")
        )
    whole = read_names(piece).names if re.fullmatch(r"[A-Za-z]+(?:_?\{?\d+\}?)?", piece) else ()
    if whole and whole[0] in variables:
        return list(whole)
    names = [read_names(each).names[0] for each in re.findall(_NAME, piece)]
    strange = next((name for name in names if name not in variables), None)
    # A run is a word unless it is made of the function's own variables.
    if len(names) > 1 and strange is not None:
        apart = ",".join(names)
        raise UnknownName(
            f"There is no variable {strange} in the function; for these all the same, write {apart}.",
            suggestions=(apart, *variables),
        )
    return names
