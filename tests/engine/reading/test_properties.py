"""What is true of every text and every tree."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import Refused, TooLarge
from engine.reading import read_expression, read_point, read_window
from engine.reading.characters import normalise
from engine.reading.functions import CASES, COMPARISONS
from engine.reading.grammar import Grammar
from engine.reading.names import resolve
from engine.reading.tokens import tokenise
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number
from engine.spelling.plain import plain
from engine.spelling.unicode import unicode

_LEAVES = st.one_of(
    st.integers(0, 99).map(lambda n: Number(str(n))),
    st.sampled_from(["0.5", "2.25", "1.0"]).map(Number),
    st.sampled_from(["x", "y", "z", "a", "theta", "w1", "x_1".replace("_", "")]).map(Name),
    st.sampled_from(["e", "pi"]).map(Constant),
)

_OF_ONE = ["sin", "exp", "abs", "sqrt", "atan", "floor", "ceil", "step", "sign", "relu"]


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    exponents = st.integers(1, 3).map(lambda n: Number(str(n)))
    return st.one_of(
        inner.map(Negative),
        st.builds(Binary, st.sampled_from("+-*"), inner, inner),
        st.builds(Binary, st.just("^"), inner, exponents),
        st.builds(
            lambda f, a: Apply(f, (a,)),
            st.sampled_from(_OF_ONE),
            inner,
        ),
        st.builds(lambda f, a, b: Apply(f, (a, b)), st.sampled_from(["max", "atan2"]), inner, inner),
        st.builds(lambda a, base: Apply("log", (a, Number(base))), inner, st.sampled_from(["2", "10"])),
        st.integers(0, 9).map(lambda n: Apply("factorial", (Number(str(n)),))),
        st.builds(_cases, st.lists(st.tuples(inner, _conditions(inner)), min_size=1, max_size=3), st.none() | inner),
    )


def _conditions(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    compared = st.builds(lambda sign, a, b: Apply(sign, (a, b)), st.sampled_from(COMPARISONS), inner, inner)
    return st.one_of(compared, st.builds(lambda a, b: Apply("and", (a, b)), compared, compared))


def _cases(pairs: list[tuple[Node, Node]], last: Node | None) -> Node:
    arguments = tuple(each for pair in pairs for each in pair)
    return Apply(CASES, arguments if last is None else (*arguments, last))


TREES: st.SearchStrategy[Node] = st.recursive(_LEAVES, _grown, max_leaves=12)


def _read(text: str) -> Node | None:
    """Read a spelled tree; only the bounds may refuse one, and then there is nothing to compare."""
    try:
        source = normalise(text, limit=4000)
        return Grammar(source, resolve(source, tokenise(source), frozenset(("w1", "x1")))).whole()
    except TooLarge:
        return None


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_reading_the_plain_spelling_gives_the_same_tree(tree: Node) -> None:
    again = _read(plain(tree))
    assert again in {tree, None}


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_reading_the_unicode_spelling_gives_the_same_function(tree: Node) -> None:
    again = _read(unicode(tree))
    assert again in {tree, None}


def _span_of_refusal(read: Callable[[str], object], text: str) -> tuple[int, int]:
    try:
        read(text)
    except Refused as refused:
        return refused.span or (0, 0)
    return (0, 0)


@given(st.text(max_size=60))
@settings(max_examples=1500, deadline=None)
def test_no_text_raises_anything_but_a_refusal(text: str) -> None:
    for read in (read_expression, read_point, read_window):
        start, end = _span_of_refusal(read, text)
        assert 0 <= start <= end <= len(text)


_COMMANDS = (r"\frac", r"\sqrt", r"\left", r"\right", r"\sin", r"\begin{cases}", r"\end{cases}", r"\text{if}", "\\")
_WORDS = (
    "if ",
    "else ",
    "for ",
    "and ",
    "sin",
    "log",
    "atan2",
    "sum",
    "norm",
    "piecewise",
    "||",
    "√",
    "∛",
    "⌊",
    "⌋",
    "½",
    "²",
)
_PIECES = (*_COMMANDS, *_WORDS, *"{}[]()|&;,^_xy2e<>!%=-+*$ î")


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
@settings(max_examples=1500, deadline=None)
def test_no_heap_of_pieces_raises_anything_but_a_refusal(text: str) -> None:
    start, end = _span_of_refusal(read_expression, text)
    assert 0 <= start <= end <= len(text)


@given(st.text(alphabet="xye2.,()[]|^*/+-=_ sincoltqr<>√²½π!%", max_size=40))
@settings(max_examples=1500, deadline=None)
def test_no_nearly_mathematical_text_raises_anything_but_a_refusal(text: str) -> None:
    for read in (read_expression, read_point, read_window):
        try:
            read(text)
        except Refused:
            continue
