"""Who somebody is and how they want it: settings, and one learner behind several keys."""

import hashlib
import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from bot.learning.names import told_apart
from bot.store.database import Database
from bot.store.joining import join, keys_of
from bot.store.names import keep_name, names_of, was_in
from bot.store.people_values import Joined, Person, Preference
from bot.store.rows import find_learner, known_learner
from bot.store.tables import called, deed, identity, learner, link_code, preference
from bot.store.transaction import Transaction
from engine.errors import NotAllowed, Refused, WrongUsage

# Neither 0 and O, nor 1, I and L, nor 2 and Z, nor 5 and S, nor 8 and B, nor U and V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 8
CODE_LASTS = timedelta(minutes=15)
WRONG_CODES = 5
WRONG_CODES_WITHIN = timedelta(hours=1)

_CHOSEN = ("theme", "decimals", "pictures", "motion", "timezone", "name", "hidden")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class People:
    """The keys and the settings of all learners.

    Every method may refuse (StoreFailed) when the records cannot be reached; nothing is changed then.
    `now` gives the moment, with its time zone.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = _utc_now) -> None:
        self._database = database
        self._now = now

    async def person(self, key: str, server: str = "") -> Person:
        """Return who a key leads to; somebody not met yet goes by that key and has chosen nothing."""
        there = (called.c.identity_id == identity.c.id) & (called.c.server == server)
        async with self._database.reading() as transaction:
            found = await transaction.execute(
                select(learner.c.key, called.c.name.label("called"), *(preference.c[name] for name in _CHOSEN))
                .join_from(identity, learner)
                .outerjoin(called, there)
                .outerjoin(preference, preference.c.learner_id == learner.c.id)
                .where(identity.c.key == key)
            )
            row = found.one_or_none()
        if row is None:
            return Person(key)
        chosen = {name: getattr(row, name) for name in _CHOSEN}
        return Person(row.key, Preference(**chosen | {"hidden": bool(row.hidden)}), called=row.called or "")

    async def keep_name(self, key: str, server: str, name: str) -> None:
        """Keep the name that a front knows for a key in a server; for a key that is not known nothing is kept."""
        async with self._database.writing() as transaction:
            await keep_name(transaction, key, server, name, self._now())

    async def names(self, keys: Collection[str], server: str) -> dict[str, str]:
        """Return what learners are called in a server, each one told apart from the others."""
        async with self._database.reading() as transaction:
            known = await names_of(transaction, keys, server)
        return told_apart(known | {key: "" for key in keys if key not in known})

    async def choosers(self, keys: Collection[str]) -> frozenset[str]:
        """Return those of these learners who have chosen a name."""
        chosen = learner.c.key.in_(keys), preference.c.name.is_not(None)
        async with self._database.reading() as transaction:
            found = await transaction.execute(select(learner.c.key).join_from(learner, preference).where(*chosen))
            return frozenset(found.scalars())

    async def was_in(self, key: str, server: str) -> bool:
        """Tell whether the learner ever had an exercise or a question of a quiz in a server or a channel of it."""
        async with self._database.reading() as transaction:
            return await was_in(transaction, key, server)

    async def change(self, call_id: str, key: str, changes: Mapping[str, object]) -> None:
        """Keep what a learner has chosen, None for the default; a delivery that comes again changes nothing.

        changes: fields of Preference and their values. Refuses (WrongUsage) a call id used by another call.
        """
        async with self._database.writing() as transaction:
            me = await known_learner(transaction, key, self._now())
            if await _done(transaction, call_id, me) is not None:
                return
            await self._note(transaction, call_id, me, "settings")
            mine = preference.c.learner_id == me
            if (await transaction.execute(select(preference.c.id).where(mine))).first() is None:
                await transaction.execute(insert(preference).values(learner_id=me, hidden=False))
            await transaction.execute(update(preference).where(mine).values(**changes))

    async def make_code(self, call_id: str, key: str) -> str:
        """Return a new code that joins another learner to this one, in place of an earlier one.

        Only its hash is kept, so a delivery that comes again cannot see it again: it is refused (WrongUsage).
        """
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        moment = self._now()
        async with self._database.writing() as transaction:
            me = await known_learner(transaction, key, moment)
            if await _done(transaction, call_id, me) is not None:
                raise WrongUsage(
                    "I have shown you that code already and keep only a hash of it.", suggestions=("/link",)
                )
            await self._note(transaction, call_id, me, "code")
            old = link_code.c.created_at <= moment - CODE_LASTS
            unused = (link_code.c.learner_id == me) & link_code.c.used_at.is_(None)
            await transaction.execute(delete(link_code).where(old | unused))
            await transaction.execute(insert(link_code).values(learner_id=me, code_hash=_hash(code), created_at=moment))
        return code

    async def join(self, call_id: str, key: str, code: str) -> Joined:
        """Join the learner who types a code to the one who made it; both are that one from now on.

        A delivery that comes again, and the same code typed again, change nothing.

        Refuses a code that is wrong, used or older than 15 minutes (WrongUsage), one's own code (WrongUsage),
        and any code after five wrong ones within an hour (NotAllowed).
        """
        async with self._database.writing() as transaction:
            outcome = await self._join(transaction, call_id, key, code)
        # A wrong code is counted, so it is refused only when that is kept.
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    async def _join(self, transaction: Transaction, call_id: str, key: str, code: str) -> Joined | Refused:
        moment, me = self._now(), await find_learner(transaction, key)
        done = await _done(transaction, call_id, me)
        if done is not None and me is not None:
            return Joined(await keys_of(transaction, me), first=False) if done == "joined" else _wrong_code()
        if await _wrong_codes(transaction, me, moment - WRONG_CODES_WITHIN) >= WRONG_CODES:
            return NotAllowed(f"You have typed {WRONG_CODES} wrong codes within an hour; wait an hour.")
        known = link_code.c.code_hash == _hash(code), link_code.c.created_at > moment - CODE_LASTS
        found = (await transaction.execute(select(link_code).where(*known))).one_or_none()
        if found is None or (found.used_at is not None and found.learner_id != me):
            me = await known_learner(transaction, key, moment)
            await self._note(transaction, call_id, me, "wrong code")
            return _wrong_code()
        if found.learner_id == me:
            if found.used_at is None:
                return WrongUsage("That is your own code: type it where you are somebody else.", option="code")
            return Joined(await keys_of(transaction, found.learner_id), first=False)
        await transaction.execute(update(link_code).where(link_code.c.id == found.id).values(used_at=moment))
        await join(transaction, call_id, found.learner_id, await known_learner(transaction, key, moment))
        await self._note(transaction, call_id, found.learner_id, "joined")
        return Joined(await keys_of(transaction, found.learner_id), first=True)

    async def _note(self, transaction: Transaction, call_id: str, learner_id: int, what: str) -> None:
        await transaction.execute(
            insert(deed).values(call_id=call_id, learner_id=learner_id, what=what, created_at=self._now())
        )


async def _done(transaction: Transaction, call_id: str, me: int | None) -> str | None:
    """Return what a call did before, or None; refuses (WrongUsage) one of another learner."""
    found = (await transaction.execute(select(deed).where(deed.c.call_id == call_id))).one_or_none()
    if found is None:
        return None
    if found.learner_id != me:
        raise WrongUsage(f"The call id {call_id} belongs to another learner's call.", option="id")
    return str(found.what)


async def _wrong_codes(transaction: Transaction, me: int | None, since: datetime) -> int:
    mine = deed.c.learner_id == me, deed.c.what == "wrong code", deed.c.created_at > since
    return int((await transaction.execute(select(func.count()).select_from(deed).where(*mine))).scalar_one())


def _wrong_code() -> WrongUsage:
    return WrongUsage("That code is wrong, used, or older than 15 minutes.", option="code", suggestions=("/link",))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
