"""One file = one topic = one command. A new file here is a new command, with nothing else to touch."""

import importlib
import pkgutil

from engine.answering.declare import TOPICS, Topic

for _found in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_found.name}")

__all__ = ["TOPICS", "Topic"]
