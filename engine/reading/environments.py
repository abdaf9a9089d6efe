r"""What LaTeX encloses: \left .. \right, and \begin .. \end."""

import re

from engine.errors import MissingOperand, NotSupported, Span, Unbalanced, UnknownName
from engine.reading import commands
from engine.reading.groups import Groups
from engine.reading.source import Source

_DELIMITER = re.compile(r"\s*(\\[a-zA-Z]+|\\.|\S)")


class Environments(Groups):
    """The stacks of what is open."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.delimiters: list[tuple[str, Span]] = []
        self.environments: list[tuple[str, Span]] = []

    def check_closed(self) -> None:
        """Refuse (Unbalanced) a text that ends inside of something."""
        for _, place in self.delimiters:
            raise Unbalanced(r"This \left has no \right.", span=place)
        for name, place in self.environments:
            raise Unbalanced(rf"\begin{{{name}}} has no \end{{{name}}}.", span=place)

    def left(self, place: Span) -> None:
        r"""Rewrite \left( as (, and \left| as abs( so that bars are never paired wrongly."""
        opening = commands.LEFT.get(self.delimiter("left", place))
        if opening is None:
            raise Unbalanced(r"Behind \left an opening bracket belongs.", span=place)
        self.delimiters.append((opening, place))
        self.pieces.append((opening, place))

    def right(self, place: Span) -> None:
        r"""Rewrite \right) as ), if it closes what is open."""
        closing = commands.RIGHT.get(self.delimiter("right", place))
        if closing is None or not self.delimiters:
            raise Unbalanced(
                r"This \right has no \left." if closing else r"Behind \right a closing bracket belongs.", span=place
            )
        opening, _ = self.delimiters.pop()
        if closing not in commands.PARTNERS.get(opening, [opening]):
            raise Unbalanced(r"This \right closes another bracket than \left opened.", span=place)
        self.pieces.append((")" if closing.endswith("(") else closing, place))

    def delimiter(self, name: str, place: Span) -> str:
        """Return the bracket that follows, and pass over it."""
        found = _DELIMITER.match(self.text, self.at)
        if not found:
            raise MissingOperand(rf"Behind \{name} a bracket belongs.", span=place)
        self.at = found.end()
        return found[1]

    def begin(self, place: Span) -> None:
        r"""Rewrite \begin{..}: [ for a matrix, { for cases, nothing for a page of formulas."""
        name = self.inside("begin", place)
        self.environments.append((name, place))
        if name in commands.MATRICES:
            if name == "array":
                self.inside("array", place)
            self.pieces.append(("[", place))
        elif name in commands.CASES:
            self.pieces.append(("{", place))
        elif name in {"vmatrix", "Vmatrix"}:
            raise NotSupported("I do not do determinants written so; write the value out.", span=place)
        elif name not in commands.PAGES:
            raise UnknownName(rf"I do not know what to make of \begin{{{name[:20]}}}.", span=place)

    def end(self, place: Span) -> None:
        r"""Rewrite \end{..}; a last \\ before it ends a row that is over anyway."""
        name = self.inside("end", place)
        if not self.environments or self.environments[-1][0] != name:
            raise Unbalanced(rf"This \end{{{name[:20]}}} has no \begin.", span=place)
        self.environments.pop()
        at = len(self.pieces) - 1
        while at >= 0 and self.pieces[at][0].isspace():
            at -= 1
        if at >= 0 and self.pieces[at][0] == ";":
            del self.pieces[at]
        closing = "]" if name in commands.MATRICES else "}" if name in commands.CASES else " "
        self.pieces.append((closing, place))
