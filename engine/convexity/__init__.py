"""Convex or concave: proven by rules or by the Hessian, disproven by a chord or a direction of wrong curvature."""

from engine.convexity.against import Against, Chord, Turn
from engine.convexity.decide import Decision, Verdict, decide
from engine.convexity.pieces import Demand, NotConvexError, regions
from engine.convexity.proof import Proof
from engine.convexity.region import Ends, Part, Region

__all__ = [
    "Against", "Chord", "Decision", "Demand", "Ends", "NotConvexError", "Part", "Proof", "Region", "Turn", "Verdict",
    "decide", "regions",
]  # fmt: skip
