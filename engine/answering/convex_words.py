"""What is said about convexity beside the lines: what it is good for, and what it does not say."""

from engine.answering import convex_data
from engine.answering.convex import Bending
from engine.convexity import Decision

_MEANS = {
    "convex": (
        "A local minimum of a convex function is global, its minimisers form a convex set, "
        "and a point of the domain where the gradient is zero is one of them."
    ),
    "concave": (
        "A local maximum of a concave function is global, its maximisers form a convex set, "
        "and a point of the domain where the gradient is zero is one of them."
    ),
    "both": "An affine function is convex and concave: every chord lies on its graph.",
    "neither": (
        "One chord above the graph and one below it are enough. A Hessian that is definite at one point says nothing "
        "about the others; and a local minimum can be global without convexity, which is sufficient, not necessary."
    ),
}
_STRICT = {
    "convex": "Strictly convex: there is at most one minimiser.",
    "concave": "Strictly concave: there is at most one maximiser.",
}
_OPEN = (
    "Whether it is strictly so is not decided. A definite Hessian would be enough; it is not necessary: x^4 is "
    "strictly convex with second derivative 0 at 0."
)
_STRAIGHT = "Not strictly: on some segment the graph is straight."
_KINKED = "f is not smooth, or not surely, in all of this domain, so there is no Hessian; rules and chords need none."


def remarks(bending: Bending) -> tuple[str, ...]:
    """Return the doubtful readings, what the verdict means, and what stays open."""
    notes = [note.message for note in bending.scalar.read.notes]
    notes += [note.message for each in bending.domain.relations for note in each.notes]
    if len(bending.pieces) > 1:
        notes.append(_apart(bending))
    said = [line for piece in bending.pieces for line in _about(piece)]
    return tuple(dict.fromkeys([*notes, *said]))


def _apart(bending: Bending) -> str:
    count = len(bending.pieces)
    return (
        f"The domain is {count} convex pieces that are not convex together: a segment from one to another leaves it. "
        "Convexity is asked on a convex set, so each piece is looked at by itself; choose one with domain=."
    )


def _about(piece: Decision) -> list[str]:
    if piece.verdict == "not decided":
        return [_undecided(piece)]
    said = [_MEANS[piece.verdict]]
    if piece.strict:
        said.append(_STRICT[piece.verdict])
        if piece.proof is not None and piece.proof.bent is not None and not piece.proof.bent.definite:
            said.append("Its Hessian is not definite everywhere: that would be enough, but is not necessary.")
    if piece.strict is None and piece.verdict != "neither":
        said.append(_OPEN)
    if piece.strict is False and piece.verdict != "both":
        said.append(_STRAIGHT)
    if piece.matrix is None and piece.verdict != "both":
        said.append(_KINKED)
    return said


def _undecided(piece: Decision) -> str:
    where = " and ".join(convex_data.where(piece.region)) or "all of the space"
    if piece.against:
        return "The chord shown disproves one; for the other there is neither a proof nor a counterexample."
    return (
        f"Neither a proof by rules or by the Hessian nor a counterexample among {piece.tried} points of the domain was "
        f"found ({where}); a smaller domain may be easier."
    )


def actions(bending: Bending) -> tuple[str, ...]:
    """Return command lines that ask for one piece each."""
    if len(bending.pieces) < 2:
        return ()
    return tuple(
        f"/convex f={bending.scalar.read.text} domain={', '.join(convex_data.typed(each.region))}"
        for each in bending.pieces
    )
