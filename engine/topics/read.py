"""Reading: what Nabla makes of a text, before anything is done with it."""

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.errors import Refused
from engine.reading import Names
from engine.reading.kinds import Kind, Shape, guess, names_of, phrase
from engine.reading.kinds import read as read_kind


def _read(text: str, as_: Kind | None = None, variables: Names | None = None) -> tuple[Kind, Shape]:
    """Return the kind and the value of the text; a refusal stands at the option `text`."""
    names = () if variables is None else variables.names
    try:
        return guess(text, names) if as_ is None else (as_, read_kind(text, as_, names))
    except Refused as refused:
        raise refused.at_option("text") from None


@topic("read", example="/read text=2x i + 2y j as=vector", rank=90, group="tools", check=_read)
def read(text: str, as_: Kind | None = None, variables: Names | None = None) -> Answer:
    """How I read a text: its kind, the formula, its variables, and what else it could mean.

    text:      what you would type as an answer, for instance <2x, 2y> or 0 <= x < 2
    as:        what it is meant to be; left out, what it looks like
    variables: the names that are variables, x, y; then i, j, k are unit vectors unless among them

    `value` is in SymPy syntax. `readings` are the other meanings of a doubtful text.
    Refuses what cannot be read as that kind, by the name of what it is instead.
    """
    from engine.spelling import formula as spell
    from engine.spelling import shapes

    kind, shape = _read(text, as_, variables)
    names = names_of(shape) if variables is None else variables.names
    others = [(note, read_kind(note.alternative, kind, names)) for note in shape.notes]
    data = {
        "kind": kind,
        "value": shapes.value(shape),
        "variables": list(names),
        "ambiguous": bool(others),
        "readings": [shapes.value(other) for _, other in others],
    }
    said = spell.joined(spell.variable(name) for name in names)
    return Answer(
        "Read",
        (shapes.shown(shape),),
        data,
        (
            f"I read this as {phrase(kind)}" + (f" in {said.text}." if names_of(shape) else "."),
            *(note.message for note, _ in others),
        ),
        actions=tuple(
            f"/read text={note.alternative} as={kind}"
            + (f" variables={variables.text}" if variables is not None else "")
            for note, _ in others
        ),
    )
