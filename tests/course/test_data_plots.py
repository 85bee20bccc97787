"""Figures of chapter 07: they show what they are given, and the parts of a judgment add up."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pytest

from minillama.cleaning.quality_classifier import QualityClassifier, default_classifier
from minillama.course.data_plots import (
    KIND_STYLE,
    draw_pipeline,
    draw_rows,
    draw_table_1,
    plot_estimates,
    plot_grouped_bars,
    plot_histograms,
    plot_kinds,
    plot_stacked_kinds,
    used_length,
)
from minillama.course.judgment import draw_judgment, judgment_parts
from minillama.course.plots import COLORS, use_course_style


@pytest.fixture(autouse=True)
def close_figures():
    use_course_style()
    yield
    plt.close("all")


def _colors(ax):
    return [matplotlib.colors.to_hex(patch.get_facecolor()).upper() for patch in ax.patches]


def test_pipeline_and_table_are_drawn():
    assert len(draw_pipeline().patches) == 12
    draw_table_1()
    read, epochs = plt.gcf().axes
    assert [len(ax.patches) for ax in (read, epochs)] == [14, 7]
    assert max(patch.get_width() for patch in read.patches) == pytest.approx(67.5, abs=0.5)


def test_every_kind_has_its_own_color_and_marker():
    assert len({style[0] for style in KIND_STYLE.values()}) == len({style[1] for style in KIND_STYLE.values()}) == 6


def test_kinds_share_their_axes():
    plot_kinds({"page": [(3, 3.5), (3.1, 3.6)], "spam": [(4, 4)]}, title="T", xlabel="x", ylabel="y")
    page, spam = plt.gcf().axes
    assert [ax.get_title(loc="left") for ax in (page, spam)] == ["page", "spam"]
    assert page.get_xlim() == spam.get_xlim() and page.get_ylim() == spam.get_ylim()


def test_histograms_leave_out_bounds_beyond_the_numbers():
    ax = plot_histograms({"page": [0.5, 0.9], "spam": [0.1]}, 4, bounds=(0.2, 7), title="T", xlabel="x")
    assert [line.get_xdata()[0] for line in ax.lines] == [0.2]


def test_grouped_bars_do_not_touch_the_next_tick():
    ax = plot_grouped_bars({"a": [1, 2], "b": [3, 4]}, ["x", "y"], title="T", ylabel="z")
    left = [patch.get_x() for patch in ax.patches]
    right = [patch.get_x() + patch.get_width() for patch in ax.patches]
    assert right[0] <= left[2] and right[2] <= left[1]
    assert [patch.get_height() for patch in ax.patches] == [1, 2, 3, 4]


def test_stacked_bars_begin_where_the_last_ended():
    ax = plot_stacked_kinds({"page": [2, 1], "spam": [1, 0]}, ["raw", "clean"], title="T", ylabel="y")
    assert [patch.get_y() for patch in ax.patches] == [0, 0, 2, 1]


def test_estimates_are_dots():
    assert plot_estimates([0.2, 0.5], [0.25, 0.5], 128).lines[0].get_ydata().tolist() == [0.25, 0.5]


def test_rows_show_what_lost_its_beginning():
    draw_rows({"cut": [[0, 7, 0, 8, 9], [9, 9, 0, 0, 0]]}, bos_id=0)
    (ax,) = plt.gcf().axes
    assert _colors(ax) == [COLORS[0], COLORS[5], COLORS[1]]
    assert [patch.get_width() for patch in ax.patches] == [2, 3, 2]
    assert used_length([0, 0], bos_id=0) == 0


def test_parts_of_a_judgment_add_up():
    judge = default_classifier()
    text = "Click!! Click: the bridge was built in 1872."
    parts = judgment_parts(judge, text)
    assert list(parts)[:5] == ["click", "!", ":", "the", "bridge"]
    assert {"! !", "the bridge", "in 0"} < parts.keys()
    assert judge.bias + sum(parts.values()) == pytest.approx(judge.log_odds(text))
    assert judgment_parts(judge, "") == {}


def test_what_shares_a_weight_stands_under_the_first_name():
    judge = QualityClassifier(n_buckets=1)
    judge.weights[0] = 0.5
    assert judgment_parts(judge, "some words") == {"some": pytest.approx(0.5)}


def test_judgment_shows_the_largest_parts():
    ax = draw_judgment({"a": 0.1, "b": -0.3, "c": 0.2}, "T", n_shown=2)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["b", "c"]
    assert _colors(ax) == [COLORS[1], COLORS[0]]
