"""A small model and batches to train it on, for the tests of the training loop."""

from collections.abc import Iterator

import torch
from tiny import TINY, random_tokens
from torch import nn

from minillama.loss import IGNORE
from minillama.model import Llama
from minillama.train_config import TrainConfig
from minillama.training import Batch

B, T = 3, 17
CONFIG = TrainConfig(n_steps=6, learning_rate=0.01, n_warmup=2)


def batches(n: int = 100, batch: int = B, seed: int = 0) -> Iterator[Batch]:
    """Pairs of tokens and targets, all different, with a different number of targets each."""
    for number in range(n):
        tokens = random_tokens(batch, T, seed=1000 * seed + number)
        targets = (3 * tokens + 1) % TINY.vocab_size
        targets[:, : number % 7] = IGNORE
        yield tokens, targets


def tiny_llama(seed: int = 0) -> Llama:
    torch.manual_seed(seed)
    return Llama(TINY)


def weights(model: nn.Module) -> torch.Tensor:
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])
