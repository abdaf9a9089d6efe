"""The words with a meaning of their own: functions, and those that part the cases of a function."""

# Typed spelling -> the function's one name, and how many arguments it takes.
FUNCTIONS: dict[str, tuple[str, int, int]] = {
    **{name: (name, 1, 1) for name in ("sin", "cos", "tan", "cot", "sec", "csc", "exp", "ln", "sqrt", "abs")},
    **{name: (name, 1, 1) for name in ("asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh")},
    **{name: (name, 1, 1) for name in ("sech", "csch", "coth", "sigmoid", "relu", "sign", "step", "floor", "ceil")},
    "log": ("ln", 1, 1), "sgn": ("sign", 1, 1), "cosec": ("csc", 1, 1), "cotan": ("cot", 1, 1),
    "arcsin": ("asin", 1, 1), "arccos": ("acos", 1, 1), "arctan": ("atan", 1, 1),
    "arsinh": ("asinh", 1, 1), "arcosh": ("acosh", 1, 1), "artanh": ("atanh", 1, 1),
    "arcsinh": ("asinh", 1, 1), "arccosh": ("acosh", 1, 1), "arctanh": ("atanh", 1, 1),
    "min": ("min", 2, 8), "max": ("max", 2, 8), "atan2": ("atan2", 2, 2),
    "cbrt": ("cbrt", 1, 1), "root": ("root", 2, 2), "norm": ("norm", 1, 8), "hypot": ("hypot", 2, 8),
    "heaviside": ("step", 1, 1), "ceiling": ("ceil", 1, 1), "piecewise": ("piecewise", 1, 8),
    **{name: (name, 1, 1) for name in ("asec", "acsc", "acoth", "asech", "acsch")},
    "arcsec": ("asec", 1, 1), "arccsc": ("acsc", 1, 1), "arccosec": ("acsc", 1, 1), "arcoth": ("acoth", 1, 1),
    "arsech": ("asech", 1, 1), "arcsch": ("acsch", 1, 1),
    "sum": ("sum", 1, 1), "mean": ("mean", 1, 1),
}  # fmt: skip
# The inverse functions that are others of 1/x, whoever defines them: arcsec x is arccos(1/x).
RECIPROCAL = {"asec": "acos", "acsc": "asin", "acoth": "atanh", "asech": "acosh", "acsch": "asinh"}
INVERSE = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}

# The trees of these are Apply nodes too: "cases" has value, condition, value, condition, .., and a last value
# where there is one for everything else; a condition is a comparison of two trees, or an "and" of some.
CASES = "cases"
COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
CONDITIONS = frozenset((*COMPARISONS, "and"))
# Over data only, until they are written out (engine.reading.data).
OVER_DATA = frozenset(("sum", "mean"))

IF = frozenset(("if", "for", "when"))
ELSE = frozenset(("else", "otherwise", "true"))
KEYWORDS = IF | ELSE | {"and"}
