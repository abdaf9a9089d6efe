"""Words that are no formula: what may have been meant."""

import difflib
import re
import string

from engine.errors import Span, UnknownName
from engine.reading.functions import FUNCTIONS
from engine.reading.letters import GREEK

# Words of prose and program code that would otherwise pass as products of letters.
PROSE = {"if", "or", "is", "as", "in", "at", "to", "of", "on", "by", "nan", "inf", "and", "not", "oo", "id"}
# Functions Nabla does not do, and how they are written with those it does; as products of letters they
# would be read as something else.
_UNDONE = {
    "arccot": "arctan(1/x)", "acot": "arctan(1/x)", "sqr": "sqrt(x)", "squareroot": "sqrt(x)", "square": "x^2",
    "pow": "x^2",
    "softplus": "ln(1+e^x)", "logistic": "sigmoid(x)", "sinc": "sin(x)/x", "versin": "1-cos(x)",
    "mod": "", "prod": "", "product": "", "int": "", "det": "", "div": "", "curl": "", "erf": "",
    "binomial": "", "factorial": "5!", "lim": "", "round": "", "trunc": "", "integrate": "", "diff": "",
}  # fmt: skip
_ABBREVIATED = {
    "tg": "tan", "ctg": "cot", "cotg": "cot", "lg": "log_10", "lb": "log_2", "sh": "sinh", "ch": "cosh", "th": "tanh",
    "sen": "sin", "arctg": "arctan", "arcsen": "arcsin", "sine": "sin", "cosine": "cos",
    "tangent": "tan", "maximum": "max", "minimum": "min", "average": "mean", "magnitude": "abs",
}  # fmt: skip
# The longest first, so that the whole word is named; short ones occur in too many products to be looked for.
_HIDDEN = sorted((word for word in _UNDONE if len(word) > 4), key=len, reverse=True)
_LONGEST = max(map(len, FUNCTIONS)) + 2
# Letters that could be a slip of the fingers; x, y and z are what functions are about.
_LETTERS = frozenset(string.ascii_letters) - frozenset("xyz")
_PAIRS = (frozenset("abc"), frozenset("mn"))
_GREEK = {*GREEK.values(), "lambda", "Lambda"}


def refuse_undone(run: str, span: Span) -> None:
    """Refuse (UnknownName) a word that names a function Nabla does not do, or abbreviates one it does."""
    lower = run.lower()
    if lower in _ABBREVIATED:
        meant = _ABBREVIATED[lower]
        raise UnknownName(f'I do not know "{run}". Did you mean {meant}?', span=span, suggestions=(meant,))
    word = lower if lower in _UNDONE else next((each for each in _HIDDEN if each in lower), None)
    if word is None:
        return
    if instead := _UNDONE[word]:
        raise UnknownName(f'I do not do "{word}"; write it like {instead}.', span=span, suggestions=(instead,))
    raise UnknownName(f'I do not do "{word}".', span=span)


def refuse_slip(
    run: str, parts: list[str], functions: list[bool], sure: frozenset[str], span: Span, *, opened: bool
) -> None:
    """Refuse (UnknownName) a run that is rather a function's name with a slip than a product: sinn(x), ccos(x), nl(x).

    parts, functions: what the run was split into, and which parts are functions.
    sure:             letters that are used alone elsewhere, so that they are factors here too.
    opened:           whether a bracket follows.
    """
    stray = [len(part) == 1 and part in _LETTERS and part not in sure for part in parts]
    last = len(parts) - 1
    for at in (i for i, function in enumerate(functions) if function):
        word = parts[at]
        before = at > 0 and stray[at - 1] and parts[at - 1] == word[0] and opened
        behind = at < last and all(stray[at + 1 :]) and (opened or (at + 1 == last and parts[last] == word[-1]))
        if not before and not behind:
            continue
        rest = "".join(parts[at + 1 :])
        meant = "".join(parts[: at - before]) + word + ("" if behind else rest)
        product = "".join(parts[: at - 1]) + f"{word[0]}*{word}" if before else f"{word}({rest})*"
        said = f'I do not know "{run[:20]}". Did you mean {word}? For a product write {product}(..).'
        raise UnknownName(said, span=span, suggestions=(meant,))
    together = len(run) == 2 and any(set(run) <= family for family in _PAIRS)
    if opened and sum(stray) == len(parts) == len(run) > 1 and not together and (near := _left_out(run)):
        said = f'I do not know "{run}". Did you mean {" or ".join(near)}? For a product write {"*".join(run)}*(..).'
        raise UnknownName(said, span=span, suggestions=near)


def _left_out(run: str) -> tuple[str, ...]:
    """Return up to two functions of which a letter behind the first was left out, or two letters were swapped."""
    swapped = {run[:i] + run[i + 1] + run[i] + run[i + 2 :] for i in range(len(run) - 1)}
    found = [
        word
        for word in FUNCTIONS
        if word in swapped or (word[0] == run[0] and any(word[:i] + word[i + 1 :] == run for i in range(1, len(word))))
    ]
    return tuple(found[:2])


def unknown(run: str, span: Span, declared: frozenset[str]) -> UnknownName:
    """Return the refusal of a word, with what it may have been meant to be."""
    shown = run if len(run) <= 20 else run[:20] + "…"
    if near := _near(run.lower(), sorted({*FUNCTIONS, *_GREEK, *declared})):
        return UnknownName(f'I do not know "{shown}". Did you mean {" or ".join(near)}?', span=span, suggestions=near)
    if re.fullmatch(r"[a-zA-Z]{2}", run) and run.lower() not in PROSE:
        product = "*".join(run)
        return UnknownName(
            f'I do not know "{shown}". For a product write {product}.', span=span, suggestions=(product,)
        )
    return UnknownName(f'I do not know "{shown}".', span=span)


def _near(run: str, known: list[str]) -> tuple[str, ...]:
    """Return up to two known words that a slip of the fingers turns into this one, best first."""
    if len(run) > _LONGEST:
        return ()
    turned = [word for word in known if len(word) == len(run) > 2 and sorted(word) == sorted(run)]
    close = difflib.get_close_matches(run, known, n=4, cutoff=0.6)
    same = [word for word in close if word[0] == run[0] and abs(len(word) - len(run)) <= 1]
    return tuple(dict.fromkeys([*turned, *same]))[:2]
