"""A formula in the three spellings people meet: Unicode text, Typst, spoken words."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.reading.tree import Node
from engine.spelling import numbers
from engine.spelling import spoken as _spoken
from engine.spelling import typst as _typst
from engine.spelling import unicode as _unicode


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula or piece of one; pieces are joined with +."""

    text: str
    typst: str
    spoken: str

    def __add__(self, other: "Formula") -> "Formula":
        said = " ".join(part for part in (self.spoken, other.spoken) if part)
        return Formula(self.text + other.text, f"{self.typst} {other.typst}", said)


def of(tree: Node) -> Formula:
    """Return the formula of a tree."""
    return Formula(_unicode.unicode(tree), _typst.typst(tree), _spoken.spoken(tree))


def variable(name: str) -> Formula:
    """Return the formula of a variable's canonical name."""
    return Formula(_unicode.name(name), _typst.name(name), _spoken.name(name))


def sign(text: str, typst: str | None = None, spoken: str | None = None) -> Formula:
    """Return a sign of the language of formulas, such as " = "."""
    return Formula(text, text.strip() if typst is None else typst, text.strip() if spoken is None else spoken)


def words(text: str) -> Formula:
    """Return plain words of ours inside a formula; never a learner's."""
    return Formula(text, '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"', text.strip())


EQUALS = sign(" = ", "=", "equals")
ABOUT = sign(" ≈ ", "approx", "is about")


def joined(pieces: Iterable[Formula]) -> Formula:
    """Return the pieces in a row with commas between."""
    pieces = list(pieces)
    return Formula(
        ", ".join(piece.text for piece in pieces),
        ", ".join(piece.typst for piece in pieces),
        ", ".join(piece.spoken for piece in pieces),
    )


def vector(entries: Iterable[Formula]) -> Formula:
    """Return (a, b, ..)."""
    inside = joined(entries)
    return Formula(f"({inside.text})", f"({inside.typst})", f"the vector {inside.spoken}")


def matrix(rows: Iterable[Iterable[Formula]]) -> Formula:
    """Return [[a, b], [c, d]]; typeset as a matrix."""
    rows = [list(row) for row in rows]
    text = ", ".join("[" + ", ".join(entry.text for entry in row) + "]" for row in rows)
    inside = "; ".join(", ".join(entry.typst for entry in row) for row in rows)
    said = "; ".join(f"row {i}: " + ", ".join(entry.spoken for entry in row) for i, row in enumerate(rows, 1))
    return Formula(f"[{text}]", f'mat(delim: "[", {inside})', f"the matrix {said}")


def header(name: str, variables: Iterable[str]) -> Formula:
    """Return f(x, y)."""
    inside = joined(variable(each) for each in variables)
    shown = variable(name)
    return Formula(
        f"{shown.text}({inside.text})", f"{shown.typst}({inside.typst})", f"{shown.spoken} of {inside.spoken}"
    )


def partial(of_what: str, by: str) -> Formula:
    """Return ∂f/∂x."""
    what, name = variable(of_what), variable(by)
    return Formula(
        f"∂{what.text}/∂{name.text}",
        f"frac(partial {what.typst}, partial {name.typst})",
        f"partial {what.spoken} by {name.spoken}",
    )


def bracketed(inside: Formula) -> Formula:
    """Return the formula in round brackets."""
    return Formula(f"({inside.text})", f"({inside.typst})", inside.spoken)


NABLA = sign("∇", "nabla", "the gradient of")
NOTHING = Formula("", "", "")


def length(of_what: Formula) -> Formula:
    """Return |v|."""
    return Formula(f"|{of_what.text}|", f"abs({of_what.typst})", f"the length of {of_what.spoken}")


def number(value: float) -> Formula:
    """Return a decimal number."""
    text = numbers.decimal(value)
    mantissa, _, exponent = text.partition("·10^")
    return Formula(text, f"{mantissa} dot 10^({exponent})" if exponent else text, text)
