"""Reply -> one Discord message within every documented limit. Nothing is lost: what is cut is attached."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import Any

import discord

from bot import plain
from bot.fronts.discord.buttons import MAX_FORM_TEXT, Button, buttons_of, named_in, view_of
from bot.fronts.discord.markdown import block, clean, escape, inline, longest, shorten, size
from bot.lines import command_named
from bot.talk import Block, Code, Lines, Refusal, Reply, Table
from engine.values import Picture

MAX_CONTENT = 2000
MAX_TITLE = 256
MAX_DESCRIPTION = 4096
MAX_FILES = 10
MAX_BYTES = 10 * 1024 * 1024
MAX_ALT = 1024

ELSEWHERE = "I answer this where only you can read it: in a direct message, or as a slash command."
SORRY = "Something went wrong on the way to Discord; it is noted. Please try again."

_TEXT_BYTES = MAX_BYTES // 10  # kept free for the text, should it have to be attached
_NEXT = "You could type:"
_WHO = "who"
# As it stands escaped at the start of a line, after a rank or a sign at most: no name that stands there looks like it.
_PERSON = re.compile(r"^((?:\d+\\\. |[^\w\s] )?)discord\\:(\d{1,20})(?= · | \(|$)", re.MULTILINE)
_ACCOUNT = re.compile(r"discord:\d{1,20}")


@dataclass(frozen=True, slots=True)
class Room:
    """What the channel takes: an embed holds twice as much as the content; files show the pictures.

    personal: whether only the caller reads there.
    """

    embed: bool = True
    files: bool = True
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and how it is dressed: escaped, or in a code block."""

    text: str
    dress: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as built-in types, so that every try to send it makes its files afresh."""

    content: str = ""
    title: str = ""
    description: str = ""
    files: tuple[Picture, ...] = ()
    buttons: tuple[Button, ...] = ()

    def arguments(self) -> dict[str, Any]:
        """Return the arguments for sending it; nothing in it pings."""
        made: dict[str, Any] = {"allowed_mentions": discord.AllowedMentions.none()}
        if self.content:
            made["content"] = self.content
        if self.title or self.description:
            made["embeds"] = [discord.Embed(title=self.title or None, description=self.description or None)]
        if self.files:
            made["files"] = [
                discord.File(BytesIO(each.content), each.name, description=each.alt or None) for each in self.files
            ]
        if self.buttons:
            made["view"] = view_of(self.buttons)
        return made

    def changes(self) -> dict[str, Any]:
        """Return the arguments for editing a message into it; whatever it showed before goes."""
        made = {"content": None, "embeds": [], "view": None} | self.arguments()
        return made | {"attachments": made.pop("files", [])}


def sentence(text: str) -> Shown:
    """Return a message of one sentence of ours."""
    return Shown(content=escape(text))


def render(reply: Reply, options: Mapping[str, str] | None = None, line: str = "", room: Room | None = None) -> Shown:
    """Return the reply as a message.

    options, line: what the learner typed, so that a refusal can point into it.
    room:          what the channel takes; by default everything, also what is for the caller alone.
    """
    room = room or Room(personal=True)
    buttons = buttons_of(reply)
    typed = _without_buttons(reply.actions, buttons)
    if reply.refusal is not None:
        pieces = _refusal(reply.refusal, typed, options or {}, line)
        return Shown(content=_fitted(pieces, "", "", MAX_CONTENT)[0], buttons=buttons)
    if reply.secret and not room.personal:
        return sentence(ELSEWHERE)
    return replace(_answer(reply, typed, room), buttons=buttons)


def _without_buttons(actions: tuple[str, ...], buttons: tuple[Button, ...]) -> tuple[str, ...]:
    """Return the actions that are to be typed, since no button does them."""
    pressed = [named_in(each.custom_id)[0] for each in buttons]
    return tuple(each for each in actions if command_named(each.split(), pressed) is None)


def question(reply: Reply) -> str:
    """Return what a form shows above its field: what a reply says, without what to type next."""
    return _fitted(list(map(_piece, reply.blocks)), "", "…", MAX_FORM_TEXT)[0]


def _answer(reply: Reply, typed: tuple[str, ...], room: Room) -> Shown:
    files, notes = _files((*(Picture(each.name, "", each.content) for each in reply.files), *reply.pictures), room)
    limit = MAX_DESCRIPTION if room.embed else MAX_CONTENT
    more = "… the whole answer is in answer.txt" if room.files else "… there is more; ask in a direct message"
    pieces = list(map(_piece, reply.blocks))
    if not room.embed:
        pieces.insert(0, Piece(reply.title, _bold))
    text, whole = _fitted(pieces, _tail(typed, notes, limit // 3), more, limit)
    if not whole and room.files:
        files = (*files, _text_file(reply))
    if not room.embed:
        return Shown(content=text or ("" if files else "Done."), files=files)
    # What is attached stands above the embed; a picture that begins with the title has said it.
    said = any(each.alt.startswith(f"{reply.title}.") for each in files[:1])
    shown = Shown(title="" if said else _title(reply.title), description=text, files=files)
    return shown if shown.title or shown.description or files else Shown(content="Done.")


def _text_file(reply: Reply) -> Picture:
    text = clean(plain.text(reply)).encode()
    return Picture("answer.txt", "The whole answer as text", text[:_TEXT_BYTES])


def _piece(block_: Block) -> Piece:
    if isinstance(block_, Table) and _names_people(block_):
        return Piece("\n".join(_person_rows(block_)), _mentioning)
    if isinstance(block_, Code):
        return Piece(plain.block_text(block_), partial(block, language=block_.language))
    return Piece(plain.block_text(block_), escape if isinstance(block_, Lines) and not block_.fixed else block)


def _names_people(table: Table) -> bool:
    return _WHO in table.header and any(map(_ACCOUNT.fullmatch, table.people))


def _person_rows(table: Table) -> Iterator[str]:
    """Give each row as a line that is read by itself: who it is about, then every cell behind its column's name."""
    who = table.header.index(_WHO)
    for row, key in zip(table.rows, table.people, strict=True):
        cells = [" ".join(each.split()) for each in row]
        before = "".join(f"{each}. " if each.isdecimal() else f"{each} " for each in cells[:who] if each)
        after = [
            f"{column}: {each}" for column, each in zip(table.header[who + 1 :], cells[who + 1 :], strict=True) if each
        ]
        yield " · ".join([before + _person(cells[who], key, table.named), *after])


def _person(name: str, key: str, named: Collection[str]) -> str:
    """Return the account, which cannot be forged and shows its name, with another name where that must stand too."""
    name = name.replace("discord:", "discord ")
    if not _ACCOUNT.fullmatch(key):
        return name
    return f"{key} ({name})" if key in named else key


def _mentioning(text: str) -> str:
    """Return the lines of a table of people, each one by name: in a code block a mention is a number."""
    return _PERSON.sub(r"\1<@\2>", escape(text))


def _bold(text: str) -> str:
    return f"**{escape(text)}**" if text else ""


def _title(text: str) -> str:
    return escape(text) if size(escape(text)) <= MAX_TITLE else escape(longest(text, MAX_TITLE - 1, escape)) + "…"


def _refusal(refusal: Refusal, actions: tuple[str, ...], options: Mapping[str, str], line: str) -> list[Piece]:
    value = line if refusal.option is None else options.get(refusal.option, "")
    pieces = [Piece(refusal.message, escape)]
    if refusal.span is not None and value.strip():
        pieces.append(Piece("\n".join(plain.pointed(value, refusal.span)), block))
    if actions:
        pieces.append(Piece(actions[0], lambda text: f"Try: {inline(text)}"))
    return pieces


def _files(pictures: tuple[Picture, ...], room: Room) -> tuple[tuple[Picture, ...], list[str]]:
    """Return the pictures that may be attached, one place kept for the text, and notes on the others."""
    if not room.files:
        return (), [f"A file that I may not attach here: {each.name}" for each in pictures]
    files: list[Picture] = []
    notes: list[str] = []
    free = MAX_BYTES - _TEXT_BYTES
    for picture in pictures:
        if len(files) == MAX_FILES - 1 or len(picture.content) > free:
            notes.append(f"A file that is more than Discord takes: {picture.name}")
            continue
        free -= len(picture.content)
        files.append(replace(picture, alt=shorten(clean(picture.alt), MAX_ALT)))
    return tuple(files), notes


def _tail(actions: tuple[str, ...], notes: list[str], limit: int) -> str:
    """Return the notes and what to type next; whole lines only, as many as fit."""
    shown = list(filter(None, map(inline, actions)))
    lines = [*map(escape, notes), *([_NEXT, *shown] if shown else [])]
    while lines and (size("\n".join(lines)) > limit or lines[-1] == _NEXT):
        lines.pop()
    return "\n".join(lines)


def _fitted(pieces: list[Piece], tail: str, more: str, limit: int) -> tuple[str, bool]:
    """Return the pieces and the tail within the limit, and whether all of it is there."""
    dressed = [each.dress(each.text) for each in pieces]
    whole = "\n".join(filter(None, [*dressed, tail]))
    if size(whole) <= limit:
        return whole, True
    shown: list[str] = []
    room = limit - size(f"{more}\n{tail}")
    for piece, text in zip(pieces, dressed, strict=True):
        if size(text) + 1 > room:
            start = longest(piece.text, room - 1, piece.dress)
            shown.append(piece.dress(start) if start else "")
            break
        shown.append(text)
        room -= size(text) + 1
    return "\n".join(filter(None, [*shown, more, tail])), False
