"""Discord's documented limits, for what a bot sends. Each check returns sentences on what is over."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

_PINGS = re.compile(r"<@!?\d+>|<@&\d+>|@everyone|@here")
_SENT_FLAGS = 1 << 2 | 1 << 6 | 1 << 12  # no embeds, ephemeral, silent; a message of components alone is none of ours
_BUTTON_STYLES = range(1, 5)  # those with a custom id


def size(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def message_faults(body: Mapping[str, Any], files: Mapping[str, bytes]) -> list[str]:
    """Return what is wrong with a message to send or to edit."""
    return [*_text_faults(body), *_file_faults(body, files), *_button_faults(body), *_delivery_faults(body)]


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
        if size(title) > 256 or size(description) > 4096 or not (title or description):
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
    if [int(each["id"]) for each in attachments] != list(range(len(files))):
        yield "attachments that are not the files"
    for attachment in attachments:
        if not 1 <= size(attachment.get("filename", "file")) <= 1024:
            yield "a name of a file"
        if size(attachment.get("description") or "") > 1024:
            yield "a description over 1024"
    if not (body.get("content") or body.get("embeds") or files or attachments):
        yield "an empty message"


def _button_faults(body: Mapping[str, Any]) -> Iterator[str]:
    rows = body.get("components") or []
    if any(row["type"] != 1 for row in rows):
        yield "no row"
    buttons = [each for row in rows for each in row["components"]]
    if len(rows) > 5 or any(not 1 <= len(row["components"]) <= 5 for row in rows):
        yield "rows of buttons"
    if len({each["custom_id"] for each in buttons}) != len(buttons):
        yield "a custom id twice"
    for each in buttons:
        if each["type"] != 2 or each["style"] not in _BUTTON_STYLES:
            yield f"button of type {each['type']} and style {each['style']}"
        if not (1 <= size(each["custom_id"]) <= 100 and 1 <= size(each["label"]) <= 80):
            yield f"button {each['custom_id']!r}"


def _delivery_faults(body: Mapping[str, Any]) -> Iterator[str]:
    nonce, reference = body.get("nonce"), body.get("message_reference")
    if (isinstance(nonce, str) and len(nonce) > 25) or (isinstance(nonce, int) and abs(nonce) >= 2**63):
        yield f"nonce {nonce!r}"
    if (body.get("flags") or 0) & ~_SENT_FLAGS:
        yield f"flags {body['flags']}"
    if reference is not None and not str(reference.get("message_id")).isdigit():
        yield "a reference to no message"
    mentions = body.get("allowed_mentions") or {}
    if not set(mentions.get("parse") or ()) <= {"roles", "users", "everyone"}:
        yield f"mentions {mentions}"


def form_faults(form: Json) -> list[str]:
    """Return what is wrong with a form."""
    return list(_form_faults(form))


def _form_faults(form: Json) -> Iterator[str]:
    if not (1 <= size(form["custom_id"]) <= 100 and 1 <= size(form["title"]) <= 45):
        yield f"form {form['custom_id']!r}"
    if not 1 <= len(form["components"]) <= 5:
        yield f"{len(form['components'])} parts of a form"
    fields = [each["component"] for each in form["components"] if each["type"] == 18]
    if len({each["custom_id"] for each in fields}) != len(fields):
        yield "a field twice"
    for each in form["components"]:
        if each["type"] == 10 and not 1 <= size(each["content"]) <= 4000:
            yield f"text of {size(each['content'])} in a form"
        if each["type"] == 18 and not (_is_label(each) and _is_field(each["component"])):
            yield f"field {each['label']!r}"
        if each["type"] not in {10, 18}:
            yield f"part of type {each['type']} in a form"


def _is_label(label: Json) -> bool:
    description = label.get("description")
    return 1 <= size(label["label"]) <= 45 and (description is None or 1 <= size(description) <= 100)


def _is_field(field: Json) -> bool:
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    return (
        field["type"] == 4
        and field["style"] in {1, 2}
        and 1 <= size(field["custom_id"]) <= 100
        and 0 <= least <= most <= 4000
        and size(field.get("value") or "") <= 4000
        and size(field.get("placeholder") or "") <= 100
    )
