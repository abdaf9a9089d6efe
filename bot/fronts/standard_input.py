"""Lines from standard input, bounded, whatever it is: a terminal, a pipe, a file."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable

MAX_LINE = 65_536


async def lines() -> AsyncIterator[str | None]:
    """Yield each line without its end; None for one over 65,536 bytes, whose rest is discarded.

    Bytes that are no UTF-8 become replacement characters, which the reading then refuses by name.
    At most a few lines are read ahead: a slow consumer slows the producer.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | EOFError | None] = asyncio.Queue(maxsize=8)

    def put(item: str | EOFError | None) -> None:
        asyncio.run_coroutine_threadsafe(queue.put(item), loop).result()

    # A daemon: a read that never returns must not keep the process from ending.
    threading.Thread(target=_read, args=(put,), daemon=True, name="standard input").start()
    while not isinstance(item := await queue.get(), EOFError):
        yield item


def _read(put: Callable[[str | EOFError | None], None]) -> None:
    stream = sys.stdin.buffer
    try:
        while line := stream.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE and not line.endswith(b"\n"):
                while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    pass
                put(None)
            else:
                put(line.decode("utf-8", errors="replace").rstrip("\r\n"))
        put(EOFError())
    except RuntimeError:
        # The loop is closed: nobody reads any more.
        return
