"""What a learner is told once."""

from bot.store.people import People
from bot.talk import Call, Lines

_SEEN = "Whoever manages this server can see your attempts made here with /report; /privacy hide takes you out."


async def about_reports(call: Call, people: People) -> tuple[Lines, ...]:
    """Return, for one who has not practised or played in this server yet, who can see what is done here."""
    if call.where != "server" or await people.was_in(call.learner, call.server):
        return ()
    return (Lines((_SEEN,)),)
