"""NumPy code for a loss over data: the loss, its gradient, and one step of descent."""

from sympy import S

from engine.answering import numpy_parts as parts
from engine.answering.loss_options import read_fit
from engine.answering.losses import Loss
from engine.answering.losses import loss as built
from engine.answering.numpy_parts import Code, Read
from engine.answering.scalar import exact
from engine.calculus.printing import syntax
from engine.spelling.numpy_syntax import numpy_syntax
from engine.spelling.sympy_syntax import sympy_syntax
from engine.values import Json


def loss(read: Read, data: Json) -> Code:
    """Return the loss and its gradient over the data, with their values at the point and at the minimiser."""
    found = built(read_fit(**read))
    names = found.fit.parameters
    code = [*_data(found), *_definitions(found)]
    if data["at"] is not None:
        code += [*parts.point(data["at"]), *_shown("loss", "gradient", "at")]
        if found.fit.rate is not None:
            code += [f"rate = {parts.number(sympy_syntax(found.fit.rate))}"]
            code += parts.printed(update="(at - rate * gradient(*at)).tolist()")
    lowest = data["minimisers"]
    if lowest["kind"] == "point" and (lowest["at"] or lowest["decimal"]):
        place = parts.vector(lowest["at"], lowest["decimal"]) if lowest["at"] else repr(list(lowest["decimal"]))
        code += ["", f"lowest = np.array({place})  # {', '.join(names)}"]
        code += _shown("lowest loss", "gradient there", "lowest")
    return code


def _shown(loss_named: str, gradient_named: str, where: str) -> Code:
    return [
        f'print("{loss_named} =", float(loss(*{where})))',
        f'print("{gradient_named} =", gradient(*{where}).tolist())',
    ]


def _data(found: Loss) -> Code:
    columns = zip(*found.rows, strict=True) if found.fit.inputs else ()
    inputs = [
        f"{name} = np.array({parts.vector(exact(column))})"
        for name, column in zip(found.fit.inputs, columns, strict=True)
    ]
    return ["", *inputs, f"target = np.array({parts.vector(exact(found.labels))})"]


def _definitions(found: Loss) -> Code:
    """Return the model, the loss and its gradient as functions of the parameters."""
    fit, names = found.fit, found.fit.parameters
    listed = ", ".join(names)
    if found.is_logistic:
        code = parts.function("score", names, syntax(found.score))
        value, outer = "np.logaddexp(0, s) - target * s", "1 / (1 + np.exp(-s)) - target"
        take = f"s = score({listed})"
    else:
        code = parts.function("model", names, sympy_syntax(fit.model.tree))
        take = f"p = model({listed})"
        if fit.kind == "mse":
            value, outer = "(p - target) ** 2", "2 * (p - target)"
        else:
            value = "-(target * np.log(p) + (1 - target) * np.log(1 - p))"
            outer = "(p - target) / (p * (1 - p))"
    inner = [f"np.mean(outer * ({numpy_syntax(each)}))" for each in exact(found.slopes)]
    weight = "" if found.l2 == S.Zero else parts.number(syntax(found.l2))
    squares = f" + {weight} * ({' + '.join(f'{name}**2' for name in names)})" if weight else ""
    shrink = f" + 2 * {weight} * np.array([{listed}])" if weight else ""
    code += parts.defined("loss", names, [take, f"return np.mean({value}){squares}"])
    slope = f"return np.array([{', '.join(inner)}]){shrink}"
    return [*code, *parts.defined("gradient", names, [take, f"outer = {outer}", slope])]
