"""Checks of chapter 09: the decoding loop, and the mask of a padded batch."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from ...cache import KVCache
from ...config import ModelConfig
from ...model import Llama, init_weights
from ..checking import expect, expect_shape

SMALL = ModelConfig(
    vocab_size=53, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=10, hidden_dim=32, max_seq_len=96
)  # fmt: skip
PROMPT = [7, 30, 2, 11, 45]


class _Spy(nn.Module):
    """A model that notes how many tokens it reads at each call."""

    def __init__(self) -> None:
        super().__init__()
        self.model, self.config, self.n_read = Llama(SMALL), SMALL, []
        init_weights(self.model, std=0.4)
        self.lm_head, self.token_embedding, self.layers = (
            self.model.lm_head,
            self.model.token_embedding,
            self.model.layers,
        )

    def hidden_states(self, tokens: Tensor, cache: KVCache | None = None) -> Tensor:
        self.n_read.append(tokens.shape[1])
        return self.model.hidden_states(tokens, cache)

    def forward(self, tokens: Tensor, cache: KVCache | None = None) -> Tensor:
        return self.lm_head(self.hidden_states(tokens, cache))


def _best(logits: Tensor) -> Tensor:
    return logits.argmax(dim=-1)


def _write(write: Callable, n: int, pick: Callable = _best) -> tuple[list[int], _Spy, KVCache]:
    """Let an answer write n tokens; also return the model and the cache."""
    model, cache = _Spy(), KVCache(SMALL.n_layers, SMALL.max_seq_len)
    return write(model, list(PROMPT), n, pick, cache), model, cache


def check_write_result(write: Callable) -> None:
    """a list of the new tokens."""
    written, _, _ = _write(write, 4)
    expect(written is not None, "write gave None: is the return statement missing?")
    expect(
        isinstance(written, list) and all(type(token) is int for token in written),
        f"write returned {written!r}: return a list of Python ints; `.item()` makes one of a tensor",
    )
    expect(
        len(written) == 4,
        f"asked for 4 tokens after a prompt of 5, write returned {len(written)}: return the new tokens, without the "
        "prompt",
    )


@torch.no_grad()
def check_write_same_text(write: Callable) -> None:
    """the text is the one that is written without a cache."""
    written, spy, _ = _write(write, 8)
    text = list(PROMPT)
    for _ in range(8):
        text.append(int(spy.model(torch.tensor([text]))[0, -1].argmax()))
    expected = text[len(PROMPT) :]
    expect(
        written[0] == expected[0],
        f"the first token is {written[0]}, expected {expected[0]}: the vector of the last token predicts what comes "
        "next, so take `[:, -1]`",
    )
    expect(
        written == expected,
        f"with the cache the text is {written}, without it {expected}: what was read once is in the cache, and must "
        "not be read a second time; positions go on from there",
    )


def check_write_reads_once(write: Callable) -> None:
    """each token is read once."""
    _, spy, cache = _write(write, 6)
    expect(
        spy.n_read[:1] == [5] and set(spy.n_read[1:]) <= {1},
        f"the model read {spy.n_read} tokens at its calls, expected [5, 1, 1, 1, 1, 1]: the prompt once, then the "
        "token just chosen; the rest is in the cache",
    )
    expect(
        len(spy.n_read) == 6 and cache.length == 10,
        f"for 6 tokens the model was called {len(spy.n_read)} times, and {cache.length} tokens are in the cache, "
        "expected 6 and 10: the last token is never read, because nothing follows it",
    )


def check_write_picks(write: Callable) -> None:
    """pick chooses every token."""
    shapes = []

    def pick(logits: Tensor) -> Tensor:
        shapes.append(tuple(logits.shape))
        return torch.tensor([len(shapes) + 20])

    written, _, _ = _write(write, 3, pick)
    expect(
        written == [21, 22, 23],
        f"with a pick that says 21, 22, 23 the text is {written}: let `pick` choose each token, and call it once for "
        "each",
    )
    expect(set(shapes) == {(1, 53)}, f"pick was given logits of shape {shapes[0]}, expected (1, 53): one row, (1, V)")


def _mask(padded_mask: Callable, n_padding: list[int], n_queries: int, n_keys: int) -> Tensor:
    mask = padded_mask(torch.tensor(n_padding), n_queries, n_keys)
    expect_shape(mask, (len(n_padding), 1, n_queries, n_keys), "the mask")
    return mask[:, 0]


def check_mask_hides_padding(padded_mask: Callable) -> None:
    """no text looks at padding."""
    mask = _mask(padded_mask, [0, 2, 3], 5, 5)
    for row, start in enumerate((0, 2, 3)):
        expect(
            not mask[row, start:, :start].any(),
            f"the tokens of a text with {start} padded places before it look at the padding: ask of each key whether "
            "it is text",
        )


def check_mask_shows_the_text(padded_mask: Callable) -> None:
    """each token sees its text so far."""
    mask = _mask(padded_mask, [0, 2], 5, 5)
    expect(not mask.triu(diagonal=1).any(), "a token looks at one that comes later: places <= own must hold as well")
    for row, start in enumerate((0, 2)):
        text = mask[row, start:, start:]
        expect(
            text.equal(torch.ones_like(text).tril()),
            f"a text that begins at place {start} does not see all of its own tokens: its first one stands at that "
            "place",
        )


def check_mask_no_empty_row(padded_mask: Callable) -> None:
    """every query sees something."""
    mask = _mask(padded_mask, [0, 2], 5, 5)
    expect(
        mask.any(dim=-1).all(),
        "a padded place sees nothing at all: a softmax over nothing is NaN, and the next layer would carry it into the "
        "text. Let it see itself",
    )


def check_mask_while_writing(padded_mask: Callable) -> None:
    """one new token sees the whole text before it."""
    mask = _mask(padded_mask, [0, 2], 1, 6)
    expect(
        mask[:, 0].int().tolist() == [[1] * 6, [0, 0, 1, 1, 1, 1]],
        f"while writing there is one query and many keys: it sees {mask[:, 0].int().tolist()}, expected "
        "[[1, 1, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1]]. The query is the last token, not the first",
    )
