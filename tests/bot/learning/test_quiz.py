import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.quiz import Standing, goes_on, seed_of, standings

RESULTS = st.lists(st.tuples(st.sampled_from(["ann", "bob", "eva", "kim"]), st.booleans()), max_size=30)


def test_every_player_and_every_round_has_a_seed_of_its_own() -> None:
    seeds = [seed_of(7, number, player) for number in range(1, 21) for player in range(100)]
    assert len(set(seeds)) == len(seeds)


def test_the_same_player_gets_the_same_seed_again() -> None:
    assert seed_of(7, 1, 3) == 778902233


def test_two_quizzes_ask_the_same_player_different_things() -> None:
    assert seed_of(7, 1, 3) != seed_of(8, 1, 3)


def test_a_seed_can_be_kept_wherever_exercises_are() -> None:
    assert all(0 <= seed_of(2**63 - 1, 20, player) < 2**31 for player in range(1000))


@pytest.mark.parametrize(
    ("number", "rounds", "players", "follows"),
    [
        (1, 5, [3], True),
        (1, 5, [0], True),
        (2, 5, [0, 0], False),
        (2, 5, [0, 1], True),
        (3, 5, [0, 1, 0], True),
        (4, 5, [2, 1, 0, 0], False),
        (5, 5, [2, 2, 2, 2, 2], False),
        (1, 1, [2], False),
    ],
)
def test_a_quiz_ends_after_its_rounds_or_two_silent_ones(
    number: int, rounds: int, players: list[int], *, follows: bool
) -> None:
    assert goes_on(number, rounds, players) is follows


def test_who_is_right_more_often_stands_higher_and_equals_share_a_rank() -> None:
    results = [("ann", True), ("bob", True), ("eva", False), ("ann", False), ("bob", True), ("kim", True)]
    assert standings(results) == (
        Standing(1, "bob", 2, 2),
        Standing(2, "ann", 1, 2),
        Standing(2, "kim", 1, 1),
        Standing(4, "eva", 0, 1),
    )


def test_nobody_played_means_an_empty_table() -> None:
    assert standings([]) == ()


@given(RESULTS)
def test_every_answer_is_counted_once(results: list[tuple[str, bool]]) -> None:
    table = standings(results)
    assert sum(each.answered for each in table) == len(results)
    assert sum(each.right for each in table) == sum(right for _, right in results)


@given(RESULTS)
def test_a_rank_is_one_more_than_the_players_who_are_better(results: list[tuple[str, bool]]) -> None:
    table = standings(results)
    assert all(each.rank == 1 + sum(other.right > each.right for other in table) for each in table)
    assert all(first.right >= second.right for first, second in itertools.pairwise(table))


@given(RESULTS, st.randoms())
def test_the_order_of_answers_does_not_matter(results: list[tuple[str, bool]], order: st.DataObject) -> None:
    shuffled = list(results)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert standings(shuffled) == standings(results)
