"""Command lines: `/grad f=x^2+y^2 at=1,2` -> the command's name and its options as typed."""

import re
from collections.abc import Collection, Mapping, Sequence

from engine.errors import EmptyText, NotMathematics, WrongUsage

# A value in quotes is kept whole; chats and phones make them curly.
_QUOTED = re.compile(r'=\s*(?:"([^"]*)"|“([^”]*)”)')


# An option that holds a whole line of another command, which is not taken apart.
LINE = "line"


def split_line(text: str, commands: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, str]]:
    """Return the command's name and its options, each value as typed.

    commands: for each command's name the names of its options, the first one first.
    Refuses: EmptyText; NotMathematics for a line that starts with no command; WrongUsage for an
    unknown command or an option given twice. Spans count in the whole line.
    """
    start = len(text) - len(text.lstrip())
    words = text.split()
    if not words:
        raise EmptyText("Nothing to do: type a command.", suggestions=("/grad f=x^2+y^2 at=1,2", "/help"))
    name = command_named(words, commands)
    if name is None:
        raise _no_command(words[0], (start, start + len(words[0])), commands)
    rest = start
    for word in words[: len(name.split())]:
        rest = text.index(word, rest) + len(word)
    if tuple(commands[name]) == (LINE,):
        whole = _unquoted(re.sub(rf"^{LINE}\s*=", "", text[rest:].strip()).strip())
        return name, {LINE: whole} if whole else {}
    _refuse_foreign(text[rest:], name, commands)
    return name, split_options(text[rest:], commands[name])


def _refuse_foreign(text: str, name: str, commands: Mapping[str, Sequence[str]]) -> None:
    """Refuse an option of another command; a name of one letter could be a variable."""
    own = set(commands[name])
    others = {option for options in commands.values() for option in options if len(option) > 1} - own
    found = _starts(text, sorted(others)) if others else []
    if found and not any(option == "at" and "=" not in text[begin:end] for begin, end, option in found):
        names = ", ".join(commands[name]) or "none"
        raise WrongUsage(f"/{name} has no option {found[0][2]}; its options: {names}.")


def command_named(words: Sequence[str], commands: Collection[str]) -> str | None:
    """Return the command that the first words name, "/quiz start" before "/quiz"; None where none."""
    for count in (2, 1):
        name = " ".join(words[:count]).removeprefix("/").lower()
        if len(words) >= count and name in commands:
            return name
    return None


def split_options(text: str, options: Sequence[str]) -> dict[str, str]:
    """Return option name to value; text before the first option is the first option's value."""
    starts = _starts(text, options)
    found: dict[str, str] = {}
    lead = text[: starts[0][0]] if starts else text
    if lead.strip():
        if not options:
            raise WrongUsage("This command takes no options.")
        found[options[0]] = lead.strip()
    for at, (_, value_from, name) in enumerate(starts):
        end = starts[at + 1][0] if at + 1 < len(starts) else len(text)
        if name in found:
            raise WrongUsage(f"{name} is given twice.", option=name)
        found[name] = _unquoted(text[value_from:end].strip())
    return found


def line_of(name: str, options: Mapping[str, str], known: Sequence[str]) -> str | None:
    """Return the command line of these options, quoted where that is needed; None where no line reads back as them.

    known: the names of all options of the command.
    """
    quoted = {option: f'"{value}"' for option, value in options.items()}
    for written in (options, quoted):
        rest = " ".join(f"{option}={value}" for option, value in written.items())
        if split_options(rest, known) == dict(options):
            return f"/{name} {rest}"
    return None


def reads_like_a_line(text: str, options: Sequence[str]) -> bool:
    """Tell whether the text of a first option holds options of the command, or starts with a slash."""
    return bool(_starts(text, options)) or text.lstrip().startswith("/")


def _starts(text: str, options: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return where each option begins, where its value begins, and its name; quoted values are skipped."""
    if not options:
        return []
    names = "|".join(sorted(map(re.escape, options), key=len, reverse=True))
    sign = r"\s*=(?!=)"
    if "at" in options:
        # `at x=1 y=2` and `at (1,2)` are the same as `at=..`; "at" alone is no name of a variable.
        sign = rf"(?:{sign}|(?<=\bat)\s+(?=[A-Za-z]\w*\s*=|[(\[<\d.-]))"
    pattern = re.compile(rf"(?:^|(?<=\s))({names}){sign}", re.IGNORECASE)
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    return [
        (match.start(1), match.end(), match[1].lower())
        for match in pattern.finditer(text)
        if not any(begin < match.start(1) < end for begin, end in quoted)
    ]


def _unquoted(value: str) -> str:
    pairs = {'"': '"', "“": "”"}
    if len(value) >= 2 and pairs.get(value[0]) == value[-1] and value[-1] not in value[1:-1]:
        return value[1:-1]
    return value


def _no_command(word: str, span: tuple[int, int], commands: Collection[str]) -> WrongUsage | NotMathematics:
    import difflib  # noqa: PLC0415 - only on this way

    if not word.startswith("/"):
        return NotMathematics(
            "A line starts with a command.", span=span, suggestions=("/grad f=x^2+y^2 at=1,2", "/help")
        )
    said = word.removeprefix("/").lower()
    near = [name for name in commands if name.startswith(f"{said} ")][:3]
    near = near or difflib.get_close_matches(said, commands, n=3, cutoff=0.5)
    shown = word if len(word) <= 20 else word[:20] + "…"
    return WrongUsage(f"There is no command {shown}.", span=span, suggestions=(*(f"/{name}" for name in near), "/help"))
