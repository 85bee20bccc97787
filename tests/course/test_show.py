"""Messages, tables, figures and widgets."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pytest

from minillama.course.plots import draw_block, draw_diagram, plot_bars, plot_lines, plot_matrix, use_course_style
from minillama.course.show import Message, Table


def test_message_escapes_html_and_marks_code():
    message = Message("WRONG", "f<g", ("use `a<b`",))
    assert str(message) == "WRONG f<g\n      use `a<b`"
    assert "f&lt;g" in message._repr_html_() and "<code>a&lt;b</code>" in message._repr_html_()


def test_table_aligns_columns():
    assert str(Table(("a", "long"), [("xyz", "1")])) == "a    long\nxyz  1"


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_figures_carry_their_labels():
    use_course_style()
    lines = plot_lines([1, 2], {"a": [1, 2], "b": [2, 1]}, title="T", xlabel="x", ylabel="y")
    assert [text.get_text() for text in lines.get_legend().get_texts()] == ["a", "b"]
    assert (lines.get_xlabel(), lines.get_ylabel(), lines.get_title(loc="left")) == ("x", "y", "T")
    assert len(plot_bars({"p": 1.0, "q": 2.0}, title="T", ylabel="y").patches) == 2
    assert plot_matrix([[1, 2], [3, 4]], title="T", xlabel="x", ylabel="y").images
    assert plt.rcParams["figure.facecolor"] == "white"


def test_diagram_draws_boxes_and_arrows():
    boxes = {"a": (0, 0, "A"), "b": (1.2, 0, "B"), "c": (2.4, 0, "C")}
    ax = draw_diagram(boxes, [("a", "b"), ("b", "c", "text")], bypasses=[("a", "c")])
    assert len(ax.patches) == 3
    assert {"A", "B", "C", "text"} <= {text.get_text() for text in ax.texts}


def test_block_diagram_colors_what_is_highlighted():
    colors = {box.get_edgecolor() for box in draw_block(highlight=["norm1", "norm2"]).patches}
    assert len(colors) == 2
    with pytest.raises(ValueError, match="norm3"):
        draw_block(highlight=["norm3"])


def test_widget_redraws_with_its_controls_values(monkeypatch):
    from minillama.course.widgets import explore

    shown, drawn = [], []
    monkeypatch.setattr("IPython.display.display", shown.append)
    explore(lambda theta=0.5, ax=None: drawn.append(theta), theta=(0.0, 2.0, 0.5))
    slider = shown[0].children[0]
    assert slider.value == 0.5
    shown[0].update()
    slider.value = 1.0
    assert drawn[-1] == 1.0 and slider.continuous_update is False
