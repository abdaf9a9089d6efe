"""/report: an instructor's view of a place, made from attempts in that place only."""

from collections.abc import Collection, Iterable
from datetime import tzinfo

from bot.catalogue import Command
from bot.commands.charts import bars
from bot.commands.moments import shown, zone_of
from bot.commands.progress import titles
from bot.commands.wording import counted, named_too
from bot.spreadsheet import csv_of
from bot.store.people import People
from bot.store.report import LearnerRow, PlaceReport, Reports
from bot.talk import Call, File, Lines, Reply, Table
from bot.workers import Workers

SHOWN = 25


def commands(reports: Reports, people: People, workers: Workers) -> Iterable[Command]:
    """Return /report."""

    async def answer(call: Call) -> Reply:
        found = await reports.of_place(call.server)
        if not found.learners:
            said = Lines(("No attempts were made here yet.", *_unnamed(found)))
            return Reply("answered", "Report", (said,), _data(found), secret=True)
        # By its number a bar is found in the table, also where the picture lacks the letters of a name.
        listed = enumerate(found.learners[:SHOWN], 1)
        measured = [(f"{number}. {each.name}", each.right, each.attempts) for number, each in listed]
        choosers = await people.choosers([each.key for each in found.learners[:SHOWN]])
        named, zone = zone_of(call)
        return Reply(
            "answered",
            "Report",
            (Lines(_totals(found)), _by_learner(found, choosers, named, zone), _by_concept(found)),
            _data(found),
            await bars(workers, call, "Attempts by learner", measured),
            files=(File("report.csv", _sheet(found, zone)),),
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
    learners = counted(len(found.learners), "learner")
    return (
        f"{learners}, {counted(attempts, 'attempt')}, {right:,} right; only what was done here.",
        *_unnamed(found),
        *((f"The first {SHOWN} are shown; the file has all of them.",) if len(found.learners) > SHOWN else ()),
    )


def _unnamed(found: PlaceReport) -> tuple[str, ...]:
    hidden = (f"Out of reports by their own choice: {found.hidden:,} more.",) if found.hidden else ()
    return (*hidden, f"Not listed: {found.unlisted:,} more.") if found.unlisted else hidden


def _by_learner(found: PlaceReport, choosers: Collection[str], named: str, zone: tzinfo) -> Table:
    listed = found.learners[:SHOWN]
    rows = tuple(
        (str(number), each.name, f"{each.right:,} of {each.attempts:,}", shown(each.last_active, zone))
        for number, each in enumerate(listed, 1)
    )
    header = ("number", "who", "right", f"last ({named})")
    names = {each.key: each.name for each in listed}
    return Table(header, rows, people=tuple(names), named=named_too(names, choosers))


def _by_concept(found: PlaceReport) -> Table:
    counts: dict[str, list[int]] = {}
    for learner in found.learners:
        for each in learner.concepts:
            held = counts.setdefault(each.concept, [0, 0, 0])
            counts[each.concept] = [held[0] + 1, held[1] + each.attempts, held[2] + each.right]
    called = titles()
    rows = tuple((called.get(concept, concept), *map(str, held)) for concept, held in sorted(counts.items()))
    return Table(("concept", "learners", "attempts", "right"), rows)


def _sheet(found: PlaceReport, zone: tzinfo) -> bytes:
    """Return a row for each learner and concept, safe to open in a spreadsheet."""
    header = ("learner", "name", "concept", "attempts", "right", "last active")
    return csv_of(header, (row for each in found.learners for row in _cells(each, zone)))


def _cells(learner: LearnerRow, zone: tzinfo) -> Iterable[tuple[str, ...]]:
    for each in learner.concepts:
        last = each.last_active.astimezone(zone).isoformat(timespec="seconds")
        yield learner.key, learner.name, each.concept, str(each.attempts), str(each.right), last


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
