from typing import Any

import pytest

from bot.fronts.discord.render import Room, Shown, render
from bot.talk import Lines, Refusal, Reply, Table
from engine.values import Picture
from tests.loopback.limits import message_faults

Json = dict[str, Any]

EMBED_ONLY = Room(files=False)
BARE = Room(embed=False, files=False)
ROOMS = [Room(), EMBED_ONLY, Room(embed=False), BARE]


def body(shown: Shown) -> Json:
    """Return the message as Discord would get it."""
    embeds = [each.to_dict() for each in shown.arguments().get("embeds", [])]
    files = [{"id": n, "filename": each.name, "description": each.alt} for n, each in enumerate(shown.files)]
    return {"content": shown.content, "embeds": embeds, "attachments": files, "allowed_mentions": {"parse": []}}


def faults(shown: Shown) -> list[str]:
    return message_faults(body(shown), {f"{n}": each.content for n, each in enumerate(shown.files)})


def picture(size: int = 10, alt: str = "alt", name: str = "p.png") -> Picture:
    return Picture(name, alt, b"x" * size)


def refusal(message: str, value: str = "", *actions: str) -> Shown:
    why = Refusal("unreadable", message, "f", (0, 1), ())
    return render(Reply("refused", refusal=why, actions=actions), {"f": value})


LARGE = [
    Reply("answered", "T" * 3000, (Lines(("x",)),)),
    Reply("answered", "*" * 3000, (Lines(("*" * 9000,)),)),
    Reply("answered", "Lines", (Lines(tuple(f"line {n} *_*" for n in range(2000))),)),
    Reply("answered", "Fixed", (Lines(("`" * 5000,), fixed=True), Lines(("𝑥" * 5000,)))),
    Reply("answered", "Table", (Table(("a", "b"), tuple(("x" * 40, str(n)) for n in range(500))),)),
    Reply("answered", "Actions", (Lines(("x" * 4000,)),), actions=tuple("/grad " + "x" * 390 for _ in range(30))),
    Reply("answered", "Many", pictures=tuple(picture(alt="a" * 5000) for _ in range(15))),
    Reply("answered", "Heavy", (Lines(("x" * 9000,)),), pictures=(picture(9_000_000), picture(9_000_000))),
    Reply("answered", "One", pictures=(picture(20_000_000),)),
    Reply("answered"),
    Reply("answered", "\u200b", (Lines(("",)), Lines((" ",), fixed=True))),
]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("reply", LARGE, ids=range(len(LARGE)))
def test_every_reply_keeps_within_discords_limits(reply: Reply, room: Room) -> None:
    assert faults(render(reply, room=room)) == []


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("reply", LARGE, ids=range(len(LARGE)))
def test_every_code_block_is_closed(reply: Reply, room: Room) -> None:
    shown = render(reply, room=room)
    assert (shown.content + shown.description).count("```") % 2 == 0


def test_an_answer_that_is_cut_says_so_and_is_attached_whole() -> None:
    lines = tuple(f"line {n}" for n in range(2000))
    shown = render(Reply("answered", "Steps", (Lines(lines),)))
    assert "the whole answer is in answer.txt" in shown.description
    assert shown.files[-1].content.decode().endswith("line 1999")


def test_where_nothing_may_be_attached_a_cut_answer_says_where_it_is_whole() -> None:
    shown = render(Reply("answered", "Steps", (Lines(("x" * 9000,)),)), room=BARE)
    assert "ask in a direct message" in shown.content


def test_what_to_type_next_survives_a_long_answer() -> None:
    shown = render(Reply("answered", "Long", (Lines(("x" * 9000,)),), actions=("/grad f=x",)))
    assert shown.description.endswith("You could type:\n`/grad f=x`")


def test_a_title_that_an_attached_picture_begins_with_is_said_once() -> None:
    reply = Reply(
        "answered", "Gradient", (Lines(("2x",)),), pictures=(picture(alt="Gradient. 2 x."), picture(alt="Map"))
    )
    assert (render(reply).title, render(reply, room=EMBED_ONLY).title) == ("", "Gradient")


def test_a_title_that_no_picture_says_stands_in_the_message() -> None:
    reply = Reply("answered", "Report", (Lines(("x",)),), pictures=(picture(alt="Bar chart. Report."),))
    assert render(reply).title == "Report"


def test_what_a_button_does_is_not_to_be_typed_as_well() -> None:
    shown = render(Reply("answered", "Round", actions=("/quiz answer (1, 2)", "/quiz last"), about="1/1"))
    assert [each.label for each in shown.buttons] == ["Answer"]
    assert shown.description == "You could type:\n`/quiz last`"


def test_a_picture_that_is_too_large_is_named() -> None:
    shown = render(Reply("answered", "Big", pictures=(picture(20_000_000, name="big.png"),)))
    assert "big" in shown.description


def test_fixed_lines_and_tables_stand_in_code_blocks() -> None:
    shown = render(Reply("answered", "", (Lines(("a  b",), fixed=True), Table(("who", "n"), (("ann", "10"),)))))
    assert shown.description == "```\na  b\n```\n```\nwho  n\nann  10\n```"


def test_flowing_lines_are_escaped() -> None:
    assert render(Reply("answered", "", (Lines(("a*b*c",)),))).description == "a\\*b\\*c"


def test_a_refusal_points_at_the_place_and_says_what_to_type() -> None:
    assert refusal("I can't read this:", "*x", "/grad f=x").content == (
        "I can't read this:\n```\n*x\n^\n```\nTry: `/grad f=x`"
    )


def test_a_hostile_refusal_keeps_within_limits_and_block() -> None:
    shown = refusal("@everyone ``` " * 400, "```\n@everyone <@1>`", "/grad ```` @here\nx")
    assert faults(shown) == []
    assert "@everyone" not in shown.content
    assert shown.content.count("```") == 0 or shown.content.count("```") == 2


def test_nothing_ever_pings() -> None:
    for reply in LARGE:
        assert render(reply).arguments()["allowed_mentions"].to_dict() == {"parse": []}


def test_an_edit_clears_what_was_shown_before() -> None:
    changes = Shown(content="x").changes()
    assert (changes["embeds"], changes["attachments"]) == ([], [])


def test_files_are_made_afresh_for_every_try() -> None:
    shown = Shown(files=(picture(),))
    first, second = shown.arguments()["files"][0], shown.arguments()["files"][0]
    first.close()
    assert second.fp.read() == b"x" * 10


def test_a_picture_that_moves_keeps_its_name_and_is_attached() -> None:
    shown = render(Reply("answered", "Descent", pictures=(picture(name="descent.gif", alt="a path"),)))
    assert [each.name for each in shown.files] == ["descent.gif"]
    assert faults(shown) == []
