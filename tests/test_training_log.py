"""Tests of minillama.training_log: every step once, in order, whatever happened."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from minillama.train_config import Step
from minillama.training_log import COLUMNS, TrainingLog, read_log

STEP = Step(0, 1 / 3, 1e-4, 2 / 7, 51, 0.25, 10**15)


def written(path: Path, first: int, last: int) -> Path:
    log = TrainingLog(path, first)
    for index in range(first, last):
        log.write(replace(STEP, index=index, loss=index / 3), valid_loss=index / 7 if index % 2 else None)
    log.push_to_disk()
    log.close()
    return path


def test_numbers_are_written_in_full(tmp_path: Path) -> None:
    log = TrainingLog(tmp_path / "log.csv")
    log.write(replace(STEP, grad_norm=math.inf), valid_loss=0.1)
    (line,) = read_log(tmp_path / "log.csv")  # readable while the run goes on
    log.close()
    expected = (0, 1 / 3, 1e-4, math.inf, 51, 0.1, 0.25, 10**15)
    assert line == dict(zip(COLUMNS, expected, strict=True))
    assert type(line["step"]) is int


def test_steps_that_will_be_done_again_are_dropped(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", 0, 9)
    with path.open("a", encoding="utf-8") as file:
        file.write("9,0.12")  # killed in the middle of a line
    written(path, 6, 11)
    lines = list(read_log(path))
    assert [line["step"] for line in lines] == list(range(11))
    assert [line["loss"] for line in lines] == [index / 3 for index in range(11)]
    assert [line["valid_loss"] for line in lines][:4] == [None, 1 / 7, None, 3 / 7]


@pytest.mark.parametrize("torn", ["1", "13", "130,0.1", "130,0.1,0.1,0.1,51,,0.25,10"])
def test_a_line_that_was_cut_off_is_no_step(tmp_path: Path, torn: str) -> None:
    """As a full disk leaves it; the number at its beginning may be cut off too."""
    path = written(tmp_path / "log.csv", 0, 130)
    with path.open("a", encoding="utf-8") as file:
        file.write(torn)
    assert [line["step"] for line in read_log(path)] == list(range(130))
    assert [line["step"] for line in read_log(written(path, 120, 122))] == list(range(122))


def test_a_new_run_begins_a_new_log(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", 0, 9)
    written(path, 0, 2)
    assert [line["step"] for line in read_log(path)] == [0, 1]


def test_a_log_that_is_gone_begins_where_the_run_is(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", 5, 8)
    assert [line["step"] for line in read_log(written(path, 7, 9))] == [5, 6, 7, 8]


@pytest.mark.parametrize("content", ["", "step,loss\n0,1\n1,1\n2,1\n", None])
def test_a_log_of_another_run_is_not_continued(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "log.csv"
    if content is None:
        written(path, 0, 2)
    else:
        path.write_text(content, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"does not lead up to step 3, where the checkpoint goes on: .* move the file"):
        TrainingLog(path, 3)
    assert path.read_bytes() == before


def test_other_files_are_no_logs(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a.csv is no log of a training run: its columns must be step, loss"):
        list(read_log(tmp_path / "a.csv"))
