"""Makes certificates of what a search for critical points has proven, to be checked without it."""

from engine.certifying.certificate import certify

__all__ = ["certify"]
