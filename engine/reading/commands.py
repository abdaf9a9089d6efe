"""The commands of LaTeX that are read, by what they stand for in plain characters."""

from engine.reading.letters import GREEK

SYMBOLS = {
    **{name.replace("lamda", "lambda").replace("Lamda", "Lambda"): letter for letter, name in GREEK.items()},
    "varphi": "φ", "vartheta": "θ", "varepsilon": "ε", "varrho": "ρ", "varsigma": "σ", "varpi": "π", "ell": "l",
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥",
    "geqslant": "≥", "ne": "≠", "neq": "≠", "lt": "<", "gt": ">", "pm": "±", "to": "→", "rightarrow": "→",
    "infty": "∞", "cup": "∪", "in": "∈", "approx": "≈", "emptyset": "∅", "varnothing": "∅", "nabla": "∇",
    "partial": "∂", "imath": "î", "jmath": "ĵ", "colon": ":", "prime": "'", "land": " and ", "wedge": " and ",
    "langle": "<", "rangle": ">", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "vert": "|", "mid": "|",
    "lvert": " abs(", "rvert": ")", "lVert": " norm(", "rVert": ")",
    "lfloor": " floor(", "rfloor": ")", "lceil": " ceil(", "rceil": ")",
    **dict.fromkeys((",", ";", ":", "!", " ", "quad", "qquad", "enspace", "thinspace"), " "),
    "{": "{", "}": "}", "%": "%", "&": "&", "_": "_", "^": "^",
}  # fmt: skip
FUNCTIONS = {
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "exp",
    "ln", "log", "min", "max",
}  # fmt: skip
ABBREVIATED = {"lg": "log_10"}
IGNORED = {
    "displaystyle", "textstyle", "limits", "nolimits", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl",
    "Bigr", "biggl", "biggr", "Biggl", "Biggr",
}  # fmt: skip
WORDS = {"operatorname", "mathrm", "text", "textrm", "textit", "mathit", "mathop", "mbox", "textup"}
MARKS = {"mathbf", "vec", "hat", "widehat", "boldsymbol", "bm", "textbf", "bar", "overline", "tilde", "dot", "ddot"}
# Those that mark a vector; the others make another name of the letter.
VECTORS = {"mathbf", "vec", "boldsymbol", "bm", "textbf"}
FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac"}
OTHERS = {"sqrt", "left", "right", "begin", "end", "mathbb"}
UNDONE = {
    "int",
    "iint",
    "iiint",
    "oint",
    "sum",
    "prod",
    "lim",
    "binom",
    "det",
    "gcd",
    "Re",
    "Im",
    "bmod",
    "pmod",
    "mod",
}
ALL = {*SYMBOLS, *FUNCTIONS, *ABBREVIATED, *IGNORED, *WORDS, *MARKS, *FRACTIONS, *OTHERS}

# What \left and \right stand before: the plain opening, and what may close it. "." is the invisible one.
LEFT = {
    "(": "(", "[": "[", r"\{": "{", r"\lbrace": "{", "<": "<", r"\langle": "<", ".": "", "|": " abs(",
    r"\vert": " abs(", r"\lvert": " abs(", r"\|": " norm(", r"\Vert": " norm(", r"\lVert": " norm(",
    r"\lfloor": " floor(", r"\lceil": " ceil(",
}  # fmt: skip
RIGHT = {
    ")": ")", "]": "]", r"\}": "}", r"\rbrace": "}", ">": ">", r"\rangle": ">", ".": "", "|": " abs(",
    r"\vert": " abs(", r"\rvert": " abs(", r"\|": " norm(", r"\Vert": " norm(", r"\rVert": " norm(",
    r"\rfloor": " floor(", r"\rceil": " ceil(",
}  # fmt: skip
PARTNERS = {"(": ")]", "[": ")]", "{": "}", "<": ">", "": ""}

MATRICES = {"matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array"}
CASES = {"cases", "dcases", "rcases"}
PAGES = {"equation", "equation*", "align", "align*", "aligned", "gather", "gather*", "math", "displaymath", "split"}
