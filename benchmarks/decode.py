"""How fast SmolLM2-135M writes and reads, next to transformers and llama.cpp: same file, same threads, one run.

All three hold the weights of one GGUF file (Q4_1, its embedding and head Q8_0): llama.cpp as they are, minillama with
torch's kernels on packed codes, transformers decoded to float32 or bfloat16, whichever is faster. They take turns,
token by token each with its own greedy choices, so that a busy moment hits all. Perplexity is taken on the
same text; its baseline is the decoded file in float32.

A step of decoding has to read every weight once, so the memory bandwidth, measured by adding up a large array, sets
the limit. Compiling takes about two minutes when the program is new.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import torch

from benchmarks.decode_peers import LlamaCpp, Transformers
from minillama.cache import KVCache
from minillama.compiled import CompiledLlama
from minillama.course.experiments.quantization_texts import MEASURED_CHAPTERS, prose
from minillama.course.fetch import smollm2_path
from minillama.fast import FastLlama
from minillama.fixed_cache import FixedCache
from minillama.formats.gguf import load_gguf
from minillama.formats.gguf_quantized import load_gguf_quantized
from minillama.formats.huggingface_writer import save_huggingface
from minillama.formats.tokenizer_files import load_tokenizer
from minillama.generation import last_logits
from minillama.loss import next_token_loss

THREADS = 2
N_PROMPT, N_NEW, N_PREFILL, CAPACITY = 64, 64, 512, 576
BATCHES = (8, 32)
TARGETS = {
    "decode_vs_llamacpp": ">= 1.0",
    "decode_vs_transformers": ">= 4.0",
    "prefill_vs_llamacpp": ">= 3.0",
    "prefill_vs_transformers": ">= 1.2",
    "perplexity_vs_llamacpp": "<= 1.0",
}


class Minillama:
    """The contestant: ``FastLlama``, and for single tokens optionally the compiled one."""

    def __init__(self, model: FastLlama, compiled: CompiledLlama | None = None) -> None:
        self.model, self.compiled = model, compiled

    @torch.inference_mode()
    def read(self, tokens: torch.Tensor) -> torch.Tensor:
        """Start a text anew; return the logits after its last token, shape (B, V)."""
        make = FixedCache if self.compiled else KVCache
        self.cache = make(self.model.config.n_layers, CAPACITY)
        return last_logits(self.model, tokens, self.cache)

    @torch.inference_mode()
    def step(self, tokens: torch.Tensor) -> torch.Tensor:
        """Read one more token of each text."""
        return last_logits(self.compiled or self.model, tokens, self.cache)

    @torch.inference_mode()
    def nats(self, tokens: torch.Tensor) -> float:
        """Mean nats per token, read in pieces so short that the kernels of decoding do the work."""
        cache = KVCache(self.model.config.n_layers, tokens.shape[1])
        logits = torch.cat([self.model(piece, cache) for piece in tokens[:, :-1].split(32, dim=1)], dim=1)
        return next_token_loss(logits, tokens[:, 1:]).item()


def decode_rate(contestant: object, prompt: torch.Tensor, n_new: int) -> float:
    """Tokens per second of writing, all texts together."""
    tokens = contestant.read(prompt).argmax(-1, keepdim=True)
    began = time.perf_counter()
    for _ in range(n_new):
        tokens = contestant.step(tokens).argmax(-1, keepdim=True)
    return prompt.shape[0] * n_new / (time.perf_counter() - began)


def prefill_rate(contestant: object, prompt: torch.Tensor) -> float:
    """Tokens per second of reading a prompt, up to the scores of the next token."""
    began = time.perf_counter()
    contestant.read(prompt)
    return prompt.shape[1] / (time.perf_counter() - began)


def bandwidth(n_bytes: int = 1 << 28, times: int = 5) -> float:
    """Bytes per second with which a large array is read."""
    array = torch.ones(n_bytes // 8, dtype=torch.int64)
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        array.sum()
        seconds.append(time.perf_counter() - began)
    return n_bytes / min(seconds)


def take_turns(measures: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Every measurement once per round, after one round that does not count."""
    samples: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds + 1):
        for name, measure in measures.items():
            rate = measure()
            if number:
                samples[name].append(rate)
    return samples


def ratio(samples: dict[str, list[float]], ours: str, *theirs: str) -> float:
    """Median over the rounds of our rate against the best of theirs."""
    best = max(theirs, key=lambda name: statistics.median(samples[name]))
    return statistics.median(a / b for a, b in zip(samples[ours], samples[best], strict=True))


def show(title: str, samples: dict[str, list[float]]) -> None:
    """Print the median rates."""
    print(f"\n{title}, tokens per second (median of {len(next(iter(samples.values())))})")
    for name, rates in samples.items():
        print(f"  {name:24} {statistics.median(rates):8.1f}   lowest {min(rates):.1f}, highest {max(rates):.1f}")


def perplexity_figures(models: dict[str, object], chunks: list[torch.Tensor]) -> dict[str, float]:
    """Perplexity of each on the same text."""
    nats = {name: statistics.mean(model.nats(chunk) for chunk in chunks) for name, model in models.items()}
    print(f"\nperplexity on {len(chunks)} times {chunks[0].shape[1]} tokens of data/prose.txt")
    for name, value in nats.items():
        print(f"  {name:24} {float(torch.tensor(value).exp()):8.4f}")
    difference = nats["minillama"] - nats["llama.cpp"]
    return {"perplexity_vs_llamacpp": round(float(torch.tensor(difference).exp()), 5)}


def measure(rounds: int, n_chunks: int, compiles: bool) -> dict[str, float]:
    """All figures."""
    path = smollm2_path()
    ids = load_tokenizer(path).encode(prose(MEASURED_CHAPTERS))
    texts = torch.tensor(ids[: len(ids) // N_PREFILL * N_PREFILL]).view(-1, N_PREFILL)
    prompts = texts.view(-1, N_PROMPT)
    fast = FastLlama(load_gguf_quantized(path))
    with tempfile.TemporaryDirectory() as folder:
        save_huggingface(load_gguf(path), folder)
        peers = {
            "llama.cpp": LlamaCpp(path, THREADS, CAPACITY),
            "transformers float32": Transformers(folder, torch.float32),
            "transformers bfloat16": Transformers(folder, torch.bfloat16),
        }
    hugging = ("transformers float32", "transformers bfloat16")
    contestants = {"minillama eager": Minillama(fast), **peers}
    if compiles:
        contestants["minillama compiled"] = Minillama(fast, CompiledLlama(fast))
    ours = "minillama compiled" if compiles else "minillama eager"

    figures = perplexity_figures(
        {
            "float32 baseline": peers["transformers float32"],
            "minillama": Minillama(fast),
            "llama.cpp": peers["llama.cpp"],
        },
        list(texts[:n_chunks, None]),
    )
    writing = take_turns({n: lambda c=c: decode_rate(c, prompts[:1], N_NEW) for n, c in contestants.items()}, rounds)
    show("writing, one text", writing)
    readers = {n: c for n, c in contestants.items() if n == ours or n in peers}  # compiled or not, prompts are the same
    reading = take_turns({n: lambda c=c: prefill_rate(c, texts[:1]) for n, c in readers.items()}, rounds)
    show(f"reading {N_PREFILL} tokens", reading)
    weights = sum(buffer.nbytes for name, buffer in fast.named_buffers() if not name.startswith("embed"))
    limit = bandwidth() / weights
    share = statistics.median(writing[ours]) / limit
    print(f"\n{weights / 1e6:.1f} MB of weights: memory allows {limit:.0f} tokens per second; share {share:.2f}")
    figures |= {
        "decode_vs_llamacpp": ratio(writing, ours, "llama.cpp"),
        "decode_eager_vs_llamacpp": ratio(writing, "minillama eager", "llama.cpp"),
        "decode_vs_transformers": ratio(writing, ours, *hugging),
        "decode_eager_vs_transformers": ratio(writing, "minillama eager", *hugging),
        "prefill_vs_llamacpp": ratio(reading, ours, "llama.cpp"),
        "prefill_vs_transformers": ratio(reading, ours, *hugging),
        "bandwidth_share": share,
    }
    batch_of = {n: c for n, c in {"minillama eager": Minillama(fast), **peers}.items() if n != "llama.cpp"}
    for size in BATCHES:
        batched = take_turns(
            {n: lambda c=c, p=prompts[:size]: decode_rate(c, p, 16) for n, c in batch_of.items()}, rounds // 2
        )
        show(f"writing, {size} texts at once", batched)
        figures[f"batch_{size}_vs_transformers"] = ratio(batched, "minillama eager", *hugging)
    return {name: round(value, 5 if name.startswith("perplexity") else 3) for name, value in figures.items()}


def main() -> None:
    """Measure in a fresh process whose threads wait actively, as they do by default."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few rounds and no compiling")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.inside:
        settings = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
        command = [sys.executable, "-m", "benchmarks.decode", *sys.argv[1:], "--inside"]
        sys.exit(subprocess.run(command, env=settings | {"OMP_NUM_THREADS": str(THREADS)}, check=False).returncode)
    torch.set_num_threads(THREADS)
    figures = measure(*((3, 2, False) if options.quick else (5, 8, True)))
    met = all(figures[name] >= float(bound[3:]) for name, bound in TARGETS.items() if bound.startswith(">="))
    met = met and figures["perplexity_vs_llamacpp"] <= 1.0
    print(json.dumps({"name": "decode", "figures": figures, "targets": TARGETS, "met": met}))


if __name__ == "__main__":
    main()
