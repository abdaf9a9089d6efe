"""Charts of attempts, drawn by a worker."""

from collections.abc import Sequence

from bot.talk import Call
from bot.workers import Workers
from engine.values import Picture

MAX_BARS = 30
Counted = tuple[str, int, int]


async def bars(workers: Workers, call: Call, title: str, counted: Sequence[Counted]) -> tuple[Picture, ...]:
    """Return a chart of (label, right, attempts), the first 30; none where none is wanted or nothing is counted."""
    if not call.pictures or not counted:
        return ()
    arguments = {"title": title, "bars": [list(each) for each in counted[:MAX_BARS]], "theme": call.theme}
    result = await workers.run("chart", arguments, learner=call.learner)
    return (Picture(result.value["name"], result.value["alt"], result.blobs[0]),)
