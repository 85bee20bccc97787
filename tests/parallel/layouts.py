"""Work for the processes of test_layouts.py: train in a layout, and compare with one process."""

import copy
import os
from dataclasses import replace
from functools import cache

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.tensor import DTensor

from minillama.backward import Batch
from minillama.cache import KVCache
from minillama.config import ModelConfig
from minillama.generation import generate, generate_batch
from minillama.loss import IGNORE
from minillama.model import Llama
from minillama.parallel.layout import Layout
from minillama.parallel.mesh import make_mesh, require_agreement, start_processes
from minillama.parallel.settings import JobSettings
from minillama.parallel.team import Team
from minillama.parallel.tensor import shard_tensors
from minillama.solo import Solo
from minillama.train_config import TrainConfig
from minillama.training import train

CONFIG = ModelConfig(
    vocab_size=96, dim=24, n_layers=5, n_heads=8, n_kv_heads=4, head_dim=6, hidden_dim=40, max_seq_len=32
)
TRAINING = TrainConfig(n_steps=20, learning_rate=0.01, n_warmup=4, clip_norm=1.0, chunk_tokens=20)
B, T = 8, 16


def batches(rank: int, n_ranks: int, n: int = TRAINING.n_steps) -> list[Batch]:
    """All batches of the run, or one reader's rows of them; rows differ in their number of targets, some have none."""
    generator = torch.Generator().manual_seed(5)
    found = []
    for _ in range(n):
        tokens = torch.randint(0, CONFIG.vocab_size, (B, T), generator=generator)
        targets = (3 * tokens + 1) % CONFIG.vocab_size
        n_ignored = torch.randint(0, T + 1, (B, 1), generator=generator)
        targets[torch.arange(T) < n_ignored] = IGNORE
        share = B // n_ranks
        rows = slice(rank * share, (rank + 1) * share)
        found.append((tokens[rows], targets[rows]))
    return found


def device() -> str:
    """A GPU for each process, where there are enough."""
    return "cuda" if torch.cuda.device_count() >= int(os.environ.get("WORLD_SIZE", "1")) else "cpu"


Numbers = list[tuple[float, float]]


def run(team: Solo, sizes: ModelConfig, config: TrainConfig, recompute: bool = False) -> tuple[Numbers, nn.Module]:
    """Train in float64, where differences of rounding are tiny; return loss and norm of every step, and the model."""
    torch.manual_seed(7)
    model = team.place(Llama(sizes).double().to(device()), config, recompute)
    optimizer = team.make_optimizer(model, config)
    source = batches(team.data_rank, team.n_data, config.n_steps * config.accumulate)
    steps = train(model, source, config, optimizer, **team.hooks())
    return [(step.loss, step.grad_norm) for step in steps], model


def distance(model: nn.Module, other: nn.Module) -> float:
    """The largest difference of a weight, over all weights of all processes."""
    expected = dict(other.named_parameters())
    worst = 0.0
    for name, weight in model.named_parameters():
        whole = weight.full_tensor() if isinstance(weight, DTensor) else weight
        worst = max(worst, (whole - expected[name]).abs().max().item())
    told = [None] * dist.get_world_size()
    dist.all_gather_object(told, worst)
    return max(told)


@cache
def alone(sizes: ModelConfig, config: TrainConfig) -> tuple[Numbers, nn.Module]:
    """The same run in one process."""
    return run(Solo(), sizes, config)


def compare(*layouts: str) -> dict[str, list[float]]:
    """For each layout, such as ``tensor=2 zero=3``: the largest differences of loss, norm and weights; what it learned.

    ``recompute``, ``tied`` and ``accumulate`` belong to the model and the training.
    """
    found = {}
    for text in layouts:
        options = dict(part.split("=") for part in text.split())
        recompute = options.pop("recompute", "") == "1"
        sizes = replace(CONFIG, tie_embeddings=options.pop("tied", "") == "1")
        config = replace(TRAINING, accumulate=int(options.pop("accumulate", "1")))
        settings = {name: value if name == "schedule" else int(value) for name, value in options.items()}
        expected, whole = alone(sizes, config)
        got, model = run(Team(JobSettings(**settings), device(), print), sizes, config, recompute)
        losses, norms = (max(abs(a[i] - b[i]) for a, b in zip(expected, got, strict=True)) for i in (0, 1))
        found[text] = [losses, norms, distance(model, whole), expected[0][0] - expected[-1][0]]
    return found


def write(seed: int) -> list[list[int]]:
    """Texts that a model on a tensor axis writes, and those that the whole model writes: greedy, drawn, and batched."""
    torch.manual_seed(int(seed))
    whole = Llama(CONFIG)
    cut = copy.deepcopy(whole)
    start_processes()
    shard_tensors(cut, make_mesh(Layout(tensor=dist.get_world_size()))["tensor"])
    texts = []
    for model in (whole, cut):
        kept = KVCache(CONFIG.n_layers, 30)
        texts.append(list(generate(model, [5, 11, 60], 20, cache=kept, chunk=2)))
        generator = torch.Generator().manual_seed(3)
        texts.append(list(generate(model, [7], 20, temperature=1.0, top_p=0.9, generator=generator)))
        texts.append([one for row in generate_batch(model, [[5, 11], [7, 2, 9]], 9) for one in row])
        texts.append(list(kept.layers[0]._keys.shape))
    return texts


def differ(kind: str) -> str:
    """What this process is told when it is given something else than the others."""
    rank, _ = start_processes()
    told = {"seed": 1, "dim": 64} if kind == "same" else {"seed": 1 if rank else 2, "dim": 64}
    try:
        require_agreement(told)
    except ValueError as error:
        return str(error)
    return "agreed"
