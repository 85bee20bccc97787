# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 06 · LLaMA: one model from all your parts
#
# You have built a tokenizer, rotations, a norm, a feed-forward layer and attention. In this chapter they become a
# language model: token ids go in, and a score for every possible next token comes out.
#
# You then count what the models of the LLaMA paper cost, from 7 to 65 billion parameters. At the end you load the
# trained weights of a real model, SmolLM2-135M, into the model made of your own code, and let it write.
#
# | | |
# |---|---|
# | You will write | `Block`, `Llama`, `parameters_by_part`, `kv_cache_bytes`, `forward_flops`, and one bug fix |
# | You need | Python, the primer of chapter 00, and an idea of the parts from chapters 02 to 05 |
# | Time | about 90 minutes, 52 of them for the six exercises |

# %% [markdown]
# ## 1 The whole model in one picture
#
# A LLaMA model is a straight line of simple parts. The orange boxes are the blocks that you build today.

# %%
import math
from dataclasses import replace

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.attention import Attention
from minillama.cache import KVCache, LayerCache
from minillama.config import PRESETS, ModelConfig
from minillama.course import board, exercise, hint, my_llama, my_parts, show_solution
from minillama.course.plots import (
    COLORS,
    draw_block,
    draw_diagram,
    plot_bars,
    plot_lines,
    plot_matrix,
    use_course_style,
)
from minillama.course.show import Table
from minillama.course.widgets import explore
from minillama.rmsnorm import RMSNorm
from minillama.rope import rope_table
from minillama.swiglu import SwiGLU

use_course_style()
_ = torch.manual_seed(0)

# %%
labels = {
    "tokens": "token ids\n(B, T)",
    "embedding": "embedding\n(B, T, C)",
    "block 1": "block 1\n(B, T, C)",
    "block 2": "block 2\n(B, T, C)",
    "more": "...",
    "block N": "block N\n(B, T, C)",
    "norm": "RMSNorm\n(B, T, C)",
    "head": "head\n(B, T, V)",
}
boxes = {name: (1.2 * i, 0, label) for i, (name, label) in enumerate(labels.items())}
draw_diagram(
    boxes,
    arrows=list(zip(labels, list(labels)[1:])),
    highlight=["block 1", "block 2", "more", "block N"],
    title="A LLaMA model, and the shape that leaves each part",
    figsize=(9, 1.5),
)
plt.show()

# %% [markdown]
# *Token ids enter on the left. The embedding turns each id into a vector. N equal blocks change the vectors, a last
# norm evens out their size, and the head turns each vector into one score per token of the vocabulary.*
#
# The letters name sizes, as in every chapter: B texts in the batch, T tokens in each, C channels in a vector, and V
# tokens in the vocabulary. You know the parts from earlier chapters.
#
# | part | chapter | its job |
# |---|---|---|
# | `RMSNorm` | 03 | show a layer a copy of the vector with RMS 1 |
# | `Attention`, with `apply_rope` from 02 | 05 | carry information from earlier tokens to later ones |
# | `SwiGLU` | 04 | work on each token by itself |
# | `Block`, `Llama` | 06 | today: put them in a row |
#
# Which of them are your own? `my_parts()` looks into your folder `work/mine`.

# %% tags=["nbval-ignore-output"]
my_parts()

# %% [markdown]
# "yours" means: your code passed its checks and was saved. For all other parts the package's code steps in, so this
# chapter works either way. In the cells of this notebook the parts come from the package. At the end,
# `my_llama()` builds the same model out of your files.
#
# ## 2 Ten numbers describe a model
#
# Models of this family differ only in their sizes and two constants. `ModelConfig` holds them. We use this small model
# for experiments.

# %%
small = ModelConfig(
    vocab_size=1000,
    dim=64,
    n_layers=4,
    n_heads=4,
    n_kv_heads=2,
    head_dim=16,
    hidden_dim=160,
    max_seq_len=128,
)
small

# %% [markdown]
# | field | letter | meaning |
# |---|---|---|
# | `vocab_size` | V | how many tokens there are |
# | `dim` | C | length of a token's vector on its way through the model |
# | `n_layers` | N | how many blocks |
# | `n_heads`, `n_kv_heads` | H, K | query heads, and key-value heads that they share |
# | `head_dim` | D | channels of one head |
# | `hidden_dim` | F | channels inside the feed-forward layer |
# | `max_seq_len` | | longest text the model was made for, in tokens |
# | `rope_theta`, `norm_eps` | | base of the rotations, and the small number under the root of the norm |
#
# The two constants are part of the model as much as its weights: weights trained with one value expect that value.
# `tie_embeddings` and `rope_scaling` are explained where they matter.
#
# A warning about names. Hugging Face files call our `dim` the `hidden_size`, and our `hidden_dim` the
# `intermediate_size`.

# %% [markdown]
# ## 3 The block, and the road through it
#
# Follow one token. Its vector enters a block and leaves it with the same shape. Inside, two things are added to it:
# what attention found in earlier tokens, and what the feed-forward layer made of the result.

# %%
draw_block(highlight=["add1", "add2"])
plt.show()

# %% [markdown]
# *The lower path computes something new. The curved path carries the old vectors past it. They meet at "add".*
#
# $$h = x + \mathrm{Attention}(\mathrm{RMSNorm}_1(x)), \qquad y = h + \mathrm{SwiGLU}(\mathrm{RMSNorm}_2(h))$$
#
# Here $x$ is the stream that enters, $h$ the stream between the two halves, and $y$ the stream that leaves.
# The two norms are separate layers, each with gains of its own.
# Source: [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.2.
#
# The vectors that travel from the first block to the last are called the **residual stream**. Think of a main road.
# Each layer stands beside it, reads a normalized copy of the traffic, and merges its result back in.
# Nothing is ever taken off the road.
#
# Two consequences make deep models possible.
#
# - **The input survives.** A block that has nothing to say adds zero, and the vector passes unchanged.
# - **The gradient survives.** Going backward, an addition hands the gradient to both branches. So one copy of it
#   reaches the first block without passing through any layer.

# %% tags=["nbval-check-output"]
x = torch.ones(3, requires_grad=True)
y = x
for _ in range(50):
    y = y + 0.001 * torch.tanh(y)  # fifty small additions to the road
y.sum().backward()
print("gradient with additions:   ", [round(g, 2) for g in x.grad.tolist()])

x.grad = None
y = x
for _ in range(50):
    y = 0.9 * torch.tanh(y)  # fifty layers in a row, without the road
y.sum().backward()
print("gradient without additions:", [round(g, 2) for g in x.grad.tolist()])

# %% [markdown]
# With the road, the gradient arrives at about 1. Without it, fifty slopes below 1 are multiplied, and nothing is left.
#
# ### Exercise 1 · `Block` (difficulty 2 of 5, 8 minutes)
#
# The parts are there. Connect them in `forward`. Attention also needs the rotations `cos` and `sin`, and the `cache`
# of earlier keys and values; chapter 09 explains the cache, here you only hand it on.


# %%
@exercise("model.Block")
class Block(nn.Module):
    """One layer: tokens exchange information, then each token thinks alone.

    Both halves read a normalized copy of the residual stream and add their result to it.

    Args:
        config: sizes of the model.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention_norm = RMSNorm(config.dim, config.norm_eps)
        self.attention = Attention(
            config.dim, config.n_heads, config.n_kv_heads, config.head_dim
        )
        self.feedforward_norm = RMSNorm(config.dim, config.norm_eps)
        self.feedforward = SwiGLU(config.dim, config.hidden_dim)

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, cache: LayerCache | None = None
    ) -> Tensor:
        """Add attention, then the feed-forward layer, to the stream.

        Args:
            x: residual stream, shape (B, T, C).
            cos: cosines of the T positions, shape (T, D/2).
            sin: sines, same shape.
            cache: keys and values of earlier tokens, for attention.

        Returns:
            Shape (B, T, C).
        """
        ### BEGIN SOLUTION
        x = x + self.attention(self.attention_norm(x), cos, sin, cache)
        return x + self.feedforward(self.feedforward_norm(x))
        ### END SOLUTION


# %% [markdown]
# ### The stream is a sum
#
# If blocks only add, then the stream at the end is the start plus everything that was added on the way.
# Let us listen. A **forward hook** is a function that PyTorch calls each time a module has run.
# We hang one on every attention and every SwiGLU, and collect what they compute.


# %%
def record_additions(
    blocks: list[nn.Module], x: Tensor, cos: Tensor, sin: Tensor
) -> tuple[Tensor, list[Tensor]]:
    """Run blocks on a stream; return its end and what each half added, in order."""
    added = []
    hooks = [
        part.register_forward_hook(lambda module, given, result: added.append(result))
        for block in blocks
        for part in (block.attention, block.feedforward)
    ]
    with torch.no_grad():
        for block in blocks:
            x = block(x, cos, sin)
    for hook in hooks:
        hook.remove()
    return x, added


# %% tags=["nbval-check-output"]
blocks = [Block(small) for _ in range(6)]
stream = torch.randn(2, 5, small.dim)  # 2 texts with 5 tokens each
cos, sin = rope_table(torch.arange(5), small.head_dim)
end, added = record_additions(blocks, stream, cos, sin)
print(len(added), "additions by 6 blocks")
print("start + additions = end:", torch.allclose(stream + sum(added), end, atol=1e-5))

# %% [markdown]
# So the result of a deep model is a sum: one embedding and two additions per block. (What a block adds depends on what
# was added before it.) Now look at their sizes, for random weights around 0. By their **spread** we mean the standard
# deviation: two thirds of the weights are closer to 0 than that.


# %%
def draw_road(spread: float = 0.1, n_layers: int = 24) -> None:
    """Plot the size of the stream and of what is added to it, block by block."""
    torch.manual_seed(0)
    blocks = [Block(small) for _ in range(n_layers)]
    for weight in (w for block in blocks for w in block.parameters() if w.dim() == 2):
        nn.init.normal_(weight, std=spread)
    cos, sin = rope_table(torch.arange(32), small.head_dim)
    start = torch.randn(1, 32, small.dim)
    _, added = record_additions(blocks, start, cos, sin)
    halves = torch.stack(added).view(n_layers, 2, *start.shape)  # (N, 2, 1, T, C)
    streams = start + halves.sum(dim=1).cumsum(dim=0)
    sizes = {
        "stream": streams,
        "attention adds": halves[:, 0],
        "SwiGLU adds": halves[:, 1],
    }
    plot_lines(
        range(1, n_layers + 1),
        {name: x.pow(2).mean(dim=(1, 2, 3)).sqrt() for name, x in sizes.items()},
        title=f"Sizes along the road, weights with spread {spread:g}",
        xlabel="block",
        ylabel="RMS",
    ).set_ylim(bottom=0)


draw_road()
plt.show()

# %% [markdown]
# *The stream grows steadily, to almost three times its size. The additions do not grow with it: those of SwiGLU stay
# level, and those of attention rise a little and level off.*
#
# The norms are the reason: every layer reads a copy of RMS 1, however large the stream has become.
# So a late block moves the stream by a smaller *share* than an early one.
#
# Move the sliders. With small weights the road is nearly empty of additions. With large ones the stream is soon
# nothing but additions, and the token at the start is drowned.

# %% tags=["nbval-ignore-output"]
explore(draw_road, spread=(0.02, 0.3, 0.02), n_layers=(2, 48, 2))

# %% [markdown]
# ## 4 The model
#
# Three more parts stand around the blocks.
#
# **The embedding** is a table with one row of C numbers per token. Reading a token means taking its row.
#
# **The final norm** stands after the last block. The stream has grown on its way, and the head needs vectors of one
# size.
#
# **The head** is a linear layer from C to V channels, without bias. It holds one row of C numbers for each token of
# the vocabulary. The score of a token is the dot product of its row with the vector that leaves the norm.
# These scores are called **logits**. Softmax turns them into probabilities.

# %% tags=["nbval-check-output"]
embedding = nn.Embedding(small.vocab_size, small.dim)
head = nn.Linear(small.dim, small.vocab_size, bias=False)
tokens = torch.tensor([[5, 11, 60]])
vectors = embedding(tokens)
logits = head(vectors)
print("tokens ", tuple(tokens.shape))
print("vectors", tuple(vectors.shape))
print("logits ", tuple(logits.shape))
print(
    "weights of embedding and head:",
    tuple(embedding.weight.shape),
    tuple(head.weight.shape),
)

# %% [markdown]
# Look at the last line. The two tables have the same shape. Small models often use *one* table for both: the row
# that stands for a token going in also recognizes it coming out. This is called **weight tying**. In PyTorch it takes
# one line, `head.weight = embedding.weight`: one parameter with two names.
#
# LLaMA 1 keeps two tables. SmolLM2 and the small Llama 3.2 models tie them (`tie_embeddings=True`), because in a small
# model the table is a large part of everything. Section 7 counts how large.
#
# Two details of the code below need a word.
#
# - **`nn.ModuleList`** is a list that PyTorch can see into. In a plain Python list the blocks would run just as well,
#   but their weights would not be parameters of the model: never trained, never saved. That bug makes no noise.
# - **One table of rotations** serves all blocks, since the positions are the same everywhere. `hidden_states` computes
#   it once per call.
#
# ### Exercise 2 · `Llama` (difficulty 3 of 5, 12 minutes)
#
# The constructor is given. Write the two methods. Chapter 09 puts a cache to use; until then `cache` is `None`, and
# `caches` holds one `None` for each layer. Hand each layer its own. (`start` counts the tokens already in the cache.)
#
# Why two methods? Scores for a vocabulary of 32,000 tokens are expensive. Whoever needs them at one position only takes
# the hidden states and sends a single vector through the head.

# %%
from minillama.model import init_weights, require_tokens


@exercise("model.Llama")
class Llama(nn.Module):
    """A LLaMA language model: token ids in, a score for every possible next token out.

    Args:
        config: sizes of the model.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.token_embedding = nn.Embedding(config.vocab_size, config.dim)
        self.layers = nn.ModuleList(Block(config) for _ in range(config.n_layers))
        self.final_norm = RMSNorm(config.dim, config.norm_eps)
        self.lm_head = nn.Linear(config.dim, config.vocab_size, bias=False)
        if config.tie_embeddings:
            self.lm_head.weight = self.token_embedding.weight
        init_weights(self)

    def hidden_states(self, tokens: Tensor, cache: KVCache | None = None) -> Tensor:
        """Return the normalized residual stream after the last block.

        Args:
            tokens: token ids, shape (B, T), integers below ``vocab_size``.
            cache: keys and values of earlier tokens; the new tokens follow them.

        Returns:
            Shape (B, T, C).

        Raises:
            ValueError: if the tokens do not fit the model.
        """
        require_tokens(self, tokens, cache)
        start = 0 if cache is None else cache.length
        caches = [None] * len(self.layers) if cache is None else cache.layers
        positions = torch.arange(start, start + tokens.shape[1], device=tokens.device)
        cos, sin = rope_table(
            positions,
            self.config.head_dim,
            self.config.rope_theta,
            self.config.rope_scaling,
        )
        ### BEGIN SOLUTION
        x = self.token_embedding(tokens)  # (B, T, C)
        for layer, layer_cache in zip(self.layers, caches, strict=True):
            x = layer(x, cos, sin, layer_cache)
        return self.final_norm(x)
        ### END SOLUTION

    def forward(self, tokens: Tensor, cache: KVCache | None = None) -> Tensor:
        """Return the logits of the next token at every position.

        Args:
            tokens: token ids, shape (B, T), integers below ``vocab_size``.
            cache: keys and values of earlier tokens; the new tokens follow them.

        Returns:
            Shape (B, T, V): row t scores the token that follows token t.
        """
        ### BEGIN SOLUTION
        return self.lm_head(self.hidden_states(tokens, cache))
        ### END SOLUTION


# %% [markdown]
# That is a complete language model. Hooks show the shapes on one pass through it.


# %%
def shapes_on_the_way(model: nn.Module, tokens: Tensor, names: list[str]) -> Table:
    """Run the model once and note the shape that leaves each named part."""
    rows = [("tokens", str(tuple(tokens.shape)))]

    def note(name: str):
        return lambda module, given, result: rows.append(
            (name, str(tuple(result.shape)))
        )

    hooks = [model.get_submodule(n).register_forward_hook(note(n)) for n in names]
    with torch.no_grad():
        model(tokens)
    for hook in hooks:
        hook.remove()
    return Table(("part", "shape that leaves it"), rows)


model = Llama(small)
tokens = torch.randint(small.vocab_size, (2, 10))
inside = ["attention_norm", "attention.q_proj", "attention.k_proj", "attention.v_proj"]
inside += ["attention.o_proj", "feedforward_norm", "feedforward.gate_proj"]
inside += ["feedforward.up_proj", "feedforward.down_proj"]
first_block = [f"layers.0.{part}" for part in inside]
shapes_on_the_way(
    model, tokens, ["token_embedding", *first_block, "final_norm", "lm_head"]
)

# %% [markdown]
# Read it from top to bottom. The stream is always (2, 10, 64). Keys and values are half as wide as queries, because
# two query heads share each key-value head. The feed-forward layer widens to 160 and comes back.
# Only the last part leaves the width of the stream: 1,000 scores at each of the 10 positions.
#
# All 20 positions get their scores in one pass. That is what makes training a transformer fast.

# %% [markdown]
# ## 5 A model that knows nothing
#
# `init_weights` draws the first weights: normal numbers with spread 0.02 around 0, and gains of 1.
# The two matrices of each block that write to the road, `o_proj` and `down_proj`, get a smaller spread:
# $0.02 / \sqrt{2N}$. There are $2N$ additions, and the sum of $2N$ random numbers is about $\sqrt{2N}$ times as large
# as one of them. So the stream of a deep model starts no larger than that of a shallow one. The recipe is GPT-2's
# (Radford et al., 2019, section 2.3). The LLaMA paper does not publish its own.
#
# What loss should a fresh model have? It knows nothing, so it should give all V tokens about the same probability,
# $1/V$. The cross-entropy of a fair guess is $-\ln(1/V) = \ln V$.


# %%
def first_loss(config: ModelConfig, spread: float = 0.02) -> float:
    """Loss of a fresh model on random tokens, in nats per token."""
    torch.manual_seed(0)
    model = Llama(config)
    init_weights(model, spread)
    tokens = torch.randint(config.vocab_size, (8, 65))
    with torch.no_grad():
        logits = model(tokens[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten()).item()


for vocab_size, spread in ((50, 0.02), (1000, 0.02), (20_000, 0.02), (1000, 0.16)):
    loss = first_loss(replace(small, vocab_size=vocab_size), spread)
    print(
        f"V = {vocab_size:6,}   spread {spread}   first loss {loss:6.3f}   "
        f"ln V {math.log(vocab_size):6.3f}"
    )

# %% [markdown]
# In the first three rows the match is close. So this is the first number to look at when you train. A first loss far
# above $\ln V$ says that the model is sure of nonsense. A first loss *below* it says that something leaks.
#
# The last row has weights eight times as large, and pays for it. Scores with a spread of $\sigma$ cost about
# $\sigma^2/2$ more than equal scores. The final norm hands the head a vector of RMS 1, so $\sigma = s \sqrt{C}$ for
# weights of spread $s$. Together:
#
# $$\text{first loss} \approx \ln V + \frac{s^2 C}{2}$$
#
# For the last row that is $6.908 + 0.16^2 \cdot 64 / 2 = 7.73$. A wider model needs smaller weights: for LLaMA-7B, with
# V = 32,000 and C = 4096, a spread of 0.02 predicts $10.37 + 0.82 = 11.19$.
#
# A tied model starts with a surprise. What is its favorite next token?

# %% tags=["nbval-check-output"]
torch.manual_seed(0)
text = torch.randint(small.vocab_size, (4, 32))
for tied in (False, True):
    fresh = Llama(replace(small, tie_embeddings=tied))
    with torch.no_grad():
        favorite = fresh(text).argmax(dim=-1)
    share = (favorite == text).float().mean().item()
    print(f"tied: {tied!s:6} favorite is the token just read: {share:.0%}")

# %% [markdown]
# A fresh tied model wants to repeat the token it has just read. The stream still is, for the most part, the token's own
# embedding, and the head compares it with all embeddings. Nothing fits better than itself.

# %% [markdown]
# ## 6 Three tests for every language model
#
# Shapes that fit prove little. These tests find most real mistakes, and they need no training.
#
# **Causality.** Scores at a position may depend on the tokens up to there, never on later ones. So we change one
# token at a time and note at which positions the scores move.

# %%
loud = Llama(small)
init_weights(loud, std=0.15)  # large weights make every influence visible
tokens = torch.randint(small.vocab_size, (1, 12))
moved = torch.zeros(12, 12)
with torch.no_grad():
    before = loud(tokens)
    for position in range(12):
        changed = tokens.clone()
        changed[0, position] = (changed[0, position] + 1) % small.vocab_size
        moved[:, position] = (loud(changed) - before)[0].abs().amax(dim=-1)
plot_matrix(
    moved.clamp(min=1e-3).log10(),
    title="How far one changed token moves the scores",
    xlabel="position of the changed token",
    ylabel="position of the scores",
    label="log10 of the largest change",
)
plt.show()

# %% [markdown]
# *Above the diagonal everything is dark: no token moves the scores before it. On the diagonal and below, everything is
# bright: each token moves its own scores and all later ones.*
#
# **Separate texts.** A text must get the same scores whichever texts share its batch. We print both results.

# %% tags=["nbval-check-output"]
print("largest change of an earlier score:", moved.triu(diagonal=1).max().item())

texts = torch.randint(small.vocab_size, (3, 12))
with torch.no_grad():
    together, alone = loud(texts), loud(texts[1:2])
print("same scores alone:", torch.allclose(together[1:2], alone, atol=1e-4))

# %% [markdown]
# **Order.** Swap the first two tokens of a text. The last position still sees the same tokens, but the text means
# something else, so its scores must change. We try it with and without rotations.
# `LinearScaling` with a huge factor slows all rotations to a standstill.

# %% tags=["nbval-check-output"]
from minillama.rope_scaling import LinearScaling

swapped = tokens.clone()
swapped[0, [0, 1]] = tokens[0, [1, 0]]
for n_layers in (1, 2):
    for name, scaling in {"RoPE": None, "no RoPE": LinearScaling(1e12)}.items():
        config = replace(small, n_layers=n_layers, rope_scaling=scaling)
        model = Llama(config)
        init_weights(model, std=0.15)
        with torch.no_grad():
            change = (model(tokens) - model(swapped))[0, -1].abs().max().item()
        print(f"{n_layers} block(s), {name:8} last scores moved: {change > 1e-3}")

# %% [markdown]
# One block without rotations cannot tell the order: attention takes a weighted mean, and a mean ignores order.
# With two blocks the order matters even without rotations. The causal mask gives it away: in the first block, token 1
# sees token 0, but not the other way round. Rotations make order clear from the first block on.

# %% [markdown]
# ## 7 From 7 to 65 billion
#
# The LLaMA paper trained four sizes. Its Table 2 lists them ([arXiv:2302.13971](https://arxiv.org/abs/2302.13971)).
# Here are the same models from `minillama.config`, with the columns that matter for counting.

# %% tags=["nbval-check-output"]
paper = {
    name: PRESETS[name] for name in ("LLaMA-7B", "LLaMA-13B", "LLaMA-33B", "LLaMA-65B")
}
rows = []
for name, c in paper.items():
    sizes = (c.dim, c.n_heads, c.n_layers, c.head_dim, c.hidden_dim)
    rows.append((name, *(f"{size:,}" for size in sizes)))
Table(("model", "dim", "heads", "layers", "head_dim", "hidden_dim"), rows)

# %% [markdown]
# The rest of Table 2 is about training.
#
# | model | learning rate | batch | tokens read |
# |---|---|---|---|
# | 7B | 3.0e-4 | 4 million tokens | 1.0 trillion |
# | 13B | 3.0e-4 | 4 million tokens | 1.0 trillion |
# | 33B | 1.5e-4 | 4 million tokens | 1.4 trillion |
# | 65B | 1.5e-4 | 4 million tokens | 1.4 trillion |
#
# All four have a vocabulary of 32,000 tokens and heads of 128 channels. There are as many key-value heads as query
# heads: grouped heads came with the largest Llama 2. The width `hidden_dim` follows from `dim` by the rule of chapter
# 04. The paper does not print the vocabulary, the context of 2,048 tokens or the eps of the norm. Those come from the
# published code and files.
#
# The model with 32.5 billion parameters has two names. The paper calls it 33B, the files and the download script say
# 30B. There is no fifth model.
#
# ### Counting parameters
#
# A matrix that leads from $m$ to $n$ channels has $m \cdot n$ parameters. LLaMA has no biases, so a model is a list of
# matrices, plus the gains of the norms. One block has seven matrices.
#
# | matrix | from | to |
# |---|---|---|
# | `q_proj` | C | H · D |
# | `k_proj`, `v_proj` | C | K · D |
# | `o_proj` | H · D | C |
# | `gate_proj`, `up_proj` | C | F |
# | `down_proj` | F | C |
#
# By hand for the attention of LLaMA-7B: H · D = K · D = 32 · 128 = 4096, so all four matrices are 4096 x 4096.
# That makes 4 · 16,777,216 = 67,108,864 parameters in one block, and 32 times as many in the model.
#
# ### Exercise 3 · `parameters_by_part` (difficulty 3 of 5, 12 minutes)
#
# Count all blocks together. Do not forget the norm after the last block, and mind the tied head.


# %%
@exercise("budget.parameters_by_part")
def parameters_by_part(config: ModelConfig) -> dict[str, int]:
    """Count the parameters of each kind of part, over all layers.

    Args:
        config: sizes of the model.

    Returns:
        Number of parameters by part: "embedding", "attention", "feed-forward", "norms"
        (two in each block and the last one) and "head", in this order. A head tied to the
        embedding has none of its own.
    """
    ### BEGIN SOLUTION
    queries_and_output = 2 * config.dim * config.n_heads * config.head_dim
    keys_and_values = 2 * config.dim * config.n_kv_heads * config.head_dim
    return {
        "embedding": config.vocab_size * config.dim,
        "attention": config.n_layers * (queries_and_output + keys_and_values),
        "feed-forward": config.n_layers * 3 * config.dim * config.hidden_dim,
        "norms": (2 * config.n_layers + 1) * config.dim,
        "head": 0 if config.tie_embeddings else config.vocab_size * config.dim,
    }
    ### END SOLUTION


# %% [markdown]
# Now compare with the paper's own figures. And is your count right to the last digit? PyTorch can tell, without the
# 260 GB of memory that LLaMA-65B needs. On the **meta device** tensors have shapes but no numbers.

# %% tags=["nbval-check-output"]
printed = {
    "LLaMA-7B": "6.7B",
    "LLaMA-13B": "13.0B",
    "LLaMA-33B": "32.5B",
    "LLaMA-65B": "65.2B",
}
totals = {
    name: sum(parameters_by_part(config).values()) for name, config in paper.items()
}
with torch.device("meta"):
    giant = Llama(PRESETS["LLaMA-65B"])
counted = sum(weight.numel() for weight in giant.parameters())
print(f"{counted:,} in the module, as counted: {counted == totals['LLaMA-65B']}")
Table(
    ("model", "exact count", "rounded", "printed in the paper"),
    [(name, f"{n:,}", f"{n / 1e9:.1f}B", printed[name]) for name, n in totals.items()],
)

# %% [markdown]
# Three agree. The last does not: 65,285,660,672 rounds to 65.3, and the paper cuts it to 65.2. Do not look for the
# missing parameters.
#
# ### Where the parameters are
#
# The same function says which parts are large.

# %%
PARTS = ("embedding", "attention", "feed-forward", "norms", "head")


def draw_shares(names: list[str]) -> None:
    """Draw the share of each part in the parameters, one bar per model."""
    figure, ax = plt.subplots(figsize=(7.5, 0.5 * len(names) + 1.1))
    for row, name in enumerate(reversed(names)):
        counts, left = parameters_by_part(PRESETS[name]), 0.0
        for color, part in zip(COLORS, PARTS):
            share = 100 * counts[part] / sum(counts.values())
            label = part if row == 0 else None
            ax.barh(row, share, left=left, color=color, edgecolor="white", label=label)
            if share > 6:
                ax.text(
                    left + share / 2,
                    row,
                    f"{share:.0f}",
                    ha="center",
                    va="center",
                    c="w",
                )
            left += share
    ax.set(
        yticks=range(len(names)),
        yticklabels=names[::-1],
        xlabel="percent of all parameters",
    )
    ax.grid(visible=False)
    ax.legend(ncols=5, loc="lower center", bbox_to_anchor=(0.45, 1.0), fontsize=9)


draw_shares(["LLaMA-65B", "LLaMA-7B", "Llama-3-8B", "Llama-3.2-1B", "SmolLM2-135M"])
plt.show()

# %% [markdown]
# *In large models the feed-forward layers hold two thirds of everything. In small models with a large vocabulary the
# embedding takes a fifth.*
#
# The norms are too thin to see. Compare LLaMA-7B with Llama 3 8B: sharing key-value heads shrinks attention, and a
# vocabulary four times as large swells embedding and head. The last two models tie the head, so it takes nothing.

# %% [markdown]
# ## 8 What a model costs in memory
#
# A weight takes 4 bytes in float32, 2 in float16 or bfloat16, 1 in int8, and half a byte in int4.
# The training of chapter 08 needs more: about 16 bytes per parameter, for the weights, their gradients and the
# optimizer. We write GB for $10^9$ bytes and GiB for $2^{30}$. Real int4 files are a little larger than this table
# says, because they store a scale for each small group of weights. Chapter 10 builds them.

# %% tags=["nbval-check-output"]
chosen = [*paper, "Llama-3-8B", "SmolLM2-135M"]
BITS = {"float32": 32, "float16": 16, "int8": 8, "int4": 4, "training": 128}
rows = []
for name in chosen:
    n = sum(parameters_by_part(PRESETS[name]).values())
    rows.append((name, *(f"{n * bits / 8 / 1e9:,.2f}" for bits in BITS.values())))
Table(("GB for the weights of", *BITS), rows)

# %% [markdown]
# ### The cache
#
# A model that writes needs more than its weights. To choose the next token, attention looks at the keys and values of
# all tokens before. Computing them anew each time would be a waste, so they are kept: the **KV cache**.
#
# Per token it holds one key and one value of D numbers, for each key-value head, in each layer.
#
# ### Exercise 4 · `kv_cache_bytes` (difficulty 1 of 5, 4 minutes)


# %%
@exercise("budget.kv_cache_bytes")
def kv_cache_bytes(
    config: ModelConfig, n_tokens: int = 1, bytes_per_element: float = 2
) -> float:
    """Return the memory of the cached keys and values of one sequence, in bytes.

    Args:
        config: sizes of the model.
        n_tokens: tokens in the cache.
        bytes_per_element: 2 for float16 and bfloat16.

    Returns:
        Bytes.
    """
    ### BEGIN SOLUTION
    numbers_per_token = 2 * config.n_layers * config.n_kv_heads * config.head_dim
    return numbers_per_token * n_tokens * bytes_per_element
    ### END SOLUTION


# %% tags=["nbval-check-output"]
for name in chosen:
    config = PRESETS[name]
    full = kv_cache_bytes(config, config.max_seq_len) / 2**30
    print(
        f"{name:13} {kv_cache_bytes(config) / 1024:7,.1f} KiB per token, "
        f"{full:.2f} GiB at its full context of {config.max_seq_len:,}"
    )

# %% [markdown]
# LLaMA-7B pays half a MiB for every token, 1 GiB for a full context, and that for each text in the batch. Serving many
# users at once is often limited by this memory. Llama 3 8B shares each key-value head among four query heads and pays
# a quarter.


# %%
def draw_memory(model: str = "LLaMA-7B", bits: int = 16, texts: int = 8) -> None:
    """Draw the memory of weights and cache against the length of the texts."""
    config = PRESETS[model]
    weights = sum(parameters_by_part(config).values()) * bits / 8 / 1e9
    lengths = [config.max_seq_len * i // 16 for i in range(17)]
    caches = [texts * kv_cache_bytes(config, n) / 1e9 for n in lengths]
    ax = plt.subplots()[1]
    ax.stackplot(
        lengths,
        [[weights] * 17, caches],
        labels=[f"weights, {bits} bits", f"KV cache of {texts} texts, float16"],
        colors=COLORS[:2],
        alpha=0.8,
    )
    ax.set(title=f"Memory of {model}", xlabel="tokens in each text", ylabel="GB")
    ax.legend(loc="upper left")


draw_memory()
plt.show()

# %% [markdown]
# *The weights are a constant; the cache grows with every token. With eight full texts it takes 8.6 GB, more than half
# as much as the weights of LLaMA-7B in float16.*
#
# The menu holds the models of this family. At how many texts does the cache of LLaMA-65B outgrow its weights?
# And that of Llama 3 70B? (With 16 bits: from 25 and from 53 full texts on.)

# %% tags=["nbval-ignore-output"]
explore(draw_memory, model=list(PRESETS), bits=[32, 16, 8, 4], texts=(1, 64, 1))

# %% [markdown]
# Which models fit into *your* machine? This cell compares the weights and one full text with its memory.
# Yours will differ. "fits" is optimistic, because the system and the arithmetic need room too. Better leave a quarter
# free.

# %% tags=["nbval-ignore-output"]
from minillama.course.machine import memory_bytes

memory = memory_bytes() or 8e9
rows = []
for name in chosen:
    config = PRESETS[name]
    n = sum(parameters_by_part(config).values())
    cache = kv_cache_bytes(config, config.max_seq_len)
    needs = [n * bits / 8 + cache for bits in (32, 16, 8, 4)]
    rows.append((name, *("fits" if need < memory else "no" for need in needs)))
Table((f"in {memory / 1e9:.0f} GB", "float32", "float16", "int8", "int4"), rows)

# %% [markdown]
# ## 9 What a model costs in operations
#
# How much arithmetic does one token take? Count each multiplication and each addition as one **FLOP**, a
# floating-point operation.
#
# - A matrix with $m \cdot n$ weights uses each weight once, in a multiplication and an addition. That makes $2mn$.
# - The embedding costs nothing. It is a lookup.
# - The head costs its full $2VC$, tied or not.
# - The norms, rotations and the SiLU are small change and left out.
# - Attention adds work for every token looked at. In each layer and each of the H query heads, a score is a dot
#   product of D numbers: $2D$. Adding a value with its weight takes another $2D$.
#
# ### Exercise 5 · `forward_flops` (difficulty 2 of 5, 8 minutes)
#
# `parameters_by_part` knows the sizes of the matrices.


# %%
@exercise("budget.forward_flops")
def forward_flops(config: ModelConfig, n_context: int = 0) -> int:
    """Return the floating-point operations to read one token.

    Every matrix weight is used in one multiplication and one addition, those of a tied
    head too. The embedding is a lookup and the gains are negligible. Attention adds, for
    each token looked at, 2 * H * D operations for the score and as many for the weighted
    sum, in every layer.

    Args:
        config: sizes of the model.
        n_context: tokens the new token looks at.

    Returns:
        FLOPs per token.
    """
    ### BEGIN SOLUTION
    parts = parameters_by_part(config)
    matrices = (
        parts["attention"] + parts["feed-forward"] + config.vocab_size * config.dim
    )
    attention = 4 * config.n_layers * config.n_heads * config.head_dim * n_context
    return 2 * matrices + attention
    ### END SOLUTION


# %% [markdown]
# PyTorch can count the operations that a module really performs. It makes an independent judge, and on the meta device
# it costs nothing.

# %% tags=["nbval-check-output"]
from torch.utils.flop_counter import FlopCounterMode

config = PRESETS["LLaMA-7B"]
with torch.device("meta"):
    giant, text = Llama(config), torch.zeros(1, 100, dtype=torch.int64)
with FlopCounterMode(display=False) as counter, torch.no_grad():
    giant(text)
ours = 100 * forward_flops(config, n_context=100)
print(f"PyTorch counts {counter.get_total_flops():,}")
print(f"we count       {ours:,}")

# %% [markdown]
# The same number. PyTorch counts attention as a full square, each of the 100 tokens looking at all 100, so we did the
# same. With the causal mask a token looks at half of them on average.
#
# Training costs three times as much per token: once forward, and about twice that backward. For a model of N parameters
# forward is roughly $2N$. So reading D tokens in training costs
#
# $$\text{training FLOPs} \approx 6 N D$$
#
# Source: Kaplan et al., 2020, [arXiv:2001.08361](https://arxiv.org/abs/2001.08361), section 2.1. (In this famous
# formula N and D are parameters and tokens, not blocks and the width of a head.)

# %% tags=["nbval-check-output"]
read = {
    "LLaMA-7B": 1.0e12,
    "LLaMA-13B": 1.0e12,
    "LLaMA-33B": 1.4e12,
    "LLaMA-65B": 1.4e12,
}
rows = []
for name, config in paper.items():
    matrices = forward_flops(config)
    attention_share = 1 - matrices / forward_flops(config, n_context=2048)
    training = f"{6 * totals[name] * read[name]:.2e}"
    rows.append((name, f"{matrices / 1e9:.3f}", f"{attention_share:.1%}", training))
Table(("model", "GFLOP per token", "attention at 2,048", "6ND of the training"), rows)

# %% [markdown]
# The column in the middle is the share that attention adds when a token looks at 2,048 others. It shrinks as models
# widen: for models of this size at this length, the matrices are what costs.
#
# How much is 5.48e23? A computer that does 100 billion operations per second would train LLaMA-65B for 174,000 years.
# The 2,048 GPUs of the paper needed about 21 days. Chapter 11 reproduces that figure.

# %% [markdown]
# ## 10 Real weights
#
# A model of this architecture needs only numbers to become useful. SmolLM2-135M was trained by Hugging Face on about
# 2 trillion tokens, and it is a LLaMA in every detail: 30 blocks, 576 channels, 9 query heads on 3 key-value heads.
# Its file is small because most weights are stored in 4 bits. Loading turns them back into floats.
#
# Three things must be right, or the model talks nonsense: the names, the shapes, and the order of some rows.
#
# ### Names
#
# A module's `state_dict()` holds its weights by name. Each tool calls the same weight something else.
# `minillama.formats.names` has one table and translates.

# %% tags=["nbval-check-output"]
from minillama.formats.names import rename

rows = []
for name in Llama(replace(small, n_layers=1)).state_dict():
    layouts = ("ours", "huggingface", "meta", "gguf")
    names = [rename(name, "ours", layout) for layout in layouts]
    rows.append(tuple(n.rpartition(".0.")[2].removesuffix(".weight") for n in names))
Table(("here", "Hugging Face", "Meta", "GGUF"), rows)

# %% [markdown]
# The names inside a block are shown without their beginning, which is `layers.0.`, `model.layers.0.`, `layers.0.` and
# `blk.0.` for the first block. Meta numbers the feed-forward matrices: `w1` is the gate, `w3` goes up and `w2` comes
# down. Mixing up `w1` and `w3` changes no shape and raises no error.
#
# ### Strictness
#
# A loader that skips what it does not find leaves random numbers in the model. So `load_weights` insists that every
# weight is there, has the right shape, and has a place.

# %% tags=["nbval-check-output"]
from minillama.formats.names import CheckpointError, load_weights

target = Llama(small)
weights = {name: torch.zeros_like(w) for name, w in target.state_dict().items()}
weights["final_nrom.weight"] = weights.pop("final_norm.weight")  # a typing mistake
weights["lm_head.weight"] = weights["lm_head.weight"].T  # stored the other way round
try:
    load_weights(target, weights.items(), source="my_file")
except CheckpointError as error:
    print(str(error).replace(". ", "\n"))

# %% [markdown]
# ### The order of the rows
#
# Chapter 02 showed two ways to pair channels for the rotation: neighbors (2j, 2j+1), or halves (j, j + D/2).
# Our code pairs halves. GGUF files of this family store the rows of `q_proj` and `k_proj` for neighbors.
# One line brings them into our order.

# %% tags=["nbval-check-output"]
from minillama.formats.rope_layout import interleaved_to_split, split_to_interleaved

rows_in_file = torch.arange(8)  # one head of width 8
print("rows in the file:", rows_in_file.tolist())
print("rows for us:     ", interleaved_to_split(rows_in_file, n_heads=1).tolist())

# %% [markdown]
# ### Your model, their numbers
#
# Now the moment this course has worked toward. `load_gguf` reads the sizes in the file and asks `my_llama` to build the
# model out of your files in `work/mine`. Parts that are missing there come from the package, and are named. Then it
# fills in the weights.

# %% tags=["nbval-ignore-output"]
from minillama.course.fetch import smollm2_path
from minillama.formats.gguf import load_gguf
from minillama.formats.tokenizer_files import load_tokenizer

MISSING = "The weights are missing: run `minillama fetch smollm2` (93 MB), then this cell again."
path = smollm2_path()
smol = tokenizer = None
if path is None:
    print(MISSING)
else:
    smol = load_gguf(path, build=my_llama).requires_grad_(False)
    tokenizer = load_tokenizer(path)
    print(f"{sum(w.numel() for w in smol.parameters()):,} parameters loaded")

# %% [markdown]
# Is every part right? The strongest test there is: compare the scores with those of an independent implementation.
# The recorded column was computed once in float32 by a separate program, from the same file.

# %%
PROMPT = "The capital of France is"
RECORDED = {" Paris": 17.371, " the": 14.889, " London": 13.245, " Le": 13.009}
if smol:
    with torch.no_grad():
        scores = smol(torch.tensor([tokenizer.encode(PROMPT)]))[0, -1]
    print("highest score:", repr(tokenizer.decode([scores.argmax().item()])))
rows = []
for word, recorded in RECORDED.items():
    yours = f"{scores[tokenizer.encode(word)].item():.3f}" if smol else "missing"
    rows.append((repr(word), f"{recorded:.3f}", yours))
Table(("next token", "recorded", "your model"), rows)

# %% [markdown]
# Paris, and the same digits. The test suite of this project goes further: on a whole paragraph, all logits agree with
# Hugging Face transformers to within 0.0005.
#
# One number sums up how well a model predicts a text: its **perplexity**, $e^{\text{loss}}$. A perplexity of 8 means
# that the model is as unsure, on average, as if it had to choose among 8 equally likely tokens.

# %%
PARAGRAPH = (
    "The capital of France is Paris. Water boils at one hundred degrees Celsius at sea "
    "level, and it freezes at zero degrees. The Earth orbits the Sun once every year, and "
    "the Moon orbits the Earth about once every month. Photosynthesis is the process by "
    "which green plants use sunlight to make food from carbon dioxide and water."
)


def perplexity(model: nn.Module) -> float:
    """Perplexity of the model on PARAGRAPH."""
    tokens = torch.tensor([tokenizer.encode(PARAGRAPH)])
    with torch.no_grad():
        logits = model(tokens[:, :-1])
    return F.cross_entropy(logits[0], tokens[0, 1:]).exp().item()


if smol:
    print(f"your model: {perplexity(smol):.3f}")
print("recorded:   7.774")

# %% [markdown]
# ### Wrong on purpose
#
# What if the loader had got a constant, the order of the rows, or two names wrong? None of these mistakes raises an
# error. We make each of them, measure, and put everything back.


# %%
def reorder_rows(model: nn.Module, convert) -> None:
    """Change the order of the rows of every query and key projection."""
    for layer in model.layers:
        for part in (layer.attention.q_proj, layer.attention.k_proj):
            n_heads = part.weight.shape[0] // model.config.head_dim
            part.weight.data = convert(part.weight.data, n_heads)


def swap_gate_and_up(model: nn.Module) -> None:
    """Exchange the two matrices that Meta calls w1 and w3."""
    for layer in model.layers:
        half = layer.feedforward
        half.gate_proj, half.up_proj = half.up_proj, half.gate_proj


# %%
bars = {"right": 7.774, "rope_theta\n10,000": 8.165, "wrong\nrow order": 40.153}
bars["gate and up\nswapped"] = 9.0e6
if smol:
    right = smol.config
    smol.config = replace(right, rope_theta=10_000.0)
    bars["rope_theta\n10,000"] = perplexity(smol)
    smol.config = right
    reorder_rows(smol, split_to_interleaved)
    bars["wrong\nrow order"] = perplexity(smol)
    reorder_rows(smol, interleaved_to_split)
    swap_gate_and_up(smol)
    bars["gate and up\nswapped"] = perplexity(smol)
    swap_gate_and_up(smol)
    bars["right"] = perplexity(smol)
title = "Perplexity of SmolLM2-135M" + ("" if smol else " (recorded)")
plot_bars(bars, title=title, ylabel="perplexity (log scale)").set_yscale("log")
plt.show()

# %% [markdown]
# *Swapping two matrices in each block destroys the model. The wrong order of rows does real harm. The wrong base of the
# rotations, 10,000 instead of 100,000, hardly shows.*
#
# Only the swapped matrices are easy to see. With the wrong order of rows, the model still writes English, in circles:
# "Once upon a time, the world was a place where people lived, where they lived, and where they lived" (recorded).
# With the wrong base you would notice nothing. That is why real loaders are tested with numbers and tight tolerances,
# not by reading what the model writes.

# %% [markdown]
# ## 11 It writes
#
# A language model only scores the next token. To write, feed it its own choices: take the best token, put it at the end
# of the text, and ask again. Always taking the best is called **greedy** decoding.


# %%
def write_by_hand(prompt: str, n_tokens: int) -> str:
    """Continue a prompt greedily, reading the whole text anew for every token."""
    tokens = tokenizer.encode(prompt)
    for _ in range(n_tokens):
        with torch.no_grad():
            scores = smol(torch.tensor([tokens]))[0, -1]  # (V,)
        tokens.append(scores.argmax().item())
    return tokenizer.decode(tokens)


RECORDED_TEXT = (
    "Once upon a time, the city of Nova Haven was a thriving metropolis, with towering "
    "skyscrapers and bustling"
)
print("recorded:  ", RECORDED_TEXT)
if smol:
    text = write_by_hand("Once upon a time", n_tokens=16)
    print("your model:", text)
    print("equal:     ", text == RECORDED_TEXT)

# %% [markdown]
# Your own model has written its first words.
#
# This loop reads the whole text again for each new token. `generate` does the same with a KV cache: it reads the
# prompt once, then one token per step. The text is the same, and long texts arrive much sooner.
#
# It hands out each token as soon as it is chosen, so the text can appear while it is written. One thing is in the way.
# A token is a piece of *bytes*, and a character may need several tokens. Decoded alone, half a character becomes a
# replacement sign. So `tokenizer.stream()` holds bytes back until their character is complete.


# %%
from minillama.generation import generate


def write(
    prompt: str, n_tokens: int = 24, temperature: float = 0.0, seed: int = 0
) -> None:
    """Print a prompt and its continuation, piece by piece as it is written."""
    if smol is None:
        print(MISSING)
        return
    ids = tokenizer.encode(prompt, allow_special=True)
    randomness = torch.Generator().manual_seed(seed)
    stream = tokenizer.stream(skip_special=True, after=ids)
    print(prompt, end="")
    for token in generate(
        smol,
        ids,
        n_tokens,
        temperature=temperature,
        stop_ids=[tokenizer.eos_id],
        generator=randomness,
    ):
        print(stream.push(token), end="", flush=True)
    print(stream.finish())


write("A llama is")

# %% [markdown]
# Recorded: "A llama is a type of animal that is domesticated and is often used as a labor-saving device. It is a
# common". A model of 135 million parameters writes fluent English and is not to be trusted with facts.
#
# This SmolLM2 was also trained to chat. It expects questions in a certain form, with special tokens around each
# message. Chapter 14 explains the form; for now, try it.


# %%
def ask(question: str) -> None:
    """Put a question to the model in the form that it was trained on."""
    write(
        "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by "
        f"Hugging Face<|im_end|>\n<|im_start|>user\n{question}<|im_end|>\n"
        "<|im_start|>assistant\n"
    )


ask("What is 2+2?")

# %% [markdown]
# Recorded: "The answer to this classic math problem is 4."
#
# Instead of the best token we can draw one at random, in proportion to its probability. The **temperature** divides the
# scores before softmax: near 0 the best token always wins, at 1 the model's own probabilities hold, and above that
# everything becomes possible. Move the sliders.


# %% tags=["nbval-ignore-output"]
def tell(temperature: float = 0.7, seed: int = 1) -> None:
    """A short story at some temperature."""
    write("Once upon a time", n_tokens=10, temperature=temperature, seed=seed)


tell()

# %% tags=["nbval-ignore-output"]
explore(tell, temperature=(0.0, 2.0, 0.1), seed=(0, 9, 1))

# %% [markdown]
# ## 12 What the model thinks on the way
#
# The head turns the *last* stream into scores. But the stream has the same shape after every block. So nothing stops us
# from sending an earlier stream through the final norm and the head, and asking: if the model ended here, what would it
# say? This view is called the **logit lens** (nostalgebraist, 2020).
#
# ### Exercise 6 · find the bug (difficulty 3 of 5, 8 minutes)
#
# This lens has exactly one mistake. It runs and its shapes fit. But its last view should equal the model's own scores,
# and it does not.


# %%
@exercise("model.logit_lens")
def logit_lens(model: Llama, tokens: Tensor) -> Tensor:
    """What the model would say after each block: logits of shape (n_layers, T, V).

    Args:
        model: a model with embedding, layers, final norm and head.
        tokens: token ids of one text, shape (1, T).

    Returns:
        Shape (n_layers, T, V): for each block, the scores that its stream gives.
    """
    config, positions = model.config, torch.arange(tokens.shape[1])
    cos, sin = rope_table(
        positions, config.head_dim, config.rope_theta, config.rope_scaling
    )
    x, views = model.token_embedding(tokens), []
    for layer in model.layers:
        x = layer(x, cos, sin)
        ### BEGIN SOLUTION
        views.append(model.lm_head(model.final_norm(x)))
        ### INSTEAD
        # x = model.final_norm(x)
        # views.append(model.lm_head(x))
        ### END SOLUTION
    return torch.cat(views)


# %%
with torch.no_grad():
    same = torch.allclose(logit_lens(loud, tokens)[-1], loud(tokens)[0], atol=1e-3)
print("last view = the scores of the model:", same)

LENS_PROMPT = "The Eiffel Tower stands in the city of"
if smol:
    lens_ids = tokenizer.encode(LENS_PROMPT)
    with torch.no_grad():
        views = logit_lens(smol, torch.tensor([lens_ids])).softmax(dim=-1)  # (30, T, V)
    print(len(lens_ids), "tokens:", [tokenizer.decode([i]) for i in lens_ids])
else:
    print(MISSING)

# %% [markdown]
# Each column of the next figure is a token of the prompt, each row a block. The text is the token that the model would
# predict *next*, if it ended at that block; ▁ stands for a space. The color says how sure it would be.


# %%
def visible(token: int) -> str:
    """The text of a token in plain letters, with a mark for each space."""
    return ascii(tokenizer.decode([token]))[1:-1].replace(" ", "▁")[:9]


def draw_lens() -> None:
    """Show the best next token after every other block, at every position."""
    shown = views[1::2]  # blocks 2, 4, ... 30
    sure, best = shown.max(dim=-1)
    figure, ax = plt.subplots(figsize=(8, 5.5))
    plot_matrix(
        sure,
        title="The logit lens on SmolLM2-135M",
        xlabel="token that was read",
        ylabel="after block",
        label="probability",
        ax=ax,
        vmin=0,
        vmax=1,
    )
    for row in range(sure.shape[0]):
        for column in range(sure.shape[1]):
            color = "white" if sure[row, column] < 0.5 else "black"
            text = visible(best[row, column].item())
            ax.text(
                column, row, text, ha="center", va="center", fontsize=8, color=color
            )
    ax.set_xticks(range(len(lens_ids)), map(visible, lens_ids))
    ax.set_yticks(range(15), range(2, 31, 2))


draw_lens() if smol else print(MISSING)
plt.show()

# %% [markdown]
# *For most of the way the best guess is a comma, a space or "the". Words that fit the sentence appear in the last few
# blocks, and "Paris" only at the very end.*
#
# The guesses of the early blocks are what often comes next in any text. That does not mean that these blocks know
# nothing: the head was trained to read the last stream only. Follow the right answer alone. At which rank does each
# block put it?


# %%
def draw_rank() -> None:
    """Plot the rank of the right answer after each block."""
    (answer,) = tokenizer.encode(" Paris")
    last = views[:, -1]
    rank = 1 + (last > last[:, answer, None]).sum(dim=-1)
    ax = plot_lines(
        range(1, 31),
        {"Paris": rank},
        title="Rank of '▁Paris' among 49,152 tokens",
        xlabel="block",
        ylabel="rank (log scale, best at the top)",
    )
    ax.set_yscale("log")
    ax.invert_yaxis()


draw_rank() if smol else print(MISSING)
plt.show()

# %% [markdown]
# *For 23 blocks, "Paris" stays thousands of places down. Then it climbs, and five blocks later it is the first.*


# %%
def draw_top(block: int = 28, position: int = 8) -> None:
    """Show the five best next tokens after one block at one position."""
    if smol is None:
        print(MISSING)
        return
    sure, best = views[block - 1, position].topk(5)
    labels = [visible(token) for token in best.tolist()]
    title = f"After block {block}, having read {visible(lens_ids[position])}"
    ax = plot_bars(dict(zip(labels, sure.tolist())), title=title, ylabel="probability")
    ax.set_ylim(0, 1)


draw_top()
plt.show()

# %% [markdown]
# *After block 28, "Paris" leads at the last token with a probability of 0.29. After block 30 it is 0.83. The sliders
# show how this lead comes about.*

# %% tags=["nbval-ignore-output"]
explore(draw_top, block=(1, 30, 1), position=(0, 8, 1))

# %% [markdown]
# ## 13 What can go wrong
#
# None of these mistakes raises an error.
#
# | mistake | what you see | the test that catches it |
# |---|---|---|
# | blocks in a plain list | a model that never learns | count the parameters |
# | the norm changes the stream | slow or unstable training of deep models | silent layers must change nothing |
# | no final norm | gibberish | compare with known logits |
# | head tied in the config, not in the code | random logits from a tied file | a strict loader |
# | `gate` and `up` swapped | gibberish | compare with known logits |
# | wrong `rope_theta` or `norm_eps` | slightly worse text | compare with known logits |
# | query and key rows in the wrong order | English that goes in circles | perplexity of a known text |
# | a token sees the future | a loss that is too good | change the last token (section 6) |
#
# The second row in action: two stacks of 24 blocks, equal except that one normalizes the stream itself. How similar are
# the vectors at the start and at the end? A similarity of 1 means the same direction, 0 means nothing in common.


# %%
class Spoiled(Block):
    """A block that normalizes the stream instead of a copy."""

    def forward(self, x, cos, sin, cache=None):
        return super().forward(self.attention_norm(x), cos, sin, cache)


for kind in (Block, Spoiled):
    torch.manual_seed(0)
    stack = [kind(small) for _ in range(24)]
    x = start_stream = 3 * torch.randn(1, 32, small.dim)
    with torch.no_grad():
        cos, sin = rope_table(torch.arange(32), small.head_dim)
        for block in stack:
            x = block(x, cos, sin)
    kept = F.cosine_similarity(x, start_stream, dim=-1).mean()
    print(
        f"{kind.__name__:8} similarity of the stream at its start and its end: {kept:.2f}"
    )

# %% [markdown]
# The main road has become a leaky one. Each time the norm cuts the stream down to RMS 1, what was there before counts
# for less against what comes next.
#
# ## 14 Summary
#
# - A LLaMA model is an embedding, N equal blocks, a norm and a head.
# - The residual stream runs through it all. Each half-block reads a normalized copy and adds its result.
# - A fresh model has a loss of about $\ln V$. Scores must not move when later tokens change.
# - The sizes alone fix the parameters, the memory and the operations: 6,738,415,616 parameters in LLaMA-7B, half a MiB
#   of cache and 13.2 GFLOP per token.
# - Real weights need the right names, shapes, row order and constants. Equal logits are the proof.
# - Writing is a loop around the model: score, choose, append.
#
# The board shows which of your answers passed.

# %% tags=["nbval-ignore-output"]
board(chapter=6)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. A block's attention and SwiGLU both return zeros. What does the block return?</summary>
#
# Its input, unchanged. The two additions add nothing.
# </details>
#
# <details><summary>2. Your new model with a vocabulary of 8,000 tokens starts with a loss of 14. What do you suspect?</summary>
#
# It should start near ln 8000 = 9.0. Its scores have far too much spread, so the initial weights are too large.
# </details>
#
# <details><summary>3. Why does tying the head save parameters but no operations?</summary>
#
# The head still multiplies every hidden state by a V x C matrix. It only shares the numbers with the embedding.
# </details>
#
# <details><summary>4. Llama 2 70B has 80 layers, 8 key-value heads and head_dim 128. How large is its float16 cache per
# token?</summary>
#
# 2 · 80 · 8 · 128 · 2 bytes = 327,680 bytes, or 320 KiB.
# </details>
#
# <details><summary>5. Two files of one model give perplexities of 7.77 and 40.2. Both load without an error. What is
# the likely difference?</summary>
#
# The order of the rows of the query and key projections.
# </details>
#
# <details><summary>6. Why can one pass score all positions of a text, although writing goes token by token?</summary>
#
# The causal mask keeps each position blind to what follows, so all positions can be computed at once when the text is
# known. When writing, the next token is not known before the last one has been chosen.
# </details>
#
# ## Further reading
#
# - Touvron et al., 2023, *LLaMA: Open and Efficient Foundation Language Models*,
#   [arXiv:2302.13971](https://arxiv.org/abs/2302.13971): section 2.2 and Table 2 are this chapter.
# - Touvron et al., 2023, *Llama 2*, [arXiv:2307.09288](https://arxiv.org/abs/2307.09288), and Llama Team, 2024, *The Llama 3
#   Herd of Models*, [arXiv:2407.21783](https://arxiv.org/abs/2407.21783): what changed since.
# - Xiong et al., 2020, *On Layer Normalization in the Transformer Architecture*,
#   [arXiv:2002.04745](https://arxiv.org/abs/2002.04745): why the norm stands in front of the layer.
# - Press and Wolf, 2016, *Using the Output Embedding to Improve Language Models*,
#   [arXiv:1608.05859](https://arxiv.org/abs/1608.05859): weight tying.
# - Kaplan et al., 2020, *Scaling Laws for Neural Language Models*,
#   [arXiv:2001.08361](https://arxiv.org/abs/2001.08361): section 2.1 counts parameters and operations.
# - Elhage et al., 2021, *A Mathematical Framework for Transformer Circuits*: the residual stream as the main road.
# - nostalgebraist, 2020, *interpreting GPT: the logit lens*, on LessWrong.
#
# **Next:** the model needs something to read. Chapter 07 builds its data: a mixture of sources, cleaned, de-duplicated
# and packed.
