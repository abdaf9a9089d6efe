"""Derivatives rule by rule, on the written form: the tree that explains, hints, and will predict mistakes."""

from engine.derivation.check import checked, holds
from engine.derivation.derive import derive
from engine.derivation.rules import Derivation
from engine.derivation.steps import Step, steps

__all__ = ["Derivation", "Step", "checked", "derive", "holds", "steps"]
