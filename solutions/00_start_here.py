# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 00 · Start here: what you will build, and what you need
#
# A language model reads the beginning of a text and guesses what comes next. It does that again and again,
# one small piece at a time, and so it writes.
#
# In this course you build such a model from nothing but PyTorch: the **LLaMA** architecture, as published by
# Touvron et al. in 2023 ([arXiv:2302.13971](https://arxiv.org/abs/2302.13971)). Every part is yours. In chapter 06
# you load published weights into the model you wrote, and it writes English.
#
# | | |
# |---|---|
# | You will write | answers to a quiz, `softmax`, `cross_entropy` |
# | You need | Python and school algebra |
# | Time | about 60 minutes; 15 if you know PyTorch and pass the quiz |

# %% [markdown]
# ## 1 A finished model, first
#
# Run the next cells with **Shift + Enter**, one after the other. They use the finished package, `minillama`.
# You will see the goal before you start.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.course import board, exercise, hint, show_solution
from minillama.course.fetch import smollm2_path
from minillama.course.plots import (
    draw_diagram,
    plot_bars,
    plot_lines,
    plot_matrix,
    use_course_style,
)
from minillama.course.widgets import explore

use_course_style()
_ = torch.manual_seed(0)

# %% [markdown]
# The first model comes with this course. Inside are 4.9 million numbers, its **parameters**, which were learned from
# text. It has read about one thing only: Alderbrook, a town that does not exist. Chapter 07 shows you the town, and in
# chapter 08 you train a smaller model yourself.

# %%
from minillama import Llama, Tokenizer, generate, load_gguf, load_tokenizer
from minillama.course.shipped import FOLDER, load_shipped


def write(model: Llama, tokenizer: Tokenizer, prompt: str, bos: bool = False, **settings) -> None:
    """Let a model continue a prompt, showing each piece as soon as it is chosen."""
    print(prompt, end="")
    ids = tokenizer.encode(prompt, bos=bos)
    stream = tokenizer.stream(after=ids)
    for token in generate(model, ids, **settings):
        print(stream.push(token), end="", flush=True)
    print(stream.finish())


# %%
SEED = 2

if FOLDER.exists():
    town, town_tokenizer = load_shipped()
    print(f"{sum(p.numel() for p in town.parameters()):,} parameters are loaded\n")
    write(town, town_tokenizer, prompt="Jasper and the", bos=True, max_new_tokens=490, temperature=0.5,
          stop_ids={town_tokenizer.eos_id}, generator=torch.Generator().manual_seed(SEED))  # fmt: skip
else:
    print("The model is not here: it comes with the repository, in data/town.")

# %% [markdown]
# You saw the text appear piece by piece. Each piece is a **token**: a word, a part of a word, or a sign. The model
# computed a score for each of its 4,096 possible tokens. Then chance picked one: the higher the score, the likelier. The
# program added that token to the text and asked again, until the model chose the token that means "the end".
#
# Nobody wrote this story. Change `SEED` and run the cell again: the same model tells another one. (Yours may differ from
# the one printed here, because computers round differently.) Read closely, and you find slips: the model holds a sentence
# together better than a story.
#
# A model can write only what it has learned. For English in general you need a larger one, and a great deal more text.
# The next model is **SmolLM2-135M**, a small member of the LLaMA family with 135 million parameters (Hugging Face,
# Apache-2.0 license). `make lab` has fetched it. If it is missing, you see a recorded text instead, and
# `minillama fetch smollm2` in a terminal gets it (98 MB).

# %%
RECORDED = (
    "Once upon a time, the city of Nova Haven was a thriving metropolis, with towering "
    "skyscrapers and bustling streets. But as the years went by, the city began to lose"
)

weights = smollm2_path()
if weights is None:
    print("RECORDED:", RECORDED)
else:
    smol, smol_tokenizer = load_gguf(weights), load_tokenizer(weights)
    print(f"{sum(p.numel() for p in smol.parameters()):,} parameters are loaded\n")
    write(smol, smol_tokenizer, "Once upon a time", max_new_tokens=30, stop_ids={0, 2})

# %% [markdown]
# This time the program always took the token with the highest score. Change the prompt and run the cell again. The model
# writes fluent English and makes up facts.
#
# Both models are LLaMAs. They differ in their sizes and in the numbers inside, not in their design.
#
# ## 2 The path
#
# This picture shows the model in outline. Each box names the chapter that explains it.

# %%
boxes = {
    "text": (0, 0, "text"),
    "tokenizer": (1.2, 0, "tokenizer\n01"),
    "embedding": (2.4, 0, "embedding\n00"),
    "norm": (3.6, 0, "RMSNorm\n03"),
    "attention": (4.8, 0, "attention\n05, RoPE 02"),
    "swiglu": (6.0, 0, "SwiGLU\n04"),
    "head": (7.2, 0, "scores\n06"),
}
names = list(boxes)
ax = draw_diagram(
    boxes,
    arrows=list(zip(names, names[1:])),
    bypasses=[("swiglu", "norm")],
    highlight=["norm", "attention", "swiglu"],
    title="From text to the scores of the next token",
    figsize=(8.4, 2.2),
)
ax.text(4.8, 0.5, "one block, 30 times in SmolLM2", ha="center", fontsize=8)
plt.show()

# %% [markdown]
# *The colored boxes form one block. The arc means "again": the model passes through 30 such blocks, each with its
# own numbers.*
#
# | chapter | you build | it is right when |
# |---|---|---|
# | 01 tokenizer | the step from text to numbers and back | it gives the same numbers as two published libraries |
# | 02 RoPE | how a token knows where it stands | scores depend only on distance |
# | 03 RMSNorm | what keeps numbers at a healthy size | it equals PyTorch's |
# | 04 SwiGLU | the layer in which a token thinks alone | it beats older layers at equal size |
# | 05 attention | how tokens exchange information | it equals PyTorch's fused version |
# | 06 LLaMA | the whole model | published weights write text through it |
#
# Later parts of the course train, speed up, shrink, evaluate and serve the model.

# %% [markdown]
# ## 3 Is everything in place?
#
# This cell looks at your machine. Anything that needs attention comes with a fix.
# The same list appears in a terminal with `minillama doctor`.

# %% tags=["nbval-ignore-output"]
from minillama.course.doctor import findings

report = findings()
fine = [finding.name for finding in report if finding.status == "ok"]
print("in place:", ", ".join(dict.fromkeys(fine)))
for finding in report:
    if finding.status != "ok":
        print(f"{finding.name}: {finding.found}. Fix: {finding.fix}")

# %% [markdown]
# A GPU is not needed. Every chapter runs on two ordinary processor cores in about a minute.

# %% [markdown]
# ## 4 How the exercises work
#
# You learn by writing the parts yourself. An exercise is a function with its heart missing.
# You fill it in and run the cell, and the cell checks your code at once. The verdict is one of three words.
#
# - **TODO**: the answer is still empty.
# - **WRONG**: a check failed. You read what was observed, and a hint.
# - **OK**: all checks passed. The notebook now runs on *your* code, and a copy is saved in `work/mine/`.
#
# While an exercise is not OK, the notebook goes on with the package's version and tells you so. You can never get
# stuck. `hint("softmax")` shows a hint, `hint("softmax", 2)` the next one, and there are three for each exercise.
# `show_solution("softmax")` opens after three different wrong answers.

# %% [markdown]
# ### Exercise 1 · `quiz` (difficulty 1 of 5, 5 minutes)
#
# This exercise also decides whether you need the primer below. Replace each `None` by your answer.
#
# 1. `x` has shape (2, 3, 4). What is the shape of `x.mean(dim=-1)`?
# 2. What is the gradient of `x ** 2` at `x = 3`?
# 3. `nn.Embedding(10, 4)` is applied to ids of shape (2, 5). What is the shape of the result?
# 4. What is the softmax of the two scores 0 and ln 3?
# 5. A model gives the right token the probability 1. What is its cross-entropy loss?
#
# All OK without looking anything up? Then choose *Run All Cells* in the *Run* menu and read on at section 6.
# Otherwise leave the quiz empty, read the primer, and come back.


# %%
@exercise("primer.quiz")
def quiz() -> dict[str, object]:
    """Answer five questions about PyTorch: a shape as a tuple, probabilities as a list."""
    ### BEGIN SOLUTION
    return {
        "shape of x.mean(dim=-1)": (2, 3),
        "gradient of x ** 2 at x = 3": 6,
        "shape of the embedded ids": (2, 5, 4),
        "softmax of [0, ln 3]": [0.25, 0.75],
        "loss at probability 1": 0,
    }
    ### INSTEAD
    # return {
    #     "shape of x.mean(dim=-1)": None,
    #     "gradient of x ** 2 at x = 3": None,
    #     "shape of the embedded ids": None,
    #     "softmax of [0, ln 3]": None,
    #     "loss at probability 1": None,
    # }
    ### END SOLUTION


# %% [markdown]
# ## 5 Primer: five ideas
#
# Everything in this course is made of five ideas: tensors, gradients, embeddings, softmax and cross-entropy.
# Short cells introduce them one by one, and at the end they train a first language model.
#
# ### Tensors
#
# A **tensor** is a block of numbers of the same type. Its **shape** says how many there are in each direction,
# and its **dtype** says how each number is stored.

# %% tags=["nbval-check-output"]
x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(x.shape, x.dtype)
print("last row:    ", x[-1])
print("first column:", x[:, 0])

# %% [markdown]
# Most operations work on every number at once. Others reduce a dimension: a mean over `dim=-1`, the last one,
# leaves one number per row. With `keepdim=True` the dimension stays, with size 1.
#
# Shapes need not be equal to work together. A dimension of size 1 is stretched to fit. This is called
# **broadcasting**, and it is how `x - mean` works below.

# %% tags=["nbval-check-output"]
mean = x.mean(dim=-1, keepdim=True)
print(x.mean(dim=-1).shape, mean.shape)
print(x - mean)

# %% [markdown]
# The **matrix product** `a @ b` combines rows of `a` with columns of `b`: each result is a sum of products.
# Shapes (2, 3) and (3, 4) give (2, 4). The inner sizes must agree, and they vanish.
#
# A **linear layer** is a matrix product with learned numbers, its **weights**. It turns vectors of one width into
# vectors of another. Some layers also add a learned number to each result, a **bias**; this one does not.

# %% tags=["nbval-check-output"]
layer = nn.Linear(3, 4, bias=False)
print(layer.weight.shape, "applied to", x.shape, "gives", layer(x).shape)
print("the same by hand:", torch.allclose(layer(x), x @ layer.weight.T))

# %% [markdown]
# Note that PyTorch stores the weight as (output, input) and transposes it, which is what `.T` does.
#
# ### Gradients
#
# Learning means to change weights so that a number, the **loss**, gets smaller. The **gradient** says how:
# it is the slope of the loss with respect to each weight. PyTorch records every operation on a tensor that was made
# with `requires_grad=True`. Then `backward()` works out the slopes and stores them in `.grad`. This is called
# **autograd**.
#
# Note `.item()`: it turns a tensor that holds one number into a Python number.

# %% tags=["nbval-check-output"]
w = torch.tensor(3.0, requires_grad=True)
loss = w**2
loss.backward()
print("loss:", loss.item(), " slope:", w.grad.item())

# %% [markdown]
# The slope of $w^2$ is $2w$, so 6 at $w = 3$. A positive slope means: the loss grows with $w$, so make $w$ smaller.
# Take a small step against the slope, and repeat. That is **gradient descent**.

# %%
w, path = torch.tensor(3.0, requires_grad=True), []
for _ in range(25):
    loss = w**2
    loss.backward()
    path.append(w.item())
    with torch.no_grad():  # the step itself is not recorded
        w -= 0.1 * w.grad
    w.grad = None  # forget this slope: backward adds to what it finds

print(f"w after 25 steps: {w.item():.3f}")

# %%
plot_lines(
    range(25),
    {"w": path},
    title="Gradient descent on the loss w squared",
    xlabel="step",
    ylabel="w",
)
plt.show()

# %% [markdown]
# *The weight slides from 3 toward 0, where the loss is smallest. The steps shrink because the slope does.*
#
# The step size, 0.1 here, is called the **learning rate**.
#
# ### Embeddings
#
# A model computes with vectors, but a text is a list of tokens. An **embedding** is a table with one row of learned
# numbers per token. To embed a token is to look up its row.

# %% tags=["nbval-check-output"]
embedding = nn.Embedding(10, 4)  # 10 tokens, vectors of width 4
ids = torch.tensor([[7, 1, 1, 0, 9], [2, 2, 5, 6, 7]])  # 2 texts of 5 tokens
vectors = embedding(ids)
print(ids.shape, "->", vectors.shape)
print("same id, same vector:", torch.equal(vectors[0, 0], vectors[1, 4]))

# %% [markdown]
# ### Softmax
#
# At its end the model has one **score** for each token that could come next. Scores may be any numbers.
# They are also called **logits**. **Softmax** turns them into probabilities.
#
# $$p_i = \frac{e^{s_i}}{\sum_j e^{s_j}}$$
#
# Here $s_i$ is the score of token $i$, and the sum runs over all tokens. The exponential makes every number
# positive. Dividing by the sum makes them add up to 1.
#
# By hand: the scores 0 and ln 3 give $e^0 = 1$ and $e^{\ln 3} = 3$. Their sum is 4, so the probabilities are
# 1/4 and 3/4.

# %% [markdown]
# ### Exercise 2 · `softmax` (difficulty 1 of 5, 6 minutes)
#
# Beware of large scores: $e^{1000}$ is too large for a computer. Subtracting the same number from all scores does
# not change the result (why?), so subtract the largest one first.
#
# Three tools help. `t.exp()` works on every number of a tensor. `t.sum(dim=-1, keepdim=True)` gives the sum of each
# row, and `t.amax(dim=-1, keepdim=True)` its largest number.


# %%
@exercise("primer.softmax")
def softmax(scores: Tensor) -> Tensor:
    """Turn scores into probabilities along the last dimension.

    Args:
        scores: any real numbers, shape (..., V).

    Returns:
        Shape (..., V): positive, each row sums to 1, also for very large scores.
    """
    ### BEGIN SOLUTION
    shifted = scores - scores.amax(dim=-1, keepdim=True)
    weights = shifted.exp()
    return weights / weights.sum(dim=-1, keepdim=True)
    ### END SOLUTION


# %%
def draw_softmax(temperature: float = 1.0) -> None:
    """Show the probabilities of five tokens; the scores are divided by the temperature."""
    words = ["mat", "sofa", "roof", "moon", "tax"]
    scores = torch.tensor([3.0, 2.5, 1.5, 0.5, -1.0])
    plot_bars(
        dict(zip(words, softmax(scores / temperature).tolist())),
        title=f"The cat sat on the ...   (temperature {temperature:g})",
        ylabel="probability",
    )
    plt.ylim(0, 1.05)


draw_softmax(1.0)
plt.show()

# %% [markdown]
# *Five words with made-up scores. The best word gets about half of the probability; no word gets zero.*
#
# The **temperature** divides the scores before the softmax. Move the slider. A low temperature makes the model sure
# of itself, a high one makes it adventurous.

# %% tags=["nbval-ignore-output"]
explore(draw_softmax, temperature=(0.1, 5.0, 0.1))

# %% [markdown]
# ### Cross-entropy
#
# How good is a prediction? Look at the probability $p$ that the model gave to the token that really came.
# The **cross-entropy** loss is $-\ln p$, averaged over all predictions. Its unit is called the **nat**, because the
# logarithm is the natural one.

# %%
probabilities = torch.linspace(0.01, 1, 100)
plot_lines(
    probabilities,
    {"loss": -probabilities.log()},
    title="The loss of one prediction",
    xlabel="probability of the right token",
    ylabel="loss in nats",
)
plt.show()

# %% [markdown]
# *A sure and right prediction costs nothing. The less probable the right token was, the more it costs,
# without limit.*
#
# A model that knows nothing gives each of $V$ tokens the probability $1/V$. Its loss is $\ln V$.
# Remember this number: an untrained model should start near it.

# %% [markdown]
# ### Exercise 3 · `cross_entropy` (difficulty 2 of 5, 8 minutes)
#
# Each row of `logits` holds the scores of one prediction, and `targets` holds the right token of each row.
#
# Two tools help. `torch.log_softmax(logits, dim=-1)` gives the logarithm of each probability without overflow.
# `table.gather(-1, ids.unsqueeze(-1))` picks one entry from each row of a table: `unsqueeze(-1)` turns the ids from
# shape (N,) to (N, 1), as `gather` wants them.


# %%
@exercise("primer.cross_entropy")
def cross_entropy(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean negative log-probability of the right tokens, in nats.

    Args:
        logits: one row of scores per prediction, shape (N, V).
        targets: the right token of each row, shape (N,), integers below V.

    Returns:
        The loss: one number, shape ().
    """
    ### BEGIN SOLUTION
    log_probabilities = torch.log_softmax(logits, dim=-1)
    chosen = log_probabilities.gather(-1, targets.unsqueeze(-1))
    return -chosen.mean()
    ### END SOLUTION


# %% tags=["nbval-check-output"]
logits, targets = torch.randn(5, 8), torch.tensor([0, 3, 3, 7, 1])
difference = cross_entropy(logits, targets) - F.cross_entropy(logits, targets)
print("equals PyTorch's cross-entropy:", abs(difference.item()) < 1e-6)

# %% [markdown]
# ### A first language model
#
# Now put the five ideas together. The smallest language model looks at one character and predicts the next.
# It is called a **bigram** model, because it knows pairs only. Here is a text to learn from.

# %%
TEXT = """the llama lay on the lawn and looked at the moon. the moon looked at the llama.
who are you, asked the moon. i am a llama, said the llama, and who are you?
i am a lamp, said the moon, and i light the lawn. then the llama laughed and the moon
laughed, and all the lawn was light. in the morning the llama told the hen. the hen told
the man. the man looked at the llama and said: a lamp? the llama lay down on the lawn.
"""
alphabet = sorted(set(TEXT))
data = torch.tensor([alphabet.index(character) for character in TEXT])
print(f"{len(data)} characters, {len(alphabet)} different ones")
print("the first ten as ids:", data[:10].tolist())

# %% [markdown]
# The model is one embedding: the row of a character *is* the scores of the next one.
# The inputs are all characters but the last, and the targets are all characters but the first.

# %%
bigram = nn.Embedding(len(alphabet), len(alphabet))
optimizer = torch.optim.AdamW(bigram.parameters(), lr=0.1, weight_decay=0.0)
losses = []
for _ in range(300):
    loss = cross_entropy(bigram(data[:-1]), data[1:])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

print(f"first loss {losses[0]:.2f}, last loss {losses[-1]:.3f}")

# %% [markdown]
# Three lines do the learning. `zero_grad` forgets old slopes, `backward` computes new ones, and `step` changes the
# weights. The **optimizer** AdamW is a cleverer form of gradient descent; chapter 08 builds it.
#
# How low can the loss go? For a bigram model the answer can be counted. Given a character, the best possible
# probabilities are the frequencies in the text. Their loss is the **floor** that no bigram model can beat here.

# %%
counts = torch.zeros(len(alphabet), len(alphabet))
for first, second in zip(data[:-1], data[1:]):
    counts[first, second] += 1
frequencies = counts / counts.sum(dim=-1, keepdim=True)
floor = -frequencies[data[:-1], data[1:]].log().mean().item()
print(f"floor: {floor:.3f}")

# %%
guess = math.log(len(alphabet))
ax = plot_lines(
    range(300),
    {"loss": losses},
    title="Training a bigram model",
    xlabel="step",
    ylabel="nats per character",
)
ax.axhline(floor, color="black", linewidth=1, linestyle=":")
ax.axhline(guess, color="black", linewidth=1, linestyle=":")
ax.text(200, floor + 0.07, f"floor: {floor:.3f}")
ax.text(200, guess + 0.07, f"ln V: {guess:.2f}")
plt.show()

# %% [markdown]
# *The loss starts a little above ln V, because random scores are worse than equal ones, and falls to the floor.*
#
# (Your last loss may differ in the third digit. It ends within 0.02 of the floor.)
#
# Each row of the next figure is a character, and its colors are the probabilities of the next one.

# %%
table = torch.softmax(bigram.weight.detach(), dim=-1)
ax = plot_matrix(
    table,
    title="What the bigram model learned",
    xlabel="next character",
    ylabel="character",
    label="probability",
    ax=plt.subplots(figsize=(7, 5))[1],
)
labels = [{" ": "␣", "\n": "⏎"}.get(character, character) for character in alphabet]
ax.set_xticks(range(len(labels)), labels)
ax.set_yticks(range(len(labels)), labels)
plt.show()

# %% [markdown]
# *Bright cells are sure guesses; ␣ is a space and ⏎ a line break. After a comma a space is certain, and after "m"
# mostly "a" or "o".*
#
# Let it write: draw the next character with the probabilities of its row, again and again.

# %%
character, written = alphabet.index("t"), "t"
for _ in range(200):
    character = torch.multinomial(table[character], num_samples=1).item()
    written += alphabet[character]
print(written)

# %% [markdown]
# The words are nonsense, but their letters follow each other as in the text. The model sees one character only.
# Everything you build from here on serves one purpose: to let the model look at *all* of the text before.
# The loss, the training step and the sampling stay the same.

# %% [markdown]
# ## 6 What can go wrong
#
# - **SyntaxError.** Python could not read the cell, so nothing in it ran and nothing was checked. Mend the line that
#   it shows.
# - **A cell fails because a name is missing.** Notebook cells share one memory. Run the cells above first:
#   *Run* menu, *Run All Above Selected Cell*.
# - **A cell does not end.** *Kernel* menu, *Interrupt Kernel*. The check of an exercise ends by itself after ten
#   seconds, though not on Windows.
# - **Strange results after much editing.** Old definitions may still be in memory. *Kernel* menu,
#   *Restart Kernel and Run All Cells*.
# - **"using the package's version" although you solved it.** Run the exercise's cell again: a restart forgets what
#   is in memory. What you saved in `work/mine/` is safe.
# - **You want to begin a chapter again.** `minillama start 03 --fresh` in a terminal gives a new copy and keeps the
#   old one.
# - **A silent mistake.** The worst errors raise nothing. Here is one: the loss falls, and it is the wrong loss.

# %%
shifted = torch.nn.Embedding(len(alphabet), len(alphabet))
optimizer = torch.optim.AdamW(shifted.parameters(), lr=0.1, weight_decay=0.0)
for _ in range(300):
    loss = cross_entropy(shifted(data), data)  # the target is the input itself
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

print(f"loss {loss.item():.3f}, floor {floor:.3f}")

# %% [markdown]
# This loss lies far below the floor. That is impossible for an honest bigram model. The cell forgot to shift the targets,
# so the model predicts the character it is looking at. **A loss that is too good is a bug.** You will meet this
# rule again.

# %% [markdown]
# ## 7 Summary
#
# - A language model gives every token a score, softmax turns scores into probabilities, and the text grows by one
#   token at a time.
# - The loss is minus the logarithm of the probability of the right token. Knowing nothing costs ln V.
# - Gradients say how to change each weight so that the loss falls.
# - You write the parts, the notebook checks them, and chapter 06 assembles them.
#
# The board shows where you stand.

# %% tags=["nbval-ignore-output"]
board(chapter=0)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. What shape has a (5, 1) tensor plus a (1, 3) tensor?</summary>
#
# (5, 3). Each dimension of size 1 is stretched.
# </details>
#
# <details><summary>2. An untrained model has 49,152 tokens. Near which loss does it start?</summary>
#
# Near ln 49,152 = 10.8 nats.
# </details>
#
# <details><summary>3. Why does subtracting the same number from all scores leave softmax unchanged?</summary>
#
# It multiplies every exponential by the same factor, which cancels in the division by the sum.
# </details>
#
# <details><summary>4. Two models have a loss of 2.0 nats per token. One has words as tokens, the other characters.
# Are they equally good?</summary>
#
# No. A word holds several characters, so 2.0 nats per word is far better than 2.0 nats per character.
# </details>
#
# <details><summary>5. What does the bigram model need in order to write real words?</summary>
#
# More context: the characters before the last one. Attention, in chapter 05, provides it.
# </details>

# %% [markdown]
# ## Further reading
#
# - Touvron et al., 2023, *LLaMA: Open and Efficient Foundation Language Models*,
#   [arXiv:2302.13971](https://arxiv.org/abs/2302.13971).
# - Shannon, 1951, *Prediction and Entropy of Printed English*: how well can anyone guess the next letter?
# - The PyTorch tutorials, [pytorch.org/tutorials](https://pytorch.org/tutorials/), for more on tensors and autograd.
#
# Next: chapter 01, the **tokenizer**, which turns text into the numbers a model reads.
