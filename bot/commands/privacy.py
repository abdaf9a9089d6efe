"""/privacy: what is kept about a learner, to be seen, taken along, hidden or deleted."""

import asyncio
import io
import json
import zipfile
from collections.abc import Iterable, Mapping

from bot.catalogue import Command, Option
from bot.commands.moments import zone_of
from bot.spreadsheet import csv_of
from bot.store.people import People
from bot.store.people_values import KeptTable
from bot.store.privacy import Privacy
from bot.talk import Block, Call, File, Lines, Reply, Table
from engine.errors import WrongUsage

CONFIRM = "everything"

# By table; "" where it is counted with another one: a quiz answer with its round, a learner with the accounts.
_CALLED = {
    "learner": "",
    "identity": "accounts",
    "called": "names in servers",
    "preference": "settings",
    "exercise": "exercises, quizzes too",
    "attempt": "answers, quizzes too",
    "hint": "hints",
    "quiz_player": "rounds of quizzes",
    "quiz_answer": "",
    "quiz": "quizzes started",
    "link_code": "codes to join accounts",
    "deed": "notes against repeats",
}
_KEPT = (
    "What is kept, until you delete it:",
    "• your accounts by number or name, and what you are called in each server where you practise or play",
    "• what you chose with /settings",
    "• the exercises posed to you, with place and time, your answers, how they were marked, and your hints",
    "• of quizzes, your questions and answers, and which ones you started",
    "• notes of what was changed, so that a call that arrives twice changes it once; codes of /link as hashes",
)
_NOT_KEPT = (
    "",
    "What is not kept: the functions you ask about, the pictures drawn for you, and your other messages.",
    "Only where the operator has set the log to debug, it holds what you type.",
)
_WHERE = (
    "",
    "Where: in the records of this Nabla, on the computer it runs on, and in the copies its operator makes of them.",
)
_IN_TERMINAL = ("The lines you type in the terminal and its pictures stay in Nabla's folder there.",)
_SEEN_BY = ("", "Who can see it: you, and the operator, who has the records. Besides:")
_BY_DISCORD = ("• Discord sees what you type there and what I reply.",)
_BY_OTHERS = (
    "• Who plays a quiz with you sees your answers when the time of a round is over.",
    "• An instructor of a place sees how many answers you gave there, how many rightly and when last, unless you hide.",
    "• They see you by the name you chose, else by the one you have in that server.",
    "",
)


class PrivacyCases:
    """The use cases of one's own data."""

    def __init__(self, privacy: Privacy, people: People) -> None:
        self.privacy = privacy
        self.people = people

    async def answer(self, call: Call) -> Reply:
        """Do what is asked for, or say what is kept."""
        match call.options.get("do", "").strip().lower():
            case "export":
                return await self.export(call)
            case "delete":
                return await self.delete(call)
            case "hide":
                return await self.hide(call, hidden=True)
            case "show":
                return await self.hide(call, hidden=False)
            case _:
                return await self.tell(call)

    async def tell(self, call: Call) -> Reply:
        """Say what is kept, where and who can see it, and how much it is."""
        kept = await self.privacy.kept(call.learner)
        preference = (await self.people.person(call.learner)).preference
        counts = {each.name: len(each.rows) for each in kept}
        hidden = "You are hidden from reports." if preference.hidden else "You are not hidden from reports."
        data = {"kept": counts, "hidden": preference.hidden}
        here = call.where == "terminal"
        where = (*_WHERE, *(_IN_TERMINAL if here else ()))
        seen_by = (*_SEEN_BY, *(() if here else _BY_DISCORD), *_BY_OTHERS)
        told = Lines((*_KEPT, *_NOT_KEPT, *where, *seen_by, hidden))
        return Reply(
            "answered",
            "Privacy",
            _counted(told, "kept about you", counts),
            data,
            actions=("/privacy export", "/privacy delete"),
        )

    async def export(self, call: Call) -> Reply:
        """Give everything that is kept as one file."""
        named, zone = zone_of(call)
        kept = await self.privacy.kept(call.learner, zone)
        # Packing years of answers takes longer than others should wait.
        content = await asyncio.to_thread(packed, kept)
        counts = {each.name: len(each.rows) for each in kept}
        said = Lines(
            (f"Everything kept about you is in nabla-export.zip, as JSON and as CSV. Moments are those of {named}.",)
        )
        file = File("nabla-export.zip", content)
        blocks = _counted(said, "in the file", counts)
        return Reply("answered", "Your data", blocks, {"kept": counts}, files=(file,), secret=True)

    async def delete(self, call: Call) -> Reply:
        """Delete everything, once the word for it is typed."""
        if call.options.get("confirm", "").strip().lower() != CONFIRM:
            lines = (
                "This deletes everything kept about you, for good: accounts, settings, exercises, answers, hints.",
                f"If you want that, type: /privacy delete confirm={CONFIRM}",
            )
            asked = {"confirm": CONFIRM, "deleted": None}
            return Reply("answered", "Delete everything?", (Lines(lines),), asked, actions=("/privacy export",))
        erased = await self.privacy.erase(call.id, call.learner)
        data = {"confirm": CONFIRM, "deleted": dict(erased.counts)}
        if not erased.counts:
            return Reply("answered", "Nothing to delete", (Lines(("Nothing is kept about you.",)),), data)
        said = Lines(
            (
                "Everything kept about you is deleted. Quizzes you started stay, without your name.",
                "Copies that the operator made before still hold it; ask the operator to delete them.",
                *(() if erased.clean else ("Traces stay in the free space of the file until it is written anew.",)),
            )
        )
        return Reply("answered", "Deleted", _counted(said, "deleted", erased.counts), data)

    async def hide(self, call: Call, *, hidden: bool) -> Reply:
        """Keep whether reports leave the learner out."""
        await self.people.change(call.id, call.learner, {"hidden": hidden})
        said = "Reports leave you out from now on." if hidden else "Reports may show you from now on."
        back = "/privacy show" if hidden else "/privacy hide"
        return Reply("answered", "Privacy", (Lines((said,)),), {"hidden": hidden}, actions=(back,))


def packed(kept: tuple[KeptTable, ...]) -> bytes:
    """Return a ZIP archive with all tables as one JSON file and each one as a CSV file."""
    objects = {each.name: [dict(zip(each.columns, row, strict=True)) for row in each.rows] for each in kept}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("nabla.json", json.dumps(objects, ensure_ascii=False, indent=2))
        for table in kept:
            file.writestr(f"{table.name}.csv", csv_of(table.columns, table.rows))
    return archive.getvalue()


def _counted(said: Lines, title: str, counts: Mapping[str, int]) -> tuple[Block, ...]:
    shown = {called: counts[name] for name, called in _CALLED.items() if called and counts.get(name)}
    rows = tuple((called, f"{count:,}") for called, count in shown.items())
    return (said, Table((title, "number"), rows)) if rows else (said,)


def _check(options: Mapping[str, str]) -> None:
    if "confirm" in options and options.get("do", "").strip().lower() != "delete":
        raise WrongUsage("confirm belongs to /privacy delete.", option="confirm", suggestions=("/privacy delete",))


def commands(privacy: Privacy, people: People) -> Iterable[Command]:
    """Return /privacy."""
    return (
        Command(
            "privacy",
            "What is kept about you; take it along, hide it or delete it.",
            "/privacy",
            (
                Option("do", "export, delete, hide or show", choices=("export", "delete", "hide", "show")),
                Option("confirm", "the word that /privacy delete asks for"),
            ),
            PrivacyCases(privacy, people).answer,
            check=_check,
            private=True,
            in_order=True,
        ),
    )
