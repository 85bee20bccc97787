"""Schedules played by hand, and drawn."""

import matplotlib.pyplot as plt
import pytest

from minillama.course.registry import load
from minillama.course.timeline_plots import draw_timeline, play_schedule
from minillama.parallel.pipeline import bubble_fraction

pipeline_schedule = load("minillama.course.reference.11:pipeline_schedule")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_two_stages_by_hand():
    first, second = play_schedule([["F0", "F1", "B0", "B1"], ["F0", "B0", "F1", "B1"]])
    assert first == [("F0", 0, 1), ("F1", 1, 2), ("B0", 4, 6), ("B1", 7, 9)]
    assert second == [("F0", 1, 2), ("B0", 2, 4), ("F1", 4, 5), ("B1", 5, 7)]


@pytest.mark.parametrize(("n_stages", "n_microbatches"), [(1, 3), (2, 5), (4, 8), (3, 2)])
def test_waiting_is_the_bubble(n_stages, n_microbatches):
    rows = play_schedule([pipeline_schedule(s, n_stages, n_microbatches) for s in range(n_stages)], 1.5, 2.5)
    length = max(end for row in rows for *_, end in row)
    assert 1 - 4 * n_microbatches / length == pytest.approx(bubble_fraction(n_stages, n_microbatches))


def test_stages_that_wait_for_each_other():
    with pytest.raises(ValueError, match=r"the stages \[0, 1\] wait for each other for ever"):
        play_schedule([["B0", "F0"], ["F0", "B0"]])


def test_a_bar_for_each_pass():
    ax = draw_timeline({"a": [("F0", 0, 1)], "b": [("F0", 1, 2), ("B0", 2, 4)]}, title="t", xlabel="time")
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 1), (1, 1), (2, 2)]
    assert len({bar.get_facecolor() for bar in ax.patches}) == 2
    assert [text.get_text() for text in ax.get_yticklabels()] == ["a", "b"]
