"""What holds for every expression: it is itself, and never itself plus something."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import Refused
from engine.judging.sameness import same
from engine.reading.bounds import check
from engine.reading.tree import Apply, Binary, Name, Negative, Node, Number

_FUNCTIONS = ("sin", "cos", "exp", "ln", "sqrt", "abs")
_LEAVES = st.one_of(
    st.sampled_from([Name("x"), Name("y")]),
    st.integers(0, 9).map(lambda n: Number(str(n))),
)


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(Negative, inner),
        st.builds(lambda base, power: Binary("^", base, Number(str(power))), inner, st.integers(1, 3)),
        st.builds(lambda name, of: Apply(name, (of,)), st.sampled_from(_FUNCTIONS), inner),
    )


TREES = st.recursive(_LEAVES, _grown, max_leaves=8)
SEEDS = st.integers(0, 2**63 - 1)


def is_bounded(tree: Node) -> bool:
    try:
        check(tree)
    except Refused:
        return False
    return True


@given(TREES.filter(is_bounded), SEEDS)
@settings(max_examples=150, deadline=None)
def test_an_expression_is_itself(tree: Node, seed: int) -> None:
    assert same(tree, tree, seed=seed).outcome == "right"


@given(TREES.filter(is_bounded), SEEDS)
@settings(max_examples=150, deadline=None)
def test_an_expression_written_otherwise_is_never_called_wrong(tree: Node, seed: int) -> None:
    turned = Binary("-", Binary("+", Name("x"), tree), Name("x"))
    assert same(turned, tree, seed=seed).outcome != "wrong"


@given(TREES.filter(is_bounded), st.integers(1, 9), st.integers(0, 30), SEEDS)
@settings(max_examples=150, deadline=None)
def test_an_expression_plus_a_number_is_never_itself(tree: Node, size: int, places: int, seed: int) -> None:
    extra = Binary("/", Number(str(size)), Number(str(10**places)))
    assert same(Binary("+", tree, extra), tree, seed=seed).outcome != "right"


@given(TREES.filter(is_bounded), TREES.filter(is_bounded), SEEDS)
@settings(max_examples=100, deadline=None)
def test_a_seed_decides_the_verdict(one: Node, other: Node, seed: int) -> None:
    assert same(one, other, seed=seed) == same(one, other, seed=seed)
