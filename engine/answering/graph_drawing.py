"""The picture of a computational graph with the numbers of both passes."""

from engine.answering.answer import Drawing
from engine.answering.backprops import Backprop
from engine.answering.graph import Edge, Vertex
from engine.answering.graph_passes import Amount
from engine.pictures.graph import MAX_BOXES, Box, GraphChart
from engine.pictures.labels import number
from engine.reading.tree import Apply, Binary, Name, Negative, Node, under_cube_root
from engine.spelling import formula as spell
from engine.spelling import numbers

_LONGEST = 12
_DIGITS = 3
_SIGNS = {"*": "×", "/": "÷", "-": "−", "+": "+", "^": "^"}
_FUNCTIONS = {"sqrt": "√", "abs": "|·|", "sigmoid": "σ", "asin": "arcsin", "acos": "arccos", "atan": "arctan"}


def remarks(found: Backprop) -> tuple[str, ...]:
    """Return a sentence where the graph is too large to be drawn."""
    count = len(found.graph.vertices)
    return (f"A graph of {count} nodes is not drawn; up to {MAX_BOXES} are.",) if count > MAX_BOXES else ()


def draw(found: Backprop) -> tuple[Drawing, ...]:
    """Return the picture, nothing where the graph is too large for one."""
    vertices = found.graph.vertices
    if len(vertices) > MAX_BOXES:
        return ()
    rank = {vertex.name: number for number, vertex in enumerate(vertices)}
    edges = [edge for vertex in vertices for edge in found.graph.uses(vertex.name)]
    name = spell.variable(found.name).text
    chart = GraphChart(
        tuple(_box(found, vertex) for vertex in vertices),
        tuple((rank[each.start], rank[each.end.name]) for each in edges),
        tuple(_label(found, each) for each in edges),
        found.place.scalar.echo().text,
        ("value", f"∂{name}/∂node", "local derivative"),
        f"rounded to {numbers.digits(usual=_DIGITS)} digits" if _is_rounded(found) else "",
    )
    return (Drawing("graph.png", _alt(found), chart),)


def _box(found: Backprop, vertex: Vertex) -> Box:
    adjoint = found.found.adjoints.get(vertex.name)
    return Box(_called(vertex), _shown(found.found.values[vertex.name]), "" if adjoint is None else _shown(adjoint))


def _label(found: Backprop, edge: Edge) -> str:
    local = found.found.locals.get((edge.end.name, edge.index))
    return "" if local is None else _shown(local.amount)


def _shown(amount: Amount) -> str:
    return number(amount.decimal, numbers.digits(usual=_DIGITS))


def _is_rounded(found: Backprop) -> bool:
    """Tell whether a number of the picture is not the number itself."""
    amounts = [*found.found.values.values(), *found.found.adjoints.values()]
    amounts += [local.amount for local in found.found.locals.values()]
    digits = numbers.digits(usual=_DIGITS)
    return any(float(f"{each.decimal:.{digits}g}") != each.decimal for each in amounts)


def _called(vertex: Vertex) -> str:
    """Return the name of a vertex and its operation, constants in it: v3 − 1, v4 ( )²."""
    name = spell.variable(vertex.name).text
    return f"{name} {_operation(vertex)}" if vertex.arguments else name


def _operation(vertex: Vertex) -> str:
    shape = vertex.shape
    if under_cube_root(shape) is not None:
        return "∛"
    match shape:
        case Negative():
            return "−( )"
        case Binary():
            left, right = (_constant(each) for each in vertex.arguments)
            if shape.sign == "^" and right:
                return spell.of(Binary("^", Name("x"), shape.right)).text.replace("x", "( )", 1)
            gap = "" if shape.sign == "^" else " "
            return f"{left}{gap}{_SIGNS[shape.sign]}{gap}{right}".strip()
        case Apply():
            constants = [text for each in vertex.arguments if (text := _constant(each))]
            return " ".join([_FUNCTIONS.get(shape.function, shape.function), *constants])
        case _:
            return ""


def _constant(argument: Node) -> str:
    """Return a constant argument, "" for another vertex and "c" for a long one."""
    if isinstance(argument, Name):
        return ""
    shown = spell.of(argument).text
    return shown if len(shown) <= _LONGEST else "c"


def _alt(found: Backprop) -> str:
    """Return the words that carry the picture's numbers."""
    name = spell.variable(found.name).spoken
    said = [f"Computational graph of {name} = {spell.of(found.place.scalar.read.tree).spoken}."]
    for vertex in found.graph.vertices:
        what = spell.variable(vertex.name).spoken
        made = f" = {spell.of(vertex.tree).spoken}" if vertex.arguments else ""
        adjoint = found.found.adjoints.get(vertex.name)
        below = "" if adjoint is None else f", derivative {numbers.decimal(adjoint.decimal, 5)}"
        said.append(f"{what}{made}: {numbers.decimal(found.found.values[vertex.name].decimal, 5)}{below}.")
    return " ".join(said)
