# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 10 · Quantization: the same model in a quarter of the memory
#
# A weight is stored in 16 bits, or in 32. Does the model notice if you store it in 4? With four bits you can write only
# sixteen different numbers. Done carelessly, the model talks nonsense. Done well, hardly anything changes, and a model
# that needed a large GPU runs on a laptop.
#
# In this chapter you round a real model, pack it, run it packed, and measure what each saved bit costs.
#
# | | |
# |---|---|
# | You will write | `absmax_quantize`, `group_quantize`, `pack_nibbles`, the layer `FourBitLinear`, `gptq_round`, and one bug fix |
# | You need | chapters 00 (tensors, cross-entropy) and 06 (the model); 09 (the KV cache) helps |
# | Time | about 90 minutes, 45 of them for the six exercises |
#
# ## 1 What a weight costs

# %%
import copy
import math
import tempfile
import time
from itertools import islice
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.budget import kv_cache_bytes, weight_bytes
from minillama.config import PRESETS
from minillama.course import board, exercise, hint, show_solution
from minillama.course.plots import (
    plot_bars,
    plot_lines,
    use_course_style,
    use_log_scale,
)
from minillama.course.quantization_plots import (
    draw_bytes,
    draw_grid,
    draw_two_weights,
    plot_quality,
)
from minillama.course.show import Table
from minillama.course.widgets import explore

use_course_style()
torch.set_num_threads(1)  # steps of one token are so small that threads cost more than they bring
plt.rcParams["figure.dpi"] = 90  # many figures: keep the page small
_ = torch.manual_seed(0)

# %% [markdown]
# Memory is parameters times bits, divided by 8. Here are the four sizes of LLaMA, in GB of $10^9$ bytes. The odd
# numbers of bits, 8.5, 5 and 4.5, are those of three real file formats; you will soon see where the halves come from.

# %% tags=["nbval-check-output"]
SIZES = ("LLaMA-7B", "LLaMA-13B", "LLaMA-33B", "LLaMA-65B")
BITS = (16, 8.5, 8, 5, 4.5, 4)
print("GB         " + "".join(f"{bits:6g} bits" for bits in BITS))
for name in SIZES:
    gigabytes = (weight_bytes(PRESETS[name], bits) / 1e9 for bits in BITS)
    print(f"{name:10} " + "".join(f"{size:11.2f}" for size in gigabytes))

# %%
_, ax = plt.subplots(figsize=(7, 3.2))
for shift, bits in zip((-0.27, 0, 0.27), (16, 8.5, 4.5)):
    heights = [weight_bytes(PRESETS[name], bits) / 1e9 for name in SIZES]
    places = [place + shift for place in range(4)]
    bars = ax.bar(places, heights, 0.25, label=f"{bits:g} bits")
    ax.bar_label(bars, fmt="{:.0f}", fontsize=8)
for gigabytes, card in {
    24: "a gaming card, 24 GB",
    80: "a data-center card, 80 GB",
}.items():
    ax.axhline(gigabytes, color="black", linewidth=1, linestyle=":")
    ax.text(-0.45, gigabytes + 2, card, fontsize=9)
ax.set_xticks(range(4), SIZES)
ax.set(title="Memory of the weights", ylabel="GB")
ax.legend(loc="upper left", ncols=3)
plt.show()

# %% [markdown]
# *At 16 bits a 24 GB card holds LLaMA-7B only. At 4.5 bits it holds the 33B. The 65B goes from two large cards to half
# of one.* (Counts from the configurations in chapter 06, all parameters, nothing else in memory.)
#
# Memory is not the only gain. To write one token, the machine reads every weight once (chapter 09). A quarter of the
# bytes is read in a quarter of the time. So writing can become faster, too, if unpacking costs less than it saves.
#
# What is the price? That is the question of this chapter. **Quantization** means: replace numbers that can have any
# value by numbers from a short list.

# %% [markdown]
# ## 2 Five numbers on a grid
#
# Take five weights. We want to store each in 4 bits: as one of 16 integers.
#
# **Absmax.** Lay a ruler with equal steps over the numbers, with its 0 at 0. With 4 bits we use the **levels** $-7$ to
# $7$. The largest magnitude shall be the last level. So the step, called **scale**, is $1.4 / 7 = 0.2$. Divide by the
# scale and round:
#
# | weight | divided by 0.2 | level | back: level times 0.2 | error |
# |---|---|---|---|---|
# | -1.40 | -7.00 | -7 | -1.4 | 0.00 |
# | -0.31 | -1.55 | -2 | -0.4 | -0.09 |
# | 0.05 | 0.25 | 0 | 0.0 | -0.05 |
# | 0.46 | 2.30 | 2 | 0.4 | -0.06 |
# | 0.85 | 4.25 | 4 | 0.8 | -0.05 |
#
# Stored are five levels and one scale. To **dequantize**, multiply. No error is larger than half a step, 0.1.
#
# ### Exercise 1 · `absmax_quantize` (difficulty 1 of 5, 5 minutes)
#
# With $b$ bits the levels go from $-(2^{b-1} - 1)$ to $2^{b-1} - 1$: up to 7 for 4 bits, up to 127 for 8. Return the
# levels as `torch.int8` and the scale. `t.abs()`, `t.max()` and `t.round()` are all you need.


# %%
@exercise("quantization.absmax_quantize")
def absmax_quantize(values: Tensor, bits: int = 8) -> tuple[Tensor, Tensor]:
    """Round a tensor to whole numbers of steps, up to the same number on either side of 0.

    Args:
        values: any shape.
        bits: of one level, 2 to 8.

    Returns:
        Levels, int8, in the shape of ``values``; and the scale, a scalar:
        ``levels * scale`` is near ``values``.
    """
    if not values.any():
        return torch.zeros_like(values, dtype=torch.int8), torch.tensor(1.0)
    ### BEGIN SOLUTION
    largest = 2 ** (bits - 1) - 1
    scale = values.abs().max() / largest
    levels = (values / scale).round()
    return levels.to(torch.int8), scale
    ### END SOLUTION


# %% [markdown]
# (The first lines are given: if all values are 0, any scale will do, but 0 would lead to 0 / 0.)
#
# **Zero-point.** Absmax wastes something here: the levels 5, 6 and 7 are never used, because no weight is above 0.85.
# Let the ruler span the numbers exactly, from the smallest to the largest. We count its points from 0 to 15 and call
# the counts **codes**. Sixteen points have 15 steps between them, so the scale is $(0.85 + 1.4) / 15 = 0.15$:
#
# $$\text{weight} \approx \text{code} \cdot \text{scale} + \text{minimum}$$
#
# | weight | minus the minimum, divided by 0.15 | code | back | error |
# |---|---|---|---|---|
# | -1.40 | 0.00 | 0 | -1.40 | 0.00 |
# | -0.31 | 7.27 | 7 | -0.35 | -0.04 |
# | 0.05 | 9.67 | 10 | 0.10 | 0.05 |
# | 0.46 | 12.40 | 12 | 0.40 | -0.06 |
# | 0.85 | 15.00 | 15 | 0.85 | 0.00 |
#
# The step is smaller, so the errors are smaller on the whole, and never above 0.075. The price is a second stored
# number, the minimum. Absmax is called **symmetric**, zero-point **asymmetric**. The name comes from the place of the
# number 0 among the codes, here $1.4 / 0.15 = 9.33$: the zero point. (Many programs store it, rounded to a whole
# number, instead of the minimum.)

# %% tags=["nbval-check-output"]
from minillama.quantization import zero_point_quantize

five = torch.tensor([-1.4, -0.31, 0.05, 0.46, 0.85])
levels, scale = absmax_quantize(five, bits=4)
print("absmax:    ", levels.tolist(), f"scale {scale:.2f}")
codes, step, minimum = zero_point_quantize(five, bits=4)
print("zero-point:", codes.tolist(), f"scale {step:.2f}, minimum {minimum:.2f}")

# %%
_, axes = plt.subplots(2, 1, figsize=(7, 2.9), sharex=True)
symmetric = [level * 0.2 for level in range(-7, 8)]
spanning = [-1.4 + code * 0.15 for code in range(16)]
draw_grid(five, levels * scale, symmetric, title="Absmax: steps of 0.2", ax=axes[0])
draw_grid(five, codes * step + minimum, spanning, title="Zero-point: steps of 0.15",
          ax=axes[1])  # fmt: skip
plt.show()

# %% [markdown]
# *Each weight (blue) goes to the nearest point of the grid (orange). The upper grid reaches past the largest weight and
# has wider steps. The lower one begins and ends at a weight.*
#
# ### How large is the error?
#
# A weight can lie anywhere between two points. So its error is spread evenly from minus half a step to plus half a
# step. The root of the mean square of such an error is $1 / \sqrt{12} = 0.29$ steps. Much of what follows comes from
# this: **the error grows with the step, and the step grows with the largest weight**.

# %%
weights = torch.randn(100_000)
for bits in (8, 6, 4, 3, 2):
    levels, scale = absmax_quantize(weights, bits)
    error = (levels * scale - weights).square().mean().sqrt()
    print(f"{bits} bits: scale {scale:.3f}, error {error / scale:.3f} scales,", end=" ")
    print(f"{100 * error:.1f} % of the weights' own size")

# %% [markdown]
# For 100,000 random weights of size 1 it fits down to 3 bits: 0.29 scales. Each bit less makes the step, and with it
# the error, at least twice as large. At 2 bits there are three levels left, and nearly all weights fall on 0, so they
# are no longer spread evenly between two points.
#
# ## 3 Who shares a grid?
#
# Now take real weights. The model is **SmolLM2-135M**: 30 layers of the LLaMA family (Hugging Face, Apache-2.0
# license). If its file is missing, the chapter goes on with the small model that comes with the course.

# %% tags=["nbval-ignore-output"]
from minillama.course.fetch import smollm2_path
from minillama.course.shipped import load_shipped
from minillama.formats.gguf import load_gguf
from minillama.formats.tokenizer_files import load_tokenizer

town, town_tokenizer = load_shipped()
path = smollm2_path()
if path:
    llm, tokenizer, NAME = load_gguf(path), load_tokenizer(path), "SmolLM2-135M"
else:
    print("SmolLM2's weights are missing: run `minillama fetch smollm2` (93 MB).")
    print("The numbers in the text are those of SmolLM2; yours will differ.")
    llm, tokenizer, NAME = town, town_tokenizer, "The town's model"
llm.requires_grad_(False)
town.requires_grad_(False)
LAYER = len(llm.layers) // 3  # 10 of SmolLM2's 30
weight = llm.layers[LAYER].feedforward.down_proj.weight  # (N, K)
town_weight = town.layers[1].feedforward.down_proj.weight
print(f"{NAME}, layer {LAYER}, down_proj: {tuple(weight.shape)}")

# %%
_, axes = plt.subplots(1, 2, figsize=(8.4, 3))
axes[0].hist(weight.flatten(), bins=120, color="#0072B2")
axes[0].set(title="All weights of one matrix", xlabel="weight", ylabel="how many (log)")
axes[0].set_yscale("log")
axes[1].plot(weight.abs().amax(dim=1), ".", markersize=4)
axes[1].set(title="The largest weight of each row", xlabel="row", ylabel="magnitude")
plt.show()
spread, extreme = weight.std().item(), weight.abs().max().item()
print(f"usual size {spread:.2f}, largest {extreme:.2f}: {extreme / spread:.0f} times")
step = extreme / 7
lost = 100 * (weight.abs() < step / 2).float().mean()
print(f"4 bits, one grid for all: steps of {step:.2f}, {lost:.0f} % round to 0")

# %% [markdown]
# *Left: nearly all weights lie close to 0, and a few are many times larger; note the logarithmic scale. Right: these
# **outliers** sit in a few rows.*
#
# An outlier is expensive. If the whole matrix shares one grid, the largest weight decides the step for all. In 4 bits
# most weights are then smaller than half a step, and become 0. So let fewer weights share a grid:
#
# - **per tensor**: one scale for the whole matrix
# - **per row**: one scale for the weights of one output of the layer
# - **per group**: one scale for 32 or 64 neighboring weights of a row
#
# The package describes this choice by a `Grid`: bits, size of a group (None is a whole row), symmetric or not.
# `quantize` and `dequantize` do the rounding.

# %%
from minillama.quantization import Grid, dequantize, quantize


def relative_error(weight: Tensor, grid: Grid) -> float:
    """Size of the rounding error, as a share of the size of the weights."""
    rounded = dequantize(*quantize(weight, grid))
    return ((rounded - weight).norm() / weight.norm()).item()


errors = {
    "tensor": relative_error(weight.reshape(1, -1), Grid(4, symmetric=True)),
    "row": relative_error(weight, Grid(4, symmetric=True)),
    "128": relative_error(weight, Grid(4, group=128, symmetric=True)),
    "64": relative_error(weight, Grid(4, group=64, symmetric=True)),
    "32": relative_error(weight, Grid(4, group=32, symmetric=True)),
}
title = f"Error of 4 bits, absmax: {NAME}, layer {LAYER}, down_proj"
plot_bars({name: 100 * error for name, error in errors.items()}, title=title,
          ylabel="% of the weights' size")  # fmt: skip
plt.show()

# %% [markdown]
# *One grid for the whole matrix destroys it: the error is 85 % of the weights themselves. One grid for each row leaves
# 18 %, groups of 32 leave 10 %.*
#
# Now look at a single row, one of those with an outlier. The picture shows 128 weights, and what becomes of them.

# %%
row = weight[weight.abs().amax(dim=1).argsort()[-12]]  # its outlier is the 12th largest
first = int(row.abs().argmax()) // 128 * 128


def draw_row(bits: int = 4, group: int = 64) -> None:
    """128 real weights of one row, rounded; dotted lines divide the groups."""
    grid = Grid(bits, group=group)
    part = slice(first, first + 128)
    rounded = dequantize(*quantize(row.view(1, -1), grid))[0]
    error = (rounded - row).norm() / row.norm()
    _, ax = plt.subplots(figsize=(8, 2.9))
    ax.vlines(range(128), row[part], rounded[part], color="#999999", linewidth=1)
    ax.plot(row[part], "o", markersize=4, label="weight")
    ax.plot(rounded[part], "s", markersize=3, label="rounded")
    for edge in range(0, 129, group):
        ax.axvline(edge - 0.5, color="black", linewidth=1, linestyle=":")
    ax.set(title=f"{bits} bits, groups of {group}: error {100 * error:.1f} % of the row, "
           f"{grid.bits_per_weight(len(row)):g} bits per weight", xlabel="column",
           xlim=(-1.5, 128.5))  # fmt: skip
    ax.legend(ncols=2)


draw_row(bits=3)
plt.show()

# %% [markdown]
# *Three bits, groups of 64, each with its own minimum: in each group the orange squares lie on eight levels. In the
# group with the outlier the levels are far apart, and the small weights suffer. In the other group they are close.*
#
# Move the sliders. The title counts what you pay. Compare 3 bits in groups of 16 with 4 bits in groups of 128: what
# costs less, and what is better? One setting has an odd result: an error of 0. Section 4 explains it.

# %% tags=["nbval-ignore-output"]
explore(draw_row, bits=(2, 8, 1), group=[16, 32, 64, 128])

# %% [markdown]
# ### Exercise 2 · `group_quantize` (difficulty 3 of 5, 10 minutes)
#
# Write asymmetric rounding in groups. $N$ is the number of rows, $K$ the number of columns, $G$ the number of groups in
# a row.
#
# 1. Cut the rows into groups: `weight.unflatten(-1, (-1, group))` has shape $(N, G, \text{group})$.
# 2. Find the minimum and the scale of each group. `t.amin(dim=-1, keepdim=True)` and `t.amax(...)` help. $2^b$ points
#    have $2^b - 1$ steps between them.
# 3. The code is the number of steps from the minimum, rounded. In a group of equal weights the scale is 0. Divide by
#    `scale.clamp(min=1e-12)`, so that such codes become 0 and not 0 / 0.
# 4. Return codes $(N, K)$ as `torch.uint8`, scale $(N, G)$ and minimum $(N, G)$. `t.flatten(-2)` joins the last two
#    dimensions, `t.squeeze(-1)` drops a last one of size 1.


# %%
@exercise("quantization.group_quantize")
def group_quantize(
    weight: Tensor, bits: int, group: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Round a weight to grids that each span the weights of one group.

    Args:
        weight: shape (N, K).
        bits: of one code, 2 to 8.
        group: neighboring weights of a row that share a grid; divides K.

    Returns:
        Codes from 0 to ``2 ** bits - 1``, uint8, shape (N, K); scale and minimum, shape
        (N, G): ``codes * scale + minimum`` is near the weights of a group.
    """
    ### BEGIN SOLUTION
    groups = weight.unflatten(-1, (-1, group))  # (N, G, group)
    minimum = groups.amin(dim=-1, keepdim=True)  # (N, G, 1)
    scale = (groups.amax(dim=-1, keepdim=True) - minimum) / (2**bits - 1)
    codes = ((groups - minimum) / scale.clamp(min=1e-12)).round()
    return codes.to(torch.uint8).flatten(-2), scale.squeeze(-1), minimum.squeeze(-1)
    ### END SOLUTION


# %% [markdown]
# The way back is one line of arithmetic, and the package has it: `dequantize(codes, scale, minimum)`. Both functions
# together, against the package:

# %%
codes, scale, minimum = group_quantize(town_weight, bits=4, group=64)
their_codes, their_scale, _ = quantize(town_weight, Grid(4, group=64))
same = (codes == their_codes).float().mean()
print(f"codes that equal the package's: {100 * same:.2f} %")
print(f"a scale: {scale[0, 0]:.7f}, the package's: {their_scale[0, 0]:.7f}")
error = dequantize(codes, scale, minimum) - town_weight
print(
    f"largest error: {(error.abs() / scale.repeat_interleave(64, dim=1)).max():.3f} steps"
)

# %% [markdown]
# The few other codes belong to weights halfway between two points, where `round` goes to the even code and the package
# always up. And the package rounds scale and minimum to 16 bits, to store them. That is the next topic.
#
# ## 4 Where the bits go
#
# A group of 32 weights in 4 bits takes $32 \cdot 4 = 128$ bits for its codes. The scale is a float16, 16 bits more.
# That makes $144 / 32 = 4.5$ bits per weight. With a minimum it is $160 / 32 = 5$. So "4 bits" is never quite 4 bits.

# %% tags=["nbval-check-output"]
print("bits per weight, rows of 4,096 weights")
print(f"{'group':>6}{'absmax':>10}{'zero-point':>12}")
for group in (16, 32, 64, 128, None):
    absmax, spanning = Grid(4, group, symmetric=True), Grid(4, group)
    shown = (grid.bits_per_weight(4096) for grid in (absmax, spanning))
    print("{:>6}{:10.3f}{:12.3f}".format(group or "row", *shown))

# %% [markdown]
# Small groups have small errors and cost more bits. What is the best buy? Take the town's model, which was trained for
# this course and has never been rounded below 16 bits.


# %%
def draw_price(weight: Tensor, title: str, ax) -> None:
    """Error against bits per weight, for groups from 16 to a whole row."""
    n_columns = weight.shape[1]
    for bits in (5, 4, 3):
        for symmetric, name in ((True, "absmax"), (False, "zero-point")):
            groups = (g for g in (16, 32, 64, 128, n_columns) if n_columns % g == 0)
            grids = [Grid(bits, group, symmetric) for group in groups]
            cost = [grid.bits_per_weight(n_columns) for grid in grids]
            errors = [100 * relative_error(weight, grid) for grid in grids]
            style = f"C{5 - bits}" + ("o-" if symmetric else "s--")
            ax.plot(cost, errors, style, label=f"{bits} bits, {name}", markersize=4)
    ax.set(
        title=title, xlabel="bits per weight", ylabel="error, % of the weights' size"
    )


ax = plt.subplots()[1]
draw_price(
    town_weight, "What small groups buy: the town's model, layer 1, down_proj", ax
)
ax.legend()
plt.show()

# %% [markdown]
# *Each line goes from whole rows (left) to groups of 16 (right). The lowest line at a price is the best buy. From whole
# rows to groups of 128 or 64 the lines fall steeply: a good deal. Further right they are flat, and the same bits are
# better spent on longer codes: 5 bits for each row beat 4 bits in groups of 32 with a minimum, at the same price.
# Zero-point beats absmax at nearly every price.*
#
# ### A riddle
#
# Now the same for SmolLM2, which should look alike.

# %%
ax = plt.subplots()[1]
draw_price(weight, f"{NAME}, layer {LAYER}, down_proj", ax)
ax.legend()
plt.show()
for group in (64, 32, 16):
    error = relative_error(weight, Grid(4, group=group))
    print(f"{NAME}, zero-point, groups of {group}: error {100 * error:.4f} %")

# %% [markdown]
# *The line for 4 bits and zero-point falls to 0: groups of 32 are without any error. Smaller groups are worse, and so are
# 5 bits.*
#
# No error at all, from sixteen values? That cannot be luck. The weights must lie on such grids *already*. And they do:
# the file that we read holds them in 4 bits, in groups of 32, with scale and minimum. The format is called Q4_1, and
# our `Grid(4, group=32)` makes the same codes. Rounding what is rounded changes nothing. Any other grid has other
# points, so it adds an error to the one that is already there.
#
# **So SmolLM2's numbers in this chapter have an asterisk,** those of section 3 too. The original weights in 16 bits are
# not here. What we call its baseline is the dequantized file. The town's model has no asterisk.

# %% [markdown]
# ## 5 Bytes
#
# A code of 4 bits is half a byte, a **nibble**. PyTorch has no type for it, so two codes go into one byte. Shifting by
# 4 bits, `<< 4`, multiplies by 16, and `|` joins two numbers that share no bit.
#
# | | code | bits | |
# |---|---|---|---|
# | column 0 | 3 | `0011` | low half |
# | column 1 | 10 | `1010` | high half |
# | byte | $3 + 16 \cdot 10 = 163$ | `1010 0011` | |
#
# And back: `byte & 15` keeps the low half, `byte >> 4` moves the high half down.
#
# ### Exercise 3 · `pack_nibbles` (difficulty 2 of 5, 5 minutes)
#
# The even columns of a row take the low halves, the odd columns the high halves. `codes[:, 0::2]` are the even columns.


# %%
@exercise("quantization.pack_nibbles")
def pack_nibbles(codes: Tensor) -> Tensor:
    """Put two codes of 4 bits into each byte; the even column takes the low half.

    Args:
        codes: from 0 to 15, uint8, shape (N, K), K even.

    Returns:
        uint8, shape (N, K / 2).

    Example:
        >>> pack_nibbles(torch.tensor([[3, 10]], dtype=torch.uint8))
        tensor([[163]], dtype=torch.uint8)
    """
    ### BEGIN SOLUTION
    return codes[:, 0::2] | (codes[:, 1::2] << 4)
    ### END SOLUTION


# %% tags=["nbval-check-output"]
from minillama.bit_packing import pack_codes

codes = torch.tensor([[3, 10, 0, 15]], dtype=torch.uint8)
packed = pack_nibbles(codes)
print("bytes:", packed.tolist(), " in bits:", [f"{byte:08b}" for byte in packed[0]])
print("low halves:", (packed & 15).tolist(), " high halves:", (packed >> 4).tolist())
print("as the package:", torch.equal(packed, pack_codes(codes, bits=4)))

# %% [markdown]
# The package's `pack_codes` does it for any number of bits. With 3 bits, 8 codes lie in 3 bytes.
#
# ### A block of a real file
#
# Files of llama.cpp, in the format **GGUF**, store **blocks** of 32 weights. Three block formats matter here:
#
# | format | stored | a weight is | bytes | bits per weight |
# |---|---|---|---|---|
# | Q8_0 | scale, 32 signed bytes | level · scale | 34 | 8.5 |
# | Q4_0 | scale, 32 nibbles | (code - 8) · scale | 18 | 4.5 |
# | Q4_1 | scale, minimum, 32 nibbles | code · scale + minimum | 20 | 5.0 |
#
# Source: ggml-org/ggml, `ggml-common.h`.

# %%
draw_bytes({
    "Q8_0": [("scale", 2), ("32 levels of 8 bits", 32)],
    "Q4_0": [("scale", 2), ("32 codes of 4 bits", 16)],
    "Q4_1": [("scale", 2), ("min", 2), ("32 codes of 4 bits", 16)],
})  # fmt: skip
plt.show()

# %% [markdown]
# *One block of 32 weights. Scale and minimum (orange) are float16 numbers of two bytes.*
#
# Read one by hand. Our block rises from -1 in steps of 1/8 to 0.875, and falls back again.

# %% tags=["nbval-check-output"]
from minillama.formats.gguf_encode import encode

up = torch.arange(16)
block = torch.cat((up, 15 - up)) / 8 - 1
data = encode(block, "Q4_1")
print("bytes:", data.numpy().tobytes().hex(" "))
print("scale:  ", data[:2].view(torch.float16).item())
print("minimum:", data[2:4].view(torch.float16).item())

# %% [markdown]
# `00 30` is the float16 number 0.125, low byte first, and `00 bc` is -1. Then come the codes. The first byte, `f0`, has the
# low half 0 and the high half 15. It holds weight 0 (code 0) and weight 16 (code 15). The next byte, `e1`, holds weight 1
# and weight 17. So in this format **byte $j$ holds the weights $j$ and $j + 16$**, not neighbors as in `pack_nibbles`. Both
# orders are in use, and nothing in the bytes tells which.
#
# ### Exercise 4 · find the bug (difficulty 2 of 5, 5 minutes)
#
# This function decodes blocks of Q4_0. It has exactly one bug. Every value that comes out is a right one, so a
# histogram would not show it.


# %%
@exercise("quantization.decode_q4_0")
def decode_q4_0(blocks: Tensor) -> Tensor:
    """Decode blocks of GGUF's format Q4_0: (N, 18) bytes -> (N, 32) float32."""
    ### BEGIN SOLUTION
    scale = blocks[:, :2].contiguous().view(torch.float16).float()  # (N, 1)
    packed = blocks[:, 2:]  # (N, 16)
    codes = torch.cat((packed & 15, packed >> 4), dim=1)  # (N, 32)
    return (codes.float() - 8) * scale
    ### INSTEAD
    # scale = blocks[:, :2].contiguous().view(torch.float16).float()  # (N, 1)
    # packed = blocks[:, 2:]  # (N, 16)
    # codes = torch.stack((packed & 15, packed >> 4), dim=2).flatten(1)  # (N, 32)
    # return (codes.float() - 8) * scale
    ### END SOLUTION


# %% tags=["nbval-check-output"]
decoded = decode_q4_0(encode(block, "Q4_0").view(1, 18))[0]
print("block:  ", block[12:20].tolist())
print("decoded:", decoded[12:20].tolist())

# %% [markdown]
# Q4_0 holds this block without error. Its grid reaches from $-8$ to $7$ scales: one step further down than up. The
# weight of the largest magnitude, here -1, becomes the level -8. (If it is positive, the scale is negative.) So the step
# is an eighth of that weight, where our absmax, which leaves this level out, takes a seventh.

# %% [markdown]
# ## 6 A layer of codes
#
# Now the layer. It stores packed codes, scales and minima. When it is called, it decodes its weight, multiplies, and
# forgets the decoded weight again. So only *one* matrix is in floats at any moment.
#
# ### Exercise 5 · `FourBitLinear` (difficulty 2 of 5, 8 minutes)
#
# `__init__` is given. A **buffer** is a tensor that belongs to a module but is not trained. Write `forward`:
#
# 1. Unpack both halves of every byte, and put them side by side. `torch.stack((a, b), dim=-1)` makes pairs, and
#    `.flatten(-2)` makes a row of them.
# 2. Decode with `dequantize`. It returns float32. Bring the weight to the dtype of `x` with `.to(x.dtype)`.
# 3. `F.linear(x, weight)` multiplies.


# %%
@exercise("quantization.FourBitLinear")
class FourBitLinear(nn.Module):
    """A linear layer that stores its weight in 4 bits and decodes it whenever it is used.

    Args:
        codes: from 0 to 15, uint8, shape (N, K).
        scale: shape (N, G).
        minimum: shape (N, G).
    """

    def __init__(self, codes: Tensor, scale: Tensor, minimum: Tensor) -> None:
        super().__init__()
        self.register_buffer("packed", pack_nibbles(codes))
        self.register_buffer("scale", scale.half())
        self.register_buffer("minimum", minimum.half())

    def forward(self, x: Tensor) -> Tensor:
        """Decode the weight and multiply; shape (..., K) in, (..., N) out."""
        ### BEGIN SOLUTION
        low, high = self.packed & 15, self.packed >> 4
        codes = torch.stack((low, high), dim=-1).flatten(-2)  # (N, K)
        weight = dequantize(codes, self.scale, self.minimum)
        return F.linear(x, weight.to(x.dtype))
        ### END SOLUTION


# %% [markdown]
# ### Surgery
#
# The model needs no change in its code. Take each linear layer out of the finished model and put a new one in its
# place. `replace_linears` does that. It calls a function with the name of a layer and the layer, and puts what the
# function returns where the layer was. The head stays: it is the same matrix as the embedding.

# %%
from minillama.surgery import replace_linears


def in_four_bits(name: str, linear: nn.Linear) -> FourBitLinear:
    """The same layer with rounded weights."""
    return FourBitLinear(*group_quantize(linear.weight, bits=4, group=32))


def megabytes(model: nn.Module) -> float:
    """Memory of all parameters and buffers, each counted once."""
    tensors = {*model.parameters(), *model.buffers()}
    return sum(tensor.nbytes for tensor in tensors) / 1e6


small = copy.deepcopy(llm)
n_layers = replace_linears(small, in_four_bits, accept=lambda name: name != "lm_head")
sizes = {"float32": megabytes(llm), "blocks in\n4 bits": megabytes(small)}
print(f"{n_layers} layers replaced:", *(f"{size:.0f} MB" for size in sizes.values()))

# %% [markdown]
# Does it still compute the same? For SmolLM2 it must, because its weights lie on this very grid.

# %%
PROMPT = "The capital of France is"
prompt = torch.tensor([tokenizer.encode(PROMPT)])
with torch.no_grad():
    before, after = llm(prompt)[0, -1], small(prompt)[0, -1]
print(
    f"highest score {before.max():.3f}, largest change {(after - before).abs().max():.5f}"
)
print("next token:", repr(tokenizer.decode([after.argmax().item()])))

# %% [markdown]
# What is left is the embedding: 28 million numbers in float32, more than all packed layers together. The package's
# `quantize_model` also rounds embedding and head, to 8 bits with a grid for each row, and lets both share one matrix.
# Eight bits, because every token passes through them, and because their error goes straight into the scores.
#
# `save_quantized` writes the packed model as it is. Nothing is decoded on the way to the disk or back.

# %%
from minillama import load_quantized, quantize_model, save_quantized

small = copy.deepcopy(llm)
quantize_model(small, Grid(4, group=32))
with tempfile.TemporaryDirectory() as folder:
    save_quantized(small, folder)
    loaded = load_quantized(folder)
    on_disk = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
with torch.no_grad():
    same = torch.equal(loaded(prompt), small(prompt))
sizes |= {"embedding\nin 8 bits": megabytes(small), "the same\non disk": on_disk}
plot_bars(sizes, title=f"{NAME} in memory and on disk", ylabel="MB")
plt.show()
print(f"the loaded model computes the same: {same}")

# %% [markdown]
# *From left to right: all in float32, the blocks in 4 bits, the embedding in 8 bits as well, and the file.* For SmolLM2
# it is 538 MB, 180 MB and 95 MB. The last is less than a fifth of the first. (Against 16 bits it is about a third: the
# embedding of such a small model is large. In LLaMA-7B the two tables are 4 % of all weights.)
#
# The package can also read a GGUF file straight into such layers, `load_gguf_quantized(path)`, bit for bit, without
# floats on the way.

# %% [markdown]
# ## 7 What does it cost?
#
# The error of a weight is a means, not the end. What counts is whether the model predicts text as well as before. The
# measure is the mean loss per token on text that it was not trained on, in nats, or its **perplexity**
# $e^{\text{loss}}$ (chapter 06).
#
# Look first, then measure. The next cell rounds all blocks of the model to fewer and fewer bits, lets it go on with a
# sentence, and computes its loss on a page of this course.


# %%
from minillama import generate
from minillama.course.experiments.quantization_texts import prose, town_sequences


@torch.no_grad()
def rounded_copy(model: nn.Module, grid: Grid) -> nn.Module:
    """A copy of a model whose blocks have rounded weights, in floats: to measure, not to save."""
    copied = copy.deepcopy(model)
    for name, module in copied.named_modules():
        if isinstance(module, nn.Linear) and name != "lm_head":
            module.weight.copy_(dequantize(*quantize(module.weight, grid)))
    return copied


@torch.no_grad()
def nats(model: nn.Module, ids: list[int]) -> float:
    """What all tokens but the first cost a model, together."""
    logits = model(torch.tensor([ids[:-1]]))[0]
    return F.cross_entropy(logits, torch.tensor(ids[1:]), reduction="sum").item()


# %%
if path:
    page = tokenizer.encode(prose(("00",)))[:200]
else:  # the town's model knows the town only
    page = max(town_sequences(tokenizer, "a page", 20, 512), key=len)[:200]
STORY = "Once upon a time, there was a"
grids = {
    "as it is": None,
    "8 bits, rows": Grid(8, symmetric=True),
    "4 bits, groups of 64": Grid(4, group=64, symmetric=True),
    "3 bits, groups of 64": Grid(3, group=64, symmetric=True),
    "2 bits, groups of 64": Grid(2, group=64, symmetric=True),
}
rows = []
for name, grid in grids.items():
    model = rounded_copy(llm, grid) if grid else llm
    words = tokenizer.decode(list(generate(model, tokenizer.encode(STORY), 14)))
    loss = nats(model, page) / (len(page) - 1)
    rows.append((name, f"{loss:.2f}", repr(words)))
del model
Table(("weights in the blocks", "loss", STORY), rows)

# %% [markdown]
# At 8 bits nothing has changed. At 4 bits the text still reads well, but the loss is 0.3 nats higher, so the perplexity
# is a third higher: fluent text proves little. At 3 bits the model stammers, at 2 bits it is gone. (Your words may
# differ. One page of 199 predictions is a glimpse, not a measurement. And SmolLM2 is rounded for the second time here.)
#
# ### A measurement
#
# How much text does a fair comparison need? The losses of single tokens differ widely. But here both models read the
# *same* text, so compare them pair by pair: compute the *difference* for each sequence, and its standard error from the
# spread of these differences. What is hard about a text is hard for both, and cancels.
#
# The package did this once, for two models and many grids. The command is
# `python -m minillama.course.experiments.quantization`, and its table comes with the course. Do not just believe it:
# recompute one row. The town's model on 200 documents that it has never seen, in 4 bits with a grid for each row:

# %%
from minillama.course.experiments.quantization import read_table
from minillama.course.experiments.quantization_methods import CALIBRATED_ON

context = town.config.max_seq_len
documents = town_sequences(town_tokenizer, "quantization measured", 200, context)
rounded = rounded_copy(town, Grid(4, symmetric=True))
n_tokens = sum(len(ids) - 1 for ids in documents)
loss = sum(nats(rounded, ids) for ids in documents) / n_tokens
measured = read_table()
for row in measured:
    if (row.model, row.grid, row.method) == ("town", "int4 rows", "rounding"):
        print(f"in the table: {row.nats:.4f} nats, {row.n_tokens:,} tokens")
        assert abs(loss - row.nats) < 0.002
print(
    f"measured now: {loss:.4f} nats, {n_tokens:,} tokens; perplexity {math.exp(loss):.3f}"
)

# %% [markdown]
# They agree within 0.002 nats, as the cell demands. (Not to the last digit: other machines add in another order.)
#
# Now the whole table for plain rounding. "Lost" is the difference to the unrounded model in thousandths of a nat, with
# its standard error.


# %%
def rows_of(model: str) -> dict:
    """The measured rows of one model, by grid and method."""
    usual = (0, CALIBRATED_ON[model])  # texts to calibrate on; 0: needs none
    chosen = [r for r in measured if r.model == model and r.n_sequences in usual]
    return {(row.grid, row.method): row for row in chosen}


def cost_table(model: str, methods: tuple[str, ...]) -> Table:
    """What rounding costs one model."""
    lines = []
    for (grid, method), row in rows_of(model).items():
        if method in methods:
            name = grid if method == "rounding" else f"{grid}, {method}"
            size = f"{row.bits_per_weight:.2f}", f"{row.megabytes:.1f}"
            lost = f"{1000 * row.over_baseline:.1f}"
            error = f"{1000 * row.over_baseline_error:.1f}"
            lines.append((name, *size, f"{row.perplexity:.3f}", f"{lost} ± {error}"))
    return Table(("blocks", "bits", "MB", "perplexity", "lost, nats/1000"), lines)


cost_table("town", ("rounding",))

# %% [markdown]
# The town's model (4.9 million parameters; embedding and head stay in 16 bits). With 8 bits the loss is not larger than
# its standard error: they are free as far as we can measure. Four bits in groups of 32 cost 0.006 nats, with whole rows
# 0.018. Three bits cost 0.104.

# %%
cost_table("SmolLM2-135M", ("rounding",))

# %% [markdown]
# SmolLM2-135M, on the text of this course, which is hard for a small model. **Its baseline is the dequantized Q4_1
# file**, so these are costs on top of a rounding that has already happened. Groups of 32 with a minimum cost exactly 0,
# because they are the file.
#
# The next cell says what the two tables have in common. The picture below it shows both, and two better methods that
# you will meet in sections 9 and 10.

# %%
_, axes = plt.subplots(1, 2, figsize=(8.4, 3.4))
for ax, model in zip(axes, CALIBRATED_ON):
    plot_quality(measured, model, ax)
    ax.set_title("The town's model" if model == "town" else model)
    for grid in ("int8 rows", "int4 groups of 64", "int3 groups of 64"):
        if row := rows_of(model).get((grid, "rounding")):
            more = 100 * math.expm1(row.over_baseline)
            print(f"{model}, {grid}: {row.over_baseline:.4f} nats lost,", end=" ")
            print(f"{more:.1f} % more perplexity")
plt.show()

# %% [markdown]
# *Down is better, left is smaller. One bit less, from 4 to 3 in groups of 64, costs several times as much. Square and
# triangle are AWQ and GPTQ, on the same grids as plain rounding.* (Costs that are not clear of 0 are not drawn. The bars
# are one standard error.)
#
# The same grid costs SmolLM2 many times as much as the town's model. Yet the errors of the weights are alike: with 4 bits
# in groups of 64 about 11 % in both figures of section 4. So the error of the weights does not tell what a model loses.
# It has to be measured.

# %% [markdown]
# ### Small, good and fast: all in one table
#
# Is the small model faster, too? Not by itself. `FourBitLinear` and the package's `QuantizedLinear` write the decoded
# weight to memory and read it again, for every token. That is *more* traffic than before, not less.
#
# A fast layer decodes inside the processor, while it multiplies, so that only the packed bytes travel. Such a loop is
# called a **kernel**. PyTorch has one for 4 bits. The package's `FastLlama` uses it and joins several products into
# one. The next cell takes four versions of the same model and lets each write 14 tokens. The one after it computes what
# each loses on the first lines of the page from above.

# %%
from minillama.fast import FastLlama


def tokens_per_second(model: nn.Module) -> float:
    """Speed of a typical step of writing."""
    stream, seconds = generate(model, tokenizer.encode(STORY), 14), []
    for _ in range(14):
        start = time.perf_counter()
        next(stream)
        seconds.append(time.perf_counter() - start)
    return 1 / sorted(seconds[2:])[5]  # the first steps read the prompt and warm up


n_parameters = sum(weight.numel() for weight in llm.parameters())
versions = {
    "float32": (llm, 4 * n_parameters / 1e6),
    "4 bits,\ndecoded first": (small, megabytes(small)),
    "bfloat16,\nkernels": (FastLlama(llm), 2 * n_parameters / 1e6),
    "4 bits,\nkernels": (FastLlama(small), megabytes(small)),
}
speeds = {name: tokens_per_second(model) for name, (model, _) in versions.items()}

# %%
rows = []
for name, (model, size) in versions.items():
    loss = nats(model, page[:33]) / 32
    rows.append((name, f"{size:.0f}", f"{loss:.3f}", f"{speeds[name]:.1f}"))
_, axes = plt.subplots(1, 2, figsize=(8.4, 2.8))
plot_bars({name: size for name, (_, size) in versions.items()},
          title=f"{NAME}: weights", ylabel="MB", ax=axes[0])  # fmt: skip
plot_bars(speeds, title="Writing (yours will differ)", ylabel="tokens per second",
          ax=axes[1])  # fmt: skip
for ax in axes:
    ax.tick_params(axis="x", labelsize=7)
plt.show()
Table(("weights", "MB", "loss, 32 tokens", "tokens/s (yours will differ)"), rows)

# %% [markdown]
# *Left: what must be read for every token. Right: how fast the model writes.* Decoding first is slower than not packing
# at all. With the kernel the packed model writes much faster than that, and is often the fastest of the four. It
# depends on your processor and on what else it does. The speed does not grow as much as the memory shrinks, because a
# small model spends part of its time between the products. The losses are nearly the same, because SmolLM2's blocks lie
# on this grid already.

# %% [markdown]
# ## 8 Outliers in the activations
#
# So far only weights were rounded. The products were still computed in floats. Processors multiply 8-bit integers
# faster than floats, so why not round the inputs of a layer as well? Write an input as $x \approx s_x\, \hat x$ and a
# weight as $w \approx s_w\, \hat w$, with integers $\hat x$ and $\hat w$. Then
#
# $$\sum_k x_k w_k \approx s_x\, s_w \sum_k \hat x_k \hat w_k$$
#
# The sum is all integers. The two scales are multiplied once, at the end. The inputs of layers are called
# **activations**, and the method **W8A8**: weights and activations in 8 bits. Weights are rounded once, activations anew
# for every input.
#
# The trouble is their range. Watch the inputs of every `down_proj` while the model reads a page.

# %%
inputs = []
hooks = [
    block.feedforward.down_proj.register_forward_pre_hook(
        lambda _, x: inputs.append(x[0])
    )
    for block in llm.layers
]  # a hook is called whenever the layer is, with its inputs
with torch.no_grad():
    llm(torch.tensor([page]))
for hook in hooks:
    hook.remove()
inputs = [x[0] for x in inputs]  # one (T, K) for each layer
deep = max(range(len(inputs)), key=lambda layer: inputs[layer].abs().max())
x = inputs[deep]
token, channel = divmod(int(x.abs().argmax()), x.shape[1])
print(
    f"layer {deep}: largest {x.abs().max():.0f}, median magnitude {x.abs().median():.2f}"
)
print(f"it belongs to token {token} and channel {channel}")

# %%
_, axes = plt.subplots(1, 2, figsize=(8.4, 3))
for ax, dimension, name in zip(axes, (0, 1), ("channel", "token")):
    largest = x.abs().amax(dim=dimension)
    ax.plot(largest, ".", markersize=3)
    ax.set(title=f"Largest input of each {name}, layer {deep}", xlabel=name,
           ylabel="magnitude (log scale)")  # fmt: skip
    use_log_scale(ax)
plt.show()

# %% [markdown]
# *Left: most channels stay below 2, and two of them reach more than 1,000. Right: both belong to one token, the very
# first.*
#
# Such **massive activations** are found in many models. They are not noise: the model uses the first token as a place
# to put attention that is not needed elsewhere (Sun et al., 2024,
# [arXiv:2402.17762](https://arxiv.org/abs/2402.17762)). For a grid they are a disaster. In 8 bits one scale for the
# whole input makes the step $3034 / 127 = 24$ here, and nearly everything else becomes 0.
#
# So ask again: who shares a scale? One scale for each **token** keeps the first token's trouble to itself. The
# product still works, because every token has its own sum.

# %%
from minillama.activation_quantization import W8A8Linear, quantize_activations


def input_error(x: Tensor, share: str) -> float:
    """Rounding error of a typical token, in % of its size."""
    levels, scale = quantize_activations(x, share)
    return 100 * ((levels * scale - x).norm(dim=-1) / x.norm(dim=-1)).median().item()


lines = {
    f"one scale for each {share}": [input_error(x, share) for x in inputs]
    for share in ("tensor", "token", "channel")
}
ax = plot_lines(range(len(inputs)), lines, title="Inputs of down_proj in 8 bits",
                xlabel="layer", ylabel="error, % (log scale)")  # fmt: skip
use_log_scale(ax)
ax.set_ylim(top=400)
ax.legend(ncols=2, loc="upper left")
plt.show()

# %% [markdown]
# *With one scale for all, a typical token loses nearly everything in some layers. With one for each token, a few
# percent.*
#
# A scale for each channel would be better still in most layers, because outliers live in channels. But then the factors
# inside one sum differ, and $s_x$ cannot be taken out of it. Two ways around it are known:
#
# - **LLM.int8()** computes the few outlier channels in 16 bits and all others in 8 (Dettmers et al., 2022,
#   [arXiv:2208.07339](https://arxiv.org/abs/2208.07339)).
# - **SmoothQuant** divides an outlier channel by a number and multiplies the weights that read it by the same number.
#   The product stays, and the trouble moves to the weights, which bear it better (Xiao et al., 2022,
#   [arXiv:2211.10438](https://arxiv.org/abs/2211.10438)). The package has it as `smooth_model`.
#
# The layer `W8A8Linear` uses one scale for each token and one for each row of the weight.

# %%
linear = llm.layers[deep].feedforward.down_proj
exact = F.linear(x, linear.weight)
with torch.no_grad():
    w8a8 = W8A8Linear.from_linear(linear)(x)
levels, scale = quantize_activations(x, "tensor")
for name, y in {
    "by tensor": F.linear(levels * scale, linear.weight),
    "W8A8": w8a8,
}.items():
    error = ((y - exact).norm(dim=-1) / exact.norm(dim=-1)).median()
    print(f"{name:10} error of a typical output: {100 * error:.1f} %")

# %% [markdown]
# ## 9 AWQ: protect the channels that matter
#
# Back to weights in 4 bits and fewer. Plain rounding treats all weights alike. But an error in a weight does harm only
# as far as its input is large. What counts is the error of the *output*.
#
# So let us enlarge the columns that meet large inputs before rounding, by a factor $s > 1$, and divide their inputs by
# $s$. Without rounding nothing changes: $x\,w = (x/s)(s\,w)$. With rounding, the error of the enlarged weight is still
# half a step at most, but it meets an input that is $s$ times smaller. This is the idea of **AWQ**, activation-aware
# weight quantization (Lin et al., 2023, [arXiv:2306.00978](https://arxiv.org/abs/2306.00978)).
#
# It has a price. If the enlarged weight becomes the largest of its group, it makes the step wider for all others. So
# AWQ takes $s = (\text{mean magnitude of the input})^\alpha$, channel by channel, and tries values of $\alpha$ between
# 0 and 1.
#
# We need to know the inputs. The model reads four passages of text, the **calibration** set, and two other passages to
# test on. Of the inputs we keep the mean magnitude of each channel, and the **second moment**: the mean of $x_i\,x_j$
# for all pairs of channels. It tells which inputs are large, and which move together.

# %%
from minillama.awq import importance, rounding_error
from minillama.calibration import calibrate_blocks, output_error
from minillama.gptq import gptq_quantize


def passages(chapter: str, number: int, length: int = 256) -> list[Tensor]:
    """The first tokens of a chapter of this course, cut into rows."""
    ids = tokenizer.encode(prose((chapter,)))[: number * length]
    return list(torch.tensor(ids).view(number, 1, length))


def statistics_of(rows: list[Tensor]) -> dict:
    """What the inputs of each projection in one block look like."""
    name, _, statistics = next(islice(calibrate_blocks(llm, rows), LAYER, None))
    return {key.removeprefix(f"{name}."): one for key, one in statistics.items()}


known, unseen = statistics_of(passages("05", 4)), statistics_of(passages("01", 2))
calibration, other = known["attention.q_proj"], unseen["attention.q_proj"]
queries = llm.layers[LAYER].attention.q_proj.weight
power = output_error(
    queries, other.second_moment
)  # mean squared output, before rounding
print(f"{calibration.n_tokens} tokens to calibrate, {other.n_tokens} to test")

# %%
alphas = [i / 20 for i in range(21)]
lines = {}
for name, grid in {"3 bits": Grid(3, 64, True), "4 bits": Grid(4, 64, True)}.items():
    scales = [importance(calibration, alpha) for alpha in alphas]
    lines[f"{name}, groups of 64"] = [
        100 * rounding_error([queries], scale, other.second_moment, grid) / power
        for scale in scales
    ]
ax = plot_lines(alphas, lines, title=f"AWQ: {NAME}, layer {LAYER}, q_proj, other text",
                xlabel="alpha", ylabel="error of the output, % (log)")  # fmt: skip
use_log_scale(ax)
plt.show()
curve = lines["3 bits, groups of 64"]
grid, moment = Grid(3, 64, True), calibration.second_moment
chosen = min(
    range(21), key=lambda i: rounding_error([queries], scales[i], moment, grid)
)
print(f"alpha chosen on the calibration text: {alphas[chosen]}")
print(f"3 bits, other text: plain rounding {curve[0]:.2f} %, AWQ {curve[chosen]:.2f} %")

# %% [markdown]
# *At alpha 0 nothing is enlarged: plain rounding. The curves fall to about a third near 0.4, and rise again when the
# enlarged columns spoil the grid of their groups.* (From here on an error is a mean *square*: that of the change of the
# outputs, over that of the outputs.)
#
# Where does the division of the inputs go? Nowhere at run time. The query projection reads from a norm, and the norm
# has a gain for each channel. Divide the gain, and it is done (`awq_scale` in the package). Keys and values read from
# the same norm, so the three share one $s$. The rounded model is as fast as with plain rounding.
#
# AWQ has a second half, **clipping** (`awq_clip`). Must a grid reach the largest weight of its group? If it stops
# short, that weight gets a larger error, and all others get a finer step. For each group AWQ tries how much to cut off.

# %% [markdown]
# ## 10 GPTQ: let the others make up for it
#
# Plain rounding decides about every weight alone. But an output is a *sum*. If two inputs move together, what one
# weight gains by rounding, the other can lose.
#
# Take two weights, $(0.4, 0.4)$, to be rounded to whole numbers. Both inputs have size 1, and they move together: the
# mean of $x_1 x_2$ is 0.9. If the weights change by $d_1$ and $d_2$, the output moves by $d_1 x_1 + d_2 x_2$. Its mean
# square is
#
# $$d_1^2 + d_2^2 + 2 \cdot 0.9\, d_1 d_2$$
#
# **To nearest.** Both become 0, so $d_1 = d_2 = -0.4$. Error: $0.16 + 0.16 + 0.288 = 0.608$.
#
# **GPTQ.** Round the first weight: 0.4 becomes 0, so $d_1 = -0.4$. Now the second may still choose. As a function of
# $d_2$ the error is a parabola. Its slope, $2 d_2 + 1.8\, d_1$, is 0 at $d_2 = -0.9\, d_1 = 0.36$. So the second weight
# should be 0.76 now, and *that* is rounded: to 1, $d_2 = 0.6$. Error: $0.16 + 0.36 - 0.432 = 0.088$. Seven times
# smaller.

# %%
together = [[1.0, 0.9], [0.9, 1.0]]
ax = draw_two_weights([0.4, 0.4], together, {"to nearest": (0, 0), "GPTQ": (0, 1)})
ax.set_title("Lines of equal output error")
plt.show()

# %% [markdown]
# *The error is a narrow valley: raising one weight and lowering the other by as much hardly changes the output. The
# nearest point of the grid, (0, 0), lies up the slope. The point (0, 1) is farther from the weights, but it lies in the
# valley.*
#
# With $K$ weights in a row it goes on like that, column by column: round column $i$, then correct **all** columns
# behind it. The best corrections are those where the slope is 0 for each of these columns. That makes one linear
# equation for each unknown. Their coefficients are the second moment $H$ from column $i$ on, `moment[i:, i:]`, and
# `torch.linalg.solve` solves them. The weights do not occur in them, so all rows of a matrix share the result: what
# part of the error in column $i$ each later column takes over.


# %% tags=["nbval-check-output"]
def passed_on(second_moment: Tensor, damping: float = 0.01) -> Tensor:
    """Row i: what share of an error in column i is subtracted from each column behind it."""
    moment = second_moment.double()
    size = len(moment)
    moment = moment + damping * moment.diagonal().mean() * torch.eye(size)
    shares = torch.eye(size, dtype=torch.float64)
    for i in range(size):
        row = torch.linalg.solve(moment[i:, i:], shares[i, i:])
        shares[i, i:] = row / row[0]  # as if the error in column i were 1
    return shares.float()


print(passed_on(torch.tensor(together), damping=1e-9))

# %% [markdown]
# Column 0 passes on $-0.9$ times its error, as by hand. (The **damping** adds a little to the diagonal. Without it, a
# channel that was never active would leave the equations without a solution. The package solves for all columns at
# once, with a Cholesky factor, as the paper does: Frantar et al., 2022,
# [arXiv:2210.17323](https://arxiv.org/abs/2210.17323).)
#
# ### Exercise 6 · `gptq_round` (difficulty 4 of 5, 12 minutes)
#
# All rows of the weight are treated at once, each with its own scale. `rest` is what the weights have become by now.
# For each column $i$:
#
# 1. Divide `rest[:, i]` by the scales, round, and clamp to $-$`largest` ... `largest`. These are the levels.
# 2. Levels times scales go into `rounded[:, i]`.
# 3. The error is `rest[:, i] - rounded[:, i]`, one number for each row.
# 4. From every column behind $i$ subtract the error times the share in `passed_on[i, i + 1 :]`. `error[:, None]` makes
#    a column of the errors.


# %%
@exercise("quantization.gptq_round")
def gptq_round(
    weight: Tensor, passed_on: Tensor, scale: Tensor, largest: int
) -> Tensor:
    """Round a weight column by column; the columns behind each one make up for its error.

    Args:
        weight: shape (N, K); not changed.
        passed_on: shape (K, K); row i says what share of an error in column i is
            subtracted from each column behind it.
        scale: of each row, shape (N,).
        largest: levels go from -largest to largest.

    Returns:
        The rounded weight, shape (N, K): levels times scales.
    """
    rest, rounded = weight.clone(), torch.zeros_like(weight)
    for i in range(weight.shape[1]):
        ### BEGIN SOLUTION
        levels = (rest[:, i] / scale).round().clamp(-largest, largest)
        rounded[:, i] = levels * scale
        error = rest[:, i] - rounded[:, i]
        rest[:, i + 1 :] -= error[:, None] * passed_on[i, i + 1 :]
        ### END SOLUTION
    return rounded


# %% [markdown]
# Now a real layer, the query projection from above, in 4 bits with one scale for each row. One error is measured on the
# text that GPTQ was calibrated on, the other on text that it has never seen.

# %%
scale = queries.abs().amax(dim=1) / 7
shares = passed_on(calibration.second_moment)
versions = {
    "to nearest": (queries / scale[:, None]).round() * scale[:, None],
    "gptq_round": gptq_round(queries, shares, scale, largest=7),
}
package = gptq_quantize(queries, calibration.second_moment, Grid(4, symmetric=True))
versions["the package"] = dequantize(*package)
for name, version in versions.items():
    moved = version - queries
    errors = [
        100
        * output_error(moved, text.second_moment)
        / output_error(queries, text.second_moment)
        for text in (calibration, other)
    ]
    size = moved.norm() / queries.norm()
    print(f"{name:12} output {errors[0]:.2f} %, other text {errors[1]:.2f} %;", end=" ")
    print(f"weights moved by {100 * size:.1f} %")

# %% [markdown]
# GPTQ moves the weights *more* than rounding to nearest does, and the outputs several times *less*. On other text it
# wins less than on its own, because it has learned a little by heart. So always measure on other text.
#
# Is every projection that grateful? The whole block in 3 bits, measured on other text:


# %%
def block_errors(name: str, grid: Grid) -> tuple[float, ...]:
    """Output error of one projection in %: rounded to nearest, with AWQ, with GPTQ."""
    matrix = llm.layers[LAYER].get_submodule(name).weight
    seen, test = known[name].second_moment, unseen[name].second_moment
    scales = [importance(known[name], i / 10) for i in range(11)]
    best = min(scales, key=lambda s: rounding_error([matrix], s, seen, grid))
    both = [rounding_error([matrix], s, test, grid) for s in (scales[0], best)]
    gptq = dequantize(*gptq_quantize(matrix, seen, grid))
    errors = (*both, output_error(gptq - matrix, test))
    return tuple(100 * error / output_error(matrix, test) for error in errors)


errors = [block_errors(name, Grid(3, group=64, symmetric=True)) for name in known]

# %%
names = [name.split(".")[1].removesuffix("_proj") for name in known]
lines = dict(zip(("to nearest", "AWQ", "GPTQ"), zip(*errors)))
title = f"3 bits, groups of 64: {NAME}, layer {LAYER}, other text"
ax = plot_lines(range(len(names)), lines, title=title, xlabel="projection",
                ylabel="error of the output, %")  # fmt: skip
for line, marker in zip(ax.lines, "os^"):
    line.set(marker=marker, linestyle="none")
ax.legend()
ax.set(xticks=range(len(names)), xticklabels=names, ylim=(0, None))
plt.show()

# %% [markdown]
# *Queries and keys gain most from both methods, the others less. For `down` GPTQ is even worse than rounding to nearest.*
# A likely reason: that matrix has 1,536 inputs, and 1,024 tokens cannot tell how all of them move together. And errors
# of single layers do not answer the question about whole models.

# %%
METHODS = ("rounding", "AWQ", "AWQ without clipping", "GPTQ", "W8A8", "W8A8 smoothed")


def print_gains(model: str) -> None:
    """What share of the cost of plain rounding each method wins back."""
    rows = rows_of(model)
    for (grid, method), row in rows.items():
        if method in ("AWQ", "AWQ without clipping", "GPTQ"):
            cost = rows[grid, "rounding"].over_baseline / 100  # shares in percent
            gain, error = -row.over_rounding / cost, row.over_rounding_error / cost
            print(f"{grid}, {method}: wins back {gain:.0f} ± {error:.0f} %")


print_gains("town")
cost_table("town", METHODS)

# %% [markdown]
# On the town's model both methods win back a part of what rounding costs, and more of it in 3 bits than in 4. One line
# holds a surprise: without clipping AWQ wins nothing here. A good idea on one layer need not be one for every model.

# %%
print_gains("SmolLM2-135M")
cost_table("SmolLM2-135M", METHODS)

# %% [markdown]
# (SmolLM2's baseline is again the dequantized file.) SmolLM2 has more to lose, and both methods win back more. AWQ is
# ahead of GPTQ on every grid, in both models, with this much text. In 8 bits the weights cost little. It is the
# activations, in W8A8, that cost more. SmoothQuant ("smoothed") wins back most of that for SmolLM2, but makes the town's
# model, which had little to win, a little worse.
#
# The town's rows were calibrated on 32 documents, SmolLM2's on 16 passages of 512 tokens. Is that much or little? GPTQ on
# the town's model, in 3 bits:

# %%
sweep = sorted(
    (row.n_sequences, row.over_baseline)
    for row in measured
    if (row.model, row.grid, row.method) == ("town", "int3 groups of 64", "GPTQ")
)
counts, lost = zip(*sweep)
ax = plot_lines(counts, {"GPTQ": lost}, title="How much text GPTQ needs: the town's model, 3 bits",
                xlabel="documents to calibrate on", ylabel="nats lost per token (log scale)")  # fmt: skip
plain = rows_of("town")["int3 groups of 64", "rounding"].over_baseline
ax.axhline(plain, color="black", linewidth=1, linestyle=":")
ax.text(20, 1.06 * plain, "plain rounding")
ax.lines[0].set_marker("o")
ax.set_xscale("log", base=2)
ax.set_xticks(counts, counts)
use_log_scale(ax)
plt.show()

# %% [markdown]
# *Calibrated on a single document, GPTQ is several times worse than rounding to nearest. With enough text it is
# better.* With few tokens the second moment says that many inputs never occur or always move together. GPTQ believes it
# and moves the weights far.

# %% [markdown]
# ## 11 The cache in 8 bits
#
# For long texts the KV cache outgrows the weights (chapter 09). It consists of activations, and it can be rounded, too.
# Every key and every value vector of every head gets its own scale, absmax in 8 bits. In SmolLM2 that is one scale for
# 64 numbers, so an outlier harms no other vector.

# %%
from minillama import Int8Cache, KVCache

n_layers, losses = llm.config.n_layers, {}
tokens, targets = torch.tensor([page[:-1]]), torch.tensor(page[1:])
for kind in (KVCache, Int8Cache):
    with torch.no_grad():
        logits = llm(tokens, kind(n_layers, capacity=256))[0]
    losses[kind.__name__] = F.cross_entropy(logits, targets).item()
for name, loss in losses.items():
    print(f"{name:10} loss {loss:.4f}")
config = PRESETS["LLaMA-65B"]
full, eight = (kv_cache_bytes(config, 2048, size) / 2**30 for size in (2, 1 + 4 / 128))
print(f"LLaMA-65B, 2,048 tokens: {full:.2f} GiB in 16 bits, {eight:.2f} GiB in 8 bits")

# %% [markdown]
# On this page the loss changes by some thousandths of a nat. The cache of LLaMA-65B becomes half as large. (The scale,
# 4 bytes for 128 numbers there, is counted.)

# %% [markdown]
# ## 12 What can go wrong
#
# A quantized model that is broken still runs. It is only a little worse, or a lot.
#
# | mistake | what you see | what catches it |
# |---|---|---|
# | scale 0 in a group of equal weights | NaN, from the first such group on | test a matrix with a row of zeros |
# | cut off instead of rounded | everything shifted by half a step, error twice as large | mean of the error is not 0 (below) |
# | nibbles in the wrong order | a right histogram, nonsense as text | a block that rises (section 5) |
# | unsigned bytes: 3 - 8 is 251 | huge weights | decode by hand |
# | scale along the wrong axis | fits by shape where $N = K$; a large error | a matrix with unequal rows |
# | norms or biases rounded as well | worse for nothing: they are less than a thousandth of the weights | count the layers replaced |
# | `model.to(torch.bfloat16)` rounds the scales | slightly worse, for no visible reason | compare logits before and after |
# | calibrated on the text that is measured | too good to be true | other text (section 10) |
# | perplexities averaged | see below | average the nats |
#
# Two of them live. First the cut: `to(torch.uint8)` drops the decimals.

# %% tags=["nbval-check-output"]
generator = torch.Generator().manual_seed(0)
weights = torch.rand(100_000, generator=generator) * 15  # on the grid 0, 1, ..., 15
for name, codes in {
    "rounded": weights.round(),
    "cut off": weights.to(torch.uint8),
}.items():
    error = codes - weights
    print(
        f"{name}: mean error {error.mean():+.2f}, size {error.square().mean().sqrt():.2f}"
    )

# %% [markdown]
# Cut off, all weights move in the same direction, so the errors in a sum add up instead of canceling.
#
# Second, averages. Perplexity is $e^{\text{loss}}$, and the mean of two exponentials is not the exponential of the
# mean.

# %% tags=["nbval-check-output"]
text_losses, text_tokens = torch.tensor([2.0, 5.0]), torch.tensor([900.0, 100.0])
right = ((text_losses * text_tokens).sum() / text_tokens.sum()).exp()
print(f"mean of perplexities:          {text_losses.exp().mean():.1f}")
print(f"perplexity of the mean loss:   {text_losses.mean().exp():.1f}")
print(f"each token counted once:       {right:.1f}")

# %% [markdown]
# A single short, odd text dominates the first number. Only the last one says how the model does on a typical token.

# %% [markdown]
# ## 13 Summary
#
# - Quantization replaces weights by small integers and the grid they count on. The error is about 0.29 steps, and the
#   largest weight that shares the grid decides the step.
# - So let few weights share one: a row, or better a group of 32 to 128. Scale and minimum cost bits as well: 4 bits
#   become 4.5 or 5.
# - Two codes share a byte. Formats differ in the order, and nothing in the bytes tells which.
# - A layer of codes decodes its weight when it is used. Surgery puts it into a finished model.
# - Fewer bits cost more, and how much depends on the model. 8 bits cost next to nothing. 4 bits in groups of 64 raise
#   the perplexity of the town's model by 1 %, that of SmolLM2 (rounded for the second time) by half. So measure, on text
#   that was not used to calibrate, and compare pair by pair.
# - Activations have outliers. One scale for each token keeps them apart.
# - AWQ enlarges the columns that meet large inputs. GPTQ lets later columns make up for the errors of earlier ones.
#   Both need text to calibrate on, and with too little GPTQ is worse than plain rounding.

# %% tags=["nbval-ignore-output"]
board(chapter=10)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. LLaMA-13B has 13.0 billion parameters. How large is it with absmax in 4 bits and groups of 64?</summary>
#
# $4 + 16/64 = 4.25$ bits per weight, so $13.0 \cdot 4.25 / 8 = 6.9$ GB.
# </details>
#
# <details><summary>2. Absmax with 3 bits: which levels are there, and what is the scale of -2, 0.5, 3?</summary>
#
# -3 to 3, and $3 / 3 = 1$. The levels are -2, 0 or 1 (0.5 lies between; PyTorch rounds it to 0), and 3.
# </details>
#
# <details><summary>3. A byte of a packed row is 0x4B. Which codes does it hold?</summary>
#
# The low half is B = 11, the even column. The high half is 4, the odd column.
# </details>
#
# <details><summary>4. Why may each token have its own scale in W8A8, but not each channel?</summary>
#
# All products in one output sum belong to one token, so its scale can be taken out of the sum. They belong to different
# channels, so channel scales cannot.
# </details>
#
# <details><summary>5. GPTQ moves the weights farther than rounding to nearest. Why is the model better all the same?</summary>
#
# The outputs count. Errors of inputs that move together cancel in the sum.
# </details>
#
# <details><summary>6. SmolLM2 shows no loss at all with <code>Grid(4, group=32)</code>. Is this format lossless?</summary>
#
# No. The file was rounded to this grid before; rounding again changes nothing. The town's model, which comes from 16
# bits, loses 0.006 nats.
# </details>
#
# ## Further reading
#
# - Dettmers et al., 2022, *LLM.int8()*, [arXiv:2208.07339](https://arxiv.org/abs/2208.07339).
# - Frantar et al., 2022, *GPTQ*, [arXiv:2210.17323](https://arxiv.org/abs/2210.17323).
# - Xiao et al., 2022, *SmoothQuant*, [arXiv:2211.10438](https://arxiv.org/abs/2211.10438).
# - Lin et al., 2023, *AWQ*, [arXiv:2306.00978](https://arxiv.org/abs/2306.00978).
# - Dettmers et al., 2023, *QLoRA*, [arXiv:2305.14314](https://arxiv.org/abs/2305.14314): finetuning on top of 4-bit
#   weights. Chapter 14 builds it.
# - Sun et al., 2024, *Massive Activations in Large Language Models*,
#   [arXiv:2402.17762](https://arxiv.org/abs/2402.17762).
# - The block formats: [ggml-quants.c](https://github.com/ggml-org/ggml/blob/master/src/ggml-quants.c).
#
# Next: chapter 11, **many processors**, where one model is spread over several machines.
