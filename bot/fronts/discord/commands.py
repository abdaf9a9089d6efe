"""The catalogue as slash commands, within Discord's limits."""

import inspect
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import discord
from discord import app_commands

from bot.catalogue import Catalogue, Command, Option
from bot.fronts.discord.markdown import shorten
from bot.talk import Where

MAX_OPTIONS = 25
MAX_CHOICES = 25
MAX_CHOICE = 100
MAX_SUMMARY = 100
MAX_LENGTH = 6000

Slash = app_commands.Command[Any, ..., None]
Answer = Callable[[discord.Interaction, Command, dict[str, str]], Awaitable[None]]


class Text(app_commands.Transformer):
    """A text option: its choices and its length as the catalogue gives them."""

    def __init__(self, option: Option) -> None:
        self._option = option

    @property
    def max_value(self) -> int:
        """The longest text that Discord lets a person send."""
        return min(self._option.limit, MAX_LENGTH)

    @property
    def choices(self) -> list[app_commands.Choice[str | int | float]] | None:
        """The choices where Discord can hold them all."""
        choices = self._option.choices
        if not 0 < len(choices) <= MAX_CHOICES or any(len(each) > MAX_CHOICE for each in choices):
            return None  # the catalogue checks them anyway
        return [app_commands.Choice(name=each, value=each) for each in choices]

    async def transform(self, _interaction: discord.Interaction, value: str, /) -> str:
        """Return the text as typed; reading it is the catalogue's work."""
        return value


def add_commands(tree: app_commands.CommandTree[Any], catalogue: Catalogue, answer: Answer) -> None:
    """Add the catalogue's commands to the tree, all but those of the terminal.

    "quiz start" becomes a subcommand of quiz, and one with a group a subcommand of that.
    answer: called with the interaction, the command and its options as typed.
    """
    offered = [each for each in catalogue.public.values() if each.where != ("terminal",)]
    groups: dict[str, list[Command]] = {}
    for command in offered:
        first, _, second = command.called.partition(" ")
        if second:
            groups.setdefault(first, []).append(command)
        else:
            tree.add_command(_slash(first, command, answer))
    for name, commands in groups.items():
        group = _group(name, commands)
        for command in commands:
            group.add_command(_slash(command.called.partition(" ")[2], command, answer))
        tree.add_command(group)


def _group(name: str, commands: list[Command]) -> app_commands.Group:
    parts = [each.called.partition(" ")[2] for each in commands]
    # Discord knows places of whole groups only; in one of them a single command may still refuse.
    where = {place for each in commands for place in each.where}
    return app_commands.Group(
        name=name,
        description=shorten(f"{name}: {', '.join(parts)}", MAX_SUMMARY),
        allowed_installs=_installs(where),
        allowed_contexts=_contexts(where),
        auto_locale_strings=False,
    )


def _installs(where: Collection[Where]) -> app_commands.AppInstallationType:
    """Return who may install it: what works in servers only is of no use to a person alone."""
    return app_commands.AppInstallationType(guild=True, user="direct" in where)


def _contexts(where: Collection[Where]) -> app_commands.AppCommandContext:
    # Where a person alone has installed Nabla, any server is like a direct message.
    direct = "direct" in where
    return app_commands.AppCommandContext(guild="server" in where, dm_channel=direct, private_channel=direct)


def _slash(name: str, command: Command, answer: Answer) -> Slash:
    # Discord wants the required ones first; what is over its limit can still be typed into the first.
    options = sorted(command.options, key=lambda option: not option.required)[:MAX_OPTIONS]
    # An option may be called "as", which no parameter can be.
    names = {f"option_{index}": option.name for index, option in enumerate(options)}

    async def callback(interaction: discord.Interaction, **given: str | None) -> None:
        await answer(interaction, command, {names[key]: text for key, text in given.items() if text is not None})

    parameters = [
        inspect.Parameter(
            key,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if option.required else None,
            annotation=Text(option),
        )
        for key, option in zip(names, options, strict=True)
    ]
    interaction = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    # discord.py reads options from the signature, and these are known only now.
    callback.__signature__ = inspect.Signature([interaction, *parameters])  # type: ignore[attr-defined]  # what inspect reads
    summaries = {key: shorten(option.summary, MAX_SUMMARY) or "…" for key, option in zip(names, options, strict=True)}
    described = app_commands.describe(**summaries)(app_commands.rename(**names)(callback))
    return app_commands.Command(
        name=name,
        description=shorten(command.summary, MAX_SUMMARY) or "…",
        callback=described,
        allowed_installs=_installs(command.where),
        allowed_contexts=_contexts(command.where),
        auto_locale_strings=False,
    )
