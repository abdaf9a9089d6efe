"""The one list of commands: what it reads, refuses and answers."""

import pytest

from bot.app import commands
from bot.catalogue import MAX_TEXT, Catalogue, Command, Option
from bot.commands import help as help_commands
from bot.pace import Pace, Rate, TooOften
from bot.talk import Call, Lines, Reply, Role, Where
from engine.errors import Busy, NotAllowed, Refused, TooLarge, UnknownName, WrongUsage


async def echo(call: Call) -> Reply:
    return Reply("answered", blocks=(Lines((repr(dict(call.options)),)),))


async def broken(_: Call) -> Reply:
    raise ZeroDivisionError


async def overloaded(_: Call) -> Reply:
    raise Busy("Too much to do; try again in 3 s.")


def refuse_sni(options: object) -> None:
    if "sni" in str(options):
        raise UnknownName("I do not know sni.", option="f", span=(0, 3), suggestions=("sin",))


@pytest.fixture
def catalogue() -> Catalogue:
    f, at = Option("f", "a function", required=True), Option("at", "a point")
    return Catalogue(
        [
            Command("grad", "Gradient.", "/grad f=x^2", (f, at), echo, check=refuse_sni),
            Command("broken", "Breaks.", "/broken", (), broken),
            Command("busy", "Is busy.", "/busy", (), overloaded),
            Command("read", "How it is read.", "/read x", (f, at), echo, check=refuse_sni, group="tools"),
            Command("show", "Shows.", "/show /read", (Option("topic", "which"),), echo),
            Command("report", "Of others.", "/report", (), echo, role="instructor", private=True),
            Command("theme", "Sets.", "/theme dark", (Option("to", "which", choices=("dark", "light")),), echo),
        ]
    )


def call(command: str, role: Role = "learner", **options: str) -> Call:
    return Call("1", command, options, "local:ann", "local", role)


def test_options_come_out_as_typed(catalogue: Catalogue) -> None:
    assert catalogue.read(call("grad", f="x^2", at="1")).options == {"f": "x^2", "at": "1"}


@pytest.mark.parametrize("text", ["f=x^2 at=1", "x^2 at=1", "/grad f=x^2 at=1", "at=1 f=x^2"])
def test_a_whole_line_in_the_first_option_is_read_as_that_line(catalogue: Catalogue, text: str) -> None:
    assert catalogue.read(call("grad", f=text)).options == {"f": "x^2", "at": "1"}


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (call("nonsense"), WrongUsage),
        (call("grad"), WrongUsage),
        (call("grad", f=" "), WrongUsage),
        (call("grad", f="x", colour="red"), WrongUsage),
        (call("grad", f="x at=1", at="2"), WrongUsage),
        (call("grad", f="/theme to=dark"), WrongUsage),
        (call("grad", f="x" * (MAX_TEXT + 1)), TooLarge),
        (call("theme", to="blue"), WrongUsage),
        (call("report"), NotAllowed),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_runs(
    catalogue: Catalogue, asked: Call, kind: type[Refused]
) -> None:
    with pytest.raises(kind):
        catalogue.read(asked)


def test_an_instructor_may_do_what_a_learner_may_not(catalogue: Catalogue) -> None:
    assert catalogue.read(call("report", role="instructor")).command == "report"


async def test_an_answer_to_instructors_is_private(catalogue: Catalogue) -> None:
    assert (await catalogue.handle(call("report", role="instructor"))).private


async def test_a_refusal_is_private_and_names_its_place(catalogue: Catalogue) -> None:
    reply = await catalogue.handle(call("grad", f="sni(x)"))
    assert reply.private
    assert reply.refusal is not None
    assert (reply.outcome, reply.refusal.option, reply.refusal.span) == ("refused", "f", (0, 3))


async def test_a_suggestion_becomes_the_learners_own_line_mended(catalogue: Catalogue) -> None:
    reply = await catalogue.handle(call("grad", f="sni(x)", at="1"))
    assert reply.actions == ("/grad f=sin(x) at=1",)


@pytest.mark.parametrize("line", ["/read x at=1", "/tools read x at=1", "tools  read f=x at=1", "/Tools Read x at=1"])
def test_a_command_of_a_group_is_asked_with_its_group_or_without(catalogue: Catalogue, line: str) -> None:
    assert catalogue.split(line) == ("read", {"f": "x", "at": "1"})


@pytest.mark.parametrize("name", ["read", "tools read", "/tools  read", "TOOLS READ"])
def test_a_name_with_its_group_is_the_same_command(catalogue: Catalogue, name: str) -> None:
    assert catalogue.named(name) == "read"


@pytest.mark.parametrize("line", ["/read x at=1", "/tools read x at=1"])
def test_a_whole_line_may_name_the_group(catalogue: Catalogue, line: str) -> None:
    assert catalogue.read(call("read", f=line)).options == {"f": "x", "at": "1"}


@pytest.mark.parametrize("name", ["/read", "/tools read"])
def test_the_name_of_a_command_is_a_value_where_it_stands_alone(catalogue: Catalogue, name: str) -> None:
    assert catalogue.read(call("show", topic=name)).options == {"topic": name}


async def test_a_mended_line_of_a_group_can_be_typed(catalogue: Catalogue) -> None:
    (line,) = (await catalogue.handle(call("read", f="sni(x)"))).actions
    assert line == "/tools read f=sin(x)"
    assert catalogue.split(line) == ("read", {"f": "sin(x)"})


def test_a_group_alone_is_answered_with_what_is_in_it(catalogue: Catalogue) -> None:
    with pytest.raises(WrongUsage) as refused:
        catalogue.split("/tools")
    assert refused.value.suggestions == ("/tools read", "/help")


async def test_a_defect_is_one_sentence_and_no_traceback(catalogue: Catalogue) -> None:
    reply = await catalogue.handle(call("broken"))
    assert reply.outcome == "failed"
    assert reply.refusal is not None
    assert "ZeroDivision" not in reply.refusal.message


async def test_being_busy_is_a_failure_of_ours(catalogue: Catalogue) -> None:
    assert (await catalogue.handle(call("busy"))).outcome == "failed"


PLACES = {"server": "discord:1", "direct": "discord:dm", "terminal": "local"}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", ["learner", "instructor"])
def test_rights_are_those_of_the_table(place: Where, role: Role) -> None:
    for command in commands().values():
        allowed = place in command.where and (command.role == "learner" or role == "instructor")
        options = Catalogue([command]).split(command.example)[1]
        asked = Call("1", command.name, options, "discord:7", PLACES[place], role)
        refused = False
        try:
            Catalogue([command]).read(asked)
        except NotAllowed:
            refused = True
        assert refused is not allowed, command.name


def test_a_pace_is_kept_for_every_command(catalogue: Catalogue) -> None:
    paced = Catalogue(catalogue.commands.values(), Pace(Rate(2, 60.0)))
    paced.read(call("grad", f="x"))
    paced.read(call("theme", to="dark"))
    with pytest.raises(TooOften):
        paced.read(call("grad", f="x"))


async def test_help_lists_a_group_by_itself_and_explains_its_commands_under_both_names(catalogue: Catalogue) -> None:
    for each in help_commands.commands(lambda: catalogue.public):
        catalogue.add(each)
    listed = (await catalogue.handle(call("help"))).blocks[-1]
    assert isinstance(listed, Lines)
    assert listed.lines[1].startswith("Rarely needed")
    assert listed.lines[2:] == ("/tools read: How it is read.",)
    for name in ("read", "/tools read"):
        asked = Call("1", "help", {"command": name}, "local:ann", "local")
        assert (await catalogue.handle(asked)).title == "/tools read"


async def helped(role: Role, place: str) -> list[str]:
    """Return the names of the commands that /help lists."""
    (command,) = help_commands.commands(commands)
    reply = await command.answer(Call("1", "help", {}, "discord:7", place, role))
    lines = [line for block in reply.blocks[1:] if isinstance(block, Lines) for line in block.lines]
    return [line.partition(":")[0].removeprefix("/") for line in lines if line.startswith("/")]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", ["learner", "instructor"])
async def test_help_lists_what_the_caller_may_use_in_the_place(place: Where, role: Role) -> None:
    allowed = {
        each.called
        for each in commands().values()
        if place in each.where and (each.role == "learner" or role == "instructor")
    }
    listed = await helped(role, PLACES[place])
    assert set(listed) == allowed
    assert len(listed) == len(allowed)


async def test_rare_commands_stand_last_in_the_help() -> None:
    rare = [each.called for each in commands().values() if each.group]
    assert (await helped("learner", "local"))[-len(rare) :] == rare


@pytest.mark.parametrize("group", ["quiz", "/tools"])
async def test_help_with_a_first_word_lists_what_begins_with_it(group: str) -> None:
    (command,) = help_commands.commands(commands)
    reply = await command.answer(Call("1", "help", {"command": group}, "local:ann", "local"))
    word = group.removeprefix("/")
    assert reply.data is not None
    assert reply.data["commands"] == [each.name for each in commands().values() if each.called.startswith(f"{word} ")]


async def test_a_wrong_choice_is_mended_in_the_learners_own_line(catalogue: Catalogue) -> None:
    assert (await catalogue.handle(call("theme", to="drak"))).actions == ("/theme to=dark", "/theme to=light")
