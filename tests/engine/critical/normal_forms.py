"""Functions of u, v and w of which every critical point is known, each with the line that proves it."""

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Rational, acosh, atan, cos, cosh, exp, log, pi, sin, sinh, sqrt, symbols, tanh

U, V, W = symbols("u v w", real=True)
MINIMUM, MAXIMUM, SADDLE, MIXED = "local minimum", "local maximum", "saddle point", "not decided"
At = tuple[Expr, ...]


@dataclass(frozen=True)
class Flat:
    """A set of critical points: the zeros of all equations; kind: of every one, MIXED where they differ.

    samples: points of it, none of them on another set.
    """

    equations: tuple[Expr, ...]
    kind: str
    samples: tuple[tuple[int | Rational, ...], ...]


@dataclass(frozen=True)
class Form:
    """A function of the first one, two or three of u, v, w, and all its critical points and sets of them."""

    f: Expr
    points: dict[At, str]
    sets: tuple[Flat, ...] = ()


def _line(
    f: Expr, minima: tuple[object, ...] = (), maxima: tuple[object, ...] = (), flats: tuple[object, ...] = ()
) -> Form:
    kinds = ((minima, MINIMUM), (maxima, MAXIMUM), (flats, SADDLE))
    return Form(f, {(sp.sympify(at),): kind for ats, kind in kinds for at in ats})


_K = range(-3, 4)
# The derivative is beside each function; a root where it does not change sign is flat.
POLYNOMIALS = (
    _line(U**2, (0,)),
    _line(U - U**2, (), (Rational(1, 2),)),
    _line(U**3 - 3 * U, (1,), (-1,)),
    _line(U**4 - 2 * U**2, (-1, 1), (0,)),
    _line(U**3, (), (), (0,)),
    _line(U**4, (0,)),
    _line(U**5, (), (), (0,)),
    _line(U**3 + U),
    _line(U**4 - 4 * U**3, (3,), (), (0,)),  # 4 u^2 (u - 3)
    _line(3 * U**5 - 5 * U**3, (1,), (-1,), (0,)),  # 15 u^2 (u^2 - 1)
    _line(U**5 - 5 * U, (1,), (-1,)),
    _line((U**2 - 1) ** 3, (0,), (), (-1, 1)),  # 6 u (u^2 - 1)^2
)
TRANSCENDENTAL = (
    _line(exp(U) - 2 * U, (log(2),)),
    _line(exp(U) + exp(-2 * U), (log(2) / 3,)),  # exp(u) = 2 exp(-2u)
    _line(U * exp(-U), (), (1,)),  # (1 - u) exp(-u)
    _line(U**2 * exp(-U), (0,), (2,)),  # u (2 - u) exp(-u)
    _line(U**3 * exp(-U), (), (3,), (0,)),  # u^2 (3 - u) exp(-u)
    _line(U * exp(-(U**2)), (-sqrt(2) / 2,), (sqrt(2) / 2,)),  # (1 - 2u^2) exp(-u^2)
    _line(exp(-(U**2)), (), (0,)),
    _line(log(1 + U**2), (0,)),
    _line(cosh(U), (0,)),
    _line(sinh(U) - 2 * U, (acosh(2),), (-acosh(2),)),
    _line(U - tanh(U), (), (), (0,)),  # tanh(u)^2
    _line(tanh(U) ** 2, (0,)),
    _line(atan(U) - U / 2, (-1,), (1,)),  # 1/(1 + u^2) = 1/2
    _line(sqrt(1 + U**2) - U / 2, (1 / sqrt(3),)),  # u/sqrt(1 + u^2) = 1/2
    _line(U - log(U), (1,)),  # for u > 0
    _line(U * log(U), (exp(-1),)),  # log(u) + 1
    _line(log(U) / U, (), (sp.E,)),  # (1 - log(u))/u^2
    _line(U + 2 * cos(U), tuple(5 * pi / 6 + 2 * pi * k for k in _K), tuple(pi / 6 + 2 * pi * k for k in _K)),
    _line(U - sin(U), (), (), tuple(2 * pi * k for k in _K)),  # 1 - cos(u), zero and never negative
    _line(exp(sin(U)), tuple(-pi / 2 + 2 * pi * k for k in _K), tuple(pi / 2 + 2 * pi * k for k in _K)),
)
RATIONAL = (
    _line(U / (1 + U**2), (-1,), (1,)),
    _line(1 / (1 + U**2), (), (0,)),
    _line(U**2 / (1 + U**2), (0,)),
    _line(U**3 / (1 + U**2), (), (), (0,)),  # u^2 (u^2 + 3)/(1 + u^2)^2
    _line(U + 1 / U, (1,), (-1,)),
    _line(U**2 + 2 / U, (1,)),
    _line(U**2 / (U - 1), (2,), (0,)),  # u (u - 2)/(u - 1)^2
    _line(1 / (U**2 - 1), (), (0,)),
    _line(U**3 / (U**2 - 3), (3,), (-3,), (0,)),  # u^2 (u^2 - 9)/(u^2 - 3)^2
    _line(U / (U**2 - 1)),  # -(u^2 + 1)/(u^2 - 1)^2
)
_O = (sp.S.Zero, sp.S.Zero)
_TWO = (Rational(1, 2), 1, 2)
_UP = tuple((0, v) for v in (-1, *_TWO))
_ALONG = tuple((u, 0) for u in (-1, *_TWO))

_ROUND = ((1, 0), (0, -1), (Rational(3, 5), Rational(4, 5)))
_ROUND_3 = ((1, 0, 0), (0, -1, 0))


def _origin(f: Expr, kind: str) -> Form:
    return Form(f, {_O: kind})


# In a form of one degree, f = 0 wherever its gradient is 0 (Euler).
PLANE = (
    _origin(U**3 - 3 * U * V**2, SADDLE),  # the monkey saddle; odd
    _origin(U**2 * V + V**3, SADDLE),  # f_u = 2uv; odd
    _origin(U**2 * V + V**4, SADDLE),  # v u^2 takes both signs near u axis: v = -u^2
    _origin(U**3 + V**4, SADDLE),  # both summands flat in 0 only; odd in u
    _origin(U**3 + U * V**3, SADDLE),  # f_v = 3uv^2, so f_u = 3u^2 or v^3; odd along v = 0
    _origin(U**3 + V**5, SADDLE),
    _origin(U**2 + V**5, SADDLE),
    _origin((V - U**2) * (V - 3 * U**2), SADDLE),  # f_v = 0: v = 2u^2, f_u = -4u^3; there f = -u^4
    _origin((V - U**2) ** 2 + U**4, MINIMUM),  # squares that vanish together in 0 only; f_v = 0: v = u^2, u^3 = 0
    _origin((V - U**2) ** 2 + U**5, SADDLE),  # the same with u^4 = 0; along v = u^2 it is u^5
    _origin(U**4 - U**2 * V**2 + V**4, MINIMUM),  # a positive form
    _origin(U**4 - 3 * U**2 * V**2 + V**4, SADDLE),  # f_u = 2u(2u^2 - 3v^2), f_v = 2v(2v^2 - 3u^2); f(1, 1) < 0
    _origin(U**2 - V**4, SADDLE),
    _origin(U**2 + V**6, MINIMUM),
    _origin(U**4 + V**6, MINIMUM),
    _origin(U**6 - V**2, SADDLE),
    Form(U**3 + V**3 - 3 * U * V, {_O: SADDLE, (sp.S.One, sp.S.One): MINIMUM}),  # u^2 = v, v^2 = u
    Form(
        U**4 + V**4 - 4 * U * V, {_O: SADDLE, (sp.S.One,) * 2: MINIMUM, (-sp.S.One,) * 2: MINIMUM}
    ),  # u^3 = v, v^3 = u
    Form(U**2 + V**4 - V**3, {_O: SADDLE, (sp.S.Zero, Rational(3, 4)): MINIMUM}),  # v^2 (4v - 3)
)
SETS = (
    Form(U**2, {}, (Flat((U,), MINIMUM, _UP),)),
    Form(U**3, {}, (Flat((U,), SADDLE, _UP),)),
    Form(U**4 + 0 * V, {}, (Flat((U,), MINIMUM, _UP),)),
    Form((U * V) ** 2, {}, (Flat((U,), MINIMUM, _UP), Flat((V,), MINIMUM, _ALONG))),
    Form(U**4 * V**2, {}, (Flat((U,), MINIMUM, _UP), Flat((V,), MINIMUM, _ALONG))),
    Form(U**2 * (V**2 + 1), {}, (Flat((U,), MINIMUM, _UP),)),
    Form(U**2 * (V**2 + U**2), {}, (Flat((U,), MINIMUM, _UP),)),  # f_u = 2u(v^2 + 2u^2)
    Form(U**2 * V, {}, (Flat((U,), MIXED, _UP),)),  # a minimum for v > 0, a maximum for v < 0
    Form(U**2 * (V**2 - 1), {}, (Flat((U,), MIXED, _UP[1:2]),)),  # f_v = 2u^2 v, and v = 0 asks for u = 0
    Form(U**2 * V**3, {}, (Flat((U,), MIXED, _UP), Flat((V,), SADDLE, _ALONG))),  # v^3 changes sign
    Form(
        (U * V * (U - V)) ** 2,
        {},
        tuple(Flat((e,), MINIMUM, s) for e, s in ((U, _UP), (V, _ALONG), (U - V, ((1, 1), (-1, -1))))),
    ),
    # 2p grad p with p = 0 on the curve; grad p = 0 off it in the origin at most
    Form(
        (U**2 + V**2 - 1) ** 2,
        {_O: MAXIMUM},
        (Flat((U**2 + V**2 - 1,), MINIMUM, _ROUND),),
    ),
    Form(
        (U**2 + V**2 - 1) ** 3,
        {_O: MINIMUM},
        (Flat((U**2 + V**2 - 1,), SADDLE, _ROUND),),
    ),
    Form((U * V - 1) ** 2, {_O: SADDLE}, (Flat((U * V - 1,), MINIMUM, ((1, 1), (-1, -1), (2, Rational(1, 2)))),)),
    Form((U**3 - V**2) ** 2, {}, (Flat((U**3 - V**2,), MINIMUM, ((1, 1), (1, -1), (Rational(1, 4), Rational(1, 8)))),)),
    Form(exp(V) * U**2, {}, (Flat((U,), MINIMUM, _UP),)),
    Form(exp(V) * U**3, {}, (Flat((U,), SADDLE, _UP),)),
    Form((2 + sin(V)) * U**2, {}, (Flat((U,), MINIMUM, _UP),)),
)
_OOO = (sp.S.Zero,) * 3
_SIGNS = ((1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1))
_AXES = tuple(tuple((0,) * i + (t,) + (0,) * (2 - i) for t in (-1, 1, 2)) for i in range(3))
SPACE = (
    Form(
        U**2 + V**2 + W**2 - 2 * U * V * W, {_OOO: MINIMUM} | {tuple(map(sp.S, s)): SADDLE for s in _SIGNS}
    ),  # u = vw ..
    Form(
        U**4 + V**4 + W**4 - 4 * U * V * W, {_OOO: SADDLE} | {tuple(map(sp.S, s)): MINIMUM for s in _SIGNS}
    ),  # u^3 = vw
    Form(U**3 - 3 * U * V**2 + W**2, {_OOO: SADDLE}),
    Form(U**3 + V**3 + W**3 - 3 * U * V, {_OOO: SADDLE, (sp.S.One, sp.S.One, sp.S.Zero): SADDLE}),  # odd in w
    Form(U**2 + V**4 + W**6, {_OOO: MINIMUM}),
    Form(U**2 + V**4 - W**4, {_OOO: SADDLE}),
    Form(U**4 + V**4 + W**4 - U**2 * V**2, {_OOO: MINIMUM}),  # a positive form
    Form((V - U**2) ** 2 + U**4 + W**2, {_OOO: MINIMUM}),
    Form((V - U**2) * (V - 3 * U**2) + W**2, {_OOO: SADDLE}),
    Form(U * V + W**3, {_OOO: SADDLE}),
    Form(U**2, {}, (Flat((U,), MINIMUM, ((0, 1, 2), (0, -1, 1))),)),
    Form(U**2 + V**2, {}, (Flat((U, V), MINIMUM, _AXES[2]),)),
    Form(U**2 - V**2, {}, (Flat((U, V), SADDLE, _AXES[2]),)),
    Form(U**2 * (V**2 + W**2 + 1), {}, (Flat((U,), MINIMUM, ((0, 1, 2), (0, -1, 1))),)),
    Form((U * V) ** 2 + W**2, {}, (Flat((U, W), MINIMUM, _AXES[1]), Flat((V, W), MINIMUM, _AXES[0]))),
    # two of the three are 0: a saddle across each axis, and odd in the origin
    Form(U * V * W, {}, tuple(Flat(e, SADDLE, a) for e, a in zip(((V, W), (U, W), (U, V)), _AXES, strict=True))),
    Form(
        (U**2 + V**2 + W**2 - 1) ** 2,
        {_OOO: MAXIMUM},
        (Flat((U**2 + V**2 + W**2 - 1,), MINIMUM, _ROUND_3),),
    ),
    Form((U**2 + V**2 - 1) ** 2 + W**2, {_OOO: SADDLE}, (Flat((U**2 + V**2 - 1, W), MINIMUM, _ROUND_3),)),
)
