"""The experiment of chapter 08: stages that differ in one part, equal tokens, and the table that ships."""

import math
from dataclasses import replace

import pytest
import torch
from torch import nn

from minillama.course.experiments import gpt2_to_llama as ablation
from minillama.course.experiments.gpt2_block import GPT2, STAGES, Block, PlainFeedForward, RotaryAttention
from minillama.course.experiments.town_text import GAP, N_STORIES, alphabet, letters, town_text
from minillama.rmsnorm import RMSNorm
from minillama.swiglu import SwiGLU

ROW = ablation.Row("GPT-2", 0.004, 0, ablation.FULL_STEPS, 100, 10, 2.0)


def part_types(stage: str) -> list[type]:
    model = ablation.build_model(stage)
    block = model.layers[0]
    parts = (block.attention_norm, block.feedforward_norm, model.final_norm, block.attention, block.feedforward)
    return [type(part) for part in parts]


def test_each_stage_exchanges_one_part_and_keeps_what_was_changed() -> None:
    first, norm, rope, last = map(part_types, STAGES)
    assert first[:3] == [nn.LayerNorm] * 3
    assert norm == [RMSNorm] * 3 + first[3:]
    assert rope == norm[:3] + [RotaryAttention, PlainFeedForward]
    assert last == [*rope[:4], SwiGLU]


def test_positions_are_learned_until_they_are_rotations() -> None:
    learned = [ablation.build_model(stage).position_embedding is not None for stage in STAGES]
    assert learned == [True, True, False, False]


def test_matrices_of_the_blocks_are_equally_large_and_biases_go() -> None:
    models = [ablation.build_model(stage) for stage in STAGES]
    matrices = [sum(w.numel() for w in model.layers.parameters() if w.dim() > 1) for model in models]
    assert matrices == [ablation.N_LAYERS * 12 * ablation.DIM**2] * 4
    biases = [sum(name.endswith("bias") for name, _ in model.layers[0].named_parameters()) for model in models]
    assert biases == [8, 6, 2, 0]


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_sees_the_future_and_all_know_the_order(stage: str) -> None:
    torch.manual_seed(0)
    model = ablation.build_model(stage)
    with torch.no_grad():
        for weight in model.parameters():
            weight += 0.3 * torch.randn_like(weight)
        tokens = torch.tensor([[5, 11, 60, 7, 9]])
        logits = model(tokens)
        later = model(torch.tensor([[5, 11, 60, 8, 12]]))
        swapped = model(torch.tensor([[11, 5, 60, 7, 9]]))
    torch.testing.assert_close(later[:, :3], logits[:, :3])
    assert (later[:, 3] - logits[:, 3]).abs().max() > 0.1
    assert (swapped[:, 2] - logits[:, 2]).abs().max() > 0.01


def test_weights_start_at_the_size_that_keeps_signals_and_smaller_where_they_add_up() -> None:
    torch.manual_seed(0)
    block = ablation.build_model("GPT-2").layers[1]
    std = ablation.DIM**-0.5
    assert block.feedforward.up_proj.weight.std().item() == pytest.approx(std, rel=0.05)
    assert block.feedforward.down_proj.weight.std().item() == pytest.approx(std / 2, rel=0.05)  # sqrt(2 * 2 layers)
    assert not block.attention.q_proj.bias.any()
    assert (block.attention_norm.weight == 1).all()


def test_text_has_enough_to_read_nothing_twice_and_repeats_exactly() -> None:
    assert len(letters("train")) > ablation.FULL_STEPS * ablation.BATCH * ablation.CONTEXT
    text = town_text("unseen")
    assert "".join(alphabet()[i] for i in letters("unseen")) == text
    assert text.count(GAP) == N_STORIES["unseen"]
    town_text.cache_clear()
    assert town_text("unseen") == text


def test_unseen_stories_are_not_in_the_training_text() -> None:
    unseen = town_text("unseen").split(GAP)[:-1]
    assert min(map(len, unseen)) > 500
    assert not set(unseen) & set(town_text("train").split(GAP))


def test_batches_show_every_row_once_and_targets_are_the_next_letters() -> None:
    text = torch.arange(ablation.CONTEXT * ablation.BATCH * 2 + 1)
    batches = ablation.shuffled_batches(text, seed=3)
    tokens, targets = (torch.cat(part) for part in zip(next(batches), next(batches), strict=True))
    assert torch.equal(targets, tokens + 1)
    assert torch.equal(tokens.flatten().sort().values, text[:-1])
    assert not torch.equal(tokens[:, 0], tokens[:, 0].sort().values)
    again, _ = next(ablation.shuffled_batches(text, seed=3))
    other, _ = next(ablation.shuffled_batches(text, seed=4))
    assert torch.equal(again, tokens[: ablation.BATCH])
    assert not torch.equal(again, other)


def test_training_learns_repeats_and_leaves_randomness_alone() -> None:
    torch.manual_seed(3)
    before = torch.random.get_rng_state()
    first = ablation.train_row("+RoPE", 0.008, n_steps=8)
    assert torch.equal(before, torch.random.get_rng_state())
    assert first.n_tokens == 8 * ablation.BATCH * ablation.CONTEXT
    assert first.loss < math.log(len(alphabet())) - 0.5  # that of a model that knows nothing
    torch.manual_seed(4)
    assert ablation.train_row("+RoPE", 0.008, n_steps=8).loss == pytest.approx(first.loss, abs=0.001)
    assert ablation.train_row("+RoPE", 0.008, seed=1, n_steps=8).loss != first.loss


def test_a_learners_block_is_trained_in_place_of_the_stages_own() -> None:
    made = []

    def make_block() -> nn.Module:
        made.append(Block(GPT2, ablation.DIM, ablation.N_HEADS))
        return made[-1]

    row = ablation.train_row("GPT-2", 0.004, n_steps=1, make_block=make_block)
    assert len(made) == ablation.N_LAYERS
    assert row.loss == pytest.approx(ablation.train_row("GPT-2", 0.004, n_steps=1).loss, abs=0.001)


def test_unknown_stage_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no stage 'RoPE'; there are GPT-2, \+RMSNorm"):
        ablation.train_row("RoPE", 0.004)


def test_summaries_take_the_best_rate_and_pair_the_seeds() -> None:
    losses = {
        ("GPT-2", 0.004): (2.0, 2.2, 2.4),
        ("GPT-2", 0.008): (1.9, 2.0, 2.1),
        ("+RMSNorm", 0.004): (1.8, 2.0, 1.9),
    }
    rows = [
        replace(ROW, stage=s, learning_rate=r, seed=i, loss=x)
        for (s, r), xs in losses.items()
        for i, x in enumerate(xs)
    ]
    rows.append(replace(ROW, n_steps=ablation.QUICK_STEPS, loss=0.5))
    summaries = ablation.summarize(rows)
    assert summaries[0] == ablation.Summary("GPT-2", 0.004, 3, 2.2, 0.11547)  # deviation 0.2, by the root of 3
    best = ablation.best(rows)
    assert [(name, row.learning_rate, row.mean) for name, row in best.items()] == [
        ("GPT-2", 0.008, 2.0), ("+RMSNorm", 0.004, 1.9)
    ]  # fmt: skip
    assert ablation.gains(rows) == [ablation.Gain("+RMSNorm", 0.1, 0.05774)]  # 0.1, 0.0, 0.2


def test_shipped_table_is_complete() -> None:
    rows = ablation.read_table()
    quick = [row for row in rows if row.n_steps == ablation.QUICK_STEPS]
    assert [(row.stage, row.learning_rate, row.seed) for row in quick] == [(s, ablation.QUICK_RATE, 0) for s in STAGES]
    full = {(row.stage, row.learning_rate, row.seed) for row in rows if row.n_steps == ablation.FULL_STEPS}
    assert full == {(s, rate, seed) for s in STAGES for rate in ablation.LEARNING_RATES for seed in ablation.SEEDS}
    assert len(rows) == len(quick) + len(full)
    assert {row.n_tokens for row in rows} == {n * 512 for n in (ablation.QUICK_STEPS, ablation.FULL_STEPS)}
    assert all(0 < row.loss < math.log(len(alphabet())) for row in rows)


def test_no_stage_wants_a_rate_outside_the_ones_tried() -> None:
    """If the best rate of a loser stood at the edge, another rate might turn it into a winner."""
    assert all(
        row.learning_rate in ablation.LEARNING_RATES[1:-1] for row in ablation.best(ablation.read_table()).values()
    )


def test_missing_table_gives_no_rows(tmp_path) -> None:
    assert ablation.read_table(tmp_path / "none.csv") == []
