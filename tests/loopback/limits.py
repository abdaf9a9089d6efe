"""Discord's documented limits, for what a bot sends. Each check returns sentences on what is over."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]

_NAME = re.compile(r"^[-_'\w]{1,32}$")
_PINGS = re.compile(r"<@!?\d+>|<@&\d+>|@everyone|@here")
_SUBCOMMANDS = (1, 2)


def size(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def message_faults(body: Mapping[str, Any], files: Mapping[str, bytes]) -> list[str]:
    """Return what is wrong with a message to send or to edit."""
    return [*_text_faults(body), *_file_faults(body, files), *_button_faults(body)]


def _text_faults(body: Mapping[str, Any]) -> Iterator[str]:
    content = body.get("content") or ""
    embeds = body.get("embeds") or []
    if size(content) > 2000:
        yield f"content of {size(content)}"
    if len(embeds) > 10:
        yield f"{len(embeds)} embeds"
    total = 0
    for embed in embeds:
        title, description = embed.get("title") or "", embed.get("description") or ""
        total += size(title) + size(description)
        if size(title) > 256 or size(description) > 4096:
            yield f"embed of {size(title)} and {size(description)}"
    if total > 6000:
        yield f"embeds of {total} in all"
    if body.get("allowed_mentions", {}).get("parse") != [] and _PINGS.search(content):
        yield "content that pings"


def _file_faults(body: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    attachments = body.get("attachments") or []
    if len(files) > 10 or len(attachments) > 10:
        yield f"{len(files)} files"
    if any(len(content) > 10 * 1024 * 1024 for content in files.values()):
        yield "a file over 10 MiB"
    for attachment in attachments:
        if size(attachment.get("description") or "") > 1024:
            yield "a description over 1024"
    if not (body.get("content") or body.get("embeds") or files or attachments):
        yield "an empty message"


def _button_faults(body: Mapping[str, Any]) -> Iterator[str]:
    rows = body.get("components") or []
    buttons = [each for row in rows for each in row["components"]]
    if len(rows) > 5 or any(not 1 <= len(row["components"]) <= 5 for row in rows):
        yield "rows of buttons"
    if len({each["custom_id"] for each in buttons}) != len(buttons):
        yield "a custom id twice"
    for each in buttons:
        if not (1 <= size(each["custom_id"]) <= 100 and 1 <= size(each["label"]) <= 80):
            yield f"button {each['custom_id']!r}"


def form_faults(form: Json) -> list[str]:
    """Return what is wrong with a form."""
    return list(_form_faults(form))


def _form_faults(form: Json) -> Iterator[str]:
    if not (1 <= size(form["custom_id"]) <= 100 and 1 <= size(form["title"]) <= 45):
        yield f"form {form['custom_id']!r}"
    if not 1 <= len(form["components"]) <= 5:
        yield f"{len(form['components'])} parts of a form"
    for each in form["components"]:
        if each["type"] == 10 and not 1 <= size(each["content"]) <= 4000:
            yield f"text of {size(each['content'])} in a form"
        if each["type"] == 18 and not (
            size(each["label"]) <= 45
            and size(each.get("description") or "") <= 100
            and 1 <= each["component"]["max_length"] <= 4000
        ):
            yield f"field {each['label']!r}"


def command_faults(commands: Sequence[Json]) -> list[str]:
    """Return what is wrong with a list of global commands."""
    faults = [f"{len(commands)} commands"] if len(commands) > 100 else []
    names = [command["name"] for command in commands]
    if len(set(names)) != len(names):
        faults.append("a name twice")
    for command in commands:
        faults += _command_faults(command)
        if _letters(command) > 8000:
            faults.append(f"{command['name']}: {_letters(command)} characters")
    return faults


def _command_faults(command: Json) -> Iterator[str]:
    name, options = command["name"], command.get("options", [])
    if not _NAME.match(name) or name != name.lower():
        yield f"name {name!r}"
    if not 1 <= size(command["description"]) <= 100:
        yield f"{name}: description of {size(command['description'])}"
    if len(options) > 25:
        yield f"{name}: {len(options)} options"
    required = [bool(option.get("required")) for option in options if option["type"] not in _SUBCOMMANDS]
    if required != sorted(required, reverse=True):
        yield f"{name}: a required option after an optional one"
    for option in options:
        if len(option.get("choices", [])) > 25 or option.get("max_length", 1) not in range(1, 6001):
            yield f"{name} {option['name']}: choices or length"
        yield from _command_faults(option)


def _letters(node: Json) -> int:
    own = size(node["name"]) + size(node["description"])
    choices = sum(size(each["name"]) + size(str(each["value"])) for each in node.get("choices", []))
    return own + choices + sum(_letters(option) for option in node.get("options", []))
