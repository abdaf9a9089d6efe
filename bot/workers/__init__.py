"""Engine jobs, run in other processes: with a deadline, a memory limit, and a place in the queue."""

from bot.workers.interface import Limits, Report, Result, Workers
from bot.workers.local import LocalWorkers

__all__ = ["Limits", "LocalWorkers", "Report", "Result", "Workers"]
