"""Drafts for speculative decoding: a small model, or the text itself.

Shape letters: V vocabulary, N drafted tokens.

Source: Leviathan et al., 2023, arXiv:2211.17192; Saxena, 2023, Prompt Lookup Decoding.
"""

from typing import Protocol

import torch
from torch import Tensor

from .cache import KVCache
from .generation import last_logits
from .model import Llama
from .sampling import Sampling, draw
from .surgery import device_of


class Draft(Protocol):
    """What ``speculate`` needs of a draft: the size of its vocabulary, and proposals.

    ``vocab_size`` is None for a draft that can serve any model.
    """

    vocab_size: int | None

    def propose(
        self, text: list[int], n_tokens: int, sampling: Sampling, generator: torch.Generator | None
    ) -> tuple[list[int], Tensor | None]:
        """Propose how a text goes on.

        Args:
            text: all token ids so far.
            n_tokens: at most so many.
            sampling: how the model itself chooses; a draft that chooses alike is accepted more often.
            generator: source of randomness.

        Returns:
            N token ids, with N from 0 to ``n_tokens``, and the probabilities that they were drawn from, shape
            (N, V); None if there was no chance in it.
        """


class ModelDraft:
    """Draft with a small model.

    It keeps what it has read, and reads again only what differs. So the same draft may serve one text after another.

    Args:
        model: with the vocabulary of the model that it drafts for.
        capacity: longest text it can read; 0 takes the model's context. Past that it proposes nothing.

    Example:
        >>> from minillama.config import ModelConfig
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> tokens, q = ModelDraft(Llama(config)).propose([5, 11], 3, Sampling(temperature=1.0), None)
        >>> len(tokens), q.shape
        (3, torch.Size([3, 97]))
    """

    def __init__(self, model: Llama, capacity: int = 0) -> None:
        self.vocab_size = model.config.vocab_size
        self._model = model
        self._capacity = capacity or model.config.max_seq_len
        self._cache = KVCache(model.config.n_layers, self._capacity)
        self._read: list[int] = []

    def propose(
        self, text: list[int], n_tokens: int, sampling: Sampling, generator: torch.Generator | None
    ) -> tuple[list[int], Tensor | None]:
        """Let the model write on; see ``Draft.propose``.

        Args:
            text: all token ids so far.
            n_tokens: at most so many; fewer where the capacity ends.
            sampling: how the tokens are drawn.
            generator: source of randomness.
        """
        n_tokens = min(n_tokens, self._capacity - len(text) + 1)  # the last one is not read
        device = device_of(self._model)
        drafted: list[int] = []
        rows = []
        for _ in range(n_tokens):
            so_far = text + drafted
            logits = last_logits(self._model, self._unread(so_far).to(device), self._cache)  # (1, V)
            seen = torch.tensor([so_far], device=device) if sampling.needs_seen else None
            rows.append(sampling.probabilities(logits, seen))
            drafted.append(int(draw(rows[-1], generator)))
        return drafted, torch.cat(rows) if rows else None

    def _unread(self, text: list[int]) -> Tensor:
        """Forget what differs from the text, and return the tokens that remain to be read, (1, T)."""
        n_same = min(self._cache.length, len(text) - 1)  # one token has to be read, to see what comes next
        if self._read[:n_same] != text[:n_same]:
            n_same = next(n for n in range(n_same) if self._read[n] != text[n])
        self._cache.rewind(n_same)
        self._read = list(text)
        return torch.tensor([text[n_same:]])


class LookupDraft:
    """Draft without a model: find the last words earlier in the text and copy what followed them.

    Costs nothing, and serves well where a text repeats itself or its prompt: code, summaries, corrections.

    Args:
        n: the longest run of tokens to look for; if it does not occur, shorter ones are tried.

    Raises:
        ValueError: if ``n`` is below 1.

    Example:
        >>> LookupDraft().propose([1, 2, 3, 4, 5, 6, 2, 3], 2, Sampling(), None)
        ([4, 5], None)

    Source:
        Saxena, 2023, Prompt Lookup Decoding, github.com/apoorvumang/prompt-lookup-decoding.
    """

    vocab_size = None

    def __init__(self, n: int = 3) -> None:
        if n < 1:
            raise ValueError(f"n must be at least 1 token, got {n}: 2 or 3 are a good start")
        self._n = n

    def propose(
        self, text: list[int], n_tokens: int, sampling: Sampling, generator: torch.Generator | None
    ) -> tuple[list[int], Tensor | None]:
        """Copy what followed the last tokens when they stood in the text before; see ``Draft.propose``.

        Args:
            text: all token ids so far.
            n_tokens: at most so many; fewer where the text ends.
            sampling: not used.
            generator: not used.
        """
        for n in range(min(self._n, len(text) - 1), 0, -1):
            for end in range(len(text) - 1, n - 1, -1):  # the latest place first
                if text[end - n : end] == text[-n:]:
                    return text[end : end + n_tokens], None
        return [], None
