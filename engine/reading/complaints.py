"""What is said where a text stops being a formula."""

from engine.errors import MissingOperand, NotAnExpression, Refused, Span, Unbalanced, UnknownName
from engine.reading.characters import Source
from engine.reading.tokens import END, Token


def rest(token: Token, span: Span) -> Refused:
    """Return the refusal of what stands where the text or a bracket should end."""
    match token.kind:
        case "close":
            return Unbalanced(f'This "{token.text}" has no partner.', span=span)
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
        case _:
            return MissingOperand(f'I did not expect "{token.text}" here.', span=span)


def missing(source: Source, before: Token | None, token: Token) -> Refused:
    """Return the refusal of a place where an operand belongs; `before` stands left of it."""
    span = source.span(token.start, token.end)
    if token.kind in {"relation", "angle"}:
        return NotAnExpression(f'"{token.text}" has no place in a function; give the formula alone.', span=span)
    if token.kind == "close" and before is None:
        return Unbalanced(f'This "{token.text}" has no partner.', span=span)
    if before is not None and token.kind in {"close", "comma", END}:
        span = source.span(before.start, max(token.end, before.end))
        return MissingOperand(f'After "{before.text}" a number, a name or "(" belongs.', span=span)
    return MissingOperand('A number, a name or "(" belongs here.', span=span)


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
    wanted = "one argument" if most == 1 else f"{least} to {most} arguments"
    return MissingOperand(f"{function.replace('log_', 'log')} takes {wanted}, not {found}.", span=span)
