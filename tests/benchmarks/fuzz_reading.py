"""Texts nobody would type, to find one that reading does more with than refuse it.

python tests/benchmarks/fuzz_reading.py 1000000 7     so many mutations of the corpora, from this seed
python tests/benchmarks/fuzz_reading.py --coverage    without end, guided by coverage, where atheris is installed

Both read every text as an expression and as one of the other kinds. The first prints the slowest text
and ends with 1 where anything but a refusal was raised.
"""

import contextlib
import importlib
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from engine.errors import Refused
from engine.reading import kinds, read_expression
from engine.reading.tree import Number, names_in, walk
from engine.spelling.plain import plain
from engine.spelling.unicode import unicode

CORPORA = Path(__file__).parents[1] / "corpora"
PIECES = (
    r"\frac", r"\frac{", r"\sqrt[", r"\left(", r"\right)", r"\left|", r"\right|", r"\begin{cases}", r"\end{cases}",
    r"\begin{bmatrix}", r"\end{bmatrix}", r"\text{if}", r"\mathrm{", r"\hat{i}", r"\vec", r"\sin", r"\\", "||",
    "log_", "atan2(", "sum(", "max(", "piecewise((", " if ", " else ", " for ", " and ", " or ", "10^", "1e",
    "_{", "**",
    "```", "k̂", "\u200b", "\u202e", "..", "oo", "none", "saddle at ", "at ", "x=", "to ", "sin",
    *"\\{}()[]|<>⟨⟩&;,^_xy20e!%=≤≠-+*/$`'\"±∞∇∂√∛⌊⌋½²₁ᵢπθîх∪ \n",
)  # fmt: skip


def seeds() -> list[str]:
    """Return the texts of the corpora that are short enough to be read."""
    found = []
    for name in ("parse_ok", "parse_reject", "attack"):
        for item in json.loads((CORPORA / f"{name}.json").read_text(encoding="utf-8"))["items"]:
            text = item.get("input") or "".join(part * times for part, times in item.get("recipe", ()))
            found += [text] if 0 < len(text) <= 400 else []
    return found


def mutated(texts: list[str], draw: random.Random) -> str:
    """Return a text with some of its pieces cut, doubled, joined to another's, or replaced."""
    text = draw.choice(texts)
    for _ in range(draw.randint(1, 5)):
        at, to = sorted((draw.randint(0, len(text)), draw.randint(0, len(text))))
        match draw.randrange(6):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:to] + text[at:]
            case 2:
                other = draw.choice(texts)
                text = text[:at] + other[draw.randint(0, len(other)) :]
            case 3:
                text = text[:at] + draw.choice(PIECES) * draw.choice((1, 1, 1, 2, 40)) + text[at:]
            case 4:
                text = text[:at] + draw.choice(PIECES) + text[at + 1 :]
            case _:
                text = text[:at] + chr(draw.choice((draw.randrange(128), draw.randrange(0x3000)))) + text[at:]
    return text[:1700]


def check(text: str, kind: kinds.Kind) -> None:
    """Read a text in both ways; what is read as an expression is the same when it is spelled and read again."""
    with contextlib.suppress(Refused):
        kinds.read(text, kind, ("x", "y"))
    span = None
    try:
        tree = read_expression(text).tree
    except Refused as refused:
        tree, span = None, refused.span
    if span is not None and not 0 <= span[0] <= span[1] <= len(text):
        raise AssertionError(span)
    if tree is None:
        return
    # 2e-15 is a number, and written out 2·10^(-15) a product.
    exact = not any(isinstance(each, Number) and "e" in each.text.lower() for each in walk(tree))
    for spelled in (plain(tree), *([unicode(tree)] if exact else [])):
        with contextlib.suppress(Refused):
            again = read_expression(spelled, tuple(names_in(tree))).tree
            if plain(again) != plain(tree):
                raise AssertionError(spelled)


def count(times: int, seed: int) -> int:
    """Check so many mutations; return 1 where one raised anything but a refusal, else 0."""
    draw, texts = random.Random(seed), seeds()  # noqa: S311 - texts to try, no secrets
    slowest, longest, failures = 0.0, "", Counter[str]()
    for _ in range(times):
        text, kind = mutated(texts, draw), draw.choice(kinds.KINDS)
        started = time.process_time()
        try:
            check(text, kind)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            failures[type(error).__name__] += 1
            print(f"{type(error).__name__}: {error} as {kind} from {text!r}")
        taken = time.process_time() - started
        slowest, longest = max((slowest, longest), (taken, text))
    print(f"{times} texts, {sum(failures.values())} failures, slowest {1000 * slowest:.1f} ms: {longest[:120]!r}")
    return 1 if failures else 0


def guided() -> None:
    """Hand texts made by coverage to `check` without end."""
    atheris = importlib.import_module("atheris")

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        kind = kinds.KINDS[provider.ConsumeIntInRange(0, len(kinds.KINDS) - 1)]
        check(provider.ConsumeUnicodeNoSurrogates(400), kind)

    atheris.instrument_all()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    if "--coverage" in sys.argv:
        sys.argv.remove("--coverage")
        guided()
    else:
        given = [int(each) for each in sys.argv[1:]]
        sys.exit(count(*[*given, *(100_000, 0)[len(given) :]]))
