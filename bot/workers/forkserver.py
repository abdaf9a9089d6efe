"""The process that workers are forked from, with the desk imported and nothing else done.

Its arguments are CONTROL DESK MEMORY_MB, where CONTROL is the number of an inherited socket. Each
request on it is one letter and a number, answered by one number:
    "fork" with a socket attached    the new worker's process id, or minus an errno
    "reap" with a process id         its exit code as `waitstatus_to_exitcode` gives it
It ends, with all its workers, when the bot closes the socket or dies.

It is not multiprocessing's forkserver because that one ends when a single fork fails, and then takes
every running worker with it; and because its children keep it alive when the bot is killed.
"""

import contextlib
import errno
import importlib
import os
import signal
import socket
import struct
import sys
from typing import cast

from bot.workers import child

REQUEST = struct.Struct("!cq")
REPLY = struct.Struct("!q")
FORK, REAP = b"f", b"r"
UNKNOWN = 1 << 40


def main() -> None:
    """Import the desk, say so, then fork and reap on request."""
    control = socket.socket(fileno=int(sys.argv[1]))
    desk, memory_mb = sys.argv[2], int(sys.argv[3])
    # Its life hangs on the socket alone: a signal to the whole group must not end jobs being drained.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    importlib.import_module(desk)
    control.sendall(REPLY.pack(os.getpid()))
    workers: set[int] = set()
    try:
        with contextlib.suppress(ConnectionError):
            _serve(control, desk, memory_mb, workers)
    finally:
        for pid in workers:
            _end(pid)


def _serve(control: socket.socket, desk: str, memory_mb: int, workers: set[int]) -> None:
    while True:
        message, attached, _, _ = socket.recv_fds(control, REQUEST.size, 1)
        if len(message) < REQUEST.size:
            return
        letter, pid = REQUEST.unpack(message)
        if letter == FORK:
            # The system drops what is attached when this process may open no more files.
            reply = _fork(control, attached[0], desk, memory_mb) if attached else -errno.EMFILE
            if reply > 0:
                workers.add(reply)
        else:
            reply = _reap(pid)
            workers.discard(pid)
        control.sendall(REPLY.pack(reply))


def _fork(control: socket.socket, attached: int, desk: str, memory_mb: int) -> int:
    parent = os.getpid()
    connection = socket.socket(fileno=attached)
    try:
        pid = os.fork()
    except OSError as trouble:
        pid = -(trouble.errno or 1)
    if pid == 0:
        try:
            control.close()
            child.serve(connection, cast("child.Desk", sys.modules[desk]), memory_mb, parent)
        finally:
            os._exit(0)
    connection.close()
    return pid


def _reap(pid: int) -> int:
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:
        return UNKNOWN


def _end(pid: int) -> None:
    # By group for what a job may have started, and singly for a worker that has no group yet.
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
    _reap(pid)
