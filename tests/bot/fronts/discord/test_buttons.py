"""Answering by buttons and forms, in a simulated Discord with a real Nabla behind it."""

import re
from datetime import timedelta

import pytest

from bot.catalogue import Catalogue
from bot.fronts.discord.client import Client
from tests.bot.fronts.discord.quizzing import Class, labels, shown, text

HOSTILE = "@everyone <@4> ``` **bold** \u202e\x00\ud800 [a](https://example.org)"


@pytest.fixture
def simcord_bot(hall: Class) -> Client:
    return hall.bot


async def test_the_start_carries_both_buttons(lesson: Class) -> None:
    assert labels(await lesson.start()) == ["Answer", "My question"]


async def test_my_question_is_shown_to_whoever_asks_alone(lesson: Class) -> None:
    message = await lesson.start()
    own = [shown(await who.click(message, label="My question")) for who in (lesson.ann, lesson.bob)]
    assert all(each.ephemeral for each in own)
    assert text(own[0]) != text(own[1])


async def test_the_form_shows_the_players_own_question(lesson: Class) -> None:
    message = await lesson.start()
    question = text(shown(await lesson.bob.click(message, label="My question")))
    form = (await lesson.bob.click(message, label="Answer")).modal
    assert form is not None
    asked = form["components"][0]["content"].replace("\\", "")
    assert "gradient" in asked
    assert asked in question
    assert "/quiz" not in asked


async def test_an_answer_by_form_is_confirmed_sealed_and_privately(lesson: Class) -> None:
    receipt = await lesson.answer(await lesson.start(), "(1,2)")
    assert receipt.ephemeral
    assert "Read as (1, 2), sealed until the bell." in text(receipt)


async def test_an_answer_by_form_may_be_changed_once_and_then_the_form_opens_no_more(lesson: Class) -> None:
    message = await lesson.start()
    await lesson.answer(message, "(1,2)")
    assert "cannot be changed any more" in text(await lesson.answer(message, "(1,3)"))
    third = await lesson.ann.click(message, label="Answer")
    assert third.modal is None
    assert "Answer 2, sealed: (1, 3)" in text(shown(third))
    assert shown(third).ephemeral


async def test_the_form_shows_what_was_sealed_before(lesson: Class) -> None:
    message = await lesson.start()
    await lesson.answer(message, "(1,2)")
    form = (await lesson.ann.click(message, label="Answer")).modal
    assert form is not None
    assert "Answer 1, sealed" in form["components"][0]["content"]


async def test_a_form_of_two_players_at_once_loses_neither(lesson: Class) -> None:
    message = await lesson.start()
    forms = [await who.click(message, label="Answer") for who in (lesson.ann, lesson.bob)]
    await lesson.ann.submit_modal(forms[0], {"value": "(1,2)"})
    assert "Read as (3, 4)" in text(shown(await lesson.bob.submit_modal(forms[1], {"value": "(3,4)"})))


async def test_an_unreadable_answer_is_refused_with_a_button_to_try_again(lesson: Class) -> None:
    refused = await lesson.answer(await lesson.start(), "(1, x")
    assert refused.ephemeral
    assert labels(refused) == ["Answer"]
    assert "Read as (1, 2)" in text(await lesson.answer(refused, "(1,2)"))


async def test_hostile_text_in_a_form_costs_one_private_sentence(lesson: Class) -> None:
    refused = await lesson.answer(await lesson.start(), HOSTILE)
    assert refused.ephemeral
    assert "@everyone" not in refused.content
    assert "<@4>" not in refused.content
    assert refused.content.count("```") in {0, 2}


async def test_practice_is_answered_by_a_form_that_shows_the_exercise(lesson: Class) -> None:
    message = shown(await lesson.ann.slash(lesson.channel, "practice"))
    assert labels(message) == ["Answer", "Hint"]
    form = await lesson.ann.click(message, label="Answer")
    assert form.modal is not None
    assert form.modal["components"][0]["content"].replace("\\", "") in text(message)
    wrong = shown(await lesson.ann.submit_modal(form, {"value": "(1000,2000)"}))
    assert (wrong.ephemeral, labels(wrong)) == (True, ["Answer", "Hint"])


async def test_what_a_button_does_is_not_listed_to_be_typed(lesson: Class) -> None:
    message = shown(await lesson.ann.slash(lesson.channel, "practice"))
    assert labels(message) == ["Answer", "Hint"]
    assert not {"/answer", "/hint", "You could type"} & set(re.findall(r"/answer|/hint|You could type", text(message)))


async def test_the_form_says_once_what_its_field_is_for(lesson: Class) -> None:
    form = (await lesson.ann.click(shown(await lesson.ann.slash(lesson.channel, "practice")), label="Answer")).modal
    assert form is not None
    field = form["components"][1]
    assert (field["label"], field["description"]) == ("Your answer", "for instance (2, 4)")


async def test_a_hint_comes_by_a_button(lesson: Class) -> None:
    message = shown(await lesson.ann.slash(lesson.channel, "practice"))
    hint = shown(await lesson.ann.click(message, label="Hint"))
    assert hint.embeds[0].title == "Hint 1"
    assert labels(hint) == ["Answer", "Hint"]


async def test_a_solved_exercise_offers_the_next_one(lesson: Class) -> None:
    message = shown(await lesson.ann.slash(lesson.channel, "practice"))
    kept = await lesson.nabla.progress.open_exercise(f"discord:{lesson.ann.id}")
    assert kept is not None
    solved = await lesson.answer(message, solution(kept.family, kept.seed))
    assert labels(solved) == ["Next exercise"]
    following = text(shown(await lesson.ann.click(solved, label="Next exercise")))
    assert "Exercise: " in following
    assert following != text(message)


@pytest.mark.parametrize("label", ["Answer", "Hint"])
async def test_a_button_of_an_exercise_that_is_no_longer_open_says_so(lesson: Class, label: str) -> None:
    first = shown(await lesson.ann.slash(lesson.channel, "practice"))
    await lesson.ann.slash(lesson.channel, "practice")
    said = await lesson.ann.click(first, label=label)
    assert said.modal is None
    assert shown(said).ephemeral
    assert shown(said).content.startswith("That is not the exercise you have open now.")


@pytest.mark.parametrize("label", ["Answer", "Hint"])
async def test_a_button_works_on_after_a_restart(lesson: Class, label: str) -> None:
    message = shown(await lesson.ann.slash(lesson.channel, "practice"))
    await lesson.env.restart_bot(lesson.new_bot())
    pressed = await lesson.ann.click(message, label=label)
    assert (pressed.modal is not None) == (label == "Answer")
    assert label == "Answer" or "Hint 1" in text(shown(pressed))


@pytest.mark.parametrize("label", ["Answer", "Hint"])
async def test_a_button_whose_command_went_away_says_so_privately(lesson: Class, label: str) -> None:
    message = shown(await lesson.ann.slash(lesson.channel, "practice"))
    lesson.catalogue = Catalogue([])
    await lesson.env.restart_bot(lesson.new_bot())
    said = shown(await lesson.ann.click(message, label=label))
    assert said.ephemeral
    assert said.content == "This button is from an earlier Nabla; the slash commands do the same."


@pytest.mark.parametrize("label", ["Answer", "Hint"])
@pytest.mark.parametrize("practises", [False, True])
async def test_a_button_under_somebody_elses_exercise_touches_neither_ones_own(
    lesson: Class, label: str, *, practises: bool
) -> None:
    me = lesson.env.bot.user
    assert me is not None
    await lesson.ann.send(lesson.channel, f"<@{me.id}> /practice")
    if practises:
        await lesson.bob.slash(lesson.channel, "practice")
    said = await lesson.bob.click(lesson.channel.history()[-1], label=label)
    assert said.modal is None
    assert shown(said).ephemeral
    assert "/practice" in shown(said).content or "is not the exercise" in shown(said).content
    kept = await lesson.nabla.progress.open_exercise(f"discord:{lesson.ann.id}")
    assert kept is not None
    assert (kept.tries, kept.hints) == (0, 0)


async def test_a_form_that_is_sent_after_the_bell_is_told_so_and_counts_nowhere(lesson: Class) -> None:
    form = await lesson.ann.click(await lesson.start(), label="Answer")
    lesson.moment += timedelta(minutes=20)
    said = shown(await lesson.ann.submit_modal(form, {"value": "(1,2)"}))
    assert said.ephemeral
    assert "bell of this round rings" in said.content


async def test_a_form_of_an_exercise_that_was_replaced_meanwhile_costs_no_try(lesson: Class) -> None:
    form = await lesson.ann.click(shown(await lesson.ann.slash(lesson.channel, "practice")), label="Answer")
    await lesson.ann.slash(lesson.channel, "practice")
    said = shown(await lesson.ann.submit_modal(form, {"value": "(1,2)"}))
    assert said.ephemeral
    assert said.content.startswith("That is not the exercise you have open now.")
    kept = await lesson.nabla.progress.open_exercise(f"discord:{lesson.ann.id}")
    assert kept is not None
    assert kept.tries == 0


async def test_a_form_is_answered_after_a_restart(lesson: Class) -> None:
    form = await lesson.ann.click(shown(await lesson.ann.slash(lesson.channel, "practice")), label="Answer")
    await lesson.env.restart_bot(lesson.new_bot())
    assert "Not yet" in text(shown(await lesson.ann.submit_modal(form, {"value": "(1000,2000)"})))


def solution(family: str, seed: int) -> str:
    from engine.exercises import FAMILIES

    return f"({', '.join(FAMILIES[family].pose(seed, {}).answer)})"
