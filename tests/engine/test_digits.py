"""The digits that a learner chose, for the length of one job."""

import pytest

from engine.desk import perform, solve
from engine.errors import NotInDomain
from engine.spelling.numbers import decimal, digits, with_digits
from engine.values import Budget, Json

BUDGET = Budget(60.0, lambda: 0.0)
ROOT = {"f": "sqrt(x)", "at": "2"}


def job(decimals: int | None, at: str = "2", *, pictures: bool = False) -> Json:
    arguments: Json = {"topic": "grad", "options": {"f": "sqrt(x)", "at": at}, "pictures": pictures, "theme": "dark"}
    return perform("solve", arguments | {"practised": [], "sealed": [], "decimals": decimals}, BUDGET)[0]


@pytest.mark.parametrize(
    ("chosen", "shown"), [(None, "0.353553"), (2, "0.35"), (6, "0.353553"), (12, "0.353553390593")]
)
def test_decimal_numbers_have_the_digits_chosen(chosen: int | None, shown: str) -> None:
    text = "\n".join(solve("grad", ROOT, budget=BUDGET, decimals=chosen).lines)
    assert shown in text
    assert f"{shown}0" not in text
    assert f"≈ {shown}" in text


def test_the_data_have_all_digits_whatever_is_chosen() -> None:
    assert job(2)["data"] == job(None)["data"] == job(12)["data"]


def test_pictures_and_their_alternative_texts_follow() -> None:
    drawn = {chosen: solve("grad", ROOT, budget=BUDGET, pictures=True, decimals=chosen).pictures for chosen in (3, 9)}
    for few, many in zip(drawn[3], drawn[9], strict=True):
        assert "0.354" in few.alt
        assert "0.353553391" in many.alt
        assert few.content != many.content


def test_the_digits_end_with_their_job() -> None:
    before = job(None)
    job(3)
    assert job(None) == before
    assert digits() == 6


def test_the_digits_end_with_a_job_that_is_refused() -> None:
    with pytest.raises(NotInDomain):
        job(3, at="-1")
    assert digits() == 6


def test_the_usual_digits_of_a_place_hold_where_nothing_is_chosen() -> None:
    assert (decimal(1 / 3, usual=4), decimal(1 / 3)) == ("0.3333", "0.333333")
    with with_digits(2):
        assert (decimal(1 / 3, usual=4), decimal(1 / 3)) == ("0.33", "0.33")
