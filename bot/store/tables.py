"""All tables: who goes through `metadata` must have loaded each of them, and does by loading this.

Written for SQLite and PostgreSQL alike. Whatever a call causes carries the call's id, once: a delivery
that comes again finds it. Ids are never given out twice, since buttons in old messages name them.
"""

from bot.store.columns import Moment, metadata
from bot.store.people_tables import called, deed, erasure, identity, learner, link_code, place, preference
from bot.store.practice_tables import LONGEST_ANSWER, attempt, exercise, hint
from bot.store.quiz_tables import quiz, quiz_answer, quiz_player, quiz_reveal, quiz_round

__all__ = [
    "LONGEST_ANSWER",
    "Moment",
    "attempt",
    "called",
    "deed",
    "erasure",
    "exercise",
    "hint",
    "identity",
    "learner",
    "link_code",
    "metadata",
    "place",
    "preference",
    "quiz",
    "quiz_answer",
    "quiz_player",
    "quiz_reveal",
    "quiz_round",
]
