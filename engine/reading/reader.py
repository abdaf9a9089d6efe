"""What every part of the grammar does: look at tokens, take them, and keep what is doubtful."""

from abc import abstractmethod
from dataclasses import dataclass, field

from engine.errors import Span, Unbalanced
from engine.reading import complaints
from engine.reading.readings import Note
from engine.reading.source import Source
from engine.reading.tokens import END, Token
from engine.reading.tree import Node

SUM, PRODUCT, POWER = 10, 20, 40
MAX_NOTES = 8
CLOSES = {"(": ")", "[": "]", "{": "}"}


@dataclass(slots=True)
class Reader:
    """One reading of one text: resolved tokens in, a tree and the doubtful places out.

    over_data: sum(..) and mean(..) are read, for trees that engine.reading.data writes out.
    """

    source: Source
    tokens: list[Token]
    position: int = 0
    depth: int = 0
    bars: int = 0
    bracketed: set[Span] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    over_data: bool = False

    @abstractmethod
    def expression(self, least: int) -> Node:
        """Read an expression whose operators bind at least as tightly as `least`."""

    def peek(self) -> Token:
        """Return the token that comes next."""
        return self.tokens[self.position]

    def take(self) -> Token:
        """Return the next token and go on."""
        self.position += 1
        return self.tokens[self.position - 1]

    def place(self, token: Token) -> Span:
        """Return where a token stands in the learner's text."""
        return self.source.span(token.start, token.end)

    def note(self, note: Note | None) -> None:
        """Keep a doubtful place, if it is one; nobody looks at more than a few."""
        if note is not None and len(self.notes) < MAX_NOTES:
            self.notes.append(note)

    def unexpected(self) -> Exception:
        """Return the refusal of the next token, where the text or a bracket should end."""
        token = self.peek()
        before, *after = self.tokens[max(0, self.position - 1) : self.position + 3]
        kinds = [before.kind, *(each.kind for each in after[::2])]
        if kinds == ["number"] * 3 and after[1].text == "/":
            span = self.source.span(before.start, after[2].end)
            return complaints.mixed(before.text, token.text, after[2].text, span)
        return complaints.rest(token, self.place(token))

    def close(self, opening: Token) -> Token:
        """Take the partner of an opening bracket."""
        token = self.peek()
        if token.kind == "close" and token.text == CLOSES[opening.text]:
            return self.take()
        if token.kind == "close":
            raise Unbalanced(f'"{opening.text}" is closed by "{token.text}".', span=self.place(token))
        if token.kind == END:
            raise complaints.unclosed(self.source, opening, self._missing())
        raise self.unexpected()

    def _missing(self) -> str:
        """Return the brackets that would close what is open at the end of the text."""
        waiting: list[str] = []
        for token in self.tokens:
            if token.kind == "open":
                waiting.append(CLOSES[token.text])
            elif token.kind == "close" and waiting:
                waiting.pop()
        return "".join(reversed(waiting))

    def lists(self) -> bool:
        """Tell whether the bracket that comes next holds a list, (x, y); braces hold cases."""
        if self.peek().text not in {"(", "["}:
            return False
        level = 0
        for token in self.tokens[self.position :]:
            level += (token.kind == "open") - (token.kind == "close")
            if level == 0:
                return False
            if level == 1 and token.kind == "comma":
                return True
        return False

    def listed(self, opening: Token) -> list[Node]:
        """Read x, y) behind an opening bracket."""
        bars, self.bars = self.bars, 0
        found = [self.expression(0)]
        while self.peek().kind == "comma":
            self.take()
            found.append(self.expression(0))
        self.close(opening)
        self.bars = bars
        return found
