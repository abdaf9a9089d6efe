"""Whether Nabla lives and is ready, told on this computer only: /livez, /readyz and, if wanted, /metrics."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from engine.errors import Failed, Refused

HOST = "127.0.0.1"

Check = Callable[[], Awaitable[bool]]

_PATIENCE = 2.0  # a part that cannot say so in that time is not ready

_log = structlog.get_logger("health")


@asynccontextmanager
async def serving(port: int, parts: Mapping[str, Check], metrics: Callable[[], bytes] | None) -> AsyncIterator[None]:
    """Answer while the block runs; port 0 answers nobody.

    parts:   what has to be ready, by name, and how to ask it.
    metrics: gives the measured numbers in Prometheus's text form; None leaves /metrics out.

    Refuses (Failed) a port that cannot be had.
    """
    if not port:
        yield
        return
    runner = web.AppRunner(_application(parts, metrics), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError as error:
            raise Failed(f"Nabla cannot start: port {port} for its health cannot be had ({error.strerror}).") from error
        yield
    finally:
        await runner.cleanup()


def _application(parts: Mapping[str, Check], metrics: Callable[[], bytes] | None) -> web.Application:
    async def live(_: web.Request) -> web.Response:
        # Who answers this turns.
        return web.json_response({"alive": True})

    async def ready(_: web.Request) -> web.Response:
        answers = await asyncio.gather(*(_is_ready(name, check) for name, check in parts.items()))
        missing = [name for name, answer in zip(parts, answers, strict=True) if not answer]
        return web.json_response({"ready": not missing, "not_ready": missing}, status=503 if missing else 200)

    application = web.Application()
    application.router.add_get("/livez", live)
    application.router.add_get("/readyz", ready)
    if metrics is not None:
        given = metrics

        async def measured(_: web.Request) -> web.Response:
            return web.Response(body=given(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

        application.router.add_get("/metrics", measured)
    return application


async def _is_ready(name: str, check: Check) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await check()
    except (Refused, TimeoutError) as trouble:
        _log.debug("not ready", part=name, trouble=repr(trouble))
    except Exception:  # noqa: BLE001 - a part whose question fails is not ready, and says why in the log
        _log.exception("defect", part=name)
    return False
