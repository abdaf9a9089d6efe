"""The one refusal of the store."""

from engine.errors import Failed

NOT_RECORDED = "I could not record this; nothing was scored. Try again in a moment."
NOT_READ = "I could not look this up in my records. Try again in a moment."


class StoreFailed(Failed):
    """The records could not be written or read; nothing was changed. The cause is chained."""

    kind = "store failed"
