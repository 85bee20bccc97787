"""How fast a training step is, next to LlamaForCausalLM of transformers.

Both have the same shapes, weights, batches, dtype and fused AdamW, clip their gradients, run in one process on one
thread, and take turns, so that a busy moment hits both alike. Processor time counts: waiting for other programs
does not. Before anything is measured, both must compute the same losses.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import AutoModelForCausalLM, LlamaForCausalLM
from transformers.utils import logging

from minillama.config import ModelConfig
from minillama.formats.huggingface_writer import save_huggingface
from minillama.fusion import fuse_layers
from minillama.model import Llama
from minillama.train_config import TrainConfig
from minillama.training import train

SMALL = ModelConfig(
    vocab_size=1024, dim=128, n_layers=4, n_heads=4, n_kv_heads=4, head_dim=32, hidden_dim=352, max_seq_len=128
)  # fmt: skip
LARGE = ModelConfig(
    vocab_size=8192, dim=384, n_layers=6, n_heads=6, n_kv_heads=6, head_dim=64, hidden_dim=1024, max_seq_len=256
)  # fmt: skip
SIZES = {"small": (SMALL, 16, 40), "large": (LARGE, 8, 9)}  # config, rows in a batch, rounds
PRECISIONS = {"float32": 1e-4, "bfloat16": 2e-2}  # how far the losses may differ
RATE, BETAS, DECAY, CLIP = 1e-3, (0.9, 0.95), 0.1, 1.0
TARGETS = {"speedup_small": ">= 1.05", "speedup_large": ">= 1.05"}
Take = Callable[[Tensor, Tensor], float]


def transformers_step(model: LlamaForCausalLM, precision: str) -> Take:
    """A training step as users of transformers write it."""
    matrices = [parameter for parameter in model.parameters() if parameter.dim() > 1]
    gains = [parameter for parameter in model.parameters() if parameter.dim() <= 1]
    groups = [{"params": matrices, "weight_decay": DECAY}, {"params": gains, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, betas=BETAS, fused=True)
    model.train()

    def take(tokens: Tensor, targets: Tensor) -> float:
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
            logits = model(input_ids=tokens, use_cache=False).logits
            loss = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        return loss.item()

    return take


def our_step(model: Llama, precision: str, chunk_tokens: int = 512) -> Take:
    """A step of `train`, which is given one batch at a time."""
    given: list[tuple[Tensor, Tensor]] = []

    def batches() -> Iterator[tuple[Tensor, Tensor]]:
        while True:
            yield given.pop()

    config = TrainConfig(
        n_steps=10**9, learning_rate=RATE, final_fraction=1.0, precision=precision, chunk_tokens=chunk_tokens
    )  # fmt: skip
    steps = train(model, batches(), config)

    def take(tokens: Tensor, targets: Tensor) -> float:
        given.append((tokens, targets))
        return next(steps).loss

    return take


def contestants(config: ModelConfig, precision: str) -> dict[str, Take]:
    """The same model five times: theirs, ours, and ours with what was gained switched on one by one."""
    torch.manual_seed(0)
    ours = {name: Llama(config) for name in ("plain", "chunked loss", "fused layers", "both")}
    for name, model in ours.items():
        model.load_state_dict(ours["plain"].state_dict())
        if name in ("fused layers", "both"):
            fuse_layers(model)
    with tempfile.TemporaryDirectory() as folder:
        save_huggingface(ours["plain"], folder, torch.float32)
        theirs = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    steps = {"transformers": transformers_step(theirs, precision)}
    chunks = {"chunked loss": 512, "both": 512}
    return steps | {name: our_step(model, precision, chunks.get(name, 0)) for name, model in ours.items()}


def random_batch(config: ModelConfig, rows: int, seed: int) -> tuple[Tensor, Tensor]:
    """Tokens and targets; speed does not depend on what they say."""
    generator = torch.Generator().manual_seed(seed)
    tokens = torch.randint(config.vocab_size, (rows, config.max_seq_len + 1), generator=generator)
    return tokens[:, :-1].contiguous(), tokens[:, 1:].contiguous()


def compare(config: ModelConfig, rows: int, rounds: int, precision: str) -> dict[str, list[float]]:
    """Processor seconds of each step of each contestant; the first two rounds warm up.

    Raises:
        RuntimeError: if the contestants do not compute the same.
    """
    steps = contestants(config, precision)
    samples: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(rounds + 2):
        batch, losses = random_batch(config, rows, number), {}
        for name, take in steps.items():
            began = time.process_time()
            losses[name] = take(*batch)
            if number >= 2:
                samples[name].append(time.process_time() - began)
        if number < 3 and max(losses.values()) - min(losses.values()) > PRECISIONS[precision]:
            raise RuntimeError(f"the losses of step {number} differ: {losses}")
    return samples


def speedup(samples: dict[str, list[float]], name: str) -> float:
    """How many times faster than transformers: the median over the rounds."""
    pairs = zip(samples["transformers"], samples[name], strict=True)
    return statistics.median(theirs / ours for theirs, ours in pairs)


def show(title: str, samples: dict[str, list[float]], n_tokens: int) -> None:
    """Print one table."""
    print(f"\n{title}")
    for name, seconds in samples.items():
        median = statistics.median(seconds)
        print(f"  {name:<14}{1000 * median:>9.0f} ms{n_tokens / median:>9.0f} tokens/s{speedup(samples, name):>8.3f} x")


def main() -> None:
    """Print the tables and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a quarter of the rounds")
    divisor = 4 if parser.parse_args().quick else 1
    torch.set_num_threads(1)
    logging.disable_progress_bar()
    figures: dict[str, float] = {}
    for size, (config, rows, rounds) in SIZES.items():
        for precision in PRECISIONS:
            samples = compare(config, rows, max(3, rounds // divisor), precision)
            show(
                f"{size}, {precision}: a step of {rows} x {config.max_seq_len} tokens",
                samples,
                rows * config.max_seq_len,
            )
            name = f"speedup_{size}" + ("" if precision == "float32" else f"_{precision}")
            figures[name] = round(speedup(samples, "both"), 3)
            figures[f"plain_{name.removeprefix('speedup_')}"] = round(speedup(samples, "plain"), 3)
    met = all(figures[name] >= 1.05 for name in TARGETS)
    print(json.dumps({"name": "training", "figures": figures, "targets": TARGETS, "met": met}))


if __name__ == "__main__":
    main()
