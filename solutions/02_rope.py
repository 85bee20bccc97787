# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 02 · RoPE: tell a model where its tokens stand
#
# "The dog bites the man" and "the man bites the dog" hold the same words. Only their order differs, and the order is
# what matters. The part of a LLaMA model that compares tokens is blind to order, so something has to tell it.
#
# LLaMA uses the **rotary position embedding**, RoPE for short: it *turns* vectors by an angle that grows with the
# position. In this chapter you build it, prove why it works, and meet a silent bug that has spoiled many converted
# models.
#
# | | |
# |---|---|
# | You will write | `rope_frequencies`, `rope_table`, `apply_rope`, `score_by_distance`, one bug fix, `split_to_interleaved` |
# | You need | Python, school trigonometry, and the primer of chapter 00 (tensors, shapes) |
# | Time | about 80 minutes, 50 of them for the six exercises |

# %% [markdown]
# ## 1 One score
#
# A language model predicts the next token. For that, each token looks back at earlier tokens and collects what helps.
# The whole mechanism is called **attention**, and chapter 05 builds it. Here we need one piece: how does a token find
# out which other token matters?
#
# - It makes a **query**, a vector that says what it is looking for.
# - Every token makes a **key**, a vector that says what it has to offer.
# - The **score** of a query and a key is their dot product: multiply channel by channel and add up. High means a good
#   fit.

# %%
import math
from collections.abc import Callable

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import Tensor

from minillama.course import board, exercise, hint, show_solution
from minillama.course.plots import (
    COLORS,
    draw_diagram,
    plot_bars,
    plot_lines,
    plot_matrix,
    use_course_style,
)
from minillama.course.widgets import explore

use_course_style()
_ = torch.manual_seed(0)

# %%
query = torch.tensor([1.0, 0.0, 2.0])
key = torch.tensor([2.0, 1.0, 1.0])
print("products:", query * key)
print("score:   ", (query * key).sum())  # the same as query @ key

# %% [markdown]
# The token's own vector $x$ gives both: two learned matrices turn it into a query and into a key. Let us take random
# vectors for three words and random matrices, and look at all scores of a sentence.


# %%
words = {word: torch.randn(32) for word in ("dog", "bites", "man")}
to_query, to_key = torch.randn(32, 32) / 32, torch.randn(32, 32) / 32


def scores_of(x: Tensor) -> Tensor:
    """Score of every token's query (rows) with every token's key (columns)."""
    return (x @ to_query.T) @ (x @ to_key.T).T


sentences = ("dog bites man", "man bites dog")
scores = {s: scores_of(torch.stack([words[w] for w in s.split()])) for s in sentences}

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 2.8))
for ax, (sentence, values) in zip(axes, scores.items()):
    plot_matrix(values, title=sentence, xlabel="key", ylabel="query", ax=ax)
    ax.set(xticks=range(3), xticklabels=sentence.split())
    ax.set(yticks=range(3), yticklabels=sentence.split())
plt.show()

# %% [markdown]
# *Both panels hold the same nine numbers. Rows and columns have only changed places, along with the words.*
#
# The score of "bites" with "dog" is the same, whether the dog bites or is bitten:

# %% tags=["nbval-check-output"]
first, second = scores.values()
print("same score:", torch.allclose(first[1, 0], second[1, 2]))

# %% [markdown]
# So the score must learn about positions. (In a language model a token sees only itself and the tokens before
# it. That alone gives away a little about order, but a score still cannot say *how far* back a token stands.)
#
# This is where RoPE steps in: between the vectors and their dot product. (Each token also makes a third vector, the
# **value**: what it hands over when it is chosen. RoPE leaves it alone.)

# %%
boxes = {
    "token m": (0, 0.8, "token at\nposition m"),
    "query": (1.2, 0.8, "query"),
    "turn query": (2.5, 0.8, "turn by\nm steps"),
    "token n": (0, 0, "token at\nposition n"),
    "key": (1.2, 0, "key"),
    "turn key": (2.5, 0, "turn by\nn steps"),
    "score": (3.8, 0.4, "score"),
}
arrows = [("token m", "query"), ("query", "turn query"), ("turn query", "score")]
arrows += [("token n", "key"), ("key", "turn key"), ("turn key", "score")]
draw_diagram(
    boxes,
    arrows,
    highlight=["turn query", "turn key"],
    title="RoPE turns queries and keys, and nothing else",
    figsize=(7, 2.6),
)
plt.show()

# %% [markdown]
# *The colored boxes are this chapter. The query is turned by its own position m, the key by its own position n. The
# score then knows the distance m - n. Every layer of the model does this anew.*

# %% [markdown]
# ## 2 The older idea: add a position
#
# The first transformers *added* a vector to every token, one for each position. Some models learn these vectors, as
# a table with one row per position. Others compute them from sines and cosines (Vaswani et al., 2017,
# [arXiv:1706.03762](https://arxiv.org/abs/1706.03762), section 3.5):


# %%
def sinusoids(n_positions: int, dim: int) -> Tensor:
    """One vector per position: sines and cosines that swing ever more slowly."""
    table = torch.zeros(n_positions, dim)
    for m in range(n_positions):
        for i in range(0, dim, 2):
            angle = m / 10_000 ** (i / dim)
            table[m, i], table[m, i + 1] = math.sin(angle), math.cos(angle)
    return table


# %% [markdown]
# Now write the same word at 64 positions, add the position vectors, and look at the scores. If a score told the
# distance, it would be the same for positions 5 and 2 as for 45 and 42. In the picture, every diagonal would have one
# color.

# %%
added = scores_of(words["dog"] + sinusoids(64, 32))
figure, axes = plt.subplots(1, 2, figsize=(8, 3.2))
labels = {"xlabel": "position of the key", "ylabel": "position of the query"}
plot_matrix(
    sinusoids(64, 32),
    title="Position vectors",
    xlabel="channel",
    ylabel="position",
    ax=axes[0],
)
plot_matrix(added, title="Scores after adding them", **labels, ax=axes[1])
plt.show()
print(f"positions 5 and 2:   {added[5, 2]:.2f}")
print(f"positions 45 and 42: {added[45, 42]:.2f}")

# %% [markdown]
# *Left: each row is the vector of one position. Right: the scores change along every diagonal, so they depend on
# where the two tokens stand, not only on how far apart they are.*
#
# A little algebra says why. Let $q$ and $k$ be what the word contributes to query and key, and $p_m$ and $r_n$ what
# the positions add to them.
#
# $$(q + p_m) \cdot (k + r_n) = q \cdot k + q \cdot r_n + p_m \cdot k + p_m \cdot r_n$$
#
# The two terms in the middle mix words with absolute positions. A model can learn to live with that, but nothing in
# the score makes "three tokens back" the same everywhere. And a learned table simply ends at its last row.
#
# We want a score that knows words and distance, and nothing else. Turning the vectors does exactly that.

# %% [markdown]
# ## 3 A rotation, by hand
#
# Take a vector with two channels, $(a, b)$. It is an arrow in the plane. Turn it by an angle $\alpha$,
# counterclockwise. Where does its tip go?
#
# A reminder: on a circle of radius 1, the point in direction $\varphi$ lies $\cos\varphi$ to the right and
# $\sin\varphi$ up. So an arrow of length $r$ and direction $\varphi$ has $a = r\cos\varphi$ and $b = r\sin\varphi$.
# After the turn its direction is $\varphi + \alpha$ and its length is the same. The addition rules of school
# trigonometry give
#
# $$r\cos(\varphi + \alpha) = r\cos\varphi\cos\alpha - r\sin\varphi\sin\alpha = a\cos\alpha - b\sin\alpha$$
# $$r\sin(\varphi + \alpha) = r\cos\varphi\sin\alpha + r\sin\varphi\cos\alpha = a\sin\alpha + b\cos\alpha$$


# %%
def turn(a: float, b: float, angle: float) -> tuple[float, float]:
    """Turn the arrow (a, b) counterclockwise; the angle in radians."""
    cos, sin = math.cos(angle), math.sin(angle)
    return a * cos - b * sin, a * sin + b * cos


def draw_turn(degrees: int = 60) -> None:
    """Draw the arrow (3, 1) before and after a turn."""
    ax = plt.subplots(figsize=(4, 3.6))[1]
    ax.add_patch(plt.Circle((0, 0), math.sqrt(10), fill=False, color="#999999"))
    after = turn(3, 1, math.radians(degrees))
    for tip, name, color in (
        ((3, 1), "before", COLORS[0]),
        (after, "after", COLORS[1]),
    ):
        ax.annotate(
            "", tip, (0, 0), arrowprops={"arrowstyle": "-|>", "color": color, "lw": 2}
        )
        ax.text(
            1.25 * tip[0], 1.2 * tip[1], name, color=color, ha="center", va="center"
        )
    title = f"({after[0]:.2f}, {after[1]:.2f}) is (3, 1) turned by {degrees} degrees"
    ax.set(xlim=(-4.8, 4.8), ylim=(-4.2, 4.2), aspect="equal", title=title)
    ax.set(xlabel="channel a", ylabel="channel b")


draw_turn()
plt.show()

# %% [markdown]
# *The arrow moves along a circle around the origin. Its length, the root of 10, does not change.*
#
# Turn it yourself. Where must the tip be after 90 degrees? Think first, then look. (Python measures angles in
# radians: 180 degrees are $\pi$ radians.)

# %% tags=["nbval-ignore-output"]
explore(draw_turn, degrees=(0, 360, 5))

# %% [markdown]
# After 90 degrees, cosine is 0 and sine is 1, so $(a, b)$ becomes $(-b, a)$: (3, 1) becomes (-1, 3).
#
# Two properties carry the whole chapter.
#
# 1. **Lengths stay.** A turn changes only the direction.
# 2. **If two arrows turn by the same angle, their dot product stays.** It depends on the two lengths and on the angle
#    *between* the arrows, and neither has changed.

# %% tags=["nbval-check-output"]
q, k = (3.0, 1.0), (1.0, 2.0)
for degrees in (0, 30, 200):
    angle = math.radians(degrees)
    (q0, q1), (k0, k1) = turn(*q, angle), turn(*k, angle)
    print(f"both turned by {degrees:3}: dot product {q0 * k0 + q1 * k1:.3f}")

# %% [markdown]
# ## 4 Position becomes an angle
#
# Here is the idea of RoPE (Su et al., 2021, [arXiv:2104.09864](https://arxiv.org/abs/2104.09864)).
# Turn each query and each key by an angle that grows with its position:
#
# $$\text{angle} = \text{position} \times \text{frequency}$$
#
# The **frequency** is how far the arrow turns per token, in radians. We write it $f$. A query at position $m$ turns
# by $mf$, a key at position $n$ by $nf$.


# %%
def score_at(m: int, n: int, frequency: float = 0.3) -> float:
    """Score of query q at position m with key k at position n."""
    (q0, q1), (k0, k1) = turn(*q, m * frequency), turn(*k, n * frequency)
    return q0 * k0 + q1 * k1


for m, n in [(5, 2), (45, 42), (1005, 1002), (2, 5)]:
    print(f"query at {m:4}, key at {n:4}: score {score_at(m, n):.4f}")

# %% [markdown]
# The first three scores are equal, because the distance is 3 each time. The last one differs: three tokens *after* is
# not the same as three tokens *before*.
#
# ### The proof
#
# Let $q$ have length $|q|$ and direction $\varphi$, and $k$ length $|k|$ and direction $\psi$. After the turns their
# directions are $\varphi + mf$ and $\psi + nf$. A dot product is the product of the lengths times the cosine
# of the angle between:
#
# $$|q|\,|k|\,\cos\big((\varphi + mf) - (\psi + nf)\big) = |q|\,|k|\,\cos\big(\varphi - \psi + (m - n)f\big)$$
#
# The positions $m$ and $n$ appear only as their difference. That is all. The score depends on the two vectors and on
# the distance.

# %%
turned = torch.tensor([[score_at(m, n) for n in range(64)] for m in range(64)])
plot_matrix(turned, title="Scores after turning, one pair of channels", **labels)
plt.show()

# %% [markdown]
# *Every diagonal has one color: the score depends only on the distance. Compare this with section 2.*
#
# The picture also shows what is still wrong. The stripes come back.

# %% [markdown]
# ## 5 Many hands on the clock
#
# With a frequency of 0.3 the arrow is back where it started after $2\pi / 0.3 \approx 21$ tokens. So a key 21 tokens
# away looks almost like one right here. This length, $2\pi / f$, is called the **wavelength**: the number of tokens to a
# full turn.
#
# A slower arrow avoids the mix-up, but it hardly moves from one token to the next. No single speed does it all.
#
# A clock solves the same problem. The second hand tells moments apart, the minute hand and the hour hand tell which
# minute and hour. RoPE does this too. A head of a LLaMA model has 128 channels, so it can form 64 pairs, and each
# pair turns at its own speed. (A **head** is one of several independent sets of queries and keys. Its width, here
# 128, is called `head_dim`, or $D$.)

# %% [markdown]
# The speeds fall by the same factor from pair to pair. Pair $j$ has the frequency
#
# $$f_j = \theta^{-2j/D}, \qquad j = 0, 1, \dots, D/2 - 1$$
#
# Here $\theta$ (theta) is the **base**. LLaMA took 10,000, as Su et al. did (section 3.2.2).
#
# By hand, for $D = 4$ and $\theta = 100$: there are two pairs. Pair 0 has $100^0 = 1$. Pair 1 has $100^{-2/4} = 1/10$.
#
# ### Exercise 1 · `rope_frequencies` (difficulty 1 of 5, 5 minutes)
#
# Replace the line that raises an error, then run the cell. It checks your code at once.
# `hint("rope_frequencies")` helps if you are stuck. A number to the power of a tensor works entry by entry.


# %%
@exercise("rope.rope_frequencies")
def rope_frequencies(head_dim: int, theta: float = 10_000.0) -> Tensor:
    """Return how fast each channel pair turns, in radians per token.

    Pair j turns by ``theta ** (-2 * j / head_dim)`` at every step. Early pairs turn
    quickly and tell neighbors apart; late pairs turn slowly and tell distant
    positions apart.

    Args:
        head_dim: D, width of one attention head; even.
        theta: base of the geometric progression; a larger base slows the late pairs.

    Returns:
        Shape (D/2,), float32, falling from 1 to nearly 1/theta.

    Raises:
        ValueError: if ``head_dim`` is odd or not positive.

    Example:
        >>> rope_frequencies(4, theta=100.0)
        tensor([1.0000, 0.1000])
    """
    if head_dim % 2 or head_dim < 1:
        raise ValueError(
            f"head_dim must be even and positive to form rotation pairs, got {head_dim}"
        )
    ### BEGIN SOLUTION
    pair = torch.arange(head_dim // 2, dtype=torch.float32)
    return 1.0 / theta ** (2 * pair / head_dim)
    ### END SOLUTION


# %% [markdown]
# The verdict says TODO, WRONG or OK. As long as it is not OK, the notebook goes on with the package's version and
# tells you so. Your own code takes over as soon as it passes.
#
# Eight channels make four hands. Each is ten times slower than the one before.


# %%
def draw_clock(position: int = 25) -> None:
    """Draw the four hands of a head with eight channels at one position."""
    figure, axes = plt.subplots(1, 4, figsize=(7.5, 1.9))
    for ax, frequency in zip(axes, rope_frequencies(8).tolist()):
        x, y = turn(1, 0, position * frequency)
        ax.add_patch(plt.Circle((0, 0), 1, fill=False, color="#999999"))
        ax.plot([0, 1.0], [0, 0], color="#BBBBBB", linestyle=":")
        ax.annotate(
            "",
            (x, y),
            (0, 0),
            arrowprops={"arrowstyle": "-|>", "color": COLORS[0], "lw": 2},
        )
        ax.set(xlim=(-1.1, 1.1), ylim=(-1.1, 1.1), aspect="equal")
        ax.set_title(f"f = {frequency:g}", loc="center")
        ax.axis("off")
    figure.suptitle(f"position {position}", x=0.01, ha="left", fontsize=11)


for position in (1, 10, 100):
    draw_clock(position)
    plt.show()

# %% [markdown]
# *Every hand starts at the dotted line and turns counterclockwise. The hand with f = 0.1 stands at position 10 where
# the one with f = 1 stood at position 1, and the one with f = 0.01 stands there at position 100. By then the fastest
# hand has been around many times.*
#
# Move the position. Which hand tells 3 from 4? Which one tells 30 from 300? (The first, and the third.)

# %% tags=["nbval-ignore-output"]
explore(draw_clock, position=(0, 1000, 1))

# %% [markdown]
# ### The base sets the slowest hand
#
# How long does the slowest hand of a real model take? Three models, three choices. The **context** is the largest
# number of tokens that the model was made for.

# %% tags=["nbval-check-output"]
from minillama.config import PRESETS

print(
    f"{'model':14}{'D':>5}{'base':>9}{'context':>9}"
    f"{'slowest hand':>14}{'turn fully':>12}"
)
for name in ("LLaMA-7B", "Llama-3-8B", "SmolLM2-135M"):
    config = PRESETS[name]
    wavelengths = 2 * math.pi / rope_frequencies(config.head_dim, config.rope_theta)
    n_turning = int((wavelengths <= config.max_seq_len).sum())
    print(
        f"{name:14}{config.head_dim:5}{config.rope_theta:9,.0f}{config.max_seq_len:9,}"
        f"{wavelengths[-1]:14,.0f}{n_turning:6} of {len(wavelengths)}"
    )

# %% [markdown]
# Read the first line: in LLaMA-7B the slowest hand needs 54,410 tokens for a full turn, but a text has at most 2,048.
# The last column counts the hands that complete a turn within the context. The others move only part of the way.
#
# (The LLaMA paper does not print the context. 2,048 is the default in Meta's code. The base 10,000 is that of the
# code and of the RoPE paper. The other values are from the published configurations of the models.)

# %%
ax = plt.subplots()[1]
for name in ("LLaMA-7B", "Llama-3-8B", "SmolLM2-135M"):
    config = PRESETS[name]
    wavelengths = 2 * math.pi / rope_frequencies(config.head_dim, config.rope_theta)
    place = torch.arange(len(wavelengths)) / len(wavelengths)
    ax.plot(place, wavelengths, label=f"{name}, base {config.rope_theta:,.0f}")
for context in (2_048, 8_192, 131_072):
    ax.axhline(context, color="black", linewidth=0.8, linestyle=":")
    ax.text(0, context * 1.15, f"{context:,} tokens", fontsize=8)
ax.set(
    yscale="log",
    xlabel="pair j, as a fraction of all pairs",
    ylabel="tokens per full turn",
)
ax.set_title("Wavelength of each pair (log scale)")
ax.legend(loc="lower right")
plt.show()

# %% [markdown]
# *Each line rises by the same factor from pair to pair, so it is straight on a log scale. A larger base makes it
# steeper. The dotted lines are contexts: 2,048 for LLaMA, 8,192 for Llama 3 and SmolLM2, 131,072 for Llama 3.1.*
#
# All models share the fastest hand: one radian per token, whatever the base. A larger base slows the late hands, and
# that makes room for longer texts: Llama 3 went from 10,000 to 500,000. Llama 3.1 keeps that base and changes some of
# the frequencies; chapter 16 is about that.

# %% [markdown]
# ## 6 The table of angles
#
# Every layer of the model needs the same cosines and sines. So we compute them once for all positions and pairs: a
# table with $T$ rows (positions) and $D/2$ columns (pairs).
#
# `torch.outer(a, b)` multiplies every entry of `a` with every entry of `b`:

# %%
torch.outer(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([10.0, 100.0]))

# %% [markdown]
# ### Exercise 2 · `rope_table` (difficulty 2 of 5, 6 minutes)
#
# The argument `scaling` is a function that changes the frequencies. Chapter 16 uses it; its two lines are written for
# you, and so is the line that brings the frequencies to the processor or GPU where the positions are.


# %%
@exercise("rope.rope_table")
def rope_table(
    positions: Tensor,
    head_dim: int,
    theta: float = 10_000.0,
    scaling: Callable[[Tensor], Tensor] | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the cosine and sine of every rotation angle.

    The angle of pair j at position m is m times the frequency of pair j. The table is
    float32 whatever the model's dtype: bfloat16 cannot tell position 256 from 257.

    Args:
        positions: token positions, shape (T,), integers from 0.
        head_dim: D, width of one attention head; even.
        theta: base of the frequencies.
        scaling: optional change of the frequencies for longer contexts.

    Returns:
        Two tensors of shape (T, D/2), float32: cosines and sines.

    Example:
        >>> cos, sin = rope_table(torch.arange(2), head_dim=4, theta=100.0)
        >>> sin
        tensor([[0.0000, 0.0000],
                [0.8415, 0.0998]])
    """
    frequencies = rope_frequencies(head_dim, theta)
    if scaling is not None:
        frequencies = scaling(frequencies)
    frequencies = frequencies.to(positions.device)
    ### BEGIN SOLUTION
    angles = torch.outer(positions.float(), frequencies)  # (T, D/2)
    return angles.cos(), angles.sin()
    ### END SOLUTION


# %%
cos, _ = rope_table(torch.arange(200), head_dim=32)
title = "Cosines for a head with 32 channels"
plot_matrix(cos, title=title, xlabel="pair", ylabel="position", label="cosine")
plt.show()

# %% [markdown]
# *Each column is one hand. The first ones swing so fast that they look like noise, the last ones hardly leave 1 in
# 200 tokens. Together, the 16 numbers of a row are a fingerprint of its position.*

# %% [markdown]
# ## 7 Turn whole heads
#
# Now the rotation itself. A head has $D$ channels, and they must be split into pairs. This course pairs **halves**,
# as Hugging Face's transformers does: channel $j$ of the first half goes with channel $j$ of the second half.
# For $D = 8$ the pairs are (0, 4), (1, 5), (2, 6) and (3, 7). There is another way, and section 9 is about it.
#
# With halves the code needs no loop. All $a$'s stand in the first half, all $b$'s in the second.

# %%
x = torch.tensor([[1.0, 2.0, 3.0, 10.0, 20.0, 30.0]])  # one token, three pairs
first, second = x.chunk(2, dim=-1)
print("all a:", first)
print("all b:", second)
print("joined again:", torch.cat((first, second), dim=-1))

# %% [markdown]
# ### Exercise 3 · `apply_rope` (difficulty 3 of 5, 12 minutes)
#
# Use the formula of section 3 on all pairs at once. `x` may have batch and head dimensions in front. You need not
# care: the table of shape $(T, D/2)$ fits against the last two dimensions by itself.
#
# Models often compute in `bfloat16`, a number format of 16 bits with about three digits. The table stays in float32
# and the products become float32 with it. Return to the dtype of `x` at the very end.


# %%
@exercise("rope.apply_rope")
def apply_rope(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate each channel pair of every head by the angle of its position.

    With (a, b) a pair, the result is (a cos - b sin, a sin + b cos). Pair j is channel
    j of the first half with channel j of the second half.

    Args:
        x: queries or keys, shape (..., T, D).
        cos: cosines from ``rope_table``, shape (T, D/2).
        sin: sines from ``rope_table``, shape (T, D/2).

    Returns:
        Same shape and dtype as ``x``. Lengths do not change, and the product of a
        rotated query and key depends only on how far apart they stand.

    Raises:
        ValueError: if the table does not fit ``x``.

    Example:
        >>> cos, sin = rope_table(torch.tensor([1]), head_dim=2)
        >>> apply_rope(torch.tensor([[1.0, 0.0]]), cos, sin)  # (cos 1, sin 1)
        tensor([[0.5403, 0.8415]])
    """
    n_tokens, head_dim = x.shape[-2:]
    if cos.shape != (n_tokens, head_dim // 2) or sin.shape != cos.shape:
        raise ValueError(
            f"x has {n_tokens} tokens of width {head_dim}, so cos and sin must have shape "
            f"{(n_tokens, head_dim // 2)}; got {tuple(cos.shape)} and {tuple(sin.shape)}"
        )
    ### BEGIN SOLUTION
    first, second = x.chunk(2, dim=-1)  # (..., T, D/2)
    rotated = torch.cat(
        (first * cos - second * sin, first * sin + second * cos), dim=-1
    )
    return rotated.to(x.dtype)
    ### END SOLUTION


# %% [markdown]
# Repeat the experiment of section 2: one query and one key, written at 64 positions. This time they have 64 channels,
# so 32 pairs turn at 32 speeds.

# %%
query, key = torch.randn(64), torch.randn(64)


def rotated_scores(start: int = 0, n_tokens: int = 64) -> Tensor:
    """Scores of the same query and key at positions start, start + 1, ..."""
    cos, sin = rope_table(torch.arange(start, start + n_tokens), head_dim=64)
    queries = query.expand(n_tokens, 64)  # the same query n_tokens times
    keys = key.expand(n_tokens, 64)
    return apply_rope(queries, cos, sin) @ apply_rope(keys, cos, sin).T


plot_matrix(rotated_scores(), title="Scores after RoPE, 32 pairs of channels", **labels)
plt.show()

# %% [markdown]
# *Every diagonal has one color, as with one pair. But the stripes no longer repeat: the slow pairs tell apart what
# the fast ones mix up.*
#
# A sum of terms that depend only on the distance depends only on the distance. So the proof of section 4 holds for
# the whole head.
#
# ### Relative, not absolute
#
# If only distances count, then moving the whole text must not change a single score. Let it begin at position 1,000.

# %% tags=["nbval-check-output"]
scores = rotated_scores()
diagonals = [scores.diagonal(offset) for offset in range(-63, 64)]
spread = max((d.max() - d.min()).item() for d in diagonals)
print("each diagonal is constant within 0.001:", spread < 1e-3)
for start in (1_000, 100_000):
    moved = (rotated_scores(start) - scores).abs().max().item()
    close = f"within 0.2: {moved < 0.2}, within 0.002: {moved < 0.002}"
    print(f"text moved by {start:7,}: scores the same {close}")

# %% [markdown]
# The second line is what the proof says. The third shows the limit of float32: it keeps about seven digits, so an
# angle near 100,000 radians is rounded to steps of 0.008, and the scores wobble a little. Within the contexts of
# LLaMA that does no harm.
#
# Lengths stay as well. RoPE never makes a query louder or quieter:

# %% tags=["nbval-check-output"]
x = torch.randn(2, 3, 10, 64)  # 2 texts, 3 heads, 10 tokens, 64 channels
y = apply_rope(x, *rope_table(torch.arange(10), head_dim=64))
print("lengths kept:", torch.allclose(x.norm(dim=-1), y.norm(dim=-1)))
print("position 0 untouched:", torch.equal(x[:, :, 0], y[:, :, 0]))

# %% [markdown]
# ## 8 What distance does to a score
#
# Since only the distance counts, there is a shortcut. To know the score of a query and a key that are $d$ tokens
# apart, put the key at position 0, where nothing turns, and the query at position $d$.
#
# ### Exercise 4 · `score_by_distance` (difficulty 2 of 5, 7 minutes)
#
# No loop is needed: repeat the query `n_distances` times and rotate each copy by its own position.
# `query.expand(n, -1)` turns shape $(D,)$ into $(n, D)$ by repeating.


# %%
@exercise("rope.score_by_distance")
def score_by_distance(
    query: Tensor, key: Tensor, n_distances: int, theta: float = 10_000.0
) -> Tensor:
    """Score of a query and a key that stands 0, 1, 2, ... tokens before the query.

    Args:
        query: shape (D,), not rotated yet.
        key: shape (D,), not rotated yet.
        n_distances: how many distances, from 0 upward.
        theta: base of the frequencies.

    Returns:
        Shape (n_distances,).
    """
    ### BEGIN SOLUTION
    cos, sin = rope_table(torch.arange(n_distances), len(query), theta)
    rotated = apply_rope(query.expand(n_distances, -1), cos, sin)  # (n_distances, D)
    return rotated @ key
    ### END SOLUTION


# %% [markdown]
# Take a query and a key that fit perfectly: they are equal. How much of the fit is left at a distance? We set all
# channels to the same number, so that every pair counts the same. That is also the mean over many random vectors.


# %%
def draw_decay(exponent: float = 4.0) -> None:
    """Score of equal query and key against distance, for the base 10 ** exponent."""
    same = torch.ones(128) / math.sqrt(128)
    lines = {}
    for base in (10_000.0, 500_000.0, 10.0**exponent):
        lines[f"base {base:,.0f}"] = score_by_distance(same, same, 2048, base)
    title = "Score of a query with an equal key"
    ax = plot_lines(
        range(2048),
        lines,
        title=title,
        xlabel="distance (tokens)",
        ylabel="score (1 = no distance)",
    )
    for line in ax.lines:
        line.set(linewidth=1, linestyle="-")


draw_decay()
plt.show()

# %% [markdown]
# *With base 10,000 the score loses a quarter in the first five tokens and half in the first hundred. Then it falls
# slowly, with ripples. The larger base keeps more of it at every distance.*
#
# Near the start, all hands still agree. With distance, the fast hands point anywhere and cancel out, and only slow
# hands still agree. So a match nearby scores higher than the same match far away. Su et al. call this long-term decay
# and prove a bound for it (section 3.4.3).

# %% tags=["nbval-ignore-output"]
explore(draw_decay, exponent=(2.0, 7.0, 0.25))

# %% [markdown]
# The decay is a tendency, not a law. It holds for a query and a key that fit best at distance 0. A model may learn
# any other pair. Take a key that is the query, turned by 50 tokens:

# %%
query = torch.randn(64)
cos, sin = rope_table(torch.tensor([50]), head_dim=64)
key = apply_rope(query[None], cos, sin)[0]
scores = score_by_distance(query, key, 200) / (query @ query)
plot_lines(
    range(200),
    {"score": scores},
    title="A key that waits for a query 50 tokens later",
    xlabel="distance (tokens)",
    ylabel="score (1 = best)",
)
plt.show()

# %% [markdown]
# *The peak stands at a distance of exactly 50. Learned weights can make a head look for "50 back", for "one back", or
# for nothing special.*
#
# Barbero et al. (2024, [arXiv:2410.06205](https://arxiv.org/abs/2410.06205)) study what trained models really do with
# their hands. We look at one ourselves in section 10.

# %% [markdown]
# ## 9 Two layouts of the same rotation
#
# Which two channels form a pair is a matter of taste. Two conventions are in use.


# %%
def draw_layout(ax: plt.Axes, pairs: list[int], title: str) -> None:
    """Draw the channels of a head as boxes, the two of a pair in one color."""
    for channel, pair in enumerate(pairs):
        ax.add_patch(
            plt.Rectangle((channel, 0), 0.9, 1, facecolor=COLORS[pair], alpha=0.45)
        )
        ax.text(channel + 0.45, 0.5, f"{channel}", ha="center", va="center")
    ax.set(xlim=(-0.1, 8.1), ylim=(-0.1, 1.1), title=title)
    ax.axis("off")


figure, axes = plt.subplots(2, 1, figsize=(6, 2.6))
draw_layout(axes[0], [0, 1, 2, 3, 0, 1, 2, 3], "split halves: channels j and j + D/2")
draw_layout(axes[1], [0, 0, 1, 1, 2, 2, 3, 3], "interleaved: channels 2j and 2j + 1")
plt.show()

# %% [markdown]
# *The eight channels of a head. Two channels of one color form a pair and turn together.*
#
# | layout | who uses it |
# |---|---|
# | split halves | the library transformers of Hugging Face, and this course |
# | interleaved, also called neighbors | the code and files of Meta, who made LLaMA; GGUF, the file format of llama.cpp |
#
# Both are right. The formula, the frequencies and the table are the same. What differs is where a pair stands.
#
# ### Exercise 5 · find the bug (difficulty 3 of 5, 10 minutes)
#
# Here is a rotation for the interleaved layout, written the way many programs do it: `x * cos + turned * sin`, where
# `turned` holds $(-b, a)$ for each pair $(a, b)$. For that, cosines and sines must first be widened from $D/2$ to $D$
# columns, so that each channel meets the angle of its pair.
#
# It has exactly one bug. Find it and mend that line. Two notes on the code: `x[..., 0::2]` takes every second
# channel, beginning with 0. And `stack` followed by `flatten` writes two tensors alternately: first entry of one,
# first entry of the other, and so on. (Both notes describe lines that are right.)


# %%
@exercise("rope_layout.rotate_neighbors")
def rotate_neighbors(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate neighbors: channels 2j and 2j + 1 turn together by angle j.

    Args:
        x: queries or keys, shape (..., T, D).
        cos: cosines from ``rope_table``, shape (T, D/2).
        sin: sines from ``rope_table``, shape (T, D/2).

    Returns:
        Shape (..., T, D).
    """
    minus_b, a = -x[..., 1::2], x[..., 0::2]
    turned = torch.stack((minus_b, a), dim=-1).flatten(-2)  # (a, b) -> (-b, a)
    ### BEGIN SOLUTION
    cos, sin = (t.repeat_interleave(2, dim=-1) for t in (cos, sin))  # (T, D)
    ### INSTEAD
    # cos, sin = (torch.cat((t, t), dim=-1) for t in (cos, sin))  # (T, D)
    ### END SOLUTION
    return x * cos + turned * sin


# %% [markdown]
# <details><summary>What the bug was (open this when your verdict is OK)</summary>
#
# It mixed the layouts: neighbors formed a pair, but the angles were handed out by halves. Both `cat` and
# `repeat_interleave` give the right shape, so nothing complains. What gives the bug away is a law: a rotation keeps
# lengths.
# </details>
#
# ### The same scores from both
#
# Now the proof that the layouts agree. Reorder the channels of a vector so that the two partners of each pair become
# neighbors. Then rotate neighbors. The result is the vector that `apply_rope` gives, in the new order.
#
# And a dot product does not care about the order of channels, as long as query and key use the same one. So the
# scores are equal.

# %% [markdown]
# In a real model nobody reorders vectors. They come out of a matrix: channel $i$ of the query is row $i$ of `q_proj`,
# the matrix that makes queries, times $x$. (`k_proj` makes the keys.) So we reorder the **rows** of both matrices,
# once, when a file is converted.
#
# A matrix holds the rows of all heads, one head after the other, and each head has to be reordered by itself. For one
# head of width 8:
#
# | | rows in the new order |
# |---|---|
# | split halves to interleaved | 0 4 1 5 2 6 3 7 |
# | interleaved to split halves | 0 2 4 6 1 3 5 7 |
#
# The tool for this is to look at the rows as a small block, and to swap two of its dimensions:

# %%
rows = torch.arange(8)
block = rows.unflatten(0, (2, 4))  # 2 halves of 4 rows
print(block)
print(block.transpose(0, 1))

# %% [markdown]
# Read the second block line by line: 0 4, 1 5, 2 6, 3 7.
#
# ### Exercise 6 · `split_to_interleaved` (difficulty 3 of 5, 10 minutes)
#
# Do this for all heads at once. The first dimension has $H \cdot D$ rows, so split it in three: heads, halves, pairs.
# `n_heads` is given. In `unflatten`, -1 stands for "whatever is left". `y.flatten(0, 2)` joins the first three
# dimensions of `y` again.


# %%
from minillama.formats.rope_layout import interleaved_to_split, require_even_heads


@exercise("rope_layout.split_to_interleaved")
def split_to_interleaved(rows: Tensor, n_heads: int) -> Tensor:
    """Reorder the rows of a query or key projection: split halves -> interleaved.

    Use it to write a file for Meta's code or for llama.cpp. The rows of ``v_proj`` and
    the columns of ``o_proj`` stay as they are, because RoPE never touches values.

    Args:
        rows: first dimension H * D, one row for each channel of each head, in
            split-half order. A weight has shape (H * D, C); a bias or a vector of
            activations has shape (H * D,).
        n_heads: H; for a key projection the number of key-value heads.

    Returns:
        Same shape and dtype, the rows in interleaved order.

    Raises:
        ValueError: if the rows do not divide into ``n_heads`` heads of even width.

    Example:
        >>> split_to_interleaved(torch.arange(8), n_heads=1)
        tensor([0, 4, 1, 5, 2, 6, 3, 7])
    """
    require_even_heads(rows, n_heads)
    ### BEGIN SOLUTION
    halves = rows.unflatten(0, (n_heads, 2, -1))  # (H, 2, D/2, ...)
    return halves.transpose(1, 2).flatten(0, 2)
    ### END SOLUTION


# %% [markdown]
# Put the parts together: tokens, projections of two heads, both layouts.

# %% tags=["nbval-check-output"]
x = torch.randn(6, 16)  # 6 tokens
q_proj, k_proj = torch.randn(2 * 8, 16), torch.randn(2 * 8, 16)  # 2 heads of width 8
table = rope_table(torch.arange(6), head_dim=8)


def all_scores(rotate: Callable, q_proj: Tensor, k_proj: Tensor) -> Tensor:
    """Scores of both heads with one of the two rotations: (2, 6, 6)."""
    query, key = ((x @ w.T).view(6, 2, 8).transpose(0, 1) for w in (q_proj, k_proj))
    return rotate(query, *table) @ rotate(key, *table).transpose(1, 2)


halves = all_scores(apply_rope, q_proj, k_proj)
q_meta, k_meta = split_to_interleaved(q_proj, 2), split_to_interleaved(k_proj, 2)
neighbors = all_scores(rotate_neighbors, q_meta, k_meta)
print("reordered rows, same scores:", torch.allclose(halves, neighbors, atol=1e-3))
wrong = all_scores(rotate_neighbors, q_proj, k_proj)
print("rows left as they were, same scores:", torch.allclose(halves, wrong, atol=1e-3))
print("back again:", torch.equal(interleaved_to_split(q_meta, 2), q_proj))

# %% [markdown]
# The course's tests go further. They compare both rotations with the code of Hugging Face's transformers (its LLaMA
# uses halves, its GPT-J and Cohere models use neighbors) and with Meta's form, which multiplies complex numbers.
#
# ### A test that sees nothing
#
# It is easy to convert in the wrong direction. It is also easy to write a test that does not notice. For heads of
# width 4, both directions are the same:

# %% tags=["nbval-check-output"]
for width in (4, 8):
    forth = split_to_interleaved(torch.arange(width), 1).tolist()
    back = interleaved_to_split(torch.arange(width), 1).tolist()
    print(f"width {width}: forth {forth}, back {back}, the same: {forth == back}")

# %% [markdown]
# Test with a width of at least 8. And test with fewer key heads than query heads: many models share each key head
# among several query heads (chapter 05), so `k_proj` has fewer rows, and needs its own number of heads.
#
# The second lesson was paid for in public. TinyLlama wrote gibberish in llama.cpp
# ([TinyLlama issue 24](https://github.com/jzhang38/TinyLlama/issues/24)). The cause: the converter computed "query
# heads *divided by* key heads" where it needed "key heads". Llama 2 70B has 64 and 8, and 64 / 8 = 8, so the bug had
# stayed invisible ([llama.cpp pull request 3364](https://github.com/ggml-org/llama.cpp/pull/3364)).
#
# If the two layouts confuse you, you are in good company: see
# [transformers issue 25199](https://github.com/huggingface/transformers/issues/25199).

# %% [markdown]
# ## 10 On real weights
#
# SmolLM2-135M is a small model of the LLaMA family: 30 layers, 9 query heads and 3 key heads of width 64, base
# 100,000. Our file is a GGUF file, so its query and key rows are interleaved. `load_gguf` puts them in halves with
# `interleaved_to_split`.
#
# This cell reads it if it is on your machine (`minillama fetch smollm2` gets it, 93 MB). Chapter 06 explains the
# model. Here it is enough that every layer takes a table of cosines and sines, and that we may hand it any table we
# like.

# %%
from minillama.course.fetch import smollm2_path
from minillama.formats.gguf import load_gguf
from minillama.formats.tokenizer_files import load_tokenizer

weights = smollm2_path()
if weights is None:
    print(
        "The weights are missing. Run `minillama fetch smollm2` in a terminal, then run"
    )
    print("the cells from here on again. Until then they show recorded values.")
else:
    model = load_gguf(weights).requires_grad_(False)
    tokenizer = load_tokenizer(weights)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters")

# %%
TEXT = (
    "The capital of France is Paris. Water boils at one hundred degrees Celsius at sea "
    "level, and it freezes at zero degrees. The Earth orbits the Sun once every year, "
    "and the Moon orbits the Earth about once every month. Photosynthesis is the "
    "process by which green plants use sunlight to make food from carbon dioxide and water."
)


def loss_with(cos: Tensor, sin: Tensor) -> float:
    """Mean loss of the model on the text, in nats per token, with these angles."""
    x = model.token_embedding(tokens)
    for layer in model.layers:
        x = layer(x, cos, sin)
    logits = model.lm_head(model.final_norm(x))
    return F.cross_entropy(logits[0, :-1], tokens[0, 1:]).item()


# %% [markdown]
# Five ways to run the same weights on a paragraph of 65 tokens. The **loss** is the mean of
# $-\ln(\text{probability})$ of the true next token, so lower is better.
#
# 1. As trained.
# 2. The whole text moved to position 5,000.
# 3. With LLaMA's base 10,000 instead of 100,000.
# 4. With the rows of queries and keys in the interleaved order, as they stand in the file.
# 5. Without any rotation: every token claims position 0.


# %%
def reorder(change: Callable) -> None:
    """Change the order of the query and key rows in every layer of the model."""
    for layer in model.layers:
        q_proj, k_proj = layer.attention.q_proj.weight, layer.attention.k_proj.weight
        q_proj.copy_(change(q_proj, model.config.n_heads))
        k_proj.copy_(change(k_proj, model.config.n_kv_heads))


losses = {"as trained": 2.051, "moved by 5,000": 2.051, "base 10,000": 2.100}
losses |= {"interleaved\nrows": 3.693, "no rotation": 4.747}  # as recorded
if weights is not None:
    tokens = torch.tensor([tokenizer.encode(TEXT)])
    positions = torch.arange(tokens.shape[1])
    as_trained = rope_table(positions, 64, 100_000.0)
    losses["as trained"] = loss_with(*as_trained)
    losses["moved by 5,000"] = loss_with(*rope_table(positions + 5_000, 64, 100_000.0))
    losses["base 10,000"] = loss_with(*rope_table(positions, 64, 10_000.0))
    losses["no rotation"] = loss_with(*rope_table(0 * positions, 64))
    reorder(split_to_interleaved)
    losses["interleaved\nrows"] = loss_with(*as_trained)

# %%
recorded = " (as recorded)" if weights is None else ""
title = "SmolLM2-135M on one paragraph" + recorded
ax = plot_bars(losses, title=title, ylabel="loss (nats per token)")
ax.set_ylim(0, 5.4)
plt.show()

# %% [markdown]
# *Moving the text changes nothing. The wrong base costs a little, the wrong layout a lot, and no rotation at all
# costs most.* (Yours agree to about 0.01.)
#
# Three lessons.
#
# - RoPE is relative in a real model too: position 5,000 is as good as position 0.
# - A wrong base is nearly invisible. On this short text it costs 0.05 nats. Only a comparison with exact numbers
#   finds it.
# - A wrong layout multiplies the perplexity, $e^{\text{loss}}$, by five. How does that read? The rows are still
#   interleaved. Let the model write.

# %%
from minillama.generation import generate


def write(prompt: str, n_tokens: int = 24) -> str:
    """The prompt and the model's most likely continuation."""
    ids = tokenizer.encode(prompt)
    return prompt + tokenizer.decode(list(generate(model, ids, n_tokens)))


if weights is not None:
    print("wrong layout:", write("Once upon a time"))
    reorder(interleaved_to_split)  # mend the model
    print("right layout:", write("Once upon a time"))
    print("loss as trained again:", round(loss_with(*as_trained), 2))
else:
    print("wrong layout: Once upon a time, the world was a place where people lived,")
    print("              where they lived, and where they lived, ... (as recorded)")

# %% [markdown]
# No error, and not even gibberish: the grammar is fine and the story turns in circles. On a short prompt you might
# not notice. This is why a converter is tested with numbers, not by reading what the model writes.
#
# ### What trained hands carry
#
# Which hands does a trained model use? The length of a query's pair says how loudly it speaks, and RoPE does not
# change it. We take the mean over all layers, heads and tokens.

# %%
if weights is not None:
    loudness, x = [], model.token_embedding(tokens)
    for layer in model.layers:
        queries = layer.attention.q_proj(layer.attention_norm(x))
        pairs = queries.unflatten(-1, (9, 2, 32))  # 9 heads, 2 halves, 32 pairs
        loudness.append(pairs.norm(dim=-2).mean(dim=(0, 1, 2)))  # (32,)
        x = layer(x, *as_trained)
    mean = torch.stack(loudness).mean(dim=0)
    title = "Mean length of each query pair in SmolLM2-135M"
    ax = plot_lines(range(32), {"": mean}, title=title, xlabel="pair", ylabel="length")
    n_turning = int((2 * math.pi / rope_frequencies(64, 100_000.0) <= 8_192).sum())
    ax.axvline(n_turning - 0.5, color="black", linewidth=1, linestyle=":")
    ax.text(n_turning, 0.3, "slower than\nthe context", fontsize=9)
    ax.set_ylim(0)
    plt.show()

# %% [markdown]
# *If the weights are there, the figure shows 32 pairs, the fastest on the left. The loudest pairs stand to the right
# of the dotted line: they never complete a turn within the 8,192 tokens of the context.*
#
# A hand that hardly moves hardly knows the position, so it is free to say *what* a token is. The fast hands can say
# *where* it is.

# %% [markdown]
# ## 11 What can go wrong
#
# ### Positions in bfloat16
#
# If a whole model is converted to `bfloat16`, a careless program converts the positions with it.

# %% tags=["nbval-check-output"]
positions = torch.tensor([255, 256, 257, 258, 259, 1001, 1003])
print("positions:  ", positions.tolist())
print("in bfloat16:", [int(p) for p in positions.bfloat16().tolist()])

# %% [markdown]
# bfloat16 keeps eight binary digits. Up to 256 every whole number has a place. From there only every second has one,
# beyond 512 every fourth, beyond 1,024 every eighth. Neighbors share a position and the model can no longer tell them
# apart.


# %%
def careless_loss(start: int) -> float:
    """Loss of the text at positions start, start + 1, ... rounded to bfloat16."""
    return loss_with(*rope_table((positions + start).bfloat16(), 64, 100_000.0))


starts = (0, 200, 500, 1000, 3000)
careless = {"0": 2.051, "200": 2.144, "500": 2.446, "1,000": 2.923, "3,000": 3.481}
if weights is not None:
    positions = torch.arange(tokens.shape[1])
    careless = {f"{start:,}": careless_loss(start) for start in starts}
title = "Positions in bfloat16: loss of the text by where it begins" + recorded
ax = plot_bars(careless, title=title, ylabel="loss (nats per token)")
ax.set_xlabel("position of the first token")
plt.show()

# %% [markdown]
# *The same text, the same weights. Up to position 256 all is well. At 200 the last few tokens have passed that point,
# and the loss begins to climb.* (Yours agree to about 0.01.)
#
# Such a bug passes every test on short texts. The table is therefore computed in float32, whatever the dtype of the
# model.

# %% [markdown]
# ### Positions that start again
#
# When a model writes, it keeps the keys of earlier tokens in a **cache** and computes only the newest one (chapter
# 09). The new token's position is the length of the cache, not 0.

# %% tags=["nbval-check-output"]
query, key = torch.randn(4, 64), torch.randn(4, 64)  # 4 tokens
cos, sin = rope_table(torch.arange(4), head_dim=64)
all_at_once = apply_rope(query, cos, sin) @ apply_rope(key, cos, sin).T
cached_keys = apply_rope(key, cos, sin)
for position in (0, 3):
    newest = apply_rope(query[3:], *rope_table(torch.tensor([position]), head_dim=64))
    same = torch.allclose(newest @ cached_keys.T, all_at_once[3:], atol=1e-4)
    print(f"the fourth token turned as position {position}: right scores: {same}")

# %% [markdown]
# ### The list
#
# | mistake | what you see | the test that catches it |
# |---|---|---|
# | the other layout for the weights | worse text, no error | compare logits with another implementation, heads of width 8 or more |
# | pairs of one layout, table of the other | wrong scores, no error | lengths stay |
# | `n_heads` used to reorder keys | fails only with fewer key heads | a test with 6 query heads and 3 key heads |
# | the wrong base | 0.05 nats on a short text | compare logits, not text |
# | positions in bfloat16 | good up to 256 tokens | positions 256 and 257 |
# | positions start again after the prompt | the text goes wrong after the prompt | cached and uncached scores are equal |
# | values turned as well | results depend on absolute positions | move the text |
# | turned the other way | nothing in a new model; 3.88 instead of 2.05 nats with SmolLM2 | a quarter turn by hand |

# %% [markdown]
# The last row deserves a thought. If queries and keys both turn clockwise, scores still depend only on the distance,
# and a model trained that way is just as good. Conventions matter the moment weights travel.

# %% [markdown]
# ## 12 Summary
#
# - Scores of queries and keys are blind to order. RoPE turns each query and key by position times frequency.
# - Lengths stay. The score depends only on the distance, by one line of trigonometry.
# - Pairs turn at many speeds, $\theta^{-2j/D}$, like the hands of a clock. The base $\theta$ sets the slowest.
# - On average, scores of matching vectors fall with the distance, but a model can learn to look anywhere.
# - Two layouts exist. They differ only in the order of channels, so reordering the rows of `q_proj` and `k_proj`
#   translates one into the other.
# - Its bugs are silent. Test by laws and by numbers.
#
# The board shows which of your answers passed. They are saved in `work/mine/rope.py` and
# `work/mine/rope_layout.py`, and chapter 06 builds a whole model out of the first.

# %% tags=["nbval-ignore-output"]
board(chapter=2)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. A pair has the frequency 0.01. After how many tokens is it back at its start?</summary>
#
# After 2π / 0.01, about 628 tokens.
# </details>
#
# <details><summary>2. Why are values not rotated?</summary>
#
# Attention adds up values, weighted by the scores. Two turned queries and keys meet in a dot product, where absolute
# angles cancel. A turned value meets no partner, so its absolute position would stay in the result.
# </details>
#
# <details><summary>3. You double all positions (0, 2, 4, ...). What happens to a trained model?</summary>
#
# Every distance doubles. "Next to each other" now looks like "two apart", which the model learned to mean something
# else. The loss of SmolLM2 on the text of section 10 rises from 2.05 to 2.20: try it with `2 * positions`.
# </details>
#
# <details><summary>4. Does RoPE have parameters to train?</summary>
#
# No. Frequencies and positions are fixed. What is learned are the projections that make queries and keys.
# </details>
#
# <details><summary>5. You reorder the rows of q_proj but forget k_proj. Shapes fit. What is wrong?</summary>
#
# The dot product multiplies channel by channel. Query and key now have their channels in different orders, so
# unrelated channels meet.
# </details>
#
# <details><summary>6. Heads of width 4 pass all tests after a conversion. Are you done?</summary>
#
# No. At width 4 both directions of the reordering are the same. Test with width 8 or more.
# </details>

# %% [markdown]
# ## Further reading
#
# - Su et al., 2021, *RoFormer: Enhanced Transformer with Rotary Position Embedding*,
#   [arXiv:2104.09864](https://arxiv.org/abs/2104.09864).
# - Vaswani et al., 2017, *Attention Is All You Need*, [arXiv:1706.03762](https://arxiv.org/abs/1706.03762), section
#   3.5: positions that are added.
# - Touvron et al., 2023, *LLaMA*, [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.2: RoPE at each
#   layer.
# - Barbero et al., 2024, *Round and Round We Go! What makes Rotary Positional Encodings useful?*,
#   [arXiv:2410.06205](https://arxiv.org/abs/2410.06205).
# - [llama.cpp pull request 7481](https://github.com/ggml-org/llama.cpp/pull/7481): both layouts, explained by the
#   people who convert them.
#
# Next: chapter 03, **RMSNorm**, which keeps every vector at a healthy size.
