"""Groups of LaTeX: {..}, [..], or the one digit, letter or command that stands for one."""

from abc import abstractmethod

from engine.errors import MissingOperand, Span, TooLarge, Unbalanced
from engine.reading.source import Source

MAX_NESTED = 40


class Groups:
    """One pass over one text; `at` is how far it has come, `pieces` what has been written."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.nested = 0
        self.pieces: list[tuple[str, Span]] = []

    @abstractmethod
    def item(self) -> None:
        """Rewrite one command, or copy one character."""

    def write(self, text: str, start: int, end: int) -> None:
        """Append plain text for the characters [start, end)."""
        self.pieces.append((text, self.source.span(start, end)))

    def starts(self, text: str) -> bool:
        """Tell whether this text comes next."""
        return self.text.startswith(text, self.at)

    def blanks(self) -> None:
        """Pass over spaces."""
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1

    def group(self, missing: str, empty: str, place: Span) -> None:
        """Rewrite {..}, or what stands for it, in braces; refuse with these words what is not there."""
        self.blanks()
        character = self.text[self.at : self.at + 1]
        if character == "{":
            self.bracket("{", "}", empty, place)
        elif character == "\\" or character.isalnum():
            start = self.at
            self.enter(place)
            self.write("{", start, start + 1)
            self.item()
            self.write("}", self.at - 1, self.at)
            self.nested -= 1
        else:
            raise MissingOperand(missing, span=place)

    def enter(self, place: Span) -> None:
        """Go one group deeper; refuse (TooLarge) what nests them too deep."""
        self.nested += 1
        if self.nested > MAX_NESTED:
            raise TooLarge(f"That is nested deeper than {MAX_NESTED} groups.", span=place)

    def bracket(self, opening: str, closing: str, empty: str, place: Span) -> None:
        """Rewrite what stands between two brackets, and them."""
        start = self.at
        self.enter(place)
        level, inside = 0, False
        while self.at < len(self.text):
            character = self.text[self.at]
            level += (character == opening) - (character == closing)
            if level == 0:
                break
            inside = inside or (self.at > start and not character.isspace())
            self.item()
        else:
            raise Unbalanced(f'This "{opening}" is never closed.', span=self.source.span(start, start + 1))
        if not inside:
            raise MissingOperand(empty, span=(place[0], self.source.span(self.at, self.at + 1)[1]))
        self.item()
        self.nested -= 1

    def inside(self, what: str, place: Span) -> str:
        """Return the text of the group that follows, unread, and pass over it."""
        self.blanks()
        start = self.at
        if not self.starts("{"):
            raise MissingOperand(rf"\{what} needs a group, as in \{what}{{x}}.", span=place)
        level = 0
        for at in range(start, len(self.text)):
            level += (self.text[at] == "{") - (self.text[at] == "}")
            if level == 0:
                self.at = at + 1
                return self.text[start + 1 : at]
        raise Unbalanced('This "{" is never closed.', span=self.source.span(start, start + 1))
