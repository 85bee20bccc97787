"""The figure that grows while a loop runs."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pytest

from minillama.course import live
from minillama.course.live import LiveLines


class Place:
    """Counts how often a notebook would have replaced the picture."""

    def __init__(self) -> None:
        self.n_updates = 0

    def update(self, figure: plt.Figure) -> None:
        """Replace the picture."""
        self.n_updates += 1


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    shown = Place()
    monkeypatch.setattr(live, "_place", lambda figure: shown)
    return shown


def picture(**settings: object) -> LiveLines:
    """A picture with one level."""
    return LiveLines(title="Falling", xlabel="step", ylabel="nats", levels={"floor": 0.5}, **settings)


def test_finished_picture_holds_every_point_and_level() -> None:
    falling = picture(log=True)
    for step in range(4):
        falling.add(step, loss=4.0 - step)
    falling.add(2, checked=2.5)
    falling.finish()
    (ax,) = falling.figure.axes
    floor, loss, checked = ax.lines
    assert loss.get_xydata().tolist() == [[0, 4], [1, 3], [2, 2], [3, 1]]
    assert checked.get_xydata().tolist() == [[2, 2.5]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["floor", "loss", "checked"]
    assert floor.get_ydata()[0] == 0.5 and ax.get_yscale() == "log"
    assert ax.get_xlim()[0] <= 0 and ax.get_xlim()[1] >= 3 and ax.get_ylim()[1] >= 4
    assert loss.get_color() != checked.get_color()


def test_the_figure_is_not_shown_a_second_time() -> None:
    picture()
    assert plt.get_fignums() == []


def test_redraws_no_oftener_than_asked(place: Place) -> None:
    patient = picture(seconds=1000.0)
    for step in range(50):
        patient.add(step, loss=1.0)
    assert place.n_updates == 0
    patient.finish()
    assert place.n_updates == 1


def test_redraws_while_values_arrive(place: Place) -> None:
    eager = picture(seconds=0.0)
    for step in range(3):
        eager.add(step, loss=1.0)
    assert place.n_updates == 3
    assert len(eager.figure.axes[0].lines[1].get_xdata()) == 3


def test_nothing_is_shown_outside_a_notebook(capsys: pytest.CaptureFixture[str]) -> None:
    picture().finish()
    assert capsys.readouterr().out == ""
