"""Places of Discord, there and back."""

import discord
import pytest

from bot.fronts.discord.places import channel_in, missing, place_of
from bot.talk import Call


def test_a_channel_of_a_server_is_a_place_of_that_server() -> None:
    place = place_of(12, 34)
    assert Call("1", "grad", {}, "discord:7", place).server == "discord:12"
    assert Call("1", "grad", {}, "discord:7", place).where == "server"
    assert channel_in(place) == 34


def test_outside_of_servers_everything_is_one_direct_message() -> None:
    assert place_of(None, 34) == "discord:dm"
    assert channel_in("discord:dm") is None


@pytest.mark.parametrize("place", ["local", "discord:12", "discord:12/x", "math/101"])
def test_other_places_have_no_channel(place: str) -> None:
    assert channel_in(place) is None


def test_missing_permissions_have_the_names_of_discords_settings() -> None:
    allowed = discord.Permissions.all()
    allowed.attach_files = False
    assert missing(discord.Permissions.all(), None) == ()
    assert missing(allowed, None) == ("Attach Files",)


def test_in_a_thread_other_rights_to_send_are_needed() -> None:
    allowed = discord.Permissions.all()
    allowed.send_messages_in_threads = False
    thread = discord.Thread.__new__(discord.Thread)
    assert missing(allowed, thread) == ("Send Messages in Threads",)
    allowed.update(send_messages=False, send_messages_in_threads=True)
    assert missing(allowed, thread) == ()
