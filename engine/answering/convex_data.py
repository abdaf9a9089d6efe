"""What is decided about convexity, as data."""

from collections.abc import Mapping

from engine.answering.place import decimal
from engine.answering.scalar import exact
from engine.answering.second import listed
from engine.answering.slopes import step
from engine.building import unbuild
from engine.calculus.printing import syntax
from engine.convexity import Against, Decision, Part, Proof, Region
from engine.spelling.plain import plain
from engine.values import Json

_WAYS: Mapping[int, str] = {1: "convex", -1: "concave"}


def of(piece: Decision) -> Json:
    """Return verdict, proof and counterexamples on one convex domain."""
    said = piece.verdict in ("neither", "not decided")
    against = [_against(each) for each in piece.against] if said else []
    return {
        "verdict": piece.verdict,
        "strict": piece.strict,
        "domain": where(piece.region),
        "proof": [] if piece.proof is None else [_rule(each, depth) for each, depth in piece.proof.lines()],
        "minors": _minors(piece.proof),
        "counterexample": against[0] if against else None,
        "counterexamples": against,
    }


def where(region: Region) -> list[str]:
    """Return what must hold in a region, in SymPy syntax."""
    return [f"{syntax(each.of)} {'>' if each.strict else '>='} 0" for each in region.parts]


def stages(piece: Decision) -> list[Json]:
    """Return a step for each second derivative and one that puts them together."""
    if piece.matrix is None:
        return []
    f, names, rows = syntax(piece.f), piece.region.variables, piece.matrix.tolist()
    found = [
        step("second-partial" if i == j else "mixed-partial", f"{f} by {names[i]}, {names[j]}", syntax(rows[i][j]))
        for i in range(len(names))
        for j in range(i, len(names))
    ]
    return [*found, step("assemble-matrix", f, listed(rows))]


def rule_step(piece: Decision) -> Json:
    """Return the step that says what follows on a domain."""
    on = " and ".join(where(piece.region)) or "everywhere"
    return step("classification-rule", f"{syntax(piece.f)} where {on}", piece.verdict)


def _rule(proof: Proof, depth: int) -> Json:
    about = {"about": syntax(proof.about), "is": "affine" if proof.affine else _WAYS[proof.way]}
    return {"rule": proof.rule, **about, "says": proof.says, "depth": depth}


def _minors(proof: Proof | None) -> list[Json]:
    """Return the principal minors of the Hessian (for a concave function, of minus the Hessian) with their signs."""
    if proof is None or proof.bent is None:
        return []
    return [
        {"of": exact(each.names), "value": syntax(each.value), "sign": ">" if each.positive else ">="}
        for each in proof.bent.minors
    ]


def _against(each: Against) -> Json:
    chord, turn = each.chord, each.turn
    return {
        "against": _WAYS[each.way],
        "points": None if chord is None else [exact(end) for end in chord.ends],
        "t": None if chord is None else "1/2",
        "left": None if chord is None else syntax(chord.middle),
        "right": None if chord is None else syntax(chord.mean),
        "left_decimal": None if chord is None else decimal(chord.middle),
        "right_decimal": None if chord is None else decimal(chord.mean),
        "at": None if turn is None else exact(turn.at),
        "direction": None if turn is None else exact(turn.direction),
        "curvature": None if turn is None else syntax(turn.curvature),
        "curvature_decimal": None if turn is None else decimal(turn.curvature),
    }


def typed(region: Region) -> list[str]:
    """Return what must hold in a region as it would be typed."""
    return [_typed(each, region) for each in region.parts]


def _typed(part: Part, region: Region) -> str:
    """Return x<1 for 1 - x > 0, and the whole expression where that is no bound of one variable."""
    single = Region(region.variables, (part,)).ends().items()
    for name, ends in single:
        for bound, sign in ((ends.low, ">"), (ends.high, "<")):
            if bound is not None:
                return f"{name}{sign}{'' if part.strict else '='}{plain(unbuild(bound))}"
    return f"{plain(unbuild(part.of))}>{'' if part.strict else '='}0"
