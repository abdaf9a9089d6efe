r"""LaTeX as it is pasted -> plain characters, in the same order, each with its place.

Groups become brackets, rows of a matrix or of cases end in ";", cells in "&"; a matrix stands in [..] and
cases in {..}. î ĵ ǩ are the unit vectors marked by \hat, \mathbf or \vec.
"""

import difflib
import re

from engine.errors import NotMathematics, Span, UnknownName
from engine.reading import commands
from engine.reading.environments import Environments
from engine.reading.functions import FUNCTIONS, KEYWORDS
from engine.reading.source import Source, of_pieces

_COMMAND = re.compile(r"\\([a-zA-Z]+|.|$)", re.DOTALL)
_WORD = re.compile(r"\s*([a-zA-Z]*)\s*")
_LETTER = re.compile(r"\\[a-zA-Z]+|[a-zA-Z]")
_MARKED = re.compile(r"\\(?:mathbf|vec|hat|boldsymbol|bm)(?![a-zA-Z])|[{}\s]")
# A vector's name may stand before its components: \vec{v} = (1, 2), \mathbf{F}(x, y) = ...
_NAMED = re.compile(r"\s*(?:\([^()=]*\))?\s*=")
_READ = {*FUNCTIONS, *KEYWORDS, "e", ""}
_UNITS = {"i": "î", "j": "ĵ", "k": "ǩ", r"\imath": "î", r"\jmath": "ĵ"}


def plainly(source: Source) -> Source:
    r"""Return the text with every command of LaTeX in plain characters.

    Refuses commands it does not know (UnknownName, with what was meant), groups that are missing or
    empty (MissingOperand) or never closed (Unbalanced), and words or units in \text (NotMathematics).
    """
    rewriting = _Rewriting(source)
    rewriting.whole()
    return of_pieces(source.original, rewriting.pieces)


class _Rewriting(Environments):
    """One pass over one text."""

    def whole(self) -> None:
        """Rewrite everything."""
        while self.at < len(self.text):
            self.item()
        self.check_closed()

    def item(self) -> None:
        """Rewrite one command, or copy one character."""
        character = self.text[self.at]
        if character == "\\":
            self.command()
            return
        if character == "&" and self.environments and self.environments[-1][0] in commands.PAGES:
            character = " "
        self.write(" " if character == "~" else character, self.at, self.at + 1)
        self.at += 1

    def command(self) -> None:
        """Rewrite the command that begins here."""
        start = self.at
        found = _COMMAND.match(self.text, start)
        name = found[1] if found else ""
        word = _COMMAND.match(self.text, start + 1) if name == "\\" and not self.environments else None
        if word and word[1].isalpha() and word[1] in commands.ALL:
            # A backslash is doubled where it was escaped; a new row stands inside an environment.
            start, name = start + 1, word[1]
        self.at = start + 1 + len(name)
        place = self.source.span(start, self.at)
        if name == "\\":
            self.write(";", start, self.at)
        elif name in commands.SYMBOLS:
            self.write(commands.SYMBOLS[name], start, self.at)
        elif name in commands.FUNCTIONS or name in commands.ABBREVIATED:
            self.function(commands.ABBREVIATED.get(name, name), start)
        elif name in commands.FRACTIONS:
            self.fraction(name, start)
        elif name in commands.WORDS:
            self.word(name, place)
        elif name in commands.MARKS:
            self.mark(name, place)
        elif name in commands.OTHERS:
            {"sqrt": self.root, "left": self.left, "right": self.right, "begin": self.begin, "end": self.end}.get(
                name, self.board
            )(place)
        elif name not in commands.IGNORED:
            raise _unknown(name, place)

    def function(self, name: str, start: int) -> None:
        """Write a function's name so that it joins no letter or digit beside it."""
        joins = self.text[self.at : self.at + 1] in {"_", "^", "(", "{", "["}
        self.write(f" {name}" if joins else f" {name} ", start, self.at)

    def fraction(self, name: str, start: int) -> None:
        r"""Rewrite \frac{a}{b}, and \frac12, as ({a}/{b})."""
        whole = self.source.span(start, self.at)
        self.write("(", start, self.at)
        self.group(rf"\{name} needs two groups, as in \{name}{{x}}{{y}}.", "The numerator is empty.", whole)
        middle = self.at
        self.write("/", middle - 1, middle)
        self.group(rf"\{name} needs two groups, as in \{name}{{x}}{{y}}.", "The denominator is empty.", whole)
        self.write(")", self.at - 1, self.at)

    def root(self, place: Span) -> None:
        r"""Rewrite \sqrt{x} as sqrt{x}, \sqrt[n]{x} as ⎷[n]{x}; before a bracket it is a function."""
        self.blanks()
        if self.starts("["):
            self.pieces.append((" ⎷", place))
            self.bracket("[", "]", "The index of this root is empty.", place)
            self.group(r"\sqrt[n] needs a group, as in \sqrt[3]{x}.", "This root is empty.", place)
            return
        self.pieces.append((" sqrt", place))
        if not self.starts("("):
            self.group(r"\sqrt needs a group, as in \sqrt{x}.", "This root is empty.", place)

    def word(self, name: str, place: Span) -> None:
        r"""Rewrite \mathrm{e}, \operatorname{arctan}, \text{if}; refuse other words, which could be units."""
        if name == "operatorname" and self.starts("*"):
            self.at += 1
        start = self.at
        inside = self.inside(name, place)
        found = _WORD.fullmatch(inside)
        if not found or found[1].lower() not in _READ:
            raise NotMathematics(
                rf"I read no words or units in \{name}; leave them out.", span=self.source.span(start, self.at)
            )
        self.write(f" {found[1]}", start, self.at)
        if self.text[self.at : self.at + 1].isalnum():
            self.write(" ", self.at - 1, self.at)

    def mark(self, name: str, place: Span) -> None:
        r"""Rewrite \hat{i}, \mathbf{j}, \vec{k} as unit vectors, \vec{v} as v before an =; refuse other marks."""
        start = self.at
        self.blanks()
        if self.starts("{"):
            inside = self.inside(name, place)
        else:
            found = _LETTER.match(self.text, self.at)
            inside = found[0] if found else ""
            self.at += len(inside)
        bare = _MARKED.sub("", inside)
        over = name not in commands.VECTORS or r"\hat" in inside
        if bare in _UNITS:
            self.write(_UNITS[bare], start, self.at)
        elif over or not re.fullmatch(r"[a-zA-Z]", bare):
            raise NotMathematics("I do not read marks over letters; take another name.", span=place)
        elif not _NAMED.match(self.text, self.at):
            said = f"{bare} is marked as a vector here; write its components, or a name without the mark."
            raise NotMathematics(said, span=place)
        else:
            self.write(bare, start, self.at)

    def board(self, place: Span) -> None:
        r"""Rewrite \mathbb{R}."""
        start = self.at
        if self.inside("mathbb", place).strip() != "R":
            raise NotMathematics(r"Of these letters I read \mathbb{R} alone.", span=place)
        self.write("ℝ", start, self.at)


def _unknown(name: str, place: Span) -> UnknownName:
    """Return the refusal of a command, with what it may have been meant to be."""
    shown = name[:20]
    if name in commands.UNDONE:
        return UnknownName(rf"I do not do \{shown}.", span=place)
    near = tuple("\\" + each for each in difflib.get_close_matches(name, sorted(commands.ALL), n=2, cutoff=0.7))
    if near:
        return UnknownName(
            rf"I do not know the command \{shown}. Did you mean {' or '.join(near)}?", span=place, suggestions=near
        )
    if not name:
        return UnknownName(r"A \ stands before a command of LaTeX, as in \frac{x}{y}.", span=place)
    return UnknownName(rf"I do not know the command \{shown}.", span=place)
