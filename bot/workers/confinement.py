"""The limits a worker lives under, set by itself before its first job.

They bound what a job can do by mistake. They are no wall against hostile machine code: the engine
never runs what a learner wrote.
"""

import ctypes
import math
import os
import resource
import signal
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_MEGABYTE = 1 << 20


def confine(parent: int) -> None:
    """Confine this process for good: silent, polite, without files to write, gone with its parent.

    parent: id of the process that forked this one.
    """
    # A group of its own: whatever a job may start is killed together with it, and Ctrl-C in the
    # terminal, which belongs to the bot, does not reach it.
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _end_with_parent(parent)
    _silence()
    os.nice(5)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)


def limit_job(seconds: float, memory_mb: int) -> None:
    """Let the next job use that much CPU time and memory above what the process has now.

    The CPU limit is the backstop behind the bot's wall deadline; where the system does not tell the
    size of the process, memory stays unlimited.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, math.ceil(usage.ru_utime + usage.ru_stime + seconds) + 1)
    size = _address_space()
    if size is not None:
        _limit(resource.RLIMIT_AS, size + memory_mb * _MEGABYTE)


def lift_memory_limit() -> None:
    """Let the process use memory freely again, to be able to say what happened."""
    _limit(resource.RLIMIT_AS, resource.RLIM_INFINITY)


def _limit(which: int, soft: int) -> None:
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY and (soft == resource.RLIM_INFINITY or soft > hard):
        soft = hard
    resource.setrlimit(which, (soft, hard))


def _address_space() -> int | None:
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return None
    return int(pages) * resource.getpagesize()


def _end_with_parent(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    os.close(nowhere)
