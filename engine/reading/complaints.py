"""What is said where a text stops being a formula."""

from engine.errors import MissingOperand, NotAnExpression, NotMathematics, Refused, Span, Unbalanced, UnknownName
from engine.reading.characters import Source
from engine.reading.tokens import END, Token

# Tokens with a meaning in other things than expressions, and what is said of them here.
_ELSEWHERE: dict[str, tuple[type[Refused], str]] = {
    "row": (NotAnExpression, "One formula at a time; leave out what stands from here on."),
    "cell": (NotAnExpression, "Cells belong to a matrix; give one formula."),
    "unit": (NotAnExpression, "A unit vector makes this a vector; give a function alone."),
    "nabla": (NotMathematics, "I do not read ∇ in a formula; /grad gives the gradient of a function."),
    "partial": (NotMathematics, "I do not read ∂ in a formula; /grad gives the derivatives of a function."),
    "infinity": (NotMathematics, "Infinity is no number I can calculate with."),
    "factorial": (NotMathematics, "I do factorials of whole numbers only, as in 5!."),
    "percent": (NotMathematics, "A percent sign belongs behind a number that stands alone; write 0.5 for 50%."),
}
_BETWEEN = frozenset(("sign", "power"))


def rest(token: Token, span: Span) -> Refused:
    """Return the refusal of what stands where the text or a bracket should end."""
    if token.kind in _ELSEWHERE:
        refusal, said = _ELSEWHERE[token.kind]
        return refusal(said, span=span)
    match token.kind:
        case "close":
            return Unbalanced(f'This "{token.text}" has no partner.', span=span, suggestions=("",))
        case "bar":
            return Unbalanced("This | has no partner.", span=span)
        case "comma":
            said = "A comma makes a list of formulas; give one at a time."
            return NotAnExpression(said, span=span, suggestions=("one function at a time",))
        case "relation" | "angle":
            return NotAnExpression(
                f'"{token.text}" makes this an equation or inequality; give a function alone.', span=span
            )
        case "number":
            said = f'Before "{token.text}" a sign is missing: + - * / or ^.'
            return MissingOperand(said, span=span, suggestions=(f"*{token.text}", f"^{token.text}"))
        case "keyword":
            return UnknownName(f'I do not know what "{token.text}" is to mean here.', span=span)
        case _:
            return MissingOperand(f'I did not expect "{token.text}" here.', span=span)


def missing(source: Source, before: Token | None, token: Token) -> Refused:
    """Return the refusal of a place where an operand belongs; `before` stands left of it."""
    span = source.span(token.start, token.end)
    if token.kind in _ELSEWHERE and before is None:
        return rest(token, span)
    if token.kind in {"relation", "angle"}:
        return NotAnExpression(f'"{token.text}" has no place in a function; give the formula alone.', span=span)
    if token.kind in _BETWEEN and before is not None and before.kind in _BETWEEN:
        span = source.span(before.start, token.end)
        said = f'Between "{before.text}" and "{token.text}" a number, a name or "(" belongs.'
        return MissingOperand(said, span=span, suggestions=(before.text, token.text))
    if token.kind == "close" and before is None:
        return Unbalanced(f'This "{token.text}" has no partner.', span=span)
    if before is not None and token.kind in {"close", "comma", "row", "cell", "keyword", END}:
        span = source.span(before.start, max(token.end, before.end))
        return MissingOperand(f'After "{before.text}" a number, a name or "(" belongs.', span=span)
    return (
        rest(token, span)
        if token.kind in {*_ELSEWHERE, "keyword"}
        else MissingOperand('A number, a name or "(" belongs here.', span=span)
    )


def unclosed(source: Source, opening: Token, missing: str) -> Refused:
    """Return the refusal of a bracket that the text ends in; `missing`: the brackets that would close all."""
    span = source.span(opening.start, len(source.text.rstrip()))
    closed = source.original[span[0] : span[1]] + missing
    return Unbalanced(f'This "{opening.text}" is never closed.', span=span, suggestions=(closed,))


def lonely(function: str, span: Span) -> Refused:
    """Return the refusal of a function without an argument."""
    shown = function.replace("log_", "log")
    return MissingOperand(f"{shown} needs something to work on, as in {shown}(x).", span=span)


def exponent(number: str, span: Span) -> Refused:
    """Return the refusal of 3e+2, which is as likely 3*e + 2 as it is 300."""
    mantissa, _, power = number.replace("E", "e").partition("e+")
    readings = (f"{mantissa}*e+{power}", f"{mantissa}*10^{power}")
    return UnknownName(
        f'"{number}" could be {readings[0]} or {readings[1]}; write which.', span=span, suggestions=readings
    )


def miscounted(function: str, least: int, most: int, found: int, span: Span) -> Refused:
    """Return the refusal of too few or too many arguments."""
    count = f"{least}" if least == most else f"{least} to {most}"
    wanted = "one argument" if most == 1 else f"{count} arguments"
    return MissingOperand(f"{function.replace('log_', 'log')} takes {wanted}, not {found}.", span=span)


def mixed(whole: str, above: str, below: str, span: Span) -> Refused:
    """Return the refusal of 2 1/2, which is a sum to one and a product to another."""
    readings = (f"{whole} + {above}/{below}", f"{whole}*{above}/{below}")
    return MissingOperand(
        f"{whole} {above}/{below} could be {readings[0]} or {readings[1]}; write which.",
        span=span,
        suggestions=readings,
    )


def based(span: Span) -> Refused:
    """Return the refusal of log(x, 2): which of the two is the base is written differently everywhere."""
    said = "log takes one argument; write a base as in log_2(x)."
    return MissingOperand(said, span=span, suggestions=("log_2(x)",))


def unconditional(before: Token, span: Span) -> Refused:
    """Return the refusal of a value in cases without its condition; `before` stands left of what was read as one."""
    if before.kind == "comma":
        return rest(before, span)
    return MissingOperand("Here a condition belongs, as in x > 0.", span=span)


def half_summed(function: str, span: Span) -> Refused:
    """Return the refusal of sum(x)^2, of which nobody can tell whether the squares are summed."""
    readings = (f"{function}((..)^2)", f"({function}(..))^2")
    return MissingOperand(f"Write {readings[0]} or {readings[1]}.", span=span, suggestions=readings)
