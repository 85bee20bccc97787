# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 03 · RMSNorm: keep every vector at a healthy size
#
# A LLaMA model passes each token through dozens of layers. Every layer adds something to the token's vector.
# Left alone, these vectors grow from layer to layer, and training becomes unstable or stops.
#
# In this chapter you build **RMSNorm**, the small layer that prevents this.
# LLaMA uses it twice in every block and once at the end.
#
# | | |
# |---|---|
# | You will write | `layer_norm`, `rms_norm`, the module `RMSNorm`, its gradient, and one bug fix |
# | You need | Python, and the primer of chapter 00 (tensors, autograd, cross-entropy) |
# | Time | about 60 minutes, 44 of them for the five exercises |

# %% [markdown]
# ## 1 Where it sits
#
# The picture shows one block of LLaMA. The two colored boxes are the layers of this chapter.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.course import board, exercise, hint, show_solution
from minillama.course.plots import draw_block, plot_bars, plot_lines, use_course_style
from minillama.course.widgets import explore

use_course_style()
_ = torch.manual_seed(0)

# %%
draw_block(highlight=["norm1", "norm2"])
plt.show()

# %% [markdown]
# *The lower path goes through RMSNorm, then through a layer that does work. The curved path carries the vectors
# past both unchanged. The two meet at "add".*
#
# The curved path is called the **residual stream**. Each block reads from it and adds to it.
# The norm stands in the side path only: it shows the working layer a tidy copy, and leaves the stream as it is.

# %% [markdown]
# ## 2 The problem: size drifts with depth
#
# How large is a vector? A good measure is its **root mean square**, RMS for short:
# square every channel, take the mean, take the root.
#
# $$\mathrm{rms}(x) = \sqrt{\frac{1}{C}\sum_{i=1}^{C} x_i^2}$$
#
# $C$ is the number of channels, that is, the length of the vector. If every channel is 3 or -3, the RMS is 3.


# %%
def rms(x: Tensor) -> Tensor:
    """Root mean square over the channels: (..., C) -> (...)."""
    return x.pow(2).mean(dim=-1).sqrt()


rms(torch.tensor([3.0, -3.0, 3.0, 3.0]))

# %% [markdown]
# Now send some random vectors through 40 layers. Each layer is a random matrix whose result is added to the stream.
# We draw the matrix so that its output is about as large as its input.


# %%
def sizes_with_depth(
    strength: float, normalize: bool, n_layers: int = 40, dim: int = 64
) -> list[float]:
    """Mean RMS of 32 vectors after each layer of a random residual stack."""
    torch.manual_seed(0)
    x, sizes = torch.randn(32, dim), []
    for _ in range(n_layers):
        read = x / rms(x).unsqueeze(-1) if normalize else x
        x = x + read @ torch.randn(dim, dim) * strength / math.sqrt(dim)
        sizes.append(rms(x).mean().item())
    return sizes


# %%
def draw_depth(strength: float = 1.0) -> None:
    """Compare the size of the stream with and without a norm in the side path."""
    lines = {
        "no norm": sizes_with_depth(strength, normalize=False),
        "norm in the side path": sizes_with_depth(strength, normalize=True),
    }
    title = f"Size of the stream, weights of strength {strength:g}"
    ax = plot_lines(
        range(1, 41), lines, title=title, xlabel="layer", ylabel="RMS (log scale)"
    )
    ax.set_yscale("log")


draw_depth()
plt.show()

# %% [markdown]
# *Without a norm the vectors grow about a million times larger in 40 layers: every layer multiplies their size by
# about 1.4. With a norm they grow only to about 6.*
#
# Look at why. Without a norm, a larger stream makes the layer's output larger, which makes the stream larger still.
# That is exponential growth. With a norm, every layer reads a vector of RMS 1 and adds a vector of about RMS 1.
# That is slow growth, like $\sqrt{\text{depth}}$.
#
# Move the slider. At which strength would the stack without a norm be harmless?

# %% tags=["nbval-ignore-output"]
explore(draw_depth, strength=(0.1, 2.0, 0.1))

# %% [markdown]
# Small weights look safe here. But training changes the weights, and nothing keeps them small.
# A norm makes the size of the input a matter of course instead of luck.

# %% [markdown]
# ## 3 LayerNorm, the ancestor
#
# The first transformers used **LayerNorm**. It treats each token's vector alone, in three steps.
#
# 1. Subtract the mean of the channels, so that the mean becomes 0.
# 2. Divide by the standard deviation, so that the variance becomes 1.
# 3. Multiply each channel by a learned **gain** and add a learned **bias**, so that the model can choose other sizes.
#
# $$y_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \varepsilon}} \cdot g_i + b_i, \qquad
# \mu = \frac{1}{C}\sum_i x_i, \qquad \sigma^2 = \frac{1}{C}\sum_i (x_i - \mu)^2$$
#
# The small number $\varepsilon$ (eps) avoids a division by zero. Source: Ba et al., 2016,
# [arXiv:1607.06450](https://arxiv.org/abs/1607.06450).
#
# Try it by hand first. The vector (1, 2, 3, 6) has mean 3. The deviations are -2, -1, 0 and 3.
# Their squares are 4, 1, 0 and 9, with mean 3.5. So the result is (-2, -1, 0, 3) / 1.87.

# %%
x = torch.tensor([1.0, 2.0, 3.0, 6.0])
deviation = x - x.mean()
print("mean     ", x.mean().item())
print("variance ", deviation.pow(2).mean().item())
print("result   ", deviation / deviation.pow(2).mean().sqrt())

# %% [markdown]
# One detail matters for code. `x` usually holds many vectors, so its shape is `(..., C)`.
# A mean over the last dimension has shape `(...)`, which does not fit `x` any more.
# `keepdim=True` keeps a dimension of size 1, and PyTorch stretches it to fit.

# %%
x = torch.randn(2, 3, 4)  # 2 texts, 3 tokens, 4 channels
print(x.mean(dim=-1).shape, x.mean(dim=-1, keepdim=True).shape)

# %% [markdown]
# ### Exercise 1 · `layer_norm` (difficulty 1 of 5, 5 minutes)
#
# Replace the line that raises an error, then run the cell. The cell checks your code at once.
# `hint("layer_norm")` helps if you are stuck.


# %%
@exercise("rmsnorm.layer_norm")
def layer_norm(x: Tensor, gain: Tensor, bias: Tensor, eps: float = 1e-5) -> Tensor:
    """Shift each vector to mean 0, scale it to variance 1, then apply gain and bias.

    Args:
        x: vectors, shape (..., C).
        gain: factor per channel, shape (C,).
        bias: added per channel, shape (C,).
        eps: added to the variance, under the root.

    Returns:
        Shape (..., C).
    """
    ### BEGIN SOLUTION
    mean = x.mean(dim=-1, keepdim=True)
    variance = (x - mean).pow(2).mean(dim=-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps) * gain + bias
    ### END SOLUTION


# %% [markdown]
# The verdict above says TODO, WRONG or OK. As long as it is not OK, the notebook goes on with the package's version
# and tells you so. Your own code takes over as soon as it passes.

# %%
x = torch.randn(1000, 8) * 5 + 2
y = layer_norm(x, torch.ones(8), torch.zeros(8))
print(f"mean of a vector:     {y[0].mean():.4f}")
print(f"variance of a vector: {y[0].pow(2).mean():.4f}")

# %% [markdown]
# ## 4 RMSNorm: drop what is not needed
#
# Zhang and Sennrich asked in 2019 which part of LayerNorm helps. Their answer: the scaling. The subtraction of the
# mean can go, and the bias with it. What is left is RMSNorm.
#
# $$y_i = \frac{x_i}{\sqrt{\frac{1}{C}\sum_j x_j^2 + \varepsilon}} \cdot g_i$$
#
# Source: [arXiv:1910.07467](https://arxiv.org/abs/1910.07467), equation 4. LLaMA adopted it
# ([arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.2).
#
# By hand: for $x = (3, 4)$ the squares are 9 and 16. Their mean is 12.5, the root is 3.54, and the result is
# (3, 4) / 3.54 = (0.85, 1.13). Note the *mean* of the squares: the ordinary length of this vector is 5,
# but its RMS is 3.54.

# %% [markdown]
# Three requirements turn the formula into good code.
#
# - **Each token alone.** The mean runs over the channels of one token. You will see below what happens otherwise.
# - **Enough precision.** Models often compute in `float16`, whose largest number is 65,504. The square of 300 is
#   already larger. So square in `float32`, return to the input's dtype, and multiply by the gain last.
# - **Clear errors.** A gain of the wrong size should be refused, not stretched silently.
#
# The last one is written for you.

# %%
print(torch.tensor(300.0, dtype=torch.float16).pow(2))
print(torch.tensor(300.0, dtype=torch.float16).float().pow(2))

# %% [markdown]
# ### Exercise 2 · `rms_norm` (difficulty 2 of 5, 8 minutes)
#
# `wide` holds `x` in float32, or in float64 if it came so. Use it for the statistics.


# %%
@exercise("rmsnorm.rms_norm")
def rms_norm(x: Tensor, gain: Tensor, eps: float = 1e-5) -> Tensor:
    """Divide each vector by its root mean square, then multiply by a learned gain.

    The mean runs over the channels of one token, never over tokens: a norm that
    averages over positions would let a token see the future. Squares and their mean
    are computed in float32 at least, because float16 overflows above 65,504.

    Args:
        x: vectors to normalize, shape (..., C), any floating dtype.
        gain: one learned factor per channel, shape (C,).
        eps: added to the mean square, so that a zero vector stays zero.

    Returns:
        Shape (..., C). The normalized vectors return to the dtype of ``x`` before
        they meet the gain.

    Raises:
        ValueError: if ``gain`` does not have one entry per channel of ``x``.

    Example:
        >>> rms_norm(torch.tensor([3.0, 4.0]), torch.ones(2), eps=0.0)
        tensor([0.8485, 1.1314])
    """
    if gain.shape != x.shape[-1:]:
        raise ValueError(
            f"gain has shape {tuple(gain.shape)}, but x has {x.shape[-1]} channels: give one gain per channel"
        )
    wide = x.to(torch.promote_types(x.dtype, torch.float32))
    ### BEGIN SOLUTION
    mean_square = wide.pow(2).mean(dim=-1, keepdim=True)  # (..., 1)
    normalized = wide * torch.rsqrt(mean_square + eps)
    return normalized.to(x.dtype) * gain
    ### END SOLUTION


# %% [markdown]
# Check the promise: whatever size goes in, RMS 1 comes out.

# %% tags=["nbval-check-output"]
x = torch.tensor([[3.0, 4.0], [300.0, 400.0], [-0.03, 0.04]])
y = rms_norm(x, torch.ones(2))
print("RMS before:", [round(value, 3) for value in rms(x).tolist()])
print("RMS after: ", [round(value, 3) for value in rms(y).tolist()])

# %% [markdown]
# The first two rows give the same result. Only the *direction* of a vector survives. Its length is gone.
#
# The last row comes out a little below 1. Its mean square is only 0.00125, so eps is no longer negligible.
# Section 7 returns to this.

# %% [markdown]
# ### See it: circle against line
#
# With two channels we can draw what each norm does to a cloud of points.

# %%
cloud = torch.randn(200, 2) * torch.tensor([2.0, 1.0]) + torch.tensor([1.0, 0.5])
after = {
    "before": cloud,
    "RMSNorm": rms_norm(cloud, torch.ones(2)),
    "LayerNorm": layer_norm(cloud, torch.ones(2), torch.zeros(2)),
}
figure, axes = plt.subplots(1, 3, figsize=(8, 2.8), sharex=True, sharey=True)
for ax, (name, points) in zip(axes, after.items()):
    ax.scatter(*points.T, s=8, alpha=0.6)
    ax.set(title=name, xlabel="channel 1", aspect="equal")
axes[0].set_ylabel("channel 2")
plt.show()

# %% [markdown]
# *RMSNorm moves every point along its own ray onto a circle of radius $\sqrt 2$. LayerNorm leaves only two places.
# (A point whose two channels are almost equal stops a little short of them, because of eps.)*
#
# LayerNorm takes two things from a vector: its mean and its length. Of two numbers nothing but a sign remains. RMSNorm
# takes one, the length. With thousands of channels the difference is tiny, and RMSNorm has less to compute.

# %% [markdown]
# ### What each norm ignores
#
# A norm **ignores** a change of its input if its output stays the same.

# %% tags=["nbval-check-output"]
x = torch.randn(1, 512)
ones, zeros = torch.ones(512), torch.zeros(512)
for change, changed in {"10 * x": 10 * x, "x + 3": x + 3}.items():
    same_layer = torch.allclose(
        layer_norm(x, ones, zeros), layer_norm(changed, ones, zeros), atol=1e-3
    )
    same_rms = torch.allclose(rms_norm(x, ones), rms_norm(changed, ones), atol=1e-3)
    print(
        f"{change:7} LayerNorm ignores it: {same_layer!s:6} RMSNorm ignores it: {same_rms}"
    )

# %% [markdown]
# Both ignore the scale. That is what keeps a deep stack stable. Only LayerNorm ignores a common shift of all channels,
# and models learn well without that.

# %% [markdown]
# ## 5 The module
#
# A function has no memory. The gain must be learned, so it needs a home: an `nn.Module`.
# A module keeps its trainable tensors as `nn.Parameter`, and `forward` says what it computes. Here is a small one.


# %%
class Shift(nn.Module):
    """Add a learned number to each channel."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.amount = nn.Parameter(torch.zeros(dim))

    def forward(self, x: Tensor) -> Tensor:
        """Shift the last dimension of ``x``; shape (..., C) in and out."""
        return x + self.amount


shift = Shift(3)
print(shift(torch.ones(2, 3)).shape, [name for name, _ in shift.named_parameters()])

# %% [markdown]
# To call a module is to call its `forward`. PyTorch found the parameter by itself, so an optimizer can train it.
#
# Now the norm. The gain starts at 1. A new layer then only normalizes, and training moves the gain where it helps.
#
# ### Exercise 3 · `RMSNorm` (difficulty 2 of 5, 6 minutes)
#
# The parameter must be called `weight`. Checkpoints of real models use that name.


# %%
@exercise("rmsnorm.RMSNorm")
class RMSNorm(nn.Module):
    """Hold the gain of one RMSNorm layer and apply it.

    The gain starts at 1, so a new layer only normalizes. There is no bias and nothing
    is subtracted.

    Args:
        dim: C, number of channels.
        eps: added to the mean square; LLaMA uses 1e-6 or 1e-5.
    """

    def __init__(self, dim: int, eps: float = 1e-5) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        """Normalize the last dimension of ``x``; shape (..., C) in and out."""
        ### BEGIN SOLUTION
        return rms_norm(x, self.weight, self.eps)
        ### END SOLUTION


# %%
norm = RMSNorm(4)
print(norm(torch.tensor([[1.0, 2.0, 3.0, 6.0]])))
print("parameters:", [(name, tuple(p.shape)) for name, p in norm.named_parameters()])

# %% [markdown]
# PyTorch has an RMSNorm of its own since version 2.4. It is an independent implementation, so it makes a good judge.

# %% tags=["nbval-check-output"]
x = torch.randn(2, 5, 64)
norm, theirs = RMSNorm(64, eps=1e-6), nn.RMSNorm(64, eps=1e-6)
with torch.no_grad():
    norm.weight.uniform_(0.5, 2)
    theirs.weight.copy_(norm.weight)
difference = (norm(x) - theirs(x)).abs().max().item()
print("largest difference below 1e-6:", difference < 1e-6)

# %% [markdown]
# ### How much does it cost?
#
# LLaMA has two norms per block and one at the end. Each has one gain per channel.
# The sizes are those of the paper's Table 2 ([arXiv:2302.13971](https://arxiv.org/abs/2302.13971)).

# %% tags=["nbval-check-output"]
from minillama.budget import count_parameters
from minillama.config import LLAMA_7B

n_norms = 2 * LLAMA_7B.n_layers + 1
gains = n_norms * LLAMA_7B.dim
print(
    f"{n_norms} norms of {LLAMA_7B.dim} gains: {gains:,} of {count_parameters(LLAMA_7B):,} parameters"
)
print(f"share: {100 * gains / count_parameters(LLAMA_7B):.4f} percent")

# %% [markdown]
# The norms hold almost no parameters. They also do little arithmetic. What they cost is *reading and writing* every
# vector, which is why fast code computes them in one go with the layers beside them.

# %% [markdown]
# ## 6 The gradient
#
# Training sends a gradient backward through every layer. What does RMSNorm do to it?
#
# Write $n = x / \mathrm{rms}(x)$ for the normalized vector, and let $d$ be the gradient that arrives for $n$.
# We look for the gradient for $x$. A change of $x_i$ acts in two ways.
#
# 1. It moves $n_i$ directly, by $1/\mathrm{rms}$.
# 2. It changes the RMS, and with it *all* channels of $n$.
#
# For the second way we need the slope of the RMS. It is
#
# $$\frac{\partial\,\mathrm{rms}}{\partial x_i} = \frac{x_i}{C\,\mathrm{rms}} = \frac{n_i}{C}$$

# %% [markdown]
# Put both together with the quotient rule: $n_j = x_j / \mathrm{rms}$, so
#
# $$\frac{\partial n_j}{\partial x_i} = \frac{1}{\mathrm{rms}}\left([i = j] - \frac{n_i n_j}{C}\right)$$
#
# Here $[i = j]$ is 1 if $i = j$ and 0 otherwise. Multiply by $d_j$ and sum over $j$ to get the gradient for $x_i$.
# The sum $\frac{1}{C}\sum_j d_j n_j$ is the mean of $d \cdot n$ over the channels.
#
# ### Exercise 4 · `rms_norm_gradient` (difficulty 4 of 5, 20 minutes)
#
# Finish the derivation on paper, then write it without autograd and without a loop. This exercise is optional:
# nothing later depends on it.


# %%
@exercise("rmsnorm.rms_norm_gradient")
def rms_norm_gradient(x: Tensor, grad: Tensor, eps: float = 1e-5) -> Tensor:
    """Gradient of the loss with respect to ``x``, given ``grad`` with respect to x / rms(x).

    Args:
        x: input of the norm, shape (..., C).
        grad: gradient for the normalized vectors, before the gain; shape (..., C).
        eps: added to the mean square.

    Returns:
        Shape (..., C).
    """
    ### BEGIN SOLUTION
    rms = torch.sqrt(x.pow(2).mean(dim=-1, keepdim=True) + eps)
    normalized = x / rms
    along = (grad * normalized).mean(dim=-1, keepdim=True)
    return (grad - along * normalized) / rms
    ### END SOLUTION


# %% [markdown]
# The formula says two things worth knowing. First, the part of the gradient that points along $x$ is removed.
# That makes sense: stretching $x$ does not change the output, so the loss has no slope in that direction.

# %%
x, grad = torch.randn(1, 8), torch.randn(1, 8)
result = rms_norm_gradient(x, grad, eps=0.0)
print(f"part along x before: {(grad * x).sum():.4f}")
print(f"part along x after:  {(result * x).sum().abs():.4f}")

# %% [markdown]
# Second, everything is divided by the RMS. Large inputs get small gradients and small inputs get large ones.

# %%
sizes = [10**exponent for exponent in torch.linspace(-2, 2, 21).tolist()]
gradients = [
    rms_norm_gradient(size * x / rms(x), grad, eps=0.0).norm().item() for size in sizes
]
ax = plot_lines(
    sizes,
    {"gradient": gradients},
    title="Length of the gradient against the size of x",
    xlabel="RMS of x",
    ylabel="length",
)
ax.set(xscale="log", yscale="log")
plt.show()

# %% [markdown]
# *Both axes are logarithmic and the line falls with slope -1: ten times the size, a tenth of the gradient.*
#
# This acts as a brake. If a layer's output grew too large, the next steps change it less, in proportion.

# %% [markdown]
# ## 7 What eps does
#
# Eps avoids a division by zero, but it does more. A vector much smaller than $\sqrt\varepsilon$ is hardly scaled up.
# The next figure shows the RMS after the norm for inputs of all sizes.


# %%
def draw_eps(exponent: int = -5) -> None:
    """Plot the RMS after the norm against the RMS before it."""
    before = torch.logspace(-6, 2, 81)
    x = before.unsqueeze(-1) * torch.ones(4)
    lines = {}
    for name, eps in {
        "eps 1e-5": 1e-5,
        "eps 1e-6": 1e-6,
        f"eps 1e{exponent} (slider)": 10.0**exponent,
    }.items():
        lines[name] = rms(rms_norm(x, torch.ones(4), eps))
    ax = plot_lines(
        before,
        lines,
        title="Small vectors stay small",
        xlabel="RMS before",
        ylabel="RMS after",
    )
    ax.set_xscale("log")


draw_eps(-3)
plt.show()

# %% [markdown]
# *Each curve rises from 0 to 1. The bend stands at the square root of eps: near 0.003 for 1e-5, near 0.001 for 1e-6.*

# %% tags=["nbval-ignore-output"]
explore(draw_eps, exponent=(-10, -1, 1))

# %% [markdown]
# Eps belongs to the model as much as its weights. The published LLaMA files say 1e-6 for 7B, 13B and 33B, and 1e-5 for
# 65B and for all of Llama 2 and later (the `params.json` files of the releases; Meta corrected an early Llama 2 chat
# file that said 1e-6). Weights that were trained with one value expect that value.

# %% [markdown]
# ## 8 A leak, and how to catch it
#
# A language model predicts the next token from the tokens before it. During training it sees a whole text at once,
# so every layer must keep each position blind to what follows.
#
# What if a norm averages over all tokens of a text? The mistake is easily made and looks harmless:
# the shapes fit, the loss falls nicely. It falls *too* nicely.
#
# To prove it, take texts that nobody can predict: three random tokens out of eight.
# The best possible loss is known exactly. It is $\ln 8 = 2.079$, the loss of a fair guess.


# %%
def leaky_norm(x: Tensor) -> Tensor:
    """Divide by the RMS of the whole text instead of each token: (B, T, C)."""
    return x / x.pow(2).mean(dim=(-2, -1), keepdim=True).sqrt()


def honest_norm(x: Tensor) -> Tensor:
    """Divide each token by its own RMS: (B, T, C)."""
    return rms_norm(x, torch.ones(x.shape[-1]))


# %% [markdown]
# The model is as small as possible: an embedding, the norm, and two linear layers with a curve between them (SiLU, see
# chapter 04). `nn.Sequential` applies its layers one after the other. No part looks at other tokens, except through the
# norm.


# %%
def train_on_noise(norm, n_steps: int = 400) -> list[float]:
    """Train a tiny next-token model on random tokens and return its losses."""
    torch.manual_seed(0)
    embedding = nn.Embedding(8, 16)
    head = nn.Sequential(nn.Linear(16, 128), nn.SiLU(), nn.Linear(128, 8))
    optimizer = torch.optim.AdamW(
        [*embedding.parameters(), *head.parameters()], lr=1e-2
    )
    losses = []
    for _ in range(n_steps):
        tokens = torch.randint(8, (256, 3))
        logits = head(norm(embedding(tokens)))[:, :-1]
        loss = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %%
noise_losses = {
    "honest norm": train_on_noise(honest_norm),
    "leaky norm": train_on_noise(leaky_norm),
}
ax = plot_lines(
    range(400),
    noise_losses,
    title="Loss on random tokens",
    xlabel="step",
    ylabel="nats per token",
)
ax.axhline(math.log(8), color="black", linewidth=1, linestyle=":")
ax.text(400, math.log(8), " ln 8", va="center")
plt.show()
print({name: round(sum(losses[-50:]) / 50, 3) for name, losses in noise_losses.items()})

# %% [markdown]
# *The honest model stays at ln 8: it can only guess. The leaky one falls below what is possible.*
# (Your numbers differ a little. The honest one ends within 0.02 of 2.08, the leaky one well below 1.9.)
#
# The leaky model learned to cheat. The divisor depends on all tokens, so it carries a trace of the next one,
# and the linear layers learned to read it. On real text the loss would look brilliant, and the model would be useless:
# when it writes, the future is not there to be read.
#
# The test that catches every leak is simple: **change the last token and see that nothing before it changes.**

# %% tags=["nbval-check-output"]
x = torch.randn(1, 4, 8)
changed = x.clone()
changed[:, -1] += 1
for name, norm in {"honest": honest_norm, "leaky": leaky_norm}.items():
    moved = (norm(x) - norm(changed))[:, :-1].abs().max().item() > 1e-6
    print(f"{name:6} norm: earlier tokens moved: {moved}")

# %% [markdown]
# ### Exercise 5 · find the bug (difficulty 2 of 5, 5 minutes)
#
# This norm is for a batch of texts. It has exactly one bug. Find it and mend that line.


# %%
@exercise("rmsnorm.norm_of_batch")
def norm_of_batch(x: Tensor, gain: Tensor, eps: float = 1e-5) -> Tensor:
    """RMSNorm for x of shape (B, T, C), every token by itself."""
    ### BEGIN SOLUTION
    mean_square = x.pow(2).mean(dim=-1, keepdim=True)
    return x * torch.rsqrt(mean_square + eps) * gain
    ### INSTEAD
    # mean_square = x.pow(2).mean(dim=(-2, -1), keepdim=True)
    # return x * torch.rsqrt(mean_square + eps) * gain
    ### END SOLUTION


# %% [markdown]
# ## 9 On real weights
#
# What do trained gains look like? SmolLM2-135M is a small model of the LLaMA family with 30 blocks.
# This cell reads its gains if the weights are on your machine (`minillama fetch smollm2` gets them, 93 MB).

# %%
from minillama.course.fetch import smollm2_path
from minillama.formats.gguf import load_gguf

weights = smollm2_path()
if weights is None:
    print("The weights are missing: run `minillama fetch smollm2` in a terminal.")
else:
    model = load_gguf(weights)
    gains = {
        "before attention": [
            layer.attention_norm.weight.detach().abs().mean() for layer in model.layers
        ],
        "before the feed-forward layer": [
            layer.feedforward_norm.weight.detach().abs().mean()
            for layer in model.layers
        ],
    }
    plot_lines(
        range(30),
        gains,
        title="Mean gain of each norm in SmolLM2-135M",
        xlabel="block",
        ylabel="mean |gain|",
    )
    plt.show()

# %% [markdown]
# *If the weights are there, the figure shows one value per block and norm. The gains have moved far from their start
# at 1, and differently in each block: the model uses them to decide how loudly each layer hears the stream.*

# %% [markdown]
# ## 10 What can go wrong
#
# These bugs are silent: the code runs, the shapes fit, and the result is wrong.
#
# | mistake | what you see | the test that catches it |
# |---|---|---|
# | mean over tokens as well | a loss that is too good | change the last token (section 8) |
# | squares in float16 | zeros, because 1 / infinity is 0 | an input of 300 in float16 |
# | sum of squares instead of mean | vectors too small by $\sqrt C$ | a value worked by hand |
# | eps outside the root | small vectors slightly wrong | an input near $\sqrt\varepsilon$ |
# | the wrong eps for a checkpoint | slightly worse text | compare logits with another implementation |
#
# The second row in action:


# %%
def careless_rms_norm(x: Tensor) -> Tensor:
    """RMSNorm without the step to float32."""
    return x * torch.rsqrt(x.pow(2).mean(dim=-1, keepdim=True) + 1e-5)


x = torch.full((1, 4), 300.0, dtype=torch.float16)
print("careless:", careless_rms_norm(x))
print("careful: ", rms_norm(x, torch.ones(4, dtype=torch.float16)))

# %% [markdown]
# No error, no NaN, only zeros. The layer has erased the token.
#
# `bfloat16` has the range of float32, so it does not overflow here. But it keeps fewer than three decimal digits,
# and a mean of thousands of squares needs more. The statistics belong in float32 in both cases.

# %% [markdown]
# ## 11 Summary
#
# - A residual stream grows with depth. A norm in the side path shows every layer an input of the same size.
# - RMSNorm divides each token's vector by its root mean square and multiplies by a learned gain.
# - It drops LayerNorm's mean and bias. Only the direction of a vector survives.
# - The gradient loses its part along the input and is divided by the RMS.
# - Statistics are computed in float32, over the channels of one token, with the eps the model was trained with.
#
# The board shows which of your answers passed. They are saved in `work/mine/rmsnorm.py`, and chapter 06 builds
# a whole model out of them.

# %% tags=["nbval-ignore-output"]
board(chapter=3)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. What is the RMS of (6, 8)?</summary>
#
# The mean of 36 and 64 is 50. The root is about 7.07.
# </details>
#
# <details><summary>2. You multiply all weights of the embedding by 100. What changes in the output of the first
# RMSNorm?</summary>
#
# Nothing, up to the effect of eps. The norm ignores the scale of its input. (The model does change: the stream beside
# the norm is now 100 times larger, and what the blocks add to it counts for less.)
# </details>
#
# <details><summary>3. Why does LLaMA need one more norm after the last block?</summary>
#
# Each block normalizes what it reads, not what it adds. After the last block the stream has whatever size the sum
# reached. The output head reads it too, so it gets its own norm.
# </details>
#
# <details><summary>4. Your model reaches a loss below the entropy of its data. What do you do?</summary>
#
# Look for a leak: change the last token and compare everything before it.
# </details>
#
# <details><summary>5. Which dimensions may a norm of a language model average over?</summary>
#
# The channels of one token only: not other tokens, not other texts of the batch.
# </details>

# %% [markdown]
# ## Further reading
#
# - Zhang and Sennrich, 2019, *Root Mean Square Layer Normalization*, [arXiv:1910.07467](https://arxiv.org/abs/1910.07467).
# - Ba, Kiros and Hinton, 2016, *Layer Normalization*, [arXiv:1607.06450](https://arxiv.org/abs/1607.06450).
# - Xiong et al., 2020, *On Layer Normalization in the Transformer Architecture*,
#   [arXiv:2002.04745](https://arxiv.org/abs/2002.04745): why the norm stands before the layer (pre-norm).
# - Touvron et al., 2023, *LLaMA*, [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.2.
#
# Next: chapter 04, **SwiGLU**, the layer that reads the second norm.
