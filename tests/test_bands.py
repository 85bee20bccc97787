"""Tests of tools/bands.py: a number out of its band is found, and so is a band without a number."""

from pathlib import Path

from bands import Band, BandCheck, printed, read_bands

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests" / "notebooks" / "bands.csv"
TWO = [Band("08_training", r"^loss (\d+\.\d+)", 0.1, 0.2), Band("03_rmsnorm", r"x = (\d+)", 1, 2)]


def check(*cells: tuple[str, str]) -> list[str]:
    one = BandCheck(TWO)
    for notebook, text in cells:
        one.look(notebook, text)
    return one.problems()


def test_numbers_in_their_bands() -> None:
    assert check(("08_training", "first\nloss 0.15 nats\n"), ("08_training", "more")) == []
    assert check(("05_attention", "loss 7.0")) == [], "bands of notebooks that did not run do not count"


def test_numbers_out_of_their_bands() -> None:
    (problem,) = check(("08_training", "loss 0.15\nloss 0.25\n"))
    assert problem == "08_training: '^loss (\\\\d+\\\\.\\\\d+)' gave 0.25, must lie between 0.1 and 0.2"


def test_a_band_that_nothing_matches() -> None:
    assert check(("03_rmsnorm", "y = 1")) == ["03_rmsnorm: nothing matched 'x = (\\\\d+)'"]


def test_output_that_is_no_text_is_left_out() -> None:
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "a"},
        {"output_type": "display_data", "data": {"text/plain": "b"}},
        {"output_type": "stream", "name": "stdout", "text": "c"},
    ]
    assert printed(outputs) == "ac"
    assert printed(None) == ""


def test_every_band_belongs_to_a_notebook_and_can_fail() -> None:
    for band in read_bands(FILE):
        assert (ROOT / "notebooks" / f"{band.notebook}.ipynb").exists()
        assert band.low < band.high
