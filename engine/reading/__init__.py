"""Text as learners type it -> tree. No SymPy: the bot reads in microseconds, the worker builds."""

from engine.reading.forms import Expression, Names, Point, Window, read_expression, read_names, read_point, read_window

__all__ = ["Expression", "Names", "Point", "Window", "read_expression", "read_names", "read_point", "read_window"]
