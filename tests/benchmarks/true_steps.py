"""Is every step of an answer true? Each one is put into numbers of its own, whatever the engine checked."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mpmath

from tests.benchmarks.step_numbers import OutsideError, close, everywhere, names_of, parted, slope, value
from tests.benchmarks.true_equations import follows, solves
from tests.benchmarks.true_points import extremum, tested

Step = Mapping[str, Any]
_BY = re.compile(r"(?P<f>.*) by (?P<names>\w+(?:, \w+)*)", re.DOTALL)


def untrue(data: Mapping[str, Any]) -> list[Step]:
    """Return the steps of an answer's data that are not found true."""
    steps: list[Step] = data["steps"]
    return [each for i, each in enumerate(steps) if not is_true(steps, i, data)]


def is_true(steps: Sequence[Step], i: int, data: Mapping[str, Any]) -> bool:
    """Tell whether a step is true; what cannot be put into numbers is not."""
    each = steps[i]
    try:
        if each["rule"] in _CHECKS:
            return _CHECKS[each["rule"]](each["input"], each["result"], data)
        if each["rule"] in {"solve-system", "case-split"}:
            return _of_system(each, data)
        if each["rule"] == "check-extremum":
            return extremum(each["input"], each["result"], data, free=all(s["rule"] != "stationarity" for s in steps))
        if each["rule"].startswith("partial-") and not each["depth"]:
            return _derivative(each["input"], each["rule"].removeprefix("partial-"), each["result"])
        if _BY.fullmatch(each["input"]):
            return _stated(each["input"], each["result"], data)
        if each["rule"] == "chain" and " times " in each["input"]:
            return _product_of_lists(each["input"], each["result"])
        if each["rule"] == "sum" and not each["depth"]:
            return close(value(each["input"], {}), value(each["result"], {}))
        return _derivative(each["input"], _variable(steps, i), each["result"])
    except (OutsideError, SyntaxError, KeyError, ValueError, TypeError):
        return False


def _variable(steps: Sequence[Step], i: int) -> str:
    """Return the variable of a rule: that of the step which closes the derivative it belongs to."""
    for each in steps[i:]:
        if each["depth"]:
            continue
        if each["rule"].startswith("partial-"):
            return str(each["rule"]).removeprefix("partial-")
        found = _BY.fullmatch(each["input"])
        if found is not None:
            return found["names"].rpartition(", ")[2]
    raise KeyError(steps[i]["rule"])


def _derivative(f: str, by: str, stated: str) -> bool:
    names = sorted(names_of(f) | names_of(stated) | {by})
    return everywhere(lambda at: close(slope(f, [by], at), value(stated, at)), names)


def _stated(given: str, stated: str, data: Mapping[str, Any]) -> bool:
    """Check f by x, y = result, also where f is an inner function x = t^2."""
    found = _BY.fullmatch(given)
    if found is None:
        return False
    f, by = found["f"].rpartition(" = ")[2], found["names"].split(", ")
    names = sorted(names_of(f) | names_of(stated) | {*by, *data.get("variables", ())})
    return everywhere(lambda at: close(slope(f, by, at), value(stated, at)), names)


def _assembled(f: str, stated: str, data: Mapping[str, Any]) -> bool:
    names = [*data["variables"]]
    letters = sorted(names_of(f) | {*names})

    def holds(at: dict[str, Any]) -> bool:
        found = value(stated, at)
        found = found if isinstance(found, list) else [found]
        return close([slope(f, [name], at) for name in names], found)

    return everywhere(holds, letters)


def _matrix(f: str, stated: str, data: Mapping[str, Any]) -> bool:
    names = [*data["variables"]]

    def holds(at: dict[str, Any]) -> bool:
        return close([[slope(f, [a, b], at) for b in names] for a in names], value(stated, at))

    return everywhere(holds, sorted(names_of(f) | {*names}), wanted=2)


def _zero_gradient(f: str, stated: str, data: Mapping[str, Any]) -> bool:
    left = [each.removesuffix(" = 0") for each in parted(stated, ", ")]
    return _assembled(f, f"[{', '.join(left)}]", data)


def _at(given: str, stated: str, data: Mapping[str, Any]) -> bool:
    """Check f at (1, 2) = result, also with f at x = 1, y = 2."""
    f, _, where = given.rpartition(" at ")
    if "=" in where:
        at = {name.strip(): value(text, {}) for name, text in (each.split("=") for each in parted(where, ", "))}
    else:
        point = value(where, {})
        at = dict(zip(data["variables"], point if isinstance(point, list) else [point], strict=False))
    found, told = value(f, at), value(stated, at)
    return close(_flat(found), _flat(told))


def _flat(found: Any) -> list[Any]:
    """Return numbers in a row; a list of one and its number are the same."""
    return [one for each in found for one in _flat(each)] if isinstance(found, list) else [found]


def _same(given: str, stated: str, _data: Mapping[str, Any]) -> bool:
    names = sorted(names_of(given) | names_of(stated))
    return everywhere(lambda at: close(_flat(value(given, at)), _flat(value(stated, at))), names)


def _dot(given: str, stated: str, _data: Mapping[str, Any]) -> bool:
    left, right = given.split(" . ")
    names = sorted(names_of(left) | names_of(right) | names_of(stated))

    def holds(at: dict[str, Any]) -> bool:
        pairs = zip(_flat(value(left, at)), _flat(value(right, at)), strict=True)
        return close(sum(a * b for a, b in pairs), value(stated, at))

    return everywhere(holds, names)


def _product_of_lists(given: str, stated: str) -> bool:
    lists = [_flat(value(each, {})) for each in given.rpartition(" for ")[0].split(" times ")]
    return close([a * b for a, b in zip(*lists, strict=True)], _flat(value(stated, {})))


def _plane(given: str, stated: str, data: Mapping[str, Any]) -> bool:
    """Check that a plane has the height and the gradient at the point that it is said to have."""
    height, _, rest = given.partition("; ")
    gradient, _, where = rest.rpartition(" at ")
    at = dict(zip(data["variables"], _flat(value(where, {})), strict=True))
    slopes = [slope(stated, [name], at) for name in data["variables"]]
    return close(value(stated, at), value(height, {})) and close(slopes, _flat(value(gradient, {})))


def _substituted(given: str, stated: str, _data: Mapping[str, Any]) -> bool:
    f, _, inner = given.rpartition(" with ")
    pairs = [each.split(" = ") for each in parted(inner, ", ")]
    letters = sorted((set().union(*(names_of(text) for _, text in pairs)) | names_of(f)) - {name for name, _ in pairs})

    def holds(at: dict[str, Any]) -> bool:
        return close(value(f, at | {name: value(text, at) for name, text in pairs}), value(stated, at))

    return everywhere(holds, letters)


def _predicted(given: str, stated: str, data: Mapping[str, Any]) -> bool:
    """Check the predictions at the inputs 'inputs' of the data, which the bench puts there."""
    model, _, where = given.rpartition(" at ")
    at = dict(zip(data["variables"], _flat(value(where, {})), strict=True))
    return close([value(model, at | {"x": mpmath.mpf(x)}) for x in data["inputs"]], _flat(value(stated, {})))


def _lagrangian(f: str, whole: str, _data: Mapping[str, Any]) -> bool:
    extra = names_of(whole) - names_of(f)
    multipliers = {each for each in extra if f"{each}*(" in whole}
    names = sorted(names_of(whole) | names_of(f))
    return bool(multipliers) and everywhere(
        lambda at: close(value(whole, at | dict.fromkeys(multipliers, mpmath.mpf(0))), value(f, at)), names
    )


def _stationary(whole: str, stated: str, data: Mapping[str, Any]) -> bool:
    names = sorted(names_of(whole) | {*data["variables"]})

    def holds(at: dict[str, Any]) -> bool:
        sides = [[value(side, at) for side in each.split(" = ")] for each in parted(stated, ", ")]
        return close([slope(whole, [name], at) for name in data["variables"]], [a - b for a, b in sides])

    return everywhere(holds, names)


def _of_system(each: Step, data: Mapping[str, Any]) -> bool:
    if each["depth"]:
        return follows(each["input"], each["result"])
    if each["rule"] == "case-split":
        # An inequality holds with equality, or its multiplier is 0: which of both, each candidate shows.
        return bool(re.search(r" [<>]=? 0$", each["input"])) or each["input"].startswith("the gradients")
    return solves(each["input"], each["result"], data["variables"])


def _is_given(_given: str, stated: str, data: Mapping[str, Any]) -> bool:
    """Check that the constraints are those of the problem."""
    return parted(stated, ", ") == [f"{each['g']} {each['sign']} 0" for each in data["subject"]]


_CHECKS: dict[str, Callable[[str, str, Mapping[str, Any]], bool]] = {
    "assemble-gradient": _assembled,
    "assemble-matrix": _matrix,
    "set-gradient-zero": _zero_gradient,
    "evaluate-at-point": _at,
    "function-value": _at,
    "discriminant": _same,
    "subtract-points": _same,
    "normalise-direction": _same,
    "residuals": _same,
    "mean-factor": _same,
    "descent-update": _same,
    "path-sum": _same,
    "dot-product": _dot,
    "linear-approximation": _plane,
    "substitute-back": _substituted,
    "predictions": _predicted,
    "lagrangian-or-substitution": _lagrangian,
    "stationarity": _stationary,
    "use-constraint": _is_given,
    "classification-rule": tested,
    "test-inconclusive": tested,
}
