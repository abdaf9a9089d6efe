"""A Discord on this computer: REST and gateway over HTTP, with its rules and, if asked, its bad days."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.loopback import payloads
from tests.loopback.faults import Faults
from tests.loopback.gateway import Gateway
from tests.loopback.rest import Rest

Json = dict[str, Any]

TOKEN = "loopback.token"  # noqa: S105 - opens nothing


@dataclass
class Asked:
    """An interaction as the server knows it."""

    id: int
    token: str
    sent: float
    seat: payloads.Seat
    is_form: bool = False
    kind: int | None = None  # of the first answer: 4 a message, 5 a deferral, 9 a form
    form: Json | None = None
    private: bool = False
    loading: bool = False  # deferred, and nothing shown yet
    shown: Json | None = None  # the message in it
    files: dict[str, bytes] = field(default_factory=dict)
    followups: list[Json] = field(default_factory=list)
    deleted: bool = False
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Loopback:
    """The server. `requests` holds every request, `violations` every broken limit."""

    def __init__(self, token: str = TOKEN) -> None:
        self.gateway = Gateway(token)
        self.faults = Faults()
        self.rest = Rest(self)
        self.requests: list[tuple[str, str, Json]] = []
        self.violations: list[str] = []
        self.asked: dict[str, Asked] = {}
        self.messages: list[Json] = []
        self.commands: list[Json] = []
        self.token = token
        self.refused_registrations = 0  # how many more of them to refuse
        self.closed = False  # whether nobody may log in
        self.deliveries = 1  # how often each event is sent, as after a resumed connection
        self._runner: web.AppRunner | None = None
        self.api = ""

    async def start(self) -> None:
        """Listen on a free port of this computer."""
        app = web.Application(client_max_size=64 * 1024 * 1024, middlewares=[self.rest.middleware])
        app.router.add_get("/gateway", self.gateway.handle)
        self.rest.add_routes(app.router)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.api = f"http://127.0.0.1:{port}/api/v10"
        self.gateway.address = f"ws://127.0.0.1:{port}/gateway"

    async def stop(self) -> None:
        """Close everything."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def slash(
        self,
        name: str,
        *,
        in_guild: bool = True,
        permissions: int = 0,
        seat: payloads.Seat | None = None,
        **options: str,
    ) -> Asked:
        """Send a slash command and return the interaction, its answer still to come."""
        here = seat or payloads.Seat(guild=payloads.GUILD if in_guild else None, permissions=permissions)
        given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        first, _, second = name.partition(" ")
        data: Json = {"id": "1", "name": first, "type": 1, "options": given}
        if second:
            data["options"] = [{"name": second, "type": 1, "options": given}]
        return await self._interact(data, here, 2)

    async def press(self, message: Json, label: str, seat: payloads.Seat) -> Asked:
        """Press the button of a message, given as the bot sent it; return the interaction."""
        buttons = [each for row in message["components"] for each in row["components"]]
        (custom_id,) = [each["custom_id"] for each in buttons if each["label"] == label]
        shown = payloads.message(payloads.snowflake(), seat.channel, payloads.user(payloads.BOT, bot=True), message)
        return await self._interact({"component_type": 2, "custom_id": custom_id}, seat, 3, message=shown)

    async def submit(self, opened: Asked, **fields: str) -> Asked:
        """Send the form that a press opened, its fields filled, as who opened it; return the interaction."""
        assert opened.form is not None
        filled = [{"type": 18, "component": {"type": 4, "custom_id": key, "value": fields[key]}} for key in fields]
        return await self._interact({"custom_id": opened.form["custom_id"], "components": filled}, opened.seat, 5)

    async def _interact(self, data: Json, seat: payloads.Seat, kind: int, **more: Json) -> Asked:
        number = payloads.snowflake()
        asked = Asked(number, f"token-{number}", time.monotonic(), seat, is_form=kind == 5)
        self.asked[asked.token] = asked
        packet = payloads.interaction(number, asked.token, data, seat, kind) | more
        for _ in range(self.deliveries):
            await self.gateway.send("INTERACTION_CREATE", packet)
        return asked

    async def say(self, content: str, *, in_guild: bool = False, guild: int = payloads.GUILD) -> int:
        """Send a message as a person; without the right to read, only its mention lets the bot see it."""
        number = payloads.snowflake()
        channel = payloads.CHANNEL if in_guild else payloads.DM_CHANNEL
        readable = not in_guild or f"<@{payloads.BOT}>" in content
        body = {"content": content if readable else ""}
        packet = payloads.message(number, channel, payloads.user(payloads.MEMBER), body)
        if in_guild:
            packet |= {"guild_id": str(guild), "member": payloads.member()}
        for _ in range(self.deliveries):
            await self.gateway.send("MESSAGE_CREATE", packet)
        return number

    async def until(self, true: Callable[[], object], seconds: float = 20) -> bool:
        """Wait until something is true, and return whether it became so in time."""
        end = time.monotonic() + seconds
        while not true() and time.monotonic() < end:  # noqa: ASYNC110 - conditions of many kinds, none with an event
            await asyncio.sleep(0.02)
        return bool(true())

    def count(self, method: str, ending: str) -> int:
        """Return how many requests there were of a method whose path ends so."""
        return sum(1 for each, path, _ in self.requests if each == method and path.endswith(ending))
