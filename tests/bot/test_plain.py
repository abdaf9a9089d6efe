"""Replies as plain text."""

from hypothesis import given
from hypothesis import strategies as st

from bot import plain
from bot.talk import Lines, Refusal, Reply, Table


def test_a_reply_is_its_title_its_blocks_and_what_to_type_next() -> None:
    reply = Reply(
        "answered",
        "Progress",
        (Lines(("two lines", "of text")), Table(("a", "bb"), (("1", "2"), ("333", "4")))),
        actions=("/practice",),
    )
    assert plain.text(reply) == ("Progress\ntwo lines\nof text\na    bb\n1    2\n333  4\nYou could type:\n  /practice")


def test_a_refusal_points_into_the_learners_own_text() -> None:
    refusal = Refusal("missing operand", "A number belongs here.", "f", (6, 7), ())
    reply = Reply("refused", refusal=refusal, actions=("/grad f=x^2",))
    assert plain.text(reply, {"f": "x^2 + * y"}) == ("A number belongs here.\n  x^2 + * y\n        ^\nTry: /grad f=x^2")


def test_a_long_text_is_cut_round_the_place() -> None:
    cut, carets = plain.pointed("a" * 100 + "!" + "b" * 100, (100, 101))
    assert len(cut) == plain.CARET_WIDTH
    assert cut[carets.index("^")] == "!"
    assert cut[0] == cut[-1] == "…"


def test_nothing_that_moves_the_cursor_is_echoed() -> None:
    cut, _ = plain.pointed("x\x1b[2J\n\u202ey", (1, 2))
    assert cut.isprintable()


@given(st.text(max_size=300) | st.text("x字\u0301ﾊ🙂", max_size=99), st.integers(0, 300), st.integers(0, 40))
def test_a_caret_always_fits_on_a_phone(text: str, start: int, length: int) -> None:
    for width in (plain.CARET_WIDTH, plain.CARET_WIDTH - 2):
        cut, carets = plain.pointed(text, (start, start + length), width)
        assert plain.columns(cut) <= width
        assert len(carets) <= width
        assert "^" in carets


def test_the_caret_stands_under_a_place_behind_wide_letters() -> None:
    assert plain.pointed("字字*y", (2, 3)) == ("字字*y", "    ^")


def test_the_caret_is_as_wide_as_what_it_points_at() -> None:
    assert plain.pointed("x+字+y", (2, 3)) == ("x+字+y", "  ^^")


def test_a_letter_with_its_marks_is_one_place() -> None:
    assert plain.pointed("x\u0307\u0308*/y", (4, 5)) == ("x\u0307\u0308*/y", "  ^")


def test_what_is_missing_at_the_end_of_a_full_line_is_pointed_at_within_it() -> None:
    cut, carets = plain.pointed("x+" * 16, (32, 32))
    assert len(carets) == plain.CARET_WIDTH
    assert cut.endswith("x+")
