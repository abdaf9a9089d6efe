"""Derivatives by rule: f, the variable, rules that must be named, one of each group, rules that must not."""

SAMPLES: tuple[tuple[str, str, tuple[str, ...], tuple[tuple[str, ...], ...], tuple[str, ...]], ...] = (
    ("x^2*y^3", "x", ("power", "hold-constant"), (), ("product", "chain")),
    ("x^2*y^3+exp(x*y)", "y", ("sum", "power", "chain", "exp", "hold-constant"), (), ("product",)),
    ("100x+80y-x^2-y^2-0.5x*y", "x", ("sum", "power", "constant-multiple", "hold-constant"), (), ()),
    ("cos(2x-y^2)", "x", ("chain", "cos", "sum"), (), ()),
    ("(3x+2y)^4", "x", ("chain", "power", "sum"), (), ("product",)),
    ("sqrt(x^2+y^2)", "y", ("chain", "sum", "power"), (("sqrt", "power"),), ()),
    ("80exp(-((x-3)^2+(y-2)^2)/10)", "x", ("chain", "exp", "power", "constant-multiple", "hold-constant"), (), ()),
    ("60exp(-((x+2)^2+(y+1)^2)/5)", "y", ("chain", "exp", "power", "constant-multiple", "hold-constant"), (), ()),
    (
        "100sqrt(x)+80sqrt(y)+10sqrt(x*y)",
        "x",
        ("sum", "constant-multiple", "chain", "hold-constant"),
        (("sqrt", "power"),),
        (),
    ),
    ("x*exp(x*y)", "y", ("chain", "exp", "hold-constant"), (), ("product",)),
    ("x*y/(x^2+1)", "y", ("hold-constant",), (), ("chain",)),
    ("3^(x*y)", "x", ("exp-base", "chain", "hold-constant"), (), ()),
    ("ln(1+exp(w*x))", "w", ("chain", "log", "exp", "sum", "hold-constant"), (), ()),
    ("(w*x+b-y)^2", "b", ("chain", "power", "sum", "hold-constant"), (), ()),
    ("((w+b-3)^2+(2w+b-5)^2+(3w+b-7)^2)/3", "w", ("sum", "chain", "power", "constant-multiple"), (), ()),
)
