"""Extrema under constraints: all candidates, exactly, and whether the best of them is proven to be the best."""

from engine.constrained.found import Candidate, CandidateSet, End, Optimum
from engine.constrained.problem import Constraint, Edge, Problem
from engine.constrained.search import optimise

__all__ = ["Candidate", "CandidateSet", "Constraint", "Edge", "End", "Optimum", "Problem", "optimise"]
