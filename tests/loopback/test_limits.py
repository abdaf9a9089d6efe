"""The loopback refuses what Discord refuses."""

from typing import Any

import pytest

from tests.loopback.command_limits import command_faults
from tests.loopback.limits import form_faults, message_faults

Json = dict[str, Any]

BUTTON: Json = {"type": 2, "style": 2, "label": "Hint", "custom_id": "nabla:hint:1"}
FIELD: Json = {"type": 4, "style": 1, "custom_id": "value", "max_length": 4000}
LABEL: Json = {"type": 18, "label": "Your answer", "description": "what it is", "component": FIELD}
FORM: Json = {"custom_id": "nabla:answer:1", "title": "Exercise", "components": [LABEL]}
OPTION: Json = {"type": 3, "name": "f", "description": "a function"}
COMMAND: Json = {"type": 1, "name": "grad", "description": "Gradient.", "options": [OPTION], "contexts": [0]}
NESTED: Json = {"type": 2, "name": "a", "description": "A.", "options": [{"type": 1, "name": "b", "description": "B."}]}


def row(*buttons: Json) -> list[Json]:
    return [{"type": 1, "components": list(buttons)}]


def test_what_keeps_within_the_limits_is_taken() -> None:
    message = {"content": "x", "components": row(BUTTON), "nonce": "q1r1", "flags": 64}
    assert message_faults(message, {}) == []
    assert form_faults(FORM) == []
    assert command_faults([COMMAND, COMMAND | {"name": "other", "options": [NESTED]}]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"content": "x" * 2001},
        {"content": ""},
        {"embeds": [{"title": "x" * 257}]},
        {"embeds": [{}]},
        {"nonce": "n" * 26},
        {"nonce": 2**63},
        {"flags": 1 << 15},
        {"message_reference": {"message_id": None}},
        {"allowed_mentions": {"parse": ["all"]}},
        {"attachments": [{"id": 0, "filename": "a.png"}]},
        {"components": row(*[BUTTON] * 2)},
        {"components": row(*[BUTTON | {"custom_id": str(n)} for n in range(6)])},
        {"components": row(BUTTON | {"label": ""})},
        {"components": row(BUTTON | {"custom_id": "x" * 101})},
        {"components": row(BUTTON | {"style": 5})},
        {"components": [BUTTON | {"components": [BUTTON]}]},
    ],
)
def test_a_message_over_a_limit_is_refused(change: Json) -> None:
    assert message_faults({"content": "x"} | change, {})


@pytest.mark.parametrize(
    "change",
    [
        {"title": "x" * 46},
        {"title": ""},
        {"components": []},
        {"components": [LABEL] * 2},
        {"components": [FIELD]},
        {"components": [LABEL | {"description": ""}]},
        {"components": [LABEL | {"label": "x" * 46}]},
        {"components": [LABEL | {"component": FIELD | {"max_length": 4001}}]},
        {"components": [LABEL | {"component": FIELD | {"style": 3}}]},
        {"components": [{"type": 10, "content": ""}, LABEL]},
    ],
)
def test_a_form_over_a_limit_is_refused(change: Json) -> None:
    assert form_faults(FORM | change)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Grad"},
        {"name": "two words"},
        {"description": ""},
        {"type": 4},
        {"contexts": []},
        {"contexts": [0, 3]},
        {"integration_types": [0, 0]},
        {"options": [OPTION | {"name": f"f{n}"} for n in range(26)]},
        {"options": [OPTION, OPTION]},
        {"options": [OPTION, OPTION | {"name": "g", "required": True}]},
        {"options": [OPTION | {"type": 12}]},
        {"options": [OPTION | {"max_length": 6001}]},
        {"options": [OPTION | {"choices": [{"name": "", "value": "x"}]}]},
        {"options": [OPTION | {"choices": [{"name": "x", "value": "x"}] * 2}]},
        {"options": [OPTION, NESTED]},
        {"options": [NESTED | {"options": [NESTED]}]},
    ],
)
def test_a_command_over_a_limit_is_refused(change: Json) -> None:
    assert command_faults([COMMAND | change])


def test_more_than_a_hundred_commands_are_refused() -> None:
    assert command_faults([COMMAND | {"name": f"c{n}"} for n in range(101)]) == ["101 commands"]
