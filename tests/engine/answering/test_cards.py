"""The lines of an answer on cards: one where they fit, several where they do not."""

from engine.answering.answer import Answer
from engine.answering.drawing import draw
from engine.spelling import formula as spell


def answer(lines: int) -> Answer:
    return Answer("Many lines", tuple(spell.words(f"line {i}") for i in range(lines)), {})


def test_a_few_lines_stand_on_one_card() -> None:
    pictures, missing = draw(answer(5), "dark")
    assert ([each.name for each in pictures], missing) == (["formulas.png"], ())


def test_many_lines_go_on_to_a_second_card_and_none_is_lost() -> None:
    pictures, _ = draw(answer(60), "light")
    assert [each.name for each in pictures] == ["formulas.png", "formulas-2.png"]
    assert [f"line {i}." in "".join(each.alt for each in pictures) for i in range(60)] == [True] * 60


def test_a_line_that_is_too_wide_is_left_to_the_text() -> None:
    wide = Answer("Wide", (*answer(20).formulas, spell.words("w" * 400)), {})
    assert draw(wide, "dark") == ((), ())
