"""A job as it is sent to a worker, and what its answer means."""

import secrets
from dataclasses import dataclass

import structlog

from bot.workers import frames
from bot.workers.frames import BadFrame, Message
from bot.workers.interface import Result
from engine.errors import Failed, Refused, TooLarge, from_json
from engine.values import Json

log = structlog.get_logger("workers")


@dataclass(frozen=True, slots=True)
class Order:
    """A job on its way. The token cannot be guessed, so that no answer is taken for another's."""

    token: str
    job: str
    deadline: float
    request: bytes


def order(job: str, arguments: Json, deadline: float) -> Order:
    """Return the job as it is sent. TooLarge over the limit; TypeError or ValueError if not JSON."""
    token = secrets.token_hex(8)
    request = frames.dumps({"token": token, "job": job, "arguments": arguments, "deadline": deadline})
    if len(request) > frames.JSON_LIMIT:
        raise TooLarge("This is too much for one calculation.")
    return Order(token, job, deadline, request)


def result(order: Order, answer: Message) -> Result:
    """Return what the answer holds, or raise the refusal it holds. BadFrame if it is no answer."""
    if answer.kind == "value":
        return Result(answer.body, answer.blobs)
    if answer.kind == "refused":
        raise _refusal(answer.body)
    if answer.kind == "failed":
        # The text may hold the learner's words; the places in the code do not.
        log.error("job failed", job=order.job, error=answer.body.get("error"), places=answer.body.get("places"))
        log.debug("job failed", job=order.job, text=answer.body.get("text"))
        raise Failed("Nabla ran into an error of its own here. It has been noted; something simpler may work.")
    raise BadFrame("no answer")


def _refusal(body: Json) -> Refused:
    try:
        refusal = from_json(body)
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as trouble:
        raise BadFrame("no refusal") from trouble
    if not isinstance(refusal.option, str | None):
        raise BadFrame("no refusal")
    return refusal
