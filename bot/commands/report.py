"""/report: an instructor's view of a place, made from attempts in that place only."""

from collections.abc import Iterable

from bot.catalogue import Command
from bot.commands.charts import bars
from bot.commands.progress import titles
from bot.spreadsheet import csv_of
from bot.store.report import LearnerRow, PlaceReport, Reports
from bot.talk import Call, File, Lines, Reply, Table
from bot.workers import Workers

SHOWN = 25


def commands(reports: Reports, workers: Workers) -> Iterable[Command]:
    """Return /report."""

    async def answer(call: Call) -> Reply:
        found = await reports.of_place(call.server)
        if not found.learners:
            return Reply(
                "answered", "Report", (Lines(("No attempts were made here yet.", *_unnamed(found))),), _data(found)
            )
        counted = [(each.name or each.key, each.right, each.attempts) for each in found.learners]
        return Reply(
            "answered",
            "Report",
            (Lines(_totals(found)), _by_learner(found), _by_concept(found)),
            _data(found),
            await bars(workers, call, "Attempts by learner", counted),
            files=(File("report.csv", _sheet(found)),),
            secret=True,
        )

    summary = "Who has practised here: attempts, right answers, last active, by concept."
    return (
        Command(
            "report", summary, "/report", (), answer, role="instructor", private=True, where=("server", "terminal")
        ),
    )


def _totals(found: PlaceReport) -> tuple[str, ...]:
    attempts = sum(each.attempts for each in found.learners)
    right = sum(each.right for each in found.learners)
    return (
        f"{len(found.learners)} learners, {attempts} attempts, {right} right; only what was done here.",
        *_unnamed(found),
    )


def _unnamed(found: PlaceReport) -> tuple[str, ...]:
    hidden = (f"{found.hidden} more keep themselves out of reports.",) if found.hidden else ()
    return (*hidden, f"{found.unlisted} more are not listed.") if found.unlisted else hidden


def _by_learner(found: PlaceReport) -> Table:
    rows = tuple(
        (each.name or each.key, str(each.attempts), str(each.right), f"{each.last_active:%Y-%m-%d %H:%M}")
        for each in found.learners[:SHOWN]
    )
    return Table(("learner", "attempts", "right", "last active (UTC)"), rows)


def _by_concept(found: PlaceReport) -> Table:
    counts: dict[str, list[int]] = {}
    for learner in found.learners:
        for each in learner.concepts:
            held = counts.setdefault(each.concept, [0, 0, 0])
            counts[each.concept] = [held[0] + 1, held[1] + each.attempts, held[2] + each.right]
    called = titles()
    rows = tuple((called.get(concept, concept), *map(str, held)) for concept, held in sorted(counts.items()))
    return Table(("concept", "learners", "attempts", "right"), rows)


def _sheet(found: PlaceReport) -> bytes:
    """Return a row for each learner and concept, safe to open in a spreadsheet."""
    header = ("learner", "name", "concept", "attempts", "right", "last active (UTC)")
    return csv_of(header, (row for each in found.learners for row in _cells(each)))


def _cells(learner: LearnerRow) -> Iterable[tuple[str, ...]]:
    for each in learner.concepts:
        last = f"{learner.last_active:%Y-%m-%d %H:%M:%S}"
        yield learner.key, learner.name or "", each.concept, str(each.attempts), str(each.right), last


def _data(found: PlaceReport) -> dict[str, object]:
    return {
        "learners": [
            {
                "learner": each.key,
                "name": each.name,
                "attempts": each.attempts,
                "right": each.right,
                "last_active": each.last_active.isoformat(),
                "concepts": [{"concept": c.concept, "attempts": c.attempts, "right": c.right} for c in each.concepts],
            }
            for each in found.learners
        ],
        "hidden": found.hidden,
        "unlisted": found.unlisted,
    }
