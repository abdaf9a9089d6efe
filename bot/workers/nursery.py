"""The bot's side of the forkserver: starts it, asks it for workers, replaces it when it is lost."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys

import structlog

from bot.workers import forkserver

_PRELOAD_SECONDS = 120.0
_REPLY_SECONDS = 5.0

# What a process needs to find its programs, libraries and caches; the bot's secrets stay behind.
_ENVIRONMENT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "MPLCONFIGDIR",
    "PYTHONDONTWRITEBYTECODE",
)

log = structlog.get_logger("workers")


class CannotStart(Exception):  # noqa: N818 - never leaves the workers
    """There is no new worker to be had at the moment."""


class Nursery:
    """Where workers are forked and buried."""

    def __init__(self, desk: str, memory_mb: int) -> None:
        self._desk = desk
        self._memory_mb = memory_mb
        self._server: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._lock = asyncio.Lock()

    async def fork(self) -> tuple[int, socket.socket]:
        """Return a new worker's process id and the bot's end of its connection. Raises CannotStart."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)  # noqa: FBT003 - its only parameter
        try:
            return await self._ask(forkserver.FORK, attached=theirs), ours
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()

    async def reap(self, pid: int) -> int | None:
        """Return the exit code of a worker that has been killed, None if nobody knows it."""
        try:
            status = await self._ask(forkserver.REAP, pid)
        except CannotStart:
            return None
        return None if status == forkserver.UNKNOWN else status

    async def close(self) -> None:
        """End the forkserver and every worker it still has."""
        async with self._lock:
            await self._end()

    async def _ask(self, letter: bytes, number: int = 0, attached: socket.socket | None = None) -> int:
        async with self._lock:
            try:
                if self._control is None:
                    if letter == forkserver.REAP:
                        return forkserver.UNKNOWN
                    self._control = await self._launch()
                fds = [] if attached is None else [attached.fileno()]
                socket.send_fds(self._control, [forkserver.REQUEST.pack(letter, number)], fds)
                reply = await _reply(self._control, _REPLY_SECONDS)
            except (OSError, EOFError, TimeoutError) as trouble:
                log.warning("forkserver lost", error=type(trouble).__name__)
                await self._end(at_once=True)
                raise CannotStart("the forkserver is lost") from trouble
            except asyncio.CancelledError:
                # Its reply would be taken for the next one's.
                await self._end()
                raise
            if letter == forkserver.FORK and reply <= 0:
                raise CannotStart(os.strerror(-reply))
            return reply

    async def _launch(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)  # noqa: FBT003 - its only parameter
        self._control = ours
        command = [sys.executable, "-P", "-c", f"from {forkserver.__name__} import main; main()"]
        with theirs:
            self._server = subprocess.Popen(  # noqa: S603, ASYNC220 - our own module; returns in milliseconds
                [*command, str(theirs.fileno()), self._desk, str(self._memory_mb)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=_environment(),
                start_new_session=True,
            )
        try:
            await _reply(ours, _PRELOAD_SECONDS)
        except asyncio.CancelledError:
            await self._end(at_once=True)
            raise
        return ours

    async def _end(self, *, at_once: bool = False) -> None:
        control, self._control = self._control, None
        server, self._server = self._server, None
        if control is not None:
            control.close()
        if server is None:
            return
        if at_once:
            server.kill()
        await asyncio.to_thread(_bury, server)


def _bury(server: subprocess.Popen[bytes]) -> None:
    try:
        server.wait(_REPLY_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.kill(server.pid, signal.SIGKILL)
        server.wait()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    # One thread for each library: workers share the cores, and every thread reserves address space.
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    path = os.pathsep.join(os.path.abspath(each) for each in sys.path)  # noqa: PTH100 - "" means here
    return kept | threads | {"PYTHONPATH": path}


async def _reply(control: socket.socket, seconds: float) -> int:
    content = b""
    async with asyncio.timeout(seconds):
        while len(content) < forkserver.REPLY.size:
            part = await asyncio.get_running_loop().sock_recv(control, forkserver.REPLY.size - len(content))
            if not part:
                raise EOFError
            content += part
    return int(forkserver.REPLY.unpack(content)[0])
