"""The catalogue as slash commands, within Discord's limits."""

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands

from bot.catalogue import Catalogue, Command, Option
from bot.fronts.discord.markdown import shorten

MAX_OPTIONS = 25
MAX_CHOICES = 25
MAX_CHOICE = 100
MAX_SUMMARY = 100
MAX_LENGTH = 6000

INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)

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
    """Add every command of the catalogue to the tree; "quiz start" becomes a subcommand of quiz.

    answer: called with the interaction, the command and its options as typed.
    """
    groups: dict[str, app_commands.Group] = {}
    for command in catalogue.public.values():
        first, _, second = command.name.partition(" ")
        if not second:
            tree.add_command(_slash(first, command, answer))
            continue
        if first not in groups:
            groups[first] = _group(first, catalogue)
            tree.add_command(groups[first])
        groups[first].add_command(_slash(second, command, answer))


def _group(name: str, catalogue: Catalogue) -> app_commands.Group:
    parts = [each.partition(" ")[2] for each in catalogue.public if each.startswith(f"{name} ")]
    return app_commands.Group(
        name=name,
        description=shorten(f"{name}: {', '.join(parts)}", MAX_SUMMARY),
        allowed_installs=INSTALLS,
        allowed_contexts=CONTEXTS,
        auto_locale_strings=False,
    )


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
        allowed_installs=INSTALLS,
        allowed_contexts=CONTEXTS,
        auto_locale_strings=False,
    )
