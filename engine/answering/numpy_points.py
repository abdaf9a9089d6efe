"""NumPy code that checks listed points: critical points, candidates under constraints."""

from collections.abc import Iterable

from engine.answering import numpy_parts as parts
from engine.answering.numpy_parts import Code, Read
from engine.answering.subjects import read_subject
from engine.building import build
from engine.calculus.printing import syntax
from engine.errors import NotSupported
from engine.reading.shapes import Relation
from engine.values import Json

_MOST = 12


def critical(read: Read, data: Json) -> Code:
    """Return f, its gradient and Hessian: at each listed point the value, the gradient, the eigenvalues."""
    if data["cases"] is not None or data["parameters"]:
        raise NotSupported("I write no code for an answer by cases; give the parameters numbers.")
    points = _listed(data["points"], "critical point")
    names = data["variables"]
    f = parts.called(names)
    code = parts.function(f, names, data["f"])
    code += parts.vector_function("gradient", names, parts.gradient(read, data))
    code += parts.matrix_function("hessian", names, parts.hessian(read, data))
    code += [
        "",
        "",
        f"points = np.array({_places(points)})",
        *parts.printed(values=f"[float({f}(*at)) for at in points]"),
    ]
    if not all(each["smooth"] for each in points):
        rough = [i for i, each in enumerate(points) if not each["smooth"]]
        code.append(f"# f is not differentiable at points {', '.join(map(str, rough))}, counted from 0.")
        code.append(f"points = [at for i, at in enumerate(points) if i not in {rough}]")
    checks = {
        "gradients": "[gradient(*at).tolist() for at in points]",
        "eigenvalues": "[np.linalg.eigvalsh(hessian(*at)).tolist() for at in points]",
    }
    return [*code, *parts.printed(**checks)]


def optimize(read: Read, data: Json) -> Code:
    """Return f and the constraints: at each candidate the values of both, and how far ∇f = Σ λ∇g is off."""
    if data["parameters"]:
        raise NotSupported("I write no code for an answer with parameters; give them numbers.")
    found = _listed(data["candidates"], "candidate")
    names = data["variables"]
    f = parts.called(names)
    relations = read_subject(read["subject"], read["f"]).relations
    code = parts.function(f, names, data["f"])
    # The differences are those of the constraints as typed, as the multipliers want them.
    code += parts.vector_function("constraints", names, [_difference(each) for each in relations])
    code += ["", "", f"candidates = np.array({_places(found)})"]
    code += parts.printed(
        values=f"[float({f}(*at)) for at in candidates]", constraints="[constraints(*at).tolist() for at in candidates]"
    )
    regular = [each for each in found if each["multipliers"] is not None]
    return code if not regular else [*code, *_stationary(read, data, relations, regular)]


def _stationary(read: Read, data: Json, relations: Iterable[Relation], regular: list[Json]) -> Code:
    names = data["variables"]
    slopes = [parts.slopes(build(each.left) - build(each.right), data) for each in relations]
    code = parts.vector_function("gradient", names, parts.gradient(read, data))
    code += parts.matrix_function("normals", names, slopes)
    multipliers = [parts.vector(each["multipliers"], each["multipliers_decimal"]) for each in regular]
    code += ["", "", f"regular = np.array({_places(regular)})", f"multipliers = [{', '.join(multipliers)}]"]
    left = "[(gradient(*at) - np.dot(known, normals(*at))).tolist() for at, known in zip(regular, multipliers)]"
    return [
        *code,
        "# The gradient of f, less the multipliers times those of the constraints: zero.",
        *parts.printed(left=left),
    ]


def _difference(relation: Relation) -> str:
    return syntax(build(relation.left) - build(relation.right))


def _places(points: Iterable[Json]) -> str:
    return f"[{', '.join(parts.vector(each['at'], each['decimal']) for each in points)}]"


def is_listed(points: list[Json]) -> bool:
    """Tell whether there are points, and not too many to be written down."""
    return 0 < len(points) <= _MOST


def _listed(points: list[Json], kind: str) -> list[Json]:
    """Return the points; refuses where there are none, or too many to be written down."""
    if not points:
        raise NotSupported(f"There is no {kind} to write code for.")
    if len(points) > _MOST:
        raise NotSupported(f"There are more than {_MOST} {kind}s; I write code for so many at most.")
    return points
