"""The loopback's REST routes, their rules, and the faults on the way."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.loopback import payloads
from tests.loopback.command_limits import command_faults
from tests.loopback.limits import form_faults, message_faults

if TYPE_CHECKING:
    from tests.loopback.server import Asked, Loopback

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

WINDOW = 3.0
BODY = web.RequestKey("body", dict[str, Any])
FILES = web.RequestKey("files", dict[str, bytes])
_EPHEMERAL = 64
_FORM = 9  # none can be the answer to another one
_FIRST_ANSWERS = (4, 5, _FORM)
_FAULTY = ("/interactions/", "/webhooks/", "/messages", "/typing")


class Rest:
    """The routes; each returns what Discord would."""

    def __init__(self, server: "Loopback") -> None:
        self.server = server

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add them all."""
        base = "/api/v10"
        own = base + f"/webhooks/{payloads.APPLICATION}/{{token}}"
        router.add_get(base + "/users/@me", self.me)
        router.add_get(base + "/oauth2/applications/@me", self.application)
        router.add_get(base + "/gateway", self.gateway)
        router.add_put(base + f"/applications/{payloads.APPLICATION}/commands", self.commands)
        router.add_post(base + "/interactions/{id}/{token}/callback", self.callback)
        router.add_patch(own + "/messages/@original", self.edit)
        router.add_delete(own + "/messages/@original", self.delete)
        router.add_post(own, self.follow_up)
        router.add_post(base + "/channels/{channel}/messages", self.message)
        router.add_post(base + "/channels/{channel}/typing", self.typing)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Read the body, write it down, and let the faults have their way."""
        if not request.path.startswith("/api/"):
            return await handler(request)
        body, files = await _read(request)
        request[BODY], request[FILES] = body, files
        self.server.requests.append((request.method, request.path, body))
        kind, delay = self.server.faults.draw() if any(each in request.path for each in _FAULTY) else ("none", 0.0)
        if kind == "error":
            return _problem(503, 0, "not today")
        if kind == "too fast":
            return _too_fast(delay)
        if kind == "slow before":
            await asyncio.sleep(delay)
        response = await handler(request) if kind != "cut before" else web.Response()
        if kind == "slow after":
            await asyncio.sleep(delay)
        if kind in {"cut before", "cut after"} and request.transport is not None:
            request.transport.abort()
        return response

    async def me(self, request: web.Request) -> web.Response:
        """Return the bot's user, or 401."""
        if self.server.closed:
            return _problem(503, 0, "not now")
        if request.headers.get("Authorization") != f"Bot {self.server.token}":
            return _problem(401, 0, "401: Unauthorized")
        return _json(payloads.user(payloads.BOT, bot=True))

    async def application(self, _request: web.Request) -> web.Response:
        """Return the application."""
        owner = payloads.user(payloads.OWNER)
        number = str(payloads.APPLICATION)
        return _json({
            "id": number, "name": "Nabla", "icon": None, "description": "", "bot_public": True, "flags": 0,
            "bot_require_code_grant": False, "owner": owner, "verify_key": "", "summary": "", "team": None,
        })  # fmt: skip

    async def gateway(self, _request: web.Request) -> web.Response:
        """Return the gateway's address."""
        return _json({"url": self.server.gateway.address})

    async def commands(self, request: web.Request) -> web.Response:
        """Take the global commands."""
        commands: list[Json] = request[BODY]["list"]
        if self.server.refused_registrations:
            self.server.refused_registrations -= 1
            return _problem(403, 0, "not now")
        if faults := command_faults(commands):
            self.server.violations += faults
            return _problem(400, 50035, "; ".join(faults))
        self.server.commands = commands
        given = {"application_id": str(payloads.APPLICATION), "version": "1", "default_member_permissions": None}
        return _json([each | given | {"id": str(payloads.snowflake())} for each in commands])

    async def callback(self, request: web.Request) -> web.Response:
        """Take the first answer: within 3 s, and once."""
        asked = self.server.asked.get(request.match_info["token"])
        if asked is None or (asked.kind is None and time.monotonic() - asked.sent > WINDOW):
            return _problem(404, 10062, "Unknown interaction")
        if asked.kind is not None:
            return _problem(400, 40060, "Interaction has already been acknowledged.")
        body = request[BODY]
        data = body.get("data") or {}
        if body["type"] not in _FIRST_ANSWERS or (body["type"] == _FORM and asked.is_form):
            self.server.violations.append(f"first answer {body['type']}")
            return _problem(400, 50035, "Invalid Form Body")
        if body["type"] == 4:
            if refused := self._refused(data, request[FILES]):
                return refused
            _show(asked, data, request[FILES])
        if body["type"] == 9:
            if faults := form_faults(data):
                self.server.violations += faults
                return _problem(400, 50035, "; ".join(faults))
            asked.form = data
            asked.answered.set()
        asked.loading = body["type"] == 5
        asked.kind, asked.private = body["type"], bool(data.get("flags", 0) & _EPHEMERAL)
        return _json({"interaction": {"id": str(asked.id), "type": 2}})

    async def edit(self, request: web.Request) -> web.Response:
        """Change the first answer; there must be one."""
        asked = self._there(request)
        if asked is None:
            return _problem(404, 10015, "Unknown Webhook")
        if refused := self._refused(request[BODY], request[FILES]):
            return refused
        _show(asked, request[BODY], request[FILES])
        return _json(self._message(payloads.CHANNEL, request[BODY]))

    async def delete(self, request: web.Request) -> web.Response:
        """Take the first answer away."""
        asked = self._there(request)
        if asked is None:
            return _problem(404, 10008, "Unknown Message")
        asked.deleted, asked.shown = True, None
        return web.Response(status=204)

    async def follow_up(self, request: web.Request) -> web.Response:
        """Take a message after the first answer."""
        asked = self.server.asked.get(request.match_info["token"])
        if asked is None or asked.kind is None:
            return _problem(404, 10015, "Unknown Webhook")
        if refused := self._refused(request[BODY], request[FILES]):
            return refused
        if asked.loading:  # then it takes the place of the deferral, and its visibility
            _show(asked, request[BODY], request[FILES])
            return _json(self._message(payloads.CHANNEL, request[BODY]))
        asked.followups.append(request[BODY])
        asked.answered.set()
        return _json(self._message(payloads.CHANNEL, request[BODY]))

    async def message(self, request: web.Request) -> web.Response:
        """Take a message; one with a nonce already seen is the same message."""
        body = request[BODY]
        if refused := self._refused(body, request[FILES]):
            return refused
        channel = int(request.match_info["channel"])
        nonces = [each.get("nonce") for each in self.server.messages]
        if not (body.get("enforce_nonce") and body.get("nonce") in nonces):
            self.server.messages.append(body | {"channel": channel, "files": request[FILES]})
        return _json(self._message(channel, body))

    async def typing(self, _request: web.Request) -> web.Response:
        """Show the typing sign."""
        return web.Response(status=204)

    def _there(self, request: web.Request) -> "Asked | None":
        asked = self.server.asked.get(request.match_info["token"])
        return asked if asked is not None and asked.kind is not None and not asked.deleted else None

    def _refused(self, body: Json, files: dict[str, bytes]) -> web.Response | None:
        faults = message_faults(body, files)
        self.server.violations += faults
        return _problem(400, 50035, "; ".join(faults)) if faults else None

    def _message(self, channel: int, body: Json) -> Json:
        return payloads.message(payloads.snowflake(), channel, payloads.user(payloads.BOT, bot=True), body)


def _show(asked: "Asked", body: Json, files: dict[str, bytes]) -> None:
    asked.shown, asked.files, asked.loading = body, files, False
    asked.answered.set()


async def _read(request: web.Request) -> tuple[Json, dict[str, bytes]]:
    """Return the JSON of a body (a list under "list") and its files by name."""
    if request.content_type == "multipart/form-data":
        form = await request.post()
        files = {each.filename: each.file.read() for each in form.values() if isinstance(each, web.FileField)}
        return json.loads(str(form["payload_json"])), files
    text = await request.text()
    body = json.loads(text) if text else {}
    return (body if isinstance(body, dict) else {"list": body}), {}


def _json(body: Json | list[Json], status: int = 200) -> web.Response:
    # discord.py reads JSON only under exactly this type; the header Via keeps a 429 from being a ban.
    return web.Response(
        body=json.dumps(body).encode(), status=status, content_type="application/json", headers={"Via": "loopback"}
    )


def _too_fast(seconds: float) -> web.Response:
    limited = _json({"message": "You are being rate limited.", "retry_after": seconds, "global": True}, 429)
    limited.headers.update({"Retry-After": str(seconds), "X-RateLimit-Global": "true"})
    return limited


def _problem(status: int, code: int, message: str) -> web.Response:
    return _json({"code": code, "message": message}, status)
