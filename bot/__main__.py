"""The command line. Imports late: each subcommand needs its own part only."""

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    # Nothing that loading makes is ever garbage; looking for it costs an eighth of the start.
    gc.disable()
    given = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # Formulas are Unicode; a terminal that cannot show a sign shows a mark instead of failing.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # both are text streams
    try:
        raise SystemExit(given.run(given))
    except KeyboardInterrupt:
        raise SystemExit(130) from None


class _Parser(argparse.ArgumentParser):
    """Wrong usage is a refusal, like any other: exit status 1."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end."""
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="nabla", description="A tutor for gradients and multivariable calculus.")
    parser.set_defaults(run=_run)
    commands = parser.add_subparsers()
    commands.add_parser("run", help="the Discord bot with DISCORD_TOKEN, else the terminal chat").set_defaults(run=_run)
    commands.add_parser("terminal", help="the terminal chat").set_defaults(run=_terminal)
    commands.add_parser("discord", help="the Discord bot").set_defaults(run=_discord)
    ask = commands.add_parser("ask", help="answer one line, or - for one call per line of standard input")
    ask.add_argument("line", nargs="+", help="a command line, or -")
    ask.add_argument("--json", action="store_true", help="one JSON object per answer")
    ask.add_argument("--pictures", type=Path, metavar="DIR", help="draw pictures and write them here")
    ask.set_defaults(run=_ask)
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(run=_migrate)
    backup = commands.add_parser("backup", help="copy the records, verified, while others write")
    backup.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="where to (default: the data folder's backups)"
    )
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="put a copy in the place of the records, which are kept beside it")
    restore.add_argument("file", type=Path, metavar="FILE", help="a copy that nabla backup made")
    restore.set_defaults(run=_restore)
    verify = commands.add_parser("verify", help="check the certificates in answers of /critical, without trusting it")
    verify.add_argument("file", type=Path, metavar="FILE", help="JSON from ask --json, or - for standard input")
    verify.set_defaults(run=_verify)
    docs = commands.add_parser("docs", help="write the generated parts of the README and docs")
    docs.add_argument("--check", action="store_true", help="only tell whether they are up to date")
    docs.set_defaults(run=_docs)
    return parser


def _run(given: argparse.Namespace) -> int:
    from bot.settings import read_settings

    return _discord(given) if read_settings().discord_token else _terminal(given)


def _terminal(_: argparse.Namespace) -> int:
    from bot.app import talk_in_terminal

    return asyncio.run(talk_in_terminal())


def _discord(_: argparse.Namespace) -> int:
    # Until the front listens for it, being told to stop is a good end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    from bot.app import serve_discord

    return asyncio.run(serve_discord())


def _ask(given: argparse.Namespace) -> int:
    from bot.app import ask

    return asyncio.run(ask(" ".join(given.line), as_json=given.json, pictures=given.pictures))


def _migrate(_: argparse.Namespace) -> int:
    from bot.app import bring_up_to_date

    return bring_up_to_date()


def _backup(given: argparse.Namespace) -> int:
    from bot.operation import back_up_records

    return back_up_records(given.file)


def _restore(given: argparse.Namespace) -> int:
    from bot.operation import restore_records

    return restore_records(given.file)


def _verify(given: argparse.Namespace) -> int:
    from bot.verifying import verify_file

    return verify_file(given.file)


def _docs(given: argparse.Namespace) -> int:
    from bot.documents import write_documents

    return write_documents(check=given.check)


if __name__ == "__main__":
    main()
