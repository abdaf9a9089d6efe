"""NumPy code for what is said about a function at a point: slopes, curvatures, planes."""

from engine.answering import numpy_parts as parts
from engine.answering.numpy_parts import Code, Read
from engine.errors import NotSupported
from engine.values import Json

_MATRIX = "np.linalg.eigvalsh(hessian(*at)).tolist()"


def gradient(read: Read, data: Json) -> Code:
    """Return f and its gradient, with the values at the point."""
    code, f, ready = _begun(data)
    code += _slope(read, data)
    if not ready:
        return code
    shown = {"value": f"float({f}(*at))", "gradient": "gradient(*at).tolist()"}
    return [*code, *parts.point(data["at"]), *parts.printed(**shown, norm="float(np.linalg.norm(gradient(*at)))")]


def partial(_read: Read, data: Json) -> Code:
    """Return f and its partial derivative, with the value at the point."""
    code, f, ready = _begun(data)
    code += parts.function("derivative", parts.parameters(data)[0], data["derivative"])
    if not ready:
        return code
    shown = parts.printed(value=f"float({f}(*at))", derivative="float(derivative(*at))")
    return [*code, *parts.point(data["at"]), *shown]


def hessian(_read: Read, data: Json) -> Code:
    """Return f and its Hessian, with the matrix and its eigenvalues at the point."""
    code, _, ready = _begun(data)
    code += parts.matrix_function("hessian", parts.parameters(data)[0], data["hessian"])
    if not ready:
        return code
    code += [*parts.point(data["at"]), *parts.printed(hessian="hessian(*at).tolist()", eigenvalues=_MATRIX)]
    return [*code, *(parts.printed(discriminant="float(np.linalg.det(hessian(*at)))") if data["discriminant"] else [])]


def directional(read: Read, data: Json) -> Code:
    """Return f, its gradient and its rate along the direction; at a kink the difference quotient."""
    code, f, _ = _begun(data)
    along = f"along = np.array({parts.vector(data['along'])})"
    unit = "direction = along / np.linalg.norm(along)"
    if data["one_sided"]:
        code += [*parts.point(data["at"]), along, unit, "h = 2.0**-30  # one-sided: the rate as h falls to 0"]
        return [*code, *parts.printed(quotient=f"float(({f}(*(at + h * direction)) - {f}(*at)) / h)")]
    code += [*_slope(read, data), *parts.point(data["at"]), along, unit]
    return [
        *code,
        *parts.printed(
            direction="direction.tolist()",
            gradient="gradient(*at).tolist()",
            rate="float(np.dot(gradient(*at), direction))",
            max_rate="float(np.linalg.norm(gradient(*at)))",
        ),
    ]


def tangent(read: Read, data: Json) -> Code:
    """Return f, its gradient and Hessian, and both approximations, with their errors at the point nearby."""
    code, f, _ = _begun(data)
    code += [*_slope(read, data), *parts.point(data["at"])]
    linear = f"return {f}(*at) + np.dot(gradient(*at), np.array(near) - at)"
    code += parts.defined("linear", ["*near"], [linear])
    if data["quadratic"] is not None:
        names = data["variables"]
        code += parts.matrix_function("hessian", names, parts.hessian(read, data))
        moved = "step = np.array(near) - at"
        curved = "return linear(*near) + np.dot(step, np.dot(hessian(*at), step)) / 2"
        code += parts.defined("quadratic", ["*near"], [moved, curved])
    code += ["", "", *parts.printed(value=f"float({f}(*at))", gradient="gradient(*at).tolist()")]
    if data["error"] is None:
        return code
    code += ["", f"near = np.array({parts.vector(data['error']['near'])})"]
    code += parts.printed(value_nearby=f"float({f}(*near))", error_of_linear=f"float({f}(*near) - linear(*near))")
    if data["quadratic"] is None:
        return code
    return [*code, *parts.printed(error_of_quadratic=f"float({f}(*near) - quadratic(*near))")]


def level(read: Read, data: Json) -> Code:
    """Return f and its gradient: the level through the point, its normal, and the tangent's right side."""
    if data["normal"] is None:
        raise NotSupported("The gradient is zero there, so there is no normal to write code for.")
    code, f, _ = _begun(data)
    code += [*_slope(read, data), *parts.point(data["at"]), "normal = gradient(*at)"]
    shown = {"level": f"float({f}(*at))", "normal": "normal.tolist()", "right_side": "float(np.dot(normal, at))"}
    return [*code, "# The tangent is where normal . (x, ..) has the value of the right side.", *parts.printed(**shown)]


def _begun(data: Json) -> tuple[Code, str, bool]:
    """Return the definition of f after its known parameters, its name, and whether values can be printed."""
    arguments, known, whole = parts.parameters(data)
    name = parts.called(arguments)
    ready = whole and data.get("at") is not None
    return [*known, *parts.function(name, arguments, data["f"])], name, ready


def _slope(read: Read, data: Json) -> Code:
    return parts.vector_function("gradient", parts.parameters(data)[0], parts.gradient(read, data))
