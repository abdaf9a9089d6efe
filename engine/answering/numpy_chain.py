"""NumPy code for chains of functions: paths, matrices of derivatives, the passes of backpropagation."""

from collections.abc import Iterator, Sequence

from engine.answering import numpy_parts as parts
from engine.answering.numpy_parts import Code, Read
from engine.spelling.numpy_syntax import numpy_syntax
from engine.values import Json


def chain(read: Read, data: Json) -> Code:
    """Return f, its inner functions and the sum over all paths, with the values at the point."""
    arguments, known, ready = parts.parameters(data)
    outer = [*dict.fromkeys((*read["f"].variables, *data["parameters"]))]
    f = parts.called((*outer, *arguments))
    given = data["given"] or {}
    taken = [name for name in outer if name not in given]
    body = [f"{name} = {numpy_syntax(text)}" for name, text in data["inner"].items()]
    sums = ", ".join(" + ".join(_products(data, by)) for by in data["derivative"])
    code = [*known, *parts.function(f, taken, data["f"])]
    code += parts.defined("composition", arguments, [*body, f"return {f}({', '.join(taken)})"])
    code += parts.defined("derivative", arguments, [*body, f"return np.array([{sums}])"])
    if not ready or data["at"] is None:
        return code
    shown = parts.printed(value="float(composition(*at))", derivative="derivative(*at).tolist()")
    return [*code, *parts.point(data["at"]), *shown]


def _products(data: Json, by: str) -> Iterator[str]:
    """Yield the product along each path to an inner variable."""
    for path in data["paths"]:
        if path["wrt"] == by and path["through"] is None:
            yield f"({numpy_syntax(path['outer'])})"
        elif path["wrt"] == by:
            yield f"({numpy_syntax(path['outer'])})*({numpy_syntax(path['inner'])})"
    if all(path["wrt"] != by for path in data["paths"]):
        yield "0.0"


def jacobian(_read: Read, data: Json) -> Code:
    """Return the functions and their Jacobian, with its values, its determinant and its rank at the point."""
    arguments, known, ready = parts.parameters(data)
    code = [*known, *parts.vector_function("functions", arguments, data["functions"])]
    code += parts.matrix_function("jacobian", arguments, data["jacobian"])
    place = "at"
    if data["inner"] is not None:
        inside = (*data["inner_variables"], *arguments[len(data["variables"]) :])
        code += parts.vector_function("inner", inside, data["inner"])
        code += parts.matrix_function("inner_jacobian", inside, data["inner_jacobian"])
        place = "inner(*at)"
    if not ready or data["at"] is None:
        return code
    code += [*parts.point(data["at"]), f"matrix = jacobian(*{place})"]
    code += parts.printed(values=f"functions(*{place}).tolist()", jacobian="matrix.tolist()")
    if data["inner"] is not None:
        code += parts.printed(product="np.dot(matrix, inner_jacobian(*at)).tolist()")
    rows, columns = len(data["jacobian"]), len(data["jacobian"][0])
    if rows == columns:
        code += parts.printed(determinant="float(np.linalg.det(matrix))")
    return [*code, *parts.printed(rank="int(np.linalg.matrix_rank(matrix))")]


def backprop(_read: Read, data: Json) -> Code:
    """Return the forward pass and the backward pass, one line for each node."""
    nodes = data["nodes"]
    values = dict(zip(data["variables"], data["at"], strict=True)) | (data["given"] or {})
    code = [f"{name} = np.float64({parts.number(text)})" for name, text in values.items()]
    code = ["", *code, "", "# Forward: every value in its turn."]
    code += [f"{each['name']} = {numpy_syntax(each['operation'])}" for each in nodes if each["operation"] != "input"]
    code += ["", "# Backward: d_v is the derivative of the result by v, summed over all uses of v."]
    code += [f"d_{data['root']} = 1.0", *_backward(nodes, data["root"])]
    slopes = ", ".join(f"float(d_{name})" for name in data["variables"])
    return [*code, "", *parts.printed(value=f"float({data['root']})", gradient=f"[{slopes}]")]


def _backward(nodes: Sequence[Json], root: str) -> Iterator[str]:
    for node in reversed(nodes):
        if node["name"] == root or node["adjoint_decimal"] is None:
            continue
        uses = [
            f"d_{each['name']}*({numpy_syntax(local)})"
            for each in nodes
            for argument, local in zip(each["arguments"], each["locals"], strict=True)
            if argument == node["name"] and local is not None
        ]
        yield f"d_{node['name']} = {' + '.join(uses) or '0.0'}"
