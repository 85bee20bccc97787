"""The figures of chapter 09."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pytest

from minillama.course.generation_plots import draw_acceptance, draw_left, draw_roofline


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_roofline_rises_to_its_ridge_and_holds_the_points() -> None:
    ax = draw_roofline(peak=60e9, bandwidth=15e9, points={"decode": (0.5, 2e9), "prefill": (32.0, 30e9)}, title="T")
    roof, ridge, *points = ax.lines
    x, y = roof.get_xdata(), roof.get_ydata()
    assert y[0] == pytest.approx(15 * x[0]) and y[-1] == pytest.approx(60)
    assert ridge.get_xdata()[0] == pytest.approx(4)
    assert [tuple(point.get_xydata()[0]) for point in points] == [(0.5, 2.0), (32.0, 30.0)]
    assert x[0] <= 0.25 and x[-1] >= 64
    assert {"decode", "prefill"} <= {text.get_text() for text in ax.texts}


def test_removed_tokens_are_crossed_out() -> None:
    ax = draw_left([" a", " b", " c"], before=[0.5, 0.3, 0.2], after=[0.7, 0.0, 0.3], title="T")
    assert [bar.get_height() for bar in ax.patches] == [0.7, 0.0, 0.3, 0.5, 0.3, 0.2]
    assert ax.lines[0].get_xydata().tolist() == [[1, 0.3]]
    assert len(draw_left(["a"], [1.0], [1.0], "T").lines) == 0


def test_accepted_and_replaced_add_up_to_the_model() -> None:
    draw_acceptance(p=[0.5, 0.3, 0.2], q=[0.2, 0.7, 0.1], labels=["a", "b", "c"])
    left, right = plt.gcf().axes
    assert "60%" in (left.get_title(loc="left") or left.get_title())
    heights = [bar.get_height() for bar in right.patches]
    assert [accepted + rest for accepted, rest in zip(heights[:3], heights[3:], strict=True)] == pytest.approx(
        [0.5, 0.3, 0.2]
    )
    assert [bar.get_height() for bar in left.patches[3:]] == pytest.approx([0.0, 0.4, 0.0])
