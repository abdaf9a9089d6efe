"""nabla verify: what the certificates in a file show, said in sentences."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.proofs.check import verify
from engine.proofs.terms import Rejected

_OF_POINTS = ("decimal", "kind", "strict")


def verify_file(source: Path) -> int:
    """Print for each certificate of a file what is verified, or why it is rejected; 0 where all are accepted, else 1.

    source: JSON, one object or one a line: certificates, answers of `nabla ask --json`, or their data. "-": standard
            input.
    """
    try:
        text = sys.stdin.read() if source == Path("-") else source.read_text(encoding="utf-8")
        given = [found for each in _objects(text) for found in _certificates(each)]
    except (OSError, ValueError, RecursionError) as wrong:
        print(f"This file cannot be read: {wrong}", file=sys.stderr)
        return 1
    if not given:
        print("There is no certificate in this file.", file=sys.stderr)
    accepted = [_said(certificate, answer) for certificate, answer in given]
    return 0 if accepted and all(accepted) else 1


def _objects(text: str) -> list[Any]:
    """Return the one value of a text, or those of its lines."""
    try:
        return [json.loads(text)]
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def _certificates(value: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:  # noqa: ANN401 - what JSON holds
    """Yield certificates, each with what stands round it."""
    if isinstance(value, dict) and "form" in value:
        yield value, {}
    elif isinstance(value, dict) and isinstance(value.get("certificate"), dict):
        yield value["certificate"], value
    elif isinstance(value, dict):
        yield from _certificates(value.get("data"))


def _said(certificate: dict[str, Any], answer: dict[str, Any]) -> bool:
    try:
        lines = verify(certificate)
    except Rejected as rejected:
        print(f"Rejected: {rejected}.")
        return False
    if answer and _claims(answer) != _claims(certificate):
        print("Rejected: the certificate is sound, but the answer round it says something else.")
        return False
    print(f"Verified: {lines[0]}.", *(f"  {line}." for line in lines[1:]), sep="\n")
    return True


def _claims(value: dict[str, Any]) -> list[Any]:
    """Return what an answer and its certificate both say."""
    points = [[each.get(key) for key in _OF_POINTS] for each in value.get("points", [])]
    sets = [[each.get(key) for key in ("equations", "kind")] for each in value.get("sets", [])]
    return [value.get("f"), value.get("variables"), value.get("complete"), points, sets]
