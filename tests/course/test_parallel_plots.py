"""Figures of chapter 11: what is drawn stands for the right numbers."""

import matplotlib.pyplot as plt
import pytest

from minillama.course.parallel_plots import (
    draw_collective,
    draw_mesh,
    draw_pair,
    draw_ring,
    draw_stacked,
    ring_state,
)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def _texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_partners_differ_in_one_coordinate():
    texts = _texts(draw_mesh(rank=7, data=2, pipeline=3, tensor=2))
    marked = dict(text.split("\n") for text in texts if "\n" in text)
    assert marked == {"6": "tensor", "9": "pipeline", "11": "pipeline", "1": "data"}


def test_the_last_axis_counts_fastest():
    ax = draw_mesh(rank=0, data=1, pipeline=2, tensor=3)
    places = {text.get_text().split("\n")[0]: text.get_position() for text in ax.texts}
    assert places["1"][0] == places["0"][0] and places["1"][1] < places["0"][1]
    assert places["3"][0] > places["0"][0] and places["3"][1] == places["0"][1]


def test_a_rank_that_is_not_there():
    with pytest.raises(ValueError, match="rank 12 is not among 12 processes: choose 0 to 11"):
        draw_mesh(rank=12, data=2, pipeline=3, tensor=2)


def test_every_number_of_every_rank_is_drawn():
    ax = plt.subplots()[1]
    draw_collective([[10, 20], [30, 40]], [[40, 60], [40, 60]], "all_reduce", ax)
    places = [(text.get_text(), text.get_position()[0]) for text in ax.texts if len(text.get_text()) == 2]
    columns = [sorted(number for number, x in places if x == column) for column in sorted({x for _, x in places})]
    assert columns == [["10", "20"], ["30", "40"], ["40", "60"], ["40", "60"]]


def test_ring_by_hand():
    assert ring_state(3, 0) == [[{rank}] * 3 for rank in range(3)]
    after_one = ring_state(3, 1)  # rank 0 sent part 0 to rank 1, rank 2 sent part 2 to rank 0
    assert after_one[1] == [{0, 1}, {1}, {1}]
    assert after_one[0] == [{0}, {0}, {0, 2}]
    after_two = ring_state(3, 2)  # rank r has part r + 1 complete
    assert [after_two[rank][(rank + 1) % 3] for rank in range(3)] == [{0, 1, 2}] * 3


@pytest.mark.parametrize("n_ranks", [1, 2, 5])
def test_ring_is_complete_after_all_steps_and_not_before(n_ranks):
    everything, n_steps = set(range(n_ranks)), 2 * (n_ranks - 1)
    assert ring_state(n_ranks, n_steps) == [[everything] * n_ranks] * n_ranks
    if n_steps:
        assert ring_state(n_ranks, n_steps - 1) != [[everything] * n_ranks] * n_ranks


def test_ring_with_too_many_steps():
    with pytest.raises(ValueError, match="a ring of 3 has 4 steps, got 5"):
        ring_state(3, 5)


def test_new_parts_of_the_ring_are_marked():
    marked = [box for box in draw_ring(step=4, n_ranks=3).patches if box.get_linewidth() == 3]
    assert len(marked) == 3
    assert not [box for box in draw_ring(step=0, n_ranks=3).patches if box.get_linewidth() == 3]


def test_parts_are_stacked_and_the_sum_stands_above():
    ax = draw_stacked({"a": {"x": 1.0, "y": 2.0}, "b": {"y": 5.0}}, title="t", ylabel="GB")
    bars = {(bar.get_y(), bar.get_height()) for bar in ax.patches if bar.get_height()}
    assert bars == {(0.0, 1.0), (1.0, 2.0), (0.0, 5.0)}
    assert _texts(ax) == ["3", "5"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["x", "y"]


def test_the_parts_of_a_pair_cover_the_matrices():
    def area(n_ranks):
        return sum(box.get_width() * box.get_height() for box in draw_pair(n_ranks).patches)

    share = 1.0 * 1.2  # each rank adds a result of its own
    assert area(3) - area(1) == pytest.approx(2 * share)
    assert _texts(draw_pair(3)).count("2") == 4  # gate and up, hidden, down, share
