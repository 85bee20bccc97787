# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 11 · Multi-GPU: one training run on many processors
#
# LLaMA-65B was trained on 2,048 GPUs at once. No GPU held the model, and none read more than a sliver of the text. Yet the
# result is what a single, impossibly large GPU would have computed.
#
# In this chapter you divide a training run: first the batch, then the memory, then the matrices, then the layers. All of
# it runs on your machine, in processes that exchange messages as GPUs do. Each way is held to one law: **the numbers must be
# those of one process**. And you count what the processes send, because that decides what is fast.
#
# | | |
# |---|---|
# | You will write | `ring_all_reduce`, `average_gradients`, `sharded_adamw_step`, `sum_gradients`, `parallel_swiglu`, `bubble_fraction`, `pipeline_schedule`, one bug fix, and (optional, hard) `ring_attend` |
# | You need | chapters 06 (the model) and 08 (the training step); no GPU |
# | Time | about 150 minutes, 84 of them for the eight exercises; a good place for a break is after section 5 |
#
# ## 1 Why one GPU is not enough

# %%
import contextlib
import copy
import io
import math
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor, nn

from minillama import KVCache, Llama, ModelConfig, generate
from minillama.budget import count_parameters
from minillama.config import LLAMA_65B, PRESETS
from minillama.course import board, exercise, hint, show_solution
from minillama.course.parallel_plots import (
    draw_collective,
    draw_mesh,
    draw_pair,
    draw_ring,
    draw_stacked,
)
from minillama.course.plots import (
    plot_bars,
    plot_lines,
    use_course_style,
    use_log_scale,
)
from minillama.course.processes import run_processes
from minillama.course.recorded import MULTI_GPU as RECORDED
from minillama.course.show import Table
from minillama.course.threads import on_ranks
from minillama.course.timeline_plots import draw_timeline, play_schedule
from minillama.course.widgets import explore
from minillama.loss import IGNORE, next_token_loss
from minillama.optimizer import adamw_step, clip_gradients
from minillama.parallel.peers import Peers, sum_over_ranks

use_course_style()
plt.rcParams["figure.dpi"] = 90  # many figures: keep the page small
torch.set_num_threads(1)  # the other core is for the other processes
warnings.filterwarnings("ignore", "torch.distributed is disabled")  # so it is, here

# %%
draw_mesh(rank=5)
plt.show()

# %% [markdown]
# *Sixteen processes in a grid with three axes. Those on top of each other (tensor, orange) share every matrix. The columns of
# a replica (pipeline, green) hold different layers. The replicas (data, pink) read different text. The black process talks
# to the colored ones only.*
#
# Each axis is one answer to the question "what is divided?". Move the slider to see who talks to whom.

# %% tags=["nbval-ignore-output"]
explore(draw_mesh, rank=(0, 15, 1))

# %% [markdown]
# Two reasons force this on us: time and memory. Time first. The authors of LLaMA report about 380 tokens per second on each
# GPU, for the largest model and its 1.4 trillion tokens (Touvron et al., 2023,
# [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.4).
#
# On one GPU that would take $1.4 \cdot 10^{12} / 380$ seconds, or 117 years. On 2,048 it takes 20.8 days. (The paper says
# "approximately 21 days".)
#
# Now memory. In mixed precision (chapter 08, section 13) a training run keeps for each parameter:
#
# | what | bytes |
# |---|---|
# | the weight, 16 bits, for the products | 2 |
# | its gradient, 16 bits | 2 |
# | the weight again, 32 bits, for tiny updates | 4 |
# | AdamW's mean of the gradient, 32 bits | 4 |
# | AdamW's mean of its square, 32 bits | 4 |
# | together | **16** |
#
# Source: Rajbhandari et al., 2019, *ZeRO*, [arXiv:1910.02054](https://arxiv.org/abs/1910.02054), section 3.1.

# %% tags=["nbval-check-output"]
NAMES = ("LLaMA-7B", "LLaMA-13B", "LLaMA-33B", "LLaMA-65B")
state = {name: 16 * count_parameters(PRESETS[name]) / 1e9 for name in NAMES}
for name, gigabytes in state.items():
    print(f"{name:10} {gigabytes:7.1f} GB")
cards = {name: gigabytes / 80 for name, gigabytes in state.items()}
title = "Training state, 16 bytes per parameter"
ax = plot_bars(cards, title=title, ylabel="cards of 80 GB")
ax.axhline(1, color="black", linewidth=1, linestyle=":")
plt.show()

# %% [markdown]
# *The dotted line is one A100 with 80 GB. Not even the smallest LLaMA can be trained on it, and activations are not yet counted.*
#
# So something must be divided. There are three choices, and large runs make all three at once.
#
# | axis | divided | what a process does alone | what travels |
# |---|---|---|---|
# | data | the rows of a batch | all layers, on its rows | gradients, once a step |
# | tensor | every matrix | its part of each layer | activations, several times in each layer |
# | pipeline | the layers | its layers | activations, at the borders |
#
# ## 2 Processes that talk
#
# A **process** is a program that runs, with memory of its own. Several processes share nothing. If one wants to know what
# another has computed, a message must be sent.
#
# For a parallel run the *same* program is started several times. Each process gets a number, its **rank**, from 0 up. That
# is the only difference between them. On a cluster there is one process for each GPU, and the messages go through NVIDIA's
# library NCCL. Here the processes run on CPU cores, and the messages go through a library called gloo. The Python code is
# the same.
#
# Messages are sent by **collectives**: operations that all ranks call together. Four are enough for this chapter.
#
# | collective | what each rank gets |
# |---|---|
# | `all_reduce(x)` | the sum of everybody's `x`, in place |
# | `reduce_scatter(x)` | its own part of that sum |
# | `all_gather(x)` | everybody's `x`, one after the other |
# | `shift(x)` | the `x` of the rank before it, in a ring |
#
# The object `peers` has these four as methods, and two numbers: `peers.rank` and `peers.n_ranks`. The function `talk` below
# is the program of one process.
#
# Starting processes takes seconds. To try things out, the course has a stage for rehearsals: `on_ranks` lets the ranks be
# *threads* of this one process, with the same `peers`. It takes milliseconds.


# %%
def talk(peers: Peers) -> dict[str, list[float]]:
    """Call each collective once; return what this rank got."""
    numbers = (peers.rank + 1) * torch.tensor([1.0, 10.0, 100.0, 1000.0])
    total = numbers.clone()
    peers.all_reduce(total)
    got = {
        "all_reduce": total,
        "reduce_scatter": peers.reduce_scatter(numbers),
        "all_gather": peers.all_gather(numbers[:1]),
        "shift": peers.shift(numbers[:1]),
    }
    return {name: tensor.tolist() for name, tensor in got.items()}


results = on_ranks(4, talk)
_, axes = plt.subplots(2, 2, figsize=(8.4, 4.4))
for ax, name in zip(axes.flat, results[0]):
    whole = name in ("all_reduce", "reduce_scatter")
    before = [[(rank + 1) * 10**i for i in range(4 if whole else 1)] for rank in range(4)]
    draw_collective(before, [result[name] for result in results], name, ax)
plt.show()

# %% [markdown]
# *Each column is a rank, left before the collective and right after it. The two in the upper row add up. The two in the
# lower row only move numbers.*
#
# Now the same function in four real processes. `run_processes` writes it into a file together with all it needs, starts
# Python four times, and shows what each one prints or returns. (Where processes cannot be started, as on some hosted
# notebooks, it shows what they printed elsewhere, and says so.)


# %%
def introduce(peers: Peers) -> dict[str, list[float]]:
    """Say who I am, then talk."""
    print(f"I am rank {peers.rank} of {peers.n_ranks}, process {os.getpid()}")
    return talk(peers)


real = run_processes(introduce, 4, recorded=RECORDED["introduce"])
if real:
    print("the processes got what the threads got:", real == results)

# %% [markdown]
# Four processes ran at the same time, each with a number of its own in the operating system (yours will differ). Their
# lines stand in the order of ranks only because they were sorted afterwards.
#
# Look at the picture again: reduce_scatter leaves the sum in pieces, and all_gather collects pieces. One after the other
# they do what all_reduce does. **all_reduce = reduce_scatter + all_gather.** Half of this chapter rests on that line.


# %% tags=["nbval-check-output"]
def both_ways(peers: Peers) -> bool:
    """All-reduce in one go, and in two."""
    x = torch.arange(8.0) * (peers.rank + 1)
    pieces = peers.all_gather(peers.reduce_scatter(x))
    peers.all_reduce(x)
    return torch.equal(x, pieces)


print(on_ranks(4, both_ways))

# %% [markdown]
# ## 3 All-reduce around a ring
#
# How would you add up tensors that lie on $n$ ranks? The obvious way: all send theirs to rank 0, it adds them and sends the
# sum back to each. With a tensor of size $S$, rank 0 receives $(n - 1)\,S$ and sends $(n - 1)\,S$, while the others wait.
#
# The gradients of LLaMA-7B take 13.5 GB in 16 bits. With 64 ranks, rank 0 would send 849 GB, for every step. And with more
# ranks it gets worse.
#
# **The ring** spreads this work evenly. Cut the tensor into $n$ parts. Let each rank send to the next one only, and the last
# to the first.
#
# 1. *Add.* In each step every rank passes one part on. The next rank adds it to its own part of that number, and passes the
#    sum on in the next step. After $n - 1$ steps each rank has one part that is complete.
# 2. *Spread.* The complete parts go around in the same way, without adding. After $n - 1$ more steps all have everything.

# %%
draw_ring(step=2)
plt.show()

# %% [markdown]
# *Each box is one part on one rank, and says whose numbers are added up in it. Orange edges mark what has just arrived.
# After the second step each rank holds a part with three of four contributions.*
#
# Go through all six steps. Which part is complete first on rank 0?

# %% tags=["nbval-ignore-output"]
explore(draw_ring, step=(0, 6, 1))

# %% [markdown]
# ### Exercise 1 · `ring_all_reduce` (difficulty 4 of 5, 20 minutes)
#
# Take the picture as your plan. In step $s$ of the first round rank $r$ sends part $r - s$. So it receives part
# $r - s - 1$, counted around: use `% n`. In the second round it sends part $r - s + 1$ and receives part $r - s$.
#
# $n$ need not divide the size of `x`. Pad with zeros first: `F.pad(row, (0, k))` adds $k$ zeros at the end of a row, and
# `-size % n` is the number that is missing. At the end cut them off. `.chunk(n)` cuts a row into $n$ parts.


# %%
@exercise("collectives.ring_all_reduce")
def ring_all_reduce(x: Tensor, peers: Peers) -> Tensor:
    """Return the sum of everybody's x, by passing parts around a ring.

    Args:
        x: any shape and size, the same on every rank; not changed.
        peers: ``peers.shift(part)`` sends a part to the next rank and returns what the one
            before sent; all ranks send parts of one shape. No other collective is needed.

    Returns:
        The sum, in the shape of x. Each rank sends 2 (N - 1) parts.
    """
    ### BEGIN SOLUTION
    n, rank = peers.n_ranks, peers.rank
    padded = F.pad(x.flatten(), (0, -x.numel() % n))
    parts = list(padded.chunk(n))
    for step in range(n - 1):
        received = peers.shift(parts[(rank - step) % n])
        parts[(rank - step - 1) % n] = parts[(rank - step - 1) % n] + received
    for step in range(n - 1):
        parts[(rank - step) % n] = peers.shift(parts[(rank - step + 1) % n])
    return torch.cat(parts)[: x.numel()].view_as(x)
    ### END SOLUTION


# %% [markdown]
# The threads of `on_ranks` count what they send. So count: how much does each rank send, as a multiple of the tensor?


# %%
def sent(peers: Peers) -> float:
    """Bytes that this rank sends in a ring all-reduce, by the size of the tensor."""
    x = torch.ones(840)  # 840 numbers can be cut into 2, 3, ... 8 parts
    ring_all_reduce(x, peers)
    return peers.payload("shift") / x.nbytes


counts = range(2, 9)
lines = {
    "ring, counted": [max(on_ranks(n, sent)) for n in counts],
    "2 (n - 1) / n": [2 * (n - 1) / n for n in counts],
    "all through rank 0": [n - 1 for n in counts],
}
ax = plot_lines(counts, lines, title="What the busiest rank sends", xlabel="ranks",
                ylabel="multiple of the tensor")  # fmt: skip
ax.lines[0].set(marker="o", linestyle="none")
ax.legend()
plt.show()

# %% [markdown]
# *Through rank 0 the load grows with every rank. In the ring it stays below 2, however many ranks there are. The counted
# points lie on the formula: two rounds of $n - 1$ steps with $1/n$ of the tensor each.*
#
# That is why thousands of GPUs can train together. Patarasuk and Yuan (2009, *Bandwidth optimal all-reduce algorithms for
# clusters of workstations*) prove that no way that adds up on the ranks themselves can do with less.
#
# The ring has a price as well: $2(n - 1)$ steps, one after the other, and each takes a few microseconds even if it carries
# a single number. So **few large messages are better than many small ones**.
#
# Keep two numbers apart. The **payload** is the size $S$ of the tensor that a collective works on (for all_gather, of the
# result). What each rank **sends** for it around a ring is $\frac{n-1}{n} S$ for reduce_scatter, the same for all_gather, and
# the sum of both for all_reduce.
#
# ## 4 Data parallelism
#
# The simplest division: every rank has the *whole* model, and reads other rows. Each computes the gradient of its rows. The
# ranks average their gradients. Then each makes the same step with the same numbers, so the copies, called **replicas**,
# stay equal without ever comparing weights.
#
# For an example we need a text and a small model. The text are the scenes of chapter 08, whose words are letters here.

# %%
from minillama.packing import pack_documents
from minillama.world.grammar import scene

SCENES = [scene(seed) for seed in range(400)]
ALPHABET = sorted(set("".join(SCENES)))
BOS, EOS = len(ALPHABET), len(ALPHABET) + 1
VOCAB_SIZE = 36  # one id stays unused, so that 2 and 4 divide the vocabulary

documents = ([BOS, *map(ALPHABET.index, text), EOS] for text in SCENES)
PACKED = list(pack_documents(documents, row_length=65, bos_id=BOS))
ids = torch.tensor(PACKED)
TOKENS = ids[:, :-1].contiguous()
TARGETS = ids[:, 1:].masked_fill(ids[:, 1:] == BOS, IGNORE)
for row in range(12, 400, 16):
    TARGETS[row : row + 4, 12:] = IGNORE  # a quarter of the rows is short, as in real data
CONFIG = ModelConfig(
    vocab_size=VOCAB_SIZE, dim=64, n_layers=4, n_heads=4, n_kv_heads=4, head_dim=16,
    hidden_dim=160, max_seq_len=64,
)  # fmt: skip
torch.manual_seed(0)
FIRST = Llama(CONFIG)


def new_model() -> Llama:
    """A copy of the first model, so that all ranks begin with the same weights."""
    return copy.deepcopy(FIRST)


N_PARAMETERS = count_parameters(CONFIG)
print(f"{len(TOKENS)} rows of {TOKENS.shape[1]} tokens, {N_PARAMETERS:,} parameters")

# %% [markdown]
# ### Whose mean?
#
# The loss is a mean over targets, and ranks can have different numbers of them. By hand: rank 0 has 3 targets, and the
# mean of their gradients is 2. Rank 1 has one target, with a gradient of 6. One process with all four would get
#
# $$\frac{3 \cdot 2 + 1 \cdot 6}{4} = 3$$
#
# The plain mean of 2 and 6 is 4, and that is wrong. You met this bug in chapter 08, where pieces of a batch came one after
# the other. Here they come from ranks. A mean cannot be added up over ranks. A *sum* can, and so can a *number of targets*.
#
# ### Exercise 2 · `average_gradients` (difficulty 3 of 5, 12 minutes)
#
# 1. Take all parameters that are trained. Where there is no gradient (`.grad` is None), take zeros.
# 2. Join all gradients into one row with `torch.cat`, and one more number, 1, at its end. One message instead of dozens.
# 3. Multiply the row by `n_targets`. With `n_targets` = 0 the gradients may be NaN, so take zeros instead.
# 4. Call `all_reduce(row)`. Its last number is now the number of all targets.
# 5. Divide, cut the row into pieces with `.split([...])`, and put them back with `.view_as(weight)`.


# %%
@exercise("data_parallel.average_gradients")
def average_gradients(
    model: nn.Module,
    n_targets: int,
    all_reduce: Callable[[Tensor], object] = dist.all_reduce,
) -> None:
    """Replace each rank's gradients by those of the mean loss over all targets.

    Args:
        model: its gradients are those of the mean over this rank's targets, and are
            replaced. A trainable parameter without one counts as zeros and gets one.
        n_targets: targets of this rank, 0 or more. With 0 its gradients do not count, even
            if they are not finite.
        all_reduce: replaces a tensor by its sum over all ranks.
    """
    if n_targets < 0:
        raise ValueError(
            f"n_targets must be 0 or more, got {n_targets}: count the targets that are learned"
        )
    ### BEGIN SOLUTION
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    gradients = [
        torch.zeros_like(weight) if weight.grad is None else weight.grad
        for weight in weights
    ]
    one = torch.ones(1, device=weights[0].device)
    flat = torch.cat([*(gradient.flatten() for gradient in gradients), one])
    flat = flat * n_targets if n_targets else torch.zeros_like(flat)
    all_reduce(flat)
    total = flat[-1]
    if not total:
        raise ValueError(
            "no rank has a target: leave out batches in which nothing is learned"
        )
    mean = flat[:-1] / total
    for weight, part in zip(
        weights, mean.split([weight.numel() for weight in weights]), strict=True
    ):
        weight.grad = part.view_as(weight).to(weight.dtype)
    ### END SOLUTION


# %% [markdown]
# Hold it against one process. Four ranks share sixteen rows. Rank 3 gets the short ones. (`partial(f, weighted=True)` is the
# function `f` with this argument filled in.)


# %%
def my_rows(step: int, peers: Peers) -> tuple[Tensor, Tensor]:
    """This rank's share of the sixteen rows of a step."""
    first, share = 16 * step, 16 // peers.n_ranks
    rows = slice(first + peers.rank * share, first + (peers.rank + 1) * share)
    return TOKENS[rows], TARGETS[rows]


def gradient_of(peers: Peers, weighted: bool = True) -> Tensor:
    """The gradient of one step after averaging, as one row."""
    tokens, targets = my_rows(0, peers)
    model = new_model()
    next_token_loss(model(tokens), targets).backward()
    count = int((targets != IGNORE).sum()) if weighted else 1
    average_gradients(model, count, peers.all_reduce)
    return torch.cat([weight.grad.flatten() for weight in model.parameters()])


alone = Peers()  # without other processes: one rank
whole = gradient_of(alone)
for weighted, name in ((True, "weighted by targets"), (False, "plain mean of ranks")):
    together = on_ranks(4, partial(gradient_of, weighted=weighted))[0]
    error = (together - whole).norm() / whole.norm()
    print(f"{name}: differs from one process by {100 * error:.4f} %")

# %% [markdown]
# What is left of the first line is rounding: sums in another order. The second line is the bug.
#
# ### Exercise 3 · find the bug (difficulty 2 of 5, 6 minutes)
#
# Now a whole training step: gradient, average, clip (chapter 08, section 7), update. This version trains, and its loss
# falls. Yet it does not compute what one process would. It has exactly one bug.


# %%
@exercise("data_parallel.parallel_step")
def parallel_step(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    tokens: Tensor,
    targets: Tensor,
    max_norm: float,
    peers: Peers,
) -> float:
    """Update the weights once, as one process with the batches of all ranks would.

    Args:
        model: maps tokens to logits; the same weights on every rank.
        optimizer: of this rank's copy of the model.
        tokens: this rank's batch, shape (B, T).
        targets: shape (B, T); ``IGNORE`` where nothing is learned.
        max_norm: the gradient of the whole batch is shortened to this length if longer.
        peers: the ranks that train together.

    Returns:
        The length of the gradient before it was clipped, the same on every rank.
    """
    ### BEGIN SOLUTION
    model.zero_grad()
    next_token_loss(model(tokens), targets).backward()
    n_targets = int((targets != IGNORE).sum())
    average_gradients(model, n_targets, peers.all_reduce)
    norm = clip_gradients(model.parameters(), max_norm)
    optimizer.step()
    return norm
    ### INSTEAD
    # model.zero_grad()
    # next_token_loss(model(tokens), targets).backward()
    # norm = clip_gradients(model.parameters(), max_norm)
    # n_targets = int((targets != IGNORE).sum())
    # average_gradients(model, n_targets, peers.all_reduce)
    # optimizer.step()
    # return norm
    ### END SOLUTION


# %% [markdown]
# Now for real: train in four processes, and in this one alone. The same launch answers two more questions. Does your ring
# work between real processes? And what does PyTorch's own data parallelism, `DistributedDataParallel` or **DDP**, compute?


# %%
def learn(peers: Peers, n_steps: int = 6) -> tuple[list[float], Tensor]:
    """Train a few steps; return the length of each gradient, and the weights."""
    model = new_model()
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.003)
    lengths = [
        parallel_step(model, optimizer, *my_rows(step, peers), 1.0, peers)
        for step in range(n_steps)
    ]
    return lengths, torch.cat([weight.detach().flatten() for weight in model.parameters()])


def gradient_of_ddp(peers: Peers, weighted: bool) -> Tensor:
    """What DDP makes of the same rows as ``gradient_of``."""
    tokens, targets = my_rows(0, peers)
    model = nn.parallel.DistributedDataParallel(new_model())
    loss, own = next_token_loss(model(tokens), targets), (targets != IGNORE).sum()
    total = own.clone()
    peers.all_reduce(total)
    (loss * own * peers.n_ranks / total if weighted else loss).backward()
    return torch.cat([weight.grad.flatten() for weight in model.parameters()])


# %%
def in_processes(peers: Peers) -> dict[str, object]:
    """Everything that this section wants to know from real processes."""
    x = torch.arange(10.0) ** peers.rank
    ring, total = ring_all_reduce(x, peers), x.clone()
    peers.all_reduce(total)
    ddp = [gradient_of_ddp(peers, weighted) for weighted in (False, True)]
    return {"ring": torch.equal(ring, total), "ddp": ddp, "learned": learn(peers)}


lengths_alone, weights_alone = learn(alone)
results = run_processes(in_processes, 4, recorded=RECORDED["data"])
if results:
    together = [result["learned"] for result in results]
    print("step  alone     4 processes")
    for step, pair in enumerate(zip(lengths_alone, together[0][0])):
        print(f"{step}     {pair[0]:.6f}  {pair[1]:.6f}")
    same = all(torch.equal(weights, together[0][1]) for _, weights in together)
    print("all replicas have the same weights, bit for bit:", same)
    print("the ring computes what all_reduce computes:", all(r["ring"] for r in results))
    for name, gradient in zip(("plain", "loss weighted"), results[0]["ddp"]):
        print(f"DDP, {name}: {100 * (gradient - whole).norm() / whole.norm():.4f} % off")

# %% [markdown]
# The lengths of the gradients agree to about six digits, step by step. And the replicas are *exactly* equal: each all-reduce
# gave all of them the same bits. That is what keeps them together.
#
# DDP takes the plain mean over ranks. Where ranks have unequal numbers of targets that is not the gradient of one process.
# The remedy stands in `gradient_of_ddp`: multiply the loss by its share of the targets, times $n$.
#
# ### Sending while the others still compute
#
# The backward pass begins at the last layer. Its gradient is complete long before that of the first. Why wait? DDP collects
# finished gradients in **buckets** and sends a full bucket while the processor works on earlier layers. The package's
# `OverlappedAverage` does the same.
#
# How large should a bucket be? Draw a model of twelve layers. A layer takes 1 unit to compute backward and 0.8 to send,
# and each message costs 0.5 extra.


# %%
def draw_overlap(layers_per_bucket: int = 4) -> None:
    """Backward pass of twelve layers, and when their gradients travel."""
    work = [(f"B{11 - i}", i, i + 1) for i in range(12)]
    sends, free = [], 0.0
    for first in range(0, 12, layers_per_bucket):
        ready = min(12, first + layers_per_bucket)
        begin = max(free, ready)
        free = begin + 0.5 + 0.8 * (ready - first)
        sends.append((f"{11 - first}-{12 - ready}", begin, free))
    title = f"{layers_per_bucket} layers in a bucket: done after {free:.1f}"
    draw_timeline({"compute": work, "network": sends}, title=title, xlabel="time")


draw_overlap()
draw_overlap(layers_per_bucket=12)
plt.show()

# %% [markdown]
# *Above, buckets of four layers (green) travel while earlier layers are computed (orange). Only the end sticks out. Below,
# everything is sent at the end, and the processor waits.*
#
# Find the best size. Large buckets begin late. Very small ones lose, because each message costs extra.

# %% tags=["nbval-ignore-output"]
explore(draw_overlap, layers_per_bucket=(1, 12, 1))

# %% [markdown]
# ## 5 ZeRO: nothing twice
#
# Data parallelism divides the work, but not the memory. With 64 replicas all 16 bytes of each parameter exist 64 times. Is
# that necessary? AdamW treats every number for itself. So rank $r$ could update part $r$ of the parameters, and hand the
# result to the others. It needs the optimizer's state of its own part only.
#
# That is **ZeRO**, the zero redundancy optimizer. It comes in three stages, each of which divides one thing more over the
# $n$ ranks. Per parameter:
#
# | stage | weights | gradients | optimizer | together | at $n = 64$ |
# |---|---|---|---|---|---|
# | 0 (data parallel) | 2 | 2 | 12 | 16 | 16 bytes |
# | 1 | 2 | 2 | $12/n$ | $4 + 12/n$ | 4.19 |
# | 2 | 2 | $2/n$ | $12/n$ | $2 + 14/n$ | 2.22 |
# | 3 | $2/n$ | $2/n$ | $12/n$ | $16/n$ | 0.25 |


# %%
def state_bytes(stage: int, n: int) -> float:
    """Bytes per parameter on each of n ranks."""
    shared = (12, 14, 16)[stage - 1] if stage else 0
    return 16 - shared + shared / n


def draw_zero(model: str = "LLaMA-7B") -> None:
    """Training state of one rank, by stage and number of ranks."""
    counts = [2**i for i in range(12)]
    size = count_parameters(PRESETS[model]) / 1e9
    lines = {f"stage {s}": [size * state_bytes(s, n) for n in counts] for s in range(4)}
    ax = plot_lines(counts, lines, title=f"{model}: training state on each rank",
                    xlabel="ranks (log scale)", ylabel="GB (log scale)")  # fmt: skip
    ax.axhline(80, color="black", linewidth=1, linestyle=":")
    ax.set_xscale("log", base=2)
    ax.xaxis.set_major_formatter("{x:g}")
    use_log_scale(ax)


draw_zero()
plt.show()

# %% [markdown]
# *Below the dotted line it fits into 80 GB. For LLaMA-7B stage 1 is enough from two ranks on. Stages 1 and 2 flatten out at
# 27 and 13 GB; only stage 3 goes on falling.*
#
# Choose LLaMA-65B: neither stage 1 nor stage 2 ever fits. (And activations come on top.)

# %% tags=["nbval-ignore-output"]
explore(draw_zero, model=list(NAMES))

# %% [markdown]
# ### Exercise 4 · `sharded_adamw_step` (difficulty 3 of 5, 10 minutes)
#
# Stage 1, for weights in one row. Four lines:
#
# 1. `peers.reduce_scatter(gradient)` gives this rank its part of the summed gradients. Divide it by `peers.n_ranks`.
# 2. Take a copy of this rank's part of the weights: `.chunk(n)[rank].clone()`.
# 3. Update it with `adamw_step(own, own_gradient, mean, mean_square, step, learning_rate)`, the function of chapter 08.
# 4. Return all parts: `peers.all_gather(own)`.


# %%
@exercise("zero.sharded_adamw_step")
def sharded_adamw_step(
    weights: Tensor,
    gradient: Tensor,
    mean: Tensor,
    mean_square: Tensor,
    step: int,
    learning_rate: float,
    peers: Peers,
) -> Tensor:
    """Update weights by AdamW, when each rank keeps the moments of one part only.

    Args:
        weights: all weights in one row, shape (P,), the same on every rank; N divides P.
        gradient: of the mean loss of this rank's batch, shape (P,). All ranks' batches are
            of one size, so the gradient of the whole batch is the mean over the ranks.
        mean: running mean of this rank's part of the gradient, shape (P / N,); changed in
            place.
        mean_square: running mean of its square, likewise.
        step: number of this update, from 1.
        learning_rate: as for ``adamw_step``; its other settings stay at their defaults.
        peers: ``peers.rank`` is also the number of this rank's part.

    Returns:
        The new weights, shape (P,), the same on every rank.
    """
    ### BEGIN SOLUTION
    own_gradient = peers.reduce_scatter(gradient) / peers.n_ranks  # (P / N,)
    own = weights.chunk(peers.n_ranks)[peers.rank].clone()
    adamw_step(own, own_gradient, mean, mean_square, step, learning_rate)
    return peers.all_gather(own)
    ### END SOLUTION


# %% [markdown]
# Now look at what it costs. One reduce_scatter and one all_gather: together exactly the bytes of an all_reduce. **With
# many ranks stage 1 takes a quarter of the memory, and not a byte more on the wire.** There is no reason to leave it out.
#
# Stage 3 is not free. No rank has the weights of a layer any more. So each block's weights are gathered just before it
# computes, and given up right after. On the way back they are gathered again. What each rank
# sends, in units of $\frac{n-1}{n}$ times all weights:
#
# | stage | gather forward | gather backward | reduce_scatter gradients | gather new weights | together |
# |---|---|---|---|---|---|
# | 0 | | | 1 | 1 (gradients) | 2 |
# | 1 and 2 | | | 1 | 1 | 2 |
# | 3 | 1 | 1 | 1 | | 3 |
#
# So the last stage sends half as much again.
#
# ### Measured
#
# PyTorch's version of stages 2 and 3 is called **FSDP**, fully sharded data parallel. The package's
# `shard_weights(model, mesh, stage)` applies it to a finished model: `model.py` does not change. `SharedWeights` is stage 1.
# A **mesh** is the grid of section 1, made of real processes.
#
# Let four processes make a step at each stage, and measure. How many bytes of weights, gradients and optimizer state does
# this rank hold? And what does it hand to the collectives?

# %%
from minillama.backward import model_loss
from minillama.parallel.gradients import add_partial_gradients, local_part
from minillama.parallel.layout import FLOAT32, Layout
from minillama.parallel.mesh import make_mesh
from minillama.parallel.overlap import OverlappedAverage
from minillama.parallel.recorder import record_traffic
from minillama.parallel.shard import shard_weights
from minillama.parallel.traffic import predicted_traffic
from minillama.parallel.zero import SharedWeights


def held(tensors) -> int:
    """Bytes of what this process holds of some tensors."""
    return sum(local_part(tensor).nbytes for tensor in tensors if tensor is not None)


def summed(traffic) -> dict[str, int]:
    """Bytes by axis and kind of collective."""
    return {f"{t.axis} {t.kind}": t.n_bytes for t in traffic}


def compared(sent: dict[str, int], predicted: dict[str, int]) -> str:
    """What was sent, in words, and whether it was predicted."""
    words = ", ".join(f"{name} {n:,}" for name, n in sent.items())
    return f"{words}; as predicted: {sent == predicted}"


# %%
def zero_step(stage: int) -> dict[str, dict]:
    """Memory and traffic of this process in its second step of training."""
    layout = Layout(data=4, zero=stage)
    mesh, model = make_mesh(layout), new_model()
    if stage >= 2:
        shard_weights(model, mesh["data"], stage)
    owner = SharedWeights(model, mesh["data"]) if stage == 1 else model
    optimizer = torch.optim.AdamW(owner.parameters(), lr=0.01)
    average = OverlappedAverage(model) if stage == 0 else None
    for _ in range(2):
        optimizer.zero_grad()
        with record_traffic(mesh) as record:
            found = one_step(model, owner, optimizer, average)
    expected = summed(predicted_traffic(CONFIG, layout, 4, 64, sizes=FLOAT32))
    return {"memory": found, "sent": summed(record.traffic()), "predicted": expected}


# %%
def one_step(model, owner, optimizer, average) -> dict[str, int]:
    """Forward, backward, update; what is held in the moment when it is most."""
    tokens, targets = my_rows(0, Peers())
    loss = model_loss(model, tokens, targets, chunk_tokens=256)
    found = {"weights": held(model.parameters())}  # between forward and backward
    loss.backward()
    found["gradients"] = held(weight.grad for weight in model.parameters())
    if average:
        average.average()
    if owner is not model:
        owner.collect_gradients()
    optimizer.step()
    if owner is not model:
        owner.gather_weights()
    moments = [x for state in optimizer.state.values() for x in state.values() if x.dim()]
    copies = [] if owner is model else owner.parameters()
    return found | {"optimizer": held([*moments, *copies])}


def all_stages() -> list[dict[str, dict]]:
    """Stages 0 to 3, one after the other."""
    return [zero_step(stage) for stage in range(4)]


stages = run_processes(all_stages, 4, recorded=RECORDED["zero"])

# %%
if stages:
    shares = {
        f"stage {stage}": {part: n / N_PARAMETERS for part, n in result["memory"].items()}
        for stage, result in enumerate(stages[0])
    }
    title = "Measured on rank 0 of 4, in float32"
    draw_stacked(shares, title=title, ylabel="bytes per parameter")
    plt.show()
    for stage, result in enumerate(stages[0]):
        print(f"stage {stage}: {compared(result['sent'], result['predicted'])}")

# %% [markdown]
# *Each stage removes the copies of one thing more: 16, 11, 7 and 4 bytes per parameter.* In float32 there is no second copy of
# the weights, so 4 + 4 + 8 bytes stand for 2 + 2 + 12. By hand, with $n = 4$: stage 2 has 4 + 4/4 + 8/4 = 7 bytes, stage 3
# has 16/4 = 4.
#
# Three details. At stage 1 the optimizer keeps a copy of the part of the weights that it updates: 4 + 4 + (8 + 4)/4 = 11. The
# *weights* were measured between the forward and the backward pass. Stage 2 keeps the blocks whole for so long, stage 3 has
# given them up already. And what stands around the blocks (embedding, last norm, head) is whole then even at stage 3, hence
# 4.07.
#
# The payloads are those that the formulas of the package predict, to the last byte. What a rank sends for them is
# $2 \cdot 3/4$ for the all_reduce, and $3/4$ for each of the others.
#
# ## 6 Tensor parallelism
#
# ZeRO divides what is *stored*. Each rank still computes whole layers. The second axis divides the computation itself: each
# rank has a part of every matrix and multiplies with that part only.
#
# A matrix can be cut in two ways. Take $x = (1, 2)$, a matrix `up` with four columns, and a matrix `down` with four rows.

# %% tags=["nbval-check-output"]
x = torch.tensor([[1.0, 2.0]])
up = torch.tensor([[1.0, 0.0, 2.0, 1.0], [0.0, 1.0, 1.0, 3.0]])
down = torch.tensor([[1.0, 0.0], [0.0, 1.0], [2.0, 0.0], [1.0, 1.0]])
columns, rows = up.chunk(2, dim=1), down.chunk(2, dim=0)
hidden = [x @ part for part in columns]  # each rank: its own columns
shares = [part @ block for part, block in zip(hidden, rows)]  # each: its own rows
print("alone:  hidden", (x @ up).tolist(), "result", (x @ up @ down).tolist())
for rank in range(2):
    print(f"rank {rank}: hidden", hidden[rank].tolist(), "share", shares[rank].tolist())
print("sum of the shares:", sum(shares).tolist())

# %% [markdown]
# - Cut by **columns**, each rank gets some of the outputs, complete. No message is needed.
# - Cut by **rows**, each rank gets a share of *every* output. The shares must be added up.
#
# Put the two together: columns first, rows second. What the first leaves on a rank is just what the second needs there. So a
# pair of matrices takes a single sum, at its end. And between them each rank may apply any function that works number by
# number, such as SiLU, because its hidden values are complete. The other way round it would fail:
# $\text{silu}(a + b) \ne \text{silu}(a) + \text{silu}(b)$.

# %%
draw_pair(n_ranks=2)
plt.show()

# %% [markdown]
# *SwiGLU on two ranks. Gray is whole on both. Rank 0 computes with the blue parts, rank 1 with the orange ones. At the end the
# two shares are added.* This idea is that of Megatron-LM (Shoeybi et al., 2019,
# [arXiv:1909.08053](https://arxiv.org/abs/1909.08053), section 3).
#
# ### The way back
#
# Forward, $x$ needs no message: it is whole on every rank. Backward, each rank finds how the loss depends on $x$ *through its
# own hidden units*. The true gradient is the sum over ranks. So at the beginning of the pair stands an operation that does
# nothing forward and sums backward. At the end stands its mirror image: it sums forward and does nothing backward. (The
# second is given: `sum_over_ranks(x, peers)`.)
#
# An operation with a backward pass of its own is a subclass of `torch.autograd.Function`:
#
# ```python
# class Double(torch.autograd.Function):
#     @staticmethod
#     def forward(ctx, x):       # ctx could remember things for backward
#         return 2 * x
#
#     @staticmethod
#     def backward(ctx, grad):   # grad: gradient of the result; returns that of x
#         return 2 * grad
#
# y = Double.apply(x)
# ```
#
# ### Exercise 5 · `sum_gradients` (difficulty 3 of 5, 8 minutes)
#
# Define such a class inside the function, so that it knows `peers`. `forward` returns `x.view_as(x)`: the same numbers under a
# new name. `backward` returns the sum over ranks; sum up a copy, `grad.clone()`.


# %%
@exercise("tensor_parallel.sum_gradients")
def sum_gradients(x: Tensor, peers: Peers) -> Tensor:
    """Return x unchanged; on the way back, sum its gradient over all ranks.

    Args:
        x: any shape, the same on every rank.
        peers: ``peers.all_reduce(t)`` replaces t by its sum over the ranks.

    Returns:
        The values of x. The gradient that x gets is the sum of all ranks' gradients.
    """
    ### BEGIN SOLUTION

    class SumGradients(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x: Tensor) -> Tensor:
            return x.view_as(x)

        @staticmethod
        def backward(ctx, grad: Tensor) -> Tensor:
            total = grad.clone()
            peers.all_reduce(total)
            return total

    return SumGradients.apply(x)
    ### END SOLUTION


# %% [markdown]
# ### Exercise 6 · `parallel_swiglu` (difficulty 3 of 5, 12 minutes)
#
# The layer of chapter 04, on $n$ ranks. PyTorch stores a matrix as (outputs, inputs). So the *columns* of the picture are
# rows of the stored `gate` and `up`, and the *rows* of the picture are columns of the stored `down`.
#
# 1. Take this rank's part of `gate`, `up` (`.chunk(n)`) and `down` (`.chunk(n, dim=1)`).
# 2. Open the parallel region with `sum_gradients(x, peers)`.
# 3. `hidden` = SiLU of the gate times up: `F.silu(F.linear(x, gate)) * F.linear(x, up)`.
# 4. Multiply with `down`, and close the region with `sum_over_ranks`.


# %%
@exercise("tensor_parallel.parallel_swiglu")
def parallel_swiglu(
    x: Tensor, gate: Tensor, up: Tensor, down: Tensor, peers: Peers
) -> Tensor:
    """Compute SwiGLU for every token, each rank with 1/N of the hidden units.

    In one process it is ``down @ (silu(gate @ x) * (up @ x))``.

    Args:
        x: shape (B, T, C), the same on every rank.
        gate: the whole matrix, shape (F, C), N dividing F; this rank uses its own rows.
        up: the whole matrix, shape (F, C); likewise.
        down: the whole matrix, shape (C, F); this rank uses its own columns.
        peers: ``sum_gradients`` opens the parallel region, ``sum_over_ranks`` closes it.

    Returns:
        Shape (B, T, C), the same on every rank. Gradients are those of one process: whole
        for x, and for each matrix in the part that this rank uses.
    """
    ### BEGIN SOLUTION
    n, rank = peers.n_ranks, peers.rank
    gate, up = gate.chunk(n)[rank], up.chunk(n)[rank]  # (F / N, C)
    down = down.chunk(n, dim=1)[rank]  # (C, F / N)
    x = sum_gradients(x, peers)
    hidden = F.silu(F.linear(x, gate)) * F.linear(x, up)  # (B, T, F / N)
    return sum_over_ranks(F.linear(hidden, down), peers)
    ### END SOLUTION


# %%
layer = new_model().layers[0].feedforward
MATRICES = [m.weight.detach() for m in (layer.gate_proj, layer.up_proj, layer.down_proj)]
STREAM = torch.randn(2, 5, 64)


def swiglu_on_ranks(peers: Peers) -> tuple[Tensor, Tensor]:
    """Output of the layer and gradient of its input."""
    x = STREAM.clone().requires_grad_()
    output = parallel_swiglu(x, *MATRICES, peers)
    output.square().sum().backward()
    return output.detach(), x.grad


expected = swiglu_on_ranks(alone)
for rank, got in enumerate(on_ranks(4, swiglu_on_ranks)):
    off = [(a - b).abs().max().item() for a, b in zip(got, expected)]
    print(f"rank {rank}: output off by {off[0]:.0e}, gradient of x by {off[1]:.0e}")

# %% [markdown]
# Only rounding is left. **Attention** is divided in the same way, by heads: queries, keys and values by columns, each rank with
# some of the heads. A head never looks at another one, so each rank attends alone. The output projection is cut by rows.
#
# The package says so in a table, and PyTorch applies it to a finished model.

# %%
from minillama.parallel.tensor import block_plan, shard_tensors

for part, style in block_plan().items():
    print(f"{part:22} {type(style).__name__}")

# %% [markdown]
# *Colwise* cuts the outputs, *Rowwise* the inputs. `PrepareModuleInput` is your `sum_gradients`.
#
# ### Three refinements
#
# **Sequence parallelism.** Between the pairs, each rank computes the norms for *all* tokens: the same work $n$ times, and
# the same activations stored $n$ times. Now remember section 2: an all_reduce is a reduce_scatter and an all_gather. Do the
# first at the end of a pair, so that each rank holds the sums of *some tokens*. Let it compute norms for these. Do the second
# before the next pair. Not a byte more is sent, and the activations between the pairs shrink to $1/n$ (Korthikanti et al.,
# 2022, [arXiv:2205.05198](https://arxiv.org/abs/2205.05198)). LLaMA was trained so (section 2.4 of its paper).
#
# **The vocabulary.** Embedding and head are cut along the vocabulary. The logits are the largest tensor of a step: 32,000
# numbers for every token. Cut, no rank ever has them all. But the loss needs the sum of all exponentials! Three numbers for
# each token suffice: the largest logit, the sum of exponentials, and the logit of the right token.


# %%
def loss_in_parts(peers: Peers) -> float:
    """Cross-entropy of one token, with 9 of 36 logits on each rank."""
    own = LOGITS.chunk(peers.n_ranks)[peers.rank]
    first = peers.rank * len(own)
    largest = peers.all_gather(own.max().view(1)).max()
    is_here = first <= RIGHT < first + len(own)
    right = own[RIGHT - first] if is_here else torch.zeros(())
    sums = torch.stack(((own - largest).exp().sum(), right))
    peers.all_reduce(sums)
    return (sums[0].log() + largest - sums[1]).item()


LOGITS, RIGHT = torch.randn(VOCAB_SIZE), 20
print(f"in parts: {on_ranks(4, loss_in_parts)[0]:.6f}")
print(f"whole:    {F.cross_entropy(LOGITS, torch.tensor(RIGHT)):.6f}")

# %% [markdown]
# **The cache.** When a model writes, each rank caches keys and values of its own heads only. So the KV cache, which is
# gigabytes in a large model (chapter 09), is divided as well, and `generate` need not know.
#
# ### The whole model
#
# Two processes, one model between them. Loss, gradients and the text it writes must be those of one process.


# %%
def cut_in_two(sequence_parallel: bool) -> tuple[nn.Module, dict, dict]:
    """A model on two ranks after one backward pass, its traffic, and what was predicted."""
    layout = Layout(tensor=2, sequence_parallel=sequence_parallel)
    mesh, model = make_mesh(layout), new_model()
    shard_tensors(model, mesh["tensor"], sequence_parallel)
    with record_traffic(mesh) as record:
        loss = model_loss(model, TOKENS[:4], TARGETS[:4], chunk_tokens=256)
        loss.backward()
        add_partial_gradients(model)  # those of norms, which saw some of the tokens
    expected = summed(predicted_traffic(CONFIG, layout, 4, 64, sizes=FLOAT32))
    return model, summed(record.traffic()), expected


def cache_bytes(model: nn.Module) -> int:
    """Keys and values of one row that this process keeps."""
    cache = KVCache(CONFIG.n_layers, capacity=64)
    with torch.no_grad():
        model(TOKENS[:1], cache)
    kept = [x for layer in cache.layers for x in vars(layer).values()]
    return sum(x.nbytes for x in kept if isinstance(x, Tensor))


# %%
def whole_gradient(weight: Tensor) -> Tensor:
    """The gradient of a weight, collected from all ranks if it is cut."""
    gradient = weight.grad
    return gradient.full_tensor() if hasattr(gradient, "full_tensor") else gradient


def compare_with_one(peers: Peers) -> None:
    """Print on rank 0 how two ranks differ from one process."""
    one = new_model()
    next_token_loss(one(TOKENS[:4]), TARGETS[:4]).backward()
    say = print if peers.rank == 0 else lambda *_: None
    for sequence_parallel in (False, True):
        model, sent, expected = cut_in_two(sequence_parallel)
        say(f"sequence parallel: {sequence_parallel}; {compared(sent, expected)}")
        gaps = [
            (whole.grad - whole_gradient(cut)).abs().max().item()
            for whole, cut in zip(one.parameters(), model.parameters())
        ]
        say(f"  largest difference of {len(gaps)} gradients: {max(gaps):.0e}")
        if not sequence_parallel:
            texts = [list(generate(m, [BOS], 30)) for m in (one, model)]
            say("  the same text:", texts[0] == texts[1])
            sizes = [f"{held(m.parameters()):,}" for m in (one, model)]
            say(f"  weights {' and '.join(sizes)} bytes")
            say(f"  KV cache {cache_bytes(one):,} and {cache_bytes(model):,} bytes")


_ = run_processes(compare_with_one, 2, recorded=RECORDED["tensor"])

# %% [markdown]
# Half of the weights, half of the cache, the same numbers, and the bytes that were predicted. By hand: each block sums twice
# forward and twice backward a tensor of 4 rows, 64 tokens and 64 channels in 4 bytes. That is 65,536 bytes. With four blocks
# there are 16 sums. Embedding and head add two, and the loss 3 numbers for each of 256 tokens:
# $18 \cdot 65{,}536 + 3 \cdot 256 \cdot 4 = 1{,}182{,}720$.
#
# Compare the two axes for LLaMA-65B, for one replica of 8 GPUs that reads 8 sequences of 2,048 tokens in a step.

# %% tags=["nbval-check-output"]
layout = Layout(data=256, tensor=8, zero=1, sequence_parallel=True)
gigabytes = {"tensor": 0.0, "data": 0.0}
for traffic in predicted_traffic(LLAMA_65B, layout, batch_size=8, seq_len=2048):
    gigabytes[traffic.axis] += traffic.wire_bytes / 1e9
for axis, sent_by_one in gigabytes.items():
    print(f"{axis:6} axis: each GPU sends {sent_by_one:6.1f} GB per step")

# %% [markdown]
# The tensor axis sends several times as much as the data axis, and each message stands in the way: the next layer cannot
# begin before it has arrived. So it belongs where links are fastest, inside one machine. A machine of the usual kind has 8
# A100s, connected by NVLink with 300 GB/s in each direction; between machines there are 25 GB/s for each GPU. That is why the tensor
# axis hardly ever has more than 8 ranks.
#
# ## 7 Pipeline parallelism
#
# The third axis divides the *layers*. With four **stages** and 80 layers, stage 0 has the first 20, and so on. Only the
# activations at the borders travel, from one stage to the next: (B, T, C) numbers forward, and as many backward. That is
# little. So this axis bears slow links, from machine to machine.
#
# The trouble is waiting. Stage 3 cannot begin before stage 2 is done. If a batch went through as a whole, one stage would
# work and three would wait. The remedy: cut the batch into **micro-batches**. While stage 1 works on the first, stage 0
# works on the second.
#
# The picture plays it through. F3 is the forward pass of micro-batch 3, B3 its backward pass, which takes twice as long.


# %%
def gpipe(stage: int, n_stages: int, n_microbatches: int) -> list[str]:
    """All forward passes, then all backward passes: the same on each stage."""
    numbers = range(n_microbatches)
    return [f"F{i}" for i in numbers] + [f"B{i}" for i in numbers]


def draw_schedule(schedule, n_stages: int = 4, n_microbatches: int = 8, ax=None) -> None:
    """What each stage does when."""
    orders = [schedule(stage, n_stages, n_microbatches) for stage in range(n_stages)]
    rows = {f"stage {stage}": row for stage, row in enumerate(play_schedule(orders))}
    title = f"{schedule.__name__}, {n_microbatches} micro-batches"
    draw_timeline(rows, title=title, xlabel="time, in forward passes", ax=ax)


_, axes = plt.subplots(2, 1, figsize=(8, 4.4))
draw_schedule(gpipe, n_microbatches=1, ax=axes[0])
draw_schedule(gpipe, n_microbatches=4, ax=axes[1])
plt.show()

# %% [markdown]
# *Blue is forward, orange backward. Above, with the batch in one piece, there is never more than one stage at work. Below,
# with four pieces, they work at the same time, but for the white corners.*
#
# The white is called the **bubble**. It appears in any such schedule, because the last stage must wait for the first
# micro-batch, and the first stage for the last gradient. (This one is GPipe: Huang et al., 2018,
# [arXiv:1811.06965](https://arxiv.org/abs/1811.06965).)
#
# ### Exercise 7 · `bubble_fraction` (difficulty 1 of 5, 4 minutes)
#
# How large a share of its time does a stage wait? Count in the lower picture, with a forward and a backward pass together
# as one unit of 3. With 4 stages and 4 micro-batches the whole lasts 21, that is 7 units. A stage works for 4 of them.
# Write the formula for any number of stages and micro-batches.


# %%
@exercise("pipeline.bubble_fraction")
def bubble_fraction(n_stages: int, n_microbatches: int) -> float:
    """Return the share of the time in which a process of a pipeline waits.

    Args:
        n_stages: processes on the pipeline axis.
        n_microbatches: pieces of a batch.

    Returns:
        From 0, with one stage, to nearly 1.

    Example:
        >>> bubble_fraction(n_stages=4, n_microbatches=12)
        0.2
    """
    if n_stages < 1 or n_microbatches < 1:
        raise ValueError(
            f"n_stages and n_microbatches must be positive, got {n_stages} and {n_microbatches}"
        )
    ### BEGIN SOLUTION
    return (n_stages - 1) / (n_microbatches + n_stages - 1)
    ### END SOLUTION


# %%
counts = [2**i for i in range(8)]
lines = {f"{n} stages": [100 * bubble_fraction(n, m) for m in counts] for n in (2, 4, 8)}
ax = plot_lines(counts, lines, title="The bubble", xlabel="micro-batches (log scale)",
                ylabel="% of the time")  # fmt: skip
ax.set_xscale("log", base=2)
ax.xaxis.set_major_formatter("{x:g}")
plt.show()

# %% [markdown]
# *More micro-batches make the bubble small, more stages make it large. Rule of thumb: four times as many micro-batches as
# stages leave a fifth or less.*
#
# ### What it costs to wait with the backward passes
#
# A forward pass leaves activations that its backward pass needs. With GPipe every stage holds those of *all* micro-batches at
# once. Many micro-batches against the bubble then fill the memory.
#
# **One forward, one backward** (1F1B) runs each backward pass as early as it can (Narayanan et al., 2019, *PipeDream*; 2021,
# [arXiv:2104.04473](https://arxiv.org/abs/2104.04473), section 2.2). Stage $s$ of $n$ first runs $n - 1 - s$ forward passes,
# to fill the stages behind it. From then on it does one forward and one backward pass in turn. At last come the backward
# passes that are left.
#
# ### Exercise 8 · `pipeline_schedule` (difficulty 3 of 5, 12 minutes)
#
# By hand, for two stages and three micro-batches. Stage 0 runs one ahead: F0, then F1 B0, F2 B1, then B2. Stage 1 runs none
# ahead: F0 B0, F1 B1, F2 B2. With fewer micro-batches than stages, a stage cannot run more ahead than there are.


# %%
@exercise("pipeline.pipeline_schedule")
def pipeline_schedule(stage: int, n_stages: int, n_microbatches: int) -> list[str]:
    """Return what one stage of a pipeline does, in order: one forward, one backward (1F1B).

    Args:
        stage: from 0, which gets the tokens, to ``n_stages - 1``, which computes the loss.
        n_stages: stages of the pipeline.
        n_microbatches: M, pieces of the batch; possibly fewer than stages.

    Returns:
        2 M texts: "F0" is the forward pass of micro-batch 0, "B0" its backward pass. At no
        time has the stage run more than ``n_stages - stage`` forward passes whose backward
        pass is still to come.
    """
    ### BEGIN SOLUTION
    n_ahead = min(n_stages - 1 - stage, n_microbatches)
    order = [f"F{i}" for i in range(n_ahead)]
    for i in range(n_microbatches - n_ahead):
        order += [f"F{n_ahead + i}", f"B{i}"]
    return order + [f"B{i}" for i in range(n_microbatches - n_ahead, n_microbatches)]
    ### END SOLUTION


# %%
def most_in_flight(order: list[str]) -> int:
    """Forward passes whose backward pass is still to come, at the worst moment."""
    held_now = most = 0
    for name in order:
        held_now += 1 if name[0] == "F" else -1
        most = max(most, held_now)
    return most


def draw_both(n_stages: int = 4, n_microbatches: int = 8) -> None:
    """GPipe above, 1F1B below."""
    _, axes = plt.subplots(2, 1, figsize=(8, 0.8 * n_stages + 1.8))
    for ax, schedule in zip(axes, (gpipe, pipeline_schedule)):
        draw_schedule(schedule, n_stages, n_microbatches, ax)
        orders = [schedule(stage, n_stages, n_microbatches) for stage in range(n_stages)]
        most = [most_in_flight(order) for order in orders]
        ax.set_title(f"{schedule.__name__}: activations of {most} micro-batches")


draw_both()
plt.show()

# %% [markdown]
# *GPipe above, 1F1B below. Both take the same time, and the bubble is the same. But stage 0 of GPipe holds the activations of eight micro-batches, and
# with 1F1B those of four, however many there are in all. The last stage needs only one.*

# %% tags=["nbval-ignore-output"]
explore(draw_both, n_stages=(2, 6, 1), n_microbatches=(1, 12, 1))

# %% [markdown]
# ### For real
#
# Let four processes carry out your schedule. Each pass takes its time by sleeping: 20 ms forward, 40 ms backward. So two
# cores are enough for four stages, and the picture shows pure waiting. The messages are real: `dist.recv` waits for one from
# another rank, and `dist.isend` sends one without waiting.
#
# In the same launch the package's `Pipeline`, which PyTorch drives, computes a real loss with four blocks on four stages.

# %%
from minillama.parallel.pipeline import Pipeline, Stage
from minillama.parallel.stage_loss import stage_loss
from minillama.train_config import TrainConfig


def follow_schedule(peers: Peers) -> list[tuple[str, float, float]]:
    """Carry out this stage's passes; return when each began and ended, in ms."""
    log, sent, n, clock = [], [], peers.n_ranks, time.perf_counter
    message = torch.zeros(1)
    peers.all_reduce(message)  # all begin together
    began = clock()
    for name in pipeline_schedule(peers.rank, n, 8):
        step = 1 if name[0] == "F" else -1
        if 0 <= peers.rank - step < n:
            dist.recv(message, peers.rank - step)
        start = clock()
        time.sleep(0.02 if step == 1 else 0.04)
        log.append((name, 1000 * (start - began), 1000 * (clock() - began)))
        if 0 <= peers.rank + step < n:
            sent.append(dist.isend(torch.zeros(1), peers.rank + step))
    for message in sent:
        message.wait()
    return log


# %%
def in_stages(peers: Peers) -> tuple[list, float, dict, dict]:
    """The log of a schedule; loss and traffic of a real pipeline, and what was predicted."""
    log = follow_schedule(peers)
    layout = Layout(pipeline=4, n_microbatches=8)
    mesh, stage = make_mesh(layout), Stage(new_model(), 4, peers.rank)
    pipeline = Pipeline(stage, mesh["pipeline"], n_microbatches=8)
    count = int((TARGETS[:8] != IGNORE).sum())
    config = TrainConfig(n_steps=1, learning_rate=1.0)
    loss_of = partial(stage_loss, stage, config, count)
    for _ in range(2):  # in the first step the stages also tell each other their shapes
        with record_traffic(mesh) as record:
            loss = pipeline.backward(TOKENS[:8], TARGETS[:8], loss_of).item()
    expected = predicted_traffic(CONFIG, layout, 8, 64, sizes=FLOAT32, stage=peers.rank)
    return log, loss, summed(record.traffic()), summed(expected)


pipelined = run_processes(in_stages, 4, recorded=RECORDED["pipeline"])

# %%
if pipelined:
    logs, losses, sent_bytes, foretold = zip(*pipelined)
    end = max(row[-1][2] for row in logs)
    draw_timeline({f"stage {s}": row for s, row in enumerate(logs)}, xlabel="ms",
                  title=f"Measured: 1F1B on four processes, {end:.0f} ms")  # fmt: skip
    plt.show()
    waited = 1 - 8 * 60 / end
    print(f"waiting: {100 * waited:.0f} % (formula: {100 * bubble_fraction(4, 8):.0f} %)")
    print(f"loss of the last stage: {losses[-1]:.6f}")
    print(f"one process:            {next_token_loss(FIRST(TOKENS[:8]), TARGETS[:8]):.6f}")
    print("bytes sent by each stage:", *(one["pipeline send"] for one in sent_bytes))
    print("as predicted:", sent_bytes == foretold)

# %% [markdown]
# *Four processes, your order, real messages: the same picture as above.* (Yours will differ by some milliseconds, and by more
# on a busy machine. Expect 27 to 40 % of waiting, where the formula says 27.)
#
# The loss of the real pipeline is that of one process. The stages in the middle send twice as much as the ones at the ends,
# for they have two neighbors: 8 messages of 64 x 64 numbers in each direction.
#
# ## 8 Long sequences: a ring of keys (optional)
#
# One more thing can be divided: the *tokens* of a sequence. With 100,000 tokens the activations of a single row fill a GPU.
# Everything in a block works token by token, and can be cut, but for attention: a query needs the keys of all earlier
# tokens, wherever they are. This is **context parallelism**. (LLaMA with its 2,048 tokens did not need it.)
#
# The answer is a ring again (Liu et al., 2023, *Ring Attention*, [arXiv:2310.01889](https://arxiv.org/abs/2310.01889)).
# Queries stay. Keys and values of a block of tokens go around. Each rank attends to the block that has just arrived, and
# passes it on. Online softmax (chapter 05, `online_attend`) joins the pieces: keep the largest score so far, the sum of the
# exponentials, and the sum of the values weighted by them.
#
# ### Exercise 9 · `ring_attend` (difficulty 5 of 5, 30 minutes, optional)
#
# For each of $n$ steps: whose block do I hold? In step $s$ it is that of rank $r - s$, counted around.
#
# - An earlier block is seen whole. My own is masked above its diagonal. A later one is not seen at all.
# - When a larger score comes, shrink both sums by `exp(old largest - new largest)`.
# - Then shift keys and values, except after the last step. *All* ranks must do so.


# %%
@exercise("ring_attention.ring_attend")
def ring_attend(query: Tensor, key: Tensor, value: Tensor, peers: Peers) -> Tensor:
    """Causal attention over a sequence of which each rank holds one block of tokens.

    Args:
        query: shape (B, H, T / N, D): rank r holds the tokens from r T / N on.
        key: likewise.
        value: likewise.
        peers: ``peers.shift`` passes a block on; no other collective is needed.

    Returns:
        Shape (B, H, T / N, D): this rank's rows of causal attention over all T tokens.
    """
    ### BEGIN SOLUTION
    n, rank, n_own = peers.n_ranks, peers.rank, query.shape[-2]
    later = torch.ones(n_own, n_own, dtype=torch.bool).triu(1)
    largest = torch.full_like(query[..., :1], -torch.inf)  # (B, H, T / N, 1)
    total = torch.zeros_like(largest)
    gathered = torch.zeros_like(query)
    for step in range(n):
        source = (rank - step) % n  # whose block this is
        if source <= rank:
            scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
            if source == rank:
                scores = scores.masked_fill(later, -torch.inf)
            new_largest = torch.maximum(largest, scores.amax(dim=-1, keepdim=True))
            shrink = torch.exp(largest - new_largest)
            weights = torch.exp(scores - new_largest)
            total = total * shrink + weights.sum(dim=-1, keepdim=True)
            gathered = gathered * shrink + weights @ value
            largest = new_largest
        if step < n - 1:
            key, value = peers.shift(key), peers.shift(value)
    return gathered / total
    ### END SOLUTION


# %%
def attend_in_blocks(peers: Peers) -> tuple[Tensor, int]:
    """This rank's rows, and the bytes that it sent."""
    own = [x.chunk(peers.n_ranks, dim=2)[peers.rank] for x in HEADS]
    return ring_attend(*own, peers), peers.payload("shift")


generator = torch.Generator().manual_seed(0)
HEADS = torch.randn(3, 1, 4, 64, 16, generator=generator)  # query, key, value of 64 tokens
blocks = on_ranks(4, attend_in_blocks)
expected = F.scaled_dot_product_attention(*HEADS, is_causal=True)
gap = (torch.cat([block for block, _ in blocks], dim=2) - expected).abs().max()
print(f"largest difference from attention in one piece: {gap:.0e}")
print(f"each rank sent {blocks[0][1] / HEADS[1:].nbytes:.2f} of all keys and values")

# %% [markdown]
# $(n-1)/n$ of all keys and values, as an all_gather would send. But an all_gather leaves the whole sequence on every rank;
# the ring never holds more than two blocks.
#
# One thing is wasted. Rank 0 uses only its own block, the last rank uses all: four times the work, and the others wait. Real
# systems deal out the tokens so that each rank has early and late ones.
#
# ## 9 All axes together
#
# Each axis has its place. **Tensor** inside one machine, because it talks most. **Pipeline** next, because it sends little.
# **Data** outermost: it sends much, but can hide it behind the computation. So ranks are counted as in the first picture:
# neighbors share matrices.
#
# In the package that is all in one place, `minillama.parallel.team.Team`. The training loop is the one of chapter 08. And so
# is the command: start it through PyTorch's launcher **torchrun**, and say how the processes share the work.
#
# ```
# minillama train data=shards out=run dim=64 ...
# torchrun --nproc-per-node 4 -m minillama train data=shards out=run dim=64 ... tensor=2 pipeline=2
# ```
#
# Below, eight steps: first alone, then in four processes with two stages, and each matrix of a stage on two ranks.
# (`python -m torch.distributed.run` is torchrun under its long name.)

# %%
from minillama.shards import write_shards
from minillama.training_log import read_log
from minillama.training_run import run_training

folder = Path(tempfile.mkdtemp())
write_shards(folder / "shards", PACKED, 65, VOCAB_SIZE, bos_id=BOS, eos_id=EOS, about={})
SETTINGS = [
    f"data={folder / 'shards'}", "dim=64", "n_layers=4", "n_heads=4", "hidden_dim=160",
    "batch_size=8", "n_steps=8", "n_warmup=2", "learning_rate=0.01", "init_std=0.1",
]  # fmt: skip
with contextlib.redirect_stderr(io.StringIO()):  # without the progress bar
    run_training([*SETTINGS, f"out={folder / 'alone'}"], report=lambda line: None)

# %%
LAUNCH = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
JOB = ["tensor=2", "pipeline=2", "n_microbatches=4"]
command = [*LAUNCH, "--nproc-per-node=4", "-m", "minillama", "train", *SETTINGS, *JOB,
           f"out={folder / 'four'}"]  # fmt: skip
one_thread = {**os.environ, "OMP_NUM_THREADS": "1"}
done = subprocess.run(command, capture_output=True, text=True, timeout=250, env=one_thread)
HAS_RUN = done.returncode == 0
print(done.stdout.splitlines()[0] if HAS_RUN else f"not possible here: {done.stderr[-400:]}")

# %%
if HAS_RUN:
    logs = [list(read_log(folder / name / "log.csv")) for name in ("alone", "four")]
    print("step  1 process   4 processes")
    for one, four in zip(*logs):
        print(f"{one['step']:4}  {one['loss']:.6f}    {four['loss']:.6f}")
    gap = max(abs(one["loss"] - four["loss"]) for one, four in zip(*logs))
    print("equal to 0.00001:", gap < 1e-5)
    print(sorted(path.name for path in (folder / "four").iterdir()))
else:
    print(f"recorded on another machine:\n{RECORDED['torchrun']}")

# %% [markdown]
# The same losses. `processes.csv` says for each step which rank was slowest: in a large job all wait for the slowest one,
# and that is often a sick machine.
#
# The checkpoint is a folder. Each process wrote what it holds, and an index says which piece of which tensor stands where. So
# *any* number of processes can read it, in any layout. For instance one, here in the notebook:

# %%
from minillama.checkpoint import load_checkpoint
from minillama.parallel.sharded_checkpoint import load_sharded

if HAS_RUN:
    saved = [load_checkpoint(folder / "alone"), load_sharded(folder / "four")]
    for name, checkpoint in zip(("1 process", "4 processes"), saved):
        restored = Llama(checkpoint.model_config)
        checkpoint.restore(restored)
        loss = next_token_loss(restored(TOKENS[:64]), TARGETS[:64]).item()
        print(f"trained by {name}, step {checkpoint.step}: loss {loss:.5f}")

# %% [markdown]
# ## 10 Scaling, measured
#
# Do two processes train twice as fast? There are two ways to ask.
#
# - **Strong scaling**: the same batch for all together. Each process gets a smaller share, and the messages weigh more.
# - **Weak scaling**: the same share for each. The batch grows with the processes.
#
# The table that ships with the course answers both for a model of 8 million parameters on a machine with two processors, with
# one thread per process (`python -m minillama.course.experiments.scaling`). Gray dots are what the planner of the next
# section predicts from the speed of products, memory and messages on this machine.

# %%
from minillama.course.experiments.scaling import read_scaling

FAMILIES = {"zero=0": "data", "zero=3": "ZeRO 3", "pipeline": "pipeline",
            "sequence": "tensor and sequence"}  # fmt: skip
scaling = read_scaling()
if not scaling:
    print("The table of measured scaling is not here: it comes with the repository.")
else:
    _, axes = plt.subplots(1, 2, figsize=(9.4, 3.4), sharey=True)
    for ax, kind in zip(axes, ("strong", "weak")):
        rows = [row for row in scaling if row.kind == kind and "=2 zero" not in row.scheme]
        start = next(row for row in rows if row.n_processes == 1)
        for family, label in FAMILIES.items():
            line = [start, *(row for row in rows if family in row.scheme)]
            x = [row.n_processes for row in line]
            ax.plot(x, [row.tokens_per_second for row in line], marker="o", label=label)
            foretold = [row.tokens_per_step / row.predicted_seconds for row in line]
            ax.plot(x, foretold, "o", color="#999999", markersize=4, zorder=0)
        perfect = [n * start.tokens_per_second for n in (1, 2, 4)]
        ax.plot((1, 2, 4), perfect, color="black", linewidth=1, linestyle=":")
        ax.set(title=f"{kind} scaling", xlabel="processes", xticks=(1, 2, 4))
        ax.set_ylim(0, None)
    axes[0].set_ylabel("tokens per second, all together")
    axes[1].legend(fontsize=9)
    plt.show()

# %% [markdown]
# *The dotted line would be perfect scaling: twice the processes, twice the tokens per second. There are two processors, so
# nothing can rise from two processes to four.*
#
# With two processes data parallelism does 1.9 times the work of one. ZeRO 3 gathers weights and does 1.6 times as much. The
# tensor axis stops at every sum: 1.4 times, and 1.2 with sequence parallelism, which moves more pieces about on a CPU. The
# pipeline has two micro-batches for two stages, so a third of its time is bubble: 1.3 times. With four processes the bubble
# costs nothing here, because a stage that waits leaves its processor to another.
#
# All 24 predictions lie within 25 % (rounded) of the measured times, most of them on the optimistic side. The worst is ZeRO 3 on four
# processes with weak scaling.
#
# ## 11 The planner
#
# Before one rents 2,048 GPUs one calculates. All that is needed stands in this chapter: operations, bytes, and the speed of
# chip and links. The package's planner adds them up, for one step:
#
# - **matrix products**: operations, divided by what the chip reaches
# - **other layers** and **optimizer**: bytes moved to and from memory, divided by its speed
# - **tensor axis, pipeline, data axis**: bytes sent, as counted above, divided by the speed of the link, and a latency for
#   each step around a ring
# - **bubble**: your formula
#
# The numbers of the A100 are those of NVIDIA's data sheets, as others quote them (312 TFLOP/s in bfloat16, 2.0 TB/s of memory,
# 300 GB/s NVLink in one direction, 25 GB/s of network per GPU). The latencies are those of NCCL's own cost model.
#
# Two numbers stand in no data sheet: the share of the peak that matrix products reach, and the share of the data axis that
# is hidden behind computation. They are **fitted**: chosen such that the four runs of the LLaMA paper come out as well as
# possible. The paper's Table 15 gives GPU-hours for each model.

# %% tags=["nbval-check-output"]
from minillama.parallel.hardware import A100_80GB
from minillama.parallel.planner import (
    LLAMA_1_RUNS,
    Workload,
    make_plan,
    search_layouts,
)

print("fitted:", A100_80GB.matmul_efficiency, "of the peak,", A100_80GB.overlap, "hidden")
TABLE_15 = dict(zip(NAMES, (82_432, 135_168, 530_432, 1_022_362)))  # GPU-hours
plans = {
    name: make_plan(config, A100_80GB, layout, workload)
    for name, (config, layout, workload) in LLAMA_1_RUNS.items()
}
rows = []
for name, hours in TABLE_15.items():
    plan = plans[name]
    tokens = plan.workload.n_tokens / hours / 3600  # per second and GPU, from the paper
    error = 100 * (plan.tokens_per_second / tokens - 1)
    layout = f"data {plan.layout.data} x tensor {plan.layout.tensor}"
    speeds = f"{tokens:,.0f}", f"{plan.tokens_per_second:,.0f}", f"{error:+.1f} %"
    rows.append((name, layout, *speeds, f"{plan.gpu_hours:,.0f}", f"{plan.days:.1f}"))
header = "model", "layout, assumed", "tokens/s/GPU, paper", "planner", "error"
Table((*header, "GPU-hours", "days"), rows)

# %% [markdown]
# The 21 days of the 65B are there, and all four rows lie within 7 % of the paper. How much does that prove? Less than it seems.
#
# - Two of the constants were fitted to these very four rows. Four rows hardly tell the two apart: a lower efficiency with
#   more overlap fits nearly as well.
# - The layouts are **assumed**: the paper does not publish them. It says that 2,048 GPUs were used for the 65B, with model and
#   sequence parallelism, and that some activations are kept and others recomputed.
# - In Table 15 the 33B runs at a lower share of the peak than its neighbors (45.9 %, beside 51.4 % for 13B and 47.8 % for
#   65B, counted as 6 N operations per token). The planner has no reason for this dip, and does not show it. It is 6 % too fast
#   there, and 6 % too slow for the 13B.
# - Held against the GPU-hours of Llama 2, with layouts assumed likewise, the same constants promise 8 to 39 % too much.
#
# So trust it for orders of magnitude, and for comparing layouts. What does a step consist of?

# %%
_, axes = plt.subplots(1, 2, figsize=(9.6, 3.6))
short = {name.removeprefix("LLaMA-"): plan for name, plan in plans.items()}
seconds = {
    name: {part: t for part, t in plan.seconds.items() if t} for name, plan in short.items()
}
memory = {
    name: {part: n / 1e9 for part, n in plan.memory.items() if n}
    for name, plan in short.items()
}
draw_stacked(seconds, title="One step on 2,048 GPUs", ylabel="seconds", ax=axes[0])
draw_stacked(memory, title="Memory of one GPU", ylabel="GB", ax=axes[1])
axes[1].axhline(80, color="black", linewidth=1, linestyle=":")
axes[1].set_ylim(0, 88)
plt.show()

# %% [markdown]
# *Left: most of a step is matrix products. The tensor axis grows with the model, because more GPUs share each matrix. Right:
# weights and gradients share the memory with activations. The optimizer, divided over the data axis (ZeRO 1), is a thin
# line. The dotted line is the card.*
#
# Now plan your own run. The picture says what fits and how fast it is. An impossible choice says why.


# %%
def draw_plan(
    model: str = "LLaMA-65B", gpus: int = 2048, tensor: int = 8, pipeline: int = 1,
    zero: int = 1, microbatches: int = 1, recompute: str = "selective",
) -> None:  # fmt: skip
    """Memory and time of one layout on A100 GPUs with 80 GB, 4 million tokens a step."""
    try:
        layout = Layout(
            data=gpus // (tensor * pipeline), pipeline=pipeline, tensor=tensor, zero=zero,
            sequence_parallel=tensor > 1, n_microbatches=microbatches,
        )  # fmt: skip
        plan = make_plan(PRESETS[model], A100_80GB, layout, Workload(recompute=recompute))
    except ValueError as error:
        print(f"impossible: {error}")
        return
    _, axes = plt.subplots(1, 2, figsize=(9.6, 3.4))
    fits = "fits" if plan.memory_bytes < 0.9 * 80e9 else "does not fit"
    parts = {part: n / 1e9 for part, n in plan.memory.items() if n}
    title = f"{plan.memory_bytes / 1e9:.0f} GB: {fits}"
    draw_stacked({f"data {layout.data}": parts}, title=title, ylabel="GB", ax=axes[0])
    axes[0].axhline(80, color="black", linewidth=1, linestyle=":")
    axes[0].set_ylim(0, max(88, 1.12e-9 * plan.memory_bytes))
    title = f"{plan.tokens_per_second:,.0f} tokens/s/GPU, 1.4 trillion in {plan.days:,.0f} days"
    parts = {part: t for part, t in plan.seconds.items() if t > 0}
    draw_stacked({"one step": parts}, title=title, ylabel="seconds", ax=axes[1])


draw_plan(model="LLaMA-65B", gpus=256, tensor=8, pipeline=4, microbatches=64)
plt.show()

# %% [markdown]
# *LLaMA-65B on 256 GPUs: 8 replicas with four stages of eight GPUs. It fits, and takes about five and a half months. With 64
# micro-batches the bubble is a thin layer.* (All planner figures carry the caveats above.)
#
# Try: how few GPUs can hold the 65B? What do ZeRO 3 and micro-batches cost together? When does a large tensor axis hurt?

# %% tags=["nbval-ignore-output"]
explore(draw_plan, model=list(NAMES), gpus=[2**i for i in range(3, 12)], tensor=[1, 2, 4, 8],
        pipeline=[1, 2, 4, 8, 16], zero=(0, 3, 1), microbatches=[2**i for i in range(8)],
        recompute=["none", "selective", "full"])  # fmt: skip

# %% [markdown]
# Or let it try all. `search_layouts` goes through every layout that divides the model and returns those that fit, the fastest
# first.

# %%
runs = [("LLaMA-7B", n) for n in (8, 64)] + [("LLaMA-65B", n) for n in (32, 256, 2048)]
rows = []
for model, gpus in runs:
    best = search_layouts(PRESETS[model], A100_80GB, gpus, Workload())[0]
    place = best.layout
    grid = f"{place.data} x {place.pipeline} x {place.tensor}"
    speed = f"{best.tokens_per_second:,.0f}", f"{best.days:,.0f}"
    memory = f"{best.memory_bytes / 1e9:.0f} GB"
    divided = f"ZeRO {place.zero}, recompute {best.workload.recompute}"
    rows.append((model, f"{gpus:,}", grid, divided, memory, *speed))
header = "model", "GPUs", "data x pipeline x tensor", "stage", "memory"
Table((*header, "tokens/s/GPU", "days"), rows)

# %% [markdown]
# (Days for 1.4 trillion tokens each.) Do not read these winners too closely: near the top many layouts differ by less than the
# planner's error. For 2,048 GPUs it finds one that beats the paper's speed by 5 %, and that is within the error, too. Two
# things are robust. The 7B needs no tensor axis. And the fewer GPUs there are, the more a large model must be divided, by one
# axis or another.
#
# ## 12 What can go wrong
#
# A parallel run with a bug rarely crashes. It hangs, or it trains something a little different.
#
# **It hangs.** Only rank 0 writes the log. So somebody computes the mean loss on rank 0 alone:


# %% tags=["nbval-check-output"]
def log_on_rank_0(peers: Peers) -> None:
    """Print the mean loss of all ranks, but only where it is printed."""
    loss = torch.tensor([3.0 + peers.rank])
    if peers.rank == 0:
        peers.all_reduce(loss)
        print(f"mean loss {loss.item() / peers.n_ranks:.2f}")


try:
    on_ranks(3, log_on_rank_0)
except Exception as error:
    print(error)

# %% [markdown]
# The rehearsal stage names the mistake. Real processes say nothing: rank 0 waits, until a time limit ends the job. With
# thousands of ranks this is the most common failure of all. The rule: **no collective inside an `if rank == ...`**.
#
# **The replicas drift apart.** Nothing in data parallelism compares weights. If one replica does one thing differently,
# they go separate ways, and the loss falls all the same. Three ways to do it, two replicas each:

# %%
torch.manual_seed(1)
OTHER = Llama(CONFIG)


def distances(peers: Peers, mistake: str) -> list[float]:
    """How far two replicas are apart after each step, relative to the weights."""
    is_odd = peers.rank == 1
    model = copy.deepcopy(OTHER if is_odd and mistake == "other seed" else FIRST)
    rate = 0.00303 if is_odd and mistake == "rate 1 % higher" else 0.003
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate)
    found = []
    for step in range(8):
        parallel_step(model, optimizer, *my_rows(step, peers), 1.0, peers)
        if is_odd and mistake == "one update twice" and step == 3:
            optimizer.step()
        weights = torch.cat([weight.detach().flatten() for weight in model.parameters()])
        both = peers.all_gather(weights[None])
        found.append(((both[0] - both[1]).norm() / both[0].norm()).item() or math.nan)
    return found


lines = {
    mistake: on_ranks(2, partial(distances, mistake=mistake))[0]
    for mistake in ("other seed", "rate 1 % higher", "one update twice", "no mistake")
}
print("no mistake, steps with a distance:", sum(x > 0 for x in lines.pop("no mistake")))
ax = plot_lines(range(8), lines, title="How far two replicas are apart", xlabel="step",
                ylabel="share of the weights (log scale)")  # fmt: skip
use_log_scale(ax)
plt.show()

# %% [markdown]
# *With another seed the replicas are strangers from the start: they average gradients of different models. With a learning rate
# that is one percent higher they part slowly, step by step. One additional update at step 3 opens a gap that does not close.*
# Without a mistake the distance is 0 at each step: not small, but exactly 0.
#
# (Yours will differ in the last digits.) The remedy: send the weights of rank 0 to all at the start, as the package's
# `broadcast_weights` does, compare settings before the first step (`require_agreement`), and a checksum of the weights now
# and then.
#
# **All read the same rows.** Every process opens the same files with the same seed. If nobody tells the loader its rank, all
# compute the same gradient, and averaging changes nothing. The loss falls. But the gradient is only as good as that of one
# process:

# %%
generator = torch.Generator().manual_seed(0)


def gradient_over(rows: Tensor) -> Tensor:
    """Gradient of the mean loss over some rows, as one row."""
    model = new_model()
    next_token_loss(model(TOKENS[rows]), TARGETS[rows]).backward()
    return torch.cat([weight.grad.flatten() for weight in model.parameters()])


best = gradient_over(torch.arange(400))
for name, n_rows in {"4 ranks, 4 rows each": 16, "4 ranks, the same 4 rows": 4}.items():
    errors = []
    for _ in range(12):
        some = torch.randperm(400, generator=generator)[:n_rows]
        errors.append((gradient_over(some) - best).norm() / best.norm())
    print(f"{name}: {100 * sum(errors) / 12:.0f} % from the gradient of all 400 rows")

# %% [markdown]
# The error doubles: four times as many rows halve it, and here they are missing.
#
# | mistake | what you see | what catches it |
# |---|---|---|
# | a collective that not all ranks call, or in another order | the job hangs | a time limit; rehearsal with `on_ranks` |
# | one rank fails, the others wait | the job hangs | a launcher that ends all (torchrun does) |
# | other seeds, other settings | a slightly higher loss | compare before the first step |
# | a random choice that all ranks must share, or must not | replicas drift, or ranks repeat each other | checksums of weights and of batches |
# | all ranks read the same rows | loss as with one process | count rows; compare batches of two ranks |
# | unequal numbers of targets, plain mean | a slightly wrong gradient | one process, with uneven rows (section 4) |
# | clipping before averaging | shorter steps than intended | one process, with a low limit (exercise 3) |
# | length of a *sharded* gradient measured on one rank | too little clipping | sum the squares over all ranks |
# | log on rank 0 shows the loss of rank 0 | a noisy curve | average it |
# | a batch per rank unchanged with more ranks | the batch has grown, the learning rate has not | state the batch in tokens |
#
# ## 13 Summary
#
# - A training run keeps 16 bytes for each parameter. Large models must be divided, by up to three axes.
# - The same program runs in every process. Ranks exchange tensors by collectives, and all must call the same ones.
# - All-reduce = reduce-scatter + all-gather. Around a ring each rank sends less than twice the tensor, however many there are.
# - Data parallelism averages gradients, weighted by targets. Buckets hide the sending behind the backward pass.
# - ZeRO removes the copies: of the optimizer's state for free, of the weights for half as many bytes again.
# - Tensor parallelism cuts the first matrix of a pair by columns and the second by rows: one sum for each pair, inside one
#   machine.
# - A pipeline sends little and waits: $(p-1)/(m+p-1)$ of the time. 1F1B keeps no more activations than there are stages.
# - Whatever the division, the result is that of one process. Test it so.

# %% tags=["nbval-ignore-output"]
board(chapter=11)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. Eight ranks all-reduce 4 GB around a ring. What does each of them send?</summary>
#
# $2 \cdot 7/8 \cdot 4 = 7$ GB.
# </details>
#
# <details><summary>2. LLaMA-13B, 26 GB of weights in 16 bits, on 16 GPUs. How much training state has each with ZeRO 1, and with ZeRO 3?</summary>
#
# 13.0 billion parameters. Stage 1: $4 + 12/16 = 4.75$ bytes, 62 GB. Stage 3: 1 byte, 13 GB.
# </details>
#
# <details><summary>3. Why must the first matrix of a pair be cut by columns?</summary>
#
# Then each rank has some hidden values completely, and may apply SiLU to them. Cut by rows, each would have shares of all
# values, and SiLU of a share is meaningless before the sum.
# </details>
#
# <details><summary>4. A pipeline of 8 stages runs 8 micro-batches. How large is the bubble, and how many micro-batches bring it below 10 %?</summary>
#
# $7/15 = 47$ %. $7/(m + 7) < 0.1$ means $m > 63$: at least 64.
# </details>
#
# <details><summary>5. Two ranks have 10 and 30 targets, and DDP takes the plain mean. By what must each multiply its loss?</summary>
#
# By its share of the targets times the number of ranks: $10/40 \cdot 2 = 0.5$ and $30/40 \cdot 2 = 1.5$.
# </details>
#
# <details><summary>6. Your job on 512 GPUs stands still without a message. What do you suspect first?</summary>
#
# That the ranks do not call the same collectives: an `if rank == 0`, a rank whose data ended earlier, or one that failed.
# </details>
#
# <details><summary>7. Why is the tensor axis rarely longer than 8?</summary>
#
# It sends activations several times in each layer, and the next layer waits for them. Outside the machine, with 8 GPUs, the
# links are a twelfth as fast.
# </details>
#
# ## Further reading
#
# - Touvron et al., 2023, *LLaMA*, [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.4 and Table 15.
# - Rajbhandari et al., 2019, *ZeRO*, [arXiv:1910.02054](https://arxiv.org/abs/1910.02054).
# - Li et al., 2020, *PyTorch Distributed*, [arXiv:2006.15704](https://arxiv.org/abs/2006.15704): DDP, buckets, overlap.
# - Zhao et al., 2023, *PyTorch FSDP*, [arXiv:2304.11277](https://arxiv.org/abs/2304.11277).
# - Shoeybi et al., 2019, *Megatron-LM*, [arXiv:1909.08053](https://arxiv.org/abs/1909.08053), and Narayanan et al., 2021,
#   [arXiv:2104.04473](https://arxiv.org/abs/2104.04473): all three axes on thousands of GPUs.
# - Korthikanti et al., 2022, *Reducing Activation Recomputation*, [arXiv:2205.05198](https://arxiv.org/abs/2205.05198).
# - Huang et al., 2018, *GPipe*, [arXiv:1811.06965](https://arxiv.org/abs/1811.06965).
# - Liu et al., 2023, *Ring Attention*, [arXiv:2310.01889](https://arxiv.org/abs/2310.01889).
#
# Next: chapter 12, **evaluation**: what has the model learned?
