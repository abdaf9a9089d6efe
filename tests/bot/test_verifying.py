"""nabla verify: what it says, and its exit status."""

import io
import json
from pathlib import Path

import pytest

from bot.__main__ import main
from engine.desk import solve
from engine.values import Budget, Json


def answer(f: str) -> Json:
    return solve("critical", {"f": f}, budget=Budget(deadline=30.0, now=lambda: 0.0)).data


def status(file: Path | str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["verify", str(file)])
    return int(ended.value.code or 0)


def test_each_certificate_of_a_file_is_said_to_be_verified(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "answers.json"
    texts = (json.dumps({"id": "1", "data": answer(f)}) for f in ("x^2+y^2", "x^3-3xy+y^3"))
    file.write_text("\n".join(texts), encoding="utf-8")
    assert status(file) == 0
    said = capfd.readouterr().out
    assert said.count("Verified: ") == 2
    assert "has 1 critical point everywhere, and no other" in said


@pytest.mark.parametrize("around", ["answer", "data", "nothing"])
def test_a_certificate_is_found_in_an_answer_in_its_data_or_alone(tmp_path: Path, around: str) -> None:
    data = answer("x^2+y^2")
    file = tmp_path / "one.json"
    given = {"answer": {"data": data}, "data": data, "nothing": data["certificate"]}[around]
    file.write_text(json.dumps(given, indent=1), encoding="utf-8")
    assert status(file) == 0


def test_an_answer_that_says_more_than_its_certificate_is_rejected(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = answer("x^3-3xy+y^3")
    data["points"].pop()
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert status(file) == 1
    assert "the answer round it says something else" in capfd.readouterr().out


def test_one_that_is_rejected_makes_the_status_1(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    good, bad = answer("x^2+y^2")["certificate"], answer("x^2+y^2")["certificate"]
    bad["points"][0]["kind"] = "saddle point"
    file = tmp_path / "two.json"
    file.write_text(f"{json.dumps(good)}\n{json.dumps(bad)}\n", encoding="utf-8")
    assert status(file) == 1
    said = capfd.readouterr().out
    assert "Verified: " in said
    assert "Rejected: " in said


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps(answer("x^2+y^2"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
    assert status("-") == 0


@pytest.mark.parametrize("text", ["", "[", "{}", "3", '{"data": {"certificate": null}}'])
def test_a_file_without_a_certificate_verifies_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "none.json"
    file.write_text(text, encoding="utf-8")
    assert status(file) == 1


def test_a_file_that_is_not_there_verifies_nothing(tmp_path: Path) -> None:
    assert status(tmp_path / "nowhere.json") == 1
