"""Figures of chapter 10."""

import matplotlib.pyplot as plt
import pytest

from minillama.course.experiments.quantization import Row
from minillama.course.experiments.quantization_methods import CALIBRATED_ON
from minillama.course.quantization_plots import draw_bytes, draw_grid, draw_two_weights, plot_quality


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def _row(method: str, bits: float, cost: float, error: float, model: str = "town") -> Row:
    n_sequences = 0 if method == "rounding" else CALIBRATED_ON["town"]
    return Row(model, "int4 rows", method, n_sequences, 100, 1.0, 2.7, cost, error, 0.0, 0.0, bits, 5.0)


def test_every_number_is_joined_to_its_grid_point():
    ax = draw_grid([0.4, 1.6], [0.0, 2.0], [0.0, 1.0, 2.0], title="two")
    joints = [tuple(line.get_xdata()) for line in ax.lines[:2]]
    assert joints == [(0.4, 0.0), (1.6, 2.0)]
    assert len(ax.collections[0].get_segments()) == 3


def test_parts_of_a_block_follow_each_other():
    ax = draw_bytes({"Q4_0": [("scale", 2), ("codes", 16)]})
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 2), (2, 16)]
    assert "18 bytes" in [text.get_text() for text in ax.texts]


def test_rounded_weights_stand_where_they_are():
    ax = draw_two_weights([0.4, 0.4], [[1, 0.9], [0.9, 1]], {"nearest": (0, 0), "GPTQ": (0, 1)})
    drawn = {line.get_label(): (line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines}
    assert drawn["nearest"] == (0, 0) and drawn["GPTQ"] == (0, 1)


def test_costs_of_one_model_by_method():
    rows = [_row("rounding", 4.0, 0.02, 0.001), _row("rounding", 8.0, 0.0001, 0.001), _row("GPTQ", 4.0, 0.01, 0.001)]
    ax = plt.subplots()[1]
    plot_quality([*rows, _row("rounding", 3.0, 0.9, 0.1, model="other")], "town", ax)
    drawn = {bars.get_label(): bars[0].get_xydata().tolist() for bars in ax.containers}
    assert drawn == {"rounding": [[4.0, 0.02]], "GPTQ": [[4.0, 0.01]]}
