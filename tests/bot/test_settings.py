"""Settings come from the environment, and a wrong one ends the start with a sentence."""

from pathlib import Path

import pytest

from bot.settings import Settings, read_settings, table


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for variable, _, _ in table():
        monkeypatch.delenv(variable, raising=False)


def test_without_any_setting_everything_has_a_value() -> None:
    settings = read_settings()
    assert settings.discord_token is None
    assert settings.deadline == 3.0
    assert settings.workers >= 2
    assert settings.store_url.startswith("sqlite+aiosqlite:///")


def test_the_environment_sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NABLA_DATA", str(tmp_path))
    monkeypatch.setenv("NABLA_DEADLINE", "2")
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    settings = read_settings()
    assert (settings.data, settings.deadline) == (tmp_path, 2.0)
    assert settings.discord_token is not None


def test_a_file_sets_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NABLA_THEME=light\nOTHER=1\n")
    assert read_settings().theme == "light"


def test_an_empty_token_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", " ")
    assert read_settings().discord_token is None


def test_a_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    assert "secret" not in repr(read_settings())


@pytest.mark.parametrize(
    ("variable", "value"),
    [("NABLA_DEADLINE", "soon"), ("NABLA_DEADLINE", "0"), ("NABLA_WORKERS", "0"), ("NABLA_THEME", "pink")],
)
def test_a_wrong_value_ends_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit) as ended:
        read_settings()
    assert str(ended.value.code).startswith(f"Nabla cannot start: {variable} ")
    assert value in str(ended.value.code)


def test_settings_do_not_change() -> None:
    settings = Settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.deadline = 1.0


def test_every_setting_is_described() -> None:
    assert all(description for _, _, description in table())
