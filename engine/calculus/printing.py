"""SymPy syntax, to be read back with the variables declared as symbols."""

from functools import lru_cache

from sympy import Basic
from sympy.core.numbers import Exp1
from sympy.printing.str import StrPrinter


class _Printer(StrPrinter):  # type: ignore[misc]  # SymPy ships no types
    """Euler's number is exp(1) here: a variable may be called E, and would be taken for it."""

    def _print_Exp1(self, expr: Exp1) -> str:  # noqa: N802, ARG002 - the printer's own names
        return "exp(1)"


_PRINTER = _Printer({"order": None})
# Putting the terms of a constant in order would compute every one of them.
_UNSORTED = _Printer({"order": "none"})


# The steps of an answer name the same long expression again and again.
@lru_cache(maxsize=256)
def syntax(value: Basic) -> str:
    """Return a value in SymPy syntax."""
    text: str = (_PRINTER if value.free_symbols else _UNSORTED).doprint(value)
    return text
