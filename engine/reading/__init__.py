"""Text as learners type it -> tree. No SymPy: the bot reads in microseconds, the worker builds."""

from engine.reading.data import Data, read_data
from engine.reading.expressions import read_expression
from engine.reading.points import read_point
from engine.reading.shapes import Expression, Names, Point, Window
from engine.reading.variables import read_names, read_window

__all__ = [
    "Data",
    "Expression",
    "Names",
    "Point",
    "Window",
    "read_data",
    "read_expression",
    "read_names",
    "read_point",
    "read_window",
]
