"""/progress: what a learner has practised so far."""

import dataclasses
from collections.abc import Iterable
from datetime import datetime

from bot.catalogue import Command
from bot.commands.charts import bars
from bot.commands.moments import shown, zone_of
from bot.commands.wording import counted
from bot.store.progress import Progress
from bot.talk import Call, Lines, Reply, Table
from bot.workers import Workers
from engine.exercises import FAMILIES

HEADER = ("concept", "posed", "solved", "attempts", "right", "hints")


def titles() -> dict[str, str]:
    """Return what each concept is called."""
    return {each.concept: each.title for each in FAMILIES.values()}


def _last_active(moment: datetime | None, call: Call) -> tuple[str, ...]:
    named, zone = zone_of(call)
    return () if moment is None else (f"Last active {shown(moment, zone)} ({named}).",)


def commands(progress: Progress, workers: Workers) -> Iterable[Command]:
    """Return /progress."""

    async def answer(call: Call) -> Reply:
        summary = await progress.summary(call.learner)
        last = summary.last_active
        concepts = [dataclasses.asdict(each) for each in summary.concepts]
        called = titles()
        rows = tuple(
            (called.get(each["concept"], each["concept"]), *(str(each[key]) for key in HEADER[1:])) for each in concepts
        )
        said = (
            f"{counted(summary.attempts, 'attempt')}, {summary.right:,} right, "
            f"{counted(summary.solved, 'exercise')} solved."
        )
        lines = Lines((said if summary.attempts else "No attempts yet.", *_last_active(last, call)))
        measured = [(called.get(each.concept, each.concept), each.right, each.attempts) for each in summary.concepts]
        totals = {key: getattr(summary, key) for key in HEADER[1:]}
        return Reply(
            "answered",
            "Progress",
            (lines, Table(HEADER, rows)) if rows else (lines,),
            totals | {"concepts": concepts, "last_active": last and last.isoformat()},
            await bars(workers, call, "Your attempts by concept", measured),
            actions=("/practice",),
        )

    summary = "What you have practised so far."
    return (Command("progress", summary, "/progress", (), answer, private=True, in_order=True),)
