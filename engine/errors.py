"""The tree of refusals: everything Nabla will not do, and says so.

Refused
├── Unreadable          the text is not what belongs there
│   ├── EmptyText           nothing to read
│   ├── NotMathematics      prose, a link, an emoji, code
│   ├── StrangeCharacter    a character with no meaning here, or a look-alike
│   ├── Unbalanced          a bracket or bar without its partner
│   ├── MissingOperand      an operator or function without what it works on
│   ├── UnknownName         a word that is neither function nor variable
│   ├── NotAnExpression     an equation, inequality or list where a function belongs
│   ├── NotANumber          letters, or no real number, where a number belongs
│   ├── WrongKind           surely something else than what is asked for
│   ├── WrongForm           the right value, but rounded, not factored, not of unit length
│   └── WrongLength         too few or too many coordinates
├── TooLarge            over a stated limit
├── NotInDomain         the function or its derivative does not exist there
├── NotSupported        mathematics that Nabla does not do, or not surely
├── WrongUsage          a command, option or choice that does not exist
├── NotAllowed          this learner may not do this here
├── NoExercise          an answer or hint, and nothing is open
└── Failed              Nabla's own trouble, never the learner's
    ├── Busy                too many waiting
    ├── OutOfTime           the job overran its time
    └── WorkerDied          the job ended its process
"""

from typing import Any, ClassVar, Self

Span = tuple[int, int]


class Refused(Exception):  # noqa: N818 - a refusal is an outcome, not an error of the program
    """Something Nabla will not do, said so that a learner can mend it.

    message:     one or two sentences for the learner, plain text.
    option:      name of the option the trouble stands in, or None.
    span:        [from, to) in code points of that option's value.
    suggestions: what to type instead, best first: values of the option, or command lines.
    """

    kind: ClassVar[str] = "refused"

    def __init__(
        self,
        message: str,
        *,
        option: str | None = None,
        span: Span | None = None,
        suggestions: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.option = option
        self.span = span
        self.suggestions = suggestions

    def at_option(self, option: str) -> Self:
        """Return this refusal, placed in an option unless it already names one."""
        if self.option is None:
            self.option = option
        return self

    def as_json(self) -> dict[str, Any]:
        """Return the refusal as built-in types, for the process border and for `nabla ask`."""
        return {
            "kind": self.kind,
            "message": self.message,
            "option": self.option,
            "span": None if self.span is None else list(self.span),
            "suggestions": list(self.suggestions),
        }


class Unreadable(Refused):
    """The text is not what belongs there."""

    kind = "unreadable"


class EmptyText(Unreadable):
    """Nothing to read."""

    kind = "empty"


class NotMathematics(Unreadable):
    """Prose, a link, an emoji, program code."""

    kind = "not mathematics"


class StrangeCharacter(Unreadable):
    """A character that has no meaning here, or only looks like one that has."""

    kind = "strange character"


class Unbalanced(Unreadable):
    """A bracket or bar without its partner."""

    kind = "unbalanced"


class MissingOperand(Unreadable):
    """An operator or function without what it works on."""

    kind = "missing operand"


class UnknownName(Unreadable):
    """A word that is neither a function nor a variable."""

    kind = "unknown name"


class NotAnExpression(Unreadable):
    """An equation, an inequality or a list where a single function belongs."""

    kind = "not an expression"


class NotANumber(Unreadable):
    """Letters, or something without a real value, where a number belongs."""

    kind = "not a number"


class WrongKind(Unreadable):
    """Surely something else than what is asked for: a vector where a number belongs."""

    kind = "wrong kind"


class WrongForm(Unreadable):
    """The right value, but not in the form that is asked for: rounded, not factored, not of unit length."""

    kind = "wrong form"


class WrongLength(Unreadable):
    """Too few or too many coordinates."""

    kind = "wrong length"


class TooLarge(Refused):
    """Over a stated limit: length, depth, count or size of a number."""

    kind = "too large"


class NotInDomain(Refused):
    """The function or its derivative does not exist there."""

    kind = "not in domain"


class NotSupported(Refused):
    """Mathematics that Nabla does not do, or cannot do surely."""

    kind = "not supported"


class WrongUsage(Refused):
    """A command, an option or a choice that does not exist, or one that is missing."""

    kind = "wrong usage"


class NotAllowed(Refused):
    """This learner may not do this here."""

    kind = "not allowed"


class NoExercise(Refused):
    """An answer or a hint is wanted, and no exercise is open."""

    kind = "no exercise"


class Failed(Refused):
    """Nabla's own trouble, never the learner's."""

    kind = "failed"


class Busy(Failed):
    """Too many jobs are waiting."""

    kind = "busy"


class OutOfTime(Failed):
    """The job overran its time and was ended."""

    kind = "out of time"


class WorkerDied(Failed):
    """The job ended the process it ran in."""

    kind = "worker died"


def from_json(value: dict[str, Any]) -> Refused:
    """Return the refusal that `as_json` wrote; an unknown kind becomes a plain Refused."""
    span = value["span"]
    return _BY_KIND.get(value["kind"], Refused)(
        str(value["message"]),
        option=value["option"],
        span=None if span is None else (int(span[0]), int(span[1])),
        suggestions=tuple(str(each) for each in value["suggestions"]),
    )


def _tree(root: type[Refused]) -> dict[str, type[Refused]]:
    found = {root.kind: root}
    for child in root.__subclasses__():
        found |= _tree(child)
    return found


_BY_KIND = _tree(Refused)
