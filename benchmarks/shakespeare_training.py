"""Train a small LLaMA on the characters of TinyShakespeare: text, batches, recipe and measure.

What is counted: every character that enters the model while it trains, repeated ones included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from minillama import Llama, ModelConfig, TrainConfig, corpus, evaluate_loss, train
from minillama.course.fetch_data import data_folders
from minillama.loss import IGNORE
from minillama.model import init_weights

N_TRAIN, N_HELD_OUT = 1_003_854, 100_000  # characters; nanoGPT's split, and what the search holds out of its first part
VOCAB_SIZE, MAX_CONTEXT, MAX_PARAMETERS, BUDGET = 65, 256, 800_000, 1_536_000

Batch = tuple[Tensor, Tensor]


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Shape and training of one model.

    Args:
        n_layers: number of blocks.
        dim: width of the model.
        head_dim: width of one head; there are ``dim // head_dim`` of them.
        hidden_dim: width of the feed-forward layer.
        rope_theta: base of the rotary frequencies.
        std: deviation of the first weights.
        embedding_std: the same for the embedding alone.
        zero_outputs: 1 if the matrices that write to the residual stream start at 0, else 0.
        context: characters in a row.
        batch: rows of ``context`` characters in a step. A step of shorter rows has more of them.
        short_context: characters in a row at first.
        short_share: share of the steps that have short rows.
        learning_rate: peak; after a twentieth of the steps of warm-up it falls along a cosine to 0.
        beta1: of AdamW.
        beta2: of AdamW.
        weight_decay: for matrices.
        seed: of weights and batches.
    """

    n_layers: int = 4
    dim: int = 128
    head_dim: int = 32
    hidden_dim: int = 336
    rope_theta: float = 500.0
    std: float = 0.08
    embedding_std: float = 0.5
    zero_outputs: int = 1
    context: int = 128
    batch: int = 4
    short_context: int = 32
    short_share: float = 0.5
    learning_rate: float = 0.002
    beta1: float = 0.9
    beta2: float = 0.99
    weight_decay: float = 0.1
    seed: int = 0


def shakespeare() -> Tensor:
    """The text as numbers of characters, from $MINILLAMA_DATA or where ``minillama fetch`` puts it."""
    try:
        return encode("".join(corpus.shakespeare(data_folders())))
    except FileNotFoundError as error:
        raise SystemExit(str(error)) from None


def encode(text: str) -> Tensor:
    """Number the characters in their order."""
    number = {letter: i for i, letter in enumerate(sorted(set(text)))}
    return torch.tensor([number[letter] for letter in text])


def new_model(recipe: Recipe) -> Llama:
    """The model before its first step."""
    n_heads = recipe.dim // recipe.head_dim
    config = ModelConfig(
        vocab_size=VOCAB_SIZE, dim=recipe.dim, n_layers=recipe.n_layers, n_heads=n_heads, n_kv_heads=n_heads,
        head_dim=recipe.head_dim, hidden_dim=recipe.hidden_dim, max_seq_len=MAX_CONTEXT, rope_theta=recipe.rope_theta,
    )  # fmt: skip
    torch.manual_seed(recipe.seed)
    model = Llama(config)
    init_weights(model, recipe.std)
    if recipe.embedding_std != recipe.std:
        nn.init.normal_(model.token_embedding.weight, std=recipe.embedding_std)
    if recipe.zero_outputs:
        for block in model.layers:
            nn.init.zeros_(block.attention.o_proj.weight)
            nn.init.zeros_(block.feedforward.down_proj.weight)
    if count_parameters(model) > MAX_PARAMETERS:
        raise ValueError(f"{count_parameters(model)} parameters, but {MAX_PARAMETERS} are allowed: make it smaller")
    return model


def count_parameters(model: nn.Module) -> int:
    """Numbers that are trained."""
    return sum(parameter.numel() for parameter in model.parameters())


def shuffled_rows(text: Tensor, context: int, batch: int, generator: torch.Generator) -> Iterator[Batch]:
    """Cut the text into rows at a random offset, show each once in random order, and begin again."""
    while True:
        offset = int(torch.randint(context, (1,), generator=generator))
        n_rows = (len(text) - 1 - offset) // context
        order = torch.randperm(n_rows, generator=generator)[: n_rows // batch * batch]
        for rows in order.split(batch):
            places = (offset + rows * context)[:, None] + torch.arange(context)
            yield text[places], text[places + 1]


def training_batches(text: Tensor, recipe: Recipe, n_steps: int) -> Iterator[Batch]:
    """Steps of equal size: first many short rows, then few long ones."""
    generator = torch.Generator().manual_seed(recipe.seed)
    n_short = int(n_steps * recipe.short_share)
    n_characters = recipe.batch * recipe.context
    for context, n in ((recipe.short_context, n_short), (recipe.context, n_steps - n_short)):
        rows = shuffled_rows(text, context, n_characters // context, generator)
        yield from (next(rows) for _ in range(n))


def train_recipe(recipe: Recipe, text: Tensor, n_characters: int = BUDGET) -> tuple[Llama, int]:
    """Train a model; return it and the number of characters that it has seen."""
    n_steps = n_characters // (recipe.batch * recipe.context)
    config = TrainConfig(
        n_steps=n_steps,
        learning_rate=recipe.learning_rate,
        n_warmup=n_steps // 20,
        final_fraction=0.0,
        weight_decay=recipe.weight_decay,
        betas=(recipe.beta1, recipe.beta2),
        chunk_tokens=0,
    )
    model = new_model(recipe)
    return model, sum(step.n_tokens for step in train(model, training_batches(text, recipe, n_steps), config))


def windows(text: Tensor, context: int) -> Iterator[Batch]:
    """Read a text in windows that overlap by half: every character but the first is a target exactly once.

    Except in the first window, each target has at least half a window before it.
    """
    last, n_scored, rows = len(text) - 1 - context, 0, []
    for start in (*range(0, last, context // 2), last):
        targets = text[start + 1 : start + 1 + context].clone()
        targets[: n_scored - start] = IGNORE
        rows.append((text[start : start + context], targets))
        n_scored = start + context
    for i in range(0, len(rows), 32):
        tokens, targets = zip(*rows[i : i + 32], strict=True)
        yield torch.stack(tokens), torch.stack(targets)


def loss_on(model: Llama, text: Tensor, context: int) -> tuple[float, int]:
    """Nats per character over a whole text, and the number of characters predicted."""
    nats, n_targets = evaluate_loss(model, windows(text, context))
    return nats / n_targets, n_targets
