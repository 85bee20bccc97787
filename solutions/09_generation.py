# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 09 · Generation: writing text, one token at a time
#
# A trained model answers one question: which token comes next? To write, you choose a token, append it, and ask again.
# Done carelessly, this gets slower with every word, and the text goes round in circles.
#
# In this chapter you build the **KV cache**, which reads every token once, and the ways to **choose** a token. Then you
# write many texts at once, texts without end, and texts that a small model drafts for a large one.
#
# | | |
# |---|---|
# | You will write | `LayerCache`, `write`, `keep_top_p`, `accept`, `beam_search`, and one bug fix |
# | You need | chapters 05 (attention) and 06 (the model) |
# | Time | about 90 minutes, 72 of them for the six exercises |

# %% [markdown]
# ## 1 Why writing gets slower and slower

# %%
import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import Tensor

from minillama.cache import KVCache
from minillama.course import board, exercise, hint, my_llama, show_solution
from minillama.course.generation_plots import draw_acceptance, draw_left, draw_roofline
from minillama.course.plots import (
    draw_diagram,
    plot_bars,
    plot_lines,
    plot_matrix,
    use_course_style,
    use_log_scale,
)
from minillama.course.shipped import load_draft, load_shipped
from minillama.course.show import Table
from minillama.course.widgets import explore
from minillama.model import Llama

use_course_style()
torch.set_num_threads(1)  # steps of one token are so small that threads cost more than they bring
plt.rcParams["figure.dpi"] = 90
torch.set_grad_enabled(False)  # nothing is trained in this chapter
_ = torch.manual_seed(0)

# %%
labels = {
    "prompt": "prompt",
    "model": "model",
    "scores": "scores of\nall tokens",
    "filter": "filters\nsection 6",
    "pick": "pick one\nsection 5",
    "text": "show it\nsection 7",
}
boxes = {name: (1.2 * x, 0, label) for x, (name, label) in enumerate(labels.items())}
boxes["cache"] = (1.2, -0.9, "KV cache\nsection 2")
arrows = [*zip(labels, list(labels)[1:]), ("cache", "model"), ("model", "cache")]
draw_diagram(boxes, arrows, bypasses=[("pick", "model")], highlight=["cache", "filter", "pick"],
             title="How a model writes", figsize=(8, 2.9))  # fmt: skip
plt.show()

# %% [markdown]
# *The model reads the prompt and scores every token of its vocabulary. Filters remove some, one is picked, and the model
# reads it as well. What it needs to remember of earlier tokens lies in the cache. You build the orange boxes.*
#
# Begin without a cache. The model is the one that ships with the course: 4.9 million parameters that have read the town
# of Alderbrook (chapters 07 and 08). Its context is 512 tokens.

# %%
from minillama.generation import last_logits

town, town_tokenizer = load_shipped()
PROMPT = [town_tokenizer.bos_id, *town_tokenizer.encode("One morning")]


def write_naively(model: Llama, prompt: list[int], n: int) -> tuple[list[int], list]:
    """The most likely text, reading everything anew at each step; and the seconds of each."""
    text, seconds = list(prompt), []
    for _ in range(n):
        start = time.perf_counter()
        hidden = model.hidden_states(torch.tensor([text]))  # all of it, again
        text.append(model.lm_head(hidden[:, -1]).argmax().item())
        seconds.append(time.perf_counter() - start)
    return text[len(prompt) :], seconds


# %%
def write_cached(model: Llama, prompt: list[int], n: int) -> tuple[list[int], list]:
    """The same with a KV cache: the prompt once, then one token per step."""
    cache, unread = KVCache(model.config.n_layers, len(prompt) + n), list(prompt)
    text, seconds = [], []
    for _ in range(n):
        start = time.perf_counter()
        unread = [last_logits(model, torch.tensor([unread]), cache).argmax().item()]
        text += unread
        seconds.append(time.perf_counter() - start)
    return text, seconds


N_NEW = 160
loops = {"reads everything anew": write_naively, "with a cache": write_cached}
texts, seconds = {}, {}
for name, loop in loops.items():
    runs = [loop(town, PROMPT, N_NEW) for _ in range(2)]
    texts[name] = runs[0][0]
    seconds[name] = torch.tensor([times for _, times in runs]).amin(dim=0)  # less noise
print("same text:", texts["reads everything anew"] == texts["with a cache"])
print(town_tokenizer.decode(texts["with a cache"])[:150], "...")

# %%
groups = {  # the median of 16 steps
    name: 1000 * times.view(-1, 16).median(dim=1).values
    for name, times in seconds.items()
}
sums = {name: times.cumsum(dim=0) for name, times in seconds.items()}
_, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2))
plot_lines(range(8, N_NEW, 16), groups, title="Time of one token (yours will differ)",
           xlabel="token", ylabel="milliseconds", ax=left)  # fmt: skip
plot_lines(range(1, N_NEW + 1), sums, title="Time of the whole text",
           xlabel="tokens written", ylabel="seconds", ax=right)  # fmt: skip
left.set_ylim(bottom=0)
plt.show()

# %% [markdown]
# *Left: without a cache each token takes longer than the one before, because the text to read grows. Right: so the whole
# grows with the square of the length. With a cache a token takes nearly the same time anywhere, and the whole is a
# straight line.*
#
# Expect the naive loop to be 2 to 15 times slower at the end. Count what was read. A prompt of $P$ tokens
# and $n$ new ones make the naive loop read $P + (P + 1) + \dots + (P + n - 1) = nP + n(n-1)/2$ tokens.

# %% tags=["nbval-check-output"]
P, n = len(PROMPT), N_NEW
naive, cached = n * P + n * (n - 1) // 2, P + n - 1
print(f"prompt {P}, new {n}: {naive:,} tokens read naively, {cached} with a cache")
print(f"for 2,000 new tokens: {2000 * P + 2000 * 1999 // 2:,} and {P + 1999:,}")

# %% [markdown]
# ## 2 What stays the same
#
# Why may the model skip what it has read? Look at attention (chapter 05). A token asks with its **query**, and earlier
# tokens answer with their **keys** and **values**. And attention is causal: a token never looks at later ones. So a new
# token at the end changes nothing for the tokens before it, in any layer. Check it: read 10 tokens, then read 40 that
# begin with the same 10.


# %% tags=["nbval-check-output"]
def keys_and_values(model: Llama, ids: list[int]) -> list[Tensor]:
    """What k_proj and v_proj compute in every layer, each of shape (T, K * D)."""
    found = []
    hooks = [
        part.register_forward_hook(lambda part, given, result: found.append(result[0]))
        for layer in model.layers
        for part in (layer.attention.k_proj, layer.attention.v_proj)
    ]
    model.hidden_states(torch.tensor([ids]))
    for hook in hooks:
        hook.remove()
    return found


story = [*PROMPT, *texts["with a cache"]]
pairs = zip(keys_and_values(town, story[:10]), keys_and_values(town, story[:40]))
same = [torch.allclose(short, long[:10], atol=1e-4) for short, long in pairs]
print(f"{len(same)} tensors, all equal for the first 10 tokens: {all(same)}")

# %% [markdown]
# So keys and values of old tokens can be kept. And their queries? Nobody needs them again. A query serves one purpose, to
# compute the output at its own position, and at old positions the output is known. Per step and layer there is one new
# query, one new key and one new value.
#
# The keys are kept *after* their rotation (chapter 02). A rotation depends on the token's own position alone, and that
# never changes.

# %%
steps = torch.arange(10)[:, None]
position = torch.arange(14)
naive_picture = (position < 4 + steps).float()
cached_picture = 0.35 * naive_picture
cached_picture[0, :4] = 1
cached_picture[steps[1:, 0], 3 + steps[1:, 0]] = 1
_, axes = plt.subplots(1, 2, figsize=(8.5, 2.9), sharey=True)
for ax, picture, title in zip(
    axes, (naive_picture, cached_picture), ("Without a cache", "With a cache")
):
    ax.imshow(picture, aspect="auto", vmin=0, vmax=1, cmap="Blues")
    ax.set(title=title, xlabel="position in the text")
    ax.grid(visible=False)
axes[0].set_ylabel("step")
plt.show()

# %% [markdown]
# *Dark: what the model reads at a step. Pale: what lies in the cache. A prompt of 4 tokens, then 9 steps. Without a cache the
# dark area is a triangle, with a cache it is the prompt and a diagonal.*
#
# ### Exercise 1 · `LayerCache` (difficulty 2 of 5, 10 minutes)
#
# The cache of one layer is two tensors with room for `capacity` tokens, and a number that says how many are there. You
# could also join old and new with `torch.cat` at each step, but that copies the whole text every time: the square again.
# So the memory is taken once, at the first call. The attention of chapter 05 calls `append` and gets back everything so
# far, as **views**: tensors that show a part of the store without copying it.


# %%
@exercise("cache.LayerCache")
class LayerCache:
    """Keys and values of one layer.

    Args:
        capacity: largest number of tokens the cache can hold.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.length = 0
        self._keys: Tensor | None = None
        self._values: Tensor | None = None

    def append(
        self, key: Tensor, value: Tensor
    ) -> tuple[Tensor, Tensor, Tensor | None]:
        """Store the new keys and values and return all so far.

        Args:
            key: shape (B, K, T, D), already rotated.
            value: shape (B, K, T, D).

        Returns:
            Two views of shape (B, K, S, D), valid until the next call; and which of them
            each new token may look at: None, for all up to its own place.
        """
        end = self.length + key.shape[2]
        if end > self.capacity:
            raise ValueError(
                f"cannot add {key.shape[2]} tokens: {self.length} of {self.capacity} places are taken. "
                "Create the cache with a larger capacity"
            )
        ### BEGIN SOLUTION
        if self._keys is None:
            self._keys = key.new_empty(*key.shape[:2], self.capacity, key.shape[3])
            self._values = value.new_empty(
                *value.shape[:2], self.capacity, value.shape[3]
            )
        if key.shape[0] != self._keys.shape[0]:
            raise ValueError(
                f"the cache holds a batch of {self._keys.shape[0]}, got {key.shape[0]}: use a new cache"
            )
        self._keys[:, :, self.length : end] = key
        self._values[:, :, self.length : end] = value
        self.length = end
        return self._keys[:, :, :end], self._values[:, :, :end], None
        ### END SOLUTION

    def rewind(self, length: int) -> None:
        """Forget the tokens after the first ``length``; see ``KVCache.rewind``."""
        self.length = length


# %% [markdown]
# (The solution also refuses a batch of another size; yours need not.) A model needs one such part per layer. `KVCache`
# holds them in a list, and this function fills the list with yours.


# %%
def new_cache(model: Llama, capacity: int) -> KVCache:
    """An empty cache made of your LayerCache."""
    cache = KVCache(model.config.n_layers, capacity)
    cache.layers = [LayerCache(capacity) for _ in cache.layers]
    return cache


# %% [markdown]
# ### The proof
#
# A cache is right if nobody can tell that it is there. So compare all scores at *every* position: the text read at once
# without a cache, and with one, in three ways.

# %% tags=["nbval-check-output"]
text = torch.tensor([story[:60]])
whole = town(text)  # (1, 60, V), no cache
for name, size in {"at once": 60, "chunks of 7": 7, "token by token": 1}.items():
    cache = new_cache(town, 60)
    logits = torch.cat([town(part, cache) for part in text.split(size, dim=1)], dim=1)
    equal = torch.isclose(logits, whole, atol=1e-3).all(dim=-1)
    print(f"{name:15} equal at {int(equal.sum())} of 60 positions")

# %% [markdown]
# Reading in chunks is not only a test. Servers read long prompts in chunks, so that a single one does not block all others
# (chapter 17), and chunks need less memory.
#
# Two things had to be right. `hidden_states` begins its positions at `cache.length` and not at 0. And the mask says that
# the last query stands at the last key (`causal_mask`, chapter 05). Section 12 shows what happens otherwise.
#
# ### Exercise 2 · `write` (difficulty 2 of 5, 8 minutes)
#
# Now the loop that writes. The cache is handed in, and `pick` chooses a token from scores of shape (1, V). At each step
# the model reads what it has not read yet.


# %%
@exercise("generation.write")
@torch.no_grad()
def write(
    model: Llama,
    prompt: Sequence[int],
    n: int,
    pick: Callable[[Tensor], Tensor],
    cache: KVCache,
) -> list[int]:
    """Continue a prompt by n tokens: read it once, then one token per step.

    Args:
        model: ``model.hidden_states(tokens, cache)`` gives (1, T, C), ``model.lm_head`` scores.
        prompt: token ids.
        n: number of tokens to write.
        pick: takes logits of shape (1, V), returns one id, shape (1,).
        cache: an empty cache with room for all that is read.

    Returns:
        The n new ids, without the prompt.
    """
    ### BEGIN SOLUTION
    unread, written = torch.tensor([prompt]), []  # (1, T)
    for _ in range(n):
        last = model.hidden_states(unread, cache)[:, -1]  # (1, C)
        chosen = pick(model.lm_head(last))  # (1,)
        written.append(chosen.item())
        unread = chosen.unsqueeze(1)  # (1, 1)
    return written
    ### END SOLUTION


# %% tags=["nbval-check-output"]
def best(logits: Tensor) -> Tensor:
    """The most likely token: greedy decoding."""
    return logits.argmax(dim=-1)


mine = write(town, PROMPT, N_NEW, best, new_cache(town, P + N_NEW))
print("same text as without a cache:", mine == texts["reads everything anew"])

# %% [markdown]
# Only the last vector goes through the head. For a prompt of 1,000 tokens, scores at all positions would be 1,000 times the
# work of that layer, and nobody looks at them.
#
# ### Where the state lives
#
# The model itself has not changed: its weights are the same before and after. All that was remembered lies in the cache,
# which you created and can drop. Some libraries store the cache *inside* the model. Then two texts at once overwrite each
# other's memory, and a forgotten reset leaks one user's words into the next user's answer. Here two texts take turns on
# one model, token by token.

# %% tags=["nbval-check-output"]
from minillama import generate

openings = ["The bakery", "In the woods"]
prompts = [[town_tokenizer.bos_id, *town_tokenizer.encode(text)] for text in openings]
alone = [list(generate(town, prompt, 20)) for prompt in prompts]
taking_turns = zip(*(generate(town, prompt, 20) for prompt in prompts))
print("as if alone:", [list(text) for text in zip(*taking_turns)] == alone)

# %% [markdown]
# `generate` is the package's loop: yours, with checks, chunks, filters and stop ids. It hands out each token as soon as it
# is chosen.
#
# ## 3 What the cache costs
#
# A token leaves one key and one value of D numbers in each of the K key-value heads of each layer:
#
# $$\text{bytes per token} = 2 \cdot \text{layers} \cdot K \cdot D \cdot \text{bytes per number}$$
#
# For LLaMA-7B in float16 that is $2 \cdot 32 \cdot 32 \cdot 128 \cdot 2 = 524{,}288$ bytes, half a MiB for every token. The
# contexts below are those that the models were published with.

# %% tags=["nbval-check-output"]
from minillama.budget import forward_flops, kv_cache_bytes, weight_bytes
from minillama.config import PRESETS

NAMES = ("LLaMA-7B", "LLaMA-13B", "LLaMA-33B", "LLaMA-65B")
NAMES += ("Llama-2-70B", "Llama-3-8B", "Llama-3-70B", "SmolLM2-135M")
rows = []
for name in NAMES:
    c = PRESETS[name]
    heads = f"{c.n_heads} / {c.n_kv_heads}"
    kib, full = kv_cache_bytes(c) / 2**10, kv_cache_bytes(c, c.max_seq_len) / 2**30
    texts = weight_bytes(c, 16) / kv_cache_bytes(c, c.max_seq_len)
    rows.append(
        (
            name,
            heads,
            f"{kib:,.1f}",
            f"{c.max_seq_len:,}",
            f"{full:.4f}",
            f"{texts:.1f}",
        )
    )
Table(
    ("model", "heads H / K", "KiB per token", "context", "GiB when full", "texts"), rows
)

# %% [markdown]
# The last column says how many full texts weigh as much as the weights, both in float16. LLaMA 1 gives every query head
# its own keys and values. Llama 2 70B shares each among 8 query heads (grouped-query attention, chapter 05), and so its
# cache is an eighth of that of the slightly smaller LLaMA-65B.
#
# The next way to save is fewer bits. `Int8Cache` stores each vector as 8-bit integers and one scale, its largest entry
# divided by 127. Rounding moves an entry by at most half a scale, 1/254 of the largest entry of its vector. Chapter 10 is
# about such tricks.

# %% tags=["nbval-check-output"]
from minillama.quantized_cache import Int8Cache

vector = torch.randn(1, 1, 1, 64)
rounded, _, _ = Int8Cache(1, capacity=1).layers[0].append(vector, vector)
error = (rounded - vector).abs().max() / vector.abs().max()
print(f"error at most 1/254 of the largest entry: {bool(error <= 1 / 254 + 1e-6)}")
print(f"bytes of a vector of 64: float16 {64 * 2}, int8 {64 + 4} with its scale")
int8 = torch.cat([town(t, c) for c in [Int8Cache(4, 60)] for t in text.split(1, 1)], 1)
agree = (int8.argmax(dim=-1) == whole.argmax(dim=-1)).float().mean().item()
print(f"same best token at {agree:.0%} of 60 positions")

# %% [markdown]
# ## 4 Prefill and decode on a roofline
#
# Reading the prompt is called **prefill**, writing token by token **decode**. Both do the same arithmetic per token. Yet
# they run at very different speeds. The reason is memory.
#
# To multiply, a processor must first fetch the weights from memory. In decode every weight of the model is fetched to
# treat *one* token: one multiplication and one addition. In float32 a weight has 4 bytes, so that is 2 FLOPs for 4 bytes.
# In the prefill of 100 tokens a weight is fetched once and used 100 times: 200 FLOPs for 4 bytes. The ratio is called
# **arithmetic intensity**.
#
# | | FLOPs per weight | bytes per weight | intensity |
# |---|---|---|---|
# | decode, float32 | 2 | 4 | 0.5 |
# | prefill of T tokens, float32 | 2T | 4 | T/2 |
# | decode of B texts at once | 2B | 4 | B/2 |
#
# A machine has two limits: how fast its memory delivers, and how fast it computes. So a program of intensity $I$ can reach
# at most
#
# $$\text{FLOP/s} \le \min(\text{peak},\; \text{bandwidth} \cdot I)$$
#
# Drawn over $I$ this looks like a roof (Williams et al., 2009). Measure both limits of *your* machine. For bandwidth: a
# matrix much larger than the processor's caches, times one vector. For the peak: a large matrix times another.


# %%
def fastest(call: Callable[[], object], n: int = 5) -> float:
    """Seconds of the fastest of n runs."""
    seconds = []
    for _ in range(n):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


large, vector = torch.randn(8192, 4096), torch.randn(1, 4096)  # 134 MB
BANDWIDTH = large.numel() * 4 / fastest(lambda: F.linear(vector, large))
square = torch.randn(768, 768)
PEAK = 2 * 768**3 / fastest(lambda: square @ square)
print(f"{torch.get_num_threads()} thread(s); yours will differ")
print(f"memory {BANDWIDTH / 1e9:.0f} GB/s, arithmetic {PEAK / 1e9:.0f} GFLOP/s")

# %% [markdown]
# Expect 8 to 100 GB/s and 30 to 2,000 GFLOP/s on a laptop or a small server. A data-center GPU has thousands of GB/s and
# hundreds of thousands of GFLOP/s.
#
# The town's model is too small for this: it fits into the processor's caches. So take a real one. As in chapter 06,
# `my_llama` builds SmolLM2-135M out of your own parts, and from now on your `LayerCache` is one of them.

# %% tags=["nbval-ignore-output"]
from minillama.course.fetch import smollm2_path
from minillama.formats.gguf import load_gguf
from minillama.formats.tokenizer_files import load_tokenizer

path = smollm2_path()
if path is None:
    print(
        "The weights of SmolLM2 are missing: run `minillama fetch smollm2` in a terminal."
    )
    print("This notebook goes on with the small model of the town; texts will differ.")
    real, real_tokenizer, NAME = town, town_tokenizer, "the town's model"
else:
    real, real_tokenizer = load_gguf(path, build=my_llama), load_tokenizer(path)
    NAME = "SmolLM2-135M"
real.requires_grad_(False)
WEIGHT_BYTES = sum(w.numel() * 4 for w in real.parameters())  # float32
print(f"{NAME}: {WEIGHT_BYTES / 1e6:,.0f} MB of weights in float32")

# %% [markdown]
# FLOPs come from `forward_flops` (chapter 06). Bytes are the weights once, and the keys and values that are written or
# read. We leave out the small vectors that travel between layers.


# %%
def measure(n_new: int, n_before: int = 0, model: Llama = real) -> tuple[float, float]:
    """Intensity and speed of reading n_new tokens after n_before others, in float32."""
    before = torch.randint(1000, (1, n_before + 1))
    tokens = torch.randint(1000, (1, n_new))
    n_total = n_before + 1 + n_new
    cache = KVCache(real.config.n_layers, n_total)
    model.hidden_states(before, cache)

    def run() -> None:
        cache.rewind(n_before + 1)
        model(tokens, cache)

    seconds = fastest(run, n=3 if n_new < 100 else 1)
    flops = n_new * forward_flops(real.config, n_total - n_new // 2)
    n_bytes = WEIGHT_BYTES + kv_cache_bytes(real.config, n_total, bytes_per_element=4)
    return flops / n_bytes, flops / seconds


points = {"decode": measure(1, n_before=60)}
points |= {f"prefill of {n}": measure(n) for n in (4, 16, 64, 256)}

# %%
draw_roofline(PEAK, BANDWIDTH, points, f"{NAME} on this machine (yours will differ)")
plt.show()
for name, (intensity, speed) in points.items():
    limit = min(PEAK, BANDWIDTH * intensity)
    print(f"{name:15} intensity {intensity:6.1f}, {speed / limit:.0%} of the roof")

# %% [markdown]
# *The slope on the left is the memory's limit, the flat part the arithmetic's. They meet at the **ridge**. Decode stands far
# left, under the slope: it waits for memory. A long prefill stands at the right, where arithmetic is the limit. From left to
# right each token becomes cheaper, because more tokens share one fetch of the weights.*
#
# Nothing under the slope profits from faster arithmetic. To decode faster, move fewer bytes: fewer bits per weight
# (chapter 10), or more tokens per fetch (sections 8 and 11 of this chapter). That is why the speed of memory is the first
# figure to look at when you choose a machine for writing text.
#
# ### Tokens per second
#
# In decode every weight travels once per token. So memory allows at most
#
# $$\text{tokens per second} \le \frac{\text{bandwidth}}{\text{bytes of the weights} + \text{bytes of the cache}}$$
#
# How near do we come? In between lies a program that only multiplies: all matrices of the model, one after the other, with
# a fixed vector, and nothing else.

# %%
from minillama.fast import FastLlama

matrices = [w for w in real.parameters() if w.dim() == 2]
inputs = {w.shape[1]: torch.randn(1, w.shape[1]) for w in matrices}
only_matrices = fastest(lambda: [F.linear(inputs[w.shape[1]], w) for w in matrices])
decode_flops = forward_flops(real.config, 61)
speeds = {
    "limit by\nbandwidth": BANDWIDTH / WEIGHT_BYTES,
    "matrices\nalone": 1 / only_matrices,
    "the model,\nas it is": points["decode"][1] / decode_flops,
    "FastLlama,\nbfloat16": measure(1, 60, FastLlama(real))[1] / decode_flops,
}
ax = plot_bars(speeds, title=f"{NAME} (yours will differ)", ylabel="tokens per second")
ax.margins(y=0.1)
plt.show()

# %% [markdown]
# *The first three are in float32: the limit, the matrices alone, the whole model. The gap between the first two is PyTorch's
# handling of narrow products. The next gap is everything else. The last bar is the package's fast form of the same model.*
#
# Expect the whole model to reach a fifth to two thirds of the limit. What is lost? For each token PyTorch starts some 20
# small operations in each of the 30 layers, rotations, norms, additions, and each start costs several microseconds, in
# Python and in the library. The arithmetic in them is nothing. This cost does not depend on the number of tokens, which is
# why prefill hardly notices it.
#
# `FastLlama` takes the weights of a finished model and joins what can be joined: queries, keys and values come out of one
# product. It stores them in bfloat16, half the bytes, so its own limit is twice as high. Expect 1 to 3 times the speed;
# some processors are slow at bfloat16. Weights of 4 bits bring more: chapter 10.

# %% [markdown]
# ## 5 Choosing a token
#
# The model gives a score, a **logit**, to every token. Softmax turns logits into probabilities. Which token should we
# take?
#
# ### Always the best?
#
# Greedy decoding takes the most likely token each time. Look at what it does over a few hundred tokens.

# %%
greedy = list(generate(town, PROMPT, 330))
print(town_tokenizer.decode(greedy)[-330:])

# %% [markdown]
# It goes round in circles, and got out only after many rounds. What stands in the text makes itself more likely. And where
# many tokens are about equally likely, such as a name or a time of day, the one that is a little ahead wins every single
# time. This happens to large models, too (Holtzman et al., 2019). There is a deeper reason against the best token: real
# text is not made of most likely words. It contains information, that is, surprise (chapter 08).
#
# So draw at random, each token with its probability. The **temperature** $t$ divides the logits first:
#
# $$p_i = \frac{e^{z_i / t}}{\sum_j e^{z_j / t}}$$
#
# At $t = 1$ these are the model's own probabilities. Smaller $t$ favors likely tokens, and $t \to 0$ is greedy. Larger $t$
# evens out. By hand for logits 2 and 0: at $t = 1$ the odds are $e^2 = 7.4$ to 1, at $t = 0.5$ they are $e^4 = 54.6$ to 1, at
# $t = 2$ only $e^1 = 2.7$ to 1.
#
# Measure what temperature does to texts. Eight texts for each temperature continue the beginnings of real documents of
# the town. Then the model reads each text and says how surprised it is, in nats per token. Real documents are the
# yardstick.

# %%
from minillama.course.town_floor import unseen_documents
from minillama.generation import generate_batch

KINDS = ("books", "web", "papers", "questions")
DOCUMENTS = [
    [town_tokenizer.bos_id, *town_tokenizer.encode(document.text)]
    for document in itertools.chain(*(unseen_documents(kind, 8) for kind in KINDS))
]


def repeated(ids: list[int]) -> float:
    """Share of the runs of four tokens that stood in the text before."""
    runs = list(zip(*(ids[start:] for start in range(4))))
    return 1 - len(set(runs)) / len(runs)


def surprise(rows: list[list[int]]) -> Tensor:
    """Nats of each token but the first, for texts of one length, (B, T - 1)."""
    tokens = torch.tensor(rows)
    logits = town(tokens[:, :-1]).transpose(1, 2)  # (B, V, T - 1)
    return F.cross_entropy(logits, tokens[:, 1:], reduction="none")


# %%
N_GIVEN, LENGTH = 12, 112
true_texts = [ids[:LENGTH] for ids in DOCUMENTS if len(ids) >= LENGTH][:8]
openings = [ids[:N_GIVEN] for ids in true_texts]
temperatures = (0.0, 0.5, 1.0, 1.3)
written = {}
for t in temperatures:
    randomness = torch.Generator().manual_seed(0)
    settings = {"temperature": t, "generator": randomness}
    steps = generate_batch(town, openings, LENGTH - N_GIVEN, **settings)
    written[t] = [[*a, *b] for a, b in zip(openings, zip(*steps))]

# %%
real_text = next(ids for ids in DOCUMENTS if len(ids) > 330)[:330]
along = {
    name: surprise([ids])[0].unfold(0, 16, 1).mean(dim=-1)  # mean of 16 tokens
    for name, ids in {"greedy": [*PROMPT, *greedy][:330], "real": real_text}.items()
}
_, axes = plt.subplots(1, 2, figsize=(9, 3.1))
plot_lines(range(16, 330), along, title="Surprise along one text",
           xlabel="token", ylabel="nats per token", ax=axes[0])  # fmt: skip
nats = [surprise(written[t])[:, N_GIVEN - 1 :].mean() for t in temperatures]
plot_lines(temperatures, {"written": nats}, title="Surprise of eight texts",
           xlabel="temperature", ylabel="nats per token", ax=axes[1])  # fmt: skip
true = surprise(true_texts)[:, N_GIVEN - 1 :].mean()
axes[1].axhline(true, color="black", linewidth=1, linestyle=":", label="real documents")
axes[1].legend()
for ax in axes:
    ax.set_ylim(bottom=0)
plt.show()
print(
    f"repeated runs of four: greedy {repeated(greedy):.0%}, real {repeated(real_text):.0%}"
)

# %% [markdown]
# *Left: where the greedy text goes in circles, its line is flat: every round costs the same. The real text goes up and down
# all the way. Right: the higher the temperature, the more surprising the texts. Cold texts lie below the real documents, those
# above a temperature of 1 far above them.*
#
# A perfect model would write texts as surprising as real ones at a temperature of 1. This one is above the dotted line
# there. It is small, and gives a little probability to thousands of wrong tokens. Sooner or later one of them is drawn, and
# what follows is strange, too. So in practice one cools a little, or cuts off the tail. Cutting is the next section.

# %% [markdown]
# ## 6 Filters: cutting off the tail
#
# A filter removes tokens by setting their logit to minus infinity. What is left shares the probability. There are three in
# common use.
#
# | filter | keeps |
# |---|---|
# | top-k | the $k$ most likely tokens |
# | top-p | the fewest most likely tokens whose probability together reaches $p$ (Holtzman et al., 2019) |
# | min-p | tokens at least $p$ times as likely as the best one (Nguyen et al., 2024) |
#
# Top-k keeps the same number everywhere. But after "The capital of France is" one token is right, and after "we went to the"
# dozens are. Top-p and min-p adapt.
#
# An example by hand: probabilities 0.5, 0.3, 0.15 and 0.05. Top-k with $k = 3$ leaves three. Top-p with $p = 0.7$ adds up
# from the largest: 0.5 does not reach 0.7, and 0.5 + 0.3 does, so two are left. The token that crosses $p$ stays. Min-p with
# $p = 0.25$ asks for at least $0.25 \cdot 0.5 = 0.125$ and leaves three.
#
# ### Exercise 3 · `keep_top_p` (difficulty 3 of 5, 10 minutes)
#
# Sort the probabilities of each row, and decide for each token by what stands *before* it. Then bring the decision back
# from sorted order to the tokens' own places: `torch.zeros_like(x, dtype=torch.bool).scatter(-1, ids, flags)` writes each
# flag to the place that `ids` names.


# %%
@exercise("sampling.keep_top_p")
def keep_top_p(logits: Tensor, p: float) -> Tensor:
    """Leave the smallest set of most likely tokens whose probability together reaches p.

    Args:
        logits: shape (B, V).
        p: above 0, up to 1, which leaves everything.

    Returns:
        Shape (B, V): the logits, with minus infinity for what is removed.
    """
    if not 0 < p <= 1:
        raise ValueError(f"top-p needs a probability above 0 and up to 1, got {p}")
    if p == 1:
        return logits
    probabilities = torch.softmax(logits, dim=-1)  # (B, V)
    ### BEGIN SOLUTION
    largest, ids = probabilities.sort(dim=-1, descending=True, stable=True)
    before = (
        largest.cumsum(dim=-1) - largest
    )  # (B, V), the probability of all that stand before each
    kept = torch.zeros_like(before, dtype=torch.bool).scatter(-1, ids, before < p)
    return logits.masked_fill(~kept, -torch.inf)
    ### END SOLUTION


# %% [markdown]
# Sorting a vocabulary of 49,152 tokens at every step is slow. The package's version looks at the 64 most likely tokens
# first, and at more only if those do not reach $p$. It leaves the same tokens. Compare, and see how many tokens each filter
# leaves after a beginning that decides much and one that decides little.

# %%
from minillama import sampling_filters

BEGINNINGS = ("The capital of France is", "In the morning we went to the")
rows = []
for beginning in BEGINNINGS:
    logits = real(torch.tensor([real_tokenizer.encode(beginning)]))[:, -1]
    left = [sampling_filters.keep_top_k(logits, 40), keep_top_p(logits, 0.9)]
    left.append(sampling_filters.keep_min_p(logits, 0.1))
    counts = (int(some.isfinite().sum()) for some in left)
    rows.append((beginning, *(f"{count:,}" for count in counts)))
    same = torch.equal(left[1], sampling_filters.keep_top_p(logits, 0.9))
    print(f"{beginning!r}: same as the package: {same}")
Table(("tokens left after", "top-k 40", "top-p 0.9", "min-p 0.1"), rows)

# %% [markdown]
# Top-k leaves 40 in both cases, many too many after the first. The other two leave few where the model is sure and more
# where it is not.
#
# Filters and temperature are used together, and the order matters. The package follows Hugging Face: repetition penalty,
# temperature, top-k, top-p, min-p. Move the sliders: all act on a real distribution.

# %%
from minillama import Sampling

SHOWN = real(torch.tensor([real_tokenizer.encode(BEGINNINGS[1])]))[:, -1]  # (1, V)
OWN = SHOWN.softmax(dim=-1)
TOP = OWN[0].topk(22).indices


def visible(token: int) -> str:
    """The text of a token in plain letters, with a mark for each space."""
    return ascii(real_tokenizer.decode([token]))[1:-1].replace(" ", "▁")[:10]


def draw_choice(
    temperature: float = 0.8, top_k: int = 0, top_p: float = 0.6, min_p: float = 0.0
) -> None:
    """What can be drawn after BEGINNINGS[1], among the 22 most likely tokens."""
    sampling = Sampling(temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p)
    after = sampling.probabilities(SHOWN)
    n_left = int((after > 0).sum())
    title = f"After {BEGINNINGS[1]!r}: {n_left:,} of {after.shape[1]:,} tokens are left"
    draw_left([visible(i) for i in TOP.tolist()], OWN[0, TOP], after[0, TOP], title)


draw_choice()
plt.show()

# %% [markdown]
# *Outlined: the model's own probabilities. Filled: what can be drawn at a temperature of 0.8 with top-p 0.6. Crosses mark
# what was removed; the others share its probability and rise.*
#
# Try: temperature 2 alone (how many tokens are left?), then min-p 0.1 with it. Then top-k 1: greedy decoding.

# %% tags=["nbval-ignore-output"]
explore(draw_choice, temperature=(0.1, 3.0, 0.1), top_k=(0, 50, 1),
        top_p=(0.05, 1.0, 0.05), min_p=(0.0, 0.5, 0.01))  # fmt: skip

# %% [markdown]
# The **repetition penalty** works on the text instead (Keskar et al., 2019). Tokens that stand in it already get a smaller
# logit: a positive one is divided by the penalty, a negative one multiplied. With 1.3 the circle of section 5 is broken. But
# the penalty hits commas and names as well, so keep it near 1.

# %% tags=["nbval-ignore-output"]
penalized = list(generate(town, PROMPT, 240, repetition_penalty=1.3))
for name, ids in {"no penalty": greedy[:240], "penalty 1.3": penalized}.items():
    print(f"{name}: {repeated(ids):.0%} repeated")
    print("   ...", town_tokenizer.decode(ids)[-120:].replace("\n", " "))

# %% [markdown]
# ### Seeds
#
# A random choice can be repeated: give a generator with a seed. Give each text a generator *of its own*. With one shared
# generator the text of one user would depend on what others asked in between.

# %% tags=["nbval-ignore-output"]
for seed in (1, 1, 2):
    randomness = torch.Generator().manual_seed(seed)
    ids = generate(town, PROMPT, 16, temperature=0.9, top_p=0.95, generator=randomness)
    print(f"seed {seed}:", town_tokenizer.decode(list(ids)).replace("\n", " / "))

# %% [markdown]
# ## 7 Text while it is written
#
# A reader wants to see the text as it grows. `generate` yields each token at once. But a token is a piece of *bytes* (chapter
# 01), and one character may need several. Decoded one by one, they are half characters, shown as �. A **stream** holds bytes
# back until their character is complete.

# %% tags=["nbval-check-output"]
ids = town_tokenizer.encode("naïve 🦙!")
print("one by one:", [town_tokenizer.decode([i]) for i in ids])
stream = town_tokenizer.stream()
print("streamed:  ", [stream.push(i) for i in ids], repr(stream.finish()))

# %% [markdown]
# Where does a text end? Two answers. A **stop id** is a token that the model itself writes at the end of a text, such as
# EOS. A **stop string** is a phrase that you choose, such as "User:", and it may begin in the middle of one token and end in
# another. So text that could become a stop string must wait until that is decided.

# %% tags=["nbval-check-output"]
from minillama.stopping import StopStrings

stops = StopStrings(["User:"])
for piece in ("Yes.", " Us", "e it", ".\nUs", "er", ": And"):
    shown = stops.feed(piece)
    print(f"{piece!r:9} -> {shown!r:9} found: {stops.found}")

# %% [markdown]
# " Us" could have become " User:", so only the space was shown. The next piece made it " Use it", and the rest followed. The
# second time the stop string came, and nothing after it is ever shown.
#
# Put together, this is all that a chat window needs.


# %% tags=["nbval-ignore-output"]
def show_text(prompt: str, n: int, stop: list[str], seed: int = 0) -> None:
    """Print a continuation piece by piece, up to a stop string."""
    ids = [town_tokenizer.bos_id, *town_tokenizer.encode(prompt)]
    stops, stream = StopStrings(stop), town_tokenizer.stream(after=ids)
    settings = {"temperature": 0.7, "generator": torch.Generator().manual_seed(seed)}
    print(prompt, end="")
    for token in generate(town, ids, n, stop_ids=[town_tokenizer.eos_id], **settings):
        print(stops.feed(stream.push(token)), end="", flush=True)
        if stops.found:
            break
    print(stops.feed(stream.finish()) + stops.finish(), f"[stopped at {stops.found!r}]")


show_text("Recipe: soup", 150, stop=["\n\n", "minutes"])

# %% [markdown]
# In a terminal, the package does the same:
#
# ```
# minillama generate --model smollm2 --prompt "The capital of France is" --max-tokens 16 --temperature 0
# minillama chat --model smollm2
# ```
#
# `--help` after either lists what can be set. `chat` puts your questions into the form that a chat model was trained on
# (chapter 14).

# %% [markdown]
# ## 8 Many texts at once
#
# Decode waits for the weights to come from memory. So let each fetch serve several texts: the batch. One thing is in the
# way: prompts have different lengths, and a tensor has none. Short prompts get **padding**, tokens without meaning.
#
# On which side? The scores of the next token stand at the last token of each prompt. With padding on the *left* these
# stand in one column, and the text grows to the right for all. With padding on the right, the new token of a short prompt
# would have to go into the middle.


# %%
def draw_padding(n_padding: tuple[int, ...], n_places: int = 8, n_new: int = 2) -> None:
    """Prompts of different lengths in one tensor, padded on the left."""
    kinds = torch.ones(len(n_padding), n_places + n_new)
    kinds[:, n_places:] = 2
    for row, n in enumerate(n_padding):
        kinds[row, :n] = 0
    _, ax = plt.subplots(figsize=(7, 1.9))
    ax.imshow(kinds, aspect="auto", cmap="Blues", vmin=0, vmax=2.6)
    names = ("pad", "text", "new")
    for row, column in itertools.product(range(kinds.shape[0]), range(kinds.shape[1])):
        kind = int(kinds[row, column])
        color = "white" if kind == 2 else "black"
        ax.text(column, row, names[kind], ha="center", va="center", fontsize=8, c=color)
    ax.set(title="Three prompts in one batch", xlabel="position", yticks=range(3))
    ax.grid(visible=False)


draw_padding((0, 3, 5))
plt.show()

# %% [markdown]
# *Row by row one prompt, with 8, 5 and 3 tokens. Padding on the left makes all of them end in the same column. The new tokens
# follow on the right.*
#
# Two questions remain. **Positions**: the short prompt now begins at position 5 instead of 0. Is that not a different
# text? No: rotary attention knows only distances (chapter 02), and these are the same. **Padding**: no text may look at it.
# That takes a mask, one for each row: a key must stand at or before the query, and it must be text.
#
# What does a padded place itself look at? If it saw nothing, its softmax would be 0 / 0 = NaN. Nobody reads its output, but
# NaN times a weight of 0 is NaN again, and in the next layer it would reach the text. So padding looks at itself.
#
# ### Exercise 4 · find the bug (difficulty 2 of 5, 6 minutes)
#
# This mask has exactly one bug. All shapes fit, no NaN appears, and the longest text of a batch is right.


# %%
@exercise("generation.padded_mask")
def padded_mask(n_padding: Tensor, n_queries: int, n_keys: int) -> Tensor:
    """Say which keys each query may look at, in a batch with padding on the left.

    Args:
        n_padding: padded places before each text, shape (B,).
        n_queries: T, number of new tokens; they are the last of the n_keys.
        n_keys: S, number of tokens in the cache, padding included.

    Returns:
        Shape (B, 1, T, S), bool: the same for all heads. Text sees text up to its own place;
        padding sees itself.
    """
    ### BEGIN SOLUTION
    places = torch.arange(n_keys)
    own = places[n_keys - n_queries :, None]  # (T, 1), where each query stands
    start = n_padding.view(-1, 1, 1, 1)  # (B, 1, 1, 1), where each text begins
    causal = places <= own  # (T, S)
    is_text = places >= start
    is_self = places == own
    return causal & is_text | is_self
    ### INSTEAD
    # places = torch.arange(n_keys)
    # own = places[n_keys - n_queries :, None]  # (T, 1), where each query stands
    # start = n_padding.view(-1, 1, 1, 1)  # (B, 1, 1, 1), where each text begins
    # causal = places <= own  # (T, S)
    # is_text = own >= start
    # is_self = places == own
    # return causal & is_text | is_self
    ### END SOLUTION


# %%
masks = padded_mask(torch.tensor([0, 3]), n_queries=6, n_keys=6)[:, 0].float()
_, axes = plt.subplots(1, 2, figsize=(6.6, 2.9))
for ax, mask, n in zip(axes, masks, (0, 3)):
    ax.imshow(mask, cmap="Blues", vmin=0, vmax=1.4)
    ax.set(title=f"{n} padded places", xlabel="key", ylabel="query")
    ax.grid(visible=False)
plt.show()

# %% [markdown]
# *Dark: the query may look at the key. Left, without padding: the causal triangle. Right: the three padded places see
# themselves alone, and the text after them has a triangle of its own.*
#
# `PaddedCache` builds this mask at every step, and `generate_batch` writes with it. Is each text what it would be alone?

# %% tags=["nbval-check-output"]
openings = ["Once upon a time", "Q:", "The mill on the river was"]
prompts = [[town_tokenizer.bos_id, *town_tokenizer.encode(text)] for text in openings]
together = [list(text) for text in zip(*generate_batch(town, prompts, 24))]
alone = [list(generate(town, prompt, 24)) for prompt in prompts]
print("lengths of the prompts:", [len(prompt) for prompt in prompts])
print("same texts:", [a == b for a, b in zip(together, alone)])

# %% [markdown]
# Now the gain. The table of section 4 says that a batch of B texts has an intensity of B/2. Measure tokens per second, all
# texts together.


# %%
def decode_speed(n_texts: int, n_steps: int = 2) -> float:
    """Tokens per second of all texts together, after their prompts were read."""
    prompts = torch.randint(1000, (n_texts, 8)).tolist()
    steps = generate_batch(real, prompts, n_steps + 1)
    next(steps)  # reads the prompts
    return n_texts / fastest(lambda: next(steps), n=n_steps)


batches = (1, 2, 4, 8, 16)
speeds = {"all texts together": [decode_speed(n) for n in batches]}
ax = plot_lines(batches, speeds, title=f"Decode of {NAME} (yours will differ)",
                xlabel="texts in the batch", ylabel="tokens per second")  # fmt: skip
ax.plot(batches, speeds["all texts together"], "o", color="#0072B2")
ax.set_xscale("log", base=2)
ax.set_xticks(batches, batches)
ax.set_ylim(bottom=0)
plt.show()
gain = speeds["all texts together"][-1] / speeds["all texts together"][0]
print(f"16 texts: {gain:.1f} times as many tokens per second as one")

# %% [markdown]
# *The more texts, the more tokens per second, because all share one fetch of the weights. The curve bends where arithmetic
# becomes the limit.*
#
# Expect a factor of 3 to 12 for 16 texts. A GPU's ridge lies at more than 100 FLOPs per byte, so there hundreds of texts fit
# into a batch, and the memory of the cache sets the limit (section 3). Chapter 17 builds a server on this.

# %% [markdown]
# ## 9 Texts without end
#
# The town's model was trained on rows of 512 tokens. What happens at token 513? The model refuses, and says so.

# %% tags=["nbval-check-output"]
cache = new_cache(town, 600)
town.hidden_states(torch.zeros(1, 512, dtype=torch.int64), cache)
try:
    town.hidden_states(torch.zeros(1, 1, dtype=torch.int64), cache)
except ValueError as error:
    print(str(error).replace(": ", ":\n"))

# %% [markdown]
# Why a wall? Nothing in the arithmetic stops us: raise `max_seq_len`, and it runs. But then queries meet keys at distances
# that training has never shown. Another way is to *forget*: let each token look at the last 512 only. A cache that overwrites
# the oldest token with the newest is called a **ring cache**.
#
# Xiao et al. (2023) found that this can go badly wrong. Trained models put much of their attention on the first tokens,
# whatever these say: the weights of a softmax must sum to 1, and a head that has nothing to look for needs a place to put
# them. These tokens are called **attention sinks**. When they drop out, the text falls apart. The cure: never forget the
# first few.
#
# `RingCache` does both. Measure the loss along a text that is longer than the window.

# %%
from minillama.course.experiments.quantization_texts import prose
from minillama.ring_cache import RingCache


def ring(model: Llama, window: int, n_sinks: int) -> RingCache:
    """An empty ring cache for a model."""
    c = model.config
    return RingCache(c.n_layers, window, n_sinks, c.rope_theta, c.rope_scaling)


def losses(model: Llama, rows: Tensor, cache: KVCache, chunk: int = 32) -> Tensor:
    """Nats of each token, mean over the rows, shape (T,)."""
    parts = rows[:, :-1].split(chunk, dim=1)
    logits = torch.cat([model(part, cache) for part in parts], dim=1)
    return F.cross_entropy(logits.transpose(1, 2), rows[:, 1:], reduction="none").mean(
        0
    )


# %%
stream = itertools.chain(*([*ids, town_tokenizer.eos_id] for ids in DOCUMENTS))
town_rows = torch.tensor(list(itertools.islice(stream, 3 * 897))).view(3, 897)
limit = town.config
town.config = replace(limit, max_seq_len=2048)  # take the wall away
town_lines = {"everything, past 512": losses(town, town_rows, KVCache(4, 900))}
town.config = limit
town_lines["ring of 512, no sinks"] = losses(town, town_rows, ring(town, 512, 0))
town_lines["ring of 512, 4 sinks"] = losses(town, town_rows, ring(town, 512, 4))

# %%
prose_ids = real_tokenizer.encode(prose(("00",)))[:193]
real_rows = torch.tensor([prose_ids])
caches = {
    "everything": KVCache(real.config.n_layers, 192),
    "ring of 64, no sinks": ring(real, 64, 0),
    "ring of 64, 4 sinks": ring(real, 64, 4),
}
real_lines = {name: losses(real, real_rows, cache) for name, cache in caches.items()}

# %%
_, axes = plt.subplots(1, 2, figsize=(9.4, 3.4))
panels = ((axes[0], town_lines, 64, "The town's model, trained on 512"),
          (axes[1], real_lines, 32, f"{NAME}, window of 64"))  # fmt: skip
for ax, lines, size, title in panels:
    means = {name: line.view(-1, size).mean(dim=1) for name, line in lines.items()}
    places = range(size // 2, len(next(iter(lines.values()))), size)
    plot_lines(
        places, means, title=title, xlabel="token", ylabel="nats per token", ax=ax
    )
    ax.axvline(512 if lines is town_lines else 64, color="black", lw=1, linestyle=":")
    ax.legend(fontsize=9)
axes[0].set_ylim(0, 8)
plt.show()
for name, lines, start in ((NAME, real_lines, 64), ("town", town_lines, 512)):
    values = (f"{label} {line[start:].mean():.2f}" for label, line in lines.items())
    print(f"{name}, after token {start}:", ", ".join(values))

# %% [markdown]
# *Dotted: where the window is full. Left: without a wall the town's model collapses soon after the length that it was trained
# on. Both ring caches hold their level. Right: SmolLM2 with a short window. Without sinks the loss jumps as soon as the
# first token drops out; with four it stays close to the line of the model that sees everything.*
#
# So sinks are not a law. The town's model has hardly any: it was small and trained briefly, and forgetting its first tokens
# costs it next to nothing. SmolLM2, trained on trillions of tokens, depends on them (recorded, after token 64: 3.7 nats with
# everything, 4.8 in a ring without sinks, 3.8 with four). A ring remembers no more than its
# window holds. It makes texts endless, not memory. Chapter 16 makes the context itself longer.
#
# One more member of the family, `FixedCache`, always hands out its full capacity, behind a mask. It wastes arithmetic, but
# its shapes never change, so a compiler can build one program that serves every step.

# %% [markdown]
# ## 10 Better than greedy? Beam search
#
# Greedy takes the best token at each step, and may miss the best *text*. An example with four tokens. After the prompt, 1
# has probability 0.6 and 2 has 0.4. After 1 the best continuation has 0.5. After 2 it has 0.95. Greedy writes a text of
# probability $0.6 \cdot 0.5 = 0.30$, and misses one of $0.4 \cdot 0.95 = 0.38$.
#
# **Beam search** keeps the $N$ best beginnings instead of one. At each step it scores every continuation of each of them, and
# keeps the best $N$ of all. Probabilities multiply, so their logarithms add up.
#
# ### Exercise 5 · `beam_search` (difficulty 4 of 5, 20 minutes)
#
# Three things make it tricky. The best sums must be traced back to their text and token: flatten N rows of V scores, and
# place $i$ is text $i\,//\,V$ with token $i\,\%\,V$. A text that ends leaves the beam. And a sum of logarithms favors short
# texts, so a finished text's score is its sum divided by (number of tokens)$^{\text{length penalty}}$. Write the body of the
# loop. We keep twice as many sums as beams: each text can end in one way only, so at least half of them go on.


# %%
@exercise("generation.beam_search")
@torch.no_grad()
def beam_search(
    model: Llama,
    prompt: Sequence[int],
    n_beams: int,
    max_new_tokens: int,
    eos_id: int | None = None,
    length_penalty: float = 1.0,
) -> tuple[list[int], float]:
    """Return the best continuation among those that beam search meets, and its score.

    Args:
        model: logits of shape (N, T, V) from tokens of shape (N, T).
        prompt: token ids.
        n_beams: how many unfinished texts to keep.
        max_new_tokens: length at which all texts end.
        eos_id: token that ends a text; it belongs to it.
        length_penalty: power of the length by which a sum is divided.
    """
    beams = torch.tensor([list(prompt)])  # (N, T), the unfinished texts
    totals = torch.zeros(1)  # (N,), the logarithm of the probability of each
    finished: list[tuple[float, list[int]]] = []

    def score(total: float, n_tokens: int) -> float:
        return total / n_tokens**length_penalty

    for n_tokens in range(1, max_new_tokens + 1):
        steps = torch.log_softmax(model(beams)[:, -1], dim=-1)  # (N, V)
        ### BEGIN SOLUTION
        sums = (totals.to(steps.dtype).unsqueeze(-1) + steps).flatten()  # (N * V,)
        n_wanted = min(
            2 * n_beams, len(sums)
        )  # each text can end in one way only, so n_beams of them go on
        sums, places = sums.topk(n_wanted)
        parents, tokens = places // steps.shape[1], places % steps.shape[1]
        grown = torch.cat((beams[parents], tokens.unsqueeze(-1)), dim=-1)  # (2N, T + 1)
        ends = (
            tokens == eos_id
            if eos_id is not None
            else torch.zeros_like(tokens, dtype=torch.bool)
        )
        for total, text in zip(sums[ends].tolist(), grown[ends].tolist(), strict=True):
            finished.append((score(total, n_tokens), text[len(prompt) :]))
        beams, totals = grown[~ends][:n_beams], sums[~ends][:n_beams]
        ### END SOLUTION
    for total, text in zip(totals.tolist(), beams.tolist(), strict=True):
        finished.append((score(total, max_new_tokens), text[len(prompt) :]))
    best, text = max(finished)
    return text, best


# %% tags=["nbval-ignore-output"]
for n_beams in (1, 2, 4, 8):
    ids, score = beam_search(town, PROMPT, n_beams, 24, length_penalty=0.0)
    shown = town_tokenizer.decode(ids).replace("\n", " / ")
    print(f"{n_beams} beams, {score:6.2f} nats: {shown}")

# %% [markdown]
# More beams usually find a more likely text (not always: a good beginning can be dropped early). Is it a better one? For
# translation, where one answer is right, yes. For stories the most likely text is the dullest (section 5). Chat models draw
# at random.

# %% [markdown]
# ## 11 Speculative decoding: guess cheaply, check at once
#
# Decode reads all weights for one token. Reading them for five tokens takes hardly longer (section 4). If only we knew the
# next five tokens! So let a small, fast model **draft** them. The large model, the **target**, then checks all of them in one
# pass: it computes its own probabilities at each place, as in prefill. What it agrees with stays. The idea is by Leviathan
# et al. (2022) and Chen et al. (2023).
#
# With greedy decoding it is clear what "agree" means: the same best token. When tokens are drawn at random it takes a rule,
# and the rule must not change the texts: they should have *exactly* the distribution of the target.
#
# Let $q$ be the draft's probabilities at one place and $p$ the target's. The draft drew token $x$ from $q$.
#
# 1. Keep $x$ with probability $\min(1, p(x)/q(x))$.
# 2. If it is refused, draw another token from what $q$ has too little of: $\max(p - q, 0)$, scaled to sum to 1.
#
# **Proof.** How often does $x$ come out? As an accepted draft with probability $q(x) \min(1, p(x)/q(x)) = \min(p(x), q(x))$.
# A refusal happens with $R = 1 - \sum_y \min(p(y), q(y))$, and because $p$ sums to 1, $R = \sum_y \max(p(y) - q(y), 0)$ as well. So $x$ comes out
# as a replacement with probability $R \cdot \max(p(x) - q(x), 0) / R$. Together
#
# $$\min(p(x), q(x)) + \max(p(x) - q(x), 0) = p(x)$$
#
# Whatever the draft says, good or bad, the result is exact. A bad draft only costs time.


# %%
def draw_rule(sharpness: float = 0.5) -> None:
    """The rule on five tokens; at sharpness 1 draft and target agree."""
    logits = torch.tensor([2.0, 1.2, 0.3, 0.0, -0.8])
    draft_logits = torch.tensor([0.3, 1.9, 0.0, 0.9, 0.3])
    mixed = sharpness * logits + (1 - sharpness) * draft_logits
    draw_acceptance(logits.softmax(0), mixed.softmax(0), ["a", "b", "c", "d", "e"])


draw_rule(0.0)
plt.show()

# %% [markdown]
# *Left: a bar is how often the draft says a token. Blue is accepted, hatched refused. Right: the same blue, and on top what
# replaces the refused ones. Together they reach the black lines, the target's own probabilities.*
#
# The blue area is the share of accepted tokens: how much the two distributions overlap. Move the draft toward the target.

# %% tags=["nbval-ignore-output"]
explore(draw_rule, sharpness=(0.0, 1.0, 0.05))

# %% [markdown]
# For several drafted tokens the rule is applied in order. The first refusal ends the round: what was drafted after it
# continued another text. If none is refused, the target's last row gives one more token for free. So each pass yields at
# least one token, and up to $n + 1$.
#
# ### Exercise 6 · `accept` (difficulty 4 of 5, 18 minutes)
#
# Two tools are given. `uniform(n, generator)` returns n random numbers from 0 to 1, and `draw(weights, generator)` draws one
# place per row, (B, V) to (B,), each as often as its weight says; the weights need not sum to 1. `cumprod` of zeros and ones
# tells how many in a row are 1. Rounding can leave `max(p - q, 0)` with nothing at all: then take `p` itself.

# %%
from minillama.sampling import draw, uniform


@exercise("speculative.accept")
def accept(
    p: Tensor, q: Tensor, drafted: Tensor, generator: torch.Generator | None = None
) -> list[int]:
    """Decide how many drafted tokens stay, and add one token of the model's own.

    Args:
        p: the model's probabilities at each drafted token and after the last, shape (N + 1, V).
        q: the draft's probabilities that the tokens were drawn from, shape (N, V).
        drafted: token ids, shape (N,), int64; each has a positive probability in q.
        generator: source of randomness.

    Returns:
        1 to N + 1 token ids.
    """
    ### BEGIN SOLUTION
    n_drafted = len(drafted)
    places = torch.arange(n_drafted, device=p.device)
    chances = p[places, drafted] / q[places, drafted]  # (N,)
    stays = uniform(n_drafted, generator).to(p.device) < chances
    n_accepted = int(stays.long().cumprod(0).sum())
    weights = p[n_accepted]  # (V,)
    if n_accepted < n_drafted:
        rest = (weights - q[n_accepted]).clamp(min=0)
        weights = rest if rest.any() else weights  # p equals q up to rounding
    own = draw(weights.unsqueeze(0), generator)  # (1,); it does the scaling
    return [*drafted[:n_accepted].tolist(), int(own)]
    ### END SOLUTION


# %% [markdown]
# Do texts really have the target's distribution? Take three tokens and drafts of two. Then there are nine texts of two
# tokens, each with a known probability. Draw 4,000 times and count.

# %%
p = torch.tensor([[0.5, 0.3, 0.2], [0.1, 0.3, 0.6], [0.4, 0.3, 0.3]])
q = torch.tensor([[0.2, 0.5, 0.3], [0.6, 0.2, 0.2]])
randomness, counts = torch.Generator().manual_seed(0), torch.zeros(3, 3)
for _ in range(4000):
    kept = accept(p, q, draw(q, randomness), randomness)
    if len(kept) == 1:  # the target continues alone
        kept.append(draw(p[1:2], randomness).item())
    counts[kept[0], kept[1]] += 1
exact = p[0][:, None] * p[1][None, :]
names = [f"{a}{b}" for a, b in itertools.product("abc", repeat=2)]
_, ax = plt.subplots(figsize=(7, 2.8))
ax.bar(
    names, counts.flatten() / 4000, color="#0072B2", label="speculative, 4,000 texts"
)
ax.plot(
    names,
    exact.flatten(),
    "_",
    color="black",
    markersize=24,
    linestyle="",
    label="exact",
)
ax.plot(
    names,
    (q[0][:, None] * q[1]).flatten(),
    "x",
    color="#D55E00",
    linestyle="",
    label="draft alone",
)
ax.set(title="Nine texts of two tokens", ylabel="share", ylim=(0, 0.4))
ax.legend(ncols=3, fontsize=9)
plt.show()

# %% [markdown]
# *The bars meet the black marks, the target's own distribution, up to the chance of counting. The crosses show what the draft
# alone would write.*
#
# ### How many tokens per pass?
#
# Suppose each drafted token is accepted with probability $a$. Then the expected number of tokens of a pass with $n$ drafted
# ones is $1 + a + a^2 + \dots + a^n$: the first is certain, the second needs one acceptance, and so on. That is
#
# $$\frac{1 - a^{n+1}}{1 - a}$$
#
# The course ships a draft for the town's model: an eighth of its size, trained on the same text. Measure $a$, count tokens
# per pass, and compare with the formula.

# %%
from minillama import speculate
from minillama.drafts import LookupDraft

draft = load_draft()
sizes = [sum(w.numel() for w in model.parameters()) for model in (town, draft)]
print(f"target {sizes[0]:,} parameters, draft {sizes[1]:,}")


def run_drafts(n_draft: int, temperature: float, n: int = 96) -> tuple[float, float]:
    """Acceptance and tokens per pass, over three texts."""
    rounds = []
    for seed, ids in enumerate(true_texts[:3]):
        randomness = torch.Generator().manual_seed(seed)
        settings = {"temperature": temperature, "generator": randomness}
        rounds += speculate(town, draft, ids[:N_GIVEN], n, n_draft=n_draft, **settings)
    n_accepted = sum(one.n_accepted for one in rounds)
    n_refused = sum(one.n_accepted < one.n_drafted for one in rounds)
    n_tokens = sum(len(one.tokens) for one in rounds)
    return n_accepted / (n_accepted + n_refused), n_tokens / len(rounds)


# %%
DRAFTED = (1, 2, 4, 8)
results = {n: run_drafts(n, temperature=1.0) for n in DRAFTED}
predicted = [(1 - a ** (n + 1)) / (1 - a) for n, (a, _) in results.items()]
lines = {"measured": [tokens for _, tokens in results.values()], "formula": predicted}
ax = plot_lines(DRAFTED, lines, title="Tokens per pass of the target, temperature 1",
                xlabel="drafted tokens n", ylabel="tokens per pass")  # fmt: skip
ax.set_ylim(bottom=1)
ax.set_xticks(DRAFTED)
plt.show()
print("acceptance at temperature 1:", *(f"{a:.2f}" for a, _ in results.values()))
print(f"acceptance at temperature 0, n = 4: {run_drafts(4, 0.0)[0]:.2f}")

# %% [markdown]
# *Both lines rise and flatten: a fifth token counts only if the four before it were accepted. The formula lies close to the
# measurement, a little above, because the end of a text cuts the last round short and acceptance is not the same at each
# place.*
#
# Trained numbers; expect an acceptance of 0.6 to 0.8. The draft agrees with the target on about seven tokens in ten, so a pass
# with four drafted tokens yields two to three.
#
# ### And the clock?
#
# Tokens per pass are not yet time. Let $c$ be the time of one step of the draft, as a share of a pass of the target. A round
# costs $nc + 1$ passes, if a pass over $n + 1$ tokens takes as long as one over a single token. So
#
# $$\text{speed-up} = \frac{1 - a^{n+1}}{(1 - a)(nc + 1)}$$


# %%
def seconds_per_token(tokens: Sequence[int] | object, n: int) -> float:
    """Time until n tokens have come out."""
    start = time.perf_counter()
    for _ in tokens:
        pass
    return (time.perf_counter() - start) / n


ids, N = true_texts[0][:N_GIVEN], 96
alone = min(seconds_per_token(generate(town, ids, N), N) for _ in range(2))
small = min(seconds_per_token(generate(draft, ids, N), N) for _ in range(2))
settings = {
    "n_draft": 3,
    "temperature": 1.0,
    "generator": torch.Generator().manual_seed(0),
}
both = min(
    seconds_per_token(speculate(town, draft, ids, N, **settings), N) for _ in range(2)
)
a, c = results[4][0], small / alone
print(
    f"target alone {1 / alone:.0f} tokens per second, draft alone {1 / small:.0f}, c = {c:.2f}"
)
print(f"speculative {1 / both:.0f}: {alone / both:.2f} times as fast")
print(f"the formula says {(1 - a**4) / (1 - a) / (3 * c + 1):.2f}")

# %% [markdown]
# (Yours will differ; expect 0.8 to 1.8.) The gain is smaller than the count of tokens suggests, for honest reasons. The target
# is tiny, so its passes are not limited by memory, and a pass over four tokens does take longer than one over a single token.
# The draft has half as many layers, so its steps cost more than an eighth. And the rule itself takes time. The method pays
# where a pass of the target is slow and waits for memory: large models at small batches.
#
# ### A draft that costs nothing
#
# Where a text repeats itself or its prompt, as in code, corrections and quotations, no second model is needed. `LookupDraft`
# finds the last few tokens earlier in the text and proposes what followed them there (Saxena, 2023). Here the real model is
# about to repeat a list.

# %%
LIST = "Planets: Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus, Neptune.\n"
ids, N = real_tokenizer.encode(LIST + "Planets: Mercury,"), 18
start = time.perf_counter()
greedy = list(generate(real, ids, N))
middle = time.perf_counter()
rounds = list(speculate(real, LookupDraft(), ids, N, n_draft=5))
end = time.perf_counter()
print(real_tokenizer.decode(greedy))
print("same text:", [token for one in rounds for token in one.tokens] == greedy)
print(
    f"{N} tokens in {len(rounds)} passes, {(middle - start) / (end - middle):.1f} times as fast"
)

# %% [markdown]
# (Yours will differ; with SmolLM2 expect 1.5 to 4 times as fast.) This model is large enough to wait for memory, the draft is
# free, and most guesses are right. On a text that does not repeat itself, few guesses are made, and almost nothing is lost.

# %% [markdown]
# ## 12 What can go wrong
#
# Mistakes of decoding raise no error. The text gets a little worse, and one blames the model. So look at numbers. Here are
# four caches, three of them wrong, on the same documents of the town. The text is read in chunks of 8.


# %%
class RestartsPositions(KVCache):
    """Says that it is empty, so every chunk begins at position 0."""

    length = 0


class AlignsToTheFirstKey(LayerCache):
    """Draws the causal triangle from the first key on."""

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        keys, values, _ = super().append(key, value)
        shape = (key.shape[2], keys.shape[2])
        return keys, values, torch.ones(shape, dtype=torch.bool).tril()


class ForgetsOld(LayerCache):
    """Hands out the new chunk alone."""

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor, None]:
        super().append(key, value)
        return key, value, None


# %%
rows = torch.tensor([ids[:129] for ids in DOCUMENTS if len(ids) > 128][:6])
right, restarts = new_cache(town, 128), RestartsPositions(4, 128)
aligned, forgets = new_cache(town, 128), new_cache(town, 128)
aligned.layers = [AlignsToTheFirstKey(128) for _ in range(4)]
forgets.layers = [ForgetsOld(128) for _ in range(4)]
bars = {"right": right, "positions\nrestart": restarts, "mask from the\nfirst key": aligned,
        "sees the last\nchunk only": forgets}  # fmt: skip
bars = {name: losses(town, rows, c, chunk=8).mean() for name, c in bars.items()}
plot_bars(bars, title="Loss of the same text with four caches", ylabel="nats per token")
plt.show()

# %% [markdown]
# *The right cache needs about 0.8 nats per token. The wrong ones need 5 to 7, and none of them raises an error: shapes fit,
# and the model goes on writing words.*
#
# | mistake | what you see | the test that catches it |
# |---|---|---|
# | positions restart after the prompt | the text loses its thread after the first token | cached = uncached, every position |
# | mask aligned to the first key | fine when read at once, bad in chunks | read in chunks of 7 |
# | cache of the last request not emptied | words of another user | two texts taking turns |
# | state kept on the model | the same, only under load | the same |
# | padding on the right | short prompts of a batch continue badly | batch = alone |
# | padding seen by the text | short prompts a little worse | batch = alone, uneven lengths |
# | a row of the mask with nothing in it | NaN, in some kernels only | every query sees something |
# | top-p drops the token that crosses $p$ | dull texts; with small $p$ no token at all | 0.5, 0.3, 0.2 with p = 0.6 |
# | filters before the temperature | more or fewer tokens left than meant | `Sampling.probabilities` by hand |
# | softmax twice: probabilities taken for logits | nearly uniform sampling | temperature 0.01 must be greedy |
# | accepting with $p$ instead of $p/q$ | too few accepted, and another distribution | nine texts, counted |
# | replacing from $p$ instead of $p - q$ | favorites of the draft too often | nine texts, counted |
# | cache not rewound after a refusal | the text remembers what was never said | greedy speculation = greedy |
# | half a character shown | � in the stream | text with emoji |
#
# ## 13 Summary
#
# - Attention is causal, so keys and values of old tokens never change. A cache keeps them, and each token is read once.
# - Cached and uncached scores are equal at every position. The state lives in the cache, never on the model.
# - The cache takes 2 · layers · K · D numbers per token: half a MiB for LLaMA-7B. Shared heads and fewer bits shrink it.
# - Prefill is limited by arithmetic, decode by memory: tokens per second are at most bandwidth / bytes of the weights.
# - Greedy texts repeat themselves. Draw at random, with the temperature first and then a filter that adapts.
# - A batch shares each fetch of the weights. Pad on the left, and let no text look at padding.
# - Past its trained length a model fails. A ring of the latest tokens, with a few sinks, keeps its level.
# - Speculative decoding checks cheap guesses in one pass, and its texts have exactly the target's distribution.
#
# The board shows which of your answers passed.

# %% tags=["nbval-ignore-output"]
board(chapter=9)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. A prompt has 100 tokens and you write 50. How many tokens does the model read, with a cache and
# without?</summary>
#
# With: 149, because the last one is never read. Without: 50 · 100 + 50 · 49 / 2 = 6,225.
# </details>
#
# <details><summary>2. Why are queries not kept?</summary>
#
# A query is used once, for the output at its own position. Later tokens ask with their own queries.
# </details>
#
# <details><summary>3. A model has 8 GB of weights, and your machine's memory delivers 50 GB/s. How many tokens per second can
# one text get at most? And four texts in one batch?</summary>
#
# 50 / 8 = 6.25. Four texts share each fetch of the weights: up to 25 in all, still 6.25 for each.
# </details>
#
# <details><summary>4. You double the speed of your processor's arithmetic. What becomes faster?</summary>
#
# A long prefill. Decode hardly changes, because it waits for memory.
# </details>
#
# <details><summary>5. Probabilities 0.6, 0.2, 0.15, 0.05. What do top-p 0.7 and min-p 0.3 leave?</summary>
#
# Top-p: 0.6 is not enough, 0.8 is, so two tokens. Min-p: at least 0.3 · 0.6 = 0.18, so two as well.
# </details>
#
# <details><summary>6. A draft is accepted with probability 0.5. How many tokens does a pass with three drafted ones yield?</summary>
#
# 1 + 0.5 + 0.25 + 0.125 = 1.875.
# </details>
#
# <details><summary>7. The draft gives token x the probability 0.8, the target 0.2. How often is x accepted when it is drafted,
# and how often is x replaced by itself?</summary>
#
# Accepted with 0.2 / 0.8 = 1/4. Replaced by itself never: max(p - q, 0) is 0 there.
# </details>
#
# ## Further reading
#
# - Shazeer, 2019, *Fast Transformer Decoding: One Write-Head is All You Need*,
#   [arXiv:1911.02150](https://arxiv.org/abs/1911.02150): why decode waits for memory.
# - Pope et al., 2022, *Efficiently Scaling Transformer Inference*, [arXiv:2211.05102](https://arxiv.org/abs/2211.05102).
# - Williams et al., 2009, *Roofline: An Insightful Visual Performance Model*, Communications of the ACM 52 (4).
# - Kwon et al., 2023, *PagedAttention*, [arXiv:2309.06180](https://arxiv.org/abs/2309.06180): the cache in pages (chapter 17).
# - Holtzman et al., 2019, *The Curious Case of Neural Text Degeneration*,
#   [arXiv:1904.09751](https://arxiv.org/abs/1904.09751): why greedy repeats itself; top-p.
# - Nguyen et al., 2024, *Min-p Sampling*, [arXiv:2407.01082](https://arxiv.org/abs/2407.01082); Keskar et al., 2019, *CTRL*,
#   [arXiv:1909.05858](https://arxiv.org/abs/1909.05858): the repetition penalty.
# - Xiao et al., 2023, *Efficient Streaming Language Models with Attention Sinks*,
#   [arXiv:2309.17453](https://arxiv.org/abs/2309.17453).
# - Leviathan et al., 2022, *Fast Inference from Transformers via Speculative Decoding*,
#   [arXiv:2211.17192](https://arxiv.org/abs/2211.17192); Chen et al., 2023,
#   [arXiv:2302.01318](https://arxiv.org/abs/2302.01318).
# - Saxena, 2023, *Prompt Lookup Decoding*,
#   [github.com/apoorvumang/prompt-lookup-decoding](https://github.com/apoorvumang/prompt-lookup-decoding).
#
# Next: chapter 10, **quantization**: fewer bits per weight, and so fewer bytes per token.
