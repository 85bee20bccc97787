"""Tests of minillama.training: the loop does what it says."""

import copy
import math
from itertools import islice

import pytest
import torch
from tiny import TINY, random_tokens
from tiny_training import CONFIG, B, T, batches, tiny_llama, weights
from torch import nn

from minillama.backward import model_loss
from minillama.budget import forward_flops
from minillama.loss import IGNORE, next_token_loss
from minillama.optimizer import AdamW, learning_rate, make_optimizer
from minillama.train_config import TrainConfig
from minillama.training import evaluate_loss, train


def test_one_step_is_what_the_textbook_says() -> None:
    model, twin = tiny_llama(), tiny_llama()
    config = TrainConfig(n_steps=10, learning_rate=0.01, n_warmup=4, clip_norm=0.05, chunk_tokens=0, z_loss=1e-3)
    step = next(train(model, batches(), config))
    tokens, targets = next(batches())
    loss = next_token_loss(twin(tokens), targets, z_loss=1e-3)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(twin.parameters(), 0.05)
    torch.optim.AdamW(
        [
            {"params": [p for p in twin.parameters() if p.dim() > 1], "weight_decay": 0.1},
            {"params": [p for p in twin.parameters() if p.dim() == 1], "weight_decay": 0.0},
        ],
        lr=0.01 / 4,
        betas=(0.9, 0.95),
    ).step()
    assert torch.allclose(weights(model), weights(twin), atol=1e-6)
    assert (step.loss, step.grad_norm) == pytest.approx((loss.item(), norm.item()), rel=1e-5)
    assert (step.index, step.learning_rate, step.n_tokens) == (0, 0.0025, B * T)


def test_it_learns() -> None:
    steps = list(train(tiny_llama(), batches(60), TrainConfig(n_steps=60, learning_rate=0.02, n_warmup=10)))
    assert [step.index for step in steps] == list(range(60))
    assert abs(steps[0].loss - math.log(97)) < 0.1
    assert steps[-1].loss < 2.5
    rates = [learning_rate(step, 0.02, 10, 60) for step in range(60)]
    assert [step.learning_rate for step in steps] == rates


def test_nothing_happens_before_the_first_step_is_asked_for() -> None:
    source = batches()
    model = tiny_llama()
    before = weights(model)
    steps = train(model, source, CONFIG)
    assert torch.equal(weights(model), before)
    next(steps)
    assert not torch.equal(weights(model), before)
    assert torch.equal(next(source)[0], list(islice(batches(), 2))[1][0]), "one batch was taken, no more"


@pytest.mark.parametrize("chunk_tokens", [0, 10])
def test_accumulated_batches_equal_the_big_one(chunk_tokens: int) -> None:
    """The micro-batches have different numbers of targets, one of them none: each target counts alike."""
    big = list(islice(batches(batch=8), 3, 4))
    big[0][1][2:4] = IGNORE
    big[0][1][5, 1:] = IGNORE
    small = [(tokens[i : i + 2], targets[i : i + 2]) for tokens, targets in big for i in range(0, 8, 2)]
    results = []
    for source, accumulate in ((big, 1), (small, 4)):
        model = tiny_llama().double()
        config = TrainConfig(n_steps=1, learning_rate=0.01, accumulate=accumulate, chunk_tokens=chunk_tokens)
        gradient: list[torch.Tensor] = []
        keep = lambda one, _, to=gradient: to.extend(p.grad.clone() for p in one.parameters())  # noqa: E731
        (step,) = train(model, source, config, after_backward=keep)
        results.append((step.loss, step.grad_norm, step.n_tokens, step.flops, gradient))
    assert results[0][:2] == pytest.approx(results[1][:2], rel=1e-12)
    assert results[0][2:4] == results[1][2:4]
    assert all(torch.allclose(a, b, atol=1e-14) for a, b in zip(results[0][4], results[1][4], strict=True))


def test_processes_together_equal_one() -> None:
    """Two processes have 34 and 6 targets; weighted by them, their gradients are those of the whole batch."""
    tokens, targets = random_tokens(4, T), random_tokens(4, T, seed=9)
    targets[2:, 3:] = IGNORE
    found: list[tuple[list[torch.Tensor], int]] = []

    def keep(model: nn.Module, n_targets: int) -> None:
        found.append(([parameter.grad.clone() for parameter in model.parameters()], n_targets))

    for rows in (slice(0, 4), slice(0, 2), slice(2, 4)):
        next(train(tiny_llama().double(), [(tokens[rows], targets[rows])], CONFIG, after_backward=keep))
    (whole, total), (first, n), (second, m) = found
    assert (total, n, m) == (40, 34, 6)
    for expected, a, b in zip(whole, first, second, strict=True):
        assert torch.allclose((n * a + m * b) / total, expected, atol=1e-14)


def test_only_what_the_optimizer_holds_is_clipped_and_updated() -> None:
    model = tiny_llama()
    head = model.lm_head.weight.detach().clone()
    rest = [parameter for name, parameter in model.named_parameters() if not name.startswith("lm_head")]
    source = [next(batches())] * 3
    steps = list(train(model, source, CONFIG, torch.optim.SGD(rest, lr=0.0)))
    assert torch.equal(model.lm_head.weight, head)
    twin = tiny_llama()
    next_token_loss(twin(source[0][0]), source[0][1]).backward()
    others = [parameter.grad for name, parameter in twin.named_parameters() if not name.startswith("lm_head")]
    assert steps[0].grad_norm == pytest.approx(torch.stack([grad.norm() for grad in others]).norm().item(), rel=1e-5)


def test_going_on_equals_not_stopping() -> None:
    straight, broken = tiny_llama(), tiny_llama()
    expected = list(train(straight, batches(), CONFIG))
    optimizer = make_optimizer(broken, CONFIG.learning_rate)
    source = batches()
    first = list(islice(train(broken, source, CONFIG, optimizer), 4))
    rest = list(train(broken, source, CONFIG, optimizer, first_step=4))
    assert [(s.index, s.loss, s.grad_norm) for s in first + rest] == [(s.index, s.loss, s.grad_norm) for s in expected]
    assert torch.equal(weights(straight), weights(broken))


def test_our_own_optimizer_can_be_used() -> None:
    ours, theirs = tiny_llama(), tiny_llama()
    list(train(ours, batches(), CONFIG, AdamW(ours.parameters(), lr=1.0)))
    list(train(theirs, batches(), CONFIG, torch.optim.AdamW(theirs.parameters(), betas=(0.9, 0.95), weight_decay=0.1)))
    assert torch.allclose(weights(ours), weights(theirs), atol=1e-6)


def test_other_modules_can_be_trained() -> None:
    torch.manual_seed(0)
    bigram = nn.Sequential(nn.Embedding(97, 24), nn.Linear(24, 97))
    step = next(train(bigram, batches(), CONFIG))
    assert step.flops == 6 * B * T * sum(parameter.numel() for parameter in bigram.parameters())


def test_the_run_ends_with_the_steps_or_the_batches() -> None:
    assert len(list(train(tiny_llama(), batches(), CONFIG))) == 6
    assert len(list(train(tiny_llama(), batches(4), CONFIG))) == 4
    config = TrainConfig(n_steps=6, learning_rate=0.01, accumulate=3)
    assert len(list(train(tiny_llama(), batches(8), config))) == 2, "an incomplete group is left out"
    assert list(train(tiny_llama(), batches(), CONFIG, first_step=6)) == []


def test_frozen_parameters_stay() -> None:
    model = tiny_llama()
    model.layers[0].requires_grad_(False)
    before = copy.deepcopy(model.layers[0].state_dict())
    list(train(model, batches(3), CONFIG))
    assert all(torch.equal(value, before[name]) for name, value in model.layers[0].state_dict().items())


def test_step_counts_work() -> None:
    step = next(train(tiny_llama(), batches(), CONFIG))
    assert step.flops == 3 * B * T * forward_flops(TINY, (T + 1) // 2)
    assert step.tokens_per_second == pytest.approx(B * T / step.seconds)
    assert step.mfu(peak_flops=step.flops / step.seconds) == pytest.approx(1.0)


@pytest.mark.parametrize("chunk_tokens", [0, 10])
def test_evaluation_sums_over_targets(chunk_tokens: int) -> None:
    model = tiny_llama()
    nats, n_targets = evaluate_loss(model, batches(3), chunk_tokens)
    expected = sum(
        next_token_loss(model(tokens), targets, 0.0).item() * int((targets != IGNORE).sum())
        for tokens, targets in batches(3)
    )
    assert n_targets == sum(int((targets != IGNORE).sum()) for _, targets in batches(3))
    assert nats == pytest.approx(expected, rel=1e-5)
    assert model.training
    assert all(parameter.grad is None for parameter in model.parameters())
    evaluate_loss(model.eval(), batches(1))
    assert not model.training
    with pytest.raises(ValueError, match="there is no batch to evaluate"):
        evaluate_loss(model, [])


def test_a_replaced_head_is_still_used() -> None:
    """The chunked loss needs the plain matrix; anything else must be called."""
    model = tiny_llama()
    tokens, targets = next(batches())
    with_bias = nn.Linear(TINY.dim, TINY.vocab_size)
    for head in (nn.Sequential(model.lm_head, nn.Softplus()), with_bias):
        model.lm_head = head
        expected = next_token_loss(model(tokens), targets)
        assert torch.equal(model_loss(model, tokens, targets, chunk_tokens=10), expected)


def test_bad_first_step() -> None:
    with pytest.raises(ValueError, match="first_step must be 0 or more, got -1"):
        train(tiny_llama(), batches(), CONFIG, first_step=-1)
