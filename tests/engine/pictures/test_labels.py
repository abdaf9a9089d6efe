import pytest

from engine.pictures.labels import ALL_DIGITS, number, stated


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (2.0, "2"),
        (-2.5, "−2.5"),
        (100.0, "100"),
        (0.001, "0.001"),
        (1e12, "10¹²"),
        (-1e12, "−10¹²"),
        (2.5e-12, "2.5×10⁻¹²"),
        (9999.96, "10000"),
        (1 / 3, "0.3333"),
        (5e-324, "4.941×10⁻³²⁴"),
    ],
)
def test_a_number_is_labelled_shortly(value: float, label: str) -> None:
    assert number(value) == label


def test_a_round_number_keeps_all_its_digits() -> None:
    assert number(1000000.000035, ALL_DIGITS) == "1000000.000035"


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_what_is_not_finite_has_no_label(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        number(value)


def test_a_rounded_value_is_stated_as_near() -> None:
    assert stated([1 / 3, 2]) == "≈ (0.3333, 2)"


def test_an_exact_value_is_stated_plainly() -> None:
    assert stated([2, 4]) == "(2, 4)"
    assert stated([0.1]) == "0.1"
