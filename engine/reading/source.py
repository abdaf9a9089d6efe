"""A text in plain characters that remembers where each came from."""

from dataclasses import dataclass

from engine.errors import Span


@dataclass(frozen=True, slots=True)
class Source:
    """Plain characters, each with its place in the original text."""

    original: str
    text: str
    places: tuple[Span, ...]

    def span(self, start: int, end: int) -> Span:
        """Return where the characters [start, end) came from; past the end, the place of the end."""
        if not self.places:
            return (0, len(self.original))
        if start >= len(self.text):
            last = self.places[-1][1]
            return (last, last)
        return (self.places[start][0], self.places[max(start, end - 1)][1])


def of_pieces(original: str, pieces: list[tuple[str, Span]]) -> Source:
    """Return the source made of pieces of plain text, each with the place it came from."""
    text = "".join(piece for piece, _ in pieces)
    if len(text) == len(pieces):
        return Source(original, text, tuple(place for _, place in pieces))
    return Source(original, text, tuple(place for piece, place in pieces for _ in piece))
