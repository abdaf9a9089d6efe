"""What the options of the quiz may be; what is refused here is refused before anybody waits."""

from collections.abc import Mapping

from bot.catalogue import MAX_ANSWER
from bot.commands.families import asked_family
from bot.learning.quiz import ROUNDS, SECONDS
from engine.errors import WrongUsage
from engine.reading.characters import normalise


def check_start(options: Mapping[str, str]) -> None:
    """Refuse (WrongUsage) an unknown concept, and lengths and numbers of rounds outside the limits."""
    asked_family(options)
    for name, allowed in (("seconds", SECONDS), ("rounds", ROUNDS)):
        text = options.get(name, str(allowed[0]))
        if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) in allowed):
            raise WrongUsage(
                f"{name} is a whole number from {allowed[0]} to {allowed[-1]}.",
                option=name,
                span=(0, len(text)),
                suggestions=(str(allowed[0]), str(allowed[-1])),
            )


def check_answer(options: Mapping[str, str]) -> None:
    """Refuse what cannot be an answer whatever the question is."""
    normalise(options["value"], limit=MAX_ANSWER)


def check_bell(options: Mapping[str, str]) -> None:
    """Refuse (WrongUsage) what names no round."""
    for name in ("quiz", "round"):
        if not (options[name].isascii() and options[name].isdigit() and len(options[name]) < 19):
            raise WrongUsage(f"{name} is a number.", option=name)
