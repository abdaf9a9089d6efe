"""NumPy code for what is done step by step: descent, and differences for smaller and smaller steps."""

from engine.answering import numpy_parts as parts
from engine.answering.numpy_parts import Code, Read
from engine.answering.walk_options import Options, read_options
from engine.descending.methods import DECAY, SLOW_DECAY, TINY
from engine.errors import NotSupported
from engine.reading.tree import Node
from engine.spelling.sympy_syntax import sympy_syntax
from engine.values import Json

_USUAL_MOMENTUM = "0.9"


def descent(read: Read, data: Json) -> Code:
    """Return the loop of the descent, with the path it goes."""
    if read.get("subject"):
        raise NotSupported("I write no code for a descent with constraints.")
    options = read_options(**read)
    names, method = data["variables"], options.method
    f = parts.called(names)
    code = parts.function(f, names, data["f"])
    code += parts.vector_function("gradient", names, parts.gradient(read, data))
    if method == "newton":
        code += parts.matrix_function("hessian", names, parts.hessian(read, data))
    else:
        code += parts.defined("downhill", ["at"], _downhill(options))
    start = parts.vector([sympy_syntax(each) for each in options.start])
    code += ["", "", f"at = np.array({start})", f"rate = {_number(options.rate)}", *_begin(options), "path = [at]"]
    code += [f"for step in range({len(data['path']) - 1}):", *(f"    {line}" for line in _step(options))]
    code += ["    path.append(at)", *parts.printed(path="[each.tolist() for each in path]")]
    return [*code, *parts.printed(values=f"[float({f}(*each)) for each in path]")]


def _number(node: Node) -> str:
    return parts.number(sympy_syntax(node))


def _downhill(options: Options) -> Code:
    """Return the body of the function that gives the gradient to go against."""
    slope = "gradient(*at)" if options.goal == "min" else "-gradient(*at)"
    if options.clip is None:
        return [f"return {slope}"]
    limit = _number(options.clip)
    return [
        f"slope = {slope}",
        "length = np.linalg.norm(slope)",
        f"return slope * min(1.0, {limit} / max(length, {TINY}))",
    ]


def _begin(options: Options) -> Code:
    """Return what a method sets before its first step."""
    kept = _USUAL_MOMENTUM if options.momentum is None else _number(options.momentum)
    match options.method:
        case "momentum" | "nesterov":
            return [f"momentum = {kept}", "velocity = np.zeros(len(at))"]
        case "rmsprop":
            return ["squares = np.zeros(len(at))"]
        case "adam":
            return [f"momentum = {kept}", "mean, squares = np.zeros(len(at)), np.zeros(len(at))"]
        case _:
            return []


def _step(options: Options) -> Code:
    """Return one step of a method."""
    match options.method:
        case "newton":
            return ["at = at - rate * np.linalg.solve(hessian(*at), gradient(*at))"]
        case "momentum":
            return ["velocity = momentum * velocity - rate * downhill(at)", "at = at + velocity"]
        case "nesterov":
            ahead = "velocity = momentum * velocity - rate * downhill(at + momentum * velocity)"
            return [ahead, "at = at + velocity"]
        case "rmsprop":
            squares = f"squares = {DECAY} * squares + {1 - DECAY:.15g} * slope**2"
            return ["slope = downhill(at)", squares, f"at = at - rate * slope / (np.sqrt(squares) + {TINY})"]
        case "adam":
            return [
                "slope = downhill(at)",
                "mean = momentum * mean + (1 - momentum) * slope",
                f"squares = {SLOW_DECAY} * squares + {1 - SLOW_DECAY:.15g} * slope**2",
                "fair = mean / (1 - momentum ** (step + 1))",
                f"spread = np.sqrt(squares / (1 - {SLOW_DECAY} ** (step + 1)))",
                f"at = at - rate * fair / (spread + {TINY})",
            ]
        case _:
            return ["at = at - rate * downhill(at)"]


def numeric(read: Read, data: Json) -> Code:
    """Return the difference quotients, with the table or the numbers for one step."""
    names = data["variables"]
    f = parts.called(names)
    # As it was typed: another order of the same operations rounds otherwise.
    code = parts.function(f, names, sympy_syntax(read["f"].tree))
    code += [*parts.point(data["at"]), "for h in " + repr([row["h"] for row in data["rows"]]) + ":"]
    code += ["    moves = h * np.eye(len(at))"]
    quotients = {
        "forward": f"[float(({f}(*(at + move)) - {f}(*at)) / h) for move in moves]",
        "backward": f"[float(({f}(*at) - {f}(*(at - move))) / h) for move in moves]",
        "central": f"[float(({f}(*(at + move)) - {f}(*(at - move))) / (2 * h)) for move in moves]",
    }
    if "complex" in data["rows"][0]:
        quotients["complex"] = f"[float({f}(*(at + 1j * move)).imag / h) for move in moves]"
    return [*code, '    print("h =", h)', *(f"    {line}" for line in parts.printed(**quotients))]
