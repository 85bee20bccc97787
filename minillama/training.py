"""The training loop: a generator that yields one ``Step`` after every update of the weights.

Shape letters: B batch, T tokens, V vocabulary.

Source: Touvron et al., 2023, arXiv:2302.13971, section 2.3.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import torch
from torch import Tensor, nn

from .backward import Batch, accumulate_gradients, count_targets, model_loss
from .budget import forward_flops
from .config import ModelConfig
from .loss_scaling import LossScaler
from .optimizer import clip_gradients, learning_rate, make_optimizer
from .train_config import Step, TrainConfig

MIN_SCALE = 2.0**-14  # gradients that overflow even when scaled down by this are beyond rescue

AfterBackward = Callable[[nn.Module, int], None]
Backward = Callable[[nn.Module, list[Batch], TrainConfig, LossScaler | None], tuple[float, int]]
Clip = Callable[[Iterable[Tensor], float], float]


class TrainingError(ValueError):
    """Training went wrong; the weights are those of the last good step."""


def train(
    model: nn.Module,
    batches: Iterable[Batch],
    config: TrainConfig,
    optimizer: torch.optim.Optimizer | None = None,
    first_step: int = 0,
    after_backward: AfterBackward | None = None,
    scaler: LossScaler | None = None,
    backward: Backward = accumulate_gradients,
    clip: Clip = clip_gradients,
) -> Iterator[Step]:
    """Train a model; after every update, yield what it did.

    Nothing else happens: the caller logs, draws, evaluates, saves, or stops by leaving the loop. To go on where
    a run stopped, give the same ``config``, the restored model, optimizer and scaler, batches from the right
    place on, and ``first_step``. Under several processes all must take the same number of steps.

    Args:
        model: maps tokens (B, T) to logits (B, T, V); changed in place, on the device where it is.
        batches: pairs of tokens (B, T) and targets (B, T), where ``IGNORE`` marks what is not learned. The
            run ends early if they end; a last group shorter than ``accumulate`` is left out.
        config: how to train.
        optimizer: by default ``make_optimizer`` with the values of ``config``. Only the parameters it holds are
            cleared, clipped and updated.
        first_step: number of the first step; larger than 0 when going on.
        after_backward: called when the gradients are complete, with the model and the number of targets that they
            are the mean of. To join several processes, weight each one's gradients by its number.
        scaler: for float16; by default a new one.
        backward: computes loss and gradients of the batches of one step; another function may spread the work over
            processes.
        clip: measures and shortens the gradients; another function may know gradients of which a part is elsewhere.

    Yields:
        One ``Step`` per update.

    Raises:
        ValueError: if ``first_step`` is negative.
        TrainingError: if the loss or the gradient is not finite; the weights are not touched by that step.

    Example:
        >>> _ = torch.manual_seed(0)
        >>> bigram = nn.Sequential(nn.Embedding(5, 8), nn.Linear(8, 5))  # any module that gives logits
        >>> counting = torch.tensor([[0, 1, 2, 3, 4]])
        >>> config = TrainConfig(n_steps=40, learning_rate=0.1)
        >>> losses = [step.loss for step in train(bigram, [(counting, (counting + 1) % 5)] * 40, config)]
        >>> losses[0] > 1.4, losses[-1] < 0.1
        (True, True)
    """
    if first_step < 0:
        raise ValueError(f"first_step must be 0 or more, got {first_step}")
    if optimizer is None:
        optimizer = make_optimizer(model, config.learning_rate, config.betas, weight_decay=config.weight_decay)
    if config.precision != "float16":
        scaler = None
    elif scaler is None:
        scaler = LossScaler()
    return _steps(model, iter(batches), config, optimizer, first_step, after_backward, scaler, backward, clip)


def evaluate_loss(model: nn.Module, batches: Iterable[Batch], chunk_tokens: int = 512) -> tuple[float, int]:
    """Return how surprised a model is by some text.

    Args:
        model: maps tokens (B, T) to logits; left in the mode, training or not, in which it was.
        batches: pairs of tokens (B, T) and targets (B, T); each has something to predict.
        chunk_tokens: tokens whose logits exist at the same time; 0 computes them all at once.

    Returns:
        The sum of -log(probability) in nats, and the number of targets: their ratio is the mean loss, and
        ``bits_per_byte`` takes the sum.

    Raises:
        ValueError: if there is no batch.

    Example:
        >>> guess = nn.Embedding.from_pretrained(torch.zeros(4, 4))  # equal logits for 4 tokens
        >>> nats, n_targets = evaluate_loss(guess, [(torch.tensor([[0, 1]]), torch.tensor([[2, 3]]))])
        >>> round(nats / n_targets, 4), n_targets  # log 4
        (1.3863, 2)
    """
    was_training = model.training
    model.eval()
    nats, n_targets = 0.0, 0
    try:
        with torch.no_grad():
            for tokens, targets in batches:
                n_learned = count_targets(targets)
                nats += model_loss(model, tokens, targets, chunk_tokens).item() * n_learned
                n_targets += n_learned
    finally:
        model.train(was_training)
    if not n_targets:
        raise ValueError("there is no batch to evaluate: give at least one pair of tokens and targets")
    return nats, n_targets


def _steps(
    model: nn.Module,
    batches: Iterator[Batch],
    config: TrainConfig,
    optimizer: torch.optim.Optimizer,
    first_step: int,
    after_backward: AfterBackward | None,
    scaler: LossScaler | None,
    backward: Backward,
    clip: Clip,
) -> Iterator[Step]:
    """Run the loop; ``train`` has checked its input."""
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    model.train()
    for index in range(first_step, config.n_steps):
        began = time.perf_counter()
        group = list(islice(batches, config.accumulate))
        if len(group) < config.accumulate:
            return
        rate = learning_rate(index, config.learning_rate, config.n_warmup, config.n_steps, config.final_fraction)
        optimizer.zero_grad()
        loss, n_targets = backward(model, group, config, scaler)
        if after_backward is not None:
            after_backward(model, n_targets)
        has_overflowed = scaler is not None and not scaler.unscale(parameters)
        norm = math.inf if has_overflowed else clip(parameters, config.clip_norm)
        _require_finite(index, loss, rate, norm, scaler)
        finite = math.isfinite(norm)
        if finite:
            for settings in optimizer.param_groups:
                settings["lr"] = rate
            optimizer.step()
        if scaler is not None:
            scaler.update(finite)
        n_tokens = sum(tokens.numel() for tokens, _ in group)
        flops = sum(_flops(model, parameters, *tokens.shape) for tokens, _ in group)
        yield Step(index, loss, rate, norm, n_tokens, time.perf_counter() - began, flops)


def _require_finite(index: int, loss: float, rate: float, norm: float, scaler: LossScaler | None) -> None:
    """Stop before a step that would ruin the weights. An overflow that the scaler can mend is none."""
    if math.isfinite(loss) and (math.isfinite(norm) or (scaler is not None and scaler.scale > MIN_SCALE)):
        return
    raise TrainingError(
        f"step {index}: the loss is {loss} and the gradient norm {norm} at learning rate {rate:.3g}. The weights are "
        "those of the step before. Lower the learning rate, lengthen the warm-up or clip more, go on from the last "
        "checkpoint, and look at the data of this step"
    )


def _flops(model: nn.Module, parameters: list[nn.Parameter], n_rows: int, n_tokens: int) -> int:
    """Operations of one batch: backward costs twice the forward pass; a token sees half of its row on average."""
    config = getattr(model, "config", None)
    if isinstance(config, ModelConfig):
        return 3 * n_rows * n_tokens * forward_flops(config, (n_tokens + 1) // 2)
    return 6 * n_rows * n_tokens * sum(parameter.numel() for parameter in parameters)
