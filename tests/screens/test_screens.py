"""What docs/conversations.md shows is what Nabla says. The drawing itself needs a browser and is not tested."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import structlog

from bot.talk import Block, Code, Lines, Reply
from tests.screens.conversations import CONVERSATIONS, NAMES, Played, play_all
from tests.screens.draw import LARGEST
from tests.screens.markdown import html_of

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "docs" / "screens"
DOCUMENT = ROOT / "docs" / "conversations.md"
EACH = pytest.mark.parametrize("name", [each.name for each in CONVERSATIONS])
BLOCKS = {"p", "div", "section", "article", "pre", "li", "h3", "blockquote", "small"}


class Reader(HTMLParser):
    """Reads a page as a person does."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.styling = False

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.styling = tag == "style"
        self.read.append("\n" if tag in BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.styling = False
        self.read.append("\n" if tag in BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.read.append("" if self.styling else data)


def readable(html: str) -> str:
    reader = Reader()
    reader.feed(html)
    return spaced("".join(reader.read))


def spaced(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def texts(reply: Reply) -> Iterator[str]:
    """Yield everything that a reply says, person by name, without what to type next: a form leaves that out.

    A title that a picture begins with is in the picture, and a row about a person says what its cells are.
    """
    if not any(each.alt.startswith(f"{reply.title}.") for each in reply.pictures):
        yield reply.title
    for block in reply.blocks:
        yield from map(spaced, said_in(block))


def said_in(block: Block) -> Iterator[str]:
    if isinstance(block, Lines):
        yield from block.lines
    elif isinstance(block, Code):
        yield from block.text.splitlines()
    else:
        if not block.people:
            yield from block.header
        for row in block.rows:
            yield from row


def shown(text: str, read: str) -> bool:
    _, _, number = text.partition("discord:")
    return text in read or f"@{NAMES.get(number)}" in read


@pytest.fixture(scope="module")
def played() -> Iterator[dict[str, Played]]:
    yield {each.conversation.name: each for each in asyncio.run(play_all("dark"))}
    structlog.reset_defaults()


@EACH
def test_every_call_of_a_conversation_ends_as_intended(played: dict[str, Played], name: str) -> None:
    assert played[name].outcomes == played[name].conversation.outcomes


@EACH
def test_a_page_holds_every_text_of_every_reply(played: dict[str, Played], name: str) -> None:
    read = readable(played[name].html)
    assert [text for reply in played[name].replies for text in texts(reply) if not shown(text, read)] == []


@EACH
def test_a_page_shows_what_its_conversation_is_there_for(played: dict[str, Played], name: str) -> None:
    read = readable(played[name].html)
    assert [text for text in played[name].conversation.shows if spaced(text) not in read] == []


@EACH
def test_a_page_holds_every_picture_of_every_reply(played: dict[str, Played], name: str) -> None:
    expected = 0 if name == "terminal" else sum(len(reply.pictures) for reply in played[name].replies)
    assert played[name].html.count('src="data:image/png;base64,') == expected


@EACH
def test_a_conversation_that_answers_something_has_a_reply_to_compare(played: dict[str, Played], name: str) -> None:
    assert bool(played[name].replies) == ("answered" in played[name].outcomes)


@pytest.mark.parametrize("file", [file for each in CONVERSATIONS for file in each.files])
def test_a_picture_is_there_and_small_enough_to_be_fetched(file: str) -> None:
    content = (SCREENS / file).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) <= LARGEST


def test_the_document_shows_every_picture_and_no_other() -> None:
    named = set(re.findall(r'"screens/([^"]+)"', DOCUMENT.read_text("utf-8")))
    assert named == {file for each in CONVERSATIONS for file in each.files}
    assert named == {path.name for path in SCREENS.iterdir()}


@pytest.mark.parametrize("document", ["docs/conversations.md", "README.md"])
def test_every_picture_is_described_for_who_cannot_see_it(document: str) -> None:
    pictures = re.findall(r"<img[^>]*>", (ROOT / document).read_text("utf-8"))
    assert pictures
    assert all(re.search(r' alt="[^"]{40,}"', each) for each in pictures)


def test_the_pictures_of_the_readme_are_there() -> None:
    named = re.findall(r'"(docs/screens/[^"]+)"', (ROOT / "README.md").read_text("utf-8"))
    assert named
    assert all((ROOT / each).exists() for each in named)


def test_without_a_browser_one_sentence_says_so_and_nothing_is_drawn() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.screens"], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.count("\n")) == (1, 1)
    assert "There is no chromium here" in done.stdout


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* c", "<div>a <em>b</em> c</div>"),
        ("a \\*b\\* c", "<div>a *b* c</div>"),
        ("**a** `b < c`", "<div><strong>a</strong> <code>b &lt; c</code></div>"),
        ("2*x*y", "<div>2<em>x</em>y</div>"),
        ("x_1 and x_2", "<div>x_1 and x_2</div>"),
        ("```\na*b\n ^\n```", "<pre>a*b\n ^</pre>"),
        ("# a", "<h3>a</h3>"),
        ("\\# a", "<div># a</div>"),
        ("<@5001> \\<@5001>", '<div><b class="mention">@Ann</b> &lt;@5001&gt;</div>'),
        ("<b>", "<div>&lt;b&gt;</div>"),
    ],
)
def test_markdown_is_shown_as_discord_would_show_it(text: str, html: str) -> None:
    assert html_of(text, NAMES) == html
