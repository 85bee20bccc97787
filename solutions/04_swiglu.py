# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 04 · SwiGLU: the layer in which each token thinks alone
#
# A LLaMA block has two working layers. Attention, in the next chapter, lets tokens exchange information.
# The **feed-forward layer** of this chapter lets each token digest what it has, by itself.
# It is the simpler of the two, and it holds about two thirds of a LLaMA's weights.
#
# You follow its history in three steps: ReLU, then GELU and SiLU, then the gated form **SwiGLU** that LLaMA uses.
# At the end you train it and compare it with seven rivals of exactly the same size.
#
# | | |
# |---|---|
# | You will write | `silu`, `gelu`, the slope of SiLU, the module `SwiGLU`, the rule for its width, and one bug fix |
# | You need | Python, and the primer of chapter 00 (tensors, autograd, cross-entropy) |
# | Time | about 75 minutes, 40 of them for the six exercises |

# %% [markdown]
# ## 1 Where it sits
#
# The colored box is the layer of this chapter. It reads the output of the second norm.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.course import board, exercise, hint, show_solution
from minillama.course.plots import (
    draw_block,
    draw_diagram,
    plot_bars,
    plot_lines,
    plot_matrix,
    use_course_style,
)
from minillama.course.widgets import explore

use_course_style()
torch.set_num_threads(1)  # these models are so small that one thread is fastest
_ = torch.manual_seed(0)

# %%
draw_block(highlight=["feedforward"])
plt.show()

# %% [markdown]
# *The feed-forward layer reads a normalized copy of each token's vector, and its result is added to the vector.*

# %% [markdown]
# ## 2 What a feed-forward layer does
#
# In the first transformers it had three steps.
#
# 1. A linear layer widens each vector from $C$ channels to $F$ **hidden units**. Often $F = 4C$.
# 2. An **activation function** changes each hidden unit by itself. Here it is **ReLU**: keep positive values,
#    replace negative ones by 0.
# 3. A second linear layer leads back from $F$ to $C$ channels.
#
# $$y = W_{\mathrm{down}}\,\mathrm{relu}(W_{\mathrm{up}}\,x), \qquad \mathrm{relu}(z) = \max(z, 0)$$
#
# Here $x$ is the vector of one token, $W_{\mathrm{up}}$ has $F$ rows of $C$ numbers, and $W_{\mathrm{down}}$ has $C$
# rows of $F$ numbers. The original adds biases; LLaMA has none, so we leave them out. Source: Vaswani et al., 2017,
# [arXiv:1706.03762](https://arxiv.org/abs/1706.03762), section 3.3.


# %%
class FeedForward(nn.Module):
    """The plain layer: down(activation(up(x))), without biases."""

    def __init__(self, dim: int, hidden_dim: int, activation=torch.relu) -> None:
        super().__init__()
        self.activation = activation
        self.up_proj = nn.Linear(dim, hidden_dim, bias=False)
        self.down_proj = nn.Linear(hidden_dim, dim, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Shape (..., C) in and out."""
        return self.down_proj(self.activation(self.up_proj(x)))


# %% [markdown]
# ### Each token alone
#
# `x` has shape (B, T, C): texts, tokens, channels. The linear layers act on the last dimension only.
# So no token can see another. Change one token, and only its own result changes.

# %% tags=["nbval-check-output"]
layer, x = FeedForward(dim=8, hidden_dim=32), torch.randn(1, 5, 8)
changed = x.clone()
changed[:, 2] += 1  # another third token
moved = (layer(x) - layer(changed)).abs().amax(dim=-1) > 1e-6
print("tokens whose result changed:", moved[0].tolist())

# %% [markdown]
# A consequence for speed: all tokens of all texts can be computed at once, in any order, as one big matrix product.

# %% [markdown]
# ### Detectors and writers
#
# What can such a layer know? Look at one hidden unit.
#
# - Its **row** of $W_{\mathrm{up}}$ is compared with the token: a large product means "this is what I am looking
#   for". The row is a *detector*.
# - Its **column** of $W_{\mathrm{down}}$ is added to the result, as strongly as the unit fired.
#   The column is what the unit *writes*.
#
# So the layer is a **memory**: keys in the rows, values in the columns. Source: Geva et al., 2021,
# [arXiv:2012.14913](https://arxiv.org/abs/2012.14913). Check the claim with numbers.

# %%
x = torch.randn(8)
hidden = torch.relu(layer.up_proj.weight @ x)  # (F,)
written = sum(hidden[f] * layer.down_proj.weight[:, f] for f in range(32))
same = torch.allclose(written, layer(x), atol=1e-6)
print("the sum of the columns equals the layer:", same)
print("units that fired:", int((hidden > 0).sum()), "of 32")

# %% [markdown]
# ### A memory made by hand
#
# Store four facts without any training. Each word gets a random vector of length 1 with 256 channels. The vector of a
# city becomes a row of $W_{\mathrm{up}}$, and the vector of its country the matching column of $W_{\mathrm{down}}$.

# %%
words = ["Paris", "Rome", "Cairo", "Tokyo", "France", "Italy", "Egypt", "Japan"]
vectors = F.normalize(torch.randn(8, 256), dim=-1)  # one row per word
detectors, writers = vectors[:4], vectors[4:].T  # (4, 256) and (256, 4)


def recall(x: Tensor) -> str:
    """The word most similar to what the memory writes for x."""
    answer = writers @ torch.relu(detectors @ x)
    return words[(vectors @ answer).argmax()]


print({city: recall(vector) for city, vector in zip(words[:4], vectors)})

# %%
plot_matrix(
    torch.relu(vectors @ detectors.T),
    title="How strongly each unit fires for each word",
    xlabel="hidden unit",
    ylabel="word",
    label="after ReLU",
    ax=plt.subplots(figsize=(5.5, 3))[1],
)
plt.xticks(range(4), [f"looks for\n{word}" for word in words[:4]])
plt.yticks(range(8), words)
plt.show()

# %% [markdown]
# *Each city wakes its own unit. The countries wake hardly any. The faint spots are chance: random vectors with
# 256 channels are almost, but not exactly, at right angles.*
#
# Trained layers store facts in a similar way, but nobody writes them in by hand, and most facts are spread over
# many units. Section 10 looks into a real model.

# %% [markdown]
# ## 3 Why an activation at all
#
# Leave out the activation. Then two linear layers follow each other, and
# $W_{\mathrm{down}}(W_{\mathrm{up}}\,x) = (W_{\mathrm{down}} W_{\mathrm{up}})\,x$. That is one linear layer,
# whatever the width.

# %% tags=["nbval-check-output"]
x = torch.randn(5, 8)
two_layers = layer.down_proj(layer.up_proj(x))
one_matrix = layer.down_proj.weight @ layer.up_proj.weight  # (8, 8)
print("one matrix does it:", torch.allclose(two_layers, x @ one_matrix.T, atol=1e-6))

# %% [markdown]
# From one number to one number, a linear layer can only draw a straight line. Each ReLU unit adds one **bend**.
# With enough bends, a sum of units follows any smooth curve.
#
# The next figure places the bends evenly. Then it finds the writing weights with the smallest mean squared error
# (PyTorch's `lstsq`, for *least squares*).


# %%
def draw_fit(n_units: int = 5) -> None:
    """Follow a curve with a sum of ReLU units."""
    x = torch.linspace(-3, 3, 301)
    curve = torch.sin(2 * x) + 0.3 * x
    bends = torch.linspace(-3, 3, n_units + 1)[:-1]
    units = torch.relu(x.unsqueeze(1) - bends)  # (301, n_units)
    features = torch.cat([torch.ones(301, 1), units], dim=1)
    weights = torch.linalg.lstsq(features, curve.unsqueeze(1)).solution
    lines = {"curve": curve, f"{n_units} units": (features @ weights).flatten()}
    plot_lines(x, lines, title="A sum of bends", xlabel="x", ylabel="y")
    plt.ylim(-2.2, 2.2)


draw_fit(5)
plt.show()

# %% [markdown]
# *Five units give five straight pieces. They catch the shape only roughly.*
#
# Move the slider. From how many units on can you no longer tell the lines apart?

# %% tags=["nbval-ignore-output"]
explore(draw_fit, n_units=(1, 40, 1))

# %% [markdown]
# Width buys detail. That is one reason why the hidden layer is wider than the stream.

# %% [markdown]
# ## 4 The trouble with ReLU
#
# ReLU is cheap and works well, but look at its slope. It is 1 for positive inputs and 0 for negative ones. Learning
# needs a slope. A unit that is negative for *every* input gets no gradient at all, and nothing calls it back. Such a
# unit is called **dead**.
#
# Count them. This network learns a sine curve with 64 hidden units and a high learning rate.


# %%
def dead_units(activation, learning_rate: float = 0.1, n_steps: int = 200) -> list[int]:
    """Train a small network and count the units without any gradient at each step."""
    torch.manual_seed(0)
    x = torch.linspace(-2, 2, 256).unsqueeze(1)
    up, down = nn.Linear(1, 64), nn.Linear(64, 1)
    parameters = [*up.parameters(), *down.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=learning_rate)
    counts = []
    for _ in range(n_steps):
        loss = F.mse_loss(down(activation(up(x))), torch.sin(3 * x))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        slopes = up.weight.grad.abs().flatten() + up.bias.grad.abs()
        counts.append(int((slopes == 0).sum()))
    return counts


# %%
counts = {"ReLU": dead_units(torch.relu), "SiLU": dead_units(F.silu)}
plot_lines(
    range(200),
    counts,
    title="Units without a gradient, of 64",
    xlabel="step",
    ylabel="dead units",
)
plt.show()
print("dead at the end:", {name: line[-1] for name, line in counts.items()})

# %% [markdown]
# *With ReLU some units are dead from the start, and a few large steps kill more. With SiLU, the next activation,
# every unit keeps a gradient.*
#
# (Your numbers may differ a little: about half of the ReLU units end dead, none of the SiLU units. A few come back to
# life by luck, because the optimizer moves every weight a little longer than its gradient lasts.)
#
# A dead unit does no harm by itself. It is memory that you pay for and cannot use.

# %% [markdown]
# ## 5 Smooth activations
#
# ### SiLU
#
# The **sigmoid** squeezes any number into the range from 0 to 1: $\sigma(x) = 1 / (1 + e^{-x})$.
# It is a soft switch: near 0 far left, 1/2 at 0, near 1 far right.
#
# **SiLU** multiplies each value by its own switch. It is also called Swish.
#
# $$\mathrm{silu}(x) = x\,\sigma(x)$$
#
# By hand: $\sigma(\ln 3) = 1/(1 + 1/3) = 3/4$. So $\mathrm{silu}(\ln 3) = 0.75 \cdot 1.0986 = 0.824$.
#
# Source: Elfwing et al., 2017, [arXiv:1702.03118](https://arxiv.org/abs/1702.03118); Ramachandran et al., 2017,
# [arXiv:1710.05941](https://arxiv.org/abs/1710.05941).

# %% [markdown]
# ### Exercise 1 · `silu` (difficulty 1 of 5, 3 minutes)
#
# Replace the line that raises an error, then run the cell. `hint("silu")` helps if you are stuck.


# %%
@exercise("swiglu.silu")
def silu(x: Tensor) -> Tensor:
    """Multiply each value by its own sigmoid: x * sigmoid(x).

    Close to ReLU far from zero, but smooth, and slightly negative below zero, so a
    gradient flows almost everywhere. Also called Swish.

    Args:
        x: any shape, floating.

    Returns:
        Same shape and dtype. The minimum is about -0.278, at x = -1.278.

    Example:
        >>> silu(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.2689,  0.0000,  0.7311])
    """
    ### BEGIN SOLUTION
    return x * torch.sigmoid(x)
    ### END SOLUTION


# %% [markdown]
# PyTorch has the same function as `F.silu`.

# %% tags=["nbval-check-output"]
x = torch.linspace(-8, 8, 161)
print("equals F.silu:", torch.allclose(silu(x), F.silu(x), atol=1e-6))
print(f"minimum: {silu(x).min():.3f} at x = {x[silu(x).argmin()]:.1f}")

# %% [markdown]
# ### One family, from a line to ReLU
#
# Put a factor $\beta$ (beta) inside the switch: $x\,\sigma(\beta x)$. It sets how sharp the switch is.


# %%
def draw_swish(beta: float = 1.0) -> None:
    """Plot x * sigmoid(beta * x) between its two limits."""
    x = torch.linspace(-4, 4, 161)
    lines = {
        f"beta = {beta:g}": x * torch.sigmoid(beta * x),
        "x / 2": x / 2,
        "ReLU": torch.relu(x),
    }
    title = "Swish lies between a straight line and ReLU"
    plot_lines(x, lines, title=title, xlabel="x", ylabel="activation")
    plt.ylim(-2.2, 4.2)


draw_swish(1.0)
plt.show()

# %% [markdown]
# *At beta = 1 the curve is SiLU. It dips a little below zero on the left and comes close to ReLU on both sides.*

# %% tags=["nbval-ignore-output"]
explore(draw_swish, beta=(0.0, 10.0, 0.25))

# %% [markdown]
# At beta = 0 the switch is always 1/2, and the curve is the line $x/2$. With a large beta the switch is either off
# or on: that is ReLU. SiLU sits in between, and its slope changes without a jump.

# %% [markdown]
# ### GELU
#
# **GELU** uses another soft switch: the probability $\Phi(x)$ that a random number from the **standard normal
# distribution** (the bell curve with mean 0 and variance 1) is smaller than $x$.
#
# $$\mathrm{gelu}(x) = x\,\Phi(x), \qquad
# \Phi(x) = \tfrac{1}{2}\left(1 + \mathrm{erf}\!\left(\tfrac{x}{\sqrt 2}\right)\right)$$
#
# The **error function** erf has no simple formula, but every mathematics library has it. In PyTorch it is
# `torch.erf`.
#
# By hand: 84.13 percent of all normal numbers are below 1, so $\mathrm{gelu}(1) = 0.8413$. And 15.87 percent are
# below -1, so $\mathrm{gelu}(-1) = -0.1587$. Source: Hendrycks and Gimpel, 2016,
# [arXiv:1606.08415](https://arxiv.org/abs/1606.08415).

# %% [markdown]
# ### Exercise 2 · `gelu` (difficulty 2 of 5, 6 minutes)
#
# LLaMA does not use GELU, but GPT-2 and BERT do. Write the exact version.


# %%
@exercise("swiglu.gelu")
def gelu(x: Tensor) -> Tensor:
    """Multiply each value by the probability that a standard normal number is smaller.

    Args:
        x: any shape, floating.

    Returns:
        Same shape: x * 0.5 * (1 + erf(x / sqrt(2))).
    """
    ### BEGIN SOLUTION
    return 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))
    ### END SOLUTION


# %% [markdown]
# When erf was slow, people replaced it by a tanh that looks almost the same. Models trained with one version should
# run with that version: GPT-2, for example, uses the tanh form. How large is the difference?

# %%
x = torch.linspace(-5, 5, 1001)
by_tanh = 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
print(f"largest difference: {(gelu(x) - by_tanh).abs().max():.5f}")
print("equals PyTorch:", torch.allclose(by_tanh, F.gelu(x, approximate="tanh")))

# %% [markdown]
# ### All three side by side

# %%
x = torch.linspace(-4, 4, 161, requires_grad=True)
activations = {"ReLU": torch.relu, "GELU": gelu, "SiLU": silu}
values = {name: f(x) for name, f in activations.items()}
slopes = {name: torch.autograd.grad(y.sum(), x)[0] for name, y in values.items()}

_, axes = plt.subplots(1, 2, figsize=(8.5, 3.2))
for ax, lines, title in zip(axes, (values, slopes), ("value", "slope")):
    lines = {name: line.detach() for name, line in lines.items()}
    plot_lines(x.detach(), lines, title=title, xlabel="x", ylabel=title, ax=ax)
plt.show()

# %% [markdown]
# *Left: the values differ only near zero. Right: the slope of ReLU jumps from 0 to 1. The smooth ones pass through
# 1/2 at zero, dip below 0 on the left and rise a little above 1 on the right.*
#
# The dip matters. A unit that is somewhat negative still has a slope, so it can still learn.

# %% [markdown]
# ### Exercise 3 · `silu_gradient` (difficulty 3 of 5, 10 minutes)
#
# Work out the slope of SiLU. You need the slope of the sigmoid, $\sigma'(x) = \sigma(x)(1 - \sigma(x))$, and the
# product rule: the slope of $u \cdot v$ is $u' v + u v'$. This exercise is optional: nothing later depends on it.


# %%
@exercise("swiglu.silu_gradient")
def silu_gradient(x: Tensor) -> Tensor:
    """Slope of silu at each value, without autograd.

    Args:
        x: any shape, floating; also as large as 200.

    Returns:
        Same shape.
    """
    ### BEGIN SOLUTION
    sigmoid = torch.sigmoid(x)
    return sigmoid * (1 + x * (1 - sigmoid))
    ### END SOLUTION


# %% tags=["nbval-check-output"]
x = torch.linspace(-6, 6, 1201)
slope = silu_gradient(x)
print(f"largest slope  {slope.max():.3f} at x = {x[slope.argmax()]:.1f}")
print(f"smallest slope {slope.min():.3f} at x = {x[slope.argmin()]:.1f}")

# %% [markdown]
# The slope stays between -0.1 and 1.1. So SiLU can enlarge a gradient by a tenth at most.

# %% [markdown]
# ## 6 Gating: let one projection decide about another
#
# In SiLU a value is multiplied by its own switch. **Gating** goes one step further: the switch gets a projection of
# its own. One linear layer, *up*, proposes a value for each hidden unit. Another one, *gate*, decides how much of it
# passes.
#
# $$h = \sigma(W_{\mathrm{gate}}\,x) \cdot (W_{\mathrm{up}}\,x)$$
#
# The dot multiplies unit by unit. This is the **gated linear unit**, GLU, of Dauphin et al., 2016,
# [arXiv:1612.08083](https://arxiv.org/abs/1612.08083). Shazeer tried other functions in place of the sigmoid in 2020
# ([arXiv:2002.05202](https://arxiv.org/abs/2002.05202)).
#
# | name | on the gate |
# |---|---|
# | GLU | sigmoid |
# | Bilinear | nothing |
# | ReGLU | ReLU |
# | GEGLU | GELU |
# | **SwiGLU** | **SiLU** (Swish) |

# %%
boxes = {
    "x": (0, 0, "x"),
    "gate": (1.3, 0.45, "gate_proj"),
    "up": (1.3, -0.45, "up_proj"),
    "silu": (2.6, 0.45, "SiLU"),
    "times": (3.9, 0, "multiply"),
    "down": (5.2, 0, "down_proj"),
    "y": (6.5, 0, "y"),
}
draw_diagram(
    boxes,
    arrows=[
        ("x", "gate"),
        ("x", "up"),
        ("gate", "silu"),
        ("silu", "times"),
        ("up", "times"),
        ("times", "down"),
        ("down", "y"),
    ],
    highlight=["gate", "silu"],
    title="SwiGLU: three matrices, one product",
    figsize=(8, 2.4),
)
plt.show()

# %% [markdown]
# *Both projections read the same x. The colored path decides how much of the other one passes.*

# %% [markdown]
# ### What a gate can do that a plain layer cannot
#
# A plain layer with ReLU adds bent lines. It can never multiply two channels exactly. A gated layer contains a
# product, so one bilinear unit is enough: read channel $a$ through the gate and channel $b$ through up, and the
# result is $a \cdot b$.
#
# Let both *learn* the product from 512 random points between -1 and 1. The gated layer gets one hidden unit and
# 5 weights. The plain one gets 64 hidden units with biases, 257 weights.


# %%
class OneGatedUnit(nn.Module):
    """(gate · x) * (up · x), times one more weight."""

    def __init__(self) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(2, 1, bias=False)
        self.up_proj = nn.Linear(2, 1, bias=False)
        self.down_proj = nn.Linear(1, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(self.gate_proj(x) * self.up_proj(x))


def learn_product(model: nn.Module, n_steps: int = 1000) -> nn.Module:
    """Train a model to multiply two numbers between -1 and 1."""
    points = torch.rand(512, 2) * 2 - 1
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(n_steps):
        loss = F.mse_loss(model(points), points.prod(dim=-1, keepdim=True))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


# %%
torch.manual_seed(0)
gated = learn_product(OneGatedUnit())
plain = learn_product(nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 1)))
for name, model in {"gated, 1 unit": gated, "plain, 64 units": plain}.items():
    with torch.no_grad():
        inside, outside = torch.tensor([[0.5, -0.8]]), torch.tensor([[3.0, -2.0]])
        answers = f"{model(inside).item():7.4f} {model(outside).item():8.4f}"
    n_weights = sum(p.numel() for p in model.parameters())
    print(f"{name:16} {n_weights:4} weights: 0.5 * -0.8 = {answers} = 3 * -2")

# %%
side = torch.linspace(-3, 3, 61)
grid = torch.cartesian_prod(side, side)
pictures = {"true product": grid.prod(-1), "plain": plain(grid), "gated": gated(grid)}
_, axes = plt.subplots(1, 3, figsize=(9, 2.9), sharey=True)
for ax, (name, values) in zip(axes, pictures.items()):
    picture = values.detach().reshape(61, 61).T
    image = ax.imshow(picture, origin="lower", extent=(-3, 3, -3, 3), vmin=-9, vmax=9)
    ax.add_patch(plt.Rectangle((-1, -1), 2, 2, fill=False, edgecolor="white"))
    ax.set(title=name, xlabel="a")
    ax.grid(visible=False)
axes[0].set_ylabel("b")
axes[0].figure.colorbar(image, ax=axes, label="output")
plt.show()

# %% [markdown]
# *The white square holds the training points. Inside it both are good. Outside, the plain layer goes on in
# straight lines, while the gated one has found the rule itself.*
#
# (The gated unit gives -0.4000 and -6.0000. The plain layer is right to about two digits inside, and outside it
# reaches only about half of -6. Its digits may differ on your machine.)

# %% [markdown]
# ### And SwiGLU?
#
# With SiLU on the gate the product is bent. But two units together make it straight again, because
# $\mathrm{silu}(a) - \mathrm{silu}(-a) = a\,(\sigma(a) + \sigma(-a)) = a$. The last step uses that the two switches
# add up to 1. So
#
# $$\mathrm{silu}(a) \cdot b - \mathrm{silu}(-a) \cdot b = a \cdot b$$

# %% tags=["nbval-check-output"]
a, b = torch.randn(1000) * 3, torch.randn(1000) * 3
product = silu(a) * b - silu(-a) * b
print("two SwiGLU units multiply exactly:", torch.allclose(product, a * b, atol=1e-5))

# %% [markdown]
# A product of two readings is useful far beyond arithmetic. "The word is a name **and** the sentence is a question"
# is a product of two conditions. A plain layer must approximate it by adding and bending. A gated unit has it built
# in.

# %% [markdown]
# ## 7 The layer of LLaMA
#
# $$\mathrm{SwiGLU}(x) = W_{\mathrm{down}}\,\bigl(\mathrm{silu}(W_{\mathrm{gate}}\,x) \cdot W_{\mathrm{up}}\,x\bigr)$$
#
# There are no biases. Shapes for one token: $W_{\mathrm{gate}}$ and $W_{\mathrm{up}}$ lead from $C$ to $F$,
# $W_{\mathrm{down}}$ leads back. Source: Shazeer, 2020, [arXiv:2002.05202](https://arxiv.org/abs/2002.05202),
# equation 6; Touvron et al., 2023, [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.2.
#
# By hand, with one channel and one unit: let gate = 2, up = 5, down = 7 and $x = 1$. Then $\mathrm{silu}(2) = 1.762$,
# times 5 is 8.81, times 7 is 61.66.
#
# ### Exercise 4 · `SwiGLU` (difficulty 2 of 5, 8 minutes)
#
# The names `gate_proj`, `up_proj` and `down_proj` matter: checkpoints of real models use them.


# %%
@exercise("swiglu.SwiGLU")
class SwiGLU(nn.Module):
    """Feed-forward layer whose hidden units are gated by a second projection.

    down(silu(gate(x)) * up(x)): up proposes a value for each hidden unit and gate
    decides how much of it passes. No biases.

    Args:
        dim: C, width of the model.
        hidden_dim: F, number of gated units.
    """

    def __init__(self, dim: int, hidden_dim: int) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.gate_proj = nn.Linear(dim, hidden_dim, bias=False)
        self.up_proj = nn.Linear(dim, hidden_dim, bias=False)
        self.down_proj = nn.Linear(hidden_dim, dim, bias=False)
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        """Mix the channels of every token alone; shape (..., C) in and out."""
        ### BEGIN SOLUTION
        return self.down_proj(silu(self.gate_proj(x)) * self.up_proj(x))
        ### END SOLUTION


# %% tags=["nbval-check-output"]
layer = SwiGLU(dim=6, hidden_dim=16)
print(layer(torch.zeros(2, 3, 6)).shape)
for name, weight in layer.named_parameters():
    print(f"{name:17} {tuple(weight.shape)}")

# %% [markdown]
# The memory of section 2 is still there, with one change. Each unit now has *two* detectors. The gate says
# whether the unit fires. The up projection says how strongly, and with which sign. The column of down is what it
# writes.

# %% [markdown]
# ## 8 How wide?
#
# A plain layer has two matrices of $C \times 4C$: $8C^2$ weights. A gated layer has three matrices of
# $C \times F$: $3CF$ weights. For a fair fight both must have the same size.
#
# $$3CF = 8C^2 \quad\Rightarrow\quad F = \tfrac{8}{3}\,C = \tfrac{2}{3} \cdot 4C$$
#
# This is the **two-thirds rule**. It seldom gives a round number: for $C = 4096$ it gives 10,922.67. Hardware cuts
# matrices into tiles and is fastest when the tiles come out even, so LLaMA rounds up. Meta's code follows four steps.
#
# 1. Take two thirds of $4C$ and cut off the fraction: 10,922.
# 2. Multiply by an optional factor, 1 by default.
# 3. Cut off the fraction again.
# 4. Round **up** to a multiple of `multiple_of`: 11,008 = 43 · 256.
#
# ### Exercise 5 · `swiglu_hidden_dim` (difficulty 2 of 5, 8 minutes)
#
# Python's `int` cuts off a fraction. `a // b` divides and rounds down, and `-(-a // b)` divides and rounds up.


# %%
@exercise("swiglu.swiglu_hidden_dim")
def swiglu_hidden_dim(dim: int, multiple_of: int = 256, multiplier: float = 1.0) -> int:
    """Return the hidden width that keeps a gated layer as large as a plain one.

    A plain layer has two matrices of width 4 * dim. SwiGLU has three, so the width
    shrinks to two thirds of that. Meta's rule truncates 2/3 * 4 * dim to an integer,
    truncates again after the optional multiplier, and rounds up to a multiple that
    suits the hardware.

    Args:
        dim: C, width of the model; positive.
        multiple_of: the result is rounded up to a multiple of this.
        multiplier: widens the layer; 1.3 in Llama 2 70B and Llama 3 8B.

    Returns:
        F, the hidden width.

    Raises:
        ValueError: if an argument is not positive.

    Example:
        >>> swiglu_hidden_dim(4096)
        11008
    """
    if dim < 1 or multiple_of < 1 or multiplier <= 0:
        raise ValueError(
            "dim, multiple_of and multiplier must be positive, "
            f"got {dim}, {multiple_of}, {multiplier}"
        )
    ### BEGIN SOLUTION
    hidden_dim = int(int(2 * (4 * dim) / 3) * multiplier)
    return multiple_of * -(-hidden_dim // multiple_of)
    ### END SOLUTION


# %% [markdown]
# Does the rule give the published widths? `PRESETS` holds the sizes that the released models really have. The two
# settings come from Meta's configurations of these models.

# %% tags=["nbval-check-output"]
from minillama.config import PRESETS

settings = {
    "LLaMA-7B": (256, 1.0),
    "LLaMA-13B": (256, 1.0),
    "LLaMA-33B": (256, 1.0),
    "LLaMA-65B": (256, 1.0),
    "Llama-2-70B": (4096, 1.3),
    "Llama-3-8B": (1024, 1.3),
    "Llama-3.1-405B": (4096, 1.2),
    "Llama-3.2-1B": (256, 1.5),
    "Llama-3.2-3B": (256, 1.0),
}
for name, (multiple_of, multiplier) in settings.items():
    dim, published = PRESETS[name].dim, PRESETS[name].hidden_dim
    width = swiglu_hidden_dim(dim, multiple_of, multiplier)
    print(f"{name:14} C {dim:6,}  8C/3 {8 * dim / 3:9.2f}  F {width:6,}  "
          f"F/C {width / dim:.2f}  as published: {width == published}")  # fmt: skip

# %% [markdown]
# All nine agree. With a multiplier the layers are wider than the two-thirds rule asks for: up to 4 times $C$ in Llama
# 3.2 1B. Equal size was a condition of the comparison, not a law. SmolLM2-135M, with $C = 576$, needs no rounding:
# 8/3 · 576 is exactly 1,536.

# %% [markdown]
# ### Two thirds of the model
#
# How large a share is that? Compare the weights of one block with its attention. LLaMA's attention has four
# matrices of $C \times C$.

# %% tags=["nbval-check-output"]
from minillama.budget import count_parameters
from minillama.config import LLAMA_7B

feedforward = 3 * LLAMA_7B.dim * LLAMA_7B.hidden_dim
attention = 4 * LLAMA_7B.dim**2
block = feedforward + attention + 2 * LLAMA_7B.dim  # two norms
print(f"one feed-forward layer: {feedforward:,} weights")
print(f"one attention layer:    {attention:,} weights")
print(f"share of a block:       {100 * feedforward / block:.1f} %")
total = LLAMA_7B.n_layers * feedforward
print(f"share of the model:     {100 * total / count_parameters(LLAMA_7B):.1f} %")

# %%
embeddings = 2 * LLAMA_7B.vocab_size * LLAMA_7B.dim
plot_bars(
    {
        "feed-forward": total / 1e9,
        "attention": LLAMA_7B.n_layers * attention / 1e9,
        "embedding and head": embeddings / 1e9,
    },
    title="Where the 6.74 billion weights of LLaMA-7B are",
    ylabel="billion weights",
)
plt.show()

# %% [markdown]
# *Nearly two thirds of all weights sit in the feed-forward layers. The norms are too few to be seen.*
#
# Work goes with weights. For each token, each weight takes part in one multiplication and one addition: 2 **FLOPs**
# (floating-point operations).

# %% tags=["nbval-check-output"]
from minillama.budget import forward_flops

flops = 2 * total
print(f"feed-forward: {flops / 1e9:.2f} billion FLOPs per token")
print(f"whole model:  {forward_flops(LLAMA_7B) / 1e9:.2f} billion FLOPs per token")
print(f"share:        {100 * flops / forward_flops(LLAMA_7B):.1f} %")

# %% [markdown]
# This leaves out the work of comparing tokens with each other, which grows with the length of the text.
# Chapter 05 counts it.

# %% [markdown]
# ## 9 A fair fight
#
# Is the gate worth it? The only honest way to know is to train: the same model, data, steps and number of
# weights, and only the feed-forward layer exchanged. Shazeer did this with a large model. You do it with a small one.
#
# ### The language
#
# The text is a list of 800 invented facts, drawn again and again at random.

# %% tags=["nbval-check-output"]
from minillama.course.experiments.invented_facts import FLOOR, facts, write_text

print(write_text(8, seed=3).replace(". ", ".\n"))
print(f"{len(facts())} facts; choosing one costs ln 800 = {FLOOR:.3f} nats")

# %% [markdown]
# A tiny model reads the last 20 characters and predicts the next one. It must learn the spelling, the grammar and,
# hardest, the facts: who keeps what, who lives where.
#
# The best possible loss is known. Which fact comes next is pure chance, so every sentence costs at least
# $\ln 800$ nats. A model that knows everything reaches this **floor**. We measure the **excess** above it, in nats
# per sentence. Zero is perfect.
#
# The test text is new, but its facts are those of the training text. This is a test of memory, not of understanding.

# %%
boxes = {
    "text": (0, 0, "20 letters"),
    "embedding": (1.2, 0, "embedding"),
    "join": (2.4, 0, "linear"),
    "layer1": (3.8, 0, "norm and\nlayer"),
    "add1": (5.0, 0, "add"),
    "layer2": (6.2, 0, "norm and\nlayer"),
    "add2": (7.4, 0, "add"),
    "head": (8.6, 0, "norm and\nscores"),
}
names = list(boxes)
draw_diagram(
    boxes,
    arrows=list(zip(names, names[1:])),
    bypasses=[("join", "add1"), ("add1", "add2")],
    highlight=["layer1", "layer2"],
    title="The small model: only the two colored layers are exchanged",
    figsize=(9, 1.9),
)
plt.show()

# %% [markdown]
# *Each letter becomes 12 numbers. A linear layer joins 20 · 12 of them to a stream of 48 channels. The plain layers
# have 4 · 48 = 192 hidden units, the gated ones 2/3 · 192 = 128.*
#
# Check that the fight is fair.

# %% tags=["nbval-check-output"]
from minillama.course.experiments.swiglu import LAYERS, read_table, train_row

for name, make_layer in LAYERS.items():
    print(f"{name:9}", sum(p.numel() for p in make_layer(48).parameters()), "weights")

# %% [markdown]
# ### One row, live
#
# The next cell trains *your* SwiGLU: 1,000 steps of 256 characters each. It takes about 5 seconds.

# %%
live = train_row(
    "SwiGLU", 0.008, seed=0, make_layer=lambda dim: SwiGLU(dim, 8 * dim // 3)
)
print(f"{live.parameters:,} weights in two layers, excess {live.excess:.2f} nats")

# %% tags=["nbval-check-output"]
table = read_table()
same = ("SwiGLU", 0.008, 0)
shipped = [r for r in table if (r.layer, r.learning_rate, r.seed) == same]
if shipped:
    print(f"shipped row: {shipped[0].excess:.2f} nats")
    print("agree within 0.3 nats:", abs(live.excess - shipped[0].excess) < 0.3)
else:
    print("The table lies in the course's folder data/ablations, which is not here.")

# %% [markdown]
# (Your live value may differ in the second digit. Small differences of rounding grow during training, so only runs on
# equal machines agree exactly.)
#
# The full table has 160 rows: eight layers, four learning rates, five seeds. It was made by the same function, on one
# core in about 10 minutes: `python -m minillama.course.experiments.swiglu`. Each layer gets the learning rate that
# suits it best, so that no layer loses by an unlucky setting.


# %%
from statistics import mean, stdev


def best_runs(layer: str) -> tuple[float, list[float]]:
    """The learning rate with the lowest mean excess, and the five results."""
    by_rate: dict[float, list[float]] = {}
    for row in table:
        if row.layer == layer:
            by_rate.setdefault(row.learning_rate, []).append(row.excess)
    return min(by_rate.items(), key=lambda item: mean(item[1]))


ours = {name: best_runs(name) for name in LAYERS} if table else {}
for name, (rate, runs) in ours.items():
    print(f"{name:9} rate {rate:.3f}  mean {mean(runs):.2f}  spread {stdev(runs):.2f}"
          f"  best {min(runs):.2f}  worst {max(runs):.2f}")  # fmt: skip

# %% [markdown]
# The **spread** is the standard deviation of the five seeds: how much luck is in one run.
#
# Shazeer's Table 1 reports the same eight layers in a model with 24 layers of 768 channels, trained on web text
# ([arXiv:2002.05202](https://arxiv.org/abs/2002.05202), 65,536 steps, spread of four runs). Its *log-perplexity* is
# another name for the cross-entropy, and its Swish is our SiLU.

# %%
PAPER = {
    "ReLU": (1.997, 0.005),
    "GELU": (1.983, 0.005),
    "SiLU": (1.994, 0.003),
    "GLU": (1.982, 0.006),
    "Bilinear": (1.960, 0.005),
    "GEGLU": (1.942, 0.004),
    "SwiGLU": (1.944, 0.010),
    "ReGLU": (1.953, 0.003),
}
small = {name: (mean(runs), stdev(runs)) for name, (_, runs) in ours.items()}
panels = {
    "Ours: excess, nats per sentence": small,
    "Shazeer 2020: log-perplexity": PAPER,
}

_, axes = plt.subplots(1, 2, figsize=(9, 3.2), sharey=True)
for ax, (title, results) in zip(axes, panels.items()):
    for name, (middle, spread) in results.items():
        color = "#0072B2" if name in ("ReLU", "GELU", "SiLU") else "#D55E00"
        ax.errorbar(middle, name, xerr=spread, fmt="o", color=color, capsize=3)
    ax.set(title=title, xlabel="lower is better")
axes[0].invert_yaxis()
plt.show()

# %% [markdown]
# *Mean and spread. Blue: plain layers, orange: gated ones. On both sides four of the five gated layers stand clearly
# to the left of all plain ones, and GLU, with its sigmoid, does not.*
#
# What do our numbers support, and what not?
#
# - **Gating helps here.** Even the worst run of Bilinear, GEGLU, SwiGLU and ReGLU (2.91) is a little better than the
#   best run of all plain layers (2.93). On average SwiGLU's excess (2.64) is 13 percent below GELU's (3.04) and 21
#   percent below ReLU's (3.32).
# - **They do not name a winner among these four.** GEGLU (2.60) and SwiGLU (2.64) differ by less than the spread of
#   one run. In the paper they are just as close: 1.942 and 1.944.
# - **A smooth activation alone is no miracle.** GELU beats ReLU clearly, SiLU hardly.
# - **It is one small test**: a model of some 50,000 weights, one invented language, 1,000 steps. The paper's model is
#   far larger and reads real text, and it agrees. Still, neither tells you *why*. Shazeer offers no explanation
#   either.
#
# LLaMA's authors chose SwiGLU, following PaLM (arXiv:2302.13971, section 2.2).

# %% [markdown]
# ## 10 On real weights
#
# Now look into trained gates. SmolLM2-135M has 30 blocks with 1,536 hidden units each. The next cell loads it if the
# weights are on your machine (`minillama fetch smollm2` gets them, 93 MB).
#
# A **hook** is a function that PyTorch calls whenever a layer runs. Ours keeps what each feed-forward layer was given,
# so that we can compute its gates once more.

# %%
from minillama.course.fetch import smollm2_path
from minillama.formats.gguf import load_gguf
from minillama.formats.tokenizer_files import load_tokenizer

TEXT = (
    "Anna lives in Vienna with two dogs and three cats. She likes tea from Japan "
    "and music from Brazil, and in May she flew to Cairo."
)
weights = smollm2_path()
if weights is None:
    print("The weights are missing. Run `minillama fetch smollm2` in a terminal,")
    print("then run this section again.")
else:
    model, tokenizer = load_gguf(weights), load_tokenizer(weights)
    ids = tokenizer.encode(TEXT)
    pieces = [tokenizer.decode([i]) for i in ids]
    print(pieces)


# %%
def watch(model: nn.Module, ids: list[int]) -> tuple[Tensor, Tensor]:
    """Gates after silu, and hidden units silu(gate) * up: (layers, T, F) each."""
    parts, given = [layer.feedforward for layer in model.layers], []
    hooks = [
        part.register_forward_pre_hook(lambda _, args: given.append(args[0][0]))
        for part in parts
    ]
    with torch.no_grad():
        model(torch.tensor([ids]))
        opened = torch.stack([silu(p.gate_proj(x)) for p, x in zip(parts, given)])
        ups = torch.stack([p.up_proj(x) for p, x in zip(parts, given)])
    for hook in hooks:
        hook.remove()
    return opened, opened * ups


if weights:
    opened, hidden = watch(model, ids)
    print("layers, tokens, hidden units:", tuple(opened.shape))

# %% [markdown]
# How many gates are open? Below zero, silu lets through 0.28 at most. So we count the gates above zero, and those
# that are opened far: $|\mathrm{silu}(\mathrm{gate})|$ above 0.5.

# %%
if weights:
    others = opened[:, 1:]  # without the first token
    lines = {
        "above zero": 100 * (others > 0).float().mean(dim=(1, 2)),
        "opened far": 100 * (others.abs() > 0.5).float().mean(dim=(1, 2)),
    }
    ax = plot_lines(
        range(30),
        lines,
        title="Gates of SmolLM2-135M, one text",
        xlabel="block",
        ylabel="percent of hidden units",
    )
    ax.axhline(50, color="black", linewidth=1, linestyle=":")
    ax.set_ylim(0, 100)
    plt.show()

# %% [markdown]
# *With the weights: by chance half of the gates would be above zero (dotted). In blocks 1 to 13 it is a fifth to a
# third, and only about one gate in twenty, or fewer, is opened far. In later blocks more gates open.*
#
# Nobody asked for this. For each token the model has learned to keep most gates nearly closed. The first token is
# left out here; it has a surprise of its own below.
#
# ### Three units and what they look for
#
# Which tokens open a gate? We searched the 46,080 units of the model with another text, for gates that open at words
# of one kind only. Here are three of them on a text that the search has not seen.

# %%
FOUND = {
    "block 8, unit 1329": (8, 1329),
    "block 20, unit 545": (20, 545),
    "block 24, unit 519": (24, 519),
}
if weights:
    rows = torch.stack([opened[block, 1:, unit] for block, unit in FOUND.values()])
    ax = plot_matrix(
        rows,
        title="How far each token opens three gates",
        xlabel="token",
        ylabel="",
        label="silu(gate)",
        ax=plt.subplots(figsize=(9, 2.6))[1],
    )
    ax.set_yticks(range(3), list(FOUND))
    ax.set_xticks(range(len(pieces) - 1), pieces[1:], rotation=90)
    plt.show()

# %% [markdown]
# *With the weights: the first gate opens at the cities, but not at the countries. The second opens at number words.
# The third opens at words such as "in", "from" and "to".*
#
# These are detectors, as in the memory of section 2, but learned from text. Change `TEXT` and see whether they hold.
# Two warnings: most units are not so easy to name, and we looked for the ones that are.
#
# ### One giant
#
# The next figure shows the largest hidden unit of each block, $|\mathrm{silu}(\mathrm{gate}) \cdot \mathrm{up}|$.

# %%
if weights:
    largest = hidden.abs().amax(dim=-1)  # (layers, T)
    lines = {
        "first token": largest[:, 0],
        "largest of the others": largest[:, 1:].amax(dim=1),
    }
    ax = plot_lines(
        range(30),
        lines,
        title="The largest hidden unit of each block",
        xlabel="block",
        ylabel="size (log scale)",
    )
    ax.set_yscale("log")
    plt.show()

# %% [markdown]
# *With the weights: at the first token, block 11 has a unit in the thousands, hundreds of times larger than any unit
# of the other tokens there.*
#
# Such **massive activations** appear in many language models (Sun et al., 2024,
# [arXiv:2402.17762](https://arxiv.org/abs/2402.17762)). Here both factors are large at once: the gate is near 48, up
# is near 65. Chapter 05 shows that many attention heads look at exactly this token. And chapter 10 shows why a few
# giants make it hard to store numbers in few bits.

# %% [markdown]
# ## 11 What can go wrong
#
# The gate and up matrices have the same shape. Exchange them, and nothing complains.
#
# For a *new* layer the exchange is harmless: both start random, and training gives each its role. (The small model of
# section 9, trained with the exchange, ends at 2.64 instead of 2.67.) For *trained* weights it is fatal. The next
# cell measures it: the mean cross-entropy on the text above, in nats per token.


# %%
def loss_on_text(model: nn.Module) -> float:
    """Mean cross-entropy of the next token."""
    with torch.no_grad():
        logits = model(torch.tensor([ids]))[0, :-1]
    return F.cross_entropy(logits, torch.tensor(ids[1:])).item()


def swap_gate_and_up(model: nn.Module) -> None:
    """Exchange the two matrices in every block; doing it twice restores the model."""
    for layer in model.layers:
        part = layer.feedforward
        part.gate_proj, part.up_proj = part.up_proj, part.gate_proj


# %%
if weights:
    print(f"as trained          {loss_on_text(model):6.2f} nats per token")
    swap_gate_and_up(model)
    print(f"gate and up swapped {loss_on_text(model):6.2f}")
    swap_gate_and_up(model)
    print(f"blind guess         {math.log(49_152):6.2f}")

# %% [markdown]
# (With the weights: about 4.2 as trained and about 22 when swapped. A blind guess costs ln 49,152 = 10.8, so the
# swapped model is much worse than one that knows nothing: it is sure, and wrong.)
#
# | mistake | what you see | the test that catches it |
# |---|---|---|
# | gate and up exchanged when loading | nonsense text, no error | loss of a known text |
# | SiLU on the product, or forgotten | the same; yet a *new* model trains well | a value worked by hand |
# | tanh GELU for erf GELU, or the reverse | slightly other logits | compare with another implementation |
# | the width rounded down | the wrong shape when loading | the published width |
# | biases left in | unexpected weights when saving | list the names of the parameters |
#
# Why would anyone swap them? Because of names. Meta's files call the three matrices `w1`, `w2` and `w3`. In the order
# in which a token meets them one would guess gate, up, down. But `w1` is the gate, `w2` is *down*, and `w3` is up
# (source: Meta's `model.py`, release of LLaMA 1).

# %% [markdown]
# ### Exercise 6 · find the bug (difficulty 2 of 5, 5 minutes)
#
# This function applies a layer that was read from one of Meta's files. It has exactly one bug. All shapes fit.


# %%
@exercise("swiglu.feed_forward_from_meta")
def feed_forward_from_meta(x: Tensor, weights: dict[str, Tensor]) -> Tensor:
    """Apply a feed-forward layer whose matrices carry the names of Meta's files.

    Args:
        x: token vectors, shape (..., C).
        weights: "w1" (gate) and "w3" (up) of shape (F, C), "w2" (down) of shape (C, F).

    Returns:
        Shape (..., C), equal to SwiGLU with these matrices.
    """
    ### BEGIN SOLUTION
    gate = x @ weights["w1"].T  # (..., F)
    up = x @ weights["w3"].T  # (..., F)
    return (silu(gate) * up) @ weights["w2"].T
    ### INSTEAD
    # gate = x @ weights["w1"].T  # (..., F)
    # up = x @ weights["w3"].T  # (..., F)
    # return (gate * silu(up)) @ weights["w2"].T
    ### END SOLUTION


# %% [markdown]
# ## 12 Summary
#
# - A feed-forward layer treats each token alone: widen, activate, narrow. Rows detect, columns write.
# - Without an activation, two linear layers are one.
# - ReLU has slope 0 below zero, so units can die. GELU and SiLU are smooth and keep a slope.
# - A gate multiplies two projections. That lets one unit combine two conditions.
# - SwiGLU has three matrices, so its width is two thirds of $4C$, rounded up. LLaMA-7B: 11,008.
# - At equal size the gated layers beat the plain ones, in our small test and in the paper.
# - About two thirds of a LLaMA's weights are here. In a trained model each token opens few of the gates.
#
# The board shows which of your answers passed. They are saved in `work/mine/swiglu.py`, and chapter 06 builds a whole
# model out of them.

# %% tags=["nbval-ignore-output"]
board(chapter=4)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. You shuffle the tokens of a text. What happens to the layer's results?</summary>
#
# They are shuffled in the same way, and nothing else changes: every token is treated alone.
# </details>
#
# <details><summary>2. What is silu(0), and what is its slope there?</summary>
#
# The value is 0 and the slope is 1/2: the switch stands at one half.
# </details>
#
# <details><summary>3. A plain layer has C = 768 and F = 3072. Which F gives SwiGLU the same size?</summary>
#
# Two thirds of 3072: 2048. Both layers have 4,718,592 weights.
# </details>
#
# <details><summary>4. Why does swapping gate and up ruin a trained model but not a new one?</summary>
#
# In a new layer both matrices are random, so they can exchange roles before training starts. Trained matrices have
# learned their roles: only the gate expects SiLU.
# </details>
#
# <details><summary>5. Someone trains with ReLU, and half of the units are dead. Is the model broken?</summary>
#
# No. It works with the other half. But half of the weights are paid for and unused.
# </details>
#
# <details><summary>6. What does the comparison in section 9 not show?</summary>
#
# That SwiGLU is best for every task and size. It is one small model on one kind of text, and the gated layers lie
# close together. </details>

# %% [markdown]
# ## Further reading
#
# - Shazeer, 2020, *GLU Variants Improve Transformer*, [arXiv:2002.05202](https://arxiv.org/abs/2002.05202): short,
#   with an unusually honest last sentence.
# - Dauphin et al., 2016, *Language Modeling with Gated Convolutional Networks*,
#   [arXiv:1612.08083](https://arxiv.org/abs/1612.08083): the gated linear unit.
# - Hendrycks and Gimpel, 2016, *Gaussian Error Linear Units*, [arXiv:1606.08415](https://arxiv.org/abs/1606.08415).
# - Ramachandran et al., 2017, *Searching for Activation Functions*,
#   [arXiv:1710.05941](https://arxiv.org/abs/1710.05941): Swish, found by a search program.
# - Geva et al., 2021, *Transformer Feed-Forward Layers Are Key-Value Memories*,
#   [arXiv:2012.14913](https://arxiv.org/abs/2012.14913).
# - Touvron et al., 2023, *LLaMA*, [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.2.
#
# Next: chapter 05, **attention**, the layer in which tokens meet.
