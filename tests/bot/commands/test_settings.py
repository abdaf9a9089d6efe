"""Settings, chosen once and true on every front."""

import sqlite3
from collections.abc import Callable, Coroutine
from contextlib import closing
from typing import Any

import pytest

from bot import plain
from bot.app import Nabla
from bot.settings import Settings
from bot.talk import Call, Reply, Table

Ask = Callable[..., Coroutine[None, None, Reply]]


def chosen(reply: Reply) -> dict[str, Any]:
    assert reply.data is not None, reply.refusal
    return dict(reply.data["chosen"])


async def test_somebody_new_has_chosen_nothing_and_sees_the_defaults(ask: Ask) -> None:
    reply = await ask("/settings")
    assert set(chosen(reply).values()) == {None}
    table = reply.blocks[0]
    assert isinstance(table, Table)
    assert all(row[1].endswith("(default)") for row in table.rows)


async def test_everything_can_be_chosen_in_one_line(ask: Ask) -> None:
    await ask("/settings theme=light decimals=4 pictures=off motion=off timezone=europe/berlin name=Ann")
    assert chosen(await ask("/settings")) == {
        "theme": "light", "decimals": 4, "pictures": False, "motion": False, "timezone": "Europe/Berlin", "name": "Ann",
    }  # fmt: skip


async def test_a_choice_leaves_the_others_as_they_are(ask: Ask) -> None:
    await ask("/settings theme=light name=Ann")
    assert chosen(await ask("/settings name=Anna"))["theme"] == "light"


async def test_a_choice_can_be_taken_back(ask: Ask) -> None:
    await ask("/settings theme=light name=Ann pictures=off decimals=4 timezone=UTC")
    await ask("/settings theme=default name=default pictures=default decimals=default timezone=default")
    assert set(chosen(await ask("/settings")).values()) == {None}


async def test_what_one_learner_chooses_is_for_that_one_alone(ask: Ask) -> None:
    await ask("/settings theme=light")
    assert chosen(await ask("/settings", learner="local:bob"))["theme"] is None


@pytest.mark.parametrize(
    "line",
    [
        "theme=pink", "decimals=1", "decimals=13", "decimals=4.5", "decimals=-3", "decimals=²", "pictures=maybe",
        "timezone=Berlin", "timezone=../etc/passwd", "timezone=Europe", "timezone=", "name=", "name=@everyone",
        "name=<@1234>", "name=**Ann**", "name=`Ann`", "name=A_n_n", "name=[Ann](https://example.org)", "name=A\u202enn",
        "name=A\u0000nn", "name=#1", "name=" + "n" * 33, "name=\u3164", "name=＠everyone", "name=-Ann",
        "name=A\u200bnn",
    ],
)  # fmt: skip
async def test_what_a_setting_cannot_be_is_refused_at_its_place(ask: Ask, line: str) -> None:
    reply = await ask(f"/settings {line}")
    assert reply.refusal is not None
    assert (reply.refusal.kind, reply.refusal.option) == ("wrong usage", line.partition("=")[0])
    assert set(chosen(await ask("/settings")).values()) == {None}


@pytest.mark.parametrize("name", ["Ann", "Änne", "李小龍", "O'Neill-Smith jr.", "Ann 2", "n" * 32])
async def test_names_of_many_kinds_are_taken(ask: Ask, name: str) -> None:
    assert chosen(await ask(f"/settings name={name}"))["name"] == name


async def test_a_zone_that_is_nearly_right_comes_with_its_whole_name(ask: Ask) -> None:
    assert (await ask("/settings timezone=berlin")).actions == ("/settings timezone=Europe/Berlin",)


async def test_who_wants_no_pictures_gets_none(ask: Ask) -> None:
    assert (await ask("/plot f=x^2", pictures=True)).pictures
    await ask("/settings pictures=off")
    assert not (await ask("/plot f=x^2", pictures=True)).pictures


async def test_pictures_on_draw_none_where_nobody_can_see_them(ask: Ask) -> None:
    await ask("/settings pictures=on")
    assert not (await ask("/plot f=x^2", pictures=False)).pictures


async def test_the_theme_decides_what_pictures_look_like(ask: Ask) -> None:
    dark = (await ask("/plot f=x^2", pictures=True)).pictures[0].content
    await ask("/settings theme=light")
    assert (await ask("/plot f=x^2", pictures=True)).pictures[0].content != dark


async def test_settings_delivered_again_do_not_undo_later_ones(ask: Ask) -> None:
    await ask("/settings theme=light", id="s-1")
    await ask("/settings theme=dark", id="s-2")
    assert chosen(await ask("/settings theme=light", id="s-1"))["theme"] == "dark"


async def test_mathematics_is_done_without_the_records(nabla: Nabla, configuration: Settings) -> None:
    with closing(sqlite3.connect(configuration.data / "nabla.sqlite3")) as connection:
        connection.execute("DROP TABLE preference")
    reply = await nabla.catalogue.handle(Call("c-1", "grad", {"f": "x^2"}, "local:ann", "local"))
    assert reply.outcome == "answered"


async def test_the_digits_chosen_are_those_of_texts_and_alternative_texts(ask: Ask) -> None:
    usual = await ask("/grad f=sqrt(x) at=2", pictures=True)
    await ask("/settings decimals=3")
    three = await ask("/grad f=sqrt(x) at=2", pictures=True)
    assert "0.353553" in plain.text(usual)
    assert "0.354" in plain.text(three)
    assert "0.353" not in plain.text(three) + "".join(each.alt for each in three.pictures)
    assert "0.354" in "".join(each.alt for each in three.pictures)


async def test_the_digits_chosen_change_the_pictures_and_not_the_data(ask: Ask) -> None:
    usual = await ask("/grad f=sqrt(x) at=2", pictures=True)
    await ask("/settings decimals=3")
    three = await ask("/grad f=sqrt(x) at=2", pictures=True)
    assert three.data == usual.data
    assert all(a.content != b.content for a, b in zip(three.pictures, usual.pictures, strict=True))


async def test_the_digits_of_one_learner_are_not_those_of_the_next_job(ask: Ask) -> None:
    before = await ask("/grad f=sqrt(x) at=2", learner="local:bob")
    await ask("/settings decimals=3")
    await ask("/grad f=sqrt(x) at=2")
    assert (await ask("/grad f=sqrt(x) at=2", learner="local:bob")) == before


async def test_the_digits_of_a_refused_job_are_not_those_of_the_next_one(ask: Ask) -> None:
    await ask("/settings decimals=3")
    assert (await ask("/grad f=sqrt(x) at=-1")).outcome == "refused"
    assert "0.353553" in plain.text(await ask("/grad f=sqrt(x) at=2", learner="local:bob"))


async def test_a_zone_that_this_computer_knows_no_more_is_utc_and_says_so(ask: Ask, configuration: Settings) -> None:
    await ask("/practice seed=7")
    await ask("/settings timezone=Europe/Berlin")
    with closing(sqlite3.connect(configuration.data / "nabla.sqlite3")) as connection:
        connection.execute("UPDATE preference SET timezone = 'Atlantis/Lost'")
        connection.commit()
    assert "(UTC)" in plain.text(await ask("/progress"))


@pytest.mark.parametrize(
    ("choice", "name", "begins"), [("on", "descent.gif", b"GIF89a"), ("off", "contour.png", b"\x89PNG")]
)
async def test_a_path_moves_only_where_the_learner_lets_it(ask: Ask, choice: str, name: str, begins: bytes) -> None:
    await ask(f"/settings motion={choice}")
    reply = await ask("/descent f=x^2+3y^2 start=2,1 rate=0.1 steps=3", pictures=True)
    (content,) = [each.content for each in reply.pictures if each.name == name]
    assert content.startswith(begins)


async def test_a_path_moves_for_somebody_who_has_chosen_nothing(ask: Ask) -> None:
    reply = await ask("/descent f=x^2+3y^2 start=2,1 rate=0.1 steps=3", pictures=True)
    assert "descent.gif" in [each.name for each in reply.pictures]
