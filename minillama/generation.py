"""Writing text: feed the model its own predictions, one token at a time."""

from collections.abc import Collection, Iterator, Sequence

import torch

from .cache import KVCache
from .model import Llama
from .sampling import sample


def generate(
    model: Llama,
    prompt: Sequence[int],
    max_new_tokens: int,
    *,
    temperature: float = 0.0,
    stop_ids: Collection[int] = (),
    generator: torch.Generator | None = None,
) -> Iterator[int]:
    """Continue a prompt, yielding each new token as soon as it is chosen.

    The prompt is read once; after that the cache lets every step read a single token.

    Args:
        model: moved nowhere; the tokens follow its device.
        prompt: token ids, at least one.
        max_new_tokens: stop after this many; the context may end earlier.
        temperature: 0 takes the most likely token every time; see ``sample``.
        stop_ids: stop before yielding one of these, for example the end-of-text id.
        generator: source of randomness.

    Returns:
        An iterator over token ids. Each is computed when it is asked for.

    Raises:
        ValueError: if the prompt is empty, longer than the context, or holds an id outside the vocabulary, or
            ``max_new_tokens`` is negative.

    Example:
        >>> from minillama.config import ModelConfig
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> len(list(generate(Llama(config), prompt=[5, 11], max_new_tokens=3)))
        3
    """
    _check_request(model, prompt, max_new_tokens)
    return _continue(model, list(prompt), max_new_tokens, temperature, stop_ids, generator)


@torch.no_grad()
def _continue(
    model: Llama,
    prompt: list[int],
    max_new_tokens: int,
    temperature: float,
    stop_ids: Collection[int],
    generator: torch.Generator | None,
) -> Iterator[int]:
    """Yield the new tokens of ``generate``."""
    device = model.token_embedding.weight.device
    capacity = min(model.config.max_seq_len, len(prompt) + max_new_tokens)
    cache = KVCache(model.config.n_layers, capacity)
    tokens = torch.tensor([prompt], device=device)  # (1, T)
    for _ in range(max_new_tokens):
        if cache.length + tokens.shape[1] > capacity:
            return
        last = model.hidden_states(tokens, cache)[:, -1]  # (1, C)
        tokens = sample(model.lm_head(last), temperature, generator).unsqueeze(0)  # (1, 1)
        if (token := tokens.item()) in stop_ids:
            return
        yield token


def _check_request(model: Llama, prompt: Sequence[int], max_new_tokens: int) -> None:
    """Refuse a request that the model cannot answer, before any work is done."""
    if max_new_tokens < 0:
        raise ValueError(f"max_new_tokens must be 0 or more, got {max_new_tokens}")
    context = model.config.max_seq_len
    if not 0 < len(prompt) <= context:
        raise ValueError(f"the prompt needs 1 to {context} tokens, got {len(prompt)}")
    if min(prompt) < 0 or max(prompt) >= model.config.vocab_size:
        raise ValueError(
            f"token ids must lie between 0 and {model.config.vocab_size - 1}, got {min(prompt)} to "
            f"{max(prompt)}: encode the prompt with this model's tokenizer"
        )
