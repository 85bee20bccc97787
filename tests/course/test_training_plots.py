"""The figures of chapter 08."""

from pathlib import Path

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pytest

from minillama.course.plots import plot_lines, use_log_scale
from minillama.course.training_plots import draw_bits, draw_paths, plot_log
from minillama.train_config import Step
from minillama.training_log import TrainingLog


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_log_scale_has_plain_numbers_at_1_2_and_5() -> None:
    ax = plot_lines([0, 1], {"loss": [3.6, 0.09]}, title="T", xlabel="x", ylabel="y")
    use_log_scale(ax)
    ax.figure.canvas.draw()
    low, high = ax.get_ylim()
    shown = [tick.label1.get_text() for tick in ax.yaxis.get_major_ticks() if low <= tick.get_loc() <= high]
    assert shown == ["0.1", "0.2", "0.5", "1", "2"]
    assert {tick.label1.get_text() for tick in ax.yaxis.get_minor_ticks()} <= {""}


def test_every_path_has_a_panel_and_the_bottom_is_marked() -> None:
    draw_paths({"slow": [[-9, 1], [-8, 0.5]], "fast": [[-9, 1], [0, 0], [1, 0]]}, steepness=4.0)
    slow, fast = plt.gcf().axes
    assert [ax.get_title(loc="left") or ax.get_title() for ax in (slow, fast)] == ["slow", "fast"]
    path, bottom = fast.lines
    assert path.get_xydata().tolist() == [[-9, 1], [0, 0], [1, 0]]
    assert bottom.get_xydata().tolist() == [[0, 0]]


def test_each_character_has_two_bars() -> None:
    ax = draw_bits("a b", [1.0, 0.0, 2.0], [0.9, 0.1, 2.5])
    wide, narrow = ax.containers
    assert [bar.get_height() for bar in wide] == [1.0, 0.0, 2.0]
    assert [bar.get_height() for bar in narrow] == [0.9, 0.1, 2.5]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "␣", "b"]


@pytest.mark.parametrize("checked", [None, 1.5])
def test_log_is_drawn_against_tokens_with_validation_where_it_was_measured(
    tmp_path: Path, checked: float | None
) -> None:
    log = TrainingLog(tmp_path / "log.csv")
    log.write(Step(0, 3.0, 0.1, 1.0, 500_000, 0.01, 600))
    log.write(Step(1, 2.0, 0.2, 0.5, 500_000, 0.01, 600), checked)
    log.close()
    plot_log(tmp_path / "log.csv")
    loss, norm, rate = plt.gcf().axes
    assert loss.lines[0].get_xydata().tolist() == [[0.5, 3.0], [1.0, 2.0]]
    assert norm.lines[0].get_ydata().tolist() == [1.0, 0.5]
    assert rate.lines[0].get_ydata().tolist() == [0.1, 0.2]
    assert [line.get_xydata().tolist() for line in loss.lines[1:]] == ([] if checked is None else [[[1.0, 1.5]]])
