"""A worker's own side: takes one job after the other and answers each."""

import json
import os
import socket
import threading
import time
import traceback
from collections.abc import Callable
from typing import Protocol

from bot.workers import confinement, frames
from bot.workers.frames import Message
from engine.errors import Refused, TooLarge
from engine.values import Budget, Json

_TEXT_LIMIT = 20_000


class Desk(Protocol):
    """The module whose jobs are run."""

    def warm(self) -> None:
        """Do once what would make the first job slow."""

    def perform(self, job: str, arguments: Json, budget: Budget) -> tuple[Json, list[bytes]]:
        """Return the value and the pictures of a job; raises Refused."""
        ...


def serve(connection: socket.socket, desk: Desk, memory_mb: int, parent: int) -> None:
    """Answer jobs until the bot closes the connection. Runs as the whole life of the process."""
    confinement.confine(parent)
    connection.sendall(frames.pack_message(_warmed(desk)))
    here, threads = os.getpid(), threading.active_count()

    def left_something() -> bool:
        return threading.active_count() > threads or _has_children()

    while (request := frames.receive(connection)) is not None:
        order = json.loads(request)
        connection.sendall(frames.pack_message(Message(order["token"], "began", {})))
        answer = _packed(desk, order, memory_mb, left_something)
        if os.getpid() != here:
            return  # a job that forked comes back twice; only the worker itself may answer
        confinement.lift_memory_limit()
        connection.sendall(answer)


def _warmed(desk: Desk) -> Message:
    try:
        desk.warm()
    except Exception as trouble:  # noqa: BLE001 - the bot decides what a desk that cannot begin means
        return _failure("", trouble, tired=True)
    return Message("", "ready", {})


def _packed(desk: Desk, order: Json, memory_mb: int, left_something: Callable[[], bool]) -> bytes:
    token = order["token"]
    try:
        confinement.limit_job(order["deadline"], memory_mb)
        return frames.pack_message(_performed(desk, order, left_something))
    except MemoryError:
        confinement.lift_memory_limit()
        too_large = TooLarge(f"This needs more than the {memory_mb} MB of memory a calculation may take.")
        return frames.pack_message(_refusal(token, too_large, tired=True))
    except frames.BadFrame:
        return frames.pack_message(_refusal(token, TooLarge("The result is too large to be shown."), tired=True))
    except BaseException as trouble:  # noqa: BLE001 - SystemExit too: a job answers, whatever it does
        confinement.lift_memory_limit()
        return frames.pack_message(_failure(token, trouble, tired=left_something()))


def _performed(desk: Desk, order: Json, left_something: Callable[[], bool]) -> Message:
    now = time.monotonic()
    budget = Budget(now + order["deadline"], time.monotonic, started=now)
    try:
        value, blobs = desk.perform(order["job"], order["arguments"], budget)
    except Refused as refusal:
        return _refusal(order["token"], refusal, tired=left_something())
    return Message(order["token"], "value", dict(value), tuple(blobs), left_something())


def _refusal(token: str, refusal: Refused, *, tired: bool) -> Message:
    return Message(token, "refused", refusal.as_json(), tired=tired)


def _failure(token: str, trouble: BaseException, *, tired: bool) -> Message:
    # The places hold no word of the learner's; the full text may, and is only for debugging.
    places = [f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(trouble.__traceback__)]
    text = "".join(traceback.format_exception(trouble))
    body = {"error": type(trouble).__name__, "places": places[-20:], "text": text[-_TEXT_LIMIT:]}
    return Message(token, "failed", body, tired=tired)


def _has_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True
