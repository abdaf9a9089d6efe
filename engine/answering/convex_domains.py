"""The domain of a question about convexity, as typed: inequalities, ranges, an interval. Loads no SymPy."""

import re
from dataclasses import dataclass

from engine.answering.subjects import read_subject
from engine.errors import NotSupported, Refused, UnknownName
from engine.reading import Expression
from engine.reading.shapes import Relation

_END = r"(?=\s*(?:[,;]|\band\b|$|\s[^\W\d]\w*\s*(?:=|∈|in\b)))"
_NAME = r"\b([^\W\d]\w*)\s*"
_RANGE = re.compile(rf"{_NAME}=\s*(.+?)\s*\.\.\s*(.+?){_END}")
_MEMBER = re.compile(rf"{_NAME}(?:\bin\b|∈)\s*([\[(\]])\s*(.+?)\s*[,;]\s*(.+?)\s*([\])\[]){_END}")
_INTERVAL = re.compile(r"\s*([\[(\]])\s*([^,;]+?)\s*[,;]\s*([^,;]+?)\s*([\])\[])\s*")
_EVERYWHERE = re.compile(r"\s*(?:everywhere|all|(?:all\s+)?reals?(?:\s+numbers)?|all\s+of\s+r|r|ℝ)\s*", re.IGNORECASE)
_INFINITE = re.compile(r"[+-]?\s*(?:∞|oo|inf|infty|infinity)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Domain:
    """Inequalities that hold in the domain; none where it is all of the natural domain."""

    text: str
    relations: tuple[Relation, ...]


def read_domain(f: Expression, text: str | None) -> Domain:
    """Return the domain; x>0, y>0 or x=0..1 or x^2+y^2<=1, and for one variable [0, 2).

    Refuses (at `domain`) equations, signs other than <= >= < >, and names that f does not have.
    """
    if text is None or _EVERYWHERE.fullmatch(text):
        return Domain(text or "", ())
    written = _as_inequalities(text, f.variables)
    try:
        found = read_subject(written, f)
    except Refused as refused:
        refused.option = "domain"
        if written != text:
            refused.span = (0, len(text))
        raise
    span = (0, len(text))
    if found.only_here:
        known = ", ".join(f.variables)
        raise UnknownName(f"{found.only_here[0]} is no variable of f, which has {known}.", option="domain", span=span)
    if any(each.sign == "=" for each in found.relations):
        raise NotSupported(
            "A domain is given by inequalities: on a curve or surface no segment is left to bend.",
            option="domain",
            span=span,
            suggestions=("x>0", "x=0..1"),
        )
    return Domain(text, found.relations)


def _as_inequalities(text: str, variables: tuple[str, ...]) -> str:
    """Return the text with ranges and intervals written as inequalities; as it is where there are none."""
    if len(variables) == 1 and (alone := _INTERVAL.fullmatch(text)):
        return _between(variables[0], *alone.groups())
    found = _MEMBER.sub(lambda found: f"{_between(*found.groups())};", text)
    found = _RANGE.sub(r"\2 <= \1 <= \3;", found)
    return text if found == text else re.sub(r";\s*(?:[,;]|and\b)", ";", found).rstrip("; ")


def _between(name: str, opening: str, low: str, high: str, closing: str) -> str:
    left = None if _INFINITE.fullmatch(low) else f"{name} {'>=' if opening == '[' else '>'} {low}"
    right = None if _INFINITE.fullmatch(high) else f"{name} {'<=' if closing == ']' else '<'} {high}"
    return "; ".join(each for each in (left, right) if each) or f"{name}^2 >= 0"
