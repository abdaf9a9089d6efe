"""How far a function without brackets may have been meant to reach."""

from engine.errors import Span
from engine.reading.reader import Reader
from engine.reading.readings import Note, doubt
from engine.reading.tokens import END
from engine.reading.tree import Node


def reaching(reader: Reader, taken: Span, inner: Node) -> Note:
    """Return the note that a root may have been meant to reach to the end of its bracket."""
    level, end = 0, taken[1]
    for token in reader.tokens[reader.position :]:
        level += (token.kind == "open") - (token.kind == "close")
        if level < 0 or token.kind in {END, "comma"} or (token.kind == "bar" and reader.bars):
            break
        end = reader.place(token)[1]
    return doubt(reader.source.original, (taken[0], end), (inner.span[0], end), (taken,))


def at_bracket(reader: Reader, start: int, argument: Node) -> Note | None:
    """Return the note that in sin x(y + 1) the bracket is a factor outside of the sine."""
    level = 0
    for token in reader.tokens[reader.position :]:
        level += (token.kind == "open") - (token.kind == "close")
        if level == 0:
            end = reader.place(token)[1]
            inside = (argument.span[0], end)
            return doubt(reader.source.original, (start, end), inside, ((start, argument.span[1]),))
    return None


def hidden(text: str, plain: str) -> Note | None:
    """Return the note that ||..|| round a whole text was taken for a spoiler; None where it was not."""
    whole = text.strip()
    if not whole.startswith("||") or plain.lstrip().startswith("|"):
        return None
    other = f"abs({whole[2:-2]})"
    return Note(f"I took || for the marks of a spoiler; for the absolute value write {other}.", (0, len(text)), other)
