"""What is said about constrained extrema beside the lines."""

from collections.abc import Sequence

from engine.answering.budgets import Change
from engine.answering.optima import MAX_LISTED, Optimised
from engine.answering.scalar import exact
from engine.building import unbuild
from engine.calculus.signs import sign
from engine.constrained import End
from engine.constrained.faces import face
from engine.spelling import formula as spell
from engine.spelling import plain

_WORDS = {"min": "minimum", "max": "maximum"}
_FIXED = " For a constant, write a number in its place."
_USUAL = {"x", "y", "z"}
_CONSTANTS = {"a", "b", "c", "k", "m", "n", "p", "q", "r"}
_CONVENTION = "The multipliers are those of ∇f = {name}∇g, with g what stands left in the constraint."


def remarks(told: Optimised, moved: Sequence[Change]) -> tuple[str, ...]:
    """Return how sure the answer is, why, and what is to be learned from it."""
    found = told.found
    if found.infeasible:
        return (*_readings(told), "No point satisfies all constraints: proven, so there is nothing to optimise.")
    said = [*_readings(told), _count(told)]
    for why in dict.fromkeys(end.why for _, end in told.ends()):
        names = " and ".join(_WORDS[name] for name, end in told.ends() if end.why == why)
        said.append(f"{names.capitalize()}: {why}.")
    said += [line for name, end in told.ends() for line in _binding(told, name, end)]
    if any(each.multipliers for each in found.candidates):
        said.append(_CONVENTION.format(name=_letter(told)))
    said += [each.told(told.subject.relations[each.index], _letter(told)) for each in moved]
    said += _forced(told)
    if found.singular:
        places = ", ".join(f"({', '.join(exact(at))})" for at in found.singular[:4])
        said.append(
            f"At {places} the gradients of the constraints are zero or dependent: ∇f = {_letter(told)}∇g can fail "
            "there, so it is a candidate of its own."
        )
    return (*said, *_onward(told))


def actions(told: Optimised) -> tuple[str, ...]:
    """Return what to type next where not all candidates were found: f with the constraint put in, or f alone."""
    if told.found.complete == "proven" or all(end.reach != "not proven" for _, end in told.ends()):
        return ()
    relations, problem = told.subject.relations, told.problem
    if all(each.sign != "=" for each in relations):
        return (f"/critical f={told.scalar.read.text}",)
    reduced = face(problem.f, problem.variables, [each.inward for each in problem.equalities])
    if len(relations) > 1 or reduced is None or reduced.equations:
        return ()
    return (f"/critical f={plain.plain(unbuild(reduced.f, decimals=told.scalar.decimals))}",)


def _onward(told: Optimised) -> tuple[str, ...]:
    """Return what the lines to type next are good for."""
    if not actions(told):
        return ()
    if any(each.sign == "=" for each in told.subject.relations):
        return ("The constraint can be put into f, which leaves fewer variables: /critical looks at that.",)
    return ("Inside of the region the candidates are critical points of f, which /critical looks for.",)


def _letter(told: Optimised) -> str:
    """Return what a multiplier is called, without its number."""
    return spell.variable(told.multipliers[0].rstrip("0123456789")).text


def _readings(told: Optimised) -> list[str]:
    notes = [note.message for each in told.subject.relations for note in each.notes]
    names = told.subject.only_here
    if len(names) > 1:
        notes.append(f"{', '.join(names)} stand in the constraints only; they are variables too.{_FIXED}")
    elif names:
        notes.append(f"{names[0]} stands in the constraints only; it is a variable too.{_FIXED}")
    elif _USUAL & set(told.scalar.names) and (others := [each for each in told.scalar.names if each in _CONSTANTS]):
        notes.append(f"All letters are variables here, {', '.join(others)} too.{_FIXED}")
    return list(dict.fromkeys(notes))


def _count(told: Optimised) -> str:
    found = told.found
    count, sets = len(found.candidates), len(found.sets)
    what = (
        "No candidate"
        if not count + sets
        else " and ".join(
            [f"{count} candidate{'s' * (count != 1)}"] * (count > 0)
            + [f"{sets} set{'s' * (sets != 1)} of candidates"] * (sets > 0)
        )
    )
    more = f" {count - MAX_LISTED} of them stand in the data only." if count > MAX_LISTED else ""
    sure = "all there are, proven" if found.complete == "proven" else "not proven to be all"
    return f"{what}: {sure}; {found.why}{more}"


def _binding(told: Optimised, name: str, end: End) -> list[str]:
    """Return which inequalities hold back a best point."""
    best = [each for each in told.found.candidates if each.at in end.at]
    relations = told.subject.relations
    chosen = [i for i, each in enumerate(relations) if each.sign != "="]
    if len(best) != 1 or not chosen:
        return []
    shown = {
        i: f"{plain.plain(relations[i].left)} {relations[i].sign} {plain.plain(relations[i].right)}" for i in chosen
    }
    tight = [shown[i] for i in chosen if best[0].binding[i]]
    slack = [shown[i] for i in chosen if not best[0].binding[i]]
    parts = [f"{', '.join(tight)} {'are' if len(tight) > 1 else 'is'} binding"] * (len(tight) > 0)
    parts += [f"{', '.join(slack)} {'are' if len(slack) > 1 else 'is'} slack"] * (len(slack) > 0)
    return [f"At the {_WORDS[name]} {' and '.join(parts)}."]


def _forced(told: Optimised) -> list[str]:
    """Return that an equation makes the largest value smaller than a limit would."""
    relations, end = told.subject.relations, told.found.greatest
    if len(relations) != 1 or relations[0].sign != "=" or told.goal == "min":
        return []
    best = [each for each in told.found.candidates if each.at in end.at]
    if {sign(each.multipliers[0]) for each in best if each.multipliers} != {-1}:
        return []
    left, right = plain.plain(relations[0].left), plain.plain(relations[0].right)
    return [
        f"{_letter(told)} < 0: using all of it costs something; with {left} <= {right} there are larger values nearby."
    ]
