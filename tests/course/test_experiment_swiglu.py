"""The experiment of chapter 04: a fair comparison, a language with a known floor, and the table that ships."""

import math

import pytest
import torch

from minillama.course.experiments import swiglu
from minillama.course.experiments.invented_facts import (
    FLOOR,
    N_PEOPLE,
    RELATIONS,
    WINDOW,
    alphabet,
    encode,
    facts,
    write_text,
)


def test_every_fact_is_different_and_states_one_thing_about_one_person() -> None:
    assert len(set(facts())) == N_PEOPLE * len(RELATIONS) == round(math.exp(FLOOR)) == 800
    subjects = {(fact.split()[0], relation) for relation in RELATIONS for fact in facts() if f" {relation} " in fact}
    assert len(subjects) == 800


def test_window_reaches_back_to_the_first_letter() -> None:
    last_letter = max(len(fact.removesuffix(". ")) for fact in facts()) - 1
    assert last_letter == WINDOW


def test_text_is_made_of_facts_and_repeats_exactly() -> None:
    text = write_text(500, seed=5)
    assert set(text.split(". ")[:-1]) <= {fact.removesuffix(". ") for fact in facts()}
    assert text == write_text(500, seed=5) != write_text(500, seed=6)
    assert "".join(alphabet()[i] for i in encode(text)) == text


class KnowsTheLanguage(torch.nn.Module):
    """The best possible model: it works out, from the window, which facts are still possible."""

    def forward(self, windows: torch.Tensor) -> torch.Tensor:
        return torch.stack([self.logits("".join(alphabet()[i] for i in window)) for window in windows])

    def logits(self, window: str) -> torch.Tensor:
        """Count the letters that follow what the window shows of the present sentence."""
        _, end, begun = ("." * window.startswith(" ") + window).rpartition(". ")
        counts = torch.zeros(len(alphabet()))
        for fact in facts():
            if fact.startswith(begun) if end else begun in fact:
                counts[alphabet().index(fact[fact.index(begun) + len(begun)])] += 1
        return (counts / counts.sum()).log()


def test_a_model_that_knows_the_language_reaches_the_floor() -> None:
    assert swiglu.excess(KnowsTheLanguage(), n_sentences=40) == pytest.approx(0, abs=1e-4)


def test_a_model_that_knows_nothing_pays_for_every_letter() -> None:
    text = write_text(40, seed=2)
    blind = torch.nn.Flatten()  # any logits of the right shape; here: none preferred
    blind.forward = lambda windows: torch.zeros(len(windows), len(alphabet()))
    expected = len(text) * math.log(len(alphabet())) / 40 - FLOOR
    assert swiglu.excess(blind, n_sentences=40) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("name", swiglu.LAYERS)
def test_layers_have_equal_size_and_their_formula(name: str) -> None:
    layer, x = swiglu.LAYERS[name](swiglu.DIM), torch.randn(3, swiglu.DIM)
    assert sum(p.numel() for p in layer.parameters()) == 8 * swiglu.DIM**2
    activation = {
        "ReLU": torch.relu,
        "GELU": torch.nn.functional.gelu,
        "SiLU": torch.nn.functional.silu,
        "GLU": torch.sigmoid,
        "Bilinear": torch.nn.Identity(),
        "GEGLU": torch.nn.functional.gelu,
        "SwiGLU": torch.nn.functional.silu,
        "ReGLU": torch.relu,
    }[name]
    if name in ("ReLU", "GELU", "SiLU"):
        hidden = activation(layer.up_proj(x))
    else:
        hidden = activation(layer.gate_proj(x)) * layer.up_proj(x)
    torch.testing.assert_close(layer(x), layer.down_proj(hidden))


def test_training_learns_repeats_and_leaves_randomness_alone() -> None:
    torch.manual_seed(3)
    before = torch.random.get_rng_state()
    first = swiglu.train_row("ReLU", 0.008, seed=0, n_steps=30)
    assert torch.equal(before, torch.random.get_rng_state())
    untrained = swiglu.train_row("ReLU", 0.008, seed=0, n_steps=0)
    assert first.excess < 0.75 * untrained.excess
    assert swiglu.train_row("ReLU", 0.008, seed=0, n_steps=30).excess == pytest.approx(first.excess, abs=0.01)
    assert first.parameters == 16 * swiglu.DIM**2
    torch.manual_seed(4)
    assert swiglu.train_row("ReLU", 0.008, seed=0, n_steps=0) == untrained
    assert swiglu.train_row("ReLU", 0.008, seed=1, n_steps=0).excess != untrained.excess


def test_unknown_layer_is_refused() -> None:
    with pytest.raises(ValueError, match="no layer 'Relu'; there are ReLU, GELU"):
        swiglu.train_row("Relu", 0.008, seed=0)


def test_shipped_table_is_complete() -> None:
    rows = swiglu.read_table()
    keys = [(row.layer, row.learning_rate, row.seed) for row in rows]
    assert keys == [(n, rate, s) for n in swiglu.LAYERS for rate in swiglu.LEARNING_RATES for s in swiglu.SEEDS]
    assert {row.parameters for row in rows} == {16 * swiglu.DIM**2}
    assert all(0 < row.excess < 10 for row in rows)


def test_no_plain_layer_wants_a_rate_outside_the_ones_tried() -> None:
    """If the best rate of a loser stood at the edge, another rate might turn it into a winner."""
    for layer in ("ReLU", "GELU", "SiLU"):
        sums = dict.fromkeys(swiglu.LEARNING_RATES, 0.0)
        for row in swiglu.read_table():
            sums[row.learning_rate] += row.excess * (row.layer == layer)
        assert min(sums, key=sums.get) in swiglu.LEARNING_RATES[1:-1], layer


def test_missing_table_gives_no_rows(tmp_path) -> None:
    assert swiglu.read_table(tmp_path / "none.csv") == []
