# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 08 · Training: from random numbers to the lowest possible loss
#
# A new model is a few million random numbers. Training turns them into knowledge, by one small change at a time.
# The change is decided by a loop of a dozen lines, and each of its lines can silently ruin the result.
#
# In this chapter you build that loop: **AdamW**, the learning-rate **schedule**, **clipping** and **accumulation**.
# Then you train a small LLaMA while you watch, on a language whose lowest possible loss is known exactly.
#
# | | |
# |---|---|
# | You will write | `adamw_step`, `parameter_groups`, `learning_rate`, `clip_gradients`, `train_step`, and one bug fix |
# | You need | chapters 00 (gradients, cross-entropy) and 06 (the model); 07 (tokens in rows) helps |
# | Time | about 90 minutes, 48 of them for the six exercises |
#
# ## 1 One step of training

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
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.course import board, exercise, hint, show_solution
from minillama.course.live import LiveLines
from minillama.course.plots import (
    draw_diagram,
    plot_lines,
    use_course_style,
    use_log_scale,
)
from minillama.course.training_plots import draw_bits, draw_paths, plot_log
from minillama.course.widgets import explore

use_course_style()
plt.rcParams["figure.dpi"] = 90  # many figures: keep the page small
torch.set_num_threads(1)  # this model is so small that one thread is fastest

# %%
labels = {
    "batch": "batch\nchapter 07",
    "model": "model\nchapter 06",
    "loss": "loss\nsection 2",
    "gradient": "gradient\nsection 3",
    "clip": "clip\nsection 7",
    "adamw": "AdamW\nsection 4",
}
boxes = {name: (1.2 * x, 0, label) for x, (name, label) in enumerate(labels.items())}
boxes["rate"] = (6.0, -0.9, "schedule\nsection 6")
arrows = [*zip(labels, list(labels)[1:]), ("rate", "adamw")]
draw_diagram(boxes, arrows, bypasses=[("adamw", "model")], highlight=["clip", "adamw", "rate"],
             title="One step of training", figsize=(8, 2.9))  # fmt: skip
plt.show()

# %% [markdown]
# *The model reads a batch, and the loss says how surprised it was. The gradient says how the loss would change with each
# weight. The three orange boxes turn it into new weights, and the next batch follows.*
#
# LLaMA-7B took about 250,000 such steps, each with a batch of 4 million tokens (Touvron et al., 2023,
# [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), Table 2: 1.0 trillion tokens). You will take 600.
#
# ## 2 A language whose best loss is known
#
# How low can a loss fall? For real text nobody knows. So we train on a language that is small enough to know: the
# scenes of a grammar that fits on one page.

# %% tags=["nbval-check-output"]
from minillama.world.grammar import (
    entropy_bits,
    floor_nats_per_token,
    scene,
    write_scene,
)

for seed in range(5):
    print(scene(seed))

# %% [markdown]
# Five things are left to chance. A fair coin decides one **bit**, and a choice among 8 equally likely options is worth
# $\log_2 8 = 3$ bits. In general an event of probability $p$ carries $-\log_2 p$ bits.
#
# | choice | options | bits on average |
# |---|---|---|
# | child | 8, equally likely | 3 |
# | size | 4, equally likely | 2 |
# | animal | cat 1/2, dog 1/4, hen 1/8, pig 1/8 | 1.75 |
# | food | 2, depending on the animal | 1 |
# | time | dawn 1/4, noon 1/2, night 1/4 | 1.5 |
#
# The mean weighs each option by its chance. For the animal, worked by hand:
#
# $$\tfrac12 \cdot 1 + \tfrac14 \cdot 2 + \tfrac18 \cdot 3 + \tfrac18 \cdot 3 = 0.5 + 0.5 + 0.375 + 0.375 = 1.75$$
#
# The rest is forced. *He* or *she* follows from the child, and the sound from the animal. Both look back to a word that
# was said long before.
#
# All scenes can be listed, each with its probability.

# %% tags=["nbval-check-output"]
from minillama.world.proof import enumerate_texts

TEXTS = {text: 2**-bits for text, bits in enumerate_texts(write_scene)}
N_TARGETS = sum(chance * (len(text) + 1) for text, chance in TEXTS.items())
print(f"{len(TEXTS)} scenes, probabilities add up to {sum(TEXTS.values())}")
print(f"information of a scene: {entropy_bits()} bits on average")
print(f"predictions per scene:  {N_TARGETS:.2f} on average, its end included")
FLOOR = floor_nats_per_token()
print(f"floor: {9.25 * math.log(2):.3f} nats per scene / {N_TARGETS:.2f} = {FLOOR:.4f}")

# %% [markdown]
# The table adds up to 9.25 bits. A scene has about 58 predictions, one for each character and one for its end. A bit is
# $\ln 2 = 0.693$ nats, the unit of our loss. So 9.25 bits are 0.1108 nats per token.
#
# ### Why no model can do better
#
# Take one question alone: does it happen at dawn? The chance is $p = 1/4$. A model says $q$. If it is dawn the model pays
# $-\ln q$ nats, otherwise $-\ln(1 - q)$. Over many scenes that is, on average,
#
# $$\text{cost}(q) = -\tfrac14 \ln q - \tfrac34 \ln(1 - q)$$
#
# Three answers by hand. $q = 1/2$ costs 0.693, and $q = 1/10$ costs 0.576 + 0.079 = 0.655. The truth, $q = 1/4$, costs
# 0.347 + 0.216 = 0.562. Now try all answers.


# %%
def draw_cost(p: float = 0.25) -> None:
    """What each answer q costs on average, if the true chance is p."""
    q = torch.linspace(0.01, 0.99, 197)
    cost = -p * q.log() - (1 - p) * (1 - q).log()
    lowest = -p * math.log(p) - (1 - p) * math.log(1 - p)
    ax = plot_lines(q, {"cost": cost}, title=f"An event of chance {p:g}, foretold with q",
                    xlabel="q, the probability that the model gives",
                    ylabel="nats on average")  # fmt: skip
    ax.plot(p, lowest, "o", color="#D55E00")
    ax.annotate(
        f"{lowest:.3f} at q = {p:g}", (p, lowest), (p, lowest - 0.25), ha="center"
    )
    ax.set_ylim(-0.3, 3)


draw_cost()
plt.show()

# %% tags=["nbval-ignore-output"]
explore(draw_cost, p=(0.05, 0.95, 0.05))

# %% [markdown]
# *The curve has one lowest point, and it lies at the truth: 0.562 nats at q = 1/4. A model that says less pays more, and so
# does one that says more. Wherever you move $p$, the lowest point moves with it.*
#
# (With calculus: the slope $-p/q + (1-p)/(1-q)$ is 0 only at $q = p$.) So the cheapest answer is the true chance, and even
# that costs something. What it costs is called the **entropy**. The same holds for more than two options, and for whole
# scenes: the cheapest model gives every scene its true chance, and it pays 9.25 bits on average. That is the **floor** for
# every model (Shannon, 1948).
#
# ### What memory is worth
#
# A model that sees only the last few characters must do worse. How much? Count what follows each piece of text.


# %%
def best_loss(n_seen: int) -> float:
    """Lowest loss of any model that sees the last n_seen characters, in nats per token."""
    pairs, contexts = Counter(), Counter()
    for text, chance in TEXTS.items():
        text = f"^{text}$"  # where it begins and ends
        for place in range(1, len(text)):
            context = text[max(0, place - n_seen) : place]
            pairs[context, text[place]] += chance
            contexts[context] += chance
    nats = (p * math.log(contexts[context] / p) for (context, _), p in pairs.items())
    return sum(nats) / N_TARGETS


# %%
N_SEEN = (0, 1, 2, 3, 4, 8, 16, 20, 24, 28, 32, 36, 40, 44, 48, 56, 63)
best = [best_loss(n_seen) for n_seen in N_SEEN]
ax = plot_lines(N_SEEN, {"best possible loss": best}, title="What memory is worth",
                xlabel="characters that the model can see",
                ylabel="nats per token (log scale)")  # fmt: skip
ax.axhline(FLOOR, color="black", linewidth=1, linestyle=":")
use_log_scale(ax)
arrow = {"arrowstyle": "->", "color": "#444444"}
ax.annotate("food in sight", (33, 0.125), (22, 0.3), arrowprops=arrow)
ax.annotate("child in sight", (44, 0.113), (46, 0.3), arrowprops=arrow)
for n_seen, loss in zip(N_SEEN, best):
    if n_seen in (0, 4, 24, 32, 40, 44, 63):
        bits = abs(loss - FLOOR) * N_TARGETS / math.log(2)
        print(f"{n_seen:2} characters: {loss:.4f} nats, {bits:.2f} bits too many")
plt.show()

# %% [markdown]
# *Without any memory the best loss is 2.92 nats. Four characters explain most of the spelling. The rest of the way is too
# short to be seen well, so read the numbers.* A model that sees 32 characters knows the food, and so the animal and its
# sound. It needs just one bit too many: *he* or *she*. From 44 characters on the child is in sight, and the floor is reached.
#
# ### Tokens
#
# Our tokens are single characters, and two more: **BOS** begins a scene and **EOS** ends it. We pack them into rows of 64
# ids, write the rows to shards, and read batches from them, as in chapter 07. A BOS fills up the rest of a row and is
# never a target: `IGNORE` stands there.

# %%
from minillama.data import Loader
from minillama.loss import IGNORE, next_token_loss
from minillama.packing import pack_documents
from minillama.shards import write_shards

ALPHABET = sorted(set("".join(TEXTS)))
IDS = {character: number for number, character in enumerate(ALPHABET)}
BOS, EOS = len(ALPHABET), len(ALPHABET) + 1
VOCAB_SIZE = len(ALPHABET) + 2


def encode(text: str) -> list[int]:
    """BOS, one id per character, EOS."""
    return [BOS, *(IDS[character] for character in text), EOS]


# %%
folder = Path(tempfile.mkdtemp())
documents = (encode(scene(seed)) for seed in range(8000))
rows = pack_documents(documents, row_length=64, bos_id=BOS)
shards = write_shards(
    folder / "shards", rows, 64, VOCAB_SIZE, bos_id=BOS, eos_id=EOS, about={"seed": 0}
)
tokens, targets = next(Loader(shards, batch_size=8, seed=1))
print(f"{len(shards)} rows; a batch has {tuple(tokens.shape)} tokens")
print(f"of {targets.numel()} targets, {int((targets != IGNORE).sum())} are learned")

# %% [markdown]
# ### The loss of a model that knows nothing
#
# The loss of one token is $-\ln p$, where $p$ is the probability that the model gave to the token that came. A model that
# knows nothing gives each of $V = 35$ tokens the probability 1/35. So its loss is $\ln 35 = 3.56$.

# %%
from minillama import Llama, ModelConfig


def new_llama(dim: int = 96, n_heads: int = 4, hidden_dim: int = 256) -> Llama:
    """A small LLaMA with two layers and random weights, the same ones at each call."""
    torch.manual_seed(0)
    config = ModelConfig(
        vocab_size=VOCAB_SIZE, dim=dim, n_layers=2, n_heads=n_heads, n_kv_heads=n_heads,
        head_dim=dim // n_heads, hidden_dim=hidden_dim, max_seq_len=64, tie_embeddings=True,
    )  # fmt: skip
    return Llama(config)


model = new_llama()
print(f"{sum(weight.numel() for weight in model.parameters()):,} parameters")
print(f"loss {next_token_loss(model(tokens), targets):.2f}, ln V {math.log(35):.2f}")

# %% [markdown]
# **Always look at the first loss.** Far above $\ln V$, the initial weights are too large. Far below, the model is
# not fresh, or it sees its answers.
#
# The way from 3.56 down to 0.11 is the subject of this chapter.
#
# ## 3 Down a valley
#
# Chapter 00 took steps against the gradient with one weight. With two weights a problem appears. Here the loss is
# $\frac{1}{2}(x^2 + 30\,y^2)$: a valley that is 30 times as steep across as along.


# %%
def descend(
    rate: float, momentum: float = 0.0, steepness: float = 30.0
) -> list[list[float]]:
    """40 steps of gradient descent; momentum keeps a part of the last move."""
    place, move, path = torch.tensor([-9.0, 1.0]), torch.zeros(2), []
    for _ in range(40):
        path.append(place.tolist())
        gradient = torch.tensor([1.0, steepness]) * place
        move = momentum * move + gradient
        place = place - rate * move
    return path


# %%
def draw_descent(rate: float = 0.06, steepness: float = 30.0) -> None:
    """Plain descent beside descent with momentum."""
    paths = {
        f"plain, rate {rate:g}": descend(rate, steepness=steepness),
        "with momentum 0.6": descend(rate, momentum=0.6, steepness=steepness),
    }
    draw_paths(paths, steepness)  # over the lines of equal loss


draw_descent()
plt.show()

# %% [markdown]
# *The star is the bottom. Left: each step jumps across the valley and hardly moves along it; after 40 steps it is still on
# its way. Right: momentum lets the jumps across cancel and adds up what they have in common.*
#
# The rate is trapped. Across the valley the gradient is $30y$, so a step turns $y$ into $y - \text{rate} \cdot 30y$, which is
# $(1 - 30 \cdot \text{rate})$ times $y$. At a rate of 0.06 that factor is $-0.8$: each step changes sides and comes a little
# nearer. Above $2/30 = 0.067$ it lies below $-1$: each step lands *farther* from the bottom. Along the valley the factor is
# only $1 - 0.06 = 0.94$. A larger rate would help there, and is not allowed. Move the sliders: at steepness 1 there is no
# trouble at all.

# %% tags=["nbval-ignore-output"]
explore(draw_descent, rate=(0.01, 0.08, 0.005), steepness=(1.0, 60.0, 1.0))

# %% [markdown]
# A model has millions of directions, and their slopes differ by factors of thousands. Two ideas help.
#
# - **Momentum**: follow what the last gradients have in common. What changes sign at each step cancels. `descend` above
#   *adds up* gradients, each 0.6 times as heavy as the one after it. These weights add up to $1/(1 - 0.6) = 2.5$, so its
#   steps are up to 2.5 times as long as with their *mean*. Adam takes the mean, and the rate alone sets the length.
# - **A rate of its own for each weight**: divide each gradient by its typical size. Then steep and flat directions move
#   equally fast.
#
# **Adam** has both (Kingma and Ba, 2014, [arXiv:1412.6980](https://arxiv.org/abs/1412.6980)).

# %% [markdown]
# ## 4 AdamW, line by line
#
# Take one weight $w$ and its gradient $g$ at step $t = 1, 2, \dots$ AdamW keeps two more numbers for it, which start at 0.
#
# | line | | why |
# |---|---|---|
# | decay | $w \leftarrow w\,(1 - \eta\lambda)$ | weights that nothing needs should shrink |
# | mean | $m \leftarrow \beta_1 m + (1-\beta_1)\,g$ | the direction of the last gradients |
# | mean square | $v \leftarrow \beta_2 v + (1-\beta_2)\,g^2$ | their typical size, squared |
# | correct | $\hat m = m/(1-\beta_1^t)$, $\hat v = v/(1-\beta_2^t)$ | both started at 0 and are too small |
# | step | $w \leftarrow w - \eta\,\hat m\,/\,(\sqrt{\hat v} + \varepsilon)$ | about $\eta$ long, whatever the size of $g$ |
#
# $\eta$ (eta) is the learning rate and $\lambda$ (lambda) the weight decay. LLaMA used $\beta_1 = 0.9$, $\beta_2 = 0.95$
# and $\lambda = 0.1$ (section 2.3 of the paper; its $\varepsilon$ is not published). With $\beta = 0.9$ a mean remembers
# about 10 steps, with 0.95 about 20.
#
# By hand, at the first step with $g = 5$: $m = 0.1 \cdot 5 = 0.5$ and $v = 0.05 \cdot 25 = 1.25$. The corrections give
# $0.5/0.1 = 5$ and $1.25/0.05 = 25$. So the step is $\eta \cdot 5/\sqrt{25} = \eta$: exactly one learning rate. Without
# the corrections it would be $0.5/\sqrt{1.25} = 0.45$ of that.
#
# ### Exercise 1 · `adamw_step` (difficulty 3 of 5, 12 minutes)
#
# Work in the order of the table. Change `parameter`, `mean` and `mean_square` in place: methods that end in `_` do so.
# `t.mul_(a)` multiplies by $a$, `t.add_(g, alpha=a)` adds $a \cdot g$, `t.addcmul_(g, g, value=a)` adds $a \cdot g \cdot g$,
# and `t.sub_(u)` subtracts.


# %%
@exercise("optimizer.adamw_step")
def adamw_step(
    parameter: Tensor,
    gradient: Tensor,
    mean: Tensor,
    mean_square: Tensor,
    step: int,
    learning_rate: float,
    betas: tuple[float, float] = (0.9, 0.95),
    eps: float = 1e-8,
    weight_decay: float = 0.1,
) -> None:
    """Update one parameter in place by AdamW.

    Args:
        parameter: changed in place.
        gradient: gradient of the loss, same shape.
        mean: running mean of the gradient, same shape, zeros before the first step;
            changed in place.
        mean_square: running mean of the squared gradient, likewise.
        step: number of this update, from 1.
        learning_rate: size of the update.
        betas: how much of the old mean and of the old mean square is kept.
        eps: added to the root, so that a gradient of 0 divides by something.
        weight_decay: share of the parameter, times the learning rate, that is taken away.
    """
    beta1, beta2 = betas
    ### BEGIN SOLUTION
    parameter.mul_(1 - learning_rate * weight_decay)
    mean.mul_(beta1).add_(gradient, alpha=1 - beta1)
    mean_square.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
    corrected_mean = mean / (1 - beta1**step)
    corrected_square = mean_square / (1 - beta2**step)
    parameter.sub_(learning_rate * corrected_mean / (corrected_square.sqrt() + eps))
    ### END SOLUTION


# %% [markdown]
# Back to the valley. How does your step cope with one that is 30 times as steep across?


# %%
def descend_adamw(rate: float, steepness: float = 30.0) -> list[list[float]]:
    """40 steps of AdamW without decay."""
    place, path = torch.tensor([-9.0, 1.0]), []
    mean, mean_square = torch.zeros(2), torch.zeros(2)
    for step in range(1, 41):
        path.append(place.tolist())
        gradient = torch.tensor([1.0, steepness]) * place
        adamw_step(place, gradient, mean, mean_square, step, rate, weight_decay=0.0)
    return path


draw_paths({f"AdamW, rate {rate}": descend_adamw(rate) for rate in (0.1, 0.3)})
plt.show()

# %% [markdown]
# *Both coordinates move by about one rate per step, the flat one as fast as the steep one. With a rate of 0.1 the 40 steps
# are not enough. With 0.3 the path overshoots and swings around the bottom.*
#
# A large rate is good for the way, a small one for the arrival. So the rate should fall toward the end of a run. Section 6
# takes care of it.
#
# Is your function really AdamW? PyTorch's own is an independent judge. Give both the same 100 random gradients.

# %% tags=["nbval-check-output"]
torch.manual_seed(0)
ours = torch.randn(50, 20)
theirs = nn.Parameter(ours.clone())
state = torch.zeros_like(ours), torch.zeros_like(ours)
judge = torch.optim.AdamW([theirs], lr=1e-3, betas=(0.9, 0.95), weight_decay=0.1)
for step in range(1, 101):
    theirs.grad = torch.randn(50, 20)
    judge.step()
    adamw_step(ours, theirs.grad, *state, step, learning_rate=1e-3)
print("equal after 100 steps:", torch.allclose(ours, theirs, rtol=0, atol=1e-6))

# %% [markdown]
# ### Why the decay stands alone
#
# The W in AdamW is a repair. Before 2017, decay was put into the gradient: $g + \lambda w$ instead of $g$. For plain
# descent that changes nothing:
#
# $$w - \eta\,(g + \lambda w) = w\,(1 - \eta\lambda) - \eta g$$
#
# The right side is the line *decay* of the table, followed by a plain step. For Adam the two are not the same, because it
# divides $g + \lambda w$ as a whole by its typical size (Loshchilov and Hutter, 2017,
# [arXiv:1711.05101](https://arxiv.org/abs/1711.05101)).
#
# Watch weights that start at 1 and get random gradients around 0, so that only the decay has a direction.


# %%
def shrink(gradient_size: float, coupled: bool) -> list[float]:
    """Mean of 500 weights over 300 steps; nothing but the decay pulls them."""
    torch.manual_seed(0)
    weights, mean, square = torch.ones(500), torch.zeros(500), torch.zeros(500)
    means = []
    for step in range(1, 301):
        gradient = gradient_size * torch.randn(500)
        if coupled:
            gradient = gradient + 0.1 * weights
        decay = 0.0 if coupled else 0.1
        adamw_step(weights, gradient, mean, square, step, 0.01, weight_decay=decay)
        means.append(weights.mean().item())
    return means


# %%
ways = {"apart (AdamW)": False, "in the gradient": True}
lines = {
    f"{way}, gradients of {size:g}": shrink(size, coupled)
    for way, coupled in ways.items()
    for size in (1.0, 0.01)
}
plot_lines(range(1, 301), lines, title="What decay does", xlabel="step",
           ylabel="mean weight")  # fmt: skip
plt.show()

# %% [markdown]
# *Apart, decay takes the same small share from every weight, whatever its gradients. In the gradient it does the same where
# gradients are large: three lines lie on each other. But where gradients are small, it wipes the weights out.*
#
# Why? In the dotted run the gradients are about 0.01, and the decay adds $\lambda w = 0.1 \cdot 1$: ten times as much. So
# the sum points down at every step, and the decay alone decides the direction. Then Adam makes the step one rate long,
# here 0.01. A hundred such steps go from 1 to 0. Apart, a step of decay takes $\eta\lambda = 0.001$ of the weight, and
# 300 of them leave $0.999^{300} = 0.74$.
#
# ## 5 What decays and what does not
#
# Decay pulls toward 0. For a matrix that is a good direction: smaller weights make a smoother model. A norm's gain is
# another matter. It starts at 1 and scales a whole channel. A gain near 0 would switch the channel off.
#
# So the parameters are sorted into two groups. Matrices have two dimensions, and the embedding is one of them. Gains have
# one. (Whether the embedding should decay is a matter of taste. Here it does.)
#
# ### Exercise 2 · `parameter_groups` (difficulty 2 of 5, 5 minutes)
#
# Return a list of two dictionaries: first the parameters that decay, then all others with a decay of 0.
#
# - `p.dim()` is the number of dimensions of a parameter. Two or more make a matrix. Our LLaMA has no biases, but other models
#   do: a bias has one dimension and belongs to the gains.
# - A **frozen** parameter is not to be trained, and its `p.requires_grad` is False. It belongs in neither list.
# - A **tied** matrix serves twice, as our embedding does: it turns tokens into vectors and, at the end, vectors into logits.
#   `model.parameters()` gives it once, so it will not decay twice.


# %%
@exercise("optimizer.parameter_groups")
def parameter_groups(model: nn.Module, weight_decay: float = 0.1) -> list[dict]:
    """Sort the trainable parameters: matrices decay, gains do not.

    Args:
        model: its parameters; frozen ones (``requires_grad`` is False) are left out, and a
            tied matrix is there once.
        weight_decay: for parameters of two or more dimensions.

    Returns:
        Two groups, each a dictionary with "params", a list, and "weight_decay":
        first the matrices, then everything else with a decay of 0.
    """
    ### BEGIN SOLUTION
    trainable = [
        parameter for parameter in model.parameters() if parameter.requires_grad
    ]
    matrices = [parameter for parameter in trainable if parameter.dim() > 1]
    gains = [parameter for parameter in trainable if parameter.dim() <= 1]
    return [
        {"params": matrices, "weight_decay": weight_decay},
        {"params": gains, "weight_decay": 0.0},
    ]
    ### END SOLUTION


# %% [markdown]
# ## 6 The learning rate over time
#
# Two reasons to change the rate during a run:
#
# - **Warm-up.** In the first steps the two means of AdamW rest on a handful of gradients, and the weights are random. Large
#   steps would go in poor directions. So the rate rises in a straight line from nearly 0 to its **peak**.
# - **The fall.** Near the end the steps must become small enough to settle. LLaMA lets the rate fall along half a **cosine**
#   to 10 % of the peak.
#
# Let $s$ count finished steps, so $s = 1$ in the first step. (The code counts from 0, as `range` does: $s$ = `step + 1`.)
# During $n_w$ warm-up steps the rate is $\text{peak} \cdot s / n_w$. After that, let $p = (s - n_w)/(n - n_w)$ run from 0 to
# 1, where $n$ is the number of all steps. Then the rate is
#
# $$\text{peak} \cdot \Bigl(f + (1 - f)\,\frac{1 + \cos(\pi p)}{2}\Bigr), \qquad f = 0.1$$
#
# By hand, with peak 1, two warm-up steps and six steps in all: 0.5, 1.0, then four steps of cosine with $p$ = 1/4, 1/2,
# 3/4, 1: 0.868, 0.55, 0.232 and 0.1.
#
# Two cases need care. If the whole run is warm-up, $n - n_w$ is 0, and Python cannot divide by it. And a run that goes on
# after its last step must keep the final rate, so $p$ must stop at 1.
#
# ### Exercise 3 · `learning_rate` (difficulty 2 of 5, 8 minutes)


# %%
@exercise("optimizer.learning_rate")
def learning_rate(
    step: int, peak: float, n_warmup: int, n_steps: int, final_fraction: float = 0.1
) -> float:
    """Return the learning rate of one step: a straight rise, then half a cosine down.

    Args:
        step: number of the step, from 0.
        peak: the highest rate, that of the last warm-up step.
        n_warmup: steps of the rise; 0 starts at the top.
        n_steps: steps of the whole run; later steps keep the final rate.
        final_fraction: where the cosine ends, as a share of the peak, at step n_steps - 1.

    Returns:
        The rate, positive at every step.

    Example:
        >>> learning_rate(3, peak=1.0, n_warmup=2, n_steps=6)
        0.55
    """
    if not 0 <= n_warmup <= n_steps:
        raise ValueError(
            f"n_warmup must lie between 0 and n_steps, got {n_warmup} and {n_steps}: shorten the warm-up"
        )
    ### BEGIN SOLUTION
    n_done = step + 1
    if n_done < n_warmup:
        return peak * n_done / n_warmup
    progress = min(1.0, (n_done - n_warmup) / max(1, n_steps - n_warmup))
    return peak * (
        final_fraction + (1 - final_fraction) * (1 + math.cos(math.pi * progress)) / 2
    )
    ### END SOLUTION


# %%
steps = [*range(0, 4000, 100), *range(4000, 250_001, 1000)]
plot_lines(
    steps,
    {"rate": [learning_rate(step, 3e-4, 2000, 250_000) for step in steps]},
    title="Learning rate of LLaMA-7B",
    xlabel="step",
    ylabel="rate",
)
plt.show()

# %% [markdown]
# *The schedule of LLaMA-7B. The warm-up is the thin edge on the left: less than one percent of the run.*
#
# The paper's numbers beside ours. The steps follow from tokens and batch, if 4M means 4.0 million.
#
# | | LLaMA 7B, 13B | LLaMA 33B, 65B | this chapter |
# |---|---|---|---|
# | peak rate | 3.0e-4 | 1.5e-4 | 3.0e-3 |
# | warm-up | 2,000 steps | 2,000 steps | 30 steps |
# | end of the cosine | 10 % | 10 % | 10 % |
# | AdamW betas, decay | 0.9, 0.95, 0.1 | 0.9, 0.95, 0.1 | 0.9, 0.95, 0.1 |
# | clipping | 1.0 | 1.0 | 1.0 |
# | batch | 4M tokens | 4M tokens | 504 tokens |
# | tokens | 1.0 trillion | 1.4 trillion | 0.3 million |
# | steps | 250,000 | 350,000 | 600 |
#
# Source: Touvron et al., 2023, section 2.3 and Table 2. Small models bear higher rates.
#
# Now the question of section 5 has a number. What would be left of a gain after the run of LLaMA-7B if it decayed, and no
# gradient held against it? Each step leaves the share $1 - \eta\lambda$.

# %% tags=["nbval-check-output"]
rates = (learning_rate(step, 3e-4, 2000, 250_000) for step in range(250_000))
left = math.exp(sum(math.log1p(-0.1 * rate) for rate in rates))
print(f"left of a gain of 1: {left:.3f}")

# %% [markdown]
# ## 7 Clipping: no step goes too far
#
# Now and then a batch is odd: a broken file, or one line repeated a thousand times. Its gradient can be many times longer
# than usual. **Clipping** measures the length of the whole gradient, over all parameters together, and shrinks it to
# `max_norm` if it is longer. The direction stays. Source: Pascanu et al., 2012,
# [arXiv:1211.5063](https://arxiv.org/abs/1211.5063); LLaMA clips at 1.0.
#
# The length before clipping is a precious signal: it jumps before the loss does. So the function returns it.
#
# ### Exercise 4 · `clip_gradients` (difficulty 2 of 5, 7 minutes)
#
# The length of a vector is the root of the sum of its squares, and `t.norm()` computes it for one tensor. If the pieces
# of a vector have lengths 3 and 4, the whole has length 5.


# %%
@exercise("optimizer.clip_gradients")
def clip_gradients(parameters: Iterable[Tensor], max_norm: float) -> float:
    """Shrink all gradients by one factor if together they are longer than allowed.

    Args:
        parameters: each may have a gradient in ``.grad``; those without one (None) are left
            out. Can be read only once.
        max_norm: allowed length of all gradients as one vector; math.inf only measures.

    Returns:
        The length before clipping, 0.0 if there is no gradient. If it is not finite, the
        gradients are left as they are.
    """
    if not max_norm > 0:
        raise ValueError(
            f"max_norm must be positive, got {max_norm}: use math.inf to measure without clipping"
        )
    ### BEGIN SOLUTION
    gradients = [
        parameter.grad for parameter in parameters if parameter.grad is not None
    ]
    if not gradients:
        return 0.0
    norm = torch.stack([gradient.norm() for gradient in gradients]).norm().item()
    if max_norm < norm < math.inf:
        for gradient in gradients:
            gradient.mul_(max_norm / norm)
    return norm
    ### END SOLUTION


# %%
next_token_loss(model(tokens), targets).backward()
first = clip_gradients(model.parameters(), max_norm=1.0)
second = clip_gradients(model.parameters(), max_norm=1.0)
print(f"length of the gradient: {first:.2f}, after clipping {second:.2f}")

# %% [markdown]
# It is a little over 3, as is usual for a fresh model of this size; LLaMA's limit of 1 clips it.
#
# ## 8 Batches that are larger than the memory
#
# A batch of 4 million tokens does not fit into any GPU. But a gradient is a sum over targets. So read the batch in
# pieces, call `backward()` for each, and update once at the end: **gradient accumulation**. `backward()` adds to the
# gradient that is there, so the pieces add up by themselves.
#
# It should give exactly what the large batch gives. A classic bug spoils that.
#
# ### Exercise 5 · find the bug (difficulty 3 of 5, 8 minutes)
#
# `next_token_loss` is a mean over the targets of a batch, without those that are `IGNORE`. This function makes one large
# batch out of several. It has exactly one bug, and on full rows nobody would notice it.


# %%
@exercise("training.accumulate_gradients")
def accumulate_gradients(model: nn.Module, group: list[tuple[Tensor, Tensor]]) -> float:
    """Add up the gradients of several batches as if they were one; return the mean loss.

    Args:
        model: maps tokens (B, T) to logits; gradients are added to those it has.
        group: pairs of tokens and targets, (B, T) each; IGNORE marks what is not learned.

    Returns:
        The mean loss over all targets of the group that are learned.
    """
    ### BEGIN SOLUTION
    counts = [int((targets != IGNORE).sum()) for _, targets in group]
    total = 0.0
    for (tokens, targets), count in zip(group, counts, strict=True):
        share = count / sum(counts)
        loss = share * next_token_loss(model(tokens), targets)
        loss.backward()
        total += loss.item()
    return total
    ### INSTEAD
    # counts = [targets.numel() for _, targets in group]
    # total = 0.0
    # for (tokens, targets), count in zip(group, counts, strict=True):
    #     share = count / sum(counts)
    #     loss = share * next_token_loss(model(tokens), targets)
    #     loss.backward()
    #     total += loss.item()
    # return total
    ### END SOLUTION


# %% [markdown]
# Test it where it matters: four batches of two rows, with very unequal numbers of targets.

# %%
uneven = targets.clone()
for row, n_learned in enumerate((63, 50, 8, 4, 30, 30, 2, 3)):
    uneven[row, n_learned:] = IGNORE
parts = list(zip(tokens.split(2), uneven.split(2)))


def gradient_of(compute, model: nn.Module) -> Tensor:
    """All gradients that a computation leaves in a model, as one vector."""
    model.zero_grad()
    compute()
    return torch.cat([weight.grad.flatten() for weight in model.parameters()])


# %% [markdown]
# Three ways to the gradient: the large batch at once, your function, and the mean of the four means.


# %%
def mean_of_means() -> None:
    """Each batch counts one quarter, however few targets it has."""
    for x, y in parts:
        (next_token_loss(model(x), y) / 4).backward()


whole = gradient_of(lambda: next_token_loss(model(tokens), uneven).backward(), model)
ours = gradient_of(lambda: accumulate_gradients(model, parts), model)
means = gradient_of(mean_of_means, model)
for name, other in {"accumulated": ours, "mean of means": means}.items():
    error = ((other - whole).norm() / whole.norm()).item()
    print(f"{name:13} differs from the large batch by {100 * error:.1f} %")

# %% [markdown]
# The mean of four means gives a target in a short batch many times the weight of one in a long batch. For years this bug
# sat in widely used training code, among others in Hugging Face transformers until October 2024
# ([pull request 34191](https://github.com/huggingface/transformers/pull/34191)). Training worked, only a little worse.
#
# ## 9 Your step
#
# Put the parts together, in the order of the picture in section 1. Accumulation is not among them: a batch of 504 tokens
# fits easily, so one piece is the whole. The loop of the package has it, as a setting (section 12).
#
# 1. Forget the gradients of the step before: `model.zero_grad()`.
# 2. Compute the loss of the batch, and call `backward()`.
# 3. Clip.
# 4. Write the rate into every group of the optimizer: `group["lr"] = rate`.
# 5. Let the optimizer step.
#
# ### Exercise 6 · `train_step` (difficulty 2 of 5, 8 minutes)


# %%
@exercise("training.train_step")
def train_step(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    tokens: Tensor,
    targets: Tensor,
    rate: float,
    clip_norm: float = 1.0,
) -> tuple[float, float]:
    """Update the weights once.

    Args:
        model: maps tokens (B, T) to logits; its weights are changed.
        optimizer: has ``param_groups``, a list of dictionaries, and ``step()``.
        tokens: what the model reads, shape (B, T).
        targets: what it should say, shape (B, T).
        rate: learning rate of this step.
        clip_norm: longest gradient allowed.

    Returns:
        The loss and the length of the gradient before clipping: two floats, both from
        before the update.
    """
    ### BEGIN SOLUTION
    model.zero_grad()
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    norm = clip_gradients(model.parameters(), clip_norm)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
    return loss.item(), norm
    ### END SOLUTION


# %% [markdown]
# An optimizer in PyTorch's manner remembers the two means of each parameter. A few lines around your function make one.


# %%
class MyAdamW:
    """Your ``adamw_step`` for every parameter of every group."""

    def __init__(self, groups: list[dict]) -> None:
        self.param_groups, self.n_steps = groups, 0
        weights = [weight for group in groups for weight in group["params"]]
        self.means = {w: (torch.zeros_like(w), torch.zeros_like(w)) for w in weights}

    @torch.no_grad()
    def step(self) -> None:
        self.n_steps += 1
        for group in self.param_groups:
            for w in group["params"]:
                adamw_step(w, w.grad, *self.means[w], self.n_steps, group["lr"],
                           weight_decay=group["weight_decay"])  # fmt: skip


# %% [markdown]
# ## 10 Train
#
# Everything is in place. The next cell trains a model of 225,000 parameters from random weights, with your step, your
# schedule, your clipping and your AdamW. It takes 10 to 20 seconds. Watch the picture: the dotted line is the floor.
#
# Every five steps the cell keeps a copy of the model, for section 11.

# %%
N_STEPS, PEAK = 600, 3e-3
model, loader = new_llama(), Loader(shards, batch_size=8, seed=1)
optimizer = MyAdamW(parameter_groups(model))
losses, copies = [], {}
picture = LiveLines(title="A small LLaMA learns the one-page language", xlabel="step",
                    ylabel="nats per token (log scale)", levels={"floor": FLOOR},
                    log=True, seconds=2.0)  # fmt: skip
for step in range(N_STEPS):
    if step % 5 == 0 and step <= 200:
        copies[step] = copy.deepcopy(model)
    rate = learning_rate(step, PEAK, n_warmup=30, n_steps=N_STEPS)
    loss, norm = train_step(model, optimizer, *next(loader), rate)
    losses.append(loss)
    picture.add(step, loss=loss)
picture.finish()

# %% [markdown]
# *Each point is the loss of one batch of eight scenes. It starts near ln 35 = 3.56 and falls, ever more slowly: around step
# 200 it still lies about a quarter above the dotted floor. Over the last 200 steps it lies almost on it. There it
# trembles, because some batches hold rarer scenes than others.*
#
# A single batch can even lie a little below the floor: eight common scenes carry less than the mean information. The floor
# holds for the average over *all* scenes, each with its probability. To know where the model really stands, compute that
# average. Here it is possible.


# %%
ROWS = torch.tensor([ids + [BOS] * (64 - len(ids)) for ids in map(encode, TEXTS)])
CHANCES = torch.tensor(list(TEXTS.values()))


@torch.no_grad()
def surprise(model: nn.Module, rows: Tensor) -> Tensor:
    """Bits that a model needs for each target of each row; 0 after the end of a scene."""
    logits, targets = model(rows[:, :-1]), rows[:, 1:]
    nats = F.cross_entropy(logits.transpose(1, 2), targets, reduction="none")
    return (nats / math.log(2)).masked_fill(targets == BOS, 0.0)


# %%
for end in (100, 200, 300, 400, 500, 600):
    mean = sum(losses[end - 40 : end]) / 40
    print(f"to step {end}: {100 * (mean / FLOOR - 1):+5.1f} % above the floor")
needed = surprise(model, ROWS)
loss = (needed.sum(dim=1) @ CHANCES).item() * math.log(2) / N_TARGETS
gap = (loss - FLOOR) * N_TARGETS / math.log(2)
print(f"all scenes: loss {loss:.4f}, {100 * (loss / FLOOR - 1):.1f} % above the floor")
print(f"that is {9.25 + gap:.2f} bits per scene instead of 9.25")

# %% [markdown]
# (Yours will differ a little: at the end from 1 to 4 % above the floor.)
#
# The last number can *never* lie below the floor, for any model. That makes it a detector of bugs, as section 16 will show.
#
# ### Learning by heart
#
# There are only 768 scenes, and the run has read 4,800. Why did it not learn them by heart and need less than 9.25 bits?
# Because that is no help. Each of the 4,800 was drawn by chance and read once, and its loss was computed *before* the model
# learned from it. Whoever knows all 768 scenes still does not know which one comes next. That question is worth 9.25 bits.
#
# It is another matter when the text is short and read again and again. Now the question is only which of *these* scenes
# comes. Take 50 scenes as **training** text, and read them about 38 times. A **validation** text is one that is not
# trained on. Here take the whole language for it: all scenes with their probabilities. (The 50 are among them, but have
# only about a tenth of the probability.)

# %%
from minillama import TrainConfig, train  # your loop, as the package has it: section 12

few = [encode(scene(seed)) for seed in range(50)]
few = torch.tensor([ids + [BOS] * (64 - len(ids)) for ids in few])
few_targets = few[:, 1:].masked_fill(few[:, 1:] == BOS, IGNORE)


def again_and_again():
    """Batches of 8 out of the 50 scenes, without an end."""
    while True:
        for places in torch.randperm(50)[:48].split(8):
            yield few[places, :-1], few_targets[places]


# %%
small, points = new_llama(dim=48, n_heads=2, hidden_dim=128), []
config = TrainConfig(n_steps=240, learning_rate=0.01, n_warmup=15)
for step in train(small, again_and_again(), config):
    if step.index % 20 == 19:
        seen = surprise(small, few).sum() / (few_targets != IGNORE).sum()
        everything = (surprise(small, ROWS).sum(dim=1) @ CHANCES) / N_TARGETS
        points.append((step.index + 1, seen * math.log(2), everything * math.log(2)))
x, training, validation = zip(*points)
ax = plot_lines(x, {"training: 50 scenes": training, "validation: all scenes": validation},
                title="Learning 50 scenes by heart", xlabel="step",
                ylabel="nats per token (log scale)")  # fmt: skip
ax.axhline(FLOOR, color="black", linewidth=1, linestyle=":")
use_log_scale(ax)
plt.show()

# %% [markdown]
# *At first both curves fall together. Then they part: the training loss falls through the dotted floor, while the validation
# loss turns and rises again. It never comes near the floor.*
#
# (Yours will differ in the steps.) This is **overfitting**: the model gets better on its training text and worse on all
# other text. It may go far below the floor, because to tell 50 scenes apart takes at most $\log_2 50 = 5.6$ bits instead
# of 9.25. So the floor is a rule for honest measurements only: averaged over enough text that the model was not trained
# on. That is why a long run keeps some text back, and why you look at both curves.
#
# ## 11 Where the loss is left
#
# Nine bits per scene are left. Where in the text do they sit? Compute the exact information of each character. It follows
# from the list of all scenes: how much less probable does the beginning of the text become with this character? Then put it
# beside the surprise of the model.


# %%
chance_of = Counter()  # probability of all scenes that begin with this text
for text, chance in TEXTS.items():
    for end in range(len(text) + 1):
        chance_of[text[:end]] += chance


def information(text: str) -> list[float]:
    """Exact bits of each character, given those before it; the end of a scene has none."""
    return [
        math.log2(chance_of[text[:i]] / chance_of[text[: i + 1]])
        for i in range(len(text))
    ]


INFORMATION = torch.tensor([information(t) + [0.0] * (63 - len(t)) for t in TEXTS])


# %%
def draw_scene(number: int = 275) -> None:
    """Wide bars: the exact information. Narrow bars: what the model needed."""
    text = list(TEXTS)[number]
    bits = surprise(model, ROWS[number : number + 1])[0, : len(text)]
    draw_bits(text, information(text), bits)


draw_scene()
plt.show()

# %% [markdown]
# *The model is surprised exactly where the grammar leaves a choice, and by nearly as much: some of its narrow bars are a
# little too low or too high. It spends about 3 bits on the first letter of the child, about 2 on the size, then the animal,
# the food and the time. All else costs next to nothing, "she" and the sound too.*
#
# Look at the time: after "␣at␣" the first letter decides between *dawn* and the two others, the second letter between
# *noon* and *night*. The slider shows any of the 768 scenes.

# %% tags=["nbval-ignore-output"]
explore(draw_scene, number=(0, 767, 1))

# %% [markdown]
# One scene is an anecdote. Here are all predictions of all scenes, more than 44,000.

# %%
real = ROWS[:, 1:] != BOS
_, ax = plt.subplots(figsize=(5, 3.6))
ax.plot([0, 3.2], [0, 3.2], color="#999999", linestyle=":")
ax.scatter(INFORMATION[real], needed[real], s=6, alpha=0.3)
ax.set(title="Every character of every scene", xlabel="exact information in bits",
       ylabel="surprise of the model in bits")  # fmt: skip
plt.show()
coins = needed.where(real & (INFORMATION == 1), 0.0)
row, place = divmod(int(coins.argmax()), coins.shape[1])
print(f"most for 1 bit: {coins.max():.2f}, here:", list(TEXTS)[row][: place + 1])
free = (needed * (INFORMATION == 0)).sum(dim=1) @ CHANCES
choices = (needed * (INFORMATION > 0)).sum(dim=1) @ CHANCES
print(f"bits per scene on choices: {choices:.2f} of 9.25 needed")
print(f"bits per scene elsewhere:  {free:.2f} of 0 needed")

# %% [markdown]
# *On the dotted line the model's surprise equals the information. At 0 bits all points lie on it. Where there is a choice the
# points form columns around it, and the column at 1 bit is the tallest.*
#
# What does a column mean? At 1 bit stands the food, one of two, and some time. The model knows the two foods of each animal,
# but not yet that they are equally likely. It has seen few hens, as they are rare. When this was written it gave a hen worms
# in about a quarter of the cases ($2^{-1.92} = 0.26$), and corn in the others. So worms cost it almost two bits and corn less
# than one, and on average it pays a little too much. (Yours will differ; the printed beginning is your worst case.) Nearly
# all that is left above the floor is paid so. The places without a choice cost almost nothing.
#
# ### What was learned when
#
# The copies tell the story. Two places matter: the first letter of *he* or *she*, and the first letter of the sound.

# %%
sample = torch.multinomial(CHANCES, 64, replacement=True).tolist()
texts = [list(TEXTS)[number] for number in sample]
he_or_she = [text.index(" and ") + 5 for text in texts]
sound = [text.index("hears: ") + 7 for text in texts]
history = {"he or she": [], "sound": []}
for past in copies.values():
    bits = surprise(past, ROWS[sample])
    history["he or she"].append(bits[range(64), he_or_she].mean().item())
    history["sound"].append(bits[range(64), sound].mean().item())
ax = plot_lines(list(copies), history, title="What was learned when", xlabel="step",
                ylabel="bits")  # fmt: skip
for height, text in {1.0: "1 bit: a coin toss", 1.75: "1.75 bits: animals"}.items():
    ax.axhline(height, color="black", linewidth=1, linestyle=":")
    ax.text(105, height + 0.08, text)
plt.show()

# %% [markdown]
# *Both curves fall fast, slow down for 20 to 30 steps, and fall again. Near 1.75 bits the model knows that the sound of some
# animal comes, and how common the animals are, but not which one it was. Near 1 bit it knows that "he" or "she" comes, and
# tosses a coin. Then it finds out where the answer stands, and the bits are gone.*
#
# (Yours will differ in the steps. The spikes are moments in which a high learning rate breaks what was learned.) To get on,
# the model had to learn to look 25 to 45 characters back, which only attention can do. The loss of section 10 shows nothing
# of this: it goes on falling, because other things are learned meanwhile. So a slow stretch is not always the end, and
# one curve never tells the whole story.
#
# ### It writes
#
# Let it write ten scenes. The list of all 768 is a strict judge: one wrong letter, and a scene is not in it.

# %%
from minillama import generate

randomness = torch.Generator().manual_seed(1)
n_right = 0
for _ in range(10):
    ids = list(generate(model, [BOS], 63, temperature=1.0, stop_ids=[EOS],
                        generator=randomness))  # fmt: skip
    text = "".join(ALPHABET[i] for i in ids if i < BOS)
    n_right += text in TEXTS
    print(text)
print(f"{n_right} of 10 are scenes of the grammar")


# %% [markdown]
# ## 12 The same loop in the package
#
# `train` in the package is your loop, with accumulation, checks and other precisions. It is a generator: after each update
# it yields a `Step` and waits. Whoever calls it decides what to log, draw or save, and when to stop. Does it compute what
# you computed?

# %% tags=["nbval-check-output"]
config = TrainConfig(n_steps=N_STEPS, learning_rate=PEAK, n_warmup=30)
steps = train(new_llama(), Loader(shards, batch_size=8, seed=1), config)
first_steps = list(islice(steps, 20))
off = max(abs(step.loss - loss) for step, loss in zip(first_steps, losses))
print("20 steps of the package equal yours to 0.001:", off < 0.001)

# %% [markdown]
# ### How fast?
#
# A step knows its tokens, its time and its **FLOPs**, the floating-point operations that the model needs. The rule of
# thumb is 6 per parameter and token: 2 to read forward, 4 to go backward (chapter 06). Divide by the time, and by what the
# machine can do at best. That is the **model FLOPs utilization**, MFU: how well is the machine used? (Chowdhery et al.,
# 2022, [arXiv:2204.02311](https://arxiv.org/abs/2204.02311), section 4.1.)


# %%
def measure_peak(size: int = 1024) -> float:
    """Operations per second of a large matrix product, the best of five."""
    a, times = torch.randn(size, size), []
    for _ in range(5):
        began = time.perf_counter()
        a @ a
        times.append(time.perf_counter() - began)
    return 2 * size**3 / min(times)


best_step = min(first_steps, key=lambda step: step.seconds)
n_weights = sum(weight.numel() for weight in model.parameters())
peak_flops, rule = measure_peak(), 6 * n_weights * 504
print(f"a step: {best_step.flops / 1e9:.2f} GFLOP; rule: {rule / 1e9:.2f}")
print(f"speed:  {best_step.tokens_per_second:,.0f} tokens per second")
print(f"peak:   {peak_flops / 1e9:.0f} GFLOP/s on one core")
print(f"MFU:    {100 * best_step.mfu(peak_flops):.0f} %")

# %% [markdown]
# (Speeds will differ on your machine. Expect 5,000 to 100,000 tokens per second and an MFU between 15 and 70 %.) Why 0.72
# GFLOP and not the 0.68 of the rule? The rule counts weights. Attention also multiplies queries with keys, and scores with
# values. No weights take part in these products, so the rule leaves them out, and the package counts them.
#
# Our matrices are small, so much time goes into everything around the products. LLaMA-65B reached about 380 tokens per
# second on each A100 (section 2.4 of the paper). That is $6 \cdot 65.3 \cdot 10^9 \cdot 380 = 149$ TFLOP/s. The chip can do
# 312 in bfloat16 (NVIDIA, *A100 Tensor Core GPU*, data sheet), so that is 48 %.
#
# ### Which learning rate?
#
# Guessing a peak takes a few runs. A **rate finder** takes one short run: let the rate grow from tiny to huge, and watch
# where the loss falls fastest and where it breaks (Smith, 2015, [arXiv:1506.01186](https://arxiv.org/abs/1506.01186)).

# %%
from minillama.lr_finder import find_learning_rate

found = find_learning_rate(new_llama(), Loader(shards, batch_size=8, seed=3))
ax = plot_lines(found.rates, {"loss": found.losses}, title="Loss while the rate grows",
                xlabel="learning rate (log scale)", ylabel="nats per token")  # fmt: skip
ax.set_xscale("log")
ax.axvline(found.suggestion, color="black", linewidth=1, linestyle=":")
plt.show()
print(
    f"lowest at {4 * found.suggestion:.1e}; a quarter of that: {found.suggestion:.1e}"
)

# %% [markdown]
# *From left to right: little happens, then the loss falls, then it breaks and rises. The dotted line is the suggestion: a
# quarter of the rate at which the loss was lowest.*
#
# Why not that rate itself? There the steps are already about to be too long, and the test stays only for a moment where a
# run stays for hundreds of steps. Even the suggestion gives the order of magnitude, no more. Three runs of section 10 with
# peaks of 0.003, 0.006 and 0.012 ended 1.4, 2.4 and 3.9 % above the floor (measured once each; yours will differ). So 0.003
# it was: half of the suggestion. Sections 15 and 16 train smaller models of 60,000 weights. For them the finder suggests
# about 0.02, and they use 0.01, again half of it.
#
# ## 13 Half the bits
#
# Our weights are `float32`: 32 bits each. Products of matrices with 16 bits take half the memory and are many times faster
# on a GPU. There are two formats with 16 bits, and they spend them differently.

# %% tags=["nbval-check-output"]
for dtype in (torch.float32, torch.float16, torch.bfloat16):
    facts = torch.finfo(dtype)
    smallest = facts.smallest_normal * facts.eps
    print(f"{str(dtype):15} up to {facts.max:.1e}, down to {smallest:.0e}, "
          f"1 + 0.001 = {(torch.ones((), dtype=dtype) + 0.001).item():.4f}")  # fmt: skip

# %% [markdown]
# **float16** knows nothing above 65,504 and nothing between 0 and 6e-8. **bfloat16** has the range of float32, but only 8
# bits for the digits: after 1 comes 1.0078. So $1 + 0.001$ stays 1. Two rules follow.
#
# First, the weights stay in float32. An update is tiny against its weight, and in bfloat16 most updates would be lost.
# Only the products run in 16 bits. PyTorch calls this **autocast**, and the practice is **mixed precision**.
#
# Second, float16 needs help with small gradients. The loss is a mean. In a batch of 4 million targets, each counts
# 1/4,000,000 = 2.5e-7. With that number `backward()` begins at each target. On the way back through the layers it is
# multiplied by other numbers, most of them small. So most results fall below 6e-8, where float16 has only 0.
#
# The remedy is **loss scaling** (Micikevicius et al., 2017, [arXiv:1710.03740](https://arxiv.org/abs/1710.03740)): multiply
# the loss by a large number before `backward()`, and divide the gradients by it afterwards.
#
# Here are the gradients of our trained model, as they would be in a batch 8,192 times as large: 4.1 million tokens.

# %%
tokens, targets = next(Loader(shards, batch_size=8, seed=5))
loss = next_token_loss(model(tokens), targets)
sizes = gradient_of(loss.backward, model).abs()
sizes = sizes[sizes > 0] / 8192  # as if the mean were over 8,192 times as many
_, axes = plt.subplots(1, 2, figsize=(9, 3), sharey=True)
for ax, scale in zip(axes, (1, 65_536)):
    lost = ((sizes * scale).half() == 0).float().mean().item()
    ax.axvspan(-14, math.log10(2**-25), color="#FBE3D3", zorder=0)
    ax.axvspan(math.log10(65_504), 6, color="#FBE3D3", zorder=0)
    ax.hist((sizes * scale).log10(), bins=80, range=(-14, 6), color="#0072B2")
    ax.set(title=f"times {scale:,}: {100 * lost:.0f} % become 0", xlim=(-14, 6))
    ax.set_xlabel("size of the gradient, as a power of ten")
axes[0].set_ylabel("weights")
plt.show()

# %% [markdown]
# *In the shaded areas float16 has only 0 and infinity. Left: nearly all gradients are lost. Right: multiplied by 65,536, all
# of them are in range.*
#
# The best factor is the largest that does not overflow. `LossScaler` looks for it: it begins high, and when a gradient
# becomes infinite it leaves that step out and halves the factor. After many good steps it doubles it. Train with and
# without a factor.

# %%
from minillama.loss_scaling import LossScaler


def in_float16(scale: float) -> list[float]:
    """Losses of 25 steps in float16 with a fixed factor on the loss."""
    config = TrainConfig(
        n_steps=25, learning_rate=0.006, n_warmup=10, precision="float16"
    )
    small, batches = new_llama(48, 2, 128), Loader(shards, batch_size=8, seed=2)
    steps = train(small, batches, config, scaler=LossScaler(scale, patience=10**6))
    return [step.loss for step in steps]


large = 1 / 8192  # imitates a batch 8,192 times as large; the factor comes on top
lines = {"times 65,536": in_float16(65_536 * large), "times 1": in_float16(large)}
plot_lines(range(25), lines, title="float16, gradients as in a batch of 4.1 million tokens",
           xlabel="step", ylabel="nats per token")  # fmt: skip
plt.show()

# %% [markdown]
# *The dashed line, without scaling, falls ever more slowly and ends nearly flat, far above the other: what the model should
# learn is rounded to 0.*
#
# (A processor emulates float16 slowly; a GPU has it built in.) bfloat16 needs no scaling, since it has the range of float32.
# That is why it has won.
#
# ## 14 Work for memory
#
# What fills the memory in training? For `backward()`, each layer keeps what it computed. With many tokens these
# **activations** are far larger than the weights. **Recomputation** keeps only what enters each block, and computes the
# inside again when `backward()` needs it. That is one more forward pass: a third more work. Measure both, with eight
# blocks.

# %%
from minillama.recompute import recompute_activations, saved_bytes

deep = Llama(replace(model.config, n_layers=8))
n_weights = sum(weight.numel() for weight in deep.parameters())
print(f"{'weights':12} {4 * n_weights / 1e6:5.1f} MB")
gradients = []
for way in ("kept", "recomputed"):
    if way == "recomputed":
        recompute_activations(deep)
    kept, times = saved_bytes(lambda: deep(tokens)), []
    for _ in range(3):
        began = time.perf_counter()
        loss = next_token_loss(deep(tokens), targets)
        gradients.append(gradient_of(loss.backward, deep))
        times.append(time.perf_counter() - began)
    print(f"{way:12} {kept / 1e6:5.1f} MB of activations, {1000 * min(times):.0f} ms")
print("same gradients:", torch.equal(gradients[0], gradients[-1]))

# %% [markdown]
# (Your times will differ.) A batch of only 504 tokens keeps ten times the memory of the weights. With recomputation, little
# more is left than one vector per token and block.
#
# LLaMA's authors went a step further: they chose by hand which activations are dear to compute, such as those of linear
# layers, and kept just these (section 2.4 of the paper). Another giant is the table of logits, one row of $V$ numbers per
# token. The package's `chunked_loss` computes the loss of a thousand tokens at a time, so that the whole table never exists.
#
# ## 15 Stop, and go on
#
# A long run will be interrupted. What must be kept so that it goes on as if nothing had happened? The weights, both means of
# AdamW, the number of the step (the schedule needs it), the place in the data, and the state of every random generator.
# That is a **checkpoint**.
#
# `minillama train` on the command line runs the loop of this chapter and writes one now and then. First, 100 steps in
# peace.

# %%
from minillama.training_run import run_training

settings = ["dim=48", "n_layers=2", "n_heads=2", "batch_size=8", "n_steps=100",
            "n_warmup=10", "learning_rate=0.01", "save_steps=10"]  # fmt: skip
settings.append(f"data={folder / 'shards'}")
calm, killed = folder / "calm", folder / "killed"
with contextlib.redirect_stderr(io.StringIO()):  # without the progress bar
    run_training([*settings, f"out={calm}"], report=lambda line: None)

# %% [markdown]
# Now the same run in a second process. Once 35 steps are in its log, kill it without warning.

# %%
code = "import sys; from minillama.cli import main; sys.exit(main())"
command = [sys.executable, "-c", code, "train", *settings, f"out={killed}"]
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
process = subprocess.Popen(command, env={**os.environ, "OMP_NUM_THREADS": "1"}, **quiet)
log, n_logged = killed / "log.csv", 0
while process.poll() is None and n_logged < 35:
    time.sleep(0.01)
    n_logged = len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0
process.kill()  # kill -9
files = sorted(path.name for path in killed.iterdir())
print(f"killed, exit status {process.wait()}:", files)

# %% [markdown]
# The checkpoint on the disk is whole, because it was written under another name and renamed when it
# was complete. Go on from it, and compare with the run that was left in peace.

# %% tags=["nbval-check-output"]
from minillama.checkpoint import load_checkpoint
from minillama.training_log import read_log

with contextlib.redirect_stderr(io.StringIO()):
    run_training([f"out={killed}"], resume=True, report=lambda line: None)

logged, weights = [], []
for run in (calm, killed):
    logged.append([line["loss"] for line in read_log(run / "log.csv")])
    checkpoint = load_checkpoint(run)
    restored = Llama(checkpoint.model_config)
    checkpoint.restore(restored)
    weights.append(torch.cat([weight.flatten() for weight in restored.parameters()]))
print("all 100 losses are the same: ", logged[0] == logged[1])
print("all final weights are the same:", torch.equal(*weights))

# %% [markdown]
# Not similar: equal to the last bit. The tests of this project kill runs at random moments, while a checkpoint is being
# written too.
#
# ## 16 What can go wrong
#
# Each mistake below runs without an error. We make it on purpose, with a smaller model and 80 steps, about a second each.
# (Yours will differ in detail, not in kind.)


# %%
BATCHES = list(islice(Loader(shards, batch_size=8, seed=2), 80))


def short_run(batches=BATCHES, optimizer=None, **changes) -> list[float]:
    """Losses of 80 steps with 60,000 parameters; changes are settings of TrainConfig."""
    small = new_llama(dim=48, n_heads=2, hidden_dim=128)
    settings = {"learning_rate": 0.01, "n_warmup": 15, **changes}
    config = TrainConfig(n_steps=80, **settings)
    # optimizer builds one for a model; without it, train builds AdamW with two groups
    steps = train(small, batches, config, optimizer(small) if optimizer else None)
    return [step.loss for step in steps]


# %%
_, axes = plt.subplots(1, 2, figsize=(9, 3), sharey=True)
for ax, peak in zip(axes, (0.01, 0.04)):
    lines = {
        "warm-up": short_run(learning_rate=peak, n_warmup=30),
        "no warm-up": short_run(learning_rate=peak, n_warmup=0),
    }
    plot_lines(range(80), lines, title=f"peak {peak}", xlabel="step", ylabel="", ax=ax)
    ends = (f"{name} {sum(run[-10:]) / 10:.2f}" for name, run in lines.items())
    print(f"peak {peak}, mean of the last ten steps:", *ends)
axes[0].set_ylabel("nats per token")
plt.show()

# %% [markdown]
# ***No warm-up.** Left, at a moderate rate, the run without warm-up is ahead at first, because its rate is higher from the
# start. It ends behind: the first steps did some harm. Right, at four times the rate, it goes wrong in its first steps and
# recovers only slowly. With warm-up the same rate works.*
#
# So warm-up is what allows a high rate. Next: one bad batch at step 40, the same letter everywhere.

# %%
bad = (torch.full_like(BATCHES[40][0], 3), torch.full_like(BATCHES[40][1], 3))
spoiled = [*BATCHES[:40], bad, *BATCHES[41:]]
_, axes = plt.subplots(1, 2, figsize=(9, 3), sharey=True)
for ax, (title, limit) in zip(axes, {"clipped": 1.0, "not clipped": math.inf}.items()):
    lines = {
        "no bad batch": short_run(clip_norm=limit),
        "bad batch at step 40": short_run(spoiled, clip_norm=limit),
    }
    lines["bad batch at step 40"][40] = math.nan  # the loss of that batch itself
    plot_lines(range(80), lines, title=title, xlabel="step", ylabel="", ax=ax)
    ax.set(xlim=(30, 80), ylim=(0, 2))
    for step in (41, 79):
        print(title, "step", step, *(f"{run[step]:.2f}" for run in lines.values()))
axes[0].set_ylabel("nats per token")
plt.show()

# %% [markdown]
# ***No clipping.** The picture begins at step 30. Up to step 40 the two runs of a panel are the same, so one line lies on the
# other. The dashed line has a gap at step 40, where the loss of the bad batch itself is left out. Left, with clipping, it
# comes back a little higher and soon joins the other. Right, without, it comes back by a third higher, and 40 steps later it
# is still far behind.*
#
# AdamW divides by the mean square, so even a very long gradient does not throw the weights far. It does something else. For
# some 20 steps the mean points its way, and for longer the mean square is so large that good gradients count for little.
#
# Four more mistakes in one picture. First, two ways to build a wrong optimizer.


# %%
class NeverForgets(torch.optim.AdamW):
    """Its zero_grad does nothing."""

    def zero_grad(self, set_to_none: bool = True) -> None:
        pass


def all_decay(kind: type):
    """An optimizer with one group: everything decays."""
    settings = {"lr": 0.01, "betas": (0.9, 0.95), "weight_decay": 0.1}
    return lambda model: kind(model.parameters(), **settings)


# %%
lines = {
    "right": short_run(),
    "gains decay too": short_run(optimizer=all_decay(torch.optim.AdamW)),
    "decay in the gradient": short_run(optimizer=all_decay(torch.optim.Adam)),
    "zero_grad forgotten": short_run(optimizer=all_decay(NeverForgets)),
}
leak = short_run([(tokens, tokens) for tokens, _ in BATCHES])
ax = plot_lines(range(80), lines, title="Mistakes that raise no error", xlabel="step",
                ylabel="nats per token (log scale)")  # fmt: skip
ax.plot(leak, color="#000000", linestyle="-", label="targets not shifted")
ax.axhline(FLOOR, color="black", linewidth=1, linestyle=":", label="floor")
use_log_scale(ax)
ax.set_ylim(0.03, 5)
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %% [markdown]
# *Two mistakes end high above the right run: decay in the gradient, and gradients that are never forgotten. Gains that decay
# make no difference yet: the dashed line lies on that of the right run. And one run looks wonderful: its loss falls through
# the floor and out of the picture.*
#
# The last one is the most dangerous. Its targets are the tokens themselves, so it learned to copy what it sees. Without a
# known floor you would celebrate. A single batch may lie a few percent below the floor, and a text learned by heart far
# below. But these batches are new to the model, and the loss stays down. **Averaged over enough new text, no honest model
# is below the floor, so this number is a bug.**
#
# The gains need patience: over the 250,000 steps of LLaMA-7B, decay alone would leave 0.016 of them (section 6).
#
# | mistake | what you see | the test that catches it |
# |---|---|---|
# | the same short text again and again | training and validation loss part | keep text back, and look at both |
# | targets not shifted, a mask that leaks | a loss that is too good | a language with a known floor |
# | zero_grad forgotten | gradients that grow and grow | the same batch twice: equal gradients? |
# | decay in the gradient | a higher loss | compare with `torch.optim.AdamW` |
# | mean of means | a slightly higher loss | large batch against its pieces, uneven |
# | no warm-up, no clipping | some runs fail, some do not | log the length of the gradient |
# | float16 without scaling | learning stops, the loss stands still | count the zeros in the gradient |
# | step or data place not in the checkpoint | a dent in the curve after each restart | resume, and compare every bit |
# | documents chosen to fill up a row | a loss slightly below the floor | one document per row when measuring |
#
# The last row is subtle. If a short scene is put beside a long one because together they fill a row, the length of the
# first says something about the second. With rows of 129 ids that gives away 0.582 bits per scene (measured in chapter 07,
# section 12, *best fit*). Our rows hold one scene each, so they give away nothing.

# %% [markdown]
# ## 17 A real log
#
# The course ships a model that was trained by `minillama train` on the town of Alderbrook (chapter 07), and the log of
# that run, a line for every 50 steps. Chapter 00 opened with a story that it wrote. Reading such curves is a craft of its
# own. What to look for: does the loss still fall at the end? Does the length of the gradient stay calm? Does the
# validation loss follow the training loss?

# %%
from minillama.course.shipped import LOG, load_shipped
from minillama.course.town_floor import compare_with_floor

if LOG.exists():
    plot_log(LOG)
    for kind, (held, bits) in compare_with_floor(*load_shipped(), number=20).items():
        needed, floor = bits / held.n_bytes, held.bits_per_byte
        print(f"{kind:13} {needed:.3f} bits per byte, floor {floor:.3f}")
else:
    print(f"{LOG.name} of the shipped model is not here: it comes with the repository.")
    print("Below is the log of our own run of section 15 instead.")
    plot_log(calm / "log.csv")
plt.show()

# %% [markdown]
# *Left: training loss, with the validation loss as dots where it was measured. Middle: the length of the gradient before
# clipping. Right: the schedule. The first hundred steps look much the same in any run; what matters is the slope of the
# last third.*
#
# The lines hold the model to the floor, on 20 documents of each kind that it has never read. It stays above, by 13 % for
# the prose kinds together (`python -m benchmarks.floor`, 600 documents of each kind). A whole town is far richer than our
# one-page language, and 31 million tokens are few. The end of the curve is flat because the rate has fallen to almost
# nothing, not because all is learned. A longer run with its own schedule would bring it closer; nothing can bring it below.
#
# ## 18 From GPT-2's block to LLaMA's
#
# You have built every part of LLaMA in chapters 02 to 06. What is each worth? Start from the block of GPT-2 and exchange one
# part at a time: LayerNorm for RMSNorm, learned positions for RoPE, GELU for SwiGLU. The text is the same for all: two
# million characters of stories from Alderbrook (chapter 07), read letter by letter. So are the number of tokens, the
# optimizer, the schedule, and the number of weights in the matrices of the blocks. Each stage gets its own best learning
# rate.
#
# One thing is not equal. GPT-2 adds a bias after each matrix of its block, and LLaMA has none. So the step to RoPE also
# drops the biases of attention, and the step to SwiGLU those of the feed-forward layer. They are few, under 1 % of the
# weights, but strictly speaking each of these steps changes two things.
#
# The full table has been computed: `python -m minillama.course.experiments.gpt2_to_llama`. One row is trained anew here.

# %%
from minillama.course.experiments import gpt2_to_llama as ablation

table = ablation.read_table()
live = ablation.train_row("+RoPE", ablation.QUICK_RATE, n_steps=ablation.QUICK_STEPS)
print(f"trained here: {live.loss:.3f} nats per character after {live.n_tokens:,}")
same = (live.stage, live.n_steps)
shipped = [row for row in table if (row.stage, row.n_steps) == same]
if shipped:
    print(f"shipped row:  {shipped[0].loss:.3f}")
    print("agree within 0.05 nats:", abs(live.loss - shipped[0].loss) < 0.05)
else:
    print("The table lies in the course's folder data/ablations, which is not here.")

# %%
results = ablation.best(table)
if not results:
    print("Without the full table there is no picture.")
else:
    _, ax = plt.subplots(figsize=(7, 3))
    for stage, result in results.items():
        ax.errorbar(stage, result.mean, result.standard_error, fmt="o", capsize=4)
        ax.annotate(f" {result.mean:.3f}", (stage, result.mean), va="bottom")
    ax.set_title("At equal tokens: mean of the seeds, with its standard error")
    ax.set_ylabel("nats per character")
    ax.margins(x=0.15)
    plt.show()
for gain in ablation.gains(table):
    error = gain.standard_error
    print(f"{gain.stage:9} {gain.mean:+.4f} ± {error:.4f} nats better than before")

# %% [markdown]
# *From left to right, one part after the other is exchanged. Lower is better.*
#
# - **RoPE helps most.** A learned position is one more thing to learn from scratch, at each of 128 places; a rotation is simply
#   there. So expect its lead to shrink in a longer run.
# - **RMSNorm changes little.** That is its point: no worse than LayerNorm, with less to compute (chapter 03).
# - **SwiGLU remains open.** Its mean is lower, but the error is larger than the gain: it helped with two seeds and hurt with
#   the third. Three runs cannot decide that. Chapter 04 could, with five seeds on an easier task: there gating helped.
#
# It is one small model on one text, and a large model may weigh these parts otherwise. What carries over is the method: equal
# tokens, the best rate for each, several seeds, and the error beside each number.
#
# ## 19 Summary
#
# - The first loss should be near $\ln V$. The last one can be judged only against a floor. Averaged over enough text that
#   the model was not trained on, it can never lie below.
# - A model that reads a short text again and again overfits: its training loss falls, its validation loss rises.
# - AdamW follows the mean gradient, divided by its typical size, with corrections for the start. Decay stands apart, and
#   gains do not decay.
# - The rate rises, then falls along a cosine to a tenth. Clipping limits the whole gradient and reports its length.
# - Pieces of a batch count by the targets that are learned in them.
# - 16 bits for products, 32 for weights; float16 needs loss scaling. Recomputation trades work for memory.
# - A checkpoint holds weights, means, step, data place and random states. Then a resumed run equals an uninterrupted one.
#
# The board shows which of your answers passed.

# %% tags=["nbval-ignore-output"]
board(chapter=8)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. A model with 32,000 tokens starts with a loss of 3. What do you do?</summary>
#
# Stop. It should start near ln 32,000 = 10.4. It sees its targets, or it is not a fresh model.
# </details>
#
# <details><summary>2. All gradients of a run are multiplied by 1000. What changes for plain descent, and what for AdamW?</summary>
#
# Plain descent takes steps 1000 times as long. AdamW takes the same steps: mean and root of the mean square both grow by
# 1000 (eps aside). But clipping at 1.0 would now act on every step.
# </details>
#
# <details><summary>3. Why is the mean divided by 1 - beta ** t?</summary>
#
# It started at 0, so after t steps its weights add up to only 1 - beta ** t. The division makes them add up to 1.
# </details>
#
# <details><summary>4. You double the number of steps of a run and resume from its last checkpoint. What is wrong?</summary>
#
# The schedule depends on the number of steps. The old run had already let the rate fall; the new one jumps back up.
# </details>
#
# <details><summary>5. Our trained model needs 9.4 bits per scene. Could a larger model get to 9.0?</summary>
#
# No. The scenes carry 9.25 bits. No model of any size can need less on average.
# </details>
#
# <details><summary>6. The loss hardly falls for a while. Is the model finished?</summary>
#
# Perhaps not. In section 11 it tossed a coin for "he or she" during 20 or 30 steps, and then found the answer.
# </details>
#
# <details><summary>7. The training loss falls below the floor. Name two causes.</summary>
#
# It sees its targets, or it reads a short text again and again and knows it by heart. The validation loss tells the two
# apart: with a leak it lies below the floor too, with overfitting it rises.
# </details>
#
# ## Further reading
#
# - Touvron et al., 2023, *LLaMA*, [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.3: six lines, and
#   each of them is in this chapter.
# - Kingma and Ba, 2014, *Adam*, [arXiv:1412.6980](https://arxiv.org/abs/1412.6980).
# - Loshchilov and Hutter, 2017, *Decoupled Weight Decay Regularization*,
#   [arXiv:1711.05101](https://arxiv.org/abs/1711.05101), and 2016, *SGDR*,
#   [arXiv:1608.03983](https://arxiv.org/abs/1608.03983): the cosine.
# - Pascanu et al., 2012, *On the difficulty of training recurrent neural networks*,
#   [arXiv:1211.5063](https://arxiv.org/abs/1211.5063): clipping.
# - Micikevicius et al., 2017, *Mixed Precision Training*, [arXiv:1710.03740](https://arxiv.org/abs/1710.03740).
# - Chen et al., 2016, *Training Deep Nets with Sublinear Memory Cost*,
#   [arXiv:1604.06174](https://arxiv.org/abs/1604.06174): recomputation.
# - Shannon, 1948, *A Mathematical Theory of Communication*: bits, entropy and the floor.
#
# Next: chapter 09, **generation**: how a trained model writes, and how fast.
