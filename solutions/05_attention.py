# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 05 · Attention: let every token read the tokens before it
#
# In the word *it*, there is no cat. To know who is tired in "the cat slept because it was tired", the vector of *it*
# must receive something from the vector of *cat*. **Attention** is the one layer of LLaMA that carries information
# from token to token. All other layers treat each token alone.
#
# In this chapter you build it in full: scores, mask, heads, shared heads, and the trick behind FlashAttention.
#
# | | |
# |---|---|
# | You will write | `causal_mask`, `repeat_kv`, `attend`, the module `Attention`, `online_attend`, and one bug fix |
# | You need | Python, the primer of chapter 00, and `apply_rope` from chapter 02 |
# | Time | about 90 minutes, 57 of them for the six exercises |

# %% [markdown]
# ## 1 Why tokens must exchange information
#
# Chapters 03 and 04 built two of the three layers in a block. The colored box is the third.

# %%
import json
import math
import os
import tempfile
import time
from itertools import accumulate
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.attention import fused_attend
from minillama.cache import LayerCache
from minillama.course import board, exercise, hint, show_solution
from minillama.course.plots import (
    COLORS,
    draw_block,
    draw_diagram,
    plot_bars,
    plot_lines,
    plot_matrix,
    use_course_style,
)
from minillama.course.widgets import explore
from minillama.rmsnorm import RMSNorm
from minillama.rope import apply_rope, rope_table
from minillama.swiglu import SwiGLU

use_course_style()
_ = torch.manual_seed(0)

# %%
draw_block(highlight=["attention"])
plt.show()

# %% [markdown]
# *The lower path goes through the working layers, the arcs carry the residual stream past them. RMSNorm, SwiGLU and
# the additions work on every token by itself. Only attention looks at more than one.*
#
# What would a block without attention know? Send two sentences through a norm and a feed-forward layer. They differ
# in their second word. Compare the vectors of their last word, *it*.

# %% tags=["nbval-check-output"]
vocabulary = {"the": 0, "cat": 1, "dog": 2, "slept": 3, "because": 4, "it": 5}
embedding = nn.Embedding(6, 16)
alone = nn.Sequential(RMSNorm(16), SwiGLU(16, 40))

ends = []
for animal in ("cat", "dog"):
    sentence = ["the", animal, "slept", "because", "it"]
    vectors = embedding(torch.tensor([vocabulary[word] for word in sentence]))
    ends.append(alone(vectors)[-1])  # the vector of "it"
print("'it' is the same after cat and dog:", torch.equal(*ends))

# %% [markdown]
# However deep such a stack is, *it* never learns which animal slept. Some layer must move information between tokens.

# %% [markdown]
# ## 2 A dictionary that answers softly
#
# Think of a Python dictionary: you ask with a **query**, the dictionary compares it with its **keys**, and returns
# the **value** of the key that fits. Attention does the same with vectors, and with two changes.
#
# - A query need not *equal* a key. It may resemble several keys, each to some degree.
# - The answer is a *mixture* of all values, most of it from the keys that fit best.
#
# Here is an example small enough to follow by hand. We choose the numbers ourselves; later a model learns them.
# Every word offers a key with two channels. The first says "I am an animal", the second "I am an action".
# Every word also has a value: what others get if they read it.

# %%
words = ["the", "cat", "slept", "because", "it"]
#                      animal action
keys = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [0.0, 0.0]])
#                        furry small at rest
values = torch.tensor([[0.0, 0, 0], [1.0, 1, 0], [0.0, 0, 1], [0.0, 0, 0], [0.0, 0, 0]])
query_of_it = torch.tensor([3.0, 0.0])  # "I look for an animal, and I mean it"

# %% [markdown]
# **Step 1, scores.** Multiply the query with a key, channel by channel, and add up. This is the **dot product**.
# It is large if both point the same way. For *cat*: $3 \cdot 1 + 0 \cdot 0 = 3$. For all other words it is 0.
#
# **Step 2, weights.** The scores become positive numbers that sum to 1. This is what softmax does (chapter 00):
# $w_i = e^{s_i} / \sum_j e^{s_j}$. By hand: $e^3 = 20.1$ and $e^0 = 1$, the sum is $20.1 + 4 = 24.1$,
# so *cat* gets $20.1 / 24.1 = 0.83$ and every other word $1 / 24.1 = 0.04$.
#
# **Step 3, mixture.** Multiply every value by its weight and add up.

# %% tags=["nbval-check-output"]
scores = keys @ query_of_it
print("scores: ", scores.tolist())
weights = scores.softmax(dim=-1)
print("weights:", [round(weight, 2) for weight in weights.tolist()])
answer = weights @ values
print("answer:  furry {:.2f}, small {:.2f}, at rest {:.2f}".format(*answer.tolist()))

# %% [markdown]
# The word *it* now carries "furry" and "small". That is the whole idea. The rest of the chapter makes it
# causal, parallel, shared, fast and small.
#
# The next figure turns the query. Its direction says *what* is sought, its length says *how decided* the search is.


# %%
def draw_lookup(angle: int = 0, length: float = 3.0) -> None:
    """Weights of the five words for a query of this direction (degrees) and length."""
    radians = math.radians(angle)
    query = length * torch.tensor([math.cos(radians), math.sin(radians)])
    weights = (keys @ query).softmax(dim=-1)
    title = f"Query ({query[0]:.1f}, {query[1]:.1f}): which word answers?"
    ax = plot_bars(dict(zip(words, weights)), title=title, ylabel="weight")
    ax.set_ylim(0, 1.1)


draw_lookup(angle=20)
plt.show()

# %% [markdown]
# *A query that points mostly at "animal" gets most of its answer from "cat" and a part from "slept".*
#
# Move the sliders. At 90 degrees the query asks for an action. At 45 degrees it cannot decide. At length 0 all
# words count the same, and at length 6 one word takes nearly everything.

# %% tags=["nbval-ignore-output"]
explore(draw_lookup, angle=(0, 90, 5), length=(0.0, 6.0, 0.5))

# %% [markdown]
# ### Every word asks, every word answers
#
# In a model, each token has all three: a query (what I look for), a key (what I can be found by) and a value (what I
# give). All three are made from the token's vector $x$ by learned matrices:
#
# $$q = W_q\, x, \qquad k = W_k\, x, \qquad v = W_v\, x$$
#
# With the queries as rows of a matrix $Q$ and the keys as rows of $K$, one product computes all scores:
# entry $(i, j)$ of $Q K^\top$ is query $i$ times key $j$. Let three more words ask something.

# %%
#                       the         cat         slept       because     it
queries = torch.tensor([[0.0, 0.0], [0.0, 3.0], [3.0, 0.0], [0.0, 2.0], [3.0, 0.0]])
scores = queries @ keys.T  # (5 queries, 5 keys)


def draw_map(weights: Tensor, words: list[str], title: str, ax=None):
    """Attention weights as a grid: rows ask, columns answer."""
    ax = plot_matrix(
        weights,
        title=title,
        xlabel="key (is read)",
        ylabel="query (reads)",
        ax=ax,
        label="weight",
        vmin=0,
        vmax=1,
    )
    ax.set_xticks(range(len(words)), words, rotation=90)
    ax.set_yticks(range(len(words)), words)
    return ax


print(scores)
ax = plt.subplots(figsize=(5, 3.6))[1]
draw_map(scores.softmax(dim=-1), words, "Each row sums to 1", ax)
plt.show()

# %% [markdown]
# *Row by row: "the" asks nothing and gets an even mixture, "cat" and "because" look for an action and find "slept",
# "slept" and "it" look for an animal and find "cat".*
#
# Such a picture is called an **attention map**. You will draw the maps of a real model in section 10.

# %% [markdown]
# ## 3 Why the scores are divided by $\sqrt D$
#
# The formula of the paper "Attention Is All You Need" (Vaswani et al., 2017,
# [arXiv:1706.03762](https://arxiv.org/abs/1706.03762), equation 1) has one more part:
#
# $$\mathrm{attention}(Q, K, V) = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt D}\right) V$$
#
# $D$ is the number of channels of a query. Why divide? A score is a sum of $D$ products. If the channels of query and
# key are independent with mean 0 and variance 1, each product has mean 0 and variance 1. Variances of independent
# terms add up, so the score has variance $D$ and standard deviation $\sqrt D$. Measure it.

# %%
sizes = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]
query, key = torch.randn(400, 1, 1024), torch.randn(400, 32, 1024)
by_size = [(query[..., :D] * key[..., :D]).sum(dim=-1) for D in sizes]  # (400, 32)
spread = {
    "measured": [scores.std() for scores in by_size],
    "square root of D": [math.sqrt(D) for D in sizes],
    "after the division": [s.std() / math.sqrt(D) for s, D in zip(by_size, sizes)],
}
ax = plot_lines(
    sizes,
    spread,
    title="How far scores of random vectors spread",
    xlabel="D, channels of a query",
    ylabel="standard deviation",
)
ax.set(xscale="log", yscale="log")
plt.show()

# %% [markdown]
# *The measured spread lies on the square root of D. After the division it stays at 1 for every D.*
#
# Why does it matter? Softmax reacts to differences. With differences of 10 and more, one weight is nearly 1 and the
# others nearly 0: the softmax is **saturated**. Then learning stops, because the slope of a weight with respect to its
# own score is $w (1 - w)$, and that is 0 at both ends. The next figure takes the largest of 32 weights.


# %%
def largest_weight(scores: list[Tensor], scaled: bool) -> list[Tensor]:
    """The largest softmax weight of 400 queries, for every D."""
    return [
        (s / math.sqrt(D) if scaled else s).softmax(dim=-1).amax(dim=-1)
        for s, D in zip(scores, sizes)
    ]


raw, scaled = largest_weight(by_size, False), largest_weight(by_size, True)
panels = {
    "weight": ("Largest of 32 weights, mean", lambda w: w.mean()),
    "slope": ("Its slope w (1 - w), median", lambda w: (w * (1 - w)).median()),
}
_, axes = plt.subplots(1, 2, figsize=(8, 3))
for ax, (name, (title, summary)) in zip(axes, panels.items()):
    lines = {
        "raw scores": [summary(w) for w in raw],
        "divided": [summary(w) for w in scaled],
    }
    plot_lines(sizes, lines, title=title, xlabel="D", ylabel=name, ax=ax)
    ax.set_xscale("log")
plt.show()

# %% [markdown]
# *Without the division the largest weight goes to 1 and its slope to 0 as D grows. With it, both hardly change.*
#
# At $D = 128$, the size of a head in LLaMA-7B, half of the raw slopes are already below 0.05. An untrained model
# would start with queries that have made up their minds, and hardly any gradient to change them.

# %% [markdown]
# ## 4 The causal mask
#
# LLaMA is trained to predict the next token at *every* position of a text at once. That is what makes training
# efficient: a text of 2,048 tokens is 2,048 exercises. But the solution of each exercise stands right beside it.
# If token 3 could read token 4, it would copy the answer and learn nothing.
#
# So a query may look at its own position and at those before. This rule is called **causal**: no effect from the
# future. The mask says who may look where.
#
# How do we hide a score? Give it the value $-\infty$ **before** the softmax. Then its weight is $e^{-\infty} = 0$
# exactly, and the other weights share what is left.

# %%
visible = torch.ones(5, 5, dtype=torch.bool).tril()  # tril: keep the lower triangle
print(visible.int())
hidden_scores = scores.masked_fill(~visible, -torch.inf)  # ~ means not
_, axes = plt.subplots(1, 2, figsize=(8.6, 3.5))
draw_map(scores.softmax(dim=-1), words, "Everybody sees everything", axes[0])
draw_map(hidden_scores.softmax(dim=-1), words, "Causal", axes[1])
plt.show()

# %% [markdown]
# *Right of the diagonal every weight is 0. "the" can only look at itself. "cat" looks for an action and finds none
# before it, so it splits its weight evenly between "the" and itself.*
#
# ### Not zero after the softmax
#
# It is tempting to compute the softmax first and then set the forbidden weights to 0. Look what happens.

# %% tags=["nbval-check-output"]
late = scores.softmax(dim=-1) * visible  # wrong
print("sum of each row:", [round(total, 2) for total in late.sum(dim=-1).tolist()])

changed = scores.clone()
changed[:, -1] += 5  # another score for the last key
late_changed = changed.softmax(dim=-1) * visible
print("first row before:", [round(w, 3) for w in late[0].tolist()])
print("first row after: ", [round(w, 3) for w in late_changed[0].tolist()])

# %% [markdown]
# Two things are wrong. The weights no longer sum to 1. And the first word's weight has changed although only the
# *last* key did: the hidden scores still stand in the denominator of the softmax. The future leaks through it.
#
# ### More keys than queries
#
# The mask is not always square. A long prompt is often read in pieces. While the model reads tokens 4 and 5, it still
# has the keys of tokens 0 to 3. So there are $T = 2$ queries and $S = 6$ keys, and the queries are the **last** two
# tokens of the text.
#
# | | key 0 | key 1 | key 2 | key 3 | key 4 | key 5 |
# |---|---|---|---|---|---|---|
# | query at position 4 | yes | yes | yes | yes | yes | no |
# | query at position 5 | yes | yes | yes | yes | yes | yes |
#
# The last query always stands at the last key. Query $i$ of $T$ stands at position $S - T + i$.
#
# ### Exercise 1 · `causal_mask` (difficulty 2 of 5, 6 minutes)
#
# Replace the line that raises an error, then run the cell. `hint("causal_mask")` helps if you are stuck.
# `tril` takes an argument: `tril(diagonal=1)` keeps one more diagonal than `tril()`.


# %%
@exercise("attention.causal_mask")
def causal_mask(
    n_queries: int, n_keys: int, device: torch.device | str | None = None
) -> Tensor:
    """Say which keys each query may look at: those at its own position and before.

    The last query stands at the last key. With a cache there are more keys than
    queries, and the first query already sees all keys before it.

    Args:
        n_queries: T, number of new tokens.
        n_keys: S, number of tokens attended to; at least T.
        device: where to build the mask.

    Returns:
        Shape (T, S), bool, True where attention is allowed.

    Raises:
        ValueError: if there are fewer keys than queries.

    Example:
        >>> causal_mask(2, 4).int()
        tensor([[1, 1, 1, 0],
                [1, 1, 1, 1]], dtype=torch.int32)
    """
    if n_keys < n_queries:
        raise ValueError(
            f"{n_queries} queries need at least as many keys, got {n_keys}"
        )
    ### BEGIN SOLUTION
    everything = torch.ones(n_queries, n_keys, dtype=torch.bool, device=device)
    return everything.tril(diagonal=n_keys - n_queries)
    ### END SOLUTION


# %% [markdown]
# The verdict above says TODO, WRONG or OK. As long as it is not OK, the notebook goes on with the package's version
# and says so.
#
# ### A trap: PyTorch aligns to the first key
#
# PyTorch has attention built in. Its `is_causal=True` draws the triangle from the *first* key. For a square mask this
# is the same. For 2 queries and 6 keys it is not. A little trick makes the weights visible: if the values are the rows
# of an identity matrix, the output *is* the weights.

# %% tags=["nbval-check-output"]
query, key, value = torch.zeros(2, 1), torch.zeros(6, 1), torch.eye(6)
theirs = F.scaled_dot_product_attention(query, key, value, is_causal=True)
masked = F.scaled_dot_product_attention(query, key, value, attn_mask=causal_mask(2, 6))
print("is_causal=True ", [[round(w, 2) for w in row] for row in theirs.tolist()])
print("with our mask  ", [[round(w, 2) for w in row] for row in masked.tolist()])

# %% [markdown]
# All scores are 0, so every visible key gets the same weight. With `is_causal=True` the query at position 4 sees key 0
# only. It has lost four tokens of its past. No error, no warning; the model just writes worse.

# %% [markdown]
# ## 5 Several heads
#
# One softmax yields one mixture. But a word may need several things at once: the noun it refers to, the verb before
# it, the word right beside it. So the work is divided among **heads**. Each head has its own queries, keys and
# values, with $D$ channels each, and its own attention map. LLaMA-7B has 4,096 channels and 32 heads of 128
# ([arXiv:2302.13971](https://arxiv.org/abs/2302.13971), Table 2 for channels and heads).
#
# In code, all heads come out of one matrix product and lie side by side in one vector of $H \cdot D$ numbers.
# They must be taken apart. Follow the digits: entry 312 is token 3, head 1, channel 2.

# %% tags=["nbval-check-output"]
token, head, channel = torch.arange(1, 4), torch.arange(2), torch.arange(3)
x = 100 * token.view(1, 3, 1, 1) + 10 * head.view(2, 1) + channel
x = x.flatten(-2)  # (B=1, T=3, H * D = 6)
print(x)

# %% [markdown]
# Two steps. First cut the last dimension into heads: $(B, T, H \cdot D)$ becomes $(B, T, H, D)$. Then swap tokens and
# heads: $(B, H, T, D)$. Now every head is a little text of its own, and `@` works on all heads at once, because matrix
# products use the last two dimensions.

# %% tags=["nbval-check-output"]
heads = x.unflatten(-1, (2, 3)).transpose(1, 2)  # (1, 2, 3, 3)
print(heads)

# %% [markdown]
# Check the digits: the first block holds head 0 of tokens 1, 2, 3, the second block head 1. The way back does the
# same in reverse: swap, then join. `flatten(-2)` joins the last two dimensions.
#
# There is a shortcut that looks right and is wrong. `view(1, 2, 3, 3)` gives the right *shape* at once.

# %% tags=["nbval-check-output"]
merged = heads.transpose(1, 2).flatten(-2)
print("back again:", torch.equal(merged, x))
print("head 0 by the shortcut:")
print(x.view(1, 2, 3, 3)[0, 0])

# %% [markdown]
# "Head 0" now holds both heads of token 1 and a half of token 2. Tokens and heads are mixed, and with them past and
# future. Shapes cannot tell you; digits can.

# %% [markdown]
# ## 6 Sharing keys and values
#
# While a model writes, it keeps the keys and values of all tokens so far, so that it need not compute them again.
# This store is the **KV cache** (chapter 09). It grows with every token, every head and every layer. With long
# texts or many users it becomes a main cost of writing.
#
# **Grouped-query attention** (GQA) makes it smaller: several query heads share one head of keys and values.


# %%
def draw_sharing(ax, n_heads: int, n_kv_heads: int, title: str) -> None:
    """Query heads above, key-value heads below, a line for each pair."""
    shared = [(i + 0.5) * n_heads / n_kv_heads - 0.5 for i in range(n_kv_heads)]
    for head in range(n_heads):
        group = head * n_kv_heads // n_heads
        ax.plot([head, shared[group]], [1, 0], "-", color="gray", linewidth=1, zorder=1)
    ax.scatter(range(n_heads), [1] * n_heads, s=110, color=COLORS[0], zorder=2)
    ax.scatter(shared, [0] * n_kv_heads, s=110, marker="s", color=COLORS[1], zorder=2)
    ax.set(title=title, xlim=(-0.8, n_heads - 0.2), ylim=(-0.4, 1.4))
    ax.axis("off")


_, axes = plt.subplots(1, 3, figsize=(8.4, 1.9))
draw_sharing(axes[0], 8, 8, "Multi-head: K = 8")
draw_sharing(axes[1], 8, 2, "Grouped-query: K = 2")
draw_sharing(axes[2], 8, 1, "Multi-query: K = 1")
plt.show()

# %% [markdown]
# *Circles are query heads, squares are heads of keys and values. From left to right the same eight queries share
# fewer keys and values.*
#
# The number of key-value heads is called $K$ (from here on; not the matrix of keys in the formula above).
# $K = H$ is ordinary **multi-head attention** (MHA), as in LLaMA 1. $K = 1$ is **multi-query attention** (MQA; Shazeer,
# 2019, [arXiv:1911.02150](https://arxiv.org/abs/1911.02150)). GQA lies between (Ainslie et al., 2023,
# [arXiv:2305.13245](https://arxiv.org/abs/2305.13245)).
#
# How much is saved? For every token, layer and key-value head the cache holds $D$ numbers of the key and $D$ of the
# value. In 16 bits that is 2 bytes each. LLaMA-7B has 32 layers with 32 heads of 128 channels:
# $2 \cdot 32 \cdot 32 \cdot 128 \cdot 2 = 524{,}288$ bytes, or 512 KiB per token. The function `kv_cache_bytes` does
# this sum.

# %% tags=["nbval-check-output"]
from dataclasses import replace

from minillama.budget import kv_cache_bytes
from minillama.config import PRESETS

print(
    f"{'model':14}{'heads':>6}{'KV heads':>10}{'KiB per token':>15}{'with K = H':>12}"
)
for name in ("LLaMA-7B", "LLaMA-65B", "Llama-2-70B", "Llama-3-8B", "SmolLM2-135M"):
    config = PRESETS[name]
    unshared = replace(config, n_kv_heads=config.n_heads)
    sizes_kib = [kv_cache_bytes(c) / 1024 for c in (config, unshared)]
    print(f"{name:14}{config.n_heads:6}{config.n_kv_heads:10}", end="")
    print("{:15.1f}{:12.1f}".format(*sizes_kib))

# %% [markdown]
# (Sizes from the LLaMA paper's Table 2 and the models' published configurations.) LLaMA-65B stores 2.5 MiB for every
# single token. Llama-2-70B has as many layers and query heads but only 8 key-value heads, so it needs an eighth.
# The next figure shows a whole text.

# %%
lengths = torch.arange(0, 4097, 256)
lines = {}
for n_kv_heads in (64, 8, 1):
    config = replace(PRESETS["Llama-2-70B"], n_kv_heads=n_kv_heads)
    lines[f"K = {n_kv_heads}"] = [kv_cache_bytes(config, n) / 2**30 for n in lengths]
plot_lines(
    lengths,
    lines,
    title="KV cache of Llama-2-70B for one text, if it had K key-value heads",
    xlabel="tokens",
    ylabel="GiB in 16 bits",
)
plt.show()

# %% [markdown]
# *At 4,096 tokens, 64 key-value heads would take 10 GiB for one text. The real model's 8 heads take 1.25 GiB.*
#
# A server reads many texts at once, so this decides how many fit into a GPU. The price is a little freedom: heads of a
# group can still ask different questions, but they search the same keys and
# receive the same values.
#
# ### Exercise 2 · `repeat_kv` (difficulty 2 of 5, 4 minutes)
#
# The simplest way to compute GQA is to copy each key-value head until there is one for every query head.
# PyTorch has two ways to copy. Take `x = torch.tensor([10, 20])`: `x.repeat(2)` gives 10, 20, 10, 20, and
# `x.repeat_interleave(2, dim=0)` gives 10, 10, 20, 20. Which order does the picture above ask for?


# %%
@exercise("attention.repeat_kv")
def repeat_kv(x: Tensor, n_heads: int) -> Tensor:
    """Copy each key-value head so that every query head has one to look at.

    Query heads share key-value heads in consecutive groups: with 4 query heads and 2
    key-value heads, heads 0 and 1 use the first, heads 2 and 3 the second.

    Args:
        x: keys or values, shape (B, K, S, D).
        n_heads: H, number of query heads; a multiple of K.

    Returns:
        Shape (B, H, S, D).

    Raises:
        ValueError: if H is not a multiple of K.
    """
    n_kv_heads = x.shape[1]
    if n_heads % n_kv_heads:
        raise ValueError(
            f"n_heads ({n_heads}) must be a multiple of the {n_kv_heads} key-value heads"
        )
    ### BEGIN SOLUTION
    return x.repeat_interleave(n_heads // n_kv_heads, dim=1)
    ### END SOLUTION


# %% [markdown]
# With the wrong order the shapes fit as well. A model trained with one order and run with the other talks nonsense,
# because many query heads search the keys of a stranger. We tried it with SmolLM2-135M and a paragraph of 65 tokens: the
# loss rises from 2.05 to 14.9. A blind guess among its 49,152 tokens costs only $\ln 49152 = 10.8$.

# %% [markdown]
# ## 7 Attention in full
#
# You have all parts. Put them together for many texts and heads at once.
#
# 1. Scores: queries times keys, divided by $\sqrt D$. `key.transpose(-2, -1)` swaps the last two dimensions.
# 2. Hide the future with `causal_mask`. The numbers of queries and keys may differ.
# 3. Softmax over the keys, the last dimension. LLaMA computes it in float32 even when the model runs in 16 bits
#    (Meta's published `model.py`), and returns to the dtype of the queries. `wide` holds the wider dtype, and
#    `torch.softmax` takes `dtype=wide`.
# 4. Weights times values.
#
# ### Exercise 3 · `attend` (difficulty 3 of 5, 10 minutes)


# %%
@exercise("attention.attend")
def attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Causal attention written out: the readable twin of ``fused_attend``.

    Each query is compared with every key it may see. A softmax turns the scores into
    weights that sum to 1, and the result is the weighted mean of the values.

    Args:
        query: shape (B, H, T, D).
        key: shape (B, K, S, D), K dividing H, S at least T.
        value: shape (B, K, S, D).

    Returns:
        Shape (B, H, T, D), in the dtype of ``query``. Memory grows with T * S.

    Example:
        >>> key = torch.tensor([[[[1.0], [1.0]]]])
        >>> value = torch.tensor([[[[2.0], [4.0]]]])
        >>> attend(key, key, value).flatten()  # equal scores: running mean of the values
        tensor([2., 3.])
    """
    n_heads, n_queries, head_dim = query.shape[1:]
    key, value = repeat_kv(key, n_heads), repeat_kv(value, n_heads)  # (B, H, S, D)
    wide = torch.promote_types(query.dtype, torch.float32)
    ### BEGIN SOLUTION
    scores = query @ key.transpose(-2, -1) / math.sqrt(head_dim)  # (B, H, T, S)
    visible = causal_mask(n_queries, key.shape[2], device=query.device)
    scores = scores.masked_fill(~visible, -torch.inf)
    weights = torch.softmax(scores, dim=-1, dtype=wide).to(query.dtype)
    return weights @ value
    ### END SOLUTION


# %% [markdown]
# PyTorch's `scaled_dot_product_attention` is an independent implementation. It makes a good judge, for the result and
# for the gradients. `enable_gqa=True` lets heads share keys and values as ours do. The last lines are the test of
# chapter 03 that catches every leak: change the last token and see that nothing before it moves.

# %% tags=["nbval-check-output"]
query = torch.randn(2, 6, 10, 16, requires_grad=True)
key, value = torch.randn(2, 2, 3, 10, 16).unbind(0)  # 3 key-value heads for 6 queries
theirs = F.scaled_dot_product_attention(
    query, key, value, is_causal=True, enable_gqa=True
)
ours = attend(query, key, value)
print("same result:  ", torch.allclose(ours, theirs, atol=1e-6))

ours_grad, theirs_grad = (
    torch.autograd.grad(out.pow(2).sum(), query)[0] for out in (ours, theirs)
)
print("same gradient:", torch.allclose(ours_grad, theirs_grad, atol=1e-5))

key[:, :, -1] += 1  # the leak test: change the last token
value[:, :, -1] += 1
moved = (attend(query, key, value) - ours).abs().amax(dim=(0, 1, 3)) > 1e-6
print("tokens moved: ", moved.tolist())

# %% [markdown]
# ### One call for all of it
#
# PyTorch's function does steps 1 to 4 in a single, optimized piece of code: a **fused kernel**. LLaMA was trained with
# such a kernel too ([arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.4). The package wraps it in
# `fused_attend`. The wrapper is given; the cell prints its body and compares it with your `attend`.

# %%
import inspect
import textwrap

print(textwrap.dedent(inspect.getsource(fused_attend).split('"""')[-1]))
for n_queries, n_keys in ((10, 10), (4, 10), (1, 10)):
    query = torch.randn(2, 6, n_queries, 16)
    key, value = torch.randn(2, 2, 3, n_keys, 16).unbind(0)
    ours, theirs = attend(query, key, value), fused_attend(query, key, value)
    same = torch.allclose(ours, theirs, atol=1e-6)
    print(f"{n_queries:2} queries, {n_keys} keys: same result: {same}")

# %% [markdown]
# The wrapper passes an explicit mask where `is_causal` would align to the wrong key (section 4). A single query may see all
# keys, so it needs no mask at all. With `visible` a caller may bring a mask of its own. From here on the layer uses this function.

# %% [markdown]
# ## 8 The layer
#
# The picture shows the whole layer. Four learned matrices do the projecting: `q_proj`, `k_proj` and `v_proj` make
# queries, keys and values. `o_proj` mixes what the heads have gathered and returns to $C$ channels.

# %%
boxes = {
    "x": (0, 1, "x\n(B, T, C)"),
    "q": (1.3, 2, "q_proj"),
    "k": (1.3, 1, "k_proj"),
    "v": (1.3, 0, "v_proj"),
    "rope_q": (2.6, 2, "RoPE"),
    "rope_k": (2.6, 1, "RoPE"),
    "cache": (3.9, 0.5, "cache,\nif any"),
    "attend": (5.2, 1, "attend"),
    "merge": (6.5, 1, "merge\nheads"),
    "o": (7.8, 1, "o_proj"),
}
arrows = "x-q x-k x-v q-rope_q k-rope_k rope_q-attend rope_k-cache v-cache cache-attend"
arrows = [tuple(pair.split("-")) for pair in arrows.split()]
draw_diagram(
    boxes,
    arrows=[*arrows, ("attend", "merge"), ("merge", "o")],
    highlight=["rope_q", "rope_k"],
    title="The attention layer; heads are split right after q_proj, k_proj and v_proj",
    figsize=(8.4, 2.9),
)
plt.show()

# %% [markdown]
# *Queries and keys are rotated, values are not. The cache stands behind the rotation.*
#
# **Why is RoPE on queries and keys only?** Attention as such is blind to order: it compares and mixes, wherever a key
# stands. Chapter 02 rotates query and key by angles that grow with their positions. In their product only the
# difference of the angles survives, so a score knows the *distance*. Values meet no partner that would
# cancel a rotation. A rotated value would carry its absolute position into the sum, and nothing later would undo it.
#
# **The cache in three sentences.** If `cache` is given, it holds the keys and values of earlier tokens;
# `key, value, visible = cache.append(key, value)` stores the new ones and returns all of them. The third result is a mask
# for special caches, to be handed on to `fused_attend`; `None` stands for the usual rule, all keys up to the query's own.
# Chapter 09 builds the cache and shows why it makes writing fast.
#
# ### Exercise 4 · `Attention` (difficulty 3 of 5, 12 minutes)
#
# `__init__` and `_split_heads` are given. Write `forward` along the picture.


# %%
@exercise("attention.Attention")
class Attention(nn.Module):
    """Grouped-query attention: H query heads share K key-value heads.

    K = H is multi-head attention, K = 1 is multi-query attention. No biases.

    Args:
        dim: C, width of the model.
        n_heads: H, number of query heads.
        n_kv_heads: K, number of key-value heads; divides H.
        head_dim: D, width of one head; even. H * D need not equal C.

    Raises:
        ValueError: if ``n_kv_heads`` does not divide ``n_heads``.
    """

    def __init__(self, dim: int, n_heads: int, n_kv_heads: int, head_dim: int) -> None:
        super().__init__()
        if n_heads % n_kv_heads:
            raise ValueError(
                f"n_kv_heads ({n_kv_heads}) must divide n_heads ({n_heads})"
            )
        self.head_dim = head_dim
        self.q_proj = nn.Linear(dim, n_heads * head_dim, bias=False)
        self.k_proj = nn.Linear(dim, n_kv_heads * head_dim, bias=False)
        self.v_proj = nn.Linear(dim, n_kv_heads * head_dim, bias=False)
        self.o_proj = nn.Linear(n_heads * head_dim, dim, bias=False)

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, cache: LayerCache | None = None
    ) -> Tensor:
        """Let every token gather from itself and the tokens before it.

        Args:
            x: shape (B, T, C).
            cos: cosines at the positions of the T new tokens, shape (T, D/2).
            sin: sines, same shape.
            cache: keys and values of earlier tokens; the new ones are appended.

        Returns:
            Shape (B, T, C).
        """
        ### BEGIN SOLUTION
        query = apply_rope(self._split_heads(self.q_proj(x)), cos, sin)  # (B, H, T, D)
        key = apply_rope(self._split_heads(self.k_proj(x)), cos, sin)  # (B, K, T, D)
        value = self._split_heads(self.v_proj(x))  # (B, K, T, D)
        visible = None
        if cache is not None:
            key, value, visible = cache.append(key, value)  # (B, K, S, D)
        gathered = fused_attend(query, key, value, visible)  # (B, H, T, D)
        return self.o_proj(gathered.transpose(1, 2).flatten(-2))  # (B, T, C)
        ### END SOLUTION

    def _split_heads(self, x: Tensor) -> Tensor:
        """(B, T, heads * D) -> (B, heads, T, D)."""
        return x.unflatten(-1, (-1, self.head_dim)).transpose(1, 2)


# %% [markdown]
# Try it on a text in four ways: as it is, moved by 100 positions, with its first two tokens swapped, and read in
# pieces through a cache. Only distances should count, order should matter, and reading in pieces should change nothing.

# %% tags=["nbval-check-output"]
layer, x = Attention(dim=32, n_heads=4, n_kv_heads=2, head_dim=8), torch.randn(1, 6, 32)
here, there = rope_table(torch.arange(6), 8), rope_table(torch.arange(100, 106), 8)
cos, sin = here
cache = LayerCache(capacity=6)
with torch.no_grad():
    output, moved = layer(x, *here), layer(x, *there)
    swapped = layer(x[:, [1, 0, 2, 3, 4, 5]], *here)
    spans = [slice(0, 3), slice(3, 5), slice(5, 6)]
    pieces = torch.cat([layer(x[:, s], cos[s], sin[s], cache) for s in spans], dim=1)
print("moved, same result:       ", torch.allclose(moved, output, atol=1e-4))
print("swapped, same last token: ", torch.allclose(swapped[:, -1], output[:, -1]))
print("pieces, same result:      ", torch.allclose(pieces, output, atol=1e-5))

# %% [markdown]
# ## 9 Can it learn to look?
#
# So far we set queries and keys by hand. Now let training find them. Two puzzles on random digits show the two ways of
# looking: by *content* and by *position*.
#
# - **Largest so far.** At each position, name the largest digit up to here.
# - **Three back.** At each position, name the digit three places earlier.


# %%
def largest_so_far(digits: Tensor) -> Tensor:
    """(B, T) -> (B, T)."""
    return digits.cummax(dim=1).values


def three_back(digits: Tensor) -> Tensor:
    """(B, T) -> (B, T); the first three answers do not count."""
    return F.pad(digits, (3, 0))[:, :-3]


digits = torch.tensor([[3, 1, 4, 1, 5, 9, 2, 6]])
print("digits        ", digits[0].tolist())
print("largest so far", largest_so_far(digits)[0].tolist())
print("three back    ", three_back(digits)[0].tolist())

# %% [markdown]
# The model is tiny: an embedding, one attention layer with a single head, and an output layer. We can switch off
# attention (`look=False`), or give all tokens the same position (`place=False`).


# %%
class Reader(nn.Module):
    """One attention head between an embedding and an output layer for ten digits."""

    def __init__(self, look: bool = True, place: bool = True, dim: int = 32) -> None:
        super().__init__()
        self.look, self.place = look, place
        self.embedding = nn.Embedding(10, dim)
        self.attention = Attention(dim, n_heads=1, n_kv_heads=1, head_dim=dim)
        self.head = nn.Linear(dim, 10, bias=False)

    def angles(self, n_tokens: int) -> tuple[Tensor, Tensor]:
        """Cosines and sines of the rotation; without places every token is at 0."""
        positions = torch.arange(n_tokens) * int(self.place)
        return rope_table(positions, self.attention.head_dim)

    def forward(self, digits: Tensor) -> Tensor:
        x = self.embedding(digits)  # (B, T, C)
        if self.look:
            x = x + self.attention(x, *self.angles(digits.shape[1]))
        return self.head(x)  # (B, T, 10)


# %%
def train(reader: Reader, puzzle, n_steps: int = 100) -> list[float]:
    """Train on random digits; return the losses."""
    optimizer, losses = torch.optim.AdamW(reader.parameters(), lr=1e-2), []
    for _ in range(n_steps):
        digits = torch.randint(10, (64, 12))
        logits, targets = reader(digits)[:, 3:], puzzle(digits)[:, 3:]
        loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %%
_ = torch.manual_seed(0)
n_threads = torch.get_num_threads()
torch.set_num_threads(1)  # for tiny tensors, several cores only wait for each other
by_content, by_place = Reader(), Reader()
content_losses = {
    "no attention": train(Reader(look=False), largest_so_far),
    "one head": train(by_content, largest_so_far),
}
place_losses = {
    "one head, no positions": train(Reader(place=False), three_back),
    "one head with RoPE": train(by_place, three_back),
}

# %%
_, axes = plt.subplots(1, 2, figsize=(8.4, 3))
for ax, title, losses in (
    (axes[0], "Largest so far", content_losses),
    (axes[1], "Three back", place_losses),
):
    plot_lines(range(100), losses, title=title, xlabel="step", ylabel="loss", ax=ax)
    ax.set_ylim(bottom=0)
plt.show()

# %% [markdown]
# *Left: without attention the loss stops above 1, with one head it goes to almost 0. Right: a head without positions
# stops near 1.7, with RoPE it goes to almost 0.* (Your numbers differ a little.)
#
# The second puzzle needs order. A head without positions sees the past as a bag of digits: it learns which digits
# occurred, but not which came three places ago. RoPE makes the distance visible.
#
# What did the two heads learn to look at? For the maps we compute scores and weights once more, up to the softmax,
# because `fused_attend` never shows them.


# %%
def attention_weights(layer: nn.Module, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """The map of every head of a layer: x of shape (B, T, C) -> (B, H, T, T)."""
    query, key = (
        apply_rope(
            project(x).unflatten(-1, (-1, layer.head_dim)).transpose(1, 2), cos, sin
        )
        for project in (layer.q_proj, layer.k_proj)
    )
    scores = query @ repeat_kv(key, query.shape[1]).transpose(-2, -1)
    visible = causal_mask(x.shape[1], x.shape[1])
    scores = (scores / math.sqrt(layer.head_dim)).masked_fill(~visible, -torch.inf)
    return scores.softmax(dim=-1)


# %%
digits = torch.tensor([[3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]])
labels = [str(digit) for digit in digits[0].tolist()]
reader_maps = []
with torch.no_grad():
    for reader in (by_content, by_place):
        x = reader.embedding(digits)
        reader_maps.append(
            attention_weights(reader.attention, x, *reader.angles(12))[0]
        )

_, axes = plt.subplots(1, 2, figsize=(8.6, 3.6))
draw_map(reader_maps[0][0], labels, "Trained on: largest so far", axes[0])
draw_map(reader_maps[1][0], labels, "Trained on: three back", axes[1])
plt.show()

# %% [markdown]
# *Left: every row reads from the largest digit so far, and the column changes when a larger one arrives (3, 4, 5, 9).
# Right: every row from the fourth on reads from exactly three places back, whatever digit stands there.*
#
# The same layer found two quite different rules. Nobody told it where to look; the loss did.

# %% [markdown]
# ## 10 On real weights: the maps of SmolLM2
#
# SmolLM2-135M is a model of the LLaMA family: 30 layers with 9 heads each, which share 3 key-value heads.
# A **hook** is a function that PyTorch calls when a layer runs. Ours notes what each attention layer was given.


# %%
from minillama.course.fetch import smollm2_path
from minillama.formats.gguf import load_gguf
from minillama.formats.tokenizer_files import load_tokenizer


def all_maps(model: nn.Module, tokens: Tensor) -> Tensor:
    """Maps of all layers and heads for one text: (1, T) -> (layers, H, T, T)."""
    given = []
    hooks = [
        layer.attention.register_forward_pre_hook(
            lambda _, args: given.append(args[:3])
        )
        for layer in model.layers
    ]
    with torch.no_grad():
        model(tokens)
        layers = [layer.attention for layer in model.layers]
        maps = [attention_weights(a, *args)[0] for a, args in zip(layers, given)]
    for hook in hooks:
        hook.remove()
    return torch.stack(maps)


# %%
if weights_file := smollm2_path():
    tokenizer = load_tokenizer(weights_file)
    ids = tokenizer.encode("The cat slept in the sun because it was tired")
    maps = all_maps(load_gguf(weights_file), torch.tensor([ids]))
    labels = [tokenizer.decode([i]) for i in ids]
    chosen = [(13, 8), (1, 2)]
else:
    print("The weights are missing: run `minillama fetch smollm2` in a terminal.")
    print("Below you see the two heads of section 9 instead, as layers 0 and 1.")
    maps = torch.stack(reader_maps)  # (2, 1, T, T)
    chosen = [(0, 0), (1, 0)]
print("layers, heads, queries, keys:", tuple(maps.shape))


# %%
def draw_head(layer: int, head: int, ax=None) -> None:
    """The map of one head."""
    draw_map(maps[layer, head], labels, f"Layer {layer}, head {head}", ax)


_, axes = plt.subplots(1, 2, figsize=(8.8, 3.9))
for ax, (layer, head) in zip(axes, chosen):
    draw_head(layer, head, ax)
plt.show()

# %% [markdown]
# *With SmolLM2: on the left, "it" reads mostly from "cat", the very thing this chapter began with. On the right, most
# tokens read their left neighbor.*
#
# You see a third pattern in the left map: rows that put much of their weight on the first token. How common is it?

# %%
on_first = maps[:, :, 1:, 0].mean(dim=-1)  # (layers, heads)
plot_matrix(
    on_first.T,
    title="Mean weight of the later tokens on the first one",
    xlabel="layer",
    ylabel="head",
    label="weight",
    vmin=0,
    vmax=1,
)
plt.show()
print(f"mean over all heads: {on_first.mean():.2f}")
print(f"heads above 0.9:     {(on_first > 0.9).sum()} of {on_first.numel()}")

# %% [markdown]
# *With SmolLM2: from layer 14 on, many heads give nearly all their weight to the first token. Over all layers and heads
# it gets about 0.6.*
#
# The weights of a softmax must sum to 1, so a head that finds nothing has to put its weight somewhere. Many heads learn
# to put it on the first token. This is called an **attention sink** (Xiao et al., 2023,
# [arXiv:2309.17453](https://arxiv.org/abs/2309.17453)).
#
# Browse the heads yourself. Can you find another in which "it" reads "cat", or one in which "tired" reads "slept"?

# %% tags=["nbval-ignore-output"]
explore(draw_head, layer=(0, maps.shape[0] - 1, 1), head=(0, maps.shape[1] - 1, 1))

# %% [markdown]
# A word of caution. A map shows from where a head reads, not why, and not what the model does with it. A large weight
# on a small value moves little. Maps suggest ideas; experiments must test them (Jain and Wallace, 2019,
# [arXiv:1902.10186](https://arxiv.org/abs/1902.10186)).

# %% [markdown]
# ## 11 What it costs
#
# Every query meets every key. So a text of $T$ tokens has $T^2$ scores in every head: twice the length, four times the
# scores. How large does the matrix get?

# %% tags=["nbval-check-output"]
for name, n_tokens in (
    ("LLaMA-7B", 2048),
    ("SmolLM2-135M", 8192),
    ("Llama-3.1-8B", 131072),
):
    n_scores = PRESETS[name].n_heads * n_tokens**2
    print(f"{name:13}{n_tokens:8,} tokens: {2 * n_scores / 2**30:8.2f} GiB of scores")

# %% [markdown]
# That is for *one* layer and *one* text, with 2 bytes for each score. At the full length of Llama 3.1 the scores of
# one layer would fill thirteen GPUs of 80 GiB.
#
# Do not take the formula's word for it; measure. PyTorch's profiler notes every piece of memory that PyTorch
# takes or gives back. Add up the changes in order of time; the largest sum is the **peak**.
# The last line tests the measuring tape itself: a million float32 numbers are 4,000,000 bytes, or 3.81 MiB.


# %%
from torch.profiler import ProfilerActivity, profile

os.environ.setdefault("KINETO_LOG_LEVEL", "99")  # the profiler shall not talk


def peak_memory(call, *heads: Tensor) -> float:
    """The most MiB that were taken at once during a call, its result included."""
    cpu = [ProfilerActivity.CPU]
    with torch.no_grad(), profile(activities=cpu, profile_memory=True) as record:
        call(*heads)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "trace.json"
        record.export_chrome_trace(str(file))
        events = json.loads(file.read_text(encoding="utf-8"))["traceEvents"]
    changes = [event for event in events if event.get("name") == "[memory]"]
    changes.sort(key=lambda event: event["ts"])
    return max(accumulate(event["args"]["Bytes"] for event in changes)) / 2**20


print(f"{peak_memory(torch.zeros, 1_000_000):.2f} MiB")

# %%
lengths, n_heads, head_dim = [256, 512, 1024, 2048, 4096], 2, 64
texts = [torch.randn(3, 1, n_heads, T, head_dim).unbind(0) for T in lengths]
memory = {
    "attend": [peak_memory(attend, *text) for text in texts],
    "fused_attend": [peak_memory(fused_attend, *text) for text in texts],
    "two matrices of scores": [2 * n_heads * T**2 * 4 / 2**20 for T in lengths],
}


def draw_memory() -> None:
    """Peak memory against length, on two logarithmic axes."""
    ax = plot_lines(
        lengths,
        memory,
        title="Peak memory of attention, 2 heads, float32 (yours will differ)",
        xlabel="tokens",
        ylabel="MiB",
    )
    ax.set(xscale="log", yscale="log")
    ax.set_xticks(lengths, [f"{T:,}" for T in lengths])
    ax.minorticks_off()


draw_memory()
plt.show()

# %% [markdown]
# *Both axes are logarithmic. The measured curve of `attend` runs just above the computed one, with slope 2: twice the
# length, four times the memory. `fused_attend` stays far below, with a slope of about 1.*
#
# Why two matrices of $H \cdot T^2$ numbers? Each step makes a new one while the one before is still alive: the scores and
# the masked scores, then the masked scores and the weights. (The mask itself is small: it has 1 byte for each entry,
# and heads share it.) During training it is worse, because the backward pass needs the weights and keeps them.
#
# Your numbers may differ by some MiB for the fused kernel, whose working memory depends on machine and version. The
# picture stays: one curve with $T^2$, the other with $T$.

# %% [markdown]
# ## 12 Attention without the matrix
#
# How can one compute a softmax over all keys without having all scores at once? Softmax seems to need them: its
# denominator is a sum over *all* keys. The trick is called **online softmax** (Milakov and Gimelshein, 2018,
# [arXiv:1805.02867](https://arxiv.org/abs/1805.02867)). FlashAttention is built on it (Dao et al., 2022,
# [arXiv:2205.14135](https://arxiv.org/abs/2205.14135)).
#
# We derive it in three steps, for a single query with scores $s_i$ and values $v_i$.
#
# ### Step 1: subtract the largest score
#
# A plain softmax overflows, because $e^{89}$ is already too large for float32.

# %%
large = torch.tensor([90.0, 91.0])
print("e to the scores:    ", torch.exp(large))
print("minus the largest m:", torch.exp(large - large.max()))

# %% [markdown]
# Subtracting the largest score $m$ from all scores does not change the weights. Both the numerator and the
# denominator get the factor $e^{-m}$, and it cancels:
#
# $$\frac{e^{s_i - m}}{\sum_j e^{s_j - m}} = \frac{e^{-m}\, e^{s_i}}{e^{-m} \sum_j e^{s_j}}$$
#
# Now every exponent is at most 0, so nothing overflows. Every serious softmax works this way. It reads the scores
# at least twice: once for $m$, once for the sum.
#
# ### Step 2: two running sums
#
# The answer of attention is a fraction, too. Write $t$ (total) for the denominator and $g$ (gathered) for the
# numerator:
#
# $$\text{answer} = \frac{g}{t}, \qquad g = \sum_i e^{s_i - m}\, v_i, \qquad t = \sum_i e^{s_i - m}$$
#
# Both are plain sums over the keys. Sums can be collected block by block, each block forgotten afterwards. There is one
# obstacle: $m$ is the largest of *all* scores, and we do not know it before we have seen the last block.
#
# ### Step 3: correct as you go
#
# So use the largest score *so far*. When a block brings a larger one, the sums so far were computed with an $m$ that
# was too small. But that is easily mended. For every term of the sums,
#
# $$e^{s_i - m_{\text{new}}} = e^{s_i - m_{\text{old}}} \cdot e^{m_{\text{old}} - m_{\text{new}}}$$
#
# The second factor is the same for all terms. Multiply both sums by it, and they are what they would have been. We call
# it `shrink`, because it is never larger than 1.
#
# Follow one example by hand: scores 1, 3, 2, 5 and values 10, 20, 30, 40, in blocks of two.
#
# | | largest | shrink | weights | total | gathered |
# |---|---|---|---|---|---|
# | start | $-\infty$ | | | 0 | 0 |
# | block 1, 3 | 3 | $e^{-\infty} = 0$ | $e^{-2} = 0.135$, $e^0 = 1$ | 1.135 | $1.353 + 20 = 21.353$ |
# | block 2, 5 | 5 | $e^{3-5} = 0.135$ | $e^{-3} = 0.050$, $e^0 = 1$ | $0.154 + 1.050 = 1.203$ | $2.890 + 41.494 = 44.383$ |
#
# The answer is $44.383 / 1.203 = 36.88$. In code:

# %% tags=["nbval-check-output"]
one_scores = torch.tensor([1.0, 3.0, 2.0, 5.0])
one_values = torch.tensor([10.0, 20.0, 30.0, 40.0])
largest, total, gathered = torch.tensor(-torch.inf), 0.0, 0.0
for block in (slice(0, 2), slice(2, 4)):
    new_largest = torch.maximum(largest, one_scores[block].max())
    shrink = torch.exp(largest - new_largest)
    weights = torch.exp(one_scores[block] - new_largest)
    total = total * shrink + weights.sum()
    gathered = gathered * shrink + (weights * one_values[block]).sum()
    largest = new_largest
    print(f"largest {largest:.0f}  total {total:.3f}  gathered {gathered:.3f}")
print(f"one pass {gathered / total:.4f}")
print(f"softmax  {(one_scores.softmax(dim=0) * one_values).sum():.4f}")

# %% [markdown]
# Equal, and no step needed more than two scores. The figure shows the same for 24 keys.


# %%
def draw_online(block_size: int = 4) -> None:
    """Scores, the largest so far, and the answer so far, block by block."""
    generator = torch.Generator().manual_seed(289)
    scores = 2 * torch.randn(24, generator=generator)
    values = torch.randn(24, generator=generator)
    ends = [*range(block_size, 24, block_size), 24]
    so_far = [(scores[:end].softmax(dim=0) * values[:end]).sum() for end in ends]
    _, axes = plt.subplots(1, 2, figsize=(8.4, 3))
    axes[0].bar(range(24), scores, color="lightgray", label="score")
    largest = scores.cummax(dim=0).values[[end - 1 for end in ends]]
    axes[0].step(
        [0, *ends], [largest[0], *largest], where="pre", label="largest so far"
    )
    axes[0].set(title="Scores", xlabel="key", ylim=(-5, 7))
    axes[0].legend(loc="upper left", ncols=2)
    axes[1].plot(ends, so_far, marker="o")
    axes[1].axhline(so_far[-1], color="black", linewidth=1, linestyle=":")
    title = f"Answer so far, blocks of {block_size}"
    axes[1].set(title=title, xlabel="keys read", xlim=(0, 25), ylim=(-2, 2))


draw_online()
plt.show()

# %% [markdown]
# *Left: whenever the step line rises, the sums so far are shrunk. Right: gathered / total is at every moment the exact
# answer for the keys read so far, and at the end the answer for all (dotted).*

# %% tags=["nbval-ignore-output"]
explore(draw_online, block_size=(1, 24, 1))

# %% [markdown]
# The block size changes how often the sums are updated. The final answer stays the same.
#
# ### Exercise 5 · `online_attend` (difficulty 4 of 5, 20 minutes)
#
# Now for all queries, heads and texts at once, with the causal mask. The blocks, their scores and the mask are given.
# You write the update inside the loop and, after the loop, the return. `largest` and `total` have shape
# $(..., T, 1)$: one number for every query.
# `scores.amax(dim=-1, keepdim=True)` gives the largest score of a block in this shape.


# %%
@exercise("attention.online_attend")
def online_attend(
    query: Tensor, key: Tensor, value: Tensor, block_size: int = 64
) -> Tensor:
    """Causal attention in one pass over blocks of keys, without the (T, S) matrix.

    Args:
        query: shape (..., T, D).
        key: shape (..., S, D), as many heads as ``query``, S at least T.
        value: shape (..., S, D).
        block_size: number of keys to look at together.

    Returns:
        Shape (..., T, D): the same as softmax attention, up to rounding.
    """
    n_queries, n_keys = query.shape[-2], key.shape[-2]
    place = torch.arange(n_keys, device=query.device)
    position = place[n_keys - n_queries :].unsqueeze(-1)  # (T, 1)
    largest = torch.full_like(query[..., :1], -torch.inf)  # (..., T, 1)
    total = torch.zeros_like(largest)
    gathered = torch.zeros_like(query)  # (..., T, D)
    for start in range(0, n_keys, block_size):
        keys = key[..., start : start + block_size, :]
        values = value[..., start : start + block_size, :]
        scores = query @ keys.transpose(-2, -1) / math.sqrt(query.shape[-1])
        hidden = place[start : start + block_size] > position
        scores = scores.masked_fill(hidden, -torch.inf)  # (..., T, block)
        ### BEGIN SOLUTION
        new_largest = torch.maximum(largest, scores.amax(dim=-1, keepdim=True))
        shrink = torch.exp(largest - new_largest)
        weights = torch.exp(scores - new_largest)
        total = total * shrink + weights.sum(dim=-1, keepdim=True)
        gathered = gathered * shrink + weights @ values
        largest = new_largest
    return gathered / total
    ### END SOLUTION


# %%
query, key, value = torch.randn(3, 1, 2, 300, 64).unbind(0)
exact = attend(query, key, value)
for block_size in (7, 64, 1000):
    difference = (online_attend(query, key, value, block_size) - exact).abs().max()
    print(f"blocks of {block_size:4}: largest difference {difference:.1e}")

memory["online_attend"] = [peak_memory(online_attend, *text) for text in texts]
draw_memory()
plt.show()

# %% [markdown]
# *The differences are about a millionth: rounding, nothing else. And `online_attend` grows with a slope of about 1,
# like the fused kernel. Only the factor differs.*
#
# Ours still holds a block of scores for *all* queries at once. FlashAttention also cuts the queries into blocks, small
# enough for the fast memory inside the chip. It does not do less arithmetic: the $T^2$ products remain. It wins because
# the scores never travel to the large, slow memory and back. In the backward pass it computes them again from
# queries and keys instead of storing them.
#
# ### Time
#
# Memory is one thing, time another. From here on PyTorch may use all cores again. We take the best of three runs.


# %%
def seconds(call, *heads: Tensor) -> float:
    """The shortest of three runs."""
    runs = []
    for _ in range(3):
        start = time.perf_counter()
        with torch.no_grad():
            call(*heads)
        runs.append(time.perf_counter() - start)
    return min(runs)


torch.set_num_threads(n_threads)  # all cores again
calls = {
    "attend": attend,
    "online_attend": lambda *heads: online_attend(*heads, block_size=256),
    "fused_attend": fused_attend,
}
timed = texts[:4]
milliseconds = {
    name: [1000 * seconds(call, *text) for text in timed]
    for name, call in calls.items()
}

# %%
ax = plot_lines(
    lengths[:4],
    milliseconds,
    title="Time of attention, 2 heads, float32 (yours will differ)",
    xlabel="tokens",
    ylabel="milliseconds",
)
ax.set(xscale="log", yscale="log")
ax.set_xticks(lengths[:4], [f"{T:,}" for T in lengths[:4]])
ax.minorticks_off()
plt.show()
factor = milliseconds["attend"][-1] / milliseconds["fused_attend"][-1]
print(f"at 2,048 tokens fused_attend is {factor:.1f} times as fast as attend")

# %% [markdown]
# *For long texts all three curves rise with a slope of about 2, because all do $T^2$ work. The fused kernel lies
# lowest.*
#
# Expect a factor between 2 and 20 for long texts on a laptop's CPU. `online_attend` is hardly faster
# than `attend`, if at all: its loop runs in Python, and each step passes its results through main memory.
# The idea saves memory; the kernel turns it into speed.

# %% [markdown]
# ## 13 What can go wrong
#
# Attention invites silent bugs: the code runs, the shapes fit, and the result is wrong.
#
# | mistake | what you see | the test that catches it |
# |---|---|---|
# | weights set to 0 after the softmax | future leaks, weights sum to less than 1 | values of 1 must give 1 (section 4) |
# | mask aligned to the first key | fine in training, bad with a cache | pieces equal the whole (section 8) |
# | heads split or merged without `transpose` | a loss that is too good | change the last token; digits (section 5) |
# | scores not divided by $\sqrt D$ | saturated weights, small gradients | a value worked by hand (section 3) |
# | divided twice: by hand and by PyTorch's function | weights too even | compare with PyTorch |
# | key-value heads in the wrong order | real weights talk nonsense | digits (section 6) |
# | values rotated as well | the same text differs elsewhere | move the text (section 8) |
# | True and False swapped in the mask | see below | draw the map |
#
# The last row deserves a look. PyTorch itself uses *both* conventions. In `scaled_dot_product_attention`, True means
# "may look". In its older module `nn.MultiheadAttention`, True means "must not look".

# %%
x = torch.randn(1, 4, 8)
older = nn.MultiheadAttention(8, num_heads=1, batch_first=True)
with torch.no_grad():
    for mask in (causal_mask(4, 4), ~causal_mask(4, 4)):
        print(older(x, x, x, attn_mask=mask)[1][0])

# %% [markdown]
# With our mask as it is, the module shows every token the future and nothing else. The last token has nothing to look
# at. A softmax over nothing is 0 / 0, so its row is NaN (some kernels return 0 instead). With `~` the map is causal.
#
# NaN at least makes itself heard. A mask that hides the wrong half *without* an empty row does not.
#
# ### Exercise 6 · find the bug (difficulty 2 of 5, 5 minutes)
#
# This function attends with heads that lie side by side. It calls your `attend`, which is right. It has exactly one
# bug. Find it and mend that line.


# %%
@exercise("attention.attend_side_by_side")
def attend_side_by_side(
    query: Tensor, key: Tensor, value: Tensor, n_heads: int
) -> Tensor:
    """Causal attention for heads that lie side by side: (B, T, H * D) in and out."""
    ### BEGIN SOLUTION
    batch, n_tokens, width = query.shape
    heads = [
        x.unflatten(-1, (n_heads, -1)).transpose(1, 2) for x in (query, key, value)
    ]
    gathered = attend(*heads)
    return gathered.transpose(1, 2).reshape(batch, n_tokens, width)
    ### INSTEAD
    # batch, n_tokens, width = query.shape
    # heads = [
    #     x.unflatten(-1, (n_heads, -1)).transpose(1, 2) for x in (query, key, value)
    # ]
    # gathered = attend(*heads)
    # return gathered.reshape(batch, n_tokens, width)
    ### END SOLUTION


# %% [markdown]
# ## 14 Summary
#
# - Attention is the only layer that moves information between tokens. A query is compared with all keys it may see, a
#   softmax turns scores into weights, and the answer is the weighted mean of the values.
# - Scores are divided by $\sqrt D$, so that the softmax does not saturate.
# - The causal mask hides the future with $-\infty$ before the softmax. The last query stands at the last key.
# - Heads look for different things in parallel. In GQA several query heads share one head of keys and values,
#   which makes the KV cache smaller.
# - RoPE rotates queries and keys, so that scores know distances. Values stay as they are.
# - The matrix of scores grows with $T^2$. Online softmax computes the same answer in one pass over the keys, in memory
#   that grows with $T$. Fused kernels do this on the chip.
#
# The board shows which of your answers passed. They are saved in `work/mine/attention.py`, and chapter 06 builds a
# whole model out of them.

# %% tags=["nbval-ignore-output"]
board(chapter=5)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. A query scores two keys with 0 and ln 3. What are the weights?</summary>
#
# The exponentials are 1 and 3, so the weights are 1/4 and 3/4.
# </details>
#
# <details><summary>2. You read a prompt of 100 tokens in pieces of 40. What shape has the mask of the third piece?</summary>
#
# The third piece has 20 queries, and there are 100 keys by then: (20, 100). Its first row allows 81 keys.
# </details>
#
# <details><summary>3. A model has 32 query heads and 8 key-value heads. Which key-value head does query head 13 use?</summary>
#
# Groups of 32 / 8 = 4 are consecutive: heads 12 to 15 use key-value head 3.
# </details>
#
# <details><summary>4. Why are the keys rotated before they enter the cache, and not after they leave it?</summary>
#
# A key's rotation depends only on its own position, which never changes. Rotated once and stored, it need not be
# rotated again at every later step.
# </details>
#
# <details><summary>5. Your text gets four times as long. By which factors do the arithmetic of attention, the memory of
# <code>attend</code> and the memory of a fused kernel grow?</summary>
#
# By about 16, 16 and 4.
# </details>
#
# <details><summary>6. In online softmax, what is shrink if a block brings no larger score?</summary>
#
# $e^0 = 1$: the sums so far stay as they are.
# </details>
#
# ## Further reading
#
# - Vaswani et al., 2017, *Attention Is All You Need*, [arXiv:1706.03762](https://arxiv.org/abs/1706.03762).
# - Ainslie et al., 2023, *GQA*, [arXiv:2305.13245](https://arxiv.org/abs/2305.13245); Shazeer, 2019, *Fast Transformer
#   Decoding: One Write-Head is All You Need*, [arXiv:1911.02150](https://arxiv.org/abs/1911.02150).
# - Milakov and Gimelshein, 2018, *Online normalizer calculation for softmax*,
#   [arXiv:1805.02867](https://arxiv.org/abs/1805.02867).
# - Dao et al., 2022, *FlashAttention*, [arXiv:2205.14135](https://arxiv.org/abs/2205.14135).
# - Touvron et al., 2023, *LLaMA*, [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.4 on the fused kernel.
#
# Next: chapter 06, **LLaMA**, where the layers become a model and real weights begin to speak.
