"""A conversation as one HTML page that needs nothing from anywhere, drawn from the very bodies that were sent."""

import base64
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import matplotlib as mpl
from rich.terminal_theme import TerminalTheme

from bot.talk import Theme
from tests.screens.markdown import Names, html_of, inline
from tests.screens.scenes import Form, Json, Message, Printed, Said, Scene

_STYLE = (Path(__file__).parent / "page.css").read_text("utf-8")
_FONTS = {"Text": ("DejaVuSans", 400), "Text bold": ("DejaVuSans-Bold", 700), "Code": ("DejaVuSansMono", 400)}
_TERMINAL: dict[Theme, TerminalTheme] = {
    "dark": TerminalTheme(
        (30, 31, 36), (222, 224, 229),
        [(30, 31, 36), (240, 113, 120), (134, 199, 120), (229, 192, 123),
         (110, 168, 240), (198, 140, 230), (90, 190, 200), (222, 224, 229)],
    ),
    "light": TerminalTheme(
        (255, 255, 255), (32, 34, 38),
        [(32, 34, 38), (180, 40, 50), (30, 115, 50), (140, 95, 10),
         (30, 90, 180), (130, 50, 170), (10, 110, 125), (90, 94, 100)],
    ),
}  # fmt: skip


def page(scenes: Iterable[Scene], names: Names, theme: Theme, width: int) -> str:
    """Return the page of a conversation, so many CSS pixels wide; `names` says who an id is."""
    shown = "\n".join(_scene(each, names, theme) for each in scenes)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><style>{_fonts()}{_STYLE}</style></head>'
        f'<body class="{theme}" style="width:{width}px"><main>\n{shown}\n</main></body></html>\n'
    )


def _fonts() -> str:
    folder = Path(mpl.get_data_path(), "fonts", "ttf")
    # The same letters on every computer: these lie in every installation of Nabla.
    return "".join(
        f'@font-face{{font-family:"Nabla {name.split()[0]}";font-weight:{weight};'
        f"src:url({(folder / f'{file}.ttf').as_uri()})}}"
        for name, (file, weight) in _FONTS.items()
    )


def _scene(scene: Scene, names: Names, theme: Theme) -> str:
    match scene:
        case Said():
            return _said(scene)
        case Message():
            return "\n".join(_message(scene, names))
        case Form():
            return "\n".join(_form(scene, names))
        case Printed():
            code = scene.console.export_html(
                theme=_TERMINAL[theme], clear=False, inline_styles=True, code_format="{code}"
            )
            return f'<pre class="terminal">{code}</pre>'


def _said(said: Said) -> str:
    if not said.who:
        return f'<p class="remark">{escape(said.text)}</p>'
    shown = f"presses <b class=key>{escape(said.text)}</b>" if said.pressed else f"<code>{escape(said.text)}</code>"
    typed = f" and types <code>{escape(said.typed)}</code>" if said.typed else ""
    return f'<p class="said"><b>{escape(said.who)}</b> {shown}{typed}</p>'


def _message(message: Message, names: Names) -> Iterator[str]:
    yield '<section class="message"><i class="face">∇</i><div class="body"><p class="who">Nabla</p>'
    if content := message.body.get("content"):
        yield f'<div class="text">{html_of(content, names)}</div>'
    yield from _attachments(message)  # Discord shows what is attached above what is embedded
    for embed in message.body.get("embeds") or ():
        yield from _embed(embed, names)
    for row in message.body.get("components") or ():
        buttons = "".join(f'<b class="button">{escape(each["label"])}</b>' for each in row["components"])
        yield f'<p class="row">{buttons}</p>'
    if message.seen_by:
        yield f'<p class="only">only {escape(message.seen_by)} can see this</p>'
    yield "</div></section>"


def _attachments(message: Message) -> Iterator[str]:
    files = [(each["filename"], each.get("description") or "") for each in message.body.get("attachments") or ()]
    for name, said in files:
        if name.endswith(".png"):
            data = base64.b64encode(message.files[name]).decode()
            yield f'<img alt="{escape(said)}" src="data:image/png;base64,{data}">'
    for name, _ in files:
        if not name.endswith(".png"):
            yield f'<p class="file">{escape(name)} <small>{len(message.files[name])} bytes</small></p>'


def _embed(embed: Json, names: Names) -> Iterator[str]:
    yield '<article class="embed">'
    if title := embed.get("title"):
        yield f'<p class="title">{inline(title, names)}</p>'
    if description := embed.get("description"):
        yield f'<div class="text">{html_of(description, names)}</div>'
    yield "</article>"


def _form(form: Form, names: Names) -> Iterator[str]:
    yield f'<section class="form"><p class="title">{escape(form.body["title"])}</p>'
    for each in form.body["components"]:
        if each["type"] == 10:
            yield f'<div class="text">{html_of(each["content"], names)}</div>'
        else:
            yield f'<p class="label">{escape(each["label"])}</p><small>{escape(each.get("description") or "")}</small>'
            yield f'<p class="field">{escape(form.value)}</p>'
    yield '<p class="row"><b class="button">Cancel</b><b class="button send">Submit</b></p>'
    yield f'<p class="only">filled in by {escape(form.who)}</p></section>'
