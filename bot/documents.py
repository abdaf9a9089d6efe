"""The generated parts of README.md and docs/: commands and settings, made from the one place that has them."""

import re
from pathlib import Path

from bot import app, settings
from bot.catalogue import Command

_ROOT = Path(__file__).parents[1]


def write_documents(*, check: bool) -> int:
    """Write the generated parts, or with `check` only tell which are out of date; return the exit status."""
    commands = list(app.commands().values())
    parts = {
        "README.md": {"commands": _short_list(commands), "settings": _settings()},
        "docs/commands.md": {"commands": _full_list(commands)},
    }
    stale = 0
    for name, sections in parts.items():
        path = _ROOT / name
        before = path.read_text("utf-8")
        after = before
        for section, text in sections.items():
            after = _put(after, section, text, name)
        if after != before:
            stale += 1
            if check:
                print(f"{name} is out of date: make docs")
            else:
                path.write_text(after, "utf-8")
                print(f"{name} written")
    return int(check and stale > 0)


def _put(text: str, section: str, content: str, name: str) -> str:
    pattern = re.compile(rf"(<!-- {section} -->\n).*?(<!-- end of {section} -->)", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"{name} has no place for {section}.")
    return pattern.sub(lambda match: f"{match[1]}{content}\n{match[2]}", text)


def _short_list(commands: list[Command]) -> str:
    rows = [f"| `{each.example}` | {_cell(each.summary)} |" for each in commands]
    return "\n".join(["| type | what comes back |", "|---|---|", *rows])


def _full_list(commands: list[Command]) -> str:
    return "\n\n".join(_section(each) for each in commands)


def _section(command: Command) -> str:
    lines = [f"## /{command.called}", "", command.summary, "", f"For instance `{command.example}`"]
    if command.options:
        lines += ["", "| option | | what it is | at most |", "|---|---|---|---|"]
        lines += [
            f"| `{each.name}` | {'needed' if each.required else ''} | {_cell(each.summary)} | {each.limit} characters |"
            for each in command.options
        ]
    return "\n".join(lines)


def _settings() -> str:
    rows = [
        f"| `{name}` | {_cell(what)} | {f'`{default}`' if default else ''} |"
        for name, default, what in settings.table()
    ]
    return "\n".join(["| variable | what it sets | default |", "|---|---|---|", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
