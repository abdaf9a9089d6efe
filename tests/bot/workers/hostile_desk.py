"""A desk whose jobs do what no job should."""

import contextlib
import ctypes
import os
import random
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from engine.errors import NotInDomain
from engine.values import Budget, Json

Answer = tuple[Any, Any]


def warm() -> None:
    """Nothing is slow here."""


def perform(job: str, arguments: Json, budget: Budget) -> Answer:
    if job == "budget":
        return {"left": budget.left()}, []
    return _JOBS[job](**arguments)


def echo(**given: object) -> Answer:
    return given, []


def pictures(count: int, size: int) -> Answer:
    return {}, [bytes([n % 256]) * size for n in range(count)]


def pid() -> Answer:
    return {"pid": os.getpid()}, []


def sleep(seconds: float) -> Answer:
    time.sleep(seconds)
    return {"slept": seconds}, []


def work(rounds: int) -> Answer:
    return {"sum": sum(n * n for n in range(rounds))}, []


def spin() -> NoReturn:
    while True:
        with contextlib.suppress(BaseException):
            while True:
                pass


def one_call() -> Answer:
    return {"number": str(7 ** (10**9))[:5]}, []


def eat() -> Answer:
    kept = []
    while True:
        kept.append(bytearray(10_000_000))


def take(megabytes: int) -> Answer:
    return {"taken": len(bytearray(megabytes << 20))}, []


def segfault() -> Answer:
    return {"read": ctypes.string_at(0)}, []


def leave(code: int) -> NoReturn:
    os._exit(code)


def quit_politely() -> NoReturn:
    sys.exit(3)


def fail(text: str) -> NoReturn:
    raise RuntimeError(text)


def refuse(message: str) -> NoReturn:
    raise NotInDomain(message, option="at", span=(0, 2), suggestions=("1, 2",))


def refuse_badly() -> NoReturn:
    refusal = NotInDomain("no")
    refusal.option = object()  # type: ignore[assignment]  # that is the fault
    raise refusal


def say_much() -> Answer:
    for number in (1, 2):
        os.write(number, b"x" * 3_000_000)
    sys.stdout.write("y" * 3_000_000)
    return {"said": True}, []


def huge() -> Answer:
    return {"text": "x" * 200_000_000}, []


def deep() -> Answer:
    value: Json = {}
    for _ in range(200_000):
        value = {"in": value}
    return value, []


def not_json() -> Answer:
    return {"when": object()}, []


def not_a_number() -> Answer:
    return {"value": float("nan")}, []


def not_an_answer() -> Any:
    return 5


def ignore_sigterm() -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    spin()


def close_connection() -> Answer:
    _connection().close()
    time.sleep(30)
    return {}, []


def write(content: str, then: float = 0.0) -> Answer:
    """Write raw bytes, given in hexadecimal, to the connection."""
    with _connection() as connection:
        connection.sendall(bytes.fromhex(content))
        time.sleep(then)
    return {}, []


def write_length(length: int) -> Answer:
    with _connection() as connection:
        connection.sendall(struct.pack("!I", length) + b"x" * 10)
        time.sleep(30)
    return {}, []


def flood() -> NoReturn:
    with _connection() as connection:
        while True:
            connection.sendall(struct.pack("!I", 1_000_000) + b" " * 1_000_000)


def fork_away() -> Answer:
    """Leave a process behind that holds the connection open."""
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
    return {"child": child}, []


def fork_twice_back() -> Answer:
    return {"pid": os.getpid(), "child": os.fork()}, []


def leave_a_thread() -> Answer:
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    return {"pid": os.getpid()}, []


def kill_self(which: int) -> Answer:
    os.kill(os.getpid(), which)
    time.sleep(30)
    return {}, []


def stop_self() -> Answer:
    os.kill(os.getpid(), signal.SIGSTOP)
    return {}, []


def write_file(path: str) -> Answer:
    Path(path).write_text("left behind", encoding="ascii")
    return {}, []


def chance() -> Answer:
    return {"chance": random.random()}, []  # noqa: S311 - not for secrets


def _connection() -> socket.socket:
    """Return the connection to the bot, found as a hostile job would find it."""
    for number in range(3, 64):
        with contextlib.suppress(OSError):
            found = socket.socket(fileno=os.dup(number))
            os.close(number)
            return found
    raise RuntimeError("no connection")


_JOBS: dict[str, Callable[..., Answer]] = {
    each.__name__: each
    for each in (
        echo, pictures, pid, sleep, work, spin, one_call, eat, take, segfault, leave, quit_politely, fail, refuse,
        refuse_badly,
        say_much, huge, deep, not_json, not_a_number, ignore_sigterm, close_connection, write, write_length,
        flood, fork_away, fork_twice_back, leave_a_thread, kill_self, stop_self, write_file, chance, not_an_answer,
    )
}  # fmt: skip
