"""Answers that are nearly right: one thing of a right expression changed, so that it is surely another function."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from engine.calculus.balls import NoValueError, OpenError
from engine.judging.enclosures import enclose
from engine.judging.places import EVERYWHERE, balls, draw
from engine.reading.tree import Apply, Binary, Name, Negative, Node, Number, names_in, walk

_TOTAL = {"sin", "cos", "exp", "sinh", "cosh", "tanh", "atan"}
_POINTS = 12


def near_misses(right: Node, random: Random) -> Iterator[tuple[str, Node]]:
    """Yield without end what was changed, and the changed expression."""
    names = sorted(names_in(right))
    while True:
        change, wrong = random.choice(_CHANGES)(right, names, random)
        if change in {"bump", "far branch", "tiny term", "corner"} or surely_different(wrong, right, random):
            yield change, wrong


def surely_different(one: Node, other: Node, random: Random) -> bool:
    """Tell whether two expressions have values at some point that are apart by more than a millionth of their size."""
    for at in draw(sorted(names_in(one) | names_in(other)), EVERYWHERE, random, _POINTS):
        try:
            a, b = (float(enclose(each, balls(at, 200), 200).mid()) for each in (one, other))
        except (NoValueError, OpenError, OverflowError):
            continue
        if abs(a - b) > 1e-6 * max(abs(a), abs(b)):
            return True
    return False


def _term(right: Node, names: list[str], random: Random) -> tuple[str, Node]:
    extra: Node = Number(str(random.randint(1, 9)))
    for name in random.sample(names, min(len(names), random.randint(0, 2))):
        extra = Binary("*", extra, Binary("^", Name(name), Number(str(random.randint(1, 3)))))
    return "term", Binary(random.choice("+-"), right, extra)


def _sign(right: Node, _names: list[str], random: Random) -> tuple[str, Node]:
    places = [each for each in walk(right) if isinstance(each, Binary) and each.sign in "+-"]
    if not places:
        return "sign", Negative(right)
    place = random.choice(places)
    return "sign", changed(right, place, replace(place, sign="-" if place.sign == "+" else "+"))


def _factor(right: Node, names: list[str], random: Random) -> tuple[str, Node]:
    factor: Node = Name(random.choice(names)) if names and random.random() < 0.5 else Number(str(random.randint(2, 5)))
    return "factor", Binary(random.choice("*/"), right, factor)


def _number(right: Node, names: list[str], random: Random) -> tuple[str, Node]:
    places = [each for each in walk(right) if isinstance(each, Number)]
    if not places:
        return _term(right, names, random)
    place = random.choice(places)
    return "constant or exponent", changed(right, place, Number(str(place.value.numerator + random.randint(1, 3))))


def _name(right: Node, names: list[str], random: Random) -> tuple[str, Node]:
    if len(names) < 2:
        return _factor(right, names, random)
    one, other = random.sample(names, 2)
    places = [each for each in walk(right) if each == Name(one)]
    return "variable", changed(right, random.choice(places), Name(other))


def _function(right: Node, names: list[str], random: Random) -> tuple[str, Node]:
    places = [each for each in walk(right) if isinstance(each, Apply) and len(each.arguments) == 1]
    if not places:
        return _number(right, names, random)
    place = random.choice(places)
    return "function", changed(right, place, replace(place, function="cos" if place.function != "cos" else "sin"))


def _tiny(right: Node, names: list[str], random: Random) -> tuple[str, Node]:
    size: Node = Binary("^", Number("10"), Negative(Number(str(random.randint(7, 40)))))
    return "tiny term", Binary("+", right, Binary("*", size, Name(names[0])) if names else size)


def _bump(right: Node, names: list[str], random: Random) -> tuple[str, Node]:
    if not names:
        return _tiny(right, names, random)
    square = Binary("^", Binary("-", Name(random.choice(names)), Number("0.1")), Number("2"))
    steep = Number(str(10 ** random.randint(2, 12)))
    return "bump", Binary("+", right, Apply("exp", (Negative(Binary("*", steep, square)),)))


def _far(right: Node, names: list[str], random: Random) -> tuple[str, Node]:
    total = all(
        (isinstance(each, Apply) and each.function in _TOTAL)
        or not isinstance(each, Apply | Binary)
        or (isinstance(each, Binary) and each.sign in "+-*")
        for each in walk(right)
    )
    if not names or not total:
        return _tiny(right, names, random)
    far = Number(str(10 ** random.randint(1, 15)))
    beyond = Binary("-", Negative(Name(names[0])) if random.random() < 0.5 else Name(names[0]), far)
    return "far branch", Binary("+", right, Apply("max", (Number("0"), beyond)))


def _corner(right: Node, names: list[str], random: Random) -> tuple[str, Node]:
    """Add what is zero but where every variable is beyond a number and their sum is not far beyond: a small corner."""
    total = all(not isinstance(each, Apply) or each.function in _TOTAL for each in walk(right))
    if len(names) < 2 or not total or any(isinstance(each, Binary) and each.sign in "/^" for each in walk(right)):
        return _bump(right, names, random)
    far = random.randint(0, 20)
    room: Node = Number(f"{far * len(names)}.1")
    inside: Node = Number("1")
    for name in names:
        room = Binary("-", room, Name(name))
        inside = Binary("*", inside, Apply("relu", (Binary("-", Name(name), Number(str(far))),)))
    return "corner", Binary("+", right, Binary("*", inside, Apply("relu", (room,))))


_CHANGES = (_term, _sign, _factor, _number, _name, _function, _tiny, _bump, _far, _corner)


def changed(tree: Node, place: Node, new: Node) -> Node:
    """Return the tree with one very node replaced by another."""
    if tree is place:
        return new
    match tree:
        case Negative():
            return replace(tree, of=changed(tree.of, place, new))
        case Binary():
            return replace(tree, left=changed(tree.left, place, new), right=changed(tree.right, place, new))
        case Apply():
            return replace(tree, arguments=tuple(changed(each, place, new) for each in tree.arguments))
        case _:
            return tree
