"""What is true of every text and every tree."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import NotInDomain, Refused, TooLarge
from engine.reading import read_expression, read_point, read_window
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number
from engine.spelling.plain import plain
from engine.spelling.unicode import unicode

_LEAVES = st.one_of(
    st.integers(0, 99).map(lambda n: Number(str(n))),
    st.sampled_from(["0.5", "2.25", "1.0"]).map(Number),
    st.sampled_from(["x", "y", "z", "a", "theta", "w1", "x_1".replace("_", "")]).map(Name),
    st.sampled_from(["e", "pi"]).map(Constant),
)


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    exponents = st.integers(1, 3).map(lambda n: Number(str(n)))
    return st.one_of(
        inner.map(Negative),
        st.builds(Binary, st.sampled_from("+-*"), inner, inner),
        st.builds(Binary, st.just("^"), inner, exponents),
        st.builds(lambda f, a: Apply(f, (a,)), st.sampled_from(["sin", "exp", "abs", "sqrt", "atan"]), inner),
        st.builds(lambda a, b: Apply("max", (a, b)), inner, inner),
    )


TREES: st.SearchStrategy[Node] = st.recursive(_LEAVES, _grown, max_leaves=12)


def _read(text: str) -> Node | None:
    """Read a spelled tree; only the bounds and the domain may refuse one, and then there is nothing to compare."""
    try:
        return read_expression(text, ("w1", "x1")).tree
    except (TooLarge, NotInDomain):
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


@given(st.text(alphabet="xye2.,()[]|^*/+-=_ sincoltqr<>√²½π!%", max_size=40))
@settings(max_examples=1500, deadline=None)
def test_no_nearly_mathematical_text_raises_anything_but_a_refusal(text: str) -> None:
    for read in (read_expression, read_point, read_window):
        try:
            read(text)
        except Refused:
            continue
